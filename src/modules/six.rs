//! `six` as it is on Python 3: other names of builtins, and the modules that Python 3 has elsewhere.
//!
//! Left out: metaclasses, `with_metaclass`, bytes, the rarer modules of `six.moves`.

use super::support::not_modelled;
use super::urllib::URLLIB_PARSE;
use super::{Member, ModuleTable, builtin, find};
use crate::eval::Vm;
use crate::value::{Args, Eval, Native, Value};

/// The rows of `six`. Source: six 1.17.
pub static SIX: ModuleTable = ModuleTable {
    name: "six",
    members: &[
        ("PY2", Member::Constant(|| Value::Bool(false))),
        ("PY3", Member::Constant(|| Value::Bool(true))),
        ("binary_type", Member::Dynamic(|vm| named(vm, "builtins", "bytes"))),
        ("integer_types", Member::Dynamic(|vm| Ok(Value::tuple(vec![named(vm, "builtins", "int")?])))),
        ("iteritems", Member::Function(Native::new("iteritems", |vm, args| over(vm, args, "items")))),
        ("iterkeys", Member::Function(Native::new("iterkeys", |vm, args| over(vm, args, "keys")))),
        ("itervalues", Member::Function(Native::new("itervalues", |vm, args| over(vm, args, "values")))),
        ("string_types", Member::Dynamic(|vm| Ok(Value::tuple(vec![named(vm, "builtins", "str")?])))),
        ("text_type", Member::Dynamic(|vm| named(vm, "builtins", "str"))),
    ],
};

/// The rows of `six.moves`.
pub static MOVES: ModuleTable = ModuleTable {
    name: "six.moves",
    members: &[
        ("filter", Member::Dynamic(|vm| named(vm, "builtins", "filter"))),
        ("map", Member::Dynamic(|vm| named(vm, "builtins", "map"))),
        ("range", Member::Dynamic(|vm| named(vm, "builtins", "range"))),
        ("reduce", Member::Dynamic(|vm| named(vm, "functools", "reduce"))),
        ("xrange", Member::Dynamic(|vm| named(vm, "builtins", "range"))),
        ("zip", Member::Dynamic(|vm| named(vm, "builtins", "zip"))),
        ("zip_longest", Member::Dynamic(|vm| named(vm, "itertools", "zip_longest"))),
    ],
};

/// `six.moves.urllib`, which has nothing but modules.
pub static MOVES_URLLIB: ModuleTable = ModuleTable { name: "six.moves.urllib", members: &[] };

/// `six.moves.urllib.parse`: the module of Python 3.
pub static MOVES_URLLIB_PARSE: ModuleTable =
    ModuleTable { name: "six.moves.urllib.parse", members: URLLIB_PARSE.members };

/// What a module of Python has under a name.
fn named(vm: &mut Vm, module: &str, name: &str) -> Eval<Value> {
    if module == "builtins"
        && let Some(value) = builtin(name)
    {
        return Ok(value);
    }
    let found = find(module).map(|table| table.member(vm, name)).transpose()?.flatten();
    found.map_or_else(|| not_modelled(vm, format!("`{module}.{name}` is not modelled")), Ok)
}

/// `iter(d.items())` and its kin.
fn over(vm: &mut Vm, mut args: Args, method: &str) -> Eval<Value> {
    let dict = args.expect("d")?.known()?;
    let items = vm.attr(&dict, method)?;
    let items = vm.call_with(&items, [])?;
    let iter = named(vm, "builtins", "iter")?;
    vm.call_with(&iter, [items])
}
