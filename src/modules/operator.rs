//! `operator`: the operators as functions, and `itemgetter`, `attrgetter`, `methodcaller`.

use std::rc::Rc;

use ruff_python_ast::{CmpOp, Operator, UnaryOp};

use super::support::{need_text, no_form};
use super::{Member, ModuleTable};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::value::{Args, Effect, Eval, Native, Object, Stop, Type, Value};

macro_rules! binary {
    ($name:literal, $op:ident) => {
        (
            $name,
            Member::Function(Native::new($name, |vm, args| {
                let (a, b) = two(args)?;
                vm.binary(Operator::$op, &a, &b)
            })),
        )
    };
}

macro_rules! inplace {
    ($name:literal, $op:ident) => {
        (
            $name,
            Member::Function(
                Native::new($name, |vm, args| {
                    let (a, b) = two(args)?;
                    vm.binary_inplace(Operator::$op, &a, &b)
                })
                .mutating(),
            ),
        )
    };
}

macro_rules! compare {
    ($name:literal, $op:ident) => {
        (
            $name,
            Member::Function(Native::new($name, |vm, args| {
                let (a, b) = two(args)?;
                vm.compare(CmpOp::$op, &a, &b)
            })),
        )
    };
}

macro_rules! unary {
    ($name:literal, $op:ident) => {
        (
            $name,
            Member::Function(Native::new($name, |vm, mut args| {
                let value = args.need()?;
                args.finish()?;
                vm.unary(UnaryOp::$op, &value)
            })),
        )
    };
}

/// The rows of the module.
pub static OPERATOR: ModuleTable = ModuleTable {
    name: "operator",
    members: &[
        (
            "abs",
            Member::Function(Native::new("abs", |vm, mut args| {
                let value = args.need()?;
                args.finish()?;
                let Some(abs) = vm.library.clone().builtin("abs") else { return Ok(Value::None) };
                vm.call_with(&abs, [value])
            })),
        ),
        binary!("add", Add),
        binary!("and_", BitAnd),
        ("attrgetter", Member::Class(&ATTRGETTER)),
        binary!("concat", Add),
        (
            "contains",
            Member::Function(Native::new("contains", |vm, args| {
                let (container, item) = two(args)?;
                vm.contains(&container, &item).map(Value::Bool)
            })),
        ),
        (
            "delitem",
            Member::Function(
                Native::new("delitem", |vm, args| {
                    let (container, key) = two(args)?;
                    vm.del_item(&container, &key).map(|()| Value::None)
                })
                .mutating(),
            ),
        ),
        compare!("eq", Eq),
        binary!("floordiv", FloorDiv),
        compare!("ge", GtE),
        (
            "getitem",
            Member::Function(Native::new("getitem", |vm, args| {
                let (container, key) = two(args)?;
                vm.item(&container, &key)
            })),
        ),
        compare!("gt", Gt),
        inplace!("iadd", Add),
        inplace!("iconcat", Add),
        (
            "index",
            Member::Function(Native::new("index", |vm, mut args| {
                let value = args.need()?;
                args.finish()?;
                vm.index(&value).map(Value::int)
            })),
        ),
        unary!("inv", Invert),
        unary!("invert", Invert),
        inplace!("ior", BitOr),
        compare!("is_", Is),
        compare!("is_not", IsNot),
        ("itemgetter", Member::Class(&ITEMGETTER)),
        compare!("le", LtE),
        binary!("lshift", LShift),
        compare!("lt", Lt),
        ("methodcaller", Member::Class(&METHODCALLER)),
        binary!("mod", Mod),
        binary!("mul", Mult),
        compare!("ne", NotEq),
        unary!("neg", USub),
        (
            "not_",
            Member::Function(Native::new("not_", |vm, mut args| {
                let value = args.need()?;
                args.finish()?;
                vm.truth(&value).map(|truth| Value::Bool(!truth))
            })),
        ),
        binary!("or_", BitOr),
        unary!("pos", UAdd),
        binary!("pow", Pow),
        binary!("rshift", RShift),
        (
            "setitem",
            Member::Function(
                Native::new("setitem", |vm, mut args| {
                    let span = args.span;
                    let (container, key, value) = (args.need()?, args.need()?, args.need()?);
                    args.finish()?;
                    vm.set_item(&container, &key, value, span).map(|()| Value::None)
                })
                .mutating(),
            ),
        ),
        binary!("sub", Sub),
        binary!("truediv", Div),
        (
            "truth",
            Member::Function(Native::new("truth", |vm, mut args| {
                let value = args.need()?;
                args.finish()?;
                vm.truth(&value).map(Value::Bool)
            })),
        ),
        binary!("xor", BitXor),
    ],
};

fn two(mut args: Args) -> Eval<(Value, Value)> {
    let both = (args.need()?, args.need()?);
    args.finish()?;
    Ok(both)
}

/// An `itemgetter`, `attrgetter` or `methodcaller`.
enum Getter {
    Items(Vec<Value>),
    Attrs(Vec<Rc<str>>),
    Method(Rc<str>, Args),
}

static ITEMGETTER: Type = Type::new("operator", "itemgetter", |_, mut args| {
    let mut keys = vec![args.need()?];
    while let Some(key) = args.pop() {
        keys.push(key);
    }
    args.finish()?;
    Ok(Value::object(Getter::Items(keys)))
});

static ATTRGETTER: Type = Type::new("operator", "attrgetter", |_, mut args| {
    let mut names = vec![need_text(&mut args, "attr")?];
    while let Some(name) = args.pop() {
        names.push(name.text().ok_or_else(|| Stop::type_error("attribute name must be a string"))?);
    }
    args.finish()?;
    Ok(Value::object(Getter::Attrs(names)))
});

static METHODCALLER: Type = Type::new("operator", "methodcaller", |_, mut args| {
    let name = need_text(&mut args, "name")?;
    Ok(Value::object(Getter::Method(name, args)))
});

crate::value::release::released!(Getter);

impl Object for Getter {
    fn class(&self) -> Option<&'static Type> {
        Some(match self {
            Self::Items(_) => &ITEMGETTER,
            Self::Attrs(_) => &ATTRGETTER,
            Self::Method(..) => &METHODCALLER,
        })
    }

    fn call(self: Rc<Self>, vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let object = args.need()?;
        args.finish()?;
        let mut found = Vec::new();
        match &*self {
            Self::Items(keys) => {
                for key in keys {
                    found.push(vm.item(&object, key)?);
                }
            }
            Self::Attrs(names) => {
                for name in names {
                    let mut value = object.clone();
                    for part in name.split('.') {
                        value = vm.attr(&value, part)?;
                    }
                    found.push(value);
                }
            }
            Self::Method(name, args) => {
                let method = vm.attr(&object, name)?;
                return vm.call(&method, args.clone());
            }
        }
        match found.pop() {
            Some(only) if found.is_empty() => Ok(only),
            last => Ok(Value::tuple(found.into_iter().chain(last).collect::<Vec<_>>())),
        }
    }

    fn call_effect(&self) -> Effect {
        match self {
            Self::Items(_) | Self::Attrs(_) => Effect::None,
            Self::Method(..) => Effect::Host,
        }
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        match self {
            Self::Items(keys) => keys.iter().for_each(visit),
            Self::Attrs(_) => {}
            Self::Method(_, args) => args.iter().for_each(|arg| visit(&arg.value)),
        }
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a function that gets items or attributes")
    }
}
