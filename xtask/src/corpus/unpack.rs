//! Takes the DAG files, and the files beside them, out of a wheel or a source package.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;

use super::packages::Kind;

/// Changes when other files are taken than before, so that what was unpacked by an older rule is unpacked again.
pub(crate) const RULE: u32 = 1;

/// Unpacks what belongs to the corpus from `archive` into `folder`, with the paths of the package (a source package's
/// own top folder left away), and gives the number of files.
pub(crate) fn unpack(kind: Kind, archive: &Path, folder: &Path) -> Result<usize> {
    let file = File::open(archive).with_context(|| format!("cannot open {}", archive.display()))?;
    let mut files = 0;
    match kind {
        Kind::Wheel => {
            let mut zip = zip::ZipArchive::new(file)?;
            for index in 0..zip.len() {
                let mut member = zip.by_index(index)?;
                let path = PathBuf::from(member.name()?.into_owned());
                if member.is_file() && wanted(&path) {
                    write(&mut member, folder, &path)?;
                    files += 1;
                }
            }
        }
        Kind::Sdist => {
            let mut tar = tar::Archive::new(GzDecoder::new(file));
            for member in tar.entries()? {
                let mut member = member?;
                let whole = member.path()?.into_owned();
                let path: PathBuf = whole.components().skip(1).collect();
                if member.header().entry_type().is_file() && wanted(&path) {
                    write(&mut member, folder, &path)?;
                    files += 1;
                }
            }
        }
    }
    Ok(files)
}

/// Whether a file of a package belongs to the corpus: everything below an `example_dags` folder or `tests/system`.
fn wanted(path: &Path) -> bool {
    let parents = path.parent().unwrap_or(Path::new(""));
    let below = parents.starts_with("tests/system") || parents.iter().any(|part| part == "example_dags");
    below && !parents.iter().any(|part| part == "__pycache__")
}

fn write(from: &mut impl Read, folder: &Path, path: &Path) -> Result<()> {
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        bail!("`{}` leads out of the package", path.display());
    }
    let target = folder.join(path);
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut to = File::create(&target).with_context(|| format!("cannot write {}", target.display()))?;
    std::io::copy(from, &mut to)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_lies_in_the_folders_of_dags() {
        let wanted = |path: &str| wanted(Path::new(path));
        assert!(wanted("tests/system/amazon/aws/example_s3.py"));
        assert!(wanted("airflow/example_dags/sql/sample.sql"));
        assert!(!wanted("tests/unit/amazon/aws/test_s3.py"));
        assert!(!wanted("src/tests/system/x.py"));
        assert!(!wanted("airflow/example_dags.py"));
        assert!(!wanted("airflow/example_dags/__pycache__/x.pyc"));
    }

    #[test]
    fn refuses_to_leave_the_folder() {
        let folder = Path::new("nowhere");
        assert!(write(&mut std::io::empty(), folder, Path::new("example_dags/../../x")).is_err());
        assert!(write(&mut std::io::empty(), folder, Path::new("/example_dags/x")).is_err());
    }
}
