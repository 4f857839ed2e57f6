//! Imports: the library first, then the user's own files.

use std::rc::Rc;

use ruff_python_ast::{StmtImport, StmtImportFrom};
use ruff_text_size::Ranged;

use super::{Frame, Got, Outside, Scope, Vm};
use crate::datum::{Cause, CauseKind, Form};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::library::{CallReach, Presence};
use crate::map::IndexMap;
use crate::source::{LocalModule, Span, find_local_module};
use crate::value::{Eval, Module, ModuleKind, Stop, Value, exception};

impl Vm {
    pub(super) fn exec_import(&mut self, scope: &Rc<Scope>, node: &StmtImport) -> Eval<()> {
        for alias in &node.names {
            self.here = Span::new(scope.file, alias.range());
            let path = alias.name.as_str();
            let leaf = self.import(path)?;
            if let Some(name) = &alias.asname {
                scope.target(name.as_str()).set(name.as_str(), leaf);
                continue;
            }
            let top = path.split('.').next().unwrap_or(path);
            let value = if top == path { leaf } else { self.import(top)? };
            scope.target(top).set(top, value);
        }
        Ok(())
    }

    pub(super) fn exec_import_from(&mut self, scope: &Rc<Scope>, node: &StmtImportFrom) -> Eval<()> {
        let module = node.module.as_ref().map_or("", |module| module.as_str());
        if module == "__future__" {
            return Ok(());
        }
        let path = Self::absolute(scope, module, node.level)?;
        let value = self.import(&path)?;
        for alias in &node.names {
            let name = alias.name.as_str();
            self.here = Span::new(scope.file, alias.range());
            if name == "*" {
                self.import_star(scope, &path, &value)?;
                continue;
            }
            let bound = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            let member = self.import_member(&path, &value, name)?;
            scope.target(bound).set(bound, member);
        }
        Ok(())
    }

    /// The absolute path of a possibly relative import.
    fn absolute(scope: &Rc<Scope>, module: &str, level: u32) -> Eval<String> {
        if level == 0 {
            return Ok(module.to_owned());
        }
        let package = scope.globals().package.borrow().clone();
        let Some(package) = package else {
            return Err(Stop::raise(
                &exception::IMPORT_ERROR,
                "attempted relative import with no known parent package",
            ));
        };
        let mut parts: Vec<&str> = package.split('.').collect();
        for _ in 1..level {
            if parts.pop().is_none() || parts.is_empty() {
                return Err(Stop::raise(
                    &exception::IMPORT_ERROR,
                    "attempted relative import beyond top-level package",
                ));
            }
        }
        if !module.is_empty() {
            parts.push(module);
        }
        Ok(parts.join("."))
    }

    /// The module at a dotted path; its packages are imported before it. Unknown where it is not found.
    pub(crate) fn import(&mut self, path: &str) -> Eval<Value> {
        let mut end = 0;
        loop {
            end = path[end..].find('.').map_or(path.len(), |at| end + at);
            let value = self.import_one(&path[..end])?;
            if let Value::Unknown(cause) = &value {
                if cause.kind == CauseKind::Import {
                    self.note_may_raise(cause);
                }
                let below = match cause.form {
                    Some(_) => cause.with_module(path),
                    None => cause.with_path(path),
                };
                return Ok(Value::Unknown(below));
            }
            if end == path.len() {
                return Ok(value);
            }
            end += 1;
        }
    }

    fn import_one(&mut self, path: &str) -> Eval<Value> {
        if let Some(value) = self.modules.get(path) {
            return Ok(value.clone());
        }
        let library = Rc::clone(&self.library);
        let value = match library.presence(path) {
            Presence::Modelled => {
                let kind = ModuleKind::Library { stored: std::cell::RefCell::new(IndexMap::default()) };
                Value::Module(Rc::new(Module { name: path.into(), kind }))
            }
            // That there is such a module is known, if nothing else.
            Presence::Exists => {
                let kind = ModuleKind::Unknown(self.unmodelled(path));
                Value::Module(Rc::new(Module { name: path.into(), kind }))
            }
            Presence::Absent => {
                return Err(Stop::raise(
                    &exception::MODULE_NOT_FOUND_ERROR,
                    format!("No module named '{path}'"),
                ));
            }
            Presence::Unknown => return self.import_local(path),
        };
        self.modules.insert(path.to_owned(), value.clone());
        Ok(value)
    }

    fn import_local(&mut self, path: &str) -> Eval<Value> {
        let parts: Vec<&str> = path.split('.').collect();
        let mut found = find_local_module(&self.search_path(), &parts);
        // A folder called `google` does not hide the packages of that name, nor does one that Airflow does not look into.
        let is_package_known = self.library.call_reach(path) == CallReach::Arguments;
        if found == LocalModule::Missing && !is_package_known {
            found = find_local_module(&self.unusual_path(), &parts);
            if let LocalModule::File { path: file, .. } = &found {
                let message = format!(
                    "Airflow finds the module `{path}` only if `{}` is on its path",
                    file.parent().unwrap_or(file).display()
                );
                let note = Diagnostic::note(codes::UNUSUAL_IMPORT, self.here, message);
                self.diagnostics.push(note.help("import it by its path from the root of the DAG folder"));
            }
        }
        let value = match found {
            LocalModule::Missing => self.missing(path),
            LocalModule::Namespace if is_package_known => self.missing(path),
            // Which of two is imported is not known; a submodule that only one of them has is.
            LocalModule::Ambiguous(first, second) => {
                let message = format!(
                    "the module `{path}` is found twice: {} and {}",
                    first.display(),
                    second.display()
                );
                let cause = self.cause(CauseKind::Import, message).with_path(path);
                Value::Module(Rc::new(Module { name: path.into(), kind: ModuleKind::Unknown(cause) }))
            }
            LocalModule::Namespace => {
                let scope = Scope::module(self.here.file, path);
                *scope.package.borrow_mut() = Some(path.to_owned());
                // It may have further portions elsewhere.
                let cause = self.missing(path);
                cause.unknown().into_iter().for_each(|cause| scope.open(cause));
                Value::Module(Rc::new(Module { name: path.into(), kind: ModuleKind::User(scope) }))
            }
            LocalModule::File { path: file, is_package } => return self.load_module(path, &file, is_package),
        };
        self.modules.insert(path.to_owned(), value.clone());
        self.attach(path, &value);
        Ok(value)
    }

    fn missing(&mut self, path: &str) -> Value {
        let top = path.split('.').next().unwrap_or(path);
        self.note_outside(Outside {
            kind: CauseKind::Import,
            name: path.to_owned(),
            span: self.here,
            got: Got::Nothing,
            default: None,
            json: false,
        });
        self.absent.insert(path.to_owned());
        let cause = self
            .cause(CauseKind::Import, format!("the module `{path}` is not found"))
            .with_help(format!("if `{top}` is yours, name the folder that holds it with `--include DIR`"))
            .with_module(path);
        Value::Unknown(cause)
    }

    /// Evaluates a file of the user's as a module.
    fn load_module(&mut self, path: &str, file: &std::path::Path, is_package: bool) -> Eval<Value> {
        let unknown = |vm: &mut Self, message: String| {
            let cause = vm.cause(CauseKind::Import, message).with_path(path);
            let value = Value::Unknown(cause);
            vm.modules.insert(path.to_owned(), value.clone());
            Ok(value)
        };
        let source = match self.sources.read(file) {
            Ok(source) => source,
            Err(error) => return unknown(self, format!("the module `{path}` cannot be read: {error}")),
        };
        let module = match source.tree() {
            Ok(module) => module,
            Err(problem) => {
                return unknown(self, format!("the module `{path}` is no valid Python: {}", problem.message));
            }
        };
        let scope = Scope::module(source.id(), path);
        let package = if is_package {
            Some(path.to_owned())
        } else {
            path.rsplit_once('.').map(|(package, _)| package.to_owned())
        };
        *scope.package.borrow_mut() = package;
        let place = self.runtime_path(source.path());
        self.bind_module_names(&scope, path, source.path(), place);
        let value =
            Value::Module(Rc::new(Module { name: path.into(), kind: ModuleKind::User(Rc::clone(&scope)) }));
        self.modules.insert(path.to_owned(), value.clone());
        let frame = Frame { scope: Rc::clone(&scope), span: self.here, function: None, yields: None };
        let (tries, may_raise) = (std::mem::take(&mut self.tries), self.may_raise.take());
        let result = self.framed(frame, |vm| vm.exec_block(&scope, &module.body));
        (self.tries, self.may_raise) = (tries, may_raise);
        match result {
            Ok(_) => {
                self.attach(path, &value);
                Ok(value)
            }
            // What handles it is not known in full, so inside a `try` the module is unknown; elsewhere the import raises.
            Err(Stop::Raise(raise)) if self.tries == 0 => {
                self.modules.remove(path);
                Err(Stop::Raise(raise))
            }
            Err(Stop::Raise(raise)) => {
                let shown = self.show_exception(&raise);
                let cause = Cause::new(
                    CauseKind::Import,
                    raise.span.unwrap_or(self.here),
                    format!("the module `{path}` raises {shown} while it is imported"),
                );
                let value = Value::Unknown(cause.with_path(path));
                self.modules.insert(path.to_owned(), value.clone());
                Ok(value)
            }
            Err(stop) => Err(stop),
        }
    }

    /// `importlib.import_module(name, package)`.
    pub(crate) fn import_module(&mut self, name: &str, package: Option<&str>) -> Eval<Value> {
        let level = name.len() - name.trim_start_matches('.').len();
        let Some(package) = package.filter(|_| level > 0) else {
            return self.import(name);
        };
        let mut parts: Vec<&str> = package.split('.').collect();
        if level > parts.len() {
            let message = "attempted relative import beyond top-level package";
            return Err(Stop::raise(&exception::IMPORT_ERROR, message));
        }
        parts.truncate(parts.len() + 1 - level);
        parts.extend(Some(&name[level..]).filter(|rest| !rest.is_empty()));
        self.import(&parts.join("."))
    }

    /// Binds a submodule in its package, as the import system does.
    fn attach(&mut self, path: &str, value: &Value) {
        let Some((package, name)) = path.rsplit_once('.') else { return };
        if let Some(Value::Module(module)) = self.modules.get(package)
            && let ModuleKind::User(scope) = &module.kind
        {
            scope.set(name, value.clone());
        }
    }

    fn import_member(&mut self, path: &str, module: &Value, name: &str) -> Eval<Value> {
        match module {
            Value::Unknown(cause) => {
                if cause.kind == CauseKind::Import {
                    self.note_may_raise(cause);
                }
                Ok(Value::Unknown(match cause.form {
                    Some(_) => cause.with_module(path).attribute(name),
                    None => cause.with_path(format!("{path}.{name}")),
                }))
            }
            Value::Module(module) => {
                if let ModuleKind::User(scope) = &module.kind {
                    if let Some(value) = scope.get(name) {
                        return Ok(value);
                    }
                    let submodule = format!("{path}.{name}");
                    let value = self.import_one(&submodule)?;
                    // One that is there and cannot be followed is no name that is missing.
                    if !self.absent.contains(&submodule) {
                        if let Value::Unknown(cause) = &value {
                            self.note_may_raise(cause);
                        }
                        return Ok(value);
                    }
                    if let Some(cause) = scope.why_open() {
                        return Ok(Value::Unknown(cause.with_path(format!("{path}.{name}"))));
                    }
                    let lacking = || {
                        let message = format!("cannot import name '{name}' from '{path}'");
                        Err(Stop::raise(&exception::IMPORT_ERROR, message))
                    };
                    return match scope.get("__getattr__") {
                        Some(getattr) => match self.call_with(&getattr, [Value::str(name)]) {
                            Err(Stop::Raise(raise)) if &*raise.exception.type_name() == "AttributeError" => {
                                lacking()
                            }
                            result => result,
                        },
                        None => lacking(),
                    };
                }
                if matches!(module.kind, ModuleKind::Unknown(_)) {
                    let submodule = format!("{path}.{name}");
                    if self.library.is_module(&submodule) {
                        return self.import_one(&submodule);
                    }
                }
                let module = Rc::clone(module);
                self.or_unknown(|vm| vm.module_member(&module, name).map(Option::unwrap_or_default))
            }
            other => Ok(other.clone()),
        }
    }

    fn import_star(&mut self, scope: &Rc<Scope>, path: &str, module: &Value) -> Eval<()> {
        if let Value::Module(module) = module
            && let ModuleKind::User(from) = &module.kind
            && from.why_open().is_none()
        {
            let names: Vec<Rc<str>> = match from.get("__all__") {
                Some(all) => {
                    self.iterate(&all)?.iter().filter_map(|name| name.as_str().map(Rc::from)).collect()
                }
                None => from
                    .bindings()
                    .into_iter()
                    .map(|(name, _)| name)
                    .filter(|name| !name.starts_with('_'))
                    .collect(),
            };
            for name in names {
                if let Some(value) = from.get(&name) {
                    scope.set(name, value);
                }
            }
            return Ok(());
        }
        // Any name may have been bound to anything.
        let cause = match module {
            Value::Unknown(cause) => cause.indirect(),
            _ => self
                .cause(CauseKind::Import, format!("`from {path} import *` binds names that are not known")),
        };
        for (name, _) in scope.bindings() {
            if !name.starts_with("__") {
                scope.set(name, Value::Unknown(cause.clone()));
            }
        }
        scope.open(&cause);
        if let Value::Module(module) = module {
            let library = Rc::clone(&self.library);
            for name in library.members(&module.name) {
                if let Some(value) = library.member(self, &module.name, name)? {
                    scope.set(name, value);
                }
            }
        }
        Ok(())
    }

    fn unmodelled(&self, path: &str) -> Cause {
        self.cause(CauseKind::NotModelled, format!("`{path}` is not modelled")).with_module(path)
    }

    /// `module.name`; `None` where the module certainly has no such attribute.
    pub fn module_member(&mut self, module: &Rc<Module>, name: &str) -> Eval<Option<Value>> {
        let path = || format!("{}.{name}", module.name);
        match &module.kind {
            ModuleKind::Unknown(cause) => Ok(Some(Value::Unknown(cause.attribute(name)))),
            ModuleKind::User(scope) => {
                if let Some(value) = scope.get(name) {
                    return Ok(Some(value));
                }
                if let Some(cause) = scope.why_open() {
                    return Ok(Some(Value::Unknown(cause.with_path(path()))));
                }
                match scope.get("__getattr__") {
                    Some(getattr) => self.call_with(&getattr, [Value::str(name)]).map(Some),
                    None => Ok(None),
                }
            }
            ModuleKind::Library { stored } => {
                if let Some(value) = stored.borrow().get(name) {
                    return Ok(Some(value.clone()));
                }
                if name == "__name__" {
                    return Ok(Some(Value::Str(Rc::clone(&module.name))));
                }
                let library = Rc::clone(&self.library);
                if let Some(value) = library.member(self, &module.name, name)? {
                    return Ok(Some(value));
                }
                let path = path();
                match library.presence(&path) {
                    Presence::Modelled => self.import_one(&path).map(Some),
                    Presence::Exists | Presence::Absent | Presence::Unknown => {
                        // Whether it is a module or a name in one is not known.
                        let cause = self.unmodelled(&path);
                        Ok(Some(Value::Unknown(cause.with_form(Form::At(module.name.len())))))
                    }
                }
            }
        }
    }
}
