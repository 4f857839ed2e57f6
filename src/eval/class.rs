//! Class statements: what makes a class, and what its bases and its metaclass make of it.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use ruff_python_ast::StmtClassDef;
use ruff_text_size::Ranged;

use super::library::CallReach;
use super::{Scope, ScopeKind, Vm};
use crate::datum::{Cause, CauseKind};
use crate::map::IndexMap;
use crate::source::Span;
use crate::value::alias::Alias;
use crate::value::class::Flavour;
use crate::value::descriptor::{ClassMethod, Property, StaticMethod};
use crate::value::{Arg, Args, Class, Eval, Value};

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
}

/// The function inside a property, class method or static method.
pub(super) fn wrapped_function(value: &Value) -> Option<Rc<crate::value::Function>> {
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
