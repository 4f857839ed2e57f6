//! Parameters by the target's tables: written, left out with a record, or in the way.

use std::collections::BTreeMap;

use crate::dag::SourceAirflow;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::target::defaults::{Airflow, AirflowParameter, airflow};
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::operators::takes;
use crate::target::profile::{Parameter, Verdict};
use crate::target::rules::values::unknown;

pub(super) fn run(draft: &mut Draft<'_>) {
    let target = draft.target;
    for entry in std::mem::take(&mut draft.arguments) {
        if draft.options.dag_options.contains(&entry.name) {
            continue;
        }
        let row = target.dag.get(&entry.name).unwrap_or(&target.dag_default);
        let harmless = has_anyway(&airflow().dag, row, &entry);
        if keep(draft, Owner::Dag, &entry, row, harmless) {
            draft.arguments.push(entry);
        }
    }
    for entry in std::mem::take(&mut draft.default_args) {
        if keep_for_tasks(draft, Owner::Dag, &entry) {
            draft.default_args.push(entry);
        }
    }
    for place in 0..draft.tasks.len() {
        for entry in std::mem::take(&mut draft.tasks[place].arguments) {
            if keep_for_tasks(draft, Owner::Task(place), &entry) {
                draft.tasks[place].arguments.push(entry);
            }
        }
        for entry in std::mem::take(&mut draft.tasks[place].inherited) {
            // Airflow hands no operator what it does not take, so here nothing is lost.
            let row = draft.target.task.get(&entry.name);
            let unused = takes(&draft.tasks[place].operator, &entry.name) == Some(false);
            if unused && row.is_some_and(|row| row.verdict == Verdict::Drop) {
                continue;
            }
            if keep_for_tasks(draft, Owner::Task(place), &entry) {
                draft.tasks[place].inherited.push(entry);
            }
        }
    }
    implied_catchup(draft);
}

fn keep_for_tasks(draft: &mut Draft<'_>, owner: Owner, entry: &Entry) -> bool {
    let Some(row) = draft.target.task.get(&entry.name) else { return true };
    let harmless = has_anyway(&airflow().task, row, entry);
    keep(draft, owner, entry, row, harmless)
}

/// Whether the target has the author's value without being told.
fn has_anyway(table: &BTreeMap<String, AirflowParameter>, row: &Parameter, entry: &Entry) -> bool {
    let own = row.default.as_ref();
    let default = own.or_else(|| table.get(&entry.name).and_then(|row| row.default(SourceAirflow::V3)));
    default.is_some_and(|default| default.is(&entry.value))
}

/// Reports what becomes of an entry, and says whether it stays.
fn keep(draft: &mut Draft<'_>, owner: Owner, entry: &Entry, row: &Parameter, harmless: bool) -> bool {
    match row.verdict {
        Verdict::Write => {
            if !row.promised && !harmless {
                let message = format!(
                    "the guide lists `{}` as ignored; reports say that {} honours it",
                    entry.name,
                    draft.target.called()
                );
                let warning = Diagnostic::warning(codes::UNPROMISED, Disposition::Note, entry.span, message);
                draft.report_on(owner, &entry.name, warning);
            }
            true
        }
        Verdict::Refuse if !harmless => {
            let message = format!("{} cannot hold `{}`", draft.target.called(), entry.name);
            let mut error = Diagnostic::error(codes::UNSUPPORTED_PARAMETER, entry.span, message);
            if row.by_code && draft.options.packaged.is_none() {
                error = error.help("let a module beside the definition give it to the DAG (`--code module`)");
            } else if row.by_code
                && let Some(cause) = entry.value.first_unknown()
            {
                error = unknown(&entry.name, entry.span, cause);
            }
            draft.report_on(owner, &entry.name, error);
            // What else there is to say of the value matters no more.
            false
        }
        Verdict::Drop | Verdict::Refuse => {
            draft.record_drop(owner, entry, row, harmless);
            false
        }
    }
}

/// A DAG written for Airflow 2 catches up unless it says otherwise: on a target that never does, that is a loss; elsewhere it is written.
fn implied_catchup(draft: &mut Draft<'_>) {
    const CATCHUP: &str = "catchup";
    let Airflow { dag: table, .. } = airflow();
    let Some(row) = table.get(CATCHUP) else { return };
    let (source, today) = (row.default(draft.dag.source_airflow), row.default(SourceAirflow::V3));
    let set = draft.dag.arguments.iter().any(|argument| argument.name == CATCHUP);
    let Some(source) = source.filter(|source| !set && Some(*source) != today) else { return };
    let entry = Entry { name: CATCHUP.to_owned(), value: source.datum(), span: draft.dag.span, raw: false };
    match draft.target.dag.get(CATCHUP) {
        Some(row) if row.verdict == Verdict::Write => draft.arguments.push(entry),
        // Without a schedule there is nothing to catch up on.
        Some(row) if draft.argument("schedule").is_some_and(|entry| entry.value == Datum::Null) => {
            draft.record_drop(Owner::Dag, &entry, row, true);
        }
        Some(_) | None => {
            let message =
                format!("Airflow 2 catches up on missed runs by default, {} does not", draft.target.called());
            let warning =
                Diagnostic::warning(codes::UNSUPPORTED_PARAMETER, Disposition::Dropped, entry.span, message)
                    .help("set `catchup=False` where no run is to be made up for");
            draft.report_on(Owner::Dag, CATCHUP, warning);
        }
    }
}
