//! Which of the unpacked files are DAG files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use walkdir::WalkDir;

use super::packages::Package;

/// The files of one package in the cache.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// All files.
    pub(crate) all: usize,
    /// The DAG files, by their paths inside the package, sorted.
    pub(crate) dag_files: Vec<PathBuf>,
}

/// Lists the files of a package that was fetched.
///
/// A DAG file is what Airflow's own heuristic takes for one (its text holds `dag` and `airflow`, in either case), apart
/// from the plugins that lie among Airflow's examples and the `__init__.py` of helpers. The column `dag_files` of
/// `corpus/packages.tsv` counts by this rule.
pub(crate) fn list(package: &Package) -> Result<Files> {
    let folder = package.folder();
    let mut files = Files::default();
    for entry in WalkDir::new(&folder).min_depth(2).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        files.all += 1;
        let path = entry.path().strip_prefix(&folder)?;
        if is_candidate(path) && holds_dags(&fs::read(entry.path())?) {
            files.dag_files.push(path.to_owned());
        }
    }
    Ok(files)
}

/// The DAG folder that a file of a package belongs to, as a path inside the package: the folder that its package's tests
/// or examples are loaded from.
pub(crate) fn dags_folder(file: &Path) -> PathBuf {
    let mut folder = PathBuf::new();
    for part in file.parent().unwrap_or(Path::new("")) {
        folder.push(part);
        if part == "example_dags" || part == "tests" {
            break;
        }
    }
    folder
}

fn is_candidate(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "py")
        && path.file_name().is_some_and(|name| name != "__init__.py")
        && !path.parent().is_some_and(|parents| parents.iter().any(|part| part == "plugins"))
}

fn holds_dags(bytes: &[u8]) -> bool {
    let text = bytes.to_ascii_lowercase();
    let holds = |word: &[u8]| text.windows(word.len()).any(|window| window == word);
    holds(b"dag") && holds(b"airflow")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_the_folder_its_package_loads() {
        let folder = |file: &str| dags_folder(Path::new(file)).to_string_lossy().into_owned();
        assert_eq!(folder("airflow/example_dags/plugins/workday.py"), "airflow/example_dags");
        assert_eq!(folder("tests/system/amazon/aws/example_s3.py"), "tests");
    }
}
