//! `operators`: which a target takes, and all that the catalogue knows of one.

use std::collections::HashSet;
use std::fmt::Write as _;

use clap::ColorChoice;
use serde::Serialize;

use super::Exit;
use super::args::{DataFormat, OperatorsArgs};
use super::nearest::unknown_name;
use super::streams::Streams;
use crate::catalog::{self, Default, Move, OperatorInfo, Resolved};
use crate::target::{ParametersOf, Supported, Target, Verdict, listed_by, support};

/// Runs the subcommand.
pub(super) fn run(args: &OperatorsArgs) -> Exit {
    let mut streams = Streams::new(ColorChoice::Auto);
    let printed = match &args.name {
        None => list(args, |_| true),
        Some(name) => match found(name) {
            Found::Pages(paths) => pages(args, &paths),
            Found::Filter(text) => list(args, |operator| operator.path().to_lowercase().contains(&text)),
            Found::Nothing => {
                let names = public().map(OperatorInfo::name);
                let way = "`dag-converter operators --all` lists them";
                streams.err(&unknown_name("operator", name, names, way));
                return Exit::Failure;
            }
        },
    };
    match streams.out(&printed) {
        Ok(()) => Exit::Success,
        Err(_) => Exit::Failure,
    }
}

/// What a name stands for.
enum Found {
    /// These classes.
    Pages(Vec<OperatorInfo>),
    /// All whose path holds this text, in lower case.
    Filter(String),
    /// None.
    Nothing,
}

/// A class path or name, present or old; else a part of paths.
fn found(name: &str) -> Found {
    let is_named = |path: &str| {
        path == name || path.rsplit('.').next().is_some_and(|class| class.eq_ignore_ascii_case(name))
    };
    let present = catalog::operators().filter(|operator| is_named(operator.path()));
    let mut pages: Vec<OperatorInfo> = present.collect();
    if pages.is_empty() {
        let old = catalog::other_paths().filter(|(path, _)| is_named(path));
        pages.extend(old.filter_map(|(_, resolved)| catalog::operator(resolved.path()?)));
        pages.sort_by_key(|operator| operator.path());
        pages.dedup_by_key(|operator| operator.path());
    }
    if !pages.is_empty() {
        return Found::Pages(pages);
    }
    let text = name.to_lowercase();
    if public().any(|operator| operator.path().to_lowercase().contains(&text)) {
        return Found::Filter(text);
    }
    Found::Nothing
}

/// The operators that DAG files name, sorted by path: neither the classes behind decorators nor bases that only other classes
/// name.
fn public() -> impl Iterator<Item = OperatorInfo> {
    let bases: HashSet<&str> = catalog::operators().flat_map(OperatorInfo::bases).collect();
    catalog::operators().filter(move |operator| {
        let name = operator.name();
        let is_base =
            (name.contains("Base") || name.starts_with("Abstract")) && bases.contains(operator.path());
        !name.starts_with('_') && !is_base
    })
}

/// One line of the list.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    path: &'static str,
    supported: &'static str,
    /// The sources that list it for the target.
    sources: Vec<&'static str>,
    /// Why it is not supported, or with what proviso.
    reason: Option<String>,
    help: Option<String>,
}

fn row(target: &Target, operator: OperatorInfo) -> Row {
    let support = support(target, operator.path());
    Row {
        name: operator.name(),
        path: operator.path(),
        supported: in_a_word(support.supported),
        sources: listed_by(target, operator.path()).into_iter().map(crate::target::Mark::source).collect(),
        reason: support.reason,
        help: support.help,
    }
}

fn in_a_word(supported: Supported) -> &'static str {
    match supported {
        Supported::Yes => "yes",
        Supported::WithCode => "code",
        Supported::No => "no",
    }
}

/// The operators that `keep` lets through, those of the target alone unless `--all` or a filter asks for more.
fn list(args: &OperatorsArgs, keep: impl Fn(&OperatorInfo) -> bool) -> String {
    let target = args.target;
    let all = public().filter(keep);
    let rows: Vec<Row> = all.map(|operator| row(target, operator)).collect();
    let is_filtered = args.name.is_some();
    let (shown, hidden): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| args.all || is_filtered || row.supported != "no");
    if args.format == DataFormat::Json {
        return json(&serde_json::json!({ "target": target.name(), "operators": shown }));
    }
    let width = shown.iter().map(|row| row.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for row in &shown {
        // Of the general advice one is enough, on the page of an operator.
        let why = match (row.supported, &row.help) {
            ("no", Some(help)) if help.len() <= 90 => format!("  ({help})"),
            _ => String::new(),
        };
        let _ = writeln!(text, "{:4}  {:width$}  {}{why}", row.supported, row.name, row.path);
    }
    let count = |word: &str| rows.iter().filter(|row| row.supported == word).count();
    let _ = write!(text, "\n{}: {} supported", target.name(), count("yes"));
    if count("code") > 0 {
        let _ = write!(text, ", {} with a code package", count("code"));
    }
    let _ = writeln!(text, ", {} not", count("no"));
    if !hidden.is_empty() {
        text.push_str("`--all` lists the others too; `dag-converter operators NAME` shows one\n");
    }
    text
}

/// Everything that is known of an operator.
#[derive(Serialize)]
struct Page {
    #[serde(flatten)]
    row: Row,
    target: &'static str,
    package: &'static str,
    bases: Vec<&'static str>,
    sensor: bool,
    deferrable: bool,
    old_paths: Vec<OldPath>,
    template_fields: Vec<&'static str>,
    parameters: Vec<ParameterRow>,
}

#[derive(Serialize)]
struct OldPath {
    path: &'static str,
    how: &'static str,
}

#[derive(Serialize)]
struct ParameterRow {
    name: &'static str,
    required: bool,
    /// The Python source of the default.
    default: Option<&'static str>,
    template: bool,
    /// What the target does with it where it is not simply written.
    verdict: Option<&'static str>,
}

fn page(target: &'static Target, operator: OperatorInfo) -> Page {
    let template_fields: Vec<&str> = operator.template_fields().collect();
    let verdicts: Vec<(&str, Verdict)> =
        target.parameters(ParametersOf::Task).map(|row| (row.name, row.verdict)).collect();
    let parameters =
        operator.parameters().iter().filter(|parameter| parameter.name != "task_id").map(|parameter| {
            let verdict =
                verdicts.iter().find(|(name, _)| *name == parameter.name).and_then(|(_, verdict)| {
                    match verdict {
                        Verdict::Write => None,
                        Verdict::Drop => Some("ignored"),
                        Verdict::Refuse => Some("refused"),
                    }
                });
            ParameterRow {
                name: parameter.name,
                required: parameter.is_required(),
                default: parameter.default.map(|default| match default {
                    Default::Literal(text) | Default::Expression(text) => text,
                }),
                template: template_fields.contains(&parameter.name),
                verdict,
            }
        });
    let mut parameters: Vec<ParameterRow> = parameters.collect();
    parameters.sort_by_key(|parameter| !parameter.required);
    let old_paths = catalog::other_paths().filter(|(_, resolved)| resolved.path() == Some(operator.path()));
    Page {
        row: row(target, operator),
        target: target.name(),
        package: operator.package(),
        bases: operator.bases().collect(),
        sensor: operator.is_sensor(),
        deferrable: operator.is_deferrable(),
        old_paths: old_paths.map(|(path, resolved)| OldPath { path, how: how(resolved) }).collect(),
        template_fields,
        parameters,
    }
}

fn how(resolved: Resolved) -> &'static str {
    match resolved {
        Resolved::Current(_) => "also",
        Resolved::Moved { how: Move::Moved, .. } => "moved",
        Resolved::Moved { how: Move::Renamed, .. } => "renamed",
        Resolved::Moved { how: Move::Replaced, .. } => "replaced",
        Resolved::Gone { .. } => "gone",
    }
}

fn pages(args: &OperatorsArgs, operators: &[OperatorInfo]) -> String {
    let pages: Vec<Page> = operators.iter().map(|operator| page(args.target, *operator)).collect();
    if args.format == DataFormat::Json {
        return match pages.as_slice() {
            [page] => json(page),
            pages => json(&pages),
        };
    }
    let texts: Vec<String> = pages.iter().map(in_text).collect();
    texts.join("\n")
}

fn in_text(page: &Page) -> String {
    let mut text = format!("{}\n\n", page.row.name);
    let mut say = |name: &str, value: &str| {
        let _ = writeln!(text, "  {name:<11} {value}");
    };
    say("class path", page.row.path);
    say("package", &page.package.replace("==", " "));
    let supported = match page.row.supported {
        "yes" => "supported".to_owned(),
        "code" => "runs code of yours, from a code package".to_owned(),
        _ => "not supported".to_owned(),
    };
    let sources = page.row.sources.join("; ");
    let sources = if sources.is_empty() { sources } else { format!(" ({sources})") };
    say("target", &format!("{}: {supported}{sources}", page.target));
    if let Some(reason) = &page.row.reason {
        say("", reason);
    }
    if let Some(help) = &page.row.help {
        say("", &format!("help: {help}"));
    }
    say("bases", &page.bases.join(", "));
    if page.deferrable {
        say("", "can wait in the triggerer (`deferrable`)");
    }
    if !page.old_paths.is_empty() {
        text.push_str("\nOther paths:\n");
        for old in &page.old_paths {
            let _ = writeln!(text, "  {:8}  {}", old.how, old.path);
        }
    }
    text.push_str("\nParameters (* is rendered as a template):\n");
    let width = page.parameters.iter().map(|parameter| parameter.name.len()).max().unwrap_or_default();
    for parameter in &page.parameters {
        let mark = if parameter.template { '*' } else { ' ' };
        let default = match parameter.default {
            None => "required".to_owned(),
            Some(default) => format!("= {default}"),
        };
        let verdict =
            parameter.verdict.map(|verdict| format!("  ({verdict} by the target)")).unwrap_or_default();
        let _ = writeln!(text, "  {mark} {:width$}  {default}{verdict}", parameter.name);
    }
    let others: Vec<&str> = page
        .template_fields
        .iter()
        .filter(|field| !page.parameters.iter().any(|parameter| parameter.name == **field))
        .copied()
        .collect();
    if !others.is_empty() {
        let _ = writeln!(text, "  also rendered: {}", others.join(", "));
    }
    if !page.row.path.ends_with(".BaseOperator") {
        text.push_str("and those of BaseOperator: `dag-converter operators BaseOperator` shows them\n");
    }
    text
}

/// A value as indented JSON.
fn json(value: &impl Serialize) -> String {
    // Strings, numbers and lists always have a JSON form.
    serde_json::to_string_pretty(value).map_or_else(|_| String::new(), |text| text + "\n")
}
