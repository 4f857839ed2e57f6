//! Python without Airflow through the evaluator: what a text binds to one name, for the tests and the fuzzer.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use dag_converter::datum::Cause;
use dag_converter::eval::{Assume, CallReach, Doubt, Host, Library, Limits, Presence, Vm, World};
use dag_converter::modules;
use dag_converter::parse::parse;
use dag_converter::source::Sources;
use dag_converter::value::{Args, Eval, Stop, Value};

/// The statements of a text bind its value to this name.
pub(crate) const RESULT: &str = "__result__";

/// What became of a text.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Value(String),
    Error(String, String),
    Unknown(String),
    Halt(String),
}

/// Evaluates a text as the file at `path`, whose folder is the DAG folder.
pub(crate) fn evaluate(path: &Path, text: &str, limits: Limits) -> Outcome {
    let sources = Arc::new(Sources::default());
    let root = path.parent().map(Path::to_owned).unwrap_or_default();
    let file = sources.add(path, text.to_owned());
    let world = World {
        env: [].into(),
        variables: [].into(),
        connections: [].into(),
        config: [].into(),
        machine: [].into(),
        hidden: None,
        hide_connection_secrets: false,
        // No case looks at the clock.
        now: jiff::Timestamp::UNIX_EPOCH,
        assume: Assume::Unknown,
        reverse_sets: false,
        root: root.clone(),
        include: Vec::new(),
        runtime_dags_folder: root,
        pure: Vec::new(),
        limits,
    };
    let mut vm = Vm::new(Rc::new(Python), Rc::new(world), sources, file.id());
    let module = match parse(file.text()) {
        Ok(module) => module,
        Err(problem) => return Outcome::Error("SyntaxError".to_owned(), problem.message),
    };
    let (scope, ended) = vm.run_file(&file, &module);
    let shown = ended.and_then(|()| match scope.get(RESULT) {
        Some(value) => vm.repr(&value),
        None => Ok("no result".into()),
    });
    match shown {
        Ok(text) => Outcome::Value(text.to_string()),
        Err(Stop::Unknown(cause)) => Outcome::Unknown(cause.message.clone()),
        Err(Stop::Halt(halt)) => Outcome::Halt(halt.cause.message.clone()),
        Err(Stop::Raise(raise)) => {
            let name = raise.exception.type_name().to_string();
            let text = vm.str(&raise.exception).map(|text| text.to_string()).unwrap_or_default();
            Outcome::Error(name, text)
        }
    }
}

/// The modules of Python alone.
struct Python;

impl Library for Python {
    fn builtin(&self, name: &str) -> Option<Value> {
        modules::builtin(name)
    }

    fn presence(&self, path: &str) -> Presence {
        let top = path.split('.').next().unwrap_or(path);
        if modules::find(path).is_some() {
            Presence::Modelled
        } else if modules::is_stdlib(top) || modules::is_airflow_dependency(top) {
            Presence::Exists
        } else {
            Presence::Unknown
        }
    }

    fn member(&self, vm: &mut Vm, module: &str, name: &str) -> Eval<Option<Value>> {
        match modules::find(module) {
            Some(table) => table.member(vm, name),
            None => Ok(None),
        }
    }

    fn members(&self, module: &str) -> Vec<&'static str> {
        modules::find(module)
            .map_or_else(Vec::new, |table| table.members.iter().map(|(name, _)| *name).collect())
    }

    fn call_reach(&self, _path: &str) -> CallReach {
        CallReach::Anything
    }

    fn host(&self) -> &dyn Host {
        self
    }
}

impl Host for Python {
    fn doubt(&self, _vm: &mut Vm, _doubt: &Doubt<'_>) {}

    fn is_building(&self, _vm: &mut Vm) -> bool {
        false
    }

    fn call_unknown(&self, _vm: &mut Vm, _callee: &Cause, args: Args) -> Eval<Result<Value, Args>> {
        Ok(Err(args))
    }
}
