//! `targets`: what definitions can be written for, and what each target accepts.

use std::fmt::Write as _;

use clap::ColorChoice;

use super::Exit;
use super::args::{DataFormat, TargetsArgs};
use super::nearest::unknown_name;
use super::streams::Streams;
use crate::target::{Description, Impact, ParameterFacts, Target, Verdict, describe};

/// Runs the subcommand: without a name a few lines for each target, else all of one.
pub(super) fn run(args: &TargetsArgs) -> Exit {
    let mut streams = Streams::new(ColorChoice::Auto);
    let mut descriptions = Vec::new();
    for name in &args.names {
        let Some(target) = Target::by_name(name) else {
            let names = Target::all().map(Target::name);
            streams.err(&unknown_name("target", name, names, "`dag-converter targets` lists them"));
            return Exit::Failure;
        };
        descriptions.push(describe(target));
    }
    let is_list = descriptions.is_empty();
    if is_list {
        descriptions.extend(Target::all().map(describe));
    }
    let printed = if args.format == DataFormat::Json {
        // Strings, numbers and lists always have a JSON form.
        serde_json::to_string_pretty(&descriptions).map_or_else(|_| String::new(), |text| text + "\n")
    } else if is_list {
        let texts: Vec<String> = descriptions.iter().map(brief).collect();
        format!("{}\n`dag-converter targets NAME` shows all of one\n", texts.join("\n"))
    } else {
        let texts: Vec<String> = descriptions.iter().map(full).collect();
        texts.join("\n")
    };
    match streams.out(&printed) {
        Ok(()) => Exit::Success,
        Err(_) => Exit::Failure,
    }
}

fn head(target: &Description<'_>) -> String {
    let aliases = match target.aliases {
        [] => String::new(),
        aliases => format!(" (also {})", aliases.join(", ")),
    };
    format!("{}{aliases}\n  {}\n", target.name, target.title)
}

fn brief(target: &Description<'_>) -> String {
    let operators =
        target.operators.map_or_else(|| "any operator".to_owned(), |count| format!("{count} operators"));
    let ignored =
        |rows: &[ParameterFacts<'_>]| rows.iter().filter(|row| row.verdict == Verdict::Drop).count();
    let (dag, task) = (ignored(&target.dag_parameters), ignored(&target.task_parameters));
    let mut text = head(target);
    let _ = writeln!(text, "  {operators}; leaves out {dag} parameters of DAGs and {task} of tasks");
    for fact in target.facts.iter().filter(|fact| ["definition", "task"].contains(&fact.about)) {
        let _ = writeln!(text, "  {}: {}", fact.about, fact.says);
    }
    text
}

fn full(target: &Description<'_>) -> String {
    let mut text = head(target);
    text.push_str("\nSources (the letters below name them):\n");
    for source in &target.sources {
        let _ = writeln!(text, "  {:?}  {}", source.mark, source.is);
    }
    text.push_str("\nLimits and forms:\n");
    for fact in &target.facts {
        let _ = writeln!(text, "  {:?}  {:18}  {}", fact.mark, fact.about, fact.says);
    }
    match target.operators {
        Some(count) => {
            let name = target.name;
            let _ =
                writeln!(text, "\nOperators: {count}; `dag-converter operators --target {name}` lists them");
        }
        None => text.push_str("\nOperators: any class that can be imported where the definition is loaded\n"),
    }
    for (path, reason) in &target.refused_operators {
        let _ = writeln!(text, "  not {path}: {reason}");
    }
    for (title, rows) in [("DAG", &target.dag_parameters), ("Task", &target.task_parameters)] {
        parameters(&mut text, title, rows);
    }
    text
}

fn parameters(text: &mut String, title: &str, rows: &[ParameterFacts<'_>]) {
    let is_dropped =
        |row: &&ParameterFacts<'_>, impact| row.verdict == Verdict::Drop && row.impact == Some(impact);
    let written = rows.iter().filter(|row| row.verdict == Verdict::Write);
    let mut table = |what: &str, rows: Vec<&ParameterFacts<'_>>| {
        if rows.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{title} parameters {what}:");
        for row in rows {
            let _ = writeln!(text, "  {:?}  {}", row.mark, in_words(row).trim_end());
        }
    };
    table("that are written", written.collect());
    let behaviour = rows.iter().filter(|row| is_dropped(row, Impact::Behaviour)).collect();
    table("that are left out, which changes what runs", behaviour);
    let harmless = rows.iter().filter(|row| is_dropped(row, Impact::None)).collect();
    table("that are left out, which changes nothing that runs", harmless);
    table("that refuse the DAG", rows.iter().filter(|row| row.verdict == Verdict::Refuse).collect());
}

fn in_words(row: &ParameterFacts<'_>) -> String {
    let mut notes = Vec::new();
    match (row.min, row.max) {
        (Some(min), Some(max)) => notes.push(format!("{min} to {max}")),
        (Some(min), None) => notes.push(format!("at least {min}")),
        (None, Some(max)) => notes.push(format!("at most {max}")),
        (None, None) => {}
    }
    if let Some(default) = &row.default {
        notes.push(format!("the target has {default}"));
    }
    if !row.promised {
        notes.push("not promised by the guide".to_owned());
    }
    format!("{:36}  {}", row.name, notes.join("; "))
}
