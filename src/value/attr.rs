//! Attributes: how `x.name` is found for every kind of value.

use std::rc::Rc;

use super::class::Flavour;
use super::exception::ATTRIBUTE_ERROR;
use super::instance_dict::InstanceDict;
use super::mapping_proxy::MappingProxy;
use super::types::{self, OBJECT, type_of};
use super::{Class, Eval, Function, Instance, Method, Stop, Type, Value};
use crate::datum::{Cause, CauseKind};
use crate::eval::Vm;

impl Vm {
    /// `value.name`. An unknown value has unknown attributes, with the path extended where it has one.
    pub fn attr(&mut self, value: &Value, name: &str) -> Eval<Value> {
        match self.attr_or_none(value, name)? {
            Some(found) => Ok(found),
            None => Err(missing(value, name)),
        }
    }

    /// As `attr`; `None` where CPython certainly raises `AttributeError`.
    pub fn attr_or_none(&mut self, value: &Value, name: &str) -> Eval<Option<Value>> {
        match value {
            Value::Unknown(cause) => {
                self.touch_part(cause);
                Ok(Some(Value::Unknown(extend(cause, name))))
            }
            Value::Function(function) => match name {
                "__annotations__" | "__defaults__" | "__kwdefaults__" => {
                    self.signature_part(function, name).map(Some)
                }
                _ => Ok(function_attr(self, function, name)),
            },
            Value::Method(method) => self.method_attr(value, method, name),
            Value::Type(class) => self.type_attr(class, name),
            Value::Class(class) => self.class_attr(class, name),
            Value::Instance(instance) => self.instance_attr(value, instance, name),
            Value::Module(module) => self.module_member(module, name),
            Value::Object(object) => {
                if let Some(found) = self.nested(|vm| Rc::clone(object).attr(vm, name))? {
                    return Ok(Some(found));
                }
                self.table_attr(value, name)
            }
            Value::Native(native) => match name {
                "__name__" | "__qualname__" => Ok(Some(Value::str(native.name))),
                "__doc__" | "__module__" | "__self__" | "__text_signature__" => {
                    self.unsupported(format!("`{name}` of a function of the library is not modelled"))
                }
                _ => self.table_attr(value, name),
            },
            Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Tuple(_)
            | Value::List(_)
            | Value::Dict(_)
            | Value::Set(_)
            | Value::Range(_)
            | Value::Iter(_) => {
                if let Some(found) = types::field(self, value, name)? {
                    return Ok(Some(found));
                }
                self.table_attr(value, name)
            }
        }
    }

    /// An attribute that the class's table has, bound to `value`.
    fn table_attr(&mut self, value: &Value, name: &str) -> Eval<Option<Value>> {
        if name == "__class__" {
            return types::class_of(self, value).map(Some);
        }
        let class = type_of(value);
        if let Some(class) = class {
            if let Some(native) = class.method(name) {
                return Ok(Some(bound(value.clone(), Value::Native(native))));
            }
            if let Some(found) = class.attr(name) {
                return Ok(Some(found));
            }
        }
        if let Some(native) = OBJECT.method(name) {
            return Ok(Some(bound(value.clone(), Value::Native(native))));
        }
        match class {
            Some(class) if class.module != "builtins" => {
                Ok(Some(self.not_modelled(&format!("{}.{name}", class.path()))))
            }
            Some(_) | None if types::is_common(name) => {
                self.unsupported(format!("the attribute `{name}` of a built-in value is not modelled"))
            }
            Some(_) | None => Ok(None),
        }
    }

    fn method_attr(&mut self, value: &Value, method: &Method, name: &str) -> Eval<Option<Value>> {
        match name {
            "__self__" => Ok(Some(method.receiver.clone())),
            "__func__" if matches!(method.function, Value::Function(_)) => Ok(Some(method.function.clone())),
            "__class__" => self.table_attr(value, name),
            _ => self.attr_or_none(&method.function, name),
        }
    }

    /// `Class.name` for a class of the library.
    fn type_attr(&mut self, class: &'static Type, name: &str) -> Eval<Option<Value>> {
        if let Some(found) = class.attr(name) {
            return Ok(Some(found));
        }
        match name {
            "__name__" | "__qualname__" => return Ok(Some(Value::str(class.name))),
            "__module__" => return Ok(Some(Value::str(class.module))),
            "__class__" => return Ok(Some(Value::Type(&types::TYPE))),
            _ => {}
        }
        if let Some(native) = OBJECT.method(name) {
            return Ok(Some(Value::Native(native)));
        }
        if class.module == "builtins" && !types::is_common(name) {
            return Ok(None);
        }
        Ok(Some(self.not_modelled(&format!("{}.{name}", class.path()))))
    }

    /// `Class.name` for a class of the user's.
    fn class_attr(&mut self, class: &Rc<Class>, name: &str) -> Eval<Option<Value>> {
        if name == "__doc__" {
            // A docstring is not inherited.
            return match class.attrs.borrow().get(name) {
                Some(Value::None) if *class.flavour.borrow() == Flavour::NamedTuple => {
                    let text = format!("{}({})", class.name, named_fields(class).join(", "));
                    Ok(Some(Value::from(text)))
                }
                Some(Value::None) if matches!(*class.flavour.borrow(), Flavour::Dataclass { .. }) => {
                    self.unsupported("the docstring that a dataclass is given is not modelled")
                }
                Some(doc) => Ok(Some(doc.clone())),
                None => self.unsupported("the docstring of a class is not kept"),
            };
        }
        if let Some(found) = class.lookup(name) {
            return self.bind(found, None, class).map(Some);
        }
        match name {
            "__name__" => return Ok(Some(Value::Str(Rc::clone(&class.name)))),
            "__qualname__" => return Ok(Some(Value::Str(Rc::clone(&class.qualname)))),
            "__module__" => return Ok(Some(Value::Str(Rc::clone(&class.module)))),
            "__dataclass_fields__" if matches!(class.effective_flavour(), Flavour::Dataclass { .. }) => {
                let fields = class.data_fields();
                let fields = fields.iter().flat_map(|fields| fields.iter());
                return Ok(Some(Value::dict(fields.map(|data| (Rc::clone(&data.name), data.info())))));
            }
            "__annotations__"
                if matches!(class.effective_flavour(), Flavour::NamedTuple | Flavour::TypedDict) =>
            {
                let cause = self.cause(CauseKind::NotModelled, "the value of an annotation is not modelled");
                let own = class.annotations.borrow().clone().into_iter();
                let unknown = own.map(|own| (own.name, Value::Unknown(cause.clone())));
                return Ok(Some(Value::dict(unknown)));
            }
            "__mro__" if class.foreign_bases().is_empty() => {
                let classes = class.mro().into_iter().map(Value::Class).chain([Value::Type(&OBJECT)]);
                return Ok(Some(Value::tuple(classes.collect::<Vec<_>>())));
            }
            "__class__" if class.foreign_bases().is_empty() => return Ok(Some(Value::Type(&types::TYPE))),
            "__dict__" if class.why_open().is_none() => return self.class_dict(class).map(Some),
            "__bases__" if !class.bases.is_empty() => return Ok(Some(Value::tuple(class.bases.clone()))),
            "__bases__" => return Ok(Some(Value::tuple(vec![Value::Type(&OBJECT)]))),
            "__members__" if class.effective_flavour() == Flavour::Enum => {
                self.enum_members(class)?;
                let attrs = class.attrs.borrow().clone();
                let names = attrs.into_iter().filter(|(_, value)| is_member(class, value));
                return Ok(Some(Value::dict(names)));
            }
            "_make" if class.effective_flavour() == Flavour::NamedTuple => {
                let class = Value::Class(Rc::clone(class));
                return Ok(Some(bound(class, Value::Native(&super::tuple::MAKE))));
            }
            "_fields" if class.effective_flavour() == Flavour::NamedTuple => {
                let fields = named_fields(class).into_iter().map(Value::Str).collect::<Vec<_>>();
                return Ok(Some(Value::tuple(fields)));
            }
            "_field_defaults" if class.effective_flavour() == Flavour::NamedTuple => {
                let fields = named_fields(class).into_iter();
                return Ok(Some(Value::dict(
                    fields.filter_map(|name| Some((Rc::clone(&name), class.lookup(&name)?))),
                )));
            }
            _ => {}
        }
        if let Some(found) = self.foreign_attr(class, name, None)? {
            return Ok(Some(found));
        }
        if let Some(cause) = class.why_open() {
            return Ok(Some(Value::Unknown(cause)));
        }
        if let Some(native) = OBJECT.method(name) {
            return Ok(Some(Value::Native(native)));
        }
        if types::is_common(name) || class.effective_flavour() != Flavour::Plain && name.starts_with('_') {
            return self.unsupported(format!("`{name}` of the class `{}` is not modelled", class.name));
        }
        Ok(None)
    }

    /// `Class.__dict__`: what stands in its body, and what `type` adds to it.
    fn class_dict(&mut self, class: &Rc<Class>) -> Eval<Value> {
        let mut items: Vec<(Rc<str>, Value)> =
            vec![("__module__".into(), Value::Str(Rc::clone(&class.module)))];
        let attrs = class.attrs.borrow().clone();
        items.extend(
            attrs.iter().filter(|(name, _)| &***name != "__doc__").map(|(n, v)| (Rc::clone(n), v.clone())),
        );
        let added = class.bases.iter().all(|base| !matches!(base, Value::Class(_)));
        for name in ["__dict__", "__weakref__"].into_iter().filter(|_| added) {
            items.push((name.into(), self.not_modelled(&format!("{}.{name}", class.name))));
        }
        items.push(("__doc__".into(), attrs.get("__doc__").cloned().unwrap_or_default()));
        Ok(Value::object(MappingProxy(Value::dict(items))))
    }

    /// What the bases that are no classes of the user's have under a name.
    fn foreign_attr(
        &mut self,
        class: &Rc<Class>,
        name: &str,
        instance: Option<&Value>,
    ) -> Eval<Option<Value>> {
        for base in class.foreign_bases() {
            let found = match &base {
                Value::Type(base) => match (base.method(name), base.attr(name)) {
                    (Some(native), _) => Some(match instance {
                        Some(instance) => bound(instance.clone(), Value::Native(native)),
                        None => Value::Native(native),
                    }),
                    // An enum has no public attributes but its members, its own and those of `str` and `int`.
                    (None, None) if base.module == "enum" && !name.starts_with('_') && name != "mro" => None,
                    (None, None) if base.module != "builtins" && !is_special(name) => {
                        Some(self.not_modelled(&format!("{}.{name}", base.path())))
                    }
                    (None, found) => found,
                },
                Value::Object(object) => Rc::clone(object).attr(self, name)?,
                // What an instance has there is its own.
                Value::Unknown(cause) => Some(Value::Unknown(extend(cause, name).indirect())),
                _ => None,
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn instance_attr(&mut self, value: &Value, instance: &Rc<Instance>, name: &str) -> Eval<Option<Value>> {
        let class = &instance.class;
        let in_class = class.lookup(name);
        if let Some(Value::Object(object)) = &in_class
            && object.is_data_descriptor()
        {
            return self.bind(Value::Object(Rc::clone(object)), Some(value), class).map(Some);
        }
        if class.lookup("__getattribute__").is_some() {
            return self.unsupported(format!("the class `{}` has its own `__getattribute__`", class.name));
        }
        let open = instance.open.borrow().clone();
        match (&open, instance.attrs.borrow().get(name)) {
            (None, Some(found)) => return Ok(Some(found.clone())),
            (Some(cause), Some(_)) => return Ok(Some(Value::Unknown(cause.clone()))),
            (_, None) => {}
        }
        if let Some(found) = in_class {
            // A default stands in the class, the item in the tuple.
            if class.effective_flavour() == Flavour::NamedTuple
                && let Some(item) = flavour_attr(instance, name)
            {
                return Ok(Some(item));
            }
            if let Some(cause) = open
                && !matches!(found, Value::Function(_) | Value::Object(_))
            {
                return Ok(Some(Value::Unknown(cause)));
            }
            return self.bind(found, Some(value), class).map(Some);
        }
        match name {
            "__class__" => return Ok(Some(Value::Class(Rc::clone(class)))),
            "__dict__" if class.slots.borrow().is_some() => return Ok(None),
            "__dict__" => {
                return Ok(Some(Value::object(InstanceDict { instance: Rc::clone(instance) })));
            }
            "__module__" => return Ok(Some(Value::Str(Rc::clone(&class.module)))),
            "__doc__" => return self.class_attr(class, name),
            _ => {}
        }
        if let Some(found) = flavour_attr(instance, name) {
            return Ok(Some(found));
        }
        let inner = instance.inner.borrow().clone();
        if let Some(inner) = inner
            && class.effective_flavour() != Flavour::Enum
            && !is_special(name)
            && let Some(found) = self.attr_or_none(&inner, name)?
        {
            return Ok(Some(found));
        }
        // A member shows itself as one, whatever it is besides.
        if class.effective_flavour() == Flavour::Enum
            && matches!(name, "__str__" | "__repr__" | "__format__")
            && let Some(native) = OBJECT.method(name)
        {
            return Ok(Some(bound(value.clone(), Value::Native(native))));
        }
        if let Some(builtin) = instance.builtin()
            && let Some(found) = self.attr_or_none(&builtin, name)?
        {
            return Ok(Some(found));
        }
        if let Some(found) = self.foreign_attr(class, name, Some(value))? {
            return self.bind(found, Some(value), class).map(Some);
        }
        if let Some(method) = class.lookup("__getattr__") {
            let method = self.bind(method, Some(value), class)?;
            return self.call_with(&method, [Value::str(name)]).map(Some);
        }
        if let Some(cause) = open.or_else(|| class.why_open()) {
            return Ok(Some(Value::Unknown(extend(&cause, name).indirect())));
        }
        if let Some(native) = OBJECT.method(name) {
            return Ok(Some(bound(value.clone(), Value::Native(native))));
        }
        if types::is_common(name) || class.effective_flavour() != Flavour::Plain && name.starts_with('_') {
            return self.unsupported(format!("`{name}` of an instance is not modelled"));
        }
        Ok(None)
    }

    fn not_modelled(&self, path: &str) -> Value {
        let cause = self.cause(CauseKind::NotModelled, format!("`{path}` is not modelled"));
        Value::Unknown(cause.with_path(path))
    }

    /// What an attribute that stands in a class gives when it is read through an instance, or through the class.
    pub fn bind(&mut self, found: Value, instance: Option<&Value>, class: &Rc<Class>) -> Eval<Value> {
        match (&found, instance) {
            (Value::Function(_), Some(instance)) => Ok(bound(instance.clone(), found)),
            (Value::Object(object), _) => Ok(Rc::clone(object).get(self, instance, class)?.unwrap_or(found)),
            (Value::Instance(descriptor), _) if descriptor.class.lookup("__get__").is_some() => {
                let owner = Value::Class(Rc::clone(class));
                let args = [instance.cloned().unwrap_or_default(), owner];
                Ok(self.call_special(&found, "__get__", args)?.unwrap_or(found))
            }
            _ => Ok(found),
        }
    }

    /// A special method that the class of an instance defines in the user's code, bound; `None` for all other values. Unknown
    /// where a base is unknown and may define it.
    pub fn special(&mut self, value: &Value, name: &str) -> Eval<Option<Value>> {
        let Value::Instance(instance) = value else { return Ok(None) };
        let class = &instance.class;
        if let Some(found) = class.lookup(name) {
            return self.bind(found, Some(value), class).map(Some);
        }
        for base in class.foreign_bases() {
            if let Value::Object(object) = &base
                && let Some(found) = Rc::clone(object).attr(self, name)?
            {
                return self.bind(found, Some(value), class).map(Some);
            }
        }
        match class.why_open() {
            Some(cause) => Err(Stop::Unknown(cause)),
            None => Ok(None),
        }
    }

    /// Calls a special method, where there is one.
    pub fn call_special<const N: usize>(
        &mut self,
        value: &Value,
        name: &str,
        args: [Value; N],
    ) -> Eval<Option<Value>> {
        match self.special(value, name)? {
            Some(method) => self.call_with(&method, args).map(Some),
            None => Ok(None),
        }
    }

    /// The members of an enum class, in order, without aliases.
    pub fn enum_members(&mut self, class: &Rc<Class>) -> Eval<Vec<Value>> {
        if let Some(cause) = class.why_open() {
            return Err(Stop::Unknown(cause));
        }
        let mut members: Vec<Value> = Vec::new();
        for member in class.attrs.borrow().values() {
            let own = matches!(member, Value::Instance(member) if Rc::ptr_eq(&member.class, class));
            if own && !members.iter().any(|other| other.is(member)) {
                members.push(member.clone());
            }
        }
        Ok(members)
    }
}

/// Whether an attribute of an enum is one of its members.
pub(super) fn is_member(class: &Rc<Class>, value: &Value) -> bool {
    matches!(value, Value::Instance(member) if Rc::ptr_eq(&member.class, class))
}

/// Attributes that an enum's members and named tuples have besides what their code says.
fn flavour_attr(instance: &Rc<Instance>, name: &str) -> Option<Value> {
    let inner = instance.inner.borrow().clone();
    match instance.class.effective_flavour() {
        Flavour::Enum => match name {
            "value" | "_value_" => inner,
            "name" | "_name_" => member_name(&Value::Instance(Rc::clone(instance))).map(Value::Str),
            _ => None,
        },
        Flavour::NamedTuple => {
            let Some(Value::Tuple(items)) = inner else { return None };
            let fields = named_fields(&instance.class);
            let at = fields.iter().position(|field| &**field == name);
            if let Some(item) = at.and_then(|at| items.get(at)) {
                return Some(item.clone());
            }
            match name {
                "_fields" => Some(Value::tuple(fields.into_iter().map(Value::Str).collect::<Vec<_>>())),
                "_asdict" | "_replace" => {
                    let receiver = Value::Instance(Rc::clone(instance));
                    super::tuple::NAMED
                        .iter()
                        .find(|native| native.name == name)
                        .map(|native| bound(receiver, Value::Native(native)))
                }
                _ => None,
            }
        }
        Flavour::Plain | Flavour::Dataclass { .. } | Flavour::TypedDict => None,
    }
}

fn function_attr(vm: &mut Vm, function: &Rc<Function>, name: &str) -> Option<Value> {
    if let Some(found) = function.attrs.borrow().get(name) {
        return Some(found.clone());
    }
    Some(match name {
        "__name__" => Value::Str(Rc::clone(&function.name)),
        "__qualname__" => Value::Str(Rc::clone(&function.qualname)),
        "__module__" => Value::Str(Rc::clone(&function.module)),
        "__doc__" => function.doc.clone().map_or(Value::None, Value::Str),
        "__class__" => Value::Type(&types::FUNCTION),
        "__call__" => Value::Function(Rc::clone(function)),
        _ => {
            if let Some(native) = OBJECT.method(name) {
                return Some(bound(Value::Function(Rc::clone(function)), Value::Native(native)));
            }
            if !types::is_common(name) {
                return None;
            }
            let message = format!("`{name}` of a function is not modelled");
            Value::Unknown(vm.cause(CauseKind::Unsupported, message))
        }
    })
}

/// A callable bound to its receiver.
pub fn bound(receiver: Value, function: Value) -> Value {
    Value::Method(Rc::new(Method { receiver, function }))
}

/// The name of an enum's member.
pub fn member_name(member: &Value) -> Option<Rc<str>> {
    let Value::Instance(instance) = member else { return None };
    let attrs = instance.attrs.borrow();
    if let Some(name) = attrs.get("_name_").or_else(|| attrs.get("name")) {
        return name.text();
    }
    let members = instance.class.attrs.borrow();
    members.iter().find(|(_, other)| other.is(member)).map(|(name, _)| Rc::clone(name))
}

/// The fields of a named tuple's class: the annotations of the class that was made one.
pub fn named_fields(class: &Rc<Class>) -> Vec<Rc<str>> {
    let made = class.mro().into_iter().find(|class| *class.flavour.borrow() == Flavour::NamedTuple);
    made.iter()
        .flat_map(|class| class.annotations.borrow().clone())
        .map(|annotation| annotation.name)
        .collect()
}

/// The longest import path that is kept, in bytes.
const LONGEST_PATH: usize = 500;

fn extend(cause: &Cause, name: &str) -> Cause {
    match &cause.path {
        // Nothing is imported by a path that long; without this a loop could make it ever longer.
        Some(path) if path.len() < LONGEST_PATH => cause.attribute(name),
        Some(_) => cause.derived(),
        None => cause.indirect(),
    }
}

fn is_special(name: &str) -> bool {
    name.starts_with("__") && name.ends_with("__")
}

pub(super) fn missing(value: &Value, name: &str) -> Stop {
    let message = match value {
        Value::Module(module) => format!("module '{}' has no attribute '{name}'", module.name),
        Value::Type(class) => format!("type object '{}' has no attribute '{name}'", class.name),
        Value::Class(class) => format!("type object '{}' has no attribute '{name}'", class.name),
        _ => return Stop::no_attribute(value, name),
    };
    Stop::raise(&ATTRIBUTE_ERROR, message)
}
