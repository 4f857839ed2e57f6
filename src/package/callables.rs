//! Callables of tasks: the name under which each is had from the package, and the code that makes that name where the file has none.

use std::collections::{BTreeSet, HashSet};

use ruff_python_ast::Stmt;
use ruff_text_size::TextRange;

use super::Input;
use super::literal::literal;
use super::slice::Slice;
use super::text::python_name;
use super::units::{Found, Unit, Units};
use crate::dag::{ModuleNames, Standing};
use crate::datum::{Cause, Datum, Reference, TypedObject};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{SourceFile, Span};
use crate::target::current_class;

/// Words that are no names. Source: `keyword.kwlist` of Python 3.12, and the builtins that written code uses.
const KEYWORDS: &[&str] = &[
    "False",
    "None",
    "True",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "break",
    "class",
    "continue",
    "def",
    "del",
    "elif",
    "else",
    "except",
    "finally",
    "for",
    "from",
    "global",
    "if",
    "import",
    "in",
    "is",
    "lambda",
    "nonlocal",
    "not",
    "or",
    "pass",
    "raise",
    "return",
    "try",
    "while",
    "with",
    "yield",
    "all",
    "dict",
    "float",
    "frozenset",
    "isinstance",
    "object",
    "set",
    "str",
    "type",
];

/// Paths of Airflow 3 that lead to the same as others.
const OTHER_PATHS: &[(&str, &str)] = &[
    ("airflow.XComArg", "airflow.sdk.XComArg"),
    ("airflow.decorators.task", "airflow.sdk.task"),
    ("airflow.models.xcom_arg.XComArg", "airflow.sdk.XComArg"),
];

/// Whether Python can spell a name so.
pub(super) fn is_name(text: &str) -> bool {
    python_name(text, "_") == text && !KEYWORDS.contains(&text)
}

/// Where a callable is had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// Under this name in the module that is written for the DAG file.
    Own(String),
    /// In a module of the DAG folder that comes along whole.
    Local(String, String),
}

/// Writes the module of a DAG file.
pub(super) struct Callables<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) units: &'a Units<'a>,
    pub(super) names: &'a ModuleNames,
    /// The import paths of the local modules that were loaded.
    pub(super) modules: &'a [ModuleNames],
    pub(super) slice: Slice<'a>,
    /// The code that follows the slice, by the name that it makes.
    pub(super) made: Vec<(String, String)>,
    pub(super) taken: HashSet<String>,
    /// What was made for which value, so that tasks that share a callable share its name.
    pub(super) known: Vec<(Datum, Place)>,
    /// Imports that the made code needs.
    pub(super) imports: BTreeSet<String>,
}

/// Why a callable cannot come along, and where that is.
pub(super) type Refusal = Box<Diagnostic>;

impl<'a> Callables<'a> {
    pub(super) fn new(input: &'a Input<'a>, names: &'a ModuleNames) -> Self {
        let Input { file, units, names: modules, .. } = *input;
        let mut taken: HashSet<String> =
            units.all.iter().flat_map(|unit| unit.binds.iter().cloned()).collect();
        taken.extend(units.imported.keys().cloned());
        let slice = Slice::new(file, units, names);
        Self {
            file,
            units,
            names,
            modules,
            slice,
            made: Vec::new(),
            taken,
            known: Vec::new(),
            imports: BTreeSet::new(),
        }
    }

    /// A name that nothing else has.
    pub(super) fn fresh(&mut self, wish: &str) -> String {
        let mut wish = python_name(wish, "_");
        if KEYWORDS.contains(&wish.as_str()) {
            wish.push('_');
        }
        let mut name = wish.clone();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{wish}_{number}");
            number += 1;
        }
        name
    }

    /// The name under which the module has what is at an import path: that that the file imports it under, or a new one.
    pub(super) fn imported(&mut self, path: &str, span: Span) -> Result<String, Refusal> {
        let is_same =
            |from: &str| from == path || current_class(from) == path || OTHER_PATHS.contains(&(from, path));
        let own = self.units.imported.iter().find(|(name, from)| is_same(from) && self.is_settled(name));
        let (module, name) = path.rsplit_once('.').unwrap_or(("", path));
        if let Some((own, _)) = own {
            // What else the file does with the name is of no interest here, so that it is not cut out with that.
            if !self.slice.reached.contains_key(own) {
                let alias = if own == name { String::new() } else { format!(" as {own}") };
                self.imports.insert(format!("from {module} import {name}{alias}"));
            }
            return Ok(own.clone());
        }
        let module = Some(module.to_owned());
        let reference = Reference { module, name: name.to_owned(), span: None, captured: Vec::new() };
        let place = self.place(&Datum::Reference(reference), name, span)?;
        Ok(self.expression(&place))
    }

    /// Adds code that makes a name.
    pub(super) fn add(&mut self, name: &str, text: String) {
        self.made.push((name.to_owned(), text));
    }

    /// The place of a callable; `wish` is the name it gets where it has none.
    pub(super) fn place(&mut self, value: &Datum, wish: &str, span: Span) -> Result<Place, Refusal> {
        if let Some((_, place)) = self.known.iter().find(|(known, _)| known == value) {
            return Ok(place.clone());
        }
        let place = match value {
            Datum::Reference(reference) => self.reference(reference, wish, span)?,
            Datum::Object(object) if object.path == "functools.partial" => {
                self.partial(object, wish, span)?
            }
            Datum::Unknown(cause) => {
                return Err(explained(span, "the function is not known".to_owned(), cause));
            }
            _ => {
                return Err(refusal(
                    span,
                    "this callable is an object that is made while the file is loaded",
                ));
            }
        };
        self.known.push((value.clone(), place.clone()));
        Ok(place)
    }

    /// The expression for a callable inside the written module.
    pub(super) fn expression(&mut self, place: &Place) -> String {
        match place {
            Place::Own(name) => name.clone(),
            Place::Local(module, name) => {
                // The file may import it under its own name already.
                if self.units.imported.get(name) == Some(&format!("{module}.{name}")) {
                    self.slice.reach(name, TextRange::default(), true);
                    return name.clone();
                }
                let alias = self.known.iter().find_map(|(known, place)| match (known, place) {
                    (Datum::Str(text), Place::Own(alias)) if *text == format!("{module}:{name}") => {
                        Some(alias.clone())
                    }
                    _ => None,
                });
                if let Some(alias) = alias {
                    return alias;
                }
                let alias = self.fresh(name);
                let import = if alias == *name {
                    format!("from {module} import {name}")
                } else {
                    format!("from {module} import {name} as {alias}")
                };
                self.imports.insert(import);
                self.known.push((Datum::Str(format!("{module}:{name}")), Place::Own(alias.clone())));
                alias
            }
        }
    }

    fn reference(&mut self, reference: &Reference, wish: &str, span: Span) -> Result<Place, Refusal> {
        let Reference { module, name, span: defined, .. } = reference;
        let Some(module) = module else {
            let Some(defined) = defined else {
                return Err(refusal(span, "where this function is defined is not known"));
            };
            return self.nested(reference, *defined, wish, span);
        };
        let name = name.strip_suffix(".function").map_or(name.as_str(), |name| name);
        let is_task = name.len() != reference.name.len();
        let root = name.split('.').next().unwrap_or(name);
        if *module == self.names.module {
            // A function that a loop or a branch defines among its tasks is taken out of it.
            if let Some(defined) = defined.filter(|defined| defined.file == self.file.id())
                && name == root
                && let Some((unit, Found::Def(_))) = self.units.function_at(defined.range)
                && matches!(unit.stmt, Stmt::For(_) | Stmt::While(_) | Stmt::With(_))
            {
                return self.nested(reference, defined, wish, span);
            }
            self.slice.reach(root, span.range, true);
            // The slice takes `@task` off a definition; what a call gives stays what it is.
            let is_defined = |unit: &Unit<'_>| {
                unit.binds.contains(root) && matches!(unit.stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_))
            };
            if is_task && !self.units.all.iter().any(is_defined) {
                return Ok(self.alias(&name.replace('.', "_"), &format!("{name}.function")));
            }
            if name == root {
                return Ok(Place::Own(name.to_owned()));
            }
            return Ok(self.alias(&name.replace('.', "_"), name));
        }
        let is_local = self.modules.iter().any(|known| known.module == *module);
        if !is_local {
            let alias = self.fresh(name);
            let import = if alias == name { String::new() } else { format!(" as {alias}") };
            self.imports.insert(format!("from {module} import {name}{import}"));
            return Ok(Place::Own(alias));
        }
        let place = Place::Local(module.clone(), root.to_owned());
        if name == root && !is_task {
            return Ok(place);
        }
        let root_name = self.expression(&place);
        let rest = name.get(root.len()..).unwrap_or_default();
        let suffix = if is_task { ".function" } else { "" };
        Ok(self.alias(&name.replace('.', "_"), &format!("{root_name}{rest}{suffix}")))
    }

    pub(super) fn alias(&mut self, wish: &str, expression: &str) -> Place {
        let name = self.fresh(wish);
        self.add(&name, format!("{name} = {expression}"));
        Place::Own(name)
    }

    fn partial(&mut self, object: &TypedObject, wish: &str, span: Span) -> Result<Place, Refusal> {
        let Some((function, rest)) = object.args.split_first() else {
            return Err(refusal(span, "this `functools.partial` has no function"));
        };
        let place = self.place(function, wish, span)?;
        let mut arguments = vec![self.expression(&place)];
        let given = rest.iter().map(|value| (None, value));
        for (name, value) in given.chain(object.kwargs.iter().map(|(name, value)| (Some(name), value))) {
            let Some(text) = literal(value) else {
                return Err(refusal(span, "an argument of this `functools.partial` is no plain data"));
            };
            arguments.push(name.map_or(text.clone(), |name| format!("{name}={text}")));
        }
        self.imports.insert("import functools as _functools".to_owned());
        self.taken.insert("_functools".to_owned());
        Ok(self.alias(wish, &format!("_functools.partial({})", arguments.join(", "))))
    }

    /// The standing of a name of the DAG file.
    pub(super) fn standing(&self, name: &str) -> Option<&Standing> {
        self.names.standing(name)
    }
}

pub(super) fn refusal(span: Span, message: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(codes::NOT_PORTABLE, span, message))
}

pub(super) fn explained(span: Span, message: String, cause: &Cause) -> Box<Diagnostic> {
    let mut finding =
        Diagnostic::error(codes::NOT_PORTABLE, span, message).label(cause.span, cause.message.clone());
    if let Some(help) = &cause.help {
        finding = finding.help(help.clone());
    }
    Box::new(finding)
}
