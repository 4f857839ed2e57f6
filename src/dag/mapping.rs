//! What a literal mapping comes to: the arguments of each instance.

use super::{Argument, Mapping};
use crate::datum::Datum;
use crate::source::Span;

impl Mapping {
    /// The mapped arguments of each instance in the order of their indices, where the values are literal and the instances no
    /// more than `most`. Of several arguments, the last one turns fastest; a dict is mapped over as pairs.
    ///
    /// Source: `DictOfListsExpandInput` and `ListOfDictsExpandInput` of Airflow 3.0.6.
    pub fn sets(&self, most: usize) -> Option<Vec<Vec<Argument>>> {
        match self {
            Self::Expand(arguments) => product(arguments, most),
            Self::ExpandKwargs { value, span, .. } => listed(value, *span, most),
            Self::InMappedGroup => None,
        }
    }
}

fn product(arguments: &[Argument], most: usize) -> Option<Vec<Vec<Argument>>> {
    let mut sets = vec![Vec::new()];
    for Argument { name, value, span } in arguments {
        let values = items(value)?;
        if sets.len().saturating_mul(values.len()) > most {
            return None;
        }
        sets = sets
            .iter()
            .flat_map(|set: &Vec<Argument>| {
                values.iter().map(|value| {
                    let mut set = set.clone();
                    set.push(Argument { name: name.clone(), value: value.clone(), span: *span });
                    set
                })
            })
            .collect();
    }
    Some(sets)
}

fn listed(value: &Datum, span: Span, most: usize) -> Option<Vec<Vec<Argument>>> {
    let (Datum::List(sets) | Datum::Tuple(sets)) = value else { return None };
    if sets.len() > most {
        return None;
    }
    sets.iter()
        .map(|set| {
            let Datum::Map(pairs) = set else { return None };
            let argument = |(key, value): &(Datum, Datum)| match key {
                Datum::Str(name) => Some(Argument { name: name.clone(), value: value.clone(), span }),
                _ => None,
            };
            pairs.iter().map(argument).collect()
        })
        .collect()
}

/// The values that a literal maps over: the items of a list, and of a dict the pairs of key and value.
fn items(value: &Datum) -> Option<Vec<Datum>> {
    match value {
        Datum::List(items) | Datum::Tuple(items) => Some(items.clone()),
        Datum::Map(pairs) => {
            Some(pairs.iter().map(|(key, value)| Datum::Tuple(vec![key.clone(), value.clone()])).collect())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn span() -> Span {
        let file = Sources::default().add(std::path::Path::new("dag.py"), String::new()).id();
        Span::new(file, ruff_text_size::TextRange::default())
    }

    fn arg(name: &str, value: Datum) -> Argument {
        Argument { name: name.to_owned(), value, span: span() }
    }

    fn shown(mapping: &Mapping) -> Option<Vec<String>> {
        let sets = mapping.sets(4)?;
        let one = |set: Vec<Argument>| {
            set.iter().map(|argument| format!("{}={:?}", argument.name, argument.value)).collect::<Vec<_>>()
        };
        Some(sets.into_iter().map(|set| one(set).join(" ")).collect())
    }

    #[test]
    fn the_last_argument_turns_fastest() {
        let list = |items: &[i64]| Datum::List(items.iter().map(|item| Datum::int(*item)).collect());
        let mapping = |second: Datum| Mapping::Expand(vec![arg("a", list(&[1, 2])), arg("b", second)]);
        let sets = shown(&mapping(list(&[3, 4]))).unwrap();
        let expected: Vec<String> = [(1, 3), (1, 4), (2, 3), (2, 4)]
            .map(|(a, b)| format!("a={:?} b={:?}", Datum::int(a), Datum::int(b)))
            .into();
        assert_eq!(sets, expected);
        assert_eq!(shown(&mapping(list(&[3, 4, 5]))), None);
        assert_eq!(shown(&mapping(Datum::str("text"))), None);
        assert_eq!(shown(&mapping(list(&[]))), Some(vec![]));
    }

    #[test]
    fn a_list_of_dicts_is_taken_as_it_is() {
        let dict = |key: Datum| Datum::Map(vec![(key, Datum::int(1))]);
        let mapping = |items: Vec<Datum>| Mapping::ExpandKwargs {
            value: Datum::List(items),
            span: span(),
            strict: true,
        };
        let sets = shown(&mapping(vec![dict(Datum::str("a")), dict(Datum::str("b"))])).unwrap();
        assert_eq!(sets, ["a", "b"].map(|name| format!("{name}={:?}", Datum::int(1))));
        assert_eq!(shown(&mapping(vec![dict(Datum::int(1))])), None);
        assert_eq!(shown(&mapping(vec![Datum::Null])), None);
    }
}
