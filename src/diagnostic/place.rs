//! Where a diagnostic points, as the formats for programs write it: lines and columns, and paths that such programs take.

use std::path::{Component, Path, PathBuf};

use serde::Serialize;

use super::Place;
use crate::source::{Position, Sources, Span};

/// A range as people count it: from 1, the end behind the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Region {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Columns {
    /// Characters.
    Characters,
    /// UTF-16 code units, of which a character outside the basic plane has two.
    Utf16,
}

impl Region {
    /// The region of a span.
    pub(super) fn of(span: Span, sources: &Sources, columns: Columns) -> Self {
        let file = sources.get(span.file);
        let position = |offset| match columns {
            Columns::Characters => file.position(offset),
            Columns::Utf16 => file.utf16_position(offset),
        };
        let (start, end): (Position, Position) = (position(span.range.start()), position(span.range.end()));
        Self { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }

    /// The region of a place; `None` for a file as a whole.
    pub(super) fn of_place(place: &Place, sources: &Sources, columns: Columns) -> Option<Self> {
        match place {
            Place::Span(span) => Some(Self::of(*span, sources, columns)),
            Place::File(_) => None,
        }
    }
}

/// The path from `base` where it lies below, without `.` in it; else as it is.
pub(super) fn relative(path: &Path, base: &Path) -> PathBuf {
    let path = path.strip_prefix(base).unwrap_or(path);
    path.components().filter(|part| *part != Component::CurDir).collect()
}

#[cfg(test)]
mod tests {
    use ruff_text_size::{TextRange, TextSize};

    use super::*;

    #[test]
    fn columns_count_what_is_asked_for() {
        let sources = Sources::default();
        let file = sources.add(Path::new("a.py"), "é😀x = 1\n".to_owned());
        let span = Span::new(file.id(), TextRange::new(TextSize::new(6), TextSize::new(7)));
        let characters = Region::of(span, &sources, Columns::Characters);
        assert_eq!((characters.column, characters.end_column), (3, 4));
        let utf16 = Region::of(span, &sources, Columns::Utf16);
        assert_eq!((utf16.column, utf16.end_column), (4, 5));
    }

    #[test]
    fn paths_are_taken_from_the_base() {
        let base = Path::new("/repo");
        for (path, expected) in
            [("/repo/dags/a.py", "dags/a.py"), ("./dags/./a.py", "dags/a.py"), ("/b/a.py", "/b/a.py")]
        {
            assert_eq!(relative(Path::new(path), base), Path::new(expected));
        }
    }
}
