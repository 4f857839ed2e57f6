//! How a statement ended.

use crate::datum::Cause;
use crate::value::Value;

/// How a statement ended.
#[derive(Debug, Clone)]
pub(super) enum Flow {
    /// The next one follows.
    Next,
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// `return`.
    Return(Value),
    /// One of the above, or not: an unknown decides.
    Doubt(Escape),
}

/// Ways in which control may have left a place.
#[derive(Debug, Clone)]
pub(super) struct Escape {
    /// What is unknown.
    pub(super) cause: Cause,
    /// It may have returned.
    pub(super) returns: bool,
    /// It may have left the loop.
    pub(super) breaks: bool,
    /// It may have gone on with the next item.
    pub(super) continues: bool,
}

impl Escape {
    /// No way out.
    pub(super) fn none(cause: Cause) -> Self {
        Self { cause: cause.decided(), returns: false, breaks: false, continues: false }
    }

    /// Whether there is any.
    pub(super) fn is_none(&self) -> bool {
        !(self.returns || self.breaks || self.continues)
    }

    /// Both.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.returns |= other.returns;
        self.breaks |= other.breaks;
        self.continues |= other.continues;
        self
    }

    /// The flow this comes to.
    pub(super) fn flow(self) -> Flow {
        if self.is_none() { Flow::Next } else { Flow::Doubt(self) }
    }
}
