//! Which DAG gets which file: one dag_id, one file, on file systems that ignore case too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::name::{Unsafe, file_name};
use crate::convert::Definition;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Sources;

/// The claims of a run, by dag_id in lower case.
#[derive(Debug, Default)]
pub(super) struct Claims(BTreeMap<String, Vec<Claim>>);

/// What became of the claims.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Source file, name of the file and definition of each DAG that gets one.
    pub(super) granted: Vec<(PathBuf, String, Definition)>,
    /// The dag_ids of those that get none, those among them that were refused before.
    pub(super) refused: BTreeSet<String>,
    /// Why.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A DAG's claim to a file; without a definition where the DAG was refused.
#[derive(Debug)]
struct Claim {
    dag_id: String,
    path: PathBuf,
    definition: Option<Definition>,
}

impl Claims {
    /// Adds the DAGs of a source file.
    pub(super) fn add(&mut self, path: &Path, definitions: Vec<Definition>, refused: Vec<String>) {
        let refused: BTreeSet<String> = refused.into_iter().collect();
        let refused = refused.into_iter().map(|dag_id| (dag_id, None));
        let definitions =
            definitions.into_iter().map(|definition| (definition.dag_id.clone(), Some(definition)));
        for (dag_id, definition) in refused.chain(definitions) {
            let claims = self.0.entry(dag_id.to_lowercase()).or_default();
            claims.push(Claim { dag_id, path: path.to_owned(), definition });
        }
    }

    /// Grants each file to the one DAG that claims it; where there are two, or the name is unsafe, to none.
    pub(super) fn settle(self, sources: &Sources) -> Settled {
        let mut settled = Settled::default();
        for mut claims in self.0.into_values() {
            if claims.len() > 1 {
                settled.diagnostics.extend(duplicates(&claims, sources));
                settled.refused.extend(claims.into_iter().map(|claim| claim.dag_id));
                continue;
            }
            let Some(Claim { dag_id, path, definition }) = claims.pop() else { continue };
            let Some(definition) = definition else {
                settled.refused.insert(dag_id);
                continue;
            };
            match file_name(&dag_id) {
                Ok(file_name) => settled.granted.push((path, file_name, definition)),
                Err(reason) => settled.diagnostics.push(unsafe_name(&definition, &reason)),
            }
        }
        settled
    }
}

impl Claim {
    fn place(&self, sources: &Sources) -> String {
        let path = self.path.display();
        match &self.definition {
            Some(definition) => {
                let position = sources.get(definition.span.file).position(definition.span.range.start());
                format!("{path}:{}:{}", position.line, position.column)
            }
            None => path.to_string(),
        }
    }
}

/// An error at each definition that shares its file name with other DAGs, naming the place of the next.
fn duplicates(claims: &[Claim], sources: &Sources) -> Vec<Diagnostic> {
    let places: Vec<String> = claims.iter().map(|claim| claim.place(sources)).collect();
    let mut diagnostics = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        let Some(definition) = &claim.definition else { continue };
        let other = (index + 1) % claims.len();
        let (dag_id, other_id, place) = (&claim.dag_id, &claims[other].dag_id, &places[other]);
        let message = if dag_id == other_id {
            format!("the dag_id `{dag_id}` is used twice, so neither is written: here and at `{place}`")
        } else {
            format!(
                "the dag_ids `{dag_id}`, here, and `{other_id}`, at `{place}`, differ in case only, so neither is \
                 written: where the file system ignores case they would be one file"
            )
        };
        let help = match claims.len() {
            2 => "give one of them another id".to_owned(),
            count => format!("give each of them its own id; they are {count}: {}", places.join(", ")),
        };
        diagnostics.push(
            Diagnostic::error(codes::DUPLICATE_DAG_ID, definition.span, message)
                .dag(dag_id)
                .parameter("dag_id")
                .help(help),
        );
    }
    diagnostics
}

fn unsafe_name(definition: &Definition, reason: &Unsafe) -> Diagnostic {
    let message = format!("the dag_id `{}` is no safe file name: {reason}", definition.dag_id);
    Diagnostic::error(codes::UNSAFE_DAG_ID, definition.span, message)
        .dag(&definition.dag_id)
        .parameter("dag_id")
        .help("use letters, digits, `_`, `-` and `.` only")
}
