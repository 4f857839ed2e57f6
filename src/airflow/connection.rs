//! `Connection` and `BaseHook.get_connection`: what the user supplied with `--connection`, as the URI or the JSON that Airflow keeps.
//!
//! Reading the texts is for `uri` and `json`.

use std::rc::Rc;

use super::api::ApiClass;
use super::typed::TypedValue;
use super::variable::from_json;
use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Got, Outside, Vm};
use crate::value::{Args, Effect, Eval, Native, Object, Stop, Value};

mod json;
mod uri;

/// What a Connection holds. Its password and its extra are secrets, whatever they hold.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parts {
    conn_type: Option<String>,
    description: Option<String>,
    host: Option<String>,
    login: Option<String>,
    password: Option<String>,
    schema: Option<String>,
    port: Option<i64>,
    extra: Option<String>,
}

impl Parts {
    /// Reads a text as `Connection(uri=…)` or, where it begins with a brace, `Connection.from_json` does.
    ///
    /// Source: `EnvironmentVariablesBackend.get_connection` and `BaseSecretsBackend.deserialize_connection` of 2.10.5 and 3.0.6.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.starts_with('{') { json::read(text) } else { uri::read(text) }
    }
}

/// A Connection that was supplied.
struct Connection {
    id: String,
    parts: Parts,
}

impl Connection {
    fn secret(&self, vm: &Vm, name: &str) -> Cause {
        let message = format!("the `{name}` of the Airflow Connection `{}` is a secret", self.id);
        vm.cause(CauseKind::Connection(self.id.clone()), message)
    }
}

impl Object for Connection {
    fn type_name(&self) -> Rc<str> {
        "Connection".into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let text = |part: &Option<String>| Some(part.as_deref().map_or(Value::None, Value::str));
        if matches!(name, "password" | "extra" | "extra_dejson") && vm.world.hide_connection_secrets {
            return Ok(Some(Value::Unknown(self.secret(vm, name))));
        }
        let parts = &self.parts;
        Ok(match name {
            "conn_id" => Some(Value::str(self.id.as_str())),
            "conn_type" => text(&parts.conn_type),
            "description" => text(&parts.description),
            "host" => text(&parts.host),
            "login" => text(&parts.login),
            "password" => text(&parts.password),
            "schema" => text(&parts.schema),
            "port" => Some(parts.port.map_or(Value::None, Value::int)),
            "extra" => text(&parts.extra),
            "extra_dejson" => Some(match &parts.extra {
                // What is no JSON is logged, and gives an empty dict.
                Some(extra) if !extra.is_empty() => match serde_json::from_str(extra) {
                    Ok(value) => from_json(vm, &value)?,
                    Err(_) => Value::dict(Vec::<(&str, Value)>::new()),
                },
                _ => Value::dict(Vec::<(&str, Value)>::new()),
            }),
            _ => {
                let message = format!("`Connection.{name}` is not modelled");
                Some(Value::Unknown(vm.cause(CauseKind::NotModelled, message)))
            }
        })
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        let message = "an Airflow Connection is used as a value";
        Datum::Unknown(collector.cause(CauseKind::Unsupported, message))
    }
}

/// `BaseHook.get_connection(conn_id)` and its kin.
fn get(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let id = match args.take("conn_id") {
        Some(Value::Str(id)) => id.to_string(),
        Some(Value::Unknown(cause)) => return Err(Stop::Unknown(cause)),
        _ => return vm.unknown(CauseKind::NotModelled, "a Connection of this id is not modelled"),
    };
    let kind = CauseKind::Connection(id.clone());
    let supplied = vm.world.supplied(&kind).map(str::to_owned);
    vm.note_outside(Outside {
        kind: kind.clone(),
        name: id.clone(),
        span,
        got: if supplied.is_some() { Got::Supplied } else { Got::Nothing },
        default: None,
        json: false,
    });
    let message = match supplied {
        None => format!("the Airflow Connection `{id}` is not supplied"),
        Some(text) => match Parts::read(&text) {
            Some(parts) => return Ok(Value::object(Connection { id, parts })),
            None => {
                format!("what is supplied for the Airflow Connection `{id}` is neither its URI nor its JSON")
            }
        },
    };
    let help = format!("supply it with `--connection {id}=URI`, or as the JSON that Airflow takes");
    Err(Stop::Unknown(Cause::new(kind, span, message).with_help(help)))
}

/// A hook, or a list of Connections, of which only the id is known.
fn other(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let id = match args.take("conn_id") {
        Some(Value::Str(id)) => id.to_string(),
        Some(Value::Unknown(cause)) => return Err(Stop::Unknown(cause)),
        _ => "?".to_owned(),
    };
    vm.unknown(CauseKind::World, format!("the hook of the Airflow Connection `{id}` reaches a service"))
}

/// The class `Connection`.
pub static CONNECTION_CLASS: ApiClass = ApiClass {
    name: "Connection",
    module: "airflow.models.connection",
    new: |_, args| Ok(Value::object(TypedValue::new("airflow.models.connection.Connection", args)?)),
    statics: &[Native::new("get", get).lenient(), Native::new("get_connection_from_secrets", get).lenient()],
    effect: Effect::None,
    builds: false,
    derived: None,
};

/// The class `BaseHook`, of which DAG files call `get_connection` alone.
pub static BASE_HOOK_CLASS: ApiClass = ApiClass {
    name: "BaseHook",
    module: "airflow.hooks.base",
    new: |vm, _| vm.unknown(CauseKind::World, "a hook reaches a service, which is not known"),
    statics: &[
        Native::new("get_connection", get).lenient(),
        Native::new("get_connections", other).lenient(),
        Native::new("get_hook", other).lenient(),
    ],
    effect: Effect::None,
    builds: false,
    derived: None,
};
