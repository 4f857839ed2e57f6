//! Methods of `str` and `bytes` that look for a text: `find`, `count`, `replace`, `startswith` and their kin.

use super::iter::char_count;
use super::string::{Own, limit, own, window};
use super::{Args, Eval, Stop, Value};
use crate::eval::Vm;

/// Where the first, or last, occurrence stands.
fn search(vm: &mut Vm, own: &Own, mut args: Args, last: bool) -> Eval<Option<usize>> {
    let wanted = args.need()?;
    let part = match (own.part(&wanted)?, own.bytes) {
        (Some(part), _) => part,
        // A number stands for one byte.
        (None, true) => match u8::try_from(&vm.index(&wanted)?) {
            Ok(byte) => char::from(byte).to_string().into(),
            Err(_) => return Err(Stop::value_error("byte must be in range(0, 256)")),
        },
        (None, false) => own.operand(&wanted)?,
    };
    let (start, end) = (args.pop(), args.pop());
    args.finish()?;
    let Some((inside, before)) = window(vm, &own.text, start, end)? else { return Ok(None) };
    let at = if last { inside.rfind(&*part) } else { inside.find(&*part) };
    Ok(at.map(|at| before + char_count(&inside[..at])))
}

fn found(at: Option<usize>) -> Value {
    at.map_or_else(|| Value::int(-1), Value::int)
}

fn needed(own: &Own, at: Option<usize>) -> Eval<Value> {
    match at {
        Some(at) => Ok(Value::int(at)),
        None if own.bytes => Err(Stop::value_error("subsection not found")),
        None => Err(Stop::value_error("substring not found")),
    }
}

pub(super) fn find(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    search(vm, &own, args, false).map(found)
}

pub(super) fn rfind(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    search(vm, &own, args, true).map(found)
}

pub(super) fn index(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let at = search(vm, &own, args, false)?;
    needed(&own, at)
}

pub(super) fn rindex(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let at = search(vm, &own, args, true)?;
    needed(&own, at)
}

pub(super) fn count(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let wanted = args.need()?;
    let part = own.operand(&wanted)?;
    let (start, end) = (args.pop(), args.pop());
    args.finish()?;
    let Some((inside, _)) = window(vm, &own.text, start, end)? else { return Ok(Value::int(0)) };
    let count = if part.is_empty() { char_count(inside) + 1 } else { inside.matches(&*part).count() };
    Ok(Value::int(count))
}

pub(super) fn replace(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let (old, new) = (args.need()?, args.need()?);
    let (old, new) = (own.operand(&old)?, own.operand(&new)?);
    // By name since Python 3.13.
    let count = args.take("count");
    let count = limit(vm, count)?;
    args.finish()?;
    let occurrences =
        if old.is_empty() { char_count(&own.text) + 1 } else { own.text.matches(&*old).count() };
    let occurrences = occurrences.min(count.unwrap_or(usize::MAX));
    vm.check_size(own.text.len().saturating_add(occurrences.saturating_mul(new.len())))?;
    Ok(own.give(own.text.replacen(&*old, &new, occurrences)))
}

pub(super) fn startswith(vm: &mut Vm, args: Args) -> Eval<Value> {
    affix(vm, args, "startswith", |text, part| text.starts_with(part))
}

pub(super) fn endswith(vm: &mut Vm, args: Args) -> Eval<Value> {
    affix(vm, args, "endswith", |text, part| text.ends_with(part))
}

fn affix(vm: &mut Vm, mut args: Args, name: &str, matches: fn(&str, &str) -> bool) -> Eval<Value> {
    let own = own(&mut args)?;
    let wanted = args.need()?;
    let (start, end) = (args.pop(), args.pop());
    args.finish()?;
    let kind = if own.bytes { "bytes" } else { "str" };
    let options = match wanted.plain() {
        Value::Tuple(options) => {
            let mut texts = Vec::with_capacity(options.len());
            for option in options.iter() {
                match own.part(option)? {
                    Some(text) => texts.push(text),
                    None => {
                        return Err(Stop::type_error(format!(
                            "tuple for {name} must only contain {kind}, not {}",
                            option.type_name()
                        )));
                    }
                }
            }
            texts
        }
        plain => match own.part(&plain)? {
            Some(text) => vec![text],
            None => {
                return Err(Stop::type_error(format!(
                    "{name} first arg must be {kind} or a tuple of {kind}, not {}",
                    plain.type_name()
                )));
            }
        },
    };
    let Some((inside, _)) = window(vm, &own.text, start, end)? else { return Ok(Value::Bool(false)) };
    Ok(Value::Bool(options.iter().any(|option| matches(inside, option))))
}
