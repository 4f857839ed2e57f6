//! Private names: `__x` in the body of the class `A` is `_A__x`, as the compiler has it.

use ruff_python_ast::name::Name;
use ruff_python_ast::visitor::transformer::{
    Transformer, walk_alias, walk_except_handler, walk_expr, walk_keyword, walk_parameter, walk_stmt,
};
use ruff_python_ast::{Alias, ExceptHandler, Expr, Identifier, Keyword, ModModule, Parameter, Stmt};

/// Writes the private names of a module out.
pub(super) fn write_out(text: &str, module: &mut ModModule) {
    if !may_have_any(text) {
        return;
    }
    let outside = Private { prefix: String::new() };
    module.body.iter_mut().for_each(|stmt| outside.visit_stmt(stmt));
}

/// Whether a name may be private: most files have none.
fn may_have_any(text: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    text.contains("class ") && text.split(|char: char| !is_part(char)).any(is_private)
}

fn is_private(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__")
}

struct Private {
    /// What stands before a private name: `_A`; empty outside of classes.
    prefix: String,
}

impl Private {
    fn name(&self, name: &mut Name) {
        if !self.prefix.is_empty() && is_private(name) {
            *name = Name::from(format!("{}{name}", self.prefix));
        }
    }

    fn identifier(&self, identifier: &mut Identifier) {
        self.name(&mut identifier.id);
    }
}

impl Transformer for Private {
    fn visit_stmt(&self, stmt: &mut Stmt) {
        match stmt {
            Stmt::ClassDef(node) => {
                let own = node.name.trim_start_matches('_');
                let prefix = if own.is_empty() { String::new() } else { format!("_{own}") };
                self.identifier(&mut node.name);
                node.decorator_list.iter_mut().for_each(|decorator| self.visit_decorator(decorator));
                if let Some(arguments) = &mut node.arguments {
                    self.visit_arguments(arguments);
                }
                Private { prefix }.visit_body(&mut node.body);
                return;
            }
            Stmt::FunctionDef(node) => self.identifier(&mut node.name),
            Stmt::Global(node) => node.names.iter_mut().for_each(|name| self.identifier(name)),
            Stmt::Nonlocal(node) => node.names.iter_mut().for_each(|name| self.identifier(name)),
            _ => {}
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&self, expr: &mut Expr) {
        match expr {
            Expr::Name(node) => self.name(&mut node.id),
            Expr::Attribute(node) => self.identifier(&mut node.attr),
            _ => {}
        }
        walk_expr(self, expr);
    }

    fn visit_parameter(&self, parameter: &mut Parameter) {
        self.identifier(&mut parameter.name);
        walk_parameter(self, parameter);
    }

    fn visit_keyword(&self, keyword: &mut Keyword) {
        if let Some(name) = &mut keyword.arg {
            self.identifier(name);
        }
        walk_keyword(self, keyword);
    }

    fn visit_alias(&self, alias: &mut Alias) {
        if let Some(name) = &mut alias.asname {
            self.identifier(name);
        }
        walk_alias(self, alias);
    }

    fn visit_except_handler(&self, handler: &mut ExceptHandler) {
        let ExceptHandler::ExceptHandler(node) = handler;
        if let Some(name) = &mut node.name {
            self.identifier(name);
        }
        walk_except_handler(self, handler);
    }
}
