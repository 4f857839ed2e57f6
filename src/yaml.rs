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
mod number;
mod object;
mod read;
mod resolve;
mod scalar;
mod strict;
mod style;
mod time;

pub use check::{Mismatch, check};
pub use dollar::variables;
pub use error::{DataPath, Inexpressible, Reason, Step};
pub use load::{LoadError, duplicate_keys, load};
pub use node::{Node, Tag, Value};
pub use read::{ReadError, read};
pub use time::wall_time;

use crate::datum::Datum;

/// How deep the collections of a written definition may nest, `__type__` forms included.
///
/// dag-factory 1.0.1 under Python 3.12 loads 300 levels from an empty stack, 200 under a caller 300 frames deep.
pub const MAX_DEPTH: usize = 200;

/// Writes a definition: a map with one key, the dag_id, whose value is the DAG's block.
///
/// The text ends in a newline. Equal definitions give equal text. Fails where the format cannot hold a value, and at any
/// `Datum::Unknown`.
pub fn write(definition: &Datum) -> Result<String, Inexpressible> {
    Ok(layout::layout(&form::definition(definition)?))
}

#[cfg(test)]
mod tests {
    use super::{check, write};
    use crate::datum::{DateTime, Datum, Reference, TimeDelta, TypedObject, Zone};

    fn map(entries: Vec<(&str, Datum)>) -> Datum {
        Datum::Map(entries.into_iter().map(|(key, value)| (Datum::str(key), value)).collect())
    }

    #[test]
    fn a_definition_reads_well() {
        let at = |zone| Datum::DateTime(DateTime { civil: "2024-01-01T06:30".parse().unwrap(), zone });
        let script = "set -e\nfor f in *; do\n  echo \"$HOME/$f\"\ndone\n";
        let object = TypedObject {
            path: "airflow.sdk.Param".to_owned(),
            args: vec![Datum::int(5)],
            kwargs: vec![("type".to_owned(), Datum::str("integer"))],
        };
        let reference = Reference {
            module: Some("helpers".to_owned()),
            name: "notify".to_owned(),
            span: None,
            captured: Vec::new(),
        };
        let task = map(vec![
            ("operator", Datum::str("airflow.providers.standard.operators.bash.BashOperator")),
            ("bash_command", Datum::str(script)),
            ("sql", Datum::str("SELECT *\nFROM t\nWHERE ds = '{{ ds }}'\n")),
            ("retry_delay", Datum::TimeDelta(TimeDelta { days: 0, seconds: 300, microseconds: 0 })),
            ("env", map(vec![])),
            ("naive", at(None)),
            ("utc", at(Some(Zone::Utc))),
            ("fixed", at(Some(Zone::Fixed(-12_600)))),
            ("named", at(Some(Zone::Named("Europe/Amsterdam".to_owned())))),
            ("pair", Datum::Tuple(vec![Datum::int(1), Datum::str("1")])),
            ("names", Datum::Set(vec![Datum::str("b"), Datum::int(2), Datum::str("a")])),
            ("by_number", Datum::Map(vec![(Datum::int(1), Datum::List(vec![]))])),
            ("param", Datum::Object(Box::new(object))),
            ("callback", Datum::Reference(reference)),
            (
                "matrix",
                Datum::List(vec![
                    Datum::List(vec![Datum::Null, Datum::Bool(true)]),
                    map(vec![("k", at(None))]),
                ]),
            ),
            ("dependencies", Datum::List(vec![Datum::str("extract")])),
        ]);
        let definition = map(vec![(
            "daily_sales",
            map(vec![
                ("schedule", Datum::str("@daily")),
                ("start_date", Datum::str(super::wall_time("2024-01-01T00:00".parse().unwrap()))),
                ("tasks", map(vec![("load", task)])),
            ]),
        )]);
        let text = write(&definition).unwrap();
        insta::assert_snapshot!(text);
        assert_eq!(check(&text, &definition).err(), None);
    }
}
