//! The calls in a class that makes a task, as Python source.

use std::collections::BTreeSet;

use super::options::attribute;
use super::{KEYWORDS, WIDTH, keywords};
use crate::dag::{Argument, Mapping, OperatorKind, Task};
use crate::datum::{Datum, RETURN_VALUE, TypedObject, XCom};
use crate::package::callables::{Callables, Refusal, refusal};
use crate::package::literal::{literal, quoted};
use crate::package::taskflow;
use crate::source::Span;

/// What is said of a value that is not among those that can be said.
const NOT_SAID: &str = "this value cannot be written in the module beside the definition";

/// Writes what a class does.
pub(super) struct Writer<'c, 'a> {
    pub(super) callables: &'c mut Callables<'a>,
    /// The parameters that it names.
    pub(super) takes: Vec<&'static str>,
    /// Whether it holds functions of the DAG file.
    pub(super) has_functions: bool,
    /// What a function without a name is called.
    pub(super) wish: String,
}

impl Writer<'_, '_> {
    /// The statements that give the DAG its options.
    pub(super) fn settings(&mut self, options: &[&Argument]) -> Result<String, Refusal> {
        let mut settings = String::new();
        for Argument { name, value, span } in options {
            let attribute = attribute(name);
            attribute.clone_into(&mut self.wish);
            let mut text = self.value(value, *span)?;
            if let Datum::Map(pairs) = value
                && text.len() > WIDTH
            {
                text = String::from("{\n");
                for (key, value) in pairs {
                    self.wished(key);
                    let (key, value) = (self.value(key, *span)?, self.value(value, *span)?);
                    text.push_str(&format!("            {key}: {value},\n"));
                }
                text.push_str("        }");
            }
            settings.push_str(&format!("        dag.{attribute} = {text}\n"));
        }
        Ok(settings)
    }

    /// The call that makes a mapped task, and the arguments that it gives itself.
    pub(super) fn mapped(
        &mut self,
        operator: &str,
        task: &Task,
        mapping: &Mapping,
    ) -> Result<(String, BTreeSet<String>), Refusal> {
        self.takes.push("dag");
        let mut own: BTreeSet<String> = BTreeSet::new();
        let is_function = matches!(task.operator.kind, OperatorKind::Decorated { .. });
        let results = |argument: &&Argument| taskflow::holds_result(&argument.value);
        let mut shared: Vec<String> = Vec::new();
        for argument in
            task.arguments.iter().filter(results).filter(|argument| argument.name != KEYWORDS || !is_function)
        {
            own.insert(argument.name.clone());
            shared.push(format!("{}={}", argument.name, self.value(&argument.value, argument.span)?));
        }
        let shared: String = shared.into_iter().map(|shared| format!(", {shared}")).collect();
        let mut call = if let OperatorKind::Decorated { decorator } = &task.operator.kind {
            self.takes.push("python_callable");
            let decorator = decorator.strip_prefix("task").unwrap_or_default();
            let task_decorator = self.callables.imported("airflow.sdk.task", task.span)?;
            format!("{task_decorator}{decorator}(python_callable, dag=dag{shared}, **arguments)")
        } else {
            format!("{operator}.partial(dag=dag{shared}, **arguments)")
        };
        if is_function {
            // The class that the decorator makes its tasks of asks for both.
            own.insert("op_args".to_owned());
            match task.arguments.iter().find(|argument| argument.name == KEYWORDS) {
                Some(argument) if !taskflow::holds_result(&argument.value) => {
                    self.takes.push(KEYWORDS);
                    call.push_str(".partial(**op_kwargs)");
                }
                Some(argument) => {
                    own.insert(KEYWORDS.to_owned());
                    let mut given = Vec::new();
                    for (key, value) in keywords(task).unwrap_or_default() {
                        let Datum::Str(name) = key else { continue };
                        given.push(format!("{name}={}", self.value(value, argument.span)?));
                    }
                    call.push_str(&format!(".partial({})", given.join(", ")));
                }
                None => {
                    own.insert(KEYWORDS.to_owned());
                }
            }
        }
        match mapping {
            Mapping::Expand(arguments) => {
                let mut given = Vec::new();
                for Argument { name, value, span } in arguments {
                    given.push(format!("{name}={}", self.value(value, *span)?));
                }
                let short = given.join(", ");
                call.push_str(&if call.len() + short.len() < WIDTH {
                    format!(".expand({short})")
                } else {
                    let lines: String = given.iter().map(|given| format!("            {given},\n")).collect();
                    format!(".expand(\n{lines}        )")
                });
            }
            Mapping::ExpandKwargs { value, span, strict } => {
                let value = self.value(value, *span)?;
                let strict = if *strict { "" } else { ", strict=False" };
                call.push_str(&format!(".expand_kwargs({value}{strict})"));
            }
            Mapping::InMappedGroup => {}
        }
        // The decorator gives the result of its task.
        call.push_str(if is_function { ".operator" } else { "" });
        Ok((call, own))
    }

    pub(super) fn value(&mut self, value: &Datum, span: Span) -> Result<String, Refusal> {
        if let Some(text) = literal(value) {
            return Ok(text);
        }
        match value {
            Datum::XCom(XCom { task_id, key, .. }) => {
                let key = if key == RETURN_VALUE { String::new() } else { format!("[{}]", quoted(key)) };
                Ok(format!("dag.get_task({}).output{key}", quoted(task_id)))
            }
            Datum::List(items) => Ok(format!("[{}]", self.values(items, span)?)),
            Datum::Tuple(items) => {
                let comma = if items.len() == 1 { "," } else { "" };
                Ok(format!("({}{comma})", self.values(items, span)?))
            }
            Datum::Map(pairs) => {
                let mut written = Vec::new();
                let wish = self.wish.clone();
                for (key, value) in pairs {
                    self.wished(key);
                    written.push(format!("{}: {}", self.value(key, span)?, self.value(value, span)?));
                }
                self.wish = wish;
                Ok(format!("{{{}}}", written.join(", ")))
            }
            Datum::Object(object) => self.of_results(object, span),
            Datum::Reference(_) => {
                self.has_functions = true;
                let place = self.callables.place(value, &self.wish, span)?;
                Ok(self.callables.expression(&place))
            }
            _ => Err(refusal(span, NOT_SAID)),
        }
    }

    /// Calls functions without a name by the key they stand under.
    fn wished(&mut self, key: &Datum) {
        if let Datum::Str(key) = key {
            self.wish.clone_from(key);
        }
    }

    fn values(&mut self, values: &[Datum], span: Span) -> Result<String, Refusal> {
        let written: Result<Vec<String>, Refusal> =
            values.iter().map(|value| self.value(value, span)).collect();
        Ok(written?.join(", "))
    }

    /// What `map`, `zip` or `concat` makes of results.
    fn of_results(&mut self, object: &TypedObject, span: Span) -> Result<String, Refusal> {
        match object.args.as_slice() {
            [of, Datum::List(functions)] => {
                let mut text = self.value(of, span)?;
                for function in functions {
                    text.push_str(&format!(".map({})", self.value(function, span)?));
                }
                Ok(text)
            }
            [Datum::List(parts)] => {
                let Some((first, rest)) = parts.split_first() else { return Err(refusal(span, NOT_SAID)) };
                let first = self.value(first, span)?;
                let mut given = Vec::new();
                for part in rest {
                    given.push(self.value(part, span)?);
                }
                for (name, fill) in &object.kwargs {
                    given.push(format!("{name}={}", self.value(fill, span)?));
                }
                let method = if object.path.ends_with("ZipXComArg") { "zip" } else { "concat" };
                Ok(format!("{first}.{method}({})", given.join(", ")))
            }
            _ => Err(refusal(span, NOT_SAID)),
        }
    }
}
