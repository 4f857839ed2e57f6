//! Files that code opens: the expressions of their paths, as far as names of the module decide them.

use std::collections::HashSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use crate::parse::names::{bound_by, read_by_expr};

/// The paths that functions open.
#[derive(Debug, Default)]
pub struct Opened<'a> {
    /// Expressions in which only names of the module stand.
    pub known: Vec<&'a Expr>,
    /// Where a path depends on what a call is given.
    pub open: Vec<TextRange>,
}

/// The paths that the functions of a module open for reading.
pub fn opened(body: &[Stmt]) -> Opened<'_> {
    let mut finder = Finder { locals: Vec::new(), found: Opened::default() };
    finder.visit_body(body);
    finder.found
}

struct Finder<'a> {
    /// The names of the functions around, the innermost last.
    locals: Vec<HashSet<String>>,
    found: Opened<'a>,
}

impl<'a> Finder<'a> {
    fn path(&mut self, expr: &'a Expr) {
        let is_local = |name: &str| self.locals.iter().any(|names| names.contains(name));
        if read_by_expr(expr).iter().any(|free| is_local(&free.name)) {
            self.found.open.push(expr.range());
        } else {
            self.found.known.push(expr);
        }
    }
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let Stmt::FunctionDef(def) = stmt else { return walk_stmt(self, stmt) };
        let mut names = bound_by(&def.body);
        names.extend(def.parameters.iter().map(|parameter| parameter.name().to_string()));
        self.locals.push(names);
        self.visit_body(&def.body);
        self.locals.pop();
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Call(call) = expr
            && !self.locals.is_empty()
        {
            let first = call.arguments.args.first();
            let writes = call.arguments.args.get(1).is_some_and(|mode| {
                matches!(mode, Expr::StringLiteral(mode) if mode.value.to_str().starts_with(['w', 'a', 'x']))
            });
            match (&*call.func, first) {
                (Expr::Name(name), Some(path)) if name.id.as_str() == "open" && !writes => self.path(path),
                (Expr::Attribute(method), _)
                    if matches!(method.attr.as_str(), "read_text" | "read_bytes" | "open")
                        && read_by_expr(&method.value).iter().any(|free| {
                            free.name == "__file__" || free.name.chars().all(|c| !c.is_lowercase())
                        }) =>
                {
                    self.path(&method.value);
                }
                _ => {}
            }
        }
        walk_expr(self, expr);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_module_are_told_from_those_of_calls() {
        let text = "def f(name):\n    open(BASE + 'x.sql').read()\n    open(f'{BASE}/{name}')\n    open('out', 'w')\n    return (SQL / 'a').read_text()\n";
        let module = crate::parse::parse(text).unwrap();
        let found = opened(&module.body);
        assert_eq!((found.known.len(), found.open.len()), (2, 1));
    }
}
