//! Templates: variables, macros, filters and tests that the service does not offer, files that it does not have, and what cannot be read.

use std::ops::Range;

use crate::datum::Datum;
use crate::diagnostic::{Code, Diagnostic, Disposition, codes};
use crate::source::Span;
use crate::target::context::context;
use crate::target::draft::{Draft, Owner};
use crate::target::profile::Templates;
use crate::target::rendered::{Rendered, rendered};
use crate::target::template::{Read, Template, Unread, Used};

pub(super) fn run(draft: &mut Draft<'_>) {
    let target = draft.target;
    let all: Vec<Vec<Parsed>> = (0..draft.tasks.len()).map(|place| parsed(draft, place)).collect();
    for (place, texts) in all.iter().enumerate() {
        for (rendered, read) in texts {
            let found = match (&target.templates, read) {
                (None, read) => gone(read),
                (Some(_), _) if rendered.is_file => {
                    vec![file(draft, &rendered.text, 0..rendered.text.len())]
                }
                (Some(offered), Ok(template)) => missing(draft, offered, template),
                (Some(_), Err(unread)) => vec![not_read(unread)],
            };
            report(draft, place, rendered, found);
        }
    }
    draft.templates = Some(all);
}

/// Names what Airflow 3 itself no longer gives templates.
fn gone(read: &Result<Template, Unread>) -> Vec<Found> {
    let reads = read.iter().flat_map(|template| &template.reads);
    let found = reads.filter_map(|read| {
        Some(Found {
            code: codes::GONE_CONTEXT,
            disposition: Disposition::Note,
            range: read.range.clone(),
            help: Some(context().gone(read)?),
            name: read.shown(),
            message: "Airflow 3 gives templates no {}".to_owned(),
            label: None,
        })
    });
    found.collect()
}

/// A rendered text, and what it says as a template.
pub(crate) type Parsed = (Rendered, Result<Template, Unread>);

/// The rendered texts of a task, read.
fn parsed(draft: &Draft<'_>, place: usize) -> Vec<Parsed> {
    let texts = rendered(&draft.tasks[place]).into_iter();
    texts
        .map(|text| {
            let read = if text.is_file { Ok(Template::default()) } else { Template::parse(&text.text) };
            (text, read)
        })
        .collect()
}

/// What is found at a part of a text.
pub(crate) struct Found {
    pub(crate) code: Code,
    pub(crate) disposition: Disposition,
    pub(crate) range: Range<usize>,
    /// What it is about, where findings at one place are put together.
    pub(crate) name: String,
    /// The message, with `{}` for the names.
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) label: Option<(Span, String)>,
}

/// Reports what was found in a text, at the place of each inside the literal that says it; what stands at one place is one record.
pub(crate) fn report(draft: &mut Draft<'_>, place: usize, rendered: &Rendered, found: Vec<Found>) {
    let mut placed: Vec<(Span, Vec<Found>)> = Vec::new();
    for found in found {
        let around = expression(&rendered.text, &found.range);
        let span = draft.locate(rendered.span, &rendered.text, found.range.clone(), around);
        let same = placed.iter_mut().find(|(other, first)| {
            *other == span
                && first
                    .first()
                    .is_some_and(|first| first.code == found.code && first.message == found.message)
        });
        match same {
            Some((_, others)) if others.iter().any(|other| other.name == found.name) => {}
            Some((_, others)) => others.push(found),
            None => placed.push((span, vec![found])),
        }
    }
    for (span, found) in placed {
        let Some(first) = found.first() else { continue };
        let names: Vec<String> = found.iter().map(|found| format!("`{}`", found.name)).collect();
        let message = first.message.replace("{}", &names.join(", "));
        let mut finding = Diagnostic::warning(first.code, first.disposition, span, message);
        let mut helps: Vec<&str> = found.iter().filter_map(|found| found.help.as_deref()).collect();
        helps.dedup();
        if !helps.is_empty() {
            finding = finding.help(helps.join("; "));
        }
        if let Some((span, label)) = &first.label {
            finding = finding.label(*span, label);
        }
        draft.report_on(Owner::Task(place), &rendered.parameter, finding);
    }
}

/// The expression or statement around a part of a text, its marks included.
fn expression(text: &str, part: &Range<usize>) -> Range<usize> {
    let before = text.get(..part.start).unwrap_or_default();
    let start = ["{{", "{%"].iter().filter_map(|mark| before.rfind(mark)).max().unwrap_or(part.start);
    let after = text.get(part.end..).unwrap_or_default();
    let end = ["}}", "%}"].iter().filter_map(|mark| after.find(mark)).min();
    start..end.map_or(part.end, |end| part.end + end + 2)
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// What a template uses and the target does not offer.
fn missing(draft: &Draft<'_>, offered: &Templates, template: &Template) -> Vec<Found> {
    let service = draft.target.called();
    let unsupported = |name: String, range: &Range<usize>, message: String, help: Option<String>| Found {
        code: codes::UNSUPPORTED_TEMPLATE,
        disposition: Disposition::Note,
        range: range.clone(),
        name,
        message,
        help,
        label: None,
    };
    let mut found = Vec::new();
    for read in template.reads.iter().filter(|read| !is_offered(offered, read)) {
        let help = of_the_dag(draft, "user_defined_macros", &read.name)
            .or_else(|| context().help(read, draft.dag.source_airflow))
            .unwrap_or_else(|| format!("the variables offered are {}", listed(&offered.variables)));
        let message = format!("{service} does not offer {{}} to templates");
        found.push(unsupported(read.shown(), &read.range, message, Some(help)));
    }
    let unknown = |used: &Used, known: &[String], what: &str| {
        (!known.contains(&used.name)).then(|| {
            let help = of_the_dag(draft, "user_defined_filters", &used.name)
                .unwrap_or_else(|| format!("neither Jinja nor Airflow has a {what} of this name"));
            let message = format!("{service} has no {what} {{}}");
            unsupported(used.name.clone(), &used.range, message, Some(help))
        })
    };
    found.extend(template.filters.iter().filter_map(|used| unknown(used, &context().filters, "filter")));
    found.extend(template.tests.iter().filter_map(|used| unknown(used, &context().tests, "test")));
    found.extend(template.files.iter().map(|used| file(draft, &used.name, used.range.clone())));
    found
}

/// What to do about a name that an argument of the DAG gives its templates.
fn of_the_dag(draft: &Draft<'_>, parameter: &str, name: &str) -> Option<String> {
    let argument = draft.dag.arguments.iter().find(|argument| argument.name == parameter)?;
    let gives = match &argument.value {
        Datum::Map(pairs) => pairs.iter().any(|(key, _)| matches!(key, Datum::Str(key) if key == name)),
        _ => false,
    };
    gives.then(|| format!("it is one of `{parameter}`; put what it gives into the text, with Python"))
}

fn file(draft: &Draft<'_>, name: &str, range: Range<usize>) -> Found {
    let name = if name.is_empty() { "the file".to_owned() } else { name.to_owned() };
    Found {
        code: codes::TEMPLATE_FILE,
        disposition: Disposition::Note,
        range,
        name,
        message: format!("the template is in the file {{}}, which {} does not have", draft.target.called()),
        help: Some(
            "put the text into the DAG file, as with `Path(__file__).with_name(…).read_text()`".to_owned(),
        ),
        label: None,
    }
}

fn not_read(unread: &Unread) -> Found {
    Found {
        code: codes::TEMPLATE_NOT_READ,
        disposition: Disposition::Note,
        range: unread.range.clone(),
        name: String::new(),
        message: format!("this template cannot be read, and nothing in it is checked: {}", unread.reason),
        help: Some("Airflow would fail the task where Jinja cannot read it either".to_owned()),
        label: None,
    }
}

fn is_offered(offered: &Templates, read: &Read) -> bool {
    match read.path.first() {
        Some(attribute) if read.name == "macros" => offered.macros.contains(attribute),
        Some(_) | None => offered.variables.contains(&read.name),
    }
}

/// Names the templates of a task that follow the data interval that the schedule had.
pub(crate) fn shifted(draft: &mut Draft<'_>, schedule: Span, under: &str) {
    let target = draft.target;
    let Some(offered) = &target.templates else { return };
    for place in 0..draft.tasks.len() {
        for (rendered, read) in parsed(draft, place) {
            let Ok(template) = read else { continue };
            let follows = |read: &&Read| context().interval.contains(&read.name) && is_offered(offered, read);
            let found = template.reads.iter().filter(follows).map(|read| Found {
                code: codes::SCHEDULE_INTERVAL_SHIFT,
                disposition: Disposition::Changed,
                range: read.range.clone(),
                name: read.name.clone(),
                message: format!(
                    "{{}} is one interval earlier under {under} than in a run that {} starts",
                    target.called()
                ),
                help: context().earlier(&read.name),
                label: Some((schedule, "the schedule".to_owned())),
            });
            let found = found.collect();
            report(draft, place, &rendered, found);
        }
    }
}

/// Every text in a value, keys included.
pub(crate) fn texts(value: &Datum) -> impl Iterator<Item = &str> {
    value.walk().filter_map(|datum| if let Datum::Str(text) = datum { Some(text.as_str()) } else { None })
}
