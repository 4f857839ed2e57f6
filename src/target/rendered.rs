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
        Datum::FrozenSet(_) => {}
        other => other.values().for_each(|item| members(item, see)),
    }
}

/// The members of a value that Airflow renders, to be written anew: those of lists, tuples and dicts. Sets stay as they are, and
/// other objects, which say themselves what of them is rendered.
pub(crate) fn members_mut(value: &mut Datum) -> impl Iterator<Item = &mut Datum> {
    let stays = matches!(value, Datum::Set(_) | Datum::FrozenSet(_) | Datum::Object(_));
    (!stays).then_some(value).into_iter().flat_map(Datum::values_mut)
}
