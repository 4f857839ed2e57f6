//! What the Python program answered before: an answer is kept under a digest of all that it follows from.
//!
//! That is the environment, the program itself, the request, and every file of the folders that modules are imported from and of the
//! definitions. A request that was not answered is asked again.

use std::collections::HashMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::loader::Request;
use super::record::Answer;
use crate::project;
use crate::venv::Environment;

/// The answers of one environment under one clock.
pub(crate) struct Cache {
    folder: PathBuf,
    /// What all requests have in common.
    common: Sha256,
    /// The digests of folders that were read.
    folders: HashMap<PathBuf, Vec<u8>>,
}

impl Cache {
    /// The cache of an environment; `how` is what else an answer depends on.
    pub(crate) fn open(environment: Environment, how: &str) -> Result<Self> {
        let mut common = Sha256::new();
        part(&mut common, &read(&environment.requirements())?);
        part(&mut common, how.as_bytes());
        for program in ["load.py", "canonical.py", "stubs.py"] {
            part(&mut common, &read(&project::root().join("xtask/parity").join(program))?);
        }
        let folder = project::cache().join("parity/answers");
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, common, folders: HashMap::new() })
    }

    /// Where the answer to a request is, or would be.
    pub(crate) fn place(&mut self, request: &Request) -> Result<PathBuf> {
        let mut digest = self.common.clone();
        // The folders of definitions and the number are of one run; what the definitions say is what counts.
        let lasting = Request { id: 0, yaml: Vec::new(), ..request.clone() };
        part(&mut digest, &serde_json::to_vec(&lasting)?);
        for folder in &request.path {
            if !self.folders.contains_key(folder) {
                self.folders.insert(folder.clone(), digest_of(folder)?);
            }
            part(&mut digest, &self.folders[folder]);
        }
        for definition in &request.yaml {
            part(&mut digest, &read(definition)?);
        }
        Ok(self.folder.join(format!("{}.json.gz", project::hex(&digest.finalize()))))
    }

    /// The answer at a place, if there is one that can be read.
    pub(crate) fn get(place: &Path, id: usize) -> Option<Answer> {
        let mut text = Vec::new();
        GzDecoder::new(fs::File::open(place).ok()?).read_to_end(&mut text).ok()?;
        let answer: Answer = serde_json::from_slice(&text).ok()?;
        Some(Answer { id, ..answer })
    }

    /// Keeps an answer, as the program printed it. Another run may do the same at the same time.
    pub(crate) fn put(place: &Path, answer: &[u8]) -> Result<()> {
        let folder = place.parent().context("an answer has no folder")?;
        let mut file = GzEncoder::new(tempfile::NamedTempFile::new_in(folder)?, Compression::fast());
        file.write_all(answer)?;
        file.finish()?.persist(place)?;
        Ok(())
    }
}

/// Adds a part so that no two lists of parts look alike.
fn part(digest: &mut Sha256, bytes: &[u8]) {
    digest.update(bytes.len().to_le_bytes());
    digest.update(bytes);
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The digest of every file below a folder, by path and content.
fn digest_of(folder: &Path) -> Result<Vec<u8>> {
    let mut digest = Sha256::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let name = entry.path().strip_prefix(folder)?;
        if name.components().any(|part| part.as_os_str() == "__pycache__") {
            continue;
        }
        part(&mut digest, name.to_string_lossy().as_bytes());
        if entry.file_type().is_file() {
            part(&mut digest, &read(entry.path())?);
        }
    }
    Ok(digest.finalize().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_another_where_a_name_or_a_content_is() {
        let made = |files: &[(&str, &str)]| {
            let folder = tempfile::tempdir().expect("a folder can be made");
            for (name, content) in files {
                fs::write(folder.path().join(name), content).expect("a file can be written");
            }
            digest_of(folder.path()).expect("the folder can be read")
        };
        let one = made(&[("a.py", "1"), ("b.py", "2")]);
        assert_eq!(one, made(&[("b.py", "2"), ("a.py", "1")]));
        assert_ne!(one, made(&[("a.py", "2"), ("b.py", "1")]));
        assert_ne!(one, made(&[("a.py", "1"), ("c.py", "2")]));
    }

    #[test]
    fn an_answer_is_kept_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let place = folder.path().join("answer");
        assert!(Cache::get(&place, 1).is_none());
        Cache::put(&place, br#"{"id": 7, "files": []}"#).expect("it can be written");
        assert_eq!(Cache::get(&place, 1).map(|answer| answer.id), Some(1));
        fs::write(&place, "no gzip").expect("it can be written");
        assert!(Cache::get(&place, 1).is_none());
    }
}
