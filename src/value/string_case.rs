//! Methods of `str` about the case and the kind of characters; those of `bytes` see ASCII alone.

use super::string::{Own, own};
use super::{Args, Eval, Value, unicode};
use crate::eval::Vm;

/// Takes the receiver of a method without arguments.
fn alone(vm: &mut Vm, mut args: Args) -> Eval<Own> {
    let own = own(&mut args)?;
    args.finish()?;
    vm.spend(own.text.len() / 64)?;
    Ok(own)
}

pub(super) fn upper(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    Ok(own.give(if own.bytes { own.text.to_ascii_uppercase() } else { own.text.to_uppercase() }))
}

pub(super) fn lower(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    Ok(own.give(if own.bytes { own.text.to_ascii_lowercase() } else { unicode::lower(&own.text) }))
}

pub(super) fn casefold(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    Ok(own.give(unicode::casefold(&own.text)))
}

/// The lower case of each character, where it stands: that of `Σ` depends on its neighbours.
fn lower_pieces(own: &Own) -> Vec<String> {
    if own.bytes {
        return own.text.chars().map(|char| char.to_ascii_lowercase().to_string()).collect();
    }
    let whole = unicode::lower(&own.text);
    let mut lower = whole.chars();
    own.text.chars().map(|char| lower.by_ref().take(char.to_lowercase().count()).collect()).collect()
}

fn upper_char(own: &Own, char: char) -> String {
    if own.bytes { char.to_ascii_uppercase().to_string() } else { char.to_uppercase().collect() }
}

fn title_char(own: &Own, char: char) -> String {
    if own.bytes { char.to_ascii_uppercase().to_string() } else { unicode::title(char) }
}

fn is_lower(own: &Own, char: char) -> bool {
    if own.bytes { char.is_ascii_lowercase() } else { char.is_lowercase() }
}

fn is_upper(own: &Own, char: char) -> bool {
    if own.bytes { char.is_ascii_uppercase() } else { char.is_uppercase() }
}

fn is_title(own: &Own, char: char) -> bool {
    !own.bytes && unicode::is_title(char)
}

pub(super) fn capitalize(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    let Some(first) = own.text.chars().next() else { return Ok(own.give("")) };
    let mut text = title_char(&own, first);
    text.extend(lower_pieces(&own).into_iter().skip(1));
    Ok(own.give(text))
}

pub(super) fn title(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    let mut text = String::with_capacity(own.text.len());
    let mut inside = false;
    for (char, lower) in own.text.chars().zip(lower_pieces(&own)) {
        text.push_str(&if inside { lower } else { title_char(&own, char) });
        inside = is_lower(&own, char) || is_upper(&own, char) || is_title(&own, char);
    }
    Ok(own.give(text))
}

pub(super) fn swapcase(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    let text: String = own
        .text
        .chars()
        .zip(lower_pieces(&own))
        .map(|(char, lower)| match (is_upper(&own, char), is_lower(&own, char)) {
            (true, _) => lower,
            (_, true) => upper_char(&own, char),
            (false, false) => char.to_string(),
        })
        .collect();
    Ok(own.give(text))
}

/// Whether all characters pass, and there is one.
fn all(vm: &mut Vm, args: Args, test: fn(char) -> bool) -> Eval<Value> {
    let own = alone(vm, args)?;
    let passes = |char: char| test(char) && (!own.bytes || char.is_ascii());
    Ok(Value::Bool(!own.text.is_empty() && own.text.chars().all(passes)))
}

pub(super) fn isalpha(vm: &mut Vm, args: Args) -> Eval<Value> {
    all(vm, args, unicode::is_alpha)
}

pub(super) fn isalnum(vm: &mut Vm, args: Args) -> Eval<Value> {
    all(vm, args, |char| unicode::is_alpha(char) || unicode::is_numeric(char))
}

pub(super) fn isdecimal(vm: &mut Vm, args: Args) -> Eval<Value> {
    all(vm, args, unicode::is_decimal)
}

pub(super) fn isdigit(vm: &mut Vm, args: Args) -> Eval<Value> {
    all(vm, args, unicode::is_digit)
}

pub(super) fn isnumeric(vm: &mut Vm, args: Args) -> Eval<Value> {
    all(vm, args, unicode::is_numeric)
}

pub(super) fn isspace(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    Ok(Value::Bool(!own.text.is_empty() && own.text.chars().all(|char| own.is_space(char))))
}

pub(super) fn isascii(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    Ok(Value::Bool(own.text.is_ascii()))
}

pub(super) fn isprintable(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    Ok(Value::Bool(own.text.chars().all(unicode::is_printable)))
}

pub(super) fn isidentifier(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    Ok(Value::Bool(unicode::is_identifier(&own.text)))
}

pub(super) fn islower(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    let other = own.text.chars().any(|char| is_upper(&own, char) || is_title(&own, char));
    Ok(Value::Bool(!other && own.text.chars().any(|char| is_lower(&own, char))))
}

pub(super) fn isupper(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    let other = own.text.chars().any(|char| is_lower(&own, char) || is_title(&own, char));
    Ok(Value::Bool(!other && own.text.chars().any(|char| is_upper(&own, char))))
}

pub(super) fn istitle(vm: &mut Vm, args: Args) -> Eval<Value> {
    let own = alone(vm, args)?;
    let (mut inside, mut any) = (false, false);
    for char in own.text.chars() {
        if is_upper(&own, char) || is_title(&own, char) {
            if inside {
                return Ok(Value::Bool(false));
            }
            (inside, any) = (true, true);
        } else if is_lower(&own, char) {
            if !inside {
                return Ok(Value::Bool(false));
            }
        } else {
            inside = false;
        }
    }
    Ok(Value::Bool(any))
}
