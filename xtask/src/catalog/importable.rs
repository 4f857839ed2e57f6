//! Which modules and names can be imported from Airflow itself, written as `src/catalog/data/airflow-*.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::module::Module;
use super::release::{Found, Release};

/// The public names by module, of the modules that `own` holds to be Airflow's, and of those that exist only in tables.
pub(crate) fn importable(
    release: &Release<'_>,
    own: impl Fn(&Module) -> bool,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for module in release.modules().filter(|module| own(module)) {
        let mut names = BTreeSet::new();
        collect(release, module, &mut names, 0);
        modules.insert(module.name.clone(), names);
    }
    for (module, rows) in release.redirects() {
        modules.entry(module.to_owned()).or_default().extend(rows.map(|(name, _)| name.to_owned()));
    }
    modules
}

fn collect(release: &Release<'_>, module: &Module, into: &mut BTreeSet<String>, depth: u8) {
    let names = release.names_of(module);
    for name in names.bindings.keys() {
        let inside = !matches!(release.lookup(&module.name, name, 0), None | Some(Found::Outside(_)));
        if inside && !name.starts_with('_') {
            into.insert(name.clone());
        }
    }
    for star in names.stars.iter().filter_map(|star| release.module(star)) {
        if depth < 5 {
            collect(release, star, into, depth + 1);
        }
    }
}

/// Writes a block for each module: its name, and on the next line its public names.
pub(crate) fn text(modules: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut text = String::new();
    for (module, names) in modules {
        let _ = writeln!(text, "{module}");
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let _ = writeln!(text, " {}", names.join(" "));
        }
    }
    text
}
