//! Functions under `@task`: written by the class that the decorator makes its tasks of, with the function and its arguments.

use crate::dag::OperatorKind;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::operators::class_name;
use crate::target::rules::mapping::results;

const CALLABLE: &str = "python_callable";
/// The arguments of the function; the class asks for both.
const POSITIONAL: &str = "op_args";
const KEYWORD: &str = "op_kwargs";

pub(super) fn run(draft: &mut Draft<'_>) {
    if draft.target.is_service() {
        return;
    }
    for place in 0..draft.tasks.len() {
        let task = draft.tasks[place].task;
        if !matches!(task.operator.kind, OperatorKind::Decorated { .. }) {
            continue;
        }
        for (name, empty) in [(POSITIONAL, Datum::List(Vec::new())), (KEYWORD, Datum::Map(Vec::new()))] {
            let arguments = &mut draft.tasks[place].arguments;
            if !arguments.iter().any(|entry| entry.name == name) {
                let entry = Entry { name: name.to_owned(), value: empty, span: task.span, raw: false };
                arguments.push(entry);
            }
        }
        not_rendered(draft, place);
        for entry in &mut draft.tasks[place].arguments {
            if entry.name == POSITIONAL
                && let Datum::Tuple(items) = &entry.value
            {
                entry.value = Datum::List(items.clone());
            }
        }
        if !draft.tasks[place].arguments.iter().any(|entry| entry.name == CALLABLE) {
            let error =
                Diagnostic::error(codes::INEXPRESSIBLE, task.span, "the function of this task is not known");
            draft.report_on(Owner::Task(place), CALLABLE, error);
        }
    }
}

/// Refuses results that are handed to a function whose arguments its class does not render: Airflow draws no edge for them,
/// and the function gets no result.
///
/// Source: `_KubernetesCmdDecoratedOperator` of the cncf.kubernetes provider 10.6.1.
fn not_rendered(draft: &mut Draft<'_>, place: usize) {
    const CLASS: &str = "_KubernetesCmdDecoratedOperator";
    if class_name(&draft.tasks[place].operator) != CLASS {
        return;
    }
    let handed: Vec<Entry> = draft.tasks[place]
        .arguments
        .iter()
        .filter(|entry| entry.name == POSITIONAL || entry.name == KEYWORD)
        .filter(|entry| results(&entry.value).next().is_some())
        .cloned()
        .collect();
    for entry in handed {
        let message = "this decorator does not render what its function is given, so no result reaches it";
        let error = Diagnostic::error(codes::INEXPRESSIBLE, entry.span, message);
        draft.report_on(Owner::Task(place), &entry.name, error);
    }
}

#[cfg(test)]
mod tests {
    use crate::dag::{Dag, OperatorKind};
    use crate::datum::{Datum, Reference, XCom};
    use crate::target::testing::{arg, dag, rendered, said, shown, task};

    fn decorated(decorator: &str, arguments: Vec<crate::dag::Argument>) -> Dag {
        let function = Datum::Reference(Reference {
            module: Some("mine".into()),
            name: "f.function".into(),
            span: None,
            captured: Vec::new(),
        });
        let mut task = task("a", "airflow.sdk.task", arguments);
        task.arguments.push(arg("python_callable", function));
        task.operator.kind = OperatorKind::Decorated { decorator: decorator.to_owned() };
        dag("d").with_task(task)
    }

    #[test]
    fn a_decorated_function_is_written_by_its_class() {
        let dag = decorated("task.branch", vec![arg("op_args", Datum::Tuple(vec![Datum::int(5)]))]);
        let rendering = rendered("dag-factory", &dag);
        let text = shown(&rendering);
        assert!(
            text.contains("branch_python._BranchPythonDecoratedOperator, op_args: [5], python_callable: "),
            "{text}"
        );
        assert!(
            text.contains("mine") && text.contains("f.function") && text.contains("op_kwargs: {}"),
            "{text}"
        );
        assert!(said(&rendered("mwaa-serverless", &dag))[0].starts_with("Error needs-code-package [a]"));
        assert!(rendered("dag-factory", &decorated("task.none", vec![])).definition.is_none());
    }

    #[test]
    fn a_result_is_handed_to_a_function_as_text() {
        let result =
            Datum::XCom(XCom { dag_id: "d".into(), task_id: "b".into(), key: "return_value".into() });
        let dag = decorated("task", vec![arg("op_args", Datum::List(vec![Datum::List(vec![result])]))]);
        let lines = said(&rendered("dag-factory", &dag));
        assert!(lines.iter().any(|line| line.starts_with("Warning result-as-text [a.op_args]")), "{lines:?}");
    }
}
