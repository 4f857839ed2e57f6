//! The threads that convert: how many, how large their stacks, and what happens when one file takes too long.
//!
//! Owns the order of the results, which is that of the inputs however many threads there are.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::error::Error;
use super::files::Input;
use super::progress::Progress;
use super::streams::Streams;
use crate::convert::{Conversion, Converter};
use crate::diagnostic::{Diagnostic, codes, visible};

/// The stack of a thread that converts, in bytes: room for the deepest code that is parsed and for the calls inside calls that can
/// be asked for. How deep values nest does not matter (`value::release`). Pages that are not touched cost nothing.
const STACK_BYTES: usize = 256 << 20;

/// More threads than this gain nothing: the disk and the memory are one.
const MOST_THREADS: usize = 32;

/// How often the watchdog looks.
const POLL: Duration = Duration::from_millis(200);

/// How the files are spread over threads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Workers {
    /// The number of threads; `None` is one for each core.
    pub(super) threads: Option<NonZero<usize>>,
    /// How long one file may take before the run is ended.
    pub(super) timeout: Duration,
}

impl Workers {
    /// Converts the files, and gives what became of each, in their order; `done` sees each as soon as it is done.
    pub(super) fn convert(
        self,
        converter: &Converter,
        inputs: &[Input],
        progress: &Progress,
        done: impl Fn(&mut Conversion) + Sync,
    ) -> Result<Vec<Conversion>, Error> {
        self.each(inputs, |input| {
            progress.begin(&input.path);
            let mut conversion = convert_one(converter, input);
            done(&mut conversion);
            progress.end();
            conversion
        })
    }

    /// Does some work on each file, and gives the results in their order.
    pub(super) fn each<T: Send>(
        self,
        inputs: &[Input],
        work: impl Fn(&Input) -> T + Sync,
    ) -> Result<Vec<T>, Error> {
        let cores = || std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        let threads = self.threads.map_or_else(cores, NonZero::get).min(inputs.len().max(1));
        let running = Arc::new(Running::default());
        // The watchdog ends when the sender is dropped. Nobody waits for that: it has nothing to say any more.
        let (_done, watched) = channel::<()>();
        let (watching, timeout) = (Arc::clone(&running), self.timeout);
        std::thread::spawn(move || watching.watch(&watched, timeout));
        let work = |input| running.during(input, || work(input));
        if threads == 1 {
            // A thread of its own would cost a run over one file a tenth of its time.
            return Ok(stacker::grow(STACK_BYTES, || inputs.iter().map(work).collect()));
        }
        let pool = pool(threads)
            .map_err(|error| Error::Usage(format!("cannot start {threads} threads: {error}")))?;
        Ok(pool.install(|| inputs.par_iter().with_max_len(1).map(work).collect()))
    }
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("convert-{index}"))
        .stack_size(STACK_BYTES)
        .build()
}

/// The files that are being converted, and since when.
#[derive(Debug, Default)]
struct Running {
    since: Mutex<BTreeMap<PathBuf, Instant>>,
}

impl Running {
    fn during<T>(&self, input: &Input, work: impl FnOnce() -> T) -> T {
        self.lock().insert(input.path.clone(), Instant::now());
        let result = work();
        self.lock().remove(&input.path);
        result
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<PathBuf, Instant>> {
        self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the process when a file takes longer than `timeout`; returns when the run is over. The bounds on steps, depth and
    /// sizes end an evaluation long before; this is for what they do not see. Nothing is written until all files are done, so
    /// the output folder is as it was.
    fn watch(&self, done: &Receiver<()>, timeout: Duration) {
        while done.recv_timeout(POLL) == Err(RecvTimeoutError::Timeout) {
            let late =
                self.lock().iter().find(|(_, since)| since.elapsed() > timeout).map(|(path, _)| path.clone());
            if let Some(path) = late {
                let path = path.display().to_string();
                let seconds = timeout.as_secs();
                Streams::new(clap::ColorChoice::Auto).err(&format!(
                    "error: `{}` takes longer than {seconds} s; the run is ended, and nothing was written\n  \
                     raise `--timeout`, or leave the file out\n",
                    visible(&path)
                ));
                // A thread that does not come back cannot be ended otherwise.
                std::process::exit(2);
            }
        }
    }
}

/// Converts a file. A fault of the converter costs that file, not the others.
fn convert_one(converter: &Converter, input: &Input) -> Conversion {
    let outcome = catch_unwind(AssertUnwindSafe(|| converter.convert_file(&input.root, &input.path)));
    let mut conversion = outcome.unwrap_or_else(|_| Conversion {
        path: input.path.clone(),
        diagnostics: vec![
            Diagnostic::file_error(codes::INTERNAL_ERROR, &input.path, "the converter failed on this file")
                .help("this is a fault of the converter; please report it with the message above"),
        ],
        ..Conversion::default()
    });
    let has_errors = conversion.diagnostics.iter().any(Diagnostic::is_error);
    if input.named && conversion.dags_found == 0 && !has_errors {
        conversion.diagnostics.push(no_dag(input));
    }
    conversion
}

fn no_dag(input: &Input) -> Diagnostic {
    Diagnostic::file_error(codes::NO_DAG, &input.path, "this file holds no DAG that Airflow would find").help(
        "Airflow takes the DAGs that are bound to a name of the module when the file ends, and those that \
         `with DAG(...)` or `@dag` registers",
    )
}
