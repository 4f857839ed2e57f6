//! A DAG file through everything, for each target: no panic, no fault that the converter finds in its own definitions, and
//! findings that can be shown.

#![no_main]

use std::path::Path;

use dag_converter::convert::{Converter, Options};
use dag_converter::diagnostic::{JsonRecord, TextRenderer, codes, concise, sort_and_dedup};
use dag_converter::eval::Limits;
use dag_converter::target::Target;
use libfuzzer_sys::{Corpus, fuzz_target};

mod run;

/// Small, so that an input takes milliseconds.
const LIMITS: Limits = Limits { steps: 30_000, depth: 100, size: 50_000, bits: 10_000, objects: 100 };

fn options(target: &'static Target) -> Options {
    Options {
        env: [("HERE", "$HOME/x"), ("AIRFLOW_VAR_KEY", "yes")]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into(),
        variables: [("given".to_owned(), "{\"a\": [1, \"1e3\"]}".to_owned())].into(),
        connections: [("db".to_owned(), "mysql://user:pass@host/schema".to_owned())].into(),
        assume_defaults: true,
        limits: LIMITS,
        ..Options::new(target, "2026-01-15T00:00:00Z".parse().expect("an instant"))
    }
}

fuzz_target!(init: run::quietly(), |bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else { return Corpus::Reject };
    // As `decode` leaves it.
    if text.contains(['\r', '\0']) {
        return Corpus::Reject;
    }
    run::on_a_large_stack(|| convert(text))
});

fn convert(text: &str) -> Corpus {
    let (root, path) = (Path::new("/nowhere/dags"), Path::new("/nowhere/dags/case.py"));
    let mut kept = Corpus::Reject;
    for target in Target::all() {
        let converter = Converter::new(options(target));
        converter.sources().add(path, text.to_owned());
        let conversion = converter.convert_file(root, path);
        let is_syntax = conversion.diagnostics.iter().any(|finding| finding.code == codes::SYNTAX_ERROR);
        if is_syntax && conversion.dags_found == 0 {
            break;
        }
        kept = Corpus::Keep;
        let fault = conversion.diagnostics.iter().find(|finding| finding.code == codes::INTERNAL_ERROR);
        assert!(fault.is_none(), "{}: {fault:?}", target.name());
        assert_eq!(conversion.definitions.len() + conversion.refused.len(), conversion.dags_found);
        // Nothing is lost without a word.
        let errors = conversion.diagnostics.iter().filter(|finding| finding.is_error()).count();
        assert!(errors > 0 || conversion.refused.is_empty(), "{}: {:?}", target.name(), conversion.refused);
        let mut findings = conversion.diagnostics;
        sort_and_dedup(&mut findings, converter.sources());
        TextRenderer::new(converter.sources(), true, 80).render(&findings);
        concise(&findings, converter.sources(), false);
        for finding in &findings {
            serde_json::to_string(&JsonRecord::new(finding, converter.sources())).expect("JSON");
        }
        if conversion.dags_found == 0 {
            break;
        }
    }
    kept
}
