//! `--diff`: how the definitions in place would change, as a patch.

use std::fmt::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::output::{Folder, Plan};
use crate::diagnostic::visible;

/// A file of the folder, before and after.
struct Change<'a> {
    name: &'a str,
    before: Option<Vec<u8>>,
    after: Option<&'a [u8]>,
}

/// What becomes of the files of the folder, those of code packages included.
fn changes<'a>(folder: &Folder, plan: &'a Plan) -> Vec<Change<'a>> {
    let held = |name: &str| std::fs::read(folder.path().join(name)).ok();
    let mut all = Vec::new();
    for planned in &plan.definitions {
        let yaml = planned.yaml.as_bytes();
        if planned.before.as_deref() != Some(yaml) {
            all.push(Change { name: &planned.file_name, before: planned.before.clone(), after: Some(yaml) });
        }
        let code = planned.code.iter().filter(|file| !file.is_there);
        all.extend(code.map(|file| Change {
            name: &file.name,
            before: held(&file.name),
            after: Some(&file.bytes),
        }));
    }
    for name in plan.removals.iter().flat_map(|removal| &removal.files) {
        all.push(Change { name, before: held(name), after: None });
    }
    all
}

/// The unified diff of every file that would be written or removed; `safe` replaces what a terminal would obey.
pub(super) fn render(folder: &Folder, plan: &Plan, colour: bool, safe: bool) -> String {
    let mut out = String::new();
    for Change { name, before, after } in changes(folder, plan) {
        let path = folder.path().join(name).display().to_string();
        let side = |is_there: bool| if is_there { path.clone() } else { "/dev/null".to_owned() };
        let (old, new) = (side(before.is_some()), side(after.is_some()));
        let before = before.as_deref();
        if Path::new(name).extension().is_some_and(|extension| extension == "zip") {
            let line = format!("Binary files {old} and {new} differ\n");
            push(&mut out, colour, Style::new().bold(), &if safe { visible(&line) } else { line });
            continue;
        }
        let header = format!("--- {old}\n+++ {new}\n");
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
