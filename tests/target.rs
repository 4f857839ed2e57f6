//! The facts about the service, row by row as its guide and the reports have them, against what each version of the target does.
//! The rows stand here once more, apart from the profiles, so that neither can drift alone.

use std::path::Path;

use dag_converter::catalog;
use dag_converter::diagnostic::Severity;
use dag_converter::source::Sources;
use dag_converter::target::{ParametersOf, RenderOptions, Supported, Target, Verdict, describe, support};
use dag_converter::validate::validate;

const LAUNCH: &str = "mwaa-serverless@2025-11";
const TODAY: &str = "mwaa-serverless@2026-08";

/// The rows of `operators.tsv`: class path, and who names it.
fn operators() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("target/operators.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Names that no package has a class for.
const NO_CLASS: &[&str] = &[
    "airflow.providers.amazon.aws.operators.MaxDomeNotebookOperator",
    "airflow.providers.amazon.aws.operators.MaxDomeSQLOperator",
    "airflow.providers.amazon.aws.operators.MaxDomeSparkOperator",
    "airflow.providers.amazon.aws.operators.MaxdomeArtifactsOperator",
    "airflow.providers.amazon.aws.sensors.MaxDomeSQLSensor",
    "airflow.providers.amazon.aws.sensors.MaxDomeSparkSensor",
    "airflow.providers.amazon.aws.sensors.MaxdomeNotebookSensor",
];

#[test]
fn the_catalogue_holds_every_operator_that_a_source_names_and_that_exists() {
    let missing: Vec<&str> =
        operators().map(|(path, _)| path).filter(|path| catalog::operator(path).is_none()).collect();
    assert_eq!(missing, NO_CLASS);
    assert_eq!(operators().count(), 223);
}

#[test]
fn each_version_takes_the_operators_that_its_sources_name() {
    let supported = |target: &str, path: &str| support(Target::by_name(target).unwrap(), path).supported;
    // AWS's published tools say that these are not supported all the same.
    let refused = ["MwaaTriggerDagRunOperator", "S3ToRedshiftOperator"];
    for (path, marks) in operators() {
        let name = path.rsplit('.').next().unwrap();
        let is_class = catalog::operator(path).is_some();
        let is_abstract = name.ends_with("BaseSensor")
            || (name.ends_with("BaseOperator") && name != "BedrockCreateKnowledgeBaseOperator");
        let on_guide = marks.contains('G');
        assert_eq!(supported(LAUNCH, path) == Supported::Yes, on_guide, "{path}");
        let today = is_class && !is_abstract && !refused.contains(&name);
        assert_eq!(supported(TODAY, path) == Supported::Yes, today, "{path}");
    }
    for path in [
        "airflow.providers.standard.operators.python.PythonOperator",
        "airflow.operators.python.PythonOperator",
        "airflow.providers.standard.operators.bash.BashOperator",
        "airflow.operators.bash.BashOperator",
    ] {
        assert_ne!(supported(TODAY, path), Supported::No, "{path}");
        assert_ne!(supported(LAUNCH, path), Supported::Yes, "{path}");
    }
    for path in [
        "airflow.providers.standard.operators.python.BranchPythonOperator",
        "airflow.operators.subdag.SubDagOperator",
        "airflow.providers.standard.operators.trigger_dagrun.TriggerDagRunOperator",
    ] {
        assert_eq!(supported(TODAY, path), Supported::No, "{path}");
    }
}

/// Parameters of a DAG that the guide calls ignored.
const IGNORED_OF_DAGS: &str = "template_searchpath template_undefined user_defined_macros user_defined_filters catchup \
    access_control jinja_environment_kwargs render_template_as_native_obj tags owner_links auto_register fail_fast \
    dag_display_name depends_on_past email_on_failure email_on_retry description max_consecutive_failed_dag_runs \
    dagrun_timeout sla_miss_callback on_failure_callback on_success_callback is_paused_upon_creation";

/// Parameters of a task that the guide calls ignored, `trigger_rule` aside.
const IGNORED_OF_TASKS: &str = "email_on_retry email_on_failure retry_exponential_backoff depends_on_past \
    ignore_first_depends_on_past wait_for_downstream priority_weight sla max_active_tis_per_dag max_active_tis_per_dagrun \
    resources run_as_user executor_config doc doc_md doc_rst doc_json doc_yaml task_display_name logger_name \
    allow_nested_operators inlets outlets map_index_template email owner max_retry_delay on_execute_callback \
    on_failure_callback on_success_callback on_retry_callback on_skipped_callback wait_for_past_depends_before_skipping \
    do_xcom_push multiple_outputs start_date end_date weight_rule queue pool pool_slots pre_execute post_execute executor \
    aws_conn_id verify botocore_config region_name";

#[test]
fn ignored_parameters_are_left_out_by_both_versions() {
    for target in [LAUNCH, TODAY] {
        let target = Target::by_name(target).unwrap();
        for (of, names) in [(ParametersOf::Dag, IGNORED_OF_DAGS), (ParametersOf::Task, IGNORED_OF_TASKS)] {
            for name in names.split_whitespace() {
                let row = target.parameters(of).find(|row| row.name == name);
                assert!(row.is_some_and(|row| row.verdict == Verdict::Drop), "{}: {name}", target.name());
            }
        }
    }
    let verdict = |target: &str, of, name: &str| {
        let target = Target::by_name(target).unwrap();
        target.parameters(of).find(|row| row.name == name).map(|row| row.verdict)
    };
    for (of, name, launch, today) in [
        (ParametersOf::Task, "trigger_rule", Some(Verdict::Drop), Some(Verdict::Write)),
        (ParametersOf::Task, "deferrable", None, Some(Verdict::Drop)),
        (ParametersOf::Dag, "max_active_runs", Some(Verdict::Write), Some(Verdict::Drop)),
        (ParametersOf::Dag, "params", Some(Verdict::Write), Some(Verdict::Write)),
        (ParametersOf::Dag, "schedule", Some(Verdict::Write), Some(Verdict::Write)),
        (ParametersOf::Dag, "end_date", Some(Verdict::Write), Some(Verdict::Write)),
    ] {
        assert_eq!((verdict(LAUNCH, of, name), verdict(TODAY, of, name)), (launch, today), "{name}");
    }
}

#[test]
fn limits_and_defaults_are_those_of_the_version() {
    for (target, retries, timeout) in [(LAUNCH, "`0`", "`None`"), (TODAY, "`1`", "`3600`")] {
        let description = describe(Target::by_name(target).unwrap());
        let row = |name: &str| description.task_parameters.iter().find(|row| row.name == name).unwrap();
        assert_eq!((row("retries").min, row("retries").max), (Some(0), Some(3)));
        assert_eq!(row("retries").default.as_deref(), Some(retries));
        assert_eq!((row("retry_delay").min, row("retry_delay").max), (Some(0), Some(300)));
        assert_eq!(row("retry_delay").default.as_deref(), Some("`300`"));
        assert_eq!(row("execution_timeout").max, Some(3600));
        assert_eq!(row("execution_timeout").default.as_deref(), Some(timeout));
        let says =
            |about: &str| description.facts.iter().find(|fact| fact.about == about).unwrap().says.as_str();
        assert!(says("definition").contains("51200"));
        let mut variables: Vec<&str> = says("template variables").split(", ").collect();
        variables.sort_unstable();
        assert_eq!(
            variables,
            ["ds", "ds_nodash", "macros", "params", "task_instance", "ti", "ts", "ts_nodash"]
        );
        let mut macros: Vec<&str> = says("template macros").split(", ").collect();
        macros.sort_unstable();
        let offered =
            "datetime datetime_diff_for_humans dateutil ds_add ds_format random time timedelta uuid";
        assert_eq!(macros, offered.split(' ').collect::<Vec<_>>());
        let mut keys: Vec<&str> = says("default_args").split(", ").collect();
        keys.sort_unstable();
        let taken = "email end_date execution_timeout owner priority_weight retries retry_delay start_date trigger_rule \
                     wait_for_downstream";
        assert_eq!(keys, taken.split_whitespace().collect::<Vec<_>>());
    }
}

/// The codes of what is said of a definition, notes aside.
fn said(target: &str, yaml: &str) -> Vec<(Severity, &'static str)> {
    let sources = Sources::default();
    let file = sources.add(Path::new("d.yml"), yaml.to_owned());
    let now = "2026-01-15T00:00:00Z".parse().unwrap();
    let options = RenderOptions { now, ..RenderOptions::default() };
    let findings = validate(Target::by_name(target).unwrap(), &file, &sources, options).diagnostics;
    let mut said: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| (finding.severity, finding.code.as_str()))
        .collect();
    said.sort_unstable();
    said.dedup();
    said
}

const TASK: &str = "operator: airflow.providers.amazon.aws.operators.lambda_function.LambdaInvokeFunctionOperator, function_name: f";

/// Each row: what it is about, the DAG's block, and what each version says of it.
#[test]
fn rows_about_the_definition_hold_for_each_version() {
    type Said = &'static [(Severity, &'static str)];
    const SOUND: Said = &[];
    const ERROR: Severity = Severity::Error;
    const WARNING: Severity = Severity::Warning;
    const STRUCTURE: Said = &[(ERROR, "invalid-definition")];
    const SCHEDULE: Said = &[(ERROR, "unsupported-schedule")];
    const RANGE: Said = &[(WARNING, "out-of-range")];
    const PAST: Said = &[(WARNING, "past-start-date")];
    const DROPPED: Said = &[(WARNING, "unsupported-parameter")];
    let with = |keys: &str| format!("d: {{{keys}, tasks: {{t: {{{TASK}}}}}}}\n");
    let task = |keys: &str| format!("d: {{tasks: {{t: {{{TASK}, {keys}}}}}}}\n");
    let timedelta = |seconds: u32| format!("{{__type__: datetime.timedelta, seconds: {seconds}}}");
    let rows: Vec<(&str, String, Said, Said)> = vec![
        ("a sound one", task("retries: 0"), SOUND, SOUND),
        (
            "one DAG in a file",
            format!("{}e: {{tasks: {{}}}}\n", with("description: null")),
            STRUCTURE,
            STRUCTURE,
        ),
        ("tasks as a list", format!("d: {{tasks: [{{task_id: t, {TASK}}}]}}\n"), STRUCTURE, STRUCTURE),
        ("task_groups", with("task_groups: {g: {}}"), STRUCTURE, STRUCTURE),
        ("a key of default_args", with("default_args: {invocation_type: Event}"), STRUCTURE, STRUCTURE),
        ("keys of default_args", with("default_args: {retries: 1, email: a}"), DROPPED, DROPPED),
        (
            "upstream_tasks",
            task("upstream_tasks: [t]"),
            &[(ERROR, "unknown-parameter")],
            &[(ERROR, "unknown-parameter")],
        ),
        (
            "mapping",
            task("expand: {payload: [a, b]}"),
            &[(ERROR, "dynamic-mapping")],
            &[(ERROR, "dynamic-mapping")],
        ),
        ("a cron schedule", with("schedule: '0 6 * * *'"), SOUND, SOUND),
        ("a preset", with("schedule: '@daily'"), SCHEDULE, SOUND),
        ("no schedule", with("schedule: null"), SOUND, SOUND),
        (
            "a broken schedule",
            with("schedule: '0 25 * * *'"),
            &[(ERROR, "invalid-cron")],
            &[(ERROR, "invalid-cron")],
        ),
        ("an asset", with("schedule: [{__type__: airflow.sdk.Asset, uri: 's3://b'}]"), SCHEDULE, SCHEDULE),
        ("a past start", with("start_date: '2025-01-01'"), PAST, SOUND),
        ("a past start and a schedule", with("start_date: '2025-01-01', schedule: '0 6 * * *'"), PAST, PAST),
        ("a start to come", with("start_date: '2030-01-01', schedule: '0 6 * * *'"), SOUND, SOUND),
        (
            "an end before it",
            with("start_date: '2030-01-02', end_date: '2030-01-01'"),
            &[(ERROR, "date-order")],
            &[(ERROR, "date-order")],
        ),
        ("max_active_runs", with("max_active_runs: 3"), SOUND, DROPPED),
        ("more runs than the quota", with("max_active_runs: 21"), RANGE, DROPPED),
        ("retries", task("retries: 3"), SOUND, SOUND),
        ("more retries", task("retries: 4"), RANGE, RANGE),
        ("retry_delay", task(&format!("retry_delay: {}", timedelta(300))), SOUND, SOUND),
        ("a longer retry_delay", task(&format!("retry_delay: {}", timedelta(301))), RANGE, RANGE),
        ("execution_timeout", task(&format!("execution_timeout: {}", timedelta(3600))), SOUND, SOUND),
        ("a longer one", task(&format!("execution_timeout: {}", timedelta(3601))), RANGE, RANGE),
        (
            "a bare one",
            task("execution_timeout: 60"),
            &[(ERROR, "invalid-value")],
            &[(ERROR, "invalid-value")],
        ),
        ("trigger_rule", task("trigger_rule: all_done"), DROPPED, &[(WARNING, "unpromised")]),
        ("region_name", task("region_name: eu-west-1"), DROPPED, DROPPED),
        ("aws_conn_id", task("aws_conn_id: mine"), DROPPED, DROPPED),
        ("a template variable", task("payload: '{{ ds }} {{ params.x }} {{ ti.task_id }}'"), SOUND, SOUND),
        (
            "another",
            task("payload: '{{ run_id }}'"),
            &[(WARNING, "unsupported-template")],
            &[(WARNING, "unsupported-template")],
        ),
        ("a macro", task("payload: '{{ macros.ds_add(ds, 1) }}'"), SOUND, SOUND),
        (
            "another",
            task("payload: '{{ macros.hive.x }}'"),
            &[(WARNING, "unsupported-template")],
            &[(WARNING, "unsupported-template")],
        ),
        ("ids", format!("a-b_c.d1: {{tasks: {{t.u: {{{TASK}}}}}}}\n"), SOUND, SOUND),
        ("ids beyond ASCII", format!("dé: {{tasks: {{t: {{{TASK}}}}}}}\n"), SOUND, &[(ERROR, "invalid-id")]),
        (
            "more than 50 KB",
            task(&format!("payload: {}", "x".repeat(51_200))),
            &[(ERROR, "definition-too-large")],
            &[(ERROR, "definition-too-large")],
        ),
    ];
    let mut wrong = Vec::new();
    for (about, yaml, launch, today) in rows {
        for (target, expected) in [(LAUNCH, launch), (TODAY, today)] {
            let said = said(target, &yaml);
            if said != expected {
                wrong.push(format!("{target}: {about}: {said:?}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
