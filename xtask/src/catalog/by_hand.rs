//! The rows of `catalog-by-hand.tsv`: the few moves that no package says in a form that can be read. Each names the line of a
//! pinned package where it can be seen, and that line is looked up.

use std::fs;

use anyhow::{Context, Result, bail};

use super::deprecation::Successor;
use super::module::Module;
use super::moves::How;
use crate::project;

/// What became of a class or a parameter.
pub(crate) enum Row {
    /// An old path, the path of its successor, and the package that shows it.
    Class { old: String, new: String, how: How, pin: String },
    /// A class, a parameter that it no longer takes, and the successor.
    Parameter { class: String, old: String, successor: Successor, pin: String },
}

/// Reads the rows and looks up what they name as their sources.
pub(crate) fn rows(modules: &[Vec<Module>]) -> Result<Vec<Row>> {
    let path = project::root().join("xtask/catalog-by-hand.tsv");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let rows = text.lines().skip(1);
    rows.map(|line| row(line, modules).with_context(|| format!("{}: {line}", path.display()))).collect()
}

fn row(line: &str, modules: &[Vec<Module>]) -> Result<Row> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [subject, old, new, how, source] = columns[..] else {
        bail!("{} columns", columns.len());
    };
    let (pin, place) = source.split_once(' ').context("the source has no place in the package")?;
    let (file, number) = place.rsplit_once(':').context("the source has no line")?;
    let module = modules.iter().flatten().find(|module| module.pin == pin && module.path == file);
    let module = module.context("the source is no file of a pinned package")?;
    let number: usize = number.parse()?;
    let name = new.rsplit('.').next().unwrap_or(new);
    if !number
        .checked_sub(1)
        .and_then(|number| module.text.lines().nth(number))
        .is_some_and(|line| line.contains(name))
    {
        bail!("the line does not name `{name}`");
    }
    let (subject, old, new, pin) = (subject.to_owned(), old.to_owned(), new.to_owned(), pin.to_owned());
    Ok(match how {
        "renamed" => Row::Class { old: subject, new, how: How::Renamed, pin },
        "replaced" => Row::Class { old: subject, new, how: How::Replaced, pin },
        "same" => Row::Parameter { class: subject, old, successor: Successor::Same(new), pin },
        "other" => Row::Parameter { class: subject, old, successor: Successor::Other(new), pin },
        _ => bail!("`{how}` is none of renamed, replaced, same, other"),
    })
}
