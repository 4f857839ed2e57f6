//! Text with source frames, for people: the look of rustc and ruff.
//!
//! Owns folding and order: of each file the errors come first and the notes last; what says the same of several places is one
//! frame that names the places, DAGs, tasks and parameters, and all notes of one code are one. What is said to whom, and in
//! which colours, `cli` decides.

use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use indexmap::{IndexMap, IndexSet};

use super::{Code, Diagnostic, Place, Ruling, Severity};
use crate::source::{SourceFile, Sources, Span};

/// How many names, further messages or labels a frame shows of each kind.
const SHOWN: usize = 5;
/// The longest line that is shown, in bytes. The renderer trims what is wider than the terminal; this bounds its work.
const MAX_LINE: usize = 10_000;
/// The longest part of a line that is underlined, in bytes.
const MAX_UNDERLINE: usize = 80;
/// How many lines may lie between two places that are shown in one frame.
const MAX_GAP: usize = 500;

/// Renders diagnostics as text.
#[derive(Debug)]
pub struct TextRenderer<'a> {
    sources: &'a Sources,
    renderer: Renderer,
}

impl<'a> TextRenderer<'a> {
    /// A renderer that cuts long lines to `width` columns, and writes colours as ANSI sequences where `colour` says so.
    pub fn new(sources: &'a Sources, colour: bool, width: usize) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self { sources, renderer: renderer.term_width(width.max(40)) }
    }

    /// Renders sorted diagnostics, each frame followed by an empty line.
    pub fn render(&self, diagnostics: &[Diagnostic]) -> String {
        let mut out = String::new();
        for frame in self.fold(diagnostics) {
            out.push_str(&self.frame(&frame));
            out.push_str("\n\n");
        }
        out
    }

    fn fold<'d>(&self, diagnostics: &'d [Diagnostic]) -> Vec<Frame<'d>> {
        let mut at_places: IndexMap<(Code, Severity, &Place), Vec<&Diagnostic>> = IndexMap::new();
        for diagnostic in diagnostics {
            at_places
                .entry((diagnostic.code, diagnostic.severity, &diagnostic.place))
                .or_default()
                .push(diagnostic);
        }
        let mut files = IndexSet::new();
        let mut frames: IndexMap<_, Frame<'d>> = IndexMap::new();
        for ((code, severity, place), records) in at_places {
            let (file, _) = files.insert_full(place.path(self.sources));
            // Notes are for the record; of what is graver each frame is one thing to do.
            let said = (severity != Severity::Note).then(|| Said::of(&records));
            let frame = frames.entry((file, severity, code, said)).or_insert_with(|| Frame {
                code,
                severity,
                places: Vec::new(),
                records: Vec::new(),
            });
            frame.places.push(place);
            frame.records.extend(records);
        }
        frames.sort_by(|(file, severity, ..), _, (other_file, other_severity, ..), _| {
            (file, severity).cmp(&(other_file, other_severity))
        });
        frames.into_values().collect()
    }

    fn frame(&self, Frame { code, severity, places, records }: &Frame<'_>) -> String {
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let messages: IndexSet<&str> = records.iter().map(|record| record.message.as_str()).collect();
        let mut messages = messages.into_iter();
        let title = messages.next().unwrap_or_default();
        let mut group = Group::with_title(level.primary_title(visible(title)).id(code.as_str()));
        group = match places.first() {
            Some(Place::Span(span)) if *severity == Severity::Note => {
                let file = self.sources.get(span.file);
                let position = file.position(span.range.start());
                let origin = Origin::path(shown_path(file.path()));
                group.element(origin.line(position.line).char_column(position.column))
            }
            Some(Place::Span(span)) => self.snippets(group, *span, records),
            Some(Place::File(path)) => group.element(Origin::path(shown_path(path))),
            None => group,
        };
        if let Some(elsewhere) = self.elsewhere(places) {
            group = group.element(Level::NOTE.with_name("also at").message(elsewhere));
        }
        group = group.elements(first_few(messages).map(|message| Level::NOTE.message(message)));
        if let Some(concerned) = concerned(records) {
            group = group.element(Level::NOTE.with_name("in").message(concerned));
        }
        let helps: IndexSet<&str> = records.iter().filter_map(|record| record.help.as_deref()).collect();
        group = group.elements(first_few(helps.into_iter()).map(|help| Level::HELP.message(help)));
        let denied = records.iter().find_map(|record| match record.ruling.as_deref() {
            Some(Ruling::Denied(by)) => Some(*by),
            Some(Ruling::Allowed(_)) | None => None,
        });
        group = group
            .elements(denied.map(|by| Level::NOTE.message(format!("an error because of `--deny {by}`"))));
        self.renderer.render(&[group])
    }

    /// The other places of a frame: `3:7, 12:7 and 30 more`.
    fn elsewhere(&self, places: &[&Place]) -> Option<String> {
        let rest = places.get(1..).filter(|rest| !rest.is_empty())?;
        let shown: Vec<String> = rest
            .iter()
            .filter_map(|place| match place {
                Place::Span(span) => {
                    let position = self.sources.get(span.file).position(span.range.start());
                    Some(format!("{}:{}", position.line, position.column))
                }
                Place::File(_) => None,
            })
            .take(SHOWN)
            .collect();
        let more = rest.len() - shown.len();
        let tail = if more == 0 { String::new() } else { format!(" and {more} more") };
        (!shown.is_empty()).then(|| format!("{}{tail}", shown.join(", ")))
    }

    /// The source lines: one snippet for the place and the labels near it, one for each place elsewhere.
    fn snippets<'g>(&self, mut group: Group<'g>, span: Span, records: &[&Diagnostic]) -> Group<'g> {
        let labels: IndexSet<(Span, &str)> = records
            .iter()
            .flat_map(|record| &record.labels)
            .map(|label| (label.span, label.message.as_str()))
            .collect();
        let file = self.sources.get(span.file);
        let line = file.position(span.range.start()).line;
        let (near, far): (Vec<_>, Vec<_>) = labels.into_iter().take(SHOWN).partition(|(label, _)| {
            label.file == span.file && file.position(label.range.start()).line.abs_diff(line) <= MAX_GAP
        });
        let mut marks = vec![Mark { span, kind: AnnotationKind::Primary, label: None }];
        marks.extend(near.iter().map(|&(span, label)| Mark::context(span, label)));
        group = snippet(group, &file, &marks);
        for (span, label) in far {
            group = snippet(group, &self.sources.get(span.file), &[Mark::context(span, label)]);
        }
        group
    }
}

/// What is shown as one.
struct Frame<'d> {
    code: Code,
    severity: Severity,
    places: Vec<&'d Place>,
    records: Vec<&'d Diagnostic>,
}

/// What is said at a place, whomever it concerns: messages, labels, helps.
#[derive(PartialEq, Eq, Hash)]
struct Said<'d> {
    messages: Vec<&'d str>,
    labels: Vec<(Span, &'d str)>,
    helps: Vec<&'d str>,
}

impl<'d> Said<'d> {
    fn of(records: &[&'d Diagnostic]) -> Self {
        let messages: IndexSet<&str> = records.iter().map(|record| record.message.as_str()).collect();
        let labels = records.iter().flat_map(|record| &record.labels);
        let labels: IndexSet<_> = labels.map(|label| (label.span, label.message.as_str())).collect();
        let helps: IndexSet<&str> = records.iter().filter_map(|record| record.help.as_deref()).collect();
        Self {
            messages: messages.into_iter().collect(),
            labels: labels.into_iter().collect(),
            helps: helps.into_iter().collect(),
        }
    }
}

struct Mark<'a> {
    span: Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

impl<'a> Mark<'a> {
    fn context(span: Span, label: &'a str) -> Self {
        Self { span, kind: AnnotationKind::Context, label: Some(label) }
    }
}

/// Adds the lines of `file` that the marks touch, or only the place of the first where a line is too long to be shown.
fn snippet<'g>(group: Group<'g>, file: &SourceFile, marks: &[Mark<'_>]) -> Group<'g> {
    let text = file.text();
    let ranges: Vec<Range<usize>> = marks.iter().map(|mark| underlined(text, mark.span)).collect();
    let first = ranges.iter().map(|range| range.start).min().unwrap_or_default();
    let last = ranges.iter().map(|range| range.end).max().unwrap_or_default();
    let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let position = file.position(marks[0].span.range.start());
    let excerpt = &text[start..end];
    if excerpt.lines().any(|line| line.len() > MAX_LINE) {
        let origin = Origin::path(shown_path(file.path())).line(position.line).char_column(position.column);
        let labels = marks.iter().filter_map(|mark| mark.label);
        return group.element(origin).elements(labels.map(|label| Level::NOTE.message(visible(label))));
    }
    let line = text[..start].bytes().filter(|&byte| byte == b'\n').count() + 1;
    let annotations = marks.iter().zip(&ranges).map(|(mark, range)| {
        // Offsets move where a character is replaced by a visible one of another length.
        let at = |offset: usize| visible(&excerpt[..offset - start]).len();
        let annotation = mark.kind.span(at(range.start)..at(range.end));
        annotation.label(mark.label.map(visible))
    });
    let snippet = Snippet::source(visible(excerpt)).line_start(line).path(shown_path(file.path()));
    group.element(snippet.annotations(annotations))
}

/// The part of a span that is underlined: at most its first line, and of that the beginning.
fn underlined(text: &str, span: Span) -> Range<usize> {
    let floor = |offset: usize| text.floor_char_boundary(offset.min(text.len()));
    let start = floor(span.range.start().to_usize());
    let end = floor(span.range.end().to_usize()).max(start);
    let line_end = text[start..end].find('\n').map_or(end, |at| start + at);
    start..floor(line_end.min(start + MAX_UNDERLINE)).max(start)
}

/// What the records are about: `DAG `a`, tasks `x`, `y` and 30 more, parameter `pool``.
fn concerned(records: &[&Diagnostic]) -> Option<String> {
    let names = |one: &str, many: &str, of: fn(&Diagnostic) -> Option<&str>| {
        let names: IndexSet<&str> = records.iter().filter_map(|record| of(record)).collect();
        let word = if names.len() == 1 { one } else { many };
        let shown: Vec<String> =
            names.iter().take(SHOWN).map(|name| format!("`{}`", visible(name))).collect();
        let more = names.len() - shown.len();
        let tail = if more == 0 { String::new() } else { format!(" and {more} more") };
        (!shown.is_empty()).then(|| format!("{word} {}{tail}", shown.join(", ")))
    };
    let parts = [
        names("DAG", "DAGs", |record| record.dag_id.as_deref()),
        names("task", "tasks", |record| record.task_id.as_deref()),
        names("parameter", "parameters", |record| record.parameter.as_deref()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The first few texts, and how many there are beside them.
fn first_few<'t>(texts: impl ExactSizeIterator<Item = &'t str>) -> impl Iterator<Item = String> {
    let more = texts.len().saturating_sub(SHOWN);
    let tail = (more > 0).then(|| format!("and {more} more"));
    texts.take(SHOWN).map(visible).collect::<Vec<_>>().into_iter().chain(tail)
}

fn shown_path(path: &Path) -> String {
    visible(&path.to_string_lossy()).replace(['\n', '\t'], "\u{fffd}")
}

/// The text with every character that a terminal might obey, line feed and tab aside, replaced by a visible one.
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

fn visible_char(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        _ => c,
    }
}

#[cfg(test)]
mod tests;
