//! The part of a DAG file that callables reach: from names to the statements that bind them, and on to the names that those read.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use ruff_python_ast::{Alias, AnyNodeRef, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::literal::{literal, quoted};
use super::text::{column, cut, line_start, literals, with_comments, without_decorators};
use super::units::{Unit, Units};
use crate::dag::{Built, ModuleNames, Standing};
use crate::diagnostic::{Diagnostic, codes};
use crate::parse::names::FreeName;
use crate::source::{SourceFile, Span};

/// The names with which code looks others up when it runs, so that what it reaches is not known.
const LOOKUPS: &[&str] = &["globals", "eval", "exec"];

/// Builtins that make values of what they are given, and of nothing else.
const MAKERS: &[&str] =
    &["dict", "enumerate", "len", "list", "range", "set", "sorted", "str", "tuple", "zip"];

/// What callables reach.
pub(super) struct Slice<'a> {
    file: &'a SourceFile,
    units: &'a Units<'a>,
    names: &'a ModuleNames,
    kept: BTreeSet<usize>,
    /// The reached names, with the place that asks for each.
    pub(super) reached: BTreeMap<String, TextRange>,
    /// Expressions for what only building a DAG makes, and code reads no more of than is known, by name.
    stand_ins: BTreeMap<String, String>,
    pub(super) findings: Vec<Diagnostic>,
}

impl<'a> Slice<'a> {
    pub(super) fn new(file: &'a SourceFile, units: &'a Units<'a>, names: &'a ModuleNames) -> Self {
        let (kept, reached, stand_ins) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
        Self { file, units, names, kept, reached, stand_ins, findings: Vec::new() }
    }

    /// Takes in a name and all that it reaches. `is_task` where the name is a callable of a task itself.
    pub(super) fn reach(&mut self, name: &str, at: TextRange, is_task: bool) {
        self.reach_all(vec![(FreeName { name: name.to_owned(), range: at, only: None }, is_task)]);
    }

    /// Takes in what code reads from the module around it.
    pub(super) fn reach_free(&mut self, free: &FreeName) {
        self.reach_all(vec![(free.clone(), false)]);
    }

    fn reach_all(&mut self, mut open: Vec<(FreeName, bool)>) {
        while let Some((FreeName { name, range: at, only }, is_task)) = open.pop() {
            if let Some(Standing::Built(Built { named: Some(named), .. })) = self.names.standing(&name)
                && only == Some(named.0)
            {
                self.stand_ins.insert(name, format!("_Named({}={})", named.0, quoted(&named.1)));
                continue;
            }
            if !is_task && let Some(value) = self.made_of_tasks(&name) {
                self.stand_ins.insert(name, value);
                continue;
            }
            if self.reached.contains_key(&name) && !is_task {
                continue;
            }
            self.reached.insert(name.clone(), at);
            if !is_task && let Some(finding) = self.untravelled(&name, at) {
                self.findings.push(finding);
                continue;
            }
            // What is called of a function under `@task` (`f.expand(…)`) makes tasks, and changes nothing of it.
            let makes_tasks = matches!(self.names.standing(&name), Some(Standing::TaskFunction));
            for (index, unit) in self.units.all.iter().enumerate() {
                let acts = unit.acts_on.contains(&name) && !(makes_tasks && unit.stmt.is_expr_stmt());
                let wanted = unit.binds.contains(&name) || acts;
                if wanted && self.kept.insert(index) {
                    open.extend(reads(unit));
                }
            }
            if !self.units.all.iter().any(|unit| unit.binds.contains(&name)) {
                self.star_imports();
            }
        }
    }

    /// Why a name that code reaches cannot come along.
    fn untravelled(&self, name: &str, at: TextRange) -> Option<Diagnostic> {
        let span = Span::new(self.file.id(), at);
        let error = |message: String| Diagnostic::error(codes::NOT_PORTABLE, span, message);
        match self.names.standing(name) {
            Some(Standing::Built(Built { what, .. })) => Some(
                error(format!("the function uses `{name}`, {what}, which is not there when the task runs"))
                    .help("hand it what it needs as an argument (`op_kwargs`), or take it from the context"),
            ),
            Some(Standing::TaskFunction) => Some(
                error(format!("the function uses `{name}`, which makes a task where it is called"))
                    .help("call a plain function, which both can share"),
            ),
            None if LOOKUPS.contains(&name) => Some(error(format!(
                "`{name}` looks names up when the code runs, so which ones come along cannot be told"
            ))),
            Some(Standing::Data(_) | Standing::Module(_) | Standing::Unknown(_)) | None => None,
        }
    }

    fn star_imports(&mut self) {
        let is_star = |unit: &Unit<'_>| matches!(unit.stmt, Stmt::ImportFrom(node) if node.names.iter().any(|alias| alias.name.as_str() == "*"));
        let stars: Vec<usize> = self
            .units
            .all
            .iter()
            .enumerate()
            .filter(|(_, unit)| is_star(unit))
            .map(|(index, _)| index)
            .collect();
        self.kept.extend(stars);
    }

    /// Takes in what acts on imported modules as a whole (`os.environ[…] = …`, `warnings.filterwarnings(…)`): code that is
    /// reached may depend on it, though it names nothing of it.
    pub(super) fn reach_effects(&mut self) {
        for index in 0..self.units.all.len() {
            let unit = &self.units.all[index];
            let acts_outside = unit.acts_on.iter().any(|name| {
                self.units.imported.get(name).is_some_and(|path| {
                    let top = path.split('.').next().unwrap_or(path);
                    !path.starts_with('.')
                        && !matches!(top, "airflow" | "sys" | "logging" | "dagfactory")
                        && crate::modules::is_stdlib(top)
                })
            });
            let is_simple =
                matches!(unit.stmt, Stmt::Expr(_) | Stmt::Assign(_) | Stmt::AugAssign(_) | Stmt::Delete(_));
            let builds = unit.reads.iter().any(|free| {
                matches!(self.names.standing(&free.name), Some(Standing::Built(_) | Standing::TaskFunction))
            });
            if acts_outside && is_simple && !builds && self.kept.insert(index) {
                self.reach_all(reads(unit));
            }
        }
    }

    /// The kept statements as a module.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        let mut before: Option<(&Stmt, TextRange)> = None;
        let future = |stmt: &Stmt| matches!(stmt, Stmt::ImportFrom(node) if node.module.as_ref().is_some_and(|name| name.as_str() == "__future__"));
        for (index, unit) in self.units.all.iter().enumerate() {
            let is_future = future(unit.stmt);
            if !is_future && !self.kept.contains(&index) {
                continue;
            }
            let Some((range, text)) = self.unit_text(unit.stmt, is_future) else { continue };
            if let Some((last, last_range)) = before {
                out.push_str(&"\n".repeat(1 + self.blank_lines(last, last_range, unit.stmt, range)));
            }
            out.push_str(&text);
            before = Some((unit.stmt, range));
        }
        if before.is_some() {
            out.push('\n');
        }
        out
    }

    /// The literal of plain data that one statement makes of tasks and DAGs: a text with the result of a task, a list of ids.
    fn made_of_tasks(&self, name: &str) -> Option<String> {
        let Some(Standing::Data(value)) = self.names.standing(name) else { return None };
        let is_built = |free: &FreeName| matches!(self.names.standing(&free.name), Some(Standing::Built(_)));
        let holds = self.assigned(name)?.reads.iter().any(is_built) && self.is_of_this_file(name, 0);
        if holds { literal(value) } else { None }
    }

    /// The assignment that alone binds a name, whose value nothing changes in its place.
    fn assigned(&self, name: &str) -> Option<&Unit<'a>> {
        let concerned =
            |unit: &&Unit<'_>| unit.binds.contains(name) || unit.acts_on.iter().any(|acted| acted == name);
        let mut units = self.units.all.iter().filter(concerned);
        let only = units.next().filter(|unit| matches!(unit.stmt, Stmt::Assign(_) | Stmt::AnnAssign(_)));
        only.filter(|_| units.next().is_none())
    }

    /// Whether a value is made of nothing but literals, tasks and DAGs: what is read from outside stays in the code, where its rules
    /// find it.
    fn is_of_this_file(&self, name: &str, depth: usize) -> bool {
        let Some(unit) = self.assigned(name).filter(|_| depth < 20) else { return false };
        unit.reads.iter().all(|free| match self.names.standing(&free.name) {
            Some(Standing::Built(_)) => true,
            Some(Standing::Data(_)) => self.is_of_this_file(&free.name, depth + 1),
            Some(Standing::Module(_) | Standing::TaskFunction | Standing::Unknown(_)) => false,
            None => MAKERS.contains(&free.name.as_str()),
        })
    }

    /// The statements that bind the stand-ins, those of ids by a class of their own.
    pub(super) fn stand_ins(&self) -> Option<String> {
        let made: Vec<String> =
            self.stand_ins.iter().map(|(name, made)| format!("{name} = {made}")).collect();
        (!made.is_empty()).then(|| made.join("\n"))
    }

    /// How many lines are left blank between two statements: as many as the file has where they are neighbours.
    fn blank_lines(&self, last: &Stmt, last_range: TextRange, stmt: &Stmt, range: TextRange) -> usize {
        let between =
            self.file.text().get(last_range.end().to_usize()..range.start().to_usize()).unwrap_or_default();
        let is_block = |stmt: &Stmt| matches!(stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
        if between.trim().is_empty() {
            return between.matches('\n').count().saturating_sub(1).min(2);
        }
        let is_import = |stmt: &Stmt| matches!(stmt, Stmt::Import(_) | Stmt::ImportFrom(_));
        if is_block(last) || is_block(stmt) { 2 } else { usize::from(!(is_import(last) && is_import(stmt))) }
    }

    fn unit_text(&self, stmt: &Stmt, whole: bool) -> Option<(TextRange, String)> {
        let file = self.file.text();
        let range = if whole { stmt.range() } else { with_comments(file, stmt) };
        let strip = column(file, stmt.range().start());
        let found = literals(AnyNodeRef::from(stmt));
        match stmt {
            Stmt::Import(node) if !whole => {
                let kept: Vec<&Alias> = node.names.iter().filter(|alias| self.is_wanted(alias)).collect();
                if kept.len() != node.names.len() {
                    return Some((range, format!("import {}", listed(&kept))));
                }
            }
            Stmt::ImportFrom(node) if !whole && node.names.iter().all(|alias| alias.name.as_str() != "*") => {
                let kept: Vec<&Alias> = node.names.iter().filter(|alias| self.is_wanted(alias)).collect();
                if kept.len() != node.names.len() {
                    let module = node.module.as_ref().map_or("", |module| module.as_str());
                    let dots = ".".repeat(node.level as usize);
                    return Some((range, format!("from {dots}{module} import {}", listed(&kept))));
                }
            }
            Stmt::FunctionDef(def) => {
                let making: HashSet<TextRange> = def
                    .decorator_list
                    .iter()
                    .filter(|decorator| self.units.makes_tasks(decorator, self.names))
                    .map(Ranged::range)
                    .collect();
                if !making.is_empty() {
                    let comments = TextRange::new(range.start(), stmt.range().start());
                    let mut text = cut(file, comments, &[], &[], strip, "");
                    for decorator in def.decorator_list.iter().filter(|each| !making.contains(&each.range()))
                    {
                        text.push_str(&cut(file, decorator.range(), &found, &[], strip, ""));
                        text.push('\n');
                    }
                    let own = TextRange::new(without_decorators(file, def).start(), range.end());
                    text.push_str(&cut(file, own, &found, &[], strip, ""));
                    return Some((range, text));
                }
            }
            _ => {}
        }
        debug_assert!(line_start(file, range.start()) <= range.start().to_usize());
        Some((range, cut(file, range, &found, &[], strip, "")))
    }

    fn is_wanted(&self, alias: &Alias) -> bool {
        let name = alias
            .asname
            .as_ref()
            .map_or_else(|| alias.name.as_str().split('.').next().unwrap_or_default(), |name| name.as_str());
        self.reached.contains_key(name)
    }
}

/// What a unit asks for, its own name aside.
fn reads(unit: &Unit<'_>) -> Vec<(FreeName, bool)> {
    let is_definition = matches!(unit.stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
    let asked = unit.reads.iter().filter(|free| !(is_definition && unit.binds.contains(&free.name)));
    asked.rev().map(|free| (free.clone(), false)).collect()
}

fn listed(aliases: &[&Alias]) -> String {
    let shown = aliases.iter().map(|alias| match &alias.asname {
        Some(name) => format!("{} as {name}", alias.name),
        None => alias.name.to_string(),
    });
    shown.collect::<Vec<_>>().join(", ")
}
