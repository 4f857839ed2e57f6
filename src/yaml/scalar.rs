//! Scalars that are no text, both ways: numbers as PyYAML reads and this program writes them, timestamps, base64.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use num_bigint::BigInt;
use num_traits::{Num, Zero};

use crate::datum::{DateTime, Datum, Zone};

/// The digits that CPython's `int` takes at most, in decimal, from 3.11 on (`sys.int_info.default_max_str_digits`).
pub(super) const MAX_DIGITS: usize = 4300;

/// A float as PyYAML reads it: with a dot, and where there is an exponent, with a sign in it.
pub(super) fn float_text(float: f64) -> String {
    if float.is_nan() {
        return ".nan".to_owned();
    }
    if float.is_infinite() {
        return if float > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let shortest = format!("{float:?}");
    let Some((mantissa, exponent)) = shortest.split_once('e') else {
        return shortest;
    };
    let dot = if mantissa.contains('.') { "" } else { ".0" };
    let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
    format!("{mantissa}{dot}e{sign}{digits:0>2}")
}

/// `SafeConstructor.construct_yaml_int`; `None` where it raises.
pub(super) fn int(text: &str) -> Option<BigInt> {
    let text = text.replace('_', "");
    let (negative, digits) = sign(&text);
    let number = if let Some(digits) = digits.strip_prefix("0b") {
        BigInt::from_str_radix(digits, 2).ok()?
    } else if let Some(digits) = digits.strip_prefix("0x") {
        BigInt::from_str_radix(digits, 16).ok()?
    } else if digits.starts_with('0') {
        BigInt::from_str_radix(digits, 8).ok()?
    } else {
        digits.split(':').try_fold(BigInt::zero(), |sum, part| Some(sum * 60 + decimal(part)?))?
    };
    Some(if negative { -number } else { number })
}

fn decimal(digits: &str) -> Option<BigInt> {
    if digits.len() > MAX_DIGITS || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    BigInt::from_str_radix(digits, 10).ok()
}

/// `SafeConstructor.construct_yaml_float`; `None` where it raises.
pub(super) fn float(text: &str) -> Option<f64> {
    let text = text.replace('_', "").to_ascii_lowercase();
    let (negative, digits) = sign(&text);
    let number = match digits {
        ".inf" => f64::INFINITY,
        ".nan" => return Some(f64::NAN),
        _ => {
            digits
                .split(':')
                .rev()
                .try_fold((0.0, 1.0), |(sum, base), part| {
                    let part: f64 = part.parse().ok()?;
                    Some((sum + part * base, base * 60.0))
                })?
                .0
        }
    };
    Some(if negative { -number } else { number })
}

fn sign(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        Some(_) | None => (false, text),
    }
}

/// `SafeConstructor.construct_yaml_timestamp` for a text that resolves to one; `None` where it raises.
pub(super) fn timestamp(text: &str) -> Option<Datum> {
    let (day, rest) = match text.find(['T', 't', ' ', '\t']) {
        Some(end) => (&text[..end], text[end + 1..].trim_start_matches([' ', '\t'])),
        None => (text, ""),
    };
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok().filter(|&year| year >= 1)?;
    let date = jiff::civil::Date::new(year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?).ok()?;
    if rest.is_empty() {
        return Some(Datum::Date(date));
    }
    let clock_end =
        rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(rest.len());
    let (clock, zone) = (&rest[..clock_end], rest[clock_end..].trim_start_matches([' ', '\t']));
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.splitn(3, ':');
    let time = jiff::civil::Time::new(
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        microseconds(fraction)? * 1000,
    );
    Some(Datum::DateTime(DateTime {
        civil: date.to_datetime(time.ok()?),
        zone: if zone.is_empty() { None } else { Some(zone_of(zone)?) },
    }))
}

fn microseconds(fraction: &str) -> Option<i32> {
    let digits: String = fraction.chars().chain("000000".chars()).take(6).collect();
    digits.parse().ok()
}

/// The zone at the end of a timestamp; `None` where Python's `timezone` raises.
fn zone_of(text: &str) -> Option<Zone> {
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => (-1, &text[1..]),
        Some(b'+') => (1, &text[1..]),
        Some(_) | None => return Some(Zone::Utc),
    };
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let seconds = sign * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60);
    match seconds {
        0 => Some(Zone::Utc),
        -86_399..=86_399 => Some(Zone::Fixed(seconds)),
        _ => None,
    }
}

/// Bytes as base64, on one line.
pub(super) fn base64_text(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// `base64.decodebytes`, which skips what is not of the alphabet; `None` where it raises.
pub(super) fn base64_bytes(text: &str) -> Option<Vec<u8>> {
    const ENGINE: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
    );
    let digits: String =
        text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')).collect();
    ENGINE.decode(digits).ok()
}

#[cfg(test)]
mod tests {
    use super::{base64_bytes, base64_text, float, float_text, int, timestamp};
    use num_bigint::BigInt;

    use crate::yaml::Tag;
    use crate::yaml::resolve::resolve;

    #[test]
    fn floats_are_written_as_pyyaml_reads_them() {
        let rows = [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1e16, "1.0e+16"),
            (1e300, "1.0e+300"),
            (1.5e-7, "1.5e-07"),
            (5e-324, "5.0e-324"),
            (123_456_789.125, "123456789.125"),
            (f64::INFINITY, ".inf"),
            (f64::NEG_INFINITY, "-.inf"),
            (f64::NAN, ".nan"),
        ];
        for (number, text) in rows {
            assert_eq!(float_text(number), text);
            assert_eq!(resolve(text), Tag::Float);
            assert_eq!(float(text).map(f64::to_bits), Some(number.to_bits()), "{text}");
        }
    }

    #[test]
    fn ints_and_floats_are_read_as_pyyaml_reads_them() {
        let rows = [
            ("1_000", 1000),
            ("0777", 511),
            ("012", 10),
            ("0x1F", 31),
            ("-0b101", -5),
            ("+1", 1),
            ("1_", 1),
            ("0_", 0),
            ("-0", 0),
            ("1:30", 90),
            ("12:30:45", 45045),
            ("-1:30", -90),
        ];
        for (text, number) in rows {
            assert_eq!(int(text), Some(BigInt::from(number)), "{text}");
        }
        assert_eq!((int("0b_"), int("0x_"), int(&"9".repeat(4301))), (None, None, None));
        assert_eq!(
            (float("1:30.5"), float("1_0.5"), float("5."), float("+.inf")),
            (Some(90.5), Some(10.5), Some(5.0), Some(f64::INFINITY))
        );
    }

    #[test]
    fn impossible_dates_are_errors_as_in_python() {
        for text in ["2024-13-45", "2024-02-30", "0000-01-01", "2024-01-01 24:00:00", "2024-01-01 00:00:60"] {
            assert_eq!(resolve(text), Tag::Timestamp);
            assert_eq!(timestamp(text), None, "{text}");
        }
        assert_eq!(timestamp("2024-01-01 00:00:00 +24:00"), None);
        assert!(timestamp("2024-1-1\t 1:02:03.1234567 -01:30").is_some());
    }

    #[test]
    fn base64_is_read_as_python_reads_it() {
        assert_eq!(base64_bytes(&base64_text(b"\x00\xff$HOME")), Some(b"\x00\xff$HOME".to_vec()));
        assert_eq!(base64_bytes("aGVs\n bG8="), Some(b"hello".to_vec()));
        assert_eq!(base64_bytes("aGVsbG8"), None);
    }
}
