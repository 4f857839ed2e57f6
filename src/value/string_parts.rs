//! Methods of `str` and `bytes` that take a text apart or put one together: `split`, `strip`, `join`, `ljust` and their kin.

use std::rc::Rc;

use super::iter::char_count;
use super::string::{Own, limit, own};
use super::{Args, Eval, Stop, Value, unicode};
use crate::eval::Vm;

pub(super) fn join(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let items = args.need()?;
    args.finish()?;
    let items = match vm.iterate(&items) {
        Err(Stop::Raise(_)) if !matches!(items, Value::Instance(_) | Value::Object(_)) => {
            return Err(Stop::type_error("can only join an iterable"));
        }
        items => items?,
    };
    let mut joined = String::new();
    for (at, item) in items.iter().enumerate() {
        let Some(text) = own.part(item)? else {
            let expected = if own.bytes { "a bytes-like object" } else { "str instance" };
            return Err(Stop::type_error(format!(
                "sequence item {at}: expected {expected}, {} found",
                item.type_name()
            )));
        };
        if at > 0 {
            joined.push_str(&own.text);
        }
        joined.push_str(&text);
        if joined.len() > vm.budget.limits().size {
            vm.check_size(joined.len())?;
        }
    }
    vm.check_size(joined.len())?;
    Ok(own.give(joined))
}

fn separator(own: &Own, value: Option<Value>) -> Eval<Option<Rc<str>>> {
    match value {
        None | Some(Value::None) => Ok(None),
        Some(value) => {
            let separator = own.operand(&value)?;
            if separator.is_empty() {
                return Err(Stop::value_error("empty separator"));
            }
            Ok(Some(separator))
        }
    }
}

fn give_all<'a>(vm: &mut Vm, own: &Own, texts: impl IntoIterator<Item = &'a str>) -> Eval<Value> {
    let items: Vec<Value> = texts.into_iter().map(|text| own.give(text)).collect();
    vm.check_size(items.len())?;
    vm.spend(own.text.len() / 16)?;
    Ok(Value::list(items))
}

pub(super) fn split(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let (sep, maxsplit) = (args.take("sep"), args.take("maxsplit"));
    args.finish()?;
    let most = limit(vm, maxsplit)?.unwrap_or(usize::MAX);
    let sep = separator(&own, sep)?;
    if let Some(sep) = sep {
        return give_all(vm, &own, own.text.splitn(most.saturating_add(1), &*sep));
    }
    let mut pieces = Vec::new();
    let mut rest = own.text.trim_start_matches(|char| own.is_space(char));
    while !rest.is_empty() {
        if pieces.len() == most {
            // What is left keeps its inner white space; Python drops it at the start alone.
            pieces.push(rest);
            break;
        }
        let end = rest.find(|char| own.is_space(char)).unwrap_or(rest.len());
        pieces.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(|char| own.is_space(char));
    }
    give_all(vm, &own, pieces)
}

pub(super) fn rsplit(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let (sep, maxsplit) = (args.take("sep"), args.take("maxsplit"));
    args.finish()?;
    let most = limit(vm, maxsplit)?.unwrap_or(usize::MAX);
    let sep = separator(&own, sep)?;
    let mut pieces: Vec<&str> = Vec::new();
    if let Some(sep) = sep {
        pieces.extend(own.text.rsplitn(most.saturating_add(1), &*sep));
    } else {
        let mut rest = own.text.trim_end_matches(|char| own.is_space(char));
        while !rest.is_empty() {
            if pieces.len() == most {
                pieces.push(rest);
                break;
            }
            let start = rest
                .char_indices()
                .rev()
                .find(|(_, char)| own.is_space(*char))
                .map_or(0, |(at, char)| at + char.len_utf8());
            pieces.push(&rest[start..]);
            rest = rest[..start].trim_end_matches(|char| own.is_space(char));
        }
    }
    pieces.reverse();
    give_all(vm, &own, pieces)
}

pub(super) fn splitlines(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let keep = match args.take("keepends") {
        Some(keep) => vm.truth(&keep)?,
        None => false,
    };
    args.finish()?;
    let breaks =
        |char: char| if own.bytes { matches!(char, '\n' | '\r') } else { unicode::is_line_break(char) };
    let mut lines = Vec::new();
    let mut rest = &*own.text;
    while !rest.is_empty() {
        let Some((end, char)) = rest.char_indices().find(|(_, char)| breaks(*char)) else {
            lines.push(rest);
            break;
        };
        let next = if rest[end..].starts_with("\r\n") { end + 2 } else { end + char.len_utf8() };
        lines.push(&rest[..if keep { next } else { end }]);
        rest = &rest[next..];
    }
    give_all(vm, &own, lines)
}

fn partitioned(own: &Own, parts: Option<(&str, &str)>, sep: &str, last: bool) -> Value {
    let (head, sep, tail) = match parts {
        Some((head, tail)) => (head, sep, tail),
        None if last => ("", "", &*own.text),
        None => (&*own.text, "", ""),
    };
    Value::tuple(vec![own.give(head), own.give(sep), own.give(tail)])
}

pub(super) fn partition(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let sep = Some(args.need()?);
    args.finish()?;
    let sep = separator(&own, sep)?.unwrap_or_default();
    Ok(partitioned(&own, own.text.split_once(&*sep), &sep, false))
}

pub(super) fn rpartition(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let sep = Some(args.need()?);
    args.finish()?;
    let sep = separator(&own, sep)?.unwrap_or_default();
    Ok(partitioned(&own, own.text.rsplit_once(&*sep), &sep, true))
}

fn trim(mut args: Args, start: bool, end: bool) -> Eval<Value> {
    let own = own(&mut args)?;
    let chars = match args.pop() {
        None | Some(Value::None) => None,
        Some(chars) => Some(own.operand(&chars)?),
    };
    args.finish()?;
    let gone = |char: char| match &chars {
        None => own.is_space(char),
        Some(chars) => chars.contains(char),
    };
    let mut text = &*own.text;
    if start {
        text = text.trim_start_matches(gone);
    }
    if end {
        text = text.trim_end_matches(gone);
    }
    Ok(own.give(text))
}

pub(super) fn strip(_: &mut Vm, args: Args) -> Eval<Value> {
    trim(args, true, true)
}

pub(super) fn lstrip(_: &mut Vm, args: Args) -> Eval<Value> {
    trim(args, true, false)
}

pub(super) fn rstrip(_: &mut Vm, args: Args) -> Eval<Value> {
    trim(args, false, true)
}

pub(super) fn removeprefix(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let part = args.need()?;
    args.finish()?;
    let part = own.operand(&part)?;
    Ok(own.give(own.text.strip_prefix(&*part).unwrap_or(&own.text)))
}

pub(super) fn removesuffix(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let part = args.need()?;
    args.finish()?;
    let part = own.operand(&part)?;
    Ok(own.give(own.text.strip_suffix(&*part).unwrap_or(&own.text)))
}

/// Pads to a width; `share` gives how many of the missing characters go to the left.
fn pad(vm: &mut Vm, mut args: Args, share: fn(usize, usize) -> usize) -> Eval<Value> {
    let own = own(&mut args)?;
    let width = args.need()?;
    let width = vm.count(&width)?;
    let fill = match args.pop() {
        None => ' ',
        Some(fill) => {
            let fill = own.operand(&fill)?;
            let mut chars = fill.chars();
            match (chars.next(), chars.next()) {
                (Some(fill), None) => fill,
                _ => {
                    return Err(Stop::type_error("The fill character must be exactly one character long"));
                }
            }
        }
    };
    args.finish()?;
    let missing = width.saturating_sub(char_count(&own.text));
    vm.check_size(own.text.len().saturating_add(missing))?;
    let left = share(missing, width);
    let padding = |count: usize| std::iter::repeat_n(fill, count);
    let text: String = padding(left).chain(own.text.chars()).chain(padding(missing - left)).collect();
    Ok(own.give(text))
}

pub(super) fn ljust(vm: &mut Vm, args: Args) -> Eval<Value> {
    pad(vm, args, |_, _| 0)
}

pub(super) fn rjust(vm: &mut Vm, args: Args) -> Eval<Value> {
    pad(vm, args, |missing, _| missing)
}

pub(super) fn center(vm: &mut Vm, args: Args) -> Eval<Value> {
    // An odd one out goes to the left where the width is odd.
    pad(vm, args, |missing, width| missing / 2 + (missing & width & 1))
}

pub(super) fn zfill(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let width = args.need()?;
    let width = vm.count(&width)?;
    args.finish()?;
    let missing = width.saturating_sub(char_count(&own.text));
    vm.check_size(own.text.len().saturating_add(missing))?;
    let (sign, digits) = match own.text.chars().next() {
        Some('+' | '-') => own.text.split_at(1),
        _ => ("", &*own.text),
    };
    Ok(own.give(format!("{sign}{}{digits}", "0".repeat(missing))))
}

pub(super) fn expandtabs(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let size = match args.take("tabsize") {
        Some(size) => vm.count(&size)?,
        None => 8,
    };
    args.finish()?;
    let tabs = own.text.matches('\t').count();
    vm.check_size(own.text.len().saturating_add(tabs.saturating_mul(size)))?;
    let mut text = String::new();
    let mut column = 0;
    for char in own.text.chars() {
        match char {
            '\t' if size > 0 => {
                let spaces = size - column % size;
                text.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\t' => {}
            '\n' | '\r' => {
                text.push(char);
                column = 0;
            }
            _ => {
                text.push(char);
                column += 1;
            }
        }
    }
    Ok(own.give(text))
}
