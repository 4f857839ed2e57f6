//! Imports of Airflow's that Airflow 3 has elsewhere: written anew in packaged code, which runs on Airflow 3.0.6.
//!
//! A name that only moved, or was only renamed, is imported from where it is today, under the name that the code has for it. What was
//! replaced by something else, or has no successor, is left for the refusal.

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Alias, Stmt, StmtImportFrom};
use ruff_text_size::{Ranged, TextRange};

use super::text::{column, line_start};
use crate::catalog::{Move, Resolved, exists_in_3, resolve};
use crate::target::{self, Target};

/// An import that is written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved {
    /// The path in the source.
    pub(super) old: String,
    /// The path today.
    pub(super) new: String,
    /// Where the import stands.
    pub(super) range: TextRange,
}

/// Where a class that Airflow 3 or the service's providers do not have at this path is today; `None` where it is there, or nowhere.
pub(super) fn successor(path: &str, target: &Target) -> Option<&'static str> {
    let is_provider = path.starts_with("airflow.providers.");
    // Which version of a provider is there that the target does not have is for the user to say.
    let is_brought = is_provider && target.takes_package() && target.lacks_provider(path);
    if is_brought || !is_provider && exists_in_3(path) {
        return None;
    }
    if let Some(to) = target::moved(path).filter(|_| !is_provider) {
        return Some(to);
    }
    match resolve(path)? {
        Resolved::Moved { to, how: Move::Moved | Move::Renamed, .. }
            if to.starts_with("airflow.providers.") || exists_in_3(to) =>
        {
            Some(to)
        }
        Resolved::Moved { .. } | Resolved::Current(_) | Resolved::Gone { .. } => None,
    }
}

/// The imports of a module that have to be written anew; those that may fail are left alone, as the code provides for it.
pub(super) fn moved(body: &[Stmt], target: &Target) -> Vec<Moved> {
    let each = |node: &StmtImportFrom| {
        let range = node.range();
        node.names.iter().filter_map(move |alias| moved_alias(node, alias, range, target)).collect::<Vec<_>>()
    };
    statements(body).into_iter().flat_map(each).collect()
}

/// The text of a module with its imports as Airflow 3 has them; `None` where they are so already.
pub(super) fn rewritten(text: &str, target: &Target) -> Option<String> {
    let module = crate::parse::parse(text).ok()?;
    let mut out = text.to_owned();
    let mut is_changed = false;
    // From the end, so that what is still to be replaced stays where it is.
    for node in statements(&module.body).into_iter().rev() {
        let (there, gone): (Vec<&Alias>, Vec<&Alias>) =
            node.names.iter().partition(|alias| moved_alias(node, alias, node.range(), target).is_none());
        if gone.is_empty() {
            continue;
        }
        let module = node.module.as_ref().map_or("", |module| module.as_str());
        let mut lines: Vec<String> = Vec::new();
        if !there.is_empty() {
            let kept: Vec<String> = there.iter().map(|alias| written(&alias.name, bound(alias))).collect();
            lines.push(format!("from {module} import {}", kept.join(", ")));
        }
        for alias in gone {
            let Some(moved) = moved_alias(node, alias, node.range(), target) else { continue };
            let Some((module, name)) = moved.new.rsplit_once('.') else { continue };
            lines.push(format!("from {module} import {}", written(name, bound(alias))));
        }
        let start = line_start(text, node.start());
        let before = text.get(start..node.start().to_usize()).unwrap_or_default();
        // Two statements on a line stay on it.
        let separator = if before.trim().is_empty() {
            let indent = before.get(..column(text, node.start())).unwrap_or_default();
            format!("\n{indent}")
        } else {
            "; ".to_owned()
        };
        out.replace_range(node.start().to_usize()..node.end().to_usize(), &lines.join(&separator));
        is_changed = true;
    }
    is_changed.then_some(out)
}

fn bound(alias: &Alias) -> &str {
    alias.asname.as_ref().unwrap_or(&alias.name)
}

fn written(name: &str, bound: &str) -> String {
    if name == bound { name.to_owned() } else { format!("{name} as {bound}") }
}

fn moved_alias(node: &StmtImportFrom, alias: &Alias, range: TextRange, target: &Target) -> Option<Moved> {
    let old = format!("{}.{}", node.module.as_ref()?, alias.name);
    let new = successor(&old, target)?.to_owned();
    Some(Moved { old, new, range })
}

/// The absolute imports from Airflow, those under a `try` left out.
fn statements(body: &[Stmt]) -> Vec<&StmtImportFrom> {
    struct Finder<'a>(Vec<&'a StmtImportFrom>);
    impl<'a> Visitor<'a> for Finder<'a> {
        fn visit_stmt(&mut self, stmt: &'a Stmt) {
            match stmt {
                Stmt::ImportFrom(node) if node.level == 0 => {
                    if node.module.as_ref().is_some_and(|module| module.split('.').next() == Some("airflow"))
                    {
                        self.0.push(node);
                    }
                }
                Stmt::Try(node) => {
                    self.visit_body(&node.orelse);
                    self.visit_body(&node.finalbody);
                }
                _ => walk_stmt(self, stmt),
            }
        }
    }
    let mut finder = Finder(Vec::new());
    finder.visit_body(body);
    finder.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service() -> &'static Target {
        Target::by_name("mwaa-serverless").unwrap()
    }

    #[test]
    fn old_paths_become_those_of_today() {
        let text = "\
from airflow.hooks.base_hook import BaseHook
from airflow.models import Variable
from airflow.contrib.hooks.aws_hook import AwsHook  # theirs
import os; from airflow.operators.python_operator import PythonOperator, get_current_context
try:
    from airflow.hooks.base_hook import BaseHook as Old
except ImportError:
    Old = None
def f():
    from airflow.hooks.S3_hook import S3Hook as Hook
";
        let expected = "\
from airflow.hooks.base import BaseHook
from airflow.models import Variable
from airflow.providers.amazon.aws.hooks.base_aws import AwsBaseHook as AwsHook  # theirs
import os; from airflow.operators.python_operator import get_current_context; from airflow.providers.standard.operators.python import PythonOperator
try:
    from airflow.hooks.base_hook import BaseHook as Old
except ImportError:
    Old = None
def f():
    from airflow.providers.amazon.aws.hooks.s3 import S3Hook as Hook
";
        assert_eq!(rewritten(text, service()).unwrap(), expected);
        assert_eq!(moved(&crate::parse::parse(text).unwrap().body, service()).len(), 4);
        assert!(rewritten("from airflow.hooks.base import BaseHook\n", service()).is_none());
    }

    #[test]
    fn what_was_replaced_has_no_successor() {
        for path in [
            "airflow.utils.dates.days_ago",
            "airflow.operators.subdag.SubDagOperator",
            "airflow.models.Variable",
            "airflow.operators.python.PythonOperator",
            "airflow.providers.snowflake.operators.snowflake.SnowflakeOperator",
        ] {
            assert_eq!(successor(path, service()), None, "{path}");
        }
    }
}
