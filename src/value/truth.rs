//! `bool(value)`.

use num_traits::Zero;

use super::{Eval, Stop, Value};
use crate::eval::Vm;

impl Vm {
    /// `bool(value)`.
    pub fn truth(&mut self, value: &Value) -> Eval<bool> {
        Ok(match value {
            Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
            Value::None => false,
            Value::Bool(flag) => *flag,
            Value::Int(number) => !number.is_zero(),
            Value::Float(number) => *number != 0.0,
            Value::Str(text) => !text.is_empty(),
            Value::Bytes(bytes) => !bytes.is_empty(),
            Value::Tuple(items) => !items.is_empty(),
            Value::List(list) => !list.items()?.is_empty(),
            Value::Dict(dict) => !dict.items()?.is_empty(),
            Value::Set(set) => !set.items()?.is_empty(),
            Value::Range(range) => !range.is_empty(),
            Value::Ellipsis
            | Value::Iter(_)
            | Value::Function(_)
            | Value::Native(_)
            | Value::Method(_)
            | Value::Type(_)
            | Value::Class(_)
            | Value::Module(_) => true,
            Value::NotImplemented => {
                return self.unsupported("the truth of `NotImplemented` depends on the version of Python");
            }
            Value::Instance(instance) => {
                if let Some(found) = self.call_special(value, "__bool__", [])? {
                    return match found {
                        Value::Bool(flag) => Ok(flag),
                        Value::Unknown(cause) => Err(Stop::Unknown(cause)),
                        other => Err(Stop::type_error(format!(
                            "__bool__ should return bool, returned {}",
                            other.type_name()
                        ))),
                    };
                }
                if let Some(found) = self.call_special(value, "__len__", [])? {
                    return self.truth(&found);
                }
                match instance.builtin() {
                    Some(inner) => self.truth(&inner)?,
                    None => true,
                }
            }
            Value::Object(object) => object.truth()?,
        })
    }
}
