//! YAML text as a tree of nodes, as PyYAML's composer under dag-factory has it: libyaml's parser with PyYAML's resolver.
//!
//! What PyYAML reads otherwise than libyaml (tabs, a block scalar at an end without newline) is seen to or refused.

use std::collections::HashMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use libyaml_safer::{Encoding, Event, EventData, Mark, Parser, ScalarStyle};

use super::node::{Node, Tag, Value};
use super::resolve::resolve;
use crate::source::Position;

/// The longest text that is read, in bytes. MWAA Serverless takes definitions of up to 50 KB.
pub(super) const MAX_BYTES: usize = 16 << 20;

/// The most levels of collections that are read. dag-factory 1.0.1 ends in a `RecursionError` at 450.
pub(super) const MAX_READ_DEPTH: usize = 450;

/// The most nodes that aliases may blow a document up to.
pub(super) const MAX_NODES: usize = 1 << 20;

/// Why a text is no document that dag-factory can load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    /// What is wrong.
    pub message: String,
    /// Where, if that is known.
    pub position: Option<Position>,
}

impl ReadError {
    fn new(message: impl Into<String>, position: Option<Position>) -> Self {
        Self { message: message.into(), position }
    }
}

/// Reads the one document of a text. Line ends and a byte order mark are taken as dag-factory takes them.
///
/// Equal keys in a mapping are no error, as they are none to PyYAML: see [`super::load()`].
pub fn read(text: &str) -> Result<Node, ReadError> {
    if text.len() > MAX_BYTES {
        return Err(ReadError::new(format!("the text is longer than {MAX_BYTES} bytes"), None));
    }
    let mut text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    // libyaml-safer 0.3.0 panics at a block scalar that ends the text without a newline.
    let unended = !text.is_empty() && !text.ends_with('\n');
    if unended {
        text.push('\n');
    }
    refuse_unprintable(&text)?;
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
    /// The scalars that may hold tabs: quoted ones and blocks, by their bytes.
    tabs: Vec<Range<usize>>,
}

/// An anchor's node, once it is complete, and how many nodes it is.
struct Anchor(Option<(Node, usize)>);

/// A collection that is not closed yet.
struct Open {
    node: Node,
    anchor: Option<String>,
    key: Option<Node>,
    nodes_before: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, unended: bool) -> Self {
        Self { text, unended, anchors: HashMap::new(), stack: Vec::new(), nodes: 0, tabs: Vec::new() }
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
        self.refuse_tabs()?;
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
                let tag = match tag {
                    Some(tag) if tag != "!" => Tag::named(&tag),
                    Some(_) | None if plain_implicit => resolve(&value),
                    Some(_) | None => Tag::Str,
                };
                let value = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => self.end_of_block(value, &range, at)?,
                    _ => value,
                };
                if !matches!(style, ScalarStyle::Plain) {
                    self.tabs.push(self.tab_range(style, &range));
                }
                self.count(1, at)?;
                self.complete(Node { tag, value: Value::Scalar(value), start: at, range }, anchor, before)
            }
            EventData::SequenceStart { anchor, tag, .. } => {
                let tag = collection_tag(tag, Tag::Seq);
                self.open(Node { tag, value: Value::Sequence(Vec::new()), start: at, range }, anchor)
            }
            EventData::MappingStart { anchor, tag, .. } => {
                let tag = collection_tag(tag, Tag::Map);
                self.open(Node { tag, value: Value::Mapping(Vec::new()), start: at, range }, anchor)
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
            return Err(ReadError::new(format!("the document has more than {MAX_NODES} nodes"), Some(at)));
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

    fn open(&mut self, node: Node, anchor: Option<String>) -> Result<Option<Node>, ReadError> {
        self.open_anchor(anchor.as_ref(), node.start)?;
        let nodes_before = self.nodes;
        self.count(1, node.start)?;
        if self.stack.len() >= MAX_READ_DEPTH {
            let message = format!("collections nest deeper than {MAX_READ_DEPTH} levels");
            return Err(ReadError::new(message, Some(node.start)));
        }
        self.stack.push(Open { node, anchor, key: None, nodes_before });
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
            self.anchors.insert(anchor, Anchor(Some((node.clone(), self.nodes - before))));
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

    /// Takes our own newline out of a block scalar that ends the text, where it became part of the value.
    fn end_of_block(
        &self,
        mut value: String,
        range: &Range<usize>,
        at: Position,
    ) -> Result<String, ReadError> {
        if !self.unended || range.end < self.text.len() {
            return Ok(value);
        }
        let header = self.text.get(range.start + 1..).unwrap_or_default();
        let strips = header.chars().take_while(|c| !c.is_whitespace()).any(|c| c == '-');
        let last_line = self.text.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
        if last_line.trim_matches(' ').is_empty() {
            // Whether these blanks are a line of the scalar depends on its indentation, which the parser does not tell.
            return Err(ReadError::new("the text ends in a line of blanks inside a block scalar", Some(at)));
        }
        if !strips && value.ends_with('\n') {
            value.pop();
        }
        Ok(value)
    }

    /// The bytes of a scalar in which tabs are content: for a block, those behind its header.
    fn tab_range(&self, style: ScalarStyle, range: &Range<usize>) -> Range<usize> {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let header =
                    self.text.get(range.clone()).and_then(|text| text.find('\n')).unwrap_or(range.len());
                range.start + header..range.end
            }
            _ => range.clone(),
        }
    }

    /// Fails at a tab outside of comments, quotes and blocks: PyYAML takes none there, libyaml does.
    fn refuse_tabs(&self) -> Result<(), ReadError> {
        if !self.text.contains('\t') {
            return Ok(());
        }
        let mut scalars = self.tabs.iter().peekable();
        let (mut comment, mut before) = (false, '\n');
        let (mut line, mut column) = (1, 0);
        for (at, c) in self.text.char_indices() {
            column += 1;
            while scalars.peek().is_some_and(|scalar| scalar.end <= at) {
                scalars.next();
            }
            let content = scalars.peek().is_some_and(|scalar| scalar.start <= at);
            comment = !content && c != '\n' && (comment || c == '#' && matches!(before, ' ' | '\t' | '\n'));
            if c == '\t' && !content && !comment {
                let message = "a tab stands where YAML wants spaces";
                return Err(ReadError::new(message, Some(Position { line, column })));
            }
            if c == '\n' {
                (line, column) = (line + 1, 0);
            }
            before = c;
        }
        Ok(())
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

/// Fails at a character that PyYAML's reader takes for no text (`Reader.NON_PRINTABLE`).
fn refuse_unprintable(text: &str) -> Result<(), ReadError> {
    let printable = |c: char| {
        matches!(c, '\t' | '\n' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
            || c >= '\u{10000}'
    };
    let Some((at, c)) = text.char_indices().find(|&(_, c)| !printable(c)) else {
        return Ok(());
    };
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[..at].matches('\n').count() + 1;
    let column = text[line_start..at].chars().count() + 1;
    let message = format!("the character U+{:04X} may stand in YAML only as an escape", u32::from(c));
    Err(ReadError::new(message, Some(Position { line, column })))
}
