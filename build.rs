//! Lists the target profiles, so that a new one is a file of `src/target/profiles` and nothing else, and makes the indices by
//! which the texts of the catalogue are searched.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

// The build script and the program must hash alike.
#[path = "src/catalog/hash.rs"]
mod hash;

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let write = |name: &str, text: String| {
        fs::write(out.join(name), text).expect("the build folder can be written");
    };
    write("profiles.rs", profiles(&root.join("src/target/profiles")));
    write("indices.rs", indices(&root.join("src/catalog/data")));
    println!("cargo::rerun-if-changed=src/catalog/hash.rs");
}

/// The files of a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    files.sort();
    files
}

fn profiles(folder: &Path) -> String {
    let mut list = String::from("&[\n");
    for file in files(folder) {
        // The folder also holds tables that are no profiles: these have no name.
        let text = fs::read_to_string(&file).expect("a profile can be read");
        if text.lines().any(|line| line.starts_with("name = ")) {
            let _ = writeln!(list, "    include_str!({:?}),", file.display().to_string());
        }
    }
    list.push_str("]\n");
    list
}

/// An index for each text of the catalogue, under the name of its file.
fn indices(folder: &Path) -> String {
    let (mut source, mut all) = (String::new(), String::new());
    for file in files(folder) {
        let text = fs::read_to_string(&file).expect("the catalogue can be read");
        let stem = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let name: String = stem
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
            .collect();
        let mut at = 0;
        let (mut starts, mut hashes) = (Vec::new(), Vec::new());
        for line in text.split_inclusive('\n') {
            if !line.starts_with(' ') {
                hashes.push((hash::hash(line.trim_end_matches('\n')), starts.len()));
                starts.push(at);
            }
            at += line.len();
        }
        hashes.sort_unstable();
        let _ = writeln!(source, "/// The index of `{stem}.txt`.");
        let _ = writeln!(
            source,
            "pub(in crate::catalog) static {name}: Index = Index {{ starts: &{starts:?}, hashes: &{hashes:?} }};"
        );
        let _ = writeln!(all, "    (include_str!({:?}), &{name}),", file.display().to_string());
    }
    let _ = writeln!(source, "#[cfg(test)]\npub(super) static ALL: &[(&str, &Index)] = &[\n{all}];");
    source
}
