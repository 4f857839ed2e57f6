//! Matches, and the functions that give many of them.

use std::ops::Range;
use std::rc::Rc;

use super::{Pattern, iter, subject};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::modules::support::{no_form, receiver, text};
use crate::value::exception::INDEX_ERROR;
use crate::value::{Args, Eval, Native, Object, Stop, Type, Value};

/// A match.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) pattern: Rc<Pattern>,
    pub(super) text: Rc<str>,
    /// The bytes of the whole and of each group.
    pub(super) ranges: Vec<Option<Range<usize>>>,
    /// Where the search began.
    pub(super) from: usize,
}

/// `re.Match`.
pub(super) static MATCH: Type = Type {
    methods: &[
        Native::new("group", |_, mut args| {
            let this = receiver::<Found>(&mut args, &MATCH)?;
            let mut found = Vec::new();
            while let Some(key) = args.pop() {
                found.push(this.group(&key)?);
            }
            args.finish()?;
            Ok(match found.len() {
                0 => this.part(0, &Value::None),
                1 => found.remove(0),
                _ => Value::tuple(found),
            })
        }),
        Native::new("groups", |_, mut args| {
            let this = receiver::<Found>(&mut args, &MATCH)?;
            let default = args.take("default").unwrap_or_default();
            args.finish()?;
            Ok(Value::tuple((1..this.ranges.len()).map(|at| this.part(at, &default)).collect::<Vec<_>>()))
        }),
        Native::new("groupdict", |_, mut args| {
            let this = receiver::<Found>(&mut args, &MATCH)?;
            let default = args.take("default").unwrap_or_default();
            args.finish()?;
            let names = this.pattern.translated.names.iter();
            Ok(Value::dict(names.map(|(name, at)| (name.as_str(), this.part(*at, &default)))))
        }),
        Native::new("start", |_, args| place(args, |range| Value::int(range.0))),
        Native::new("end", |_, args| place(args, |range| Value::int(range.1))),
        Native::new("span", |_, args| {
            place(args, |range| Value::tuple([Value::int(range.0), Value::int(range.1)]))
        }),
        Native::new("expand", |vm, mut args| {
            let this = receiver::<Found>(&mut args, &MATCH)?;
            let template = text(&args.expect("template")?)?;
            args.finish()?;
            super::replace::expand(vm, &this, &template).map(Value::from)
        }),
    ],
    ..Type::new("re", "Match", |_, _| Err(Stop::type_error("cannot create 're.Match' instances")))
};

fn no_group() -> Stop {
    Stop::raise(&INDEX_ERROR, "no such group")
}

fn place(mut args: Args, show: fn((i64, i64)) -> Value) -> Eval<Value> {
    let this = receiver::<Found>(&mut args, &MATCH)?;
    let at = match args.take("group") {
        Some(key) => this.number(&key)?,
        None => 0,
    };
    args.finish()?;
    let chars = |end: usize| i64::try_from(this.text[..end].chars().count()).unwrap_or(i64::MAX);
    Ok(show(match &this.ranges[at] {
        Some(range) => (chars(range.start), chars(range.end)),
        None => (-1, -1),
    }))
}

impl Found {
    /// The bytes of the whole match.
    pub(super) fn range(&self) -> Range<usize> {
        self.ranges.first().cloned().flatten().unwrap_or(0..0)
    }

    /// The text of a group; the default where it took no part.
    pub(super) fn part(&self, at: usize, default: &Value) -> Value {
        match self.ranges.get(at).cloned().flatten() {
            Some(range) => Value::str(&self.text[range]),
            None => default.clone(),
        }
    }

    fn number(&self, key: &Value) -> Eval<usize> {
        if let Some(name) = key.text() {
            let names = &self.pattern.translated.names;
            return names.iter().find(|(other, _)| **other == *name).map(|(_, at)| *at).ok_or_else(no_group);
        }
        match usize::try_from(crate::modules::datetime::int(key.clone())?) {
            Ok(at) if at < self.ranges.len() => Ok(at),
            _ => Err(no_group()),
        }
    }

    fn group(&self, key: &Value) -> Eval<Value> {
        Ok(self.part(self.number(key)?, &Value::None))
    }
}

pub(super) fn finditer(vm: &mut Vm, pattern: &Rc<Pattern>, mut args: Args) -> Eval<Value> {
    let (source, from) = subject(vm, &mut args)?;
    args.finish()?;
    let found = pattern.find_all(vm, &source, from, usize::MAX)?;
    Ok(iter(found.into_iter().map(Value::object).collect()))
}

pub(super) fn findall(vm: &mut Vm, pattern: &Rc<Pattern>, mut args: Args) -> Eval<Value> {
    let (source, from) = subject(vm, &mut args)?;
    args.finish()?;
    let empty = Value::str("");
    let found = pattern.find_all(vm, &source, from, usize::MAX)?;
    let rows = found.iter().map(|found| match found.ranges.len() {
        1 => found.part(0, &empty),
        2 => found.part(1, &empty),
        count => Value::tuple((1..count).map(|at| found.part(at, &empty)).collect::<Vec<_>>()),
    });
    Ok(Value::list(rows.collect()))
}

impl Object for Found {
    fn class(&self) -> Option<&'static Type> {
        Some(&MATCH)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "string" => Some(Value::Str(Rc::clone(&self.text))),
            "re" => Some(Value::Object(Rc::clone(&self.pattern) as crate::value::ObjectRef)),
            "pos" => Some(Value::int(self.text[..self.from].chars().count())),
            "endpos" => Some(Value::int(self.text.chars().count())),
            _ => None,
        })
    }

    fn item(self: Rc<Self>, _vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        self.group(&key).map(Some)
    }

    fn truth(&self) -> Eval<bool> {
        Ok(true)
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let range = self.range();
        let chars = |end: usize| self.text[..end].chars().count();
        let shown = vm.repr(&self.part(0, &Value::None))?;
        // CPython cuts a long match short.
        let shown: String = shown.chars().take(50).collect();
        Ok(format!("<re.Match object; span=({}, {}), match={shown}>", chars(range.start), chars(range.end))
            .into())
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a match of a pattern")
    }
}
