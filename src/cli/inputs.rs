//! `inputs`: what the files of a run read from outside, and which DAGs depend on it.
//!
//! What one file reads is for `convert`; here the lists of the files become one, which `table`, `json` and `template` print.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Exit;
use super::args::{InputsArgs, InputsFormat};
use super::error::Error;
use super::outside::{self, Given};
use super::streams::{self, Streams};
use super::{config, files, session};
use crate::convert::Converter;
use crate::convert::inputs::{Effect, Input};
use crate::datum::CauseKind;
use crate::diagnostic::{Diagnostic, TextRenderer, codes, sort_and_dedup};
use crate::eval::Got;
use crate::source::Sources;

mod json;
mod table;
mod template;

/// What is read from outside, over all files.
#[derive(Debug)]
struct Entry {
    kind: Kind,
    name: String,
    is_secret: bool,
    is_json: bool,
    got: Got,
    default: Option<String>,
    places: Vec<Spot>,
    dags: Vec<Affected>,
}

/// The kinds of inputs, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Variable,
    Environment,
    Connection,
    Config,
    Machine,
    Module,
    Other,
}

/// A place as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    path: PathBuf,
    line: usize,
    column: usize,
}

/// A DAG that depends on an input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Affected {
    effect: Effect,
    dag_id: Option<String>,
    path: PathBuf,
}

/// The list of a run.
#[derive(Debug)]
struct Listing {
    entries: Vec<Entry>,
    /// What was supplied and nothing reads.
    unread: Vec<(Kind, String)>,
    files: usize,
}

/// Runs the subcommand.
pub(super) fn run(mut args: InputsArgs) -> Exit {
    let mut streams = Streams::new(clap::ColorChoice::Auto);
    let configured = config::apply(&mut args.read, None);
    Exit::report(configured.and_then(|()| list(&args, &mut streams)), &mut streams)
}

fn list(args: &InputsArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let given = outside::given(&args.read.outside)?;
    let (inputs, mut diagnostics) = files::collect(&args.read.paths, &args.read.source)?;
    let converter = Converter::new(session::options(&args.read, None)?);
    let read = |input: &files::Input| {
        let (conversion, found) = converter.inputs(&input.root, &input.path);
        (conversion.path, conversion.diagnostics, found)
    };
    let lists = args.read.bounds.workers().each(&inputs, read)?;
    let mut entries = Vec::new();
    for (path, findings, found) in lists {
        diagnostics.extend(findings.into_iter().filter(is_about_file));
        for input in found {
            add(&mut entries, &path, input, converter.sources());
        }
    }
    for entry in &mut entries {
        entry.places.sort();
        entry.dags.sort();
        entry.dags.dedup();
    }
    entries.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    let unread = unread(&entries, &given);
    let listing = Listing { entries, unread, files: inputs.len() };
    let printed = match args.format {
        InputsFormat::Table => table::render(&listing),
        InputsFormat::Json => json::render(&listing),
        InputsFormat::Toml => template::render(&listing, &args.read.paths),
    };
    streams.out(&printed).map_err(Error::io("write to", Path::new("standard output")))?;
    sort_and_dedup(&mut diagnostics, converter.sources());
    let has_errors = diagnostics.iter().any(Diagnostic::is_error);
    let renderer = TextRenderer::new(converter.sources(), streams.colour_err(), streams::err_width());
    streams.err(&renderer.render(&diagnostics));
    Ok(if has_errors { Exit::Findings } else { Exit::Success })
}

/// Whether a finding says that a file was not read, so that what it reads from outside is missing in the list.
fn is_about_file(finding: &Diagnostic) -> bool {
    [
        codes::UNREADABLE_FILE,
        codes::SYNTAX_ERROR,
        codes::INTERNAL_ERROR,
        codes::LIMIT,
        codes::UNSUPPORTED_PYTHON,
    ]
    .contains(&finding.code)
}

/// Adds what one file reads to what all do.
fn add(entries: &mut Vec<Entry>, path: &Path, input: Input, sources: &Sources) {
    let kind = Kind::of(&input.kind);
    let places = input.places.iter().map(|span| {
        let file = sources.get(span.file);
        let at = file.position(span.range.start());
        Spot { path: file.path().to_owned(), line: at.line, column: at.column }
    });
    let places: Vec<Spot> = places.collect();
    let dags = input.dags.into_iter().map(|dag| Affected {
        effect: dag.effect,
        dag_id: dag.dag_id,
        path: path.to_owned(),
    });
    match entries.iter_mut().find(|entry| entry.kind == kind && entry.name == input.name) {
        Some(entry) => {
            entry.is_json |= input.is_json;
            entry.got = entry.got.max(input.got);
            entry.default = entry.default.take().or(input.default);
            for place in places {
                if !entry.places.contains(&place) {
                    entry.places.push(place);
                }
            }
            entry.dags.extend(dags);
        }
        None => entries.push(Entry {
            kind,
            name: input.name,
            is_secret: input.is_secret,
            is_json: input.is_json,
            got: input.got,
            default: input.default,
            places,
            dags: dags.collect(),
        }),
    }
}

/// What was supplied under names that nothing reads: a misspelling, mostly.
fn unread(entries: &[Entry], given: &Given) -> Vec<(Kind, String)> {
    let read: BTreeSet<(Kind, &str)> =
        entries.iter().map(|entry| (entry.kind, entry.name.as_str())).collect();
    let all = given
        .variables
        .keys()
        .map(|name| (Kind::Variable, name))
        .chain(given.machine.keys().map(|name| (Kind::Machine, name)))
        .chain(given.connections.keys().map(|name| (Kind::Connection, name)))
        .chain(
            given
                .env
                .keys()
                .filter(|name| !name.starts_with("AIRFLOW_"))
                .map(|name| (Kind::Environment, name)),
        );
    all.filter(|(kind, name)| !read.contains(&(*kind, name.as_str())))
        .map(|(kind, name)| (kind, name.clone()))
        .collect()
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::Variable,
        Self::Environment,
        Self::Connection,
        Self::Config,
        Self::Machine,
        Self::Module,
        Self::Other,
    ];

    fn of(kind: &CauseKind) -> Self {
        match kind {
            CauseKind::Variable(_) => Self::Variable,
            CauseKind::Environment(_) => Self::Environment,
            CauseKind::Connection(_) => Self::Connection,
            CauseKind::Config(_) => Self::Config,
            CauseKind::Machine(_) => Self::Machine,
            CauseKind::Import => Self::Module,
            CauseKind::World
            | CauseKind::Volatile
            | CauseKind::Unsupported
            | CauseKind::NotModelled
            | CauseKind::Control
            | CauseKind::Call
            | CauseKind::Limit => Self::Other,
        }
    }

    /// The heading of the table.
    fn heading(self) -> &'static str {
        match self {
            Self::Variable => "Airflow Variables",
            Self::Environment => "Environment variables",
            Self::Connection => "Airflow Connections",
            Self::Config => "Airflow configuration",
            Self::Machine => "The machine where Airflow runs",
            Self::Module => "Modules that are not found",
            Self::Other => "Services, other folders, the machine",
        }
    }

    /// The word of the JSON form.
    fn word(self) -> &'static str {
        match self {
            Self::Variable => "variable",
            Self::Environment => "environment",
            Self::Connection => "connection",
            Self::Config => "config",
            Self::Machine => "machine",
            Self::Module => "module",
            Self::Other => "other",
        }
    }

    /// How it is supplied.
    fn flag(self) -> Option<&'static str> {
        match self {
            Self::Variable => Some("--variable NAME=VALUE or --variables-file"),
            Self::Environment => Some("--env NAME=VALUE or --env-file"),
            Self::Connection => Some("--connection ID=URI"),
            Self::Config => Some("--airflow-config, or --env AIRFLOW__SECTION__KEY=VALUE"),
            Self::Machine => Some("--machine NAME=VALUE"),
            Self::Module => Some("--include DIR where the module is yours"),
            Self::Other => None,
        }
    }
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.path.display(), self.line, self.column)
    }
}

/// The names of DAGs that an input has an effect on, in words.
fn names(dags: &[Affected], effect: Effect) -> Vec<String> {
    dags.iter()
        .filter(|dag| dag.effect == effect)
        .map(|dag| match &dag.dag_id {
            Some(dag_id) => dag_id.clone(),
            None => format!("all of {}", dag.path.display()),
        })
        .collect()
}
