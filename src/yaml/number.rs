//! The shapes of numbers and dates among plain scalars: those of PyYAML's resolver, and all that any reader takes for one.
//!
//! Read byte by byte, since each scalar of a definition comes here; the tests hold each shape against its regular expression.

/// What is left of a scalar. None of the shapes needs to look further back than one byte.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// Takes the next byte where it is such a one.
    fn one(&mut self, is: impl Fn(u8) -> bool) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if is(*first) => {
                self.0 = rest;
                true
            }
            Some(_) | None => false,
        }
    }

    /// Takes as many such bytes as follow, and says how many they are.
    fn many(&mut self, is: impl Fn(u8) -> bool) -> usize {
        let count = self.0.iter().take_while(|&&byte| is(byte)).count();
        self.0 = self.0.get(count..).unwrap_or_default();
        count
    }

    fn sign(&mut self) -> bool {
        self.one(|byte| matches!(byte, b'-' | b'+'))
    }

    /// A digit, and those and underscores that follow.
    fn digits(&mut self) -> bool {
        self.one(|byte| byte.is_ascii_digit()) && {
            self.many(is_digit);
            true
        }
    }

    /// That many digits.
    fn exactly(&mut self, count: usize) -> bool {
        (0..count).all(|_| self.one(|byte| byte.is_ascii_digit()))
    }

    /// One digit or two.
    fn one_or_two(&mut self) -> bool {
        self.exactly(1) && {
            self.exactly(1);
            true
        }
    }

    /// `2024-01-01`, month and day of one digit or two.
    fn date(&mut self) -> bool {
        self.exactly(4) && (0..2).all(|_| self.one(|byte| byte == b'-') && self.one_or_two())
    }

    /// `:30:00`, each part below sixty; whether there is one at least.
    fn sixties(&mut self) -> bool {
        let mut is_any = false;
        while self.one(|byte| byte == b':') {
            let first = self.0.first().copied();
            match self.many(|byte| byte.is_ascii_digit()) {
                1 => is_any = true,
                2 if first <= Some(b'5') => is_any = true,
                _ => return false,
            }
        }
        is_any
    }

    /// `e+10`, if there is anything: the end otherwise.
    fn exponent_or_end(&mut self) -> bool {
        !self.one(|byte| matches!(byte, b'e' | b'E'))
            || self.sign() && self.many(|byte| byte.is_ascii_digit()) > 0
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'_'
}

fn is_hex(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || byte == b'_'
}

fn unsigned(text: &str) -> Rest<'_> {
    let mut rest = Rest(text.as_bytes());
    rest.sign();
    rest
}

/// Whether PyYAML takes the text for a float.
pub(super) fn is_float(text: &str) -> bool {
    let mut rest = unsigned(text);
    if matches!(rest.0, b".inf" | b".Inf" | b".INF") {
        return true;
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let is_signed = rest.0.len() < text.len();
    if rest.one(|byte| byte == b'.') {
        return !is_signed && rest.digits() && rest.exponent_or_end() && rest.is_empty();
    }
    if !rest.digits() {
        return false;
    }
    let is_sixties = rest.0.first() == Some(&b':');
    if is_sixties && !rest.sixties() || !rest.one(|byte| byte == b'.') {
        return false;
    }
    rest.many(is_digit);
    (is_sixties || rest.exponent_or_end()) && rest.is_empty()
}

/// Whether PyYAML takes the text for a whole number.
pub(super) fn is_int(text: &str) -> bool {
    let mut rest = unsigned(text);
    if rest.one(|byte| byte == b'0') {
        return match rest.0.split_first() {
            None => true,
            Some((b'b', digits)) => {
                !digits.is_empty() && digits.iter().all(|digit| matches!(digit, b'0' | b'1' | b'_'))
            }
            Some((b'x', digits)) => !digits.is_empty() && digits.iter().copied().all(is_hex),
            Some(_) => rest.0.iter().all(|digit| matches!(digit, b'0'..=b'7' | b'_')),
        };
    }
    rest.digits() && (rest.is_empty() || rest.sixties() && rest.is_empty())
}

/// Whether PyYAML takes the text for a date or a time with its date.
pub(super) fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut rest = Rest(bytes);
    if !rest.date() {
        return false;
    }
    if rest.is_empty() {
        return bytes.len() == "2024-01-01".len();
    }
    let is_blank = |byte: u8| matches!(byte, b' ' | b'\t');
    let is_parted = rest.one(|byte| matches!(byte, b'T' | b't')) || rest.many(is_blank) > 0;
    let two = |rest: &mut Rest<'_>| rest.one(|byte| byte == b':') && rest.exactly(2);
    if !(is_parted && rest.one_or_two() && two(&mut rest) && two(&mut rest)) {
        return false;
    }
    if rest.one(|byte| byte == b'.') {
        rest.many(|byte| byte.is_ascii_digit());
    }
    if rest.is_empty() {
        return true;
    }
    rest.many(is_blank);
    if rest.one(|byte| byte == b'Z') {
        return rest.is_empty();
    }
    rest.sign() && rest.one_or_two() && (rest.is_empty() || two(&mut rest) && rest.is_empty())
}

/// Whether some reader may take the text for a number or a date: integers and floats of YAML 1.1 and 1.2 in any base, with
/// underscores or in sixties, and all that begins as a date does. More than any one reader takes.
pub(super) fn is_number_or_date_anywhere(text: &str) -> bool {
    is_number_anywhere(text) || begins_as_date(text)
}

fn is_number_anywhere(text: &str) -> bool {
    let mut rest = unsigned(text);
    if let [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', digits @ ..] = rest.0 {
        return digits.iter().copied().all(is_hex);
    }
    let is_fraction = rest.one(|byte| byte == b'.');
    if is_fraction && (rest.0.eq_ignore_ascii_case(b"inf") || rest.0.eq_ignore_ascii_case(b"nan")) {
        return true;
    }
    if !rest.digits() {
        return false;
    }
    let mut is_sixties = false;
    while !is_fraction && rest.one(|byte| byte == b':') {
        is_sixties = true;
        if rest.many(|byte| byte.is_ascii_digit()) == 0 {
            return false;
        }
    }
    if rest.one(|byte| byte == b'.') {
        rest.many(is_digit);
    }
    if !is_sixties && rest.one(|byte| matches!(byte, b'e' | b'E')) {
        rest.sign();
        rest.many(is_digit);
    }
    rest.is_empty()
}

fn begins_as_date(text: &str) -> bool {
    let mut rest = Rest(text.as_bytes());
    rest.date()
        && (rest.is_empty()
            || rest.one(|byte| matches!(byte, b'T' | b't' | b' ' | b'\t')) && !rest.0.contains(&b'\n'))
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::{is_float, is_int, is_number_or_date_anywhere, is_timestamp};

    /// What this file says of a text, and the expression that says the same.
    type Shape = (fn(&str) -> bool, &'static str);

    /// The shapes as regular expressions; the first three are those of `yaml/resolver.py`, word for word.
    const SHAPES: [Shape; 4] = [
        (
            is_float,
            r"(?x)^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?
                |\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?
                |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*
                |[-+]?\.(?:inf|Inf|INF)
                |\.(?:nan|NaN|NAN))$",
        ),
        (
            is_int,
            r"(?x)^(?:[-+]?0b[0-1_]+
                |[-+]?0[0-7_]+
                |[-+]?(?:0|[1-9][0-9_]*)
                |[-+]?0x[0-9a-fA-F_]+
                |[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$",
        ),
        (
            is_timestamp,
            r"(?x)^(?:[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]
                |[0-9][0-9][0-9][0-9] -[0-9][0-9]? -[0-9][0-9]?
                 (?:[Tt]|[\ \t]+)[0-9][0-9]?
                 :[0-9][0-9] :[0-9][0-9] (?:\.[0-9]*)?
                 (?:[\ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9][0-9])?))?)$",
        ),
        (
            is_number_or_date_anywhere,
            r"(?x)^(?:[-+]?\.?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]*)?
                |[-+]?0[xXoObB][0-9a-fA-F_]*
                |[-+]?[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?
                |[-+]?\.(?i:inf|nan)
                |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\ \t].*)?)$",
        ),
    ];

    fn hold(texts: impl Iterator<Item = String>) {
        let shapes = SHAPES.map(|(is, pattern)| (is, Regex::new(pattern).unwrap()));
        for text in texts {
            for (place, (is, pattern)) in shapes.iter().enumerate() {
                assert_eq!(is(&text), pattern.is_match(&text), "{text:?} {place}");
            }
        }
    }

    /// All texts of up to `longest` letters.
    fn all(letters: &[char], longest: u32) -> impl Iterator<Item = String> {
        let count = letters.len();
        (0..=longest).flat_map(move |length| {
            (0..count.pow(length)).map(move |mut number| {
                let mut text = String::new();
                for _ in 0..length {
                    text.push(letters[number % count]);
                    number /= count;
                }
                text
            })
        })
    }

    #[test]
    fn numbers_are_what_their_expressions_match() {
        hold(all(&['-', '+', '.', '0', '1', '6', '9', '_', ':', 'e', 'x', 'b', 'f', 'o'], 4));
        hold(all(&['-', '.', '0', '6', '_', ':', 'E'], 6));
        let words = ["inf", "Inf", "INF", "iNf", "nan", "NaN", "NAN", "nAN", "in", "infx"];
        hold(
            words
                .iter()
                .flat_map(|word| ["", ".", "-.", "+.", "..", "-"].map(|sign| format!("{sign}{word}"))),
        );
    }

    #[test]
    fn dates_are_what_their_expressions_match() {
        hold(all(&['-', '1', 'T'], 9));
        let tails = all(&['T', ' ', '1', ':', '.', 'Z', '-'], 4);
        let dates =
            ["2024-01-01", "2024-1-1", "2024-01-01 01:02:03", "2024-1-1t1:02:03", "2024-1-1\t 1:02:03.5"];
        let dated: Vec<String> = tails.flat_map(|tail| dates.map(|date| format!("{date}{tail}"))).collect();
        hold(dated.into_iter());
        let odd = [
            "2024-01-01 \n",
            "2024-01-01T\u{e9}",
            "20240-01-01",
            "2024-001-01",
            "1\u{661}",
            "2024-01-01 1:02:03 Z ",
        ];
        hold(odd.into_iter().map(str::to_owned));
    }
}
