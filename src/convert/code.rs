//! The check of a code package: the module that was cut out of a DAG file, evaluated by itself, must come to the same values.
//!
//! The package of a service is evaluated as the service runs it, without the environment and the Variables that the user supplied:
//! what of these reaches the module is written into it, or named.

use std::collections::BTreeSet;

use ruff_text_size::{TextRange, TextSize};

use super::Converter;
use crate::dag::{Argument, Task};
use crate::diagnostic::{Diagnostic, Disposition, Place, codes};
use crate::eval::World;
use crate::package::{Input, Package, Packed, Written, pack as pack_dag};
use crate::source::Span;
use crate::target::CodeKind;

mod alone;
mod compare;
mod files;
mod outside;

use alone::{Alone, CUT};

/// Packs the code of a DAG, and refuses it where the code by itself would not do the same.
pub(super) fn pack(converter: &Converter, world: &World, input: &Input<'_>) -> Packed {
    let mut packed = pack_dag(input);
    if let (Some(dag), Some(written), Some(package)) =
        (&mut packed.dag, &mut packed.written, &mut packed.package)
        && !dag.findings.iter().any(Diagnostic::is_error)
    {
        let findings = check(converter, world, input, written, package);
        let findings = findings.into_iter().map(|finding| at_home(finding, input));
        dag.findings.extend(findings.map(|finding| finding.dag(&input.dag.dag_id)));
    }
    if let (Some(dag), Some(kind)) = (&mut packed.dag, input.target.code()) {
        let record = |span: Span, parameter: &str, message: &str| {
            Diagnostic::note(codes::PACKAGED_CODE, span, message)
                .disposition(Disposition::Changed)
                .dag(&input.dag.dag_id)
                .parameter(parameter)
        };
        let mut records: Vec<Diagnostic> = moved(&input.dag.arguments, &dag.arguments)
            .into_iter()
            .chain(moved(&input.dag.default_args, &dag.default_args))
            .map(|parameter| record(input.dag.span, parameter, comes_along(kind)))
            .collect();
        let given = "the module beside the definition gives the DAG this option";
        records.extend(packed.dag_options.iter().map(|option| record(input.dag.span, option, given)));
        for (before, after) in input.dag.tasks.iter().zip(&dag.tasks) {
            let mut parameters = rewritten(before, after);
            let mut message = comes_along(kind);
            if packed.made.contains_key(&before.task_id) {
                parameters.push("operator");
                parameters.extend(before.mapping.as_ref().map(|_| "expand"));
                message = "the module beside the definition makes this task";
            }
            parameters.sort_unstable();
            parameters.dedup();
            let records_of_task = parameters
                .into_iter()
                .map(|parameter| record(before.span, parameter, message).task(before.task_id.clone()));
            records.extend(records_of_task);
        }
        dag.findings.extend(records);
    }
    packed
}

/// What is said of a value that refers to the code beside the definition.
fn comes_along(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Package => "what the task calls comes along in the code package",
        CodeKind::Module => "the function stands in the module beside the definition",
    }
}

/// The names of the arguments that packing changed.
fn moved<'a>(before: &'a [Argument], after: &'a [Argument]) -> Vec<&'a str> {
    let value = |of: &'a [Argument], name: &str| {
        of.iter().find(|argument| argument.name == name).map(|argument| &argument.value)
    };
    let names: BTreeSet<&str> = before.iter().chain(after).map(|argument| argument.name.as_str()).collect();
    names.into_iter().filter(|name| value(before, name) != value(after, name)).collect()
}

/// What packing changed in a task, by the names of its parameters.
fn rewritten<'a>(before: &'a Task, after: &'a Task) -> Vec<&'a str> {
    let mut changed = moved(&before.arguments, &after.arguments);
    for name in moved(&before.inherited, &after.inherited) {
        if !changed.contains(&name) {
            changed.push(name);
        }
    }
    if before.operator != after.operator {
        changed.push("operator");
    }
    if before.mapping != after.mapping {
        changed.push("expand");
    }
    changed
}

/// The finding with the places of the written module moved to where the DAG file has the same text.
fn at_home(mut finding: Diagnostic, input: &Input<'_>) -> Diagnostic {
    let moved = |span: Span| {
        let file = input.sources.get(span.file);
        if file.path().extension().is_none_or(|extension| extension != CUT) {
            return Some(span);
        }
        let at = input.file.text().find(file.slice(span.range))?;
        let start = TextSize::try_from(at).ok()?;
        Some(Span::new(input.file.id(), TextRange::at(start, span.range.len())))
    };
    if let Place::Span(span) = finding.place {
        finding.place = Place::Span(moved(span).unwrap_or(input.dag.span));
    }
    finding.labels.retain_mut(|label| match moved(label.span) {
        Some(span) => {
            label.span = span;
            true
        }
        None => false,
    });
    finding
}

fn check(
    converter: &Converter,
    world: &World,
    input: &Input<'_>,
    written: &mut Written,
    package: &mut Package,
) -> Vec<Diagnostic> {
    let mut alone = match Alone::evaluate(converter, world, input, written) {
        Ok(alone) => alone,
        Err(finding) => return vec![*finding],
    };
    if package.kind == CodeKind::Module {
        return compare::names(&alone, input, written);
    }
    let mut findings = Vec::new();
    // What was supplied is not there on the service: it is written where the module reads it.
    if let Some((text, notes)) = outside::supplied(&alone, world, input, written) {
        if let Some(entry) = package.entries.iter_mut().find(|entry| entry.path == written.path) {
            entry.bytes = text.as_bytes().to_vec();
        }
        written.text = text;
        findings.extend(notes);
        alone = match Alone::evaluate(converter, world, input, written) {
            Ok(alone) => alone,
            Err(finding) => return vec![*finding],
        };
    }
    let left = outside::left(&alone, world, written);
    // What follows from an error is no other one.
    if !left.iter().any(Diagnostic::is_error) {
        findings.extend(compare::names(&alone, input, written));
    }
    findings.extend(left);
    findings.extend(files::taken(&mut alone, input, written, package));
    findings
}
