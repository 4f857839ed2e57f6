//! Dynamic task mapping.

use crate::dag::Mapping;
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::Draft;

pub(super) fn run(draft: &mut Draft<'_>) {
    for place in 0..draft.tasks.len() {
        let task = draft.tasks[place].task;
        let span = match &task.mapping {
            None => continue,
            Some(Mapping::Expand(_) | Mapping::InMappedGroup) => task.span,
            Some(Mapping::ExpandKwargs(_, span)) => *span,
        };
        let message = format!("{} cannot map a task", draft.target.called());
        draft.report(Diagnostic::error(codes::DYNAMIC_MAPPING, span, message).task(&task.task_id));
    }
}
