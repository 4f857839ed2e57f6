//! `datetime`: `date`, `datetime`, `time`, `timedelta`, `timezone`, with their arithmetic, comparison, formatting and parsing.
//!
//! Left out: `tzinfo` subclasses of the user's, `timetuple` and what needs the local zone of the machine; the local zone is taken
//! to be UTC, as on Airflow's images, and reading the clock is noted.

use num_traits::ToPrimitive;

use super::{Member, ModuleTable};
use crate::eval::{Vm, What};
use crate::value::{Args, Eval, Stop, Type, Value};

pub mod date;
pub mod delta;
pub mod moment;
pub mod strftime;
pub mod strptime;
pub mod time;
pub mod zone;

pub use date::Date;
pub use delta::Delta;
pub use moment::Moment;
pub use time::Time;
pub use zone::{ZoneObject, zone_of};

/// The rows of the module.
pub static DATETIME: ModuleTable = ModuleTable {
    name: "datetime",
    members: &[
        ("MAXYEAR", Member::Constant(|| Value::int(9999))),
        ("MINYEAR", Member::Constant(|| Value::int(1))),
        ("UTC", Member::Constant(zone::utc)),
        ("date", Member::Class(&date::DATE)),
        ("datetime", Member::Class(&moment::DATETIME)),
        ("time", Member::Class(&time::TIME)),
        ("timedelta", Member::Class(&delta::TIMEDELTA)),
        ("timezone", Member::Class(&zone::TIMEZONE)),
        ("tzinfo", Member::Class(&zone::TZINFO)),
    ],
};

/// The instant of the run, as the clock shows it. Notes that it was read.
pub(crate) fn now(vm: &mut Vm) -> jiff::Timestamp {
    vm.note_read(What::Clock);
    vm.world.now
}

/// The next argument as a whole number; `None` where it is absent.
pub(crate) fn int_arg(args: &mut Args, name: &str) -> Eval<Option<i64>> {
    args.take(name).map(int).transpose()
}

/// As `int_arg`, for an argument that must be there.
pub(crate) fn need_int(args: &mut Args, name: &str) -> Eval<i64> {
    int(args.expect(name)?)
}

/// A whole number.
pub(crate) fn int(value: Value) -> Eval<i64> {
    match value.known()? {
        Value::Int(number) => number.to_i64().ok_or_else(|| {
            Stop::raise(&crate::value::exception::OVERFLOW_ERROR, "Python int too large to convert to C int")
        }),
        Value::Bool(flag) => Ok(i64::from(flag)),
        other => Err(Stop::type_error(format!(
            "'{}' object cannot be interpreted as an integer",
            other.type_name()
        ))),
    }
}

/// The next argument as text; `None` where it is absent.
pub(crate) fn text_arg(args: &mut Args, name: &str) -> Eval<Option<std::rc::Rc<str>>> {
    let Some(value) = args.take(name) else { return Ok(None) };
    match value.known()? {
        Value::Str(text) => Ok(Some(text)),
        other => Err(Stop::type_error(format!("argument must be str, not {}", other.type_name()))),
    }
}

/// Whether the receiver's class is wanted: the `TypeError` for a method called on something else.
pub(crate) fn wrong_receiver(class: &Type) -> Stop {
    Stop::type_error(format!("descriptor requires a '{}' object", class.path()))
}
