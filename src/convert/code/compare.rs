//! What the names of the written module stand for, held against what they stand for in the DAG file.

use super::alone::Alone;
use crate::catalog;
use crate::dag::{ModuleNames, Standing};
use crate::datum::{Captured, Datum, Reference};
use crate::diagnostic::{Diagnostic, codes};
use crate::package::{Input, Written};
use crate::source::Span;

/// An error for each name that is something else by itself.
pub(super) fn names(alone: &Alone, input: &Input<'_>, written: &Written) -> Vec<Diagnostic> {
    let (Some(original), Some(own)) = (input.names.first(), alone.names.first()) else { return Vec::new() };
    // The module has another name and another place, as any module of a package would.
    let places: Vec<(String, String)> = ["__name__", "__file__"]
        .into_iter()
        .filter_map(|name| Some((text_of(original, name)?, text_of(own, name)?)))
        .collect();
    let compared = written.names.iter().filter_map(|(name, span)| {
        let now = own.standing(name)?;
        // That it is read from outside is said where it is read.
        let is_said = matches!(now, Standing::Unknown(cause) if alone.outside.iter().any(|read| read.kind == cause.kind));
        if is_said { None } else { compare(name, *span, original.standing(name)?, now, &places) }
    });
    compared.collect()
}

/// What there is to say of a name that stands for something else in the package.
fn compare(
    name: &str,
    span: Span,
    before: &Standing,
    now: &Standing,
    places: &[(String, String)],
) -> Option<Diagnostic> {
    match (before, now) {
        (Standing::Data(before), Standing::Data(now)) if !is_same(before, now, places) => {
            let message =
                format!("`{name}` is changed by code that builds the DAG, which does not come along");
            Some(Diagnostic::error(codes::NOT_PORTABLE, span, message))
        }
        (Standing::Data(_), Standing::Unknown(cause)) => {
            let message = format!("what `{name}` is without the code that builds the DAG is not known");
            Some(
                Diagnostic::error(codes::NOT_PORTABLE, span, message)
                    .label(cause.span, cause.message.clone()),
            )
        }
        // What was done to it where the DAG is built is not known, and does not come along.
        (Standing::Unknown(cause), Standing::Data(_)) => {
            let message = format!("what `{name}` is after the code that builds the DAG is not known");
            Some(
                Diagnostic::error(codes::NOT_PORTABLE, span, message)
                    .label(cause.span, cause.message.clone()),
            )
        }
        _ => None,
    }
}

fn text_of(names: &ModuleNames, name: &str) -> Option<String> {
    match names.standing(name) {
        Some(Standing::Data(Datum::Str(text))) => Some(text.clone()),
        _ => None,
    }
}

/// Whether two values are the same but for where they are defined.
fn is_same(before: &Datum, now: &Datum, places: &[(String, String)]) -> bool {
    let is_same = |before: &Datum, now: &Datum| is_same(before, now, places);
    let all = |a: &[Datum], b: &[Datum]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b));
    match (before, now) {
        (Datum::Reference(a), Datum::Reference(b)) => {
            let captured =
                |of: &[(String, Captured)]| of.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
            let path = |of: &Reference| format!("{}.{}", of.module.as_deref().unwrap_or_default(), of.name);
            // Packaged code imports what Airflow 3 has under another name by that.
            let is_moved = catalog::resolve(&path(a)).and_then(catalog::Resolved::path) == Some(&*path(b));
            let is_named_so = a.name.trim_end_matches(".function") == b.name.trim_end_matches(".function");
            is_moved || is_named_so && captured(&a.captured) == captured(&b.captured)
        }
        (Datum::List(a), Datum::List(b))
        | (Datum::Tuple(a), Datum::Tuple(b))
        | (Datum::Set(a), Datum::Set(b))
        | (Datum::FrozenSet(a), Datum::FrozenSet(b)) => all(a, b),
        (Datum::Map(a), Datum::Map(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|((k, v), (other, w))| is_same(k, other) && is_same(v, w))
        }
        (Datum::Object(a), Datum::Object(b)) => {
            a.path == b.path
                && all(&a.args, &b.args)
                && a.kwargs.len() == b.kwargs.len()
                && a.kwargs.iter().zip(&b.kwargs).all(|((k, v), (other, w))| k == other && is_same(v, w))
        }
        (Datum::Unknown(_), Datum::Unknown(_)) => true,
        (Datum::Str(a), Datum::Str(b)) => {
            a == b || places.iter().any(|(before, now)| a.replace(before.as_str(), now) == *b)
        }
        (Datum::Float(a), Datum::Float(b)) => a.to_bits() == b.to_bits(),
        _ => before == now,
    }
}
