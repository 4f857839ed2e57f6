//! Values that the loader reads in a form of its own: callbacks, callables by path, deltas as text, lists.

use crate::dag::OperatorKind;
use crate::datum::{Datum, Reference, TimeDelta};
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::{Draft, Entry, Owner, TaskDraft};
use crate::target::literal::whole_seconds;
use crate::target::loader::{Form, loader};
use crate::target::operators::{PYTHON_CALLABLE, brings_callable, class_name, imports_callable};
use crate::target::profile::CodeKind;

/// The function that finds what lies at a path, whether or not a part of it is a module.
const RESOLVE: &str = "pkgutil.resolve_name";

/// Where an entry is to be written, which decides what can be said there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Dag,
    DefaultArgs,
    Task,
    /// `default_args` of a task, which the loader does not look into.
    TaskDefaults,
}

pub(super) fn run(draft: &mut Draft<'_>) {
    let mut arguments = std::mem::take(&mut draft.arguments);
    let form = |entry: &Entry| loader().dag_form(&entry.name);
    shape_all(draft, Owner::Dag, Block::Dag, &mut arguments, form);
    draft.arguments = arguments;

    let mut default_args = std::mem::take(&mut draft.default_args);
    let form = |entry: &Entry| match loader().task_form(&[], &entry.name) {
        form @ (Form::Callback | Form::Enum | Form::List | Form::NumberOrDuration) => form,
        _ => Form::Plain,
    };
    shape_all(draft, Owner::Dag, Block::DefaultArgs, &mut default_args, form);
    draft.default_args = default_args;

    for place in 0..draft.tasks.len() {
        let operator = draft.tasks[place].operator.clone();
        let base = match &draft.tasks[place].task.operator.kind {
            OperatorKind::Subclass { base } => base.as_str(),
            OperatorKind::Class | OperatorKind::Decorated { .. } => "",
        };
        let classes = [class_name(&operator), class_name(base)];
        if let Some(finding) = lacks_callable(draft, &draft.tasks[place], base) {
            draft.report_on(Owner::Task(place), PYTHON_CALLABLE, finding);
        }
        let mut arguments = std::mem::take(&mut draft.tasks[place].arguments);
        let form = |entry: &Entry| match entry.name.as_str() {
            PYTHON_CALLABLE if imports_callable(&operator) => Form::ImportPath,
            name => loader().task_form(&classes, name),
        };
        shape_all(draft, Owner::Task(place), Block::Task, &mut arguments, form);
        draft.tasks[place].arguments = arguments;
        let mut defaults = std::mem::take(&mut draft.tasks[place].default_args);
        shape_all(draft, Owner::Task(place), Block::TaskDefaults, &mut defaults, |_| Form::Plain);
        draft.tasks[place].default_args = defaults;
    }
}

/// The loader builds no task of `PythonOperator` and what derives from it without a `python_callable`, also where the class
/// brings its own; a class in the code beside the definition does.
fn lacks_callable(draft: &Draft<'_>, task: &TaskDraft<'_>, base: &str) -> Option<Diagnostic> {
    let has = task.arguments.iter().any(|argument| argument.name == PYTHON_CALLABLE);
    if has || draft.options.made.contains_key(&task.id) || !brings_callable(&task.operator, base) {
        return None;
    }
    let name = class_name(&task.operator);
    let message = format!("dag-factory builds no `{name}`, which brings a `python_callable` of its own");
    let error = Diagnostic::error(codes::INEXPRESSIBLE, task.task.span, message);
    Some(if draft.target.code() == Some(CodeKind::Module) && draft.options.packaged.is_none() {
        error.help("let a module beside the definition make it (`--code module`)")
    } else {
        error.help("leave the task out of this DAG, or keep the DAG in Python")
    })
}

fn shape_all(
    draft: &mut Draft<'_>,
    owner: Owner,
    block: Block,
    entries: &mut Vec<Entry>,
    form: impl Fn(&Entry) -> Form,
) {
    let service = draft.target.is_service();
    entries.retain_mut(|entry| {
        let form = form(entry);
        match shape(form, block, service, entry) {
            Shaped::Kept => true,
            Shaped::Changed(message) => {
                draft.changed(codes::CHANGED_FORM, owner, &entry.name, entry.span, message);
                true
            }
            Shaped::Omitted => {
                if owner == Owner::Dag && entry.name == "catchup" {
                    let message =
                        "`catchup=None` is left out: Airflow does not store it, so that the default holds";
                    draft.changed(codes::CHANGED_FORM, owner, &entry.name, entry.span, message.to_owned());
                }
                false
            }
            Shaped::Impossible(message) => {
                let error = Diagnostic::error(codes::INEXPRESSIBLE, entry.span, message);
                draft.report_on(owner, &entry.name, error);
                true
            }
        }
    });
}

enum Shaped {
    /// The entry holds what is to be written.
    Kept,
    /// So does it, in another form.
    Changed(String),
    /// Leaving the key out says the same.
    Omitted,
    /// The format cannot say it.
    Impossible(String),
}

fn shape(form: Form, block: Block, service: bool, entry: &mut Entry) -> Shaped {
    if entry.value.first_unknown().is_some() {
        return Shaped::Kept;
    }
    match form {
        Form::NotNull if entry.value == Datum::Null => Shaped::Omitted,
        Form::Plain | Form::Text | Form::Date | Form::Schedule | Form::Duration | Form::NotNull => {
            Shaped::Kept
        }
        Form::NumberOrDuration => {
            if service {
                number_as_duration(&mut entry.value);
            }
            Shaped::Kept
        }
        Form::Enum => {
            enum_value(&mut entry.value);
            Shaped::Kept
        }
        Form::List => {
            if matches!(entry.value, Datum::Object(_) | Datum::Str(_)) {
                entry.value = Datum::List(vec![entry.value.clone()]);
            }
            Shaped::Kept
        }
        Form::ListOfText => list_of_text(entry),
        Form::SearchPath => search_path(entry),
        Form::Callback => callback(block, entry),
        Form::ImportPath => match import_path(&entry.value) {
            Some(path) => {
                entry.value = Datum::Str(path);
                Shaped::Kept
            }
            // The loader takes a function object for `python_callable`; elsewhere it would import it once more.
            None if entry.name == PYTHON_CALLABLE || entry.value == Datum::Null => Shaped::Kept,
            None => raw(block, entry),
        },
        Form::RelativeTime => relative_time(block, entry),
        Form::Raw => raw(block, entry),
    }
}

/// A number of seconds as the delta that Airflow makes of it, the one form that all reports of the service agree on.
fn number_as_duration(value: &mut Datum) {
    const DAY: i64 = 86_400;
    let Datum::Int(number) = value else { return };
    let Some(number) = num_traits::ToPrimitive::to_i64(number) else { return };
    let Ok(seconds) = u32::try_from(number.rem_euclid(DAY)) else { return };
    *value = Datum::TimeDelta(TimeDelta { days: number.div_euclid(DAY), seconds, microseconds: 0 });
}

/// Sends a value past the loader's handling, where that is possible.
fn raw(block: Block, entry: &mut Entry) -> Shaped {
    match block {
        Block::Task => {
            entry.raw = true;
            Shaped::Kept
        }
        Block::TaskDefaults => Shaped::Kept,
        Block::Dag | Block::DefaultArgs => {
            Shaped::Impossible(format!("the format cannot say this value of `{}` here", entry.name))
        }
    }
}

/// The path under which `import_string` finds a function; `None` for what is nested or nowhere.
fn import_path(value: &Datum) -> Option<String> {
    match value {
        Datum::Reference(Reference { module: Some(module), name, .. }) if !name.contains('.') => {
            Some(format!("{module}.{name}"))
        }
        Datum::Object(object) if object.path == RESOLVE => match object.args.as_slice() {
            [Datum::Str(path)] if !path.contains(':') => Some(path.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn relative_time(block: Block, entry: &mut Entry) -> Shaped {
    match &entry.value {
        Datum::Null => Shaped::Kept,
        Datum::TimeDelta(delta) => match whole_seconds(*delta).filter(|seconds| *seconds >= 0) {
            Some(seconds) => {
                entry.value = Datum::Str(format!("{seconds} seconds"));
                Shaped::Kept
            }
            None => raw(block, entry),
        },
        _ => raw(block, entry),
    }
}

fn callback(block: Block, entry: &mut Entry) -> Shaped {
    match callback_value(&entry.value) {
        Some(shaped) => {
            entry.value = shaped;
            Shaped::Kept
        }
        None if block == Block::Dag => only_callback(entry),
        None => raw(block, entry),
    }
}

/// Takes the one callback out of a list of one, which is called as one alone is.
fn only_callback(entry: &mut Entry) -> Shaped {
    let only = match &entry.value {
        Datum::List(items) | Datum::Tuple(items) => match items.as_slice() {
            [item] => callback_value(item),
            _ => None,
        },
        _ => None,
    };
    match only {
        Some(only) => {
            entry.value = only;
            Shaped::Changed(format!("the one callback of `{}` is written without its list", entry.name))
        }
        None => raw(Block::Dag, entry),
    }
}

/// Whether the loader can read the value in a `default_args` block, where there is no way past its handling.
pub(crate) fn fits_default_args(entry: &Entry) -> bool {
    let is_callback = loader().task_form(&[], &entry.name) == Form::Callback;
    let consumed = &loader().consumed_default_args;
    if consumed.contains(&entry.name) {
        return false;
    }
    !is_callback || entry.value.first_unknown().is_some() || callback_value(&entry.value).is_some()
}

/// A callback as the loader takes it: null, a path, or a mapping of the path and keyword arguments.
fn callback_value(value: &Datum) -> Option<Datum> {
    let with = |path: String, kwargs: &[(String, Datum)]| {
        let rest = kwargs.iter().map(|(name, value)| (Datum::str(name), value.clone()));
        Datum::Map(std::iter::once((Datum::str("callback"), Datum::Str(path))).chain(rest).collect())
    };
    match value {
        Datum::Null => Some(Datum::Null),
        Datum::Reference(_) => import_path(value).map(Datum::Str),
        Datum::Object(object) if object.path == RESOLVE => import_path(value).map(Datum::Str),
        Datum::Object(object) if object.path == "functools.partial" => match object.args.as_slice() {
            [function] if !object.kwargs.iter().any(|(name, _)| name == "callback") => {
                Some(with(import_path(function)?, &object.kwargs))
            }
            _ => None,
        },
        Datum::Object(object) if object.args.is_empty() && is_notifier(&object.path) => {
            Some(with(object.path.clone(), &object.kwargs))
        }
        _ => None,
    }
}

/// Whether the path is that of a notifier class, which the loader calls with the keyword arguments.
fn is_notifier(path: &str) -> bool {
    path.rsplit('.').next().is_some_and(|name| name.ends_with("Notifier"))
}

fn enum_value(value: &mut Datum) {
    let member = match value {
        Datum::Reference(reference) => reference.name.rsplit_once('.').map(|(_, member)| member.to_owned()),
        _ => None,
    };
    if let Some(member) = member {
        *value = Datum::Str(member.to_lowercase());
    }
}

fn list_of_text(entry: &mut Entry) -> Shaped {
    let mut items = match &entry.value {
        Datum::Null => return Shaped::Omitted,
        Datum::List(items) | Datum::Tuple(items) => items.clone(),
        Datum::Set(items) | Datum::FrozenSet(items) => {
            let mut items = items.clone();
            items.sort_by_key(|item| format!("{item:?}"));
            items
        }
        _ => return Shaped::Impossible(format!("`{}` is no list of text", entry.name)),
    };
    items.dedup();
    if !items.iter().all(|item| matches!(item, Datum::Str(_))) {
        return Shaped::Impossible(format!("`{}` is no list of text", entry.name));
    }
    entry.value = Datum::List(items);
    Shaped::Kept
}

fn search_path(entry: &mut Entry) -> Shaped {
    let absolute = |value: &Datum| matches!(value, Datum::Str(path) if path.starts_with('/'));
    match &entry.value {
        Datum::Null => Shaped::Kept,
        Datum::List(items) | Datum::Tuple(items) if items.iter().all(absolute) => {
            entry.value = Datum::List(items.clone());
            Shaped::Kept
        }
        value if absolute(value) => Shaped::Kept,
        _ => Shaped::Impossible(format!("the loader takes only absolute folders for `{}`", entry.name)),
    }
}

#[cfg(test)]
mod tests {
    use crate::dag::OperatorKind;
    use crate::datum::{Datum, Reference, TimeDelta, TypedObject};
    use crate::target::testing::{EMR, arg, dag, rendered, said, shown, task};

    fn function(name: &str) -> Datum {
        Datum::Reference(Reference {
            module: Some("mine".into()),
            name: name.into(),
            span: None,
            captured: Vec::new(),
        })
    }

    fn object(path: &str, args: Vec<Datum>, kwargs: Vec<(String, Datum)>) -> Datum {
        Datum::Object(Box::new(TypedObject { path: path.into(), args, kwargs }))
    }

    fn on_task(name: &str, value: Datum) -> String {
        let mut task = task("a", "mine.MyOperator", vec![arg(name, value)]);
        task.operator.kind = OperatorKind::Subclass { base: EMR.to_owned() };
        let text = shown(&rendered("dag-factory", &dag("d").with_task(task)));
        text.trim_start_matches("{d: {tasks: {a: {operator: mine.MyOperator, ")
            .trim_end_matches("}}}}")
            .to_owned()
    }

    #[test]
    fn values_take_the_form_that_the_loader_reads() {
        let seconds = |seconds: u32| Datum::TimeDelta(TimeDelta { days: 0, seconds, microseconds: 0 });
        let keyword = vec![("k".to_owned(), Datum::int(1))];
        let partial = object("functools.partial", vec![function("f")], keyword.clone());
        let notifier = object("mine.ChatNotifier", Vec::new(), keyword);
        for (name, value, expected) in [
            ("on_failure_callback", function("f"), "on_failure_callback: mine.f"),
            ("on_failure_callback", Datum::Null, "on_failure_callback: null"),
            ("on_failure_callback", partial, "on_failure_callback: {callback: mine.f, k: 1}"),
            ("on_failure_callback", notifier, "on_failure_callback: {callback: mine.ChatNotifier, k: 1}"),
            ("execution_delta", seconds(5400), "execution_delta: 5400 seconds"),
            ("execution_date_fn", function("f"), "execution_date_fn: mine.f"),
            ("dependencies", Datum::int(1), "expand: {}, partial: {dependencies: 1"),
            ("retry_delay", Datum::int(60), "retry_delay: 60"),
        ] {
            assert_eq!(on_task(name, value).trim_end_matches('}'), expected.trim_end_matches('}'));
        }
        for (name, value) in [
            ("on_failure_callback", Datum::List(vec![function("f"), function("g")])),
            ("on_failure_callback", function("Outer.f")),
            ("execution_date_fn", function("Outer.f")),
            ("execution_delta", Datum::TimeDelta(TimeDelta { days: -1, seconds: 0, microseconds: 0 })),
        ] {
            assert!(
                on_task(name, value).starts_with(&format!("expand: {{}}, partial: {{{name}: ")),
                "{name}"
            );
        }
    }

    #[test]
    fn callbacks_that_no_block_can_hold_move_to_the_tasks_or_refuse() {
        let several = Datum::List(vec![function("f"), function("g")]);
        let dag_level = dag("d").with("on_failure_callback", several.clone());
        assert!(rendered("dag-factory", &dag_level).definition.is_none());
        let defaults =
            dag("d").with_default("on_failure_callback", several).with_task(task("a", EMR, vec![]));
        let text = shown(&rendered("dag-factory", &defaults));
        assert!(text.starts_with(&format!(
            "{{d: {{tasks: {{a: {{operator: {EMR}, expand: {{}}, partial: {{on_failure"
        )));
    }

    #[test]
    fn seconds_are_written_as_a_delta_for_the_service() {
        let dag = dag("d").with_task(task(
            "a",
            EMR,
            vec![arg("retry_delay", Datum::int(60)), arg("retries", Datum::int(0))],
        ));
        assert!(
            shown(&rendered("mwaa-serverless", &dag)).contains("retry_delay: datetime.timedelta(seconds=60)")
        );
    }

    #[test]
    fn python_operators_that_bring_their_own_callable_refuse() {
        let appflow = "airflow.providers.amazon.aws.operators.appflow.AppflowRecordsShortCircuitOperator";
        let arguments =
            vec![arg("flow_name", Datum::str("f")), arg("appflow_run_task_id", Datum::str("run"))];
        let dag = dag("d").with_task(task("a", appflow, arguments));
        for target in ["dag-factory", "mwaa-serverless"] {
            let lines = said(&rendered(target, &dag));
            assert!(
                lines.iter().any(|line| line.starts_with("Error inexpressible [a.python_callable]")),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn functions_that_nothing_can_import_refuse() {
        let lambda = Datum::Reference(Reference {
            module: Some("mine".into()),
            name: "<lambda>".into(),
            span: None,
            captured: Vec::new(),
        });
        let dag = dag("d").with_task(task("a", EMR, vec![arg("pre_execute", lambda)]));
        let rendering = rendered("dag-factory", &dag);
        assert_eq!(
            said(&rendering),
            [
                "Error local-callable [a.pre_execute] `pre_execute` is a lambda, which cannot be imported where the definition is loaded"
            ]
        );
        assert!(rendered("mwaa-serverless", &dag).definition.is_some());
    }
}
