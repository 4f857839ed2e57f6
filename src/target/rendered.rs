//! Which texts of a task Airflow renders as templates, and which of them name a file with the template.

use super::draft::TaskDraft;
use super::operators::info;
use crate::catalog::OperatorInfo;
use crate::datum::Datum;
use crate::source::Span;

/// A text that Airflow renders when the task runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rendered {
    /// The argument that holds it.
    pub(crate) parameter: String,
    /// Where that was written.
    pub(crate) span: Span,
    /// The text.
    pub(crate) text: String,
    /// Whether it names a file, whose content is the template.
    pub(crate) is_file: bool,
}

/// The rendered texts of a task, in the order of its arguments. Of a class that the catalogue does not have, any argument may be.
///
/// Source: `Templater.render_template` of Airflow 3.0.6: members of lists, tuples, sets and dicts, but no keys; other objects
/// say themselves what of them is rendered.
pub(crate) fn rendered(task: &TaskDraft<'_>) -> Vec<Rendered> {
    let class = info(&task.operator);
    let endings: Vec<&str> = class.into_iter().flat_map(OperatorInfo::template_endings).collect();
    let mut found = Vec::new();
    for entry in task.arguments.iter().chain(&task.expand) {
        if class.is_some_and(|class| class.template_fields().all(|field| field != entry.name)) {
            continue;
        }
        members(&entry.value, &mut |text| {
            found.push(Rendered {
                parameter: entry.name.clone(),
                span: entry.span,
                text: text.to_owned(),
                is_file: endings.iter().any(|ending| text.ends_with(ending)),
            });
        });
    }
    found
}

fn members(value: &Datum, see: &mut dyn FnMut(&str)) {
    match value {
        Datum::Str(text) => see(text),
        Datum::List(items) | Datum::Tuple(items) | Datum::Set(items) => {
            for item in items {
                members(item, see);
            }
        }
        Datum::Map(pairs) => {
            for (_, value) in pairs {
                members(value, see);
            }
        }
        Datum::Object(object) => {
            let kwargs = object.kwargs.iter().map(|(_, value)| value);
            for item in object.args.iter().chain(kwargs) {
                members(item, see);
            }
        }
        Datum::Null
        | Datum::Bool(_)
        | Datum::Int(_)
        | Datum::Float(_)
        | Datum::Bytes(_)
        | Datum::FrozenSet(_)
        | Datum::DateTime(_)
        | Datum::Date(_)
        | Datum::Time(_)
        | Datum::TimeDelta(_)
        | Datum::Reference(_)
        | Datum::XCom(_)
        | Datum::Unknown(_) => {}
    }
}
