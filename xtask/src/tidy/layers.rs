//! Which module of `src/` may use which, and which may touch the world outside.

use super::{Files, Finding};

/// The layers of the library, lowest first: each module with those of its own layer that it may use beside all lower ones.
const LAYERS: &[&[(&str, &[&str])]] = &[
    &[
        // A source file keeps its syntax tree.
        ("source", &["diagnostic", "datum", "map", "parse"]),
        ("diagnostic", &["source", "datum"]),
        ("datum", &["source", "diagnostic"]),
        ("map", &[]),
        ("parse", &[]),
    ],
    &[("dag", &[]), ("value", &["eval"]), ("eval", &["value"]), ("catalog", &[]), ("policy", &[])],
    // Python's `yaml` module is read by the reader of definitions.
    &[
        ("target", &["yaml"]),
        ("yaml", &["target"]),
        ("airflow", &["modules"]),
        ("modules", &["airflow", "yaml"]),
    ],
    &[("package", &[])],
    &[("convert", &["validate"]), ("validate", &[]), ("compare", &[])],
    &[("cli", &[])],
];

/// The modules that may read and write files.
const READERS: &[&str] = &["source", "cli", "main"];

/// What reads the disk, starts programs or speaks to the network.
const DISK: &[&str] =
    &["std::fs", "fs::read", "fs::write", ".canonicalize()", ".read_dir()", ".try_exists()"];
const NEVER: &[&str] = &["process::Command", "std::net"];

/// Finds uses that the layers forbid, in the code of the library outside its unit tests.
pub(super) fn check(files: &Files, findings: &mut Vec<Finding>) {
    for (path, text) in files {
        let Some(module) = module_of(path) else { continue };
        if module != "lib" && module != "main" && layer(module).is_none() {
            findings.push(Finding::new(
                path,
                0,
                format!("`{module}` has no layer in xtask/src/tidy/layers.rs"),
            ));
        }
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        for (at, used) in uses(code) {
            if !may_use(module, used) {
                findings.push(Finding::new(path, line(code, at), format!("`{module}` may not use `{used}`")));
            }
        }
        for (index, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            let word = NEVER.iter().chain(DISK.iter().filter(|_| !READERS.contains(&module)));
            if let Some(word) = word.into_iter().find(|word| line.contains(**word)) {
                findings.push(Finding::new(path, index + 1, format!("`{module}` may not use `{word}`")));
            }
        }
    }
}

/// The top module of a source file of the library: `eval` of `src/eval/stmt.rs`.
fn module_of(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    rest.split('/').next()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.iter().any(|(name, _)| *name == module))
}

fn may_use(module: &str, used: &str) -> bool {
    let (Some(own), Some(other)) = (layer(module), layer(used)) else {
        // `lib` and `main` hook all together; a name that is no module is an item of `lib`.
        return true;
    };
    let beside = LAYERS[own]
        .iter()
        .find(|(name, _)| *name == module)
        .is_some_and(|(_, beside)| beside.contains(&used));
    module == used || other < own || beside
}

/// The names right behind `crate::`, braces opened, each with its place.
fn uses(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let begin = at + start.len();
        let rest = &code[begin..];
        if !rest.starts_with('{') {
            found.push((begin, name_at(rest)));
            continue;
        }
        let (mut depth, mut expects_name) = (0_usize, true);
        for (offset, character) in rest.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth <= 1 => break,
                '}' => depth -= 1,
                ',' if depth == 1 => expects_name = true,
                _ if depth == 1 && expects_name && is_name(character) => {
                    found.push((begin + offset, name_at(&rest[offset..])));
                    expects_name = false;
                }
                _ => {}
            }
        }
    }
    found
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn name_at(text: &str) -> &str {
    &text[..text.find(|character| !is_name(character)).unwrap_or(text.len())]
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<usize> {
        let files = Files::from([(path.to_owned(), text.to_owned())]);
        let mut findings = Vec::new();
        check(&files, &mut findings);
        findings.into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn sees_uses_behind_braces() {
        let names: Vec<&str> =
            uses("use crate::{\n    dag::{Dag, Task},\n    eval, cli::x};\ncrate::yaml::write()")
                .iter()
                .map(|u| u.1)
                .collect();
        assert_eq!(names, ["dag", "eval", "cli", "yaml"]);
    }

    #[test]
    fn lower_layers_do_not_know_higher_ones() {
        assert!(found("src/eval/stmt.rs", "use crate::value::Value;\nuse crate::source::Span;\n").is_empty());
        assert_eq!(found("src/eval/stmt.rs", "use crate::source::Span;\nuse crate::dag::Dag;\n"), [2]);
        assert_eq!(found("src/yaml.rs", "use crate::airflow::x;\n"), [1]);
        assert_eq!(found("src/datum.rs", "fn f(x: crate::cli::Cli) {}\n"), [1]);
        assert!(found("src/main.rs", "use dag_converter::cli;\n").is_empty());
        assert!(
            found("src/eval.rs", "fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::airflow;\n}\n")
                .is_empty()
        );
    }

    #[test]
    fn the_map_of_the_library_shows_these_layers() {
        let map = std::fs::read_to_string(crate::project::root().join("src/lib.rs")).expect("the map");
        let mut shown = Vec::new();
        for row in map.lines().filter_map(|line| line.strip_prefix("//! | ")) {
            let mut columns = row.split(" | ");
            let Some(Ok(layer)) = columns.next().map(str::parse::<usize>) else { continue };
            let names = columns.next().expect("a column of modules");
            shown
                .extend(names.split(", ").map(|name| (layer, name.trim_matches(['[', ']', '`']).to_owned())));
        }
        let held = LAYERS.iter().enumerate();
        let mut held: Vec<(usize, String)> = held
            .flat_map(|(layer, modules)| modules.iter().map(move |(name, _)| (layer, (*name).to_owned())))
            .collect();
        shown.sort();
        held.sort();
        assert_eq!(shown, held);
    }

    #[test]
    fn a_new_module_needs_a_layer() {
        assert_eq!(found("src/novel.rs", ""), [0]);
    }

    #[test]
    fn few_may_read_the_disk() {
        assert_eq!(found("src/yaml/write.rs", "use std::fs;\n"), [1]);
        assert!(found("src/source/discover.rs", "use std::fs;\n").is_empty());
        assert_eq!(found("src/cli/convert.rs", "std::process::Command::new(\"python3\");\n"), [1]);
        assert!(found("src/eval.rs", "//! Never touches `std::fs`.\n").is_empty());
    }
}
