//! Code packages against Airflow itself: each DAG of `corpus/package` is run to the end from its Python file, and from its definition
//! with its package alone on the import path; what every task returned must be the same.
//!
//! Needs the interpreter that `DAG_CONVERTER_AIRFLOW` names, of `cargo xtask venv airflow-3`.

use std::path::{Path, PathBuf};
use std::process::Command;

use dag_converter::convert::{Converter, Options};
use dag_converter::package::archive;
use dag_converter::source::{DiscoverOptions, discover};
use dag_converter::target::Target;

fn convert(folder: &Path, out: &Path) -> Result<usize, String> {
    let options = Options {
        target: Target::by_name("mwaa-serverless").expect("a target"),
        source_airflow: None,
        env: std::collections::BTreeMap::default(),
        variables: std::collections::BTreeMap::default(),
        connections: std::collections::BTreeMap::default(),
        config: std::collections::BTreeMap::default(),
        machine: std::collections::BTreeMap::default(),
        include: Vec::new(),
        runtime_dags_folder: "/usr/local/airflow/dags".into(),
        now: "2026-01-15T00:00:00Z".parse().expect("an instant"),
        assume_defaults: false,
        pure: Vec::new(),
        package_code: true,
        validate: true,
        policy: std::sync::Arc::default(),
        limits: dag_converter::eval::Limits::default(),
        discovery: DiscoverOptions::default(),
    };
    let converter = Converter::new(options);
    let files = discover(folder, folder, &DiscoverOptions::default()).files;
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(256 << 20);
        let work = || {
            let mut count = 0;
            for file in &files {
                for definition in converter.convert_file(folder, file).definitions {
                    let path = out.join(&definition.dag_id);
                    std::fs::write(path.with_extension("yml"), &definition.yaml)
                        .map_err(|e| e.to_string())?;
                    if let Some(package) = &definition.package {
                        let bytes = archive(&package.entries).map_err(|e| e.to_string())?;
                        std::fs::write(path.with_extension("zip"), bytes).map_err(|e| e.to_string())?;
                    }
                    count += 1;
                }
            }
            Ok(count)
        };
        thread.spawn_scoped(scope, work).expect("a thread").join().expect("no panic")
    })
}

fn ran(python: &str, mode: &str, folders: &[PathBuf]) -> Vec<serde_json::Value> {
    let output = Command::new(python).arg("tests/package/run.py").arg(mode).args(folders).output();
    let output = output.expect("the interpreter runs");
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{error}: {text}\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// Whether a case has no word why it cannot be run.
fn is_to_run(case: &Path) -> bool {
    let Ok(text) = std::fs::read_to_string(case) else { return false };
    let case: toml::Table = text.parse().expect("case.toml is TOML");
    !case.contains_key("not-run")
}

#[test]
fn packages_run_as_their_dags_do() {
    let Ok(python) = std::env::var("DAG_CONVERTER_AIRFLOW") else {
        assert!(
            std::env::var_os("DAG_CONVERTER_REQUIRE_AIRFLOW").is_none(),
            "DAG_CONVERTER_AIRFLOW names no interpreter"
        );
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: DAG_CONVERTER_AIRFLOW names no interpreter with Airflow 3");
        }
        return;
    };
    let scratch = tempfile::tempdir().expect("a folder");
    let mut sources = Vec::new();
    let mut outputs = Vec::new();
    let mut cases: Vec<PathBuf> = std::fs::read_dir("corpus/package")
        .expect("the corpus is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| is_to_run(&path.join("case.toml")))
        .collect();
    cases.sort();
    if let Ok(wanted) = std::env::var("CASES") {
        cases.retain(|case| case.to_string_lossy().contains(&wanted));
    }
    for case in cases {
        let out = scratch.path().join(case.file_name().expect("a name"));
        std::fs::create_dir(&out).expect("a folder");
        // A case of refusals alone has nothing to run.
        if convert(&case, &out).unwrap_or_else(|error| panic!("{}: {error}", case.display())) > 0 {
            sources.push(std::path::absolute(&case).expect("a path"));
            outputs.push(out);
        }
    }
    let (before, after) = (ran(&python, "python", &sources), ran(&python, "yaml", &outputs));
    let mut wrong = Vec::new();
    for ((source, before), after) in sources.iter().zip(&before).zip(&after) {
        let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else { continue };
        if after.contains_key("error") || before.contains_key("error") || after.is_empty() {
            wrong.push(format!("{}: {before:?} {after:?}", source.display()));
            continue;
        }
        for (dag_id, after) in after {
            if before.get(dag_id) != Some(after) || after["state"] != "success" {
                wrong.push(format!(
                    "{} {dag_id}:\n  {:?}\n  {after:?}",
                    source.display(),
                    before.get(dag_id)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!sources.is_empty(), "no package was run");
}
