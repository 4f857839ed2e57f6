//! `--airflow-config`: the values of an `airflow.cfg`, by `section.key`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::error::Error;

/// Reads the file as Airflow's parser does: sections, `key = value`, values that go on in indented lines, whole-line comments. A
/// value that Airflow would put something in the place of (`$HOME`, `~`, `%(key)s`) is left out: it is not known here.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, String>, Error> {
    let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut section: Option<String> = None;
    let mut last: Option<String> = None;
    for (at, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.starts_with(['#', ';']) {
            continue;
        }
        if trimmed.is_empty() {
            continue;
        }
        if line.starts_with(char::is_whitespace)
            && let Some(value) = last.as_ref().and_then(|key| found.get_mut(key))
        {
            value.push('\n');
            value.push_str(trimmed);
            continue;
        }
        if let Some(name) = trimmed.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            (section, last) = (Some(name.to_lowercase()), None);
            continue;
        }
        let separator = trimmed.find(['=', ':']);
        let (Some(section), Some(separator)) = (&section, separator) else {
            return Err(Error::content(
                path,
                format!("is no `airflow.cfg`: line {} is no `key = value`", at + 1),
            ));
        };
        let key = format!("{section}.{}", trimmed[..separator].trim().to_lowercase());
        found.insert(key.clone(), trimmed[separator + 1..].trim().to_owned());
        last = Some(key);
    }
    Ok(found.into_iter().filter_map(|(key, value)| Some((key, plain(&value)?))).collect())
}

/// The value behind the parser's interpolation and Airflow's `expand_env_var`, where neither puts in anything from elsewhere.
fn plain(value: &str) -> Option<String> {
    let is_expanded = value.contains('$') || value.starts_with('~') || value.replace("%%", "").contains('%');
    (!is_expanded).then(|| value.replace("%%", "%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_airflow_reads_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("airflow.cfg");
        let text = "# head\n[core]\nExecutor = LocalExecutor\nparallelism=8\n; note\ndags_folder = ~/dags\nlong = a,\n    b\n\n\
            [logging]\nformat = %%(x)s\nother = %(y)s\nurl: http://h:1\n[my.section-x]\nkey =\n";
        std::fs::write(&path, text).unwrap();
        let got = read(&path).unwrap();
        let got: Vec<(&str, &str)> =
            got.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let want = [
            ("core.executor", "LocalExecutor"),
            ("core.long", "a,\nb"),
            ("core.parallelism", "8"),
            ("logging.format", "%(x)s"),
            ("logging.url", "http://h:1"),
            ("my.section-x.key", ""),
        ];
        assert_eq!(got, want);
        std::fs::write(&path, "key = 1\n").unwrap();
        assert!(read(&path).is_err());
    }
}
