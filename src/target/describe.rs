//! A profile as data for who asks what a target is: its limits, forms and parameters, each with who says so.

use serde::Serialize;

use super::literal::{Literal, in_words};
use super::operators::supported;
use super::profile::{
    GroupForm, Impact, MappingForm, Mark, Parameter, ParametersOf, PastWhen, Target, Verdict,
};

/// What a target accepts.
#[derive(Debug, Clone, Serialize)]
pub struct Description<'t> {
    /// Its name, the version included.
    pub name: &'t str,
    /// Further names.
    pub aliases: &'t [String],
    /// What it is, in a phrase.
    pub title: &'t str,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// Its limits, forms and lists, a phrase each.
    pub facts: Vec<Fact>,
    /// How many operators it takes; null where it takes any.
    pub operators: Option<usize>,
    /// Operators that it does not take though some source lists them, with the reason.
    pub refused_operators: Vec<(&'t str, &'t str)>,
    /// The parameters of DAGs that it has a word about.
    pub dag_parameters: Vec<ParameterFacts<'t>>,
    /// The parameters of tasks that it has a word about; all others are the operators' own and are written.
    pub task_parameters: Vec<ParameterFacts<'t>>,
}

/// A source of facts.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Source {
    /// The letter that marks it.
    pub mark: Mark,
    /// What it is.
    pub is: &'static str,
}

/// A fact of a target.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// What it is about.
    pub about: &'static str,
    /// What holds.
    pub says: String,
    /// Who says so.
    pub mark: Mark,
}

/// What a target does with a parameter.
#[derive(Debug, Clone, Serialize)]
pub struct ParameterFacts<'t> {
    /// The parameter.
    pub name: &'t str,
    /// What happens to it.
    pub verdict: Verdict,
    /// What leaving it out costs; null where it is not left out.
    pub impact: Option<Impact>,
    /// The value that the target has anyway, where the profile says.
    pub default: Option<String>,
    /// The least number, or number of seconds.
    pub min: Option<i64>,
    /// The greatest.
    pub max: Option<i64>,
    /// Whether the guide promises it.
    pub promised: bool,
    /// Who says so.
    pub mark: Mark,
}

/// Describes a target.
pub fn describe(target: &Target) -> Description<'_> {
    let mut facts = facts(target);
    facts.extend(lists(target));
    let dag_parameters = parameters(target, ParametersOf::Dag);
    let task_parameters = parameters(target, ParametersOf::Task);
    let rows = dag_parameters.iter().chain(&task_parameters).map(|row| row.mark);
    let mut marks: Vec<Mark> = facts
        .iter()
        .map(|fact| fact.mark)
        .chain(rows)
        .chain(target.operators.marks.iter().copied())
        .collect();
    marks.sort_unstable();
    marks.dedup();
    Description {
        name: target.name(),
        aliases: target.aliases(),
        title: target.title(),
        sources: marks.into_iter().map(|mark| Source { mark, is: mark.source() }).collect(),
        facts,
        operators: (!target.operators.any).then(|| supported(target).count()),
        refused_operators: target
            .operators
            .refused
            .iter()
            .map(|(path, reason)| (path.as_str(), reason.as_str()))
            .collect(),
        dag_parameters,
        task_parameters,
    }
}

fn facts(target: &Target) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut say = |about, says: String, mark| facts.push(Fact { about, says, mark });
    if let Some(limit) = &target.limits.definition_bytes {
        say("definition", format!("at most {} bytes", limit.value), limit.mark);
    }
    if let Some(limit) = &target.limits.task_seconds {
        say("task", format!("ends after at most {} seconds", limit.value), limit.mark);
    }
    let ids = &target.ids;
    let reserved = ids.reserved.join(", ");
    say("ids", format!("match {}, and are none of {reserved}", ids.pattern.as_str()), ids.mark);
    let schedule = &target.schedule;
    let mut forms = vec!["cron expressions".to_owned()];
    forms.extend(schedule.presets.iter().cloned());
    forms.extend(schedule.once.then(|| "@once".to_owned()));
    forms.extend(schedule.null.then(|| "null".to_owned()));
    forms.extend(schedule.objects.then(|| "timedeltas, timetables and assets".to_owned()));
    say("schedule", forms.join(", "), schedule.mark);
    if let Some(past) = &schedule.start_date_past {
        let says = match past.when {
            PastWhen::Always => "lies in the future",
            PastWhen::Scheduled => "lies in the future where there is a schedule",
        };
        say("start_date", says.to_owned(), past.mark);
    }
    let mapping = match target.mapping.form {
        MappingForm::Unroll => "none; over literal values it is written out as tasks",
        MappingForm::Expand => "`expand` over lists and results",
    };
    say("mapping", mapping.to_owned(), target.mapping.mark);
    let groups = match target.groups.form {
        GroupForm::Flatten => "none; their tasks are written under full ids",
        GroupForm::Groups => "written as such",
    };
    say("task groups", groups.to_owned(), target.groups.mark);
    facts
}

fn lists(target: &Target) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(default_args) = &target.default_args {
        facts.push(Fact {
            about: "default_args",
            says: default_args.keys.join(", "),
            mark: default_args.mark,
        });
    }
    if let Some(templates) = &target.templates {
        let (variables, macros) = (templates.variables.join(", "), templates.macros.join(", "));
        facts.push(Fact { about: "template variables", says: variables, mark: templates.mark });
        facts.push(Fact { about: "template macros", says: macros, mark: templates.mark });
    }
    facts
}

fn parameters(target: &Target, of: ParametersOf) -> Vec<ParameterFacts<'_>> {
    let table = match of {
        ParametersOf::Dag => &target.dag,
        ParametersOf::Task => &target.task,
    };
    table.iter().map(|(name, row)| parameter(name, row)).collect()
}

fn parameter<'t>(name: &'t str, row: &'t Parameter) -> ParameterFacts<'t> {
    let values = |literal: &Literal| match literal {
        Literal::Any(any) => {
            any.iter().map(|value| in_words(&value.datum())).collect::<Vec<_>>().join(" or ")
        }
        Literal::Bool(_) | Literal::Int(_) | Literal::Text(_) => in_words(&literal.datum()),
    };
    ParameterFacts {
        name,
        verdict: row.verdict,
        impact: (row.verdict == Verdict::Drop).then_some(row.impact),
        default: row.default.as_ref().map(values),
        min: row.min,
        max: row.max,
        promised: row.promised,
        mark: row.mark,
    }
}
