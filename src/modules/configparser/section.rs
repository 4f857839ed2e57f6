//! One section of a parser, as a mapping.

use std::rc::Rc;

use super::{Parser, Section};
use crate::datum::{Cause, Datum};
use crate::eval::{Collector, Vm};
use crate::modules::support::{need_text, no_form, not_modelled, receiver, text};
use crate::source::Span;
use crate::value::{Args, Effect, Eval, Native, Object, Stop, Type, Value};

/// `parser[section]`.
pub(super) struct Proxy {
    parser: Rc<Parser>,
    name: Rc<str>,
}

impl Proxy {
    pub(super) fn new(parser: Rc<Parser>, name: Rc<str>) -> Self {
        Self { parser, name }
    }
}

static PROXY: Type = Type {
    methods: &[
        Native::new("get", |vm, mut args| {
            let this = receiver::<Proxy>(&mut args, &PROXY)?;
            let option = need_text(&mut args, "option")?;
            let fallback = args.take("fallback").unwrap_or_default();
            args.finish()?;
            match this.parser.need(&this.name)?.get(&*option.to_lowercase()) {
                Some(value) => this.parser.plain(vm, value).map(Value::Str),
                None => Ok(fallback),
            }
        })
        .lenient(),
        Native::new("getint", |vm, args| typed(vm, args, "getint")).lenient(),
        Native::new("getfloat", |vm, args| typed(vm, args, "getfloat")).lenient(),
        Native::new("getboolean", |vm, args| typed(vm, args, "getboolean")).lenient(),
        Native::new("keys", |_, mut args| {
            let this = receiver::<Proxy>(&mut args, &PROXY)?;
            Ok(Value::list(this.parser.need(&this.name)?.into_keys().map(Value::Str).collect()))
        }),
        Native::new("items", |vm, mut args| {
            let this = receiver::<Proxy>(&mut args, &PROXY)?;
            let mut items = Vec::new();
            for (option, value) in this.parser.need(&this.name)? {
                let value = this.parser.plain(vm, &value)?;
                items.push(Value::tuple([Value::Str(option), Value::Str(value)]));
            }
            Ok(Value::list(items))
        }),
    ],
    ..Type::new("configparser", "SectionProxy", |vm, _| not_modelled(vm, "a section is not made this way"))
};

/// `section.getint(option, fallback)` and its kin, by the parser's own method, which knows `fallback` by name alone.
fn typed(vm: &mut Vm, mut args: Args, method: &str) -> Eval<Value> {
    let this = receiver::<Proxy>(&mut args, &PROXY)?;
    let option = args.expect("option")?;
    let span = args.span;
    let fallback = args.take("fallback").unwrap_or_default();
    args.finish()?;
    let parser = Value::Object(Rc::clone(&this.parser) as crate::value::ObjectRef);
    let mut call = Args::of(method, span, [Value::Str(Rc::clone(&this.name)), option]);
    call.named.push(("fallback".into(), crate::value::Arg { value: fallback, span }));
    let method = vm.attr(&parser, method)?;
    vm.call(&method, call)
}

crate::value::release::released!(Proxy);

impl Object for Proxy {
    fn class(&self) -> Option<&'static Type> {
        Some(&PROXY)
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        let option = text(&key)?.to_lowercase();
        match self.parser.need(&self.name)?.get(&*option) {
            Some(value) => self.parser.plain(vm, value).map(|value| Some(Value::Str(value))),
            None => Err(Stop::key_error(key)),
        }
    }

    fn set_item(self: Rc<Self>, _vm: &mut Vm, key: Value, value: Value, _span: Span) -> Eval<bool> {
        let (option, value) = (text(&key)?.to_lowercase().into(), text(&value)?);
        self.parser.add(&self.name, Section::from_iter([(option, value)]));
        Ok(true)
    }

    fn contains(self: Rc<Self>, _vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        let option = text(key)?.to_lowercase();
        Ok(Some(self.parser.need(&self.name)?.contains_key(&*option)))
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        Ok(Some(self.parser.need(&self.name)?.into_keys().map(Value::Str).collect()))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&Value::Object(Rc::clone(&self.parser) as crate::value::ObjectRef));
    }

    fn open(&self, cause: &Cause) {
        Object::open(&*self.parser, cause);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a section of a configuration")
    }
}
