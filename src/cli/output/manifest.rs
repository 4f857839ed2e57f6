//! The manifest of an output folder: what this tool wrote there, from what, with which version and instant.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::super::error::Error;

/// The name of the manifest in the folder. No dag_id starts with a dot, so it never meets a definition.
pub(super) const FILE_NAME: &str = ".dag-converter.json";

/// The form of the manifest that this version reads and writes.
const FORMAT: u32 = 1;

/// What was written into a folder, over all runs.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    /// What the clock showed in the last run.
    pub(super) now: Option<Timestamp>,
    /// The definitions by file name.
    pub(super) definitions: BTreeMap<String, Entry>,
}

/// One definition.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The DAG.
    pub(super) dag_id: String,
    /// The source file, from the output folder.
    pub(super) source: String,
    /// The digest of the definition.
    sha256: String,
    /// The version of the tool that last found the file right or made it so.
    version: String,
}

impl Entry {
    /// The entry of a definition that this version wrote.
    pub(super) fn new(dag_id: &str, source: &str, yaml: &[u8]) -> Self {
        Self {
            dag_id: dag_id.to_owned(),
            source: source.to_owned(),
            sha256: digest(yaml),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Whether this is the entry of a file with these contents.
    pub(super) fn describes(&self, bytes: &[u8]) -> bool {
        self.sha256 == digest(bytes)
    }
}

fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

impl Default for Manifest {
    fn default() -> Self {
        Self { format: FORMAT, now: None, definitions: BTreeMap::new() }
    }
}

impl Manifest {
    /// Reads the manifest of a folder; an empty one where there is none.
    pub(super) fn load(folder: &Path) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Header {
            format: u32,
        }

        let path = folder.join(FILE_NAME);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(Error::io("read", &path)(error)),
        };
        let damaged = |error: serde_json::Error| {
            Error::content(&path, format!("is no manifest of this tool ({error}); remove it to start anew"))
        };
        let header: Header = serde_json::from_str(&text).map_err(damaged)?;
        if header.format != FORMAT {
            return Err(Error::content(
                &path,
                "was written by another version of this tool; remove it to start anew",
            ));
        }
        serde_json::from_str(&text).map_err(damaged)
    }

    /// Writes the manifest into the folder, unless it is there just so.
    pub(super) fn save(&self, folder: &Path) -> std::io::Result<()> {
        let path = folder.join(FILE_NAME);
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        if std::fs::read(&path).is_ok_and(|before| before == text.as_bytes()) {
            return Ok(());
        }
        super::write_whole(folder, &path, text.as_bytes())
    }
}
