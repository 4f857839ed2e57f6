//! The package as one file: a zip that is the same byte for byte wherever and whenever it is made.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Entry;

/// The zip of the entries: sorted by path, with one time for all, stored as they are.
///
/// # Errors
///
/// Where the format cannot hold them.
pub fn archive(entries: &[Entry]) -> std::io::Result<Vec<u8>> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in sorted {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .unix_permissions(if entry.executable { 0o755 } else { 0o644 });
        writer.start_file(entry.path.as_str(), options)?;
        writer.write_all(&entry.bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_entries_changes_nothing() {
        let entry =
            |path: &str| Entry { path: path.into(), bytes: path.into(), executable: path.ends_with("sh") };
        let one = archive(&[entry("b.py"), entry("a/c.sh")]).unwrap();
        assert_eq!(one, archive(&[entry("a/c.sh"), entry("b.py")]).unwrap());
        assert!(one.starts_with(b"PK"));
    }
}
