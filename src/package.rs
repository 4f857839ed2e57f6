//! The code package: what the callables, custom operators and scripts of a DAG need to run beside its definition.
//!
//! Takes a DAG's model and gives it back as a target can write it (functions by import path, `@task` as PythonOperator), with the files
//! that must travel. The module of a DAG file is sliced from its source: what its callables reach, and no more. What cannot travel is
//! refused at that name. Runs nothing and evaluates nothing: whether the slice comes to the same values is for `convert` to check.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use ruff_python_ast::ModModule;

use crate::dag::{Argument, Dag, Mapping, ModuleNames, Operator, OperatorKind, Standing, Task};
use crate::datum::{Datum, Reference};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::{SourceFile, Sources, Span, below};
use crate::target::{CodeKind, MadeTask, PYTHON_OPERATOR, Target, current_class};

mod archive;
mod bash;
mod beside;
mod callables;
mod closures;
mod contents;
mod context;
mod expression;
mod imports;
mod literal;
mod made;
mod module;
mod moved;
mod opened;
mod requirements;
mod slice;
mod taskflow;
mod text;
mod units;

pub use archive::archive;
use callables::{Callables, Place};
pub(crate) use literal::literal;
pub use opened::opened;
pub use units::Units;

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path from the package's root, with `/` between the parts.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Whether it is to be run.
    pub executable: bool,
}

/// What travels beside a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// How it stands beside the definition.
    pub kind: CodeKind,
    /// Its files, sorted by path.
    pub entries: Vec<Entry>,
    /// The text of the requirements file, where the code needs distributions that the service does not have.
    pub requirements: Option<String>,
}

/// What packing needs to know.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The DAG.
    pub dag: &'a Dag,
    /// The DAG file.
    pub file: &'a SourceFile,
    /// Its syntax tree.
    pub tree: &'a ModModule,
    /// Its statements, the same for all DAGs of the file.
    pub units: &'a Units<'a>,
    /// What the names of the DAG file stand for, and those of the local modules it loads.
    pub names: &'a [ModuleNames],
    /// The files of the run.
    pub sources: &'a Sources,
    /// The DAG folder.
    pub root: &'a std::path::Path,
    /// Further folders of local modules.
    pub include: &'a [PathBuf],
    /// Where the DAG folder is when the DAGs run.
    pub runtime_dags_folder: &'a std::path::Path,
    /// What the definition is for.
    pub target: &'a Target,
}

impl Input<'_> {
    /// Where local modules are looked for, in the order of the evaluator.
    fn roots(&self) -> Vec<PathBuf> {
        let mut roots = vec![self.root.to_owned()];
        roots.extend(self.root.parent().map(|parent| parent.join("plugins")));
        roots.extend(self.include.iter().cloned());
        let mut folder = self.file.path().parent();
        while let Some(inside) = folder.filter(|folder| folder.starts_with(self.root) && *folder != self.root)
        {
            roots.push(inside.to_owned());
            folder = inside.parent();
        }
        roots
    }
}

/// The module that is written for a DAG file, for the check against its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its path in the package; empty where only local modules travel, as is its text.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The names taken over from the DAG file, with the places that ask for them.
    pub names: Vec<(String, Span)>,
    /// The import paths of the local modules that travel.
    pub local: Vec<String>,
}

/// A packed DAG.
#[derive(Debug, Default)]
pub struct Packed {
    /// The DAG as the target is to write it; its findings say what cannot travel.
    pub dag: Option<Dag>,
    /// What travels; `None` where the DAG needs no code.
    pub package: Option<Package>,
    /// The module written for the DAG file.
    pub written: Option<Written>,
    /// The first parts of the import paths that the package brings.
    pub modules: BTreeSet<String>,
    /// The import path of the class whose objects stand for results of tasks, where the package has it.
    pub task_output: Option<String>,
    /// The tasks that classes of the package make, by id.
    pub made: BTreeMap<String, MadeTask>,
    /// The arguments of the DAG, by their names of today, that the package gives it.
    pub dag_options: BTreeSet<String>,
}

/// Whether anything of a DAG may have to be packed, by the target's way of taking code.
pub fn is_needed(dag: &Dag, target: &Target) -> bool {
    match target.code() {
        Some(CodeKind::Package) => true,
        Some(CodeKind::Module) => beside::is_needed(dag, target),
        None => false,
    }
}

/// Packs what a DAG needs.
pub fn pack(input: &Input<'_>) -> Packed {
    let Some(names) = input.names.first().filter(|_| is_needed(input.dag, input.target)) else {
        return Packed::default();
    };
    match input.target.code() {
        Some(CodeKind::Package) => whole(input, names),
        Some(CodeKind::Module) => beside::pack(input, names),
        None => Packed::default(),
    }
}

/// Packs all that the tasks call.
fn whole(input: &Input<'_>, names: &ModuleNames) -> Packed {
    let mut packer = Packer {
        input,
        callables: Callables::new(input, names),
        producers: taskflow::Producers::of(input.dag),
        helpers: BTreeSet::new(),
        own: String::new(),
        uses_own: false,
        local: BTreeMap::new(),
        classes: Vec::new(),
        scripts: BTreeMap::new(),
        findings: Vec::new(),
    };
    let mut dag = input.dag.clone();
    for task in &mut dag.tasks {
        packer.task(task);
    }
    packer.finish(dag)
}

struct Packer<'a> {
    input: &'a Input<'a>,
    callables: Callables<'a>,
    producers: taskflow::Producers,
    helpers: BTreeSet<&'static str>,
    /// Stands for the import path of the written module, until that is known.
    own: String,
    uses_own: bool,
    /// The local modules that callables are imported from, with the first place that does.
    local: BTreeMap<String, Span>,
    /// Classes of operators that are not pre-installed, with the tasks' places.
    classes: Vec<(String, Span)>,
    /// Scripts by their path in the package, with the file each is.
    scripts: BTreeMap<String, (PathBuf, Span)>,
    findings: Vec<Diagnostic>,
}

/// Stands in references for the module that is written for the DAG file, whose name is chosen last.
const OWN: &str = "<own>";

impl Packer<'_> {
    fn task(&mut self, task: &mut Task) {
        let is_function =
            matches!(&task.operator.kind, OperatorKind::Decorated { decorator } if decorator == "task");
        let class = current_class(&task.operator.path);
        if is_function || (task.operator.kind == OperatorKind::Class && class == PYTHON_OPERATOR) {
            self.python(task);
        } else if let OperatorKind::Subclass { .. } = task.operator.kind {
            self.subclass(task);
        } else if task.operator.kind == OperatorKind::Class {
            self.bash(task, &class);
            self.provider(&class, task.span);
        }
        self.references(task);
    }

    /// A task that calls a Python function.
    fn python(&mut self, task: &mut Task) {
        let is_function = matches!(task.operator.kind, OperatorKind::Decorated { .. });
        if is_function {
            task.operator = Operator {
                path: PYTHON_OPERATOR.to_owned(),
                name: "PythonOperator".to_owned(),
                kind: OperatorKind::Class,
            };
        }
        let several = taskflow::has_several(task);
        task.arguments.retain(|argument| argument.name != "multiple_outputs");
        let Some(at) = task.arguments.iter().position(|argument| argument.name == "python_callable") else {
            return;
        };
        let (value, span) = (task.arguments[at].value.clone(), task.arguments[at].span);
        let wish = short(&task.task_id).to_owned();
        let found = match value {
            // What is not known may be had by its expression all the same; else it is the target's to say.
            Datum::Unknown(_) => match self.callables.by_expression(&wish, span) {
                Some(place) => Ok(place),
                None => return,
            },
            _ => self
                .callables
                .place(&value, &wish, span)
                .or_else(|finding| self.callables.by_expression(&wish, span).ok_or(finding)),
        };
        let mut place = match found {
            Ok(place) => place,
            Err(finding) => {
                self.refuse(*finding, task);
                Place::Own(wish.clone())
            }
        };
        if taskflow::holds_result(&value) {
            return;
        }
        let function = |packer: &mut Self, place: &Place| packer.callables.expression(place);
        let needs_wrapper = several
            || task.arguments.iter().any(|argument| {
                matches!(argument.name.as_str(), "op_args" | "op_kwargs")
                    && taskflow::holds_result(&argument.value)
            });
        if needs_wrapper {
            if self.is_generator(&value) {
                let message = "a generator or `async` function cannot be given results of other tasks here";
                self.refuse(Diagnostic::error(codes::NOT_PORTABLE, span, message), task);
            }
            let called = function(self, &place);
            match taskflow::wrapper(&called, &mut task.arguments, several, &self.producers) {
                Ok(Some(wrapper)) => {
                    let name = self.callables.fresh(&format!("run_{wish}"));
                    self.helpers.extend(wrapper.helpers);
                    self.callables.imports.insert(taskflow::DETERMINE.to_owned());
                    self.callables.add(&name, format!("def {name}(*args, **context):\n{}", wrapper.body));
                    place = Place::Own(name);
                }
                Ok(None) => {}
                Err(parameter) => {
                    let message = format!("`{parameter}` holds the result of a task inside an object");
                    self.refuse(
                        Diagnostic::error(codes::NOT_PORTABLE, task.span, message).parameter(parameter),
                        task,
                    );
                }
            }
        }
        taskflow::expand(task);
        if is_function {
            taskflow::over_results(task);
        }
        for argument in &mut task.arguments {
            if argument.name == "python_callable" {
                argument.value = self.refer(&place, span);
            } else if argument.name == "op_args"
                && let Datum::Tuple(items) = &argument.value
            {
                // Airflow's own form of it is a collection, whichever.
                argument.value = Datum::List(items.clone());
            }
        }
    }

    fn is_generator(&self, value: &Datum) -> bool {
        let Datum::Reference(Reference { span: Some(span), .. }) = value else { return false };
        match self.callables.units.function_at(span.range) {
            Some((_, units::Found::Def(def))) if span.file == self.input.file.id() => {
                def.is_async || module::yields(def)
            }
            _ => false,
        }
    }

    /// The reference under which the target writes a callable.
    fn refer(&mut self, place: &Place, span: Span) -> Datum {
        let (module, name) = match place {
            Place::Own(name) => {
                self.uses_own = true;
                (OWN.to_owned(), name.clone())
            }
            Place::Local(module, name) => {
                self.local.entry(module.clone()).or_insert(span);
                (module.clone(), name.clone())
            }
        };
        Datum::Reference(Reference { module: Some(module), name, span: None, captured: Vec::new() })
    }

    /// A task of a class of the user's.
    fn subclass(&mut self, task: &mut Task) {
        let name = task.operator.name.clone();
        let Some(module) = task.operator.path.strip_suffix(&format!(".{name}")) else { return };
        if let OperatorKind::Subclass { base } = &task.operator.kind {
            let base = base.clone();
            self.provider(&current_class(&base), task.span);
        }
        if module == self.callables.names.module {
            if matches!(self.callables.standing(&name), Some(Standing::Data(Datum::Reference(_)))) {
                self.callables.slice.reach(&name, task.span.range, true);
                self.uses_own = true;
                task.operator.path = format!("{OWN}.{name}");
            } else {
                let message = format!("the class `{name}` is not at the top level of its module");
                self.refuse(Diagnostic::error(codes::NOT_PORTABLE, task.span, message), task);
            }
        } else if self.input.names.iter().any(|known| known.module == module) {
            self.local.entry(module.to_owned()).or_insert(task.span);
        }
    }

    /// Notes the package of an operator class that the service does not have.
    fn provider(&mut self, class: &str, span: Span) {
        if self.input.target.lacks_provider(class) {
            self.classes.push((class.to_owned(), span));
        }
    }

    /// Functions and classes as other arguments, where the target writes those.
    fn references(&mut self, task: &mut Task) {
        let dropped = |name: &str| self.input.target.drops(name);
        let mut arguments: Vec<Argument> = std::mem::take(&mut task.arguments);
        for argument in arguments.iter_mut().filter(|argument| !dropped(&argument.name)) {
            let is_callable = match &argument.value {
                Datum::Reference(reference) => reference.span.is_some(),
                Datum::Object(object) => object.path == "functools.partial",
                _ => false,
            };
            if !is_callable {
                continue;
            }
            let wish = format!("{}_{}", short(&task.task_id), argument.name);
            match self.callables.place(&argument.value.clone(), &wish, argument.span) {
                Ok(place) => argument.value = self.refer(&place, argument.span),
                Err(finding) => self.refuse(finding.parameter(&argument.name), task),
            }
        }
        task.arguments = arguments;
    }

    fn refuse(&mut self, finding: Diagnostic, task: &Task) {
        self.findings.push(finding.dag(&self.input.dag.dag_id).task(&task.task_id));
    }

    fn finish(mut self, mut dag: Dag) -> Packed {
        let input = self.input;
        if self.uses_own {
            self.callables.slice.reach_effects();
        }
        self.findings.append(&mut self.callables.slice.findings);
        let is_needed =
            self.uses_own || !self.local.is_empty() || !self.scripts.is_empty() || !self.classes.is_empty();
        if !is_needed {
            self.note_bash(&mut dag);
            dag.findings.append(&mut self.findings);
            return Packed { dag: Some(dag), ..Packed::default() };
        }
        let text = module::text(&self.callables, &self.helpers, input);
        let names = self.callables.slice.reached.iter();
        let names: Vec<(String, Span)> =
            names.map(|(name, range)| (name.clone(), Span::new(input.file.id(), *range))).collect();
        let path = self.uses_own.then(|| module::path(input, &text));
        self.own = path.as_deref().map(module::import_path).unwrap_or_default();
        let own = path.as_ref().map(|path| (path.as_str(), text.as_str()));
        let gathered = contents::gather(input, own, &self.local, &self.classes, &self.scripts);
        self.findings.extend(gathered.findings);
        settle_own(&mut dag, &self.own);
        let findings = std::mem::take(&mut self.findings);
        dag.findings.extend(findings.into_iter().map(|finding| finding.dag(&input.dag.dag_id)));
        let modules = gathered.entries.iter().filter_map(|entry| entry.path.split('/').next());
        let modules = modules.map(|top| top.trim_end_matches(".py").to_owned()).collect();
        // Where nothing of the DAG file itself travels, the local modules are checked all the same.
        let (path, text) = path.map_or_else(Default::default, |path| (path, text));
        let written = Some(Written { path, text, names, local: gathered.local });
        Packed {
            dag: Some(dag),
            package: Some(Package {
                kind: CodeKind::Package,
                entries: gathered.entries,
                requirements: gathered.requirements,
            }),
            written,
            modules,
            task_output: None,
            made: BTreeMap::new(),
            dag_options: BTreeSet::new(),
        }
    }

    fn note_bash(&mut self, dag: &mut Dag) {
        let bash = dag.tasks.iter().find(|task| current_class(&task.operator.path) == bash::BASH_OPERATOR);
        if let Some(task) = bash.filter(|task| task.operator.kind == OperatorKind::Class) {
            let message = "no code package is written, as no task needs one; the guide does not say whether BashOperator runs without";
            self.findings.push(
                Diagnostic::note(codes::UNPROMISED, task.span, message)
                    .disposition(Disposition::Note)
                    .dag(&dag.dag_id)
                    .task(&task.task_id),
            );
        }
    }
}

/// Puts the import path of the written module where the DAG refers to it.
fn settle_own(dag: &mut Dag, own: &str) {
    fn settle(value: &mut Datum, own: &str) {
        if let Datum::Reference(reference) = value
            && reference.module.as_deref() == Some(OWN)
        {
            reference.module = Some(own.to_owned());
        }
        value.children_mut().for_each(|inner| settle(inner, own));
    }
    for task in &mut dag.tasks {
        if let Some(rest) = task.operator.path.strip_prefix(&format!("{OWN}.")) {
            task.operator.path = format!("{own}.{rest}");
        }
        let expand = match &mut task.mapping {
            Some(Mapping::Expand(arguments)) => arguments.as_mut_slice(),
            Some(Mapping::ExpandKwargs { .. } | Mapping::InMappedGroup) | None => &mut [],
        };
        for argument in task.arguments.iter_mut().chain(&mut task.inherited).chain(expand) {
            settle(&mut argument.value, own);
        }
    }
    for argument in dag.arguments.iter_mut().chain(&mut dag.default_args) {
        settle(&mut argument.value, own);
    }
}

/// The id of a task without its groups.
fn short(task_id: &str) -> &str {
    task_id.rsplit('.').next().unwrap_or(task_id)
}

/// The path of a file in the DAG folder, for messages and comments.
fn shown(input: &Input<'_>, file: &std::path::Path) -> String {
    below(input.root, file).unwrap_or_else(|| file.to_owned()).to_string_lossy().into_owned()
}
