//! `boto3`: which region a session has. All else of it reaches a service.

use std::rc::Rc;

use super::os::environ;
use super::support::no_form;
use super::{Member, ModuleTable};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::value::{Args, Eval, Object, Type, Value};

/// The rows of `boto3`.
pub static BOTO3: ModuleTable =
    ModuleTable { name: "boto3", members: &[("Session", Member::Class(&SESSION))] };

/// The rows of `boto3.session`.
pub static BOTO3_SESSION: ModuleTable =
    ModuleTable { name: "boto3.session", members: &[("Session", Member::Class(&SESSION))] };

static SESSION: Type = Type::new("boto3.session", "Session", session);

/// A session, by the region it was made with.
struct Session {
    region: Option<Value>,
}

fn session(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    for credential in ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"] {
        args.take(credential);
    }
    let region = args.take("region_name").filter(|region| !region.is_none());
    Ok(Value::object(Session { region }))
}

impl Object for Session {
    fn class(&self) -> Option<&'static Type> {
        Some(&SESSION)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if name == "region_name" {
            return match &self.region {
                Some(region) => Ok(Some(region.clone())),
                None => default_region(vm).map(Some),
            };
        }
        let path = format!("boto3.session.Session.{name}");
        let cause = vm.cause(CauseKind::NotModelled, format!("`{path}` is not modelled")).with_path(path);
        Ok(Some(Value::Unknown(cause)))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a session of boto3")
    }
}

/// The region where the code names none: what the environment says, before any file of settings.
///
/// Source: `BOTOCORE_DEFAULT_SESSION_VARIABLES` and `ConfigChainFactory` of botocore 1.40.
fn default_region(vm: &mut Vm) -> Eval<Value> {
    match environ::variable(vm, "AWS_DEFAULT_REGION")? {
        Some(region) => Ok(region),
        None => vm.unknown(
            CauseKind::World,
            "the settings of AWS on the machine are not known before Airflow runs",
        ),
    }
}
