//! What a DAG can be scheduled by besides plain values: timetables, datasets and assets, and expressions of these.

use std::rc::Rc;

use ruff_python_ast::Operator;

use super::typed::{TypedClass, TypedValue};
use crate::value::{Args, Eval, Operation, Stop, Value};

/// Class names of assets and their expressions.
const ASSETS: &[&str] = &[
    "Asset",
    "AssetAlias",
    "AssetAll",
    "AssetAny",
    "AssetRef",
    "Dataset",
    "DatasetAlias",
    "DatasetAll",
    "DatasetAny",
    "Model",
];

/// Whether an object is an asset or an expression of assets.
pub fn is_asset(value: &TypedValue) -> bool {
    ASSETS.contains(&value.name())
}

/// `a & b` and `a | b` of assets. Airflow flattens neither side that is of the other kind.
///
/// Source: `BaseAsset.__and__`, `__or__`, and those of `AssetAll` and `AssetAny`, in 3.0.6.
pub fn combine(
    own: &Rc<TypedValue>,
    Operation { op, other, reflected, span }: Operation<'_>,
) -> Eval<Option<Value>> {
    let (Operator::BitAnd | Operator::BitOr) = op else { return Ok(None) };
    let other = &super::asset::asset_of(other);
    let Some(second) = other.downcast::<TypedValue>() else { return Ok(None) };
    if !is_asset(own) || !is_asset(&second) || reflected {
        return Ok(None);
    }
    let old = own.name().starts_with("Dataset");
    let (all, any) = if old { ("DatasetAll", "DatasetAny") } else { ("AssetAll", "AssetAny") };
    let name = if op == Operator::BitAnd { all } else { any };
    let module = if old { "airflow.datasets" } else { "airflow.sdk" };
    // `AssetAll.__and__` gives `AssetAll(*self.objects, other)`: the left side is flattened into its own kind.
    let mut values = if own.name() == name {
        own.args.iter().map(|arg| arg.value.clone()).collect()
    } else {
        vec![Value::Object(Rc::clone(own) as Rc<dyn crate::value::Object>)]
    };
    values.push(other.clone());
    Ok(Some(TypedValue::of(format!("{module}.{name}"), span, values)))
}

/// What `Asset(…)` and `Dataset(…)` ask of their name and URI.
///
/// Source: `_validate_identifier` and `_sanitize_uri` of 3.0.6 and 2.10.5.
pub fn check_asset(class: &str, args: &Args) -> Eval<()> {
    let longest = match class {
        "Asset" => 1500,
        "Dataset" => 3000,
        _ => return Ok(()),
    };
    let named = args.named.iter().filter(|(name, _)| matches!(&**name, "name" | "uri")).map(|(_, arg)| arg);
    for arg in args.positional.iter().take(2).chain(named) {
        let Some(text) = arg.value.as_str() else { continue };
        let what = if text.trim().is_empty() {
            "cannot be empty".to_owned()
        } else if text.chars().count() > longest {
            format!("cannot exceed {longest} characters")
        } else if !text.is_ascii() {
            "must only consist of ASCII characters".to_owned()
        } else if text.to_ascii_lowercase().starts_with("airflow:") {
            "has the scheme 'airflow', which is reserved".to_owned()
        } else {
            continue;
        };
        let message = format!("the name or URI of a `{class}` {what}");
        return Err(super::checks::raise_at(Stop::value_error(message), arg.span));
    }
    Ok(())
}

/// Attributes of typed objects that are known: the name and uri of an asset, the default of a param.
pub fn attribute(value: &TypedValue, name: &str) -> Option<Value> {
    match (value.name(), name) {
        ("Dataset", "uri") => value.argument("uri", 0),
        ("Asset", "uri") => match value.args.len() {
            0 => value.argument("uri", 1).or_else(|| value.argument("name", 0)),
            1 => value.argument("uri", 1).or_else(|| value.argument("name", 0)),
            _ => value.argument("uri", 1),
        },
        ("Asset", "name") => value.argument("name", 0).or_else(|| value.argument("uri", 1)),
        ("Param", "value" | "default") => value.argument("default", 0),
        ("Label", "label") => value.argument("label", 0),
        _ => None,
    }
}

/// `airflow.utils.dates.cron_presets` and `airflow.timetables._cron.cron_presets`.
pub fn cron_presets() -> Value {
    Value::dict([
        ("@hourly", Value::str("0 * * * *")),
        ("@daily", Value::str("0 0 * * *")),
        ("@weekly", Value::str("0 0 * * 0")),
        ("@monthly", Value::str("0 0 1 * *")),
        ("@quarterly", Value::str("0 0 1 */3 *")),
        ("@yearly", Value::str("0 0 1 1 *")),
    ])
}

/// The class at a path, for a table of typed classes.
pub fn class(path: &'static str) -> Value {
    TypedClass::value(path)
}
