//! `contextlib`: `contextmanager`, `closing`, `nullcontext`, `suppress`, `ExitStack`.
//!
//! What a `with` does is the evaluator's. Left out: the asynchronous ones, `redirect_stdout`, `ContextDecorator`; an `ExitStack` does
//! not show an exception to what it leaves.

use std::cell::RefCell;
use std::rc::Rc;

use super::support::{identity, no_form, not_modelled};
use super::{Member, ModuleTable};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Args, Effect, Eval, Native, Object, Stop, Type, Value};

/// The rows of `contextlib`.
pub static CONTEXTLIB: ModuleTable = ModuleTable {
    name: "contextlib",
    members: &[
        ("AbstractContextManager", Member::Written(&super::written::CONTEXTLIB_CODE)),
        ("ContextDecorator", Member::Written(&super::written::CONTEXTLIB_CODE)),
        (
            "closing",
            Member::Function(Native::new("closing", |_, mut args| {
                let value = args.expect("thing")?;
                args.finish()?;
                Ok(Value::object(Context { value, close: true }))
            })),
        ),
        ("contextmanager", Member::Function(identity("contextmanager"))),
        ("ExitStack", Member::Class(&EXIT_STACK)),
        (
            "nullcontext",
            Member::Function(
                Native::new("nullcontext", |_, mut args| {
                    let value = args.take("enter_result").unwrap_or_default();
                    args.finish()?;
                    Ok(Value::object(Context { value, close: false }))
                })
                .lenient(),
            ),
        ),
        (
            "suppress",
            Member::Function(Native::new("suppress", |_, mut args| {
                let classes = std::mem::take(&mut args.positional).into_iter().map(|arg| arg.value).collect();
                args.finish()?;
                Ok(Value::object(Suppress { classes }))
            })),
        ),
    ],
};

/// `contextlib.suppress(…)`. What it does to the code inside is the evaluator's.
struct Suppress {
    classes: Vec<Value>,
}

impl Drop for Suppress {
    fn drop(&mut self) {
        crate::value::release::later(self.classes.drain(..));
    }
}

impl Object for Suppress {
    fn type_name(&self) -> Rc<str> {
        "suppress".into()
    }

    fn suppresses(&self) -> Option<&[Value]> {
        Some(&self.classes)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a context manager")
    }
}

/// An `ExitStack`: what is left when it is left, the last first.
#[derive(Default)]
struct ExitStack {
    leaving: RefCell<Vec<Leaving>>,
}

#[derive(Clone)]
enum Leaving {
    Manager(Value),
    Callback(Value, Args),
}

static EXIT_STACK: Type = Type {
    methods: &[
        Native::new("enter_context", enter_context).lenient(),
        Native::new("push", |vm, _| not_modelled(vm, "`ExitStack.push` is not modelled")).lenient(),
        Native::new("callback", add_callback).lenient(),
        Native::new("close", |vm, args| {
            let stack = stack_of(&args)?;
            stack.leave(vm).map(|()| Value::None)
        })
        .lenient(),
        Native::new("pop_all", |_, args| {
            let stack = stack_of(&args)?;
            Ok(Value::object(ExitStack { leaving: RefCell::new(stack.leaving.take()) }))
        })
        .lenient(),
    ],
    ..Type::new("contextlib", "ExitStack", |_, args| {
        args.finish()?;
        Ok(Value::object(ExitStack::default()))
    })
};

fn stack_of(args: &Args) -> Eval<Rc<ExitStack>> {
    let receiver = args.positional.front().and_then(|arg| arg.value.downcast::<ExitStack>());
    receiver.ok_or_else(|| Stop::type_error("descriptor requires an 'ExitStack' object"))
}

fn enter_context(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let stack = stack_of(&args)?;
    let span = args.span;
    drop(args.need()?);
    let manager = args.expect("cm")?;
    args.finish()?;
    if !matches!(&manager, Value::Instance(_) | Value::Object(_))
        || manager.type_name().as_ref() == "generator"
    {
        // The code behind a `yield` would run when the stack is left, and not before.
        let cause = vm.cause(CauseKind::Unsupported, "a generator in an `ExitStack` is not followed");
        let given = Args::of("enter_context", span, [manager]);
        return vm.call_unknown(&cause, given);
    }
    let entered = vm.enter(&manager, span)?;
    stack.leaving.borrow_mut().push(Leaving::Manager(manager));
    Ok(entered)
}

fn add_callback(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let stack = stack_of(&args)?;
    drop(args.need()?);
    let callback = args.expect("callback")?;
    stack.leaving.borrow_mut().push(Leaving::Callback(callback.clone(), args));
    Ok(callback)
}

impl ExitStack {
    fn leave(&self, vm: &mut Vm) -> Eval<()> {
        let leaving = self.leaving.take();
        for step in leaving.into_iter().rev() {
            match step {
                Leaving::Manager(manager) => drop(vm.exit(&manager, None)?),
                Leaving::Callback(callback, args) => drop(vm.call(&callback, args)?),
            }
        }
        Ok(())
    }
}

crate::value::release::released!(ExitStack);

impl Object for ExitStack {
    fn class(&self) -> Option<&'static Type> {
        Some(&EXIT_STACK)
    }

    fn enter(self: Rc<Self>, _vm: &mut Vm, _span: Span) -> Eval<Option<Value>> {
        Ok(Some(Value::Object(self)))
    }

    fn exit(self: Rc<Self>, vm: &mut Vm) -> Eval<()> {
        self.leave(vm)
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        for step in &*self.leaving.borrow() {
            match step {
                Leaving::Manager(value) | Leaving::Callback(value, _) => visit(value),
            }
        }
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a context manager")
    }
}

/// A context manager that hands out a value.
struct Context {
    value: Value,
    close: bool,
}

crate::value::release::released!(Context);

impl Object for Context {
    fn type_name(&self) -> Rc<str> {
        if self.close { "closing" } else { "nullcontext" }.into()
    }

    fn enter(self: Rc<Self>, _vm: &mut Vm, _span: Span) -> Eval<Option<Value>> {
        Ok(Some(self.value.clone()))
    }

    fn exit(self: Rc<Self>, vm: &mut Vm) -> Eval<()> {
        if self.close {
            let close = vm.attr(&self.value, "close")?;
            vm.call_with(&close, [])?;
        }
        Ok(())
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.value);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a context manager")
    }
}
