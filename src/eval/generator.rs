//! Generators: a call of a function with `yield`, run when something asks for its items.
//!
//! A loop over a generator, or a `with` over one, runs inside the `yield`, so both sides' effects keep Python's order. `next()`
//! and other piecemeal uses run it ahead, which is done only where nobody can tell: where it changes nothing but its own names.

use std::cell::RefCell;
use std::rc::Rc;

use ruff_python_ast::StmtFunctionDef;

use super::library::CallReach;
use super::{Collector, Frame, Vm};
use crate::datum::{Cause, CauseKind, Datum};
use crate::value::{Eval, Iter, Native, Object, Stop, Type, Value};

/// How many items a generator is run ahead for.
const MOST_AHEAD: usize = 10_000;

/// Who gets what a generator yields.
pub(crate) type Consumer = Rc<dyn Fn(&mut Vm, Value) -> Eval<Value>>;

/// What a running generator does at a `yield`.
#[derive(Clone)]
pub(crate) struct Yielding {
    consumer: Consumer,
    /// Why it may have yielded more than it did, if it may.
    doubt: Rc<RefCell<Option<Cause>>>,
}

/// A generator that has not begun, or the items it still has to give.
pub(crate) struct Generator {
    state: RefCell<State>,
    /// What it returned, once it has run: the value of `yield from`.
    returned: RefCell<Value>,
}

enum State {
    Fresh(Box<Frame>, Rc<StmtFunctionDef>),
    Run(Rc<Iter>),
}

static GENERATOR: Type = Type {
    methods: &[
        Native::new("__next__", next).mutating(),
        Native::new("close", close).mutating(),
        Native::new("send", sent).mutating(),
        Native::new("throw", |vm, _| vm.unsupported("`throw` into a generator is not followed")).mutating(),
    ],
    ..Type::new("types", "generator", |_, _| Err(Stop::type_error("cannot create 'generator' instances")))
};

fn next(vm: &mut Vm, mut args: crate::value::Args) -> Eval<Value> {
    let this = args.expect("self")?;
    let Some(generator) = this.downcast::<Generator>() else {
        return Err(Stop::type_error("not a generator"));
    };
    let iter = generator.ahead(vm)?;
    iter.next()?.ok_or_else(|| Stop::raise(&crate::value::exception::STOP_ITERATION, ""))
}

/// It gives nothing more. What stands behind the `yield` where it is, in a `finally`, changes nothing but its own names where
/// it was run ahead.
fn close(_: &mut Vm, mut args: crate::value::Args) -> Eval<Value> {
    if let Some(generator) = args.expect("self")?.downcast::<Generator>() {
        *generator.state.borrow_mut() = State::Run(Rc::new(Iter::new(Vec::new())));
    }
    Ok(Value::None)
}

/// `send(value)`: as `next` where the value is `None`, which is what a generator that was run ahead was sent.
fn sent(vm: &mut Vm, mut args: crate::value::Args) -> Eval<Value> {
    match args.positional.get(1).map(|arg| arg.value.is_none()) {
        Some(true) => {
            args.positional.truncate(1);
            next(vm, args)
        }
        _ => vm.unsupported("what is sent into a generator is not followed"),
    }
}

impl Generator {
    pub(super) fn new(frame: Frame, def: Rc<StmtFunctionDef>) -> Self {
        Self { state: RefCell::new(State::Fresh(Box::new(frame), def)), returned: RefCell::default() }
    }

    /// Runs it ahead, if it has not begun, for someone who asks for one item after another.
    fn ahead(&self, vm: &mut Vm) -> Eval<Rc<Iter>> {
        let fresh = match &*self.state.borrow() {
            State::Fresh(frame, def) => {
                Some((Rc::clone(&frame.scope), Rc::clone(def), frame.function.clone()))
            }
            State::Run(_) => None,
        };
        if let Some((scope, def, function)) = fresh
            && !vm.is_confined(&scope, &def.body)?
        {
            let message = format!("how far the generator `{}` has run is not followed", def.name);
            let cause = vm.cause(CauseKind::Unsupported, message);
            // It may have run to any of its `yield`s.
            let given: Vec<Value> = function.into_iter().map(Value::Function).collect();
            vm.doubt_call(&given, &cause, cause.span, CallReach::Anything)?;
            let iter = Rc::new(Iter::new(Vec::new()));
            *iter.open.borrow_mut() = Some(cause);
            *self.state.borrow_mut() = State::Run(Rc::clone(&iter));
        }
        self.items(vm, Some(MOST_AHEAD))
    }

    /// Runs it to its end, if it has not begun, and gives what is left of its items: at most so many of them.
    fn items(&self, vm: &mut Vm, most: Option<usize>) -> Eval<Rc<Iter>> {
        let items = Rc::new(RefCell::new(Vec::new()));
        let sink = Rc::clone(&items);
        let consumer: Consumer = Rc::new(move |vm, value| {
            sink.borrow_mut().push(value);
            let count = sink.borrow().len();
            if most.is_some_and(|most| count >= most) {
                return Err(Stop::raise(&crate::value::exception::GENERATOR_EXIT, ""));
            }
            vm.check_size(count)?;
            Ok(Value::None)
        });
        let driven = self.drive(vm, consumer);
        if most.is_some_and(|most| items.borrow().len() >= most) {
            let iter = Rc::new(Iter::new(items.take()));
            let message = "more items of a generator are asked for than are followed";
            *iter.further.borrow_mut() = Some(vm.cause(CauseKind::Limit, message));
            *self.state.borrow_mut() = State::Run(Rc::clone(&iter));
            return Ok(iter);
        }
        let has_items = !items.borrow().is_empty();
        if matches!(driven, Err(Stop::Raise(_))) && most.is_some() && has_items {
            // Who takes one item after another comes to what it raises last, and may never.
            let iter = Rc::new(Iter::new(items.take()));
            let message = "what a generator does behind an item, where it raises, is not followed";
            *iter.further.borrow_mut() = Some(vm.cause(CauseKind::Unsupported, message));
            *self.state.borrow_mut() = State::Run(Rc::clone(&iter));
            return Ok(iter);
        }
        if let Some(cause) = driven? {
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

    /// What it returned, once it has run.
    pub(crate) fn returned(&self) -> Value {
        self.returned.borrow().clone()
    }

    /// Whether nothing of it has run.
    pub(crate) fn is_fresh(&self) -> bool {
        matches!(&*self.state.borrow(), State::Fresh(..))
    }

    /// Runs it, handing each item to `consumer` at its `yield`. Gives why its items are not known, if they are not.
    pub(crate) fn drive(&self, vm: &mut Vm, consumer: Consumer) -> Eval<Option<Cause>> {
        let state = self.state.replace(State::Run(Rc::new(Iter::new(Vec::new()))));
        let State::Fresh(mut frame, def) = state else {
            *self.state.borrow_mut() = state;
            return Ok(None);
        };
        let doubt = Rc::new(RefCell::default());
        frame.yields = Some(Yielding { consumer, doubt: Rc::clone(&doubt) });
        let returned = vm.run_body(*frame, &def)?;
        *self.returned.borrow_mut() = returned;
        Ok(doubt.take())
    }
}

crate::value::release::released!(Generator);

impl Object for Generator {
    fn class(&self) -> Option<&'static Type> {
        Some(&GENERATOR)
    }

    /// Of what `contextlib.contextmanager` makes: a decorator.
    fn call(self: Rc<Self>, vm: &mut Vm, _args: crate::value::Args) -> Eval<Value> {
        vm.unsupported("a generator that is called, as a decorator say, is not followed")
    }

    fn iterate(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        let iter = self.items(vm, None)?;
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
    /// It is not known whether the running generator yields something here.
    pub(super) fn doubt_yields(&mut self, cause: &Cause) {
        if let Some(yielding) = self.frames.last().and_then(|frame| frame.yields.as_ref()) {
            yielding.doubt.borrow_mut().get_or_insert_with(|| cause.clone());
        }
    }

    /// `yield value`: the consumer runs now, in its own frame.
    pub(super) fn yield_value(&mut self, value: Value) -> Eval<Value> {
        let Some(frame) = self.frames.pop() else {
            return self.unknown(CauseKind::Unsupported, "`yield` outside of a function");
        };
        let yielding = frame.yields.clone();
        let before = self.here;
        let result = match yielding {
            Some(yielding) => (yielding.consumer)(self, value),
            None => {
                self.unknown(CauseKind::Unsupported, "a generator is used in a way that is not evaluated")
            }
        };
        self.here = before;
        self.frames.push(frame);
        result
    }
}
