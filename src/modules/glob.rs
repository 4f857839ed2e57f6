//! `glob` and `fnmatch`: patterns over names and over the user's folders.
//!
//! Left out: `root_dir`, `dir_fd`, patterns relative to the current directory, which is not known.

use super::files::{self, fspath, locate};
use super::os::path::joined;
use super::support::{done, named_flag, need_text, within_size};
use super::{Member, ModuleTable};
use crate::eval::Vm;
use crate::source::{self, Entry};
use crate::value::{Args, Eval, Iter, Native, Value};

/// The rows of `glob`.
pub static GLOB: ModuleTable = ModuleTable {
    name: "glob",
    members: &[
        (
            "escape",
            Member::Function(Native::new("escape", |_, mut args| {
                let path = need_text(&mut args, "pathname")?;
                args.finish()?;
                let escaped =
                    path.chars().map(|c| if is_magic(c) { format!("[{c}]") } else { c.to_string() });
                Ok(Value::from(escaped.collect::<String>()))
            })),
        ),
        ("glob", Member::Function(Native::new("glob", |vm, args| glob(vm, args).map(Value::list)))),
        (
            "iglob",
            Member::Function(Native::new("iglob", |vm, args| {
                let found = glob(vm, args)?;
                Ok(Value::Iter(std::rc::Rc::new(Iter::new(found))))
            })),
        ),
    ],
};

/// The rows of `fnmatch`.
pub static FNMATCH: ModuleTable = ModuleTable {
    name: "fnmatch",
    members: &[
        (
            "filter",
            Member::Function(Native::new("filter", |vm, mut args| {
                let names = args.expect("names")?;
                let pattern = need_text(&mut args, "pat")?;
                args.finish()?;
                let mut kept = Vec::new();
                for name in vm.iterate(&names)? {
                    if matches(vm, &super::support::text(&name)?, &pattern)? {
                        kept.push(name);
                    }
                }
                Ok(Value::list(kept))
            })),
        ),
        ("fnmatch", Member::Function(Native::new("fnmatch", fnmatch))),
        ("fnmatchcase", Member::Function(Native::new("fnmatchcase", fnmatch))),
    ],
};

fn fnmatch(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let name = args.expect("name")?;
    let name = fspath(vm, &name)?;
    let pattern = need_text(&mut args, "pat")?;
    args.finish()?;
    matches(vm, &name, &pattern).map(Value::Bool)
}

fn is_magic(char: char) -> bool {
    matches!(char, '*' | '?' | '[')
}

/// Whether a name matches a pattern of `*`, `?`, `[…]` as a whole, as `fnmatch.fnmatchcase` has it.
pub(crate) fn matches(vm: &mut Vm, name: &str, pattern: &str) -> Eval<bool> {
    let (name, pattern): (Vec<char>, Vec<char>) = (name.chars().collect(), pattern.chars().collect());
    vm.spend(name.len() * pattern.len() / 8 + 1)?;
    let (mut at, mut p) = (0, 0);
    // Where the last `*` stands and what it has taken so far; only the last can matter.
    let mut star: Option<(usize, usize)> = None;
    loop {
        let step = match pattern.get(p) {
            Some('*') => {
                star = Some((p + 1, at));
                p += 1;
                continue;
            }
            None if at == name.len() => return Ok(true),
            None => None,
            Some('?') => (at < name.len()).then_some(1),
            Some('[') => match (set(&pattern[p..]), name.get(at)) {
                (Some((set, len)), Some(char)) => set.has(*char).then_some(len),
                (Some(_), None) => None,
                (None, char) => (char == Some(&'[')).then_some(1),
            },
            Some(char) => (name.get(at) == Some(char)).then_some(1),
        };
        match (step, star) {
            (Some(len), _) => {
                at += 1;
                p += len;
            }
            (None, Some((behind, taken))) if taken < name.len() => {
                star = Some((behind, taken + 1));
                at = taken + 1;
                p = behind;
            }
            (None, _) => return Ok(false),
        }
    }
}

struct CharSet {
    negated: bool,
    ranges: Vec<(char, char)>,
}

impl CharSet {
    fn has(&self, char: char) -> bool {
        self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&char)) != self.negated
    }
}

/// The set at the start of a pattern and its length; `None` where the bracket is not closed, and so stands for itself.
fn set(pattern: &[char]) -> Option<(CharSet, usize)> {
    let negated = pattern.get(1) == Some(&'!');
    let start = 1 + usize::from(negated);
    let end = start + 1 + pattern.get(start + 1..)?.iter().position(|c| *c == ']')?;
    let inner = &pattern[start..end];
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(&low) = inner.get(at) {
        if let (Some('-'), Some(&high)) = (inner.get(at + 1), inner.get(at + 2)) {
            ranges.push((low, high));
            at += 3;
        } else {
            ranges.push((low, low));
            at += 1;
        }
    }
    Some((CharSet { negated, ranges }, end + 1))
}

/// How the parts of a pattern are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// Whether names that begin with a dot match patterns that do not.
    pub(crate) hidden: bool,
    /// Whether `**` goes into folders of folders.
    pub(crate) recursive: bool,
}

/// The paths below `base` that match the parts of a pattern.
pub(crate) fn expand(
    vm: &mut Vm,
    base: &str,
    parts: &[&str],
    rules: Rules,
    found: &mut Vec<String>,
) -> Eval<()> {
    let Some((part, rest)) = parts.split_first() else {
        if !found.iter().any(|other| other == base) {
            found.push(base.to_owned());
        }
        return within_size(vm, found.len());
    };
    if *part == "**" && rules.recursive {
        expand(vm, base, rest, rules, found)?;
        for (name, entry) in files::list(vm, base)? {
            let visible = rules.hidden || !name.starts_with('.');
            if entry == Entry::Folder && visible {
                expand(vm, &joined(base, &name), parts, rules, found)?;
            } else if entry == Entry::File && visible && rest.is_empty() && !rules.hidden {
                found.push(joined(base, &name));
            }
        }
        return Ok(());
    }
    if !part.contains(is_magic) {
        let path = joined(base, part);
        if source::entry(&locate(vm, &path)?) != Entry::Missing {
            expand(vm, &path, rest, rules, found)?;
        }
        return Ok(());
    }
    if source::entry(&locate(vm, base)?) != Entry::Folder {
        return Ok(());
    }
    for (name, entry) in files::list(vm, base)? {
        let visible = rules.hidden || !name.starts_with('.') || part.starts_with('.');
        if visible && (rest.is_empty() || entry == Entry::Folder) && matches(vm, &name, part)? {
            expand(vm, &joined(base, &name), rest, rules, found)?;
        }
    }
    Ok(())
}

fn glob(vm: &mut Vm, mut args: Args) -> Eval<Vec<Value>> {
    let pattern = args.expect("pathname")?;
    let pattern = fspath(vm, &pattern)?;
    let recursive = named_flag(vm, &mut args, "recursive", false)?;
    let hidden = named_flag(vm, &mut args, "include_hidden", false)?;
    done(vm, args)?;
    // Up to the first part with a pattern, the text stays as it is written.
    let magic = pattern.find(is_magic).unwrap_or(pattern.len());
    let at = pattern[..magic].rfind('/').map_or(0, |at| at + 1);
    let (base, parts) = pattern.split_at(at);
    let trimmed = base.trim_end_matches('/');
    let base = if trimmed.is_empty() { base } else { trimmed };
    locate(vm, base)?;
    let parts: Vec<&str> = parts.split('/').collect();
    if parts.iter().any(|part| part.is_empty()) || hidden {
        return super::support::not_modelled(vm, format!("the pattern `{pattern}` is not modelled"));
    }
    let mut found = Vec::new();
    expand(vm, base, &parts, Rules { hidden: false, recursive }, &mut found)?;
    Ok(found.into_iter().map(Value::from).collect())
}
