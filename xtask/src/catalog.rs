//! `cargo xtask catalog`: makes the data of `src/catalog` from the Python source of pinned packages.
//!
//! Nothing of the packages is run. `catalog-packages.tsv` names them, with the digest of each file.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::project;
use module::Module;
use release::Release;

mod conditions;
mod constructors;
mod importable;
mod module;
mod moves;
mod names;
mod operators;
mod packages;
mod release;
mod signature;
mod values;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write nothing; fail where the committed data is not what would be written.
    #[arg(long)]
    check: bool,
}

/// Makes the data and writes it, or holds what is committed against it.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let packages = packages::all()?;
    let mut modules = Vec::new();
    for package in &packages {
        package.fetch()?;
        modules.push(Module::all(package)?);
    }
    let release = |label: &str, airflow: &str| {
        let members = packages.iter().zip(&modules).filter(|(package, _)| package.is_of(label));
        Release::new(conditions::version(airflow), members.flat_map(|(_, modules)| modules))
    };
    let now = release(packages::NOW, "3.0.6");
    let before = release("2.10", "2.10.5");
    let operators = operators::operators(&now);
    let mut constructors = String::new();
    constructors::write(&mut constructors, "1.10", &release("1.10", "1.10.15"));
    constructors::write(&mut constructors, "2.10", &before);
    constructors::write(&mut constructors, "3.0", &now);
    let airflow = |module: &Module| {
        !module.name.starts_with("airflow.providers.")
            || module.name.starts_with("airflow.providers.standard.")
    };
    let files = [
        ("airflow-2.10.txt", importable::text(&importable::importable(&before, airflow))),
        ("airflow-3.0.txt", importable::text(&importable::importable(&now, airflow))),
        ("constructors.txt", constructors),
        ("moved.txt", moves::text(&moves::moves(&now, &operators))),
        ("operators.txt", operators::text(&operators)),
        ("packages.txt", packages::text(&packages)),
    ];
    let mut stale = false;
    for (name, text) in files {
        stale |= put(name, &text, args.check)?;
    }
    if stale && args.check {
        eprintln!("run `cargo xtask catalog` and commit what it writes");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a data file, and gives whether it was another before.
fn put(name: &str, text: &str, check: bool) -> Result<bool> {
    let path: PathBuf = project::root().join("src/catalog/data").join(name);
    let before = fs::read_to_string(&path).unwrap_or_default();
    let lines = text.lines().count();
    if before == text {
        println!("{name}: {lines} lines, as before");
        return Ok(false);
    }
    if check {
        println!("{name}: stale");
    } else {
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{name}: {lines} lines written");
    }
    Ok(true)
}
