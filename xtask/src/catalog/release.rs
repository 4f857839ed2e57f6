//! Packages that are installed together: finds modules, follows names through imports to what defines them, and gives
//! classes their bases and method resolution order.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt, StmtClassDef, StmtFunctionDef};

use super::conditions::{self, Version};
use super::module::Module;
use super::names::{Binding, Names};

/// Packages that are installed together.
pub(crate) struct Release<'a> {
    /// The version of Airflow.
    pub(crate) airflow: Version,
    modules: BTreeMap<&'a str, &'a Module>,
    names: RefCell<HashMap<&'a str, Rc<Names<'a>>>>,
    /// Names of modules that exist only in tables: module, name, path.
    redirects: BTreeMap<String, BTreeMap<String, String>>,
}

/// A class and the module that defines it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Class<'a> {
    /// The module.
    pub(crate) module: &'a Module,
    /// The definition.
    pub(crate) def: &'a StmtClassDef,
}

impl Class<'_> {
    /// The dotted path.
    pub(crate) fn path(&self) -> String {
        format!("{}.{}", self.module.name, self.def.name)
    }
}

impl PartialEq for Class<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.def, other.def)
    }
}

/// What a name comes to in the end.
#[derive(Debug, Clone)]
pub(crate) enum Found<'a> {
    /// A class.
    Class(Class<'a>),
    /// A function.
    Function(&'a Module, &'a StmtFunctionDef),
    /// A value that is assigned in a module.
    Value(&'a Module, &'a Expr),
    /// A module.
    Module(&'a str),
    /// Something of a package that the release does not hold.
    Outside(String),
}

impl<'a> Release<'a> {
    /// Puts the modules of the packages together.
    pub(crate) fn new(airflow: Version, modules: impl IntoIterator<Item = &'a Module>) -> Self {
        let mut modules: BTreeMap<&str, &Module> =
            modules.into_iter().map(|module| (module.name.as_str(), module)).collect();
        modules.retain(|_, module| !Names::of(module, airflow).raises);
        let mut release =
            Self { airflow, modules, names: RefCell::default(), redirects: BTreeMap::default() };
        let folders: Vec<&'a str> = release.modules.keys().copied().collect();
        for folder in folders {
            for (submodule, name, path) in &release.names(folder).redirects {
                let module = format!("{folder}.{submodule}");
                release.redirects.entry(module).or_default().insert(name.clone(), path.clone());
            }
        }
        release
    }

    /// The modules, sorted by name.
    pub(crate) fn modules(&self) -> impl Iterator<Item = &'a Module> {
        self.modules.values().copied()
    }

    /// The module of this name.
    pub(crate) fn module(&self, name: &str) -> Option<&'a Module> {
        self.modules.get(name).copied()
    }

    /// The modules that exist only in tables of redirected names.
    pub(crate) fn redirects(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = (&str, &str)>)> {
        self.redirects
            .iter()
            .map(|(module, rows)| (&**module, rows.iter().map(|(name, path)| (&**name, &**path))))
    }

    /// The names of a module of the release.
    pub(crate) fn names(&self, module: &'a str) -> Rc<Names<'a>> {
        if let Some(names) = self.names.borrow().get(module) {
            return Rc::clone(names);
        }
        let names = self.module(module).map(|module| Names::of(module, self.airflow)).unwrap_or_default();
        let names = Rc::new(names);
        self.names.borrow_mut().insert(module, Rc::clone(&names));
        names
    }

    /// The names of one of the release's modules.
    pub(crate) fn names_of(&self, module: &Module) -> Rc<Names<'a>> {
        match self.module(&module.name) {
            Some(module) => self.names(&module.name),
            None => Rc::default(),
        }
    }

    /// What a dotted path names.
    pub(crate) fn find(&self, path: &str) -> Option<Found<'a>> {
        if let Some(module) = self.module(path) {
            return Some(Found::Module(&module.name));
        }
        let (module, name) = path.rsplit_once('.')?;
        self.lookup(module, name, 0)
    }

    /// What a name of a module comes to.
    pub(crate) fn lookup(&self, module: &str, name: &str, depth: u8) -> Option<Found<'a>> {
        if depth > 20 {
            return None;
        }
        if let Some(path) = self.redirects.get(module).and_then(|rows| rows.get(name)) {
            return self.find_deeper(path, depth);
        }
        let Some(module) = self.module(module) else {
            let inside = module == "airflow" || module.starts_with("airflow.");
            return (!inside).then(|| Found::Outside(format!("{module}.{name}")));
        };
        let names = self.names(&module.name);
        for binding in names.bindings.get(name).into_iter().flatten() {
            if let Some(found) = self.follow(module, binding, depth) {
                return Some(found);
            }
        }
        let submodule = format!("{}.{name}", module.name);
        if let Some(module) = self.module(&submodule) {
            return Some(Found::Module(&module.name));
        }
        names.stars.iter().find_map(|star| {
            self.module(star)?;
            self.lookup(star, name, depth + 1)
        })
    }

    fn find_deeper(&self, path: &str, depth: u8) -> Option<Found<'a>> {
        let (module, name) = path.rsplit_once('.')?;
        self.lookup(module, name, depth + 1)
    }

    fn follow(&self, module: &'a Module, binding: &Binding<'a>, depth: u8) -> Option<Found<'a>> {
        match binding {
            Binding::Class(def) => Some(Found::Class(Class { module, def })),
            Binding::Function(def) => Some(Found::Function(module, def)),
            Binding::Value(value @ (Expr::Name(_) | Expr::Attribute(_))) => {
                match self.expr(module, value, depth + 1) {
                    Some(found) if !matches!(found, Found::Outside(_)) => Some(found),
                    _ => Some(Found::Value(module, value)),
                }
            }
            Binding::Value(value) => Some(Found::Value(module, value)),
            Binding::Module(name) => match self.module(name) {
                Some(module) => Some(Found::Module(&module.name)),
                None => (!name.starts_with("airflow")).then(|| Found::Outside(name.clone())),
            },
            Binding::Import { module, name } => self.lookup(module, name, depth + 1),
            Binding::Path(path) => match self.find_deeper(path, depth)? {
                Found::Module(_) => None,
                found => Some(found),
            },
        }
    }

    /// What a name or an attribute in a module comes to.
    pub(crate) fn expr(&self, module: &'a Module, expr: &Expr, depth: u8) -> Option<Found<'a>> {
        match expr {
            Expr::Name(name) => self.lookup(&module.name, name.id.as_str(), depth),
            Expr::Attribute(attribute) => match self.expr(module, &attribute.value, depth)? {
                Found::Module(module) => self.lookup(module, attribute.attr.as_str(), depth + 1),
                Found::Outside(path) => Some(Found::Outside(format!("{path}.{}", attribute.attr))),
                Found::Class(_) | Found::Function(..) | Found::Value(..) => None,
            },
            Expr::Subscript(subscript) => self.expr(module, &subscript.value, depth),
            _ => None,
        }
    }

    /// The direct base classes, as far as the release holds them; the others by their paths.
    pub(crate) fn bases(&self, class: Class<'a>) -> Vec<Result<Class<'a>, String>> {
        let arguments = class.def.arguments.iter().flat_map(|arguments| &arguments.args);
        let bases = arguments.filter_map(|base| match self.expr(class.module, base, 0) {
            Some(Found::Class(base)) => (base != class).then_some(Ok(base)),
            Some(Found::Outside(path)) => Some(Err(path)),
            Some(Found::Function(..) | Found::Value(..) | Found::Module(_)) | None => {
                Some(Err(class.module.source(base)))
            }
        });
        bases.collect()
    }

    /// The method resolution order, without the classes that the release does not hold.
    pub(crate) fn mro(&self, class: Class<'a>) -> Vec<Class<'a>> {
        self.mro_deeper(class, 0)
    }

    fn mro_deeper(&self, class: Class<'a>, depth: u8) -> Vec<Class<'a>> {
        if depth > 20 {
            return vec![class];
        }
        let bases: Vec<Class<'a>> = self.bases(class).into_iter().flatten().collect();
        let mut lists: Vec<Vec<Class<'a>>> =
            bases.iter().map(|base| self.mro_deeper(*base, depth + 1)).collect();
        lists.push(bases);
        let mut order = vec![class];
        loop {
            lists.retain(|list| !list.is_empty());
            let in_a_tail = |class: Class<'a>| lists.iter().any(|list| list[1..].contains(&class));
            let heads = lists.iter().map(|list| list[0]);
            // A hierarchy without a linear order cannot be imported; then any order will do.
            let Some(next) = heads.clone().find(|head| !in_a_tail(*head)).or_else(|| heads.clone().next())
            else {
                return order;
            };
            order.push(next);
            for list in &mut lists {
                list.retain(|class| *class != next);
            }
        }
    }

    /// The statements of a class body that run, each with whether it is only a fallback.
    pub(crate) fn members(&self, class: Class<'a>) -> Vec<(&'a Stmt, bool)> {
        let mut members = Vec::new();
        conditions::walk(&class.def.body, self.airflow, false, &mut |statement, fallback| {
            members.push((statement, fallback));
        });
        members
    }

    /// A method that the class itself defines.
    pub(crate) fn method(&self, class: Class<'a>, name: &str) -> Option<&'a StmtFunctionDef> {
        let members = self.members(class);
        members.iter().rev().find_map(|(member, _)| match member {
            Stmt::FunctionDef(function) if function.name.as_str() == name => Some(function),
            _ => None,
        })
    }

    /// The value that the class itself gives an attribute.
    pub(crate) fn attribute(&self, class: Class<'a>, name: &str) -> Option<&'a Expr> {
        let members = self.members(class);
        members.iter().rev().find_map(|(member, _)| match member {
            Stmt::Assign(assign) => {
                let named =
                    |target: &Expr| matches!(target, Expr::Name(target) if target.id.as_str() == name);
                assign.targets.iter().any(named).then_some(&*assign.value)
            }
            Stmt::AnnAssign(assign) => match &*assign.target {
                Expr::Name(target) if target.id.as_str() == name => assign.value.as_deref(),
                _ => None,
            },
            _ => None,
        })
    }
}
