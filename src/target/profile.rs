//! A target as data: the fields of a profile, and the names under which users know it.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::embedded::{self, Embedded};
use super::literal::Literal;

/// The profiles, each with its target once somebody asked for it: a run needs one of them, and the names of all.
static PROFILES: LazyLock<Vec<(&Embedded, OnceLock<Target>)>> =
    LazyLock::new(|| embedded::PROFILES.iter().map(|profile| (profile, OnceLock::new())).collect());

fn target((profile, target): &'static (&Embedded, OnceLock<Target>)) -> &'static Target {
    target.get_or_init(|| profile.table.read())
}

/// What definitions are written for: a version of the service, or dag-factory.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) service: Option<String>,
    #[serde(rename = "loader")]
    _loader: String,
    pub(crate) dag_default: Parameter,
    #[serde(default)]
    pub(crate) limits: Limits,
    pub(crate) ids: Ids,
    pub(crate) schedule: Schedule,
    pub(crate) mapping: Mapping,
    pub(crate) groups: Groups,
    #[serde(default)]
    pub(crate) default_args: Option<DefaultArgs>,
    #[serde(default)]
    pub(crate) templates: Option<Templates>,
    pub(crate) operators: Operators,
    /// The code that stands beside a definition, where the target takes any.
    #[serde(default)]
    code: Option<Code>,
    pub(crate) dag: BTreeMap<String, Parameter>,
    pub(crate) task: BTreeMap<String, Parameter>,
}

/// What happens to a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is written.
    Write,
    /// The target ignores it, so it is left out.
    Drop,
    /// The target cannot hold it, and leaving it out is not for the converter to decide.
    Refuse,
}

/// What leaving a parameter out costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Impact {
    /// Nothing that runs changes.
    None,
    /// What happens changes.
    #[default]
    Behaviour,
}

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, Serialize)]
pub enum Mark {
    /// The user guide of November 2025.
    G,
    /// A newer page of the guide, or of the API reference.
    D,
    /// AWS's published tools.
    T,
    /// Reports from the live service.
    L,
    /// Observed by experiment.
    #[default]
    X,
}

impl Mark {
    /// Who that is.
    pub fn source(self) -> &'static str {
        match self {
            Self::G => "the service's user guide of November 2025",
            Self::D => "a newer page of the guide, or of the API reference",
            Self::T => "tools that AWS published",
            Self::L => "reports from the live service",
            Self::X => "experiments with dag-factory 1.0.1 on Airflow 3.0.6",
        }
    }
}

/// A row of a profile about a parameter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parameter {
    pub(crate) verdict: Verdict,
    #[serde(default)]
    pub(crate) impact: Impact,
    /// The value that the target has anyway; Airflow's own where the profile does not say.
    #[serde(default)]
    pub(crate) default: Option<Literal>,
    /// The least number (of seconds, for a duration) that the target takes.
    #[serde(default)]
    pub(crate) min: Option<i64>,
    /// The greatest.
    #[serde(default)]
    pub(crate) max: Option<i64>,
    /// Whether the guide promises what the profile counts on.
    #[serde(default = "yes")]
    pub(crate) promised: bool,
    #[serde(default)]
    pub(crate) mark: Mark,
    /// Whether the code beside a definition can give it to the DAG where the target refuses it: it is an attribute of the DAG that may be
    /// set after it was made.
    #[serde(default)]
    pub(crate) by_code: bool,
    /// What is said when it is left out, with `{service}` and `{value}`.
    #[serde(default)]
    pub(crate) message: Option<String>,
    #[serde(default)]
    pub(crate) help: Option<String>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limits {
    #[serde(default)]
    pub(crate) definition_bytes: Option<Limit>,
    #[serde(default)]
    pub(crate) task_seconds: Option<Limit>,
    #[serde(default)]
    pub(crate) workflows: Option<Limit>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limit {
    pub(crate) value: u64,
    pub(crate) mark: Mark,
}

/// A regular expression, compiled when it is first used.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Pattern {
    text: String,
    compiled: OnceLock<Regex>,
}

impl From<String> for Pattern {
    fn from(text: String) -> Self {
        Self { text, compiled: OnceLock::new() }
    }
}

impl Pattern {
    /// The expression.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the whole of an id has it, as the pattern itself says.
    pub(crate) fn is_match(&self, id: &str) -> bool {
        let compile = || Regex::new(&self.text).expect("an embedded pattern is a regular expression");
        self.compiled.get_or_init(compile).is_match(id)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ids {
    pub(crate) pattern: Pattern,
    pub(crate) reserved: Vec<String>,
    pub(crate) mark: Mark,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Schedule {
    /// The presets that are written as they are; others become their cron.
    pub(crate) presets: Vec<String>,
    /// Whether `@once` is taken.
    pub(crate) once: bool,
    /// Whether an explicit null is taken; else it is left out, which means the same.
    pub(crate) null: bool,
    /// Whether deltas, timetables and assets are taken.
    #[serde(default)]
    pub(crate) objects: bool,
    #[serde(default)]
    pub(crate) start_date_past: Option<PastStart>,
    pub(crate) mark: Mark,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PastStart {
    pub(crate) when: PastWhen,
    pub(crate) mark: Mark,
}

/// When a start date in the past is worth a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PastWhen {
    /// Whenever it lies in the past.
    Always,
    /// Where the DAG has a schedule, and the first run that follows from the two lies in the past as well.
    FirstRun,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    pub(crate) form: MappingForm,
    pub(crate) mark: Mark,
}

/// What becomes of `expand`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MappingForm {
    /// Literal ones become a task for each value.
    Unroll,
    /// It is written as `expand`.
    Expand,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Groups {
    pub(crate) form: GroupForm,
    pub(crate) mark: Mark,
}

/// What becomes of task groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum GroupForm {
    /// Their tasks are written with full ids.
    Flatten,
    /// They are written where the format can say them.
    Groups,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DefaultArgs {
    /// The keys that the target takes there.
    pub(crate) keys: Vec<String>,
    pub(crate) mark: Mark,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Templates {
    pub(crate) variables: Vec<String>,
    pub(crate) macros: Vec<String>,
    pub(crate) mark: Mark,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operators {
    /// Whether any importable class is taken.
    #[serde(default)]
    pub(crate) any: bool,
    /// Whose word counts for an operator on the list.
    #[serde(default)]
    pub(crate) marks: Vec<Mark>,
    /// Class paths that are not taken whoever lists them, with the reason.
    #[serde(default)]
    pub(crate) refused: BTreeMap<String, String>,
    /// Class paths beside the list that are taken with a code package.
    #[serde(default)]
    pub(crate) with_code: Vec<String>,
    /// The providers that are installed, as they follow `airflow.providers.`; those of other classes a code package can bring.
    #[serde(default)]
    pub(crate) providers: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    form: CodeKind,
    /// The versions of distributions that are there before the code, and win over it.
    #[serde(default)]
    versions: BTreeMap<String, String>,
    #[serde(rename = "mark")]
    _mark: Mark,
}

/// How code stands beside a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CodeKind {
    /// A package of all that the tasks call: the code runs where nothing else of the project is.
    Package,
    /// A module of what no import path leads to: the definition is loaded where the project's modules can be imported.
    Module,
}

/// Whose parameters are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParametersOf {
    /// Those of `DAG`.
    Dag,
    /// Those of operators.
    Task,
}

/// What a target does with a parameter.
#[derive(Debug, Clone, Copy)]
pub struct ParameterRow<'t> {
    /// The parameter.
    pub name: &'t str,
    /// What happens to it.
    pub verdict: Verdict,
    /// What leaving it out costs, where it is left out.
    pub impact: Impact,
    /// Who says so.
    pub mark: Mark,
}

impl Target {
    /// The target of that name, or of that alias.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        PROFILES.iter().find(|(profile, _)| profile.names.contains(&name)).map(target)
    }

    /// All targets, the versions of a service oldest first.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        PROFILES.iter().map(target)
    }

    /// The names and aliases of all targets. Reads none of their profiles further than that.
    pub fn names() -> impl Iterator<Item = &'static str> {
        embedded::PROFILES.iter().flat_map(|profile| profile.names).copied()
    }

    /// The name under which it is asked for, its version included.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Further names.
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// What it is, in a phrase.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How many definitions an account of the service can have; `None` where there is no limit.
    pub fn workflow_limit(&self) -> Option<u64> {
        self.limits.workflows.as_ref().map(|limit| limit.value)
    }

    /// What messages call it: the service, or the target itself.
    pub fn called(&self) -> &str {
        self.service.as_deref().unwrap_or(&self.name)
    }

    /// How code stands beside a definition; `None` where the target takes none.
    pub fn code(&self) -> Option<CodeKind> {
        self.code.as_ref().map(|code| code.form)
    }

    /// The version that the target has of a distribution, by the normal form of its name; `None` where it has none, or which it has is
    /// not said.
    pub(crate) fn version_of(&self, distribution: &str) -> Option<&str> {
        self.code.as_ref()?.versions.get(distribution).map(String::as_str)
    }

    /// Whether the target runs code from a package beside the definition.
    pub fn takes_package(&self) -> bool {
        self.code() == Some(CodeKind::Package)
    }

    /// Whether a parameter of a DAG is written as the author has it.
    pub(crate) fn writes_on_dag(&self, parameter: &str) -> bool {
        self.dag.get(parameter).unwrap_or(&self.dag_default).verdict == Verdict::Write
    }

    /// Whether the code beside a definition can give the DAG a parameter that the target refuses.
    pub(crate) fn sets_by_code(&self, parameter: &str) -> bool {
        self.dag.get(parameter).is_some_and(|row| row.verdict == Verdict::Refuse && row.by_code)
    }

    /// Whether a parameter of a task is left out whatever its value.
    pub fn drops(&self, parameter: &str) -> bool {
        self.task.get(parameter).is_some_and(|row| row.verdict != Verdict::Write)
    }

    /// Whether definitions are deployed to a service, rather than loaded by an Airflow of the user's.
    pub fn is_service(&self) -> bool {
        self.service.is_some()
    }

    /// What it does with the parameters of DAGs and of tasks that it has a word about, sorted by name.
    pub fn parameters(&self, of: ParametersOf) -> impl Iterator<Item = ParameterRow<'_>> {
        let table = match of {
            ParametersOf::Dag => &self.dag,
            ParametersOf::Task => &self.task,
        };
        table.iter().map(|(name, row)| ParameterRow {
            name,
            verdict: row.verdict,
            impact: row.impact,
            mark: row.mark,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dag::SourceAirflow;
    use crate::target::defaults::airflow;

    #[test]
    fn names_and_aliases_are_found() {
        let names: Vec<&str> = Target::all().map(Target::name).collect();
        assert_eq!(names, ["mwaa-serverless@2025-11", "mwaa-serverless@2026-08", "dag-factory"]);
        assert_eq!(Target::by_name("mwaa-serverless").map(Target::name), Some("mwaa-serverless@2026-08"));
        assert!(Target::by_name("mwaa").is_none());
    }

    #[test]
    fn a_later_profile_replaces_rows_whole_and_keeps_the_rest() {
        let target = Target::by_name("mwaa-serverless@2026-08").unwrap();
        assert_eq!(target.task["trigger_rule"].verdict, Verdict::Write);
        assert_eq!(target.task["pool"].verdict, Verdict::Drop);
        assert_eq!(target.dag["max_active_runs"].min, None);
        assert_eq!(target.called(), "MWAA Serverless");
    }

    #[test]
    fn every_row_that_is_dropped_can_be_held_against_a_default() {
        for target in Target::all() {
            assert!(target.ids.pattern.is_match("sales_1"), "{}", target.name);
            for (name, parameter) in &target.task {
                if parameter.verdict == Verdict::Drop && parameter.impact == Impact::Behaviour {
                    let known = parameter.default.is_some()
                        || airflow()
                            .task
                            .get(name)
                            .is_some_and(|row| row.default(SourceAirflow::V3).is_some());
                    assert!(known, "{}: {name}", target.name);
                }
            }
        }
    }
}
