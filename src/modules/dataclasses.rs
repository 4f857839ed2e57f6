//! `dataclasses`: the decorator, `field`, `fields`, `asdict`, `astuple`, `replace`, `is_dataclass`.
//!
//! What an instance does is the evaluator's. Left out: `make_dataclass`, `InitVar`, `KW_ONLY`.

use std::rc::Rc;

use super::support::{named_flag, no_form, not_modelled};
use super::{Member, ModuleTable};
use crate::datum::Datum;
use crate::eval::instance::Field;
use crate::eval::{Collector, Vm};
use crate::value::class::Flavour;
use crate::value::{Args, Class, Eval, Instance, Key, Native, Object, Stop, Type, Value};

/// The rows of the module.
pub static DATACLASSES: ModuleTable = ModuleTable {
    name: "dataclasses",
    members: &[
        ("Field", Member::Class(&FIELD)),
        (
            "asdict",
            Member::Function(Native::new("asdict", |vm, mut args| {
                let instance = args.expect("obj")?;
                let factory = args.named("dict_factory");
                args.finish()?;
                let instance = dataclass_instance(&instance, "asdict")?;
                convert(vm, &Value::Instance(instance), Shape::Dict, factory.as_ref())
            })),
        ),
        (
            "astuple",
            Member::Function(Native::new("astuple", |vm, mut args| {
                let instance = args.expect("obj")?;
                args.finish()?;
                let instance = dataclass_instance(&instance, "astuple")?;
                convert(vm, &Value::Instance(instance), Shape::Tuple, None)
            })),
        ),
        ("dataclass", Member::Function(Native::new("dataclass", dataclass).lenient())),
        ("field", Member::Function(Native::new("field", field).lenient())),
        (
            "fields",
            Member::Function(Native::new("fields", |vm, mut args| {
                let value = args.expect("class_or_instance")?;
                args.finish()?;
                let Some(class) = class_of(&value) else {
                    return Err(Stop::type_error("must be called with a dataclass type or instance"));
                };
                let infos = vm.fields(&class).into_iter().map(|name| {
                    let default = class.lookup(&name).filter(|default| default.downcast::<Field>().is_none());
                    Value::object(FieldInfo { name, default })
                });
                Ok(Value::tuple(infos.collect::<Vec<_>>()))
            })),
        ),
        (
            "is_dataclass",
            Member::Function(Native::new("is_dataclass", |_, mut args| {
                let value = args.expect("obj")?;
                args.finish()?;
                Ok(Value::Bool(class_of(&value).is_some()))
            })),
        ),
        ("replace", Member::Function(Native::new("replace", replace).lenient())),
    ],
};

static FIELD: Type = Type::new("dataclasses", "Field", |vm, _| {
    not_modelled(vm, "a call of `dataclasses.Field` is not modelled")
});

/// The class of a dataclass or of an instance of one.
fn class_of(value: &Value) -> Option<Rc<Class>> {
    let class = match value {
        Value::Class(class) => class,
        Value::Instance(instance) => &instance.class,
        _ => return None,
    };
    matches!(class.effective_flavour(), Flavour::Dataclass { .. }).then(|| Rc::clone(class))
}

fn dataclass_instance(value: &Value, function: &str) -> Eval<Rc<Instance>> {
    match value {
        Value::Instance(instance) if class_of(value).is_some() => Ok(Rc::clone(instance)),
        _ => Err(Stop::type_error(format!("{function}() should be called on dataclass instances"))),
    }
}

/// `@dataclass` with its arguments.
struct Decorator {
    flavour: Flavour,
}

fn dataclass(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let class = args.take("cls").filter(|class| !class.is_none());
    let flavour = Flavour::Dataclass {
        frozen: named_flag(vm, &mut args, "frozen", false)?,
        kw_only: named_flag(vm, &mut args, "kw_only", false)?,
        eq: named_flag(vm, &mut args, "eq", true)?,
        order: named_flag(vm, &mut args, "order", false)?,
    };
    for name in ["init", "repr", "match_args"] {
        if !named_flag(vm, &mut args, name, true)? {
            return not_modelled(vm, format!("a dataclass with `{name}=False` is not modelled"));
        }
    }
    for name in ["slots", "unsafe_hash", "weakref_slot"] {
        drop(args.named(name));
    }
    args.finish()?;
    match class {
        Some(class) => decorate(vm, &class, &flavour),
        None => Ok(Value::object(Decorator { flavour })),
    }
}

fn decorate(vm: &mut Vm, class: &Value, flavour: &Flavour) -> Eval<Value> {
    match class {
        Value::Class(found) => {
            check_fields(vm, found, matches!(flavour, Flavour::Dataclass { kw_only: true, .. }))?;
            *found.flavour.borrow_mut() = flavour.clone();
            Ok(class.clone())
        }
        Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
        // An object that stands for a class knows its own fields.
        other => Ok(other.clone()),
    }
}

/// What CPython checks of the fields when the class is made.
fn check_fields(vm: &mut Vm, class: &Rc<Class>, keywords: bool) -> Eval<()> {
    let mut behind_default = false;
    for name in vm.fields(class) {
        if &*name == "_" {
            return not_modelled(vm, "a field called `_` is not modelled, for it may be `KW_ONLY`");
        }
        let default = class.lookup(&name);
        let field = default.as_ref().and_then(Value::downcast::<Field>);
        if let (Some(value @ (Value::List(_) | Value::Dict(_) | Value::Set(_))), None) = (&default, &field) {
            return Err(Stop::value_error(format!(
                "mutable default <class '{}'> for field {name} is not allowed: use default_factory",
                value.type_name()
            )));
        }
        let takes = field.as_ref().is_none_or(|field| field.init);
        let has_default = match &field {
            Some(field) => field.default.is_some() || field.factory.is_some(),
            None => default.is_some(),
        };
        if takes && behind_default && !has_default && !keywords {
            return Err(Stop::type_error(format!("non-default argument '{name}' follows default argument")));
        }
        behind_default |= takes && has_default;
    }
    Ok(())
}

impl Object for Decorator {
    fn type_name(&self) -> Rc<str> {
        "function".into()
    }

    fn call(self: Rc<Self>, vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let class = args.expect("cls")?;
        args.finish()?;
        decorate(vm, &class, &self.flavour)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a decorator")
    }
}

fn field(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let field = Field {
        default: args.named("default"),
        factory: args.named("default_factory"),
        init: named_flag(vm, &mut args, "init", true)?,
    };
    for name in ["repr", "hash", "compare", "metadata", "kw_only", "doc"] {
        let given = args.named(name);
        if matches!((name, &given), ("repr" | "compare", Some(Value::Bool(false)))) {
            return not_modelled(vm, format!("a field with `{name}=False` is not modelled"));
        }
    }
    args.finish()?;
    if field.default.is_some() && field.factory.is_some() {
        return Err(Stop::value_error("cannot specify both default and default_factory"));
    }
    Ok(Value::object(field))
}

/// What `fields` gives for a field.
struct FieldInfo {
    name: Rc<str>,
    /// The default that stands in the class, where it is a plain value.
    default: Option<Value>,
}

impl Object for FieldInfo {
    fn class(&self) -> Option<&'static Type> {
        Some(&FIELD)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match (name, &self.default) {
            ("name", _) => Some(Value::Str(Rc::clone(&self.name))),
            ("default", Some(default)) => Some(default.clone()),
            (
                "type" | "default" | "default_factory" | "init" | "repr" | "hash" | "compare" | "metadata"
                | "kw_only",
                _,
            ) => {
                return not_modelled(vm, format!("`{name}` of a dataclass field is not modelled"));
            }
            _ => None,
        })
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a dataclass field")
    }
}

#[derive(Clone, Copy)]
enum Shape {
    Dict,
    Tuple,
}

fn convert(vm: &mut Vm, value: &Value, shape: Shape, factory: Option<&Value>) -> Eval<Value> {
    vm.spend(1)?;
    let inner = |vm: &mut Vm, value: &Value| match vm.nested(|vm| convert(vm, value, shape, factory)) {
        Err(Stop::Unknown(cause)) if value.unknown().is_none() => Ok(Value::Unknown(cause.decided())),
        Err(Stop::Unknown(cause)) => Ok(Value::Unknown(cause)),
        result => result,
    };
    match value {
        Value::Instance(instance) if class_of(value).is_some() => {
            let mut pairs = Vec::new();
            for name in vm.fields(&instance.class) {
                let part = vm.attr(value, &name)?;
                pairs.push((name, inner(vm, &part)?));
            }
            match (shape, factory) {
                (Shape::Tuple, _) => {
                    Ok(Value::tuple(pairs.into_iter().map(|(_, part)| part).collect::<Vec<_>>()))
                }
                (Shape::Dict, None) => Ok(Value::dict(pairs)),
                (Shape::Dict, Some(factory)) => {
                    let pairs = pairs.into_iter().map(|(name, part)| Value::tuple([Value::Str(name), part]));
                    vm.call_with(factory, [Value::list(pairs.collect())])
                }
            }
        }
        Value::Instance(instance) if instance.class.effective_flavour() == Flavour::NamedTuple => {
            not_modelled(vm, "a named tuple inside a dataclass is not modelled")
        }
        Value::List(list) => {
            let items = list.items()?.clone();
            items.iter().map(|item| inner(vm, item)).collect::<Eval<_>>().map(Value::list)
        }
        Value::Tuple(items) => {
            items.iter().map(|item| inner(vm, item)).collect::<Eval<Vec<_>>>().map(Value::tuple)
        }
        Value::Dict(dict) => {
            let items: Vec<(Key, Value)> =
                dict.items()?.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
            let mut copy = crate::map::IndexMap::with_capacity_and_hasher(
                items.len(),
                crate::map::RandomState::default(),
            );
            for (key, value) in items {
                let value = inner(vm, &value)?;
                copy.insert(Key::new(inner(vm, key.value())?)?, value);
            }
            Ok(Value::Dict(Rc::new(crate::value::Dict::of_kind(dict.kind.clone(), copy))))
        }
        other => super::copy::deep(vm, other),
    }
}

fn replace(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.expect("obj")?.known()?;
    let instance = dataclass_instance(&value, "replace")?;
    let span = args.span;
    for name in vm.fields(&instance.class) {
        if args.named.iter().any(|(given, _)| *given == name) {
            continue;
        }
        let field = instance.class.lookup(&name).and_then(|default| default.downcast::<Field>());
        if field.is_none_or(|field| field.init) {
            let value = vm.attr(&value, &name)?;
            args.named.push((name, crate::value::Arg { value, span }));
        }
    }
    vm.call(&Value::Class(Rc::clone(&instance.class)), args)
}
