//! `airflow.configuration.conf`: what the user supplied, else what the code falls back to.

use std::rc::Rc;

use super::state::State;
use crate::catalog::{self, Release};
use crate::dag::SourceAirflow;
use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Got, Outside, Read, Vm, What, config_variable, plain_text};
use crate::modules::machine;
use crate::value::{Args, Eval, Native, Object, Stop, Value};

/// What stands for the folder of Airflow's own files in a default.
const HOME: &str = "{AIRFLOW_HOME}";

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
    // Airflow's own default is stronger than the one in the code.
    let own = own_default(vm, &kind, fallback.as_ref())?;
    let default = own.clone().map(Value::str).or_else(|| fallback.clone());
    vm.note_outside(Outside {
        kind: kind.clone(),
        name: format!("{section}.{key}"),
        span: args.span,
        got: Got::of(supplied.is_some(), default.is_some()),
        default: default.as_ref().and_then(plain_text),
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
    let own = match own {
        Some(text) => Some(read(&text).ok_or_else(|| {
            let message = format!("the default of `{section}.{key}` is not of the type that the code reads");
            Stop::Unknown(Cause::new(kind.clone(), args.span, message))
        })?),
        None => None,
    };
    if let Some(value) = own.or(fallback) {
        vm.reads.insert(Read { what: What::Defaulted(kind.clone()), span: args.span });
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

/// What Airflow itself falls back to for a value of its configuration.
///
/// # Errors
///
/// An unknown where the releases that the file may be written for do not agree.
fn own_default(vm: &mut Vm, kind: &CauseKind, fallback: Option<&Value>) -> Eval<Option<String>> {
    let CauseKind::Config(name) = kind else { return Ok(None) };
    let name = name.to_lowercase();
    let in_2 = catalog::conf_default(Release::V2_10, &name);
    let in_3 = catalog::conf_default(Release::V3_0, &name);
    if vm.world.supplied(kind).is_some() {
        return Ok(None);
    }
    let default = match State::of(vm).said_source() {
        Some(SourceAirflow::V2) => in_2,
        Some(SourceAirflow::V3) => in_3,
        None if in_2 == in_3 => in_3,
        None if in_2.is_some() != in_3.is_some() && fallback.is_none() => in_3.or(in_2),
        None => {
            let message = format!("Airflow 2 and Airflow 3 have different defaults for `{name}`");
            let help = "say which Airflow the file is written for with `--source-airflow`";
            return Err(Stop::Unknown(vm.cause(kind.clone(), message).with_help(help).data()));
        }
    };
    if let (Some(default), Some(fallback)) = (default, fallback)
        && default.is_providers
        && fallback.as_str() != Some(default.text)
    {
        let message = format!("a provider has another default for `{name}` than the code");
        let help = format!("say the value: `--env {}=VALUE`", variable_of(&name));
        return Err(Stop::Unknown(vm.cause(kind.clone(), message).with_help(help).data()));
    }
    Ok(match default.map(|default| default.text) {
        Some(text) if text.contains(HOME) => Some(text.replace(HOME, &airflow_home(vm)?)),
        other => other.map(str::to_owned),
    })
}

fn variable_of(name: &str) -> String {
    let (section, key) = name.rsplit_once('.').unwrap_or((name, ""));
    config_variable(section, key)
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
