//! Names in code: which ones a piece of code binds in the scope around it, and which ones it reads from there, now or when it is called.

use std::collections::HashSet;

use ruff_python_ast::visitor::{Visitor, walk_comprehension, walk_expr, walk_pattern, walk_stmt};
use ruff_python_ast::{
    Comprehension, Expr, ExprContext, Parameters, Pattern, Stmt, StmtFunctionDef, TypeParams,
};
use ruff_text_size::{Ranged, TextRange};

/// A name that code reads from the scope around it, and where it does so first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeName {
    /// The name.
    pub name: String,
    /// Its first use; of one that is used otherwise too, the first of those.
    pub range: TextRange,
    /// The attribute that is all that the code reads of it.
    pub only: Option<&'static str>,
}

/// Attributes that name what has them: `load.task_id`, `dag.dag_id`.
const NAMING: &[&str] = &["task_id", "dag_id"];

/// The names that statements read from the module around them, each once; those that they bind themselves are among them.
pub fn read_by<'a>(body: impl IntoIterator<Item = &'a Stmt>) -> Vec<FreeName> {
    let mut finder = Finder::default();
    body.into_iter().for_each(|stmt| finder.visit_stmt(stmt));
    finder.found
}

/// The names that an expression reads from the scope around it.
pub fn read_by_expr(expr: &Expr) -> Vec<FreeName> {
    let mut finder = Finder::default();
    finder.visit_expr(expr);
    finder.found
}

/// The names that the body and the annotations of a function read from around it; decorators and defaults are left out.
pub fn read_by_function(def: &StmtFunctionDef) -> Vec<FreeName> {
    let mut finder = Finder::default();
    finder.annotations(&def.parameters);
    if let Some(returns) = &def.returns {
        finder.visit_expr(returns);
    }
    finder.function(
        &def.parameters,
        def.type_params.as_deref(),
        |finder| finder.visit_body(&def.body),
        &def.body,
    );
    finder.found
}

/// The names that a `lambda` reads from around it; defaults are left out.
pub fn read_by_lambda(lambda: &ruff_python_ast::ExprLambda) -> Vec<FreeName> {
    let mut finder = Finder::default();
    finder.lambda(lambda);
    finder.found
}

/// The names that statements bind in the scope they stand in, inner functions and classes left out.
pub fn bound_by<'a>(body: impl IntoIterator<Item = &'a Stmt>) -> HashSet<String> {
    let mut binder = Binder::default();
    body.into_iter().for_each(|stmt| binder.visit_stmt(stmt));
    binder.names
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Function,
    Class,
}

#[derive(Debug)]
struct Local {
    kind: Kind,
    names: HashSet<String>,
    global: HashSet<String>,
    nonlocal: HashSet<String>,
}

#[derive(Default)]
struct Finder {
    scopes: Vec<Local>,
    found: Vec<FreeName>,
    seen: HashSet<String>,
}

impl Finder {
    fn read(&mut self, name: &str, range: TextRange, only: Option<&'static str>) {
        let innermost = self.scopes.len();
        for (at, scope) in self.scopes.iter().enumerate().rev() {
            if scope.global.contains(name) {
                break;
            }
            let visible = scope.kind == Kind::Function || at + 1 == innermost;
            if visible && !scope.nonlocal.contains(name) && scope.names.contains(name) {
                return;
            }
        }
        self.free(name, range, only);
    }

    fn free(&mut self, name: &str, range: TextRange, only: Option<&'static str>) {
        if self.seen.insert(name.to_owned()) {
            self.found.push(FreeName { name: name.to_owned(), range, only });
        } else if let Some(known) = self.found.iter_mut().find(|known| known.name == name)
            && known.only.is_some()
            && known.only != only
        {
            *known = FreeName { name: name.to_owned(), range, only: None };
        }
    }

    fn annotations(&mut self, parameters: &Parameters) {
        for parameter in parameters {
            if let Some(annotation) = parameter.annotation() {
                self.visit_expr(annotation);
            }
        }
    }

    fn defaults(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = &parameter.default {
                self.visit_expr(default);
            }
        }
    }

    /// Visits what stands inside a function with these parameters.
    fn function(
        &mut self,
        parameters: &Parameters,
        types: Option<&TypeParams>,
        inside: impl FnOnce(&mut Self),
        body: &[Stmt],
    ) {
        let mut binder = Binder::default();
        binder.visit_body(body);
        let mut names = binder.names;
        names.extend(parameters.iter().map(|parameter| parameter.name().to_string()));
        names.extend(types.into_iter().flat_map(|types| types.iter()).map(|each| each.name().to_string()));
        for name in binder.global.iter().chain(&binder.nonlocal) {
            names.remove(name);
        }
        self.scopes.push(Local {
            kind: Kind::Function,
            names,
            global: binder.global,
            nonlocal: binder.nonlocal,
        });
        inside(self);
        self.scopes.pop();
    }

    fn lambda(&mut self, lambda: &ruff_python_ast::ExprLambda) {
        match &lambda.parameters {
            Some(parameters) => {
                self.function(parameters, None, |finder| finder.visit_expr(&lambda.body), &[]);
            }
            None => self.visit_expr(&lambda.body),
        }
    }

    fn comprehension(&mut self, generators: &[Comprehension], inside: impl FnOnce(&mut Self)) {
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        let mut binder = Binder::default();
        for generator in generators {
            binder.visit_expr(&generator.target);
        }
        self.scopes.push(Local {
            kind: Kind::Function,
            names: binder.names,
            global: HashSet::new(),
            nonlocal: HashSet::new(),
        });
        for (at, generator) in generators.iter().enumerate() {
            if at > 0 {
                self.visit_expr(&generator.iter);
            }
            generator.ifs.iter().for_each(|filter| self.visit_expr(filter));
        }
        inside(self);
        self.scopes.pop();
    }
}

impl<'a> Visitor<'a> for Finder {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => {
                def.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
                self.defaults(&def.parameters);
                self.annotations(&def.parameters);
                if let Some(returns) = &def.returns {
                    self.visit_expr(returns);
                }
                let types = def.type_params.as_deref();
                self.function(&def.parameters, types, |finder| finder.visit_body(&def.body), &def.body);
            }
            Stmt::ClassDef(class) => {
                class.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
                if let Some(arguments) = &class.arguments {
                    self.visit_arguments(arguments);
                }
                let mut binder = Binder::default();
                binder.visit_body(&class.body);
                self.scopes.push(Local {
                    kind: Kind::Class,
                    names: binder.names,
                    global: binder.global,
                    nonlocal: binder.nonlocal,
                });
                self.visit_body(&class.body);
                self.scopes.pop();
            }
            Stmt::Global(node) => {
                node.names.iter().for_each(|name| self.free(name.as_str(), name.range(), None));
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => {
                // What a module-level statement stores into is bound, not read; `del` needs the binding.
                if name.ctx != ExprContext::Store {
                    self.read(name.id.as_str(), name.range(), None);
                }
            }
            Expr::Attribute(node) if let Some(name) = node.value.as_name_expr() => {
                let naming = NAMING.iter().find(|naming| **naming == node.attr.as_str());
                let only = naming.filter(|_| node.ctx == ExprContext::Load).copied();
                self.read(name.id.as_str(), name.range(), only);
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.defaults(parameters);
                }
                self.lambda(lambda);
            }
            Expr::ListComp(node) => self.comprehension(&node.generators, |f| f.visit_expr(&node.elt)),
            Expr::SetComp(node) => self.comprehension(&node.generators, |f| f.visit_expr(&node.elt)),
            Expr::Generator(node) => self.comprehension(&node.generators, |f| f.visit_expr(&node.elt)),
            Expr::DictComp(node) => self.comprehension(&node.generators, |f| {
                node.key.iter().for_each(|key| f.visit_expr(key));
                f.visit_expr(&node.value);
            }),
            _ => walk_expr(self, expr),
        }
    }
}

/// Finds what code binds in its own scope.
#[derive(Default)]
struct Binder {
    names: HashSet<String>,
    global: HashSet<String>,
    nonlocal: HashSet<String>,
    /// How many comprehensions are around: their targets are their own, a walrus is not.
    comprehensions: usize,
}

impl Binder {
    fn bind(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }
}

impl<'a> Visitor<'a> for Binder {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => self.bind(def.name.as_str()),
            Stmt::ClassDef(class) => self.bind(class.name.as_str()),
            Stmt::Import(node) => {
                for alias in &node.names {
                    let name = alias.asname.as_ref().map_or_else(
                        || alias.name.as_str().split('.').next().unwrap_or_default(),
                        |name| name.as_str(),
                    );
                    self.bind(name);
                }
            }
            Stmt::ImportFrom(node) => {
                for alias in &node.names {
                    self.bind(alias.asname.as_ref().unwrap_or(&alias.name).as_str());
                }
            }
            Stmt::Global(node) => self.global.extend(node.names.iter().map(ToString::to_string)),
            Stmt::Nonlocal(node) => self.nonlocal.extend(node.names.iter().map(ToString::to_string)),
            // An annotation alone binds nothing.
            Stmt::AnnAssign(node) if node.value.is_none() => {}
            Stmt::Try(node) => {
                for handler in &node.handlers {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    if let Some(name) = &handler.name {
                        self.bind(name.as_str());
                    }
                }
                walk_stmt(self, stmt);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => {
                if name.ctx != ExprContext::Load && self.comprehensions == 0 {
                    self.bind(name.id.as_str());
                }
            }
            Expr::Named(named) => {
                if let Expr::Name(name) = &*named.target {
                    self.bind(name.id.as_str());
                }
                self.visit_expr(&named.value);
            }
            Expr::Lambda(_) => {}
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.comprehensions += 1;
                walk_expr(self, expr);
                self.comprehensions -= 1;
            }
            _ => walk_expr(self, expr),
        }
    }

    fn visit_comprehension(&mut self, comprehension: &'a Comprehension) {
        walk_comprehension(self, comprehension);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        match pattern {
            Pattern::MatchAs(node) => {
                if let Some(name) = &node.name {
                    self.bind(name.as_str());
                }
            }
            Pattern::MatchStar(node) => {
                if let Some(name) = &node.name {
                    self.bind(name.as_str());
                }
            }
            Pattern::MatchMapping(node) => {
                if let Some(rest) = &node.rest {
                    self.bind(rest.as_str());
                }
            }
            Pattern::MatchValue(_)
            | Pattern::MatchSingleton(_)
            | Pattern::MatchSequence(_)
            | Pattern::MatchClass(_)
            | Pattern::MatchOr(_) => {}
        }
        walk_pattern(self, pattern);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> String {
        let module = crate::parse::parse(text).unwrap();
        let names: Vec<String> = read_by(&module.body).into_iter().map(|free| free.name).collect();
        names.join(" ")
    }

    fn binds(text: &str) -> String {
        let module = crate::parse::parse(text).unwrap();
        let mut names: Vec<String> = bound_by(&module.body).into_iter().collect();
        names.sort();
        names.join(" ")
    }

    #[test]
    fn scopes_are_pythons() {
        for (text, expected) in [
            ("def f(a, b=B): return a + c\n", "B c"),
            ("@deco\ndef f(x: T) -> R:\n    y = x\n    return [z + y + k for z in w if z]\n", "deco T R w k"),
            ("def f():\n    global g\n    g = h\n", "g h"),
            ("def f():\n    def g():\n        nonlocal x\n        x = y\n    x = 1\n    return g\n", "y"),
            ("class A(B):\n    x = C\n    y = x\n    def m(self): return x\n", "B C x"),
            ("f = lambda a, b=d: a + b + e\n", "d e"),
            ("x = {k: v for k, v in items(q)}\n", "items q"),
            ("def f():\n    if (n := g()):\n        return n\n", "g"),
            (
                "def f():\n    try:\n        import q\n    except E as e:\n        raise e\n    return q\n",
                "E",
            ),
            ("x[i].y = z\n", "z x i"),
            (
                "def f(s):\n    match s:\n        case P(a=b): return b\n        case {'k': v, **r}: return v, r\n",
                "P",
            ),
            ("s = f'{a!r:{w}}'\n", "a w"),
        ] {
            assert_eq!(reads(text), expected, "{text}");
        }
    }

    #[test]
    fn statements_bind_what_python_binds() {
        for (text, expected) in [
            ("import a.b, c as d\nfrom e import f as g, h\n", "a d g h"),
            ("for i, (j, *k) in x:\n    l = 1\n", "i j k l"),
            ("with a as b, c as (d, e): pass\n", "b d e"),
            ("try:\n    x = 1\nexcept E as e:\n    y = 2\n", "e x y"),
            ("def f(): z = 1\nclass C: w = 2\n", "C f"),
            ("[q := 1 for p in x]\n", "q"),
            ("a: int\nb: int = 1\n", "b"),
        ] {
            assert_eq!(binds(text), expected, "{text}");
        }
    }
}
