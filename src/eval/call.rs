//! Calls.

use super::Vm;
use crate::value::{Args, Eval, Value};

impl Vm {
    /// Calls `callee`.
    pub fn call(&mut self, callee: &Value, args: Args) -> Eval<Value> {
        let _ = (callee, args);
        self.unknown(crate::datum::CauseKind::Unsupported, "not written yet")
    }
}
