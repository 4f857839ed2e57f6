//! Downloads packages with pip, holds them against their digests, unpacks them. What is there already is kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use anyhow::{Context, Result, bail};

use super::files::{self, Files};
use super::packages::{self, Kind, Package};
use super::unpack;
use crate::{project, venv};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only packages whose `name-version` holds one of these texts.
    packages: Vec<String>,
    /// How many packages to fetch at a time.
    #[arg(long, short, default_value_t = 4)]
    jobs: usize,
}

/// Fetches the packages and prints a line for each, in the order of the table.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let packages = packages::select(&args.packages)?;
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<Result<Fetched>>>> = Mutex::new(packages.iter().map(|_| None).collect());
    let pip = Pip::default();
    std::thread::scope(|scope| {
        for _ in 0..args.jobs.clamp(1, packages.len().max(1)) {
            scope.spawn(|| {
                while let Some(package) = packages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let index =
                        packages.iter().position(|other| std::ptr::eq(other, package)).unwrap_or_default();
                    let fetched = pip.fetch(package);
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner)[index] = Some(fetched);
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    report(&packages, done)
}

fn report(packages: &[Package], done: Vec<Option<Result<Fetched>>>) -> Result<ExitCode> {
    println!("{:<48} {:>10} {:>10}  how", "package", "files", "DAG files");
    let (mut files, mut dag_files, mut failed) = (0, 0, 0);
    for (package, fetched) in packages.iter().zip(done) {
        let slug = package.slug();
        match fetched.context("it was not fetched").flatten().and_then(|fetched| fetched.checked(package)) {
            Ok(fetched) => {
                let how = if fetched.was_there { "was there" } else { "fetched" };
                println!("{slug:<48} {:>10} {:>10}  {how}", fetched.files.all, fetched.files.dag_files.len());
                files += fetched.files.all;
                dag_files += fetched.files.dag_files.len();
            }
            Err(error) => {
                println!("{slug:<48} failed: {error:#}");
                failed += 1;
            }
        }
    }
    let title = format!("{} packages", packages.len());
    println!("{title:<48} {files:>10} {dag_files:>10}");
    if failed > 0 {
        bail!("{failed} of {} packages could not be fetched", packages.len());
    }
    Ok(ExitCode::SUCCESS)
}

/// What is in the cache of a package.
#[derive(Debug, Default)]
struct Fetched {
    files: Files,
    was_there: bool,
}

impl Fetched {
    fn checked(self, package: &Package) -> Result<Self> {
        let (found, expected) = (self.files.dag_files.len(), package.dag_files);
        if found != expected {
            bail!("it has {found} DAG files, and corpus/packages.tsv says {expected}");
        }
        Ok(self)
    }
}

/// Makes pip's environment at most once, and only when something must be downloaded.
#[derive(Default)]
struct Pip {
    python: OnceLock<std::result::Result<PathBuf, String>>,
}

impl Pip {
    fn fetch(&self, package: &Package) -> Result<Fetched> {
        let folder = package.folder();
        if package.is_fetched() {
            return Ok(Fetched { files: files::list(package)?, was_there: true });
        }
        let archive = package.archive();
        if !is_right(&archive, package)? {
            self.download(package, &archive)?;
            if !is_right(&archive, package)? {
                bail!("{} has not the digest that corpus/packages.tsv names", package.file);
            }
        }
        let partial = folder.with_file_name(format!("{}.partial", package.slug()));
        for stale in [&partial, &folder] {
            if stale.exists() {
                fs::remove_dir_all(stale)?;
            }
        }
        fs::create_dir_all(&partial)?;
        unpack::unpack(package.kind, &archive, &partial)
            .with_context(|| format!("cannot unpack {}", package.file))?;
        fs::write(partial.join(".complete"), package.marker().1)?;
        fs::rename(&partial, &folder)?;
        Ok(Fetched { files: files::list(package)?, was_there: false })
    }

    fn download(&self, package: &Package, archive: &Path) -> Result<()> {
        let python = self
            .python
            .get_or_init(|| venv::python(venv::Environment::Fetch).map_err(|error| format!("{error:#}")));
        let python = python.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?;
        eprintln!("downloading {}", package.slug());
        let folder = archive.parent().context("the cache has no folder")?;
        fs::create_dir_all(folder)?;
        let mut command = Command::new(python);
        command.args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--dest",
        ]);
        command.arg(folder);
        match package.kind {
            Kind::Wheel => command.args(["--only-binary=:all:", "--python-version=3.10"]),
            Kind::Sdist => command.args(["--no-binary=:all:", "--no-build-isolation"]),
        };
        command.arg(format!("{}=={}", package.name, package.version));
        project::output(&mut command)?;
        if !archive.is_file() {
            bail!("pip ended well, and {} is not there", package.file);
        }
        Ok(())
    }
}

/// Whether the archive is there with the right digest; one with a wrong digest is removed.
fn is_right(archive: &Path, package: &Package) -> Result<bool> {
    if !archive.is_file() {
        return Ok(false);
    }
    if project::sha256(&fs::read(archive)?) == package.sha256 {
        return Ok(true);
    }
    fs::remove_file(archive)?;
    Ok(false)
}
