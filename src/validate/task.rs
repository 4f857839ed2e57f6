//! The tasks of a block: their operators and arguments, and what they have from `default_args`.

use super::graph::{self, Dependency, Groups};
use super::kinds;
use super::place::{Report, entries};
use crate::dag::{Argument, Dag, Mapping, Operator, OperatorKind, Role, Task};
use crate::datum::{Datum, Reference, XCom};
use crate::diagnostic::codes;
use crate::source::Span;
use crate::target::{Target, imports_callable, loader};
use crate::yaml::{Node, Value};

/// Reads `tasks` into the DAG, and draws its edges.
pub(super) fn tasks(
    target: &Target,
    dag: &mut Dag,
    groups: &Groups,
    key: &Node,
    value: &Node,
    report: &mut Report,
) {
    if target.is_service() && matches!(value.value, Value::Sequence(_)) {
        let span = report.span(key.range.clone());
        let message = "the service takes `tasks` as a mapping of task_id to task, and no list";
        report.error(codes::INVALID_DEFINITION, span, message);
    }
    let (mut keys, mut waits) = (Vec::new(), Vec::new());
    for (name, key, block) in graph::blocks(value, "task_id", "tasks", report) {
        let before = report.diagnostics.len();
        let span = report.span(key.range.clone());
        let Some(all) = entries(block) else {
            report.error(codes::INVALID_DEFINITION, span, format!("the task `{name}` is no mapping"));
            continue;
        };
        let mut task = Reading { dag, groups, span, waits: Vec::new() }.task(&name, &all, report);
        waits.push(std::mem::take(&mut task.1));
        keys.push(name);
        for finding in &mut report.diagnostics[before..] {
            finding.task_id.get_or_insert_with(|| task.0.task_id.clone());
        }
        dag.tasks.push(task.0);
    }
    graph::edges(dag, &keys, &waits, groups, report);
}

/// A task on its way into the model.
struct Reading<'a> {
    dag: &'a Dag,
    groups: &'a Groups,
    span: Span,
    waits: Vec<Dependency>,
}

impl Reading<'_> {
    fn task(
        mut self,
        name: &str,
        all: &[(&str, &Node, &Node)],
        report: &mut Report,
    ) -> (Task, Vec<Dependency>) {
        let operator = self.operator(all, report);
        let mut task = Task {
            task_id: name.to_owned(),
            span: self.span,
            operator,
            arguments: Vec::new(),
            inherited: Vec::new(),
            group: None,
            mapping: None,
            role: Role::Work,
        };
        let mut expand = None;
        for (argument, key, value) in all {
            let span = report.entry(key, value);
            match *argument {
                "operator" | "decorator" | "task_id" => {}
                "dependencies" => self.waits = graph::dependencies(value, span, report),
                "task_group_name" => {
                    let group = value.as_str().unwrap_or_default();
                    task.group = self.groups.place(group);
                    match task.group.and_then(|group| self.dag.groups.get(group)) {
                        Some(around) if prefixes(around) => {
                            task.task_id = format!("{}.{name}", around.group_id);
                        }
                        Some(_) => {}
                        None => graph::unknown_group(group, self.groups, span, report),
                    }
                }
                "expand" => expand = Some(self.inner(value, &task.operator, "expand", span, report)),
                "partial" => {
                    let partial = self.inner(value, &task.operator, "partial", span, report);
                    task.arguments.extend(partial);
                }
                // What the loader makes other arguments of; the files are not read here.
                name if loader().consumed.iter().any(|consumed| consumed == name) => {
                    if let Some(name) = name.strip_suffix("_name").or_else(|| name.strip_suffix("_lambda")) {
                        task.arguments.push(given(name, value, span));
                    }
                }
                _ => task.arguments.extend(self.argument(&task.operator, argument, value, span, report)),
            }
        }
        if let Some(expand) = expand.filter(|expand| !expand.is_empty()) {
            task.mapping =
                Some(Mapping::Expand(expand.into_iter().map(|entry| mapped(self.dag, entry)).collect()));
        }
        let is_set = |name: &str| task.arguments.iter().any(|entry| entry.name == name);
        task.inherited = self.dag.default_args.iter().filter(|entry| !is_set(&entry.name)).cloned().collect();
        (task, self.waits)
    }

    fn operator(&self, all: &[(&str, &Node, &Node)], report: &mut Report) -> Operator {
        let find = |name: &str| all.iter().find(|(known, ..)| *known == name).map(|(_, _, value)| *value);
        let of = |path: &str, kind| Operator {
            path: path.to_owned(),
            name: path.rsplit('.').next().unwrap_or(path).to_owned(),
            kind,
        };
        if let Some(node) = find("operator") {
            let span = report.span(node.range.clone());
            let Some(path) = node.as_str() else {
                report.error(codes::INVALID_DEFINITION, span, "`operator` is no class path");
                return of("", OperatorKind::Class);
            };
            if !path.contains('.') {
                let message = format!("`{path}` is no class path, and the loader imports `operator`");
                let found =
                    crate::catalog::by_name(path).next().map(|class| format!("there is `{}`", class.path()));
                report.error(codes::UNSUPPORTED_OPERATOR, span, message).help = found;
            }
            return of(path, OperatorKind::Class);
        }
        if let Some(path) = find("decorator").and_then(Node::as_str) {
            // `airflow.sdk.task`, or `airflow.decorators.task.branch`.
            let decorator = path.find("task").map_or(path, |at| &path[at..]);
            return of(path, OperatorKind::Decorated { decorator: decorator.to_owned() });
        }
        let message = "a task has either an `operator` or a `decorator`";
        report.error(codes::INVALID_DEFINITION, self.span, message);
        of("", OperatorKind::Class)
    }

    /// The arguments in `expand` or `partial`.
    fn inner(
        &self,
        value: &Node,
        operator: &Operator,
        what: &str,
        span: Span,
        report: &mut Report,
    ) -> Vec<Argument> {
        let Some(all) = entries(value) else {
            report.error(codes::INVALID_DEFINITION, span, format!("`{what}` is no mapping"));
            return Vec::new();
        };
        let mut arguments = Vec::new();
        for (name, key, value) in all {
            let span = report.entry(key, value);
            if what == "expand" {
                let value = report.load(value, &self.dag.dag_id);
                arguments.push(Argument { name: name.to_owned(), value, span });
            } else {
                arguments.extend(self.argument(operator, name, value, span, report));
            }
        }
        arguments
    }

    fn argument(
        &self,
        operator: &Operator,
        name: &str,
        value: &Node,
        span: Span,
        report: &mut Report,
    ) -> Option<Argument> {
        // The arguments of the function itself, of which nothing is known.
        let is_function =
            matches!(operator.kind, OperatorKind::Decorated { .. }) && name != "python_callable";
        if is_function && !crate::catalog::base_operator_parameters().any(|parameter| parameter.name == name)
        {
            return None;
        }
        let value = report.load(value, &self.dag.dag_id);
        let is_callable = name == "python_callable"
            && (imports_callable(&operator.path) || matches!(operator.kind, OperatorKind::Decorated { .. }));
        let form = if is_callable {
            crate::target::Form::ImportPath
        } else {
            loader().task_form(&[operator.name.as_str()], name)
        };
        let value = kinds::callable(form, value);
        kinds::of_task(name, &value, span, report);
        Some(Argument { name: name.to_owned(), value, span })
    }
}

/// The callable that the loader finds by its name in a file.
fn given(name: &str, value: &Node, span: Span) -> Argument {
    let name_of = value.as_str().unwrap_or_default().to_owned();
    // The file is executed under a name of its own, so that nothing has to be importable.
    let reference = Reference { module: Some("builtins".to_owned()), name: name_of, span: None };
    Argument { name: name.to_owned(), value: Datum::Reference(reference), span }
}

fn prefixes(group: &crate::dag::Group) -> bool {
    !group.arguments.iter().any(|entry| entry.name == "prefix_group_id" && entry.value == Datum::Bool(false))
}

/// What is mapped over: `task.output` is the result of that task.
fn mapped(dag: &Dag, entry: Argument) -> Argument {
    let value = match &entry.value {
        Datum::Str(text) => match text.strip_suffix(".output") {
            Some(task_id) => Datum::XCom(XCom {
                dag_id: dag.dag_id.clone(),
                task_id: task_id.to_owned(),
                key: "return_value".to_owned(),
            }),
            None => entry.value,
        },
        _ => entry.value,
    };
    Argument { value, ..entry }
}
