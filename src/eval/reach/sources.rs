//! What an expression could stand for, without running anything.

use std::rc::Rc;

use ruff_python_ast::Expr;
use ruff_python_ast::visitor::{Visitor, walk_expr};

use super::values::{address, counts, is_namespace};
use super::{MAX_FOLLOW, MAX_SOURCES, Walker};
use crate::map::HashSet;
use crate::value::function::Code;
use crate::value::{Function, Value};

impl Walker<'_> {
    /// The value that an expression has as things stand, if that can be told without running anything.
    pub(super) fn peek(&mut self, expr: &Expr) -> Option<Value> {
        match expr {
            Expr::Name(name) => {
                if self.shadowed.contains(name.id.as_str()) {
                    return None;
                }
                let scope = Rc::clone(&self.scope);
                self.vm.find(&scope, name.id.as_str()).ok()
            }
            Expr::Attribute(node) => {
                let object = self.peek(&node.value)?;
                let plain = match &object {
                    Value::Instance(instance) => {
                        let own = instance.attrs.borrow().get(node.attr.as_str()).cloned();
                        return own.or_else(|| instance.class.lookup(node.attr.as_str())).map(|value| {
                            match value {
                                Value::Function(_) => Value::Method(Rc::new(crate::value::Method {
                                    receiver: object.clone(),
                                    function: value,
                                })),
                                other => other,
                            }
                        });
                    }
                    Value::Unknown(_) => return Some(object),
                    object => object,
                };
                self.vm.attr(plain, node.attr.as_str()).ok()
            }
            Expr::Subscript(node) => {
                let object = self.peek(&node.value)?;
                let key = match &*node.slice {
                    Expr::StringLiteral(text) => Value::str(text.value.to_str()),
                    other => self.peek(other)?,
                };
                match &object {
                    Value::Dict(_) | Value::List(_) | Value::Tuple(_) => self.vm.item(&object, &key).ok(),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Every value that an expression could be, or be part of.
    pub(super) fn sources(&mut self, expr: &Expr) -> Vec<Value> {
        let mut values = Vec::new();
        values.extend(self.peek(expr));
        let mut mentions = Mentions::default();
        mentions.visit_expr(expr);
        for name in mentions.names {
            if let Some(candidates) = self.candidates.get(name) {
                values.extend(candidates.iter().cloned());
            }
            if !self.shadowed.contains(name) {
                let scope = Rc::clone(&self.scope);
                values.extend(self.vm.find(&scope, name).ok().filter(counts));
                if is_namespace(name) {
                    values.extend(
                        scope.globals().bindings().into_iter().map(|(_, value)| value).filter(counts),
                    );
                }
            }
        }
        // What a function gives is something it was given, or something it knows of.
        let mut functions = HashSet::default();
        for callee in mentions.callees {
            let called = self.peek(callee);
            let named = match callee {
                Expr::Name(name) => self.candidates.get(name.id.as_str()).cloned().unwrap_or_default(),
                _ => Vec::new(),
            };
            for called in called.into_iter().chain(named) {
                self.known_to(&called, &mut values, &mut functions);
            }
        }
        let mut seen = HashSet::default();
        values.retain(|value| address(value).is_none_or(|address| seen.insert(address)));
        if values.len() > MAX_SOURCES {
            values.truncate(MAX_SOURCES);
            self.found.too_much = true;
        }
        values
    }

    /// Adds what the code of a function mentions.
    pub(super) fn known_to(
        &mut self,
        callee: &Value,
        values: &mut Vec<Value>,
        seen: &mut HashSet<*const Function>,
    ) {
        let function = match callee {
            Value::Function(function) => Rc::clone(function),
            Value::Method(method) => {
                values.push(method.receiver.clone());
                return self.known_to(&method.function, values, seen);
            }
            Value::Instance(instance) => match instance.class.lookup("__call__") {
                Some(method) => return self.known_to(&method, values, seen),
                None => return,
            },
            _ => return,
        };
        if seen.len() > MAX_FOLLOW || !seen.insert(Rc::as_ptr(&function)) {
            return;
        }
        let mut mentions = Mentions::default();
        match &function.code {
            Code::Def(def) => def.body.iter().for_each(|stmt| mentions.visit_stmt(stmt)),
            Code::Lambda(lambda) => mentions.visit_expr(&lambda.body),
        }
        let locals = self.vm.locals_of(&function);
        let known: Vec<Value> = mentions
            .names
            .iter()
            .filter(|name| !locals.as_ref().is_some_and(|locals| locals.contains(**name)))
            .filter_map(|name| self.vm.find(&function.scope, name).ok())
            .collect();
        for value in known {
            self.known_to(&value, values, seen);
            if counts(&value) {
                values.push(value);
            }
        }
        if mentions.names.iter().any(|name| is_namespace(name)) {
            let bindings = function.scope.globals().bindings();
            values.extend(bindings.into_iter().map(|(_, value)| value).filter(counts));
        }
    }
}

/// The names that code mentions, and what it calls.
#[derive(Default)]
struct Mentions<'a> {
    names: Vec<&'a str>,
    callees: Vec<&'a Expr>,
}

impl<'a> Visitor<'a> for Mentions<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => self.names.push(name.id.as_str()),
            Expr::Call(call) => self.callees.push(&call.func),
            _ => {}
        }
        walk_expr(self, expr);
    }
}
