//! The output folder, fed with conversions that are made up.

use std::fs;

use ruff_text_size::{TextRange, TextSize};
use tempfile::TempDir;

use super::*;
use crate::diagnostic::{Severity, sort_and_dedup};
use crate::source::Span;

/// A folder with sources, an output folder beside them, and the conversions of a run.
struct Bench {
    folder: TempDir,
    sources: Sources,
    conversions: Vec<Conversion>,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("dags")).unwrap();
        Self { folder, sources: Sources::default(), conversions: Vec::new() }
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.output().join(name)).ok()
    }

    /// The names of the files in the output folder, the manifest aside.
    fn names(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.output()) else { return Vec::new() };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name != manifest::FILE_NAME).collect();
        names.sort();
        names
    }

    /// A conversion of `dags/<file>` with these definitions; each is at a line of its own.
    fn convert(mut self, file: &str, definitions: &[(&str, &str)], refused: &[&str]) -> Self {
        let path = self.folder.path().join("dags").join(file);
        fs::write(&path, "").unwrap();
        let text = self.sources.add(&path, "DAG()\n".repeat(definitions.len() + 1));
        let definition = |(line, (dag_id, yaml)): (usize, &(&str, &str))| Definition {
            dag_id: (*dag_id).to_owned(),
            yaml: (*yaml).to_owned(),
            span: Span::new(
                text.id(),
                TextRange::at(TextSize::try_from(line * 6).unwrap(), TextSize::new(5)),
            ),
        };
        self.conversions.push(Conversion {
            models: Vec::new(),
            outside: Vec::new(),
            path,
            definitions: definitions.iter().enumerate().map(definition).collect(),
            refused: refused.iter().map(|&dag_id| dag_id.to_owned()).collect(),
            diagnostics: Vec::new(),
            dags_found: definitions.len() + refused.len(),
        });
        self
    }

    fn fail_last(mut self) -> Self {
        let conversion = self.conversions.last_mut().unwrap();
        let error = Diagnostic::file_error(codes::SYNTAX_ERROR, &conversion.path, "no Python");
        conversion.diagnostics.push(error);
        self
    }

    fn plan(&mut self) -> (Folder, Plan) {
        let folder = Folder::open(&self.output()).unwrap();
        let mut plan = folder.plan(std::mem::take(&mut self.conversions), &self.sources);
        sort_and_dedup(&mut plan.diagnostics, &self.sources);
        (folder, plan)
    }

    /// Runs, and gives the findings as `severity code: message` with the folder cut out.
    fn run(&mut self) -> Vec<String> {
        let (mut folder, plan) = self.plan();
        let failures = folder.write(&plan, "2026-01-02T03:04:05Z".parse().unwrap());
        let prefix = format!("{}/", self.folder.path().display());
        plan.diagnostics
            .iter()
            .chain(&failures)
            .map(|diagnostic| {
                let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
                let path = diagnostic.place.path(&self.sources);
                let text =
                    format!("{severity} {} {}: {}", path.display(), diagnostic.code, diagnostic.message);
                text.replace(&prefix, "")
            })
            .collect()
    }
}

#[test]
fn definitions_and_manifest_are_written() {
    let mut bench = Bench::new().convert("b.py", &[("two", "two: 2\n")], &[]).convert(
        "a.py",
        &[("one", "one: 1\n")],
        &[],
    );
    assert_eq!(bench.run(), [""; 0]);
    assert_eq!(bench.names(), ["one.yml", "two.yml"], "and no temporary file");
    assert_eq!(bench.read("one.yml").as_deref(), Some("one: 1\n"));
    insta::assert_snapshot!(bench.read(manifest::FILE_NAME).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r#"
    {
      "format": 1,
      "now": "2026-01-02T03:04:05Z",
      "definitions": {
        "one.yml": {
          "dag_id": "one",
          "source": "../dags/a.py",
          "sha256": "5151b387ca63e404b39d112a6626b258989d7e5d082a96ae4f50a3ceafa84f6a",
          "version": "VERSION"
        },
        "two.yml": {
          "dag_id": "two",
          "source": "../dags/b.py",
          "sha256": "68e00914a70971c76d950c3d5ebb6267f1c7d07cabab1b8949a7ff0ac97fc157",
          "version": "VERSION"
        }
      }
    }
    "#);
}

#[cfg(unix)]
#[test]
fn the_mode_is_what_the_umask_leaves() {
    use std::os::unix::fs::PermissionsExt as _;

    let mut bench = Bench::new().convert("a.py", &[("one", "one: 1\n")], &[]);
    bench.run();
    let ordinary = bench.folder.path().join("ordinary");
    fs::write(&ordinary, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&bench.output().join("one.yml")), mode(&ordinary));
    assert_eq!(mode(&bench.output().join(manifest::FILE_NAME)), mode(&ordinary));
}

#[test]
fn identical_files_are_left_alone_and_others_replaced() {
    let mut bench = Bench::new().convert("a.py", &[("one", "one: 1\n"), ("two", "two: 2\n")], &[]);
    bench.run();
    let past = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for name in ["one.yml", "two.yml", manifest::FILE_NAME] {
        fs::File::options().write(true).open(bench.output().join(name)).unwrap().set_modified(past).unwrap();
    }
    let is_old = |bench: &Bench, name: &str| {
        fs::metadata(bench.output().join(name)).unwrap().modified().unwrap() == past
    };
    let mut bench = bench.convert("a.py", &[("one", "one: 1\n"), ("two", "two: 2\n")], &[]);
    bench.run();
    assert!(is_old(&bench, "one.yml") && is_old(&bench, "two.yml") && is_old(&bench, manifest::FILE_NAME));
    let mut bench = bench.convert("a.py", &[("one", "one: 1\n"), ("two", "two: 3\n")], &[]);
    bench.run();
    assert!(is_old(&bench, "one.yml") && !is_old(&bench, "two.yml") && !is_old(&bench, manifest::FILE_NAME));
    assert_eq!(bench.read("two.yml").as_deref(), Some("two: 3\n"));
}

#[test]
fn a_dag_id_that_is_used_twice_is_not_written() {
    let mut bench = Bench::new().convert("a.py", &[("etl", "a"), ("fine", "b")], &[]).convert(
        "b.py",
        &[("other", "c"), ("etl", "d")],
        &[],
    );
    assert_eq!(
        bench.run(),
        [
            "error dags/a.py duplicate-dag-id: the dag_id `etl` is used twice, so neither is written: here and at `dags/b.py:2:1`",
            "error dags/b.py duplicate-dag-id: the dag_id `etl` is used twice, so neither is written: here and at `dags/a.py:1:1`",
        ]
    );
    assert_eq!(bench.names(), ["fine.yml", "other.yml"]);
}

#[test]
fn ids_that_differ_in_case_only_are_not_written() {
    let mut bench =
        Bench::new().convert("a.py", &[("etl", "a"), ("ETL", "b"), ("Etl", "c"), ("x", "x")], &[]);
    let findings = bench.run();
    assert_eq!(findings.len(), 3);
    assert!(findings[0].starts_with(
        "error dags/a.py duplicate-dag-id: the dag_ids `etl`, here, and `ETL`, at `dags/a.py:2:1`, differ in case only"
    ));
    assert_eq!(bench.names(), ["x.yml"]);
}

#[test]
fn a_refused_dag_keeps_its_id() {
    let mut bench = Bench::new().convert("a.py", &[("etl", "a")], &[]).convert("b.py", &[], &["etl", "etl"]);
    assert_eq!(
        bench.run(),
        [
            "error dags/a.py duplicate-dag-id: the dag_id `etl` is used twice, so neither is written: here and at `dags/b.py`"
        ]
    );
    assert_eq!(bench.names(), [""; 0]);
}

#[test]
fn unsafe_ids_never_leave_the_folder() {
    let mut bench = Bench::new().convert(
        "a.py",
        &[("../dags/evil", "a"), ("..", "b"), (".dag-converter.json", "c")],
        &[],
    );
    let findings = bench.run();
    assert_eq!(findings.len(), 3);
    assert!(findings[0].contains(
        "unsafe-dag-id: the dag_id `../dags/evil` is no safe file name: it holds the character '/'"
    ));
    assert!(!bench.output().exists(), "nothing to write, no folder");
    let names: Vec<_> = fs::read_dir(bench.folder.path().join("dags")).unwrap().collect();
    assert_eq!(names.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_definition_is_replaced_not_followed() {
    let mut bench = Bench::new().convert("a.py", &[("one", "one: 1\n")], &[]);
    let victim = bench.folder.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    fs::create_dir(bench.output()).unwrap();
    std::os::unix::fs::symlink(&victim, bench.output().join("one.yml")).unwrap();
    assert_eq!(bench.run(), [""; 0]);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    assert_eq!(bench.read("one.yml").as_deref(), Some("one: 1\n"));
}

#[test]
fn an_older_file_of_a_refused_dag_is_stale() {
    let mut bench = Bench::new().convert("a.py", &[("one", "one: 1\n"), ("two", "two: 2\n")], &[]);
    bench.run();
    let mut bench = bench.convert("a.py", &[("two", "two: 2\n")], &["one", "never_written"]);
    assert_eq!(
        bench.run(),
        ["error out/one.yml stale-definition: this definition is stale: the DAG `one` was refused now"]
    );
    assert_eq!(bench.read("one.yml").as_deref(), Some("one: 1\n"), "it is named, not removed");
    // Also where this tool did not write it.
    fs::write(bench.output().join("foreign.yml"), "").unwrap();
    let mut bench = bench.convert("c.py", &[], &["foreign"]);
    assert!(bench.run()[0].starts_with("error out/foreign.yml stale-definition"));
}

#[test]
fn older_files_of_a_source_that_fails_or_lost_its_dag_are_stale() {
    let mut bench = Bench::new().convert("a.py", &[("one", "one: 1\n")], &[]).convert(
        "b.py",
        &[("two", "two: 2\n")],
        &[],
    );
    bench.run();
    let mut bench =
        bench.convert("a.py", &[], &[]).fail_last().convert("b.py", &[("three", "three: 3\n")], &[]);
    assert_eq!(
        bench.run(),
        [
            "error dags/a.py syntax-error: no Python",
            "error out/one.yml stale-definition: this definition is stale: `dags/a.py`, which it was made from, has errors now",
            "warning out/two.yml stale-definition: this definition is stale: `dags/b.py` no longer has the DAG `two`",
        ]
    );
}

#[test]
fn a_definition_without_its_source_is_stale() {
    let mut bench = Bench::new().convert("a.py", &[("one", "one: 1\n")], &[]).convert(
        "b.py",
        &[("two", "two: 2\n")],
        &[],
    );
    bench.run();
    fs::remove_file(bench.folder.path().join("dags/a.py")).unwrap();
    let mut bench = bench.convert("b.py", &[("two", "two: 2\n")], &[]);
    assert_eq!(
        bench.run(),
        [
            "warning out/one.yml stale-definition: this definition is stale: `dags/a.py`, which it was made from, is gone"
        ]
    );
}

#[test]
fn a_dag_that_moved_is_not_stale() {
    let mut bench = Bench::new().convert("a.py", &[("one", "one: 1\n")], &[]);
    bench.run();
    let mut bench = bench.convert("a.py", &[], &[]).convert("b.py", &[("one", "one: 1\n")], &[]);
    assert_eq!(bench.run(), [""; 0]);
}

#[test]
fn runs_over_other_paths_add_to_the_manifest() {
    let mut bench = Bench::new().convert("a.py", &[("one", "one: 1\n")], &[]);
    bench.run();
    let mut bench = bench.convert("b.py", &[("two", "two: 2\n")], &[]);
    assert_eq!(bench.run(), [""; 0]);
    let folder = Folder::open(&bench.output()).unwrap();
    assert_eq!(folder.manifest.definitions.keys().collect::<Vec<_>>(), ["one.yml", "two.yml"]);
    assert_eq!(folder.kept_instant(), Some("2026-01-02T03:04:05Z".parse().unwrap()));
    // What somebody removed is forgotten.
    fs::remove_file(bench.output().join("one.yml")).unwrap();
    let mut bench = bench.convert("b.py", &[("two", "two: 2\n")], &[]);
    assert_eq!(bench.run(), [""; 0]);
    let folder = Folder::open(&bench.output()).unwrap();
    assert_eq!(folder.manifest.definitions.keys().collect::<Vec<_>>(), ["two.yml"]);
}

#[test]
fn replacing_the_definition_of_another_source_is_a_warning() {
    let mut bench = Bench::new().convert("a.py", &[("one", "one: 1\n")], &[]);
    bench.run();
    let mut bench = bench.convert("b.py", &[("one", "one: 2\n")], &[]);
    assert_eq!(
        bench.run(),
        [
            "warning dags/b.py replaced-definition: this replaces the definition of `one` that an earlier run wrote from `dags/a.py`"
        ]
    );
    assert_eq!(bench.read("one.yml").as_deref(), Some("one: 2\n"));
    // A source that is gone was renamed.
    let mut bench = bench.convert("c.py", &[("one", "one: 2\n")], &[]);
    fs::remove_file(bench.folder.path().join("dags/b.py")).unwrap();
    assert_eq!(bench.run(), [""; 0]);
}

#[test]
fn what_cannot_be_written_does_not_keep_the_rest() {
    let mut bench = Bench::new().convert("a.py", &[("one", "one: 1\n"), ("two", "two: 2\n")], &[]);
    fs::create_dir_all(bench.output().join("one.yml")).unwrap();
    let findings = bench.run();
    assert_eq!(findings.len(), 1);
    assert!(
        findings[0].starts_with("error out/one.yml write-error: the definition cannot be written"),
        "{findings:?}"
    );
    assert_eq!(bench.names(), ["one.yml", "two.yml"], "and no temporary file");
    let folder = Folder::open(&bench.output()).unwrap();
    assert_eq!(folder.manifest.definitions.keys().collect::<Vec<_>>(), ["two.yml"]);
}

#[test]
fn a_damaged_manifest_is_an_error() {
    let bench = Bench::new();
    fs::create_dir(bench.output()).unwrap();
    for text in [
        "<<<<<<< HEAD\n",
        "{}",
        r#"{"format": 2}"#,
        r#"{"format": 1, "now": "yesterday", "definitions": {}}"#,
    ] {
        fs::write(bench.output().join(manifest::FILE_NAME), text).unwrap();
        let error = Folder::open(&bench.output()).unwrap_err().to_string();
        assert!(error.contains("remove it to start anew"), "{error}");
    }
}

#[test]
fn a_diff_shows_what_would_change() {
    let mut bench = Bench::new().convert("a.py", &[("one", "a: 1\nb: 2\n"), ("same", "s: 1\n")], &[]);
    bench.run();
    fs::write(bench.output().join("one.yml"), "a: 1\nb: \u{1b}[31m3").unwrap();
    let mut bench =
        bench.convert("a.py", &[("one", "a: 1\nb: 2\n"), ("same", "s: 1\n"), ("two", "two: 2\n")], &[]);
    let (folder, plan) = bench.plan();
    let prefix = format!("{}/", bench.folder.path().display());
    insta::assert_snapshot!(crate::cli::diff::render(&folder, &plan, false, true).replace(&prefix, ""), @r#"
    --- out/one.yml
    +++ out/one.yml
    @@ -1,2 +1,2 @@
     a: 1
    -b: ␛[31m3
    \ No newline at end of file
    +b: 2
    --- /dev/null
    +++ out/two.yml
    @@ -0,0 +1 @@
    +two: 2
    "#);
    assert!(
        crate::cli::diff::render(&folder, &plan, false, false).contains("\u{1b}[31m3"),
        "a patch holds all bytes"
    );
    assert!(crate::cli::diff::render(&folder, &plan, true, true).contains("\u{1b}[32m+b: 2\u{1b}[0m\n"));
}

#[test]
fn few_definitions_get_their_own_commands() {
    let mut bench = Bench::new().convert("a.py", &[("one", "1"), ("it_s", "2")], &[]);
    let (folder, plan) = bench.plan();
    let prefix = format!("{}/", bench.folder.path().display());
    let lines = crate::cli::deploy::lines(target("mwaa-serverless@2025-11"), &folder, &plan);
    insta::assert_snapshot!(lines.replace(&prefix, ""), @r#"
    To deploy, with your bucket and the ARN of the execution role:

      aws s3 cp out/it_s.yml s3://BUCKET/it_s.yml
      aws mwaa-serverless create-workflow --name it_s --definition-s3-location '{"Bucket": "BUCKET", "ObjectKey": "it_s.yml"}' --role-arn ROLE_ARN
      aws s3 cp out/one.yml s3://BUCKET/one.yml
      aws mwaa-serverless create-workflow --name one --definition-s3-location '{"Bucket": "BUCKET", "ObjectKey": "one.yml"}' --role-arn ROLE_ARN
    "#);
    assert_eq!(crate::cli::deploy::lines(target("dag-factory"), &folder, &plan), "");
    assert_eq!(crate::cli::deploy::lines(target("mwaa-serverless"), &folder, &Plan::default()), "");
}

#[test]
fn many_definitions_get_a_loop_unless_the_folder_holds_others() {
    let definitions: Vec<(String, String)> =
        (0..150).map(|i| (format!("dag_{i:03}"), format!("{i}"))).collect();
    let definitions: Vec<(&str, &str)> =
        definitions.iter().map(|(dag_id, yaml)| (dag_id.as_str(), yaml.as_str())).collect();
    let mut bench = Bench::new().convert("a.py", &definitions, &[]);
    let (mut folder, plan) = bench.plan();
    folder.write(&plan, Timestamp::UNIX_EPOCH);
    let prefix = format!("{}/", bench.folder.path().display());
    let lines = || crate::cli::deploy::lines(target("mwaa-serverless"), &folder, &plan).replace(&prefix, "");
    insta::assert_snapshot!(lines(), @r#"
    To deploy, with your bucket and the ARN of the execution role:

      for file in out/*.yml; do
        key=$(basename "$file")
        aws s3 cp "$file" "s3://BUCKET/$key"
        aws mwaa-serverless create-workflow --name "${key%.yml}" \
          --definition-s3-location "{\"Bucket\": \"BUCKET\", \"ObjectKey\": \"$key\"}" --role-arn ROLE_ARN
      done

    The service allows 100 workflows an account; these are 150
    "#);
    fs::write(bench.output().join("stale.yml"), "").unwrap();
    insta::assert_snapshot!(lines(), @r#"
    To deploy, with your bucket and the ARN of the execution role:

      aws s3 cp out/dag_000.yml s3://BUCKET/dag_000.yml
      aws mwaa-serverless create-workflow --name dag_000 --definition-s3-location '{"Bucket": "BUCKET", "ObjectKey": "dag_000.yml"}' --role-arn ROLE_ARN
      aws s3 cp out/dag_001.yml s3://BUCKET/dag_001.yml
      aws mwaa-serverless create-workflow --name dag_001 --definition-s3-location '{"Bucket": "BUCKET", "ObjectKey": "dag_001.yml"}' --role-arn ROLE_ARN
      aws s3 cp out/dag_002.yml s3://BUCKET/dag_002.yml
      aws mwaa-serverless create-workflow --name dag_002 --definition-s3-location '{"Bucket": "BUCKET", "ObjectKey": "dag_002.yml"}' --role-arn ROLE_ARN

    and likewise the other 147 definitions of this run

    The service allows 100 workflows an account; these are 150
    "#);
}

#[test]
fn the_summary_counts() {
    use crate::cli::summary::{Totals, dags, findings, folder};

    let mut bench = Bench::new().convert("a.py", &[("one", "1"), ("two", "2")], &[]);
    bench.run();
    let mut bench = bench.convert("a.py", &[("one", "1"), ("two", "22"), ("three", "3")], &["four"]);
    let (_, plan) = bench.plan();
    let error = Diagnostic::file_error(codes::LIMIT, "a.py", "m");
    let warning = Diagnostic::file_warning(codes::LIMIT, "a.py", "m");
    let note =
        Diagnostic { severity: Severity::Note, ..Diagnostic::file_warning(codes::MOVED_NAME, "a.py", "m") };
    let records = [error, warning.clone(), warning.dag("three"), note];
    let converted = ["one", "two", "three"];
    let text = dags(Totals { files: 1, dags: 4 }, &converted, &records)
        + &folder(&plan, Path::new("out"), false)
        + &findings(&records, &bench.sources, true);
    insta::assert_snapshot!(text, @r#"
    4 DAGs in 1 file: 2 exact, 1 with warnings, 1 refused
    3 definitions in `out`: 1 new, 1 changed, 1 unchanged

             reason   DAGs  files  findings
    error    limit       0      1         1
    warning  limit       1      1         2

    1 error, 2 warnings, 1 note
    "#);
    assert_eq!(dags(Totals { files: 2, dags: 0 }, &[], &[]), "0 DAGs in 2 files\n");
    assert_eq!(folder(&Plan::default(), Path::new("out"), true), "");
    assert_eq!(findings(&records, &bench.sources, false), "1 error, 2 warnings, 1 note\n");
}

fn target(name: &str) -> &'static crate::target::Target {
    crate::target::Target::by_name(name).expect("a target")
}
