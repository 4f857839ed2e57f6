//! One file in, its definitions and findings out.
//!
//! Owns the way of a file through the layers: parse, evaluate (in as many worlds as it takes to tell what the model depends on),
//! render for the target, write, read back. Never fails: what went wrong is a diagnostic.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ruff_python_ast::ModModule;

use crate::dag::{Dag, ModuleNames, SourceAirflow};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{Assume, Limits, Outside, World};
use crate::package::{self, Package, Packed, Units};
use crate::parse::{Problem, parse};
use crate::policy::Policy;
use crate::source::{DiscoverOptions, FileId, SourceFile, Sources, Span, discover};
use crate::target::{self, Places, RenderOptions, Target};
use crate::validate::validate_document;
use crate::yaml::{self, Mismatch, Node};

mod code;
pub mod inputs;
mod library;
mod model;
mod worlds;

/// The path that the DAG folder has where the DAGs run, unless it is told: that of Amazon MWAA.
pub const RUNTIME_DAGS_FOLDER: &str = "/usr/local/airflow/dags";

/// What a run knows beside the files.
#[derive(Debug, Clone)]
pub struct Options {
    /// The target.
    pub target: &'static Target,
    /// The Airflow that the files are written for; `None` lets each file tell.
    pub source_airflow: Option<SourceAirflow>,
    /// What `os.environ` holds.
    pub env: BTreeMap<String, String>,
    /// Airflow Variables by name; what is not a string is JSON text, as Airflow keeps it.
    pub variables: BTreeMap<String, String>,
    /// Airflow Connections by id, each as the URI or the JSON that Airflow keeps.
    pub connections: BTreeMap<String, String>,
    /// Values of the Airflow configuration by `section.key`, in lower case.
    pub config: BTreeMap<String, String>,
    /// Facts of the machine where Airflow runs, by the names of `eval::FACTS`.
    pub machine: BTreeMap<String, String>,
    /// Further folders to import local modules from and to read files in.
    pub include: Vec<PathBuf>,
    /// The path that the DAG folder has where the DAGs run.
    pub runtime_dags_folder: PathBuf,
    /// What the clock shows.
    pub now: jiff::Timestamp,
    /// Let defaults in the code decide structure, ids and schedules too.
    pub assume_defaults: bool,
    /// Import paths of callables that change nothing they are given.
    pub pure: Vec<String>,
    /// Which findings the user denies and allows.
    pub policy: Arc<Policy>,
    /// Hold each written definition against the target once more, as `validate` does.
    pub validate: bool,
    /// Whether the code that tasks call is packaged, where the target takes code; else such DAGs are refused.
    pub package_code: bool,
    /// How DAG files are found: a DAG that another DAG file makes belongs to that one.
    pub discovery: DiscoverOptions,
    /// The bounds of the evaluation of one file.
    pub limits: Limits,
}

impl Options {
    /// The options of a run that is told nothing: nothing is supplied from outside, nothing allowed or denied, code is packaged and
    /// each definition validated.
    pub fn new(target: &'static Target, now: jiff::Timestamp) -> Self {
        Self {
            target,
            source_airflow: None,
            env: BTreeMap::new(),
            variables: BTreeMap::new(),
            connections: BTreeMap::new(),
            config: BTreeMap::new(),
            machine: BTreeMap::new(),
            include: Vec::new(),
            runtime_dags_folder: PathBuf::from(RUNTIME_DAGS_FOLDER),
            now,
            assume_defaults: false,
            pure: Vec::new(),
            policy: Arc::default(),
            validate: true,
            package_code: true,
            discovery: DiscoverOptions::default(),
            limits: Limits::default(),
        }
    }
}

/// Converts the files of a run. Shared by threads.
#[derive(Debug)]
pub struct Converter {
    sources: Arc<Sources>,
    options: Options,
    /// The DAG files below each DAG folder, where somebody asked.
    dag_files: Mutex<BTreeMap<PathBuf, Arc<Vec<PathBuf>>>>,
}

/// What a file has before any target was asked.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// The file, as it was given.
    pub path: PathBuf,
    /// The DAG folder that it belongs to.
    pub root: PathBuf,
    /// Its DAGs, as far as they could be followed.
    pub dags: Vec<Dag>,
    /// What there is to say that belongs to no DAG of these.
    pub diagnostics: Vec<Diagnostic>,
    /// What its code reads from outside of the files.
    pub outside: Vec<Outside>,
    /// What the names of the file and of its local modules stand for, where code may be packaged.
    pub names: Vec<ModuleNames>,
    /// Its text and syntax tree, from which code is cut; `None` where it could not be read or parsed.
    source: Option<(Arc<SourceFile>, Arc<ModModule>)>,
}

/// What became of one file. Converting never fails: what went wrong is among the diagnostics.
#[derive(Debug, Default)]
pub struct Conversion {
    /// The file, as it was given.
    pub path: PathBuf,
    /// The definitions of the DAGs that were converted.
    pub definitions: Vec<Definition>,
    /// The dag_ids of those that were found and refused.
    pub refused: Vec<String>,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
    /// How many DAGs the file has, those without a known id included.
    pub dags_found: usize,
    /// The models of its DAGs, converted or not.
    pub models: Vec<Dag>,
    /// What its code reads from outside of the files.
    pub outside: Vec<Outside>,
}

/// The definition of one DAG.
#[derive(Debug)]
pub struct Definition {
    /// Its id.
    pub dag_id: String,
    /// The whole text of the file to be written.
    pub yaml: String,
    /// The code that travels beside it.
    pub package: Option<Package>,
    /// The call that made the DAG.
    pub span: Span,
}

impl Converter {
    /// Makes the converter of a run.
    pub fn new(options: Options) -> Self {
        Self { sources: Arc::default(), options, dag_files: Mutex::default() }
    }

    /// The files that were read, to which the spans of all diagnostics point.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What the user denies and allows.
    pub fn policy(&self) -> &Policy {
        &self.options.policy
    }

    /// Whether Airflow finds a file below the DAG folder by itself.
    fn is_dag_file(&self, root: &Path, path: &Path) -> bool {
        let mut known = self.dag_files.lock().unwrap_or_else(PoisonError::into_inner);
        let files = known
            .entry(root.to_owned())
            .or_insert_with(|| Arc::new(discover(root, root, &self.options.discovery).files));
        // What was discovered is sorted.
        files.binary_search_by(|file| file.as_path().cmp(path)).is_ok()
    }

    /// Converts the file at `path`, which belongs to the DAG folder `root`. Each may be relative to the current
    /// directory; `source::below` gives the path of the one below the other.
    pub fn convert_file(&self, root: &Path, path: &Path) -> Conversion {
        self.render(self.evaluate_file(root, path), self.options.target)
    }

    /// The first half of a conversion, the same for all targets: the DAGs of the file at `path`.
    pub fn evaluate_file(&self, root: &Path, path: &Path) -> Evaluation {
        let mut evaluation =
            Evaluation { path: path.to_owned(), root: root.to_owned(), ..Evaluation::default() };
        let file = match self.sources.read(path) {
            Ok(file) => file,
            Err(error) => {
                evaluation.diagnostics.push(Diagnostic::file_error(
                    codes::UNREADABLE_FILE,
                    path,
                    error.to_string(),
                ));
                return evaluation;
            }
        };
        let module = match parse(file.text()) {
            Ok(module) => module,
            Err(problem) => {
                evaluation.diagnostics.push(syntax_error(&problem, file.id()));
                return evaluation;
            }
        };
        let evaluated = worlds::model(self, self.world(root), &file, &module);
        evaluation.outside = evaluated.outside;
        evaluation.diagnostics = evaluated.diagnostics;
        evaluation.dags = evaluated.dags;
        evaluation.names = evaluated.names;
        evaluation.source = Some((file, Arc::new(module)));
        evaluation
    }

    /// The second half: the definitions for a target.
    pub fn render(&self, evaluation: Evaluation, target: &Target) -> Conversion {
        let Evaluation { path, root, dags, diagnostics, outside, names, source } = evaluation;
        let dags_found = dags.len();
        let mut conversion = Conversion { path, diagnostics, dags_found, outside, ..Conversion::default() };
        // They are the same for all DAGs of the file.
        let needs_code = self.packs(target) && dags.iter().any(|dag| package::is_needed(dag, target));
        let shared = match (&source, names.first()) {
            (Some((_, tree)), Some(names)) if needs_code => {
                Some((Units::new(&tree.body, names), self.world(&root)))
            }
            (Some(_) | None, _) => None,
        };
        for mut dag in dags {
            self.options.policy.apply(&mut dag.findings, &self.sources);
            let packed = match (&source, &shared) {
                (Some((file, tree)), Some((units, world))) => {
                    let input = package::Input {
                        dag: &dag,
                        file,
                        tree,
                        units,
                        names: &names,
                        sources: &self.sources,
                        root: &root,
                        include: &self.options.include,
                        runtime_dags_folder: &self.options.runtime_dags_folder,
                        target,
                    };
                    code::pack(self, world, &input)
                }
                (Some(_) | None, _) => Packed::default(),
            };
            let places = match &source {
                Some((file, tree)) => Places::Tree(file.id(), Arc::clone(tree)),
                None => Places::Unparsed,
            };
            self.write(&root, &dag, packed, places, target, &mut conversion);
            conversion.models.push(dag);
        }
        conversion
    }

    /// The outside as the options of the run have it.
    fn world(&self, root: &Path) -> World {
        World {
            env: self.options.env.clone(),
            variables: self.options.variables.clone(),
            connections: self.options.connections.clone(),
            config: self.options.config.clone(),
            machine: self.options.machine.clone(),
            hidden: None,
            hide_connection_secrets: false,
            now: self.options.now,
            assume: Assume::Unknown,
            reverse_sets: false,
            root: root.to_owned(),
            include: self.options.include.clone(),
            runtime_dags_folder: self.options.runtime_dags_folder.clone(),
            pure: self.options.pure.clone(),
            limits: self.options.limits,
        }
    }

    /// Whether code packages are written for a target.
    fn packs(&self, target: &Target) -> bool {
        self.options.package_code && target.code().is_some()
    }

    /// Renders, writes and reads back the definition of one DAG.
    fn write(
        &self,
        root: &Path,
        dag: &Dag,
        packed: Packed,
        places: Places,
        target: &Target,
        conversion: &mut Conversion,
    ) {
        let options = RenderOptions {
            now: self.options.now,
            variables: self.options.variables.clone(),
            path: conversion.path.clone(),
            places,
            roots: std::iter::once(root)
                .chain(self.options.include.iter().map(PathBuf::as_path))
                .map(Path::to_owned)
                .collect(),
            runtime_dags_folder: self.options.runtime_dags_folder.clone(),
            packaged: self.packs(target).then_some(packed.modules),
            task_output: packed.task_output,
            made: packed.made,
            dag_options: packed.dag_options,
        };
        let model = packed.dag.as_ref().unwrap_or(dag);
        let rendering = target::render(target, model, &options, &self.sources);
        let mut diagnostics = rendering.diagnostics;
        self.options.policy.apply(&mut diagnostics, &self.sources);
        let is_denied = diagnostics.iter().any(Diagnostic::is_error);
        conversion.diagnostics.extend(diagnostics);
        let Some(definition) = rendering.definition.filter(|_| !is_denied) else {
            conversion.refused.push(dag.dag_id.clone());
            return;
        };
        let refuse = |conversion: &mut Conversion, finding: Diagnostic| {
            conversion.diagnostics.push(finding);
            conversion.refused.push(dag.dag_id.clone());
        };
        let yaml = match yaml::write(&definition) {
            Ok(yaml) => yaml,
            Err(error) => {
                let message = format!("the definition cannot hold this: {error}");
                let finding = Diagnostic::error(codes::INEXPRESSIBLE, dag.span, message).dag(&dag.dag_id);
                return refuse(conversion, finding);
            }
        };
        let document = match yaml::check(&yaml, &definition) {
            Ok(document) => document,
            Err(Mismatch::Read(error)) if error.too_large => {
                let message = format!("the definition is too large: {}", error.message);
                let finding = Diagnostic::error(codes::LIMIT, dag.span, message).dag(&dag.dag_id);
                return refuse(conversion, finding.help("make several DAGs of it"));
            }
            Err(mismatch) => {
                let message = format!("the written definition does not read back as meant: {mismatch}");
                let finding = Diagnostic::error(codes::INTERNAL_ERROR, dag.span, message)
                    .dag(&dag.dag_id)
                    .help("this is a fault of the converter; please report it with the DAG");
                return refuse(conversion, finding);
            }
        };
        if let Some(finding) = target::check_size(target, dag, &yaml) {
            return refuse(conversion, finding);
        }
        if let Some(finding) = self.unsound(target, dag, &yaml, &document, options.packaged) {
            return refuse(conversion, finding);
        }
        conversion.definitions.push(Definition {
            dag_id: dag.dag_id.clone(),
            yaml,
            package: packed.package,
            span: dag.span,
        });
    }

    /// Why a written definition, read back as `document`, would not be accepted: it is judged as one that is there already.
    fn unsound(
        &self,
        target: &Target,
        dag: &Dag,
        yaml: &str,
        document: &Node,
        packaged: Option<BTreeSet<String>>,
    ) -> Option<Diagnostic> {
        if !self.options.validate {
            return None;
        }
        let sources = Sources::default();
        let file = sources.add(Path::new("definition.yml"), yaml.to_owned());
        let options = RenderOptions { now: self.options.now, packaged, ..RenderOptions::default() };
        let findings = validate_document(target, &file, document, &sources, options).diagnostics;
        let error = findings.into_iter().find(Diagnostic::is_error)?;
        let message = format!(
            "the written definition does not hold against the target: {} ({})",
            error.message, error.code
        );
        let help = "this is a fault of the converter; please report it with the DAG; `--no-validate` writes it as it is";
        Some(Diagnostic::error(codes::INTERNAL_ERROR, dag.span, message).dag(&dag.dag_id).help(help))
    }
}

fn syntax_error(problem: &Problem, file: FileId) -> Diagnostic {
    let finding =
        Diagnostic::error(codes::SYNTAX_ERROR, Span::new(file, problem.range), problem.message.clone());
    if problem.python2 {
        return finding
            .help("this looks like Python 2; Airflow 2 and 3 run on Python 3 (`2to3` rewrites most of it)");
    }
    finding
}
