//! A Python file of a package, parsed.

use anyhow::{Result, bail};
use ruff_python_ast::{Expr, PythonVersion, Stmt};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;

use super::packages::{Package, Source};

/// A module of a package.
#[derive(Debug)]
pub(crate) struct Module {
    /// Its dotted name.
    pub(crate) name: String,
    /// Its path in the package.
    pub(crate) path: String,
    /// `name==version` of the package that has it.
    pub(crate) pin: String,
    /// Its text.
    pub(crate) text: String,
    /// Its statements.
    pub(crate) body: Vec<Stmt>,
}

impl Module {
    /// Parses the files of a package.
    pub(crate) fn all(package: &Package) -> Result<Vec<Self>> {
        package.sources()?.into_iter().map(|source| Self::parse(source, package)).collect()
    }

    fn parse(source: Source, package: &Package) -> Result<Self> {
        let options = ParseOptions::from(Mode::Module).with_target_version(PythonVersion::PY312);
        let Some(parsed) = parse_unchecked(&source.text, options).try_into_module() else {
            bail!("{} of {} is no module", source.path, package.pin());
        };
        let body = parsed.into_syntax().body.into_iter().collect();
        let Source { path, module: name, text } = source;
        Ok(Self { name, path, pin: package.pin(), text, body })
    }

    /// The absolute name of a module that this one imports by a name with `level` leading dots.
    pub(crate) fn absolute(&self, name: Option<&str>, level: u32) -> String {
        let mut parts: Vec<&str> = Vec::new();
        if level > 0 {
            parts = self.name.split('.').collect();
            let up = level - u32::from(self.is_folder());
            parts.truncate(parts.len().saturating_sub(up as usize));
        }
        parts.extend(name);
        parts.join(".")
    }

    fn is_folder(&self) -> bool {
        self.path.ends_with("/__init__.py")
    }

    /// The source of an expression on one line.
    pub(crate) fn source(&self, expr: &Expr) -> String {
        let words: Vec<&str> = self.text[expr.range()].split_whitespace().collect();
        words.join(" ")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Modules with these names and texts, of one package.
    pub(crate) fn modules(texts: &[(&str, &str)]) -> Vec<Module> {
        let package = Package {
            name: "package".to_owned(),
            version: "1.0".to_owned(),
            release: String::new(),
            file: String::new(),
            sha256: String::new(),
        };
        let modules = texts.iter().map(|(name, text)| {
            let source = Source {
                path: format!("{}.py", name.replace('.', "/")),
                module: name.strip_suffix(".__init__").unwrap_or(name).to_owned(),
                text: (*text).to_owned(),
            };
            Module::parse(source, &package).expect("a module")
        });
        modules.collect()
    }

    #[test]
    fn resolves_relative_imports() {
        let modules = modules(&[("airflow.models.dag", "")]);
        assert_eq!(modules[0].absolute(Some("base"), 1), "airflow.models.base");
        assert_eq!(modules[0].absolute(None, 2), "airflow");
        assert_eq!(modules[0].absolute(Some("os.path"), 0), "os.path");
    }
}
