//! Params that stand for values in arguments: dag-factory builds the object; on a service the template that reads the param stands in its
//! place, where that comes to the same.
//!
//! Source: `DagParam` of Airflow 3.0.6.

use crate::dag::DAG_PARAM;
use crate::datum::{Datum, TypedObject};
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::operators::info;

const PARAMS: &str = "params";

pub(super) fn run(draft: &mut Draft<'_>) {
    if !draft.target.is_service() {
        return;
    }
    let offers =
        draft.target.templates.as_ref().is_none_or(|table| table.variables.iter().any(|name| name == PARAMS));
    let mut dag = std::mem::take(&mut draft.arguments);
    let mut default_args = std::mem::take(&mut draft.default_args);
    for entry in dag.iter_mut().chain(&mut default_args) {
        settle(draft, Owner::Dag, entry, false);
    }
    (draft.arguments, draft.default_args) = (dag, default_args);
    for place in 0..draft.tasks.len() {
        let class = info(&draft.tasks[place].operator);
        let mut arguments = std::mem::take(&mut draft.tasks[place].arguments);
        let mut inherited = std::mem::take(&mut draft.tasks[place].inherited);
        for entry in arguments.iter_mut().chain(&mut inherited) {
            let is_rendered =
                class.is_some_and(|class| class.template_fields().any(|field| field == entry.name));
            settle(draft, Owner::Task(place), entry, offers && is_rendered);
        }
        (draft.tasks[place].arguments, draft.tasks[place].inherited) = (arguments, inherited);
    }
}

fn settle(draft: &mut Draft<'_>, owner: Owner, entry: &mut Entry, is_rendered: bool) {
    let mut names = Vec::new();
    write(&mut entry.value, is_rendered, &mut names);
    // The same name twice is one record.
    names.dedup();
    for (name, is_written) in names {
        if is_written {
            let message = format!("the param `{name}` is written as the template that reads it");
            draft.changed(codes::CHANGED_FORM, owner, &entry.name, entry.span, message);
        } else {
            let message = format!(
                "the param `{name}` of the DAG is an object here, which {} cannot have",
                draft.target.called()
            );
            let error = Diagnostic::error(codes::INEXPRESSIBLE, entry.span, message)
                .help(format!("where text will do, write `{{{{ params.{name} }}}}` in its place"));
            draft.report_on(owner, &entry.name, error);
        }
    }
}

/// Puts templates in the place of params; `names` has each param, and whether it was written so.
fn write(value: &mut Datum, is_rendered: bool, names: &mut Vec<(String, bool)>) {
    match value {
        Datum::Object(object) if object.path == DAG_PARAM => {
            let Some(Datum::Str(name)) = argument(object, "name") else { return };
            let name = name.clone();
            let is_written =
                is_rendered && is_name(&name) && matches!(argument(object, "default"), Some(Datum::Str(_)));
            if is_written {
                *value = Datum::Str(format!("{{{{ params.{name} }}}}"));
            }
            names.push((name, is_written));
        }
        Datum::Object(_) => value.values_mut().for_each(|item| write(item, false, names)),
        other => other.values_mut().for_each(|item| write(item, is_rendered, names)),
    }
}

fn argument<'a>(object: &'a TypedObject, name: &str) -> Option<&'a Datum> {
    object.kwargs.iter().find(|(own, _)| own == name).map(|(_, value)| value)
}

/// Whether a template can spell a param as an attribute.
fn is_name(name: &str) -> bool {
    !name.starts_with(|letter: char| letter.is_ascii_digit())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::testing::{EMR, arg, dag, rendered, said, shown, task};

    fn param(default: Datum) -> Datum {
        let object = |path: &str, kwargs: Vec<(&str, Datum)>| {
            let kwargs = kwargs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            Datum::Object(Box::new(TypedObject { path: path.to_owned(), args: Vec::new(), kwargs }))
        };
        object(DAG_PARAM, vec![("name", Datum::str("day")), ("default", default)])
    }

    fn given(name: &str, default: Datum) -> crate::dag::Dag {
        dag("d").with_task(task("a", EMR, vec![arg(name, Datum::List(vec![param(default)]))]))
    }

    #[test]
    fn dag_factory_builds_the_object() {
        let text = shown(&rendered("dag-factory", &given("job_flow_overrides", Datum::int(1))));
        assert!(text.contains("param.DagParam(name=day, default=1)"), "{text}");
    }

    #[test]
    fn a_service_reads_text_by_a_template() {
        let lines = said(&rendered("mwaa-serverless", &given("job_flow_overrides", Datum::str("today"))));
        assert!(
            lines.contains(
                &"Note changed-form [a.job_flow_overrides] the param `day` is written as the template that reads it"
                    .to_owned()
            ),
            "{lines:?}"
        );
        for dag in [given("job_flow_overrides", Datum::int(1)), given("wait_policy", Datum::str("today"))] {
            let rendering = rendered("mwaa-serverless", &dag);
            assert!(rendering.definition.is_none());
            assert!(said(&rendering).iter().any(|line| line.starts_with("Error inexpressible [a.")));
        }
    }
}
