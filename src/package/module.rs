//! The module that is written for a DAG file: its name, and its text from the slice and what was made beside it.

use std::collections::BTreeSet;

use ruff_python_ast::StmtFunctionDef;
use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, Stmt};

use super::callables::Callables;
use super::text::python_name;
use super::{Input, imports, moved, shown, taskflow};
use crate::source::below;

/// The class of what stands for a task or a DAG whose id the code reads.
const NAMED: &str = "from types import SimpleNamespace as _Named";

/// The text of the module.
pub(super) fn text(callables: &Callables<'_>, helpers: &BTreeSet<&'static str>, input: &Input<'_>) -> String {
    let slice = callables.slice.text();
    let (future, rest) = split_future(&slice);
    let mut parts = vec![format!(
        "# Written by dag-converter: what the tasks of `{}` call, from {}.",
        input.dag.dag_id,
        shown(input, input.file.path())
    )];
    parts.extend((!future.is_empty()).then(|| future.to_owned()));
    let stand_ins = callables.slice.stand_ins();
    let mut imports: Vec<&str> = callables.imports.iter().map(String::as_str).collect();
    imports.extend(stand_ins.as_ref().is_some_and(|made| made.contains(" = _Named(")).then_some(NAMED));
    let imports = imports.join("\n");
    parts.extend((!imports.is_empty()).then_some(imports));
    let mut out = parts.join("\n");
    out.push('\n');
    // What the file does while it is imported may ask for these.
    if let Some(stand_ins) = &stand_ins {
        out.push_str(&format!("\n{stand_ins}\n"));
    }
    if !rest.trim().is_empty() {
        let starts_with_import = rest.starts_with("import ") || rest.starts_with("from ");
        out.push_str(match (starts_with_import, &stand_ins) {
            (true, None) => "",
            (true, Some(_)) => "\n",
            (false, _) => "\n\n",
        });
        out.push_str(rest);
    }
    let helpers = taskflow::HELPERS.iter().filter(|(name, _)| helpers.contains(name));
    for (_, text) in helpers {
        out.push_str(&format!("\n\n{text}\n"));
    }
    for (_, text) in &callables.made {
        let is_block = text.contains('\n');
        out.push_str(if is_block { "\n\n" } else { "\n" });
        out.push_str(text);
        out.push('\n');
    }
    moved::rewritten(&out, input.target).unwrap_or(out)
}

/// `from __future__ import …`, which must come first, and the rest.
fn split_future(slice: &str) -> (&str, &str) {
    let mut end = 0;
    for line in slice.split_inclusive('\n') {
        if line.starts_with("from __future__") || (end > 0 && line.trim().is_empty()) {
            end += line.len();
        } else {
            break;
        }
    }
    let (future, rest) = slice.split_at(end);
    (future.trim_end(), rest)
}

/// The path of the module in the package: at its root under the name of the DAG file, or where the file is in its folder when its
/// code asks for its own place.
pub(super) fn path(input: &Input<'_>, text: &str) -> String {
    let inside = below(input.root, input.file.path()).unwrap_or_else(|| input.file.path().to_owned());
    let parts: Vec<String> = inside
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    let is_name = |part: &String| {
        !part.starts_with(|letter: char| letter.is_ascii_digit())
            && part.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    if text.contains("__file__") && parts.iter().all(is_name) {
        return format!("{}.py", parts.join("/"));
    }
    let stem = parts.last().map_or("dag", String::as_str);
    let mut stem = python_name(stem, "dag_");
    let imported =
        crate::parse::parse(text).map(|module| imports::imports(&module.body, None)).unwrap_or_default();
    let is_taken = |name: &str| {
        imports::is_preinstalled(name)
            || imported.iter().any(|import| import.module.split('.').next() == Some(name))
            || input.root.join(name).is_dir()
    };
    while is_taken(&stem) {
        stem.push_str("_code");
    }
    format!("{stem}.py")
}

/// The import path of a module of the package.
pub(super) fn import_path(path: &str) -> String {
    path.trim_end_matches(".py").replace('/', ".")
}

/// Whether a function is a generator.
pub(super) fn yields(def: &StmtFunctionDef) -> bool {
    struct Yields(bool);
    impl<'a> Visitor<'a> for Yields {
        fn visit_stmt(&mut self, stmt: &'a Stmt) {
            if !matches!(stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
                ruff_python_ast::visitor::walk_stmt(self, stmt);
            }
        }

        fn visit_expr(&mut self, expr: &'a Expr) {
            match expr {
                Expr::Yield(_) | Expr::YieldFrom(_) => self.0 = true,
                Expr::Lambda(_) => {}
                _ => walk_expr(self, expr),
            }
        }
    }
    let mut found = Yields(false);
    found.visit_body(&def.body);
    found.0
}
