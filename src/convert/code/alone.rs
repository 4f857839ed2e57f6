//! The written module of a DAG file, evaluated by itself, with the local modules that travel beside it.

use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::ModModule;

use crate::airflow;
use crate::convert::Converter;
use crate::convert::library::Everything;
use crate::dag::ModuleNames;
use crate::datum::CauseKind;
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{Assume, Outside, Scope, Vm, World};
use crate::package::{Input, Written};
use crate::parse::parse;
use crate::source::{FileId, Span};
use crate::target::CodeKind;
use crate::value::Stop;

/// The ending of the written module's name among the files of the run, which no file has.
pub(super) const CUT: &str = "cut";

/// The state after the module was loaded.
pub(super) struct Alone {
    pub(super) vm: Vm,
    /// Its syntax tree.
    pub(super) module: ModModule,
    /// The file it is among those of the run.
    pub(super) file: FileId,
    pub(super) globals: Rc<Scope>,
    /// What its names stand for, and those of the local modules.
    pub(super) names: Vec<ModuleNames>,
    /// What was read from outside while it was loaded, in it and in the local modules that travel.
    pub(super) outside: Vec<Outside>,
}

impl Alone {
    /// Evaluates the module where it is loaded: on a service nothing is supplied, and defaults in the code are taken. `Err` where that does
    /// not come to its end, or builds DAGs.
    pub(super) fn evaluate(
        converter: &Converter,
        world: &World,
        input: &Input<'_>,
        written: &Written,
    ) -> Result<Self, Box<Diagnostic>> {
        let fault = |span: Span, message: String| {
            Box::new(
                Diagnostic::error(codes::NOT_PORTABLE, span, message)
                    .help("move what the tasks call into a module of its own"),
            )
        };
        // Beside the DAG file, so that imports are looked for as from there, under a name that no file has.
        let path = input.file.path().with_extension(format!("{}.{CUT}", input.dag.dag_id));
        let file = converter.sources.add(&path, written.text.clone());
        let module = parse(&written.text).map_err(|problem| {
            fault(input.dag.span, format!("the code of this DAG cannot be cut out: {}", problem.message))
        })?;
        let world = match input.target.code() {
            // It is loaded where the DAG file was.
            Some(CodeKind::Module) => world.clone(),
            Some(CodeKind::Package) | None => World {
                env: BTreeMap::new(),
                variables: BTreeMap::new(),
                connections: BTreeMap::new(),
                config: BTreeMap::new(),
                machine: BTreeMap::new(),
                assume: Assume::Default,
                reverse_sets: false,
                ..world.clone()
            },
        };
        let sources = std::sync::Arc::clone(&converter.sources);
        let mut vm = Vm::new(Rc::new(Everything::new()), Rc::new(world), sources, file.id());
        let (globals, result) = vm.run_file(&file, &module);
        for path in &written.local {
            // What only functions import is loaded then, too; whatever it says is said below.
            let _ = vm.import(path);
        }
        match result {
            Ok(()) => {}
            Err(Stop::Raise(raise)) => {
                let shown = vm.show_exception(&raise);
                return Err(fault(
                    input.dag.span,
                    format!("the code of this DAG by itself raises `{shown}` when it is imported"),
                ));
            }
            Err(Stop::Halt(halt)) => return Err(fault(halt.cause.span, halt.cause.message.clone())),
            Err(Stop::Unknown(cause)) => return Err(fault(cause.span, cause.message.clone())),
        }
        if airflow::has_built(&mut vm) {
            let message = "what the tasks call is defined by the same statement that builds the DAG";
            return Err(fault(input.dag.span, message.to_owned()));
        }
        let names = airflow::module_names(&mut vm, &globals);
        let travels = |file: FileId| {
            names.iter().enumerate().any(|(index, module)| {
                module.file == file && (index == 0 || written.local.contains(&module.module))
            })
        };
        let mut outside = vm.take_outside();
        outside.retain(|read| comes_from_outside(&read.kind) && travels(read.span.file));
        Ok(Self { file: file.id(), vm, module, globals, names, outside })
    }
}

/// Whether a value is not known because it was not supplied.
pub(super) fn comes_from_outside(kind: &CauseKind) -> bool {
    matches!(
        kind,
        CauseKind::Environment(_)
            | CauseKind::Variable(_)
            | CauseKind::Config(_)
            | CauseKind::Connection(_)
            | CauseKind::Machine(_)
    )
}
