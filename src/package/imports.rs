//! What packaged code imports: local modules, which come along with theirs; distributions, which the user adds; names that are gone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::moved::successor;
use crate::source::{LocalModule, find_local_module};
use crate::target::Target;

/// An import of packaged code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Import {
    /// The absolute path of the module.
    pub(super) module: String,
    /// The names taken from it, for `from … import`.
    pub(super) names: Vec<String>,
    /// Where it stands.
    pub(super) range: TextRange,
    /// Whether a `try` is around it, so that it may fail.
    pub(super) guarded: bool,
}

impl Import {
    /// Whether it takes what is at this path.
    pub(super) fn takes(&self, path: &str) -> bool {
        path.rsplit_once('.')
            .is_some_and(|(module, name)| self.module == module && self.names.iter().any(|own| own == name))
    }

    /// The import as packaged code has it: what Airflow 3 has elsewhere is taken from there.
    pub(super) fn written_anew(self, target: &Target) -> impl Iterator<Item = Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut there = Self { names: Vec::new(), ..self.clone() };
        let is_whole = self.names.is_empty();
        for name in self.names {
            let moved =
                (!self.guarded).then(|| successor(&format!("{}.{name}", self.module), target)).flatten();
            match moved.and_then(|path| path.rsplit_once('.')) {
                Some((module, name)) => all.push(Self {
                    module: module.to_owned(),
                    names: vec![name.to_owned()],
                    range: self.range,
                    guarded: self.guarded,
                }),
                None => there.names.push(name),
            }
        }
        if is_whole || !there.names.is_empty() {
            all.insert(0, there);
        }
        all.into_iter()
    }
}

/// The imports of a module, those inside functions included, those under `if TYPE_CHECKING:` not. `package` is where relative
/// ones start.
pub(super) fn imports(body: &[Stmt], package: Option<&str>) -> Vec<Import> {
    let mut finder = Finder { package, tries: 0, found: Vec::new() };
    finder.visit_body(body);
    finder.found
}

struct Finder<'p> {
    package: Option<&'p str>,
    tries: usize,
    found: Vec<Import>,
}

impl Finder<'_> {
    fn push(&mut self, module: String, names: Vec<String>, range: TextRange) {
        self.found.push(Import { module, names, range, guarded: self.tries > 0 });
    }
}

impl<'a> Visitor<'a> for Finder<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Import(node) => {
                for alias in &node.names {
                    self.push(alias.name.to_string(), Vec::new(), node.range());
                }
            }
            Stmt::ImportFrom(node) => {
                let names = node.names.iter().map(|alias| alias.name.to_string()).collect();
                let name = node.module.as_ref().map_or("", |module| module.as_str());
                let module = match (node.level, self.package) {
                    (0, _) => name.to_owned(),
                    (level, Some(package)) => {
                        let parts: Vec<&str> = package.split('.').collect();
                        let up = parts.len().saturating_sub(level as usize - 1);
                        let base = parts.get(..up).unwrap_or_default().join(".");
                        if name.is_empty() { base } else { format!("{base}.{name}") }
                    }
                    (_, None) => return,
                };
                self.push(module, names, node.range());
            }
            Stmt::If(node) if is_type_checking(&node.test) => {
                node.elif_else_clauses.iter().for_each(|clause| self.visit_body(&clause.body));
            }
            Stmt::Try(node) => {
                self.tries += 1;
                self.visit_body(&node.body);
                node.handlers.iter().for_each(|handler| {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    self.visit_body(&handler.body);
                });
                self.tries -= 1;
                self.visit_body(&node.orelse);
                self.visit_body(&node.finalbody);
            }
            _ => walk_stmt(self, stmt),
        }
    }
}

fn is_type_checking(test: &Expr) -> bool {
    match test {
        Expr::Name(name) => name.id.as_str() == "TYPE_CHECKING",
        Expr::Attribute(attribute) => attribute.attr.as_str() == "TYPE_CHECKING",
        _ => false,
    }
}

/// Whether a module is there wherever the service runs code: Python's, Airflow's with what it needs, and what the guide lists.
pub(super) fn is_preinstalled(top: &str) -> bool {
    /// Source: the guide's list of August 2026, beside what Airflow and its amazon provider need themselves.
    const LISTED: &[&str] = &[
        "airflow",
        "aws_encryption_sdk",
        "boto3",
        "botocore",
        "dagfactory",
        "jmespath",
        "lz4",
        "s3transfer",
        "yaml",
    ];
    crate::modules::is_stdlib(top) || crate::modules::is_airflow_dependency(top) || LISTED.contains(&top)
}

/// A local module that comes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Module {
    /// Its path in the package: `common/helpers.py`.
    pub(super) entry: String,
    /// The file.
    pub(super) file: PathBuf,
    /// Its import path.
    pub(super) path: String,
    /// Whether it is the `__init__.py` of a package.
    pub(super) is_package: bool,
}

/// The local modules that an import loads, packages around them included.
pub(super) fn local(roots: &[PathBuf], import: &Import) -> Vec<Module> {
    let top = import.module.split('.').next().unwrap_or_default();
    if crate::modules::is_stdlib(top) || crate::modules::is_airflow_dependency(top) || top == "airflow" {
        return Vec::new();
    }
    let mut paths: BTreeSet<String> = BTreeSet::new();
    let mut path = String::new();
    for part in import.module.split('.') {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(part);
        paths.insert(path.clone());
    }
    for name in import.names.iter().filter(|name| *name != "*") {
        paths.insert(format!("{}.{name}", import.module));
    }
    let mut found = BTreeMap::new();
    for path in paths {
        let parts: Vec<&str> = path.split('.').collect();
        if let LocalModule::File { path: file, is_package } = find_local_module(roots, &parts) {
            let stem = parts.join("/");
            let entry = if is_package { format!("{stem}/__init__.py") } else { format!("{stem}.py") };
            found.insert(entry.clone(), Module { entry, file, path, is_package });
        }
    }
    found.into_values().collect()
}
