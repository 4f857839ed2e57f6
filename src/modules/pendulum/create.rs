//! Making a `pendulum.DateTime`: a wall-clock time put into a zone, times that do not exist moved as pendulum moves them.

use jiff::civil;
use jiff::tz::AmbiguousOffset;

use super::DATE_TIME;
use super::zone::{safe, utc};
use crate::eval::Vm;
use crate::modules::datetime::zone::rules;
use crate::modules::datetime::{Moment, ZoneObject, date, int_arg, need_int, time};
use crate::modules::support::{done, named_flag};
use crate::value::{Args, Eval, Value};

/// A `DateTime` of these parts as they are.
pub(super) fn moment(civil: civil::DateTime, zone: Option<ZoneObject>, fold: bool) -> Moment {
    Moment { civil, zone, fold, class: &DATE_TIME }
}

/// `DateTime.create` with a zone at hand. In a gap the time is moved by its width: forward with `fold`, which is pendulum's
/// default, else backward.
///
/// Source: `Timezone.convert` of pendulum 3.
pub(crate) fn create(civil: civil::DateTime, zone: Option<ZoneObject>, fold: bool) -> Eval<Moment> {
    let Some(zone) = zone else { return Ok(moment(civil, None, fold)) };
    let mut civil = civil;
    if zone.class.name == "FixedTimezone" {
        return Ok(moment(civil, Some(zone), false));
    }
    if let AmbiguousOffset::Gap { before, after } = rules(&zone.zone)?.to_ambiguous_timestamp(civil).offset()
    {
        let width = i128::from(after.seconds() - before.seconds()) * 1_000_000;
        let moved = Moment::naive(civil).shifted(if fold { width } else { -width })?;
        civil = moved.civil;
    }
    Ok(moment(civil, Some(zone), fold))
}

/// The same moment with another wall-clock time, as `DateTime.set` makes it.
pub(super) fn set(this: &Moment, civil: civil::DateTime) -> Eval<Moment> {
    create(civil, this.zone.clone(), this.fold)
}

/// The arguments `year` to `microsecond`.
fn parts(args: &mut Args) -> Eval<civil::DateTime> {
    let (year, month, day) = (need_int(args, "year")?, need_int(args, "month")?, need_int(args, "day")?);
    let clock = time::clock(args)?;
    Ok(date::checked(year, month, day)?.to_datetime(clock))
}

/// `pendulum.datetime(…, tz=UTC, fold=1)`.
pub(super) fn datetime(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let civil = parts(&mut args)?;
    let zone = match args.take("tz") {
        None => Some(utc()),
        Some(Value::None) => None,
        Some(zone) => Some(safe(vm, &zone)?),
    };
    let fold = int_arg(&mut args, "fold")?.unwrap_or(1) != 0;
    if named_flag(vm, &mut args, "raise_on_unknown_times", false)? {
        return crate::modules::support::not_modelled(vm, "`raise_on_unknown_times` is not modelled");
    }
    done(vm, args)?;
    create(civil, zone, fold).map(Value::object)
}

/// `pendulum.local(…)`.
pub(super) fn local(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let civil = parts(&mut args)?;
    done(vm, args)?;
    create(civil, Some(utc()), true).map(Value::object)
}

/// `pendulum.naive(…)`.
pub(super) fn naive(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let civil = parts(&mut args)?;
    let fold = int_arg(&mut args, "fold")?.unwrap_or(1) != 0;
    done(vm, args)?;
    Ok(Value::object(moment(civil, None, fold)))
}
