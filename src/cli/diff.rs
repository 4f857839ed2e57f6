//! `--diff`: how the definitions in place would change, as a patch.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::output::{Folder, Plan};
use crate::diagnostic::visible;

/// The unified diff of every definition that would be written; `safe` replaces what a terminal would obey.
pub(super) fn render(folder: &Folder, plan: &Plan, colour: bool, safe: bool) -> String {
    let mut out = String::new();
    for planned in plan.definitions.iter().filter(|planned| !planned.is_unchanged()) {
        let name = folder.path().join(&planned.file_name).display().to_string();
        let before = planned.before.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        let before_name = if planned.before.is_some() { name.as_str() } else { "/dev/null" };
        let diff = TextDiff::from_lines(before.as_ref(), planned.yaml.as_str());
        push(&mut out, colour, Style::new().bold(), &format!("--- {before_name}\n+++ {name}\n"));
        for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
            push(&mut out, colour, AnsiColor::Cyan.on_default(), &format!("{}\n", hunk.header()));
            for change in hunk.iter_changes() {
                let style = match change.tag() {
                    ChangeTag::Equal => Style::new(),
                    ChangeTag::Delete => AnsiColor::Red.on_default(),
                    ChangeTag::Insert => AnsiColor::Green.on_default(),
                };
                let value = change.value();
                let value = if safe { visible(value) } else { value.to_owned() };
                let end = if change.missing_newline() { "\n\\ No newline at end of file\n" } else { "" };
                push(&mut out, colour, style, &format!("{}{value}{end}", change.tag()));
            }
        }
    }
    out
}

fn push(out: &mut String, colour: bool, style: Style, text: &str) {
    if !colour {
        out.push_str(text);
        return;
    }
    // A colour ends with its line, or pagers let it run on.
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let _ = write!(out, "{style}{line}{style:#}{end}");
    }
}
