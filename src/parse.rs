//! Source text to syntax tree: syntax errors, Python 2, and nesting that no Python would take, each as a problem with a place.

use ruff_python_ast::token::TokenKind;
use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, TraversalSignal, walk_body, walk_stmt};
use ruff_python_ast::{AnyNodeRef, ModModule, PythonVersion, Stmt};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextRange, TextSize};

mod literals;
pub mod names;
mod private;
mod semantic;

pub use literals::Literals;

/// Levels of the syntax tree beyond which a file is refused. CPython 3.12 gives up at 2 992 levels of operators, at 200
/// brackets and at 99 indents (measured).
const MAX_DEPTH: usize = 3_000;

/// Why a text is no module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in the parser's words.
    pub message: String,
    /// Where.
    pub range: TextRange,
    /// Whether the text looks like Python 2.
    pub python2: bool,
}

/// Parses a module as Python 3.12 has it.
pub fn parse(text: &str) -> Result<ModModule, Problem> {
    let options = ParseOptions::from(Mode::Module).with_target_version(PythonVersion::PY312);
    let parsed = parse_unchecked(text, options);
    let problem =
        parsed.errors().first().map(|error| (error.error.to_string(), error.location)).or_else(|| {
            parsed.unsupported_syntax_errors().first().map(|error| (error.to_string(), error.range()))
        });
    let Some(parsed) = parsed.try_into_module() else {
        let message = "the text is no module".to_owned();
        return Err(Problem { message, range: TextRange::default(), python2: false });
    };
    let mut module = parsed.into_syntax();
    let deep = deepest_over(&module);
    if let Some(range) = deep {
        discard(module, text.len());
        let message = format!("the code is nested more than {MAX_DEPTH} levels deep");
        return Err(Problem { message, range, python2: false });
    }
    if let Some((message, range)) = problem {
        let python2 = looks_like_python2(text, range);
        return Err(Problem { message, range, python2 });
    }
    if let Some((message, range)) = semantic::first_error(text, &module) {
        return Err(Problem { message, range, python2: false });
    }
    private::write_out(text, &mut module);
    Ok(module)
}

/// The comments of a module, in order.
pub fn comments(text: &str) -> Vec<TextRange> {
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module));
    parsed.tokens().iter().filter(|token| token.kind() == TokenKind::Comment).map(Ranged::range).collect()
}

/// The statements of a module, outer before inner; one that holds others ends where the first of them begins, blanks and
/// comments aside. Nothing where the text does not parse.
pub fn statements(text: &str) -> Vec<TextRange> {
    struct Collector<'t> {
        text: &'t str,
        statements: Vec<TextRange>,
        /// The statements that are being walked, by their place among those found.
        open: Vec<usize>,
    }
    impl<'a> SourceOrderVisitor<'a> for Collector<'_> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            self.open.push(self.statements.len());
            self.statements.push(statement.range());
            walk_stmt(self, statement);
            self.open.pop();
        }

        fn visit_body(&mut self, body: &'a [Stmt]) {
            if let (Some(&around), Some(first)) = (self.open.last(), body.first()) {
                let start = self.statements[around].start();
                let header = TextRange::new(start, first.start().max(start));
                if header.len() < self.statements[around].len() {
                    self.statements[around] = without_comments(self.text, header);
                }
            }
            walk_body(self, body);
        }
    }
    let Ok(module) = parse(text) else { return Vec::new() };
    let mut collector = Collector { text, statements: Vec::new(), open: Vec::new() };
    for statement in &module.body {
        collector.visit_stmt(statement);
    }
    collector.statements
}

/// The range up to its last line that holds more than a comment, that comment aside.
fn without_comments(text: &str, range: TextRange) -> TextRange {
    let mut end = range.start();
    let mut at = range.start();
    for line in text[range].split_inclusive('\n') {
        let code = line.trim_end();
        if !code.trim_start().starts_with('#') && !code.is_empty() {
            end = at + TextSize::of(code);
        }
        at += TextSize::of(line);
    }
    TextRange::new(range.start(), end)
}

/// The first node that lies deeper than the limit. Never recurses further than that itself.
fn deepest_over(module: &ModModule) -> Option<TextRange> {
    #[derive(Default)]
    struct Probe {
        depth: usize,
        found: Option<TextRange>,
    }
    impl<'a> SourceOrderVisitor<'a> for Probe {
        fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
            self.depth += 1;
            if self.found.is_some() {
                return TraversalSignal::Skip;
            }
            if self.depth > MAX_DEPTH {
                self.found = Some(node.range());
                return TraversalSignal::Skip;
            }
            TraversalSignal::Traverse
        }

        fn leave_node(&mut self, _node: AnyNodeRef<'a>) {
            self.depth -= 1;
        }
    }
    let mut probe = Probe::default();
    // A level costs up to about 2 KiB of stack in a debug build.
    stacker::maybe_grow(16 << 20, 32 << 20, || probe.visit_body(&module.body));
    probe.found
}

/// Drops a tree that is too deep for the ordinary stack: dropping recurses as deep as the tree.
fn discard(module: ModModule, length: usize) {
    stacker::grow(length.saturating_mul(1024) + (1 << 20), || drop(module));
}

/// Whether the line of a syntax error holds one of the things that Python 2 allowed.
fn looks_like_python2(text: &str, range: TextRange) -> bool {
    let start = range.start().to_usize().min(text.len());
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = text[from..to].trim_start();
    line.starts_with("print ")
        || line.starts_with("exec ")
        || line.contains("<>")
        || (line.starts_with("except ") && line.contains(','))
        || (line.starts_with("raise ") && line.contains(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_2_is_told_apart() {
        assert!(parse("print 'hello'\n").is_err_and(|problem| problem.python2));
        assert!(parse("x = = 1\n").is_err_and(|problem| !problem.python2));
        assert!(parse("print('hello')\n").is_ok());
    }

    #[test]
    fn what_no_grammar_finds_is_found() {
        for text in [
            "return 1\n",
            "def f(a, a): pass\n",
            "f(a=1, a=2)\n",
            "break\n",
            "if x:\n    continue\n",
            "nonlocal x\n",
            "class A:\n    yield 1\n",
            "*a, *b = c\n",
            "x = 1\nfrom __future__ import annotations\n",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        for text in [
            "def f(a, b): return a\n",
            "for x in y:\n    if x: break\n",
            "async def f():\n    async with a: await b\n",
            "def f():\n    global x\n    x = 1\n    yield x\n",
            "f = lambda a: (yield a)\n",
            "while x:\n    def f(): return 1\n    continue\n",
            "class A:\n    x = [y for y in z]\n",
            "async def f(): return [x async for x in y]\n",
        ] {
            assert_eq!(parse(text).err(), None, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_a_problem_and_no_crash() {
        let text = format!("x = {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
        assert!(parse(&text).is_err_and(|problem| problem.message.contains("nested")));
        assert!(parse(&format!("x = {}1\n", "-".repeat(100_000))).is_err());
        assert!(parse(&"(".repeat(100_000)).is_err());
    }
}
