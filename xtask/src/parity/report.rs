//! What the proof found, as a table for people, a record for the repository, and JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use dag_converter::dag::SourceAirflow;
use serde_json::{Value, json};

use super::compare::{Difference, Scope};
use super::judge::Verdict;
use super::subject::Subject;
use crate::corpus::Failure;

/// The verdict on one DAG of a file.
#[derive(Debug)]
pub(crate) struct Judged {
    /// The DAG.
    pub(crate) dag_id: String,
    /// The Airflow that told the truth.
    pub(crate) airflow: SourceAirflow,
    /// The verdict.
    pub(crate) verdict: Verdict,
    /// The errors for which it is refused, as JSON.
    pub(crate) errors: Vec<Value>,
}

/// What came of one file.
#[derive(Debug)]
pub(crate) struct Outcome {
    group: String,
    file: PathBuf,
    /// Its DAGs.
    pub(crate) judged: Vec<Judged>,
    /// Why no Airflow can load it.
    pub(crate) unloadable: Option<String>,
    /// The DAGs that were converted all the same, of a file that no Airflow can load.
    pub(crate) unjudged: Vec<String>,
    /// How the converter failed.
    pub(crate) failure: Option<Failure>,
}

impl Outcome {
    /// Of a file, before it was judged.
    pub(crate) fn new(subject: &Subject) -> Self {
        Self {
            group: subject.group.clone(),
            file: subject.file.clone(),
            judged: Vec::new(),
            unloadable: None,
            unjudged: Vec::new(),
            failure: None,
        }
    }
}

/// All files, converted for one target with the same inputs.
#[derive(Debug)]
pub(crate) struct Pass {
    /// `bare` or `with inputs`.
    pub(crate) name: String,
    /// The target.
    pub(crate) target: String,
    /// What came of each file.
    pub(crate) outcomes: Vec<Outcome>,
}

impl Pass {
    /// Whether a difference was silent, a DAG was lost, or the converter failed.
    pub(crate) fn has_defects(&self) -> bool {
        self.outcomes.iter().any(|outcome| outcome.failure.is_some() || outcome.judged.iter().any(is_defect))
    }
}

fn is_defect(judged: &Judged) -> bool {
    matches!(judged.verdict, Verdict::Silent(_) | Verdict::Lost)
}

/// Sums over the files of a package.
#[derive(Default)]
struct Sum {
    files: usize,
    unloadable: usize,
    equal: usize,
    declared: usize,
    changed: usize,
    assumed: usize,
    silent: usize,
    refused: usize,
    lost: usize,
    unproved: usize,
}

impl Sum {
    fn add(&mut self, outcome: &Outcome) {
        self.files += 1;
        self.unloadable += usize::from(outcome.unloadable.is_some());
        for judged in &outcome.judged {
            match &judged.verdict {
                Verdict::Equal => self.equal += 1,
                Verdict::Declared(_) => self.declared += 1,
                Verdict::Changed(_) => self.changed += 1,
                Verdict::Assumed(_) => self.assumed += 1,
                Verdict::Silent(_) => self.silent += 1,
                Verdict::Refused(_) => self.refused += 1,
                Verdict::Lost => self.lost += 1,
                Verdict::Unproved(_) => self.unproved += 1,
            }
        }
    }

    fn row(&self, name: &str) -> String {
        let exact = self.equal + self.declared;
        let written = exact + self.changed + self.assumed;
        let judged = written + self.silent + self.refused + self.lost;
        // Tenths of a per cent, rounded down, so that 100 means all.
        let share = |count: usize| {
            (count * 1000)
                .checked_div(judged)
                .map_or("–".to_owned(), |tenths| format!("{}.{} %", tenths / 10, tenths % 10))
        };
        format!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
            self.files,
            self.unloadable,
            judged + self.unproved,
            self.equal,
            self.declared,
            self.changed,
            self.assumed,
            self.silent,
            self.refused,
            self.lost,
            self.unproved,
            share(exact),
            share(written),
        )
    }
}

/// The whole report in Markdown: no dates and no paths of a machine.
pub(crate) fn text(passes: &[Pass]) -> String {
    let mut text = String::from(
        "# What Airflow builds from the Python files, and dag-factory from the YAML\n\n\
         Made by `cargo xtask parity --record`. The YAML is loaded by dag-factory 1.0.1 on Airflow 3.0.6 with the providers \
         amazon 9.30.0 and cncf-kubernetes 10.6.1; the truth is the same Airflow, or Airflow 2.10.5 with the providers of \
         its time for files written for 2.x. `with inputs`: Airflow and the converter are given the Variables and the \
         environment of `xtask/parity/inputs.json`.\n\n\
         `equal`: nothing differs. `declared`: what differs is left out because the target does not take it, or has another \
         name in Airflow 3 with the same value, and a record names each. `changed`, `assumed`: the same, and a value is \
         written otherwise, or is one that the code falls back to, which a record names too. `silent`: something differs \
         and nothing was said. `refused`: no YAML, and a \
         diagnostic says why. `lost`: no YAML and no word. `unproved`: a package that is not installed decides what \
         Airflow would build. `unloadable`: files that neither Airflow can load. `exact` is the share of `equal` and \
         `declared`, `written` that of `changed` and `assumed` besides, among all DAGs that are not `unproved`.\n",
    );
    for pass in passes {
        let _ = write!(
            text,
            "\n## Target {}, {}\n\n| package | files | unloadable | DAGs | equal | declared | changed | assumed | silent \
             | refused | lost | unproved | exact | written |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
            pass.target, pass.name
        );
        let mut total = Sum::default();
        let mut groups: Vec<&str> = Vec::new();
        for outcome in &pass.outcomes {
            if !groups.contains(&outcome.group.as_str()) {
                groups.push(&outcome.group);
            }
        }
        for group in groups {
            let mut sum = Sum::default();
            for outcome in pass.outcomes.iter().filter(|outcome| outcome.group == group) {
                sum.add(outcome);
                total.add(outcome);
            }
            text.push_str(&sum.row(group));
        }
        text.push_str(&total.row("all"));
        reasons(&mut text, pass);
        defects(&mut text, pass);
    }
    text
}

/// Why DAGs are refused and what is declared of others, most frequent first, and which Airflow told the truth.
fn reasons(text: &mut String, pass: &Pass) {
    let judged = || pass.outcomes.iter().flat_map(|outcome| &outcome.judged);
    let (mut refused, mut declared) = (BTreeMap::new(), BTreeMap::new());
    for judged in judged() {
        match &judged.verdict {
            Verdict::Refused(code) => *refused.entry(code.as_str()).or_default() += 1,
            Verdict::Declared(codes) | Verdict::Changed(codes) | Verdict::Assumed(codes) => {
                for code in codes {
                    *declared.entry(*code).or_default() += 1;
                }
            }
            Verdict::Equal | Verdict::Silent(_) | Verdict::Lost | Verdict::Unproved(_) => {}
        }
    }
    for (what, codes) in [("Refused", refused), ("Declared, changed and assumed", declared)] {
        let mut codes: Vec<(&str, usize)> = codes.into_iter().collect();
        codes.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
        let codes: Vec<String> = codes.iter().map(|(code, count)| format!("`{code}` {count}")).collect();
        if !codes.is_empty() {
            let _ = writeln!(text, "\n{what} by code: {}.", codes.join(", "));
        }
    }
    let two = judged().filter(|judged| judged.airflow == SourceAirflow::V2).count();
    let three = judged().count() - two;
    let _ = writeln!(text, "\nThe truth came from Airflow 3.0.6 for {three} DAGs, from 2.10.5 for {two}.");
}

fn defects(text: &mut String, pass: &Pass) {
    let mut lines = Vec::new();
    for outcome in &pass.outcomes {
        let file = format!("{}/{}", outcome.group, outcome.file.display());
        match &outcome.failure {
            Some(Failure::Panic(message)) => {
                lines.push(format!("- `{file}`: the converter panicked: {message}"));
            }
            Some(Failure::Late) => lines.push(format!("- `{file}`: the converter did not end in time")),
            None => {}
        }
        for judged in outcome.judged.iter().filter(|judged| is_defect(judged)) {
            let mut line = format!("- `{file}`, `{}`: {}", judged.dag_id, judged.verdict.name());
            if let Verdict::Silent(differences) = &judged.verdict {
                for difference in differences.iter().take(3) {
                    let _ = write!(
                        line,
                        "\n  - {}: Python {}, YAML {}",
                        name(difference),
                        short(&difference.python),
                        short(&difference.yaml)
                    );
                }
                if differences.len() > 3 {
                    let _ = write!(line, "\n  - and {} more", differences.len() - 3);
                }
            }
            lines.push(line);
        }
    }
    if !lines.is_empty() {
        let _ = writeln!(text, "\nSilent and lost:\n\n{}", lines.join("\n"));
    }
}

fn name(difference: &Difference) -> String {
    match &difference.scope {
        Scope::Dag => format!("`{}`", difference.field),
        Scope::Task(task) => format!("task `{task}`, `{}`", difference.field),
        Scope::Group(group) => format!("group `{group}`, `{}`", difference.field),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string().replace('\n', " ");
    let mut short: String = text.chars().take(120).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("`{}`", short.replace('`', "'"))
}

/// A difference as JSON.
pub(crate) fn difference(difference: &Difference) -> Value {
    let (kind, id) = match &difference.scope {
        Scope::Dag => ("dag", None),
        Scope::Task(task) => ("task", Some(task)),
        Scope::Group(group) => ("group", Some(group)),
    };
    json!({
        "of": kind,
        "id": id,
        "field": difference.field,
        "python": difference.python,
        "yaml": difference.yaml,
    })
}

/// Every verdict as a line of JSON.
pub(crate) fn json_lines(passes: &[Pass]) -> String {
    let mut text = String::new();
    for pass in passes {
        for outcome in &pass.outcomes {
            let head = |extra: Value| {
                let mut line = json!({
                    "target": pass.target,
                    "pass": pass.name,
                    "package": outcome.group,
                    "file": outcome.file,
                });
                if let (Some(line), Value::Object(extra)) = (line.as_object_mut(), extra) {
                    line.extend(extra);
                }
                format!("{line}\n")
            };
            if let Some(error) = &outcome.unloadable {
                text.push_str(&head(json!({
                    "verdict": "unloadable",
                    "why": error,
                    "definitions": outcome.unjudged,
                })));
            }
            for judged in &outcome.judged {
                let airflow = match judged.airflow {
                    SourceAirflow::V2 => "2.10.5",
                    SourceAirflow::V3 => "3.0.6",
                };
                let mut extra =
                    json!({ "dag_id": judged.dag_id, "airflow": airflow, "verdict": judged.verdict.name() });
                match &judged.verdict {
                    Verdict::Silent(found) => {
                        extra["differences"] = found.iter().map(difference).collect();
                    }
                    Verdict::Refused(why) => {
                        extra["why"] = json!(why);
                        extra["errors"] = json!(judged.errors);
                    }
                    Verdict::Unproved(why) => extra["why"] = json!(why),
                    Verdict::Declared(codes) | Verdict::Changed(codes) | Verdict::Assumed(codes) => {
                        extra["codes"] = json!(codes);
                    }
                    Verdict::Equal | Verdict::Lost => {}
                }
                text.push_str(&head(extra));
            }
        }
    }
    text
}
