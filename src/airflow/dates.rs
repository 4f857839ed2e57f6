//! `airflow.utils.dates` and `airflow.utils.timezone`: thin layers over the modelled `datetime` and `pendulum`.
//!
//! Dates themselves are modelled elsewhere; here they are only asked for, by import path.

use num_traits::Zero as _;

use crate::datum::CauseKind;
use crate::eval::{Presence, Read, Vm, What};
use crate::source::Span;
use crate::value::{Arg, Args, Eval, Module, ModuleKind, Native, Stop, Value};

/// A member of a modelled module, by path.
fn member(vm: &mut Vm, module: &str, name: &str) -> Eval<Value> {
    let library = std::rc::Rc::clone(&vm.library);
    if library.presence(module) == Presence::Modelled
        && let Some(value) = library.member(vm, module, name)?
    {
        return Ok(value);
    }
    vm.unknown(CauseKind::NotModelled, format!("`{module}.{name}` is not modelled"))
}

fn call(
    vm: &mut Vm,
    callee: &Value,
    span: Span,
    positional: Vec<Value>,
    named: Vec<(&str, Value)>,
) -> Eval<Value> {
    let mut args = Args::of("call", span, positional);
    args.named = named.into_iter().map(|(name, value)| (name.into(), Arg { value, span })).collect();
    vm.call(callee, args)
}

/// What `convert_to_utc` makes of a `start_date` or `end_date` that is no date with a time: an exception.
///
/// Source: 2.10.5 and 3.0.6.
pub fn check_instant(value: &Value) -> Eval<()> {
    match value {
        Value::Str(_) => Err(Stop::no_attribute(value, "utcoffset")),
        other => check_default(other).map_err(|_| Stop::no_attribute(value, "utcoffset")),
    }
}

/// The same among `default_args`, where text is read as a date.
pub fn check_default(value: &Value) -> Eval<()> {
    let is_wrong = match value {
        // Nothing is made of zero.
        Value::Int(number) => !number.is_zero(),
        Value::Float(number) => *number != 0.0,
        other => matches!(&*other.type_name(), "date" | "datetime.date"),
    };
    if is_wrong {
        return Err(Stop::type_error(format!("'{}' object is not an instance of 'str'", value.type_name())));
    }
    Ok(())
}

/// `airflow.utils.dates.days_ago(n, hour=0, minute=0, second=0, microsecond=0)`: midnight UTC of the day `n` days ago.
///
/// Source: 2.10.5.
pub static DAYS_AGO: Native = Native::new("days_ago", |vm, mut args| {
    let span = args.span;
    let days = args.expect("n")?;
    let clock: Vec<(&str, Value)> = ["hour", "minute", "second", "microsecond"]
        .into_iter()
        .map(|name| (name, args.take(name).unwrap_or_else(|| Value::int(0))))
        .collect();
    args.finish()?;
    vm.reads.insert(Read { what: What::Clock, span });
    let now = utc_now(vm, span)?;
    let replace = attr(vm, &now, "replace")?;
    let today = call(vm, &replace, span, Vec::new(), clock)?;
    let timedelta = member(vm, "datetime", "timedelta")?;
    let delta = call(vm, &timedelta, span, Vec::new(), vec![("days", days)])?;
    vm.binary(ruff_python_ast::Operator::Sub, &today, &delta)
});

fn attr(vm: &mut Vm, value: &Value, name: &str) -> Eval<Value> {
    vm.attr(value, name)
}

/// The present in UTC, as `timezone.utcnow()` gives it.
fn utc_now(vm: &mut Vm, span: Span) -> Eval<Value> {
    let class = member(vm, "datetime", "datetime")?;
    let zone = member(vm, "datetime", "timezone")?;
    let utc = attr(vm, &zone, "utc")?;
    let now = attr(vm, &class, "now")?;
    call(vm, &now, span, Vec::new(), vec![("tz", utc)])
}

/// `timezone.utcnow()`.
pub static UTCNOW: Native = Native::new("utcnow", |vm, args| {
    let span = args.span;
    vm.reads.insert(Read { what: What::Clock, span });
    utc_now(vm, span)
});

/// `timezone.datetime(…)`: an aware datetime in the default time zone, which is UTC.
pub static DATETIME: Native = Native::new("datetime", |vm, mut args| {
    let class = member(vm, "datetime", "datetime")?;
    if !args.named.iter().any(|(name, _)| &**name == "tzinfo") {
        let zone = member(vm, "datetime", "timezone")?;
        let utc = attr(vm, &zone, "utc")?;
        args.named.push(("tzinfo".into(), Arg { value: utc, span: args.span }));
    }
    vm.call(&class, args)
});

/// `timezone.utc`, `timezone.TIMEZONE` and `settings.TIMEZONE`.
pub fn utc(vm: &mut Vm) -> Eval<Value> {
    let zone = member(vm, "datetime", "timezone")?;
    attr(vm, &zone, "utc")
}

/// `datetime` and `timedelta` as `airflow.utils.dates` happens to hand them on.
pub fn plain(vm: &mut Vm, name: &str) -> Eval<Value> {
    member(vm, "datetime", name)
}

/// The module `airflow.utils.timezone`, which `airflow.utils.dates` imports.
pub fn zone_module(_vm: &mut Vm) -> Eval<Value> {
    let kind = ModuleKind::Library { stored: std::cell::RefCell::default() };
    Ok(Value::Module(std::rc::Rc::new(Module { name: "airflow.utils.timezone".into(), kind })))
}

/// `timezone.parse(text, timezone=None)`: `pendulum.parse`, in UTC unless another zone is named.
pub static PARSE: Native = Native::new("parse", |vm, args| {
    let parse = member(vm, "pendulum", "parse")?;
    vm.call(&parse, args)
});

/// `timezone.make_aware(value, timezone=None)`.
pub static MAKE_AWARE: Native = Native::new("make_aware", |vm, mut args| {
    let span = args.span;
    let value = args.expect("value")?;
    let zone = match args.take("timezone") {
        Some(zone) if !zone.is_none() => zone,
        _ => utc(vm)?,
    };
    let replace = attr(vm, &value, "replace")?;
    call(vm, &replace, span, Vec::new(), vec![("tzinfo", zone)])
});
