//! `check`, and the formats of findings: each as the programs that read it want it, wherever it goes.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::convert::plain;
use super::run::{assert_exit, command, findings, folder, pair, records, run, stderr, stdout};

/// A DAG that is refused for a value with a second place, behind characters of several widths.
const REFUSED: &str = "\
from datetime import datetime
import requests
from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

with DAG(\"sales\", start_date=datetime(2030, 1, 1), schedule=\"@daily\", catchup=False, tags=[\"a\"], max_active_tasks=3):
    AthenaOperator(task_id=\"é\", database=\"é😀\", query=\"x\" + requests.get(\"u\").text, output_location=\"s3://b/\")
    AthenaOperator(task_id=\"t\", database=\"d\", query=\"q\", output_location=\"s3://b/\", pool=\"p\")
";
const BROKEN: &str = "# airflow dag\nx = = 1\n";

fn bench() -> TempDir {
    folder(&[("dags/sales.py", REFUSED), ("dags/a b,c.py", BROKEN)])
}

/// Holds a document against a schema file of the project.
fn assert_valid(schema: &str, document: &Value) {
    let mut schemas = boon::Schemas::new();
    let path = format!("{}/{schema}", env!("CARGO_MANIFEST_DIR"));
    let index = boon::Compiler::new().compile(&path, &mut schemas).unwrap();
    if let Err(error) = schemas.validate(document, index) {
        panic!("{error:#}\n{document:#}");
    }
}

#[test]
fn check_says_what_convert_says_and_writes_nothing() {
    let here = bench();
    let checked = run(&here, &["check", "dags"]);
    assert_exit(&checked, 1);
    assert!(stdout(&checked).contains("error[unknown-value]"), "{}", stdout(&checked));
    assert!(stderr(&checked).starts_with("1 DAG in 2 files: 0 exact, 0 with warnings, 1 refused\n"));
    assert!(!here.path().join("output_yaml").exists());
    let converted = run(&here, &["convert", "dags"]);
    assert!(stderr(&converted).starts_with(stdout(&checked)), "{}", stderr(&converted));
    assert_eq!(stdout(&converted), "");
    assert_exit(&run(&here, &["check", "dags", "--exit-zero"]), 0);
    assert_exit(&run(&here, &["convert", "dags", "--exit-zero"]), 0);
    assert_exit(&run(&here, &["check", "nowhere", "--exit-zero"]), 2);
}

#[test]
fn two_dags_of_one_id_are_found_without_an_output_folder() {
    let here = folder(&[("dags/a.py", &plain("a")), ("dags/b.py", &plain("a"))]);
    let output = run(&here, &["check", "dags", "--output-format", "json", "-q"]);
    assert_exit(&output, 1);
    assert_eq!(
        findings(&output),
        [pair("duplicate-dag-id", "dags/a.py"), pair("duplicate-dag-id", "dags/b.py")]
    );
}

#[test]
fn concise_is_a_line_each() {
    let here = bench();
    let output = run(&here, &["check", "dags", "--output-format", "concise", "-q"]);
    assert_exit(&output, 1);
    let lines: Vec<&str> = stdout(&output).lines().collect();
    assert_eq!(lines[0], "dags/a b,c.py:2:5: error[syntax-error]: Expected an expression");
    assert!(lines.iter().any(|line| line.starts_with("dags/sales.py:7:")
        && line.contains(": error[unknown-value]: ")
        && line.ends_with(" (DAG `sales`, task `é`, parameter `query`)")));
    assert!(lines.iter().all(|line| line.contains(": error[")), "{lines:?}");
}

#[test]
fn every_record_is_as_the_schema_says() {
    let here = bench();
    let output = run(&here, &["check", "dags", "--output-format", "json"]);
    let records = records(&output);
    assert!(records.len() > 3);
    for record in &records {
        assert_valid("docs/finding.schema.json", record);
    }
    let unknown = records.iter().find(|record| record["code"] == "unknown-value").unwrap();
    assert_eq!(unknown["labels"][0]["line"], 7, "{unknown}");
}

#[test]
fn sarif_is_as_the_published_schema_says() {
    let here = bench();
    let output = run(&here, &["check", "dags", "--output-format", "sarif"]);
    assert_exit(&output, 1);
    let log: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_valid("tests/schemas/sarif-2.1.0.json", &log);
    let run_ = &log["runs"][0];
    let rules = run_["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run_["results"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(rules[index]["help"]["text"].as_str().unwrap().len() > 20);
    }
    let unknown = results.iter().find(|result| result["ruleId"] == "unknown-value").unwrap();
    let location = &unknown["locations"][0];
    let region = &location["physicalLocation"]["region"];
    let line = REFUSED.lines().nth(6).unwrap();
    let start = usize::try_from(region["startColumn"].as_u64().unwrap()).unwrap() - 1;
    let utf16: Vec<u16> = line.encode_utf16().collect();
    assert!(String::from_utf16(&utf16[start..]).unwrap().starts_with("\"x\" + requests"), "{region}");
    assert_eq!(unknown["level"], "error");
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "sales/é");
    assert_eq!(unknown["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 7);
    let syntax = results.iter().find(|result| result["ruleId"] == "syntax-error").unwrap();
    assert_eq!(syntax["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "dags/a%20b%2Cc.py");

    let absolute = here.path().canonicalize().unwrap().join("dags");
    let output = run(&here, &["check", absolute.to_str().unwrap(), "--output-format", "sarif"]);
    let log: Value = serde_json::from_str(stdout(&output)).unwrap();
    let uri = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "dags/a%20b%2Cc.py", "paths are those of the checkout");

    let empty = folder(&[("dags/a.py", "# airflow dag\n")]);
    let output = run(&empty, &["check", "dags", "--output-format", "sarif"]);
    assert_exit(&output, 0);
    assert_valid("tests/schemas/sarif-2.1.0.json", &serde_json::from_str(stdout(&output)).unwrap());
}

#[test]
fn github_reads_commands() {
    let here = bench();
    let output = run(&here, &["check", "dags", "--output-format", "github"]);
    let lines: Vec<&str> = stdout(&output).lines().collect();
    assert!(lines[0].starts_with(
        "::error file=dags/a b%2Cc.py,line=2,endLine=2,col=5,endColumn=6,title=syntax-error::Expected"
    ));
    assert!(lines.iter().all(|line| {
        ["::error file=", "::warning file=", "::notice file="].iter().any(|start| line.starts_with(start))
    }));
    assert!(lines.iter().any(|line| line.starts_with("::warning ")), "{lines:?}");
}

#[test]
fn findings_go_to_a_file_on_demand() {
    let here = bench();
    let out = here.path().join("findings");
    for (format, start) in
        [("text", "error["), ("concise", "dags/"), ("json", "{"), ("sarif", "{\n"), ("github", "::error")]
    {
        for name in ["check", "convert"] {
            let arguments = [name, "dags", "--output-format", format, "--output-file", "findings"];
            let output = command(here.path(), &arguments).env("CLICOLOR_FORCE", "1").output().unwrap();
            assert_exit(&output, 1);
            assert_eq!(stdout(&output), "");
            let text = fs::read_to_string(&out).unwrap();
            assert!(text.starts_with(start) && !text.contains('\u{1b}'), "{format}: {text}");
            assert!(!stderr(&output).contains("unknown-value]"), "{}", stderr(&output));
        }
    }
    let output = run(&here, &["check", "dags", "--output-file", "nowhere/findings"]);
    assert_exit(&output, 2);
    assert!(stderr(&output).starts_with("error: cannot write to `nowhere/findings`"));
}

#[test]
fn the_reasons_are_counted_the_worst_first() {
    let here = folder(&[("dags/sales.py", REFUSED), ("dags/b.py", BROKEN), ("dags/c.py", BROKEN)]);
    let output = run(&here, &["check", "dags"]);
    let text = stderr(&output);
    assert!(text.contains("\n         reason                  DAGs  files  findings\nerror    "), "{text}");
    let places = ["error    unknown-value", "error    syntax-error", "warning  unsupported-parameter"]
        .map(|row| text.find(row).unwrap_or_else(|| panic!("{row}: {text}")));
    assert!(places.is_sorted(), "{text}");
    assert!(!stderr(&run(&here, &["check", "dags", "-q"])).contains("reason"));
}
