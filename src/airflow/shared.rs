//! Walks through what values hold: what is shared, or holds itself, is walked through once, however many ways lead to it.

use crate::map::HashMap;
use crate::value::Value;

/// The containers that a walk came through, each with the least depth at which it did.
///
/// They are kept alive, so that none of them leaves its address to another.
#[derive(Debug, Default)]
pub(super) struct Walked(HashMap<*const (), (usize, Value)>);

impl Walked {
    /// Whether what the value holds is still to be walked through. A walk ends at some depth, so that a container is to be walked
    /// through again where it is come upon higher up.
    pub(super) fn enters(&mut self, value: &Value, depth: usize) -> bool {
        let Some(address) = value.address() else { return true };
        match self.0.get(&address) {
            Some((known, _)) if *known <= depth => false,
            Some(_) | None => {
                self.0.insert(address, (depth, value.clone()));
                true
            }
        }
    }
}
