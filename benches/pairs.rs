//! The whole conversion against parsing alone, in one thread: file by file in turn, so that both see the same machine.
//!
//! `cargo xtask bench parse` runs it and reads the line of JSON that it prints. Its arguments: a file with a DAG folder, a tab and
//! a DAG file of it on each line; a target; how often each file is measured.

#![expect(clippy::print_stdout, reason = "a benchmark reports on the terminal")]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use dag_converter::convert::{Converter, Options};
use dag_converter::target::Target;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};

/// The allocator of the command, for both sides of the ratio.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// As much as the command line gives a thread that converts.
const STACK_BYTES: usize = 1 << 28;

fn main() {
    // Cargo adds `--bench`; under `cargo test` there is nothing to measure.
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let [list, target, rounds] = &args[..] else { return };
    let text = std::fs::read_to_string(list).expect("the list can be read");
    let files: Vec<(PathBuf, PathBuf)> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(root, file)| (root.into(), file.into()))
        .collect();
    let target = Target::by_name(target).expect("the target is there");
    let rounds = rounds.parse().expect("a number of rounds");
    let measuring = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || measure(&files, target, rounds))
        .expect("a thread can be made");
    println!("{}", measuring.join().expect("the measuring ends"));
}

/// Times of one file, one for each round.
#[derive(Default, Clone)]
struct Times {
    parsed: Vec<Duration>,
    evaluated: Vec<Duration>,
    converted: Vec<Duration>,
}

fn measure(files: &[(PathBuf, PathBuf)], target: &'static Target, rounds: usize) -> String {
    let mut times = vec![Times::default(); files.len()];
    let (mut bytes, mut definitions) = (0, 0);
    for _ in 0..rounds {
        // Each round is a run of its own: what a run keeps is made anew.
        let (evaluator, converter) = (Converter::new(options(target)), Converter::new(options(target)));
        (bytes, definitions) = (0, 0);
        for ((root, file), times) in files.iter().zip(&mut times) {
            // The first read fetches the file from the disk, at nobody's cost.
            bytes += std::fs::read(file).map_or(0, |text| text.len());
            times.parsed.push(timed(|| {
                let text = std::fs::read(file).unwrap_or_default();
                let text = String::from_utf8_lossy(&text);
                parse_unchecked(&text, ParseOptions::from(Mode::Module))
            }));
            times.evaluated.push(timed(|| evaluator.evaluate_file(root, file)));
            times.converted.push(timed(|| {
                let conversion = converter.convert_file(root, file);
                definitions += conversion.definitions.len();
                conversion
            }));
        }
    }
    let sum = |of: fn(&Times) -> &Vec<Duration>| -> f64 {
        times.iter().map(|times| median(of(times)).as_secs_f64() * 1e6).sum()
    };
    let (parsed, evaluated) = (sum(|times| &times.parsed), sum(|times| &times.evaluated));
    let converted = sum(|times| &times.converted);
    let of_files = files.len();
    format!(
        "{{\"files\":{of_files},\"bytes\":{bytes},\"definitions\":{definitions},\"parsed_us\":{parsed:.0},\
         \"evaluated_us\":{evaluated:.0},\"converted_us\":{converted:.0}}}"
    )
}

/// How long some work takes, its result dropped.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    drop(black_box(work()));
    start.elapsed()
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn options(target: &'static Target) -> Options {
    Options::new(target, "2026-03-10T09:17:43Z".parse().expect("an instant"))
}
