//! Operators: arithmetic, comparison, equality, truth.

use ruff_python_ast::{CmpOp, Operator, UnaryOp};

use super::{Eval, Value};
use crate::datum::CauseKind;
use crate::eval::Vm;

impl Vm {
    /// `left op right`.
    pub fn binary(&mut self, op: Operator, left: &Value, right: &Value) -> Eval<Value> {
        let _ = (op, left, right);
        self.unknown(CauseKind::Unsupported, "not written yet")
    }

    /// `op value`, `not` aside.
    pub fn unary(&mut self, op: UnaryOp, value: &Value) -> Eval<Value> {
        let _ = (op, value);
        self.unknown(CauseKind::Unsupported, "not written yet")
    }

    /// `left op right` for one comparison; `is`, `in` and their negations included.
    pub fn compare(&mut self, op: CmpOp, left: &Value, right: &Value) -> Eval<Value> {
        let _ = (op, left, right);
        self.unknown(CauseKind::Unsupported, "not written yet")
    }

    /// `left == right`.
    pub fn equals(&mut self, left: &Value, right: &Value) -> Eval<bool> {
        let _ = (left, right);
        self.unknown(CauseKind::Unsupported, "not written yet")
    }

    /// `bool(value)`.
    pub fn truth(&mut self, value: &Value) -> Eval<bool> {
        let _ = value;
        self.unknown(CauseKind::Unsupported, "not written yet")
    }
}
