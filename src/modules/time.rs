//! `time`: the clock of the run, `sleep`, and `strftime` of the present. The local zone is taken to be UTC.
//!
//! Left out: `struct_time`, and clocks without a beginning, which differ from load to load.

use super::datetime::{Moment, now, strftime, text_arg};
use super::support::{nothing, volatile_row};
use super::{Member, ModuleTable};
use crate::value::{Native, Value};

/// The rows of the module.
pub static TIME: ModuleTable = ModuleTable {
    name: "time",
    members: &[
        volatile_row!("ctime", "the present as text differs from load to load"),
        volatile_row!("monotonic", "a clock without a beginning differs from load to load"),
        volatile_row!("monotonic_ns", "a clock without a beginning differs from load to load"),
        volatile_row!("perf_counter", "a clock without a beginning differs from load to load"),
        volatile_row!("perf_counter_ns", "a clock without a beginning differs from load to load"),
        volatile_row!("process_time", "a clock without a beginning differs from load to load"),
        ("sleep", Member::Function(nothing("sleep"))),
        (
            "strftime",
            Member::Function(Native::new("strftime", |vm, mut args| {
                let format = text_arg(&mut args, "format")?.unwrap_or_default();
                if args.take("t").is_some() {
                    return super::support::not_modelled(vm, "`strftime` of a `struct_time` is not modelled");
                }
                let civil = jiff::tz::TimeZone::UTC.to_datetime(now(vm));
                strftime::strftime(vm, &Moment::naive(civil), &format).map(Value::Str)
            })),
        ),
        (
            "time",
            Member::Function(Native::new("time", |vm, args| {
                args.finish()?;
                #[expect(clippy::cast_precision_loss, reason = "CPython's own clock is a float")]
                let micros = now(vm).as_microsecond() as f64;
                Ok(Value::Float(micros / 1e6))
            })),
        ),
        (
            "time_ns",
            Member::Function(Native::new("time_ns", |vm, args| {
                args.finish()?;
                Ok(Value::int(now(vm).as_nanosecond()))
            })),
        ),
    ],
};
