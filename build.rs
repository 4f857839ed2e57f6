//! Takes the target profiles apart, so that a new one is a file of `src/target/profiles` and nothing else and no run reads TOML, and
//! makes the indices by which the texts of the catalogue are searched.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use toml::{Table, Value};

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

/// The tables of a folder as Rust: profiles by their names, each with what it takes over, and the others under those of their files.
fn profiles(folder: &Path) -> String {
    let mut source = String::new();
    let mut profiles = BTreeMap::new();
    for file in files(folder) {
        let text = fs::read_to_string(&file).expect("a table can be read");
        let table: Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        if let Some(name) = table.get("name").and_then(Value::as_str) {
            profiles.insert(name.to_owned(), table);
        } else {
            let name = constant(&file);
            let _ = writeln!(source, "pub(super) static {name}: Plain = {};", plain(&Value::Table(table)));
        }
    }
    let whole = profiles.values().map(|profile| whole(profile, &profiles));
    let (services, others): (Vec<Table>, Vec<Table>) = whole.partition(|table| table.contains_key("service"));
    let mut list = String::new();
    for table in services.into_iter().chain(others) {
        let aliases = table.get("aliases").and_then(Value::as_array).into_iter().flatten();
        let names: Vec<&str> =
            table.get("name").into_iter().chain(aliases).filter_map(Value::as_str).collect();
        let _ = writeln!(
            list,
            "    Embedded {{ names: &{names:?}, table: {} }},",
            plain(&Value::Table(table.clone()))
        );
    }
    let _ = writeln!(source, "pub(super) static PROFILES: &[Embedded] = &[\n{list}];");
    source
}

/// A profile with what it takes over from the one that it extends.
fn whole(profile: &Table, all: &BTreeMap<String, Table>) -> Table {
    let mut own = profile.clone();
    match own.remove("extends") {
        Some(base) => {
            let base = base.as_str().and_then(|base| all.get(base)).expect("a profile extends another one");
            overlay(whole(base, all), own)
        }
        None => own,
    }
}

/// Lays one profile over another: tables are merged, and what has a verdict is replaced whole.
fn overlay(mut base: Table, over: Table) -> Table {
    for (key, value) in over {
        match (base.remove(&key), value) {
            (Some(Value::Table(under)), Value::Table(value)) if !value.contains_key("verdict") => {
                base.insert(key, Value::Table(overlay(under, value)));
            }
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
    base
}

/// A value as an expression of the type `Plain`.
fn plain(value: &Value) -> String {
    match value {
        Value::Boolean(truth) => format!("Plain::Bool({truth})"),
        Value::Integer(number) => format!("Plain::Int({number})"),
        Value::String(text) => format!("Plain::Text({text:?})"),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            format!("Plain::List(&[{}])", items.join(", "))
        }
        Value::Table(table) => {
            let entries: Vec<String> =
                table.iter().map(|(key, value)| format!("({key:?}, {})", plain(value))).collect();
            format!("Plain::Table(&[{}])", entries.join(", "))
        }
        Value::Float(_) | Value::Datetime(_) => panic!("no table holds such a value: {value:?}"),
    }
}

/// The name of a constant for what a file holds.
fn constant(file: &Path) -> String {
    let stem = file.file_stem().expect("a file has a name").to_string_lossy();
    let upper = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    stem.chars().map(upper).collect()
}

/// An index for each text of the catalogue, under the name of its file.
fn indices(folder: &Path) -> String {
    let (mut source, mut all) = (String::new(), String::new());
    for file in files(folder) {
        let text = fs::read_to_string(&file).expect("the catalogue can be read");
        let name = constant(&file);
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
        let _ = writeln!(source, "/// The index of `{}`.", file.file_name().unwrap_or_default().display());
        let _ = writeln!(
            source,
            "pub(in crate::catalog) static {name}: Index = Index {{ starts: &{starts:?}, hashes: &{hashes:?} }};"
        );
        let _ = writeln!(all, "    (include_str!({:?}), &{name}),", file.display().to_string());
    }
    let _ = writeln!(source, "#[cfg(test)]\npub(super) static ALL: &[(&str, &Index)] = &[\n{all}];");
    source
}
