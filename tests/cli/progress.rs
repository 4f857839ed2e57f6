//! Long runs: a bar on a terminal, and none anywhere else.

use std::process::Command;

use super::run::{assert_exit, folder, run, stderr};

/// Runs its arguments on a terminal of its own and prints what they print.
const ON_A_TERMINAL: &str = "import pty, sys; status = pty.spawn(sys.argv[1:]); sys.exit(status >> 8)";

#[cfg(unix)]
#[test]
fn a_bar_is_shown_on_a_terminal_only() {
    let files: Vec<(String, &str)> = (0..40).map(|i| (format!("dags/{i}.py"), "# airflow dag\n")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let here = folder(&files);
    let output = run(&here, &["check", "dags"]);
    assert_exit(&output, 0);
    assert_eq!(stderr(&output), "0 DAGs in 40 files\n");

    let python = std::env::var("DAG_CONVERTER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let on_a_terminal = |arguments: &[&str]| {
        let mut command = Command::new(&python);
        command.args(["-c", ON_A_TERMINAL, env!("CARGO_BIN_EXE_dag-converter"), "check", "dags"]);
        command.args(arguments).current_dir(here.path()).env("TERM", "xterm").env_remove("NO_COLOR");
        command.output().ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let Some(text) = on_a_terminal(&[]) else {
        assert!(std::env::var_os("DAG_CONVERTER_REQUIRE_PYTHON").is_none(), "there is no `{python}`");
        return;
    };
    assert!(text.contains("/40 files") && text.contains("0 DAGs in 40 files"), "{text:?}");
    let quiet = on_a_terminal(&["--quiet"]).unwrap();
    assert!(!quiet.contains("/40 files"), "{quiet:?}");
}
