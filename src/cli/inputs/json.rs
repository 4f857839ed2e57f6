//! The list as one JSON object.

use serde_json::{Value, json};

use super::{Listing, names};
use crate::convert::inputs::Effect;
use crate::eval::Got;

/// `{"inputs": […], "unread": […]}`; each input with its kind, name, places and DAGs. No supplied value stands in it, nor the
/// default of a sensitive name.
pub(super) fn render(listing: &Listing) -> String {
    let inputs: Vec<Value> = listing
        .entries
        .iter()
        .map(|entry| {
            let places: Vec<Value> = entry
                .places
                .iter()
                .map(|place| json!({"path": place.path.display().to_string(), "line": place.line, "column": place.column}))
                .collect();
            json!({
                "kind": entry.kind.word(),
                "name": entry.name,
                "state": match entry.got {
                    Got::Supplied => "supplied",
                    Got::Default => "default",
                    Got::Nothing => "missing",
                },
                "default": entry.default.as_ref().filter(|_| !entry.is_secret),
                "json": entry.is_json,
                "sensitive": entry.is_secret,
                "refused": names(&entry.dags, Effect::Refused),
                "with_default": names(&entry.dags, Effect::Default),
                "with_supplied": names(&entry.dags, Effect::Supplied),
                "places": places,
            })
        })
        .collect();
    let unread: Vec<Value> =
        listing.unread.iter().map(|(kind, name)| json!({"kind": kind.word(), "name": name})).collect();
    let mut text =
        serde_json::to_string_pretty(&json!({"inputs": inputs, "unread": unread})).unwrap_or_default();
    text.push('\n');
    text
}
