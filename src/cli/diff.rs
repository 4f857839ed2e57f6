//! `--diff`: how the definitions in place would change, as a patch.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::output::{Folder, Plan};
use crate::diagnostic::visible;

/// The unified diff of every definition that would be written or removed; `safe` replaces what a terminal would obey.
pub(super) fn render(folder: &Folder, plan: &Plan, colour: bool, safe: bool) -> String {
    let mut out = String::new();
    let written = plan
        .definitions
        .iter()
        .filter(|planned| !planned.is_unchanged())
        .map(|planned| (&planned.file_name, planned.before.as_deref(), Some(planned.yaml.as_bytes())));
    let removed =
        plan.removals.iter().map(|removal| (&removal.file_name, Some(removal.before.as_slice()), None));
    for (file_name, before, after) in written.chain(removed) {
        let name = folder.path().join(file_name).display().to_string();
        let side = |bytes: Option<&[u8]>| if bytes.is_some() { name.clone() } else { "/dev/null".to_owned() };
        let header = format!("--- {}\n+++ {}\n", side(before), side(after));
        push(&mut out, colour, Style::new().bold(), &if safe { visible(&header) } else { header });
        let before = String::from_utf8_lossy(before.unwrap_or_default());
        let after = String::from_utf8_lossy(after.unwrap_or_default());
        let diff = TextDiff::from_lines(before.as_ref(), after.as_ref());
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
