//! Adding to a `pendulum.DateTime`: years to days by the calendar, hours and below by the clock of UTC.

use jiff::civil;

use super::create::create;
use super::duration::duration_of;
use crate::eval::Vm;
use crate::modules::datetime::delta::delta_of;
use crate::modules::datetime::moment::at;
use crate::modules::datetime::{Moment, date, int_arg};
use crate::modules::support::not_modelled;
use crate::value::{Args, Eval, Value};

/// What is added.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shift {
    pub(super) years: i64,
    pub(super) months: i64,
    pub(super) days: i64,
    /// Hours and below.
    pub(super) microseconds: i128,
    /// Whether years, months, weeks or days were written, even where they cancel out.
    pub(super) by_calendar: bool,
}

impl Shift {
    /// The arguments of `add` and `subtract`.
    pub(super) fn of_args(args: &mut Args, sign: i64) -> Eval<Self> {
        let mut part = |name: &str| int_arg(args, name).map(|part| part.unwrap_or(0).saturating_mul(sign));
        let (years, months, weeks, days) = (part("years")?, part("months")?, part("weeks")?, part("days")?);
        let (hours, minutes) = (part("hours")?, part("minutes")?);
        let seconds = match args.take("seconds") {
            None => 0,
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_precision_loss,
                reason = "out of range ends in an error"
            )]
            Some(Value::Float(seconds)) => (seconds * 1e6 * sign as f64).round_ties_even() as i128,
            Some(value) => i128::from(crate::modules::datetime::int(value)?) * 1_000_000 * i128::from(sign),
        };
        let micros = int_arg(args, "microseconds")?.unwrap_or(0).saturating_mul(sign);
        let minutes = i128::from(hours) * 60 + i128::from(minutes);
        Ok(Self {
            years,
            months,
            days: weeks.saturating_mul(7).saturating_add(days),
            microseconds: minutes * 60_000_000 + seconds + i128::from(micros),
            by_calendar: [years, months, weeks, days].iter().any(|part| *part != 0),
        })
    }

    /// The moment moved by this.
    ///
    /// Source: `DateTime.add` and `add_duration` of pendulum 3.
    pub(super) fn apply(self, vm: &Vm, this: &Moment) -> Eval<Moment> {
        let by_calendar = self.by_calendar || self.years != 0 || self.months != 0 || self.days != 0;
        let pendulums = this.zone.as_ref().filter(|zone| zone.class.module == "pendulum");
        if pendulums.is_none() && this.zone.is_some() {
            return not_modelled(
                vm,
                "arithmetic on a pendulum datetime with another library's zone is not modelled",
            );
        }
        if let (false, Some(zone)) = (by_calendar, pendulums) {
            let utc = Moment::naive(jiff::tz::TimeZone::UTC.to_datetime(this.instant()?));
            let moved = utc.shifted(self.microseconds)?;
            return at(moved.instant()?, Some(zone.clone()), this.class);
        }
        let months = i64::from(this.civil.month()) - 1 + self.months % 12;
        let year = i64::from(this.civil.year()) + self.years + self.months / 12 + months.div_euclid(12);
        let month = months.rem_euclid(12) + 1;
        let first = date::checked(year, month, 1)?;
        let day = i64::from(this.civil.day().min(first.days_in_month()));
        let date: civil::Date = date::checked(year, month, day)?;
        let length = i128::from(self.days) * 86_400_000_000 + self.microseconds;
        let moved = Moment::naive(date.to_datetime(this.civil.time())).shifted(length)?;
        create(moved.civil, pendulums.cloned(), true)
    }
}

/// `DateTime + delta`, `DateTime - delta`.
pub(crate) fn by_delta(vm: &mut Vm, this: &Moment, delta: &Value, sign: i64) -> Eval<Option<Value>> {
    let shift = match (duration_of(delta), delta_of(delta)) {
        (Some(duration), _) => {
            let (years, months) = (duration.years.saturating_mul(sign), duration.months.saturating_mul(sign));
            // Adding goes by the parts as written, subtracting by the length.
            let by_calendar = sign > 0 && duration.by_days;
            let microseconds = duration.rest() * i128::from(sign);
            Shift { years, months, days: 0, microseconds, by_calendar }
        }
        (None, Some(delta)) => {
            Shift { microseconds: delta.microseconds() * i128::from(sign), ..Shift::default() }
        }
        (None, None) => return Ok(None),
    };
    shift.apply(vm, this).map(|moment| Some(Value::object(moment)))
}
