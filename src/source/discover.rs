//! Which files of a folder may hold DAGs: the walk, links, and Airflow's own heuristic.
//!
//! Owns what is found and what is passed over; `rules` owns `.airflowignore`. Who named what, and what a file that was
//! passed over means for the user, is for `cli` to say.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::MAX_SOURCE_BYTES;
use super::read::{read_at_most, read_text};
use super::root::below;
use rules::{IGNORE_FILE, Rules};

mod glob;
mod rules;

/// The syntax of `.airflowignore` files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IgnoreSyntax {
    /// As `.gitignore`, nearly: the default of Airflow 3.
    #[default]
    Glob,
    /// Regular expressions: the default of Airflow 2.
    Regexp,
}

/// How to look for files.
#[derive(Debug, Clone, Default)]
pub struct DiscoverOptions {
    /// The syntax of `.airflowignore`.
    pub syntax: IgnoreSyntax,
    /// Take every `.py`, whatever its text.
    pub no_safe_mode: bool,
    /// The heuristic of Airflow 2, which does not know the word `asset`.
    pub airflow_2: bool,
    /// Further roots that links may point into.
    pub include: Vec<PathBuf>,
}

/// A file or folder that was passed over in a way the user should hear of.
#[derive(Debug)]
pub struct Skipped {
    /// The path.
    pub path: PathBuf,
    /// Why.
    pub reason: SkipReason,
}

/// Why something was passed over.
#[derive(Debug, thiserror::Error)]
pub enum SkipReason {
    /// The disk said no.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// A zip archive, out of which Airflow would load DAGs.
    #[error("a zip package is not read")]
    Package,
    /// A link that leads out of the DAG folder and of every `--include`.
    #[error("the link leads out of the DAG folder, to `{}`", .0.display())]
    LinkOutside(PathBuf),
    /// A link to nothing.
    #[error("the link leads nowhere")]
    LinkDangling,
    /// A link to a folder that is read under another path, a loop among them.
    #[error("the link leads to a folder that is read already")]
    LinkSeen,
    /// A line of an ignore file that is no pattern.
    #[error("line {line} is no valid pattern and ignores nothing: {reason}")]
    BadPattern {
        /// The line, from 1.
        line: usize,
        /// Why.
        reason: String,
    },
}

/// What was found.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The files that may hold DAGs, sorted.
    pub files: Vec<PathBuf>,
    /// What was passed over, sorted by path.
    pub skipped: Vec<Skipped>,
}

/// Finds the DAG files below `folder`, which is `root`, the DAG folder, or lies below it. `.airflowignore` files count from
/// the root down; the folder itself is taken though they name it.
pub fn discover(root: &Path, folder: &Path, options: &DiscoverOptions) -> Discovered {
    let roots = [root, folder].into_iter().chain(options.include.iter().map(PathBuf::as_path));
    let mut walk = Walk {
        options,
        roots: roots.filter_map(|root| root.canonicalize().ok()).collect(),
        found: Discovered::default(),
        seen: HashSet::new(),
        links: Vec::new(),
    };
    let (start, rules) = walk.rules_above(root, folder);
    walk.folder(Start { folder: folder.to_owned(), below_root: start, rules });
    // Links come last, so that a folder is found under its own path where it has one.
    while !walk.links.is_empty() {
        for start in std::mem::take(&mut walk.links) {
            walk.folder(start);
        }
    }
    let mut found = walk.found;
    found.files.sort();
    found.skipped.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Airflow's heuristic: the lower-cased bytes hold `airflow`, and `dag`, or in Airflow 3 `asset`.
///
/// Source: `might_contain_dag_via_default_heuristic` of Airflow 2.10.5 and 3.0.6.
pub fn may_hold_dags(bytes: &[u8], airflow_2: bool) -> bool {
    let bytes = bytes.to_ascii_lowercase();
    let holds = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    holds(b"airflow") && (holds(b"dag") || (!airflow_2 && holds(b"asset")))
}

struct Walk<'a> {
    options: &'a DiscoverOptions,
    /// The folders that links may lead into, with all links resolved.
    roots: Vec<PathBuf>,
    found: Discovered,
    /// The folders that were entered, with all links resolved.
    seen: HashSet<PathBuf>,
    /// Links to folders that wait for their turn.
    links: Vec<Start>,
}

/// A folder to walk: where it is, its path below the root, and the rules that the folders above give it.
struct Start {
    folder: PathBuf,
    below_root: PathBuf,
    rules: Rules,
}

impl Walk<'_> {
    /// The rules that the folders from the root down to above `folder` set, and the path of `folder` below the root. Where
    /// they would pass over the folder itself none of them count, since the user asked for it.
    fn rules_above(&mut self, root: &Path, folder: &Path) -> (PathBuf, Rules) {
        let mut rules = Rules::default();
        let below_root = below(root, folder).unwrap_or_default();
        let mut above: Vec<&Path> = below_root.ancestors().skip(1).collect();
        above.reverse();
        for part in above {
            self.read_rules(&root.join(part), part, &mut rules);
        }
        let named: Vec<&Path> = below_root.ancestors().filter(|part| !part.as_os_str().is_empty()).collect();
        if named.iter().any(|part| rules.ignore(part, true)) {
            rules = Rules::default();
        }
        (below_root, rules)
    }

    fn folder(&mut self, start: Start) {
        let Ok(real) = start.folder.canonicalize() else {
            return self.skip(&start.folder, SkipReason::LinkDangling);
        };
        // The rules of the folders from the start down to the one that is being read.
        let mut levels: Vec<Rules> = Vec::new();
        let mut entries = WalkDir::new(&start.folder).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&start.folder).to_owned();
                    let reason = error.into_io_error().unwrap_or_else(|| std::io::ErrorKind::Other.into());
                    self.skip(&path, SkipReason::Unreadable(reason));
                    continue;
                }
            };
            let below_start = entry.path().strip_prefix(&start.folder).unwrap_or(Path::new(""));
            let below_root = start.below_root.join(below_start);
            levels.truncate(entry.depth());
            let rules = levels.last().unwrap_or(&start.rules);
            if entry.depth() > 0 && entry.path_is_symlink() {
                self.link(&entry, below_root, &rules.clone());
                continue;
            }
            if entry.file_type().is_file() {
                if !rules.ignore(&below_root, false) {
                    self.file(entry.path());
                }
                continue;
            }
            if !entry.path().is_dir() {
                continue;
            }
            if entry.depth() > 0 && rules.ignore(&below_root, true) {
                entries.skip_current_dir();
                continue;
            }
            if !self.seen.insert(real.join(below_start)) {
                self.skip(entry.path(), SkipReason::LinkSeen);
                entries.skip_current_dir();
                continue;
            }
            let mut rules = rules.clone();
            self.read_rules(entry.path(), &below_root, &mut rules);
            levels.push(rules);
        }
    }

    fn link(&mut self, entry: &DirEntry, below_root: PathBuf, rules: &Rules) {
        let path = entry.path();
        let is_folder = path.is_dir();
        if rules.ignore(&below_root, is_folder) || (!is_folder && !is_python(path)) {
            return;
        }
        let Ok(target) = path.canonicalize() else { return self.skip(path, SkipReason::LinkDangling) };
        if !self.allows(&target) {
            return self.skip(path, SkipReason::LinkOutside(target));
        }
        if is_folder {
            self.links.push(Start { folder: path.to_owned(), below_root, rules: rules.clone() });
        } else if target.is_file() {
            self.file(path);
        }
    }

    fn file(&mut self, path: &Path) {
        if is_package(path) {
            return self.skip(path, SkipReason::Package);
        }
        if !is_python(path) {
            return;
        }
        match self.may_hold_dags(path) {
            Ok(true) => self.found.files.push(path.to_owned()),
            Ok(false) => {}
            Err(error) => self.skip(path, SkipReason::Unreadable(error)),
        }
    }

    fn may_hold_dags(&self, path: &Path) -> std::io::Result<bool> {
        // What is too large to convert is taken, so that whoever reads it says so.
        if self.options.no_safe_mode {
            return Ok(true);
        }
        let bytes = read_at_most(path, MAX_SOURCE_BYTES)?;
        Ok(bytes.is_none_or(|bytes| may_hold_dags(&bytes, self.options.airflow_2)))
    }

    fn read_rules(&mut self, folder: &Path, below_root: &Path, rules: &mut Rules) {
        let path = folder.join(IGNORE_FILE);
        if !path.is_file() {
            return;
        }
        match path.canonicalize() {
            Ok(target) if !self.allows(&target) => return self.skip(&path, SkipReason::LinkOutside(target)),
            Ok(_) => {}
            Err(error) => return self.skip(&path, SkipReason::Unreadable(error)),
        }
        match read_text(&path) {
            Ok(text) => {
                for bad in rules.extend(&text, below_root, self.options.syntax) {
                    let reason = SkipReason::BadPattern { line: bad.number, reason: bad.reason };
                    self.skip(&path, reason);
                }
            }
            Err(error) => self.skip(&path, SkipReason::Unreadable(error)),
        }
    }

    fn allows(&self, target: &Path) -> bool {
        self.roots.iter().any(|root| target.starts_with(root))
    }

    fn skip(&mut self, path: &Path, reason: SkipReason) {
        self.found.skipped.push(Skipped { path: path.to_owned(), reason });
    }
}

/// Whether the name ends in `.py`, exactly so.
fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "py")
}

/// Whether this is a zip archive by its name and its first bytes.
fn is_package(path: &Path) -> bool {
    use std::io::Read as _;

    let mut start = [0; 2];
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
        && std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok()
        && start == *b"PK"
}

#[cfg(test)]
mod tests;
