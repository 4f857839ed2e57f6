//! `sub`, `subn`, `split`, and the templates of replacements.

use std::rc::Rc;

use super::found::Found;
use super::{Pattern, subject};
use crate::eval::Vm;
use crate::modules::support::{as_text, not_modelled, within_size};
use crate::value::{Args, Eval, Stop, Value};

/// The text of a replacement's template for a match.
pub(super) fn expand(vm: &mut Vm, found: &Found, template: &str) -> Eval<String> {
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(char) = rest.chars().next() else {
            return not_modelled(vm, "a backslash at the end of a replacement is an error");
        };
        rest = &rest[char.len_utf8()..];
        match char {
            'g' if rest.starts_with('<') => {
                let Some((name, behind)) = rest[1..].split_once('>') else {
                    return not_modelled(vm, "this reference in a replacement is not modelled");
                };
                rest = behind;
                let names = &found.pattern.translated.names;
                let named = names.iter().find(|(other, _)| other == name).map(|(_, at)| *at);
                match named.or_else(|| name.parse().ok()) {
                    Some(at) if at < found.ranges.len() => push(&mut text, found, at),
                    _ => return not_modelled(vm, "this reference in a replacement is not modelled"),
                }
            }
            '1'..='9' => {
                let mut number = char.to_string();
                if let Some(digit) = rest.chars().next().filter(char::is_ascii_digit) {
                    number.push(digit);
                    rest = &rest[1..];
                    if rest.starts_with(|c: char| c.is_digit(8)) && number.chars().all(|digit| digit < '8') {
                        return not_modelled(vm, "an octal escape in a replacement is not modelled");
                    }
                }
                match number.parse::<usize>() {
                    Ok(at) if at < found.ranges.len() => push(&mut text, found, at),
                    _ => return not_modelled(vm, "this reference in a replacement is not modelled"),
                }
            }
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'a' => text.push('\u{7}'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'v' => text.push('\u{b}'),
            '\\' => text.push('\\'),
            char if char.is_ascii_alphanumeric() => {
                return not_modelled(vm, format!("the escape `\\{char}` in a replacement is not modelled"));
            }
            char => {
                text.push('\\');
                text.push(char);
            }
        }
    }
    text.push_str(rest);
    Ok(text)
}

fn push(text: &mut String, found: &Found, at: usize) {
    if let Some(range) = found.ranges[at].clone() {
        text.push_str(&found.text[range]);
    }
}

fn replaced(vm: &mut Vm, pattern: &Rc<Pattern>, mut args: Args) -> Eval<(Value, usize)> {
    let replacement = args.expect("repl")?;
    let value = args.expect("string")?;
    let count = args.take("count").map_or(Ok(0), |count| vm.count(&count))?;
    args.positional.push_front(crate::value::Arg { value, span: args.span });
    let (source, _) = subject(vm, &mut args)?;
    args.finish()?;
    let most = if count == 0 { usize::MAX } else { count };
    let found = pattern.find_all(vm, &source, 0, most)?;
    let template = as_text(&replacement);
    let mut text = String::new();
    let mut end = 0;
    let number = found.len();
    for found in found {
        let range = found.range();
        text.push_str(&source[end..range.start]);
        end = range.end;
        match &template {
            Some(template) => text.push_str(&expand(vm, &found, template)?),
            None => match vm.call_with(&replacement, [Value::object(found)])?.known()? {
                Value::Str(part) => text.push_str(&part),
                Value::None => {}
                other => {
                    return Err(Stop::type_error(format!(
                        "expected str instance, {} found",
                        other.type_name()
                    )));
                }
            },
        }
        within_size(vm, text.len())?;
    }
    text.push_str(&source[end..]);
    Ok((Value::from(text), number))
}

pub(super) fn sub(vm: &mut Vm, pattern: &Rc<Pattern>, args: Args) -> Eval<Value> {
    replaced(vm, pattern, args).map(|(text, _)| text)
}

pub(super) fn subn(vm: &mut Vm, pattern: &Rc<Pattern>, args: Args) -> Eval<Value> {
    let (text, number) = replaced(vm, pattern, args)?;
    Ok(Value::tuple([text, Value::int(number)]))
}

pub(super) fn split(vm: &mut Vm, pattern: &Rc<Pattern>, mut args: Args) -> Eval<Value> {
    let value = args.expect("string")?;
    let count = args.take("maxsplit").map_or(Ok(0), |count| vm.count(&count))?;
    args.positional.push_front(crate::value::Arg { value, span: args.span });
    let (source, _) = subject(vm, &mut args)?;
    args.finish()?;
    let most = if count == 0 { usize::MAX } else { count };
    let mut parts = Vec::new();
    let mut end = 0;
    for found in pattern.find_all(vm, &source, 0, most)? {
        let range = found.range();
        parts.push(Value::str(&source[end..range.start]));
        parts.extend((1..found.ranges.len()).map(|at| found.part(at, &Value::None)));
        end = range.end;
    }
    parts.push(Value::str(&source[end..]));
    Ok(Value::list(parts))
}
