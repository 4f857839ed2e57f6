//! One evaluation of a file in one world, up to the model of its DAGs.

use std::rc::Rc;
use std::sync::Arc;

use ruff_python_ast::ModModule;

use super::Converter;
use super::library::Everything;
use crate::airflow;
use crate::dag::{Dag, ModuleNames};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{CodeCache, Outside, Read, Vm, World};
use crate::map::IndexSet;
use crate::source::{SourceFile, Span, below};
use crate::value::{Halt, Raise, Stop, release};

/// What an evaluation gives.
pub(super) struct Evaluated {
    /// The DAGs that Airflow would find, as far as they could be followed.
    pub(super) dags: Vec<Dag>,
    /// Findings that belong to no DAG of these.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What was read from outside.
    pub(super) reads: Vec<Read>,
    /// What the names of the file and of its local modules stand for, where code is to be packaged.
    pub(super) names: Vec<ModuleNames>,
    /// The same for a listing: supplied or not, of the files or not.
    pub(super) outside: Vec<Outside>,
}

/// A file that is evaluated in one world after the other.
pub(super) struct Evaluator<'a> {
    converter: &'a Converter,
    file: &'a Arc<SourceFile>,
    module: &'a ModModule,
    /// What was found out about its functions.
    code: Rc<CodeCache>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(converter: &'a Converter, file: &'a Arc<SourceFile>, module: &'a ModModule) -> Self {
        Self { converter, file, module, code: Rc::default() }
    }

    /// Evaluates the file for its model alone, and drops its values.
    pub(super) fn model(&self, world: World) -> Evaluated {
        self.evaluate(world, |_| false)
    }

    /// Evaluates the file, and drops its values; tells what names stand for where code is packaged and `names` says so of what
    /// was read from outside.
    pub(super) fn evaluate(&self, world: World, names: fn(&IndexSet<Read>) -> bool) -> Evaluated {
        let evaluated = self.evaluated(world, names);
        release::now();
        evaluated
    }

    fn evaluated(&self, world: World, names: fn(&IndexSet<Read>) -> bool) -> Evaluated {
        let Self { converter, file, module, code } = self;
        let sources = Arc::clone(&converter.sources);
        let mut vm = Vm::new(Rc::new(Everything::new()), Rc::new(world), sources, file.id());
        vm.share_code(code);
        if let Some(version) = converter.options.source_airflow {
            airflow::set_source_airflow(&mut vm, version);
        }
        let (globals, result) = vm.run_file(file, module);
        let mut collected = airflow::collect(&mut vm, &globals);
        let is_named = converter.options.package_code && names(&vm.reads);
        let names = if is_named { airflow::module_names(&mut vm, &globals) } else { Vec::new() };
        let mut diagnostics = std::mem::take(&mut vm.diagnostics);
        for (module, dag) in std::mem::take(&mut collected.imported) {
            let owner = converter.sources.get(module);
            if !converter.is_dag_file(&vm.world.root, owner.path()) {
                collected.dags.push(dag);
                continue;
            }
            let message = format!(
                "the DAG `{}` is made in `{}`, and belongs to that file",
                dag.dag_id,
                below(&vm.world.root, owner.path()).unwrap_or_default().display()
            );
            diagnostics.push(Diagnostic::note(codes::IMPORTED_DAG, dag.span, message).dag(&dag.dag_id));
        }
        diagnostics.append(&mut collected.diagnostics);
        match result {
            Ok(()) => {}
            Err(Stop::Raise(raise)) => {
                stop_all(&mut collected.dags, &mut diagnostics, &uncaught(&mut vm, &raise));
            }
            Err(Stop::Halt(halt)) => stop_all(&mut collected.dags, &mut diagnostics, &halted(&halt)),
            Err(Stop::Unknown(cause)) => {
                let finding = Diagnostic::error(codes::UNKNOWN_VALUE, cause.span, cause.message.clone());
                stop_all(&mut collected.dags, &mut diagnostics, &finding);
            }
        }
        let (reads, outside) = (std::mem::take(&mut vm.reads).into_iter().collect(), vm.take_outside());
        Evaluated { dags: collected.dags, diagnostics, reads, outside, names }
    }
}

/// A file that does not come to its end has no DAG in Airflow, or none that is known: each that was found so far is refused.
fn stop_all(dags: &mut [Dag], diagnostics: &mut Vec<Diagnostic>, finding: &Diagnostic) {
    if dags.is_empty() {
        diagnostics.push(finding.clone());
    }
    for dag in dags {
        dag.findings.push(finding.clone().dag(&dag.dag_id));
    }
}

fn uncaught(vm: &mut Vm, raise: &Raise) -> Diagnostic {
    let span = raise.span.unwrap_or_else(|| vm.here());
    let shown = vm.show_exception(raise);
    Diagnostic::error(
        codes::IMPORT_ERROR,
        span,
        format!("Airflow cannot import this file: it raises `{shown}`"),
    )
    .help("Airflow has no DAG of a file that raises; mend the file, or supply what it needs from outside")
}

fn halted(halt: &Halt) -> Diagnostic {
    let cause = &halt.cause;
    let span: Span = cause.span;
    let code = match cause.kind {
        crate::datum::CauseKind::Limit => codes::LIMIT,
        _ => codes::UNSUPPORTED_PYTHON,
    };
    let finding = Diagnostic::error(code, span, cause.message.clone());
    match &cause.help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    }
}
