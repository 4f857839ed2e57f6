//! Whether serde_yaml, a reader of YAML 1.2, has what was meant; for the tests and the fuzzer.

use dag_converter::datum::Datum;

pub(crate) fn same_in_yaml_1_2(meant: &Datum, found: &serde_yaml::Value) -> bool {
    use serde_yaml::Value as Yaml;
    match (meant, found) {
        (Datum::Null, Yaml::Null) => true,
        (Datum::Bool(meant), Yaml::Bool(found)) => meant == found,
        (Datum::Int(meant), Yaml::Number(found)) => meant.to_string() == found.to_string(),
        (Datum::Float(meant), Yaml::Number(found)) => found
            .as_f64()
            .is_some_and(|found| found.to_bits() == meant.to_bits() || found.is_nan() && meant.is_nan()),
        (Datum::Str(meant), Yaml::String(found)) => meant == found,
        (Datum::List(meant), Yaml::Sequence(found)) => {
            meant.len() == found.len()
                && meant.iter().zip(found).all(|(meant, found)| same_in_yaml_1_2(meant, found))
        }
        (Datum::Map(meant), Yaml::Mapping(found)) => {
            meant.len() == found.len()
                && meant.iter().zip(found).all(|((key, value), (found_key, found_value))| {
                    same_in_yaml_1_2(key, found_key) && same_in_yaml_1_2(value, found_value)
                })
        }
        // The form of a tuple, which only dag-factory takes apart.
        (Datum::Tuple(items), Yaml::Mapping(form)) => match form.get("__args__") {
            Some(Yaml::Sequence(args)) => same_in_yaml_1_2(&Datum::List(items.clone()), &args[0]),
            _ => items.is_empty(),
        },
        _ => false,
    }
}
