//! `airflow.configuration.conf`: what the user supplied, else what the code falls back to.

use std::rc::Rc;

use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Got, Outside, Read, Vm, What, config_variable, plain_text};
use crate::modules::machine;
use crate::value::{Args, Eval, Native, Object, Stop, Value};

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
    let variable = config_variable(&section, &key);
    if (section.as_str(), key.as_str()) == ("core", "dags_folder") {
        return Ok(dags_folder(vm));
    }
    let fallback = args.take("fallback");
    let kind = CauseKind::Config(format!("{section}.{key}"));
    let supplied = vm.world.supplied(&kind).map(str::to_owned);
    vm.note_outside(Outside {
        kind: kind.clone(),
        name: format!("{section}.{key}"),
        span: args.span,
        got: Got::of(supplied.is_some(), fallback.is_some()),
        default: fallback.as_ref().and_then(plain_text),
        json: false,
    });
    if let Some(text) = supplied {
        if let Some(value) = read(&text) {
            return Ok(value);
        }
        let message =
            format!("what is supplied for `{section}.{key}` is not of the type that the code reads");
        return vm.unknown(kind, message);
    }
    if (section.as_str(), key.as_str()) == ("core", "airflow_home") {
        return airflow_home(vm).map(Value::Str);
    }
    if let Some(value) = fallback {
        vm.reads.push(Read { what: What::Defaulted(kind.clone()), span: args.span });
        if vm.world.takes_default(&kind) {
            return Ok(value);
        }
    }
    let message = format!("the Airflow configuration value `{section}.{key}` is not supplied");
    let cause = Cause::new(kind, args.span, message);
    Err(Stop::Unknown(
        cause
            .with_help(format!("supply it with `--env {variable}=VALUE`, or with `--airflow-config FILE`"))
            .data(),
    ))
}

/// The folder of Airflow's own files.
///
/// Source: `get_airflow_home` of 2.10.5 and 3.0.6.
pub fn airflow_home(vm: &mut Vm) -> Eval<Rc<str>> {
    let folder = machine::fact_or_env(vm, "airflow-home", "AIRFLOW_HOME")?;
    machine::expand_user(vm, &folder).map(Rc::from)
}

/// The DAG folder.
pub fn dags_folder(vm: &Vm) -> Value {
    Value::str(vm.world.runtime_dags_folder.to_string_lossy().into_owned())
}

/// `airflow.configuration.get_airflow_home`.
pub static GET_AIRFLOW_HOME: Native = Native::new("get_airflow_home", |vm, args| {
    args.finish()?;
    airflow_home(vm).map(Value::Str)
});

/// `airflow.operators.python.is_venv_installed`: whether there is a command or a module `virtualenv`.
///
/// Source: 2.10.5.
pub static IS_VENV_INSTALLED: Native = Native::new("is_venv_installed", |vm, args| {
    args.finish()?;
    machine::flag(vm, "virtualenv").map(Value::Bool)
});

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
