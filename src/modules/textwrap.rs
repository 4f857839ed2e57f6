//! `textwrap`: `dedent`, `indent`, `shorten`, `wrap`, `fill`.
//!
//! Left out: `TextWrapper` itself and its options, hyphenated words excepted: a text with such a word that has to be
//! broken is unknown, as are widths of characters beyond one.

use super::support::{need_text, within_size};
use super::{Member, ModuleTable};
use crate::eval::Vm;
use crate::value::{Args, Eval, Native, Value};

/// The rows of the module.
pub static TEXTWRAP: ModuleTable = ModuleTable {
    name: "textwrap",
    members: &[
        (
            "dedent",
            Member::Function(Native::new("dedent", |vm, mut args| {
                let text = need_text(&mut args, "text")?;
                args.finish()?;
                vm.spend(text.len() / 16)?;
                Ok(Value::from(dedent(&text)))
            })),
        ),
        (
            "fill",
            Member::Function(Native::new("fill", |vm, args| Ok(Value::from(wrapped(vm, args)?.join("\n"))))),
        ),
        ("indent", Member::Function(Native::new("indent", indent))),
        ("shorten", Member::Function(Native::new("shorten", shorten))),
        (
            "wrap",
            Member::Function(Native::new("wrap", |vm, args| {
                Ok(Value::list(wrapped(vm, args)?.into_iter().map(Value::from).collect()))
            })),
        ),
    ],
};

/// `textwrap.dedent`.
pub(crate) fn dedent(text: &str) -> String {
    let blank = |line: &str| line.chars().all(|c| matches!(c, ' ' | '\t'));
    let margin_of = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut margin: Option<&str> = None;
    for line in text.split('\n').filter(|line| !blank(line)) {
        let own = &line[..margin_of(line)];
        margin = Some(match margin {
            None => own,
            Some(common) => {
                let same = common.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count();
                &common[..same]
            }
        });
    }
    let margin = margin.unwrap_or_default();
    let lines =
        text.split('\n').map(|line| if blank(line) { "" } else { line.strip_prefix(margin).unwrap_or(line) });
    lines.collect::<Vec<_>>().join("\n")
}

fn indent(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let text = need_text(&mut args, "text")?;
    let prefix = need_text(&mut args, "prefix")?;
    let predicate = args.take("predicate").unwrap_or_default();
    args.finish()?;
    let mut indented = String::new();
    for line in split_lines(&text) {
        let wanted = if predicate.is_none() {
            !line.trim().is_empty()
        } else {
            let answer = vm.call_with(&predicate, [Value::str(line)])?;
            vm.truth(&answer)?
        };
        if wanted {
            indented.push_str(&prefix);
        }
        indented.push_str(line);
        within_size(vm, indented.len())?;
    }
    Ok(Value::from(indented))
}

/// `str.splitlines(True)`.
fn split_lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let ends = matches!(
            char,
            '\n' | '\r'
                | '\u{b}'
                | '\u{c}'
                | '\u{1c}'
                | '\u{1d}'
                | '\u{1e}'
                | '\u{85}'
                | '\u{2028}'
                | '\u{2029}'
        );
        if !ends {
            continue;
        }
        let mut end = at + char.len_utf8();
        if char == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n') {
            chars.next();
            end += 1;
        }
        lines.push(&text[start..end]);
        start = end;
    }
    if start < text.len() {
        lines.push(&text[start..]);
    }
    lines
}

const BLANKS: [char; 6] = ['\t', '\n', '\u{b}', '\u{c}', '\r', ' '];

fn options(vm: &mut Vm, args: Args) -> Eval<()> {
    if args.named.is_empty() && args.positional.is_empty() && args.open.is_none() {
        return Ok(());
    }
    super::support::not_modelled(vm, "this option of `textwrap` is not modelled")
}

fn width(args: &mut Args, name: &str) -> Eval<usize> {
    let width = args.take(name).map_or(Ok(70), super::datetime::int)?;
    Ok(usize::try_from(width).unwrap_or(0))
}

/// The lines of a text wrapped by words.
fn lines(vm: &mut Vm, words: &[&str], width: usize, first: &str, other: &str) -> Eval<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut has_word = false;
    for word in words {
        let indent = if lines.is_empty() { first } else { other };
        if !has_word {
            indent.clone_into(&mut line);
        }
        let gap = usize::from(has_word);
        let fits = line.chars().count() + gap + word.chars().count() <= width;
        if has_word && !fits {
            lines.push(std::mem::replace(&mut line, other.to_owned()));
            has_word = false;
        }
        let fits = line.chars().count() + usize::from(has_word) + word.chars().count() <= width;
        let breakable = word.contains(['-', '\u{2014}']);
        if !fits || breakable && line.chars().count() + word.chars().count() > width {
            return super::support::not_modelled(vm, "wrapping a text inside of a word is not modelled");
        }
        if has_word {
            line.push(' ');
        }
        line.push_str(word);
        has_word = true;
    }
    if has_word {
        lines.push(line);
    }
    Ok(lines)
}

fn wrapped(vm: &mut Vm, mut args: Args) -> Eval<Vec<String>> {
    let text = need_text(&mut args, "text")?;
    let width = width(&mut args, "width")?;
    let first = args.named("initial_indent").map_or(Ok("".into()), |value| super::support::text(&value))?;
    let other =
        args.named("subsequent_indent").map_or(Ok("".into()), |value| super::support::text(&value))?;
    options(vm, args)?;
    vm.check_size(text.len())?;
    plain(vm, &text, width)?;
    let words: Vec<&str> = text.split(BLANKS).filter(|word| !word.is_empty()).collect();
    lines(vm, &words, width, &first, &other)
}

/// Only texts are wrapped whose words are parted by single blanks and hold no hyphen: the rest has rules of its own.
fn plain(vm: &mut Vm, text: &str, width: usize) -> Eval<()> {
    let single =
        !text.contains("  ") && !text.contains(['\t', '\n', '\r', '\u{b}', '\u{c}', '-', '\u{2014}']);
    if width == 0 || text.starts_with(' ') || !single {
        return super::support::not_modelled(
            vm,
            "wrapping a text with hyphens or runs of blanks is not modelled",
        );
    }
    Ok(())
}

fn shorten(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let text = need_text(&mut args, "text")?;
    let width = width(&mut args, "width")?;
    let placeholder =
        args.named("placeholder").map_or(Ok(" [...]".into()), |value| super::support::text(&value))?;
    options(vm, args)?;
    let words: Vec<&str> = text.split(BLANKS).filter(|word| !word.is_empty()).collect();
    let collapsed = words.join(" ");
    if collapsed.chars().count() <= width {
        return Ok(Value::from(collapsed));
    }
    if collapsed.contains(['-', '\u{2014}']) {
        return super::support::not_modelled(vm, "shortening a text with hyphens is not modelled");
    }
    let room = width.checked_sub(placeholder.trim_start().chars().count());
    if room.is_none() {
        return Err(crate::value::Stop::value_error("placeholder too large for max width"));
    }
    for count in (0..words.len()).rev() {
        let head = words[..count].join(" ");
        let short =
            if count == 0 { placeholder.trim_start().to_owned() } else { format!("{head}{placeholder}") };
        if short.chars().count() <= width {
            return Ok(Value::from(short));
        }
    }
    Ok(Value::str(""))
}
