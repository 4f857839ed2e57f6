//! A whole file: its parse, its names, its end.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use ruff_python_ast::ModModule;
use ruff_text_size::Ranged;

use super::{Frame, Read, Scope, Vm, What};
use crate::map::HashSet;
use crate::source::{SourceFile, Span};
use crate::value::function::{Code, ModuleKind};
use crate::value::{Eval, Function, Raise, Value};

impl Vm {
    /// Runs a DAG file as Airflow's DagBag loads it; gives its globals and how it ended.
    pub fn run_file(&mut self, file: &Arc<SourceFile>, module: &ModModule) -> (Rc<Scope>, Eval<()>) {
        let name = self.module_name(file.path());
        let scope = Scope::module(file.id(), name.as_str());
        let place = self.runtime_path(file.path());
        self.bind_module_names(&scope, &Self::loaded_name(file.path(), &place), file.path(), place);
        self.globals = Some(Rc::clone(&scope));
        if let Some(doc) = docstring(module) {
            scope.set("__doc__", Value::str(doc));
        }
        let span = Span::new(file.id(), module.range());
        let frame = Frame { scope: Rc::clone(&scope), span, function: None, yields: None };
        let result = self.framed(frame, |vm| vm.exec_block(&scope, &module.body));
        (scope, result.map(drop))
    }

    /// The modules of the user's that were imported, with their names, sorted by import path.
    pub fn user_modules(&self) -> Vec<(String, Rc<Scope>)> {
        let mut modules: Vec<(String, Rc<Scope>)> = self
            .modules
            .iter()
            .filter_map(|(path, value)| match value {
                Value::Module(module) => match &module.kind {
                    ModuleKind::User(scope) => Some((path.clone(), Rc::clone(scope))),
                    ModuleKind::Library { .. } | ModuleKind::Unknown(_) => None,
                },
                _ => None,
            })
            .collect();
        modules.sort_by(|a, b| a.0.cmp(&b.0));
        modules
    }

    /// The import path of a file under the root: `teams.sales.daily` for `teams/sales/daily.py`.
    fn module_name(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.world.root).unwrap_or(path).with_extension("");
        let parts: Vec<String> =
            inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        parts.join(".")
    }

    /// `__name__` of a DAG file: DagBag loads it under a name of its own making.
    ///
    /// Source: `get_unique_dag_module_name` of Airflow 2.10.5 and 3.0.6 (`airflow/utils/file.py`).
    fn loaded_name(path: &Path, place: &str) -> String {
        use sha1::{Digest, Sha1};
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let hash = Sha1::digest(place.as_bytes());
        format!("unusual_prefix_{hash:x}_{}", stem.replace(['-', '.'], "_"))
    }

    /// Where a file under the root lies when Airflow runs.
    pub fn runtime_path(&self, path: &Path) -> String {
        match crate::source::below(&self.world.root, path) {
            Some(inside) => self.world.runtime_dags_folder.join(inside).to_string_lossy().into_owned(),
            None => path.to_string_lossy().into_owned(),
        }
    }

    /// The file of this run that lies at a path as Airflow sees it, if it is under the root.
    pub fn local_path(&self, runtime: &str) -> Option<PathBuf> {
        let inside = Path::new(runtime).strip_prefix(&self.world.runtime_dags_folder).ok()?;
        Some(self.world.root.join(inside))
    }

    /// `__name__`, `__file__` and their kin; `place` is where the file lies when Airflow runs.
    pub(super) fn bind_module_names(&mut self, scope: &Rc<Scope>, name: &str, path: &Path, place: String) {
        scope.set("__name__", Value::str(name));
        scope.set("__doc__", Value::None);
        // A DAG file is loaded as a module of no package.
        let package = scope.package.borrow().clone().unwrap_or_default();
        scope.set("__package__", Value::str(package));
        scope.set("__file__", Value::str(place));
        if path.file_name().is_some_and(|name| name == "__init__.py") {
            let folder = path.parent().map(|folder| self.runtime_path(folder)).unwrap_or_default();
            scope.set("__path__", Value::list(vec![Value::str(folder)]));
        }
    }

    /// Remembers a read of the outside.
    pub fn note_read(&mut self, what: What) {
        self.reads.insert(Read { what, span: self.here });
    }

    /// Where local imports are looked for: the root, the plugins beside it, each include; then beside the importing file and its
    /// parents up to the root, since many folders are run with such a path.
    pub(super) fn search_path(&self) -> Vec<PathBuf> {
        let root = &self.world.root;
        let mut path = vec![root.clone()];
        if let Some(parent) = root.parent() {
            path.push(parent.join("plugins"));
        }
        path.extend(self.world.include.iter().cloned());
        path.extend(self.extra_paths.iter().cloned());
        path
    }

    /// Where Airflow does not look, but whoever runs the folder with another path may: beside the file and its parents.
    pub(super) fn unusual_path(&self) -> Vec<PathBuf> {
        let root = &self.world.root;
        let mut path = Vec::new();
        let file = self.sources.get(self.here.file);
        let mut folder = file.path().parent();
        while let Some(inside) = folder.filter(|folder| folder.starts_with(root) && *folder != root) {
            path.push(inside.to_owned());
            folder = inside.parent();
        }
        path
    }

    /// The names that a function's code binds.
    pub(super) fn locals_of(&self, function: &Function) -> Option<Rc<HashSet<Rc<str>>>> {
        match &function.code {
            Code::Def(def) => {
                let facts = self.functions.get(function.span.file, def.range().start())?;
                Some(facts.locals())
            }
            Code::Lambda(_) => None,
        }
    }

    /// An exception as a traceback's last line shows it: `KeyError: 'x'`.
    pub fn show_exception(&mut self, raise: &Raise) -> String {
        let name = raise.exception.type_name();
        match self.str(&raise.exception) {
            Ok(text) if text.is_empty() => name.to_string(),
            Ok(text) => format!("{name}: {text}"),
            Err(_) => name.to_string(),
        }
    }
}

fn docstring(module: &ModModule) -> Option<String> {
    let ruff_python_ast::Stmt::Expr(first) = module.body.first()? else { return None };
    first.value.as_string_literal_expr().map(|literal| literal.value.to_str().to_owned())
}
