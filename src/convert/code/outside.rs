//! What packaged code reads from outside while it is loaded: environment variables, Airflow Variables, configuration, Connections. The
//! service has none of these.

use std::collections::BTreeSet;

use ruff_python_ast::{Expr, ModModule, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::alone::Alone;
use crate::convert::worlds::{is_secret, supply};
use crate::dag::Standing;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::eval::{Got, Outside, World};
use crate::package::{Input, Written, literal};
use crate::parse::names::bound_by;
use crate::source::Span;

/// The text of the module with what the user supplied written where a statement of its own binds it to a name, and a note for each;
/// `None` where there is nothing of the kind.
pub(super) fn supplied(
    alone: &Alone,
    world: &World,
    input: &Input<'_>,
    written: &Written,
) -> Option<(String, Vec<Diagnostic>)> {
    let original = input.names.first()?;
    let is_known = |read: &&Outside| read.span.file == alone.file && world.supplied(&read.kind).is_some();
    let mut statements: BTreeSet<usize> = BTreeSet::new();
    for read in alone.outside.iter().filter(is_known) {
        let at = alone.module.body.iter().position(|stmt| stmt.range().contains_range(read.span.range));
        statements.extend(at);
    }
    let mut text = written.text.clone();
    let mut notes = Vec::new();
    // From the end, so that what is still to be replaced stays where it is.
    for stmt in statements.into_iter().rev().filter_map(|at| alone.module.body.get(at)) {
        let Some((name, range)) = plain_binding(stmt, &alone.module) else { continue };
        let here =
            |read: &&Outside| read.span.file == alone.file && stmt.range().contains_range(read.span.range);
        if alone.outside.iter().filter(here).any(|read| is_secret(&read.kind)) {
            continue;
        }
        let Some(Standing::Data(value)) = original.standing(name) else { continue };
        let Some(value) = literal(value) else { continue };
        text.replace_range(range.start().to_usize()..range.end().to_usize(), &value);
        let message = format!("`{name}` is written into the code package with the value that is supplied");
        let note = Diagnostic::note(codes::CODE_PACKAGE, Span::new(alone.file, range), message);
        notes.push(note.disposition(Disposition::Changed));
    }
    notes.reverse();
    (!notes.is_empty()).then_some((text, notes))
}

/// The name that a statement alone binds, and the range of its value.
fn plain_binding<'a>(stmt: &'a Stmt, module: &ModModule) -> Option<(&'a str, TextRange)> {
    let (target, value) = match stmt {
        Stmt::Assign(node) => match &*node.targets {
            [target] => (target, &*node.value),
            _ => return None,
        },
        Stmt::AnnAssign(node) => (&*node.target, node.value.as_deref()?),
        _ => return None,
    };
    let Expr::Name(name) = target else { return None };
    let binds = |stmt: &&Stmt| bound_by([*stmt]).contains(name.id.as_str());
    (module.body.iter().filter(binds).count() == 1).then(|| (name.id.as_str(), value.range()))
}

/// What there is to say of the reads that are left.
pub(super) fn left(alone: &Alone, world: &World, written: &Written) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    for read in &alone.outside {
        let Some((what, flag)) = supply(&read.kind) else { continue };
        let supplied = world.supplied(&read.kind);
        let is_supplied = supplied.is_some();
        if is_supplied && supplied == read.default.as_deref() && !read.json {
            continue;
        }
        let by_itself = "read it inside the function, from a secrets manager";
        let finding = if is_supplied && is_secret(&read.kind) {
            let message = format!("{what} would stand in the code package, where all can read it");
            Diagnostic::error(codes::SECRET_IN_DEFINITION, read.span, message).help(by_itself)
        } else if is_supplied {
            let message =
                format!("the code reads {what} while it is loaded, and the service has no such value");
            Diagnostic::error(codes::NOT_PORTABLE, read.span, message).help(
                "bind it to a name of the DAG file, or hand it over as an argument (`op_kwargs`): both are written with the value that you supply",
            )
        } else if read.got == Got::Default {
            let message = format!(
                "the code depends on {what}, which is not supplied and which the service does not have"
            );
            Diagnostic::warning(codes::ASSUMED_VALUE, Disposition::Assumed, read.span, message).help(
                if is_secret(&read.kind) {
                    by_itself.to_owned()
                } else {
                    format!("supply it with {flag}, where the default in the code is not meant")
                },
            )
        } else {
            let message =
                format!("the code reads {what} while it is loaded, and the service has no such value");
            Diagnostic::error(codes::NOT_PORTABLE, read.span, message).help(if is_secret(&read.kind) {
                by_itself.to_owned()
            } else {
                format!("supply it with {flag}, or read it inside the function")
            })
        };
        let finding = match used(alone, read, written) {
            Some(span) => finding.label(span, "reached from here"),
            None => finding,
        };
        if !findings.iter().any(|other| other.place == finding.place) {
            findings.push(finding);
        }
    }
    findings
}

/// Where code of the DAG file asks for what a statement reads.
fn used(alone: &Alone, read: &Outside, written: &Written) -> Option<Span> {
    if read.span.file != alone.file {
        return None;
    }
    let stmt = alone.module.body.iter().find(|stmt| stmt.range().contains_range(read.span.range))?;
    let bound = bound_by([stmt]);
    written.names.iter().find(|(name, _)| bound.contains(name)).map(|(_, span)| *span)
}
