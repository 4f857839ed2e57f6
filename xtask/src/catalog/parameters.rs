//! Compares what operators, DAGs and task groups took in the packages of the past with what they take today, and writes what
//! became of each parameter as `src/catalog/data/parameters.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use ruff_python_ast::StmtFunctionDef;

use super::by_hand::Row;
use super::constructors;
use super::deprecation::{self, Successor};
use super::moves::{Fate, How};
use super::names::Binding;
use super::operators::Operator;
use super::packages::Package;
use super::release::{Class, Release};
use super::signature::{self, Default, Parameters};

/// What became of the parameters of one class.
#[derive(Debug, Default)]
struct Rows {
    /// By old name: what it is now, and the first package looked at that no longer takes it.
    moved: BTreeMap<String, (Option<Successor>, String)>,
    /// What a deprecated class gave its successor where the caller gave nothing: name and default.
    filled: BTreeMap<String, Default>,
    /// The classes on the way to the present one, whose rows count as well.
    via: Vec<String>,
}

/// The rows of all classes.
pub(crate) struct History<'h> {
    packages: &'h [Package],
    operators: &'h BTreeMap<String, Operator>,
    fates: &'h BTreeMap<String, Fate>,
    rows: BTreeMap<String, Rows>,
}

impl<'h> History<'h> {
    /// An empty history.
    pub(crate) fn new(
        packages: &'h [Package],
        operators: &'h BTreeMap<String, Operator>,
        fates: &'h BTreeMap<String, Fate>,
    ) -> Self {
        Self { packages, operators, fates, rows: BTreeMap::new() }
    }

    /// Adds the parameters of a release of the past. Releases are added from the newest to the oldest.
    pub(crate) fn add(&mut self, release: &Release<'_>, base_operator: &Parameters) {
        let mut modules: BTreeSet<&str> = self.operators.keys().filter_map(|path| module_of(path)).collect();
        modules.extend(self.fates.keys().filter_map(|path| module_of(path)));
        for module in modules.into_iter().filter_map(|module| release.module(module)) {
            for bindings in release.names_of(module).bindings.values() {
                if let Some(Binding::Class(def)) = bindings.first() {
                    self.add_class(release, Class { module, def }, base_operator);
                }
            }
        }
    }

    fn add_class<'a>(&mut self, release: &Release<'a>, class: Class<'a>, base_operator: &Parameters) {
        let path = class.path();
        let (target, is_alias) = match self.fates.get(&path) {
            Some(Fate::Leads(to)) if to.how < How::Replaced => (&to.to, true),
            Some(_) => return,
            None => (&path, false),
        };
        let Some(target) = self.operators.get(target).map(|operator| &operator.signature) else { return };
        if class.path() == signature::BASE_OPERATOR[0] {
            return;
        }
        let taken = |name: &str| {
            target.parameters.contains_key(name)
                || (target.base && base_operator.contains_key(name) && !target.filled.contains(name))
        };
        let own = signature::signature(release, class);
        let is_new = !self.rows.contains_key(&path);
        for name in own.parameters.keys().filter(|name| !taken(name)) {
            let known = self.rows.get(&path).and_then(|rows| rows.moved.get(name));
            if known.is_some_and(|(successor, _)| successor.is_some()) {
                continue;
            }
            let function = constructor_of(release, class, name);
            let successor = function.and_then(|function| deprecation::successor(function, name, &taken));
            let since = known.map_or_else(|| self.after(&class.module.pin), |(_, since)| since.clone());
            self.rows.entry(path.clone()).or_default().moved.insert(name.clone(), (successor, since));
        }
        if is_alias && is_new && deprecation::class_notice(release, class).is_some() {
            let mut filled = BTreeMap::new();
            if let Some(function) = release.method(class, "__init__") {
                for (name, default) in deprecation::filled(release, class, function, &taken) {
                    if target.parameters.get(&name) != Some(&Some(default.clone())) {
                        filled.insert(name, default);
                    }
                }
            }
            if !filled.is_empty() {
                self.rows.entry(path).or_default().filled = filled;
            }
        }
    }

    /// Adds what `DAG`, `TaskGroup` and `BaseOperator` took in a release of the past.
    pub(crate) fn add_constructors(&mut self, release: &Release<'_>, now: &Release<'_>, pin: &str) {
        for (_, paths) in constructors::CLASSES {
            let before = paths.iter().find_map(|path| constructors::class(release, path));
            let after = paths.iter().find_map(|path| constructors::class(now, path));
            let (Some(before), Some(after)) = (before, after) else { continue };
            let taken = constructors::parameters(now, after);
            let present = |name: &str| taken.contains_key(name);
            let Some(function) = release.method(before, "__init__") else { continue };
            for name in constructors::parameters(release, before).keys().filter(|name| !present(name)) {
                let since = self.after(pin);
                let rows = self.rows.entry(after.path()).or_default();
                let known = rows.moved.get(name);
                if known.is_some_and(|(successor, _)| successor.is_some()) {
                    continue;
                }
                let since = known.map_or(since, |(_, since)| since.clone());
                let successor = deprecation::successor(function, name, &present);
                rows.moved.insert(name.clone(), (successor, since));
            }
        }
    }

    /// Adds what is written down by hand.
    pub(crate) fn add_by_hand(&mut self, rows: &[Row]) {
        for row in rows {
            if let Row::Parameter { class, old, successor, pin } = row {
                let row = (Some(successor.clone()), pin.clone());
                self.rows.entry(class.clone()).or_default().moved.insert(old.clone(), row);
            }
        }
    }

    /// The next version of a package among those looked at; for Airflow itself, the core of today.
    fn after(&self, pin: &str) -> String {
        let package = self.packages.iter().find(|package| package.pin() == pin);
        let Some(package) = package else { return pin.to_owned() };
        let versions = self.packages.iter().filter(|other| other.name == package.name);
        let later = versions.filter(|other| version(other) > version(package));
        let next = later.min_by_key(|other| version(other));
        let core = || self.packages.iter().find(|other| other.name == "apache-airflow-core");
        next.or_else(core).map_or_else(|| pin.to_owned(), Package::pin)
    }

    /// Writes a block for each class whose parameters changed, by the path that it had then. Its lines are
    ///
    /// - `@ path`: the rows of that class count as well;
    /// - `old > new package`: the value goes on under a new name, as it is;
    /// - `old ~ new package`: the value, changed, goes on under a new name, or the notice names it;
    /// - `old ! package`: it is taken no longer;
    /// - `name = literal`: what the class of the old path gave where the caller gave nothing.
    ///
    /// The package is the first of those looked at that no longer takes the parameter.
    pub(crate) fn text(mut self) -> String {
        for (path, fate) in self.fates {
            let Fate::Leads(to) = fate else { continue };
            let via = to.via.iter().filter(|via| *via != path && self.rows.contains_key(*via));
            let via: Vec<String> = via.cloned().collect();
            if !via.is_empty() && to.how < How::Replaced {
                self.rows.entry(path.clone()).or_default().via = via;
            }
        }
        let mut text = String::new();
        for (path, rows) in &self.rows {
            let _ = writeln!(text, "{path}");
            for via in &rows.via {
                let _ = writeln!(text, " @ {via}");
            }
            for (old, (successor, since)) in &rows.moved {
                let _ = match successor {
                    Some(Successor::Same(new)) => writeln!(text, " {old} > {new} {since}"),
                    Some(Successor::Other(new)) => writeln!(text, " {old} ~ {new} {since}"),
                    None => writeln!(text, " {old} ! {since}"),
                };
            }
            for (name, default) in &rows.filled {
                if let Default::Literal(literal) = default {
                    let _ = writeln!(text, " {name} = {literal}");
                }
            }
        }
        text
    }
}

/// The constructor that names a parameter, of a class or its nearest ancestor.
fn constructor_of<'a>(release: &Release<'a>, class: Class<'a>, name: &str) -> Option<&'a StmtFunctionDef> {
    release.mro(class).into_iter().find_map(|class| {
        let function = release.method(class, "__init__")?;
        signature::constructor(release, class, function).contains_key(name).then_some(function)
    })
}

fn module_of(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(module, _)| module)
}

fn version(package: &Package) -> Vec<u64> {
    package.version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}
