//! `pathlib` on POSIX: pure paths in full; what reads the disk answers for the DAG folder alone.
//!
//! Left out: times and owners of files, changes to the disk, Windows paths, `relative_to(walk_up=…)`.

use std::rc::Rc;

use ruff_python_ast::{CmpOp, Operator};

use super::files::fspath;
use super::os::path::joined;
use super::{Member, ModuleTable};
use crate::datum::{Datum, TypedObject};
use crate::eval::{Collector, Vm};
use crate::modules::machine;
use crate::value::{Args, Eval, Native, Object, Operation, Type, Value};

mod disk;
mod pure;

/// The rows of the module.
pub static PATHLIB: ModuleTable = ModuleTable {
    name: "pathlib",
    members: &[
        ("Path", Member::Class(&PATH)),
        ("PosixPath", Member::Class(&POSIX_PATH)),
        ("PurePath", Member::Class(&PURE_PATH)),
        ("PurePosixPath", Member::Class(&PURE_POSIX_PATH)),
    ],
};

/// A path.
#[derive(Debug, Clone)]
pub struct Path {
    /// Its text, as `str` gives it.
    pub text: Rc<str>,
    /// Its class: `PosixPath` or `PurePosixPath`.
    pub class: &'static Type,
}

static PURE_PATH: Type = Type {
    methods: pure::METHODS,
    ..Type::new("pathlib", "PurePath", |vm, args| new(vm, args, &PURE_POSIX_PATH))
};
static PURE_POSIX_PATH: Type = Type {
    base: Some(&PURE_PATH),
    ..Type::new("pathlib", "PurePosixPath", |vm, args| new(vm, args, &PURE_POSIX_PATH))
};
static PATH: Type = Type {
    base: Some(&PURE_PATH),
    methods: disk::METHODS,
    statics: &[
        Native::new("cwd", |vm, _| Ok(Value::object(Path::new(&machine::fact(vm, "cwd")?, &POSIX_PATH)))),
        Native::new("home", |vm, _| Ok(Value::object(Path::new(&machine::home(vm)?, &POSIX_PATH)))),
    ],
    ..Type::new("pathlib", "Path", |vm, args| new(vm, args, &POSIX_PATH))
};
static POSIX_PATH: Type =
    Type { base: Some(&PATH), ..Type::new("pathlib", "PosixPath", |vm, args| new(vm, args, &POSIX_PATH)) };

fn new(vm: &mut Vm, mut args: Args, class: &'static Type) -> Eval<Value> {
    let mut text = String::new();
    while let Some(part) = args.positional.pop_front() {
        text = joined(&text, &fspath(vm, &part.value)?);
    }
    args.finish()?;
    vm.check_size(text.len())?;
    Ok(Value::object(Path::new(&text, class)))
}

impl Path {
    /// The path that a text names, without empty and `.` parts.
    pub(crate) fn new(text: &str, class: &'static Type) -> Self {
        let root = match text.len() - text.trim_start_matches('/').len() {
            0 => "",
            2 => "//",
            _ => "/",
        };
        let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        let normal = format!("{root}{}", parts.join("/"));
        Self { text: if normal.is_empty() { ".".into() } else { normal.into() }, class }
    }

    /// A concrete path.
    pub(crate) fn concrete(text: &str) -> Value {
        Value::object(Self::new(text, &POSIX_PATH))
    }

    fn root(&self) -> &str {
        match self.text.len() - self.text.trim_start_matches('/').len() {
            0 => "",
            2 => "//",
            _ => "/",
        }
    }

    fn tail(&self) -> Vec<&str> {
        let tail = self.text.trim_start_matches('/');
        if tail.is_empty() || tail == "." { Vec::new() } else { tail.split('/').collect() }
    }

    fn name(&self) -> &str {
        self.tail().last().copied().unwrap_or_default()
    }

    fn with_tail(&self, tail: &[&str]) -> Self {
        Self::new(&format!("{}{}", self.root(), tail.join("/")), self.class)
    }

    fn parent(&self) -> Self {
        match self.tail().split_last() {
            Some((_, rest)) => self.with_tail(rest),
            None => self.clone(),
        }
    }

    fn child(&self, part: &str) -> Self {
        let base = if &*self.text == "." { "" } else { &self.text };
        Self::new(&joined(base, part), self.class)
    }

    /// The place of the dot that begins the suffix of the name.
    fn dot(&self) -> Option<usize> {
        let name = self.name();
        name.rfind('.').filter(|at| *at > 0 && at + 1 < name.len())
    }
}

impl Object for Path {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let text = |text: &str| Some(Value::str(text));
        Ok(match name {
            "name" => text(self.name()),
            "stem" => text(&self.name()[..self.dot().unwrap_or(self.name().len())]),
            "suffix" => text(self.dot().map_or("", |at| &self.name()[at..])),
            "suffixes" => {
                let name = self.name();
                let parts = if name.ends_with('.') { "" } else { name.trim_start_matches('.') };
                Some(Value::list(
                    parts.split('.').skip(1).map(|part| Value::from(format!(".{part}"))).collect(),
                ))
            }
            "parent" => Some(Value::object(self.parent())),
            "parents" => {
                let mut parents = Vec::new();
                let mut path = (*self).clone();
                while !path.tail().is_empty() {
                    path = path.parent();
                    parents.push(Value::object(path.clone()));
                }
                Some(Value::tuple(parents))
            }
            "parts" => {
                let root = Some(self.root()).filter(|root| !root.is_empty());
                Some(Value::tuple(root.into_iter().chain(self.tail()).map(Value::str).collect::<Vec<_>>()))
            }
            "root" | "anchor" => text(self.root()),
            "drive" => text(""),
            _ => None,
        })
    }

    fn binary(
        self: Rc<Self>,
        vm: &mut Vm,
        Operation { op, other, reflected, .. }: Operation<'_>,
    ) -> Eval<Option<Value>> {
        if op != Operator::Div {
            return Ok(None);
        }
        match other {
            Value::Unknown(cause) => Err(crate::value::Stop::Unknown(cause.clone())),
            Value::Str(_) | Value::Object(_) | Value::Instance(_) => {
                let part = fspath(vm, other)?;
                vm.check_size(self.text.len() + part.len())?;
                let path = if reflected {
                    Path::new(&part, self.class).child(&self.text)
                } else {
                    self.child(&part)
                };
                Ok(Some(Value::object(path)))
            }
            _ => Ok(None),
        }
    }

    fn compare(&self, op: CmpOp, other: &Value) -> Eval<Option<bool>> {
        let Some(other) = other.downcast::<Path>() else { return Ok(None) };
        let (left, right): (Vec<&str>, Vec<&str>) =
            (self.text.split('/').collect(), other.text.split('/').collect());
        Ok(super::datetime::date::ordered(op, left.cmp(&right)))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(Some(other.downcast::<Path>().is_some_and(|other| other.text == self.text)))
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("path {}", self.text))
    }

    fn truth(&self) -> Eval<bool> {
        Ok(true)
    }

    fn str(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(Rc::clone(&self.text))
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let text = vm.repr(&Value::Str(Rc::clone(&self.text)))?;
        Ok(format!("{}({text})", self.class.name).into())
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::Object(Box::new(TypedObject {
            path: if self.class.name == "PosixPath" { "pathlib.Path" } else { "pathlib.PurePosixPath" }
                .to_owned(),
            args: vec![Datum::str(&*self.text)],
            kwargs: Vec::new(),
        }))
    }
}
