//! Class statements and instances of user-defined classes.

use std::rc::Rc;

use super::Vm;
use crate::datum::{Cause, CauseKind, Datum};
use crate::source::Span;
use crate::value::Instance;

impl Vm {
    /// The plain data of an instance of a user-defined class.
    pub fn instance_datum(&mut self, instance: &Rc<Instance>, span: Span) -> Datum {
        Datum::Unknown(Cause::new(
            CauseKind::Unsupported,
            span,
            format!("an instance of the class `{}` has no form in a definition", instance.class.name),
        ))
    }
}
