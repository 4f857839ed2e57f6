//! `Variable`: what the user supplied, else what the code falls back to.

use std::rc::Rc;

use super::api::ApiClass;
use super::state::State;
use crate::datum::{Cause, CauseKind, Template};
use crate::eval::{Got, Outside, Read, Vm, What, plain_text};
use crate::source::Span;
use crate::value::{Args, Effect, Eval, Native, Stop, Value};

/// The class `Variable`.
pub static VARIABLE_CLASS: ApiClass = ApiClass {
    name: "Variable",
    module: "airflow.sdk.definitions.variable",
    new: |vm, _| vm.unknown(CauseKind::NotModelled, "a `Variable` object is not modelled"),
    statics: &[
        Native::new("get", get).lenient(),
        Native::new("set", set).lenient(),
        Native::new("setdefault", setdefault).lenient(),
        Native::new("update", set).lenient(),
        Native::new("delete", |_, _| Ok(Value::None)).lenient(),
        Native::new("get_variable_from_secrets", |vm, mut args| {
            let key = args.expect("key")?;
            lookup(vm, &key, None, false, args.span)
        })
        .lenient(),
    ],
    effect: Effect::None,
    builds: false,
    derived: None,
};

fn flag(vm: &mut Vm, args: &mut Args, name: &str) -> Eval<bool> {
    match args.take(name) {
        None => Ok(false),
        Some(value) => vm.truth(&value),
    }
}

/// `Variable.get(key, default_var, deserialize_json)`; 3.x calls the default `default`.
fn get(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let key = args.expect("key")?;
    let default = match args.named_arg("default_var") {
        Some(arg) => {
            // `airflow.models.Variable` of 3.0 still takes it; that of the SDK does not.
            Some(arg.value)
        }
        None => args.take("default"),
    };
    let json = flag(vm, &mut args, "deserialize_json")?;
    let _session = args.take("session");
    args.finish()?;
    lookup(vm, &key, default, json, span)
}

/// `Variable.setdefault(key, default, description, deserialize_json)`.
fn setdefault(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let key = args.expect("key")?;
    let default = args.expect("default")?;
    let _description = args.take("description");
    let json = flag(vm, &mut args, "deserialize_json")?;
    lookup(vm, &key, Some(default), json, span)
}

fn lookup(vm: &mut Vm, key: &Value, default: Option<Value>, json: bool, span: Span) -> Eval<Value> {
    let name = match key {
        Value::Str(name) => Rc::clone(name),
        Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
        other => {
            return Err(Stop::type_error(format!("a Variable's key is text, not `{}`", other.type_name())));
        }
    };
    if let Some(value) = State::of(vm).variables.get(&*name) {
        return Ok(value.clone());
    }
    let kind = CauseKind::Variable(name.to_string());
    let supplied = vm.world.supplied(&kind).map(str::to_owned);
    vm.note_outside(Outside {
        kind: kind.clone(),
        name: name.to_string(),
        span,
        got: Got::of(supplied.is_some(), default.is_some()),
        default: default.as_ref().and_then(plain_text),
        json,
    });
    if let Some(text) = supplied {
        return if json { parse(vm, &name, &text, span) } else { Ok(Value::str(text)) };
    }
    let help = format!("supply it with `--variable {name}={}`", if json { "JSON" } else { "VALUE" });
    let has_default = default.is_some();
    if let Some(value) = default {
        vm.reads.insert(Read { what: What::Defaulted(kind.clone()), span });
        if vm.world.takes_default(&kind) {
            return Ok(value);
        }
    }
    let message = format!("the Airflow Variable `{name}` is not supplied");
    let cause = Cause::new(kind, span, message).with_help(help).data();
    match template(&name, json, span) {
        Some(template) if !has_default => {
            vm.note_may_raise(&cause);
            Ok(Value::Unknown(cause.with_template(template)))
        }
        _ => Err(Stop::Unknown(cause)),
    }
}

/// The template that reads the Variable when a task runs, where its name can be said in one.
///
/// Source: `VariableAccessor` of Airflow 2.10.5 and 3.0.6, whose own attributes hide Variables of their names.
fn template(name: &str, json: bool, span: Span) -> Option<Template> {
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !matches!(name, "get" | "var");
    let accessor = if json { "json" } else { "value" };
    let text = || format!("{{{{ var.{accessor}.{name} }}}}");
    is_plain.then(|| Template { text: text(), is_text: !json, reads: vec![(name.to_owned(), span)] })
}

fn parse(vm: &mut Vm, name: &str, text: &str, span: Span) -> Eval<Value> {
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(value) => from_json(vm, &value),
        Err(error) => {
            let message = format!("the value supplied for the Airflow Variable `{name}` is no JSON: {error}");
            let cause = Cause::new(CauseKind::Variable(name.to_owned()), span, message);
            Err(Stop::Unknown(cause.with_help(format!("supply it with `--variable {name}=JSON`"))))
        }
    }
}

/// A Python value of JSON.
pub fn from_json(vm: &mut Vm, value: &serde_json::Value) -> Eval<Value> {
    vm.spend(1)?;
    Ok(match value {
        serde_json::Value::Null => Value::None,
        serde_json::Value::Bool(flag) => Value::Bool(*flag),
        serde_json::Value::Number(number) => {
            let text = number.to_string();
            match text.parse::<num_bigint::BigInt>() {
                Ok(number) => Value::int(number),
                Err(_) => Value::Float(text.parse().unwrap_or(f64::NAN)),
            }
        }
        serde_json::Value::String(text) => Value::str(text.as_str()),
        serde_json::Value::Array(items) => {
            Value::list(items.iter().map(|item| from_json(vm, item)).collect::<Eval<_>>()?)
        }
        serde_json::Value::Object(items) => {
            let items = items
                .iter()
                .map(|(key, item)| Ok((key.as_str(), from_json(vm, item)?)))
                .collect::<Eval<Vec<_>>>()?;
            Value::dict(items)
        }
    })
}

/// `Variable.set(key, value, …)`: later reads in the same file see it.
fn set(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let key = args.expect("key")?;
    let value = args.take("value").unwrap_or_default();
    let _description = args.take("description");
    let serialize = args.take("serialize_json").is_some();
    let Value::Str(name) = key else { return Ok(Value::None) };
    let stored = match value {
        Value::Str(text) => Value::Str(text),
        Value::Unknown(cause) => Value::Unknown(cause),
        other if serialize => Value::Unknown(vm.cause(
            CauseKind::NotModelled,
            format!("the Variable `{name}` is set to a `{}`", other.type_name()),
        )),
        other => vm.str(&other).map_or_else(
            |_| {
                Value::Unknown(vm.cause(CauseKind::NotModelled, format!("the Variable `{name}` is set here")))
            },
            Value::Str,
        ),
    };
    State::of(vm).variables.insert(name.to_string(), stored);
    Ok(Value::None)
}
