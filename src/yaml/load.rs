//! A document as the data that dag-factory makes of it: PyYAML's constructors, merge keys, and `__type__` forms.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::form::FOLDED;
use super::hash::{HashKey, are_distinct};
use super::node::{Node, Tag, Value};
use super::object::made_by;
use super::scalar;
use crate::datum::{Datum, TypedObject};
use crate::source::Position;

/// Why dag-factory would not load a document, or not as it is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct LoadError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub position: Position,
}

impl LoadError {
    fn new(node: &Node, message: impl Into<String>) -> Self {
        Self { message: message.into(), position: node.start }
    }
}

/// The data of a document, after `yaml.load` and `cast_with_type` of dag-factory 1.0.1.
///
/// Objects whose call makes plain data are that data; others stay `Datum::Object`. Fails where dag-factory would fail, and,
/// being stricter, at equal keys in a mapping, of which PyYAML drops all but the last, at the keys that dag-factory folds,
/// and at tags beyond YAML's own.
pub fn load(node: &Node) -> Result<Datum, LoadError> {
    match &node.value {
        Value::Scalar(text) => of_scalar(node, text),
        Value::Sequence(items) if node.tag == Tag::Seq => {
            Ok(Datum::List(items.iter().map(load).collect::<Result<_, _>>()?))
        }
        Value::Mapping(entries) if node.tag == Tag::Map => of_mapping(node, entries),
        Value::Sequence(_) | Value::Mapping(_) => Err(unsupported(node)),
    }
}

fn unsupported(node: &Node) -> LoadError {
    LoadError::new(node, format!("the tag `{}` is not supported here", node.tag.name()))
}

fn of_scalar(node: &Node, text: &str) -> Result<Datum, LoadError> {
    let datum = match node.tag {
        Tag::Null => Some(Datum::Null),
        Tag::Bool => {
            let is_one_of = |words: [&str; 3]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
            let is_true = is_one_of(["yes", "true", "on"]);
            (is_true || is_one_of(["no", "false", "off"])).then_some(Datum::Bool(is_true))
        }
        Tag::Int => scalar::int(text).map(Datum::Int),
        Tag::Float => scalar::float(text).map(Datum::Float),
        Tag::Str => Some(Datum::str(text)),
        Tag::Timestamp => scalar::timestamp(text),
        Tag::Binary => scalar::base64_bytes(text).map(Datum::Bytes),
        Tag::Merge | Tag::Default | Tag::Seq | Tag::Map | Tag::Other(_) => return Err(unsupported(node)),
    };
    datum.ok_or_else(|| LoadError::new(node, format!("`{text}` is no `{}`", node.tag.name())))
}

fn of_mapping(node: &Node, entries: &[(Node, Node)]) -> Result<Datum, LoadError> {
    if let Some(keys) = texts(entries)
        && !keys.iter().any(|key| FOLDED.contains(key))
    {
        let data = keys.into_iter().zip(entries).map(|(key, (_, value))| Ok((Datum::str(key), load(value)?)));
        return cast(node, data.collect::<Result<_, _>>()?);
    }
    let mut collected = IndexMap::with_capacity(entries.len());
    collect(entries, &mut collected)?;
    let data = collected.into_values().map(|(key, value)| Ok((key, load(value)?)));
    cast(node, data.collect::<Result<_, _>>()?)
}

/// The keys of a mapping, where all of them are text and none stands twice, as in nearly every mapping.
fn texts(entries: &[(Node, Node)]) -> Option<Vec<&str>> {
    let keys: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect::<Option<_>>()?;
    are_distinct(&keys).then_some(keys)
}

type Collected<'a> = IndexMap<HashKey, (Datum, &'a Node)>;

/// The entries by key: first those of `<<`, wherever it stands, then the mapping's own, which replace them.
///
/// Source: `SafeConstructor.flatten_mapping` of PyYAML.
fn collect<'a>(entries: &'a [(Node, Node)], into: &mut Collected<'a>) -> Result<(), LoadError> {
    for (_, merged) in entries.iter().filter(|(key, _)| key.tag == Tag::Merge) {
        match &merged.value {
            // Of several, the first wins, so it comes last.
            Value::Sequence(items) => items.iter().rev().try_for_each(|item| merge(item, into))?,
            Value::Mapping(_) | Value::Scalar(_) => merge(merged, into)?,
        }
    }
    let mut own = HashSet::with_capacity(entries.len());
    for (node, value) in entries.iter().filter(|(key, _)| key.tag != Tag::Merge) {
        // PyYAML makes a text of the key `=`.
        let key = if node.tag == Tag::Default { Datum::str("=") } else { load(node)? };
        let hash =
            HashKey::of(&key).map_err(|reason| LoadError::new(node, format!("the mapping {reason}")))?;
        if let Datum::Str(key) = &key
            && FOLDED.contains(&key.as_str())
        {
            return Err(LoadError::new(node, format!("dag-factory folds a mapping with the key `{key}`")));
        }
        if !own.insert(hash.clone()) {
            return Err(LoadError::new(node, format!("the key `{}` stands twice", HashKey::name(&key))));
        }
        into.entry(hash).and_modify(|known| known.1 = value).or_insert((key, value));
    }
    Ok(())
}

/// The keys anywhere under `node` that stand in their mapping for a second time: PyYAML drops what stood there before.
///
/// In document order. A key that PyYAML cannot take for a key is passed over.
pub fn duplicate_keys(node: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    let mut left = vec![node];
    while let Some(node) = left.pop() {
        match &node.value {
            Value::Scalar(_) => {}
            Value::Sequence(items) => left.extend(items.iter().rev()),
            Value::Mapping(entries) => {
                if texts(entries).is_none() {
                    let mut seen = HashSet::with_capacity(entries.len());
                    let key_of = |node: &Node| load(node).ok().and_then(|key| HashKey::of(&key).ok());
                    let again = |key: &&Node| key_of(key).is_some_and(|key| !seen.insert(key));
                    found.extend(entries.iter().map(|(key, _)| key).filter(again));
                }
                left.extend(entries.iter().rev().flat_map(|(key, value)| [value, key]));
            }
        }
    }
    found.sort_by_key(|key| key.range.start);
    // What an alias stands for was looked at for each of them.
    found.dedup_by_key(|key| key.range.start);
    found
}

fn merge<'a>(source: &'a Node, into: &mut Collected<'a>) -> Result<(), LoadError> {
    match &source.value {
        Value::Mapping(entries) => collect(entries, into),
        Value::Scalar(_) | Value::Sequence(_) => Err(LoadError::new(source, "only a mapping can be merged")),
    }
}

/// `cast_with_type` for a mapping whose values are cast already.
fn cast(node: &Node, mut entries: Vec<(Datum, Datum)>) -> Result<Datum, LoadError> {
    let mut take = |name: &str| {
        let place = entries.iter().position(|(key, _)| matches!(key, Datum::Str(key) if key == name))?;
        Some(entries.remove(place).1)
    };
    let (path, args) = (take("__type__"), take("__args__"));
    let Some(path) = path else {
        return match args {
            None => Ok(Datum::Map(entries)),
            Some(_) => Err(LoadError::new(node, "dag-factory drops `__args__` where there is no `__type__`")),
        };
    };
    let Datum::Str(path) = path else {
        return Err(LoadError::new(node, "`__type__` is no text"));
    };
    let args = match args {
        None | Some(Datum::Null) => Vec::new(),
        Some(Datum::List(args)) => args,
        Some(_) => return Err(LoadError::new(node, "`__args__` is no list")),
    };
    let kwargs = entries.into_iter().map(|(key, value)| match key {
        Datum::Str(key) => Ok((key, value)),
        _ => Err(LoadError::new(node, format!("`{path}` is called with a keyword that is no text"))),
    });
    let object = TypedObject { kwargs: kwargs.collect::<Result<_, _>>()?, path: path.clone(), args };
    Ok(made_by(&object).unwrap_or_else(|| Datum::Object(Box::new(object))))
}

#[cfg(test)]
mod tests {
    use super::{duplicate_keys, load};
    use crate::datum::Datum;
    use crate::yaml::read;

    fn loaded(yaml: &str) -> Result<Datum, String> {
        load(&read(yaml).map_err(|error| error.to_string())?).map_err(|error| error.to_string())
    }

    fn map(entries: &[(&str, i64)]) -> Datum {
        Datum::Map(entries.iter().map(|&(key, value)| (Datum::str(key), Datum::int(value))).collect())
    }

    #[test]
    fn merge_keys_are_followed_as_pyyaml_does() {
        let rows = [
            ("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3, c: 4}\n", map(&[("a", 1), ("b", 3), ("c", 4)])),
            ("x: &x {a: 1, b: 2}\ny: {b: 3, <<: *x}\n", map(&[("a", 1), ("b", 3)])),
            ("x: [&x {a: 1}, &z {a: 2, c: 3}]\ny: {<<: [*x, *z]}\n", map(&[("a", 1), ("c", 3)])),
            ("y: {'<<': 1, =: 2}\n", map(&[("<<", 1), ("=", 2)])),
        ];
        for (yaml, expected) in rows {
            let Ok(Datum::Map(entries)) = loaded(yaml) else { panic!("{yaml}") };
            assert_eq!(entries.last().map(|(_, value)| value), Some(&expected), "{yaml}");
        }
    }

    #[test]
    fn every_key_that_stands_again_is_found() {
        let node = read("a: {b: 1, c: [{x: 1, 'x': 2}], b: 2}\n1: y\na: z\n0x1: z\n<<: {}\nb: 1\n").unwrap();
        let lines: Vec<_> =
            duplicate_keys(&node).iter().map(|key| (key.start.line, key.start.column)).collect();
        assert_eq!(lines, [(1, 22), (1, 32), (3, 1), (4, 1)]);
    }

    #[test]
    fn what_would_load_otherwise_than_it_looks_is_an_error() {
        for yaml in [
            "{a: 1, a: 2}",
            "{1: a, 0x1: b}",
            "{<<: {a: 0}, a: 1, a: 2}",
            "{<<: 1}",
            "[<<]",
            "[=]",
            "{[a]: b}",
            "{.nan: b}",
            "2024-13-45",
            "0b_",
            "!!binary 'a'",
            "!!set {a, b}",
            "!!int x",
            "{__args__: [1]}",
            "{__type__: 1}",
            "{__type__: a.b, __args__: 1}",
            "{__type__: a.b, 1: 1}",
            "{__or__: [a]}",
        ] {
            assert!(loaded(yaml).is_err(), "{yaml}");
        }
    }
}
