//! `str.translate` and `str.maketrans`.

use num_traits::ToPrimitive;

use super::exception::OVERFLOW_ERROR;
use super::string::own;
use super::{Args, Eval, Key, Stop, Value};
use crate::eval::Vm;

pub(super) fn maketrans(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let first = args.need()?;
    let (second, third) = (args.pop(), args.pop());
    args.finish()?;
    let mut table: crate::map::IndexMap<Key, Value> = crate::map::IndexMap::default();
    let code = |char: char| Key::int(u32::from(char));
    let Some(second) = second else {
        let Value::Dict(source) = first.plain() else {
            return Err(Stop::type_error("if you give only one argument to maketrans it must be a dict"));
        };
        let items: Vec<(Key, Value)> = source.items()?.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        for (key, value) in items {
            match (key.value().text(), key.value().as_int()) {
                (Some(text), _) => {
                    let mut chars = text.chars();
                    match (chars.next(), chars.next()) {
                        (Some(char), None) => {
                            table.insert(code(char), value);
                        }
                        _ => {
                            return Err(Stop::value_error(
                                "string keys in translate table must be of length 1",
                            ));
                        }
                    }
                }
                (None, Some(_)) => {
                    table.insert(key, value);
                }
                (None, None) => {
                    return Err(Stop::type_error("keys in translate table must be strings or integers"));
                }
            }
        }
        return Ok(Value::Dict(std::rc::Rc::new(super::Dict::new(table))));
    };
    let text = |value: &Value| match value.text() {
        Some(text) => Ok(text),
        None => Err(Stop::type_error(format!("maketrans() argument must be str, not {}", value.type_name()))),
    };
    let (from, to) = (text(&first)?, text(&second)?);
    if super::iter::char_count(&from) != super::iter::char_count(&to) {
        return Err(Stop::value_error("the first two maketrans arguments must have equal length"));
    }
    for (from, to) in from.chars().zip(to.chars()) {
        table.insert(code(from), Value::int(u32::from(to)));
    }
    if let Some(gone) = third {
        for char in text(&gone)?.chars() {
            table.insert(code(char), Value::None);
        }
    }
    Ok(Value::Dict(std::rc::Rc::new(super::Dict::new(table))))
}

pub(super) fn translate(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let own = own(&mut args)?;
    let table = args.need()?;
    args.finish()?;
    if own.bytes {
        return vm.unsupported("`bytes.translate` is not modelled");
    }
    let mut text = String::new();
    for char in own.text.chars() {
        vm.spend(1)?;
        let found = match vm.item(&table, &Value::int(u32::from(char))) {
            Err(Stop::Raise(raise)) => {
                let lookup = Value::Type(&super::exception::LOOKUP_ERROR);
                if !vm.is_instance(&raise.exception, &lookup)? {
                    return Err(Stop::Raise(raise));
                }
                text.push(char);
                continue;
            }
            found => found?.known()?,
        };
        match (&found, found.text(), found.as_int()) {
            (Value::None, _, _) => {}
            (_, Some(part), _) => text.push_str(&part),
            (_, None, Some(code)) => match code.to_u32().and_then(char::from_u32) {
                Some(char) => text.push(char),
                None => {
                    return Err(Stop::raise(&OVERFLOW_ERROR, "character mapping must be in range(0x110000)"));
                }
            },
            _ => {
                return Err(Stop::type_error("character mapping must return integer, None or str"));
            }
        }
        if text.len() > vm.budget.limits().size {
            vm.check_size(text.len())?;
        }
    }
    Ok(Value::from(text))
}
