//! `bytes`: its constructor and methods, and the way from text to bytes and back.

use std::rc::Rc;

use super::exception::{LOOKUP_ERROR, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR};
use super::string::{methods, own};
use super::{Args, Eval, Native, Stop, Type, Value, special};
use super::{string_case as case, string_parts as parts, string_search as search, translate};
use crate::eval::Vm;

/// `bytes`.
pub static BYTES: Type = Type {
    methods: methods![
        Native::new("decode", |vm, mut args| {
            let bytes = receiver(&mut args)?;
            let (encoding, errors) = (args.take("encoding"), args.take("errors"));
            args.finish()?;
            decode_bytes(vm, &bytes, encoding.as_ref(), errors.as_ref())
        }),
        Native::new("hex", |vm, mut args| {
            let bytes = receiver(&mut args)?;
            if !args.positional.is_empty() || !args.named.is_empty() {
                return vm.unsupported("`bytes.hex` with a separator is not modelled");
            }
            args.finish()?;
            vm.check_size(bytes.len() * 2)?;
            Ok(Value::from(bytes.iter().flat_map(|byte| hex_digits(*byte)).collect::<String>()))
        }),
    ],
    statics: &[
        Native::new("fromhex", from_hex),
        Native::new("maketrans", |vm, _| vm.unsupported("`bytes.maketrans` is not modelled")),
    ],
    ..Type::new("builtins", "bytes", new)
};

/// The two digits of a byte.
fn hex_digits(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0'))
}

fn receiver(args: &mut Args) -> Eval<Rc<[u8]>> {
    super::convert::receiver(args, "bytes", |value| match value {
        Value::Bytes(bytes) => Some(bytes),
        _ => None,
    })
}

fn new(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let source = args.take("source");
    let (encoding, errors) = (args.take("encoding"), args.take("errors"));
    args.finish()?;
    let Some(source) = source else { return Ok(Value::Bytes(Rc::from([]))) };
    let plain = source.plain();
    if let Value::Str(text) = &plain {
        if encoding.is_none() {
            return Err(Stop::type_error("string argument without an encoding"));
        }
        return encode_text(vm, text, encoding.as_ref(), errors.as_ref());
    }
    if encoding.is_some() || errors.is_some() {
        return Err(Stop::type_error("encoding without a string argument"));
    }
    if plain.as_int().is_some() {
        let len = vm.position(&plain)?;
        let Ok(len) = usize::try_from(len) else { return Err(Stop::value_error("negative count")) };
        vm.check_size(len)?;
        return Ok(Value::Bytes(vec![0; len].into()));
    }
    byte_items(vm, &plain).map(|bytes| Value::Bytes(bytes.into()))
}

/// The bytes of a `bytes`, or of an iterable of numbers.
pub fn byte_items(vm: &mut Vm, value: &Value) -> Eval<Vec<u8>> {
    if let Value::Bytes(bytes) = value {
        return Ok(bytes.to_vec());
    }
    if let Value::Str(_) = value {
        return Err(Stop::type_error("cannot convert 'str' object to bytes"));
    }
    let mut bytes = Vec::new();
    for item in vm.iterate(value)? {
        match u8::try_from(&vm.index(&item)?) {
            Ok(byte) => bytes.push(byte),
            Err(_) => return Err(Stop::value_error("bytes must be in range(0, 256)")),
        }
    }
    Ok(bytes)
}

fn from_hex(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let text = args.need()?.known()?;
    args.finish()?;
    let Some(text) = text.text() else {
        return Err(Stop::type_error(format!("fromhex() argument must be str, not {}", text.type_name())));
    };
    let invalid = || Stop::value_error("non-hexadecimal number found in fromhex() arg");
    let mut bytes = Vec::new();
    // Blanks may stand between bytes, not inside one.
    for word in text.split_ascii_whitespace() {
        if !word.is_ascii() || word.len() % 2 != 0 {
            return Err(invalid());
        }
        for at in (0..word.len()).step_by(2) {
            let digits = &word[at..at + 2];
            if digits.starts_with('+') {
                return Err(invalid());
            }
            bytes.push(u8::from_str_radix(digits, 16).map_err(|_| invalid())?);
        }
    }
    Ok(Value::Bytes(bytes.into()))
}

/// Bytes as a text of characters up to U+00FF.
pub(super) fn as_text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The bytes that such a text stands for.
pub(super) fn from_text(text: &str) -> Vec<u8> {
    text.chars().filter_map(|char| u8::try_from(u32::from(char)).ok()).collect()
}

/// The encodings that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Ascii,
    Latin1,
}

fn encoding(vm: &Vm, value: Option<&Value>) -> Eval<Encoding> {
    let Some(value) = value else { return Ok(Encoding::Utf8) };
    let name = match (value, value.text()) {
        (_, Some(name)) => name,
        (Value::Unknown(cause), None) => return Err(Stop::Unknown(cause.clone())),
        (other, None) => {
            return Err(Stop::type_error(format!(
                "argument 'encoding' must be str, not {}",
                other.type_name()
            )));
        }
    };
    match name.to_ascii_lowercase().replace(['-', ' '], "_").as_str() {
        "utf_8" | "utf8" | "u8" | "utf" => Ok(Encoding::Utf8),
        "ascii" | "us_ascii" | "646" => Ok(Encoding::Ascii),
        "latin_1" | "latin1" | "iso_8859_1" | "iso8859_1" | "8859" | "cp819" | "l1" => Ok(Encoding::Latin1),
        name if name.chars().all(|char| char == '?') => {
            Err(Stop::raise(&LOOKUP_ERROR, format!("unknown encoding: {name}")))
        }
        name => vm.unsupported(format!("the encoding `{name}` is not modelled")),
    }
}

fn handler(vm: &Vm, value: Option<&Value>) -> Eval<Rc<str>> {
    match value {
        None => Ok("strict".into()),
        Some(value) => match value.clone().known()?.text() {
            Some(name) => Ok(name),
            None => vm.unsupported("this error handler is not modelled"),
        },
    }
}

pub(super) fn encode(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let (encoding, errors) = (args.take("encoding"), args.take("errors"));
    args.finish()?;
    encode_text(vm, &own.text, encoding.as_ref(), errors.as_ref())
}

fn encode_text(vm: &mut Vm, text: &str, name: Option<&Value>, errors: Option<&Value>) -> Eval<Value> {
    let (encoding, errors) = (encoding(vm, name)?, handler(vm, errors)?);
    vm.spend(text.len() / 64)?;
    let (label, most) = match encoding {
        Encoding::Utf8 => return Ok(Value::Bytes(text.as_bytes().into())),
        Encoding::Ascii => ("ascii", 0x7f),
        Encoding::Latin1 => ("latin-1", 0xff),
    };
    let mut bytes = Vec::with_capacity(text.len());
    for (at, char) in text.chars().enumerate() {
        match (u8::try_from(u32::from(char)), &*errors) {
            (Ok(byte), _) if u32::from(byte) <= most => bytes.push(byte),
            (_, "ignore") => {}
            (_, "replace") => bytes.push(b'?'),
            (_, "strict") => {
                let message = format!(
                    "'{label}' codec can't encode character {} in position {at}: ordinal not in range({})",
                    super::text::escaped(char),
                    most + 1
                );
                return Err(Stop::raise(&UNICODE_ENCODE_ERROR, message));
            }
            _ => return vm.unsupported(format!("the error handler `{errors}` is not modelled")),
        }
    }
    Ok(Value::Bytes(bytes.into()))
}

/// `bytes.decode`.
pub(super) fn decode_bytes(
    vm: &mut Vm,
    bytes: &[u8],
    name: Option<&Value>,
    errors: Option<&Value>,
) -> Eval<Value> {
    let (encoding, errors) = (encoding(vm, name)?, handler(vm, errors)?);
    vm.spend(bytes.len() / 64)?;
    let (label, text) = match encoding {
        Encoding::Latin1 => return Ok(Value::from(as_text(bytes))),
        Encoding::Utf8 => ("utf-8", std::str::from_utf8(bytes).ok()),
        Encoding::Ascii => ("ascii", std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii())),
    };
    match (text, &*errors) {
        (Some(text), _) => Ok(Value::str(text)),
        (None, "strict") => {
            let message = format!("'{label}' codec can't decode bytes");
            Err(Stop::raise(&UNICODE_DECODE_ERROR, message))
        }
        (None, "ignore") if encoding == Encoding::Ascii => {
            let kept: Vec<u8> = bytes.iter().copied().filter(u8::is_ascii).collect();
            Ok(Value::from(as_text(&kept)))
        }
        (None, "replace") if encoding == Encoding::Utf8 => {
            Ok(Value::from(String::from_utf8_lossy(bytes).into_owned()))
        }
        (None, _) => vm.unsupported(format!("the error handler `{errors}` is not modelled")),
    }
}
