//! `str.format` and `str.format_map`.

use std::rc::Rc;

use super::exception::INDEX_ERROR;
use super::{Args, Eval, Stop, Value};
use crate::eval::Vm;

/// Where fields look their values up, and how fields without a name are counted.
struct Fields {
    positional: Vec<Value>,
    named: Vec<(Rc<str>, Value)>,
    /// The argument of `format_map`.
    mapping: Option<Value>,
    /// How many fields without a name there were; nothing once one had a number.
    counted: Option<usize>,
    numbered: bool,
}

pub(super) fn format(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let template = super::string::own(&mut args)?.text;
    let mut fields = Fields {
        positional: std::mem::take(&mut args.positional).into_iter().map(|arg| arg.value).collect(),
        named: std::mem::take(&mut args.named).into_iter().map(|(name, arg)| (name, arg.value)).collect(),
        mapping: None,
        counted: None,
        numbered: false,
    };
    args.finish()?;
    expand(vm, &template, &mut fields, 2).map(Value::from)
}

pub(super) fn format_map(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let template = super::string::own(&mut args)?.text;
    let mapping = args.need()?;
    args.finish()?;
    let mut fields = Fields {
        positional: Vec::new(),
        named: Vec::new(),
        mapping: Some(mapping),
        counted: None,
        numbered: false,
    };
    expand(vm, &template, &mut fields, 2).map(Value::from)
}

fn expand(vm: &mut Vm, template: &str, fields: &mut Fields, depth: usize) -> Eval<String> {
    if depth == 0 {
        return Err(Stop::value_error("Max string recursion exceeded"));
    }
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let (brace, after) = rest[at..].split_at(1);
        if after.starts_with(brace) {
            text.push_str(brace);
            rest = &after[1..];
            continue;
        }
        if brace == "}" {
            return Err(Stop::value_error("Single '}' encountered in format string"));
        }
        if after.is_empty() {
            return Err(Stop::value_error("Single '{' encountered in format string"));
        }
        let end = closing(after)?;
        text.push_str(&field(vm, &after[..end], fields, depth)?);
        rest = &after[end + 1..];
        if text.len() > vm.budget.limits().size {
            vm.check_size(text.len())?;
        }
    }
    text.push_str(rest);
    vm.check_size(text.len())?;
    Ok(text)
}

/// Where the brace stands that closes the field; brackets hide braces, and braces nest.
fn closing(text: &str) -> Eval<usize> {
    let mut depth = 1;
    let mut in_brackets = false;
    let mut in_spec = false;
    for (at, char) in text.char_indices() {
        match char {
            ']' if in_brackets => in_brackets = false,
            _ if in_brackets => {}
            '[' if !in_spec => in_brackets = true,
            ':' | '!' if depth == 1 => in_spec = true,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Ok(at);
                }
            }
            _ => {}
        }
    }
    Err(Stop::value_error("expected '}' before end of string"))
}

/// One field without its braces: `name!conversion:spec`.
fn field(vm: &mut Vm, text: &str, fields: &mut Fields, depth: usize) -> Eval<Rc<str>> {
    let mut in_brackets = false;
    let end = text
        .char_indices()
        .find(|(_, char)| {
            match char {
                '[' => in_brackets = true,
                ']' => in_brackets = false,
                _ => {}
            }
            !in_brackets && matches!(char, '!' | ':')
        })
        .map_or(text.len(), |(at, _)| at);
    let (name, mut rest) = text.split_at(end);
    if name.contains('{') {
        return Err(Stop::value_error("unexpected '{' in field name"));
    }
    let value = lookup(vm, name, fields)?;
    let mut conversion = None;
    if let Some(after) = rest.strip_prefix('!') {
        let Some(char) = after.chars().next() else {
            return Err(Stop::value_error("unmatched '{' in format spec"));
        };
        conversion = Some(char);
        rest = &after[char.len_utf8()..];
        if !rest.is_empty() && !rest.starts_with(':') {
            return Err(Stop::value_error("expected ':' after conversion specifier"));
        }
    }
    let spec = rest.strip_prefix(':').unwrap_or("");
    let value = match conversion {
        None => value,
        Some('r') => Value::Str(vm.repr(&value)?),
        Some('s') => Value::Str(vm.str(&value)?),
        Some('a') => Value::Str(vm.ascii(&value)?),
        Some(other) => {
            return Err(Stop::value_error(format!("Unknown conversion specifier {other}")));
        }
    };
    if spec.contains(['{', '}']) {
        let spec = expand(vm, spec, fields, depth - 1)?;
        return vm.format(&value, &spec);
    }
    vm.format(&value, spec)
}

/// The value that a field name means: `0`, `name`, `name.attr[key]`, or nothing for the next one.
fn lookup(vm: &mut Vm, name: &str, fields: &mut Fields) -> Eval<Value> {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, mut rest) = name.split_at(end);
    let mut value = fields.first(vm, first)?;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let (attr, tail) = after.split_at(end);
            if attr.is_empty() {
                return Err(Stop::value_error("Empty attribute in format string"));
            }
            value = vm.attr(&value, attr)?;
            rest = tail;
        } else if let Some(after) = rest.strip_prefix('[') {
            let Some((key, tail)) = after.split_once(']') else {
                return Err(Stop::value_error("Missing ']' in format string"));
            };
            if key.is_empty() {
                return Err(Stop::value_error("Empty attribute in format string"));
            }
            let key = match key.parse::<usize>() {
                Ok(number) if key.bytes().all(|byte| byte.is_ascii_digit()) => Value::int(number),
                _ => Value::str(key),
            };
            value = vm.item(&value, &key)?;
            rest = tail;
        } else {
            return Err(Stop::value_error("Only '.' or '[' may follow ']' in format field specifier"));
        }
    }
    value.known()
}

impl Fields {
    fn first(&mut self, vm: &mut Vm, name: &str) -> Eval<Value> {
        let number = if name.is_empty() {
            if self.numbered {
                return Err(Stop::value_error(
                    "cannot switch from manual field specification to automatic field numbering",
                ));
            }
            let next = self.counted.map_or(0, |count| count);
            self.counted = Some(next + 1);
            Some(next)
        } else if name.bytes().all(|byte| byte.is_ascii_digit()) {
            if self.counted.is_some() {
                return Err(Stop::value_error(
                    "cannot switch from automatic field numbering to manual field specification",
                ));
            }
            self.numbered = true;
            name.parse::<usize>().ok()
        } else {
            None
        };
        match (number, &self.mapping) {
            (Some(_), Some(_)) => Err(Stop::value_error("Format string contains positional fields")),
            (Some(number), None) => match self.positional.get(number) {
                Some(value) => Ok(value.clone()),
                None => Err(Stop::raise(
                    &INDEX_ERROR,
                    format!("Replacement index {number} out of range for positional args tuple"),
                )),
            },
            (None, Some(mapping)) => {
                let mapping = mapping.clone();
                vm.item(&mapping, &Value::str(name))
            }
            (None, None) => match self.named.iter().find(|(own, _)| &**own == name) {
                Some((_, value)) => Ok(value.clone()),
                None => Err(Stop::key_error(Value::str(name))),
            },
        }
    }
}
