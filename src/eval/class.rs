//! Class statements and instances of user-defined classes.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use indexmap::IndexMap;
use ruff_python_ast::StmtClassDef;
use ruff_text_size::Ranged;

use super::library::CallReach;
use super::{Collector, Scope, ScopeKind, Vm};
use crate::datum::{Cause, CauseKind, Datum};
use crate::source::Span;
use crate::value::alias::Alias;
use crate::value::class::Flavour;
use crate::value::descriptor::{ClassMethod, Property, StaticMethod};
use crate::value::{Arg, Args, Class, Dict, Eval, Instance, Key, Object, Stop, Type, Value, exception};

/// `dataclasses.field(…)`: how a field of a dataclass gets its value.
pub struct Field {
    /// `default=`.
    pub default: Option<Value>,
    /// `default_factory=`.
    pub factory: Option<Value>,
    /// `init=`.
    pub init: bool,
}

impl Drop for Field {
    fn drop(&mut self) {
        crate::value::release::later(self.default.take().into_iter().chain(self.factory.take()));
    }
}

impl Object for Field {
    fn type_name(&self) -> Rc<str> {
        "Field".into()
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(
            collector.cause(CauseKind::Unsupported, "a dataclass field has no form in a definition"),
        )
    }
}

impl Vm {
    pub(super) fn define_class(&mut self, scope: &Rc<Scope>, node: &StmtClassDef) -> Eval<()> {
        let name = node.name.as_str();
        let span = Span::new(scope.file, node.name.range());
        let mut decorators = Vec::new();
        for decorator in &node.decorator_list {
            decorators.push(self.eval(scope, &decorator.expression)?);
        }
        let mut bases = Vec::new();
        let mut keywords = Vec::new();
        let (mut open, mut metaclass) = (None, None);
        if let Some(arguments) = &node.arguments {
            for base in &arguments.args {
                let base = self.eval(scope, base)?;
                // `Base[T]` is `Base` with a note for the type checker.
                bases.push(base.downcast::<Alias>().map_or(base, |alias| alias.origin.clone()));
            }
            for keyword in &arguments.keywords {
                let value = self.eval(scope, &keyword.value)?;
                if let Value::Unknown(cause) = &value {
                    open = Some(cause.clone());
                }
                match &keyword.arg {
                    Some(name) if name.as_str() == "metaclass" => metaclass = Some(value),
                    Some(name) => keywords.push((Rc::from(name.as_str()), value)),
                    None => {}
                }
            }
        }
        for base in &bases {
            if let Value::Unknown(cause) = base {
                open.get_or_insert_with(|| cause.clone());
            }
        }
        let inner = Scope::inside(scope, ScopeKind::Class);
        *inner.qualname.borrow_mut() = Self::qualname(scope, name);
        let doc = node.body.first().and_then(|stmt| stmt.as_expr_stmt()?.value.as_string_literal_expr());
        inner.set("__doc__", doc.map_or(Value::None, |doc| Value::str(doc.value.to_str())));
        self.exec_block(&inner, &node.body)?;
        let mut attrs: IndexMap<Rc<str>, Value> = inner.bindings().into_iter().collect();
        if let Some(cause) =
            open.as_ref().filter(|cause| cause.path.as_ref().is_some_and(|path| path.starts_with("enum.")))
        {
            // Its metaclass makes members of them.
            let plain = attrs.values_mut().filter(|value| !matches!(value, Value::Function(_)));
            plain.for_each(|value| *value = Value::Unknown(cause.derived()));
        }
        let class = Rc::new(Class {
            name: name.into(),
            qualname: Self::qualname(scope, name),
            module: Rc::clone(&scope.module),
            span,
            bases,
            attrs: RefCell::new(attrs),
            annotations: RefCell::new(inner.annotations.borrow().clone()),
            flavour: RefCell::default(),
            metaclass: metaclass.filter(|class| matches!(class, Value::Class(_))),
            open: RefCell::new(open.or_else(|| inner.why_open())),
            touched: Cell::new(false),
            order: OnceCell::new(),
        });
        let mut value = self.complete_class(&class, keywords)?;
        for decorator in decorators.into_iter().rev() {
            let args = Args::of(name, span, [value]);
            value = self.or_unknown(|vm| vm.call(&decorator, args))?;
        }
        scope.target(name).set(name, value);
        Ok(())
    }

    /// What `type(name, bases, namespace)` gives.
    pub fn make_class(
        &mut self,
        name: Rc<str>,
        bases: Vec<Value>,
        attrs: IndexMap<Rc<str>, Value>,
    ) -> Eval<Value> {
        let module = self.current_scope().map_or_else(|| "".into(), |scope| Rc::clone(&scope.module));
        let open = bases.iter().find_map(|base| base.unknown().cloned());
        let class = Rc::new(Class {
            qualname: Rc::clone(&name),
            name,
            module,
            span: self.here,
            bases,
            attrs: RefCell::new(attrs),
            annotations: RefCell::default(),
            flavour: RefCell::default(),
            metaclass: None,
            open: RefCell::new(open),
            touched: Cell::new(false),
            order: OnceCell::new(),
        });
        self.complete_class(&class, Vec::new())
    }

    /// What is done to a class once its body has run, decorators aside.
    fn complete_class(&mut self, class: &Rc<Class>, keywords: Vec<(Rc<str>, Value)>) -> Eval<Value> {
        self.spend(class.ancestors().len())?;
        Self::own_methods(class);
        if let Some(metaclass) = class.mro().iter().find_map(|class| class.metaclass.clone()) {
            let message = format!("what a metaclass makes of the class `{}` is not evaluated", class.name);
            let cause = Cause::new(CauseKind::Unsupported, class.span, message);
            let given = [metaclass, Value::Class(Rc::clone(class))];
            self.doubt_call(&given, &cause, class.span, CallReach::Anything)?;
            return Ok(Value::Unknown(cause));
        }
        self.flavour(class)?;
        self.set_names(class)?;
        self.init_subclass(class, keywords, class.span)?;
        self.finish_class(class)
    }

    /// Tells what stands in a new class its name, as `type.__new__` does.
    fn set_names(&mut self, class: &Rc<Class>) -> Eval<()> {
        let attrs: Vec<(Rc<str>, Value)> =
            class.attrs.borrow().iter().map(|(name, value)| (Rc::clone(name), value.clone())).collect();
        for (name, value) in attrs {
            let Value::Instance(instance) = &value else { continue };
            if let Some(hook) = instance.class.lookup("__set_name__") {
                let given = [value.clone(), Value::Class(Rc::clone(class)), Value::Str(name)];
                self.or_unknown(|vm| vm.call_with(&hook, given))?;
            }
        }
        Ok(())
    }

    /// Tells the bases of a new class, as `type.__new__` does.
    fn init_subclass(&mut self, class: &Rc<Class>, keywords: Vec<(Rc<str>, Value)>, span: Span) -> Eval<()> {
        let hook =
            class.ancestors().iter().find_map(|base| base.attrs.borrow().get("__init_subclass__").cloned());
        let Some(hook) = hook else { return Ok(()) };
        // It is a class method, whether or not it says so.
        let hook = hook.downcast::<ClassMethod>().map_or(hook, |method| method.function.clone());
        let mut args = Args::of("__init_subclass__", span, [Value::Class(Rc::clone(class))]);
        args.named = keywords.into_iter().map(|(name, value)| (name, Arg { value, span })).collect();
        self.or_unknown(|vm| vm.call(&hook, args)).map(drop)
    }

    /// Notes an annotated name of a class body.
    pub(super) fn note_annotation(scope: &Rc<Scope>, name: &str, annotation: &str) {
        let class_variable = annotation.contains("ClassVar");
        let mut names = scope.annotations.borrow_mut();
        if !class_variable && !names.iter().any(|other| &**other == name) {
            names.push(name.into());
        }
    }

    fn own_methods(class: &Rc<Class>) {
        for value in class.attrs.borrow().values() {
            let function = match value {
                Value::Function(function) => Some(Rc::clone(function)),
                other => wrapped_function(other),
            };
            if let Some(function) = function {
                function.owner.borrow_mut().get_or_insert_with(|| Rc::clone(class));
            }
        }
    }

    /// What the special bases make of a class.
    fn flavour(&mut self, class: &Rc<Class>) -> Eval<()> {
        let inherited = class.effective_flavour();
        if inherited == Flavour::Enum {
            return self.make_enum(class);
        }
        for base in class.bases.clone() {
            let Value::Type(base) = base else { continue };
            match (base.module, base.name) {
                ("enum", "Enum" | "IntEnum" | "StrEnum" | "Flag" | "IntFlag") => {
                    return self.make_enum(class);
                }
                ("typing", "NamedTuple") => *class.flavour.borrow_mut() = Flavour::NamedTuple,
                ("typing", "TypedDict") => *class.flavour.borrow_mut() = Flavour::TypedDict,
                _ => {}
            }
        }
        Ok(())
    }

    fn finish_class(&mut self, class: &Rc<Class>) -> Eval<Value> {
        for base in class.foreign_bases() {
            if let Value::Object(object) = base {
                if object.adds_nothing() {
                    continue;
                }
                if let Some(value) = object.subclass(self, class)? {
                    return Ok(value);
                }
                let cause = Cause::new(
                    CauseKind::NotModelled,
                    class.span,
                    format!("a base class of `{}` is not modelled", class.name),
                );
                class.open.borrow_mut().get_or_insert(cause);
            }
        }
        Ok(Value::Class(Rc::clone(class)))
    }

    fn make_enum(&mut self, class: &Rc<Class>) -> Eval<()> {
        *class.flavour.borrow_mut() = Flavour::Enum;
        let string_values =
            class.foreign_bases().iter().any(|base| matches!(base, Value::Type(t) if t.name == "StrEnum"));
        let attrs: Vec<(Rc<str>, Value)> =
            class.attrs.borrow().iter().map(|(name, value)| (Rc::clone(name), value.clone())).collect();
        let mut members: Vec<(Value, Value)> = Vec::new();
        let mut last = num_bigint::BigInt::from(0);
        for (name, mut value) in attrs {
            let plain =
                !matches!(value, Value::Function(_) | Value::Class(_) | Value::Native(_) | Value::Method(_));
            if name.starts_with('_') || !plain || wrapped_function(&value).is_some() {
                continue;
            }
            if value.type_name().as_ref() == "auto" {
                value = if string_values {
                    Value::str(name.to_lowercase())
                } else {
                    Value::int(last.clone() + 1)
                };
            }
            if let Value::Int(number) = &value {
                last.clone_from(number);
            }
            let mut member = None;
            for (other, instance) in &members {
                if self.equals(other, &value).unwrap_or(false) {
                    member = Some(instance.clone());
                }
            }
            let member = match member {
                Some(member) => member,
                None => self.make_member(class, &name, &value)?,
            };
            members.push((value, member.clone()));
            class.attrs.borrow_mut().insert(name, member);
        }
        Ok(())
    }

    fn make_member(&mut self, class: &Rc<Class>, name: &str, value: &Value) -> Eval<Value> {
        let instance = Rc::new(Instance::new(Rc::clone(class)));
        {
            let mut attrs = instance.attrs.borrow_mut();
            for key in ["name", "_name_"] {
                attrs.insert(key.into(), Value::str(name));
            }
            for key in ["value", "_value_"] {
                attrs.insert(key.into(), value.clone());
            }
        }
        *instance.inner.borrow_mut() = Some(value.clone());
        let member = Value::Instance(instance);
        if let Some(init) = class.lookup("__init__") {
            let parts = match value {
                Value::Tuple(items) => items.to_vec(),
                other => vec![other.clone()],
            };
            self.call_with(&init, std::iter::once(member.clone()).chain(parts))?;
        }
        Ok(member)
    }

    /// Calls a class of the user's.
    pub(super) fn instantiate(&mut self, class: &Rc<Class>, args: Args) -> Eval<Value> {
        let flavour = class.effective_flavour();
        match flavour {
            Flavour::Enum => return self.enum_by_value(class, args),
            Flavour::TypedDict => {
                args.open.clone().map_or(Ok(()), |cause| Err(Stop::Unknown(cause)))?;
                return Ok(Value::dict(args.named.into_iter().map(|(name, arg)| (name, arg.value))));
            }
            Flavour::Plain | Flavour::Dataclass { .. } | Flavour::NamedTuple => {}
        }
        if class.lookup("__new__").is_some() {
            let cause =
                self.cause(CauseKind::Unsupported, format!("`{}.__new__` is not evaluated", class.name));
            return self.call_unknown(&cause, args);
        }
        let unknown_base = class.why_open();
        if let Some(cause) = &unknown_base
            && args.named.iter().any(|(name, _)| &**name == "task_id")
        {
            let library = Rc::clone(&self.library);
            let callee = cause.with_path(class.path());
            return match library.host().call_unknown(self, &callee, args)? {
                Ok(value) => Ok(value),
                Err(args) => self.call_unknown(cause, args),
            };
        }
        let instance = Rc::new(Instance::new(Rc::clone(class)));
        let value = Value::Instance(Rc::clone(&instance));
        if let Some(init) = class.lookup("__init__") {
            if let Some(base) =
                class.library_base().filter(|base| base.is_subtype(&exception::BASE_EXCEPTION))
            {
                let given = args.positional.iter().map(|arg| arg.value.clone()).collect();
                *instance.inner.borrow_mut() = Some(Value::object(exception::Exception::new(base, given)));
            }
            self.call(&init, args.with_receiver(value.clone()))?;
            return Ok(value);
        }
        if let Flavour::Dataclass { .. } | Flavour::NamedTuple = flavour {
            self.fill_fields(class, &instance, args, flavour == Flavour::NamedTuple)?;
            return Ok(value);
        }
        if let Some(cause) = unknown_base {
            let given: Vec<Value> = args.iter().map(|arg| arg.value.clone()).collect();
            self.doubt_call(&given, &cause, args.span, CallReach::Anything)?;
            *instance.open.borrow_mut() = Some(cause);
            return Ok(value);
        }
        if let Some(base) = class.library_base() {
            let inner = self.call(&Value::Type(base), args)?;
            *instance.inner.borrow_mut() = Some(inner);
            return Ok(value);
        }
        if !args.positional.is_empty() || !args.named.is_empty() {
            return Err(Stop::type_error(format!("{}() takes no arguments", class.name)));
        }
        Ok(value)
    }

    fn enum_by_value(&mut self, class: &Rc<Class>, mut args: Args) -> Eval<Value> {
        let wanted = args.expect("value")?.known()?;
        args.finish()?;
        for member in self.enum_members(class)? {
            if wanted.is(&member) {
                return Ok(member);
            }
            let value = self.attr(&member, "value")?;
            if self.equals(&value, &wanted)? {
                return Ok(member);
            }
        }
        if let Some(missing) = class.lookup("_missing_") {
            let missing = missing.downcast::<ClassMethod>().map_or(missing, |method| method.function.clone());
            let found =
                self.call_with(&missing, [Value::Class(Rc::clone(class)), wanted.clone()])?.known()?;
            if !found.is_none() {
                return Ok(found);
            }
        }
        let shown = self.repr(&wanted)?;
        Err(Stop::value_error(format!("{shown} is not a valid {}", class.name)))
    }

    /// The fields of a dataclass or named tuple, those of its bases first.
    pub fn fields(&self, class: &Rc<Class>) -> Vec<Rc<str>> {
        let mut names: Vec<Rc<str>> = Vec::new();
        for class in class.mro().iter().rev() {
            for name in &*class.annotations.borrow() {
                if !names.contains(name) {
                    names.push(Rc::clone(name));
                }
            }
        }
        names
    }

    fn fill_fields(
        &mut self,
        class: &Rc<Class>,
        instance: &Rc<Instance>,
        mut args: Args,
        tuple: bool,
    ) -> Eval<()> {
        let open = args.open.take();
        let mut missing = Vec::new();
        let mut values = Vec::new();
        for name in self.fields(class) {
            let default = class.lookup(&name);
            let field = default.as_ref().and_then(Value::downcast::<Field>);
            let takes = field.as_ref().is_none_or(|field| field.init);
            let given = if takes { args.take(&name) } else { None };
            let value = match (given, &open, field, default) {
                (Some(value), ..) => value,
                (None, Some(cause), ..) => Value::Unknown(cause.decided()),
                (None, None, Some(field), _) => match (&field.factory, &field.default) {
                    (Some(factory), _) => self.call_with(factory, [])?,
                    (None, Some(default)) => default.clone(),
                    (None, None) if field.init => {
                        missing.push(format!("'{name}'"));
                        continue;
                    }
                    (None, None) => continue,
                },
                (None, None, None, Some(default)) => default,
                (None, None, None, None) => {
                    missing.push(format!("'{name}'"));
                    continue;
                }
            };
            values.push(value.clone());
            instance.attrs.borrow_mut().insert(name, value);
        }
        if !missing.is_empty() {
            let plural = if missing.len() == 1 { "" } else { "s" };
            return Err(Stop::type_error(format!(
                "{}.__init__() missing {} required positional argument{plural}: {}",
                class.name,
                missing.len(),
                missing.join(" and ")
            )));
        }
        args.callee = format!("{}.__init__", class.name).into();
        args.finish()?;
        if tuple {
            *instance.inner.borrow_mut() = Some(Value::tuple(values));
        }
        if let Some(post) = class.lookup("__post_init__") {
            self.call_with(&post, [Value::Instance(Rc::clone(instance))])?;
        }
        Ok(())
    }

    /// The items of an instance's attributes as a dict value, for `asdict` and `__dict__`.
    pub fn attributes_dict(&self, instance: &Instance) -> Value {
        let items = instance
            .attrs
            .borrow()
            .iter()
            .map(|(name, value)| (Key::str(Rc::clone(name)), value.clone()))
            .collect();
        Value::Dict(Rc::new(Dict::new(items)))
    }
}

/// The value that stands for an instance in a definition: its built-in part, where it has nothing else to it.
pub(crate) fn instance_inner(instance: &Rc<Instance>, span: Span) -> Result<Value, Cause> {
    if let Some(cause) = instance.open.borrow().as_ref() {
        return Err(cause.clone());
    }
    let base: Option<&'static Type> = instance.class.library_base();
    let inner = instance.inner.borrow().clone();
    let names: &[&str] = match instance.class.effective_flavour() {
        Flavour::Enum => &["str", "int", "StrEnum", "IntEnum"],
        Flavour::Plain => &["str", "int", "float", "dict", "list"],
        Flavour::Dataclass { .. } | Flavour::NamedTuple | Flavour::TypedDict => &[],
    };
    inner.filter(|_| base.is_some_and(|base| names.contains(&base.name))).ok_or_else(|| {
        let message =
            format!("an instance of the class `{}` has no form in a definition", instance.class.name);
        Cause::new(CauseKind::Unsupported, span, message)
    })
}

/// The function inside a property, class method or static method.
fn wrapped_function(value: &Value) -> Option<Rc<crate::value::Function>> {
    let inner = if let Some(property) = value.downcast::<Property>() {
        property.getter.clone()
    } else if let Some(method) = value.downcast::<ClassMethod>() {
        method.function.clone()
    } else {
        value.downcast::<StaticMethod>()?.function.clone()
    };
    match inner {
        Value::Function(function) => Some(function),
        _ => None,
    }
}
