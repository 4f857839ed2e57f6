//! Converts the files of the corpus, past panics and hangs.
//!
//! Each file has a thread of its own and a time limit; a thread that is late is left behind and reported.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use dag_converter::convert::{Conversion, Converter, Options};
use dag_converter::target::Target;

use super::files;
use super::packages::Package;
use crate::project;

/// What the clock shows to the converter, and to Airflow where it is asked for the truth.
pub(crate) const NOW: &str = "2026-03-10T09:17:43Z";

/// The stack of the thread that converts a file, in bytes: as much as the command line gives it.
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// One file to convert.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    /// The package, by `name-version`.
    pub(crate) package: String,
    /// The file's path inside the package.
    pub(crate) file: PathBuf,
    /// The DAG folder on disk.
    pub(crate) root: PathBuf,
    /// The file on disk.
    pub(crate) path: PathBuf,
}

/// What became of a file.
#[derive(Debug)]
pub(crate) struct Done<T = Conversion> {
    /// The file.
    pub(crate) job: Job,
    /// The result, or how the converter failed: it panicked, or it took too long.
    pub(crate) outcome: std::result::Result<T, Failure>,
    /// How long it took.
    pub(crate) time: Duration,
}

/// How the converter failed on a file, against its promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It panicked, with the message and the place.
    Panic(String),
    /// It was not done within the time limit.
    Late,
}

/// The jobs of packages that were fetched; `None` where one of them was not.
pub(crate) fn jobs(packages: &[Package]) -> Result<Option<Vec<Job>>> {
    let mut jobs = Vec::new();
    for package in packages {
        if !package.is_fetched() {
            return Ok(None);
        }
        for file in files::list(package)?.dag_files {
            let folder = package.folder();
            let (root, path) = (folder.join(files::dags_folder(&file)), folder.join(&file));
            jobs.push(Job { package: package.slug(), file, root, path });
        }
    }
    Ok(Some(jobs))
}

/// The options of a run for one target: nothing is supplied from outside, and the clock stands still.
pub(crate) fn options(target: &str) -> Result<Options> {
    let target = Target::by_name(target).with_context(|| format!("there is no target `{target}`"))?;
    let now = NOW.parse().context("the fixed instant is none")?;
    let include = vec![project::root().join("xtask/parity/stand-ins")];
    Ok(Options { include, ..Options::new(target, now) })
}

/// What is done to a file.
pub(crate) type Work<T = Conversion> = dyn Fn(&Job) -> T + Send + Sync;

/// Converts a file for one target.
pub(crate) fn work(target: &str) -> Result<Arc<Work>> {
    let converter = Converter::new(options(target)?);
    Ok(Arc::new(move |job| converter.convert_file(&job.root, &job.path)))
}

/// Does the work on all files, a few at a time; the results are in the order of the jobs.
pub(crate) fn convert_all<T: Send + 'static>(
    work: &Arc<Work<T>>,
    jobs: &[Job],
    limit: Duration,
) -> Vec<Done<T>> {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!(" at {}:{}", place.file(), place.line()));
        let message = info.payload_as_str().unwrap_or("no message");
        PANIC.set(Some(format!("{message}{}", place.unwrap_or_default())));
    }));
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut done: Vec<(usize, Done<T>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut own = Vec::new();
                    while let Some((index, job)) = take(&next, jobs) {
                        own.push((index, convert(work, job, limit)));
                    }
                    own
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    let _ = std::panic::take_hook();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, done)| done).collect()
}

thread_local! {
    /// What the panic of this thread said.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn take<'a>(next: &AtomicUsize, jobs: &'a [Job]) -> Option<(usize, &'a Job)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(index).map(|job| (index, job))
}

fn convert<T: Send + 'static>(work: &Arc<Work<T>>, job: &Job, limit: Duration) -> Done<T> {
    let start = Instant::now();
    let (sender, receiver) = sync_channel(1);
    let (work, own) = (Arc::clone(work), job.clone());
    let spawned = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&own)));
        let said = PANIC.take().unwrap_or_default();
        // Nobody listens any more where this was late.
        let _ = sender.send(outcome.map_err(|_| Failure::Panic(said)));
    });
    let outcome = match spawned {
        Err(error) => Err(Failure::Panic(format!("no thread could be made: {error}"))),
        Ok(_) => match receiver.recv_timeout(limit) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Timeout) => Err(Failure::Late),
            Err(RecvTimeoutError::Disconnected) => Err(Failure::Panic("the thread ended".to_owned())),
        },
    };
    Done { job: job.clone(), outcome, time: start.elapsed() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(name: &str) -> Job {
        let path = PathBuf::from(name);
        Job { package: String::new(), file: path.clone(), root: PathBuf::new(), path }
    }

    #[test]
    fn a_panic_or_a_hang_costs_one_file() {
        let work: Arc<Work> = Arc::new(|job| {
            match job.path.to_str() {
                Some("panic") => panic!("as asked"),
                Some("hang") => std::thread::sleep(Duration::from_mins(1)),
                _ => {}
            }
            Conversion { path: job.path.clone(), ..Conversion::default() }
        });
        let jobs = ["hang", "panic", "good"].map(job);
        let done = convert_all(&work, &jobs, Duration::from_millis(200));
        assert!(matches!(&done[0].outcome, Err(Failure::Late)));
        assert!(
            matches!(&done[1].outcome, Err(Failure::Panic(message)) if message.starts_with("as asked at ")),
            "{:?}",
            done[1].outcome
        );
        assert!(matches!(&done[2].outcome, Ok(conversion) if conversion.path.as_os_str() == "good"));
    }
}
