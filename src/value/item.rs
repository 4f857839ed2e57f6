//! Subscripts: items, slices, stores and deletions.

use super::{Eval, Value};
use crate::datum::CauseKind;
use crate::eval::Vm;
use crate::source::Span;

impl Vm {
    /// `container[key]`. A slice comes as a `Slice` object.
    pub fn item(&mut self, container: &Value, key: &Value) -> Eval<Value> {
        let _ = (container, key);
        self.unknown(CauseKind::Unsupported, "not written yet")
    }

    /// `container[key] = value`. An unknown key opens the container.
    pub fn set_item(&mut self, container: &Value, key: &Value, value: Value, span: Span) -> Eval<()> {
        let _ = (container, key, value, span);
        self.unknown(CauseKind::Unsupported, "not written yet")
    }

    /// `del container[key]`. An unknown key opens the container.
    pub fn del_item(&mut self, container: &Value, key: &Value) -> Eval<()> {
        let _ = (container, key);
        self.unknown(CauseKind::Unsupported, "not written yet")
    }

    /// `item in container`.
    pub fn contains(&mut self, container: &Value, item: &Value) -> Eval<bool> {
        let _ = (container, item);
        self.unknown(CauseKind::Unsupported, "not written yet")
    }
}
