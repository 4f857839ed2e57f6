//! Settings from a file: `dag-converter.toml`, or the table `tool.dag-converter` of a `pyproject.toml`.
//!
//! Owns where the file is found, what may stand in it, and how it gives way to the command line. Values may be secrets, so no
//! message holds one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;
use serde::Deserialize;
use toml::de::{DeTable, DeValue};

use super::args::{ReadArgs, SourceVersion};
use super::error::Error;
use super::nearest::nearest;
use super::python_json;
use crate::target::Target;

/// The name of the file that holds nothing else.
const OWN_FILE: &str = "dag-converter.toml";
/// The file of Python projects.
const PYPROJECT: &str = "pyproject.toml";
/// The keys that a file may have.
const KEYS: &[&str] = &[
    "target",
    "source-airflow",
    "dags-folder",
    "output",
    "include",
    "exclude",
    "env",
    "variables",
    "variables-file",
    "inputs",
    "pure",
    "allow",
    "deny",
];

/// What a file says.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Settings {
    target: Option<String>,
    source_airflow: Option<toml::Value>,
    dags_folder: Option<PathBuf>,
    output: Option<PathBuf>,
    include: Vec<PathBuf>,
    exclude: Vec<String>,
    env: BTreeMap<String, toml::Value>,
    variables: BTreeMap<String, toml::Value>,
    variables_file: Option<PathBuf>,
    inputs: Vec<PathBuf>,
    pure: Vec<String>,
    allow: Vec<String>,
    deny: Vec<String>,
}

/// A `pyproject.toml`, as far as it concerns this tool.
#[derive(Debug, Deserialize)]
struct Pyproject {
    tool: Option<Tools>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Tools {
    dag_converter: Option<Settings>,
}

/// Adds to the arguments what the settings of the paths say and the command line does not; the output folder too, for commands
/// that have one.
pub(super) fn apply(args: &mut ReadArgs, output: Option<&mut Option<PathBuf>>) -> Result<(), Error> {
    let Some(path) = find(args)? else { return Ok(()) };
    let settings = load(&path)?;
    // What is named from a file counts from the file.
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let here = |path: &PathBuf| folder.join(path);

    if args.target.is_none()
        && let Some(name) = &settings.target
    {
        let unknown = || {
            wrong(
                &path,
                &format!("names the target `{name}`, which there is not{}", meant(name, Target::names())),
            )
        };
        args.target = Some(Target::by_name(name).ok_or_else(unknown)?);
    }
    if args.source.source_airflow.is_none()
        && let Some(version) = &settings.source_airflow
    {
        let number = version.as_integer().map(|number| number.to_string());
        let text = number.or_else(|| version.as_str().map(str::to_owned)).unwrap_or_default();
        let version = SourceVersion::from_str(&text, false);
        args.source.source_airflow =
            Some(version.map_err(|_| wrong(&path, "has another `source-airflow` than 2 or 3"))?);
    }
    let source = &mut args.source;
    source.dags_folder = source.dags_folder.take().or_else(|| settings.dags_folder.as_ref().map(here));
    source.include.splice(0..0, settings.include.iter().map(here));
    source.excluded_by_config =
        Some((folder.clone(), settings.exclude)).filter(|(_, patterns)| !patterns.is_empty());
    if let Some(output) = output {
        *output = output.take().or_else(|| settings.output.as_ref().map(here));
    }
    // What the command line says of a code is not contradicted.
    let policy = &mut args.policy;
    let deny: Vec<String> = settings.deny.into_iter().filter(|code| !policy.allow.contains(code)).collect();
    let allow: Vec<String> = settings.allow.into_iter().filter(|code| !policy.deny.contains(code)).collect();
    policy.deny.splice(0..0, deny);
    policy.allow.splice(0..0, allow);
    let outside = &mut args.outside;
    outside.pure.splice(0..0, settings.pure);
    outside.variables_file =
        outside.variables_file.take().or_else(|| settings.variables_file.as_ref().map(here));
    outside.inputs.splice(0..0, settings.inputs.iter().map(here));
    outside.configured.env = texts(&path, "env", settings.env)?;
    outside.configured.variables = texts(&path, "variables", settings.variables)?;
    Ok(())
}

/// The file to read: the one that is named, else the nearest above the paths, which must be one for all of them.
fn find(args: &ReadArgs) -> Result<Option<PathBuf>, Error> {
    if args.isolated {
        return Ok(None);
    }
    if let Some(path) = &args.config {
        return Ok(Some(path.clone()));
    }
    let mut found: Option<(&PathBuf, Option<PathBuf>)> = None;
    for path in &args.paths {
        let nearest = above(path)?;
        match &found {
            None => found = Some((path, nearest)),
            Some((_, first)) if *first == nearest => {}
            Some((other, _)) => {
                let (path, other) = (path.display(), other.display());
                return Err(Error::Usage(format!(
                    "`{other}` and `{path}` have different settings; name a file with `--config`, or use `--isolated`"
                )));
            }
        }
    }
    Ok(found.and_then(|(_, nearest)| nearest))
}

/// The nearest file of settings in the folder of `path` or above it.
fn above(path: &Path) -> Result<Option<PathBuf>, Error> {
    let absolute = std::path::absolute(path).map_err(Error::io("read", path))?;
    let here = std::env::current_dir().unwrap_or_default();
    for folder in absolute.ancestors().filter(|folder| folder.is_dir()) {
        // From the current folder where it lies below, as a user would name it.
        let folder = folder.strip_prefix(&here).unwrap_or(folder);
        let own = folder.join(OWN_FILE);
        if own.is_file() {
            return Ok(Some(own));
        }
        let project = folder.join(PYPROJECT);
        if project.is_file() && has_table(&project)? {
            return Ok(Some(project));
        }
    }
    Ok(None)
}

/// Whether a `pyproject.toml` has settings for this tool; one that is broken is for others to complain about, unless it may have.
fn has_table(path: &Path) -> Result<bool, Error> {
    let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
    Ok(text.lines().any(|line| line.contains("dag-converter") && !line.trim_start().starts_with('#'))
        && parsed(path, &text).map(|document| tables(&document, path).is_some())?)
}

fn parsed<'t>(path: &Path, text: &'t str) -> Result<DeTable<'t>, Error> {
    match DeTable::parse(text) {
        Ok(document) => Ok(document.into_inner()),
        Err(error) => Err(invalid(path, text, &error)),
    }
}

/// The table of settings in a document.
fn tables<'a, 't>(document: &'a DeTable<'t>, path: &Path) -> Option<&'a DeTable<'t>> {
    if path.file_name().is_none_or(|name| name != PYPROJECT) {
        return Some(document);
    }
    let inner = |table: &'a DeTable<'t>, name: &str| match table.get(name)?.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    };
    inner(inner(document, "tool")?, "dag-converter")
}

fn load(path: &Path) -> Result<Settings, Error> {
    let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
    let document = parsed(path, &text)?;
    let Some(table) = tables(&document, path) else {
        return Err(wrong(path, "has no table `tool.dag-converter`"));
    };
    for key in table.keys() {
        let name: &str = key.get_ref();
        if !KEYS.contains(&name) {
            let (line, column) = position(&text, key.span().start);
            let meant = meant(name, KEYS.iter().copied());
            let what = format!("has the unknown setting `{name}` at line {line}, column {column}{meant}");
            return Err(wrong(path, &what));
        }
    }
    let invalid = |error: toml::de::Error| invalid(path, &text, &error);
    if path.file_name().is_some_and(|name| name == PYPROJECT) {
        let project: Pyproject = toml::from_str(&text).map_err(invalid)?;
        return Ok(project.tool.and_then(|tool| tool.dag_converter).unwrap_or_default());
    }
    toml::from_str(&text).map_err(invalid)
}

/// The values of a table as the texts that code reads; what is no text is JSON, as Airflow keeps a Variable.
fn texts(
    path: &Path,
    table: &str,
    values: BTreeMap<String, toml::Value>,
) -> Result<BTreeMap<String, String>, Error> {
    let text = |(name, value): (String, toml::Value)| {
        if name.is_empty() || (table == "env" && name.contains('=')) {
            return Err(wrong(path, &format!("has a name in `{table}` that none can have")));
        }
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            other if table == "env" => {
                let what =
                    format!("has the environment variable `{name}` as {}, not as text", other.type_str());
                return Err(wrong(path, &what));
            }
            other => {
                let json = serde_json::to_value(&other);
                python_json::dumps(
                    &json.map_err(|_| wrong(path, &format!("has no JSON in the variable `{name}`")))?,
                )
            }
        };
        Ok((name, text))
    };
    values.into_iter().map(text).collect()
}

fn meant<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    nearest(name, known).first().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

fn invalid(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    let at = error.span().map(|span| position(text, span.start));
    let at = at.map(|(line, column)| format!(" at line {line}, column {column}")).unwrap_or_default();
    // The message may quote a value behind the first of these signs.
    let message = error.message();
    let message =
        message.split(['`', '"', '\n']).next().unwrap_or_default().trim_end_matches([' ', ':', ',']);
    wrong(path, &format!("is not valid{at}: {message}"))
}

fn wrong(path: &Path, what: &str) -> Error {
    Error::content(path, what)
}

/// Line and column of a byte, from 1, the column in characters.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at.min(text.len()))];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
