//! The list as a file to fill in, which goes back with `--inputs`.

use std::path::PathBuf;

use super::{Entry, Kind, Listing, names};
use crate::convert::inputs::Effect;
use crate::diagnostic::visible;
use crate::eval::Got;

/// The file: a table for each kind, each name as a commented line, so that what is not filled in counts as not supplied. What is
/// supplied already is named without its value.
pub(super) fn render(listing: &Listing, paths: &[PathBuf]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| visible(&path.display().to_string())).collect();
    let paths = paths.join(" ");
    let mut out = format!(
        "# What {paths} reads from outside. Remove the `#` before a name and fill in its value, then:\n\
         #   dag-converter convert {paths} --inputs FILE\n"
    );
    let tables = [
        (Kind::Variable, "variables"),
        (Kind::Environment, "env"),
        (Kind::Connection, "connections"),
        (Kind::Config, "config"),
        (Kind::Machine, "machine"),
    ];
    for (kind, table) in tables {
        let entries: Vec<&Entry> = listing.entries.iter().filter(|entry| entry.kind == kind).collect();
        if entries.is_empty() {
            continue;
        }
        out.push_str(&format!("\n[{table}]\n"));
        for entry in entries {
            describe(&mut out, entry);
            if entry.got == Got::Supplied {
                out.push_str(&format!("# {} is supplied\n", quoted(&entry.name)));
            } else {
                out.push_str(&format!("# {} = {}\n", quoted(&entry.name), example(entry)));
            }
        }
    }
    let others: Vec<&Entry> =
        listing.entries.iter().filter(|entry| matches!(entry.kind, Kind::Module | Kind::Other)).collect();
    if !others.is_empty() {
        out.push_str(
            "\n# No value can be given for these; modules of yours are found with `--include DIR`.\n",
        );
        for entry in others {
            describe(&mut out, entry);
            out.push_str(&format!("#   {}\n", visible(&entry.name)));
        }
    }
    out
}

/// Comments with the DAGs and the places.
fn describe(out: &mut String, entry: &Entry) {
    let places: Vec<String> = entry.places.iter().map(ToString::to_string).collect();
    out.push_str(&format!("\n# {}\n", visible(&places.join(", "))));
    for (effect, words) in [
        (Effect::Refused, "refused without it"),
        (Effect::Later, "read when a task runs, without it"),
        (Effect::Default, "built with the default in the code"),
    ] {
        let dags = names(&entry.dags, effect);
        if !dags.is_empty() {
            out.push_str(&format!("# {words}: {}\n", visible(&dags.join(", "))));
        }
    }
    if entry.is_secret && entry.kind != Kind::Connection {
        out.push_str("# sensitive: a DAG that writes it into its definition is refused\n");
    }
}

/// What stands for the value: the default in the code, or a form to fill in.
fn example(entry: &Entry) -> String {
    match (&entry.default, entry.kind) {
        (Some(default), _) if !entry.is_secret && default != "None" => quoted(default),
        (_, Kind::Connection) => quoted("TYPE://LOGIN:PASSWORD@HOST:PORT/SCHEMA"),
        _ if entry.is_json => "{}".to_owned(),
        _ => quoted(""),
    }
}

/// A TOML string of one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
