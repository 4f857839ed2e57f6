//! `range`: its constructor and methods.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::Zero;

use super::convert::receiver;
use super::{Args, Eval, Native, Range, Stop, Type, Value, special};
use crate::eval::Vm;

/// `range`.
pub static RANGE: Type = Type {
    methods: &[
        Native::new("index", |vm, mut args| {
            let (own, item) = (range(&mut args)?, args.need()?);
            args.finish()?;
            let value = Value::Range(Rc::clone(&own));
            match (vm.contains(&value, &item)?, whole_number(&item)?) {
                (true, Some(number)) => Ok(Value::int((number - &own.start) / &own.step)),
                _ => Err(Stop::value_error(format!("{} is not in range", vm.repr(&item)?))),
            }
        }),
        Native::new("count", |vm, mut args| {
            let (own, item) = (range(&mut args)?, args.need()?);
            args.finish()?;
            let found = vm.contains(&Value::Range(own), &item)?;
            Ok(Value::int(u8::from(found)))
        }),
        special::LEN,
        special::CONTAINS,
        special::GETITEM,
        special::ITER,
        special::REVERSED,
        special::EQ,
    ],
    ..Type::new("builtins", "range", new)
};

fn range(args: &mut Args) -> Eval<Rc<Range>> {
    receiver(args, "range", |value| match value {
        Value::Range(range) => Some(range),
        _ => None,
    })
}

fn new(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let first = args.need()?;
    let first = vm.index(&first)?;
    let second = args.pop();
    let third = args.pop();
    args.finish()?;
    let (start, stop) = match second {
        Some(stop) => (first, vm.index(&stop)?),
        None => (BigInt::zero(), first),
    };
    let stride = match third {
        Some(stride) => vm.index(&stride)?,
        None => BigInt::from(1),
    };
    if stride.is_zero() {
        return Err(Stop::value_error("range() arg 3 must not be zero"));
    }
    Ok(Value::Range(Rc::new(Range { start, stop, step: stride })))
}

/// The whole number that an item of a range is equal to.
fn whole_number(item: &Value) -> Eval<Option<BigInt>> {
    Ok(match item.plain() {
        Value::Unknown(cause) => return Err(Stop::Unknown(cause)),
        Value::Float(float) => super::arithmetic::whole(float),
        item => item.as_int().map(|number| (*number).clone()),
    })
}

impl Vm {
    /// `reversed(value)` for sequences.
    pub fn reversed(&mut self, value: &Value) -> Eval<Value> {
        match value {
            Value::Range(range) => {
                let len = range.len();
                let last = &range.start + &range.step * (&len - 1);
                let items = Range { start: last, stop: &range.start - &range.step, step: -&range.step };
                let items = if len.is_zero() { Range { stop: items.start.clone(), ..items } } else { items };
                self.iterator(&Value::Range(Rc::new(items)))
            }
            Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) | Value::List(_) | Value::Dict(_) => {
                let mut items = self.iterate(value)?;
                items.reverse();
                Ok(Value::Iter(Rc::new(super::Iter::new(items))))
            }
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            Value::Instance(instance) => {
                if let Some(found) = self.call_special(value, "__reversed__", [])? {
                    return Ok(found);
                }
                if let Some(inner) = instance.builtin() {
                    return self.reversed(&inner);
                }
                if self.special(value, "__len__")?.is_none() || self.special(value, "__getitem__")?.is_none()
                {
                    return Err(not_reversible(value));
                }
                let len = self.len(value)?;
                self.check_size(len)?;
                let mut items = Vec::with_capacity(len);
                for at in (0..len).rev() {
                    items.push(self.item(value, &Value::int(at))?);
                }
                Ok(Value::Iter(Rc::new(super::Iter::new(items))))
            }
            Value::Object(_) => match self.attr_or_none(value, "__reversed__")? {
                Some(method) => self.call_with(&method.known()?, []),
                None => Err(not_reversible(value)),
            },
            Value::Class(class) if class.effective_flavour() == super::class::Flavour::Enum => {
                let mut items = self.iterate(value)?;
                items.reverse();
                Ok(Value::Iter(Rc::new(super::Iter::new(items))))
            }
            _ => Err(not_reversible(value)),
        }
    }
}

fn not_reversible(value: &Value) -> Stop {
    Stop::type_error(format!("'{}' object is not reversible", value.type_name()))
}
