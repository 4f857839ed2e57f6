//! The list as a table for people.

use super::{Entry, Kind, Listing, names};
use crate::convert::inputs::Effect;
use crate::diagnostic::visible;
use crate::eval::Got;

/// The table: a heading for each kind, a line for each name, its DAGs and its places below it.
pub(super) fn render(listing: &Listing) -> String {
    let mut out = String::new();
    for kind in Kind::ALL {
        let entries: Vec<&Entry> = listing.entries.iter().filter(|entry| entry.kind == kind).collect();
        if entries.is_empty() {
            continue;
        }
        let flag = kind.flag().map_or_else(String::new, |flag| format!("  ({flag})"));
        out.push_str(&format!("{}{flag}\n", kind.heading()));
        let width = entries.iter().map(|entry| entry.name.chars().count()).max().unwrap_or(0).min(40);
        for entry in entries {
            let name = visible(&entry.name);
            out.push_str(&format!("  {name:width$}  {}\n", state(entry)));
            for (effect, words) in [
                (Effect::Refused, "refused without it"),
                (Effect::Default, "built with the default"),
                (Effect::Supplied, "built with what is supplied"),
            ] {
                let dags = names(&entry.dags, effect);
                if !dags.is_empty() {
                    out.push_str(&format!("    {words}: {}\n", visible(&dags.join(", "))));
                }
            }
            if entry.dags.is_empty() {
                out.push_str("    no DAG depends on it\n");
            }
            for place in &entry.places {
                out.push_str(&format!("    {}\n", visible(&place.to_string())));
            }
        }
        out.push('\n');
    }
    if !listing.unread.is_empty() {
        out.push_str("Supplied, and read by no file\n");
        for (kind, name) in &listing.unread {
            out.push_str(&format!("  {} ({})\n", visible(name), kind.word()));
        }
        out.push('\n');
    }
    out.push_str(&summary(listing));
    out
}

/// What the code got, and what is to be known of the name.
fn state(entry: &Entry) -> String {
    let mut words = vec![match (entry.kind, entry.got) {
        (_, Got::Supplied) => "supplied".to_owned(),
        (_, Got::Default) => match &entry.default {
            Some(default) if !entry.is_secret => {
                format!("default in the code: {}", visible(&format!("{default:?}")))
            }
            _ => "default in the code".to_owned(),
        },
        (Kind::Module | Kind::Other, Got::Nothing) => String::new(),
        (_, Got::Nothing) => "not supplied".to_owned(),
    }];
    if entry.is_json {
        words.push("read as JSON".to_owned());
    }
    if entry.is_secret {
        words.push("sensitive".to_owned());
    }
    words.retain(|word| !word.is_empty());
    words.join(", ")
}

fn summary(listing: &Listing) -> String {
    let count = |got: Got| {
        let named = listing.entries.iter().filter(|entry| !matches!(entry.kind, Kind::Module | Kind::Other));
        named.filter(|entry| entry.got == got).count()
    };
    let others =
        listing.entries.iter().filter(|entry| matches!(entry.kind, Kind::Module | Kind::Other)).count();
    let files = match listing.files {
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    format!(
        "{files}: {} supplied, {} with a default, {} not supplied, {others} that cannot be supplied by name\n",
        count(Got::Supplied),
        count(Got::Default),
        count(Got::Nothing)
    )
}
