//! `jinja2.Template` of a text that only puts values in: `{{ name }}`, with names that are given text or whole numbers.
//!
//! Left out: everything else that Jinja can do, which is not known here rather than nearly right.

use std::rc::Rc;

use super::support::{no_form, not_modelled, receiver, text};
use super::{Member, ModuleTable};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::value::{Args, Eval, Native, Object, Type, Value};

/// The rows of the module.
pub static JINJA2: ModuleTable =
    ModuleTable { name: "jinja2", members: &[("Template", Member::Class(&TEMPLATE))] };

/// Names that a template knows without being given them.
///
/// Source: `DEFAULT_NAMESPACE` of Jinja2 3.1, and the literals of its grammar.
const GLOBALS: &[&str] = &[
    "range",
    "dict",
    "lipsum",
    "cycler",
    "joiner",
    "namespace",
    "true",
    "false",
    "none",
    "True",
    "False",
    "None",
    "self",
    "loop",
    "not",
];

static TEMPLATE: Type = Type {
    methods: &[Native::new("render", render)],
    ..Type::new("jinja2", "Template", |vm, mut args| {
        let source = text(&args.expect("source")?)?;
        if !args.positional.is_empty() || !args.named.is_empty() {
            return not_modelled(vm, "a `jinja2.Template` with options is not modelled");
        }
        Ok(Value::object(Template { source }))
    })
};

/// A `jinja2.Template`.
struct Template {
    source: Rc<str>,
}

impl Object for Template {
    fn class(&self) -> Option<&'static Type> {
        Some(&TEMPLATE)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a `jinja2.Template`")
    }
}

fn render(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let template = receiver::<Template>(&mut args, &TEMPLATE)?;
    let mut names: Vec<(Rc<str>, Value)> = Vec::new();
    if let Some(mapping) = args.pop() {
        for (name, value) in vm.mapping_items(&mapping)? {
            names.push((text(&name)?, value));
        }
    }
    names.extend(std::mem::take(&mut args.named).into_iter().map(|(name, arg)| (name, arg.value)));
    args.finish()?;
    let Some(parts) = parts(&template.source) else {
        return not_modelled(vm, "a template that does more than put values in is not modelled");
    };
    let mut rendered = String::new();
    for part in parts {
        match part {
            Part::Text(text) => rendered.push_str(text),
            Part::Name(name) => match names.iter().rev().find(|(given, _)| &**given == name) {
                // What is not given is rendered as nothing.
                None => {}
                Some((_, value @ (Value::Str(_) | Value::Int(_)))) => rendered.push_str(&vm.str(value)?),
                Some((_, Value::Unknown(cause))) => return Ok(Value::Unknown(cause.clone())),
                Some(_) => {
                    return not_modelled(vm, format!("the value of `{name}` in a template is not modelled"));
                }
            },
        }
        vm.check_size(rendered.len())?;
    }
    Ok(Value::str(rendered))
}

enum Part<'a> {
    Text(&'a str),
    Name(&'a str),
}

/// The parts of a template, if it is made of text and `{{ name }}` alone.
fn parts(source: &str) -> Option<Vec<Part<'_>>> {
    if source.contains("{%") || source.contains("{#") || source.contains('\r') {
        return None;
    }
    let mut rest = source.strip_suffix('\n').unwrap_or(source);
    let mut parts = Vec::new();
    while let Some((before, after)) = rest.split_once("{{") {
        parts.push(Part::Text(before));
        let (name, behind) = after.split_once("}}")?;
        let name = name.trim_matches(' ');
        let is_name = !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !is_name || GLOBALS.contains(&name) {
            return None;
        }
        parts.push(Part::Name(name));
        rest = behind;
    }
    parts.push(Part::Text(rest));
    Some(parts)
}
