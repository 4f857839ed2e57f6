//! Floats as text: the shortest text that reads back, fixed and scientific notation, and text to float.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Sign, digits and the power of ten of the first digit: `-1.5e3` is `(true, "15", 3)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digits {
    /// Whether there is a minus sign; also that of minus zero.
    pub negative: bool,
    /// The significant digits, at least one.
    pub digits: String,
    /// The power of ten of the first digit.
    pub exponent: i32,
}

/// The fewest digits that read back as the same finite float.
pub fn shortest(float: f64) -> Digits {
    let shortest = split(&format!("{float:e}"));
    // Of two equally near texts of that length CPython takes the one with an even last digit.
    let places = shortest.digits.len() - 1;
    let nearest = format!("{float:.places$e}");
    if nearest.parse() == Ok(float) { split(&nearest) } else { shortest }
}

/// `precision` digits after the first, correctly rounded.
pub fn scientific(float: f64, precision: usize) -> Digits {
    split(&format!("{float:.precision$e}"))
}

fn split(text: &str) -> Digits {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let negative = mantissa.starts_with('-');
    let digits = mantissa.chars().filter(char::is_ascii_digit).collect();
    Digits { negative, digits, exponent: exponent.parse().unwrap_or(0) }
}

/// `repr(float)`.
pub fn repr(float: f64) -> String {
    if float.is_nan() {
        return "nan".to_owned();
    }
    if float.is_infinite() {
        return if float > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let parts = shortest(float);
    let sign = if parts.negative { "-" } else { "" };
    if (-4..16).contains(&parts.exponent) {
        return format!("{sign}{}", fixed_digits(&parts, true));
    }
    format!("{sign}{}", exponent_digits(&parts, 'e', false))
}

/// The digits around a decimal point, without the sign; with `.0` where there is no fraction if `dot_zero`.
pub fn fixed_digits(parts: &Digits, dot_zero: bool) -> String {
    let digits = &parts.digits;
    let Ok(whole) = usize::try_from(parts.exponent + 1) else {
        let zeros = usize::try_from(-parts.exponent - 1).unwrap_or(0);
        return format!("0.{}{digits}", "0".repeat(zeros));
    };
    if whole == 0 {
        return format!("0.{digits}");
    }
    if digits.len() <= whole {
        let tail = if dot_zero { ".0" } else { "" };
        return format!("{digits}{}{tail}", "0".repeat(whole - digits.len()));
    }
    format!("{}.{}", &digits[..whole], &digits[whole..])
}

/// The digits in scientific notation, without the sign; `mark` is `e` or `E`.
pub fn exponent_digits(parts: &Digits, mark: char, dot: bool) -> String {
    let (first, rest) = parts.digits.split_at(1);
    let dot = if rest.is_empty() && !dot { "" } else { "." };
    let sign = if parts.exponent < 0 { '-' } else { '+' };
    format!("{first}{dot}{rest}{mark}{sign}{:02}", parts.exponent.abs())
}

/// Text to float, as `float(text)` reads it: underscores between digits, `inf` and `nan` in any case.
pub fn parse(text: &str) -> Option<f64> {
    let text = super::unicode::ascii_digits(text);
    let text = super::unicode::strip_number(&text);
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    match bare.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Some(f64::INFINITY * sign),
        "nan" => return Some(f64::NAN),
        _ => {}
    }
    let bytes = bare.as_bytes();
    let valid = bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'_' => at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-' => true,
        _ => false,
    });
    if !valid || !bytes.iter().any(u8::is_ascii_digit) || bare.starts_with(['+', '-', 'e', 'E']) {
        return None;
    }
    bare.replace('_', "").parse::<f64>().ok().map(|float| float * sign)
}

/// The exact value of a finite float as a fraction with a power of two below.
pub fn ratio(float: f64) -> (BigInt, BigInt) {
    let bits = float.to_bits();
    let exponent = i64::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, power) =
        if exponent == 0 { (fraction, -1074) } else { (fraction | (1 << 52), exponent - 1075) };
    let mut mantissa = BigInt::from(mantissa);
    if float.is_sign_negative() {
        mantissa = -mantissa;
    }
    let shift = power.unsigned_abs();
    if power >= 0 {
        return (mantissa << shift, BigInt::one());
    }
    let denominator = BigInt::one() << shift;
    let divisor = mantissa.gcd(&denominator);
    if divisor.is_zero() {
        return (BigInt::zero(), BigInt::one());
    }
    (mantissa / &divisor, denominator / divisor)
}

/// `left / right` of whole numbers, correctly rounded; infinite where the quotient is too large. `right` is not zero.
pub fn divide(left: &BigInt, right: &BigInt) -> f64 {
    let sign = if left.is_negative() == right.is_negative() { 1.0 } else { -1.0 };
    let (left, right) = (left.magnitude(), right.magnitude());
    if left.is_zero() {
        return 0.0 * sign;
    }
    let signed = |bits: u64| i64::try_from(bits).unwrap_or(i64::MAX);
    // The quotient gets 66 or 67 bits, the lowest of which says whether anything was lost.
    let shift = 66 - (signed(left.bits()) - signed(right.bits()));
    if shift > 1_300 {
        return 0.0 * sign;
    }
    if shift < -1_100 {
        return f64::INFINITY * sign;
    }
    let (quotient, rest) = if shift >= 0 {
        (left << shift.unsigned_abs()).div_rem(right)
    } else {
        left.div_rem(&(right << shift.unsigned_abs()))
    };
    let mut quotient = quotient.to_u128().unwrap_or(u128::MAX);
    if !rest.is_zero() {
        quotient |= 1;
    }
    sign * scale(quotient, -shift)
}

/// `number * 2**power`, rounded half to even; the lowest bit of `number` may stand for all that is below it.
fn scale(number: u128, power: i64) -> f64 {
    let bits = 128 - i64::from(number.leading_zeros());
    // The lowest bit that a float of this size has.
    let lowest = (bits + power - 53).max(-1074);
    let drop = lowest - power;
    let (mut kept, lowest) = match u32::try_from(drop) {
        Ok(0) | Err(_) => (number, power),
        Ok(drop) if drop >= 128 => (0, lowest),
        Ok(drop) => {
            let kept = number >> drop;
            let rest = number & ((1 << drop) - 1);
            let half = 1 << (drop - 1);
            let up = rest > half || rest == half && kept & 1 == 1;
            (kept + u128::from(up), lowest)
        }
    };
    let mut power = lowest;
    while kept > u128::from(u64::MAX) {
        kept >>= 1;
        power += 1;
    }
    // At most 54 bits are left, so the conversion is exact; the power is applied in two exact steps.
    let float = u64::try_from(kept).unwrap_or(0).to_f64().unwrap_or(0.0);
    let power = i32::try_from(power.clamp(-1_100, 1_100)).unwrap_or(0);
    if power < -1_000 {
        return float * 2f64.powi(power + 100) * 2f64.powi(-100);
    }
    if power > 1_000 {
        return float * 2f64.powi(1_000) * 2f64.powi(power - 1_000);
    }
    float * 2f64.powi(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_is_pythons() {
        for (float, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (123_456.789, "123456.789"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (1e22, "1e+22"),
            (1.797_693_134_862_315_7e308, "1.7976931348623157e+308"),
            (5e-324, "5e-324"),
            (0.1 + 0.2, "0.30000000000000004"),
            // Half way between two texts of 17 digits.
            (2f64.powi(-25), "2.9802322387695312e-08"),
        ] {
            assert_eq!(repr(float), text);
        }
    }

    #[test]
    fn division_is_correctly_rounded() {
        for (a, b) in [(1u64, 3u64), (2, 3), (10, 7), (1 << 60, 3), (7, 1 << 50), (u64::MAX, u64::MAX - 1)] {
            let exact = divide(&BigInt::from(a), &BigInt::from(b));
            if a < 1 << 53 && b < 1 << 53 {
                #[expect(clippy::cast_precision_loss, reason = "both are exact below 2**53")]
                let expected = a as f64 / b as f64;
                assert_eq!(exact.to_bits(), expected.to_bits());
            }
        }
        let tiny = divide(&BigInt::one(), &(BigInt::one() << 1074u32));
        assert_eq!(tiny.to_bits(), 1);
        let half = divide(&BigInt::one(), &(BigInt::one() << 1075u32));
        assert_eq!(half.to_bits(), 0);
        assert!(divide(&(BigInt::one() << 1024u32), &BigInt::one()).is_infinite());
    }
}
