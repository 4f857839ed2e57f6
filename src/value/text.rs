//! `str` and `repr` of any value.

use std::fmt::Write as _;
use std::rc::Rc;

use num_bigint::BigInt;

use super::attr::member_name;
use super::class::{Flavour, Maker};
use super::container::DictKind;
use super::data_class::GeneratedMethod;
use super::{Class, Eval, Instance, Stop, Value, float, unicode};
use crate::eval::Vm;

/// The most decimal digits that Python turns a whole number into (`sys.int_info.default_max_str_digits`).
const MAX_DIGITS: usize = 4300;

impl Vm {
    /// `str(value)`.
    pub fn str(&mut self, value: &Value) -> Eval<Rc<str>> {
        match value {
            Value::Str(text) => Ok(Rc::clone(text)),
            Value::Instance(instance) => {
                if let Some(text) = self.call_special(value, "__str__", [])? {
                    return returned_text(&text, "__str__");
                }
                self.instance_str(value, instance)
            }
            Value::Object(object) => object.str(self),
            _ => self.repr(value),
        }
    }

    /// `object.__str__(value)`: what `str` gives where the user's code has no `__str__`.
    pub(crate) fn plain_str(&mut self, value: &Value) -> Eval<Rc<str>> {
        match value {
            Value::Instance(instance) => self.instance_str(value, instance),
            _ => self.str(value),
        }
    }

    fn instance_str(&mut self, value: &Value, instance: &Rc<Instance>) -> Eval<Rc<str>> {
        if instance.class.effective_flavour() == Flavour::Enum {
            if shows_value(&instance.class)
                && let Some(inner) = instance.inner.borrow().clone()
            {
                return self.str(&inner);
            }
            return match member_name(value) {
                Some(name) => Ok(format!("{}.{name}", instance.class.name).into()),
                None => self.unsupported("the name of this member is not known"),
            };
        }
        if instance.class.lookup("__repr__").is_none() {
            let inner = instance.inner.borrow().clone();
            if let Some(inner @ (Value::Str(_) | Value::Object(_))) = inner {
                return self.str(&inner);
            }
        }
        self.repr(value)
    }

    /// `repr(value)`.
    pub fn repr(&mut self, value: &Value) -> Eval<Rc<str>> {
        self.repr_inside(value, &mut Vec::new())
    }

    /// `object.__repr__(value)`: what `repr` gives where the user's code has no `__repr__`.
    pub(crate) fn plain_repr(&mut self, value: &Value) -> Eval<Rc<str>> {
        match value {
            Value::Instance(instance) => self.instance_repr(value, instance, &mut Vec::new()),
            _ => self.repr(value),
        }
    }

    /// `inside` holds the containers that are being written, so that one that contains itself ends.
    fn repr_inside(&mut self, value: &Value, inside: &mut Vec<*const ()>) -> Eval<Rc<str>> {
        Ok(match value {
            Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
            Value::None => "None".into(),
            Value::Ellipsis => "Ellipsis".into(),
            Value::NotImplemented => "NotImplemented".into(),
            Value::Bool(true) => "True".into(),
            Value::Bool(false) => "False".into(),
            Value::Int(number) => return self.int_text(number),
            Value::Float(number) => float::repr(*number).into(),
            Value::Str(text) => quote(text).into(),
            Value::Bytes(bytes) => quote_bytes(bytes).into(),
            Value::Tuple(items) => {
                let (items, at) = (Rc::clone(items), Rc::as_ptr(items).cast());
                let inner = self.guarded(at, inside, |vm, inside| vm.join_reprs(&items, inside))?;
                match (inner, items.len()) {
                    (None, _) => "(...)".into(),
                    (Some(inner), 1) => format!("({inner},)").into(),
                    (Some(inner), _) => format!("({inner})").into(),
                }
            }
            Value::List(list) => {
                let items = list.items()?.clone();
                let at = Rc::as_ptr(list).cast();
                match self.guarded(at, inside, |vm, inside| vm.join_reprs(&items, inside))? {
                    None => "[...]".into(),
                    Some(inner) => format!("[{inner}]").into(),
                }
            }
            Value::Dict(dict) => {
                let items = match dict.kind {
                    DictKind::Counter => super::dict_kinds::by_count(self, dict)?,
                    DictKind::Plain | DictKind::Ordered | DictKind::Default(_) => {
                        dict.items()?.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
                    }
                };
                let items: Vec<(Value, Value)> =
                    items.into_iter().map(|(key, value)| (key.into_value(), value)).collect();
                let at = Rc::as_ptr(dict).cast();
                let inner = self.guarded(at, inside, |vm, inside| vm.join_pairs(&items, inside))?;
                let Some(inner) = inner else { return Ok("{...}".into()) };
                self.dict_repr(&dict.kind, &inner, items.is_empty(), inside)?
            }
            Value::Set(set) => {
                let items = self.set_order(set)?;
                let inner = self.join_reprs(&items, inside)?;
                match (set.frozen, items.is_empty()) {
                    (false, true) => "set()".into(),
                    (true, true) => "frozenset()".into(),
                    (false, false) => format!("{{{inner}}}").into(),
                    (true, false) => format!("frozenset({{{inner}}})").into(),
                }
            }
            Value::Range(range) => {
                let (start, stop) = (self.int_text(&range.start)?, self.int_text(&range.stop)?);
                if range.step == BigInt::from(1) {
                    format!("range({start}, {stop})").into()
                } else {
                    format!("range({start}, {stop}, {})", self.int_text(&range.step)?).into()
                }
            }
            Value::Type(class) => class_repr(class.module, class.name).into(),
            Value::Class(class) => {
                if class.effective_flavour() == Flavour::Enum {
                    return Ok(format!("<enum '{}'>", class.name).into());
                }
                return self.unsupported("the text of a class is not modelled");
            }
            Value::Native(_) => {
                return self.unsupported("the text of a function of the library is not modelled");
            }
            Value::Instance(instance) => {
                if let Some(generated) = generated_repr(instance) {
                    return self.nested(|vm| vm.data_repr(value, &generated, inside));
                }
                if let Some(text) = self.call_special(value, "__repr__", [])? {
                    return returned_text(&text, "__repr__");
                }
                return self.nested(|vm| vm.instance_repr(value, instance, inside));
            }
            Value::Object(object) => {
                let object = Rc::clone(object);
                return self.nested(|vm| object.repr(vm));
            }
            Value::Iter(_) | Value::Function(_) | Value::Method(_) | Value::Module(_) => {
                let message = format!("the text of a `{}` shows an address", value.type_name());
                return Err(Stop::Unknown(self.volatile(message)));
            }
        })
    }

    fn dict_repr(
        &mut self,
        kind: &DictKind,
        inner: &str,
        empty: bool,
        inside: &mut Vec<*const ()>,
    ) -> Eval<Rc<str>> {
        Ok(match kind {
            DictKind::Plain => format!("{{{inner}}}").into(),
            DictKind::Default(factory) => {
                let factory = self.repr_inside(factory, inside)?;
                format!("defaultdict({factory}, {{{inner}}})").into()
            }
            DictKind::Ordered if empty => "OrderedDict()".into(),
            DictKind::Counter if empty => "Counter()".into(),
            // Python 3.12 writes a dict inside, older ones a list of pairs.
            DictKind::Ordered => {
                return self.unsupported("the text of an `OrderedDict` depends on the version of Python");
            }
            DictKind::Counter => format!("Counter({{{inner}}})").into(),
        })
    }

    fn guarded<T>(
        &mut self,
        at: *const (),
        inside: &mut Vec<*const ()>,
        make: impl FnOnce(&mut Self, &mut Vec<*const ()>) -> Eval<T>,
    ) -> Eval<Option<T>> {
        if inside.contains(&at) {
            return Ok(None);
        }
        inside.push(at);
        let result = self.nested(|vm| make(vm, inside));
        inside.pop();
        result.map(Some)
    }

    fn join_reprs(&mut self, items: &[Value], inside: &mut Vec<*const ()>) -> Eval<String> {
        let mut text = String::new();
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                text.push_str(", ");
            }
            text.push_str(&self.repr_inside(item, inside)?);
            self.check_text(&text)?;
        }
        Ok(text)
    }

    fn join_pairs(&mut self, items: &[(Value, Value)], inside: &mut Vec<*const ()>) -> Eval<String> {
        let mut text = String::new();
        for (at, (key, value)) in items.iter().enumerate() {
            if at > 0 {
                text.push_str(", ");
            }
            text.push_str(&self.repr_inside(key, inside)?);
            text.push_str(": ");
            text.push_str(&self.repr_inside(value, inside)?);
            self.check_text(&text)?;
        }
        Ok(text)
    }

    /// Holds a text that grows item by item within the bound.
    fn check_text(&mut self, text: &str) -> Eval<()> {
        self.spend(1)?;
        if text.len() > self.budget.limits().size {
            return self.check_size(text.len());
        }
        Ok(())
    }

    fn instance_repr(
        &mut self,
        value: &Value,
        instance: &Rc<Instance>,
        inside: &mut Vec<*const ()>,
    ) -> Eval<Rc<str>> {
        let name = &instance.class.name;
        let inner = instance.inner.borrow().clone();
        match (instance.class.effective_flavour(), inner) {
            (Flavour::Enum, Some(inner)) => {
                let Some(member) = member_name(value) else {
                    return self.unsupported("the name of this member is not known");
                };
                let inner = self.repr_inside(&inner, inside)?;
                Ok(format!("<{name}.{member}: {inner}>").into())
            }
            (Flavour::NamedTuple, Some(Value::Tuple(items))) => {
                let fields = super::attr::named_fields(&instance.class);
                let mut text = format!("{name}(");
                for (at, (field, item)) in fields.iter().zip(items.iter()).enumerate() {
                    let separator = if at > 0 { ", " } else { "" };
                    let item = self.repr_inside(item, inside)?;
                    let _ = write!(text, "{separator}{field}={item}");
                }
                text.push(')');
                Ok(text.into())
            }
            (_, Some(exception @ Value::Object(_))) => self.exception_repr(name, &exception),
            (_, Some(inner)) => match inner {
                Value::Dict(_) | Value::Set(_) if name_shows(&inner) => {
                    self.unsupported(format!("the text of an instance of `{name}` is not modelled"))
                }
                inner => self.repr_inside(&inner, inside),
            },
            (_, None) => {
                let message = format!("the text of an instance of `{name}` shows an address");
                Err(Stop::Unknown(self.volatile(message)))
            }
        }
    }

    /// What the `__repr__` that was generated for a dataclass gives.
    pub(super) fn data_repr(
        &mut self,
        value: &Value,
        generated: &GeneratedMethod,
        inside: &mut Vec<*const ()>,
    ) -> Eval<Rc<str>> {
        let Value::Instance(instance) = value else { return self.repr(value) };
        let class = &instance.class;
        let text = self.guarded(Rc::as_ptr(instance).cast(), inside, |vm, inside| {
            let shown = match class.effective_flavour() {
                Flavour::Dataclass { maker: Maker::Attrs, .. } => class.qualname.rsplit(">.").next(),
                _ => None,
            };
            let mut text = format!("{}(", shown.unwrap_or(&class.qualname));
            let fields = generated.fields.iter().filter(|data| data.field.repr && !data.init_only);
            for (at, data) in fields.enumerate() {
                let separator = if at > 0 { ", " } else { "" };
                let item = vm.attr(value, &data.name)?.known()?;
                let item = vm.repr_inside(&item, inside)?;
                let _ = write!(text, "{separator}{}={item}", data.name);
            }
            text.push(')');
            Ok(text)
        })?;
        Ok(text.map_or_else(|| "...".into(), Rc::from))
    }

    /// An exception of the user's shows its own name.
    fn exception_repr(&mut self, name: &str, exception: &Value) -> Eval<Rc<str>> {
        let text = self.repr(exception)?;
        match text.split_once('(') {
            Some((_, rest)) if exception.downcast::<super::exception::Exception>().is_some() => {
                Ok(format!("{name}({rest}").into())
            }
            _ => self.unsupported(format!("the text of an instance of `{name}` is not modelled")),
        }
    }

    /// A whole number in decimal digits.
    pub fn int_text(&mut self, number: &BigInt) -> Eval<Rc<str>> {
        // 3.33 bits make a digit: most numbers need no second look.
        let text = number.to_string();
        if text.len() > MAX_DIGITS && text.trim_start_matches('-').len() > MAX_DIGITS {
            return Err(Stop::value_error(format!(
                "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"
            )));
        }
        Ok(text.into())
    }

    /// `ascii(value)`.
    pub fn ascii(&mut self, value: &Value) -> Eval<Rc<str>> {
        let text = self.repr(value)?;
        if text.is_ascii() {
            return Ok(text);
        }
        let mut escaped = String::new();
        for char in text.chars() {
            if char.is_ascii() { escaped.push(char) } else { escape(&mut escaped, char) }
        }
        Ok(escaped.into())
    }
}

/// The method that was generated for a dataclass, where none that is written by hand comes first.
fn generated_repr(instance: &Instance) -> Option<Rc<GeneratedMethod>> {
    instance.class.lookup("__repr__")?.downcast::<GeneratedMethod>()
}

/// Whether an instance of a subclass shows its class's name around the contents.
fn name_shows(inner: &Value) -> bool {
    match inner {
        Value::Dict(dict) => !matches!(dict.kind, DictKind::Plain),
        _ => true,
    }
}

/// Whether the members of an enum are written as their values are.
pub(super) fn shows_value(class: &Rc<Class>) -> bool {
    has_base(class, &["StrEnum", "IntEnum", "IntFlag", "ReprEnum"])
}

/// Whether a base of the library has one of these names.
fn has_base(class: &Rc<Class>, names: &[&str]) -> bool {
    class.foreign_bases().iter().any(|base| matches!(base, Value::Type(base) if names.contains(&base.name)))
}

fn returned_text(text: &Value, name: &str) -> Eval<Rc<str>> {
    match text.text() {
        Some(text) => Ok(text),
        None => match text {
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            other => {
                Err(Stop::type_error(format!("{name} returned non-string (type {})", other.type_name())))
            }
        },
    }
}

fn class_repr(module: &str, name: &str) -> String {
    match module {
        "builtins" => format!("<class '{name}'>"),
        module => format!("<class '{module}.{name}'>"),
    }
}

/// `repr` of a text: single quotes, unless it has single quotes and no double ones.
pub fn quote(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for char in text.chars() {
        match char {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            char if char == quote => {
                out.push('\\');
                out.push(char);
            }
            char if unicode::is_printable(char) => out.push(char),
            char => escape(&mut out, char),
        }
    }
    out.push(quote);
    out
}

fn escape(out: &mut String, char: char) {
    let code = u32::from(char);
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

/// A character as an escape in quotes: `'\xe9'`.
pub fn escaped(char: char) -> String {
    let mut text = String::from("'");
    escape(&mut text, char);
    text.push('\'');
    text
}

/// `repr` of bytes.
pub fn quote_bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { b'"' } else { b'\'' };
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push('b');
    out.push(char::from(quote));
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            byte if byte == quote => {
                out.push('\\');
                out.push(char::from(byte));
            }
            b' '..=b'~' => out.push(char::from(byte)),
            byte => {
                let _ = write!(out, "\\x{byte:02x}");
            }
        }
    }
    out.push(char::from(quote));
    out
}
