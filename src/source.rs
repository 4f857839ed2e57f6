//! Source files by id: reading, decoding, line lookup. With `cli` the only reader of the disk.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, RwLock};

use ruff_python_ast::ModModule;
use ruff_source_file::{LineIndex, PositionEncoding};
use ruff_text_size::{TextRange, TextSize};

mod decode;
mod discover;
mod encoding;
mod local;
mod read;
mod root;

use crate::map::HashMap;
use crate::parse::{Problem, parse};

pub use decode::{DecodeError, decode};
pub use discover::{DiscoverOptions, Discovered, IgnoreSyntax, SkipReason, Skipped, discover, may_hold_dags};
pub use local::{LocalModule, find_local_module};
pub use read::{Entry, MAX_DATA_BYTES, entries, entry, is_inside, read_data, read_text};
pub use root::{below, default_root};

/// Names a file for the length of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// A range of bytes in the decoded text of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The bytes, in the file's decoded text.
    pub range: TextRange,
}

impl Span {
    /// Makes the span of `range` in `file`.
    pub fn new(file: FileId, range: TextRange) -> Self {
        Self { file, range }
    }

    /// The first byte of `file`: where a finding stands that concerns the file as a whole.
    pub fn start_of(file: FileId) -> Self {
        Self { file, range: TextRange::empty(TextSize::new(0)) }
    }
}

/// A place as people count: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The decoded text of one file, with `\n` line ends, no byte order mark, and an index of its lines.
#[derive(Debug)]
pub struct SourceFile {
    id: FileId,
    path: PathBuf,
    text: String,
    /// Made when somebody asks for a place.
    lines: OnceLock<LineIndex>,
    tree: OnceLock<Result<ModModule, Problem>>,
}

impl SourceFile {
    /// The id under which spans name this file.
    pub fn id(&self) -> FileId {
        self.id
    }

    /// The path as the user gave it, or as it was found under a folder that the user gave.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The syntax tree, parsed when it is first asked for and kept for the length of the run: for the local modules, which many DAG
    /// files import. The tree of a DAG file would take far more memory than its text, for one use.
    pub fn tree(&self) -> Result<&ModModule, &Problem> {
        self.tree.get_or_init(|| parse(&self.text)).as_ref()
    }

    /// The text of a range; empty where the range lies outside the file.
    pub fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.start().to_usize()..range.end().to_usize()).unwrap_or_default()
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::from_source_text(&self.text))
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: TextSize) -> Position {
        let offset = offset.min(TextSize::of(self.text.as_str()));
        let place = self.lines().line_column(offset, &self.text);
        Position { line: place.line.get(), column: place.column.get() }
    }

    /// The line and column of a byte offset, the column in UTF-16 code units.
    pub fn utf16_position(&self, offset: TextSize) -> Position {
        let offset = offset.min(TextSize::of(self.text.as_str()));
        let place = self.lines().source_location(offset, &self.text, PositionEncoding::Utf16);
        Position { line: place.line.get(), column: place.character_offset.get() }
    }
}

/// The files of a run. Shared by all threads; a file is read and decoded once.
#[derive(Debug, Default)]
pub struct Sources {
    inner: RwLock<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    files: Vec<Arc<SourceFile>>,
    by_path: HashMap<PathBuf, FileId>,
}

/// Why a source file could not be had.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The disk said no.
    #[error("cannot read the file: {0}")]
    Io(#[from] std::io::Error),
    /// The bytes are no Python source text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The file is larger than the limit.
    #[error("the file has more than {limit} bytes, which is the limit")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
}

/// The largest source file that is read, in bytes. The largest real DAG file seen has 0.3 MB.
pub const MAX_SOURCE_BYTES: u64 = 8 * 1024 * 1024;

impl Sources {
    /// Reads and decodes the file at `path`, or gives it again when it was read before.
    pub fn read(&self, path: &Path) -> Result<Arc<SourceFile>, ReadError> {
        if let Some(file) = self.by_path(path) {
            return Ok(file);
        }
        let bytes = read::read_at_most(path, MAX_SOURCE_BYTES)?;
        let text = decode(&bytes.ok_or(ReadError::TooLarge { limit: MAX_SOURCE_BYTES })?)?;
        Ok(self.add(path, text))
    }

    /// Adds a text under a path, without touching the disk. The text must have `\n` line ends, as `decode` gives it.
    pub fn add(&self, path: &Path, text: String) -> Arc<SourceFile> {
        let mut inner = self.inner.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(&FileId(id)) = inner.by_path.get(path) {
            return Arc::clone(&inner.files[id as usize]);
        }
        let id = FileId(u32::try_from(inner.files.len()).unwrap_or(u32::MAX));
        let (lines, tree) = (OnceLock::new(), OnceLock::new());
        let file = Arc::new(SourceFile { id, path: path.to_owned(), text, lines, tree });
        inner.files.push(Arc::clone(&file));
        inner.by_path.insert(path.to_owned(), id);
        file
    }

    /// The file that `id` names. Ids come from this run alone, so there always is one.
    pub fn get(&self, FileId(id): FileId) -> Arc<SourceFile> {
        let inner = self.inner.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&inner.files[id as usize])
    }

    /// All files that were read so far, in the order of reading.
    pub fn all(&self) -> Vec<Arc<SourceFile>> {
        self.inner.read().unwrap_or_else(std::sync::PoisonError::into_inner).files.clone()
    }

    fn by_path(&self, path: &Path) -> Option<Arc<SourceFile>> {
        let inner = self.inner.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        inner.by_path.get(path).map(|&FileId(id)| Arc::clone(&inner.files[id as usize]))
    }
}
