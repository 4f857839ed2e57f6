//! `str`, `repr` and `format` of any value.

use std::rc::Rc;

use super::{Eval, Value};
use crate::eval::Vm;

impl Vm {
    /// `str(value)`.
    pub fn str(&mut self, value: &Value) -> Eval<Rc<str>> {
        self.repr(value)
    }

    /// `repr(value)`.
    pub fn repr(&mut self, value: &Value) -> Eval<Rc<str>> {
        let _ = value;
        self.unknown(crate::datum::CauseKind::Unsupported, "not written yet")
    }

    /// `format(value, spec)`.
    pub fn format(&mut self, value: &Value, spec: &str) -> Eval<Rc<str>> {
        let _ = spec;
        self.str(value)
    }
}
