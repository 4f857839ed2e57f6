//! Airflow Variables that were not supplied and reach a template field alone: the template that reads them when the task runs is
//! written in their place.

use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::Span;
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::operators::info;
use crate::target::rendered::members_mut;

pub(super) fn run(draft: &mut Draft<'_>) {
    let offered =
        draft.target.templates.as_ref().is_none_or(|table| table.variables.iter().any(|name| name == "var"));
    let is_native = draft.dag.arguments.iter().any(|argument| {
        argument.name == "render_template_as_native_obj" && argument.value != Datum::Bool(false)
    });
    if !offered || is_native {
        return;
    }
    for place in 0..draft.tasks.len() {
        let Some(class) = info(&draft.tasks[place].operator) else { continue };
        let endings: Vec<&str> = class.template_endings().collect();
        let mut arguments = std::mem::take(&mut draft.tasks[place].arguments);
        let is_rendered = |entry: &&mut Entry| class.template_fields().any(|field| field == entry.name);
        for entry in arguments.iter_mut().filter(is_rendered) {
            let mut written = Vec::new();
            write(&mut entry.value, &endings, &mut written);
            if written.is_empty() {
                continue;
            }
            let mut names: Vec<String> = Vec::new();
            let mut places = Vec::new();
            for (name, span) in written {
                if !names.contains(&name) {
                    names.push(name);
                }
                if !places.contains(&span) {
                    places.push(span);
                }
            }
            let shown: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let plural = if names.len() == 1 { "" } else { "s" };
            let message =
                format!("the Airflow Variable{plural} {} will be read when the task runs", shown.join(", "));
            let flags: Vec<String> = names.iter().map(|name| format!("`--variable {name}=VALUE`")).collect();
            let object = if names.len() == 1 { "its value" } else { "their values" };
            let mut warning =
                Diagnostic::warning(codes::VARIABLE_READ_LATER, Disposition::Changed, entry.span, message)
                    .help(format!("to have {object} in the definition, use {}", flags.join(", ")));
            for span in places {
                warning = warning.label(span, "read here while the file is loaded");
            }
            draft.report_on(Owner::Task(place), &entry.name, warning);
        }
        draft.tasks[place].arguments = arguments;
    }
}

/// Writes templates wherever Airflow renders: texts in lists, tuples and the values of dicts.
fn write(value: &mut Datum, endings: &[&str], written: &mut Vec<(String, Span)>) {
    match value {
        Datum::Unknown(cause) => {
            let template = cause.template.as_ref().filter(|template| template.is_text);
            let Some(template) = template.filter(|template| !may_name_a_file(&template.text, endings)) else {
                return;
            };
            written.extend(template.reads.iter().cloned());
            *value = Datum::Str(template.text.clone());
        }
        // Airflow would look for files here too, but nobody names one as the value of a key.
        Datum::Map(_) => members_mut(value).for_each(|item| write(item, &[], written)),
        other => members_mut(other).for_each(|item| write(item, endings, written)),
    }
}

/// Whether Airflow could take the value for the name of a file that holds the template: it ends as such names do, or in a part that
/// is not known.
fn may_name_a_file(text: &str, endings: &[&str]) -> bool {
    let is_one_word = || !text.replace("{{ ", "").replace(" }}", "").contains(char::is_whitespace);
    endings.iter().any(|ending| text.ends_with(ending))
        || !endings.is_empty() && text.ends_with("}}") && is_one_word()
}

#[cfg(test)]
mod tests {
    use super::may_name_a_file;

    #[test]
    fn names_of_files_are_left_alone() {
        let endings = [".sql"];
        for text in
            ["{{ var.value.q }}", "sql/{{ var.value.q }}", "{{ var.value.q }}.sql", "a {{ var.value.q }}.sql"]
        {
            assert!(may_name_a_file(text, &endings), "{text}");
        }
        for text in ["SELECT {{ var.value.q }}", "s3://{{ var.value.q }}/x"] {
            assert!(!may_name_a_file(text, &endings), "{text}");
        }
        assert!(!may_name_a_file("{{ var.value.q }}", &[]));
    }
}
