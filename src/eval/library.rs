//! What the evaluator is handed: modules by name, and someone to tell of doubts.

use super::Vm;
use crate::datum::Cause;
use crate::source::Span;
use crate::value::{Args, Eval, Value};

/// Whether a module exists where Airflow runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It exists, and members of it are modelled.
    Modelled,
    /// It exists, and nothing of it is modelled.
    Exists,
    /// It certainly does not exist: an `airflow` path that the source's Airflow lacks.
    Absent,
    /// Nobody knows.
    Unknown,
}

/// What calling something that is not modelled may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallReach {
    /// Make data, and nothing else: `kubernetes.client.V1Pod`.
    Nothing,
    /// Change what it is given, and run functions it is given; it knows nothing of what is being built: `zipfile.ZipFile`.
    Arguments,
    /// Anything.
    Anything,
}

/// The modules and builtins that code can use.
pub trait Library {
    /// A builtin name.
    fn builtin(&self, name: &str) -> Option<Value>;

    /// Whether the module at a dotted path exists.
    fn presence(&self, path: &str) -> Presence;

    /// A member of a module that exists; `None` where it is not modelled.
    fn member(&self, vm: &mut Vm, module: &str, name: &str) -> Eval<Option<Value>>;

    /// The names of a module's members that are modelled, for `import *`.
    fn members(&self, module: &str) -> Vec<&'static str>;

    /// What a call of what lies at an import path may do.
    fn call_reach(&self, path: &str) -> CallReach;

    /// Whether what lies at an import path in a package that is not modelled is certainly a module.
    fn is_module(&self, _path: &str) -> bool {
        false
    }

    /// Whether a call of what lies at an import path reaches a service, so that what it gives is known only when Airflow runs.
    fn is_service(&self, _path: &str) -> bool {
        false
    }

    /// Who hears of doubts.
    fn host(&self) -> &dyn Host;
}

/// A doubt: something may or may not have happened.
#[derive(Debug)]
pub struct Doubt<'a> {
    /// The values it may have happened to, what they contain included.
    pub touched: &'a [Value],
    /// Whether it may have happened to what is being built here, whatever was touched.
    pub current: bool,
    /// Whether it may have happened to anything, because what the code reads does not show.
    pub stray: bool,
    /// Where it may have happened.
    pub span: Span,
    /// Why that is not known.
    pub cause: &'a Cause,
    /// What may have happened, for the message: `a call of something unknown`, `a task may be made here`.
    pub what: DoubtKind,
}

/// What may or may not have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoubtKind {
    /// Code ran or did not, for an unknown decided it.
    Control,
    /// Something unknown was called.
    Call,
    /// A name that stood for it may stand for something else now, or for nothing.
    Name,
}

/// What the library builds while code runs, and what must hear of doubts.
pub trait Host {
    /// Something may or may not have happened to what is being built.
    fn doubt(&self, vm: &mut Vm, doubt: &Doubt<'_>);

    /// Whether something is being built here, so that an unknown call may add to it.
    fn is_building(&self, vm: &mut Vm) -> bool;

    /// Whether a value is something that is being built, of which doubts tell enough.
    fn owns(&self, _value: &Value) -> bool {
        false
    }

    /// The object that a call which only makes data gives, where the host can keep it as that call. `Ok(Err(args))` gives
    /// the arguments back where it cannot.
    ///
    /// # Errors
    ///
    /// An unknown among the arguments.
    fn make_data(&self, _path: &str, args: Args) -> Eval<Result<Value, Args>> {
        Ok(Err(args))
    }

    /// A call of a class that is not known, which the host may understand all the same: a class called with `task_id=` is an
    /// operator. `Ok(Err(args))` gives the arguments back where it does not.
    fn call_unknown(&self, vm: &mut Vm, callee: &Cause, args: Args) -> Eval<Result<Value, Args>>;
}
