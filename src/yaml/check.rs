//! The proof after writing: the text is read back as dag-factory reads it, and compared with what was meant.

use std::collections::BTreeMap;

use super::dollar::first_variable;
use super::error::{DataPath, Step};
use super::hash::HashKey;
use super::load::{LoadError, load};
use super::node::Node;
use super::object::normal;
use super::read::{ReadError, read};
use super::strict::position;
use crate::datum::{Datum, TypedObject};
use crate::source::Position;

/// How a text and the definition that it is to hold differ.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Mismatch {
    /// `os.path.expandvars` could replace something in the text.
    #[error("line {} has a `$` that dag-factory may expand", .0.line)]
    Variable(Position),
    /// The text is no document that dag-factory reads.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The document is none that dag-factory loads as it stands.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A value comes back as another, or with another type.
    #[error("`{path}` is read back as something else")]
    Differs {
        /// Where the first difference is.
        path: DataPath,
    },
}

/// Reads `text` back and compares it with `definition`, in values, types and order of keys.
///
/// It holds for what [`super::write()`] writes; it costs about as much as writing. Gives the document that was read.
pub fn check(text: &str, definition: &Datum) -> Result<Node, Mismatch> {
    if let Some(at) = first_variable(text) {
        return Err(Mismatch::Variable(position(text, at)));
    }
    let root = read(text)?;
    let found = load(&root)?;
    let mut path = Vec::new();
    if same(definition, &found, &mut path) {
        Ok(root)
    } else {
        path.reverse();
        Err(Mismatch::Differs { path: DataPath(path) })
    }
}

/// Whether two values are the same, detours aside; if not, `path` leads from the first difference up to here.
fn same(meant: &Datum, found: &Datum, path: &mut Vec<Step>) -> bool {
    let (meant, found) = (normal(meant), normal(found));
    match (meant.as_ref(), found.as_ref()) {
        (Datum::Float(meant), Datum::Float(found)) => {
            meant.to_bits() == found.to_bits() || meant.is_nan() && found.is_nan()
        }
        (Datum::List(meant), Datum::List(found)) | (Datum::Tuple(meant), Datum::Tuple(found)) => {
            same_items(meant, found, path)
        }
        (Datum::Set(meant), Datum::Set(found)) | (Datum::FrozenSet(meant), Datum::FrozenSet(found)) => {
            same_members(meant, found, path)
        }
        (Datum::Map(meant), Datum::Map(found)) => {
            meant.len() == found.len()
                && meant.iter().zip(found).all(|((key, value), (found_key, found_value))| {
                    let is_same = same(key, found_key, path) && same(value, found_value, path);
                    within(is_same, path, || Step::Key(HashKey::name(key)))
                })
        }
        (Datum::Object(meant), Datum::Object(found)) => same_calls(meant, found, path),
        (Datum::Reference(meant), Datum::Reference(found)) => {
            (&meant.module, &meant.name) == (&found.module, &found.name)
        }
        (Datum::Unknown(_), _) => false,
        (meant, found) => meant == found,
    }
}

/// Notes the step into what is not the same.
fn within(is_same: bool, path: &mut Vec<Step>, step: impl FnOnce() -> Step) -> bool {
    if !is_same {
        path.push(step());
    }
    is_same
}

fn same_items(meant: &[Datum], found: &[Datum], path: &mut Vec<Step>) -> bool {
    meant.len() == found.len()
        && meant.iter().zip(found).enumerate().all(|(index, (meant, found))| {
            let is_same = same(meant, found, path);
            within(is_same, path, || Step::Index(index))
        })
}

/// Compares members with those that Python holds for equal, so that `1` for `True` is seen.
fn same_members(meant: &[Datum], found: &[Datum], path: &mut Vec<Step>) -> bool {
    let sorted = |items: &[Datum]| {
        let keyed = items.iter().map(|item| HashKey::of(item).ok().map(|key| (key, item.clone())));
        keyed.collect::<Option<BTreeMap<_, _>>>().filter(|members| members.len() == items.len())
    };
    match (sorted(meant), sorted(found)) {
        (Some(meant), Some(found)) => {
            meant.len() == found.len()
                && meant.values().zip(found.values()).all(|(meant, found)| same(meant, found, path))
        }
        _ => false,
    }
}

fn same_calls(meant: &TypedObject, found: &TypedObject, path: &mut Vec<Step>) -> bool {
    meant.path == found.path
        && same_items(&meant.args, &found.args, path)
        && meant.kwargs.len() == found.kwargs.len()
        && meant.kwargs.iter().zip(&found.kwargs).all(|((name, meant), (found_name, found))| {
            let is_same = name == found_name && same(meant, found, path);
            within(is_same, path, || Step::Key(name.clone()))
        })
}

#[cfg(test)]
mod tests {
    use super::{Mismatch, check};
    use crate::datum::{Datum, TimeDelta};

    fn dag(value: Datum) -> Datum {
        Datum::Map(vec![(Datum::str("d"), Datum::Map(vec![(Datum::str("v"), value)]))])
    }

    #[test]
    fn a_text_that_says_something_else_is_seen() {
        let list = |items: &[Datum]| Datum::List(items.to_vec());
        let rows = [
            ("yes", Datum::str("yes")),
            ("'1'", Datum::int(1)),
            ("1", Datum::Float(1.0)),
            ("0.0", Datum::Float(-0.0)),
            ("1e16", Datum::Float(1e16)),
            ("2024-01-01", Datum::str("2024-01-01")),
            ("12:30", Datum::str("12:30")),
            ("a b", Datum::str("a  b")),
            ("", Datum::str("")),
            ("[a]", Datum::Tuple(vec![Datum::str("a")])),
            ("[a, b]", list(&[Datum::str("b"), Datum::str("a")])),
            ("[a]", list(&[])),
            (
                "{a: 1, b: 2}",
                Datum::Map(vec![(Datum::str("b"), Datum::int(2)), (Datum::str("a"), Datum::int(1))]),
            ),
            ("{__type__: builtins.set, __args__: [[1]]}", Datum::Set(vec![Datum::Bool(true)])),
            ("{__type__: builtins.set, __args__: [[1, 1]]}", Datum::Set(vec![Datum::int(1)])),
            (
                "{__type__: datetime.timedelta, minutes: 5}",
                Datum::TimeDelta(TimeDelta { days: 0, seconds: 301, microseconds: 0 }),
            ),
            ("{__type__: a.B, x: 1}", dag(Datum::Null)),
        ];
        for (text, meant) in rows {
            let found = check(&format!("d:\n  v: {text}\n"), &dag(meant));
            let Err(Mismatch::Differs { path }) = found else { panic!("{text}: {found:?}") };
            assert!(path.to_string().starts_with("d.v"), "{path}");
        }
    }

    #[test]
    fn a_text_that_dag_factory_would_not_load_as_it_stands_is_seen() {
        let meant = dag(Datum::str("x"));
        assert!(check("d:\n  v: x\n", &meant).is_ok());
        assert!(matches!(check("d:\n  v: x # $HOME\n", &meant), Err(Mismatch::Variable(at)) if at.line == 2));
        for text in [
            "d:\n  v: x\n  v: x\n",
            "d:\n  v: !a x\n",
            "d: {__args__: [], v: x}\n",
            "d: {v: {__and__: [x]}}\n",
        ] {
            assert!(matches!(check(text, &meant), Err(Mismatch::Load(_))), "{text}");
        }
        for text in ["", "d:\n  v: x\n---\n", "d:\n  v:\tx\n", "d: [", "d:\n  v: \u{1}x\n"] {
            assert!(matches!(check(text, &meant), Err(Mismatch::Read(_))), "{text}");
        }
    }
}
