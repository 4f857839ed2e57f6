//! A DAG file as the statements that can be taken out of it one by one, each with the names that it binds, reads and acts on.

use std::collections::{BTreeMap, HashSet};

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{AnyNodeRef, Decorator, Expr, ExprContext, Stmt, StmtFunctionDef, StmtIf};
use ruff_text_size::{Ranged, TextRange};

use crate::dag::{ModuleNames, Standing};
use crate::parse::names::{FreeName, bound_by, read_by};

/// A statement at module level, those inside `with DAG(…):` among them.
pub(super) struct Unit<'a> {
    pub(super) stmt: &'a Stmt,
    /// The names it binds.
    pub(super) binds: HashSet<String>,
    /// The names it needs, when it runs or when what it defines is called.
    pub(super) reads: Vec<FreeName>,
    /// The names of what it stores into, or calls a method of.
    pub(super) acts_on: Vec<String>,
}

/// The statements of a file, and where its names are imported from.
pub struct Units<'a> {
    pub(super) all: Vec<Unit<'a>>,
    /// The statements that build a DAG or a group around others; nothing of them is taken but functions without a name.
    around: Vec<Unit<'a>>,
    /// The import path that an import binds to a name: `task` → `airflow.decorators.task`.
    pub(super) imported: BTreeMap<String, String>,
}

impl<'a> Units<'a> {
    /// The statements of a module, of whose names something is known.
    pub fn new(body: &'a [Stmt], names: &ModuleNames) -> Self {
        let mut units = Self { all: Vec::new(), around: Vec::new(), imported: BTreeMap::new() };
        units.find_imports(body);
        units.add(body, names);
        units
    }

    fn find_imports(&mut self, body: &'a [Stmt]) {
        struct Imports<'u>(&'u mut BTreeMap<String, String>);
        impl<'a> Visitor<'a> for Imports<'_> {
            fn visit_stmt(&mut self, stmt: &'a Stmt) {
                match stmt {
                    Stmt::Import(node) => {
                        for alias in &node.names {
                            let path = alias.name.as_str();
                            let top = path.split('.').next().unwrap_or(path);
                            match &alias.asname {
                                Some(name) => self.0.insert(name.to_string(), path.to_owned()),
                                None => self.0.insert(top.to_owned(), top.to_owned()),
                            };
                        }
                    }
                    Stmt::ImportFrom(node) => {
                        let module = node.module.as_ref().map_or("", |module| module.as_str());
                        for alias in &node.names {
                            let name = alias.asname.as_ref().unwrap_or(&alias.name);
                            let dots = ".".repeat(node.level as usize);
                            self.0.insert(name.to_string(), format!("{dots}{module}.{}", alias.name));
                        }
                    }
                    Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                    _ => walk_stmt(self, stmt),
                }
            }
        }
        Imports(&mut self.imported).visit_body(body);
    }

    fn add(&mut self, body: &'a [Stmt], names: &ModuleNames) {
        for stmt in body {
            match stmt {
                Stmt::With(with) if with.items.iter().all(|item| self.builds(&item.context_expr, names)) => {
                    let (binds, reads, acts_on) = (HashSet::new(), Vec::new(), Vec::new());
                    self.around.push(Unit { stmt, binds, reads, acts_on });
                    self.add(&with.body, names);
                }
                Stmt::If(node) if is_main_guard(&node.test) => {}
                // Under a condition stands a DAG that is not taken along, among what is. What the branches leave of that is held
                // against the file as a whole.
                Stmt::If(node) if self.is_around_a_dag(node, names) => {
                    self.add(&node.body, names);
                    for clause in &node.elif_else_clauses {
                        self.add(&clause.body, names);
                    }
                }
                _ => {
                    let reads = match stmt {
                        Stmt::FunctionDef(def) => self.reads_of_function(def, stmt, names),
                        _ => read_by([stmt]),
                    };
                    let mut actions = Actions::default();
                    actions.visit_stmt(stmt);
                    self.all.push(Unit { stmt, binds: bound_by([stmt]), reads, acts_on: actions.0 });
                }
            }
        }
    }

    /// Whether a `with` over a DAG stands in a branch.
    fn is_around_a_dag(&self, node: &StmtIf, names: &ModuleNames) -> bool {
        let clauses = node.elif_else_clauses.iter().flat_map(|clause| &clause.body);
        node.body.iter().chain(clauses).any(|stmt| match stmt {
            Stmt::With(with) => with.items.iter().all(|item| self.builds(&item.context_expr, names)),
            Stmt::If(inner) => self.is_around_a_dag(inner, names),
            _ => false,
        })
    }

    /// What a function reads, the decorators that make tasks of it left out.
    fn reads_of_function(&self, def: &StmtFunctionDef, stmt: &Stmt, names: &ModuleNames) -> Vec<FreeName> {
        let mut reads = read_by([stmt]);
        let making: Vec<TextRange> = def
            .decorator_list
            .iter()
            .filter(|decorator| self.makes_tasks(decorator, names))
            .map(Ranged::range)
            .collect();
        if !making.is_empty() {
            let mut without = def.clone();
            without.decorator_list.retain(|decorator| !making.contains(&decorator.range()));
            reads = read_by([&Stmt::FunctionDef(without)]);
        }
        reads
    }

    /// Whether a context manager is a DAG or a task group.
    fn builds(&self, expr: &Expr, names: &ModuleNames) -> bool {
        match expr {
            Expr::Call(call) => match self.path(&call.func) {
                Some(path) => {
                    path.starts_with("airflow.")
                        && ["DAG", "TaskGroup"].iter().any(|name| path.ends_with(name))
                }
                None => false,
            },
            Expr::Name(name) => matches!(names.standing(name.id.as_str()), Some(Standing::Built(_))),
            _ => false,
        }
    }

    /// Whether a decorator is `@task`, one of its variants, `@setup`, `@teardown` or `@dag.task`.
    pub(super) fn makes_tasks(&self, decorator: &Decorator, names: &ModuleNames) -> bool {
        let expr = match &decorator.expression {
            Expr::Call(call) => &*call.func,
            other => other,
        };
        if let Expr::Attribute(attribute) = expr
            && let Expr::Name(root) = &*attribute.value
            && matches!(names.standing(root.id.as_str()), Some(Standing::Built(_)))
        {
            return true;
        }
        self.path(expr).is_some_and(|path| {
            path.starts_with("airflow.")
                && path.split('.').any(|part| matches!(part, "task" | "setup" | "teardown"))
        })
    }

    /// The import path that an expression of names and dots comes to.
    fn path(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Name(name) => self.imported.get(name.id.as_str()).cloned(),
            Expr::Attribute(attribute) => {
                Some(format!("{}.{}", self.path(&attribute.value)?, attribute.attr))
            }
            _ => None,
        }
    }

    /// The function with its name at this place, with the unit it stands in.
    pub(super) fn function_at(&self, range: TextRange) -> Option<(&Unit<'a>, Found<'a>)> {
        let units = self.all.iter().chain(&self.around);
        units.into_iter().find_map(|unit| Some((unit, find(AnyNodeRef::from(unit.stmt), range)?)))
    }
}

/// A function in the syntax tree.
#[derive(Clone, Copy)]
pub(super) enum Found<'a> {
    Def(&'a StmtFunctionDef),
    Lambda(&'a ruff_python_ast::ExprLambda),
}

fn find(node: AnyNodeRef<'_>, range: TextRange) -> Option<Found<'_>> {
    use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, TraversalSignal};
    struct Search<'a>(TextRange, Option<Found<'a>>);
    impl<'a> SourceOrderVisitor<'a> for Search<'a> {
        fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
            match node {
                AnyNodeRef::StmtFunctionDef(def) if def.name.range() == self.0 => {
                    self.1 = Some(Found::Def(def));
                }
                AnyNodeRef::ExprLambda(lambda) if lambda.range() == self.0 => {
                    self.1 = Some(Found::Lambda(lambda));
                }
                _ => {}
            }
            let goes_on = self.1.is_none() && node.range().contains_range(self.0);
            if goes_on { TraversalSignal::Traverse } else { TraversalSignal::Skip }
        }
    }
    let mut search = Search(range, None);
    if search.enter_node(node).is_traverse() {
        node.visit_source_order(&mut search);
    }
    search.1
}

fn is_main_guard(test: &Expr) -> bool {
    let Expr::Compare(compare) = test else { return false };
    matches!(&*compare.left, Expr::Name(name) if name.id.as_str() == "__name__")
}

/// Finds what module-level code stores into or calls methods of; inner functions and classes do so when they are called.
#[derive(Default)]
struct Actions(Vec<String>);

impl Actions {
    fn root(&mut self, expr: &Expr) {
        match expr {
            Expr::Name(name) => self.0.push(name.id.to_string()),
            Expr::Attribute(attribute) => self.root(&attribute.value),
            Expr::Subscript(subscript) => self.root(&subscript.value),
            Expr::Call(call) => self.root(&call.func),
            _ => {}
        }
    }
}

impl<'a> Visitor<'a> for Actions {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Expr(node) => {
                if let Expr::Call(call) = &*node.value
                    && let Expr::Attribute(method) = &*call.func
                {
                    self.root(&method.value);
                }
                walk_stmt(self, stmt);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Attribute(node) if node.ctx != ExprContext::Load => self.root(&node.value),
            Expr::Subscript(node) if node.ctx != ExprContext::Load => self.root(&node.value),
            Expr::Lambda(_) => return,
            _ => {}
        }
        walk_expr(self, expr);
    }
}
