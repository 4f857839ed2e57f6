//! Follows old import paths to the classes of today, through re-exports, tables of old names and deprecated classes of many
//! packages, and writes them as `src/catalog/data/moved.txt`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{self, Write as _};

use ruff_python_ast::Stmt;

use super::by_hand::Row;
use super::deprecation;
use super::module::Module;
use super::names::{Binding, Names};
use super::operators::{self, Operator};
use super::release::{Class, Found, Release};

/// How one path leads to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    /// Another path of the same class, without a word of deprecation.
    Also,
    /// The same class under the same name.
    Moved,
    /// The same class under another name, or a deprecated class that only renames its base.
    Renamed,
    /// The class that a notice names instead.
    Replaced,
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Also => "also",
            Self::Moved => "moved",
            Self::Renamed => "renamed",
            Self::Replaced => "replaced",
        })
    }
}

/// A step from one path to another.
#[derive(Debug, Clone)]
struct Step {
    to: String,
    how: How,
    pin: String,
}

/// Where an old path leads.
#[derive(Debug, Clone)]
pub(crate) struct Move {
    /// The present path.
    pub(crate) to: String,
    /// How it came there.
    pub(crate) how: How,
    /// The package that says so.
    pub(crate) pin: String,
    /// All paths on the way, the old one first, without the present one.
    pub(crate) via: Vec<String>,
}

/// What became of a path.
#[derive(Debug, Clone)]
pub(crate) enum Fate {
    /// It leads to a class of today.
    Leads(Move),
    /// It was an operator and has no successor; the last package that had it.
    Gone(String),
}

/// The steps that packages of the past and the present show.
pub(crate) struct History<'r, 'a> {
    now: &'r Release<'a>,
    operators: &'r BTreeMap<String, Operator>,
    /// The steps from each path, the oldest first.
    steps: HashMap<String, Vec<Step>>,
    /// The only class that a module imports which does nothing but import, and the package of the module.
    sole: HashMap<String, (String, String)>,
    /// The last package in which a path was that of an operator.
    last: BTreeMap<String, String>,
    seen: BTreeSet<String>,
}

impl<'r, 'a> History<'r, 'a> {
    /// An empty history that ends with `now`.
    pub(crate) fn new(now: &'r Release<'a>, operators: &'r BTreeMap<String, Operator>) -> Self {
        let (last, seen) = (BTreeMap::new(), BTreeSet::new());
        Self { now, operators, steps: HashMap::new(), sole: HashMap::new(), last, seen }
    }

    /// Adds what the packages of a release show. Releases are added from the oldest to the newest.
    pub(crate) fn add(&mut self, release: &Release<'_>) {
        let fresh: Vec<&Module> =
            release.modules().filter(|module| !self.seen.contains(&module.pin)).collect();
        for module in &fresh {
            let names = release.names_of(module);
            let is_shim = is_shim(&names);
            let mut imported = Vec::new();
            for (name, bindings) in &names.bindings {
                let path = format!("{}.{name}", module.name);
                match release.lookup(&module.name, name, 0) {
                    Some(Found::Class(class)) if class.path() == path => self.add_class(release, class),
                    Some(Found::Class(class)) => {
                        let renamed = bindings.iter().any(|binding| matches!(binding, Binding::Value(_)));
                        let from_table = bindings.iter().any(|binding| matches!(binding, Binding::Path(_)));
                        imported.push(class.path());
                        if is_shim || renamed || from_table {
                            let is_operator = operators::is_operator(release, class);
                            self.add_alias(path, class.path(), &module.pin, is_operator, false);
                        }
                    }
                    _ => {}
                }
            }
            if let [only] = &imported[..]
                && is_shim
            {
                self.sole.insert(module.name.clone(), (only.clone(), module.pin.clone()));
            }
            for star in names.stars.iter().filter(|_| is_shim).filter_map(|star| release.module(star)) {
                for name in release.names_of(star).bindings.keys() {
                    if let Some(Found::Class(class)) = release.lookup(&star.name, name, 0)
                        && class.module.name == star.name
                    {
                        let is_operator = operators::is_operator(release, class);
                        let path = format!("{}.{name}", module.name);
                        self.add_alias(path, class.path(), &module.pin, is_operator, false);
                    }
                }
            }
        }
        for (module, rows) in release.redirects() {
            let parent = module.rsplit_once('.').and_then(|(parent, _)| release.module(parent));
            let Some(parent) = parent.filter(|parent| !self.seen.contains(&parent.pin)) else { continue };
            for (name, path) in rows {
                // The target may be in a package that the release lacks.
                let (to, is_operator) = match release.lookup(module, name, 0) {
                    Some(Found::Class(class)) => (class.path(), operators::is_operator(release, class)),
                    _ => (path.to_owned(), false),
                };
                self.add_alias(format!("{module}.{name}"), to, &parent.pin, is_operator, true);
            }
        }
        self.seen.extend(fresh.iter().map(|module| module.pin.clone()));
    }

    /// Adds what is written down by hand.
    pub(crate) fn add_by_hand(&mut self, rows: &[Row]) {
        for row in rows {
            if let Row::Class { old, new, how, pin } = row {
                self.step(old.clone(), Step { to: new.clone(), how: *how, pin: pin.clone() });
            }
        }
    }

    fn add_class<'b>(&mut self, release: &Release<'b>, class: Class<'b>) {
        let path = class.path();
        let notice = deprecation::class_notice(release, class);
        let is_operator = operators::is_operator(release, class);
        if is_operator {
            self.last.insert(path.clone(), class.module.pin.clone());
        }
        let ancestors: Vec<Class<'b>> = release.mro(class).into_iter().skip(1).collect();
        if let Some(base) = ancestors.first()
            && base.def.name.as_str() == class.def.name.as_str()
            && class.def.body.iter().all(|member| member.is_pass_stmt() || is_docstring(member))
        {
            self.add_alias(path.clone(), base.path(), &class.module.pin, false, true);
        }
        let Some(words) = notice else { return };
        let fits = |path: &String| {
            !is_operator
                || self.operators.contains_key(path)
                || matches!(release.find(path), Some(Found::Class(class)) if operators::is_operator(release, class))
        };
        let named = words.iter().filter_map(|word| self.named(release, class, word)).find(fits);
        let only_renames = release.members(class).iter().all(|(member, _)| match member {
            Stmt::FunctionDef(method) => method.name.as_str() == "__init__",
            _ => true,
        });
        let step = match (named, ancestors.first()) {
            (Some(to), _) if ancestors.iter().any(|ancestor| ancestor.path() == to) => {
                let how = if only_renames { How::Renamed } else { How::Replaced };
                Some((to, how))
            }
            (Some(to), _) => Some((to, How::Replaced)),
            (None, Some(base)) if only_renames && !base.def.name.starts_with("Base") => {
                Some((base.path(), How::Renamed))
            }
            (None, _) => None,
        };
        if let Some((to, how)) = step
            && to != path
        {
            self.step(path, Step { to, how, pin: class.module.pin.clone() });
        }
    }

    /// The path of the class that a word of a notice names.
    fn named<'b>(&self, release: &Release<'b>, class: Class<'b>, word: &str) -> Option<String> {
        let (_, name) = word.rsplit_once('.').unwrap_or(("", word));
        if !name.starts_with(|first: char| first.is_ascii_uppercase()) || name == name.to_ascii_uppercase() {
            return None;
        }
        if word.contains('.') {
            let word = match word.strip_prefix("providers.") {
                Some(_) => format!("airflow.{word}"),
                None => word.to_owned(),
            };
            let found = match release.find(&word) {
                Some(Found::Class(class)) => Some(class.path()),
                _ if self.operators.contains_key(&word) => Some(word),
                _ => self.operator_of(provider(&word), name).map(str::to_owned),
            };
            return found.filter(|found| *found != class.path());
        }
        if name == class.def.name.as_str() {
            return None;
        }
        match release.lookup(&class.module.name, word, 0) {
            Some(Found::Class(class)) => Some(class.path()),
            _ => self.operator_of(provider(&class.module.name), word).map(str::to_owned),
        }
    }

    /// The only operator of a provider with this name.
    fn operator_of(&self, provider: &str, name: &str) -> Option<&str> {
        let mut found = self.operators.keys().filter(|path| {
            path.rsplit_once('.').is_some_and(|(_, own)| own == name) && path.starts_with(provider)
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    fn add_alias(&mut self, path: String, to: String, pin: &str, is_operator: bool, old: bool) {
        if path == to || path.contains(".version_compat.") {
            return;
        }
        if is_operator {
            self.last.insert(path.clone(), pin.to_owned());
        }
        let same_name = name_of(&path) == name_of(&to);
        let how = match (old, same_name) {
            (false, _) => How::Also,
            (true, true) => How::Moved,
            (true, false) => How::Renamed,
        };
        self.step(path, Step { to, how, pin: pin.to_owned() });
    }

    fn step(&mut self, path: String, step: Step) {
        self.steps.entry(path).or_default().push(step);
    }

    /// Where a path leads, the newest steps first.
    fn follow(&self, path: &str, via: &mut Vec<String>) -> Option<Move> {
        if self.is_present(path) {
            return Some(Move { to: path.to_owned(), how: How::Also, pin: String::new(), via: via.clone() });
        }
        if via.len() > 12 || via.iter().any(|passed| passed == path) {
            return None;
        }
        via.push(path.to_owned());
        let found = self.steps.get(path).into_iter().flatten().rev().find_map(|step| {
            let rest = self.follow(&step.to, via)?;
            let still = step.how == How::Also && self.now.find(path).is_some();
            let how = if still { How::Also } else { step.how.max(How::Moved) };
            Some(Move { how: how.max(rest.how), pin: step.pin.clone(), ..rest })
        });
        let found = found.or_else(|| self.silent(path, via));
        via.pop();
        found
    }

    /// Where an operator's path leads whose class was renamed or moved without a word: to the only class that its module
    /// imported later, or to the only operator of the provider that has its name.
    fn silent(&self, path: &str, via: &mut Vec<String>) -> Option<Move> {
        let last = self.last.get(path)?;
        let (module, name) = path.rsplit_once('.')?;
        if let Some((to, pin)) = self.sole.get(module) {
            let rest = self.follow(to, via)?;
            return Some(Move { how: rest.how.max(How::Moved), pin: pin.clone(), ..rest });
        }
        let is_private = name.starts_with('_');
        let to = self.operator_of(provider(path), name).filter(|_| !is_private)?.to_owned();
        Some(Move { to, how: How::Moved, pin: last.clone(), via: via.clone() })
    }

    fn is_present(&self, path: &str) -> bool {
        match self.now.find(path) {
            Some(Found::Class(class)) => class.path() == path,
            Some(Found::Function(module, function)) => format!("{}.{}", module.name, function.name) == path,
            _ => false,
        }
    }

    /// What became of every path that is not that of the defining module today.
    pub(crate) fn fates(&self) -> BTreeMap<String, Fate> {
        let mut fates = BTreeMap::new();
        let paths: BTreeSet<&String> = self.steps.keys().chain(self.last.keys()).collect();
        for path in paths {
            if self.operators.contains_key(path) {
                continue;
            }
            if let Some(mut found) = self.follow(path, &mut Vec::new()) {
                let to_operator = self.operators.contains_key(&found.to);
                if found.how == How::Moved && name_of(path) != name_of(&found.to) {
                    found.how = How::Renamed;
                }
                let is_public = !name_of(path).starts_with('_');
                if to_operator || (is_public && found.how > How::Also && self.now.find(path).is_none()) {
                    fates.insert(path.clone(), Fate::Leads(found));
                }
            } else if let Some(pin) = self.last.get(path)
                && !name_of(path).starts_with('_')
            {
                fates.insert(path.clone(), Fate::Gone(pin.clone()));
            }
        }
        fates
    }
}

fn is_docstring(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(text) if text.value.is_string_literal_expr())
}

/// Whether a module only hands on what others define.
fn is_shim(names: &Names<'_>) -> bool {
    !names
        .bindings
        .values()
        .flatten()
        .any(|binding| matches!(binding, Binding::Class(_) | Binding::Function(_)))
}

/// The provider that a module is of: `airflow.providers.amazon`; `airflow` for Airflow itself.
fn provider(module: &str) -> &str {
    const DEEPER: [&str; 5] = ["apache", "cncf", "common", "dbt", "microsoft"];
    let Some(rest) = module.strip_prefix("airflow.providers.") else { return "airflow." };
    let parts = rest.split('.');
    let depth = usize::from(parts.clone().next().is_some_and(|first| DEEPER.contains(&first))) + 1;
    let length: usize = parts.take(depth).map(|part| part.len() + 1).sum();
    &module[.."airflow.providers.".len() + length - 1]
}

fn name_of(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(_, name)| name)
}

/// Writes a block for each old path.
pub(crate) fn text(fates: &BTreeMap<String, Fate>) -> String {
    fates.iter().fold(String::new(), |mut text, (old, fate)| {
        let _ = match fate {
            Fate::Leads(to) => writeln!(text, "{old}\n {} {} {}", to.how, to.to, to.pin),
            Fate::Gone(last) => writeln!(text, "{old}\n gone {last}"),
        };
        text
    })
}
