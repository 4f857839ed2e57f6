//! The decoder, with CPython's leniencies (`NaN`, `Infinity`) and its messages.

use std::rc::Rc;

use num_bigint::BigInt;

use super::JSON_DECODE_ERROR;
use crate::datum::CauseKind;
use crate::eval::Vm;
use crate::map::IndexMap;
use crate::value::{Dict, Eval, Key, Stop, Value};

/// Deeper texts are beyond CPython's own recursion limit or near it.
const MAX_DEPTH: usize = 200;

/// The value of a JSON text.
pub(super) fn read(vm: &mut Vm, text: &str) -> Eval<Value> {
    vm.check_size(text.len())?;
    let mut reader = Reader { vm, text, at: 0 };
    if text.starts_with('\u{feff}') {
        return Err(reader.error("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0));
    }
    reader.skip();
    let value = reader.value(0)?;
    reader.skip();
    if reader.at < text.len() {
        return Err(reader.error("Extra data", reader.at));
    }
    Ok(value)
}

struct Reader<'t, 'v> {
    vm: &'v mut Vm,
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t, '_> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn error(&self, message: &str, at: usize) -> Stop {
        let before = &self.text[..at];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before[start..].chars().count() + 1;
        let char = before.chars().count();
        Stop::raise(&JSON_DECODE_ERROR, format!("{message}: line {line} column {column} (char {char})"))
    }

    fn value(&mut self, depth: usize) -> Eval<Value> {
        self.vm.spend(1)?;
        if depth > MAX_DEPTH {
            return self.vm.unknown(CauseKind::Limit, "the JSON text is nested too deeply");
        }
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                self.string().map(Value::from)
            }
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            _ => {
                type Word = (&'static str, fn() -> Value);
                const WORDS: [Word; 6] = [
                    ("null", || Value::None),
                    ("true", || Value::Bool(true)),
                    ("false", || Value::Bool(false)),
                    ("NaN", || Value::Float(f64::NAN)),
                    ("Infinity", || Value::Float(f64::INFINITY)),
                    ("-Infinity", || Value::Float(f64::NEG_INFINITY)),
                ];
                let rest = self.rest();
                if let Some((word, make)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
                    self.at += word.len();
                    return Ok(make());
                }
                self.number()
            }
        }
    }

    fn number(&mut self) -> Eval<Value> {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let sign = usize::from(bytes.first() == Some(&b'-'));
        let whole = match bytes.get(sign) {
            Some(b'0') => 1,
            Some(b'1'..=b'9') => digits(sign),
            _ => return Err(self.error("Expecting value", self.at)),
        };
        let mut end = sign + whole;
        let mut is_float = false;
        if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
            is_float = true;
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let count = digits(end + 1 + sign);
            if count > 0 {
                end += 1 + sign + count;
                is_float = true;
            }
        }
        let text = &self.rest()[..end];
        self.at += end;
        if is_float {
            return Ok(Value::Float(text.parse().unwrap_or(f64::NAN)));
        }
        if text.len() > 4300 {
            return self.vm.unknown(CauseKind::Limit, "a number of the JSON text has more than 4300 digits");
        }
        Ok(BigInt::parse_bytes(text.as_bytes(), 10).map_or(Value::None, Value::int))
    }

    /// The text behind an opening quote.
    fn string(&mut self) -> Eval<String> {
        let begin = self.at - 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let end = rest.find(|c: char| c == '"' || c == '\\' || c < ' ');
            let Some(end) = end else {
                return Err(self.error("Unterminated string starting at", begin));
            };
            text.push_str(&rest[..end]);
            self.at += end;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape(begin)?);
                }
                _ => return Err(self.error("Invalid control character at", self.at)),
            }
        }
    }

    fn escape(&mut self, begin: usize) -> Eval<char> {
        let Some(escape) = self.rest().chars().next() else {
            return Err(self.error("Unterminated string starting at", begin));
        };
        let char = match escape {
            '"' | '\\' | '/' => escape,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                self.at += 1;
                return self.unicode();
            }
            _ => return Err(self.error("Invalid \\escape", self.at - 1)),
        };
        self.at += 1;
        Ok(char)
    }

    fn unicode(&mut self) -> Eval<char> {
        let unit = |text: &str| {
            let digits =
                text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
            u32::from_str_radix(digits, 16).ok()
        };
        let Some(first) = unit(self.rest()) else {
            return Err(self.error("Invalid \\uXXXX escape", self.at));
        };
        self.at += 4;
        if let Some(char) = char::from_u32(first) {
            return Ok(char);
        }
        let second = self.rest().strip_prefix("\\u").and_then(unit);
        match second {
            Some(second @ 0xdc00..=0xdfff) if first < 0xdc00 => {
                self.at += 6;
                Ok(char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
                    .unwrap_or('\u{fffd}'))
            }
            _ => self.vm.unknown(CauseKind::Unsupported, "the JSON text holds a lone surrogate"),
        }
    }

    fn object(&mut self, depth: usize) -> Eval<Value> {
        self.at += 1;
        let mut items: IndexMap<Key, Value> = IndexMap::default();
        self.skip();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Dict(Rc::new(Dict::new(items))));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.error("Expecting property name enclosed in double quotes", self.at));
            }
            self.at += 1;
            let key = self.string()?;
            self.skip();
            if self.peek() != Some(b':') {
                return Err(self.error("Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.skip();
            let value = self.value(depth + 1)?;
            items.insert(Key::str(key), value);
            self.skip();
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Dict(Rc::new(Dict::new(items))));
                }
                Some(b',') => {
                    self.at += 1;
                    self.skip();
                }
                _ => return Err(self.error("Expecting ',' delimiter", self.at)),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Eval<Value> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::list(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip();
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::list(items));
                }
                Some(b',') => {
                    self.at += 1;
                    self.skip();
                }
                _ => return Err(self.error("Expecting ',' delimiter", self.at)),
            }
        }
    }
}
