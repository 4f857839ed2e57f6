//! The files beside a definition: its code package as one zip or as a folder, and the list of distributions to add.

use std::path::Path;

use super::write_whole;
use crate::cli::args::CodeForm;
use crate::convert::Definition;
use crate::diagnostic::{Diagnostic, codes};
use crate::package::archive;

/// A file to be there.
#[derive(Debug)]
pub(crate) struct CodeFile {
    /// Its path from the output folder.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
    /// Whether it is to be run.
    executable: bool,
    /// Whether it is there and holds just this.
    pub(crate) is_there: bool,
}

/// The files beside the definition of that file name.
pub(super) fn files(
    folder: &Path,
    file_name: &str,
    definition: &Definition,
    form: CodeForm,
) -> Result<Vec<CodeFile>, Box<Diagnostic>> {
    let Some(package) = &definition.package else { return Ok(Vec::new()) };
    let stem = file_name.trim_end_matches(".yml");
    let file = |name: String, bytes: Vec<u8>, executable: bool| {
        let is_there = std::fs::read(folder.join(&name)).is_ok_and(|held| held == bytes);
        CodeFile { name, bytes, executable, is_there }
    };
    let mut files = Vec::new();
    match form {
        CodeForm::Zip => {
            let bytes = archive(&package.entries).map_err(|error| {
                let message = format!("the code package cannot be made: {error}");
                let finding = Diagnostic::error(codes::WRITE_ERROR, definition.span, message);
                Box::new(finding.dag(&definition.dag_id))
            })?;
            files.push(file(format!("{stem}.zip"), bytes, false));
        }
        CodeForm::Dir | CodeForm::Module => {
            let before = if form == CodeForm::Dir { format!("{stem}_code/") } else { String::new() };
            let entries = package.entries.iter();
            files.extend(
                entries.map(|entry| {
                    file(format!("{before}{}", entry.path), entry.bytes.clone(), entry.executable)
                }),
            );
        }
        CodeForm::None => {}
    }
    if let Some(requirements) = &package.requirements {
        files.push(file(format!("{stem}.requirements.txt"), requirements.clone().into_bytes(), false));
    }
    Ok(files)
}

/// Writes those that are not there yet.
pub(super) fn write(folder: &Path, files: &[CodeFile]) -> std::io::Result<()> {
    for file in files.iter().filter(|file| !file.is_there) {
        let path = folder.join(&file.name);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent)?;
        write_whole(parent, &path, &file.bytes, if file.executable { 0o777 } else { 0o666 })?;
    }
    Ok(())
}
