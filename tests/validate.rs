//! Definitions that are there already: what conversion writes is sound for the target it was written for, and each mistake of a
//! hand-written one is found at its place.

use std::path::{Path, PathBuf};

use dag_converter::diagnostic::{Diagnostic, Place, Severity, sort_and_dedup};
use dag_converter::source::{SourceFile, Sources};
use dag_converter::target::{RenderOptions, Target};
use dag_converter::validate::validate;

/// The findings of a text, in order, each as `line:column severity code task.parameter message`.
fn found(target: &str, yaml: &str) -> Vec<String> {
    let sources = Sources::default();
    let file = sources.add(Path::new("d.yml"), yaml.to_owned());
    let target = Target::by_name(target).unwrap();
    let now = "2026-01-15T00:00:00Z".parse().unwrap();
    let options = RenderOptions { now, ..RenderOptions::default() };
    let mut diagnostics = validate(target, &file, &sources, options).diagnostics;
    sort_and_dedup(&mut diagnostics, &sources);
    diagnostics.iter().map(|finding| line(&file, finding)).collect()
}

fn line(file: &SourceFile, finding: &Diagnostic) -> String {
    let Place::Span(span) = finding.place else { panic!("a finding without a place") };
    let at = file.position(span.range.start());
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let subject =
        [&finding.task_id, &finding.parameter].map(|part| part.clone().unwrap_or_default()).join(".");
    format!("{}:{} {severity} {} {subject} {}", at.line, at.column, finding.code, finding.message)
}

fn snapshots(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            snapshots(&path, found);
        } else if path.to_string_lossy().ends_with(".definitions.snap") {
            found.push(path);
        }
    }
}

/// The definitions that a snapshot of the corpus holds.
fn definitions(snapshot: &str) -> Vec<String> {
    let body = snapshot.split("\n---\n").nth(1).unwrap_or_default();
    let mut definitions: Vec<String> = Vec::new();
    for line in body.split_inclusive('\n') {
        if line.starts_with("# ") && line.trim_end().strip_suffix(".yml").is_some() {
            definitions.push(String::new());
        } else if let Some(definition) = definitions.last_mut() {
            definition.push_str(line);
        }
    }
    definitions
}

#[test]
fn what_conversion_writes_is_sound() {
    let mut paths = Vec::new();
    snapshots(Path::new("corpus"), &mut paths);
    let (mut count, mut wrong) = (0, Vec::new());
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let target = name.strip_suffix(".definitions.snap").unwrap();
        for definition in definitions(&std::fs::read_to_string(&path).unwrap()) {
            count += 1;
            let errors = found(target, &definition).into_iter().filter(|line| line.contains(" error "));
            wrong.extend(errors.map(|line| format!("{}: {line}", path.display())));
        }
    }
    assert!(count > 300, "the snapshots hold definitions: {count}");
    assert!(wrong.is_empty(), "{} findings\n{}", wrong.len(), wrong.join("\n"));
}

/// What stands before the tasks of a sound definition, and a task.
const HEAD: &str = "d:\n  schedule: '@daily'\n  start_date: '2030-01-01'\n";
const LAMBDA: &str = "airflow.providers.amazon.aws.operators.lambda_function.LambdaInvokeFunctionOperator";

fn with_tasks(tasks: &str) -> String {
    let tasks = tasks.replace("LAMBDA", &format!("operator: {LAMBDA}, function_name: f"));
    format!("{HEAD}  tasks:\n{tasks}")
}

#[test]
fn every_mistake_is_found_at_its_place() {
    let task = "    a: {LAMBDA}\n";
    let rows: &[(&str, String, &str)] = &[
        // The text.
        ("all", "d: {tasks: [\n".to_owned(), " error invalid-yaml "),
        ("all", "d:\n  schedule: @daily\n".to_owned(), "2:13 error invalid-yaml "),
        (
            "all",
            with_tasks("    a: {LAMBDA, payload: \"echo $HOME\"}\n"),
            " warning expanded-variable . `$HOME` is replaced",
        ),
        (
            "all",
            with_tasks("    a: {LAMBDA}\n    a: {LAMBDA}\n"),
            "6:5 error duplicate-key . the key `a` stands here",
        ),
        (
            "all",
            with_tasks("    a: {LAMBDA, qualifier: no}\n"),
            "warning ambiguous-value . `no` is the truth value `false`",
        ),
        (
            "all",
            with_tasks("    a: {LAMBDA, qualifier: 1:30}\n"),
            "warning ambiguous-value . `1:30` is a number in base 60 to the loader, 90",
        ),
        (
            "all",
            with_tasks("    a: {LAMBDA, qualifier: 0777}\n"),
            "`0777` is an octal number to the loader, 511",
        ),
        ("all", with_tasks("    a: {LAMBDA, qualifier: 1e3}\n"), "`1e3` is text to the loader"),
        ("all", with_tasks("    a: {LAMBDA, qualifier: !thing x}\n"), "error invalid-yaml a. "),
        // The structure.
        ("all", "- a\n".to_owned(), "1:1 error invalid-definition "),
        ("all", "on: {tasks: {}}\n".to_owned(), "1:1 error invalid-definition . the dag_id is no text"),
        ("all", "d: 5\n".to_owned(), "1:1 error invalid-definition . every key at the top is a DAG"),
        (
            "service",
            format!("{}e: {{tasks: {{}}}}\n", with_tasks(task)),
            "6:1 error invalid-definition . a definition of the service holds one DAG",
        ),
        (
            "service",
            with_tasks("    - {task_id: a, LAMBDA}\n"),
            "4:3 error invalid-definition . the service takes `tasks` as a mapping",
        ),
        (
            "service",
            format!("{}  task_groups: {{g: {{}}}}\n", with_tasks(task)),
            "6:3 error invalid-definition . the service takes no `task_groups`",
        ),
        ("all", with_tasks("    a: 5\n"), "5:5 error invalid-definition . the task `a` is no mapping"),
        (
            "all",
            with_tasks("    a: {function_name: f}\n"),
            "5:5 error invalid-definition a. a task has either an `operator` or a `decorator`",
        ),
        (
            "all",
            with_tasks("    a: {operator: AthenaOperator}\n"),
            "5:19 error unsupported-operator a. `AthenaOperator` is no class path",
        ),
        (
            "all",
            format!("{}  shedule: x\n", with_tasks(task)),
            "6:3 error unknown-key .shedule the loader knows no key `shedule`",
        ),
        (
            "all",
            format!("{}  dag_id: x\n", with_tasks(task)),
            "6:3 error unknown-key .dag_id `dag_id` is passed over",
        ),
        (
            "all",
            format!("{}  schedule_interval: x\n", with_tasks(task)),
            "6:3 error unknown-key .schedule_interval ",
        ),
        // Dependencies.
        (
            "all",
            with_tasks("    a: {LAMBDA}\n    b: {LAMBDA, dependencies: [c]}\n"),
            "error unknown-dependency b. there is no task or group `c`",
        ),
        (
            "all",
            with_tasks("    a: {LAMBDA}\n    b: {LAMBDA, dependencies: a}\n"),
            "error invalid-definition b. `dependencies` is no list",
        ),
        (
            "all",
            with_tasks("    a: {LAMBDA, dependencies: [b]}\n    b: {LAMBDA, dependencies: [a]}\n"),
            "error cycle ",
        ),
        ("all", with_tasks("    a: {LAMBDA, dependencies: [a]}\n"), "error cycle "),
        // Operators and arguments.
        (
            "mwaa-serverless@2025-11",
            with_tasks("    a: {operator: airflow.providers.http.operators.http.HttpOperator}\n"),
            "5:5 error unsupported-operator a",
        ),
        // A code package may bring it.
        (
            "mwaa-serverless@2026-08",
            with_tasks("    a: {operator: airflow.providers.http.operators.http.HttpOperator}\n"),
            "5:5 warning unsupported-operator a",
        ),
        (
            "service",
            with_tasks(
                "    a: {operator: airflow.providers.standard.operators.python.BranchPythonOperator}\n",
            ),
            "5:5 error unsupported-operator a",
        ),
        (
            "all",
            with_tasks("    a: {operator: airflow.operators.bash_operator.BashOperator, bash_command: ls}\n"),
            "error unsupported-operator a.operator the class cannot be imported from this path",
        ),
        ("all", with_tasks("    a: {LAMBDA, function: g}\n"), "error unknown-parameter a.function "),
        (
            "all",
            with_tasks(&format!("    a: {{operator: {LAMBDA}}}\n")),
            "error missing-parameter a.function_name ",
        ),
        (
            "service",
            with_tasks("    a: {LAMBDA, pool: p}\n"),
            "warning unsupported-parameter a.pool `pool` is ignored by MWAA Serverless",
        ),
        ("service", with_tasks("    a: {LAMBDA, doc_md: p}\n"), "note unsupported-parameter a.doc_md "),
        ("service", with_tasks("    a: {LAMBDA, retries: 7}\n"), "warning out-of-range a.retries "),
        (
            "all",
            with_tasks("    a: {LAMBDA, execution_timeout: 300}\n"),
            "error invalid-value a.execution_timeout `execution_timeout` takes a timedelta",
        ),
        (
            "dag-factory",
            with_tasks("    a: {LAMBDA, trigger_rule: all_good}\n"),
            "error invalid-value a.trigger_rule ",
        ),
        (
            "service",
            with_tasks("    a: {LAMBDA, expand: {qualifier: [x, y]}}\n"),
            "error dynamic-mapping a.qualifier the target has no dynamic mapping",
        ),
        (
            "service",
            with_tasks("    a: {LAMBDA, payload: \"{{ dag_run.conf }}\"}\n"),
            "warning unsupported-template a.payload ",
        ),
        (
            "service",
            format!("{}  default_args: {{invocation_type: x}}\n", with_tasks(task)),
            "6:18 error invalid-definition .invocation_type the service takes no `invocation_type`",
        ),
        // The DAG.
        ("all", "d: {schedule: '0 25 * * *', tasks: {}}\n".to_owned(), "1:5 error invalid-cron .schedule "),
        (
            "service",
            "d: {schedule: {__type__: datetime.timedelta, hours: 2}, tasks: {}}\n".to_owned(),
            "schedule",
        ),
        (
            "all",
            "d: {catchup: 'False', tasks: {}}\n".to_owned(),
            "error invalid-value .catchup `catchup` takes `true` or `false`",
        ),
        (
            "all",
            "d: {tags: x, tasks: {}}\n".to_owned(),
            "error invalid-value .tags `tags` takes a list of text",
        ),
        (
            "all",
            "d: {start_date: soon, tasks: {}}\n".to_owned(),
            "error invalid-value .start_date `start_date` is no date",
        ),
        (
            "all",
            "d: {start_date: 2030-01-01 06:00:00+02:00, tasks: {}}\n".to_owned(),
            "warning invalid-value .start_date the loader drops the zone",
        ),
        (
            "all",
            "d: {start_date: '2030-01-01', timezone: Europe/Amsterdm, tasks: {}}\n".to_owned(),
            "error unknown-zone .start_date",
        ),
        (
            "service",
            "d: {schedule: '@daily', start_date: '2024-01-01', tasks: {}}\n".to_owned(),
            "warning past-start-date .start_date",
        ),
        ("all", "'a b': {tasks: {}}\n".to_owned(), "1:1 error invalid-id "),
        (
            "dag-factory",
            format!("{}  fail_fast: true\n", with_tasks(task)),
            "warning unsupported-parameter .fail_fast `fail_fast` is passed over by the loader",
        ),
    ];
    let mut missing = Vec::new();
    for (targets, yaml, expected) in rows {
        let names: &[&str] = match *targets {
            "all" => &["mwaa-serverless@2025-11", "mwaa-serverless@2026-08", "dag-factory"],
            "service" => &["mwaa-serverless@2025-11", "mwaa-serverless@2026-08"],
            other => &[other],
        };
        for target in names {
            let lines = found(target, yaml);
            if !lines.iter().any(|line| line.contains(expected)) {
                missing.push(format!(
                    "{target}: {expected}
{yaml}
{lines:#?}"
                ));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn a_sound_definition_by_hand_has_nothing_to_say() {
    let yaml = "\
default:
  default_args: {retries: 2}
d:
  schedule: '0 6 * * *'
  start_date: '2030-01-01'
  timezone: Europe/Amsterdam
  default_args:
    owner: airflow
    retry_delay: 60
  task_groups:
    outer: {tooltip: all of it}
    inner: {parent_group_name: outer, dependencies: [first]}
  tasks:
    - {task_id: first, operator: airflow.providers.standard.operators.empty.EmptyOperator}
    - task_id: second
      operator: airflow.providers.standard.operators.bash.BashOperator
      bash_command: ls
      task_group_name: inner
      on_failure_callback: airflow.providers.slack.notifications.slack.send_slack_notification
      execution_timeout: {__type__: datetime.timedelta, minutes: 5}
    - task_id: last
      operator: airflow.operators.python.PythonOperator
      python_callable: json.dumps
      expand: {op_args: [[1], [2]]}
      dependencies: [inner]
";
    let lines = found("dag-factory", yaml);
    let lines: Vec<&String> = lines.iter().filter(|line| !line.contains(" note ")).collect();
    assert!(lines.is_empty(), "{lines:#?}");
}
