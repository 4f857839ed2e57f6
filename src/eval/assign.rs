//! Binding and unbinding: names, attributes, items, and unpacking.

use std::rc::Rc;

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use super::{Scope, Vm};
use crate::datum::CauseKind;
use crate::source::Span;
use crate::value::{Eval, Stop, Value, exception};

impl Vm {
    /// `target = value`.
    pub(super) fn assign(&mut self, scope: &Rc<Scope>, target: &Expr, value: Value) -> Eval<()> {
        match target {
            Expr::Name(name) => {
                scope.target(name.id.as_str()).set(name.id.as_str(), value);
                Ok(())
            }
            Expr::Attribute(node) => {
                let object = self.eval(scope, &node.value)?;
                let span = Span::new(scope.file, target.range());
                self.assign_attr(&object, node.attr.as_str(), value, span)
            }
            Expr::Subscript(node) => {
                let object = self.eval(scope, &node.value)?;
                let key = self.eval(scope, &node.slice)?;
                let span = Span::new(scope.file, target.range());
                self.store_item(&object, &key, value, span)
            }
            Expr::Tuple(node) => self.unpack(scope, &node.elts, value),
            Expr::List(node) => self.unpack(scope, &node.elts, value),
            Expr::Starred(node) => self.assign(scope, &node.value, value),
            other => {
                let cause = self.cause(CauseKind::Unsupported, "this cannot be assigned to");
                let _ = other;
                Err(Stop::halt(cause))
            }
        }
    }

    /// `object[key] = value`; an unknown key, or a doubt on the way, opens the object.
    pub(super) fn store_item(&mut self, object: &Value, key: &Value, value: Value, span: Span) -> Eval<()> {
        if let Value::Unknown(cause) = key {
            let cause = cause.clone();
            return self.open_value(object, &cause);
        }
        match self.set_item(object, key, value, span) {
            Err(Stop::Unknown(cause)) => self.open_value(object, &cause),
            result => result,
        }
    }

    /// `object.name = value`; a doubt on the way opens the object.
    pub(super) fn assign_attr(&mut self, object: &Value, name: &str, value: Value, span: Span) -> Eval<()> {
        match self.set_attr(object, name, value, span) {
            Err(Stop::Unknown(cause)) => self.open_value(object, &cause),
            result => result,
        }
    }

    fn unpack(&mut self, scope: &Rc<Scope>, targets: &[Expr], value: Value) -> Eval<()> {
        let items = match self.iterate(&value) {
            Ok(items) => items,
            Err(Stop::Unknown(cause)) => {
                self.note_may_raise(&cause);
                for target in targets {
                    self.assign(scope, target, Value::Unknown(cause.derived()))?;
                }
                return Ok(());
            }
            Err(stop) => return Err(stop),
        };
        let star = targets.iter().position(Expr::is_starred_expr);
        let wanted = targets.len();
        let enough = if star.is_some() { items.len() + 1 >= wanted } else { items.len() == wanted };
        if !enough {
            let message = if items.len() > wanted {
                format!("too many values to unpack (expected {wanted})")
            } else {
                let least = if star.is_some() { "at least " } else { "" };
                let wanted = wanted - usize::from(star.is_some());
                format!("not enough values to unpack (expected {least}{wanted}, got {})", items.len())
            };
            return Err(Stop::value_error(message));
        }
        let mut items = items.into_iter();
        for (at, target) in targets.iter().enumerate() {
            let value = if Some(at) == star {
                let count = items.len() - (wanted - at - 1);
                Value::list(items.by_ref().take(count).collect())
            } else {
                items.next().unwrap_or_default()
            };
            self.assign(scope, target, value)?;
        }
        Ok(())
    }

    /// `del target`.
    pub(super) fn delete(&mut self, scope: &Rc<Scope>, target: &Expr) -> Eval<()> {
        match target {
            Expr::Name(name) => {
                let name = name.id.as_str();
                if scope.target(name).remove(name) || scope.why_open().is_some() {
                    return Ok(());
                }
                Err(Stop::raise(&exception::NAME_ERROR, format!("name '{name}' is not defined")))
            }
            Expr::Attribute(node) => {
                let object = self.eval(scope, &node.value)?;
                match self.del_attr(&object, node.attr.as_str()) {
                    Err(Stop::Unknown(cause)) => self.open_value(&object, &cause),
                    result => result,
                }
            }
            Expr::Subscript(node) => {
                let object = self.eval(scope, &node.value)?;
                let key = self.eval(scope, &node.slice)?;
                if let Value::Unknown(cause) = &key {
                    let cause = cause.clone();
                    return self.open_value(&object, &cause);
                }
                match self.del_item(&object, &key) {
                    Err(Stop::Unknown(cause)) => self.open_value(&object, &cause),
                    result => result,
                }
            }
            Expr::Tuple(node) => node.elts.iter().try_for_each(|target| self.delete(scope, target)),
            Expr::List(node) => node.elts.iter().try_for_each(|target| self.delete(scope, target)),
            _ => Err(Stop::halt(self.cause(CauseKind::Unsupported, "this cannot be deleted"))),
        }
    }
}
