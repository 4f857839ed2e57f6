//! Definitions as YAML text: written so that dag-factory loads back exactly what was meant, and read again to prove it.
//!
//! Owns everything between plain data and text: the forms for values that YAML lacks, the style of each scalar, the
//! reader with PyYAML's own rules, and the comparison of the two. What a definition says is left to `target`.
//!
//! dag-factory 1.0 loads a file in four steps, and each of them changes text that is not written for it: `os.path.expandvars`
//! over the raw text, `yaml.load` with PyYAML's YAML 1.1 `FullLoader`, `__type__` mappings turned into objects, and
//! `__and__`, `__or__` and `__join__` mappings folded.

mod check;
mod dollar;
mod error;
mod form;
mod hash;
mod layout;
mod load;
mod node;
mod object;
mod read;
mod resolve;
mod scalar;
mod style;
mod time;

pub use check::{Mismatch, check};
pub use error::{DataPath, Inexpressible, Reason, Step};
pub use load::{LoadError, load};
pub use node::{Node, Tag, Value};
pub use read::{ReadError, read};
pub use time::wall_time;

use crate::datum::Datum;

/// How deep the collections of a written definition may nest, `__type__` forms included.
///
/// dag-factory 1.0.1 loads 300 levels and ends in a `RecursionError` at 450, fewer where its caller's stack is deep.
pub const MAX_DEPTH: usize = 200;

/// Writes a definition: a map with one key, the dag_id, whose value is the DAG's block.
///
/// The text ends in a newline. Equal definitions give equal text. Fails where the format cannot hold a value, and at any
/// `Datum::Unknown`.
pub fn write(definition: &Datum) -> Result<String, Inexpressible> {
    Ok(layout::layout(&form::definition(definition)?))
}
