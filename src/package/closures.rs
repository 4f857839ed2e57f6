//! Functions that exist only inside a call, a loop or an expression: taken out of the DAG file with what they close over.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, Parameters, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::callables::{Callables, Place, Refusal, explained, refusal};
use super::literal::literal;
use super::text::{column, cut, literals, without_decorators};
use super::units::Found;
use crate::datum::{Captured, Datum, Reference};
use crate::parse::names::FreeName;
use crate::source::Span;

impl Callables<'_> {
    /// A function that exists only inside another, in a loop, or without a name: taken out with what it closes over.
    pub(super) fn nested(
        &mut self,
        reference: &Reference,
        defined: Span,
        wish: &str,
        span: Span,
    ) -> Result<Place, Refusal> {
        if defined.file != self.file.id() {
            let message = "this function is made by a call in another module";
            return Err(Box::new(refusal(span, message).label(defined, "defined here")));
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
                self.slice.reach_free(&free);
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
        let strip = column(file, start_of(found));
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
}

fn start_of(found: Found<'_>) -> TextSize {
    match found {
        Found::Def(def) => def.start(),
        Found::Lambda(lambda) => lambda.start(),
    }
}

/// The text one level deeper, text literals over several lines left as they are.
fn indented(text: &str) -> String {
    match crate::parse::parse(text) {
        Ok(module) => {
            let found: Vec<TextRange> =
                module.body.iter().flat_map(|stmt| literals(AnyNodeRef::from(stmt))).collect();
            let end = TextSize::of(text);
            cut(text, TextRange::up_to(end), &found, &[], 0, "    ")
        }
        Err(_) => text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n"),
    }
}
