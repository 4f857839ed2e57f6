//! What a user is told whose name of something is not known: the name that was perhaps meant.

use crate::diagnostic::visible;

/// The names most like `name`, best first, at most two.
pub(super) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let known: Vec<&str> = known.collect();
    let lowered = name.to_lowercase();
    let folded: Vec<String> = known.iter().map(|known| known.to_lowercase()).collect();
    let candidates: Vec<&str> = folded.iter().map(String::as_str).collect();
    let close = similar::get_close_matches(lowered.as_str(), &candidates, 2, 0.7);
    let places = close.into_iter().filter_map(|found| folded.iter().position(|known| known == found));
    places.map(|place| known[place]).collect()
}

/// The error for a name that is none: `there is no code `x`; did you mean `y`?`, with a way to find the right one.
pub(super) fn unknown_name<'n>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'n str>,
    list: &str,
) -> String {
    let near: Vec<String> = nearest(name, known).iter().map(|near| format!("`{near}`")).collect();
    let name = visible(name);
    if near.is_empty() {
        return format!("error: there is no {what} `{name}`; {list}\n");
    }
    format!("error: there is no {what} `{name}`; did you mean {}?\n{list}\n", near.join(" or "))
}
