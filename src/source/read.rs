//! Reads of the user's folders and of files that are no source code, for DAG files that look at them while they are imported.

use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

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
    read_at_most(path, MAX_DATA_BYTES)?.ok_or_else(|| {
        let message = format!("the file has more than {MAX_DATA_BYTES} bytes, which is the limit");
        std::io::Error::new(std::io::ErrorKind::FileTooLarge, message)
    })
}

/// The text of a UTF-8 file of at most [`MAX_DATA_BYTES`].
pub fn read_text(path: &Path) -> std::io::Result<String> {
    String::from_utf8(read_data(path)?)
        .map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error.utf8_error()))
}

/// The bytes of a regular file; `None` where there are more than `limit`. What is no regular file is not opened: a pipe would
/// wait for a writer, and a device may never end. The size that the disk tells is not trusted, for a file may grow.
pub(super) fn read_at_most(path: &Path, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
    let data = std::fs::metadata(path)?;
    if data.is_dir() {
        return Err(std::io::ErrorKind::IsADirectory.into());
    }
    if !data.is_file() {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(data.len().min(limit)).unwrap_or_default());
    std::fs::File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// Whether `path`, links followed, lies in one of the roots. What does not exist lies where it is named.
pub fn is_inside(roots: &[PathBuf], path: &Path) -> bool {
    let Ok(target) = path.canonicalize() else {
        // With a `..` in it, the text of a path does not tell where it leads.
        let is_plain = !path.components().any(|part| part == Component::ParentDir);
        return is_plain && roots.iter().any(|root| path.starts_with(root));
    };
    roots.iter().any(|root| root.canonicalize().is_ok_and(|root| target.starts_with(root)))
}
