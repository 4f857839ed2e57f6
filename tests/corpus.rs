//! Each case of `corpus/`: its YAML and its diagnostics against the snapshots beside it, and its models against what Airflow
//! itself was seen to make of the file (`airflow.json`).
//!
//! A case is a DAG folder with a `case.toml`. A changed snapshot is a changed claim about Airflow: read it before accepting it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dag_converter::convert::{Conversion, Converter, Definition, Options};
use dag_converter::dag::{Dag, SourceAirflow};
use dag_converter::diagnostic::{Diagnostic, TextRenderer, sort_and_dedup};
use dag_converter::source::{DiscoverOptions, IgnoreSyntax, discover};
use dag_converter::target::Target;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Case {
    #[expect(dead_code, reason = "it is there for the reader, and for `xtask tidy`")]
    about: String,
    target: Option<Vec<String>>,
    source_airflow: Option<u8>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    variables: BTreeMap<String, String>,
    #[serde(default)]
    connections: BTreeMap<String, String>,
    #[serde(default)]
    config: BTreeMap<String, String>,
    #[serde(default)]
    machine: BTreeMap<String, String>,
    #[serde(default)]
    include: Vec<PathBuf>,
    #[serde(default)]
    assume_defaults: bool,
    #[serde(default)]
    pure: Vec<String>,
    airflowignore_syntax: Option<String>,
    #[serde(default)]
    no_safe_mode: bool,
    now: Option<jiff::Timestamp>,
    generate: Option<String>,
    /// Why the packages of the case are not run; for `tests/package.rs`.
    #[expect(dead_code, reason = "another test reads it")]
    not_run: Option<String>,
    /// Why only the definitions of the case are run; for the same.
    #[expect(dead_code, reason = "another test reads it")]
    definition_only: Option<String>,
    /// Why a model differs from what `airflow.json` says, where that is right.
    differs_from_airflow: Option<String>,
}

#[derive(Deserialize)]
struct Seen {
    dags: BTreeMap<String, SeenDag>,
}

#[derive(Deserialize)]
struct SeenDag {
    tasks: BTreeSet<String>,
    edges: BTreeSet<(String, String)>,
}

fn cases() -> Vec<PathBuf> {
    let mut cases = Vec::new();
    for area in folders(Path::new("corpus")) {
        cases.extend(folders(&area).into_iter().filter(|case| case.join("case.toml").is_file()));
    }
    // `CASES=holes/unknown` runs those whose path holds this.
    if let Ok(wanted) = std::env::var("CASES") {
        cases.retain(|case| case.to_string_lossy().contains(&wanted));
    }
    cases
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).expect("the corpus is there");
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn read_case(folder: &Path) -> Case {
    let text = std::fs::read_to_string(folder.join("case.toml")).expect("a case has a case.toml");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

fn converter(case: &Case, folder: &Path, target: &str) -> Converter {
    let now = case.now.unwrap_or_else(|| "2026-01-15T00:00:00Z".parse().expect("a time stamp"));
    let target =
        Target::by_name(target).unwrap_or_else(|| panic!("{}: no target {target}", folder.display()));
    Converter::new(Options {
        source_airflow: case
            .source_airflow
            .map(|version| if version == 2 { SourceAirflow::V2 } else { SourceAirflow::V3 }),
        env: case.env.clone(),
        variables: case.variables.clone(),
        connections: case.connections.clone(),
        config: case.config.clone(),
        machine: case.machine.clone(),
        include: case.include.iter().map(|include| folder.join(include)).collect(),
        assume_defaults: case.assume_defaults,
        pure: case.pure.clone(),
        discovery: discovery(case, folder),
        ..Options::new(target, now)
    })
}

fn discovery(case: &Case, folder: &Path) -> DiscoverOptions {
    DiscoverOptions {
        syntax: match case.airflowignore_syntax.as_deref() {
            Some("regexp") => IgnoreSyntax::Regexp,
            _ => IgnoreSyntax::Glob,
        },
        no_safe_mode: case.no_safe_mode,
        airflow_2: case.source_airflow == Some(2),
        include: case.include.iter().map(|include| folder.join(include)).collect(),
    }
}

/// Converts all files of a case, on a thread with a stack as large as the command's.
fn convert(case: &Case, folder: &Path, converter: &Converter) -> Vec<Conversion> {
    let generated = case.generate.as_deref().map(generate);
    let root = generated.as_ref().map_or(folder, |folder| folder.path());
    let files = discover(root, root, &discovery(case, folder)).files;
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(256 << 20);
        let work = || files.iter().map(|file| converter.convert_file(root, file)).collect();
        thread.spawn_scoped(scope, work).expect("a thread").join().expect("no panic")
    })
}

/// Each file of a package with its text.
fn show_package(definition: &Definition, out: &mut String) {
    let Some(package) = &definition.package else { return };
    let id = &definition.dag_id;
    for entry in &package.entries {
        let mode = if entry.executable { " (executable)" } else { "" };
        let _ =
            writeln!(out, "=== {id}.zip: {}{mode}\n{}", entry.path, String::from_utf8_lossy(&entry.bytes));
    }
    if let Some(requirements) = &package.requirements {
        let _ = writeln!(out, "=== {id}.requirements.txt\n{requirements}");
    }
}

/// A case whose file is too odd to be kept: made where it is needed.
fn generate(what: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let text = match what {
        "nested-brackets" => {
            format!("from airflow import DAG\nx = {}{}\n", "[".repeat(100_000), "]".repeat(100_000))
        }
        other => panic!("nothing generates {other}"),
    };
    std::fs::write(folder.path().join("generated_dag.py"), text).expect("a file");
    folder
}

/// Holds a text against its snapshot. An empty one has no file.
fn assert_text(folder: &Path, name: String, text: &str) {
    if !text.is_empty() {
        insta::assert_snapshot!(name, text);
        return;
    }
    let path = folder.join(format!("{name}.snap"));
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let _ = std::fs::remove_file(&path);
    }
    assert!(!path.exists(), "{}: there is nothing to say now; remove it", path.display());
}

#[test]
fn snapshots() {
    for folder in cases() {
        let case = read_case(&folder);
        let targets =
            case.target.clone().unwrap_or_else(|| vec!["mwaa-serverless".into(), "dag-factory".into()]);
        for target in targets {
            let converter = converter(&case, &folder, &target);
            let mut diagnostics = Vec::new();
            let mut definitions = String::new();
            let mut packages = String::new();
            for conversion in convert(&case, &folder, &converter) {
                for definition in &conversion.definitions {
                    let _ = writeln!(definitions, "# {}.yml\n{}", definition.dag_id, definition.yaml);
                    show_package(definition, &mut packages);
                }
                diagnostics.extend(conversion.diagnostics);
            }
            sort_and_dedup(&mut diagnostics, converter.sources());
            let mut said = TextRenderer::new(converter.sources(), false, 120).render(&diagnostics);
            if case.generate.is_some() {
                said = diagnostics
                    .iter()
                    .map(|finding| format!("{}: {}\n", finding.code, finding.message))
                    .collect();
            }
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(std::env::current_dir().expect("a folder").join(&folder));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| {
                assert_text(&folder, format!("{target}.definitions"), &definitions);
                assert_text(&folder, format!("{target}.diagnostics"), &said);
                assert_text(&folder, format!("{target}.package"), &packages);
            });
        }
    }
}

/// The models agree with what Airflow was seen to make of the same files, or the DAG is refused with a word.
#[test]
fn models_are_airflows() {
    let mut wrong = Vec::new();
    for folder in cases() {
        let case = read_case(&folder);
        let Ok(seen) = std::fs::read_to_string(folder.join("airflow.json")) else { continue };
        let seen: Seen =
            serde_json::from_str(&seen).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        if case.differs_from_airflow.is_some() {
            continue;
        }
        let converter = converter(&case, &folder, "dag-factory");
        let conversions = convert(&case, &folder, &converter);
        let models: Vec<&Dag> = conversions.iter().flat_map(|conversion| &conversion.models).collect();
        let errors: Vec<&Diagnostic> = conversions
            .iter()
            .flat_map(|conversion| &conversion.diagnostics)
            .filter(|finding| finding.is_error())
            .collect();
        let mut fault =
            |dag_id: &str, what: String| wrong.push(format!("{} {dag_id}: {what}", folder.display()));
        for (dag_id, seen) in &seen.dags {
            let Some(model) = models.iter().find(|model| model.dag_id == *dag_id) else {
                let said = errors.iter().any(|finding| finding.dag_id.as_ref().is_none_or(|id| id == dag_id));
                if !said {
                    fault(dag_id, "lost without a word".to_owned());
                }
                continue;
            };
            if model.findings.iter().any(Diagnostic::is_error) {
                continue;
            }
            let tasks: BTreeSet<String> = model.tasks.iter().map(|task| task.task_id.clone()).collect();
            let id = |at: usize| model.tasks[at].task_id.clone();
            let edges: BTreeSet<(String, String)> =
                model.edges.iter().map(|edge| (id(edge.upstream), id(edge.downstream))).collect();
            if tasks != seen.tasks {
                fault(dag_id, format!("tasks {tasks:?}, Airflow has {:?}", seen.tasks));
            } else if edges != seen.edges {
                let ours: Vec<_> = edges.difference(&seen.edges).collect();
                let theirs: Vec<_> = seen.edges.difference(&edges).collect();
                fault(dag_id, format!("edges only here {ours:?}, only in Airflow {theirs:?}"));
            }
        }
        let refused: BTreeSet<&String> =
            conversions.iter().flat_map(|conversion| &conversion.refused).collect();
        for model in models.into_iter().filter(|model| !refused.contains(&model.dag_id)) {
            if !seen.dags.contains_key(&model.dag_id) && !model.findings.iter().any(Diagnostic::is_error) {
                fault(&model.dag_id, "Airflow does not find this DAG".to_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}
