//! `<`, `<=`, `>`, `>=`.

use std::cmp::Ordering;
use std::rc::Rc;

use ruff_python_ast::CmpOp;

use super::compare::{as_built_in, number_order};
use super::{Eval, Stop, Value};
use crate::eval::Vm;

impl Vm {
    /// `<`, `<=`, `>`, `>=`.
    pub(super) fn ordered(&mut self, op: CmpOp, left: &Value, right: &Value) -> Eval<Value> {
        if let (Value::Instance(_), _) | (_, Value::Instance(_)) = (left, right) {
            let (name, mirrored) = special_names(op);
            if let Some(found) = self.special_compare(name, mirrored, left, right)? {
                return Ok(found);
            }
            let (a, b) = (left.plain(), right.plain());
            if matches!(a, Value::Instance(_)) || matches!(b, Value::Instance(_)) {
                return Err(not_ordered(op, left, right));
            }
            return self.ordered(op, &a, &b);
        }
        if let Some((left, right)) = as_built_in(self, left, right)? {
            return self.ordered(op, &left, &right);
        }
        if let Value::Object(object) = left
            && let Some(found) = object.compare(op, right)?
        {
            return Ok(Value::Bool(found));
        }
        if let Value::Object(object) = right
            && let Some(found) = object.compare(mirror(op), left)?
        {
            return Ok(Value::Bool(found));
        }
        let found = match (left, right) {
            (Value::Unknown(cause), _) | (_, Value::Unknown(cause)) => {
                return Err(Stop::Unknown(cause.clone()));
            }
            (Value::Str(a), Value::Str(b)) => holds(op, a.cmp(b)),
            (Value::Bytes(a), Value::Bytes(b)) => holds(op, a.cmp(b)),
            (Value::Tuple(a), Value::Tuple(b)) => {
                let (a, b) = (Rc::clone(a), Rc::clone(b));
                self.ordered_items(op, &a, &b)?
            }
            (Value::List(a), Value::List(b)) => {
                let (a, b) = (a.items()?.clone(), b.items()?.clone());
                self.ordered_items(op, &a, &b)?
            }
            (Value::Set(a), Value::Set(b)) => {
                let (a, b) = (a.items()?, b.items()?);
                match op {
                    CmpOp::LtE => a.is_subset(&b),
                    CmpOp::Lt => a.is_subset(&b) && a.len() < b.len(),
                    CmpOp::GtE => b.is_subset(&a),
                    _ => b.is_subset(&a) && b.len() < a.len(),
                }
            }
            _ => match number_order(left, right) {
                Some(Some(order)) => holds(op, order),
                Some(None) => false,
                None => return Err(not_ordered(op, left, right)),
            },
        };
        Ok(Value::Bool(found))
    }

    fn ordered_items(&mut self, op: CmpOp, left: &[Value], right: &[Value]) -> Eval<bool> {
        self.spend(left.len().min(right.len()))?;
        for (a, b) in left.iter().zip(right) {
            if !self.same_or_equal(a, b)? {
                let found = self.nested(|vm| vm.ordered(op, a, b))?;
                return self.truth(&found);
            }
        }
        Ok(holds(op, left.len().cmp(&right.len())))
    }

    /// `left < right` as a truth, for sorting.
    pub fn less(&mut self, left: &Value, right: &Value) -> Eval<bool> {
        let found = self.ordered(CmpOp::Lt, left, right)?;
        self.truth(&found)
    }
}

fn holds(op: CmpOp, order: Ordering) -> bool {
    match op {
        CmpOp::Lt => order.is_lt(),
        CmpOp::LtE => order.is_le(),
        CmpOp::Gt => order.is_gt(),
        CmpOp::GtE => order.is_ge(),
        CmpOp::Eq => order.is_eq(),
        CmpOp::NotEq => order.is_ne(),
        CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => false,
    }
}

/// The operator with its sides exchanged.
fn mirror(op: CmpOp) -> CmpOp {
    match op {
        CmpOp::Lt => CmpOp::Gt,
        CmpOp::LtE => CmpOp::GtE,
        CmpOp::Gt => CmpOp::Lt,
        CmpOp::GtE => CmpOp::LtE,
        CmpOp::Eq | CmpOp::NotEq | CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => op,
    }
}

fn not_ordered(op: CmpOp, left: &Value, right: &Value) -> Stop {
    Stop::type_error(format!(
        "'{}' not supported between instances of '{}' and '{}'",
        op.as_str(),
        left.type_name(),
        right.type_name()
    ))
}

fn special_names(op: CmpOp) -> (&'static str, &'static str) {
    match op {
        CmpOp::Lt => ("__lt__", "__gt__"),
        CmpOp::LtE => ("__le__", "__ge__"),
        CmpOp::Gt => ("__gt__", "__lt__"),
        CmpOp::GtE => ("__ge__", "__le__"),
        CmpOp::Eq => ("__eq__", "__eq__"),
        CmpOp::NotEq => ("__ne__", "__ne__"),
        CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => ("", ""),
    }
}
