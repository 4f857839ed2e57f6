//! Dataclasses and their kin: what their fields are, and the methods that are generated from them.
//!
//! The decorators that make them are modules: `dataclasses`, `attr`. What is written by hand in the class itself stays.

use std::rc::Rc;

use ruff_python_ast::CmpOp;

use super::attr::bound;
use super::exception::ATTRIBUTE_ERROR;
use super::{Args, Class, Eval, Instance, Object, Stop, Type, Value, release};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};

/// `dataclasses.field(…)`: how a field gets its value, and where it counts.
#[derive(Clone)]
pub struct Field {
    /// `default=`.
    pub default: Option<Value>,
    /// `default_factory=`.
    pub factory: Option<Value>,
    /// `init=`.
    pub init: bool,
    /// `repr=`.
    pub repr: bool,
    /// `compare=`.
    pub compare: bool,
    /// `hash=`; it follows `compare=` where it is absent.
    pub hash: Option<bool>,
    /// `kw_only=`; it follows the class where it is absent.
    pub kw_only: Option<bool>,
    /// `metadata=`.
    pub metadata: Option<Value>,
}

impl Default for Field {
    fn default() -> Self {
        Self {
            default: None,
            factory: None,
            init: true,
            repr: true,
            compare: true,
            hash: None,
            kw_only: None,
            metadata: None,
        }
    }
}

impl Field {
    /// A field with this default, and nothing else said of it.
    pub fn of(default: Option<Value>) -> Self {
        let mut field = Self::default();
        field.default = default;
        field
    }
}

impl Drop for Field {
    fn drop(&mut self) {
        let held = [self.default.take(), self.factory.take(), self.metadata.take()];
        release::later(held.into_iter().flatten());
    }
}

impl Object for Field {
    fn type_name(&self) -> Rc<str> {
        "Field".into()
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        [&self.default, &self.factory, &self.metadata].into_iter().flatten().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a dataclass field")
    }
}

/// A field of a class.
#[derive(Clone)]
pub struct DataField {
    /// Its name.
    pub name: Rc<str>,
    /// What `__init__` calls it.
    pub argument: Rc<str>,
    /// How it gets its value, and where it counts.
    pub field: Field,
    /// Whether it is given by name alone.
    pub kw_only: bool,
    /// Whether it is handed to `__post_init__` and not kept: `InitVar`.
    pub init_only: bool,
}

impl DataField {
    /// What `fields` gives for it.
    pub fn info(&self) -> Value {
        Value::object(FieldInfo(self.clone()))
    }
}

/// What `fields` gives for a field.
struct FieldInfo(DataField);

/// `dataclasses.Field`.
pub static FIELD: Type = Type::new("dataclasses", "Field", |vm, _| {
    vm.unsupported("a call of `dataclasses.Field` is not modelled")
});

/// What stands for a default that is not there: `dataclasses.MISSING`.
pub static MISSING: Type = Type::new("dataclasses", "_MISSING_TYPE", |_, args| {
    args.finish()?;
    Ok(Value::object(Missing))
});

/// The only instance of [`MISSING`].
pub struct Missing;

impl Object for Missing {
    fn class(&self) -> Option<&'static Type> {
        Some(&MISSING)
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<Missing>().is_some()
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "`MISSING`")
    }
}

impl Object for FieldInfo {
    fn class(&self) -> Option<&'static Type> {
        Some(&FIELD)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let DataField { name: own, field, kw_only, .. } = &self.0;
        let or_missing = |value: &Option<Value>| value.clone().unwrap_or_else(|| Value::object(Missing));
        Ok(Some(match name {
            "name" => Value::Str(Rc::clone(own)),
            "default" => or_missing(&field.default),
            "default_factory" => or_missing(&field.factory),
            "init" => Value::Bool(field.init),
            "repr" => Value::Bool(field.repr),
            "compare" => Value::Bool(field.compare),
            "hash" => field.hash.map_or(Value::None, Value::Bool),
            "kw_only" => Value::Bool(*kw_only),
            "metadata" => {
                field.metadata.clone().unwrap_or_else(|| Value::dict(Vec::<(Rc<str>, Value)>::new()))
            }
            "type" => return vm.unsupported("`type` of a dataclass field is not modelled"),
            _ => return Ok(None),
        }))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a dataclass field")
    }
}

/// What is generated for a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generated {
    /// `__init__`.
    Init,
    /// `__repr__`.
    Repr,
    /// `__eq__`.
    Eq,
    /// `__hash__`.
    Hash,
    /// `__lt__` and its kin.
    Order(CmpOp),
}

impl Generated {
    /// The name of the method.
    pub fn name(self) -> &'static str {
        match self {
            Self::Init => "__init__",
            Self::Repr => "__repr__",
            Self::Eq => "__eq__",
            Self::Hash => "__hash__",
            Self::Order(CmpOp::Lt) => "__lt__",
            Self::Order(CmpOp::LtE) => "__le__",
            Self::Order(CmpOp::Gt) => "__gt__",
            Self::Order(_) => "__ge__",
        }
    }
}

/// A method that was generated from the fields of a class.
pub struct GeneratedMethod {
    /// Which one.
    pub kind: Generated,
    /// The fields of the class that it was generated for.
    pub fields: Rc<[DataField]>,
    /// The method that `__init__` calls last.
    pub after_init: &'static str,
}

impl Object for GeneratedMethod {
    fn type_name(&self) -> Rc<str> {
        "function".into()
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "__name__").then(|| Value::str(self.kind.name())))
    }

    fn get(self: Rc<Self>, _vm: &mut Vm, instance: Option<&Value>, _: &Rc<Class>) -> Eval<Option<Value>> {
        Ok(instance.map(|instance| bound(instance.clone(), Value::Object(self))))
    }

    fn call(self: Rc<Self>, vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let this = args.expect("self")?.known()?;
        let Value::Instance(instance) = &this else {
            return Err(Stop::type_error(format!("{}() needs an instance", self.kind.name())));
        };
        match self.kind {
            Generated::Init => self.init(vm, &this, instance, args),
            Generated::Repr => {
                args.finish()?;
                vm.data_repr(&this, &self, &mut Vec::new()).map(Value::Str)
            }
            Generated::Hash => vm.hash(&this),
            Generated::Eq => self.compare(vm, CmpOp::Eq, &this, args),
            Generated::Order(op) => self.compare(vm, op, &this, args),
        }
    }

    /// What `__init__` may run is the factories, which it shows, and `__post_init__`, which is looked for by itself.
    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        if self.kind == Generated::Init {
            self.fields.iter().filter_map(|data| data.field.factory.as_ref()).for_each(visit);
        }
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a method")
    }
}

impl GeneratedMethod {
    fn init(&self, vm: &mut Vm, this: &Value, instance: &Rc<Instance>, mut args: Args) -> Eval<Value> {
        let open = args.open.take();
        let mut missing = Vec::new();
        let mut for_post = Vec::new();
        let mut given: Vec<Option<Value>> = vec![None; self.fields.len()];
        // Those that can be given by position come first.
        for keywords in [false, true] {
            for (data, slot) in self.fields.iter().zip(&mut given) {
                if data.field.init && data.kw_only == keywords {
                    *slot = if keywords { args.named(&data.argument) } else { args.take(&data.argument) };
                }
            }
        }
        for (data, given) in self.fields.iter().zip(given) {
            let DataField { name, argument, field, .. } = data;
            let value = match (given, &open, &field.factory, &field.default) {
                (Some(value), ..) => value,
                (None, Some(cause), ..) if field.init => Value::Unknown(cause.decided()),
                (None, _, Some(factory), _) => vm.call_with(factory, [])?,
                // It stays in the class.
                (None, _, None, Some(_)) if !field.init => continue,
                (None, _, None, Some(default)) => default.clone(),
                (None, _, None, None) if field.init => {
                    missing.push(format!("'{argument}'"));
                    continue;
                }
                (None, _, None, None) => continue,
            };
            if data.init_only {
                for_post.push(value);
            } else {
                store(vm, this, instance, name, value)?;
            }
        }
        if !missing.is_empty() {
            let plural = if missing.len() == 1 { "" } else { "s" };
            return Err(Stop::type_error(format!(
                "{}.__init__() missing {} required positional argument{plural}: {}",
                instance.class.name,
                missing.len(),
                missing.join(" and ")
            )));
        }
        args.callee = format!("{}.__init__", instance.class.name).into();
        args.finish()?;
        if instance.class.lookup(self.after_init).is_some() {
            let after = vm.attr(this, self.after_init)?;
            vm.call_with(&after, for_post)?;
        }
        Ok(Value::None)
    }

    fn compare(&self, vm: &mut Vm, op: CmpOp, this: &Value, mut args: Args) -> Eval<Value> {
        let other = args.expect("other")?.known()?;
        args.finish()?;
        match (this, &other) {
            (Value::Instance(a), Value::Instance(b)) if Rc::ptr_eq(&a.class, &b.class) => {}
            _ => return Ok(Value::NotImplemented),
        }
        if op == CmpOp::Eq && this.is(&other) && self.fields.iter().all(|data| !data.field.compare) {
            return Ok(Value::Bool(true));
        }
        let (left, right) = (self.compared(vm, this)?, self.compared(vm, &other)?);
        vm.compare(op, &left, &right)
    }

    /// The values that count in a comparison.
    fn compared(&self, vm: &mut Vm, this: &Value) -> Eval<Value> {
        let mut values = Vec::new();
        for data in self.fields.iter().filter(|data| data.field.compare && !data.init_only) {
            values.push(vm.attr(this, &data.name)?);
        }
        Ok(Value::tuple(values))
    }
}

/// Stores a field as a generated `__init__` does, which a frozen class allows.
fn store(vm: &mut Vm, this: &Value, instance: &Rc<Instance>, name: &Rc<str>, value: Value) -> Eval<()> {
    let class = &instance.class;
    if class.is_frozen() || class.lookup("__setattr__").is_none() && class.lookup(name).is_none() {
        instance.attrs.borrow_mut().insert(Rc::clone(name), value);
        return Ok(());
    }
    let span = vm.here();
    vm.set_attr(this, name, value, span)
}

impl Class {
    /// The fields of the nearest dataclass in its method resolution order; `None` where there is none.
    pub fn data_fields(self: &Rc<Self>) -> Option<Rc<[DataField]>> {
        let own = self.fields.borrow().clone();
        own.or_else(|| self.ancestors().iter().find_map(|class| class.fields.borrow().clone()))
    }

    /// The fields that instances have, for `fields`, `asdict` and their kin.
    pub fn kept_fields(self: &Rc<Self>) -> Vec<DataField> {
        let fields = self.data_fields();
        fields.iter().flat_map(|fields| fields.iter()).filter(|data| !data.init_only).cloned().collect()
    }
}

/// `dataclasses.FrozenInstanceError`.
pub static FROZEN_INSTANCE_ERROR: Type = Type {
    base: Some(&ATTRIBUTE_ERROR),
    ..Type::new("dataclasses", "FrozenInstanceError", |_, args| {
        let args = args.positional.into_iter().map(|arg| arg.value).collect();
        Ok(Value::object(super::exception::Exception::new(&FROZEN_INSTANCE_ERROR, args)))
    })
};

fn no_form(collector: &Collector<'_>, what: &str) -> Datum {
    let message = format!("{what} has no form in a definition");
    Datum::Unknown(collector.cause(crate::datum::CauseKind::Unsupported, message))
}
