//! Files that packaged code opens.

use std::path::PathBuf;
use std::rc::Rc;

use ruff_python_ast::Stmt;

use super::alone::Alone;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::eval::{Scope, Vm};
use crate::modules;
use crate::package::{Entry, Input, Package, Written, opened};
use crate::parse::parse;
use crate::source::{self, below, entry, read_data};

/// Takes the files along that the code reads, when it is loaded or when it runs, by a path that is known.
pub(super) fn taken(
    alone: &mut Alone,
    input: &Input<'_>,
    written: &Written,
    package: &mut Package,
) -> Vec<Diagnostic> {
    let Alone { vm, globals, module, .. } = alone;
    let mut findings = Vec::new();
    let mut files = std::mem::take(&mut vm.data_files);
    files.extend(opened_by(
        vm,
        globals,
        &module.body,
        written.text.contains("__file__"),
        input,
        &mut findings,
    ));
    let local = vm.user_modules().into_iter().filter(|(path, _)| written.local.contains(path));
    for (_, scope) in local.collect::<Vec<_>>() {
        let source = input.sources.get(scope.file);
        let Ok(tree) = parse(source.text()) else { continue };
        let has_place = source.text().contains("__file__");
        files.extend(opened_by(vm, &scope, &tree.body, has_place, input, &mut findings));
    }
    files.sort();
    files.dedup();
    let mut taken = Vec::new();
    for file in files {
        let Some(inside) = below(input.root, &file) else {
            let message = format!("the code opens `{}`, which is not in the DAG folder", file.display());
            findings.push(Diagnostic::error(codes::NOT_PORTABLE, input.dag.span, message));
            continue;
        };
        let path = inside.to_string_lossy().replace('\\', "/");
        let Ok(bytes) = read_data(&file) else { continue };
        if !package.entries.iter().any(|entry| entry.path == path) {
            taken.push(format!("`{path}`"));
            package.entries.push(Entry { path, bytes, executable: false });
        }
    }
    if !taken.is_empty() {
        let message = format!("files come along that the code opens: {}", taken.join(", "));
        findings.push(Diagnostic::note(codes::CODE_PACKAGE, input.dag.span, message));
    }
    package.entries.sort_by(|a, b| a.path.cmp(&b.path));
    findings
}

/// The files that the functions of a module open.
fn opened_by(
    vm: &mut Vm,
    globals: &Rc<Scope>,
    body: &[Stmt],
    has_place: bool,
    input: &Input<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<PathBuf> {
    let opened = opened(body);
    let mut files = Vec::new();
    for expr in &opened.known {
        let path = vm.eval(globals, expr).and_then(|value| modules::files::fspath(vm, &value));
        let file = path.and_then(|path| modules::files::locate(vm, &path));
        if let Ok(file) = file
            && entry(&file) == source::Entry::File
        {
            files.push(file);
        }
    }
    if has_place && !opened.open.is_empty() {
        let message = "the code makes a path from its own place (`__file__`) when it runs, and what it opens there is not known";
        let warning = Diagnostic::warning(codes::CODE_PACKAGE, Disposition::Assumed, input.dag.span, message);
        findings.push(warning.help("add the files to the package, at their places in the DAG folder"));
    }
    files
}
