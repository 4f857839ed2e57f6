//! `math`, and `ast.literal_eval`.
//!
//! Left out: what differs in the last digit between machines (`sin`, `exp`, `gamma`, …); `sqrt` and rounding do not.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::support::not_modelled;
use super::{Member, ModuleTable};
use crate::eval::Vm;
use crate::value::{Args, Eval, Native, Stop, Value};

/// The rows of `math`.
pub static MATH: ModuleTable = ModuleTable {
    name: "math",
    members: &[
        ("ceil", Member::Function(Native::new("ceil", |vm, args| whole(vm, args, f64::ceil)))),
        (
            "comb",
            Member::Function(Native::new("comb", |vm, mut args| {
                let (n, k) = (args.need()?, args.need()?);
                args.finish()?;
                let (n, k) = (vm.index(&n)?, vm.index(&k)?);
                if n.is_negative() || k.is_negative() {
                    return Err(Stop::value_error("n must be a non-negative integer"));
                }
                product(vm, &n, &k, true)
            })),
        ),
        (
            "copysign",
            Member::Function(Native::new("copysign", |vm, mut args| {
                let (x, y) = (float(vm, &mut args)?, float(vm, &mut args)?);
                args.finish()?;
                Ok(Value::Float(x.copysign(y)))
            })),
        ),
        ("e", Member::Constant(|| Value::Float(std::f64::consts::E))),
        (
            "fabs",
            Member::Function(Native::new("fabs", |vm, mut args| {
                let x = float(vm, &mut args)?;
                args.finish()?;
                Ok(Value::Float(x.abs()))
            })),
        ),
        (
            "factorial",
            Member::Function(Native::new("factorial", |vm, mut args| {
                let n = args.need()?;
                args.finish()?;
                let n = vm.index(&n)?;
                if n.is_negative() {
                    return Err(Stop::value_error("factorial() not defined for negative values"));
                }
                product(vm, &n, &n, false)
            })),
        ),
        ("floor", Member::Function(Native::new("floor", |vm, args| whole(vm, args, f64::floor)))),
        (
            "gcd",
            Member::Function(Native::new("gcd", |vm, mut args| {
                let mut found = BigInt::zero();
                while let Some(number) = args.pop() {
                    found = found.gcd(&vm.index(&number)?);
                }
                args.finish()?;
                Ok(Value::int(found))
            })),
        ),
        ("inf", Member::Constant(|| Value::Float(f64::INFINITY))),
        ("isclose", Member::Function(Native::new("isclose", isclose))),
        ("isfinite", Member::Function(Native::new("isfinite", |vm, args| is(vm, args, f64::is_finite)))),
        ("isinf", Member::Function(Native::new("isinf", |vm, args| is(vm, args, f64::is_infinite)))),
        ("isnan", Member::Function(Native::new("isnan", |vm, args| is(vm, args, f64::is_nan)))),
        (
            "isqrt",
            Member::Function(Native::new("isqrt", |vm, mut args| {
                let n = args.need()?;
                args.finish()?;
                let n = vm.index(&n)?;
                if n.is_negative() {
                    return Err(Stop::value_error("isqrt() argument must be nonnegative"));
                }
                Ok(Value::int(n.sqrt()))
            })),
        ),
        (
            "lcm",
            Member::Function(Native::new("lcm", |vm, mut args| {
                let mut found = BigInt::one();
                while let Some(number) = args.pop() {
                    found = found.lcm(&vm.index(&number)?);
                    vm.check_bits(found.bits())?;
                }
                args.finish()?;
                Ok(Value::int(found))
            })),
        ),
        ("nan", Member::Constant(|| Value::Float(f64::NAN))),
        (
            "perm",
            Member::Function(Native::new("perm", |vm, mut args| {
                let n = args.need()?;
                let k = args.pop().filter(|k| !k.is_none()).unwrap_or_else(|| n.clone());
                args.finish()?;
                let (n, k) = (vm.index(&n)?, vm.index(&k)?);
                if n.is_negative() || k.is_negative() {
                    return Err(Stop::value_error("n must be a non-negative integer"));
                }
                product(vm, &n, &k, false)
            })),
        ),
        ("pi", Member::Constant(|| Value::Float(std::f64::consts::PI))),
        (
            "prod",
            Member::Function(Native::new("prod", |vm, mut args| {
                let source = args.need()?;
                let mut found = args.named("start").unwrap_or_else(|| Value::int(1));
                args.finish()?;
                for item in vm.iterate(&source)? {
                    found = vm.binary(ruff_python_ast::Operator::Mult, &found, &item)?;
                }
                Ok(found)
            })),
        ),
        (
            "sqrt",
            Member::Function(Native::new("sqrt", |vm, mut args| {
                let x = float(vm, &mut args)?;
                args.finish()?;
                if x < 0.0 {
                    return Err(Stop::value_error("math domain error"));
                }
                Ok(Value::Float(x.sqrt()))
            })),
        ),
        ("tau", Member::Constant(|| Value::Float(std::f64::consts::TAU))),
        ("trunc", Member::Function(Native::new("trunc", |vm, args| whole(vm, args, f64::trunc)))),
    ],
};

/// The rows of `ast`.
pub static AST: ModuleTable = ModuleTable {
    name: "ast",
    members: &[(
        "literal_eval",
        Member::Function(Native::new("literal_eval", |vm, mut args| {
            let source = args.expect("node_or_string")?;
            args.finish()?;
            match source.text() {
                Some(text) => vm.eval_literal(&text),
                None => not_modelled(vm, "`literal_eval` of something that is no text is not modelled"),
            }
        })),
    )],
};

fn float(vm: &mut Vm, args: &mut Args) -> Eval<f64> {
    let value = args.need()?;
    match vm.as_float(&value)? {
        Some(float) => Ok(float),
        None if matches!(value, Value::Object(_) | Value::Instance(_)) => {
            not_modelled(vm, format!("a `{}` as a float is not modelled", value.type_name()))
        }
        None => Err(Stop::type_error(format!("must be real number, not {}", value.type_name()))),
    }
}

fn is(vm: &mut Vm, mut args: Args, test: fn(f64) -> bool) -> Eval<Value> {
    let x = float(vm, &mut args)?;
    args.finish()?;
    Ok(Value::Bool(test(x)))
}

fn whole(vm: &mut Vm, mut args: Args, round: fn(f64) -> f64) -> Eval<Value> {
    if let Some(number) = args.positional.front().and_then(|arg| arg.value.as_int()) {
        return Ok(Value::Int(number));
    }
    let x = float(vm, &mut args)?;
    args.finish()?;
    vm.float_to_int(round(x)).map(Value::int)
}

/// `n * (n - 1) * …`, `k` factors; divided by the product of `1` to `k` where `divided`.
fn product(vm: &mut Vm, n: &BigInt, k: &BigInt, divided: bool) -> Eval<Value> {
    if k > n {
        return Ok(Value::int(0));
    }
    let k = if divided { k.min(&(n - k)).clone() } else { k.clone() };
    let (mut found, mut at) = (BigInt::one(), BigInt::zero());
    while at < k {
        found *= n - &at;
        at += 1;
        if divided {
            found /= &at;
        }
        vm.check_bits(found.bits())?;
        vm.spend(1)?;
    }
    Ok(Value::int(found))
}

fn isclose(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let (a, b) = (float(vm, &mut args)?, float(vm, &mut args)?);
    let mut tolerance = |name: &str, default: f64| match args.named(name) {
        Some(value) => vm.as_float(&value).map(|value| value.unwrap_or(default)),
        None => Ok(default),
    };
    let (relative, absolute) = (tolerance("rel_tol", 1e-9)?, tolerance("abs_tol", 0.0)?);
    args.finish()?;
    #[expect(clippy::float_cmp, reason = "CPython's own first test")]
    let same = a == b;
    let distance = (a - b).abs();
    let close = distance <= (relative * b).abs() || distance <= (relative * a).abs() || distance <= absolute;
    Ok(Value::Bool(same || a.is_finite() && b.is_finite() && close))
}
