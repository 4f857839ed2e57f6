//! Task groups: written as such where the format can, else their tasks stand flat under their full ids.

use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::target::draft::Draft;

pub(super) fn run(draft: &mut Draft<'_>) {
    let Some(first) = draft.dag.groups.first() else { return };
    let message = "task groups are flattened: their tasks stand under their full ids";
    draft.report(
        Diagnostic::note(codes::TASK_GROUPS_FLATTENED, first.span, message).disposition(Disposition::Changed),
    );
}
