//! Code packages against Airflow itself: each DAG of `corpus/package` is run to the end from its Python file, and from its definition
//! with its package alone on the import path, or with the module that stands beside it for dag-factory; what every task returned must
//! be the same.
//!
//! Needs the interpreter that `DAG_CONVERTER_AIRFLOW` names, of `cargo xtask venv airflow-3`.

use std::path::{Path, PathBuf};
use std::process::Command;

use dag_converter::convert::{Converter, Definition, Options};
use dag_converter::package::archive;
use dag_converter::source::{DiscoverOptions, discover};
use dag_converter::target::{CodeKind, Target};

/// How a target takes code, and how its definitions are loaded.
struct Way {
    target: &'static str,
    /// The mode of `run.py`.
    mode: &'static str,
    /// DAGs that fail when they are run, from Python as from the definition.
    failing: &'static [&'static str],
    /// Cases that cannot be run this way, each with the reason.
    left_out: &'static [(&'static str, &'static str)],
}

/// The service: each definition with its package, and nothing else of the project.
const SERVICE: Way = Way {
    target: "mwaa-serverless",
    mode: "yaml",
    failing: &[],
    left_out: &[("dag-options", "the service ignores the options, as a record says")],
};
/// dag-factory in an Airflow of the user's: the written modules beside those of the project.
const BESIDE: Way = Way {
    target: "dag-factory",
    mode: "beside",
    failing: &["broken_teardown", "broken_work", "looks_up"],
    left_out: &[
        ("bash-scripts", "the scripts are looked for beside the loader"),
        ("old-imports", "the DAG file, whose functions are imported, is one of Airflow 2"),
        ("outside", "what is supplied must be in the environment of the loader"),
    ],
};

/// A table of `case.toml`: what is supplied.
fn supplied(folder: &Path, name: &str) -> std::collections::BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder.join("case.toml")).expect("case.toml is there");
    let case: toml::Table = text.parse().expect("case.toml is TOML");
    let table = case.get(name).and_then(toml::Value::as_table).into_iter().flatten();
    table.map(|(key, value)| (key.clone(), value.as_str().expect("text").to_owned())).collect()
}

fn convert(way: &Way, folder: &Path, out: &Path) -> Result<usize, String> {
    let target = Target::by_name(way.target).expect("a target");
    let now = "2026-01-15T00:00:00Z".parse().expect("an instant");
    let mut options = Options::new(target, now);
    options.env = supplied(folder, "env");
    options.variables = supplied(folder, "variables");
    let converter = Converter::new(options);
    let files = discover(folder, folder, &DiscoverOptions::default()).files;
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(256 << 20);
        let work = || {
            let mut count = 0;
            for file in &files {
                for definition in converter.convert_file(folder, file).definitions {
                    write(&definition, out).map_err(|error| error.to_string())?;
                    count += 1;
                }
            }
            Ok(count)
        };
        thread.spawn_scoped(scope, work).expect("a thread").join().expect("no panic")
    })
}

fn write(definition: &Definition, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let path = out.join(&definition.dag_id);
    std::fs::write(path.with_extension("yml"), &definition.yaml)?;
    let Some(package) = &definition.package else { return Ok(()) };
    match package.kind {
        CodeKind::Package => std::fs::write(path.with_extension("zip"), archive(&package.entries)?)?,
        CodeKind::Module => {
            for entry in &package.entries {
                std::fs::write(out.join(&entry.path), &entry.bytes)?;
            }
        }
    }
    Ok(())
}

fn ran(python: &str, mode: &str, folders: &[PathBuf]) -> Vec<serde_json::Value> {
    let output = Command::new(python).arg("tests/package/run.py").arg(mode).args(folders).output();
    let output = output.expect("the interpreter runs");
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{error}: {text}\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// Whether a case says so: `not-run`, `definition-only`.
fn says(case: &Path, key: &str) -> bool {
    let Ok(text) = std::fs::read_to_string(case.join("case.toml")) else { return true };
    let case: toml::Table = text.parse().expect("case.toml is TOML");
    case.contains_key(key)
}

#[test]
fn packages_run_as_their_dags_do() {
    run_as_their_dags_do(&SERVICE);
}

#[test]
fn modules_beside_definitions_run_as_their_dags_do() {
    run_as_their_dags_do(&BESIDE);
}

fn run_as_their_dags_do(way: &Way) {
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
        .filter(|path| !says(path, "not-run"))
        .filter(|path| !way.left_out.iter().any(|(name, _)| path.ends_with(name)))
        .collect();
    cases.sort();
    if let Ok(wanted) = std::env::var("CASES") {
        cases.retain(|case| case.to_string_lossy().contains(&wanted));
    }
    for case in cases {
        let out = scratch.path().join(case.file_name().expect("a name"));
        std::fs::create_dir(&out).expect("a folder");
        // A case of refusals alone has nothing to run.
        if convert(way, &case, &out).unwrap_or_else(|error| panic!("{}: {error}", case.display())) > 0 {
            let source = std::path::absolute(&case).expect("a path");
            std::fs::write(out.join("source"), source.to_string_lossy().as_bytes())
                .expect("it can be written");
            sources.push(source);
            outputs.push(out);
        }
    }
    let (before, after) = (ran(&python, "python", &sources), ran(&python, way.mode, &outputs));
    let mut wrong = Vec::new();
    for ((source, before), after) in sources.iter().zip(&before).zip(&after) {
        let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else { continue };
        let is_alone = says(source, "definition-only");
        if after.contains_key("error") || (before.contains_key("error") && !is_alone) || after.is_empty() {
            wrong.push(format!("{}: {before:?} {after:?}", source.display()));
            continue;
        }
        for (dag_id, after) in after {
            let fails = way.failing.contains(&dag_id.as_str());
            let is_other = before.get(dag_id) != Some(after) && !is_alone;
            if is_other || (after["state"] == "success") == fails {
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
