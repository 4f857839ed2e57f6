//! `format(value, spec)`: the format-specification mini-language.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use super::class::Flavour;
use super::iter::char_count;
use super::{Eval, Stop, Value, float};
use crate::eval::Vm;

/// A parsed format specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// What fills up to the width.
    pub fill: char,
    /// `<`, `>`, `=` or `^`, where it is given or follows from a leading zero.
    pub align: Option<char>,
    /// `+`, `-` or a blank.
    pub sign: Option<char>,
    /// `z`: a negative zero is written without its sign.
    pub no_negative_zero: bool,
    /// `#`.
    pub alternate: bool,
    /// The least number of characters.
    pub width: usize,
    /// `,` or `_`.
    pub grouping: Option<char>,
    /// The number behind the point.
    pub precision: Option<usize>,
    /// The letter at the end.
    pub kind: Option<char>,
}

/// A number as its parts, so that grouping and padding can come between them.
#[derive(Debug, Default)]
pub struct Parts {
    /// The sign, if one is written.
    pub sign: &'static str,
    /// `0x` and its kin.
    pub prefix: &'static str,
    /// The digits before the point.
    pub digits: String,
    /// What follows them.
    pub rest: String,
}

impl Spec {
    /// Parses a specification. `numeric` says whether a leading zero aligns behind the sign.
    pub fn parse(text: &str, numeric: bool, type_name: &str) -> Eval<Self> {
        let chars: Vec<char> = text.chars().collect();
        let is_align = |char: Option<&char>| matches!(char, Some('<' | '>' | '=' | '^'));
        let mut at = 0;
        let mut spec = Self {
            fill: ' ',
            align: None,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: 0,
            grouping: None,
            precision: None,
            kind: None,
        };
        let mut fill_given = false;
        if is_align(chars.get(1)) {
            (spec.fill, spec.align, at, fill_given) = (chars[0], chars.get(1).copied(), 2, true);
        } else if is_align(chars.first()) {
            (spec.align, at) = (chars.first().copied(), 1);
        }
        if let Some(sign @ ('+' | '-' | ' ')) = chars.get(at) {
            spec.sign = Some(*sign);
            at += 1;
        }
        if chars.get(at) == Some(&'z') {
            spec.no_negative_zero = true;
            at += 1;
        }
        if chars.get(at) == Some(&'#') {
            spec.alternate = true;
            at += 1;
        }
        if !fill_given && chars.get(at) == Some(&'0') {
            spec.fill = '0';
            if spec.align.is_none() && numeric {
                spec.align = Some('=');
            }
            at += 1;
        }
        spec.width = digits(&chars, &mut at)?.unwrap_or(0);
        while let Some(group @ (',' | '_')) = chars.get(at) {
            match spec.grouping {
                None => spec.grouping = Some(*group),
                Some(own) if own == *group => {
                    return Err(Stop::value_error(format!("Cannot specify '{own}' with '{own}'.")));
                }
                Some(_) => return Err(Stop::value_error("Cannot specify both ',' and '_'.")),
            }
            at += 1;
        }
        if chars.get(at) == Some(&'.') {
            at += 1;
            spec.precision = digits(&chars, &mut at)?;
            if spec.precision.is_none() {
                return Err(Stop::value_error("Format specifier missing precision"));
            }
        }
        match chars.get(at..).unwrap_or_default() {
            [] => {}
            [kind] => spec.kind = Some(*kind),
            _ => {
                return Err(Stop::value_error(format!(
                    "Invalid format specifier '{text}' for object of type '{type_name}'"
                )));
            }
        }
        Ok(spec)
    }

    fn unknown_code<T>(&self, type_name: &str) -> Eval<T> {
        let code = self.kind.unwrap_or(' ');
        Err(Stop::value_error(format!("Unknown format code '{code}' for object of type '{type_name}'")))
    }

    /// Puts a number together: sign, prefix, grouped digits, rest, padding.
    pub fn layout(&self, vm: &mut Vm, parts: &Parts) -> Eval<Rc<str>> {
        let around = parts.sign.len() + parts.prefix.len() + parts.rest.chars().count();
        let zeros = self.fill == '0' && self.align == Some('=');
        vm.check_size(self.width.saturating_add(parts.digits.len() * 2))?;
        let least = if zeros { self.width.saturating_sub(around) } else { 0 };
        let group = if matches!(self.kind, Some('b' | 'o' | 'x' | 'X')) { 4 } else { 3 };
        let digits = match self.grouping {
            Some(separator) => grouped(&parts.digits, separator, group, least),
            None => format!("{}{}", "0".repeat(least.saturating_sub(parts.digits.len())), parts.digits),
        };
        let missing = self.width.saturating_sub(around + digits.len());
        let padding = |count: usize| -> String { std::iter::repeat_n(self.fill, count).collect() };
        let Parts { sign, prefix, rest, .. } = parts;
        Ok(match self.align.unwrap_or('>') {
            '<' => format!("{sign}{prefix}{digits}{rest}{}", padding(missing)),
            '=' => format!("{sign}{prefix}{}{digits}{rest}", padding(missing)),
            '^' => {
                let left = missing / 2;
                format!("{}{sign}{prefix}{digits}{rest}{}", padding(left), padding(missing - left))
            }
            _ => format!("{}{sign}{prefix}{digits}{rest}", padding(missing)),
        }
        .into())
    }
}

fn digits(chars: &[char], at: &mut usize) -> Eval<Option<usize>> {
    let start = *at;
    while chars.get(*at).is_some_and(char::is_ascii_digit) {
        *at += 1;
    }
    if start == *at {
        return Ok(None);
    }
    let text: String = chars[start..*at].iter().collect();
    match text.parse::<usize>() {
        Ok(number) if isize::try_from(number).is_ok() => Ok(Some(number)),
        _ => Err(Stop::value_error("Too many decimal digits in format string")),
    }
}

/// Digits in groups, with zeros in front until there are at least `least` characters. A separator never comes first.
fn grouped(digits: &str, separator: char, group: usize, least: usize) -> String {
    let mut count = digits.len();
    while count + count.saturating_sub(1) / group < least {
        count += 1;
    }
    let padded = format!("{}{digits}", "0".repeat(count - digits.len()));
    let mut text = String::with_capacity(count + count / group);
    for (at, digit) in padded.chars().enumerate() {
        if at > 0 && (count - at).is_multiple_of(group) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

impl Vm {
    /// `format(value, spec)`.
    pub fn format(&mut self, value: &Value, spec: &str) -> Eval<Rc<str>> {
        match value {
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            Value::Str(text) if spec.is_empty() => Ok(Rc::clone(text)),
            Value::Str(text) => self.format_text(text, spec),
            Value::Bool(_) | Value::Int(_) | Value::Float(_) if spec.is_empty() => self.str(value),
            Value::Bool(_) | Value::Int(_) => {
                let number = value.as_int().unwrap_or_default();
                self.format_int(&number, spec, &value.type_name())
            }
            Value::Float(float) => self.format_float(*float, spec, "float"),
            Value::Object(object) => object.format(self, spec),
            Value::Instance(instance) => {
                if let Some(found) = self.call_special(value, "__format__", [Value::str(spec)])? {
                    return match found.text() {
                        Some(text) => Ok(text),
                        None => Err(Stop::type_error(format!(
                            "__format__ must return a str, not {}",
                            found.known()?.type_name()
                        ))),
                    };
                }
                if spec.is_empty() {
                    return self.str(value);
                }
                if instance.class.effective_flavour() == Flavour::Enum
                    && !super::text::shows_value(&instance.class)
                {
                    let text = self.str(value)?;
                    return self.format_text(&text, spec);
                }
                match instance.builtin() {
                    Some(inner) => self.format(&inner, spec),
                    None => Err(no_spec(value)),
                }
            }
            _ if spec.is_empty() => self.str(value),
            _ => Err(no_spec(value)),
        }
    }

    fn format_text(&mut self, text: &str, spec: &str) -> Eval<Rc<str>> {
        let spec = Spec::parse(spec, false, "str")?;
        if !matches!(spec.kind, None | Some('s')) {
            return spec.unknown_code("str");
        }
        if let Some(sign) = spec.sign {
            let name = if sign == ' ' { "Space" } else { "Sign" };
            return Err(Stop::value_error(format!("{name} not allowed in string format specifier")));
        }
        if spec.no_negative_zero {
            let message = "Negative zero coercion (z) not allowed in string format specifier";
            return Err(Stop::value_error(message));
        }
        if spec.alternate {
            let message = "Alternate form (#) not allowed in string format specifier";
            return Err(Stop::value_error(message));
        }
        if let Some(separator) = spec.grouping {
            return Err(Stop::value_error(format!("Cannot specify '{separator}' with 's'.")));
        }
        if spec.align == Some('=') {
            let message = "'=' alignment not allowed in string format specifier";
            return Err(Stop::value_error(message));
        }
        let kept: String = match spec.precision {
            Some(precision) => text.chars().take(precision).collect(),
            None => text.to_owned(),
        };
        let missing = spec.width.saturating_sub(char_count(&kept));
        self.check_size(kept.len().saturating_add(missing))?;
        let padding = |count: usize| -> String { std::iter::repeat_n(spec.fill, count).collect() };
        Ok(match spec.align.unwrap_or('<') {
            '>' => format!("{}{kept}", padding(missing)),
            '^' => format!("{}{kept}{}", padding(missing / 2), padding(missing - missing / 2)),
            _ => format!("{kept}{}", padding(missing)),
        }
        .into())
    }

    fn format_int(&mut self, number: &BigInt, text: &str, type_name: &str) -> Eval<Rc<str>> {
        let spec = Spec::parse(text, true, type_name)?;
        let radix = match spec.kind {
            None | Some('d' | 'n') => 10,
            Some('b') => 2,
            Some('o') => 8,
            Some('x' | 'X') => 16,
            Some('c') => return self.format_char(number, &spec),
            Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => {
                let float = self.int_to_float(number)?;
                return self.format_float(float, text, type_name);
            }
            Some(_) => return spec.unknown_code(type_name),
        };
        if spec.precision.is_some() {
            return Err(Stop::value_error("Precision not allowed in integer format specifier"));
        }
        if spec.no_negative_zero {
            let message = "Negative zero coercion (z) not allowed in integer format specifier";
            return Err(Stop::value_error(message));
        }
        check_grouping(&spec, radix == 10)?;
        let digits = if radix == 10 {
            self.int_text(&number.abs())?.to_string()
        } else {
            number.magnitude().to_str_radix(radix)
        };
        let prefix = match (spec.alternate, spec.kind) {
            (true, Some('b')) => "0b",
            (true, Some('o')) => "0o",
            (true, Some('x')) => "0x",
            (true, Some('X')) => "0X",
            _ => "",
        };
        let digits = if spec.kind == Some('X') { digits.to_uppercase() } else { digits };
        let parts =
            Parts { sign: sign(number.is_negative(), spec.sign), prefix, digits, rest: String::new() };
        spec.layout(self, &parts)
    }

    fn format_char(&mut self, number: &BigInt, spec: &Spec) -> Eval<Rc<str>> {
        if spec.sign.is_some() {
            return Err(Stop::value_error("Sign not allowed with integer format specifier 'c'"));
        }
        if spec.alternate {
            let message = "Alternate form (#) not allowed with integer format specifier 'c'";
            return Err(Stop::value_error(message));
        }
        if spec.precision.is_some() {
            return Err(Stop::value_error("Precision not allowed in integer format specifier"));
        }
        if spec.no_negative_zero {
            let message = "Negative zero coercion (z) not allowed in integer format specifier";
            return Err(Stop::value_error(message));
        }
        if let Some(separator) = spec.grouping {
            return Err(Stop::value_error(format!("Cannot specify '{separator}' with 'c'.")));
        }
        let Some(char) = number.to_u32().and_then(char::from_u32) else {
            let class = &super::exception::OVERFLOW_ERROR;
            return Err(Stop::raise(class, "%c arg not in range(0x110000)"));
        };
        spec.layout(self, &Parts { rest: char.to_string(), ..Parts::default() })
    }

    fn format_float(&mut self, number: f64, text: &str, type_name: &str) -> Eval<Rc<str>> {
        let spec = Spec::parse(text, true, type_name)?;
        if !matches!(spec.kind, None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')) {
            return spec.unknown_code(type_name);
        }
        check_grouping(&spec, true)?;
        self.check_size(spec.precision.unwrap_or(0))?;
        let kind = spec.kind.map_or('r', |kind| kind.to_ascii_lowercase());
        let (digits, rest) = float_parts(number.abs(), kind, spec.precision, spec.alternate);
        let all_zero = !digits.chars().chain(rest.chars()).any(|char| ('1'..='9').contains(&char));
        let negative = number.is_sign_negative()
            && !number.is_nan()
            && !(spec.no_negative_zero && all_zero && number.is_finite());
        let upper = matches!(spec.kind, Some('E' | 'F' | 'G'));
        let rest = if upper { rest.to_uppercase() } else { rest };
        let parts = Parts { sign: sign(negative, spec.sign), prefix: "", digits, rest };
        spec.layout(self, &parts)
    }
}

/// The digits before the point of a float that is not negative, and all that follows. `kind` is `e`, `f`, `g`, `n`, `%`, or `r`
/// for none.
pub fn float_parts(number: f64, kind: char, precision: Option<usize>, alternate: bool) -> (String, String) {
    if !number.is_finite() {
        let name = if number.is_nan() { "nan" } else { "inf" };
        return (String::new(), format!("{name}{}", if kind == '%' { "%" } else { "" }));
    }
    let text = match (kind, precision) {
        ('f', precision) => fixed(number, precision.unwrap_or(6), alternate),
        ('%', precision) => format!("{}%", fixed(number * 100.0, precision.unwrap_or(6), alternate)),
        ('e', precision) => {
            let mut parts = scientific(number, precision.unwrap_or(6));
            parts.negative = false;
            float::exponent_digits(&parts, 'e', alternate)
        }
        ('r', None) => {
            let text = float::repr(number);
            match text.split_once('e') {
                Some((digits, power)) if alternate && !digits.contains('.') => format!("{digits}.e{power}"),
                _ => text,
            }
        }
        (kind, precision) => general(number, precision.unwrap_or(6).max(1), alternate, kind == 'r'),
    };
    let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].to_owned(), text[end..].to_owned())
}

/// A float has no more digits than these; what is asked beyond are zeros.
const MOST_DIGITS: usize = 1_100;

fn fixed(number: f64, precision: usize, alternate: bool) -> String {
    let digits = precision.min(MOST_DIGITS);
    let dot = if alternate && precision == 0 { "." } else { "" };
    format!("{number:.digits$}{}{dot}", "0".repeat(precision - digits))
}

fn scientific(number: f64, precision: usize) -> float::Digits {
    let digits = precision.min(MOST_DIGITS);
    let mut parts = float::scientific(number, digits);
    parts.digits.push_str(&"0".repeat(precision - digits));
    parts
}

/// `g`: fixed or scientific notation, whichever is shorter; `dot_zero` for a float without a letter, which keeps `.0`.
fn general(number: f64, precision: usize, alternate: bool, dot_zero: bool) -> String {
    let mut parts = scientific(number, precision - 1);
    let highest = i32::try_from(precision).unwrap_or(i32::MAX) - i32::from(dot_zero);
    if !alternate {
        let kept = parts.digits.trim_end_matches('0').len().max(1);
        parts.digits.truncate(kept);
    }
    if parts.exponent < -4 || parts.exponent >= highest.max(i32::from(!dot_zero)) {
        return float::exponent_digits(&parts, 'e', alternate);
    }
    let text = float::fixed_digits(&parts, dot_zero);
    if alternate && !text.contains('.') { format!("{text}.") } else { text }
}

fn sign(negative: bool, wanted: Option<char>) -> &'static str {
    match (negative, wanted) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        (false, _) => "",
    }
}

fn check_grouping(spec: &Spec, decimal: bool) -> Eval<()> {
    match (spec.grouping, spec.kind) {
        (Some(separator), Some('n')) => {
            Err(Stop::value_error(format!("Cannot specify '{separator}' with 'n'.")))
        }
        (Some(','), Some(kind)) if !decimal => {
            Err(Stop::value_error(format!("Cannot specify ',' with '{kind}'.")))
        }
        _ => Ok(()),
    }
}

fn no_spec(value: &Value) -> Stop {
    let name = value.type_name();
    Stop::type_error(format!("unsupported format string passed to {name}.__format__"))
}
