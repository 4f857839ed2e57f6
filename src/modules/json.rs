//! `json`: `loads`, `load`, `dumps`.
//!
//! Left out: hooks, `cls`, `dump`, and texts with lone surrogates, which have no form here.

use super::io::text_of;
use super::support::{exception_class, not_modelled, nothing};
use super::{Member, ModuleTable};
use crate::eval::Vm;
use crate::value::exception::VALUE_ERROR;
use crate::value::{Args, Eval, Native, Type, Value};

mod read;
mod write;

/// The rows of the module.
pub static JSON: ModuleTable = ModuleTable {
    name: "json",
    members: &[
        ("JSONDecodeError", Member::Class(&JSON_DECODE_ERROR)),
        ("JSONEncoder", Member::Class(&JSON_ENCODER)),
        ("dump", Member::Function(nothing("dump"))),
        ("dumps", Member::Function(Native::new("dumps", write::dumps))),
        ("load", Member::Function(Native::new("load", |vm, args| load(vm, args, "fp")))),
        ("loads", Member::Function(Native::new("loads", |vm, args| load(vm, args, "s")))),
    ],
};

exception_class! {
    /// `json.JSONDecodeError`.
    pub JSON_DECODE_ERROR, "json", "JSONDecodeError", &VALUE_ERROR
}

static JSON_ENCODER: Type = Type::new("json", "JSONEncoder", |vm, _| {
    not_modelled(vm, "a call of `json.JSONEncoder` is not modelled")
});

fn load(vm: &mut Vm, mut args: Args, name: &str) -> Eval<Value> {
    let source = args.expect(name)?;
    if !args.named.is_empty() {
        return not_modelled(vm, "the hooks of `json.loads` are not modelled");
    }
    args.finish()?;
    let text = match &source {
        Value::Str(_) | Value::Bytes(_) if name == "s" => text_of(vm, &source)?,
        Value::Instance(_) => text_of(vm, &source)?,
        Value::Object(_) if name == "fp" => text_of(vm, &source)?,
        other => {
            let message = if name == "fp" {
                format!("'{}' object has no attribute 'read'", other.type_name())
            } else {
                format!("the JSON object must be str, bytes or bytearray, not {}", other.type_name())
            };
            let class = if name == "fp" {
                &crate::value::exception::ATTRIBUTE_ERROR
            } else {
                &crate::value::exception::TYPE_ERROR
            };
            return Err(crate::value::Stop::raise(class, message));
        }
    };
    read::read(vm, &text)
}
