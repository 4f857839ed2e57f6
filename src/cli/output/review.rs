//! What `--prune` and `--check` make of a plan: definitions to be removed, and everything that a run would change as an error.

use super::{Folder, Plan, Planned, Removal};
use crate::diagnostic::{Diagnostic, Place, Severity, codes};

impl Plan {
    /// Plans to remove the definitions whose DAG is gone, as far as they are as this tool wrote them.
    pub(in super::super) fn prune(&mut self, folder: &Folder) {
        // A DAG whose id is not known may be the one whose definition this is.
        let has_unnamed =
            self.diagnostics.iter().any(|diagnostic| diagnostic.is_error() && diagnostic.dag_id.is_none());
        for file_name in std::mem::take(&mut self.gone) {
            let path = folder.path.join(&file_name);
            let at_file = self.diagnostics.iter_mut().filter(|diagnostic| {
                diagnostic.code == codes::STALE_DEFINITION && diagnostic.place == Place::File(path.clone())
            });
            let reason = if has_unnamed {
                "not removed: its DAG may be one of a file that has errors now; mend that first"
            } else {
                let before = std::fs::read(&path).unwrap_or_default();
                if folder.manifest.definitions.get(&file_name).is_some_and(|entry| entry.describes(&before)) {
                    self.diagnostics.retain(|diagnostic| {
                        diagnostic.code != codes::STALE_DEFINITION
                            || diagnostic.place != Place::File(path.clone())
                    });
                    self.removals.push(Removal { file_name, before });
                    continue;
                }
                "not removed: it was changed since this tool wrote it; remove it by hand"
            };
            at_file.for_each(|diagnostic| diagnostic.help = Some(reason.to_owned()));
        }
    }

    /// Makes an error of everything that is to be written or removed, and of every definition that is stale.
    pub(in super::super) fn demand_nothing_to_do(&mut self, folder: &Folder) {
        for diagnostic in &mut self.diagnostics {
            if diagnostic.code == codes::STALE_DEFINITION {
                diagnostic.severity = Severity::Error;
            }
        }
        let outdated = |planned: &Planned| {
            let message = if planned.before.is_some() {
                "this definition is not what would be written"
            } else {
                "this definition is missing"
            };
            let path = folder.path.join(&planned.file_name);
            Diagnostic::file_error(codes::OUTDATED_DEFINITION, path, message)
                .dag(&planned.dag_id)
                .help("convert without `--check`, and commit what is written; `--diff` shows it")
        };
        let changed = self.definitions.iter().filter(|planned| !planned.is_unchanged()).map(outdated);
        let removed = self.removals.iter().map(|removal| {
            let path = folder.path.join(&removal.file_name);
            Diagnostic::file_error(
                codes::STALE_DEFINITION,
                path,
                "this definition would be removed: its DAG is gone",
            )
            .help("convert without `--check`")
        });
        let found: Vec<Diagnostic> = changed.chain(removed).collect();
        self.diagnostics.extend(found);
    }
}
