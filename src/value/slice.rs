//! `slice` objects, and the positions that a slice picks out of a sequence.

use std::rc::Rc;

use num_bigint::BigInt;

use super::convert::clamp;
use super::{Eval, Native, Object, Stop, Type, Value};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};

/// A `slice`.
#[derive(Debug, Clone, Default)]
pub struct Slice {
    /// The lower bound, or `None`.
    pub start: Value,
    /// The upper bound, or `None`.
    pub stop: Value,
    /// The step, or `None`.
    pub step: Value,
}

/// The class `slice`.
pub static SLICE: Type = Type {
    methods: &[Native::new("indices", |vm, mut args| {
        let (slice, len) = (args.need()?, args.need()?);
        let len = vm.position(&len)?;
        let Ok(len) = usize::try_from(len) else {
            return Err(Stop::value_error("length should not be negative"));
        };
        match slice.downcast::<Slice>() {
            Some(slice) => {
                let (start, stop, step) = slice.bounds(vm, len)?;
                Ok(Value::tuple(vec![Value::int(start), Value::int(stop), Value::int(step)]))
            }
            None => Err(Stop::type_error("descriptor 'indices' requires a 'slice' object")),
        }
    })],
    ..Type::new("builtins", "slice", |_, mut args| {
        let first = args.need()?;
        let slice = match args.pop() {
            None => Slice { start: Value::None, stop: first, step: Value::None },
            Some(stop) => Slice { start: first, stop, step: args.pop().unwrap_or_default() },
        };
        args.finish()?;
        Ok(Value::object(slice))
    })
};

/// The positions that a slice picks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picks {
    /// The first position.
    pub start: usize,
    /// The distance from one to the next, never zero.
    pub step: isize,
    /// How many.
    pub count: usize,
}

impl Picks {
    /// The positions, in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut at = self.start;
        (0..self.count).map(move |_| {
            let here = at;
            at = at.wrapping_add_signed(self.step);
            here
        })
    }

    /// The picked items.
    pub fn of<T: Clone>(self, items: &[T]) -> Vec<T> {
        self.iter().filter_map(|at| items.get(at).cloned()).collect()
    }
}

impl Slice {
    /// Start, stop and step for a sequence of `len` items, as `slice.indices` gives them.
    pub fn bounds(&self, vm: &mut Vm, len: usize) -> Eval<(isize, isize, isize)> {
        let len = isize::try_from(len).unwrap_or(isize::MAX);
        let stride = match bound(vm, &self.step)? {
            None => 1,
            Some(stride) => clamp(&stride).max(-isize::MAX),
        };
        if stride == 0 {
            return Err(Stop::value_error("slice step cannot be zero"));
        }
        let (lowest, highest) = if stride < 0 { (-1, len - 1) } else { (0, len) };
        let place = |bound: Option<BigInt>, default: isize| match bound.as_ref().map(clamp) {
            None => default,
            Some(bound) if bound < 0 => bound.saturating_add(len).max(lowest),
            Some(bound) => bound.min(highest),
        };
        let start = bound(vm, &self.start)?;
        let stop = bound(vm, &self.stop)?;
        let (from, to) = if stride < 0 { (highest, lowest) } else { (lowest, highest) };
        Ok((place(start, from), place(stop, to), stride))
    }

    /// The positions that it picks out of a sequence of `len` items.
    pub fn picks(&self, vm: &mut Vm, len: usize) -> Eval<Picks> {
        let (start, stop, stride) = self.bounds(vm, len)?;
        let distance = if stride < 0 { start - stop } else { stop - start };
        let count = match usize::try_from(distance) {
            Ok(distance) if distance > 0 => (distance - 1) / stride.unsigned_abs() + 1,
            _ => 0,
        };
        Ok(Picks { start: usize::try_from(start).unwrap_or(0), step: stride, count })
    }
}

fn bound(vm: &mut Vm, bound: &Value) -> Eval<Option<BigInt>> {
    if bound.is_none() {
        return Ok(None);
    }
    match vm.as_index(bound)? {
        Some(index) => Ok(Some(index)),
        None => Err(Stop::type_error("slice indices must be integers or None or have an __index__ method")),
    }
}

crate::value::release::released!(Slice);

impl Object for Slice {
    fn class(&self) -> Option<&'static Type> {
        Some(&SLICE)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "start" => Some(self.start.clone()),
            "stop" => Some(self.stop.clone()),
            "step" => Some(self.step.clone()),
            _ => None,
        })
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        let Some(other) = other.downcast::<Slice>() else { return Ok(None) };
        let parts = [(&self.start, &other.start), (&self.stop, &other.stop), (&self.step, &other.step)];
        for (a, b) in parts {
            if let Some(cause) = a.unknown().or(b.unknown()) {
                return Err(Stop::Unknown(cause.clone()));
            }
        }
        Ok(Some(parts.iter().all(|(a, b)| a.is(b))))
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let bounds = [vm.repr(&self.start)?, vm.repr(&self.stop)?, vm.repr(&self.step)?];
        Ok(format!("slice({})", bounds.join(", ")).into())
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        [&self.start, &self.stop, &self.step].into_iter().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a slice has no form in a definition"))
    }
}
