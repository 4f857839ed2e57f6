//! `string`: the constants, `Template`, `capwords`; and `html.escape`, `shlex` and `inspect.cleandoc`, which also only make text.
//!
//! Left out: `Formatter`, patterns of one's own in a `Template`.

use std::rc::Rc;

use super::support::{need_text, no_form, not_modelled, receiver, within_size};
use super::{Member, ModuleTable};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::value::{Args, Eval, Key, Native, Object, Stop, Type, Value};

/// The rows of `string`.
pub static STRING: ModuleTable = ModuleTable {
    name: "string",
    members: &[
        ("Template", Member::Class(&TEMPLATE)),
        (
            "ascii_letters",
            Member::Constant(|| Value::str("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        ),
        ("ascii_lowercase", Member::Constant(|| Value::str("abcdefghijklmnopqrstuvwxyz"))),
        ("ascii_uppercase", Member::Constant(|| Value::str("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))),
        ("digits", Member::Constant(|| Value::str("0123456789"))),
        ("hexdigits", Member::Constant(|| Value::str("0123456789abcdefABCDEF"))),
        ("octdigits", Member::Constant(|| Value::str("01234567"))),
        (
            "printable",
            Member::Constant(|| {
                Value::str(
                    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ\
                     !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\u{b}\u{c}",
                )
            }),
        ),
        ("punctuation", Member::Constant(|| Value::str("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))),
        ("whitespace", Member::Constant(|| Value::str(" \t\n\r\u{b}\u{c}"))),
    ],
};

/// The rows of `shlex`.
pub static SHLEX: ModuleTable = ModuleTable {
    name: "shlex",
    members: &[
        (
            "join",
            Member::Function(Native::new("join", |vm, mut args| {
                let parts = args.expect("split_command")?;
                args.finish()?;
                let mut quoted = Vec::new();
                for part in vm.iterate(&parts)? {
                    quoted.push(quote(&super::support::text(&part)?));
                }
                Ok(Value::from(quoted.join(" ")))
            })),
        ),
        (
            "quote",
            Member::Function(Native::new("quote", |_, mut args| {
                let text = need_text(&mut args, "s")?;
                args.finish()?;
                Ok(Value::from(quote(&text)))
            })),
        ),
        (
            "split",
            Member::Function(Native::new("split", |vm, mut args| {
                let text = need_text(&mut args, "s")?;
                // Python's lexer and a shell agree where comments and line continuations do not come in.
                if args.finish().is_err() || text.contains(['#', '\n']) || !text.is_ascii() {
                    return not_modelled(vm, "`shlex.split` of this is not modelled");
                }
                match shlex::split(&text) {
                    Some(parts) => Ok(Value::list(parts.into_iter().map(Value::from).collect())),
                    None => not_modelled(vm, "`shlex.split` of a text with an open quote is not modelled"),
                }
            })),
        ),
    ],
};

/// The rows of `html`.
pub static HTML: ModuleTable = ModuleTable {
    name: "html",
    members: &[(
        "escape",
        Member::Function(Native::new("escape", |vm, mut args| {
            let text = need_text(&mut args, "s")?;
            let quote = super::support::flag(vm, &mut args, "quote", true)?;
            args.finish()?;
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            Ok(Value::from(if quote {
                escaped.replace('"', "&quot;").replace('\'', "&#x27;")
            } else {
                escaped
            }))
        })),
    )],
};

/// The rows of `inspect`.
pub static INSPECT: ModuleTable = ModuleTable {
    name: "inspect",
    members: &[
        (
            "cleandoc",
            Member::Function(Native::new("cleandoc", |vm, mut args| {
                let text = need_text(&mut args, "doc")?;
                args.finish()?;
                if text.contains('\t') {
                    return not_modelled(vm, "`cleandoc` of a text with tabs is not modelled");
                }
                Ok(Value::from(cleandoc(&text)))
            })),
        ),
        (
            "getdoc",
            Member::Function(Native::new("getdoc", |vm, mut args| {
                let object = args.expect("object")?;
                args.finish()?;
                match vm.attr(&object, "__doc__")?.known()? {
                    Value::Str(text) if !text.contains('\t') => Ok(Value::from(cleandoc(&text))),
                    Value::None if matches!(object, Value::Function(_)) => Ok(Value::None),
                    _ => not_modelled(vm, "`getdoc` of this is not modelled"),
                }
            })),
        ),
        (
            "isclass",
            Member::Function(Native::new("isclass", |_, mut args| {
                let object = args.expect("object")?;
                args.finish()?;
                Ok(Value::Bool(matches!(object, Value::Class(_) | Value::Type(_))))
            })),
        ),
        (
            "isfunction",
            Member::Function(Native::new("isfunction", |_, mut args| {
                let object = args.expect("object")?;
                args.finish()?;
                Ok(Value::Bool(matches!(object, Value::Function(_))))
            })),
        ),
    ],
};

/// `inspect.cleandoc` of a text without tabs.
fn cleandoc(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let lines: Vec<&str> = text.split('\n').collect();
    let margin = lines[1..].iter().filter(|line| !line.trim().is_empty()).map(|line| indent(line)).min();
    let mut clean: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        clean.push(match (at, margin) {
            (0, _) => line.trim_start(),
            (_, Some(margin)) => line.get(margin..).unwrap_or_default(),
            (_, None) => line,
        });
    }
    while clean.last().is_some_and(|line| line.is_empty()) {
        clean.pop();
    }
    let first = clean.iter().position(|line| !line.is_empty()).unwrap_or(clean.len());
    clean[first..].join("\n")
}

fn quote(text: &str) -> String {
    let safe = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '%' | '+' | '=' | ':' | ',' | '.' | '/' | '-')
    };
    if text.is_empty() {
        return "''".to_owned();
    }
    if text.chars().all(safe) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\"'\"'"))
}

/// A `string.Template`.
struct Template {
    text: Rc<str>,
}

static TEMPLATE: Type = Type {
    methods: &[
        Native::new("substitute", |vm, args| substitute(vm, args, false)),
        Native::new("safe_substitute", |vm, args| substitute(vm, args, true)),
    ],
    ..Type::new("string", "Template", |_, mut args| {
        let text = need_text(&mut args, "template")?;
        args.finish()?;
        Ok(Value::object(Template { text }))
    })
};

fn substitute(vm: &mut Vm, mut args: Args, safe: bool) -> Eval<Value> {
    let template = receiver::<Template>(&mut args, &TEMPLATE)?;
    let mapping = args.pop();
    let mut values: crate::map::IndexMap<Key, Value> = crate::map::IndexMap::default();
    if let Some(mapping) = mapping {
        for (key, value) in vm.mapping_items(&mapping)? {
            values.insert(Key::new(key)?, value);
        }
    }
    for (name, arg) in std::mem::take(&mut args.named) {
        values.insert(Key::str(name), arg.value);
    }
    args.finish()?;
    let mut text = String::new();
    let mut rest = &*template.text;
    while let Some(at) = rest.find('$') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(behind) = rest.strip_prefix('$') {
            text.push('$');
            rest = behind;
            continue;
        }
        let braced = rest.starts_with('{');
        let body = if braced { &rest[1..] } else { rest };
        let name = identifier(body);
        let closed = !braced || body[name.len()..].starts_with('}');
        if name.is_empty() || !closed {
            if !safe {
                return invalid(&template.text, template.text.len() - rest.len() - 1);
            }
            text.push('$');
            continue;
        }
        let length = name.len() + if braced { 2 } else { 0 };
        match values.get(&Key::str(name)) {
            Some(value) => text.push_str(&vm.str(value)?),
            None if safe => {
                text.push('$');
                text.push_str(&rest[..length]);
            }
            None => return Err(Stop::key_error(Value::str(name))),
        }
        rest = &rest[length..];
        within_size(vm, text.len())?;
    }
    text.push_str(rest);
    Ok(Value::from(text))
}

/// The identifier at the start of a text: ASCII, as `Template` has it.
fn identifier(text: &str) -> &str {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    if begins { &text[..end] } else { "" }
}

fn invalid(text: &str, at: usize) -> Eval<Value> {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Err(Stop::value_error(format!("Invalid placeholder in string: line {line}, col {column}")))
}

impl Object for Template {
    fn class(&self) -> Option<&'static Type> {
        Some(&TEMPLATE)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "template").then(|| Value::Str(Rc::clone(&self.text))))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a `string.Template`")
    }
}
