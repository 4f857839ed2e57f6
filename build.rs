//! Lists the target profiles, so that a new one is a file of `src/target/profiles` and nothing else.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let folder =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("src/target/profiles");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the profiles are there")
        .map(|entry| entry.expect("the folder can be read").path())
        // The folder also holds tables that are no profiles: these have no name.
        .filter(|path| {
            let text = fs::read_to_string(path).expect("a profile can be read");
            text.lines().any(|line| line.starts_with("name = "))
        })
        .collect();
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let _ = writeln!(list, "    include_str!({:?}),", file.display().to_string());
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("profiles.rs");
    fs::write(out, list).expect("the build folder can be written");
}
