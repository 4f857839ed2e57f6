//! The rows of `corpus/packages.tsv`, and where each package lies in the cache.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::project;

/// How a package is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A source package: a `.tar.gz`.
    Sdist,
    /// A wheel: a zip file.
    Wheel,
}

/// A package whose DAG files belong to the corpus.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    /// Its name on PyPI.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// How it is packed.
    pub(crate) kind: Kind,
    /// The name of its file.
    pub(crate) file: String,
    /// The SHA-256 of that file.
    pub(crate) sha256: String,
    /// How many DAG files it has, by Airflow's heuristic.
    pub(crate) dag_files: usize,
}

impl Package {
    /// `name-version`: the folder of its DAG files, and its name in tables.
    pub(crate) fn slug(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    /// Where its file is kept.
    pub(crate) fn archive(&self) -> PathBuf {
        corpus().join("downloads").join(&self.file)
    }

    /// The file that says that the package's DAG files are there, and its text when they are the right ones.
    pub(crate) fn marker(&self) -> (PathBuf, String) {
        (self.folder().join(".complete"), format!("{} {}\n", self.sha256, super::unpack::RULE))
    }

    /// Whether its DAG files are there.
    pub(crate) fn is_fetched(&self) -> bool {
        let (path, text) = self.marker();
        fs::read_to_string(path).is_ok_and(|there| there == text)
    }

    /// Where its DAG files are unpacked to.
    pub(crate) fn folder(&self) -> PathBuf {
        corpus().join(self.slug())
    }
}

fn corpus() -> PathBuf {
    project::cache().join("corpus")
}

/// All packages, in the order of the table.
pub(crate) fn all() -> Result<Vec<Package>> {
    let path = project::root().join("corpus/packages.tsv");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines().skip(1).map(|line| row(line).with_context(|| format!("in {}", path.display()))).collect()
}

/// The packages whose `name-version` holds one of the texts; all where there is no text.
pub(crate) fn select(filters: &[String]) -> Result<Vec<Package>> {
    let mut packages = all()?;
    if !filters.is_empty() {
        packages.retain(|package| filters.iter().any(|filter| package.slug().contains(filter)));
        if packages.is_empty() {
            bail!("no package of corpus/packages.tsv is called so");
        }
    }
    Ok(packages)
}

fn row(line: &str) -> Result<Package> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [package, kind, file, sha256, dag_files, _using_aws] = columns[..] else {
        bail!("a row with {} columns: {line}", columns.len());
    };
    let Some((name, version)) = package.split_once("==") else {
        bail!("no `==` in `{package}`");
    };
    let kind = match kind {
        "sdist" => Kind::Sdist,
        "wheel" => Kind::Wheel,
        _ => bail!("`{kind}` is no kind of package"),
    };
    Ok(Package {
        name: name.to_owned(),
        version: version.to_owned(),
        kind,
        file: file.to_owned(),
        sha256: sha256.to_owned(),
        dag_files: dag_files.parse().with_context(|| format!("`{dag_files}` is no number"))?,
    })
}
