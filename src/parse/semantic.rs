//! Syntax errors that no grammar finds: `return` outside of a function, a parameter or keyword twice, `break` outside of a loop.
//!
//! Left out: the rules of comprehensions in class bodies and of asynchronous comprehensions; where in doubt nothing is reported.

use std::cell::RefCell;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ModModule, Parameters, PythonVersion, Stmt};
use ruff_python_parser::semantic_errors::{
    LazyImportContext, SemanticSyntaxChecker, SemanticSyntaxContext, SemanticSyntaxError,
};
use ruff_text_size::TextRange;

/// The first such error of a module.
pub(super) fn first_error(text: &str, module: &ModModule) -> Option<(String, TextRange)> {
    let mut walker = Walker {
        checker: SemanticSyntaxChecker::new(),
        place: Place { text, scopes: vec![Scope::default()], errors: RefCell::default() },
    };
    for stmt in &module.body {
        walker.visit_stmt(stmt);
    }
    let mut errors = walker.place.errors.take();
    errors.sort_by_key(|error| error.range.start());
    errors.first().map(|error| (error.to_string(), error.range))
}

struct Walker<'t> {
    checker: SemanticSyntaxChecker,
    place: Place<'t>,
}

struct Place<'t> {
    text: &'t str,
    /// The scopes around the code at hand, the module first.
    scopes: Vec<Scope>,
    errors: RefCell<Vec<SemanticSyntaxError>>,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Module,
    Class,
    Function {
        is_async: bool,
    },
    Lambda,
}

#[derive(Default)]
struct Scope {
    kind: Kind,
    loops: usize,
    parameters: Vec<String>,
    globals: Vec<(String, TextRange)>,
}

impl Place<'_> {
    fn scope(&self) -> &Scope {
        // The module's scope is never left.
        &self.scopes[self.scopes.len() - 1]
    }

    fn inside(&mut self, kind: Kind, parameters: Option<&Parameters>) {
        let names = parameters.into_iter().flat_map(Parameters::iter);
        let parameters = names.map(|parameter| parameter.name().to_string()).collect();
        self.scopes.push(Scope { kind, parameters, ..Scope::default() });
    }
}

impl<'a> Visitor<'a> for Walker<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.checker.visit_stmt(stmt, &self.place);
        match stmt {
            Stmt::FunctionDef(node) => {
                node.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
                self.visit_parameters(&node.parameters);
                self.place.inside(Kind::Function { is_async: node.is_async }, Some(&node.parameters));
                node.body.iter().for_each(|stmt| self.visit_stmt(stmt));
                self.place.scopes.pop();
            }
            Stmt::ClassDef(node) => {
                node.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
                if let Some(arguments) = &node.arguments {
                    self.visit_arguments(arguments);
                }
                self.place.inside(Kind::Class, None);
                node.body.iter().for_each(|stmt| self.visit_stmt(stmt));
                self.place.scopes.pop();
            }
            Stmt::For(node) => {
                self.visit_expr(&node.iter);
                self.visit_expr(&node.target);
                self.in_loop(&node.body);
                node.orelse.iter().for_each(|stmt| self.visit_stmt(stmt));
            }
            Stmt::While(node) => {
                self.visit_expr(&node.test);
                self.in_loop(&node.body);
                node.orelse.iter().for_each(|stmt| self.visit_stmt(stmt));
            }
            Stmt::Global(node) => {
                let names = node.names.iter().map(|name| (name.to_string(), name.range));
                if let Some(scope) = self.place.scopes.last_mut() {
                    scope.globals.extend(names);
                }
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.checker.visit_expr(expr, &self.place);
        if let Expr::Lambda(node) = expr {
            self.place.inside(Kind::Lambda, node.parameters.as_deref());
            walk_expr(self, expr);
            self.place.scopes.pop();
        } else {
            walk_expr(self, expr);
        }
    }
}

impl Walker<'_> {
    fn in_loop(&mut self, body: &[Stmt]) {
        self.add_loops(1);
        for stmt in body {
            self.visit_stmt(stmt);
        }
        self.add_loops(-1);
    }

    fn add_loops(&mut self, step: isize) {
        if let Some(scope) = self.place.scopes.last_mut() {
            scope.loops = scope.loops.saturating_add_signed(step);
        }
    }
}

impl SemanticSyntaxContext for Place<'_> {
    fn future_annotations_or_stub(&self) -> bool {
        false
    }

    fn lazy_import_context(&self) -> Option<LazyImportContext> {
        None
    }

    fn python_version(&self) -> PythonVersion {
        PythonVersion::PY312
    }

    fn source(&self) -> &str {
        self.text
    }

    fn global(&self, name: &str) -> Option<TextRange> {
        self.scope().globals.iter().find(|(global, _)| global == name).map(|(_, range)| *range)
    }

    fn has_nonlocal_binding(&self, _name: &str) -> bool {
        true
    }

    fn in_async_context(&self) -> bool {
        self.scope().kind == (Kind::Function { is_async: true })
    }

    fn in_await_allowed_context(&self) -> bool {
        matches!(self.scope().kind, Kind::Function { .. } | Kind::Lambda)
    }

    fn in_yield_allowed_context(&self) -> bool {
        matches!(self.scope().kind, Kind::Function { .. } | Kind::Lambda)
    }

    fn in_sync_comprehension(&self) -> bool {
        false
    }

    fn in_class_body_comprehension(&self) -> bool {
        false
    }

    fn in_module_scope(&self) -> bool {
        self.scope().kind == Kind::Module
    }

    fn in_function_scope(&self) -> bool {
        matches!(self.scope().kind, Kind::Function { .. })
    }

    fn in_generator_context(&self) -> bool {
        false
    }

    fn in_notebook(&self) -> bool {
        false
    }

    fn report_semantic_error(&self, error: SemanticSyntaxError) {
        self.errors.borrow_mut().push(error);
    }

    fn in_loop_context(&self) -> bool {
        self.scope().loops > 0
    }

    fn is_bound_parameter(&self, name: &str) -> bool {
        self.scope().parameters.iter().any(|parameter| parameter == name)
    }
}
