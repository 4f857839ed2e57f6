//! A difference as lines for people: what is new behind `+`, what is gone behind `-`, what is another behind `~`.

use anstyle::{AnsiColor, Style};
use similar::TextDiff;

use crate::compare::{Change, Comparison, DagChange, Fate, MemberChange, inline};
use crate::datum::Datum;
use crate::diagnostic::visible;

/// The longest value that is shown on one line, in characters.
const MAX_VALUE: usize = 200;

/// The difference of all DAGs, and a line that counts them.
pub(super) fn render(comparison: &Comparison, colour: bool) -> String {
    let mut page = Page { out: String::new(), colour };
    for dag in &comparison.dags {
        page.dag(dag);
    }
    page.out.push_str(&super::totals(comparison));
    page.out.push('\n');
    page.out
}

/// Old and new text of several lines as a patch without a head; `None` where a line says it as well.
pub(super) fn patch(change: &Change) -> Option<String> {
    let (Some(Datum::Str(old)), Some(Datum::Str(new))) = (&change.old, &change.new) else { return None };
    if !old.contains('\n') && !new.contains('\n') {
        return None;
    }
    let ended = |text: &str| if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
    if ended(old) == ended(new) {
        return None;
    }
    let (old, new) = (ended(old), ended(new));
    Some(TextDiff::from_lines(old.as_str(), new.as_str()).unified_diff().context_radius(2).to_string())
}

/// A value on a line, cut where it is long.
pub(super) fn short(value: Option<&Datum>) -> String {
    let Some(value) = value else { return "(none)".to_owned() };
    let text = visible(&inline(value)).replace(['\n', '\t'], " ");
    match text.char_indices().nth(MAX_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

struct Page {
    out: String,
    colour: bool,
}

impl Page {
    fn line(&mut self, indent: usize, sign: char, text: &str) {
        let style = match sign {
            '+' => AnsiColor::Green.on_default(),
            '-' => AnsiColor::Red.on_default(),
            '~' | '>' => AnsiColor::Yellow.on_default(),
            _ => Style::new(),
        };
        let style = if self.colour { style } else { Style::new() };
        let text = visible(text).replace(['\n', '\t'], " ");
        self.out.push_str(&format!("{:indent$}{style}{sign} {text}{style:#}\n", ""));
    }

    fn dag(&mut self, dag: &DagChange) {
        let (dag_id, tasks) = (&dag.dag_id, dag.task_count);
        let plural = if tasks == 1 { "" } else { "s" };
        match &dag.fate {
            Fate::Added => self.line(0, '+', &format!("DAG {dag_id} ({tasks} task{plural})")),
            Fate::Removed => self.line(0, '-', &format!("DAG {dag_id} ({tasks} task{plural})")),
            Fate::Renamed { from } => self.line(0, '>', &format!("DAG {dag_id}, renamed from {from}")),
            Fate::Changed => self.line(0, '~', &format!("DAG {dag_id}")),
        }
        for change in &dag.parameters {
            self.change(4, change);
        }
        for member in &dag.members {
            self.member(member);
        }
        for edge in &dag.edges_added {
            self.line(4, '+', &format!("edge {} -> {}", edge.upstream, edge.downstream));
        }
        for edge in &dag.edges_removed {
            self.line(4, '-', &format!("edge {} -> {}", edge.upstream, edge.downstream));
        }
        self.out.push('\n');
    }

    fn member(&mut self, member: &MemberChange) {
        let kind = if member.is_group { "group" } else { "task" };
        let class = member.operator.as_deref().and_then(|path| path.rsplit('.').next());
        let class = class.map(|class| format!(" ({class})")).unwrap_or_default();
        let id = &member.id;
        match &member.fate {
            Fate::Added => self.line(4, '+', &format!("{kind} {id}{class}")),
            Fate::Removed => self.line(4, '-', &format!("{kind} {id}{class}")),
            Fate::Renamed { from } => self.line(4, '>', &format!("{kind} {id}, renamed from {from}")),
            Fate::Changed => self.line(4, '~', &format!("{kind} {id}")),
        }
        for change in &member.parameters {
            self.change(8, change);
        }
    }

    fn change(&mut self, indent: usize, change: &Change) {
        let path = &change.path;
        let Some(patch) = patch(change) else {
            let (sign, text) = match (&change.old, &change.new) {
                (None, new) => ('+', format!("{path}: {}", short(new.as_ref()))),
                (old, None) => ('-', format!("{path}: {}", short(old.as_ref()))),
                (old, new) => ('~', format!("{path}: {} -> {}", short(old.as_ref()), short(new.as_ref()))),
            };
            return self.line(indent, sign, &text);
        };
        self.line(indent, '~', &format!("{path}:"));
        for line in patch.lines() {
            let sign = line.chars().next().unwrap_or(' ');
            if sign == '@' {
                self.line(indent + 4, ' ', line);
            } else {
                self.line(indent + 4, sign, line.get(1..).unwrap_or_default());
            }
        }
    }
}
