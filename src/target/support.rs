//! What a target says of one operator, for who asks: the rule of the operators, run on a DAG of that one task.

use std::path::Path;

use super::draft::Draft;
use super::operators::listed;
use super::profile::{Mark, Target};
use super::{RenderOptions, rules};
use crate::dag::{Dag, Operator, OperatorKind, Role, SourceAirflow, Task};
use crate::diagnostic::{Severity, codes};
use crate::source::{Sources, Span};

/// Whether a target takes an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Supported {
    /// It does.
    Yes,
    /// With a package of code beside the definition.
    WithCode,
    /// It does not.
    No,
}

/// What a target says of an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// Whether it takes it.
    pub supported: Supported,
    /// Why it does not, or what else there is to know.
    pub reason: Option<String>,
    /// What to do about it: the nearest alternative, mostly.
    pub help: Option<String>,
}

/// What `target` says of the operator of this class path, present or old.
pub fn support(target: &Target, path: &str) -> Support {
    let options = RenderOptions::default();
    let sources = Sources::default();
    let dag = dag_of(path, &sources);
    let mut draft = Draft::new(target, &dag, &options, &sources);
    rules::check_operators(&mut draft);
    // Of several records the gravest is the answer.
    let finding = draft.diagnostics.into_iter().min_by_key(|finding| finding.severity);
    let supported = match &finding {
        Some(finding) if finding.code == codes::NEEDS_CODE_PACKAGE => Supported::WithCode,
        Some(finding) if finding.severity == Severity::Error => Supported::No,
        Some(_) | None => Supported::Yes,
    };
    match finding {
        Some(finding) => Support { supported, reason: Some(finding.message), help: finding.help },
        None => Support { supported, reason: None, help: None },
    }
}

/// Who says that `target` takes the operator of this path; nobody, where the target takes any.
pub fn listed_by(target: &Target, path: &str) -> Vec<Mark> {
    let marks = listed(target, path).map(|listed| listed.marks.clone()).unwrap_or_default();
    marks.into_iter().filter(|mark| target.operators.marks.contains(mark)).collect()
}

fn dag_of(path: &str, sources: &Sources) -> Dag {
    let span = Span::start_of(sources.add(Path::new("operator"), String::new()).id());
    let name = path.rsplit('.').next().unwrap_or(path).to_owned();
    let task = Task {
        task_id: "task".to_owned(),
        span,
        operator: Operator { path: path.to_owned(), name, kind: OperatorKind::Class },
        arguments: Vec::new(),
        inherited: Vec::new(),
        group: None,
        mapping: None,
        role: Role::Work,
    };
    Dag {
        dag_id: "dag".to_owned(),
        span,
        source_airflow: SourceAirflow::V3,
        arguments: Vec::new(),
        default_args: Vec::new(),
        tasks: vec![task],
        groups: Vec::new(),
        edges: Vec::new(),
        findings: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_answers_for_one_class() {
        let athena = "airflow.providers.amazon.aws.operators.athena.AthenaOperator";
        let email = "airflow.providers.smtp.operators.smtp.EmailOperator";
        let python = "airflow.providers.standard.operators.python.PythonOperator";
        let said = |target: &str, path: &str| support(Target::by_name(target).unwrap(), path);
        assert_eq!(said("mwaa-serverless", athena).supported, Supported::Yes);
        assert_eq!(said("mwaa-serverless", email).supported, Supported::No);
        assert_ne!(said("mwaa-serverless", python).supported, Supported::No);
        for path in [athena, email, python] {
            assert_eq!(said("dag-factory", path).supported, Supported::Yes);
        }
        let help = said("mwaa-serverless", email).help;
        assert!(help.is_some_and(|help| help.contains("AWS service")));
        assert!(listed_by(Target::by_name("mwaa-serverless").unwrap(), athena).contains(&Mark::G));
        assert!(listed_by(Target::by_name("dag-factory").unwrap(), athena).is_empty());
    }
}
