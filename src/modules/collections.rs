//! `collections`: `OrderedDict`, `defaultdict`, `Counter`, `namedtuple`, `deque`; `collections.abc` as names alone.
//!
//! Left out: `ChainMap`, `UserDict` and their kin. What the dicts do is in `value`.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use super::support::text;
use super::{Member, ModuleTable};
use crate::eval::Vm;
use crate::value::class::{Annotation, Flavour};
use crate::value::dict_kinds::{COUNTER, DEFAULT_DICT, ORDERED_DICT};
use crate::value::{Args, Class, Eval, Native, Stop, Type, Value};

mod deque;

/// The rows of the module.
pub static COLLECTIONS: ModuleTable = ModuleTable {
    name: "collections",
    members: &[
        ("ChainMap", Member::Written(&super::written::COLLECTIONS_CODE)),
        ("Counter", Member::Class(&COUNTER)),
        ("OrderedDict", Member::Class(&ORDERED_DICT)),
        ("UserDict", Member::Written(&super::written::COLLECTIONS_CODE)),
        ("UserList", Member::Written(&super::written::COLLECTIONS_CODE)),
        ("defaultdict", Member::Class(&DEFAULT_DICT)),
        ("deque", Member::Class(&deque::DEQUE)),
        ("namedtuple", Member::Function(Native::new("namedtuple", namedtuple))),
    ],
};

fn namedtuple(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let name = text(&args.expect("typename")?)?;
    let fields = args.expect("field_names")?;
    let names: Vec<Rc<str>> = match super::support::as_text(&fields) {
        Some(text) => text.replace(',', " ").split_whitespace().map(Rc::from).collect(),
        None => vm.iterate(&fields)?.iter().map(text).collect::<Eval<_>>()?,
    };
    let defaults = match args.named("defaults") {
        None | Some(Value::None) => Vec::new(),
        Some(defaults) => vm.iterate(&defaults)?,
    };
    drop(args.named("module"));
    let rename = super::support::named_flag(vm, &mut args, "rename", false)?;
    args.finish()?;
    named_tuple(vm, &name, checked(names, rename)?, defaults)
}

/// The names of the fields, those that cannot be one renamed or refused.
fn checked(names: Vec<Rc<str>>, rename: bool) -> Eval<Vec<Rc<str>>> {
    let mut seen: Vec<Rc<str>> = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let identifier = name.chars().all(|char| char.is_alphanumeric() || char == '_')
            && !name.starts_with(|char: char| char.is_numeric())
            && !name.is_empty();
        let problem = if !identifier {
            Some(format!("Type names and field names must be valid identifiers: '{name}'"))
        } else if is_keyword(&name) {
            Some(format!("Type names and field names cannot be a keyword: '{name}'"))
        } else if name.starts_with('_') {
            Some(format!("Field names cannot start with an underscore: '{name}'"))
        } else if seen.contains(&name) {
            Some(format!("Encountered duplicate field name: '{name}'"))
        } else {
            None
        };
        match problem {
            None => seen.push(name),
            Some(_) if rename => seen.push(format!("_{at}").into()),
            Some(message) => return Err(Stop::value_error(message)),
        }
    }
    Ok(seen)
}

/// Whether a word is one of Python's own (`keyword.kwlist`).
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// `keyword.kwlist`.
pub(super) const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// `typing.NamedTuple("Name", [("field", type), …])`.
pub(super) fn named_tuple_of_pairs(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let name = text(&args.expect("typename")?)?;
    let fields = args.expect("fields")?;
    args.finish()?;
    let mut names = Vec::new();
    for pair in vm.iterate(&fields)? {
        let parts = vm.iterate(&pair)?;
        names.push(text(parts.first().unwrap_or(&Value::None))?);
    }
    named_tuple(vm, &name, names, Vec::new())
}

fn named_tuple(vm: &mut Vm, name: &Rc<str>, fields: Vec<Rc<str>>, defaults: Vec<Value>) -> Eval<Value> {
    if defaults.len() > fields.len() {
        return Err(Stop::type_error("Got more default values than field names"));
    }
    let behind = fields.len() - defaults.len();
    let mut attrs: crate::map::IndexMap<Rc<str>, Value> =
        fields[behind..].iter().cloned().zip(defaults).collect();
    attrs.insert("__doc__".into(), Value::None);
    let module = vm.current_scope().map_or_else(|| "".into(), |scope| Rc::clone(&scope.module));
    Ok(Value::Class(Rc::new(Class {
        name: Rc::clone(name),
        qualname: Rc::clone(name),
        module,
        span: vm.here(),
        bases: vec![Value::Type(&super::typing::NAMED_TUPLE)],
        attrs: RefCell::new(attrs),
        annotations: RefCell::new(
            fields.into_iter().map(|name| Annotation { name, text: "".into() }).collect(),
        ),
        fields: RefCell::default(),
        slots: RefCell::default(),
        flavour: RefCell::new(Flavour::NamedTuple),
        metaclass: None,
        open: RefCell::new(None),
        touched: Cell::new(false),
        order: OnceCell::new(),
    })))
}

/// The rows of `collections.abc`.
pub static COLLECTIONS_ABC: ModuleTable = ModuleTable { name: "collections.abc", members: ABSTRACT };

macro_rules! abstract_classes {
    ($($name:literal)+) => {
        &[$((
            $name,
            Member::Class({
                static CLASS: Type = Type::new("collections.abc", $name, |_, _| {
                    Err(Stop::type_error(concat!("Can't instantiate abstract class ", $name)))
                });
                &CLASS
            }),
        ),)+]
    };
}

const ABSTRACT: &[(&str, Member)] = abstract_classes! {
    "AsyncGenerator" "AsyncIterable" "AsyncIterator" "Awaitable" "Buffer" "ByteString" "Callable" "Collection" "Container"
    "Coroutine" "Generator" "Hashable" "ItemsView" "Iterable" "Iterator" "KeysView" "Mapping" "MappingView"
    "MutableMapping" "MutableSequence" "MutableSet" "Reversible" "Sequence" "Set" "Sized" "ValuesView"
};
