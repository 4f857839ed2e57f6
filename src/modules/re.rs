//! `re` over `fancy-regex`: patterns whose meaning is the same in both; the rest is unknown.
//!
//! Left out: bytes, `endpos`, scanners, case-insensitive matching beyond ASCII.

use std::cell::OnceCell;
use std::rc::Rc;

use fancy_regex::{Regex, RegexBuilder};

use super::support::{as_text, exception_class, no_form, not_modelled, receiver, text};
use super::{Member, ModuleTable};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::map::HashMap;
use crate::value::exception::EXCEPTION;
use crate::value::{Args, Eval, Iter, Native, Object, Stop, Type, Value};

mod flags;
mod found;
mod pattern;
mod replace;

use flags::FlagSet;
use found::Found;
use pattern::{Flags, Translated};

macro_rules! row {
    ($name:literal, $run:path, $flags:literal) => {
        (
            $name,
            Member::Function(Native::new($name, |vm, mut args| {
                let pattern = pattern_arg(vm, &mut args, $flags)?;
                $run(vm, &pattern, args)
            })),
        )
    };
}

macro_rules! method {
    ($name:literal, $run:path) => {
        Native::new($name, |vm, mut args| {
            let pattern = receiver::<Pattern>(&mut args, &PATTERN)?;
            $run(vm, &pattern, args)
        })
    };
}

macro_rules! flag {
    ($name:literal, $bits:literal) => {
        ($name, Member::Constant(|| Value::object(FlagSet($bits))))
    };
}

/// The rows of the module.
pub static RE: ModuleTable = ModuleTable {
    name: "re",
    members: &[
        flag!("A", 256),
        flag!("ASCII", 256),
        flag!("DOTALL", 16),
        flag!("I", 2),
        flag!("IGNORECASE", 2),
        flag!("M", 8),
        flag!("MULTILINE", 8),
        ("Match", Member::Class(&found::MATCH)),
        ("Pattern", Member::Class(&PATTERN)),
        flag!("S", 16),
        flag!("U", 32),
        flag!("UNICODE", 32),
        flag!("VERBOSE", 64),
        flag!("X", 64),
        (
            "compile",
            Member::Function(Native::new("compile", |vm, mut args| {
                let pattern = pattern_arg(vm, &mut args, 1)?;
                drop(args.take("flags"));
                args.finish()?;
                Ok(Value::Object(pattern))
            })),
        ),
        ("error", Member::Class(&ERROR)),
        (
            "escape",
            Member::Function(Native::new("escape", |_, mut args| {
                let source = text(&args.expect("pattern")?)?;
                args.finish()?;
                let mut escaped = String::new();
                for char in source.chars() {
                    if "()[]{}?*+-|^$\\.&~# \t\n\r\u{b}\u{c}".contains(char) {
                        escaped.push('\\');
                    }
                    escaped.push(char);
                }
                Ok(Value::from(escaped))
            })),
        ),
        row!("findall", found::findall, 2),
        row!("finditer", found::finditer, 2),
        row!("fullmatch", full_match, 2),
        row!("match", match_at, 2),
        ("purge", Member::Function(super::support::nothing("purge"))),
        row!("search", search, 2),
        row!("split", replace::split, 3),
        row!("sub", replace::sub, 4),
        row!("subn", replace::subn, 4),
    ],
};

exception_class! {
    /// `re.error`.
    pub ERROR, "re", "error", &EXCEPTION
}

/// A compiled pattern.
pub(super) struct Pattern {
    source: Rc<str>,
    translated: Translated,
    variants: [OnceCell<Option<Regex>>; 4],
}

/// How a pattern is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Anywhere behind the start.
    Search,
    /// Anywhere, but not empty at the start.
    Advance,
    /// At the start.
    Match,
    /// From the start to the end.
    Full,
}

static PATTERN: Type = Type {
    methods: &[
        method!("findall", found::findall),
        method!("finditer", found::finditer),
        method!("fullmatch", full_match),
        method!("match", match_at),
        method!("search", search),
        method!("split", replace::split),
        method!("sub", replace::sub),
        method!("subn", replace::subn),
    ],
    ..Type::new("re", "Pattern", |_, _| Err(Stop::type_error("cannot create 're.Pattern' instances")))
};

/// The compiled patterns of a run.
#[derive(Default)]
struct Compiled(HashMap<(Rc<str>, u32), Rc<Pattern>>);

/// The first argument as a pattern, with the `flags`, which by position come last of `count` arguments behind it.
fn pattern_arg(vm: &mut Vm, args: &mut Args, count: usize) -> Eval<Rc<Pattern>> {
    let source = args.expect("pattern")?;
    if let Some(pattern) = source.downcast::<Pattern>() {
        if args.named.iter().any(|(name, _)| &**name == "flags") {
            return Err(Stop::value_error("cannot process flags argument with a compiled pattern"));
        }
        return Ok(pattern);
    }
    let Some(source) = as_text(&source) else {
        return match source {
            Value::Unknown(cause) => Err(Stop::Unknown(cause)),
            Value::Bytes(_) => not_modelled(vm, "patterns of bytes are not modelled"),
            _ => Err(Stop::type_error("first argument must be string or compiled pattern")),
        };
    };
    let flags = match args.named("flags") {
        Some(flags) => flags,
        None if args.positional.len() == count => {
            args.positional.pop_back().map_or(Value::None, |arg| arg.value)
        }
        None => Value::int(0),
    };
    let bits = match flags.downcast::<FlagSet>() {
        Some(flags) => flags.0,
        None => u32::try_from(super::datetime::int(flags)?).unwrap_or(u32::MAX),
    };
    compile(vm, &source, bits)
}

fn compile(vm: &mut Vm, source: &Rc<str>, bits: u32) -> Eval<Rc<Pattern>> {
    let key = (Rc::clone(source), bits);
    if let Some(pattern) = vm.state::<Compiled>().0.get(&key) {
        return Ok(Rc::clone(pattern));
    }
    vm.spend(source.len())?;
    let Some(flags) = Flags::of_bits(bits) else {
        return not_modelled(vm, "these flags of `re` are not modelled");
    };
    let translated = match pattern::translate(source, flags) {
        Ok(translated) => translated,
        Err(refusal) => {
            return not_modelled(vm, format!("{} in the pattern `{source}` is not modelled", refusal.0));
        }
    };
    let pattern = Rc::new(Pattern { source: Rc::clone(source), translated, variants: Default::default() });
    if pattern.variant(Mode::Search).is_none() {
        return not_modelled(vm, format!("the pattern `{source}` is not modelled"));
    }
    vm.state::<Compiled>().0.insert(key, Rc::clone(&pattern));
    Ok(pattern)
}

/// How often the engine may go back in one match.
const BACKTRACKS: usize = 200_000;

impl Pattern {
    fn variant(&self, mode: Mode) -> Option<&Regex> {
        let cell = &self.variants[mode as usize];
        cell.get_or_init(|| {
            let text = &self.translated.text;
            let text = match mode {
                Mode::Search => text.clone(),
                Mode::Advance => format!("(?:{text})(?!\\G)"),
                Mode::Match => format!("\\G(?:{text})"),
                Mode::Full => format!("\\G(?:{text})\\z"),
            };
            RegexBuilder::new(&text).backtrack_limit(BACKTRACKS).delegate_size_limit(8 << 20).build().ok()
        })
        .as_ref()
    }

    /// The first match from a place on, as the ranges of its groups.
    fn find(self: &Rc<Self>, vm: &mut Vm, mode: Mode, text: &Rc<str>, from: usize) -> Eval<Option<Found>> {
        if self.translated.flags.ignore_case && !(text.is_ascii() && self.source.is_ascii()) {
            return not_modelled(vm, "matching without regard to case is not modelled beyond ASCII");
        }
        if self.translated.inner_boundary && text.is_empty() {
            return not_modelled(vm, "`\\B` in an empty text depends on the version of Python");
        }
        let Some(regex) = self.variant(mode) else {
            return not_modelled(vm, format!("the pattern `{}` is not modelled", self.source));
        };
        let found = regex.captures_from_pos(&**text, from);
        let end = match &found {
            Ok(Some(captures)) => captures.get(0).map_or(text.len(), |whole| whole.end()),
            Ok(None) | Err(_) => text.len(),
        };
        vm.spend(16 + end.saturating_sub(from) / 16)?;
        match found {
            Ok(None) => Ok(None),
            Ok(Some(captures)) => {
                let ranges = (0..=self.translated.groups)
                    .map(|at| captures.get(at).map(|group| group.range()))
                    .collect();
                Ok(Some(Found { pattern: Rc::clone(self), text: Rc::clone(text), ranges, from }))
            }
            Err(_) => {
                vm.unknown(CauseKind::Limit, format!("matching the pattern `{}` takes too long", self.source))
            }
        }
    }

    /// All matches, as `finditer` gives them: an empty one may follow upon another, but not at the place where one was empty.
    fn find_all(self: &Rc<Self>, vm: &mut Vm, text: &Rc<str>, from: usize, most: usize) -> Eval<Vec<Found>> {
        let mut found: Vec<Found> = Vec::new();
        let (mut at, mut mode) = (from, Mode::Search);
        while found.len() < most {
            let Some(next) = self.find(vm, mode, text, at)? else { break };
            let range = next.range();
            at = range.end;
            mode = if range.is_empty() { Mode::Advance } else { Mode::Search };
            found.push(next);
        }
        vm.check_size(found.len())?;
        Ok(found)
    }
}

/// The text to look at, and where in it to begin, in bytes.
fn subject(vm: &mut Vm, args: &mut Args) -> Eval<(Rc<str>, usize)> {
    let value = args.expect("string")?;
    let Some(source) = as_text(&value) else {
        return match value {
            Value::Unknown(cause) => Err(Stop::Unknown(cause)),
            Value::Bytes(_) => Err(Stop::type_error("cannot use a string pattern on a bytes-like object")),
            other => Err(Stop::type_error(format!(
                "expected string or bytes-like object, got '{}'",
                other.type_name()
            ))),
        };
    };
    let from = match args.take("pos") {
        None => 0,
        Some(place) => {
            let place = usize::try_from(vm.position(&place)?).unwrap_or(0);
            source.char_indices().nth(place).map_or(source.len(), |(at, _)| at)
        }
    };
    if args.take("endpos").is_some() {
        return not_modelled(vm, "`endpos` is not modelled");
    }
    Ok((source, from))
}

fn first(vm: &mut Vm, pattern: &Rc<Pattern>, mut args: Args, mode: Mode) -> Eval<Value> {
    let (source, from) = subject(vm, &mut args)?;
    args.finish()?;
    Ok(pattern.find(vm, mode, &source, from)?.map_or(Value::None, Value::object))
}

fn search(vm: &mut Vm, pattern: &Rc<Pattern>, args: Args) -> Eval<Value> {
    first(vm, pattern, args, Mode::Search)
}

fn match_at(vm: &mut Vm, pattern: &Rc<Pattern>, args: Args) -> Eval<Value> {
    first(vm, pattern, args, Mode::Match)
}

fn full_match(vm: &mut Vm, pattern: &Rc<Pattern>, args: Args) -> Eval<Value> {
    first(vm, pattern, args, Mode::Full)
}

fn iter(items: Vec<Value>) -> Value {
    Value::Iter(Rc::new(Iter::new(items)))
}

impl Object for Pattern {
    fn class(&self) -> Option<&'static Type> {
        Some(&PATTERN)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "pattern" => Some(Value::Str(Rc::clone(&self.source))),
            "flags" => Some(Value::int(self.translated.flags.bits())),
            "groups" => Some(Value::int(self.translated.groups)),
            "groupindex" => {
                let names = self.translated.names.iter();
                Some(Value::dict(names.map(|(name, number)| (name.as_str(), Value::int(*number)))))
            }
            _ => None,
        })
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(other
            .downcast::<Pattern>()
            .map(|other| other.source == self.source && other.translated.flags == self.translated.flags))
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("pattern {} {}", self.translated.flags.bits(), self.source))
    }

    fn truth(&self) -> Eval<bool> {
        Ok(true)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a compiled pattern")
    }
}
