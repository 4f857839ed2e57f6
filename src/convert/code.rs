//! The check of a code package: the module that was cut out of a DAG file, evaluated by itself, must come to the same values.
//!
//! It is evaluated as the service runs it, without the environment and the Variables that the user supplied: what of these reaches the
//! module is written into it, or named.

use std::collections::BTreeSet;

use ruff_text_size::{TextRange, TextSize};

use super::Converter;
use crate::dag::Task;
use crate::diagnostic::{Diagnostic, Disposition, Place, codes};
use crate::eval::World;
use crate::package::{Input, Package, Packed, Written, pack as pack_dag};
use crate::source::Span;

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
    if let Some(dag) = &mut packed.dag {
        let records: Vec<Diagnostic> = input
            .dag
            .tasks
            .iter()
            .zip(&dag.tasks)
            .flat_map(|(before, after)| rewritten(before, after))
            .collect();
        dag.findings.extend(records.into_iter().map(|record| record.dag(&input.dag.dag_id)));
    }
    packed
}

/// The records of what packing changed in a task.
fn rewritten(before: &Task, after: &Task) -> Vec<Diagnostic> {
    let value = |task: &Task, name: &str| {
        task.arguments.iter().find(|argument| argument.name == name).map(|argument| argument.value.clone())
    };
    let names: BTreeSet<&str> =
        before.arguments.iter().chain(&after.arguments).map(|argument| argument.name.as_str()).collect();
    let mut changed: Vec<&str> =
        names.into_iter().filter(|name| value(before, name) != value(after, name)).collect();
    if before.operator != after.operator {
        changed.push("operator");
    }
    if before.mapping != after.mapping {
        changed.push("expand");
    }
    let record = |parameter: &str| {
        Diagnostic::note(
            codes::PACKAGED_CODE,
            before.span,
            "what the task calls comes along in the code package",
        )
        .disposition(Disposition::Changed)
        .task(&before.task_id)
        .parameter(parameter)
    };
    changed.into_iter().map(record).collect()
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
