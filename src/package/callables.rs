//! Callables of tasks: the name under which each is had from the package, and the code that makes that name where the file has none.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use ruff_python_ast::{AnyNodeRef, Parameters, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::literal::literal;
use super::slice::Slice;
use super::text::{column, cut, literals, without_decorators};
use super::units::{Found, Units};
use crate::dag::{ModuleNames, Standing};
use crate::datum::{Captured, Cause, Datum, Reference, TypedObject};
use crate::diagnostic::{Diagnostic, codes};
use crate::parse::names::FreeName;
use crate::source::{SourceFile, Span};

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
    taken: HashSet<String>,
    /// What was made for which value, so that tasks that share a callable share its name.
    known: Vec<(Datum, Place)>,
    /// Imports that the made code needs.
    pub(super) imports: BTreeSet<String>,
}

/// Why a callable cannot come along, and where that is.
type Refusal = Box<Diagnostic>;

impl<'a> Callables<'a> {
    pub(super) fn new(
        file: &'a SourceFile,
        units: &'a Units<'a>,
        names: &'a ModuleNames,
        modules: &'a [ModuleNames],
    ) -> Self {
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
        let mut wish: String =
            wish.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
        if wish.is_empty() || wish.starts_with(|letter: char| letter.is_ascii_digit()) {
            wish.insert(0, '_');
        }
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

    fn alias(&mut self, wish: &str, expression: &str) -> Place {
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

    /// A function that exists only inside another, in a loop, or without a name: taken out with what it closes over.
    fn nested(
        &mut self,
        reference: &Reference,
        defined: Span,
        wish: &str,
        span: Span,
    ) -> Result<Place, Refusal> {
        if defined.file != self.file.id() {
            let message = "this function is made by a call in another module";
            return Err(refusal(span, message).label_at(defined, "defined here"));
        }
        let own = reference.name.rsplit('.').next().filter(|own| !own.starts_with('<'));
        let name = self.fresh(own.unwrap_or(wish));
        let inner = own.unwrap_or(&name).to_owned();
        let mut bindings: BTreeMap<String, String> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        let text = self.definition(reference, defined, &inner, span, &mut bindings, &mut order)?;
        if order.is_empty() && inner == name {
            self.add(&name, text);
            return Ok(Place::Own(name));
        }
        // The function keeps its closure: a call makes it among the names that it had around it.
        let maker = self.fresh(&format!("_make_{name}"));
        let mut lines = format!("def {maker}():\n");
        for bound in order.iter().filter_map(|bound| bindings.get(bound)) {
            let is_block = bound.contains('\n');
            lines.push_str(if is_block && !lines.ends_with(":\n") { "\n" } else { "" });
            lines.push_str(&indented(bound));
            lines.push_str(if is_block { "\n\n" } else { "\n" });
        }
        let lines_end = lines.trim_end().len();
        lines.truncate(lines_end);
        lines.push_str(if order.is_empty() { "\n" } else { "\n\n" });
        lines.push_str(&indented(&text));
        lines.push_str(&format!("\n\n    return {inner}\n\n\n{name} = {maker}()"));
        self.add(&name, lines);
        Ok(Place::Own(name))
    }

    /// The source of one function under a name, with what it closes over added to `bindings`.
    fn definition(
        &mut self,
        reference: &Reference,
        defined: Span,
        name: &str,
        span: Span,
        bindings: &mut BTreeMap<String, String>,
        order: &mut Vec<String>,
    ) -> Result<String, Refusal> {
        let Some((unit, found)) = self.units.function_at(defined.range) else {
            return Err(refusal(span, "where this function is defined is not known"));
        };
        let file = self.file.text();
        let (parameters, free) = match found {
            Found::Def(def) => (Some(&*def.parameters), crate::parse::names::read_by_function(def)),
            Found::Lambda(lambda) => {
                (lambda.parameters.as_deref(), crate::parse::names::read_by_lambda(lambda))
            }
        };
        let mut edits = Vec::new();
        let mut asked: Vec<FreeName> = free;
        for parameter in parameters.into_iter().flat_map(Parameters::iter_non_variadic_params) {
            let Some(default) = &parameter.default else { continue };
            if default.is_literal_expr() {
                continue;
            }
            let key = format!("={}", parameter.name());
            let value =
                reference.captured.iter().find(|(captured, _)| *captured == key).map(|(_, value)| value);
            match value {
                Some(Captured::Value(value)) if literal(value).is_some() => {
                    edits.push((default.range(), literal(value).unwrap_or_default()));
                }
                // Names of the module mean the same there, if no call is around.
                _ => asked.extend(crate::parse::names::read_by_expr(default)),
            }
        }
        if let Some((_, Captured::Value(Datum::Unknown(cause)))) =
            reference.captured.iter().find(|(captured, _)| captured == ".")
        {
            return Err(explained(span, "this function is changed after its definition".to_owned(), cause));
        }
        for free in asked {
            let captured = reference.captured.iter().find(|(captured, _)| *captured == free.name);
            let own_name = matches!(found, Found::Def(def) if def.name.as_str() == free.name);
            let Some((_, captured)) = captured else {
                self.slice.reach(&free.name, free.range, false);
                continue;
            };
            if own_name
                && matches!(captured, Captured::Value(Datum::Reference(to)) if to.span == Some(defined))
            {
                continue;
            }
            if bindings.contains_key(&free.name) && matches!(captured, Captured::Value(Datum::Reference(_))) {
                continue;
            }
            let text = self.captured(captured, &free, bindings, order)?;
            self.bind(bindings, order, &free, text)?;
        }
        let strip = column(file, unit_start(file, found));
        let text = match found {
            Found::Def(def) => {
                if def.name.as_str() != name {
                    edits.push((def.name.range(), name.to_owned()));
                }
                let stmt = Stmt::FunctionDef(def.clone());
                let range = without_decorators(file, def);
                cut(file, range, &literals(AnyNodeRef::from(&stmt)), &edits, strip, "")
            }
            Found::Lambda(lambda) => {
                let found = literals(AnyNodeRef::from(unit.stmt));
                let text = cut(file, lambda.range(), &found, &edits, strip, "");
                if text.contains('\n') {
                    format!("{name} = (\n    {text}\n)")
                } else {
                    format!("{name} = {text}")
                }
            }
        };
        Ok(text)
    }

    fn bind(
        &mut self,
        bindings: &mut BTreeMap<String, String>,
        order: &mut Vec<String>,
        free: &FreeName,
        text: String,
    ) -> Result<(), Refusal> {
        match bindings.get(&free.name) {
            Some(known) if *known == text => Ok(()),
            Some(_) => {
                let span = Span::new(self.file.id(), free.range);
                Err(refusal(
                    span,
                    &format!("`{}` means two things in what this function closes over", free.name),
                ))
            }
            None => {
                bindings.insert(free.name.clone(), text);
                order.push(free.name.clone());
                Ok(())
            }
        }
    }

    /// The statement that binds a captured name.
    fn captured(
        &mut self,
        captured: &Captured,
        free: &FreeName,
        bindings: &mut BTreeMap<String, String>,
        order: &mut Vec<String>,
    ) -> Result<String, Refusal> {
        let name = &free.name;
        let span = Span::new(self.file.id(), free.range);
        let value = match captured {
            Captured::Module(path) if path == name => return Ok(format!("import {name}")),
            Captured::Module(path) => return Ok(format!("import {path} as {name}")),
            Captured::Value(value) => value,
        };
        match value {
            Datum::Unknown(cause) => Err(explained(
                span,
                format!("the function closes over `{name}`, which cannot come along"),
                cause,
            )),
            Datum::XCom(_) => {
                let message = format!("the function closes over `{name}`, the result of a task");
                Err(Box::new(refusal(span, &message).help("hand it over as an argument")))
            }
            Datum::Reference(reference) if reference.module.is_none() => {
                let Some(defined) = reference.span.filter(|defined| defined.file == self.file.id()) else {
                    return Err(refusal(span, &format!("`{name}` is made by a call in another module")));
                };
                // Held first, for functions that call each other.
                bindings.insert(name.clone(), String::new());
                let text = self.definition(reference, defined, name, span, bindings, order)?;
                bindings.remove(name);
                Ok(text)
            }
            Datum::Reference(_) => {
                let place = self.place(value, name, span)?;
                let text = self.expression(&place);
                // The same name on both sides would make it local to the function that binds it.
                let alias = self.fresh(&format!("_{name}"));
                self.add(&alias, format!("{alias} = {text}"));
                Ok(format!("{name} = {alias}"))
            }
            value => match literal(value) {
                Some(text) => Ok(format!("{name} = {text}")),
                None => {
                    Err(refusal(span, &format!("the function closes over `{name}`, which is no plain data")))
                }
            },
        }
    }

    /// The standing of a name of the DAG file.
    pub(super) fn standing(&self, name: &str) -> Option<&Standing> {
        self.names.standing(name)
    }
}

fn unit_start(_file: &str, found: Found<'_>) -> ruff_text_size::TextSize {
    let range: TextRange = match found {
        Found::Def(def) => def.range(),
        Found::Lambda(lambda) => lambda.range(),
    };
    range.start()
}

/// The text one level deeper, text literals over several lines left as they are.
fn indented(text: &str) -> String {
    match crate::parse::parse(text) {
        Ok(module) => {
            let found: Vec<TextRange> =
                module.body.iter().flat_map(|stmt| literals(AnyNodeRef::from(stmt))).collect();
            let end = ruff_text_size::TextSize::of(text);
            cut(text, TextRange::up_to(end), &found, &[], 0, "    ")
        }
        Err(_) => text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n"),
    }
}

pub(super) fn refusal(span: Span, message: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(codes::NOT_PORTABLE, span, message))
}

fn explained(span: Span, message: String, cause: &Cause) -> Box<Diagnostic> {
    let mut finding =
        Diagnostic::error(codes::NOT_PORTABLE, span, message).label(cause.span, cause.message.clone());
    if let Some(help) = &cause.help {
        finding = finding.help(help.clone());
    }
    Box::new(finding)
}

trait Labelled {
    fn label_at(self, span: Span, message: &str) -> Self;
}

impl Labelled for Box<Diagnostic> {
    fn label_at(self, span: Span, message: &str) -> Self {
        Box::new((*self).label(span, message))
    }
}
