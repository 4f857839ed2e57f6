//! YAML text as a tree of nodes, as PyYAML's composer under dag-factory has it: libyaml's parser with PyYAML's resolver.
//!
//! What PyYAML reads otherwise than libyaml (tabs, a block scalar at an end without newline) is seen to or refused.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use libyaml_safer::{Encoding, Event, EventData, MappingStyle, Mark, Parser, ScalarStyle, SequenceStyle};

use super::node::{Node, Tag, Value};
use super::resolve::resolve;
use super::strict;
use crate::source::Position;

/// The longest text that is read, in bytes. MWAA Serverless takes definitions of up to 50 KB.
pub(super) const MAX_BYTES: usize = 16 << 20;

/// The most levels of collections that are read. dag-factory 1.0.1 ends in a `RecursionError` at 450.
pub(super) const MAX_READ_DEPTH: usize = 450;

/// The most nodes that are read; aliases count as what they stand for.
pub(super) const MAX_NODES: usize = 1 << 18;

/// Why a text is no document that dag-factory can load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    /// What is wrong.
    pub message: String,
    /// Where, if that is known.
    pub position: Option<Position>,
    /// Whether nothing is wrong but the size, which is more than is read here.
    pub too_large: bool,
}

impl ReadError {
    pub(super) fn new(message: impl Into<String>, position: Option<Position>) -> Self {
        Self { message: message.into(), position, too_large: false }
    }

    fn too_large(message: impl Into<String>, position: Option<Position>) -> Self {
        Self { too_large: true, ..Self::new(message, position) }
    }
}

/// Reads the one document of a text. Line ends and a byte order mark are taken as dag-factory takes them.
///
/// Equal keys in a mapping are no error, as they are none to PyYAML: see [`super::duplicate_keys`].
pub fn read(text: &str) -> Result<Node, ReadError> {
    if text.len() > MAX_BYTES {
        return Err(ReadError::too_large(format!("the text is longer than {MAX_BYTES} bytes"), None));
    }
    let mut text = Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text));
    if text.contains('\r') {
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    // libyaml-safer 0.3.0 panics at a block scalar that ends the text without a newline.
    let unended = !text.is_empty() && !text.ends_with(strict::BREAKS);
    if unended {
        text.to_mut().push('\n');
    }
    strict::refuse_unprintable(&text)?;
    // It has more panics of this kind, one known: a comma behind a tag in a flow collection.
    catch_unwind(AssertUnwindSafe(|| Reader::new(&text, unended).document()))
        .unwrap_or_else(|_| Err(ReadError::new("the YAML parser gave up on this text", None)))
}

struct Reader<'a> {
    text: &'a str,
    /// Whether the last newline is ours.
    unended: bool,
    anchors: HashMap<String, Anchor>,
    stack: Vec<Open>,
    nodes: usize,
    /// What stands in quotes and blocks, by its bytes.
    contents: Vec<Range<usize>>,
}

/// An anchor's node, once it is complete, and how many nodes it is.
struct Anchor(Option<(Node, usize)>);

/// A collection that is not closed yet.
struct Open {
    node: Node,
    anchor: Option<String>,
    /// Whether it stands in brackets.
    flow: bool,
    key: Option<Node>,
    nodes_before: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, unended: bool) -> Self {
        Self { text, unended, anchors: HashMap::new(), stack: Vec::new(), nodes: 0, contents: Vec::new() }
    }

    fn document(mut self) -> Result<Node, ReadError> {
        let mut bytes = self.text.as_bytes();
        let mut parser = Parser::new();
        parser.set_encoding(Encoding::Utf8);
        parser.set_input(&mut bytes);
        let mut root = None;
        loop {
            let event = parser.parse().map_err(|error| broken(&error))?;
            let at = Some(position(event.start_mark));
            match event.data {
                EventData::DocumentStart { .. } if root.is_some() => {
                    return Err(ReadError::new("the text holds more than one document", at));
                }
                EventData::StreamStart { .. }
                | EventData::DocumentStart { .. }
                | EventData::DocumentEnd { .. } => {}
                EventData::StreamEnd => break,
                EventData::Alias { .. }
                | EventData::Scalar { .. }
                | EventData::SequenceStart { .. }
                | EventData::SequenceEnd
                | EventData::MappingStart { .. }
                | EventData::MappingEnd => root = self.event(event)?.or(root),
            }
        }
        strict::refuse_tabs(self.text, &self.contents)?;
        root.ok_or_else(|| ReadError::new("the text holds no document", None))
    }

    /// Takes an event of a document; gives the root once it is complete.
    fn event(&mut self, event: Event) -> Result<Option<Node>, ReadError> {
        let at = position(event.start_mark);
        let range = offset(event.start_mark)..offset(event.end_mark);
        let before = self.nodes;
        match event.data {
            EventData::Scalar { anchor, tag, value, plain_implicit, style, .. } => {
                self.open_anchor(anchor.as_ref(), at)?;
                let value = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded if self.unended => {
                        strict::end_of_block(self.text, value, &range, at)?
                    }
                    ScalarStyle::Plain if self.stack.last().is_some_and(|open| open.flow) => {
                        strict::refuse_question_mark(&value, at)?;
                        value
                    }
                    _ => value,
                };
                let tag = match tag {
                    Some(tag) if tag != "!" => Tag::named(&tag),
                    // The tag `!` makes PyYAML take any scalar for a plain one.
                    Some(_) => resolve(&value),
                    None if plain_implicit => resolve(&value),
                    None => Tag::Str,
                };
                if !matches!(style, ScalarStyle::Plain) {
                    self.contents.push(strict::content(self.text, &range, style));
                }
                self.count(1, at)?;
                self.complete(Node { tag, value: Value::Scalar(value), start: at, range }, anchor, before)
            }
            EventData::SequenceStart { anchor, tag, style, .. } => {
                let tag = collection_tag(tag, Tag::Seq);
                let node = Node { tag, value: Value::Sequence(Vec::new()), start: at, range };
                self.open(node, anchor, style == SequenceStyle::Flow)
            }
            EventData::MappingStart { anchor, tag, style, .. } => {
                let tag = collection_tag(tag, Tag::Map);
                let node = Node { tag, value: Value::Mapping(Vec::new()), start: at, range };
                self.open(node, anchor, style == MappingStyle::Flow)
            }
            EventData::SequenceEnd | EventData::MappingEnd => match self.stack.pop() {
                Some(Open { mut node, anchor, nodes_before, .. }) => {
                    node.range.end = range.end.max(node.range.start);
                    self.complete(node, anchor, nodes_before)
                }
                None => Err(ReadError::new("a collection ends that did not begin", Some(at))),
            },
            EventData::Alias { anchor } => match self.anchors.get(&anchor) {
                Some(Anchor(Some((node, nodes)))) => {
                    let (node, nodes) = (node.clone(), *nodes);
                    self.count(nodes, at)?;
                    self.complete(node, None, before)
                }
                Some(Anchor(None)) => Err(ReadError::new(
                    format!("the alias `*{anchor}` stands inside what it stands for"),
                    Some(at),
                )),
                None => {
                    Err(ReadError::new(format!("the alias `*{anchor}` has no anchor before it"), Some(at)))
                }
            },
            EventData::StreamStart { .. }
            | EventData::StreamEnd
            | EventData::DocumentStart { .. }
            | EventData::DocumentEnd { .. } => Ok(None),
        }
    }

    fn count(&mut self, nodes: usize, at: Position) -> Result<(), ReadError> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > MAX_NODES {
            let message = format!("the document has more than {MAX_NODES} nodes");
            return Err(ReadError::too_large(message, Some(at)));
        }
        Ok(())
    }

    fn open_anchor(&mut self, anchor: Option<&String>, at: Position) -> Result<(), ReadError> {
        if let Some(anchor) = anchor
            && self.anchors.insert(anchor.clone(), Anchor(None)).is_some()
        {
            return Err(ReadError::new(format!("the anchor `&{anchor}` stands twice"), Some(at)));
        }
        Ok(())
    }

    fn open(&mut self, node: Node, anchor: Option<String>, flow: bool) -> Result<Option<Node>, ReadError> {
        self.open_anchor(anchor.as_ref(), node.start)?;
        let nodes_before = self.nodes;
        self.count(1, node.start)?;
        if self.stack.len() >= MAX_READ_DEPTH {
            let message = format!("collections nest deeper than {MAX_READ_DEPTH} levels");
            return Err(ReadError::new(message, Some(node.start)));
        }
        self.stack.push(Open { node, anchor, flow, key: None, nodes_before });
        Ok(None)
    }

    /// Puts a complete node into the collection around it.
    fn complete(
        &mut self,
        node: Node,
        anchor: Option<String>,
        before: usize,
    ) -> Result<Option<Node>, ReadError> {
        if let Some(anchor) = anchor {
            let nodes = self.nodes - before;
            self.count(nodes, node.start)?;
            self.anchors.insert(anchor, Anchor(Some((node.clone(), nodes))));
        }
        let Some(Open { node: around, key, .. }) = self.stack.last_mut() else {
            return Ok(Some(node));
        };
        match &mut around.value {
            Value::Sequence(items) => items.push(node),
            Value::Mapping(entries) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => *key = Some(node),
            },
            Value::Scalar(_) => {}
        }
        Ok(None)
    }
}

fn collection_tag(tag: Option<String>, default: Tag) -> Tag {
    tag.filter(|tag| tag != "!").map_or(default, |tag| Tag::named(&tag))
}

fn position(mark: Mark) -> Position {
    let count = |number: u64| usize::try_from(number).map_or(usize::MAX, |number| number.saturating_add(1));
    Position { line: count(mark.line), column: count(mark.column) }
}

fn offset(mark: Mark) -> usize {
    usize::try_from(mark.index).unwrap_or(usize::MAX)
}

fn broken(error: &libyaml_safer::Error) -> ReadError {
    ReadError::new(error.problem(), error.problem_mark().map(position))
}

#[cfg(test)]
mod tests {
    use super::{MAX_READ_DEPTH, read};
    use crate::source::Position;
    use crate::yaml::{Tag, Value};

    fn text_of(yaml: &str) -> String {
        match read(yaml).unwrap().get("k").unwrap().value.clone() {
            Value::Scalar(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_block_that_ends_the_text_without_a_newline_has_none() {
        let rows = [
            ("k: |\n  z", "z"),
            ("k: |\n  z\n", "z\n"),
            ("k: |-\n  z", "z"),
            ("k: |+\n  z", "z"),
            ("k: |+\n  z\n\n", "z\n\n"),
            ("k: >\n  y\n  z", "y z"),
            ("k: !!str |\n  z", "z"),
            ("k: |\n  z\n# c", "z\n"),
            ("k: |", ""),
            ("k: |\r\n  a\r\n  z", "a\nz"),
            ("\u{feff}k: z", "z"),
        ];
        for (yaml, text) in rows {
            assert_eq!(text_of(yaml), text, "{yaml:?}");
        }
        assert!(read("k: |\n  z\n   ").is_err());
    }

    #[test]
    fn nodes_know_their_place_and_tag() {
        let node = read("a: 1\nb:\n  - \u{e9}: yes\n    c: !!str 1\n").unwrap();
        let list = node.get("b").unwrap();
        assert_eq!((list.start, list.tag.clone()), (Position { line: 3, column: 3 }, Tag::Seq));
        let Value::Sequence(items) = &list.value else { panic!() };
        let truth = items[0].get("\u{e9}").unwrap();
        assert_eq!((truth.start, truth.tag.clone()), (Position { line: 3, column: 8 }, Tag::Bool));
        assert_eq!(items[0].get("c").unwrap().tag, Tag::Str);
        assert_eq!(truth.range, 16..19);
    }

    #[test]
    fn hostile_texts_end_in_an_error() {
        let deep = MAX_READ_DEPTH + 1;
        let laughs: String = std::iter::once("a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned())
            .chain((1..9).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))))
            .collect();
        for yaml in [
            "[".repeat(deep) + &"]".repeat(deep),
            "[".repeat(100_000),
            "{a: ".repeat(100_000),
            "- ".repeat(deep) + "a\n",
            laughs,
            "&a [*a]\n".to_owned(),
            "*a\n".to_owned(),
            "[&a x, &a y]\n".to_owned(),
            "a: \"\\".to_owned(),
            "a: \"\\ud83d\"".to_owned(),
            "[a?b]\n".to_owned(),
            "%YAML 2.0\n--- a\n".to_owned(),
            "a\n---\nb\n".to_owned(),
        ] {
            assert!(read(&yaml).is_err(), "{}", yaml.get(..40).unwrap_or(&yaml));
        }
        assert!(read(&("[".repeat(MAX_READ_DEPTH) + &"]".repeat(MAX_READ_DEPTH))).is_ok());
    }

    #[test]
    fn a_panic_of_the_parser_is_an_error() {
        assert!(read("[!a,b]\n").is_err());
    }
}
