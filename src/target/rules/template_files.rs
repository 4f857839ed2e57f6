//! Arguments that name the file of their template: the content is written where the target has no such files.

use std::path::{Component, Path, PathBuf};

use crate::datum::Datum;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::source::{is_inside, read_data};
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::operators::info;
use crate::target::rendered::members_mut;

pub(super) fn run(draft: &mut Draft<'_>) {
    let folders = folders(draft);
    for place in 0..draft.tasks.len() {
        let Some(class) = info(&draft.tasks[place].operator) else { continue };
        let endings: Vec<&str> = class.template_endings().collect();
        if endings.is_empty() {
            continue;
        }
        let mut arguments = std::mem::take(&mut draft.tasks[place].arguments);
        let is_rendered = |entry: &&mut Entry| class.template_fields().any(|field| field == entry.name);
        for entry in arguments.iter_mut().filter(is_rendered) {
            let mut files = Vec::new();
            if draft.target.is_service() {
                inline(&mut entry.value, &endings, &mut |name| {
                    let text = read(draft, &folders, name, &endings)?;
                    files.push(format!("`{name}`"));
                    Some(text)
                });
            } else {
                inline(&mut entry.value, &endings, &mut |name| {
                    files.push(format!("`{name}`"));
                    None
                });
            }
            if files.is_empty() {
                continue;
            }
            let files = files.join(", ");
            if draft.target.is_service() {
                let message = format!("the template in {files} is written in place of its name");
                draft.changed(codes::TEMPLATE_FILE, Owner::Task(place), &entry.name, entry.span, message);
            } else {
                let message = format!(
                    "Airflow looks for the template in {files} beside the file that loads the definition"
                );
                let note = Diagnostic::note(codes::TEMPLATE_FILE, entry.span, message)
                    .help("put the loader beside the DAG file, or name the folder in `template_searchpath`");
                draft.report_on(Owner::Task(place), &entry.name, note);
            }
        }
        draft.tasks[place].arguments = arguments;
    }
}

/// Where Airflow looks for templates: the folder of the DAG file, then those of `template_searchpath`, as far as they are at hand.
///
/// Source: `DAG.get_template_env` of Airflow 3.0.6; the file is the one that DagBag processes.
fn folders(draft: &Draft<'_>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = draft.options.path.parent().map(Path::to_owned).into_iter().collect();
    let searched = draft.dag.arguments.iter().find(|argument| argument.name == "template_searchpath");
    let searched: Vec<&str> = match searched.map(|argument| &argument.value) {
        Some(Datum::Str(path)) => vec![path],
        Some(Datum::List(paths) | Datum::Tuple(paths)) => paths
            .iter()
            .filter_map(|path| if let Datum::Str(path) = path { Some(path.as_str()) } else { None })
            .collect(),
        _ => Vec::new(),
    };
    let root = draft.options.roots.first();
    folders.extend(searched.into_iter().filter_map(|path| {
        let below = Path::new(path).strip_prefix(&draft.options.runtime_dags_folder).ok()?;
        Some(root?.join(below))
    }));
    folders
}

/// The template of that name; `None` where it is not at hand, or where its text would itself be taken for the name of a file.
///
/// Source: `split_template_path` of Jinja2 3.1.6: the name is relative, and leads nowhere above the folder.
fn read(draft: &Draft<'_>, folders: &[PathBuf], name: &str, endings: &[&str]) -> Option<String> {
    let name = Path::new(name.trim_start_matches('/'));
    if !name.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return None;
    }
    let path = folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())?;
    if !is_inside(&draft.options.roots, &path) {
        return None;
    }
    let text = String::from_utf8(read_data(&path).ok()?).ok()?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    (!endings.iter().any(|ending| text.ends_with(ending))).then_some(text)
}

/// Puts the content of a file in place of every text that names one.
fn inline(value: &mut Datum, endings: &[&str], read: &mut dyn FnMut(&str) -> Option<String>) {
    match value {
        Datum::Str(text) if endings.iter().any(|ending| text.ends_with(ending)) => {
            if let Some(content) = read(text) {
                *text = content;
            }
        }
        other => members_mut(other).for_each(|item| inline(item, endings, read)),
    }
}
