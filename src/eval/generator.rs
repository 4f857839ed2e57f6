//! Generators: a call of a function with `yield`, run when something asks for its items.
//!
//! A loop over a generator, or a `with` over one, runs inside the `yield`, so both sides' effects keep Python's order. `next()`
//! and other piecemeal uses run it to its end first.

use std::cell::RefCell;
use std::rc::Rc;

use ruff_python_ast::StmtFunctionDef;

use super::{Collector, Frame, Vm};
use crate::datum::{CauseKind, Datum};
use crate::value::{Eval, Iter, Native, Object, Stop, Type, Value};

/// Who gets what a generator yields.
pub(crate) type Consumer = Rc<dyn Fn(&mut Vm, Value) -> Eval<Value>>;

/// A generator that has not begun, or the items it still has to give.
pub(crate) struct Generator {
    state: RefCell<State>,
}

enum State {
    Fresh(Box<Frame>, Rc<StmtFunctionDef>),
    Run(Rc<Iter>),
}

static GENERATOR: Type = Type {
    methods: &[Native::new("__next__", next).mutating(), Native::new("close", |_, _| Ok(Value::None))],
    ..Type::new("types", "generator", |_, _| Err(Stop::type_error("cannot create 'generator' instances")))
};

fn next(vm: &mut Vm, mut args: crate::value::Args) -> Eval<Value> {
    let this = args.expect("self")?;
    let Some(generator) = this.downcast::<Generator>() else {
        return Err(Stop::type_error("not a generator"));
    };
    let iter = generator.items(vm)?;
    iter.next()?.ok_or_else(|| Stop::raise(&crate::value::exception::STOP_ITERATION, ""))
}

impl Generator {
    pub(super) fn new(frame: Frame, def: Rc<StmtFunctionDef>) -> Self {
        Self { state: RefCell::new(State::Fresh(Box::new(frame), def)) }
    }

    /// Runs it to its end, if it has not begun, and gives what is left of its items.
    pub(crate) fn items(&self, vm: &mut Vm) -> Eval<Rc<Iter>> {
        let items = Rc::new(RefCell::new(Vec::new()));
        let sink = Rc::clone(&items);
        let consumer: Consumer = Rc::new(move |vm, value| {
            sink.borrow_mut().push(value);
            let count = sink.borrow().len();
            vm.check_size(count)?;
            Ok(Value::None)
        });
        if let Some(cause) = self.drive(vm, consumer)? {
            let iter = Rc::new(Iter::new(Vec::new()));
            *iter.open.borrow_mut() = Some(cause);
            *self.state.borrow_mut() = State::Run(Rc::clone(&iter));
            return Ok(iter);
        }
        match &*self.state.borrow() {
            State::Run(iter) if items.borrow().is_empty() => return Ok(Rc::clone(iter)),
            _ => {}
        }
        let iter = Rc::new(Iter::new(items.take()));
        *self.state.borrow_mut() = State::Run(Rc::clone(&iter));
        Ok(iter)
    }

    /// Whether nothing of it has run.
    pub(crate) fn is_fresh(&self) -> bool {
        matches!(&*self.state.borrow(), State::Fresh(..))
    }

    /// Runs it, handing each item to `consumer` at its `yield`. Gives why its items are not known, if they are not.
    pub(crate) fn drive(&self, vm: &mut Vm, consumer: Consumer) -> Eval<Option<crate::datum::Cause>> {
        let state = self.state.replace(State::Run(Rc::new(Iter::new(Vec::new()))));
        let State::Fresh(mut frame, def) = state else {
            *self.state.borrow_mut() = state;
            return Ok(None);
        };
        frame.yields = Some(consumer);
        match vm.run_body(*frame, &def)? {
            Value::Unknown(cause) => Ok(Some(cause)),
            _ => Ok(None),
        }
    }
}

impl Object for Generator {
    fn class(&self) -> Option<&'static Type> {
        Some(&GENERATOR)
    }

    fn iterate(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        let iter = self.items(vm)?;
        iter.drain().map(Some)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        // Until it has run, its code still may.
        if let State::Fresh(frame, _) = &*self.state.borrow()
            && let Some(function) = &frame.function
        {
            visit(&Value::Function(Rc::clone(function)));
        }
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a generator has no form in a definition"))
    }
}

impl Vm {
    /// `yield value`: the consumer runs now, in its own frame.
    pub(super) fn yield_value(&mut self, value: Value) -> Eval<Value> {
        let Some(frame) = self.frames.pop() else {
            return self.unknown(CauseKind::Unsupported, "`yield` outside of a function");
        };
        let consumer = frame.yields.clone();
        let before = self.here;
        let result = match consumer {
            Some(consumer) => consumer(self, value),
            None => {
                self.unknown(CauseKind::Unsupported, "a generator is used in a way that is not evaluated")
            }
        };
        self.here = before;
        self.frames.push(frame);
        result
    }
}
