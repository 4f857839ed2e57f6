//! Jinja templates as the rules see them: what a text reads from its context, calls and includes, each with its place in the text.
//!
//! Parsed by minijinja, whose grammar is Jinja2's but for a few forms; what it does not take is said to be unread, never guessed at.

use std::ops::Range;

use minijinja::machinery::{Span, ast, parse};
use minijinja::syntax::SyntaxConfig;

mod walk;

/// The longest text that is parsed, in bytes: a chain of that many operators must fit on the stack.
const LONGEST: usize = 64 * 1024;
/// Stack that a byte of template may take while its tree is walked and dropped, in a debug build.
const STACK_A_BYTE: usize = 4 * 1024;

/// What a template uses, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Template {
    /// Names of the context, those that the template itself binds left out.
    pub(crate) reads: Vec<Read>,
    /// Filters.
    pub(crate) filters: Vec<Used>,
    /// Tests, behind `is`.
    pub(crate) tests: Vec<Used>,
    /// Calls of `xcom_pull`.
    pub(crate) pulls: Vec<Pull>,
    /// Other templates: what `include`, `import` and `extends` name.
    pub(crate) files: Vec<Used>,
}

/// A name that a template reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    /// The variable.
    pub(crate) name: String,
    /// What is asked of it, outermost first: `conf`, `get` in `dag_run.conf.get(…)`.
    pub(crate) path: Vec<String>,
    /// Where what is shown of it stands.
    pub(crate) range: Range<usize>,
}

/// Variables that only hold others: of these the attribute says what is read.
const HOLDERS: &[&str] = &["conn", "dag", "dag_run", "macros", "task", "var"];

impl Read {
    /// The name, and of a name that only holds others also the attribute.
    pub(crate) fn shown(&self) -> String {
        match self.path.first() {
            Some(attribute) if HOLDERS.contains(&self.name.as_str()) => format!("{}.{attribute}", self.name),
            Some(_) | None => self.name.clone(),
        }
    }
}

/// A filter, a test or a file by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Used {
    /// Its name; empty where an expression gives it.
    pub(crate) name: String,
    /// Where it stands.
    pub(crate) range: Range<usize>,
}

/// A call of `ti.xcom_pull`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pull {
    /// The tasks whose results are read, as far as they are literal.
    pub(crate) task_ids: Vec<String>,
    /// The DAG whose tasks they are: `None` for the DAG of the task itself; empty where an expression gives it.
    pub(crate) dag_id: Option<String>,
    /// Where the call stands.
    pub(crate) range: Range<usize>,
}

/// Why a text is no template that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unread {
    /// The reason, in the parser's words.
    pub(crate) reason: String,
    /// Where the parser gave up.
    pub(crate) range: Range<usize>,
}

/// Whether a text has anything for Jinja to do.
pub(crate) fn is_template(text: &str) -> bool {
    let mut braces = text.match_indices('{');
    braces.any(|(at, _)| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#')))
}

impl Template {
    /// Reads a text.
    pub(crate) fn parse(text: &str) -> Result<Self, Unread> {
        if !is_template(text) {
            return Ok(Self::default());
        }
        if text.len() > LONGEST {
            let reason = format!("it has {} bytes, and {LONGEST} are read", text.len());
            return Err(Unread { reason, range: 0..0 });
        }
        // Chains nest as deeply as they are long, and are dropped by recursion.
        stacker::maybe_grow(text.len() * STACK_A_BYTE, text.len() * STACK_A_BYTE + (1 << 20), || {
            let tree = parse(text, "", SyntaxConfig::default());
            let tree = tree.map_err(|error| unread(text, &error))?;
            Ok(walk::walk(text, &tree))
        })
    }
}

fn unread(text: &str, error: &minijinja::Error) -> Unread {
    let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let range = error.range().filter(|range| text.get(range.clone()).is_some_and(|part| !part.is_empty()));
    Unread { reason, range: range.unwrap_or(0..text.len()) }
}

fn range(span: Span) -> Range<usize> {
    span.start_offset as usize..span.end_offset as usize
}

/// The literal text of an expression.
fn text_of(expr: &ast::Expr<'_>) -> Option<String> {
    match expr {
        ast::Expr::Const(value) => value.value.as_str().map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> Vec<String> {
        let template = Template::parse(text).unwrap();
        for read in &template.reads {
            assert!(text[read.range.clone()].starts_with(&read.name), "{text}: {read:?}");
        }
        template
            .reads
            .iter()
            .map(|read| [vec![read.name.clone()], read.path.clone()].concat().join("."))
            .collect()
    }

    fn used(used: &[Used], text: &str) -> Vec<String> {
        used.iter().map(|used| format!("{} {}", used.name, &text[used.range.clone()])).collect()
    }

    #[test]
    fn names_are_those_of_the_context() {
        assert_eq!(reads("s3://b/{{ ds }}/{{ macros.ds_add(ds, -1) }}"), ["ds", "macros.ds_add", "ds"]);
        assert_eq!(reads("{{ ti.xcom_pull(task_ids='a', key=\"ds }}\") | tojson }}"), ["ti.xcom_pull"]);
        assert_eq!(
            reads("{% for x in params.xs %}{{ x }}{{ loop.index }}{% endfor %}{{ x }}"),
            ["params.xs", "x"]
        );
        assert_eq!(reads("{% set a = ds %}{{ a ~ dag_run.conf['k'] }}"), ["ds", "dag_run.conf.k"]);
        assert_eq!(reads("{{ a if b is defined else f(d == e, k=c) }}"), ["b", "a", "f", "d", "e", "c"]);
        assert_eq!(reads("{{ x[1:y] }}{{ 'x' if 1 }}{{ range(3) }}{{ (a, b) }}"), ["x", "y", "a", "b"]);
        assert_eq!(reads("{% macro m(a, b=ds) %}{{ a }}{{ c }}{% endmacro %}{{ m(1) }}"), ["ds", "c"]);
        assert_eq!(reads("{% with a = ds %}{{ a }}{% endwith %}{{ a }}"), ["ds", "a"]);
        assert_eq!(reads("{% raw %}{{ ds }}{% endraw %}{# {{ ts }} #}{{ '{{' }}"), [""; 0]);
        assert_eq!(
            reads("{{ (macros.datetime.strptime(ds, '%Y')).year }}"),
            ["macros.datetime.strptime", "ds"]
        );
        assert!(reads("no template { ds }").is_empty());
    }

    #[test]
    fn filters_tests_files_and_pulls_are_found_at_their_places() {
        let text =
            "{{ ds | replace('-', '') | mine }}{% if ds is not odd_one %}{% include 'a.sql' %}{% endif %}";
        let template = Template::parse(text).unwrap();
        assert_eq!(used(&template.filters, text), ["replace replace", "mine mine"]);
        assert_eq!(used(&template.tests, text), ["odd_one odd_one"]);
        assert_eq!(used(&template.files, text), ["a.sql 'a.sql'"]);
        let text = "{{ ti.xcom_pull('a') }}{{ task_instance.xcom_pull(dag_id='x', task_ids=['b', \"c\"])[0] }}{{ ti.xcom_pull(task_ids=t) }}";
        let template = Template::parse(text).unwrap();
        let pulls: Vec<(Vec<String>, Option<&str>)> =
            template.pulls.iter().map(|pull| (pull.task_ids.clone(), pull.dag_id.as_deref())).collect();
        let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
        assert_eq!(pulls, [(ids(&["a"]), None), (ids(&["b", "c"]), Some("x")), (ids(&[]), None)]);
        assert_eq!(&text[template.pulls[0].range.clone()], "ti.xcom_pull('a')");
    }

    #[test]
    fn what_the_parser_does_not_take_is_unread() {
        for text in
            ["{{ ds", "{% if ds %}", "{{ +1 }}", "{% break %}", "{{ ds | }}", "{% trans %}x{% endtrans %}"]
        {
            let unread = Template::parse(text).unwrap_err();
            assert!(
                !unread.reason.is_empty() && text.get(unread.range.clone()).is_some(),
                "{text}: {unread:?}"
            );
        }
    }

    #[test]
    fn long_chains_do_not_overflow() {
        for chain in [".a", "+1", "|b", " or 1", "[0]"] {
            let text = format!("{{{{ a{} }}}}", chain.repeat((LONGEST - 10) / chain.len()));
            assert!(Template::parse(&text).is_ok(), "{chain}");
        }
        assert!(Template::parse(&format!("{{{{ a{} }}}}", ".a".repeat(LONGEST))).is_err());
    }
}
