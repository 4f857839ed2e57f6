//! Plain data by chance: tricky texts, odd code points, every kind of value, nested. The choices are those of a seed, the same
//! on every run, or those of the bytes that a fuzzer makes up.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use dag_converter::datum::{DateTime, Datum, Reference, TimeDelta, TypedObject, XCom, Zone};
use jiff::civil;
use num_bigint::BigInt;

/// Texts that some reader takes for something else, or that YAML's syntax or dag-factory's steps would change, by kind.
pub(crate) const TRICKY: &str = include_str!("tricky.json");

pub(crate) struct Random {
    /// Gives a number of at least so many random bytes.
    choices: Box<dyn FnMut(usize) -> u64>,
    tricky: Vec<String>,
}

impl Random {
    pub(crate) fn new(choices: impl FnMut(usize) -> u64 + 'static) -> Self {
        let kinds: BTreeMap<String, Vec<String>> = serde_json::from_str(TRICKY).unwrap();
        Self { choices: Box::new(choices), tricky: kinds.into_values().flatten().collect() }
    }

    /// The choices of these bytes, each used once; zeros behind their end.
    pub(crate) fn of_bytes(bytes: Vec<u8>) -> Self {
        let mut rest = bytes.into_iter();
        Self::new(move |count| {
            rest.by_ref().take(count).fold(0, |number, byte| number << 8 | u64::from(byte))
        })
    }

    pub(crate) fn next(&mut self) -> u64 {
        (self.choices)(8)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // A fuzzer that changes a byte changes one choice.
        let bytes = if bound <= 256 { 1 } else { 4 };
        usize::try_from((self.choices)(bytes) % bound as u64).unwrap()
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % u64::try_from(high - low + 1).unwrap()).unwrap()
    }

    /// A text: from the table, of YAML's own characters, of a script, or of any code points.
    pub(crate) fn text(&mut self) -> String {
        match self.below(11) {
            0..=2 => self.tricky(),
            3 => self.tricky() + &self.tricky(),
            10 => self.raw(),
            4..=6 => self.of_alphabet(" \t\n-?:,[]{}#&*!|>'\"%@`$\\=<.~ab01_+eE\u{e9}"),
            7 => self.of_alphabet("0123456789+-._:eExXoObTZ "),
            8 => self.script(),
            _ => self.code_points(),
        }
    }

    fn raw(&mut self) -> String {
        let bytes: Vec<u8> = (0..self.below(64)).map(|_| (self.choices)(1).to_le_bytes()[0]).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn tricky(&mut self) -> String {
        let place = self.below(self.tricky.len());
        self.tricky[place].clone()
    }

    fn of_alphabet(&mut self, alphabet: &str) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        (0..self.below(14)).map(|_| *self.pick(&alphabet)).collect()
    }

    fn script(&mut self) -> String {
        const LINES: [&str; 14] = [
            "set -euo pipefail",
            "  echo \"$HOME\" ${X:-1} $(date)",
            "\tindented",
            "",
            "   ",
            "# comment",
            "--- a",
            "...",
            "key: value",
            "- item",
            "trailing ",
            "SELECT * FROM t WHERE ds = '{{ ds }}'",
            "don't",
            "\u{a0}blank",
        ];
        let lines: Vec<&str> = (0..=self.below(5)).map(|_| *self.pick(&LINES)).collect();
        lines.join("\n") + if self.chance(60) { "\n" } else { "" }
    }

    fn code_points(&mut self) -> String {
        let mut point = || {
            let bound = *self.pick(&[0x20, 0x80, 0x100, 0x3000, 0x1_0000, 0x11_0000]);
            u32::try_from(self.below(bound)).ok().and_then(char::from_u32).unwrap_or('\u{2028}')
        };
        (0..8).map(|_| point()).collect()
    }

    /// A value that nests at most `depth` levels.
    pub(crate) fn datum(&mut self, depth: usize) -> Datum {
        let kinds = if depth == 0 { 14 } else { 24 };
        match self.below(kinds) {
            0 => Datum::Null,
            1 => Datum::Bool(self.chance(50)),
            2 | 3 => self.int(),
            4 => Datum::Float(self.float()),
            5 => Datum::Bytes((0..self.below(20)).map(|_| self.next().to_le_bytes()[0]).collect()),
            6 => self.moment(),
            7 => self.named(),
            8..=13 => Datum::Str(self.text()),
            14..=16 => Datum::List(self.items(depth)),
            17 => Datum::Tuple(self.items(depth)),
            18 => Datum::Set(self.members(depth)),
            19 => Datum::FrozenSet(self.members(depth)),
            20 => self.map(depth, Self::hashable),
            _ => self.map(depth, |random, _| Datum::Str(random.text())),
        }
    }

    /// A value as JSON has them.
    pub(crate) fn json(&mut self, depth: usize) -> Datum {
        match self.below(if depth == 0 { 8 } else { 12 }) {
            0 => Datum::Null,
            1 => Datum::Bool(self.chance(50)),
            2 => Datum::int(self.between(-1_000_000, 1_000_000)),
            3 => Datum::Float(self.float()),
            4..=7 => Datum::Str(self.text()),
            8 | 9 => Datum::List((0..self.below(5)).map(|_| self.json(depth - 1)).collect()),
            _ => {
                let mut map = self.map(0, |random, _| Datum::Str(random.text()));
                if let Datum::Map(entries) = &mut map {
                    for (_, value) in entries {
                        *value = self.json(depth - 1);
                    }
                }
                map
            }
        }
    }

    fn items(&mut self, depth: usize) -> Vec<Datum> {
        (0..self.below(5)).map(|_| self.datum(depth - 1)).collect()
    }

    fn members(&mut self, depth: usize) -> Vec<Datum> {
        let members = (0..self.below(5)).map(|_| self.hashable(depth - 1)).collect::<Vec<_>>();
        distinct(members.into_iter().map(|member| (member, ())))
            .into_iter()
            .map(|(member, ())| member)
            .collect()
    }

    fn map(&mut self, depth: usize, key: impl Fn(&mut Self, usize) -> Datum) -> Datum {
        let depth = depth.saturating_sub(1);
        let entries: Vec<_> = (0..self.below(5)).map(|_| (key(self, depth), self.datum(depth))).collect();
        Datum::Map(distinct(entries.into_iter()))
    }

    fn hashable(&mut self, depth: usize) -> Datum {
        match self.below(if depth == 0 { 7 } else { 9 }) {
            0 => Datum::Null,
            1 => Datum::Bool(self.chance(50)),
            2 => self.int(),
            3 => Datum::Float(self.fraction(9) / 2.0),
            4 => Datum::Bytes(self.text().into_bytes()),
            5 | 6 => Datum::Str(self.text()),
            7 => Datum::Tuple((0..self.below(3)).map(|_| self.hashable(depth - 1)).collect()),
            _ => Datum::FrozenSet(self.members(depth)),
        }
    }

    fn int(&mut self) -> Datum {
        match self.below(4) {
            0 => Datum::int(*self.pick(&[0, 1, -1, 8, 9, 10, 60, 90, 1000, 2024, 0o777])),
            1 => Datum::int(self.next().cast_signed()),
            2 => Datum::Int(BigInt::from(self.next()).pow(1 + u32::try_from(self.below(20)).unwrap())),
            _ => Datum::int(self.between(-100_000, 100_000)),
        }
    }

    fn fraction(&mut self, bound: i32) -> f64 {
        let bound = i64::from(bound);
        i32::try_from(self.between(-bound, bound)).unwrap().into()
    }

    fn float(&mut self) -> f64 {
        const ODD: [f64; 12] = [
            0.0,
            -0.0,
            1.0,
            1e16,
            1e-7,
            1e300,
            5e-324,
            f64::MAX,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            123_456_789_012_345_680.0,
        ];
        match self.below(3) {
            0 => *self.pick(&ODD),
            1 => self.fraction(1000) / 8.0,
            _ => f64::from_bits(self.next()),
        }
    }

    fn moment(&mut self) -> Datum {
        let year = i16::try_from(self.between(1, 9998)).unwrap();
        let (month, day) = (self.small(1, 12), self.small(1, 28));
        let date = civil::date(year, month, day);
        // At noon or later: no zone of the table changes its clocks then.
        let hour = if self.chance(30) { 0 } else { self.small(12, 23) };
        let (minute, second) = if self.chance(40) { (0, 0) } else { (self.small(0, 59), self.small(0, 59)) };
        let micro = if self.chance(60) { 0 } else { i32::try_from(self.between(0, 999_999)).unwrap() };
        let time = civil::time(hour, minute, second, micro * 1000);
        match self.below(4) {
            0 => Datum::Date(date),
            1 => Datum::Time(time),
            2 => {
                let unit = *self.pick(&[1, 60, 3600, 43_200]);
                Datum::TimeDelta(TimeDelta {
                    days: if self.chance(50) { 0 } else { self.between(-999_999_999, 999_999_999) },
                    seconds: u32::try_from(self.between(0, 86_399) / unit * unit).unwrap(),
                    microseconds: u32::try_from(micro).unwrap(),
                })
            }
            _ => {
                let zone = match self.below(5) {
                    0 | 1 => None,
                    2 => Some(Zone::Utc),
                    3 => Some(Zone::Fixed(i32::try_from(self.between(-86_399, 86_399)).unwrap())),
                    _ => Some(Zone::Named(
                        (*self.pick(&["Europe/Amsterdam", "Asia/Tokyo", "America/New_York", "Etc/GMT+5"]))
                            .to_owned(),
                    )),
                };
                // Named zones only where every time zone database says the same.
                let year = if matches!(zone, Some(Zone::Named(_))) { 1990 + year % 30 } else { year };
                let hour = if matches!(zone, Some(Zone::Named(_))) { hour.max(12) } else { hour };
                let civil = civil::date(year, month, day).to_datetime(civil::time(
                    hour,
                    minute,
                    second,
                    micro * 1000,
                ));
                Datum::DateTime(DateTime { civil, zone })
            }
        }
    }

    fn small(&mut self, low: i8, high: i8) -> i8 {
        i8::try_from(self.between(low.into(), high.into())).unwrap()
    }

    fn named(&mut self) -> Datum {
        match self.below(3) {
            0 => {
                let (module, name) = *self.pick(&[
                    ("json", "dumps"),
                    ("os.path", "join"),
                    ("collections", "OrderedDict.fromkeys"),
                    ("datetime", "timezone.utc"),
                ]);
                let (module, name) = (Some(module.to_owned()), name.to_owned());
                Datum::Reference(Reference { module, name, span: None, captured: Vec::new() })
            }
            1 => Datum::Object(Box::new(TypedObject {
                path: "fractions.Fraction".to_owned(),
                args: vec![Datum::int(self.between(-99, 99))],
                kwargs: vec![("denominator".to_owned(), Datum::int(self.between(1, 99)))],
            })),
            _ => Datum::XCom(XCom {
                dag_id: "d".to_owned(),
                task_id: self.text(),
                key: "return_value".to_owned(),
            }),
        }
    }
}

/// The entries without those whose key Python would hold for one before it.
fn distinct<T>(entries: impl Iterator<Item = (Datum, T)>) -> Vec<(Datum, T)> {
    let mut kept: Vec<(Datum, T)> = Vec::new();
    for (key, value) in entries {
        let folded =
            matches!(&key, Datum::Str(key) if ["__and__", "__or__", "__join__"].contains(&key.as_str()));
        if !folded && kept.iter().all(|(other, _)| !equal(other, &key)) {
            kept.push((key, value));
        }
    }
    kept
}

/// Python's equality, for the hashable values that are made here.
fn equal(one: &Datum, other: &Datum) -> bool {
    let number = |datum: &Datum| match datum {
        Datum::Bool(truth) => Some(f64::from(u8::from(*truth))),
        Datum::Int(number) => number.to_string().parse().ok(),
        Datum::Float(float) => Some(*float),
        _ => None,
    };
    match (one, other) {
        (Datum::Tuple(one), Datum::Tuple(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Datum::FrozenSet(one), Datum::FrozenSet(other)) => {
            one.len() == other.len() && one.iter().all(|one| other.iter().any(|other| equal(one, other)))
        }
        _ => match (number(one), number(other)) {
            (Some(one), Some(other)) => one.partial_cmp(&other) == Some(Ordering::Equal),
            _ => one == other,
        },
    }
}
