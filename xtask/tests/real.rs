//! Holds what the converter makes of a thousand real DAG files against `corpus/real.tsv`.

use std::process::Command;

#[test]
fn real_dag_files_come_out_as_recorded() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["corpus", "run", "--check"])
        .output()
        .expect("the tasks can be run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}
