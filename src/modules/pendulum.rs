//! `pendulum`, the part that DAGs use.

use std::rc::Rc;

use super::datetime::Moment;
use crate::eval::Vm;
use crate::value::{Eval, Value};

/// What a `pendulum.DateTime` has besides a `datetime`'s attributes.
pub(crate) fn moment_attr(_vm: &mut Vm, _moment: &Rc<Moment>, _name: &str) -> Eval<Option<Value>> {
    Ok(None)
}
