//! Shows that the comparison bites: each way of spoiling a right definition is reported, at the right place.
//!
//! Needs Airflow, so it is skipped where that is not there, save in CI.

#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A way of spoiling the sample: its name, a text of the definition, what replaces it, and where that shows: the id of
/// the task, nothing for the DAG, and the attribute.
const SPOILS: &[(&str, &str, &str, &str, &str)] = &[
    ("edge", "dependencies: [steps]", "dependencies: [landed]", "ended", "upstream"),
    ("argument", "poke_interval: 120", "poke_interval: 121", "landed", "poke_interval"),
    ("nested argument", "Retries: 3", "Retries: \"3\"", "steps", "steps"),
    ("default", "retries: 2", "retries: 1", "steps", "retries"),
    (
        "dropped default",
        "    retry_delay:\n      __type__: datetime.timedelta\n      minutes: 10\n",
        "",
        "steps",
        "retry_delay",
    ),
    ("date", "2024-03-01", "2024-03-02", "", "start_date"),
    ("zone", "Europe/Berlin", "Europe/Paris", "", "schedule.zone"),
    ("catchup", "catchup: false", "catchup: true", "", "schedule.runs"),
    (
        "timetable",
        "schedule: \"30 6 * * 1-5\"",
        "schedule: {__type__: airflow.timetables.interval.CronDataIntervalTimetable, cron: \"30 6 * * 1-5\", timezone: Europe/Berlin}",
        "",
        "schedule.timetable",
    ),
    (
        "set made a list",
        "target_states:\n        __type__: builtins.set\n        __args__:\n          - [TERMINATED, WAITING]",
        "target_states: [TERMINATED, WAITING]",
        "ended",
        "target_states",
    ),
    (
        "dropped task",
        "    landed:\n      operator: airflow.providers.amazon.aws.sensors.s3.S3KeySensor\n      bucket_key: s3://orders/{{ ds }}/_SUCCESS\n      poke_interval: 120\n",
        "",
        "landed",
        "itself",
    ),
];

/// The targets that the sample is spoiled for, with its definition and the verdict on that.
const TARGETS: &[(&str, &str, &str)] = &[
    ("dag-factory", "orders.yml", "equal"),
    ("mwaa-serverless@2025-11", "orders.service.yml", "declared"),
    ("mwaa-serverless@2026-08", "orders.service.yml", "declared"),
];

#[test]
fn every_way_of_spoiling_a_definition_is_reported() {
    if std::env::var_os("DAG_CONVERTER_REQUIRE_PYTHON").is_none() && !airflow_is_there() {
        println!("skipped: Airflow is not there; `cargo xtask venv airflow-3` makes it");
        return;
    }
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("parity/sample");
    for (target, definition, verdict) in TARGETS {
        let right = fs::read_to_string(sample.join(definition)).expect("the sample is there");
        spoil(target, &sample.join("orders.py"), &right, verdict);
    }
}

/// Spoils a definition in every way that concerns it. Where something that the target leaves out is declared, nothing else is.
fn spoil(target: &str, python: &Path, right: &str, verdict: &str) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(format!("{name}.yml"));
        fs::write(&path, text).expect("a file can be written");
        path
    };
    let mut files: Vec<PathBuf> = vec![write("right", right)];
    // A service runs no `catchup`, so there is none to spoil.
    let spoils = SPOILS.iter().filter(|(name, ..)| target == "dag-factory" || *name != "catchup");
    for (name, old, new, _, _) in spoils.clone() {
        assert!(right.contains(old), "the sample lost `{old}`");
        let mut spoiled = right.replace(old, new);
        if *name == "dropped task" {
            spoiled = spoiled.replace("      dependencies: [landed]\n", "");
        }
        files.push(write(name, &spoiled));
    }
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["parity", "pair", "--target", target])
        .arg(python)
        .args(&files)
        .output()
        .expect("the tasks can be run");
    let text = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let found: BTreeMap<&str, &Value> =
        lines.iter().filter_map(|line| Some((line["file"].as_str()?, line))).collect();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(found.get("right.yml").map(|line| &line["verdict"]), Some(&verdict.into()), "{text}{said}");
    for (name, _, _, task, field) in spoils {
        let line = found.get(format!("{name}.yml").as_str());
        assert_eq!(
            line.map(|line| &line["verdict"]),
            Some(&"silent".into()),
            "{target}, {name}: {line:?}{said}"
        );
        let is_there =
            line.and_then(|line| line["differences"].as_array()).into_iter().flatten().any(|difference| {
                difference["field"] == *field && difference["id"].as_str().unwrap_or_default() == *task
            });
        assert!(is_there, "{target}, {name}: {line:?}{said}");
    }
}

fn airflow_is_there() -> bool {
    let cache = std::env::var_os("DAG_CONVERTER_CACHE")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../.cache"), PathBuf::from);
    let Ok(environments) = fs::read_dir(cache.join("venv")) else { return false };
    environments.flatten().any(|entry| {
        entry.file_name().to_string_lossy().starts_with("airflow-3-")
            && entry.path().join("complete").exists()
    })
}
