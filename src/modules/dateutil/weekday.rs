//! `MO` to `SU`, and which of them is meant: `FR(-1)`.

use std::rc::Rc;

use crate::datum::{Datum, TypedObject};
use crate::eval::{Collector, Vm};
use crate::value::{Args, Eval, Object, Stop, Type, Value};

/// A weekday; 0 for Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weekday {
    pub(super) day: i8,
    /// The how manieth; from the end where negative.
    pub(super) nth: Option<i64>,
}

const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

static WEEKDAY: Type = Type::new("dateutil._common", "weekday", |vm, _| {
    crate::modules::support::not_modelled(vm, "a call of `weekday` is not modelled")
});

pub(super) fn value(day: i8) -> Value {
    Value::object(Weekday { day, nth: None })
}

impl Weekday {
    fn name(self) -> &'static str {
        usize::try_from(self.day).ok().and_then(|day| NAMES.get(day)).copied().unwrap_or_default()
    }
}

impl Object for Weekday {
    fn class(&self) -> Option<&'static Type> {
        Some(&WEEKDAY)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "weekday" => Some(Value::int(self.day)),
            "n" => Some(self.nth.map_or(Value::None, Value::int)),
            _ => None,
        })
    }

    fn call(self: Rc<Self>, _vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let nth = args.expect("n")?;
        args.finish()?;
        let nth = if nth.is_none() { None } else { Some(crate::modules::datetime::int(nth)?) };
        if nth == Some(0) {
            return Err(Stop::value_error("Can't create weekday with n==0"));
        }
        Ok(Value::object(Weekday { day: self.day, nth }))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(Some(other.downcast::<Weekday>().is_some_and(|other| *other == *self)))
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("weekday {self:?}"))
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(match self.nth {
            None | Some(0) => self.name().into(),
            Some(nth) => format!("{}({nth:+})", self.name()).into(),
        })
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::Object(Box::new(TypedObject {
            path: format!("dateutil.relativedelta.{}", self.name()),
            args: vec![self.nth.map_or(Datum::Null, Datum::int)],
            kwargs: Vec::new(),
        }))
    }
}
