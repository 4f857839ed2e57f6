//! The module beside a definition that is loaded where the project's own modules can be imported: the functions to which no import path
//! leads, the class that stands for results of tasks, and those that make what the format cannot say.
//!
//! What can be imported stays where it is, so that a DAG that calls nothing else needs no module.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::callables::{Callables, Place, Refusal};
use super::text::python_name;
use super::{
    Entry, Input, OWN, Package, Packed, Written, contents, made, module, settle_own, short, taskflow,
};
use crate::dag::{Argument, Dag, Mapping, ModuleNames, Task};
use crate::datum::{Datum, Reference};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use crate::target::{CodeKind, MadeTask, Target, is_local};

/// The class whose objects stand for results of tasks.
///
/// The format has references to results only between functions under `@task`, and as whole arguments. An `XComArg` can stand anywhere
/// that Airflow renders, and is resolved when the task runs; what it refers to is looked up only then, since there is no task yet when
/// the definition is read. The edges stand in the definition. Written out as `dependencies`, they are not told a second time.
const TASK_OUTPUT: &str = "class TaskOutput(XComArg):
    \"\"\"The result of another task of the DAG, had when the task that it is given to runs.\"\"\"

    def __init__(self, task_id, key=\"return_value\"):
        self.task_id = task_id
        self.key = key

    def __repr__(self):
        return f\"TaskOutput({self.task_id!r}, {self.key!r})\"

    def __str__(self):
        return f\"{{{{ task_instance.xcom_pull(task_ids={self.task_id!r}, key={self.key!r}) }}}}\"

    def iter_references(self):
        return iter(())

    def resolve(self, context):
        task = context[\"task\"].dag.get_task(self.task_id)
        return XComArg(task, self.key).resolve(context)";

/// Packs what no import path leads to.
pub(super) fn pack(input: &Input<'_>, names: &ModuleNames) -> Packed {
    let callables = Callables::new(input, names);
    let mut packer =
        Packer { input, callables, findings: Vec::new(), moved: 0, made: BTreeMap::new(), has_code: false };
    let mut dag = input.dag.clone();
    let dag_level = |argument: &&mut Argument| input.target.writes_on_dag(&argument.name);
    packer.arguments(None, dag.arguments.iter_mut().filter(dag_level));
    packer.arguments(None, dag.default_args.iter_mut());
    let options = made::options(input.dag, input.target);
    for (place, task) in dag.tasks.iter_mut().enumerate() {
        let carried = options.as_ref().filter(|options| options.carrier == place);
        let given = packer.class(task, carried.map_or(&[], |options| &options.arguments));
        let written = |argument: &&mut Argument| {
            let is_given = given.as_ref().is_some_and(|given| given.contains(&argument.name));
            !is_given && !input.target.drops(&argument.name)
        };
        let arguments = task.arguments.iter_mut().chain(&mut task.inherited).filter(written);
        packer.arguments(Some(&task.task_id), arguments);
        if let (None, Some(Mapping::Expand(expand))) = (&given, &mut task.mapping) {
            packer.arguments(Some(&task.task_id), expand.iter_mut());
        }
    }
    let options = options.map(|options| options.names().map(str::to_owned).collect());
    packer.finish(dag, options.unwrap_or_default())
}

/// Whether a DAG needs the module.
pub(super) fn is_needed(dag: &Dag, target: &Target) -> bool {
    hands_results(dag, &BTreeMap::new())
        || holds_functions(dag, target)
        || dag.tasks.iter().any(|task| made::is_made(task, dag, target))
        || made::options(dag, target).is_some()
}

/// Whether the definition gives a task the result of another one, what the classes of the module give aside.
fn hands_results(dag: &Dag, made: &BTreeMap<String, MadeTask>) -> bool {
    dag.tasks.iter().any(|task| {
        let made = made.get(&task.task_id);
        let is_written =
            |argument: &&Argument| made.is_none_or(|made| !made.arguments.contains(&argument.name));
        let mut written = task.arguments.iter().filter(is_written);
        written.any(|argument| taskflow::holds_result(&argument.value))
    })
}

/// Whether what is written holds a function to which no import path leads.
fn holds_functions(dag: &Dag, target: &Target) -> bool {
    let of_dag = dag.arguments.iter().filter(|argument| target.writes_on_dag(&argument.name));
    let of_tasks = dag.tasks.iter().flat_map(|task| {
        let own = task.arguments.iter().chain(&task.inherited);
        let expand = match &task.mapping {
            Some(Mapping::Expand(expand)) => expand.as_slice(),
            Some(Mapping::ExpandKwargs { .. } | Mapping::InMappedGroup) | None => &[],
        };
        own.filter(|argument| !target.drops(&argument.name)).chain(expand)
    });
    let mut values =
        of_dag.chain(&dag.default_args).chain(of_tasks).flat_map(|argument| argument.value.walk());
    values.any(|value| matches!(value, Datum::Reference(reference) if is_local(reference)))
}

struct Packer<'a> {
    input: &'a Input<'a>,
    callables: Callables<'a>,
    findings: Vec<Diagnostic>,
    /// How many values refer to the module.
    moved: usize,
    /// The tasks that its classes make.
    made: BTreeMap<String, MadeTask>,
    /// Whether it has code of the DAG file.
    has_code: bool,
}

impl Packer<'_> {
    /// Lets a class make a task that the format cannot say, and gives the names of the arguments that are left to it.
    fn class(&mut self, task: &mut Task, options: &[&Argument]) -> Option<BTreeSet<String>> {
        if options.is_empty() && !made::is_made(task, self.input.dag, self.input.target) {
            return None;
        }
        let (name, arguments) = match made::class(&mut self.callables, self.input, task, options) {
            Ok(Some(made)) => {
                self.has_code |= made.has_functions;
                (made.name, made.arguments)
            }
            Ok(None) => return None,
            Err(finding) => {
                self.findings.push(finding.dag(&self.input.dag.dag_id).task(&task.task_id));
                (String::new(), BTreeSet::new())
            }
        };
        let path = format!("{}.{name}", module_name(&self.input.dag.dag_id));
        self.made.insert(task.task_id.clone(), MadeTask { path, arguments: arguments.clone() });
        Some(arguments)
    }

    fn arguments<'a>(&mut self, task: Option<&str>, arguments: impl Iterator<Item = &'a mut Argument>) {
        for argument in arguments {
            let wish = task.map_or_else(
                || argument.name.clone(),
                |task| match argument.name.as_str() {
                    "python_callable" => short(task).to_owned(),
                    name => format!("{}_{name}", short(task)),
                },
            );
            let (name, span) = (argument.name.clone(), argument.span);
            if let Err(finding) = self.value(&mut argument.value, &wish, span) {
                let finding = finding.dag(&self.input.dag.dag_id).parameter(name);
                self.findings.push(match task {
                    Some(task) => finding.task(task),
                    None => finding,
                });
            }
        }
    }

    /// Puts references to the module in the place of functions to which no path leads.
    fn value(&mut self, value: &mut Datum, wish: &str, span: Span) -> Result<(), Box<Diagnostic>> {
        let Datum::Reference(reference) = &*value else {
            return value.children_mut().try_for_each(|inner| self.value(inner, wish, span));
        };
        if !is_local(reference) {
            return Ok(());
        }
        let (module, name) = match self.callables.place(value, wish, span)? {
            Place::Own(name) => (OWN.to_owned(), name),
            Place::Local(module, name) => (module, name),
        };
        self.moved += 1;
        *value = Datum::Reference(Reference { module: Some(module), name, span: None, captured: Vec::new() });
        Ok(())
    }

    /// The class whose objects stand for results of tasks, by name.
    fn task_output(&mut self) -> Result<String, Refusal> {
        let result = self.callables.imported("airflow.sdk.XComArg", self.input.dag.span)?;
        let name = self.callables.fresh("TaskOutput");
        self.callables.add(&name, TASK_OUTPUT.replace("XComArg", &result).replace("TaskOutput", &name));
        Ok(name)
    }

    fn finish(mut self, mut dag: Dag, dag_options: BTreeSet<String>) -> Packed {
        let input = self.input;
        if self.moved > 0 || self.has_code {
            self.callables.slice.reach_effects();
        }
        let hands_results = hands_results(&dag, &self.made);
        let task_output = hands_results.then(|| self.task_output()).transpose().unwrap_or_else(|finding| {
            self.findings.push(*finding);
            None
        });
        self.findings.append(&mut self.callables.slice.findings);
        let text = module::text(&self.callables, &BTreeSet::new(), input);
        self.findings.extend(contents::airflow_imports(input, &text));
        if text.contains("__file__") {
            let message = "a function uses the place of its file (`__file__`), and the module beside the definition has another";
            self.findings.push(
                Diagnostic::error(codes::NOT_PORTABLE, dag.span, message)
                    .help("define what the tasks call at the top level of a module that can be imported"),
            );
        }
        let own = module_name(&dag.dag_id);
        settle_own(&mut dag, &own);
        let what: Vec<&str> = [
            (self.moved > 0, "functions that cannot be imported"),
            (hands_results, "results of tasks"),
            (!self.made.is_empty(), "tasks that the format cannot say"),
            (!dag_options.is_empty(), "options of the DAG"),
        ]
        .into_iter()
        .filter_map(|(is_there, what)| is_there.then_some(what))
        .collect();
        let what = match what.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            Some((last, _)) => (*last).to_owned(),
            None => "nothing".to_owned(),
        };
        let message =
            format!("`{own}.py` stands for {what}, and must be importable where the definition is loaded");
        self.findings.push(
            Diagnostic::note(codes::CODE_MODULE, dag.span, message)
                .help("the DAGs folder itself is on the import path, and so is that of plugins"),
        );
        let findings = std::mem::take(&mut self.findings);
        dag.findings.extend(findings.into_iter().map(|finding| finding.dag(&input.dag.dag_id)));
        let names = self.callables.slice.reached.iter();
        let names = names.map(|(name, range)| (name.clone(), Span::new(input.file.id(), *range))).collect();
        let path = format!("{own}.py");
        let entry = Entry { path: path.clone(), bytes: text.clone().into_bytes(), executable: false };
        Packed {
            dag: Some(dag),
            package: Some(Package { kind: CodeKind::Module, entries: vec![entry], requirements: None }),
            written: Some(Written { path, text, names, local: Vec::new() }),
            task_output: task_output.map(|name| format!("{own}.{name}")),
            made: self.made,
            dag_options,
            modules: BTreeSet::from([own]),
        }
    }
}

/// The name of the module beside a definition: that of the DAG as far as Python can spell it, with a few digits of a checksum where it
/// cannot, so that no two DAGs share one.
fn module_name(dag_id: &str) -> String {
    let mut name = python_name(dag_id, "_");
    if name != dag_id {
        let digest = Sha256::digest(dag_id.as_bytes());
        name.push('_');
        name.extend(digest.iter().take(4).map(|byte| format!("{byte:02x}")));
    }
    format!("{name}_code")
}

#[cfg(test)]
mod tests {
    use super::module_name;

    #[test]
    fn each_dag_has_a_module_of_its_own() {
        assert_eq!(module_name("orders"), "orders_code");
        assert_ne!(module_name("orders-eu"), module_name("orders.eu"));
        assert!(module_name("2024").starts_with("_2024_"));
    }
}
