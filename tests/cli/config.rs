//! Settings from a file: where it is found, what it says, and what the command line says instead.

use std::fs;

use tempfile::TempDir;

use super::convert::{dag, plain, written};
use super::run::{assert_exit, command, folder, run, stderr, stdout};

/// A DAG that needs an environment variable, a Variable and a callable that is pure.
fn needy() -> String {
    let head = "import os\nfrom airflow.models import Variable\nfrom acme.tools import register\n\
                Q = os.environ[\"A\"] + Variable.get(\"V\") + Variable.get(\"N\")";
    dag("a", head, "Q").replace("    AthenaOperator(", "    register(\"a\")\n    AthenaOperator(")
}

const SETTINGS: &str = "\
target = \"dag-factory\"
source-airflow = 2
output = \"made\"
exclude = [\"old/\", \"*_draft.py\"]
pure = [\"acme.tools.register\"]

[env]
A = \"from file\"

[variables]
V = \"v\"
N = { k = [1, true] }
";

fn bench(name: &str, settings: &str) -> TempDir {
    folder(&[
        (name, settings),
        ("team/dags/a.py", &needy()),
        ("team/dags/old/b.py", &plain("b")),
        ("team/dags/c_draft.py", &plain("c")),
    ])
}

fn made(here: &TempDir, path: &str) -> String {
    fs::read_to_string(here.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn settings_are_found_above_the_path() {
    let pyproject = format!(
        "[project]\nname = \"x\"\n\n[tool.dag-converter]\n{}",
        SETTINGS
            .replace("[env]", "[tool.dag-converter.env]")
            .replace("[variables]", "[tool.dag-converter.variables]")
    );
    for (name, text) in [("dag-converter.toml", SETTINGS), ("pyproject.toml", &pyproject)] {
        let here = bench(&format!("team/{name}"), text);
        fs::write(here.path().join("pyproject.toml"), "[tool.other]\nx = 1\n").unwrap();
        let output = run(&here, &["convert", "team/dags", "-q"]);
        assert_exit(&output, 0);
        let yaml = made(&here, "team/made/a.yml");
        assert!(
            yaml.contains("query: |-\n        from filev{\n          \"k\": [\n            1,\n"),
            "{yaml}"
        );
        assert!(
            !here.path().join("team/made/b.yml").exists() && !here.path().join("team/made/c.yml").exists()
        );
        assert!(written(&here).is_empty());
        assert_exit(&run(&here, &["check", "team/dags/old/b.py", "-q"]), 0);
    }
}

#[test]
fn the_command_line_wins() {
    let here = bench("dag-converter.toml", SETTINGS);
    fs::write(here.path().join("v.json"), "{\"V\": \"w\"}").unwrap();
    let arguments =
        ["convert", "team/dags", "-q", "--env", "A=mine", "--variables-file", "v.json", "--variable", "N=n"];
    let output = command(here.path(), &arguments).args(["--output", "out"]).output().unwrap();
    assert_exit(&output, 0);
    assert!(made(&here, "out/a.yml").contains("query: minewn\n"));
    let output = run(&here, &["convert", "team/dags", "-q", "--isolated", "--exclude", "a.py"]);
    assert_exit(&output, 0);
    assert_eq!(
        written(&here),
        [".dag-converter.json", "b.yml", "c.yml"],
        "only what the command line excludes"
    );
}

#[test]
fn a_file_can_be_named() {
    let here = bench("elsewhere/settings.toml", SETTINGS);
    assert_exit(&run(&here, &["check", "team/dags", "-q"]), 1);
    assert_exit(&run(&here, &["check", "team/dags", "-q", "--config", "elsewhere/settings.toml"]), 0);
    assert_exit(&run(&here, &["check", "team/dags", "-q", "--config", "nowhere.toml"]), 2);
}

#[test]
fn what_is_wrong_in_a_file_is_exit_code_2() {
    for (settings, message) in [
        (
            "pure = []\ntaget = \"x\"\n",
            "has the unknown setting `taget` at line 2, column 1; did you mean `target`?",
        ),
        (
            "target = \"mwaa-serverles\"\n",
            "`mwaa-serverles`, which there is not; did you mean `mwaa-serverless`?",
        ),
        ("source-airflow = 4\n", "has another `source-airflow` than 2 or 3"),
        ("pure = \"hunter2\"\n", "is not valid at line 1, column 8: invalid type"),
        ("[env]\nA = hunter2\n", "is not valid at line 2, column 5: "),
        ("[env]\nA = [\"hunter2\"]\n", "has the environment variable `A` as array, not as text"),
        ("exclude = [\"{a\"]\n", "`{a` is no pattern to exclude"),
    ] {
        let here = bench("dag-converter.toml", settings);
        let output = run(&here, &["check", "team/dags"]);
        assert_exit(&output, 2);
        let text = stderr(&output);
        assert!(text.starts_with("error: ") && text.contains(message), "{settings}: {text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
    let here = bench("team/dags/old/dag-converter.toml", "");
    fs::write(here.path().join("dag-converter.toml"), SETTINGS).unwrap();
    let output = run(&here, &["check", "team/dags/a.py", "team/dags/old/b.py"]);
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("have different settings"), "{}", stderr(&output));
}

#[test]
fn codes_are_denied_and_allowed() {
    let settings = "deny = [\"task-time-limit\"]\nallow = [\"unsupported-parameter\"]\n";
    let here = folder(&[("dag-converter.toml", settings), ("dags/a.py", &plain("a"))]);
    let output = run(&here, &["check", "dags", "--output-format", "concise"]);
    assert_exit(&output, 1);
    assert!(stdout(&output).contains("error[task-time-limit]") && stdout(&output).lines().count() == 1);
    assert_exit(&run(&here, &["check", "dags", "--allow", "task-time-limit"]), 0);
    let output =
        run(&here, &["check", "dags", "--deny", "unsupported-parameter", "--output-format", "concise"]);
    assert_eq!(stdout(&output).lines().count(), 2, "{}", stdout(&output));
}

#[test]
fn the_settings_of_the_readme_are_understood() {
    let readme = fs::read_to_string("README.md").unwrap();
    let settings = readme
        .split("## Settings")
        .nth(1)
        .unwrap()
        .split("```toml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let here = bench("dag-converter.toml", settings);
    for name in ["dags", "plugins"] {
        fs::create_dir(here.path().join(name)).unwrap();
    }
    fs::write(here.path().join("variables.json"), "{}").unwrap();
    fs::write(here.path().join("inputs.toml"), "[env]\nA = \"a\"\n").unwrap();
    fs::write(here.path().join("dags/a.py"), plain("a")).unwrap();
    assert_exit(&run(&here, &["check", "dags", "-q"]), 0);
}
