//! Converts the fetched packages, prints what came of it, and holds it against the record.

use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::convert::{self, Done, Failure, Job};
use super::packages::{self, Package};
use super::record::{self, Row, Verdict};

/// The targets of the record.
const TARGETS: [&str; 2] = ["mwaa-serverless", "dag-factory"];

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only packages whose `name-version` holds one of these texts.
    packages: Vec<String>,
    /// Only this target.
    #[arg(long)]
    target: Option<String>,
    /// The time limit for one file, in seconds.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Renew `corpus/real.tsv`.
    #[arg(long, conflicts_with_all = ["packages", "target"])]
    record: bool,
    /// Hold the result against `corpus/real.tsv`, and fail where it differs.
    #[arg(long, conflicts_with_all = ["packages", "target", "record"])]
    check: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let packages = packages::select(&args.packages)?;
    let Some(jobs) = convert::jobs(&packages)? else {
        return not_fetched(args.check);
    };
    let targets = args.target.as_deref().map_or(TARGETS.to_vec(), |target| vec![target]);
    let (mut runs, mut failed) = (Vec::new(), false);
    for target in targets {
        let rows =
            run_target(target, &packages, &jobs, Duration::from_secs(args.seconds), args.check, &mut failed)?;
        runs.push((target, rows));
    }
    let text = record::text(&runs);
    if args.record {
        fs::write(record::path(), &text)?;
        println!("wrote corpus/real.tsv");
    }
    if args.check {
        let committed = record::committed()?;
        if committed != text {
            print_changes(&committed, &text);
            bail!(
                "the converter does not make of the real DAG files what corpus/real.tsv says; if it should, run `cargo xtask corpus run --record`"
            );
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Without the files there is nothing to hold against the record: an error where that was asked for in CI.
fn not_fetched(is_check: bool) -> Result<ExitCode> {
    let is_required = std::env::var_os("DAG_CONVERTER_REQUIRE_CORPUS").is_some();
    if is_check && !is_required {
        println!("skipped: the real DAG files are not fetched; `cargo xtask corpus fetch` does it");
        return Ok(ExitCode::SUCCESS);
    }
    bail!("the packages are not all fetched: run `cargo xtask corpus fetch`")
}

fn run_target(
    target: &str,
    packages: &[Package],
    jobs: &[Job],
    limit: Duration,
    is_quiet: bool,
    failed: &mut bool,
) -> Result<Vec<Row>> {
    let start = Instant::now();
    let done = convert::convert_all(&convert::work(target)?, jobs, limit);
    let rows: Vec<Vec<Row>> = done.iter().map(record::rows).collect();
    for done in &done {
        if let Err(failure) = &done.outcome {
            *failed = true;
            let how = match failure {
                Failure::Panic(message) => format!("panicked: {message}"),
                Failure::Late => format!("was not done within {} s", limit.as_secs()),
            };
            println!("{target}: {}/{} {how}", done.job.package, done.job.file.display());
        }
    }
    if !is_quiet {
        print_table(target, packages, &done, &rows);
        print_reasons(&rows);
        println!("{:.1} s in all\n", start.elapsed().as_secs_f64());
    }
    Ok(rows.into_iter().flatten().collect())
}

/// Sums over the files of a package.
#[derive(Default)]
struct Sum {
    files: usize,
    dags: usize,
    converted: usize,
    no_dag: usize,
    defects: usize,
    time: Duration,
    refused: BTreeMap<String, usize>,
}

impl Sum {
    fn add(&mut self, done: &Done, rows: &[Row]) {
        self.files += 1;
        self.time += done.time;
        for row in rows {
            self.dags += usize::from(row.dag_id.is_some());
            match &row.verdict {
                Verdict::Converted(_) => self.converted += 1,
                Verdict::Refused(code, _) => *self.refused.entry(code.clone()).or_default() += 1,
                Verdict::NoDag => self.no_dag += 1,
                Verdict::Lost | Verdict::Failed(_) => self.defects += 1,
            }
        }
    }

    fn print(&self, name: &str) {
        let mut codes: Vec<(&String, &usize)> = self.refused.iter().collect();
        codes.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let codes: Vec<String> = codes.iter().map(|(code, count)| format!("{code} {count}")).collect();
        println!(
            "{name:<48} {:>5} {:>5} {:>9} {:>7} {:>6} {:>7} {:>7.2}  {}",
            self.files,
            self.dags,
            self.converted,
            self.refused.values().sum::<usize>(),
            self.no_dag,
            self.defects,
            self.time.as_secs_f64(),
            codes.join(", ")
        );
    }
}

fn print_table(target: &str, packages: &[Package], done: &[Done], rows: &[Vec<Row>]) {
    println!(
        "{:<48} {:>5} {:>5} {:>9} {:>7} {:>6} {:>7} {:>7}  refused by code",
        format!("target {target}"),
        "files",
        "DAGs",
        "converted",
        "refused",
        "no DAG",
        "defects",
        "seconds"
    );
    let mut total = Sum::default();
    for package in packages {
        let slug = package.slug();
        let mut sum = Sum::default();
        for (done, rows) in done.iter().zip(rows).filter(|(done, _)| done.job.package == slug) {
            sum.add(done, rows);
            total.add(done, rows);
        }
        sum.print(&slug);
    }
    total.print("all");
}

/// Prints the ten most frequent reasons for refusal; names in backticks are taken out to count alike what is alike.
fn print_reasons(rows: &[Vec<Row>]) {
    let mut reasons: BTreeMap<(String, String), (usize, String)> = BTreeMap::new();
    for row in rows.iter().flatten() {
        if let Verdict::Refused(code, message) = &row.verdict {
            let entry = reasons.entry((code.clone(), without_names(message))).or_default();
            entry.0 += 1;
            if entry.1.is_empty() {
                entry.1 = format!("{}/{}: {message}", row.package, row.file);
            }
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    println!("the ten most frequent reasons for refusal:");
    for ((code, message), (count, example)) in reasons.iter().take(10) {
        println!("{count:>6}  {code}: {message}\n        {example}");
    }
}

fn without_names(message: &str) -> String {
    let mut parts = message.split('`');
    let mut text = parts.next().unwrap_or_default().to_owned();
    while let Some(_name) = parts.next() {
        text.push_str("`…`");
        text.push_str(parts.next().unwrap_or_default());
    }
    text
}

fn print_changes(committed: &str, text: &str) {
    let diff = similar::TextDiff::from_lines(committed, text);
    let mut count = 0;
    for change in diff.iter_all_changes() {
        let sign = match change.tag() {
            similar::ChangeTag::Delete => '-',
            similar::ChangeTag::Insert => '+',
            similar::ChangeTag::Equal => continue,
        };
        count += 1;
        if count <= 100 {
            print!("{sign}{change}");
        }
    }
    println!("{count} lines differ");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_without_their_names() {
        assert_eq!(without_names("the import `a.b` is `x`"), "the import `…` is `…`");
        assert_eq!(without_names("no name"), "no name");
    }
}
