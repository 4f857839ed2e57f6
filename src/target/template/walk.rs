//! The walk over a template's syntax tree, with the names that it binds on the way.

use std::ops::Range;

use minijinja::machinery::ast::{self, CallArg, Expr, Stmt};

use super::{HOLDERS, Pull, Read, Template, Used, range, text_of};

/// What Jinja2 gives every template, beside what a loop and inheritance give. Source: `DEFAULT_NAMESPACE` of Jinja2 3.1.6.
const GLOBALS: &[&str] =
    &["caller", "cycler", "dict", "joiner", "lipsum", "loop", "namespace", "range", "self", "super"];

/// What the tree of `text` uses.
pub(super) fn walk(text: &str, tree: &Stmt<'_>) -> Template {
    let mut walk = Walk { text, bound: vec![Vec::new()], found: Template::default() };
    walk.statement(tree);
    walk.found
}

struct Walk<'t> {
    text: &'t str,
    /// The names that the template binds, by scope.
    bound: Vec<Vec<String>>,
    found: Template,
}

impl Walk<'_> {
    fn body(&mut self, body: &[Stmt<'_>]) {
        for statement in body {
            self.statement(statement);
        }
    }

    /// Walks in a scope of its own, in which what `bind` names is bound.
    fn scoped(&mut self, bind: &[&Expr<'_>], walk: impl FnOnce(&mut Self)) {
        self.bound.push(Vec::new());
        for target in bind {
            self.bind(target);
        }
        walk(self);
        self.bound.pop();
    }

    fn bind(&mut self, target: &Expr<'_>) {
        match target {
            Expr::Var(var) => self.bind_name(var.id),
            Expr::List(list) => list.items.iter().for_each(|item| self.bind(item)),
            Expr::Tuple(tuple) => tuple.items.iter().for_each(|item| self.bind(item)),
            // An attribute of a namespace: nothing new is bound, and the namespace is read.
            other => self.expr(other),
        }
    }

    fn bind_name(&mut self, name: &str) {
        if let Some(scope) = self.bound.last_mut() {
            scope.push(name.to_owned());
        }
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.body(&template.children),
            Stmt::EmitExpr(emit) => self.expr(&emit.expr),
            Stmt::EmitRaw(_) => {}
            Stmt::ForLoop(node) => {
                self.expr(&node.iter);
                self.scoped(&[&node.target], |walk| {
                    walk.maybe(node.filter_expr.as_ref());
                    walk.body(&node.body);
                });
                self.scoped(&[], |walk| walk.body(&node.else_body));
            }
            // A condition is no scope in Jinja.
            Stmt::IfCond(node) => {
                self.expr(&node.expr);
                self.body(&node.true_body);
                self.body(&node.false_body);
            }
            Stmt::WithBlock(node) => self.scoped(&[], |walk| {
                for (target, value) in &node.assignments {
                    walk.expr(value);
                    walk.bind(target);
                }
                walk.body(&node.body);
            }),
            Stmt::Set(node) => {
                self.expr(&node.expr);
                self.bind(&node.target);
            }
            Stmt::SetBlock(node) => {
                self.maybe(node.filter.as_ref());
                self.scoped(&[], |walk| walk.body(&node.body));
                self.bind(&node.target);
            }
            Stmt::AutoEscape(node) => {
                self.expr(&node.enabled);
                self.body(&node.body);
            }
            Stmt::FilterBlock(node) => {
                self.expr(&node.filter);
                self.scoped(&[], |walk| walk.body(&node.body));
            }
            Stmt::Block(node) => self.scoped(&[], |walk| walk.body(&node.body)),
            Stmt::Import(node) => {
                self.file(&node.expr);
                self.bind(&node.name);
            }
            Stmt::FromImport(node) => {
                self.file(&node.expr);
                for (name, alias) in &node.names {
                    self.bind(alias.as_ref().unwrap_or(name));
                }
            }
            Stmt::Extends(node) => self.file(&node.name),
            Stmt::Include(node) => self.file(&node.name),
            Stmt::Macro(node) => {
                self.bind_name(node.name);
                self.declaration(node);
            }
            Stmt::CallBlock(node) => {
                self.call(&node.call, range(node.call.span()));
                self.declaration(&node.macro_decl);
            }
            Stmt::Do(node) => self.call(&node.call, range(node.call.span())),
        }
    }

    fn declaration(&mut self, node: &ast::Macro<'_>) {
        node.defaults.iter().for_each(|default| self.expr(default));
        let arguments: Vec<&Expr<'_>> = node.args.iter().collect();
        self.scoped(&arguments, |walk| {
            walk.bind_name("varargs");
            walk.bind_name("kwargs");
            walk.body(&node.body);
        });
    }

    fn file(&mut self, name: &Expr<'_>) {
        self.found.files.push(Used { name: text_of(name).unwrap_or_default(), range: range(name.span()) });
        self.expr(name);
    }

    fn maybe(&mut self, expr: Option<&Expr<'_>>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    fn expr(&mut self, expr: &Expr<'_>) {
        match expr {
            Expr::Var(_) | Expr::GetAttr(_) | Expr::GetItem(_) => self.chain(expr),
            Expr::Const(_) => {}
            Expr::Slice(node) => {
                self.expr(&node.expr);
                for bound in [&node.start, &node.stop, &node.step] {
                    self.maybe(bound.as_ref());
                }
            }
            Expr::UnaryOp(node) => self.expr(&node.expr),
            Expr::BinOp(node) => {
                self.expr(&node.left);
                self.expr(&node.right);
            }
            Expr::Compare(node) => {
                self.expr(&node.expr);
                node.ops.iter().for_each(|op| self.expr(&op.expr));
            }
            Expr::IfExpr(node) => {
                self.expr(&node.test_expr);
                self.expr(&node.true_expr);
                self.maybe(node.false_expr.as_ref());
            }
            Expr::Filter(node) => {
                self.maybe(node.expr.as_ref());
                let used = self.used(node.name, range(node.span()));
                self.found.filters.push(used);
                self.args(&node.args);
            }
            Expr::Test(node) => {
                self.expr(&node.expr);
                let used = self.used(node.name, range(node.span()));
                self.found.tests.push(used);
                self.args(&node.args);
            }
            Expr::Call(node) => self.call(node, range(node.span())),
            Expr::List(node) => node.items.iter().for_each(|item| self.expr(item)),
            Expr::Tuple(node) => node.items.iter().for_each(|item| self.expr(item)),
            Expr::Map(node) => {
                node.keys.iter().chain(&node.values).for_each(|item| self.expr(item));
            }
        }
    }

    /// A filter or test, at its name within the range that the parser gives it.
    fn used(&self, name: &str, range: Range<usize>) -> Used {
        let at = self.text.get(range.clone()).and_then(|part| part.find(name));
        let start = range.start + at.unwrap_or_default();
        let range = if at.is_some() { start..start + name.len() } else { range };
        Used { name: name.to_owned(), range }
    }

    fn args(&mut self, args: &[CallArg<'_>]) {
        for arg in args {
            match arg {
                CallArg::Pos(expr)
                | CallArg::Kwarg(_, expr)
                | CallArg::PosSplat(expr)
                | CallArg::KwargSplat(expr) => self.expr(expr),
            }
        }
    }

    fn call(&mut self, node: &ast::Call<'_>, place: Range<usize>) {
        self.expr(&node.expr);
        if let Expr::GetAttr(method) = &node.expr
            && let Expr::Var(receiver) = &method.expr
            && method.name == "xcom_pull"
            && matches!(receiver.id, "ti" | "task_instance")
        {
            let range = range(receiver.span()).start..place.end;
            self.found.pulls.push(pull(&node.args, range));
        }
        self.args(&node.args);
    }

    /// A name, and what is asked of it by attributes and literal keys.
    fn chain(&mut self, expr: &Expr<'_>) {
        // From the outermost inwards; the path is turned round at the end.
        let mut path = Vec::new();
        let mut end = None;
        let mut inner = expr;
        loop {
            let (next, name, span) = match inner {
                Expr::GetAttr(node) => (&node.expr, Some(node.name.to_owned()), node.span()),
                Expr::GetItem(node) => {
                    let key = text_of(&node.subscript_expr);
                    if key.is_none() {
                        self.expr(&node.subscript_expr);
                        // What is asked of a member that is not known by name says nothing of the variable.
                        path.clear();
                    }
                    (&node.expr, key, node.span())
                }
                _ => break,
            };
            path.extend(name);
            end = Some(range(span).end);
            inner = next;
        }
        let Expr::Var(var) = inner else { return self.expr(inner) };
        let is_bound = self.bound.iter().flatten().any(|name| name == var.id);
        if is_bound || GLOBALS.contains(&var.id) {
            return;
        }
        path.reverse();
        let start = range(var.span());
        let end = end.filter(|_| !path.is_empty() && HOLDERS.contains(&var.id)).unwrap_or(start.end);
        self.found.reads.push(Read { name: var.id.to_owned(), path, range: start.start..end });
    }
}

/// What a call of `xcom_pull` asks for. Source: `RuntimeTaskInstance.xcom_pull` of Airflow 3.0.6.
fn pull(args: &[CallArg<'_>], range: Range<usize>) -> Pull {
    let find = |name: &str, place: usize| {
        let mut positional = args.iter().filter_map(|arg| match arg {
            CallArg::Pos(expr) => Some(expr),
            CallArg::Kwarg(..) | CallArg::PosSplat(_) | CallArg::KwargSplat(_) => None,
        });
        let named = args.iter().find_map(|arg| match arg {
            CallArg::Kwarg(key, expr) if *key == name => Some(expr),
            _ => None,
        });
        named.or_else(|| positional.nth(place))
    };
    let task_ids = match find("task_ids", 0) {
        Some(Expr::List(list)) => list.items.iter().filter_map(text_of).collect(),
        Some(Expr::Tuple(tuple)) => tuple.items.iter().filter_map(text_of).collect(),
        Some(expr) => text_of(expr).into_iter().collect(),
        None => Vec::new(),
    };
    let dag_id = find("dag_id", 1).and_then(|expr| match expr {
        Expr::Const(value) if value.value.is_none() => None,
        expr => Some(text_of(expr).unwrap_or_default()),
    });
    Pull { task_ids, dag_id, range }
}
