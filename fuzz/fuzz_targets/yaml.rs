//! Any datum through the YAML writer and back: by the reader with PyYAML's rules, and by serde_yaml. And any text through the
//! reader: what it takes for a definition is written again as the same.

#![no_main]

use dag_converter::datum::Datum;
use dag_converter::yaml::{check, load, read, write};
use libfuzzer_sys::fuzz_target;
use random::Random;

#[path = "../../tests/yaml/random.rs"]
mod random;
mod run;
#[path = "../../tests/yaml/second.rs"]
mod second;

fuzz_target!(init: run::quietly(), |bytes: &[u8]| {
    let Some((&kind, rest)) = bytes.split_first() else { return };
    run::on_a_large_stack(|| match kind % 3 {
        0 => written(Random::of_bytes(rest.to_vec()).datum(5)),
        1 => {
            let value = Random::of_bytes(rest.to_vec()).json(5);
            let definition = definition(value);
            let text = write(&definition).expect("JSON can be written");
            check(&text, &definition).expect("it comes back");
            if !text.contains("builtins.dict") {
                let found: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML 1.2");
                assert!(second::same_in_yaml_1_2(&definition, &found), "{text}\n{found:#?}");
            }
        }
        _ => {
            let Ok(text) = std::str::from_utf8(rest) else { return };
            let Ok(root) = read(text) else { return };
            if let Ok(datum @ Datum::Map(_)) = load(&root) {
                written(datum);
            }
        }
    });
});

fn definition(value: Datum) -> Datum {
    Datum::Map(vec![(Datum::str("d"), Datum::Map(vec![(Datum::str("v"), value)]))])
}

/// What can be written at all comes back.
fn written(value: Datum) {
    let definition = definition(value);
    if let Ok(text) = write(&definition) {
        if let Err(mismatch) = check(&text, &definition) {
            panic!("{mismatch}: {mismatch:?}\n{text}\n{definition:#?}");
        }
    }
}
