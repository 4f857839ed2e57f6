//! Callables that only their expressions say: a method of an object of the module, a function under a decorator that is not modelled,
//! what a call gives. The expression is written into the module where every name in it means there what it means in the DAG file.

use std::collections::HashSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::callables::{Callables, Place};
use super::text::{column, cut, literals};
use crate::dag::Standing;
use crate::datum::Datum;
use crate::parse::names::{bound_by, read_by_expr};
use crate::source::Span;

impl Callables<'_> {
    /// The place of the callable that the expression at `span` makes; `None` where one of its names is bound by a call, a loop or
    /// more than once, so that it may mean something else.
    pub(super) fn by_expression(&mut self, wish: &str, span: Span) -> Option<Place> {
        if span.file != self.file.id() {
            return None;
        }
        let expr = self.units.all.iter().find_map(|unit| at_module_level(unit.stmt, span.range))?;
        let reads = read_by_expr(expr);
        if !reads.iter().all(|free| self.is_settled(&free.name)) {
            return None;
        }
        if let Expr::Name(name) = expr {
            let defines = |stmt: &Stmt| matches!(stmt, Stmt::FunctionDef(def) if *def.name == *name.id);
            if self.units.all.iter().any(|unit| defines(unit.stmt)) {
                self.slice.reach(&name.id, span.range, true);
                return Some(Place::Own(name.id.to_string()));
            }
        }
        let text = self.file.text().get(span.range.start().to_usize()..span.range.end().to_usize())?;
        let key = Datum::str(format!("={text}"));
        if let Some((_, place)) = self.known.iter().find(|(known, _)| *known == key) {
            return Some(place.clone());
        }
        for free in reads {
            self.slice.reach_free(&free);
        }
        let text = if text.contains('\n') {
            let strip = column(self.file.text(), span.range.start());
            let literals = literals(expr.into());
            let text = cut(self.file.text(), span.range, &literals, &[], strip, "    ");
            format!("(\n{text}\n)")
        } else {
            text.to_owned()
        };
        let place = self.alias(wish, &text);
        self.known.push((key, place.clone()));
        Some(place)
    }

    /// Whether a name is bound once, by a statement of its own, or is Python's.
    pub(super) fn is_settled(&self, name: &str) -> bool {
        let binding: Vec<&Stmt> =
            self.units.all.iter().filter(|unit| unit.binds.contains(name)).map(|unit| unit.stmt).collect();
        match binding[..] {
            [] => self.names.standing(name).is_none(),
            [
                Stmt::FunctionDef(_)
                | Stmt::ClassDef(_)
                | Stmt::Import(_)
                | Stmt::ImportFrom(_)
                | Stmt::Assign(_)
                | Stmt::AnnAssign(_),
            ] => !matches!(self.names.standing(name), Some(Standing::Built(_) | Standing::TaskFunction)),
            _ => false,
        }
    }
}

/// The expression of that range, where no name in it is local to a function, a lambda or a comprehension around it, and where it binds
/// none itself.
fn at_module_level(stmt: &Stmt, range: TextRange) -> Option<&Expr> {
    if !stmt.range().contains_range(range) {
        return None;
    }
    let mut finder = Finder { range, locals: Vec::new(), found: None };
    finder.visit_stmt(stmt);
    finder.found
}

struct Finder<'a> {
    range: TextRange,
    /// The names of the functions around, the innermost last.
    locals: Vec<HashSet<String>>,
    found: Option<&'a Expr>,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if !stmt.range().contains_range(self.range) {
            return;
        }
        match stmt {
            Stmt::FunctionDef(def) => {
                let mut names = bound_by(&def.body);
                names.extend(def.parameters.iter().map(|parameter| parameter.name().to_string()));
                self.locals.push(names);
                walk_stmt(self, stmt);
                self.locals.pop();
            }
            Stmt::ClassDef(class) => {
                self.locals.push(bound_by(&class.body));
                walk_stmt(self, stmt);
                self.locals.pop();
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if !expr.range().contains_range(self.range) {
            return;
        }
        if expr.range() == self.range && self.found.is_none() {
            let is_local = |name: &str| self.locals.iter().any(|names| names.contains(name));
            let is_plain = !read_by_expr(expr).iter().any(|free| is_local(&free.name)) && !binds(expr);
            self.found = is_plain.then_some(expr);
            return;
        }
        match expr {
            // What these bind has no list here: an expression inside them is left alone.
            Expr::Lambda(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_) => {}
            _ => walk_expr(self, expr),
        }
    }
}

/// Whether an expression binds a name of the scope around it, or is for a coroutine or generator to run.
fn binds(expr: &Expr) -> bool {
    struct Binds(bool);
    impl<'a> Visitor<'a> for Binds {
        fn visit_expr(&mut self, expr: &'a Expr) {
            match expr {
                Expr::Named(_) | Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) => self.0 = true,
                _ => walk_expr(self, expr),
            }
        }
    }
    let mut found = Binds(false);
    found.visit_expr(expr);
    found.0
}
