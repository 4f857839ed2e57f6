//! What `--prune` and `--check` make of a plan: definitions to be removed, and everything that a run would change as an error.

use super::earlier::what;
use super::{Folder, Plan, Planned, Removal};
use crate::diagnostic::{Diagnostic, Place, Severity, codes};

impl Plan {
    /// Plans to remove the definitions whose DAG is gone, and code that is written no more, as far as they are as this tool wrote them.
    pub(in super::super) fn prune(&mut self, folder: &Folder) {
        // A DAG whose id is not known may be the one whose definition this is.
        let has_unnamed =
            self.diagnostics.iter().any(|diagnostic| diagnostic.is_error() && diagnostic.dag_id.is_none());
        for gone in std::mem::take(&mut self.gone) {
            let path = folder.path.join(&gone.name);
            let is_at = |diagnostic: &Diagnostic| {
                diagnostic.code == codes::STALE_DEFINITION && diagnostic.place == Place::File(path.clone())
            };
            let reason = if has_unnamed && gone.is_lost {
                "not removed: its DAG may be one of a file that has errors now; mend that first"
            } else if gone.is_untouched {
                self.diagnostics.retain(|diagnostic| !is_at(diagnostic));
                self.removals.push(Removal { name: gone.name, files: gone.files });
                continue;
            } else {
                "not removed: it was changed since this tool wrote it; remove it by hand"
            };
            let at_file = self.diagnostics.iter_mut().filter(|diagnostic| is_at(diagnostic));
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
            let is_same = planned.before.as_deref() == Some(planned.yaml.as_bytes());
            let message = match planned.before {
                None => "this definition is missing",
                Some(_) if is_same => "the code beside this definition is not what would be written",
                Some(_) => "this definition is not what would be written",
            };
            let path = folder.path.join(&planned.file_name);
            Diagnostic::file_error(codes::OUTDATED_DEFINITION, path, message)
                .dag(&planned.dag_id)
                .help("convert without `--check`, and commit what is written; `--diff` shows it")
        };
        let changed = self.definitions.iter().filter(|planned| !planned.is_unchanged()).map(outdated);
        let removed = self.removals.iter().map(|removal| {
            let path = folder.path.join(&removal.name);
            let message = if removal.is_definition() {
                "this definition would be removed: its DAG is gone".to_owned()
            } else {
                format!("this {} would be removed: no definition needs it", what(&removal.name))
            };
            Diagnostic::file_error(codes::STALE_DEFINITION, path, message).help("convert without `--check`")
        });
        let found: Vec<Diagnostic> = changed.chain(removed).collect();
        self.diagnostics.extend(found);
    }
}
