//! BashOperator: the scripts of the DAG folder that a command names.

use std::path::PathBuf;

use super::Packer;
use crate::dag::Task;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::{Entry, entry, read_data};

/// Its class path.
pub(super) const BASH_OPERATOR: &str = "airflow.providers.standard.operators.bash.BashOperator";

impl Packer<'_> {
    /// Takes the scripts along that a command names: by a path under the place of the DAG folder, or by one that ends in `.sh`.
    pub(super) fn bash(&mut self, task: &mut Task, class: &str) {
        if class != BASH_OPERATOR {
            return;
        }
        let Some(argument) = task.arguments.iter_mut().find(|argument| argument.name == "bash_command")
        else {
            return;
        };
        let Datum::Str(command) = &argument.value else { return };
        let span = argument.span;
        // Airflow reads a command that ends so as a template file: its text is rendered, and run where the task runs.
        if [".sh", ".bash"].iter().any(|ending| command.ends_with(ending)) {
            let name = command.trim_start_matches("./").to_owned();
            let folder = self.input.file.path().parent().map(PathBuf::from).unwrap_or_default();
            for base in [folder, self.input.root.to_owned()] {
                let file = base.join(&name);
                if entry(&file) != Entry::File {
                    continue;
                }
                let is_template = read_data(&file)
                    .is_ok_and(|bytes| [b"{{", b"{%", b"{#"].iter().any(|mark| contains(&bytes, *mark)));
                if is_template
                    && let Ok(text) =
                        read_data(&file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                {
                    // As Airflow has it: the rendered text is the command. The blank keeps it from being taken for a path again.
                    argument.value = Datum::Str(text);
                    let message = format!("`{name}` is a template, and its text is written as the command");
                    self.findings.push(
                        Diagnostic::note(codes::CODE_PACKAGE, span, message)
                            .disposition(Disposition::Changed)
                            .task(&task.task_id)
                            .parameter("bash_command"),
                    );
                    return;
                }
                argument.value = Datum::Str(format!("./{name}"));
                self.scripts.insert(name, (file, span));
                return;
            }
            return;
        }
        let runtime = format!("{}/", self.input.runtime_dags_folder.to_string_lossy().trim_end_matches('/'));
        for word in command.split(|letter: char| letter.is_whitespace() || "'\";|&()".contains(letter)) {
            let inside = word.strip_prefix(&runtime).or_else(|| word.strip_prefix("./"));
            let Some(inside) = inside.filter(|inside| !inside.is_empty() && !inside.contains("..")) else {
                continue;
            };
            let file = self.input.root.join(inside);
            if entry(&file) == Entry::File {
                self.scripts.insert(inside.to_owned(), (file, span));
            }
        }
    }
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}
