//! `str`: its constructor, its table, and what its methods share with those of `bytes`.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::Signed;

use super::convert::clamp;
use super::iter::char_count;
use super::{Args, Eval, Native, Stop, Type, Value, bytes, special, str_format, translate, unicode};
use super::{string_case as case, string_parts as parts, string_search as search};
use crate::eval::Vm;

/// The methods of `str` or of `bytes`: its own, which are given, and those that the two share.
macro_rules! methods {
    ($($own:expr),+ $(,)?) => {
        &[
            $($own,)+
            Native::new("capitalize", case::capitalize),
            Native::new("center", parts::center),
            Native::new("count", search::count),
            Native::new("endswith", search::endswith),
            Native::new("expandtabs", parts::expandtabs),
            Native::new("find", search::find),
            Native::new("index", search::index),
            Native::new("isalnum", case::isalnum),
            Native::new("isalpha", case::isalpha),
            Native::new("isascii", case::isascii),
            Native::new("isdigit", case::isdigit),
            Native::new("islower", case::islower),
            Native::new("isspace", case::isspace),
            Native::new("istitle", case::istitle),
            Native::new("isupper", case::isupper),
            Native::new("join", parts::join),
            Native::new("ljust", parts::ljust),
            Native::new("lower", case::lower),
            Native::new("lstrip", parts::lstrip),
            Native::new("partition", parts::partition),
            Native::new("removeprefix", parts::removeprefix),
            Native::new("removesuffix", parts::removesuffix),
            Native::new("replace", search::replace),
            Native::new("rfind", search::rfind),
            Native::new("rindex", search::rindex),
            Native::new("rjust", parts::rjust),
            Native::new("rpartition", parts::rpartition),
            Native::new("rsplit", parts::rsplit),
            Native::new("rstrip", parts::rstrip),
            Native::new("split", parts::split),
            Native::new("splitlines", parts::splitlines),
            Native::new("startswith", search::startswith),
            Native::new("strip", parts::strip),
            Native::new("swapcase", case::swapcase),
            Native::new("title", case::title),
            Native::new("translate", translate::translate),
            Native::new("upper", case::upper),
            Native::new("zfill", parts::zfill),
            special::LEN,
            special::CONTAINS,
            special::GETITEM,
            special::ITER,
            special::ADD,
            special::MUL,
            special::RMUL,
            special::MOD,
            special::EQ,
            special::LT,
            special::LE,
            special::GT,
            special::GE,
        ]
    };
}
pub(super) use methods;

/// `str`.
pub static STR: Type = Type {
    methods: methods![
        Native::new("casefold", case::casefold),
        Native::new("encode", bytes::encode),
        Native::new("format", str_format::format),
        Native::new("format_map", str_format::format_map),
        Native::new("isdecimal", case::isdecimal),
        Native::new("isidentifier", case::isidentifier),
        Native::new("isnumeric", case::isnumeric),
        Native::new("isprintable", case::isprintable),
    ],
    statics: &[Native::new("maketrans", translate::maketrans)],
    ..Type::new("builtins", "str", new)
};

fn new(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.take("object");
    let encoding = args.take("encoding");
    let errors = args.take("errors");
    args.finish()?;
    let Some(value) = value else { return Ok(Value::str("")) };
    if encoding.is_none() && errors.is_none() {
        return vm.str(&value).map(Value::Str);
    }
    match value.plain() {
        Value::Bytes(bytes) => bytes::decode_bytes(vm, &bytes, encoding.as_ref(), errors.as_ref()),
        Value::Str(_) => Err(Stop::type_error("decoding str is not supported")),
        other => Err(Stop::type_error(format!(
            "decoding to str: need a bytes-like object, {} found",
            other.type_name()
        ))),
    }
}

/// The receiver of a method that `str` and `bytes` share: bytes as a text of characters up to U+00FF.
pub(super) struct Own {
    /// The text.
    pub(super) text: Rc<str>,
    /// Whether it stands for bytes.
    pub(super) bytes: bool,
}

/// Takes the receiver.
pub(super) fn own(args: &mut Args) -> Eval<Own> {
    super::convert::receiver(args, "str", |value| match value {
        Value::Str(text) => Some(Own { text, bytes: false }),
        Value::Bytes(bytes) => Some(Own { text: bytes::as_text(&bytes).into(), bytes: true }),
        _ => None,
    })
}

impl Own {
    /// A result of the receiver's kind.
    pub(super) fn give(&self, text: impl Into<Rc<str>>) -> Value {
        let text = text.into();
        if self.bytes { Value::Bytes(bytes::from_text(&text).into()) } else { Value::Str(text) }
    }

    /// An argument of the receiver's kind; nothing for another kind.
    pub(super) fn part(&self, value: &Value) -> Eval<Option<Rc<str>>> {
        match (value.plain(), self.bytes) {
            (Value::Unknown(cause), _) => Err(Stop::Unknown(cause)),
            (Value::Str(text), false) => Ok(Some(text)),
            (Value::Bytes(bytes), true) => Ok(Some(bytes::as_text(&bytes).into())),
            _ => Ok(None),
        }
    }

    /// An argument of the receiver's kind, which must be one.
    pub(super) fn operand(&self, value: &Value) -> Eval<Rc<str>> {
        match self.part(value)? {
            Some(text) => Ok(text),
            None if self.bytes => {
                Err(Stop::type_error(format!("a bytes-like object is required, not '{}'", value.type_name())))
            }
            None => Err(Stop::type_error(format!("must be str, not {}", value.type_name()))),
        }
    }

    /// Whether a character is white space.
    pub(super) fn is_space(&self, char: char) -> bool {
        if self.bytes { matches!(char, ' ' | '\t'..='\r') } else { unicode::is_space(char) }
    }
}

/// A part of a text by character positions, which may be negative, as `find(x, start, end)` takes them: the part, and how many
/// characters stand before it. Nothing where the start lies behind the end.
pub(super) fn window<'a>(
    vm: &mut Vm,
    text: &'a str,
    start: Option<Value>,
    end: Option<Value>,
) -> Eval<Option<(&'a str, usize)>> {
    vm.spend(text.len() / 64)?;
    if start.is_none() && end.is_none() {
        return Ok(Some((text, 0)));
    }
    let len = char_count(text);
    let signed = isize::try_from(len).unwrap_or(isize::MAX);
    let mut place = |bound: Option<Value>, default: isize| -> Eval<isize> {
        let Some(bound) = bound.filter(|bound| !bound.is_none()) else { return Ok(default) };
        let Some(index) = vm.as_index(&bound)? else {
            return Err(Stop::type_error(
                "slice indices must be integers or None or have an __index__ method",
            ));
        };
        let at = clamp(&index);
        Ok(if at < 0 { at.saturating_add(signed).max(0) } else { at })
    };
    let from = place(start, 0)?;
    let to = place(end, signed)?.min(signed);
    if from > to {
        return Ok(None);
    }
    let (from, to) = (usize::try_from(from).unwrap_or(0), usize::try_from(to).unwrap_or(0));
    Ok(Some((&text[byte_at(text, from)..byte_at(text, to)], from)))
}

/// The byte offset of a character.
pub(super) fn byte_at(text: &str, at: usize) -> usize {
    if text.is_ascii() {
        return at.min(text.len());
    }
    text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte)
}

/// A bound on how often something is done: none where it is absent or negative.
pub(super) fn limit(vm: &mut Vm, value: Option<Value>) -> Eval<Option<usize>> {
    let Some(value) = value else { return Ok(None) };
    let number: BigInt = vm.index(&value)?;
    if number.is_negative() {
        return Ok(None);
    }
    Ok(Some(usize::try_from(clamp(&number)).unwrap_or(usize::MAX)))
}
