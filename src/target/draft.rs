//! The draft of a definition: what the author set, on which the rules work until it can be written.
//!
//! An entry leaves the draft only through `Draft::drop_entry` or by a record of the rule that takes it, so that nothing is lost silently.

use std::collections::HashMap;
use std::ops::Range;

use super::literal::in_words;
use super::profile::{Impact, Parameter, Target};
use super::rules::Parsed;
use super::{Places, RenderOptions};
use crate::dag::{Argument, Dag, Mapping, Task};
use crate::datum::{DateTime, Datum};
use crate::diagnostic::{Code, Diagnostic, Disposition, codes};
use crate::parse::{Literals, parse};
use crate::source::{FileId, Sources, Span};

/// One key of a block and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) value: Datum,
    pub(crate) span: Span,
    /// Whether the value must reach the operator past the loader's own handling.
    pub(crate) raw: bool,
}

impl From<&Argument> for Entry {
    fn from(argument: &Argument) -> Self {
        let Argument { name, value, span } = argument;
        Self { name: name.clone(), value: value.clone(), span: *span, raw: false }
    }
}

/// A task of the definition.
#[derive(Debug, Clone)]
pub(crate) struct TaskDraft<'a> {
    /// The task of the model that it comes from.
    pub(crate) task: &'a Task,
    /// Its full id.
    pub(crate) id: String,
    /// The class path that is written.
    pub(crate) operator: String,
    /// Whether that is another class than the author's, which is gone.
    pub(crate) replaced: bool,
    /// Its arguments.
    pub(crate) arguments: Vec<Entry>,
    /// What it has from `default_args` of its DAG, its groups and its call.
    pub(crate) inherited: Vec<Entry>,
    /// What is written as `default_args` of the task: entries that only the operator itself can place.
    pub(crate) default_args: Vec<Entry>,
    /// What is written as `expand`.
    pub(crate) expand: Vec<Entry>,
    /// The group it is written in, by index into the DAG's groups.
    pub(crate) group: Option<usize>,
    /// The key it is written under.
    pub(crate) key: String,
    /// Whether its operator has refused the DAG, so that what it is given matters no more.
    pub(crate) refused: bool,
}

/// A task group of the definition.
#[derive(Debug, Clone)]
pub(crate) struct GroupDraft {
    /// The key it is written under.
    pub(crate) key: String,
    /// What is written there.
    pub(crate) block: Datum,
}

/// Whose argument it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The DAG's.
    Dag,
    /// That of the task at this place in the draft.
    Task(usize),
}

/// The draft.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) target: &'a Target,
    pub(crate) dag: &'a Dag,
    pub(crate) options: &'a RenderOptions,
    pub(crate) arguments: Vec<Entry>,
    pub(crate) default_args: Vec<Entry>,
    /// The zone in which the DAG's dates are written; `None` for UTC.
    pub(crate) timezone: Option<Datum>,
    pub(crate) tasks: Vec<TaskDraft<'a>>,
    /// Edges by place in `tasks`, in the order in which they were drawn.
    pub(crate) edges: Vec<(usize, usize)>,
    /// The groups that are written as such.
    pub(crate) groups: Vec<GroupDraft>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The rendered texts of each task as the rule of templates read them, for the rule after it.
    pub(crate) templates: Option<Vec<Vec<Parsed>>>,
    sources: &'a Sources,
    /// The literals of the files into which a finding pointed so far.
    literals: HashMap<FileId, Literals>,
}

impl<'a> Draft<'a> {
    /// The draft that says just what the model says.
    pub(crate) fn new(
        target: &'a Target,
        dag: &'a Dag,
        options: &'a RenderOptions,
        sources: &'a Sources,
    ) -> Self {
        let entries = |arguments: &[Argument]| arguments.iter().map(Entry::from).collect::<Vec<_>>();
        let tasks = dag.tasks.iter().map(|task| TaskDraft {
            task,
            id: task.task_id.clone(),
            operator: task.operator.path.clone(),
            arguments: entries(&task.arguments),
            inherited: entries(&task.inherited),
            default_args: Vec::new(),
            expand: match &task.mapping {
                Some(Mapping::Expand(arguments)) => entries(arguments),
                Some(Mapping::ExpandKwargs { .. } | Mapping::InMappedGroup) | None => Vec::new(),
            },
            group: None,
            key: task.task_id.clone(),
            refused: false,
            replaced: false,
        });
        Self {
            target,
            dag,
            options,
            arguments: entries(&dag.arguments),
            default_args: entries(&dag.default_args),
            timezone: None,
            tasks: tasks.collect(),
            edges: dag.edges.iter().map(|edge| (edge.upstream, edge.downstream)).collect(),
            groups: Vec::new(),
            diagnostics: Vec::new(),
            templates: None,
            sources,
            literals: HashMap::new(),
        }
    }

    /// The place of a part of a text in the source: inside the string literal that says it, or else `span`, where it was handed
    /// over. `around` are the words of the text by which it is known in a literal that says only a piece of the text.
    pub(crate) fn locate(
        &mut self,
        span: Span,
        text: &str,
        part: Range<usize>,
        around: Range<usize>,
    ) -> Span {
        if matches!(self.options.places, Places::Definition) {
            return span;
        }
        let file = self.sources.get(span.file);
        let literals = self.literals.entry(span.file).or_insert_with(|| match &self.options.places {
            Places::Tree(id, module) if *id == span.file => Literals::of(module),
            // What is no Python has no model, and so no finding that comes here.
            Places::Tree(..) | Places::Unparsed | Places::Definition => {
                parse(file.text()).map(|module| Literals::of(&module)).unwrap_or_default()
            }
        });
        let range = literals.find(file.text(), span.range, text, part, around);
        Span::new(span.file, range.unwrap_or(span.range))
    }

    /// Adds a record, with the DAG's id.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic.dag(&self.dag.dag_id));
    }

    /// Adds a record about an argument.
    pub(crate) fn report_on(&mut self, owner: Owner, parameter: &str, diagnostic: Diagnostic) {
        let diagnostic = match owner {
            Owner::Dag => diagnostic,
            Owner::Task(index) => diagnostic.task(&self.tasks[index].id),
        };
        self.report(diagnostic.parameter(parameter));
    }

    /// Says that an entry is left out, and what that costs.
    pub(crate) fn record_drop(&mut self, owner: Owner, entry: &Entry, row: &Parameter, harmless: bool) {
        let service = self.target.called();
        let message = if harmless {
            format!("`{}` is left out, which changes nothing for {service}", entry.name)
        } else {
            match &row.message {
                Some(message) => {
                    message.replace("{service}", service).replace("{value}", &in_words(&entry.value))
                }
                None => format!("`{}` is ignored by {service}", entry.name),
            }
        };
        let mut diagnostic = match row.impact {
            Impact::Behaviour if !harmless => {
                Diagnostic::warning(codes::UNSUPPORTED_PARAMETER, Disposition::Dropped, entry.span, message)
            }
            Impact::Behaviour | Impact::None => {
                Diagnostic::note(codes::UNSUPPORTED_PARAMETER, entry.span, message)
                    .disposition(Disposition::Dropped)
            }
        };
        if let Some(help) = row.help.as_ref().filter(|_| !harmless) {
            diagnostic = diagnostic.help(help);
        }
        self.report_on(owner, &entry.name, diagnostic);
    }

    /// A note about how something is written.
    pub(crate) fn changed(&mut self, code: Code, owner: Owner, parameter: &str, span: Span, message: String) {
        let diagnostic = Diagnostic::note(code, span, message).disposition(Disposition::Changed);
        self.report_on(owner, parameter, diagnostic);
    }

    /// Whether the model is known to be incomplete, so that what is missing says nothing.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.dag.findings.iter().any(Diagnostic::is_error)
    }

    /// A date of the DAG, where it is known.
    pub(crate) fn dag_date(&self, name: &str) -> Option<DateTime> {
        match &self.argument(name)?.value {
            Datum::DateTime(date) => Some(date.clone()),
            _ => None,
        }
    }

    /// The DAG's argument of that name.
    pub(crate) fn argument(&self, name: &str) -> Option<&Entry> {
        self.arguments.iter().find(|entry| entry.name == name)
    }
}

/// Takes the entry of that name out of a list.
pub(crate) fn take(entries: &mut Vec<Entry>, name: &str) -> Option<Entry> {
    entries.iter().position(|entry| entry.name == name).map(|at| entries.remove(at))
}
