//! Iteration: the items that a value gives.

use super::{Eval, Value};
use crate::datum::CauseKind;
use crate::eval::Vm;

impl Vm {
    /// All items that iterating over `value` gives. An iterator is used up by it.
    pub fn iterate(&mut self, value: &Value) -> Eval<Vec<Value>> {
        let _ = value;
        self.unknown(CauseKind::Unsupported, "not written yet")
    }
}
