//! Any text in a templated field of a definition, through the rules on Jinja: no panic, and findings at their places.

#![no_main]

use std::path::Path;

use dag_converter::datum::Datum;
use dag_converter::diagnostic::{TextRenderer, sort_and_dedup};
use dag_converter::source::Sources;
use dag_converter::target::{RenderOptions, Target};
use dag_converter::validate::validate;
use dag_converter::yaml::write;
use libfuzzer_sys::fuzz_target;

mod run;

fuzz_target!(init: run::quietly(), |text: &str| {
    run::on_a_large_stack(|| rules(text));
});

fn rules(text: &str) {
    let map = |entries: Vec<(&str, Datum)>| {
        Datum::Map(entries.into_iter().map(|(key, value)| (Datum::str(key), value)).collect())
    };
    let operator = "airflow.providers.amazon.aws.operators.athena.AthenaOperator";
    let task = map(vec![
        ("operator", Datum::str(operator)),
        ("database", Datum::str("d")),
        ("query", Datum::str(text)),
        ("output_location", Datum::str("s3://b/{{ ds }}")),
    ]);
    let block = map(vec![
        ("schedule", Datum::Null),
        ("start_date", Datum::str("2030-01-01T00:00:00")),
        ("tasks", map(vec![("t", task)])),
    ]);
    let Ok(yaml) = write(&map(vec![("d", block)])) else { return };
    for target in Target::all() {
        let sources = Sources::default();
        let file = sources.add(Path::new("d.yml"), yaml.clone());
        let mut findings = validate(target, &file, &sources, RenderOptions::default()).diagnostics;
        sort_and_dedup(&mut findings, &sources);
        TextRenderer::new(&sources, false, 100).render(&findings);
    }
}
