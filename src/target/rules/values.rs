//! What a definition can hold: known values, results of tasks as templates, what can be imported where it is loaded.

use crate::catalog::{self, Move, Resolved};
use crate::dag::SourceAirflow;
use crate::datum::{Cause, Datum, RETURN_VALUE, Reference, TypedObject, XCom};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::Span;
use crate::target::defaults::airflow;
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::loader::loader;
use crate::target::profile::MappingForm;

/// What was met in a value.
#[derive(Debug, Default)]
struct Met {
    /// The import path of the class that results of tasks are written as; they are templates without one.
    task_output: Option<String>,
    unknown: Option<Cause>,
    /// The tasks whose results were written as templates.
    results: Vec<String>,
    /// Import paths that are not there wherever a definition is loaded.
    imports: Vec<String>,
    /// Import paths of Airflow's own that Airflow 3 has no more.
    gone: Vec<String>,
    /// Old paths of classes, and those that are written in their place.
    moved: Vec<(String, String)>,
    /// A function that only exists inside the file.
    local: Option<String>,
    /// A key with which the loader folds a mapping.
    folded: Option<String>,
    too_deep: bool,
}

pub(super) fn run(draft: &mut Draft<'_>) {
    let mut arguments = std::mem::take(&mut draft.arguments);
    settle_all(draft, Owner::Dag, &mut arguments);
    draft.arguments = arguments;
    let mut default_args = std::mem::take(&mut draft.default_args);
    settle_all(draft, Owner::Dag, &mut default_args);
    draft.default_args = default_args;
    for place in 0..draft.tasks.len() {
        let options = draft.options;
        let made = options.made.get(&draft.tasks[place].id);
        let arguments = std::mem::take(&mut draft.tasks[place].arguments);
        // What the code beside the definition gives the task is not written.
        let (own, mut arguments): (Vec<Entry>, Vec<Entry>) = arguments
            .into_iter()
            .partition(|entry| made.is_some_and(|made| made.arguments.contains(&entry.name)));
        settle_as(draft, Owner::Task(place), &mut arguments, options.task_output.as_deref());
        arguments.extend(own);
        draft.tasks[place].arguments = arguments;
        let mut defaults = std::mem::take(&mut draft.tasks[place].default_args);
        settle_all(draft, Owner::Task(place), &mut defaults);
        draft.tasks[place].default_args = defaults;
        if draft.target.mapping.form == MappingForm::Expand && made.is_none() {
            let mut expand = std::mem::take(&mut draft.tasks[place].expand);
            settle_all(draft, Owner::Task(place), &mut expand);
            draft.tasks[place].expand = expand;
        }
    }
}

fn settle_all(draft: &mut Draft<'_>, owner: Owner, entries: &mut [Entry]) {
    settle_as(draft, owner, entries, None);
}

fn settle_as(draft: &mut Draft<'_>, owner: Owner, entries: &mut [Entry], task_output: Option<&str>) {
    for entry in entries {
        let mut met = Met { task_output: task_output.map(str::to_owned), ..Met::default() };
        settle(&mut entry.value, 0, &mut met);
        if let Owner::Task(place) = owner
            && draft.tasks[place].refused
        {
            met = Met { unknown: met.unknown, ..Met::default() };
        }
        for finding in findings(draft, entry, met) {
            draft.report_on(owner, &entry.name, finding);
        }
    }
}

fn settle(value: &mut Datum, depth: usize, met: &mut Met) {
    if depth > loader().nesting {
        met.too_deep = true;
        return;
    }
    match value {
        Datum::Unknown(cause) => {
            met.unknown.get_or_insert_with(|| cause.clone());
        }
        Datum::XCom(xcom) => {
            *value = if let Some(path) = &met.task_output {
                task_output(path, xcom)
            } else {
                met.results.push(xcom.task_id.clone());
                Datum::Str(xcom.template())
            };
        }
        Datum::Map(pairs) => {
            for (key, item) in pairs {
                if let Datum::Str(key) = key
                    && loader().folded.contains(key)
                {
                    met.folded = Some(key.clone());
                }
                settle(key, depth + 1, met);
                settle(item, depth + 1, met);
            }
        }
        Datum::Object(object) => settle_object(object, depth, met),
        Datum::Reference(reference) => settle_reference(reference, met),
        other => other.children_mut().for_each(|item| settle(item, depth + 1, met)),
    }
}

/// The object that gives the result of a task when the task that it is given to runs.
fn task_output(path: &str, xcom: &XCom) -> Datum {
    let key = (xcom.key != RETURN_VALUE).then(|| ("key".to_owned(), Datum::str(&xcom.key)));
    let task_id = ("task_id".to_owned(), Datum::str(&xcom.task_id));
    let kwargs = std::iter::once(task_id).chain(key).collect();
    Datum::Object(Box::new(TypedObject { path: path.to_owned(), args: Vec::new(), kwargs }))
}

fn settle_object(object: &mut TypedObject, depth: usize, met: &mut Met) {
    for item in object.args.iter_mut().chain(object.kwargs.iter_mut().map(|(_, value)| value)) {
        settle(item, depth + 1, met);
    }
    if let Some(path) = resolved(object) {
        settle_path(&path.replace(':', "."), met);
        return;
    }
    if let Some(path) = moved(&object.path) {
        met.moved.push((std::mem::replace(&mut object.path, path.to_owned()), path.to_owned()));
    }
    settle_path(&object.path, met);
}

/// What `pkgutil.resolve_name` is called with.
fn resolved(object: &TypedObject) -> Option<&str> {
    match (object.path.as_str(), object.args.as_slice()) {
        ("pkgutil.resolve_name", [Datum::Str(path)]) if object.kwargs.is_empty() => Some(path),
        _ => None,
    }
}

/// Where the class of an old path is today, if it is the same one.
pub(crate) fn moved(path: &str) -> Option<&'static str> {
    if let Some(path) = airflow().moved.get(path) {
        return Some(path);
    }
    match catalog::resolve(path)? {
        Resolved::Moved { to, how: Move::Moved, .. } if is_gone(path) => Some(to),
        Resolved::Moved { .. } | Resolved::Current(_) | Resolved::Gone { .. } => None,
    }
}

fn settle_reference(reference: &mut Reference, met: &mut Met) {
    if let Some(module) = &reference.module
        && let (outermost, inner) = reference.name.split_once('.').unwrap_or((&reference.name, ""))
        && let Some(path) = moved(&format!("{module}.{outermost}"))
        && let Some((module, class)) = path.rsplit_once('.')
    {
        let name = if inner.is_empty() { class.to_owned() } else { format!("{class}.{inner}") };
        *reference = Reference { module: Some(module.to_owned()), name, span: None, captured: Vec::new() };
    }
    match &reference.module {
        _ if is_local(reference) => met.local = Some(reference.name.clone()),
        None => {}
        Some(module) => {
            let outermost = reference.name.split('.').next().unwrap_or_default();
            if reference.span.is_none() && is_installed(module) {
                settle_path(&format!("{module}.{outermost}"), met);
            } else {
                met.imports.push(format!("{module}.{}", reference.name));
            }
        }
    }
}

/// Whether no import path leads to a function: it is nested or a lambda, or a folder on the way has a name that no import can spell.
pub(crate) fn is_local(reference: &Reference) -> bool {
    match &reference.module {
        None => true,
        Some(module) => reference.name.contains('<') || reference.span.is_some() && !is_importable(module),
    }
}

/// Checks that an import path is there where the definition is loaded.
fn settle_path(path: &str, met: &mut Met) {
    if !is_installed(path) {
        met.imports.push(path.to_owned());
        return;
    }
    // A class made by a class method, or nested, is known by the class around it.
    let class = path
        .rsplit_once('.')
        .map(|(parent, _)| parent)
        .filter(|parent| parent.rsplit('.').next().is_some_and(|name| name.starts_with(char::is_uppercase)));
    if is_gone(class.unwrap_or(path)) {
        met.gone.push(path.to_owned());
    }
}

/// Whether Airflow itself had a path, and has it no more.
fn is_gone(path: &str) -> bool {
    let own = path.starts_with("airflow.") && !path.starts_with("airflow.providers.");
    own && !catalog::exists_in_3(path)
}

/// Whether every part of a module's path is a name that an import can spell.
fn is_importable(module: &str) -> bool {
    let is_name = |part: &str| {
        !part.is_empty()
            && !part.starts_with(|letter: char| letter.is_ascii_digit())
            && part.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    module.split('.').all(is_name)
}

fn is_installed(path: &str) -> bool {
    if catalog::is_example(path) {
        return false;
    }
    let package = path.split('.').next().unwrap_or(path);
    loader().installed.iter().any(|installed| installed == package)
}

fn findings(draft: &Draft<'_>, entry: &Entry, mut met: Met) -> Vec<Diagnostic> {
    let name = &entry.name;
    let error = |code, message: String| Diagnostic::error(code, entry.span, message);
    let mut findings = Vec::new();
    if let Some(cause) = met.unknown {
        let mut finding = unknown(name, entry.span, &cause);
        if let Some(said) = cause.said().filter(|_| draft.target.is_service()) {
            finding.message = format!(
                "`{name}` is {}, which cannot be imported where the definition is loaded",
                shown(said)
            );
            let help = "a definition for the service holds plain values: write what the operator makes of it, or let a task of \
                        Python call the service";
            finding.help.get_or_insert_with(|| help.to_owned());
        }
        findings.push(finding);
    }
    if let Some(local) = met.local {
        let local = local.trim_end_matches(".function");
        let what = if local.contains("<lambda>") { "a lambda".to_owned() } else { format!("`{local}`") };
        let message = format!("`{name}` is {what}, which cannot be imported where the definition is loaded");
        findings.push(
            error(codes::LOCAL_CALLABLE, message)
                .help("define a function at the top level of a module that can be imported"),
        );
    }
    if let Some(key) = met.folded {
        findings
            .push(error(codes::INEXPRESSIBLE, format!("dag-factory folds every mapping with a key `{key}`")));
    }
    if met.too_deep {
        let message = format!("`{name}` is nested deeper than dag-factory can load");
        findings.push(error(codes::INEXPRESSIBLE, message));
    }
    met.imports.retain(|path| !draft.options.brings(path));
    if !met.imports.is_empty() {
        let message = format!("{} must be importable where the definition is loaded", quoted(met.imports));
        findings.push(if draft.target.is_service() {
            Diagnostic::error(codes::NEEDS_CODE_PACKAGE, entry.span, message)
                .help("only what the code of tasks reaches comes along in a code package")
        } else {
            let warning =
                Diagnostic::warning(codes::NEEDS_MODULE, Disposition::Assumed, entry.span, message);
            match draft.dag.source_airflow {
                SourceAirflow::V2 => warning.help(
                    "the module is imported under Airflow 3: what it imports itself must be there, under the names of Airflow 3",
                ),
                SourceAirflow::V3 => warning,
            }
        });
    }
    if !met.gone.is_empty() {
        let message = format!("Airflow 3 has no {}", quoted(met.gone));
        findings.push(error(codes::GONE_IMPORT, message));
    }
    for (from, to) in met.moved {
        let message = format!("`{from}` is `{to}` today");
        let note = Diagnostic::note(codes::MOVED_NAME, entry.span, message);
        findings.push(note.disposition(Disposition::Changed));
    }
    if !met.results.is_empty() {
        // The same words for all, so that they are one frame.
        let message = "the result of a task arrives here as text";
        findings.push(
            Diagnostic::warning(codes::RESULT_AS_TEXT, Disposition::Changed, entry.span, message).help(
                "a result that is text, as an id or an ARN, stays as it is; of a list or dict the operator sees what `str()` makes",
            ),
        );
    }
    findings
}

/// What an import or a call gives, in words.
fn shown(said: &Datum) -> String {
    match said {
        Datum::Reference(Reference { module: Some(module), name, .. }) => format!("`{module}.{name}`"),
        Datum::Object(object) => match resolved(object) {
            Some(path) => format!("`{path}`"),
            None => format!("a `{}`", object.path),
        },
        _ => "a value".to_owned(),
    }
}

fn quoted(mut names: Vec<String>) -> String {
    names.dedup();
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The record about an unknown value that would be written.
pub(crate) fn unknown(name: &str, span: Span, cause: &Cause) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(codes::UNKNOWN_VALUE, span, format!("the value of `{name}` is not known"))
            .label(cause.span, cause.message.clone());
    match &cause.help {
        Some(help) => diagnostic.help(help.clone()),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use crate::datum::{Datum, Reference, TypedObject};
    use crate::target::testing::{EMR, arg, dag, rendered, said, shown, span, task};

    fn object(path: &str) -> Datum {
        Datum::Object(Box::new(TypedObject { path: path.into(), args: Vec::new(), kwargs: Vec::new() }))
    }

    fn lines(target: &str, value: Datum) -> Vec<String> {
        let dag = dag("d").with_task(task(
            "a",
            EMR,
            vec![arg("job_flow_overrides", value), arg("retries", Datum::int(0))],
        ));
        said(&rendered(target, &dag))
            .into_iter()
            .filter(|line| line.contains("[a.job_flow_overrides]"))
            .collect()
    }

    #[test]
    fn what_is_imported_must_be_there() {
        let starts = |target: &str, value: Datum| lines(target, value).first().cloned().unwrap_or_default();
        assert!(lines("dag-factory", object("airflow.models.param.Param")).is_empty());
        assert!(lines("dag-factory", object("botocore.config.Config")).is_empty());
        assert!(starts("dag-factory", object("airflow.nowhere.Thing")).starts_with("Error gone-import"));
        assert!(starts("dag-factory", object("mine.Thing")).starts_with("Warning needs-module"));
        assert!(starts("mwaa-serverless", object("mine.Thing")).starts_with("Error needs-code-package"));
        // A folder of the project may have any name; what is defined in one is the project's.
        let own = |module: &str| {
            Datum::Reference(Reference {
                module: Some(module.into()),
                name: "f".into(),
                span: Some(span()),
                captured: Vec::new(),
            })
        };
        assert!(starts("dag-factory", own("airflow.nowhere")).starts_with("Warning needs-module"));
        assert!(starts("dag-factory", own("my-folder.dags")).starts_with("Error local-callable"));
    }

    #[test]
    fn classes_without_a_shim_are_written_by_the_path_of_today() {
        let dag = dag("d").with("schedule", object("airflow.datasets.DatasetAny"));
        assert!(shown(&rendered("dag-factory", &dag)).contains("schedule: airflow.sdk.AssetAny()"));
    }

    #[test]
    fn a_mapping_that_the_loader_folds_is_refused() {
        let folded =
            Datum::Map(vec![(Datum::str("a"), Datum::Map(vec![(Datum::str("__and__"), Datum::Null)]))]);
        assert!(lines("dag-factory", folded)[0].starts_with("Error inexpressible"));
    }
}
