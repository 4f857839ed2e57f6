//! The part that all commands share that read DAG files: from the arguments to what became of each file.

use std::sync::Arc;

use jiff::Timestamp;

use super::args::{CodeForm, ReadArgs};
use super::error::Error;
use super::files;
use super::outside;
use super::progress::Progress;
use super::references;
use super::summary::Totals;
use crate::convert::{Conversion, Converter, Options};
use crate::diagnostic::Diagnostic;
use crate::policy::Policy;
use crate::source::Sources;

/// What a run read and made of it.
#[derive(Debug)]
pub(super) struct Session {
    /// The converter, which knows the sources.
    pub(super) converter: Converter,
    /// What became of each file, in order.
    pub(super) conversions: Vec<Conversion>,
    /// What there is to say of files and folders that were passed over.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What the clock showed.
    pub(super) now: Timestamp,
}

impl Session {
    /// Converts the files that the arguments name; `kept` is the instant of an earlier run into the same folder. A long run
    /// shows how far it is, unless it is to be quiet.
    pub(super) fn run(args: &ReadArgs, kept: Option<Timestamp>, is_quiet: bool) -> Result<Self, Error> {
        Self::each(args, kept, is_quiet, references::keep_named)
    }

    /// The same with the models of the DAGs kept.
    pub(super) fn with_models(args: &ReadArgs, is_quiet: bool) -> Result<Self, Error> {
        Self::each(args, None, is_quiet, |_| {})
    }

    fn each(
        args: &ReadArgs,
        kept: Option<Timestamp>,
        is_quiet: bool,
        done: impl Fn(&mut Conversion) + Sync,
    ) -> Result<Self, Error> {
        let options = options(args, kept)?;
        let now = options.now;
        let (inputs, diagnostics) = files::collect(&args.paths, &args.source)?;
        let converter = Converter::new(options);
        let progress = Progress::new(inputs.len(), is_quiet);
        let conversions = args.bounds.workers().convert(&converter, &inputs, &progress, done)?;
        Ok(Self { converter, conversions, diagnostics, now })
    }

    /// How much was read.
    pub(super) fn totals(&self) -> Totals {
        Totals {
            files: self.conversions.len(),
            dags: self.conversions.iter().map(|conversion| conversion.dags_found).sum(),
        }
    }
}

/// Decides about findings, and adds those of the comments that allow something.
pub(super) fn judge(policy: &Policy, findings: &mut Vec<Diagnostic>, sources: &Sources) {
    policy.apply(findings, sources);
    let mut comments = policy.comment_findings(findings, sources);
    policy.apply(&mut comments, sources);
    findings.append(&mut comments);
}

/// What the arguments say to the converter.
pub(super) fn options(args: &ReadArgs, kept: Option<Timestamp>) -> Result<Options, Error> {
    let given = outside::given(&args.outside)?;
    Ok(Options {
        target: args.target(),
        source_airflow: args.source.source_airflow.map(Into::into),
        env: given.env,
        variables: given.variables,
        connections: given.connections,
        config: given.config,
        machine: given.machine,
        include: args.source.include.clone(),
        runtime_dags_folder: args.outside.runtime_dags_folder.clone(),
        now: outside::now(args.outside.now, kept)?,
        assume_defaults: args.outside.assume_defaults,
        pure: given.pure,
        validate: !args.no_validate,
        policy: Arc::new(args.policy.policy()?),
        package_code: args.code()? != CodeForm::None,
        discovery: files::options(&args.source),
        limits: args.bounds.limits(),
    })
}
