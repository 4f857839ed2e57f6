//! Reads of the user's folders and of files that are no source code, for DAG files that look at them while they are imported.

use std::path::{Path, PathBuf};

/// The largest file that is read as data, in bytes.
pub const MAX_DATA_BYTES: u64 = 8 * 1024 * 1024;

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Nothing.
    Missing,
}

/// What lies at `path`, links followed.
pub fn entry(path: &Path) -> Entry {
    match std::fs::metadata(path) {
        Ok(data) if data.is_dir() => Entry::Folder,
        Ok(_) => Entry::File,
        Err(_) => Entry::Missing,
    }
}

/// The names in a folder and what they are, sorted by name. Fails also where a name is no UTF-8.
pub fn entries(path: &Path) -> std::io::Result<Vec<(String, Entry)>> {
    let mut found = Vec::new();
    for item in std::fs::read_dir(path)? {
        let item = item?;
        let name = item.file_name().into_string().map_err(|name| {
            let message = format!("the name {} is no UTF-8", name.display());
            std::io::Error::new(std::io::ErrorKind::InvalidData, message)
        })?;
        found.push((name, entry(&item.path())));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

/// The bytes of a file of at most [`MAX_DATA_BYTES`].
pub fn read_data(path: &Path) -> std::io::Result<Vec<u8>> {
    let size = std::fs::metadata(path)?.len();
    if size > MAX_DATA_BYTES {
        let message = format!("the file has {size} bytes, and the limit is {MAX_DATA_BYTES}");
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, message));
    }
    std::fs::read(path)
}

/// Whether `path`, links followed, lies in one of the roots. What does not exist lies where it is named.
pub fn is_inside(roots: &[PathBuf], path: &Path) -> bool {
    let Ok(target) = path.canonicalize() else {
        return roots.iter().any(|root| path.starts_with(root));
    };
    roots.iter().any(|root| root.canonicalize().is_ok_and(|root| target.starts_with(root)))
}
