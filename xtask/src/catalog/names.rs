//! What the names of one module are bound to, as far as its syntax says: definitions, imports, and the tables from which
//! packages import lazily or redirect old names.

use indexmap::IndexMap;
use ruff_python_ast::{Expr, ExprCall, Identifier, Stmt, StmtClassDef, StmtFunctionDef};

use super::conditions::{self, Version};
use super::module::Module;

/// What a name is bound to in its module.
#[derive(Debug, Clone)]
pub(crate) enum Binding<'a> {
    /// A class that the module defines.
    Class(&'a StmtClassDef),
    /// A function that the module defines.
    Function(&'a StmtFunctionDef),
    /// A name that is assigned.
    Value(&'a Expr),
    /// `import module`.
    Module(String),
    /// `from module import name`.
    Import { module: String, name: String },
    /// The dotted path of a table of redirected names.
    Path(String),
}

/// The names of a module. Of several bindings the first that resolves counts.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    /// The bindings by name, in order of first appearance.
    pub(crate) bindings: IndexMap<String, Vec<Binding<'a>>>,
    /// The modules of `from module import *`.
    pub(crate) stars: Vec<String>,
    /// The tables given to `add_deprecated_classes`: submodule, name, path.
    pub(crate) redirects: Vec<(String, String, String)>,
    /// Whether importing the module raises.
    pub(crate) raises: bool,
}

impl<'a> Names<'a> {
    /// Reads the names of a module as they are where this version of Airflow is installed.
    pub(crate) fn of(module: &'a Module, airflow: Version) -> Self {
        let mut names = Self::default();
        let mut tables: IndexMap<&str, &'a Expr> = IndexMap::new();
        let mut looks_up = false;
        conditions::walk(&module.body, airflow, false, &mut |statement, fallback| match statement {
            Stmt::ClassDef(class) => names.bind(class.name.as_str(), Binding::Class(class), fallback),
            Stmt::FunctionDef(function) => {
                looks_up |= function.name.as_str() == "__getattr__";
                names.bind(function.name.as_str(), Binding::Function(function), fallback);
            }
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    if let Expr::Name(target) = target {
                        looks_up |= target.id.as_str() == "__getattr__";
                        if let Expr::Call(call) = &*assign.value {
                            names.import_dynamically(call, &tables, module);
                        }
                        tables.insert(target.id.as_str(), &assign.value);
                        names.bind(target.id.as_str(), Binding::Value(&assign.value), fallback);
                    }
                }
            }
            Stmt::AnnAssign(assign) => {
                if let (Expr::Name(target), Some(value)) = (&*assign.target, &assign.value) {
                    tables.insert(target.id.as_str(), value);
                    names.bind(target.id.as_str(), Binding::Value(value), fallback);
                }
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    let whole = alias.name.as_str();
                    let first = whole.split('.').next().unwrap_or(whole);
                    let (name, module) = match &alias.asname {
                        Some(name) => (name.as_str(), whole),
                        None => (first, first),
                    };
                    names.bind(name, Binding::Module(module.to_owned()), fallback);
                }
            }
            Stmt::ImportFrom(import) => {
                let from = module.absolute(import.module.as_ref().map(Identifier::as_str), import.level);
                for alias in &import.names {
                    let name = alias.name.as_str();
                    if name == "*" {
                        names.stars.push(from.clone());
                        continue;
                    }
                    let bound = alias.asname.as_ref().map_or(name, |name| name.as_str());
                    let binding = Binding::Import { module: from.clone(), name: name.to_owned() };
                    names.bind(bound, binding, fallback);
                }
            }
            Stmt::Raise(_) => names.raises |= !fallback,
            Stmt::Expr(statement) => {
                if let Expr::Call(call) = &*statement.value
                    && let Expr::Name(function) = &*call.func
                    && function.id.as_str() == "add_deprecated_classes"
                    && let [table, _, others @ ..] = &*call.arguments.args
                    && let Some(table) = assigned(&tables, table)
                {
                    names.redirect(table);
                    // The names that the notices give instead, because the packages of the paths are only stand-ins.
                    if let Some(table) = others.first().and_then(|table| assigned(&tables, table)) {
                        names.redirect(table);
                    }
                }
            }
            _ => {}
        });
        if looks_up {
            for table in tables.into_values() {
                names.look_up(table, module);
            }
        }
        names
    }

    fn bind(&mut self, name: &str, binding: Binding<'a>, fallback: bool) {
        let bindings = self.bindings.entry(name.to_owned()).or_default();
        if !fallback {
            bindings.clear();
        }
        bindings.push(binding);
    }

    /// Takes the rows of a table `{module: [name]}` that is given to Airflow 1.10's `AirflowImporter`.
    fn import_dynamically(&mut self, call: &ExprCall, tables: &IndexMap<&str, &'a Expr>, module: &Module) {
        let is_importer = matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "AirflowImporter");
        let [_, Expr::Name(table)] = &*call.arguments.args else { return };
        let Some(table) = tables.get(table.id.as_str()).filter(|_| is_importer) else { return };
        for (submodule, row) in rows(table) {
            let Expr::List(row) = row else { continue };
            for name in row.elts.iter().filter_map(text) {
                let path = format!("{}.{submodule}.{name}", module.name);
                self.bindings.entry(name.to_owned()).or_default().push(Binding::Path(path));
            }
        }
    }

    /// Takes the rows of a table `{module: {name: path}}`.
    fn redirect(&mut self, table: &Expr) {
        for (submodule, rows) in rows(table) {
            for (name, path) in self::rows(rows) {
                if let Expr::StringLiteral(path) = path {
                    self.redirects.push((submodule.to_owned(), name.to_owned(), path.value.to_string()));
                }
            }
        }
    }

    /// Takes the rows of a table that a module's `__getattr__` reads: `{name: module}`, `{name: path}`, `{name: (module,
    /// name)}` or `{name: (module, older module)}`.
    fn look_up(&mut self, table: &Expr, module: &Module) {
        for (name, value) in rows(table) {
            let texts: Vec<&str> = match value {
                Expr::StringLiteral(text) => vec![text.value.to_str()],
                Expr::Tuple(tuple) => tuple.elts.iter().map_while(text).collect(),
                _ => continue,
            };
            let absolute = |text: &str| {
                let level = text.bytes().take_while(|byte| *byte == b'.').count();
                let rest = &text[level..];
                let level = u32::try_from(level).unwrap_or(0);
                module.absolute((!rest.is_empty()).then_some(rest), level)
            };
            let bindings = self.bindings.entry(name.to_owned()).or_default();
            if let [module, .., last] = texts[..]
                && !last.contains('.')
                && !last.is_empty()
                && last != "airflow"
            {
                let older = texts.get(1).filter(|_| texts.len() > 2);
                let current = if older.is_some() { name } else { last };
                bindings.push(Binding::Import { module: absolute(module), name: current.to_owned() });
                if let Some(older) = older {
                    bindings.push(Binding::Import { module: absolute(older), name: last.to_owned() });
                }
                continue;
            }
            for text in texts {
                if text.contains('.') || text == "airflow" {
                    let text = absolute(text);
                    bindings.push(Binding::Import { module: text.clone(), name: name.to_owned() });
                    let is_module = text.rsplit('.').next() == Some(name);
                    bindings.push(if is_module { Binding::Module(text) } else { Binding::Path(text) });
                }
            }
        }
    }
}

/// The value of a variable of the module.
fn assigned<'a>(tables: &IndexMap<&str, &'a Expr>, variable: &Expr) -> Option<&'a Expr> {
    match variable {
        Expr::Name(name) => tables.get(name.id.as_str()).copied(),
        _ => None,
    }
}

fn rows(table: &Expr) -> impl Iterator<Item = (&str, &Expr)> {
    let items = match table {
        Expr::Dict(dict) => dict.items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(|item| Some((text(item.key.as_ref()?)?, &item.value)))
}

fn text(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::StringLiteral(text) => Some(text.value.to_str()),
        _ => None,
    }
}
