//! The walk itself: what each statement and expression could do.

use std::rc::Rc;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_pattern, walk_stmt};
use ruff_python_ast::{Expr, Operator, Pattern, Stmt};

use super::Walker;
use super::values::is_hosts;
use crate::eval::ScopeKind;
use crate::value::Value;

impl Walker<'_> {
    pub(super) fn bind_target(&mut self, target: &Expr, from: &[Value]) {
        match target {
            Expr::Name(name) => self.bind(name.id.as_str(), from),
            Expr::Attribute(node) => {
                self.visit_expr(&node.value);
                self.store_into(&node.value);
            }
            Expr::Subscript(node) => {
                self.visit_expr(&node.value);
                self.visit_expr(&node.slice);
                self.store_into(&node.value);
            }
            Expr::Tuple(node) => node.elts.iter().for_each(|target| self.bind_target(target, from)),
            Expr::List(node) => node.elts.iter().for_each(|target| self.bind_target(target, from)),
            Expr::Starred(node) => self.bind_target(&node.value, from),
            _ => {}
        }
    }

    pub(super) fn walk_loop(&mut self, body: &[Stmt]) {
        self.loops += 1;
        for stmt in body {
            self.visit_stmt(stmt);
        }
        self.loops -= 1;
    }
}

impl<'a> Visitor<'a> for Walker<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(node) => {
                node.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
                let decorators: Vec<Value> = node
                    .decorator_list
                    .iter()
                    .filter_map(|decorator| self.peek(&decorator.expression))
                    .collect();
                for decorator in decorators {
                    if let Value::Function(function) = decorator {
                        self.follow(&function, &[]);
                    }
                }
                self.bind(node.name.as_str(), &[]);
                // What is defined here may be called here, under a name that does not stand yet.
                let outer_flags = (self.found.returns, self.found.breaks, self.found.continues);
                let outer = std::mem::replace(&mut self.inside_function, true);
                let shadowed = self.shadowed.clone();
                self.shadowed
                    .extend(node.parameters.iter().map(|parameter| parameter.name().as_str().into()));
                node.body.iter().for_each(|stmt| self.visit_stmt(stmt));
                self.shadowed = shadowed;
                self.inside_function = outer;
                (self.found.returns, self.found.breaks, self.found.continues) = outer_flags;
            }
            Stmt::ClassDef(node) => {
                node.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
                for base in node.bases() {
                    self.visit_expr(base);
                    if let Some(Value::Class(class)) = self.peek(base)
                        && let Some(hook) = class.lookup("__init_subclass__")
                    {
                        for hook in self.vm.callables_within(&[hook]) {
                            if let Value::Function(function) = hook {
                                self.follow(&function, &[]);
                            }
                        }
                    }
                }
                node.keywords().iter().for_each(|keyword| self.visit_expr(&keyword.value));
                // Its body runs here.
                node.body.iter().for_each(|stmt| self.visit_stmt(stmt));
                self.bind(node.name.as_str(), &[]);
            }
            Stmt::Assign(node) => {
                self.visit_expr(&node.value);
                let from = self.sources(&node.value);
                node.targets.iter().for_each(|target| self.bind_target(target, &from));
            }
            Stmt::AnnAssign(node) => {
                if let Some(value) = &node.value {
                    self.visit_expr(value);
                    let from = self.sources(value);
                    self.bind_target(&node.target, &from);
                }
            }
            Stmt::AugAssign(node) => {
                self.visit_expr(&node.value);
                // A list is changed in place; a number is bound anew.
                self.store_into(&node.target);
                self.bind_target(&node.target, &[]);
            }
            Stmt::Delete(node) => node.targets.iter().for_each(|target| self.bind_target(target, &[])),
            Stmt::For(node) => {
                self.visit_expr(&node.iter);
                let from = self.sources(&node.iter);
                self.bind_target(&node.target, &from);
                self.walk_loop(&node.body);
                node.orelse.iter().for_each(|stmt| self.visit_stmt(stmt));
            }
            Stmt::While(node) => {
                self.visit_expr(&node.test);
                self.walk_loop(&node.body);
                node.orelse.iter().for_each(|stmt| self.visit_stmt(stmt));
            }
            Stmt::With(node) => {
                for item in &node.items {
                    self.visit_expr(&item.context_expr);
                    let sources = self.sources(&item.context_expr);
                    self.host_touch(&sources, true, &item.context_expr);
                    if let Some(target) = &item.optional_vars {
                        self.bind_target(target, &sources);
                    }
                }
                node.body.iter().for_each(|stmt| self.visit_stmt(stmt));
            }
            Stmt::Import(node) => {
                for alias in &node.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    self.bind(name.split('.').next().unwrap_or(name), &[]);
                }
            }
            Stmt::ImportFrom(node) => {
                for alias in &node.names {
                    self.bind(alias.asname.as_ref().unwrap_or(&alias.name).as_str(), &[]);
                }
            }
            Stmt::Global(node) => {
                node.names.iter().for_each(|name| self.scope.declare(name.as_str(), ScopeKind::Module));
            }
            Stmt::Nonlocal(node) => {
                node.names.iter().for_each(|name| self.scope.declare(name.as_str(), ScopeKind::Function));
            }
            Stmt::Return(node) => {
                node.value.iter().for_each(|value| self.visit_expr(value));
                self.found.returns = true;
            }
            Stmt::Break(_) if self.loops == 0 => self.found.breaks = true,
            Stmt::Continue(_) if self.loops == 0 => self.found.continues = true,
            Stmt::Try(node) => {
                for handler in &node.handlers {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    if let Some(name) = &handler.name {
                        self.bind(name.as_str(), &[]);
                    }
                }
                walk_stmt(self, stmt);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Call(node) => {
                let given = self.given(node);
                let outer = self.given.len();
                self.given.extend(given.iter().cloned());
                walk_expr(self, expr);
                self.given.truncate(outer);
                self.call(node, given);
            }
            Expr::Name(_) => self.used(expr),
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.found.yields |= self.follow == 0 && !self.inside_function;
                walk_expr(self, expr);
            }
            Expr::Attribute(node) => {
                walk_expr(self, expr);
                self.attribute_read(&node.value, node.attr.as_str());
                self.used(expr);
            }
            Expr::Named(node) => {
                self.visit_expr(&node.value);
                let from = self.sources(&node.value);
                self.bind_target(&node.target, &from);
            }
            Expr::BinOp(node) => {
                walk_expr(self, expr);
                let mut operands = self.sources(&node.left);
                operands.extend(self.sources(&node.right));
                let hosted = operands.iter().any(|value| is_hosts(value, true));
                let library = Rc::clone(&self.vm.library);
                let shift = matches!(node.op, Operator::LShift | Operator::RShift);
                if hosted || (shift && library.host().is_building(self.vm)) {
                    self.host_effect(node, operands);
                }
            }
            Expr::Lambda(node) => {
                // Whoever gets it may call it.
                let (shadowed, candidates) = (self.shadowed.clone(), self.candidates.clone());
                for parameter in node.parameters.iter().flat_map(|parameters| parameters.iter()) {
                    let name: Rc<str> = parameter.name().as_str().into();
                    self.shadowed.insert(Rc::clone(&name));
                    self.candidates.insert(name, self.given.clone());
                }
                self.visit_expr(&node.body);
                (self.shadowed, self.candidates) = (shadowed, candidates);
            }
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                // The targets are the comprehension's own.
                let generators = match expr {
                    Expr::ListComp(node) => &node.generators,
                    Expr::SetComp(node) => &node.generators,
                    Expr::DictComp(node) => &node.generators,
                    Expr::Generator(node) => &node.generators,
                    _ => return,
                };
                let shadowed = self.shadowed.clone();
                for generator in generators {
                    self.visit_expr(&generator.iter);
                    let from = self.sources(&generator.iter);
                    for name in target_names(&generator.target) {
                        self.shadowed.insert(name.as_str().into());
                        self.candidates.entry(name.as_str().into()).or_default().extend(from.iter().cloned());
                    }
                    generator.ifs.iter().for_each(|condition| self.visit_expr(condition));
                }
                match expr {
                    Expr::ListComp(node) => self.visit_expr(&node.elt),
                    Expr::SetComp(node) => self.visit_expr(&node.elt),
                    Expr::Generator(node) => self.visit_expr(&node.elt),
                    Expr::DictComp(node) => {
                        node.key.iter().for_each(|key| self.visit_expr(key));
                        self.visit_expr(&node.value);
                    }
                    _ => {}
                }
                self.shadowed = shadowed;
            }
            _ => walk_expr(self, expr),
        }
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        for name in crate::eval::pattern::captures(pattern) {
            self.bind(&name, &[]);
        }
        walk_pattern(self, pattern);
    }
}

fn target_names(target: &Expr) -> Vec<String> {
    match target {
        Expr::Name(name) => vec![name.id.to_string()],
        Expr::Tuple(node) => node.elts.iter().flat_map(target_names).collect(),
        Expr::List(node) => node.elts.iter().flat_map(target_names).collect(),
        Expr::Starred(node) => target_names(&node.value),
        _ => Vec::new(),
    }
}
