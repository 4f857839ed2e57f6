//! The names of all findings. What `explain` tells a user of each stands in `explain/<code>.md`; tests hold the texts complete.

use std::fmt;

/// The kebab-case name of a kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The name.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// What a user can read of it.
    pub fn entry(self) -> Option<&'static Entry> {
        ALL.iter().find(|entry| entry.code == self)
    }

    /// The code of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        ALL.iter().map(|entry| entry.code).find(|code| code.0 == name)
    }
}

/// What a user can read of a code.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// What it means, in a sentence.
    meaning: &'static str,
    /// The file of `explain/`.
    text: &'static str,
}

impl Entry {
    /// What it means, in a sentence.
    pub fn meaning(&self) -> &'static str {
        self.meaning.trim()
    }

    /// The severities that the code comes with, the usual one first.
    pub fn severities(&self) -> impl Iterator<Item = &'static str> {
        self.head("severity: ").split(", ")
    }

    /// The targets for which it comes up: `all`, or names without versions.
    pub fn targets(&self) -> impl Iterator<Item = &'static str> {
        self.head("targets: ").split(", ")
    }

    /// What it means, an example, and what to do: a few paragraphs of plain text.
    pub fn text(&self) -> &'static str {
        self.text.split_once("\n\n").map_or("", |(_, text)| text)
    }

    fn head(&self, field: &str) -> &'static str {
        self.text.lines().take(2).find_map(|line| line.strip_prefix(field)).unwrap_or_default()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: Code = Code($text);)+

        /// Every code, in alphabetical order.
        pub const ALL: &[Entry] = &[$(Entry {
            code: $name,
            meaning: concat!($($doc),+),
            text: include_str!(concat!("explain/", $text, ".md")),
        }),+];
    };
}

codes! {
    /// A plain value in a YAML file is something else to the loader than it looks like.
    AMBIGUOUS_VALUE = "ambiguous-value";
    /// Whether the code raises depends on something unknown; it is taken not to, for else Airflow would have no DAG.
    ASSUMED_NO_RAISE = "assumed-no-raise";
    /// Whether and how a DAG is built, its id or its schedule depends on a value that is not supplied.
    ASSUMED_STRUCTURE = "assumed-structure";
    /// The value depends on something that the code falls back from: a default, the clock, the place of the file.
    ASSUMED_VALUE = "assumed-value";
    /// The value is written in another form that means the same.
    CHANGED_FORM = "changed-form";
    /// Something of Airflow's that builds DAGs is replaced by the code, so that what it builds is not known.
    CHANGED_LIBRARY = "changed-library";
    /// Functions and results of tasks that a definition cannot hold stand in a module beside it.
    CODE_MODULE = "code-module";
    /// Something of the DAG folder travels in the code package, in this form.
    CODE_PACKAGE = "code-package";
    /// Two parameters are set that are old and new names of one.
    CONFLICTING_PARAMETERS = "conflicting-parameters";
    /// The cron expression is valid, but of a form that the service's scheduler may not take.
    CRON_FORM = "cron-form";
    /// The edges of a DAG close a cycle.
    CYCLE = "cycle";
    /// The code makes a DAG that Airflow does not find, because no module-level name is bound to it.
    DAG_NOT_FOUND_BY_AIRFLOW = "dag-not-found-by-airflow";
    /// A task names another DAG, or a task of one, that has no definition.
    DAG_REFERENCE = "dag-reference";
    /// The end date lies before the start date.
    DATE_ORDER = "date-order";
    /// An entry of `default_args` is written on the tasks that have it from there.
    DEFAULT_ARGS_MOVED = "default-args-moved";
    /// The definition is larger than the service takes.
    DEFINITION_TOO_LARGE = "definition-too-large";
    /// Task ids hold dots, which the guide of the service does not show.
    DOTTED_ID = "dotted-id";
    /// Two DAGs of a run have one dag_id, or two that differ in case only, so neither is written.
    DUPLICATE_DAG_ID = "duplicate-dag-id";
    /// A key stands twice in a mapping of a YAML file, and the loader keeps the last one alone.
    DUPLICATE_KEY = "duplicate-key";
    /// Two tasks of a DAG have one id.
    DUPLICATE_TASK = "duplicate-task";
    /// A task is mapped in a way that the target cannot say.
    DYNAMIC_MAPPING = "dynamic-mapping";
    /// The loader replaces this part of a YAML file by an environment variable.
    EXPANDED_VARIABLE = "expanded-variable";
    /// The code of a task reads something of its context that Airflow 3 has no more.
    GONE_CONTEXT = "gone-context";
    /// A value is made by a class or function of Airflow's that Airflow 3 has no more.
    GONE_IMPORT = "gone-import";
    /// A default of Airflow 2 that Airflow 3 does not have is written out.
    IMPLIED_DEFAULT = "implied-default";
    /// Airflow would fail to import this file: it raises an exception.
    IMPORT_ERROR = "import-error";
    /// The DAG is made in another file of the DAG folder, and belongs to that.
    IMPORTED_DAG = "imported-dag";
    /// The value has no form in a definition.
    INEXPRESSIBLE = "inexpressible";
    /// The converter itself failed on this file; that is a fault of the tool.
    INTERNAL_ERROR = "internal-error";
    /// A comment in the source allows nothing: it has no reason, or names no code that can be allowed.
    INVALID_ALLOW = "invalid-allow";
    /// The schedule is no cron expression.
    INVALID_CRON = "invalid-cron";
    /// A definition does not have the structure that the loader or the service asks for.
    INVALID_DEFINITION = "invalid-definition";
    /// The id of a DAG or task is none that the target takes.
    INVALID_ID = "invalid-id";
    /// A line of an `.airflowignore` file is no valid pattern.
    INVALID_IGNORE_PATTERN = "invalid-ignore-pattern";
    /// The value is none that Airflow takes for this parameter.
    INVALID_VALUE = "invalid-value";
    /// The file is no YAML that the loader can read.
    INVALID_YAML = "invalid-yaml";
    /// A bound of the evaluation was passed.
    LIMIT = "limit";
    /// The value is a function that cannot be imported: a lambda, or a nested one.
    LOCAL_CALLABLE = "local-callable";
    /// A task that is mapped over literal values is written as a task for each.
    MAPPING_UNROLLED = "mapping-unrolled";
    /// An argument that the operator must have is not given.
    MISSING_PARAMETER = "missing-parameter";
    /// The class has another import path in Airflow 3 than the file has.
    MOVED_NAME = "moved-name";
    /// The operator runs code from a code package, which the target does not take or the run does not write.
    NEEDS_CODE_PACKAGE = "needs-code-package";
    /// Packaged code imports a distribution that the service does not have.
    NEEDS_DISTRIBUTION = "needs-distribution";
    /// The definition imports a module of the project, which must be there where it is loaded.
    NEEDS_MODULE = "needs-module";
    /// Packaged code may speak to the network, to which a worker of the service has no way by default.
    NETWORK_USE = "network-use";
    /// A file or folder that was named holds no DAG.
    NO_DAG = "no-dag";
    /// The code of a task reaches something that cannot come along in a code package.
    NOT_PORTABLE = "not-portable";
    /// A zip package, or what a link leads to, was passed over.
    NOT_READ = "not-read";
    /// A number or duration is outside the limits of the service.
    OUT_OF_RANGE = "out-of-range";
    /// A definition in the output folder is not what this run would write (`convert --check`).
    OUTDATED_DEFINITION = "outdated-definition";
    /// What a task calls is written as it stands in the code package.
    PACKAGED_CODE = "packaged-code";
    /// The start date lies in the past.
    PAST_START_DATE = "past-start-date";
    /// The folder asks for another version of a distribution than the service has.
    PREINSTALLED_VERSION = "preinstalled-version";
    /// The parameter is gone in Airflow 3, which does without being told what it said.
    REMOVED_PARAMETER = "removed-parameter";
    /// The parameter has another name in Airflow 3.
    RENAMED_PARAMETER = "renamed-parameter";
    /// The class is gone, and the deprecation notice names another one in its place.
    REPLACED_CLASS = "replaced-class";
    /// The definition of another source file was replaced.
    REPLACED_DEFINITION = "replaced-definition";
    /// The result of a task is written as a template, which renders to text.
    RESULT_AS_TEXT = "result-as-text";
    /// Packaged code looks Variables or connections up when it runs.
    RUNTIME_LOOKUP = "runtime-lookup";
    /// The schedule is written as a cron expression of the same meaning.
    SCHEDULE_CHANGED = "schedule-changed";
    /// The schedule has data intervals in the Airflow that the file is written for, and none in Airflow 3.
    SCHEDULE_INTERVAL_SHIFT = "schedule-interval-shift";
    /// A value that Airflow would mask reaches the definition, where all can read it.
    SECRET_IN_DEFINITION = "secret-in-definition";
    /// Airflow's default is written out, because the service has another one.
    SERVICE_DEFAULT = "service-default";
    /// The task is a setup or teardown task, which a definition cannot say.
    SETUP_TEARDOWN = "setup-teardown";
    /// The output folder holds an older definition of a DAG that was not written now, or older code beside one.
    STALE_DEFINITION = "stale-definition";
    /// The file is no valid Python.
    SYNTAX_ERROR = "syntax-error";
    /// The tasks of task groups are written under their full ids.
    TASK_GROUPS_FLATTENED = "task-groups-flattened";
    /// The service ends every task after a time.
    TASK_TIME_LIMIT = "task-time-limit";
    /// A task is made that is in no DAG.
    TASK_WITHOUT_DAG = "task-without-dag";
    /// The template of an argument is in a file, whose content is written in its place, or which the target may not have.
    TEMPLATE_FILE = "template-file";
    /// A template is none that the converter can read, so that nothing in it is checked.
    TEMPLATE_NOT_READ = "template-not-read";
    /// There are more definitions than an account of the service can have workflows.
    TOO_MANY_WORKFLOWS = "too-many-workflows";
    /// Something unknown was called where a DAG is being built, and may have changed it.
    UNKNOWN_CALL_IN_DAG = "unknown-call-in-dag";
    /// Whether tasks, edges or DAGs are made here depends on something unknown.
    UNKNOWN_CONTROL = "unknown-control";
    /// A task waits for a task or group that the definition does not have.
    UNKNOWN_DEPENDENCY = "unknown-dependency";
    /// The loader knows no such key, and passes it over.
    UNKNOWN_KEY = "unknown-key";
    /// The DAG depends on the order in which a set or a folder is walked.
    UNKNOWN_ORDER = "unknown-order";
    /// Whether the operator takes this parameter is not known, or it does not.
    UNKNOWN_PARAMETER = "unknown-parameter";
    /// A value that reaches a DAG is not known.
    UNKNOWN_VALUE = "unknown-value";
    /// The time zone does not exist.
    UNKNOWN_ZONE = "unknown-zone";
    /// The definition counts on what the guide of the service does not promise.
    UNPROMISED = "unpromised";
    /// The file cannot be read, or its bytes are no text.
    UNREADABLE_FILE = "unreadable-file";
    /// The dag_id cannot be a file name.
    UNSAFE_DAG_ID = "unsafe-dag-id";
    /// An attribute is set on a task that a definition cannot set.
    UNSUPPORTED_ATTRIBUTE = "unsupported-attribute";
    /// The code makes a DAG in a way that is not supported.
    UNSUPPORTED_DAG = "unsupported-dag";
    /// The target does not offer this operator.
    UNSUPPORTED_OPERATOR = "unsupported-operator";
    /// The target ignores this parameter.
    UNSUPPORTED_PARAMETER = "unsupported-parameter";
    /// Python that the evaluator does not follow stands in the way of the whole file.
    UNSUPPORTED_PYTHON = "unsupported-python";
    /// The target has no schedule of this kind.
    UNSUPPORTED_SCHEDULE = "unsupported-schedule";
    /// A template uses a variable, macro, filter or test that the service does not offer.
    UNSUPPORTED_TEMPLATE = "unsupported-template";
    /// A comment in the source allows a finding that is not there.
    UNUSED_ALLOW = "unused-allow";
    /// The module lies where Airflow would not look for it: beside the file, below the root of the DAG folder.
    UNUSUAL_IMPORT = "unusual-import";
    /// Values are written in forms that the guide of the service does not show.
    UNUSUAL_TYPE = "unusual-type";
    /// An Airflow Variable that was not supplied will be read when the task runs, by a template in its place.
    VARIABLE_READ_LATER = "variable-read-later";
    /// The value of an Airflow Variable is written in place of the template that reads it.
    VARIABLE_WRITTEN = "variable-written";
    /// A definition could not be written.
    WRITE_ERROR = "write-error";
    /// A template reads the result of a task that is not there, or that need not have run.
    XCOM_PULL = "xcom-pull";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::target::Target;

    #[test]
    fn codes_are_sorted_and_each_has_a_full_text() {
        assert!(ALL.is_sorted_by_key(|entry| entry.code));
        let known: Vec<&str> = Target::all().filter_map(|target| target.name().split('@').next()).collect();
        for entry in ALL {
            let code = entry.code;
            assert!(
                entry.meaning().ends_with('.') && !entry.meaning().contains('\n'),
                "{code}: one sentence"
            );
            let severities: Vec<&str> = entry.severities().collect();
            assert!(
                severities.iter().all(|severity| ["error", "warning", "note"].contains(severity)),
                "{code}: {severities:?}"
            );
            let targets: Vec<&str> = entry.targets().collect();
            assert!(
                targets == ["all"] || targets.iter().all(|target| known.contains(target)),
                "{code}: {targets:?}"
            );
            let [meaning, rest] = entry.text().split("\n\nExample:").collect::<Vec<_>>()[..] else {
                panic!("{code}: the text has one `Example:`");
            };
            let [example, advice] = rest.split("\n\nWhat to do: ").collect::<Vec<_>>()[..] else {
                panic!("{code}: the text has one `What to do:` behind the example");
            };
            assert!(meaning.len() > 25 && example.trim().len() > 3 && advice.trim().len() > 3, "{code}");
            assert!(
                entry.text().lines().all(|line| line.chars().count() <= 140),
                "{code}: a line is too long"
            );
        }
        let files =
            std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/diagnostic/explain")).unwrap();
        assert_eq!(files.count(), ALL.len(), "a text of a code that is gone");
    }

    /// What the findings of the corpus are is what the texts say.
    #[test]
    fn texts_name_every_severity_and_target_that_the_corpus_shows() {
        let mut seen = BTreeSet::new();
        let mut folders: Vec<PathBuf> = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(target) = name.strip_suffix(".diagnostics.snap") {
                    let target = target.split('@').next().unwrap().to_owned();
                    let text = std::fs::read_to_string(path).unwrap();
                    for line in text.lines() {
                        let Some((head, _)) = line.split_once("]: ") else { continue };
                        let Some((severity, code)) = head.split_once('[') else { continue };
                        if ["error", "warning", "note"].contains(&severity) {
                            seen.insert((code.to_owned(), severity.to_owned(), target.clone()));
                        }
                    }
                }
            }
        }
        assert!(seen.len() > 50, "the snapshots show findings");
        let untold: Vec<_> = seen
            .iter()
            .filter(|(code, severity, target)| {
                let entry = ALL.iter().find(|entry| entry.code.as_str() == code).unwrap();
                !entry.severities().any(|known| known == severity)
                    || !entry.targets().any(|known| known == "all" || known == target)
            })
            .collect();
        assert!(untold.is_empty(), "missing in src/diagnostic/explain: {untold:?}");
    }
}
