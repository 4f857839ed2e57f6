//! `cargo xtask catalog`: makes the data of `src/catalog` from the Python source of pinned packages.
//!
//! Nothing of the packages is run. `catalog-packages.tsv` names them, with the digest of each file.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use indexmap::IndexMap;

use crate::project;
use module::Module;
use moves::History;
use packages::Package;
use release::Release;

mod by_hand;
mod conditions;
mod conf;
mod constructors;
mod deprecation;
mod importable;
mod module;
mod moves;
mod names;
mod operators;
mod packages;
mod parameters;
mod plain;
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
    let past: Vec<Vec<Release<'_>>> =
        packages::PAST.iter().map(|(label, airflow)| releases(&packages, &modules, label, airflow)).collect();
    let (label, airflow) = packages::NOW;
    let now = releases(&packages, &modules, label, airflow).pop().context("no package of the present")?;
    let operators = operators::operators(&now);
    let mut history = History::new(&now, &operators);
    for release in past.iter().flatten().chain([&now]) {
        history.add(release);
    }
    let by_hand = by_hand::rows(&modules)?;
    history.add_by_hand(&by_hand);
    let fates = history.fates();
    let base_operator = signature::BASE_OPERATOR.iter().find_map(|path| operators.get(*path));
    let base_operator = &base_operator.context("there is no BaseOperator")?.signature.parameters;
    let mut parameters = parameters::History::new(&packages, &operators, &fates);
    for (releases, (_, airflow)) in past.iter().zip(packages::PAST).rev() {
        for release in releases.iter().rev() {
            parameters.add(release, base_operator);
        }
        if let Some(release) = releases.last() {
            let pin = format!("apache-airflow=={airflow}");
            parameters.add_constructors(release, &now, &pin);
        }
    }
    parameters.add_by_hand(&by_hand);
    let mut constructors = String::new();
    for (index, label) in [(0, "1.10"), (packages::PAST.len() - 1, "2.10")] {
        if let Some(release) = past[index].last() {
            constructors::write(&mut constructors, label, release);
        }
    }
    constructors::write(&mut constructors, "3.0", &now);
    let before = past.last().and_then(|releases| releases.last()).context("no package of 2.10")?;
    let airflow = |module: &Module| {
        !module.name.starts_with("airflow.providers.")
            || module.name.starts_with("airflow.providers.standard.")
    };
    // What only the Airflow of 2.10 has is kept, for files that are written for it.
    let mut plain = plain::rows(before);
    plain.extend(plain::rows(&now));
    let conf = |label: &str| {
        let members = packages.iter().zip(&modules).filter(|(package, _)| package.release == label);
        conf::defaults(members.map(|(package, modules)| (package, modules.as_slice())))
    };
    let conf = conf::text(&[("2.10", conf("2.10")?), ("3.0", conf(packages::NOW.0)?)]);
    let files = [
        ("airflow-2.10.txt", importable::text(&importable::importable(before, airflow))),
        ("airflow-3.0.txt", importable::text(&importable::importable(&now, airflow))),
        ("conf.txt", conf),
        ("constructors.txt", constructors),
        ("moved.txt", moves::text(&fates)),
        ("operators.txt", operators::text(&operators)),
        ("parameters.txt", parameters.text()),
        ("packages.txt", packages::text(&packages)?),
        ("plain.txt", plain::text(&plain)),
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

/// The packages of a release, put together. Where it has a package in several versions, there is a release with each.
fn releases<'a>(
    packages: &[Package],
    modules: &'a [Vec<Module>],
    label: &str,
    airflow: &str,
) -> Vec<Release<'a>> {
    let mut versions: IndexMap<&str, Vec<&'a [Module]>> = IndexMap::new();
    for (package, modules) in packages.iter().zip(modules).filter(|(package, _)| package.release == label) {
        versions.entry(&package.name).or_default().push(modules);
    }
    let count = versions.values().map(Vec::len).max().unwrap_or(0);
    let together = |index: usize| {
        let members = versions.values().filter_map(move |all| all.get(index).or(all.last()));
        Release::new(conditions::version(airflow), members.copied().flatten())
    };
    (0..count).map(together).collect()
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
