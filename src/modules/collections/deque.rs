//! `collections.deque`: a list with two ends, as far as DAGs use it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use ruff_python_ast::CmpOp;

use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::modules::support::{no_form, receiver, within_size};
use crate::source::Span;
use crate::value::exception::INDEX_ERROR;
use crate::value::{Args, Effect, Eval, Native, Object, Operation, Stop, Type, Value};

/// A deque.
pub(super) struct Deque {
    items: RefCell<VecDeque<Value>>,
    most: Option<usize>,
    open: RefCell<Option<Cause>>,
    /// Why two deques are not compared or added.
    unclear: Cause,
}

/// The class.
pub(super) static DEQUE: Type = Type {
    methods: &[
        Native::new("append", |vm, mut args| {
            let (this, item) = (this(&mut args)?, args.need()?);
            this.push(vm, item)?;
            Ok(Value::None)
        })
        .mutating(),
        Native::new("appendleft", |vm, mut args| {
            let (this, item) = (this(&mut args)?, args.need()?);
            this.push_left(vm, item)?;
            Ok(Value::None)
        })
        .mutating(),
        Native::new("extend", |vm, mut args| {
            let (this, source) = (this(&mut args)?, args.need()?);
            for item in vm.iterate(&source)? {
                this.push(vm, item)?;
            }
            Ok(Value::None)
        })
        .mutating(),
        Native::new("extendleft", |vm, mut args| {
            let (this, source) = (this(&mut args)?, args.need()?);
            for item in vm.iterate(&source)? {
                this.push_left(vm, item)?;
            }
            Ok(Value::None)
        })
        .mutating(),
        Native::new("pop", |_, mut args| {
            let this = this(&mut args)?;
            this.known()?;
            this.items.borrow_mut().pop_back().ok_or_else(empty)
        })
        .mutating(),
        Native::new("popleft", |_, mut args| {
            let this = this(&mut args)?;
            this.known()?;
            this.items.borrow_mut().pop_front().ok_or_else(empty)
        })
        .mutating(),
        Native::new("clear", |_, mut args| {
            this(&mut args)?.items.borrow_mut().clear();
            Ok(Value::None)
        })
        .mutating(),
        Native::new("copy", |vm, mut args| {
            let this = this(&mut args)?;
            let items = this.known()?;
            let copy = Deque::new(vm, this.most);
            copy.items.replace(items.into());
            Ok(Value::object(copy))
        }),
    ],
    ..Type::new("collections", "deque", |vm, mut args| {
        let source = args.take("iterable");
        let most = match args.take("maxlen") {
            None | Some(Value::None) => None,
            Some(most) => Some(vm.count(&most)?),
        };
        args.finish()?;
        let deque = Deque::new(vm, most);
        if let Some(source) = source {
            for item in vm.iterate(&source)? {
                deque.push(vm, item)?;
            }
        }
        Ok(Value::object(deque))
    })
};

fn this(args: &mut Args) -> Eval<Rc<Deque>> {
    receiver::<Deque>(args, &DEQUE)
}

fn empty() -> Stop {
    Stop::raise(&INDEX_ERROR, "pop from an empty deque")
}

impl Deque {
    fn new(vm: &Vm, most: Option<usize>) -> Self {
        let unclear = vm.cause(CauseKind::NotModelled, "comparing and adding deques is not modelled");
        Self { items: RefCell::default(), most, open: RefCell::default(), unclear }
    }

    fn known(&self) -> Eval<Vec<Value>> {
        match &*self.open.borrow() {
            Some(cause) => Err(Stop::Unknown(cause.clone())),
            None => Ok(self.items.borrow().iter().cloned().collect()),
        }
    }

    fn push(&self, vm: &mut Vm, item: Value) -> Eval<()> {
        let mut items = self.items.borrow_mut();
        items.push_back(item);
        if self.most.is_some_and(|most| items.len() > most) {
            items.pop_front();
        }
        within_size(vm, items.len())
    }

    fn push_left(&self, vm: &mut Vm, item: Value) -> Eval<()> {
        let mut items = self.items.borrow_mut();
        items.push_front(item);
        if self.most.is_some_and(|most| items.len() > most) {
            items.pop_back();
        }
        within_size(vm, items.len())
    }
}

crate::value::release::released!(Deque);

impl Object for Deque {
    fn class(&self) -> Option<&'static Type> {
        Some(&DEQUE)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "maxlen").then(|| self.most.map_or(Value::None, Value::int)))
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        let list = Value::list(self.known()?);
        vm.item(&list, &key).map(Some)
    }

    fn set_item(self: Rc<Self>, vm: &mut Vm, key: Value, value: Value, span: Span) -> Eval<bool> {
        let list = Value::list(self.known()?);
        vm.set_item(&list, &key, value, span)?;
        *self.items.borrow_mut() = vm.iterate(&list)?.into();
        Ok(true)
    }

    fn del_item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<bool> {
        let list = Value::list(self.known()?);
        vm.del_item(&list, &key)?;
        *self.items.borrow_mut() = vm.iterate(&list)?.into();
        Ok(true)
    }

    fn contains(self: Rc<Self>, vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        let list = Value::list(self.known()?);
        vm.contains(&list, key).map(Some)
    }

    fn binary(self: Rc<Self>, _vm: &mut Vm, _operation: Operation<'_>) -> Eval<Option<Value>> {
        Err(Stop::Unknown(self.unclear.clone()))
    }

    fn compare(&self, _op: CmpOp, _other: &Value) -> Eval<Option<bool>> {
        Err(Stop::Unknown(self.unclear.clone()))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        match other.downcast::<Deque>() {
            Some(_) => Err(Stop::Unknown(self.unclear.clone())),
            None => Ok(Some(false)),
        }
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        self.known().map(Some)
    }

    fn len(&self) -> Eval<Option<usize>> {
        self.known().map(|items| Some(items.len()))
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let shown = vm.repr(&Value::list(self.known()?))?;
        let most = self.most.map_or_else(String::new, |most| format!(", maxlen={most}"));
        Ok(format!("deque({shown}{most})").into())
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.items.borrow().iter().for_each(visit);
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a deque")
    }
}
