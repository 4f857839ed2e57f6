//! `tuple`: its constructor and methods, and those that named tuples have besides.

use std::rc::Rc;

use super::attr::named_fields;
use super::convert::receiver;
use super::{Args, Eval, Instance, Native, Stop, Type, Value, list, release, special};
use crate::eval::Vm;

/// The items of a `tuple`.
#[derive(Debug, Clone)]
pub struct Tuple(Rc<[Value]>);

impl<T: Into<Rc<[Value]>>> From<T> for Tuple {
    fn from(items: T) -> Self {
        Self(items.into())
    }
}

impl std::ops::Deref for Tuple {
    type Target = Rc<[Value]>;

    fn deref(&self) -> &Rc<[Value]> {
        &self.0
    }
}

impl Drop for Tuple {
    fn drop(&mut self) {
        if let Some(items) = Rc::get_mut(&mut self.0) {
            release::later(items.iter_mut().map(std::mem::take));
        }
    }
}

/// `tuple`.
pub static TUPLE: Type = Type {
    methods: &[
        Native::new("index", |vm, mut args| {
            let items = tuple(&mut args)?;
            list::index_of(vm, &items, args, "tuple")
        }),
        Native::new("count", |vm, mut args| {
            let items = tuple(&mut args)?;
            list::count_of(vm, &items, args)
        }),
        special::LEN,
        special::CONTAINS,
        special::GETITEM,
        special::ITER,
        special::ADD,
        special::MUL,
        special::RMUL,
        special::EQ,
        special::LT,
        special::LE,
        special::GT,
        special::GE,
    ],
    ..Type::new("builtins", "tuple", |vm, mut args| {
        let items = args.pop();
        args.finish()?;
        match items {
            Some(tuple @ Value::Tuple(_)) => Ok(tuple),
            Some(items) => vm.iterate(&items).map(Value::tuple),
            None => Ok(Value::tuple(Vec::new())),
        }
    })
};

fn tuple(args: &mut Args) -> Eval<Tuple> {
    receiver(args, "tuple", |value| match value {
        Value::Tuple(items) => Some(items),
        _ => None,
    })
}

/// The methods of named tuples.
pub static NAMED: &[Native] = &[
    Native::new("_asdict", |_, mut args| {
        let (instance, items) = named(&mut args)?;
        args.finish()?;
        Ok(Value::dict(named_fields(&instance.class).into_iter().zip(items.iter().cloned())))
    }),
    Native::new("_replace", replace).lenient(),
];

/// `_make(iterable)` of a named tuple's class.
pub static MAKE: Native = Native::new("_make", |vm, mut args| {
    let (class, items) = (args.need()?, args.need()?);
    args.finish()?;
    let items = vm.iterate(&items)?;
    vm.call_with(&class, items)
});

fn named(args: &mut Args) -> Eval<(Rc<Instance>, Tuple)> {
    match args.need()?.known()? {
        Value::Instance(instance) => {
            let inner = instance.inner.borrow().clone();
            match inner {
                Some(Value::Tuple(items)) => Ok((instance, items)),
                _ => Err(Stop::type_error("a named tuple is needed")),
            }
        }
        _ => Err(Stop::type_error("a named tuple is needed")),
    }
}

fn replace(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let (instance, items) = named(&mut args)?;
    let mut items = items.to_vec();
    for (at, field) in named_fields(&instance.class).iter().enumerate() {
        if let (Some(value), Some(slot)) = (args.named(field), items.get_mut(at)) {
            *slot = value;
        }
    }
    if let Some((name, _)) = args.named.first() {
        return Err(Stop::value_error(format!("Got unexpected field names: ['{name}']")));
    }
    args.finish()?;
    let made = Instance::new(Rc::clone(&instance.class));
    *made.inner.borrow_mut() = Some(Value::tuple(items));
    Ok(Value::Instance(Rc::new(made)))
}
