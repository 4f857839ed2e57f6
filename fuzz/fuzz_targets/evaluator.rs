//! Python text through the evaluator: no panic, no end of the stack or of the memory, and the same outcome again.

#![no_main]

use std::path::Path;

use dag_converter::eval::Limits;
use libfuzzer_sys::{Corpus, fuzz_target};

#[path = "../../tests/python/evaluate.rs"]
mod evaluate;
mod run;

/// Small, so that an input takes milliseconds.
const LIMITS: Limits = Limits { steps: 30_000, depth: 100, size: 50_000, bits: 10_000, objects: 200 };

fuzz_target!(init: run::quietly(), |bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else { return Corpus::Reject };
    // As `decode` leaves it.
    if text.contains(['\r', '\0']) {
        return Corpus::Reject;
    }
    run::on_a_large_stack(|| {
        let path = Path::new("/nowhere/dags/case.py");
        let text = format!("{text}\n{} = [value for name, value in sorted(vars().items()) if name[0] != '_']\n", evaluate::RESULT);
        let outcome = evaluate::evaluate(path, &text, LIMITS);
        assert_eq!(outcome, evaluate::evaluate(path, &text, LIMITS));
        match outcome {
            evaluate::Outcome::Error(class, _) if class == "SyntaxError" => Corpus::Reject,
            _ => Corpus::Keep,
        }
    })
});
