//! `dataclasses`: the decorator and its fields, `asdict`, `astuple`, `replace`, `make_dataclass`.
//!
//! What the generated methods do is [`crate::value::data_class`]'s. Left out: the types of fields.

use std::rc::Rc;

use ruff_python_ast::CmpOp;

use super::support::{named_flag, no_form, not_modelled};
use super::{Member, ModuleTable};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::value::class::{Annotation, Flavour, Maker};
use crate::value::data_class::{
    DataField, FIELD, FROZEN_INSTANCE_ERROR, Field, Generated, GeneratedMethod, Missing,
};
use crate::value::{Args, Class, Eval, Instance, Key, Native, Object, Stop, Value};

/// The rows of the module.
pub static DATACLASSES: ModuleTable = ModuleTable {
    name: "dataclasses",
    members: &[
        ("Field", Member::Class(&FIELD)),
        ("FrozenInstanceError", Member::Class(&FROZEN_INSTANCE_ERROR)),
        ("InitVar", Member::Constant(|| super::typing::form("InitVar"))),
        ("KW_ONLY", Member::Constant(|| super::typing::form("KW_ONLY"))),
        ("MISSING", Member::Constant(|| Value::object(Missing))),
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
            Member::Function(Native::new("fields", |_, mut args| {
                let value = args.expect("class_or_instance")?;
                args.finish()?;
                let Some(class) = class_of(&value) else {
                    return Err(Stop::type_error("must be called with a dataclass type or instance"));
                };
                Ok(Value::tuple(class.kept_fields().iter().map(DataField::info).collect::<Vec<_>>()))
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
        ("make_dataclass", Member::Function(Native::new("make_dataclass", make_dataclass).lenient())),
        ("replace", Member::Function(Native::new("replace", replace).lenient())),
    ],
};

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

/// What `@dataclass` is asked for.
#[expect(clippy::struct_excessive_bools, reason = "they are the flags of the decorator")]
#[derive(Clone, Copy)]
struct Options {
    frozen: bool,
    kw_only: bool,
    init: bool,
    repr: bool,
    eq: bool,
    order: bool,
    unsafe_hash: bool,
    match_args: bool,
    slots: bool,
}

/// `@dataclass` with its arguments.
struct Decorator {
    options: Options,
}

fn dataclass(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let class = args.take("cls").filter(|class| !class.is_none());
    let options = Options {
        frozen: named_flag(vm, &mut args, "frozen", false)?,
        kw_only: named_flag(vm, &mut args, "kw_only", false)?,
        init: named_flag(vm, &mut args, "init", true)?,
        repr: named_flag(vm, &mut args, "repr", true)?,
        eq: named_flag(vm, &mut args, "eq", true)?,
        order: named_flag(vm, &mut args, "order", false)?,
        unsafe_hash: named_flag(vm, &mut args, "unsafe_hash", false)?,
        match_args: named_flag(vm, &mut args, "match_args", true)?,
        slots: named_flag(vm, &mut args, "slots", false)?,
    };
    drop(args.named("weakref_slot"));
    args.finish()?;
    match class {
        Some(class) => decorate(vm, &class, options),
        None => Ok(Value::object(Decorator { options })),
    }
}

fn decorate(vm: &mut Vm, class: &Value, options: Options) -> Eval<Value> {
    match class {
        Value::Class(found) => {
            let fields: Rc<[DataField]> = fields_of(vm, found, options.kw_only)?.into();
            *found.fields.borrow_mut() = Some(Rc::clone(&fields));
            *found.flavour.borrow_mut() =
                Flavour::Dataclass { frozen: options.frozen, maker: Maker::Dataclasses };
            generate(found, &fields, options);
            found.note_slots();
            Ok(class.clone())
        }
        Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
        // An object that stands for a class knows its own fields.
        other => Ok(other.clone()),
    }
}

/// Gives a class the methods that it has not written itself.
fn generate(class: &Rc<Class>, fields: &Rc<[DataField]>, options: Options) {
    let mut attrs = class.attrs.borrow_mut();
    let method = |kind: Generated| {
        Value::object(GeneratedMethod { kind, fields: Rc::clone(fields), after_init: "__post_init__" })
    };
    // A class with `__eq__` and without `__hash__` has `None` for it.
    let own_hash = attrs.contains_key("__hash__");
    let hash = match options {
        Options { unsafe_hash: true, .. } | Options { eq: true, frozen: true, .. } => {
            Some(method(Generated::Hash))
        }
        Options { eq: true, .. } => Some(Value::None),
        _ => None,
    };
    let order = [CmpOp::Lt, CmpOp::LtE, CmpOp::Gt, CmpOp::GtE].map(Generated::Order);
    let wanted =
        [(options.init, Generated::Init), (options.repr, Generated::Repr), (options.eq, Generated::Eq)];
    let wanted = wanted.into_iter().chain(order.map(|order| (options.order, order)));
    for (_, kind) in wanted.filter(|(wanted, _)| *wanted) {
        attrs.entry(kind.name().into()).or_insert_with(|| method(kind));
    }
    if let Some(hash) = hash.filter(|_| !own_hash) {
        attrs.insert("__hash__".into(), hash);
    }
    let names = |keep: &dyn Fn(&DataField) -> bool| {
        let kept = fields.iter().filter(|data| keep(data)).map(|data| Value::Str(Rc::clone(&data.name)));
        Value::tuple(kept.collect::<Vec<_>>())
    };
    if options.match_args {
        attrs
            .entry("__match_args__".into())
            .or_insert_with(|| names(&|data| data.field.init && !data.kw_only));
    }
    if options.slots {
        attrs.insert("__slots__".into(), names(&|data| !data.init_only));
    }
}

/// The fields of a class: those of its bases first, then its own, as CPython collects them when the class is made.
fn fields_of(vm: &mut Vm, class: &Rc<Class>, keywords: bool) -> Eval<Vec<DataField>> {
    let mut fields: Vec<DataField> = Vec::new();
    let mut add = |data: DataField| match fields.iter_mut().find(|other| other.name == data.name) {
        Some(other) => *other = data,
        None => fields.push(data),
    };
    for base in class.ancestors().iter().rev() {
        let inherited = base.fields.borrow().clone();
        inherited.iter().flat_map(|fields| fields.iter()).for_each(|data| add(data.clone()));
    }
    let mut keywords = keywords;
    let annotations = class.annotations.borrow().clone();
    for annotation in annotations {
        match annotation.head() {
            "KW_ONLY" => {
                keywords = true;
                continue;
            }
            "ClassVar" => continue,
            _ if &*annotation.name == "_" => {
                return not_modelled(vm, "a field called `_` is not modelled, for it may be `KW_ONLY`");
            }
            _ => {}
        }
        let Annotation { name, .. } = &annotation;
        let default = class.lookup(name);
        let given = default.as_ref().and_then(Value::downcast::<Field>);
        let field = match (given, default) {
            (Some(field), _) => {
                // What stands in the class afterwards is the default itself.
                match &field.default {
                    Some(default) => class.attrs.borrow_mut().insert(Rc::clone(name), default.clone()),
                    None => class.attrs.borrow_mut().shift_remove(name),
                };
                (*field).clone()
            }
            (None, default) => Field::of(default),
        };
        if let Some(value @ (Value::List(_) | Value::Dict(_) | Value::Set(_))) = &field.default {
            return Err(Stop::value_error(format!(
                "mutable default <class '{}'> for field {name} is not allowed: use default_factory",
                value.type_name()
            )));
        }
        add(DataField {
            name: Rc::clone(name),
            argument: Rc::clone(name),
            kw_only: field.kw_only.unwrap_or(keywords),
            init_only: annotation.head() == "InitVar",
            field,
        });
    }
    let mut behind_default = false;
    for data in fields.iter().filter(|data| data.field.init && !data.kw_only) {
        let has_default = data.field.default.is_some() || data.field.factory.is_some();
        if behind_default && !has_default {
            let message = format!("non-default argument '{}' follows default argument", data.name);
            return Err(Stop::type_error(message));
        }
        behind_default |= has_default;
    }
    Ok(fields)
}

impl Object for Decorator {
    fn type_name(&self) -> Rc<str> {
        "function".into()
    }

    fn call(self: Rc<Self>, vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let class = args.expect("cls")?;
        args.finish()?;
        decorate(vm, &class, self.options)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a decorator")
    }
}

fn field(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let maybe = |vm: &mut Vm, args: &mut Args, name: &str| match args.named(name) {
        None | Some(Value::None) => Ok(None),
        Some(value) if value.downcast::<Missing>().is_some() => Ok(None),
        Some(value) => vm.truth(&value).map(Some),
    };
    let given = |value: Option<Value>| value.filter(|value| value.downcast::<Missing>().is_none());
    let field = Field {
        default: given(args.named("default")),
        factory: given(args.named("default_factory")),
        init: named_flag(vm, &mut args, "init", true)?,
        repr: named_flag(vm, &mut args, "repr", true)?,
        compare: named_flag(vm, &mut args, "compare", true)?,
        hash: maybe(vm, &mut args, "hash")?,
        kw_only: maybe(vm, &mut args, "kw_only")?,
        metadata: args.named("metadata").filter(|metadata| !metadata.is_none()),
    };
    drop(args.named("doc"));
    args.finish()?;
    if field.default.is_some() && field.factory.is_some() {
        return Err(Stop::value_error("cannot specify both default and default_factory"));
    }
    Ok(Value::object(field))
}

/// `make_dataclass(name, fields, *, bases, namespace, …)`.
fn make_dataclass(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let name = super::support::need_text(&mut args, "cls_name")?;
    let fields = args.expect("fields")?;
    let bases = match args.named("bases") {
        Some(bases) => vm.iterate(&bases)?,
        None => Vec::new(),
    };
    let mut attrs = crate::map::IndexMap::default();
    if let Some(namespace) = args.named("namespace").filter(|namespace| !namespace.is_none()) {
        for (key, value) in vm.mapping_items(&namespace)? {
            attrs.insert(super::support::text(&key)?, value);
        }
    }
    let mut annotations = Vec::new();
    for field in vm.iterate(&fields)? {
        let parts = match super::support::as_text(&field) {
            Some(name) => vec![Value::Str(name)],
            None => vm.iterate(&field)?,
        };
        let name = super::support::text(parts.first().unwrap_or(&Value::None))?;
        if let Some(default) = parts.get(2) {
            attrs.insert(Rc::clone(&name), default.clone());
        }
        annotations.push(Annotation { name, text: "".into() });
    }
    drop(args.named("module"));
    let class = vm.make_class(name, bases, attrs)?;
    if let Value::Class(class) = &class {
        *class.annotations.borrow_mut() = annotations;
    }
    let span = args.span;
    args.positional.push_back(crate::value::Arg { value: class, span });
    dataclass(vm, args)
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
            for DataField { name, .. } in instance.class.kept_fields() {
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
    let fields = instance.class.data_fields();
    for data in fields.iter().flat_map(|fields| fields.iter()) {
        let given = args.named.iter().any(|(given, _)| *given == data.name);
        match (data.field.init, given) {
            (true, false) if data.init_only && data.field.default.is_none() => {
                let message = format!("InitVar '{}' must be specified with replace()", data.name);
                return Err(Stop::value_error(message));
            }
            (true, false) if !data.init_only => {
                let value = vm.attr(&value, &data.name)?;
                args.named.push((Rc::clone(&data.name), crate::value::Arg { value, span }));
            }
            (false, true) => {
                let message = format!(
                    "field {} is declared with init=False, it cannot be specified with replace()",
                    data.name
                );
                return Err(Stop::value_error(message));
            }
            _ => {}
        }
    }
    vm.call(&Value::Class(Rc::clone(&instance.class)), args)
}
