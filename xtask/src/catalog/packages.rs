//! The rows of `catalog-packages.tsv`: which packages the catalogue is made from, where they lie in the cache, and
//! their Python source. Parses nothing.

use std::fs::{self, File};
use std::io::Read;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{project, venv};

/// The releases of the past that old names are read from, with the version of Airflow, the oldest first.
pub(crate) const PAST: [(&str, &str); 5] =
    [("1.10", "1.10.15"), ("2.0", "2.0.2"), ("2.3", "2.3.4"), ("2.6", "2.6.3"), ("2.10", "2.10.5")];

/// The release that the catalogue describes, with the version of Airflow.
pub(crate) const NOW: (&str, &str) = ("now", "3.0.6");

/// A wheel that the catalogue is made from.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    /// Its name on PyPI.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// The release of Airflow that it is read with: one of [`PAST`], or [`NOW`].
    pub(crate) release: String,
    /// The name of its file.
    pub(crate) file: String,
    /// The SHA-256 of that file; `-` where it is not known yet.
    pub(crate) sha256: String,
}

/// A Python file of a package.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path in the package.
    pub(crate) path: String,
    /// The dotted name of its module.
    pub(crate) module: String,
    /// Its text.
    pub(crate) text: String,
}

impl Package {
    /// `name==version`.
    pub(crate) fn pin(&self) -> String {
        format!("{}=={}", self.name, self.version)
    }

    fn archive(&self) -> PathBuf {
        folder().join(&self.file)
    }

    /// Downloads the package where the cache lacks it, and holds it against its digest.
    pub(crate) fn fetch(&self) -> Result<()> {
        let archive = self.archive();
        if !archive.is_file() {
            self.download()?;
        }
        let bytes = fs::read(&archive).with_context(|| format!("cannot read {}", archive.display()))?;
        let digest = project::sha256(&bytes);
        if self.sha256 == digest {
            return Ok(());
        }
        let table = table();
        bail!(
            "{} has the digest {digest}, and {} says {} for {}",
            self.file,
            table.display(),
            self.sha256,
            self.pin()
        );
    }

    fn download(&self) -> Result<()> {
        let python = venv::python(venv::Environment::Fetch)?;
        eprintln!("downloading {}", self.pin());
        fs::create_dir_all(folder())?;
        let mut command = Command::new(python);
        command.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        command.args(["--only-binary=:all:", "--ignore-requires-python", "--python-version=3.10", "--dest"]);
        command.arg(folder()).arg(self.pin());
        project::output(&mut command)?;
        if !self.archive().is_file() {
            bail!("pip did not bring {} for {}", self.file, self.pin());
        }
        Ok(())
    }

    /// The packages that it cannot be installed without, in the spelling of module names, those of Airflow aside; sorted.
    fn requirements(&self) -> Result<Vec<String>> {
        let file = File::open(self.archive()).with_context(|| format!("cannot open {}", self.file))?;
        let mut zip = zip::ZipArchive::new(file)?;
        let mut text = None;
        for index in 0..zip.len() {
            let mut member = zip.by_index(index)?;
            if member.name()?.ends_with(".dist-info/METADATA") {
                let mut bytes = Vec::new();
                member.read_to_end(&mut bytes)?;
                text = Some(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        let text = text.with_context(|| format!("{} has no METADATA", self.file))?;
        let mut names: Vec<String> = text
            .lines()
            .filter_map(|line| line.strip_prefix("Requires-Dist: "))
            // What a marker asks for is not there everywhere.
            .filter(|requirement| !requirement.contains(';'))
            .map(|requirement| {
                let end = requirement.find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)));
                let name = &requirement[..end.unwrap_or(requirement.len())];
                name.to_lowercase().replace(['-', '.'], "_")
            })
            .filter(|name| !name.starts_with("apache_airflow"))
            .collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The text of the file at a path in the package, where it is there.
    pub(crate) fn member(&self, path: &str) -> Result<Option<String>> {
        let file = File::open(self.archive()).with_context(|| format!("cannot open {}", self.file))?;
        let mut zip = zip::ZipArchive::new(file)?;
        let Some(index) = zip.index_for_name(path) else { return Ok(None) };
        let mut bytes = Vec::new();
        zip.by_index(index)?.read_to_end(&mut bytes)?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The Python files of the package that may hold what the catalogue is about, sorted by module.
    pub(crate) fn sources(&self) -> Result<Vec<Source>> {
        let file = File::open(self.archive()).with_context(|| format!("cannot open {}", self.file))?;
        let mut zip = zip::ZipArchive::new(file)?;
        let mut sources = Vec::new();
        for index in 0..zip.len() {
            let mut member = zip.by_index(index)?;
            let path = member.name()?.into_owned();
            let Some(module) = module_of(&path) else { continue };
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes)?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            sources.push(Source { path, module, text });
        }
        sources.sort_by(|a, b| a.module.cmp(&b.module));
        Ok(sources)
    }
}

/// Folders that hold no API for authors of DAGs.
const LEFT_OUT: [&str; 9] = [
    "_vendor",
    "api_connexion",
    "api_fastapi",
    "example_dags",
    "migrations",
    "tests",
    "ui",
    "www",
    "www_rbac",
];

fn module_of(path: &str) -> Option<String> {
    let stem = path.strip_suffix(".py")?;
    let parts: Vec<&str> = stem.split('/').collect();
    if parts.first() != Some(&"airflow") || parts.iter().any(|part| LEFT_OUT.contains(part)) {
        return None;
    }
    let parts = parts.strip_suffix(&["__init__"]).unwrap_or(&parts);
    Some(parts.join("."))
}

fn folder() -> PathBuf {
    project::cache().join("catalog")
}

fn table() -> PathBuf {
    project::root().join("xtask/catalog-packages.tsv")
}

/// All packages, in the order of the table.
pub(crate) fn all() -> Result<Vec<Package>> {
    let path = table();
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines().skip(1).map(|line| row(line).with_context(|| format!("in {}", path.display()))).collect()
}

/// Writes the packages of the present, each after the module that holds all of its modules.
pub(crate) fn text(packages: &[Package]) -> Result<String> {
    let mut lines: Vec<String> = packages
        .iter()
        .filter(|package| package.release == NOW.0)
        .map(|package| {
            let module = match package.name.strip_prefix("apache-airflow-providers-") {
                Some(provider) => format!("airflow.providers.{}", provider.replace('-', ".")),
                None if package.name == "apache-airflow-task-sdk" => "airflow.sdk".to_owned(),
                None => "airflow".to_owned(),
            };
            let needs = package.requirements()?;
            let needs =
                if needs.is_empty() { String::new() } else { format!(" needs {}\n", needs.join(" ")) };
            Ok(format!("{module}\n {}\n{needs}", package.pin()))
        })
        .collect::<Result<_>>()?;
    lines.sort();
    Ok(lines.concat())
}

fn row(line: &str) -> Result<Package> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [name, version, release, file, sha256] = columns[..] else {
        bail!("a row with {} columns: {line}", columns.len());
    };
    Ok(Package {
        name: name.to_owned(),
        version: version.to_owned(),
        release: release.to_owned(),
        file: file.to_owned(),
        sha256: sha256.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_modules_after_their_files() {
        assert_eq!(module_of("airflow/sdk/__init__.py").as_deref(), Some("airflow.sdk"));
        assert_eq!(module_of("airflow/models/dag.py").as_deref(), Some("airflow.models.dag"));
        assert_eq!(module_of("airflow/example_dags/tutorial.py"), None);
        assert_eq!(module_of("airflow/www/static/x.js"), None);
        assert_eq!(module_of("setup.py"), None);
    }
}
