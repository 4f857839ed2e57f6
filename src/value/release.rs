//! How values end: one after the other, however deep one lies inside the other.
//!
//! What a value holds may nest as deeply as the bound on steps lets a file nest it, and Rust drops the inner inside the outer,
//! on the stack. So each type that holds values hands them over here when it is dropped itself, and the evaluator drops what
//! waits here, between two steps and at the end.

use std::cell::RefCell;

use super::{Object, Value};

thread_local! {
    /// What nobody holds any more, or will not once the object that does is gone.
    static WAITING: RefCell<Vec<Value>> = const { RefCell::new(Vec::new()) };
}

/// Takes over values of something that is being dropped.
pub(crate) fn later(values: impl IntoIterator<Item = Value>) {
    for value in values.into_iter().filter(Value::holds_others) {
        // At the end of the thread there is nothing to wait for.
        let _ = WAITING.try_with(|waiting| waiting.borrow_mut().push(value));
    }
}

/// Takes over what an object that is being dropped holds, as far as it shows it.
pub(crate) fn seen(object: &impl Object) {
    object.visit(&mut |value| {
        if value.holds_others() {
            later([value.clone()]);
        }
    });
}

/// Drops what waits.
pub(crate) fn now() {
    while let Ok(waiting) = WAITING.try_with(RefCell::take)
        && !waiting.is_empty()
    {
        drop(waiting);
    }
}

/// Makes objects hand over what their `visit` shows.
macro_rules! released {
    ($($object:ty),+ $(,)?) => {
        $(
            impl Drop for $object {
                fn drop(&mut self) {
                    $crate::value::release::seen(self);
                }
            }
        )+
    };
}
pub(crate) use released;

impl Value {
    /// Whether it may hold other values.
    fn holds_others(&self) -> bool {
        match self {
            Self::Tuple(_)
            | Self::List(_)
            | Self::Dict(_)
            | Self::Set(_)
            | Self::Iter(_)
            | Self::Function(_)
            | Self::Method(_)
            | Self::Class(_)
            | Self::Instance(_)
            | Self::Module(_)
            | Self::Object(_) => true,
            Self::None
            | Self::Ellipsis
            | Self::NotImplemented
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Float(_)
            | Self::Str(_)
            | Self::Bytes(_)
            | Self::Range(_)
            | Self::Native(_)
            | Self::Type(_)
            | Self::Unknown(_) => false,
        }
    }
}
