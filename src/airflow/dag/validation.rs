//! The part of JSON schema that the params of DAG files use, as far as a plain default can be judged by it.

use num_traits::ToPrimitive;

use crate::airflow::typed::TypedValue;
use crate::eval::Vm;
use crate::value::Value;

/// Why the value of a param is not valid, if that is certain.
///
/// Source: `Param.resolve` of 2.10.5 and 3.0.6, which asks `jsonschema` for Draft 7.
pub(super) fn faulty_param(vm: &mut Vm, value: &Value) -> Option<String> {
    let param = value.downcast::<TypedValue>().filter(|value| value.name() == "Param")?;
    let kwargs = param.kwargs.borrow();
    let schema = |name: &str| kwargs.get(name).map(|arg| arg.value.clone());
    if kwargs.contains_key("schema") || kwargs.values().any(|arg| arg.value.unknown().is_some()) {
        return None;
    }
    let Some(default) = param.argument("default", 0) else {
        return Some("has no default".to_owned());
    };
    if let Some(wanted) = schema("type")
        && let Some(types) = type_names(&wanted)
        && let Some(own) = type_name(&default)
        && !types.iter().any(|wanted| matches(wanted, own, &default))
    {
        return Some(format!("is {own}, and its type {}", types.join(" or ")));
    }
    if let Some(Value::List(options)) = schema("enum")
        && type_name(&default).is_some()
    {
        let options = options.seen().clone();
        let differs = |option: &Value| {
            type_name(option).is_some() && vm.equals(option, &default).is_ok_and(|equal| !equal)
        };
        if options.iter().all(differs) {
            return Some("is none of its `enum`".to_owned());
        }
    }
    let number = number(&default)?;
    let over = |name: &str| schema(name).as_ref().and_then(self::number);
    if over("minimum").is_some_and(|least| number < least)
        || over("exclusiveMinimum").is_some_and(|least| number <= least)
    {
        return Some("is less than its minimum".to_owned());
    }
    if over("maximum").is_some_and(|most| number > most)
        || over("exclusiveMaximum").is_some_and(|most| number >= most)
    {
        return Some("is more than its maximum".to_owned());
    }
    None
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => number.to_f64(),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// The names in `type`, where they are known.
fn type_names(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Str(name) => Some(vec![name.to_string()]),
        Value::List(names) => names.seen().iter().map(|name| name.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

/// The JSON type of a plain value.
fn type_name(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::None => "null",
        Value::Bool(_) => "boolean",
        Value::Int(_) => "integer",
        Value::Float(_) => "number",
        Value::Str(_) => "string",
        Value::List(_) => "array",
        Value::Dict(_) => "object",
        _ => return None,
    })
}

fn matches(wanted: &str, own: &str, value: &Value) -> bool {
    let whole = matches!(value, Value::Float(number) if number.fract() == 0.0);
    wanted == own || wanted == "number" && own == "integer" || wanted == "integer" && whole
}
