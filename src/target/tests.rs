//! Whole renderings: what is written and what is said, for all targets.

use super::testing::{EMR, arg, at, dag, rendered, said, shown, span, task};
use super::*;
use crate::dag::SourceAirflow;
use crate::datum::{Cause, CauseKind, Datum, TimeDelta, XCom, Zone};
use crate::diagnostic::Severity;
use crate::target::defaults::airflow;
use crate::target::profile::Verdict;

const SERVICE: &str = "mwaa-serverless@2026-08";
const LAUNCH: &str = "mwaa-serverless@2025-11";
const FACTORY: &str = "dag-factory";

fn unknown() -> Datum {
    let cause = Cause::new(CauseKind::World, span(), "it is read from the network").with_help("use --env");
    Datum::Unknown(cause)
}

#[test]
fn a_plain_dag_holds_what_the_author_set() {
    let dag = dag("etl")
        .with("schedule", Datum::str("0 6 * * *"))
        .with("start_date", at("2027-01-01T06:00:00", Some(Zone::Named("Europe/Amsterdam".into()))))
        .with_default("retries", Datum::int(2))
        .with_task(task("a", EMR, vec![arg("job_flow_overrides", Datum::str("b"))]))
        .with_task(task("c", EMR, vec![arg("job_flow_overrides", Datum::str("c"))]))
        .with_task(task(
            "b",
            EMR,
            vec![arg("job_flow_overrides", Datum::Null), arg("retries", Datum::int(0))],
        ))
        .with_edge(1, 2)
        .with_edge(0, 2);
    let expected = format!(
        "{{etl: {{default_args: {{retries: 2}}, schedule: 0 6 * * *, start_date: 2027-01-01T06:00:00, \
         timezone: Europe/Amsterdam, tasks: {{a: {{operator: {EMR}, job_flow_overrides: b}}, c: {{operator: {EMR}, job_flow_overrides: c}}, \
         b: {{operator: {EMR}, job_flow_overrides: null, retries: 0, dependencies: [a, c]}}}}}}}}"
    );
    for target in [SERVICE, LAUNCH, FACTORY] {
        let rendering = rendered(target, &dag);
        assert_eq!(shown(&rendering), expected, "{target}: {:?}", said(&rendering));
    }
    assert_eq!(
        said(&rendered(SERVICE, &dag)),
        ["Note task-time-limit [execution_timeout] MWAA Serverless ends a task after 60 minutes"]
    );
    assert!(said(&rendered(FACTORY, &dag)).is_empty());
}

#[test]
fn an_unknown_value_refuses_only_where_it_is_written() {
    let written = dag("d").with_task(task("a", EMR, vec![arg("job_flow_overrides", unknown())]));
    for target in [SERVICE, LAUNCH, FACTORY] {
        let rendering = rendered(target, &written);
        assert!(rendering.definition.is_none());
        let error = rendering.diagnostics.iter().find(|d| d.is_error()).unwrap();
        assert_eq!((error.code, error.task_id.as_deref()), (codes::UNKNOWN_VALUE, Some("a")));
        assert_eq!(error.parameter.as_deref(), Some("job_flow_overrides"));
        assert_eq!(error.labels[0].message, "it is read from the network");
        assert_eq!(error.help.as_deref(), Some("use --env"));
    }
    let dropped = dag("d").with("tags", unknown()).with_task(task("a", EMR, vec![arg("pool", unknown())]));
    assert!(rendered(SERVICE, &dropped).definition.is_some());
    assert!(rendered(FACTORY, &dropped).definition.is_none());
}

/// Every row that a profile drops is left out with a record that names task and parameter; every row that it writes is written.
#[test]
fn every_row_of_every_profile_does_what_it_says() {
    // A value that is no default of any parameter and needs no form.
    let odd = |name: &str| Datum::str(if name == "trigger_rule" { "all_done" } else { "odd" });
    let holds = |text: &str| text.contains("odd") || text.contains("all_done");
    for target in Target::all() {
        for (name, row) in &target.task {
            let dag = dag("d").with_task(task(
                "a",
                EMR,
                vec![arg("job_flow_overrides", Datum::str("b")), arg(name, odd(name))],
            ));
            let rendering = rendered(&target.name, &dag);
            let records: Vec<_> = rendering
                .diagnostics
                .iter()
                .filter(|d| d.task_id.as_deref() == Some("a") && d.parameter.as_deref() == Some(name))
                .collect();
            let text = shown(&rendering);
            match row.verdict {
                Verdict::Drop => {
                    assert!(!holds(&text), "{} {name}: {text}", target.name);
                    assert_eq!(records.len(), 1, "{} {name}: {:?}", target.name, said(&rendering));
                    assert_eq!(records[0].disposition, crate::diagnostic::Disposition::Dropped);
                }
                Verdict::Write => assert!(holds(&text), "{} {name}: {text}", target.name),
                Verdict::Refuse => assert_eq!(text, "refused"),
            }
        }
        for (name, row) in target.dag.iter().filter(|(_, row)| row.verdict == Verdict::Drop) {
            let rendering = rendered(&target.name, &dag("d").with(name, odd(name)));
            assert!(!holds(&shown(&rendering)), "{} {name}", target.name);
            assert_eq!(
                rendering.diagnostics.iter().filter(|d| d.parameter.as_deref() == Some(name)).count(),
                1,
                "{} {name} {row:?}",
                target.name
            );
        }
    }
}

/// A parameter that is dropped with the value that Airflow has anyway is no loss.
#[test]
fn a_default_that_is_dropped_is_a_note() {
    for target in Target::all() {
        for (name, row) in target.task.iter().filter(|(_, row)| row.verdict == Verdict::Drop) {
            let own = row.default.as_ref();
            let default =
                own.or_else(|| airflow().task.get(name).and_then(|row| row.default(SourceAirflow::V3)));
            let Some(default) = default else { continue };
            let dag = dag("d").with_task(task("a", EMR, vec![arg(name, default.datum())]));
            let rendering = rendered(&target.name, &dag);
            let record = rendering.diagnostics.iter().find(|d| d.parameter.as_deref() == Some(name)).unwrap();
            assert_eq!(record.severity, Severity::Note, "{} {name}", target.name);
        }
    }
}

#[test]
fn airflows_default_is_written_where_the_service_has_another() {
    let dag = dag("d").with_task(task("a", EMR, vec![]));
    assert!(shown(&rendered(SERVICE, &dag)).starts_with("{d: {default_args: {retries: 0}, tasks:"));
    assert!(shown(&rendered(LAUNCH, &dag)).starts_with("{d: {tasks:"));
    assert!(shown(&rendered(FACTORY, &dag)).starts_with("{d: {tasks:"));
}

#[test]
fn default_args_reach_just_the_tasks_that_had_them() {
    let mut dag = dag("d")
        .with_default("retries", Datum::int(1))
        .with_default("job_flow_overrides", Datum::Map(vec![]))
        .with_task(task("a", EMR, vec![]))
        .with_task(task("b", EMR, vec![]));
    // `b` stands in a group with retries of its own.
    dag.tasks[1].inherited[0].value = Datum::int(3);
    let rendering = rendered(SERVICE, &dag);
    assert_eq!(
        shown(&rendering),
        format!(
            "{{d: {{default_args: {{retries: 1}}, tasks: {{a: {{operator: {EMR}, job_flow_overrides: {{}}}}, \
             b: {{operator: {EMR}, retries: 3, job_flow_overrides: {{}}}}}}}}}}"
        )
    );
    assert!(said(&rendering).iter().any(|line| line.contains("default-args-moved [job_flow_overrides]")));
    // An entry that was added after `b` was made does not reach it.
    dag.tasks[1].inherited.clear();
    let text = shown(&rendered(FACTORY, &dag));
    assert!(
        text.starts_with(&format!(
            "{{d: {{tasks: {{a: {{operator: {EMR}, retries: 1, job_flow_overrides: {{}}}}, b: {{operator: {EMR}}}"
        )),
        "{text}"
    );
}

#[test]
fn operators_are_refused_all_at_once_with_what_is_near() {
    let dag = dag("d")
        .with_task(task(
            "a",
            "airflow.operators.bash.BashOperator",
            vec![arg("bash_command", Datum::str("true"))],
        ))
        .with_task(task(
            "b",
            "airflow.providers.snowflake.operators.snowflake.SnowflakeSqlApiOperator",
            vec![arg("sql", Datum::Null), arg("statement_count", Datum::Null)],
        ))
        .with_task(task("c", "airflow.providers.amazon.aws.operators.s3.S3ListsOperator", vec![]))
        .with_task(task("e", "airflow.operators.empty.EmptyOperator", vec![]));
    let rendering = rendered(LAUNCH, &dag);
    let errors: Vec<_> = rendering
        .diagnostics
        .iter()
        .filter(|d| d.is_error())
        .map(|d| (d.code.as_str(), d.task_id.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        errors,
        [
            ("needs-code-package", "a"),
            ("unsupported-operator", "b"),
            ("unsupported-operator", "c"),
            ("unsupported-operator", "e")
        ]
    );
    let help = |task: &str| {
        let found = rendering.diagnostics.iter().find(|d| d.task_id.as_deref() == Some(task) && d.is_error());
        found.and_then(|d| d.help.clone()).unwrap_or_default()
    };
    assert_eq!(help("c"), "`S3ListOperator` is supported");
    assert_eq!(help("e"), "leave it out, and draw the edges past it");
    assert!(rendered(FACTORY, &dag).definition.is_some());
}

#[test]
fn start_dates_of_default_args_reach_the_dag() {
    let zone = Some(Zone::Named("Europe/Amsterdam".into()));
    let dag = dag("d").with_default("start_date", at("2027-07-01T00:00:00", zone)).with_task(task(
        "a",
        EMR,
        vec![arg("retries", Datum::int(0))],
    ));
    assert_eq!(
        shown(&rendered(FACTORY, &dag)),
        format!(
            "{{d: {{default_args: {{start_date: 2027-06-30T22:00:00}}, start_date: 2027-07-01, \
             timezone: Europe/Amsterdam, tasks: {{a: {{operator: {EMR}, retries: 0}}}}}}}}"
        )
    );
    assert_eq!(
        shown(&rendered(SERVICE, &dag)),
        format!(
            "{{d: {{start_date: 2027-07-01, timezone: Europe/Amsterdam, tasks: {{a: {{operator: {EMR}, retries: 0}}}}}}}}"
        )
    );
}

#[test]
fn schedules_keep_their_meaning() {
    let cases: &[(&str, Datum, &str)] = &[
        (SERVICE, Datum::str("@daily"), "schedule: @daily"),
        (LAUNCH, Datum::str("@daily"), "schedule: 0 0 * * *"),
        (LAUNCH, Datum::str("@once"), "refused"),
        (SERVICE, Datum::str("@continuous"), "refused"),
        (SERVICE, Datum::str("every day"), "refused"),
        (FACTORY, Datum::str("every day"), "refused"),
        (SERVICE, Datum::Null, "schedule: null"),
        (SERVICE, Datum::List(vec![Datum::str("s3://a")]), "refused"),
        (
            SERVICE,
            Datum::TimeDelta(TimeDelta { days: 0, seconds: 7200, microseconds: 0 }),
            "schedule: 0 1,3,5,7,9,11,13,15,17,19,21,23 * * *",
        ),
        (FACTORY, Datum::TimeDelta(TimeDelta { days: 1, seconds: 0, microseconds: 0 }), "schedule: 1d0s"),
    ];
    for (target, schedule, expected) in cases {
        let dag =
            dag("d").with("schedule", schedule.clone()).with("start_date", at("2027-01-01T01:00:00", None));
        let text = shown(&rendered(target, &dag));
        assert!(text.contains(expected), "{target} {schedule:?}: {text}");
    }
}

#[test]
fn a_schedule_of_airflow_2_keeps_or_names_its_data_interval() {
    let dag = dag("d")
        .of_2()
        .with("schedule_interval", Datum::str("@daily"))
        .with("start_date", at("2027-01-01T00:00:00", None))
        .with_task(task("a", EMR, vec![arg("job_flow_overrides", Datum::str("{{ ds }}/"))]));
    let rendering = rendered(SERVICE, &dag);
    let said_service = said(&rendering);
    assert!(
        said_service
            .iter()
            .any(|line| line.starts_with("Warning schedule-interval-shift [a.job_flow_overrides]"))
    );
    assert!(said_service.iter().any(|line| line.starts_with("Warning unsupported-parameter [catchup]")));
    let text = shown(&rendered(FACTORY, &dag));
    assert!(
        text.contains("schedule: airflow.timetables.interval.CronDataIntervalTimetable(@daily, UTC)"),
        "{text}"
    );
    assert!(text.contains("catchup: true"), "{text}");
}

#[test]
fn results_of_tasks_are_written_as_templates() {
    let xcom = Datum::XCom(XCom { dag_id: "d".into(), task_id: "a".into(), key: "return_value".into() });
    let dag = dag("d")
        .with_task(task("a", EMR, vec![]))
        .with_task(task("b", EMR, vec![arg("job_flow_overrides", xcom)]))
        .with_edge(0, 1);
    for target in [SERVICE, FACTORY] {
        let rendering = rendered(target, &dag);
        assert!(shown(&rendering).contains(
            "job_flow_overrides: {{ task_instance.xcom_pull(task_ids='a', dag_id='d', key='return_value') }}"
        ));
        assert!(
            said(&rendering)
                .iter()
                .any(|line| line.starts_with("Warning result-as-text [b.job_flow_overrides]"))
        );
    }
}

/// Whatever parameter of the operator or of `BaseOperator` is set, on the task or in `default_args`: it is written, or named.
#[test]
fn no_argument_is_lost() {
    let class = crate::catalog::operator(EMR).unwrap();
    let names: Vec<&str> = crate::catalog::base_operator_parameters()
        .map(|parameter| parameter.name)
        .chain(class.parameters().iter().map(|parameter| parameter.name))
        .filter(|name| !["task_id", "dag", "task_group", "default_args"].contains(name))
        .collect();
    assert!(names.len() > 50);
    for target in Target::all() {
        for name in &names {
            // A trigger rule must be one, and a date.
            let word = match *name {
                "trigger_rule" => "all_done".to_owned(),
                "start_date" | "end_date" => "2030-01-31".to_owned(),
                name => format!("token_{name}"),
            };
            let token = Datum::str(&word);
            let on_task = dag("d").with_task(task("a", EMR, vec![arg(name, token.clone())]));
            let in_default_args = dag("d").with_default(name, token).with_task(task("a", EMR, vec![]));
            for (dag, place) in [(on_task, Some("a")), (in_default_args, None)] {
                let rendering = rendered(&target.name, &dag);
                let written = shown(&rendering).contains(&word);
                let record = rendering.diagnostics.iter().any(|record| {
                    record.parameter.as_deref() == Some(*name) && record.task_id.as_deref() == place
                });
                assert!(rendering.definition.is_some(), "{} {name}: {:?}", target.name, said(&rendering));
                assert!(written || record, "{} {name}: {}", target.name, shown(&rendering));
            }
        }
    }
}

/// The same for the parameters of `DAG`, of Airflow 2 and 3.
#[test]
fn no_argument_of_a_dag_is_lost() {
    use crate::catalog::{Constructor, Release};
    for release in [Release::V2_10, Release::V3_0] {
        let names: Vec<&str> = Constructor::Dag
            .parameters(release)
            .map(|parameter| parameter.name)
            .filter(|name| !["dag_id", "default_args", "task_group"].contains(name))
            .collect();
        for target in Target::all() {
            for name in &names {
                let rendering =
                    rendered(&target.name, &dag("d").with(name, Datum::str(format!("/token_{name}"))));
                let written = shown(&rendering).contains(&format!("/token_{name}"));
                // A parameter that was renamed is spoken of under its new name.
                let renamed = match *name {
                    "schedule_interval" | "timetable" => "schedule",
                    "fail_stop" => "fail_fast",
                    "concurrency" => "max_active_tasks",
                    name => name,
                };
                let names = [*name, renamed];
                let record = rendering.diagnostics.iter().any(|record| {
                    record.parameter.as_deref().is_some_and(|parameter| names.contains(&parameter))
                });
                assert!(written || record, "{} {name}: {:?}", target.name, said(&rendering));
            }
        }
    }
}
