//! Trigger rules: names of Airflow 2 that Airflow 3 has under another name, and names that no Airflow knows.

use crate::dag::{OLD_TRIGGER_RULES, TRIGGER_RULES};
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::source::Span;
use crate::target::draft::{Draft, Entry, Owner};

const TRIGGER_RULE: &str = "trigger_rule";

pub(super) fn run(draft: &mut Draft<'_>) {
    let mut default_args = std::mem::take(&mut draft.default_args);
    check(draft, Owner::Dag, &mut default_args);
    draft.default_args = default_args;
    for place in 0..draft.tasks.len() {
        let mut arguments = std::mem::take(&mut draft.tasks[place].arguments);
        check(draft, Owner::Task(place), &mut arguments);
        draft.tasks[place].arguments = arguments;
        // Of these the records are those of the block that they come from.
        for entry in draft.tasks[place].inherited.iter_mut().filter(|entry| entry.name == TRIGGER_RULE) {
            if let Some(new) = successor(&entry.value) {
                entry.value = Datum::str(new);
            }
        }
    }
}

fn check(draft: &mut Draft<'_>, owner: Owner, entries: &mut [Entry]) {
    for entry in entries.iter_mut().filter(|entry| entry.name == TRIGGER_RULE) {
        let Datum::Str(rule) = &entry.value else { continue };
        if TRIGGER_RULES.contains(&rule.as_str()) {
            continue;
        }
        if let Some(new) = successor(&entry.value) {
            let message = format!("the trigger rule `{rule}` is written as `{new}`");
            draft.changed(codes::CHANGED_FORM, owner, TRIGGER_RULE, entry.span, message);
            entry.value = Datum::str(new);
            continue;
        }
        // Where the evaluation saw Airflow raise for it, that is said already.
        if draft.dag.findings.iter().any(|finding| raises_at(finding, entry.span)) {
            continue;
        }
        let error =
            Diagnostic::error(codes::INVALID_VALUE, entry.span, format!("`{rule}` is no trigger rule"));
        let error = match similar::get_close_matches(rule.as_str(), TRIGGER_RULES, 1, 0.6).first() {
            Some(near) => error.help(format!("there is `{near}`")),
            None => error,
        };
        draft.report_on(owner, TRIGGER_RULE, error);
    }
}

/// Whether a finding says that Airflow cannot import the file because of what stands there.
fn raises_at(finding: &Diagnostic, span: Span) -> bool {
    finding.code == codes::IMPORT_ERROR && finding.place == Place::Span(span)
}

fn successor(value: &Datum) -> Option<&'static str> {
    let Datum::Str(rule) = value else { return None };
    OLD_TRIGGER_RULES.iter().find(|(old, _)| old == rule).map(|(_, new)| *new)
}

#[cfg(test)]
mod tests {
    use crate::datum::Datum;
    use crate::target::testing::{EMR, arg, dag, rendered, said, shown, task};

    #[test]
    fn old_rules_are_written_under_their_names_of_today_and_unknown_ones_refuse() {
        for (rule, written) in [
            ("all_done", Some("all_done")),
            ("dummy", Some("always")),
            ("none_failed_or_skipped", Some("none_failed_min_one_success")),
            ("all_don", None),
        ] {
            for dag in [
                dag("d").with_task(task("a", EMR, vec![arg("trigger_rule", Datum::str(rule))])),
                dag("d").with_default("trigger_rule", Datum::str(rule)).with_task(task("a", EMR, vec![])),
            ] {
                for target in ["dag-factory", "mwaa-serverless"] {
                    let rendering = rendered(target, &dag);
                    match written {
                        Some(written) => {
                            let text = shown(&rendering);
                            assert!(text.contains(&format!("trigger_rule: {written}")), "{text}");
                        }
                        None => assert!(
                            said(&rendering).iter().any(|line| line.contains("`all_don` is no trigger rule"))
                        ),
                    }
                }
            }
        }
    }
}
