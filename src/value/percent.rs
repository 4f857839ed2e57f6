//! `template % values`.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use super::format::{Parts, Spec, float_parts};
use super::{Eval, Stop, Value};
use crate::eval::Vm;

/// What stands to the right of the `%`, taken one by one.
struct Values {
    items: Vec<Value>,
    at: usize,
    /// The right side itself, where `%(name)s` can look in it.
    mapping: Option<Value>,
    /// Whether it is one value that is no tuple.
    single: bool,
}

impl Values {
    fn next(&mut self) -> Eval<Value> {
        match self.items.get(self.at) {
            Some(value) => {
                self.at += 1;
                value.clone().known()
            }
            None => Err(Stop::type_error("not enough arguments for format string")),
        }
    }
}

/// One conversion of a template.
#[derive(Default)]
struct Conversion {
    left: bool,
    sign: Option<char>,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

impl Vm {
    /// `template % right`.
    pub fn percent(&mut self, template: &str, right: &Value) -> Eval<Value> {
        let plain = right.plain();
        let mut values = match &plain {
            Value::Tuple(items) => Values { items: items.to_vec(), at: 0, mapping: None, single: false },
            plain => {
                let mapping = !matches!(
                    plain,
                    Value::Str(_) | Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_)
                );
                Values {
                    items: vec![right.clone()],
                    at: 0,
                    mapping: mapping.then(|| right.clone()),
                    single: true,
                }
            }
        };
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('%') {
            text.push_str(before);
            rest = self.percent_conversion(after, template, &mut values, &mut text)?;
            if text.len() > self.budget.limits().size {
                self.check_size(text.len())?;
            }
        }
        text.push_str(rest);
        self.check_size(text.len())?;
        if values.at < values.items.len() {
            match &plain {
                _ if !values.single => return Err(leftover()),
                Value::Dict(_) | Value::List(_) | Value::Bytes(_) | Value::Range(_) => {}
                Value::Instance(_) | Value::Object(_) if values.mapping.is_some() => {
                    if self.attr_or_none(right, "__getitem__")?.is_none() {
                        return Err(leftover());
                    }
                }
                _ => return Err(leftover()),
            }
        }
        Ok(Value::from(text))
    }

    /// One conversion behind a `%`; gives what follows it.
    fn percent_conversion<'a>(
        &mut self,
        mut rest: &'a str,
        template: &str,
        values: &mut Values,
        text: &mut String,
    ) -> Eval<&'a str> {
        let incomplete = || Stop::value_error("incomplete format");
        let mut named = None;
        if let Some(inner) = rest.strip_prefix('(') {
            let mut depth = 1;
            let end = inner.char_indices().find(|(_, char)| {
                match char {
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            let Some((end, _)) = end else { return Err(Stop::value_error("incomplete format key")) };
            let Some(mapping) = values.mapping.clone() else {
                return Err(Stop::type_error("format requires a mapping"));
            };
            named = Some(self.item(&mapping, &Value::str(&inner[..end]))?);
            rest = &inner[end + 1..];
            // The right side counts as used.
            values.at = values.items.len();
        }
        let mut own = Conversion::default();
        loop {
            let Some(char) = rest.chars().next() else { return Err(incomplete()) };
            match char {
                '-' => own.left = true,
                '+' => own.sign = Some('+'),
                ' ' => own.sign = own.sign.or(Some(' ')),
                '#' => own.alternate = true,
                '0' => own.zero = true,
                _ => break,
            }
            rest = &rest[1..];
        }
        let width;
        (width, rest) = Self::percent_number(rest, values)?;
        if let Some(width) = width {
            own.left |= width.is_negative();
            own.width = width.magnitude().to_usize().unwrap_or(usize::MAX);
        }
        if let Some(after) = rest.strip_prefix('.') {
            let precision;
            (precision, rest) = Self::percent_number(after, values)?;
            let precision = precision.unwrap_or_default();
            own.precision = Some(precision.to_usize().unwrap_or(0));
        }
        rest = rest.strip_prefix(['h', 'l', 'L']).unwrap_or(rest);
        let Some(kind) = rest.chars().next() else { return Err(incomplete()) };
        let after = &rest[kind.len_utf8()..];
        self.check_size(own.width.saturating_add(own.precision.unwrap_or(0)))?;
        if kind == '%' && after_percent_sign(template, rest) {
            text.push('%');
            return Ok(after);
        }
        let value = match named {
            Some(value) => value.known()?,
            None => values.next()?,
        };
        if !"diouxXeEfFgGcrsa".contains(kind) {
            let at = template[..template.len() - rest.len()].chars().count();
            return Err(Stop::value_error(format!(
                "unsupported format character '{kind}' (0x{:x}) at index {at}",
                u32::from(kind)
            )));
        }
        let made = self.percent_converted(&own, kind, &value)?;
        text.push_str(&made);
        Ok(after)
    }

    /// A width or precision: digits, or `*` for the next value.
    fn percent_number<'a>(rest: &'a str, values: &mut Values) -> Eval<(Option<BigInt>, &'a str)> {
        if let Some(after) = rest.strip_prefix('*') {
            let value = values.next()?;
            return match value.as_int() {
                Some(number) => Ok((Some((*number).clone()), after)),
                None => Err(Stop::type_error("* wants int")),
            };
        }
        let end = rest.find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        if digits.len() > 18 {
            return Err(Stop::value_error("width too big"));
        }
        Ok((digits.parse::<BigInt>().ok(), after))
    }

    fn percent_converted(&mut self, own: &Conversion, kind: char, value: &Value) -> Eval<Rc<str>> {
        let text = match kind {
            's' => self.str(value)?,
            'r' => self.repr(value)?,
            'a' => self.ascii(value)?,
            'c' => self.percent_char(value)?,
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => return self.percent_float(own, kind, value),
            _ => return self.percent_int(own, kind, value),
        };
        let kept: String = match own.precision {
            Some(precision) if kind != 'c' => text.chars().take(precision).collect(),
            Some(_) | None => text.to_string(),
        };
        let missing = own.width.saturating_sub(kept.chars().count());
        let padding = " ".repeat(missing);
        Ok(if own.left { format!("{kept}{padding}") } else { format!("{padding}{kept}") }.into())
    }

    fn percent_char(&mut self, value: &Value) -> Eval<Rc<str>> {
        if let Some(text) = value.text() {
            return if text.chars().count() == 1 {
                Ok(text)
            } else {
                Err(Stop::type_error("%c requires int or char"))
            };
        }
        let Some(number) = self.as_index(value)? else {
            return Err(Stop::type_error("%c requires int or char"));
        };
        if let Some(char) = number.to_u32().and_then(char::from_u32) {
            Ok(char.to_string().into())
        } else {
            let class = &super::exception::OVERFLOW_ERROR;
            Err(Stop::raise(class, "%c arg not in range(0x110000)"))
        }
    }

    fn percent_int(&mut self, own: &Conversion, kind: char, value: &Value) -> Eval<Rc<str>> {
        let decimal = matches!(kind, 'd' | 'i' | 'u');
        let number = match value.plain() {
            Value::Float(float) if decimal => self.float_to_int(float)?,
            Value::Object(_) => {
                return self.unsupported(format!("`%{kind}` of this object is not modelled"));
            }
            plain => {
                if let Some(number) = self.as_index(&plain)? {
                    number
                } else {
                    let needed = if decimal { "a real number" } else { "an integer" };
                    return Err(Stop::type_error(format!(
                        "%{kind} format: {needed} is required, not {}",
                        value.type_name()
                    )));
                }
            }
        };
        let (radix, prefix) = match kind {
            'o' => (8, "0o"),
            'x' => (16, "0x"),
            'X' => (16, "0X"),
            _ => (10, ""),
        };
        let mut digits = if radix == 10 {
            self.int_text(&number.abs())?.to_string()
        } else {
            number.magnitude().to_str_radix(radix)
        };
        if kind == 'X' {
            digits = digits.to_uppercase();
        }
        if let Some(precision) = own.precision {
            digits = format!("{}{digits}", "0".repeat(precision.saturating_sub(digits.len())));
        }
        let prefix = if own.alternate { prefix } else { "" };
        let parts = Parts { sign: own.sign_of(number.is_negative()), prefix, digits, rest: String::new() };
        own.spec().layout(self, &parts)
    }

    fn percent_float(&mut self, own: &Conversion, kind: char, value: &Value) -> Eval<Rc<str>> {
        let Some(float) = self.as_float(value)? else {
            if matches!(value, Value::Object(_) | Value::Instance(_)) {
                return self.unsupported(format!("`%{kind}` of this object is not modelled"));
            }
            let name = value.type_name();
            return Err(Stop::type_error(format!("must be real number, not {name}")));
        };
        let lower = kind.to_ascii_lowercase();
        let precision = own.precision.unwrap_or(6);
        let (digits, mut rest) = float_parts(float.abs(), lower, Some(precision), own.alternate);
        if kind.is_ascii_uppercase() {
            rest = rest.to_uppercase();
        }
        let negative = float.is_sign_negative() && !float.is_nan();
        let parts = Parts { sign: own.sign_of(negative), prefix: "", digits, rest };
        own.spec().layout(self, &parts)
    }
}

impl Conversion {
    fn sign_of(&self, negative: bool) -> &'static str {
        match (negative, self.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(_)) => " ",
            (false, None) => "",
        }
    }

    /// The same padding as a format specification.
    fn spec(&self) -> Spec {
        let (fill, align) = match (self.left, self.zero) {
            (true, _) => (' ', '<'),
            (false, true) => ('0', '='),
            (false, false) => (' ', '>'),
        };
        Spec {
            fill,
            align: Some(align),
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: self.width,
            grouping: None,
            precision: None,
            kind: None,
        }
    }
}

/// Whether what is left stands right behind the `%` that began the conversion.
fn after_percent_sign(template: &str, rest: &str) -> bool {
    template[..template.len() - rest.len()].ends_with('%')
}

fn leftover() -> Stop {
    Stop::type_error("not all arguments converted during string formatting")
}
