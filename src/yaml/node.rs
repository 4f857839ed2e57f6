//! A YAML document as a tree, each node with its tag and its place.

use std::ops::Range;

use crate::source::Position;

/// A node of a document as PyYAML's composer has it: aliases followed, tags resolved, nothing constructed yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its tag.
    pub tag: Tag,
    /// What it holds.
    pub value: Value,
    /// Where it begins; for an alias, where its anchor's node begins.
    pub start: Position,
    /// Its bytes in the text that was read, once line ends are `\n` and a byte order mark is gone.
    pub range: Range<usize>,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A scalar's text, escapes and folding undone.
    Scalar(String),
    /// The items of a sequence.
    Sequence(Vec<Node>),
    /// The keys and values of a mapping, in order, equal keys included.
    Mapping(Vec<(Node, Node)>),
}

/// The tags that PyYAML's `FullLoader` knows, as far as this program reads them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Tag {
    /// `!!null`.
    Null,
    /// `!!bool`.
    Bool,
    /// `!!int`.
    Int,
    /// `!!float`.
    Float,
    /// `!!str`.
    Str,
    /// `!!timestamp`.
    Timestamp,
    /// `!!binary`.
    Binary,
    /// `!!merge`: the key `<<`.
    Merge,
    /// `!!value`: the key `=`.
    Default,
    /// `!!seq`.
    Seq,
    /// `!!map`.
    Map,
    /// Any other, in full.
    Other(String),
}

const PREFIX: &str = "tag:yaml.org,2002:";

impl Tag {
    /// The tag of this full name.
    pub(super) fn named(name: &str) -> Self {
        match name.strip_prefix(PREFIX) {
            Some("null") => Self::Null,
            Some("bool") => Self::Bool,
            Some("int") => Self::Int,
            Some("float") => Self::Float,
            Some("str") => Self::Str,
            Some("timestamp") => Self::Timestamp,
            Some("binary") => Self::Binary,
            Some("merge") => Self::Merge,
            Some("value") => Self::Default,
            Some("seq") => Self::Seq,
            Some("map") => Self::Map,
            Some(_) | None => Self::Other(name.to_owned()),
        }
    }

    /// Its full name: `tag:yaml.org,2002:int`.
    pub fn name(&self) -> String {
        let short = match self {
            Self::Null => "null",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::Str => "str",
            Self::Timestamp => "timestamp",
            Self::Binary => "binary",
            Self::Merge => "merge",
            Self::Default => "value",
            Self::Seq => "seq",
            Self::Map => "map",
            Self::Other(name) => return name.clone(),
        };
        format!("{PREFIX}{short}")
    }
}

impl Node {
    /// The text of a string scalar.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) if self.tag == Tag::Str => Some(text),
            Value::Scalar(_) | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// The value of the last of this mapping's entries with the text `key`, which is the one that PyYAML keeps.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Mapping(entries) => {
                entries.iter().rev().find(|(node, _)| node.as_str() == Some(key)).map(|(_, value)| value)
            }
            Value::Scalar(_) | Value::Sequence(_) => None,
        }
    }
}
