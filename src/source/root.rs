//! The DAG folder that a file belongs to, and the path of a file below it.

use std::path::{Component, Path, PathBuf};

/// The DAG folder of a path that the user named, where no other was said: a folder itself; for a file the nearest
/// folder above that is called `dags`, else the folder it is in.
pub fn default_root(path: &Path) -> PathBuf {
    if path.is_dir() {
        return path.to_owned();
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let has_parents = folder.components().any(|part| part == Component::ParentDir);
    // Links stay as they are named, unless `..` makes it matter where they lead.
    let absolute = if has_parents { folder.canonicalize() } else { std::path::absolute(folder) };
    let absolute = absolute.unwrap_or_else(|_| folder.to_owned());
    match absolute.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "dags")) {
        Some(dags) if dags == absolute => folder.to_owned(),
        Some(dags) => dags.to_owned(),
        None => folder.to_owned(),
    }
}

/// The path below `root`, or `None` where it lies elsewhere. As written first; then with links and `..` resolved.
pub fn below(root: &Path, path: &Path) -> Option<PathBuf> {
    let is_plain = |rest: &Path| !rest.components().any(|part| part == Component::ParentDir);
    if !root.as_os_str().is_empty()
        && let Ok(rest) = path.strip_prefix(root)
        && is_plain(rest)
    {
        return Some(rest.to_owned());
    }
    let lexical = |path: &Path| std::path::absolute(path).ok();
    if let (Some(root), Some(path)) = (lexical(root), lexical(path))
        && let Ok(rest) = path.strip_prefix(&root)
        && is_plain(rest)
    {
        return Some(rest.to_owned());
    }
    let (root, path) = (root.canonicalize().ok()?, path.canonicalize().ok()?);
    path.strip_prefix(&root).ok().map(Path::to_owned)
}
