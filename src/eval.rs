//! The evaluator: a tree walk over the parsed file that keeps to what can be known.
//!
//! Owns how code runs: statements, expressions, calls, scopes, imports, bounds, and what an unknown reaches. It never names
//! Airflow: modules come from a [`Library`], and whatever that library builds hears of doubts through its [`Host`].

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::datum::{Cause, CauseKind};
use crate::diagnostic::Diagnostic;
use crate::map::{HashMap, HashSet, IndexSet};
use crate::source::{FileId, Sources, Span};
use crate::value::{Args, Eval, Function, Halt, Raise, Stop, Value};

mod assign;
mod budget;
mod call;
mod class;
mod collect;
mod comprehension;
mod control;
mod enumeration;
mod expr;
mod flow;
mod function;
mod generator;
mod hole;
mod import;
pub mod instance;
mod library;
mod machine;
mod name;
mod pattern;
mod reach;
mod run;
mod said;
mod scope;
mod scoped;
mod stmt;
mod world;

pub use budget::{Budget, Limits};
pub use collect::Collector;
pub(crate) use collect::MAX_PARTS;
pub use function::CodeCache;
pub use library::{CallReach, Doubt, DoubtKind, Host, Library, Presence};
pub use machine::{FACTS, is_fact};
pub use scope::{Scope, ScopeKind};
pub use scoped::SCOPED;
pub use world::{Assume, Got, Outside, Read, What, World, config_variable, plain_text};

use generator::Yielding;

/// A call that has begun and not ended, or a module that is being run.
#[derive(Clone)]
pub struct Frame {
    /// The names of the running code.
    pub scope: Rc<Scope>,
    /// The call or the import.
    pub span: Span,
    /// The function, if it is one.
    pub function: Option<Rc<Function>>,
    /// Who gets what it yields.
    yields: Option<Yielding>,
}

/// The state of one run: one DAG file with the local modules it imports.
pub struct Vm {
    /// What code can import, and what hears of doubts.
    pub library: Rc<dyn Library>,
    /// What the outside is taken to be.
    pub world: Rc<World>,
    /// The files of the run.
    pub sources: Arc<Sources>,
    /// What is left of the bounds.
    pub budget: Budget,
    /// Findings so far.
    pub diagnostics: Vec<Diagnostic>,
    /// What was read from outside, in order.
    pub reads: IndexSet<Read>,
    /// What was read from outside of the files, supplied or not, in order.
    outside: RefCell<IndexSet<Outside>>,
    /// Calls that have begun and not ended, the innermost last.
    pub frames: Vec<Frame>,
    here: Span,
    modules: HashMap<String, Value>,
    /// Modules that were looked for and not found.
    absent: HashSet<String>,
    functions: Rc<CodeCache>,
    handling: Vec<Raise>,
    tries: usize,
    /// Folders that the code added to `sys.path`.
    pub extra_paths: Vec<std::path::PathBuf>,
    may_raise: Option<Cause>,
    /// The module-level names of the DAG file, once it runs.
    globals: Option<Rc<Scope>>,
    /// The user's files that the code read as data.
    pub data_files: Vec<std::path::PathBuf>,
    said: said::Said,
    state: HashMap<TypeId, Box<dyn Any>>,
}

impl Vm {
    /// A run over `file` with nothing evaluated yet.
    pub fn new(library: Rc<dyn Library>, world: Rc<World>, sources: Arc<Sources>, file: FileId) -> Self {
        Self {
            library,
            budget: Budget::new(world.limits),
            world,
            sources,
            diagnostics: Vec::new(),
            reads: IndexSet::default(),
            outside: RefCell::default(),
            frames: Vec::new(),
            here: Span::start_of(file),
            modules: HashMap::default(),
            absent: HashSet::default(),
            functions: Rc::default(),
            handling: Vec::new(),
            tries: 0,
            extra_paths: Vec::new(),
            may_raise: None,
            globals: None,
            data_files: Vec::new(),
            said: said::Said::default(),
            state: HashMap::default(),
        }
    }

    /// The place that is being evaluated: the innermost call, or the expression at hand.
    pub fn here(&self) -> Span {
        self.here
    }

    /// Why a value is not known, decided here.
    pub fn cause(&self, kind: CauseKind, message: impl Into<String>) -> Cause {
        Cause::new(kind, self.here, message)
    }

    /// The reason for a value that differs from load to load.
    pub fn volatile(&self, message: impl Into<String>) -> Cause {
        self.cause(CauseKind::Volatile, message)
    }

    /// The stop for a value that differs from load to load, or depends on something that is not modelled.
    pub fn unknown<T>(&self, kind: CauseKind, message: impl Into<String>) -> Eval<T> {
        let cause = self.cause(kind, message);
        if cause.kind == CauseKind::World {
            self.note_outside(Outside {
                kind: CauseKind::World,
                name: cause.message.clone(),
                span: cause.span,
                got: Got::Nothing,
                default: None,
                json: false,
            });
        }
        Err(Stop::Unknown(cause))
    }

    /// Remembers a read of something outside of the files.
    pub fn note_outside(&self, read: Outside) {
        self.outside.borrow_mut().insert(read);
    }

    /// What was read from outside of the files so far; it is handed over.
    pub fn take_outside(&self) -> Vec<Outside> {
        std::mem::take(&mut *self.outside.borrow_mut()).into_iter().collect()
    }

    /// The stop for a bound that was passed.
    pub fn limit<T>(&self, message: impl Into<String>) -> Eval<T> {
        Err(Stop::Halt(Box::new(Halt { cause: self.cause(CauseKind::Limit, message) })))
    }

    /// The slot of type `T` that a part of the library keeps for the length of the run.
    pub fn state<T: Any + Default>(&mut self) -> &mut T {
        let slot = self.state.entry(TypeId::of::<T>()).or_insert_with(|| Box::new(T::default()));
        match slot.downcast_mut::<T>() {
            Some(state) => state,
            // The map is keyed by the type, so the slot always holds it.
            None => unreachable!("a slot holds its own type"),
        }
    }

    /// Calls `callee` with positional values, at the place being evaluated.
    pub fn call_with(&mut self, callee: &Value, values: impl IntoIterator<Item = Value>) -> Eval<Value> {
        let args = Args::of(callee.type_name(), self.here, values);
        self.call(callee, args)
    }
}
