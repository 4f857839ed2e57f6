//! What goes into a package beside the written module: local modules with theirs, scripts, and the list of distributions to add.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::imports::{self, Import};
use super::moved::{self, Moved};
use super::{Entry, Input, context, requirements};
use crate::catalog;
use crate::dag::{Built, Standing};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::{FileId, Span, read_data};
use crate::target::Target;

/// The most that a package may hold, in bytes. Source: the guide's pages of August 2026.
const MAX_BYTES: usize = 250 * 1024 * 1024;

/// The contents of a package.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) entries: Vec<Entry>,
    pub(super) requirements: Option<String>,
    /// The import paths of the local modules.
    pub(super) local: Vec<String>,
    pub(super) findings: Vec<Diagnostic>,
}

/// Names of Airflow's with which code looks things up, and what.
const LOOKUPS: &[(&str, &str)] = &[("Variable", "Airflow Variables"), ("BaseHook", "connections")];

/// Code whose imports are to be followed: its text's imports, each with the place to name.
struct Work {
    imports: Vec<(Import, Span)>,
}

/// Gathers what travels.
pub(super) fn gather(
    input: &Input<'_>,
    own: Option<(&str, &str)>,
    local: &BTreeMap<String, Span>,
    classes: &[(String, Span)],
    scripts: &BTreeMap<String, (PathBuf, Span)>,
) -> Gathered {
    let mut gathered = Gathered::default();
    let mut files: BTreeMap<String, Entry> = BTreeMap::new();
    let mut needed: BTreeMap<String, Span> = BTreeMap::new();
    let mut there: BTreeMap<String, Span> = BTreeMap::new();
    let roots = input.roots();
    let mut open: Vec<Work> = Vec::new();
    if let Some((path, text)) = own {
        let entry = Entry { path: path.to_owned(), bytes: text.as_bytes().to_vec(), executable: false };
        files.insert(path.to_owned(), entry);
        let moved = moved::moved(&input.tree.body, input.target);
        let imports = own_imports(input, text, &moved);
        gathered.findings.extend(moved_imports(input, &imports, &moved));
        open.push(Work { imports });
        gathered.findings.extend(gone_from_context(input, text));
    }
    for (module, span) in local {
        let import = Import { module: module.clone(), names: Vec::new(), range: span.range, guarded: false };
        open.push(Work { imports: vec![(import, *span)] });
    }
    while let Some(work) = open.pop() {
        for (import, span) in work.imports {
            let modules = imports::local(&roots, &import);
            if modules.is_empty() {
                let distribution = requirements::normal(&requirements::distribution(&import.module));
                if input.target.version_of(&distribution).is_some() {
                    there.entry(distribution).or_insert(span);
                }
                foreign(input.target, &import, span, &mut needed, &mut gathered.findings);
            }
            for module in modules {
                if files.contains_key(&module.entry) {
                    continue;
                }
                let Ok(bytes) = read_data(&module.file) else {
                    let message = format!("the module `{}` cannot be read", module.path);
                    gathered.findings.push(Diagnostic::error(codes::NOT_PORTABLE, span, message));
                    continue;
                };
                let anew = std::str::from_utf8(&bytes).ok();
                let anew = anew.and_then(|text| moved::rewritten(text, input.target));
                let bytes = anew.map_or(bytes, String::into_bytes);
                files.insert(
                    module.entry.clone(),
                    Entry { path: module.entry.clone(), bytes, executable: false },
                );
                gathered.local.push(module.path.clone());
                if let Some(finding) = builds(input, &module.path, span) {
                    gathered.findings.push(finding);
                }
                let Ok(source) = input.sources.read(&module.file) else { continue };
                let Ok(tree) = crate::parse::parse(source.text()) else { continue };
                for (name, range) in context::gone(&tree.body) {
                    gathered.findings.push(gone(name, Span::new(source.id(), range)));
                }
                for moved in moved::moved(&tree.body, input.target) {
                    gathered.findings.push(says_moved(&moved, source.id()));
                }
                let package = if module.is_package {
                    Some(module.path.as_str())
                } else {
                    module.path.rsplit_once('.').map(|(package, _)| package)
                };
                let found = imports::imports(&tree.body, package).into_iter();
                let found = found.flat_map(|import| {
                    let span = Span::new(source.id(), import.range);
                    import.written_anew(input.target).map(move |import| (import, span)).collect::<Vec<_>>()
                });
                open.push(Work { imports: found.collect() });
            }
        }
    }
    for (name, (file, span)) in scripts {
        match read_data(file) {
            Ok(bytes) => {
                files.insert(
                    name.clone(),
                    Entry { path: name.clone(), bytes, executable: name.ends_with("sh") },
                );
            }
            Err(error) => {
                let message = format!("the script `{name}` cannot be read: {error}");
                gathered.findings.push(Diagnostic::error(codes::NOT_PORTABLE, *span, message));
            }
        }
    }
    for (class, span) in classes {
        needed.entry(class.clone()).or_insert(*span);
    }
    pinned_otherwise(input, &there, &mut gathered.findings);
    gathered.requirements = listed(input, &needed, &mut gathered.findings);
    shadowing(input, &files, &mut gathered.findings);
    gathered.entries = files.into_values().collect();
    let size: usize = gathered.entries.iter().map(|entry| entry.bytes.len()).sum();
    if size > MAX_BYTES {
        let message = format!("the code package has {size} bytes, and the service takes {MAX_BYTES}");
        gathered.findings.push(Diagnostic::error(codes::NOT_PORTABLE, input.dag.span, message));
    }
    gathered
}

/// The imports of the written module, each at the place in the DAG file that it is from, as near as that can be told.
fn own_imports(input: &Input<'_>, text: &str, moved: &[Moved]) -> Vec<(Import, Span)> {
    let Ok(tree) = crate::parse::parse(text) else { return Vec::new() };
    let originals = imports::imports(&input.tree.body, None);
    let found = imports::imports(&tree.body, None).into_iter();
    found
        .map(|import| {
            let same = originals.iter().find(|original| {
                original.module == import.module
                    && import.names.iter().all(|name| original.names.contains(name))
            });
            let moved = || moved.iter().find(|moved| import.takes(&moved.new)).map(|moved| moved.range);
            let range = same.map(|same| same.range).or_else(moved);
            (import, range.map_or(input.dag.span, |range| Span::new(input.file.id(), range)))
        })
        .collect()
}

/// What there is to say of the imports of the written module where the project's own modules are there: those that Airflow 3 has
/// elsewhere, and those that it does not have.
pub(super) fn airflow_imports(input: &Input<'_>, text: &str) -> Vec<Diagnostic> {
    let moved = moved::moved(&input.tree.body, input.target);
    let imports = own_imports(input, text, &moved);
    let mut findings = Vec::new();
    let moved = moved_imports(input, &imports, &moved);
    for (import, span) in imports {
        if import.module.split('.').next() == Some("airflow") {
            airflow(input.target, &import, span, &mut BTreeMap::new(), &mut findings);
        }
    }
    findings.retain(Diagnostic::is_error);
    findings.extend(moved);
    findings
}

/// A note for each import that the written module has from elsewhere.
fn moved_imports(input: &Input<'_>, imports: &[(Import, Span)], moved: &[Moved]) -> Vec<Diagnostic> {
    let is_kept = |moved: &&Moved| imports.iter().any(|(import, _)| import.takes(&moved.new));
    moved.iter().filter(is_kept).map(|moved| says_moved(moved, input.file.id())).collect()
}

fn says_moved(moved: &Moved, file: FileId) -> Diagnostic {
    let message = format!("`{}` is imported as `{}` in the code package", moved.old, moved.new);
    let note = Diagnostic::note(codes::MOVED_NAME, Span::new(file, moved.range), message);
    note.disposition(Disposition::Changed)
}

/// What the written module asks the context for in vain, at the places of the DAG file.
fn gone_from_context(input: &Input<'_>, text: &str) -> Vec<Diagnostic> {
    let Ok(tree) = crate::parse::parse(text) else { return Vec::new() };
    let kept: BTreeSet<&str> = context::gone(&tree.body).into_iter().map(|(name, _)| name).collect();
    let asked = context::gone(&input.tree.body).into_iter().filter(|(name, _)| kept.contains(name));
    asked.map(|(name, range)| gone(name, Span::new(input.file.id(), range))).collect()
}

fn gone(name: &str, span: Span) -> Diagnostic {
    let message = format!("Airflow 3 gives a task no `{name}`, and the code runs on Airflow 3.0.6");
    let help = match name {
        "execution_date" => "`logical_date` is the same instant",
        _ => "compute it from `ds` or `data_interval_start`",
    };
    Diagnostic::warning(codes::GONE_CONTEXT, Disposition::Note, span, message).help(help)
}

/// An import of nothing local: of Airflow's, which must be there; or of a distribution.
fn foreign(
    target: &Target,
    import: &Import,
    span: Span,
    needed: &mut BTreeMap<String, Span>,
    findings: &mut Vec<Diagnostic>,
) {
    let top = import.module.split('.').next().unwrap_or_default();
    if requirements::uses_network(&import.module) {
        let message = format!(
            "`{}` may speak to the network, and a worker has no way to the internet by default",
            import.module
        );
        findings.push(
            Diagnostic::note(codes::NETWORK_USE, span, message)
                .help("attach the workflow to a VPC that has one"),
        );
    }
    if top == "airflow" {
        airflow(target, import, span, needed, findings);
    } else if !imports::is_preinstalled(top) && !import.guarded {
        needed.entry(import.module.clone()).or_insert(span);
    }
}

fn airflow(
    target: &Target,
    import: &Import,
    span: Span,
    needed: &mut BTreeMap<String, Span>,
    findings: &mut Vec<Diagnostic>,
) {
    if import.module.starts_with("airflow.providers.") {
        if target.lacks_provider(&import.module) && !import.guarded {
            needed.entry(import.module.clone()).or_insert(span);
        }
        return;
    }
    let paths: Vec<String> = if import.names.is_empty() || import.names.iter().any(|name| name == "*") {
        vec![import.module.clone()]
    } else {
        import.names.iter().map(|name| format!("{}.{name}", import.module)).collect()
    };
    for path in paths.into_iter().filter(|path| !path.ends_with("__")) {
        if !import.guarded && catalog::is_example(&path) {
            let message = format!("whether Airflow 3.0.6 has `{path}` among its examples is not known");
            findings.push(
                Diagnostic::error(codes::NOT_PORTABLE, span, message)
                    .help("take it over into a module of the DAG folder"),
            );
            continue;
        }
        if !import.guarded && !catalog::exists_in_3(&path) {
            let message = format!("Airflow 3 has no `{path}`");
            let help = match catalog::namesake_in_3(&path) {
                Some(module) => {
                    format!("the code runs on Airflow 3.0.6, where `{module}` has one of that name")
                }
                None if path == "airflow.utils.decorators.apply_defaults" => {
                    "take it out: since Airflow 2.1 operators do without".to_owned()
                }
                None => {
                    "the code runs on Airflow 3.0.6: use what its upgrade guide names in its place".to_owned()
                }
            };
            findings.push(Diagnostic::error(codes::GONE_IMPORT, span, message).help(help));
        }
        for (_, what) in LOOKUPS.iter().filter(|(name, _)| path.ends_with(&format!(".{name}"))) {
            let message =
                format!("the code reads {what} when it runs, which the guide does not say the service has");
            findings.push(Diagnostic::note(codes::RUNTIME_LOOKUP, span, message));
        }
    }
}

/// Refuses a module that builds DAGs when it is imported.
fn builds(input: &Input<'_>, module: &str, span: Span) -> Option<Diagnostic> {
    let names = input.names.iter().find(|names| names.module == module)?;
    let (name, what) = names.names.iter().find_map(|(name, standing)| match standing {
        Standing::Built(Built { what: what @ ("a DAG" | "a task"), .. }) => Some((name, what)),
        _ => None,
    })?;
    let message = format!("the module `{module}` makes `{name}`, {what}, when it is imported");
    Some(
        Diagnostic::error(codes::NOT_PORTABLE, span, message)
            .help("move what the tasks call into a module that builds no DAG"),
    )
}

/// Warns of distributions that the service has in another version than the folder asks for.
fn pinned_otherwise(input: &Input<'_>, there: &BTreeMap<String, Span>, findings: &mut Vec<Diagnostic>) {
    if there.is_empty() {
        return;
    }
    let versions = asked(input);
    for (distribution, span) in there {
        let (Some(line), Some(version)) = (versions.get(distribution), input.target.version_of(distribution))
        else {
            continue;
        };
        if requirements::excludes(line, version) {
            let message = format!(
                "the folder asks for `{line}`, and the service has `{distribution}` {version}, which wins"
            );
            findings.push(
                Diagnostic::warning(codes::PREINSTALLED_VERSION, Disposition::Note, *span, message)
                    .help(format!("try the code with `{distribution}=={version}`")),
            );
        }
    }
}

/// The versions that the folder asks for.
fn asked(input: &Input<'_>) -> BTreeMap<String, String> {
    let mut folders: Vec<&Path> = vec![input.root];
    folders.extend(input.root.parent());
    requirements::versions(&folders)
}

/// The text of the requirements file.
fn listed(
    input: &Input<'_>,
    needed: &BTreeMap<String, Span>,
    findings: &mut Vec<Diagnostic>,
) -> Option<String> {
    if needed.is_empty() {
        return None;
    }
    let versions = asked(input);
    let mut lines = BTreeSet::new();
    for (module, span) in needed {
        let name = requirements::distribution(module);
        let line = versions.get(&requirements::normal(&name)).cloned().unwrap_or_else(|| name.clone());
        let top = module.split('.').next().unwrap_or(module);
        let shown = if top == "airflow" { module.as_str() } else { top };
        let message = format!("`{shown}` is not on the service: the package needs `{line}` beside the code");
        findings.push(
            Diagnostic::warning(codes::NEEDS_DISTRIBUTION, Disposition::Assumed, *span, message)
                .help("the requirements file beside the definition holds the command that adds it"),
        );
        lines.insert(line);
    }
    let id = &input.dag.dag_id;
    let mut text = format!(
        "# What the code package of `{id}` needs and the service does not have. To add it to the package:\n#\n\
         #   pip install -r {id}.requirements.txt --target {id}_code --platform manylinux2014_x86_64 --python-version 3.12 --only-binary=:all:\n\
         #   (cd {id}_code && find . -name __pycache__ -prune -o -type f -print | zip -q ../{id}.zip -@)\n"
    );
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    Some(text)
}

/// Refuses local modules whose names the service has for something else, which wins over them.
fn shadowing(input: &Input<'_>, files: &BTreeMap<String, Entry>, findings: &mut Vec<Diagnostic>) {
    let tops: BTreeSet<&str> = files
        .keys()
        .filter_map(|path| path.strip_suffix(".py"))
        .filter_map(|path| path.split('/').next())
        .collect();
    for top in tops.into_iter().filter(|top| imports::is_preinstalled(top)) {
        let message = format!("the module `{top}` has the name of one that the service has, which wins");
        findings.push(
            Diagnostic::error(codes::NOT_PORTABLE, input.dag.span, message)
                .help("give the module another name"),
        );
    }
}
