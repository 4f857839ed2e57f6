//! `Variable`: what the user supplied, else what the code falls back to.

use std::rc::Rc;

use super::api::ApiClass;
use super::state::State;
use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Assume, Collector, Read, Vm, What};
use crate::source::Span;
use crate::value::{Args, Effect, Eval, Native, Object, Stop, Value};

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
    // Airflow looks into the environment before its database.
    let variable = format!("AIRFLOW_VAR_{}", name.to_uppercase());
    let supplied = vm.world.env.get(&variable).or_else(|| vm.world.variables.get(&*name)).cloned();
    if let Some(text) = supplied {
        return if json { parse(vm, &name, &text, span) } else { Ok(Value::str(text)) };
    }
    let kind = CauseKind::Variable(name.to_string());
    let help = format!("supply it with `--variable {name}=VALUE`");
    if let Some(value) = default {
        vm.reads.push(Read { what: What::Defaulted(kind.clone()), span });
        if vm.world.assume == Assume::Default {
            return Ok(value);
        }
    }
    let message = format!("the Airflow Variable `{name}` is not supplied");
    Err(Stop::Unknown(Cause::new(kind, span, message).with_help(help)))
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

/// `airflow.configuration.conf`.
pub struct Conf;

impl Object for Conf {
    fn type_name(&self) -> Rc<str> {
        "AirflowConfigParser".into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let getter = match name {
            "get" | "get_mandatory_value" => &CONF_GET,
            "getint" => &CONF_GET_INT,
            "getfloat" => &CONF_GET_FLOAT,
            "getboolean" => &CONF_GET_BOOLEAN,
            "getlist" | "getjson" | "getenum" | "gettimedelta" | "getimport" => &CONF_GET_OTHER,
            _ => {
                let message = format!("the Airflow configuration is not known: `conf.{name}`");
                return Ok(Some(Value::Unknown(vm.cause(CauseKind::Config(name.to_owned()), message))));
            }
        };
        Ok(Some(Value::Native(getter)))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(
            collector.cause(CauseKind::Unsupported, "the Airflow configuration is used as a value"),
        )
    }
}

/// `conf.get(section, key)` in all its forms: what the user supplied as `AIRFLOW__SECTION__KEY`, read as the form reads it.
fn conf_get(vm: &mut Vm, mut args: Args, read: fn(&str) -> Option<Value>) -> Eval<Value> {
    let part = |value: Option<Value>| match value {
        Some(Value::Str(text)) => text.to_string(),
        _ => "?".to_owned(),
    };
    let section = part(args.take("section"));
    let key = part(args.take("key"));
    let variable = format!("AIRFLOW__{}__{}", section.to_uppercase(), key.to_uppercase());
    let fallback = args.take("fallback");
    if let Some(text) = vm.world.env.get(&variable) {
        if let Some(value) = read(text) {
            return Ok(value);
        }
        let message = format!("`{variable}` is not of the type that the code reads");
        return vm.unknown(CauseKind::Config(format!("{section}.{key}")), message);
    }
    if (section.as_str(), key.as_str()) == ("core", "dags_folder") {
        return Ok(Value::str(vm.world.runtime_dags_folder.to_string_lossy().into_owned()));
    }
    let kind = CauseKind::Config(format!("{section}.{key}"));
    if let Some(value) = fallback {
        vm.reads.push(Read { what: What::Defaulted(kind.clone()), span: args.span });
        if vm.world.assume == Assume::Default {
            return Ok(value);
        }
    }
    let message = format!("the Airflow configuration value `{section}.{key}` is not supplied");
    let cause = Cause::new(kind, args.span, message);
    Err(Stop::Unknown(cause.with_help(format!("supply it with `--env {variable}=VALUE`"))))
}

fn read_bool(text: &str) -> Option<Value> {
    // Source: `AirflowConfigParser.getboolean`.
    match text.split('#').next().unwrap_or(text).trim().to_lowercase().as_str() {
        "t" | "true" | "1" => Some(Value::Bool(true)),
        "f" | "false" | "0" => Some(Value::Bool(false)),
        _ => None,
    }
}

/// `conf.get`.
pub static CONF_GET: Native =
    Native::new("get", |vm, args| conf_get(vm, args, |text| Some(Value::str(text)))).lenient();
/// `conf.getint`.
pub static CONF_GET_INT: Native = Native::new("getint", |vm, args| {
    conf_get(vm, args, |text| text.trim().parse::<num_bigint::BigInt>().ok().map(Value::int))
})
.lenient();
/// `conf.getfloat`.
pub static CONF_GET_FLOAT: Native =
    Native::new("getfloat", |vm, args| conf_get(vm, args, |text| text.trim().parse().ok().map(Value::Float)))
        .lenient();
/// `conf.getboolean`.
pub static CONF_GET_BOOLEAN: Native =
    Native::new("getboolean", |vm, args| conf_get(vm, args, read_bool)).lenient();
/// Other ways to read a value, whose results are not modelled.
static CONF_GET_OTHER: Native = Native::new("get", |vm, args| conf_get(vm, args, |_| None)).lenient();

/// `BaseHook.get_connection(conn_id)` and its kin.
pub fn get_connection(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let name = match args.take("conn_id") {
        Some(Value::Str(name)) => name.to_string(),
        Some(Value::Unknown(cause)) => return Err(Stop::Unknown(cause)),
        _ => "?".to_owned(),
    };
    vm.unknown(
        CauseKind::Connection(name.clone()),
        format!("the Airflow Connection `{name}` is not known while the file is converted"),
    )
}

/// The class `BaseHook`, of which DAG files call `get_connection` alone.
pub static BASE_HOOK_CLASS: ApiClass = ApiClass {
    name: "BaseHook",
    module: "airflow.hooks.base",
    new: |vm, _| vm.unknown(CauseKind::World, "a hook reaches a service, which is not known"),
    statics: &[
        Native::new("get_connection", get_connection).lenient(),
        Native::new("get_connections", get_connection).lenient(),
        Native::new("get_hook", get_connection).lenient(),
    ],
    effect: Effect::None,
    builds: false,
    derived: None,
};
