//! `functools`: `partial`, `reduce`, `wraps`, `lru_cache` and `cache`, `cached_property`.
//!
//! Left out: `singledispatch`, `total_ordering`, `cmp_to_key`, `partialmethod`; a cache never forgets here.

use std::cell::RefCell;
use std::rc::Rc;

use super::support::{no_form, not_modelled};
use super::{Member, ModuleTable};
use crate::datum::{Datum, TypedObject};
use crate::eval::{Collector, Vm};
use crate::map::IndexMap;
use crate::source::Span;
use crate::value::{Arg, Args, Class, Effect, Eval, Key, Method, Native, Object, Stop, Type, Value};

/// The rows of the module.
pub static FUNCTOOLS: ModuleTable = ModuleTable {
    name: "functools",
    members: &[
        (
            "cache",
            Member::Function(Native::new("cache", |_, mut args| {
                let function = args.expect("user_function")?;
                Ok(cached(function))
            })),
        ),
        ("cached_property", Member::Class(&CACHED_PROPERTY)),
        (
            "lru_cache",
            Member::Function(Native::new("lru_cache", |_, mut args| {
                let first = args.take("maxsize");
                drop(args.take("typed"));
                args.finish()?;
                Ok(match first {
                    Some(
                        function @ (Value::Function(_)
                        | Value::Method(_)
                        | Value::Native(_)
                        | Value::Object(_)),
                    ) => cached(function),
                    _ => Value::Native(&CACHE),
                })
            })),
        ),
        ("partial", Member::Class(&PARTIAL)),
        ("reduce", Member::Function(Native::new("reduce", reduce))),
        (
            "update_wrapper",
            Member::Function(
                Native::new("update_wrapper", |vm, mut args| {
                    let (wrapper, wrapped) = (args.expect("wrapper")?, args.expect("wrapped")?);
                    wrap(vm, wrapper, &wrapped)
                })
                .lenient(),
            ),
        ),
        (
            "wraps",
            Member::Function(
                Native::new("wraps", |_, mut args| {
                    Ok(Value::object(Wraps { wrapped: args.expect("wrapped")? }))
                })
                .lenient(),
            ),
        ),
    ],
};

static CACHE: Native = Native::new("lru_cache", |_, mut args| Ok(cached(args.expect("user_function")?)));

/// What calling a value may do.
fn effect_of(callee: &Value) -> Effect {
    let mut callee = callee.clone();
    for _ in 0..MOST_WRAPPED {
        let inner = match &callee {
            Value::Native(native) => return native.effect,
            Value::Type(class) => return class.new.effect,
            Value::Object(object) => {
                let partial = callee.downcast::<Partial>().map(|partial| partial.function.clone());
                match partial.or_else(|| Some(callee.downcast::<Cached>()?.function.clone())) {
                    Some(inner) => inner,
                    None => return object.call_effect(),
                }
            }
            _ => return Effect::Host,
        };
        callee = inner;
    }
    Effect::Host
}

/// How many wrappers around a function are looked into for what calling it does.
const MOST_WRAPPED: usize = 100;

/// A `functools.partial`.
struct Partial {
    function: Value,
    args: Vec<Arg>,
    keywords: Vec<(Rc<str>, Arg)>,
    /// Attributes that were set on it: `__name__`, mostly.
    attrs: RefCell<IndexMap<Rc<str>, Value>>,
}

/// The class `partial`.
pub static PARTIAL: Type =
    Type { new: Native::new("partial", partial).lenient(), ..Type::new("functools", "partial", partial) };

fn partial(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let function = args.expect("func")?;
    if let Some(cause) = args.open {
        return Err(Stop::Unknown(cause));
    }
    // A partial of a partial is one partial in Python too.
    let inner = function.downcast::<Partial>();
    vm.check_size(inner.as_ref().map_or(0, |inner| inner.args.len() + inner.keywords.len()))?;
    let mut made = match inner {
        Some(inner) => Partial {
            function: inner.function.clone(),
            args: inner.args.clone(),
            keywords: inner.keywords.clone(),
            attrs: RefCell::default(),
        },
        None => Partial { function, args: Vec::new(), keywords: Vec::new(), attrs: RefCell::default() },
    };
    made.args.extend(args.positional);
    for (name, arg) in args.named {
        made.keywords.retain(|(other, _)| *other != name);
        made.keywords.push((name, arg));
    }
    if let Value::Unknown(cause) = &made.function {
        return Err(Stop::Unknown(cause.clone()));
    }
    if matches!(vm.is_callable(&made.function), Ok(false)) {
        return Err(Stop::type_error("the first argument must be callable"));
    }
    Ok(Value::object(made))
}

crate::value::release::released!(Partial);

impl Object for Partial {
    fn class(&self) -> Option<&'static Type> {
        Some(&PARTIAL)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "func" => Some(self.function.clone()),
            "args" => Some(Value::tuple(self.args.iter().map(|arg| arg.value.clone()).collect::<Vec<_>>())),
            "keywords" => {
                let items = self.keywords.iter().map(|(name, arg)| (Rc::clone(name), arg.value.clone()));
                Some(Value::dict(items))
            }
            name => self.attrs.borrow().get(name).cloned(),
        })
    }

    fn set_attr(self: Rc<Self>, _vm: &mut Vm, name: &str, value: Value, _span: Span) -> Eval<bool> {
        if matches!(name, "func" | "args" | "keywords") {
            return Ok(false);
        }
        self.attrs.borrow_mut().insert(name.into(), value);
        Ok(true)
    }

    fn call(self: Rc<Self>, vm: &mut Vm, mut args: Args) -> Eval<Value> {
        for arg in self.args.iter().rev() {
            args.positional.push_front(arg.clone());
        }
        let given = std::mem::replace(&mut args.named, self.keywords.clone());
        for (name, arg) in given {
            match args.named.iter_mut().find(|(other, _)| *other == name) {
                Some((_, slot)) => *slot = arg,
                None => args.named.push((name, arg)),
            }
        }
        vm.call(&self.function, args)
    }

    fn call_effect(&self) -> Effect {
        effect_of(&self.function)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.function);
        self.args.iter().for_each(|arg| visit(&arg.value));
        self.keywords.iter().for_each(|(_, arg)| visit(&arg.value));
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        let mut args = vec![collector.datum(&self.function)];
        args.extend(self.args.iter().map(|arg| collector.datum(&arg.value)));
        let kwargs =
            self.keywords.iter().map(|(name, arg)| (name.to_string(), collector.datum(&arg.value))).collect();
        Datum::Object(Box::new(TypedObject { path: "functools.partial".to_owned(), args, kwargs }))
    }
}

fn reduce(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let (function, source) = (args.expect("function")?, args.expect("iterable")?);
    let initial = args.take("initial");
    args.finish()?;
    let mut items = vm.iterate(&source)?.into_iter();
    let Some(mut value) = initial.or_else(|| items.next()) else {
        return Err(Stop::type_error("reduce() of empty iterable with no initial value"));
    };
    for item in items {
        value = vm.call_with(&function, [value, item])?;
    }
    Ok(value)
}

/// The decorator that `wraps` gives.
struct Wraps {
    wrapped: Value,
}

crate::value::release::released!(Wraps);

impl Object for Wraps {
    fn type_name(&self) -> Rc<str> {
        "partial".into()
    }

    fn call(self: Rc<Self>, vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let wrapper = args.expect("wrapper")?;
        wrap(vm, wrapper, &self.wrapped)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.wrapped);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a decorator")
    }
}

fn wrap(vm: &mut Vm, wrapper: Value, wrapped: &Value) -> Eval<Value> {
    let attrs = match &wrapper {
        Value::Function(function) => &function.attrs,
        Value::Instance(instance) => &instance.attrs,
        _ => return Ok(wrapper),
    };
    for name in ["__module__", "__name__", "__qualname__", "__doc__"] {
        let value = match vm.attr_or_none(wrapped, name) {
            Ok(Some(value)) => value,
            Ok(None) => continue,
            Err(Stop::Unknown(cause)) => Value::Unknown(cause),
            Err(stop) => return Err(stop),
        };
        attrs.borrow_mut().insert(name.into(), value);
    }
    if let Value::Function(from) = wrapped
        && !wrapper.is(wrapped)
    {
        for (name, value) in &*from.attrs.borrow() {
            attrs.borrow_mut().entry(Rc::clone(name)).or_insert_with(|| value.clone());
        }
    }
    attrs.borrow_mut().insert("__wrapped__".into(), wrapped.clone());
    Ok(wrapper)
}

/// A function with a cache.
struct Cached {
    function: Value,
    results: RefCell<IndexMap<Key, Value>>,
}

static CACHED: Type = Type {
    methods: &[Native::new("cache_clear", |_, mut args| {
        let this = super::support::receiver::<Cached>(&mut args, &CACHED)?;
        this.results.borrow_mut().clear();
        Ok(Value::None)
    })],
    ..Type::new("functools", "_lru_cache_wrapper", |vm, _| not_modelled(vm, "a cache is not made this way"))
};

fn cached(function: Value) -> Value {
    Value::object(Cached { function, results: RefCell::default() })
}

crate::value::release::released!(Cached);

impl Object for Cached {
    fn class(&self) -> Option<&'static Type> {
        Some(&CACHED)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        match name {
            "__wrapped__" => Ok(Some(self.function.clone())),
            "__name__" | "__qualname__" | "__module__" | "__doc__" => vm.attr_or_none(&self.function, name),
            _ => Ok(None),
        }
    }

    fn get(
        self: Rc<Self>,
        _vm: &mut Vm,
        instance: Option<&Value>,
        _class: &Rc<Class>,
    ) -> Eval<Option<Value>> {
        Ok(instance.map(|instance| {
            Value::Method(Rc::new(Method { receiver: instance.clone(), function: Value::Object(self) }))
        }))
    }

    fn call(self: Rc<Self>, vm: &mut Vm, args: Args) -> Eval<Value> {
        if let Some(cause) = args.first_unknown() {
            return Err(Stop::Unknown(cause.clone()));
        }
        let mut parts: Vec<Value> = args.positional.iter().map(|arg| arg.value.clone()).collect();
        parts.push(Value::Ellipsis);
        for (name, arg) in &args.named {
            parts.push(Value::Str(Rc::clone(name)));
            parts.push(arg.value.clone());
        }
        let key = Key::new(Value::tuple(parts))?;
        if let Some(value) = self.results.borrow().get(&key) {
            return Ok(value.clone());
        }
        let value = vm.call(&self.function, args)?;
        self.results.borrow_mut().insert(key, value.clone());
        Ok(value)
    }

    fn call_effect(&self) -> Effect {
        effect_of(&self.function)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.function);
        self.results.borrow().values().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        collector.datum(&self.function)
    }
}

/// A `cached_property`.
struct CachedProperty {
    function: Value,
}

static CACHED_PROPERTY: Type = Type::new("functools", "cached_property", |_, mut args| {
    let function = args.expect("func")?;
    args.finish()?;
    Ok(Value::object(CachedProperty { function }))
});

crate::value::release::released!(CachedProperty);

impl Object for CachedProperty {
    fn class(&self) -> Option<&'static Type> {
        Some(&CACHED_PROPERTY)
    }

    fn get(self: Rc<Self>, vm: &mut Vm, instance: Option<&Value>, _class: &Rc<Class>) -> Eval<Option<Value>> {
        let Some(Value::Instance(instance)) = instance else { return Ok(None) };
        let name = vm.attr(&self.function, "__name__")?;
        let value = vm.call_with(&self.function, [Value::Instance(Rc::clone(instance))])?;
        if let Some(name) = name.text() {
            instance.attrs.borrow_mut().insert(name, value.clone());
        }
        Ok(Some(value))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.function);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a property")
    }
}
