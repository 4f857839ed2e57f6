//! Follows old import paths of operators to their present classes, and writes them as `src/catalog/data/moved.txt`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::names::Binding;
use super::operators::Operator;
use super::release::{Found, Release};

/// What became of an import path: the words of its line.
pub(crate) type Moves = BTreeMap<String, String>;

/// The paths by which operators can be imported in a release though other modules define them.
pub(crate) fn moves(release: &Release<'_>, operators: &BTreeMap<String, Operator>) -> Moves {
    let mut moves = Moves::new();
    let mut add = |module: &str, name: &str, pin: &str, still: bool| {
        let old = format!("{module}.{name}");
        let Some(Found::Class(class)) = release.lookup(module, name, 0) else { return };
        let new = class.path();
        if new != old && operators.contains_key(&new) {
            let how = if still {
                "also"
            } else if class.def.name.as_str() == name {
                "moved"
            } else {
                "renamed"
            };
            moves.insert(old, format!("{how} {new} {pin}"));
        }
    };
    for module in release.modules() {
        let names = release.names(&module.name);
        let defines = names.bindings.values().flatten().any(|binding| matches!(binding, Binding::Class(_)));
        if !defines && !module.name.ends_with("version_compat") {
            for name in names.bindings.keys() {
                add(&module.name, name, &module.pin, true);
            }
        }
    }
    for (module, rows) in release.redirects() {
        let parent = module.rsplit_once('.').and_then(|(parent, _)| release.module(parent));
        for (name, _) in rows {
            add(module, name, parent.map_or("", |parent| &parent.pin), false);
        }
    }
    moves
}

/// Writes a block for each old path.
pub(crate) fn text(moves: &Moves) -> String {
    moves.iter().fold(String::new(), |mut text, (old, line)| {
        let _ = writeln!(text, "{old}\n {line}");
        text
    })
}
