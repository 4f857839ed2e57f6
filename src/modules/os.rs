//! `os`: the environment, constants of POSIX, and listings of the user's folders. `os.path` is beside it.
//!
//! Left out: processes, users, times and sizes of files, changes to the disk.

use std::rc::Rc;

use super::files::{self, fspath};
use super::support::{nothing, outside, receiver};
use super::{Member, ModuleTable};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::modules::machine;
use crate::source::Entry;
use crate::value::{Args, Eval, Native, Object, Stop, Type, Value, exception};

pub mod environ;
pub mod path;
mod walk;

/// The rows of the module.
pub static OS: ModuleTable = ModuleTable {
    name: "os",
    members: &[
        ("F_OK", Member::Constant(|| Value::int(0))),
        ("PathLike", Member::Class(&PATH_LIKE)),
        ("R_OK", Member::Constant(|| Value::int(4))),
        ("W_OK", Member::Constant(|| Value::int(2))),
        ("X_OK", Member::Constant(|| Value::int(1))),
        ("altsep", Member::Constant(|| Value::None)),
        ("chdir", Member::Function(nothing("chdir"))),
        (
            "cpu_count",
            Member::Function(Native::new("cpu_count", |vm, _| host(vm, "the number of processors"))),
        ),
        ("curdir", Member::Constant(|| Value::str("."))),
        ("devnull", Member::Constant(|| Value::str("/dev/null"))),
        ("environ", Member::Dynamic(|vm| Ok(environ::environ(vm)))),
        ("error", Member::Class(&exception::OS_ERROR)),
        ("extsep", Member::Constant(|| Value::str("."))),
        (
            "fspath",
            Member::Function(Native::new("fspath", |vm, mut args| {
                let path = args.expect("path")?;
                fspath(vm, &path).map(Value::Str)
            })),
        ),
        ("getcwd", Member::Function(Native::new("getcwd", |vm, _| machine::fact(vm, "cwd").map(Value::Str)))),
        ("getenv", Member::Function(Native::new("getenv", environ::getenv).lenient())),
        (
            "getlogin",
            Member::Function(Native::new("getlogin", |vm, _| machine::fact(vm, "user").map(Value::Str))),
        ),
        (
            "getpid",
            Member::Function(Native::new("getpid", |vm, _| {
                vm.unknown(CauseKind::Volatile, "the process id differs from load to load")
            })),
        ),
        ("getuid", Member::Function(Native::new("getuid", |vm, _| host(vm, "the user")))),
        ("linesep", Member::Constant(|| Value::str("\n"))),
        ("listdir", Member::Function(Native::new("listdir", listdir))),
        ("makedirs", Member::Function(nothing("makedirs"))),
        ("name", Member::Constant(|| Value::str("posix"))),
        ("pardir", Member::Constant(|| Value::str(".."))),
        ("pathsep", Member::Constant(|| Value::str(":"))),
        ("popen", Member::Function(Native::new("popen", |vm, _| host(vm, "what a command gives")))),
        ("putenv", Member::Function(nothing("putenv"))),
        ("scandir", Member::Function(Native::new("scandir", scandir))),
        ("sep", Member::Constant(|| Value::str("/"))),
        ("system", Member::Function(Native::new("system", |vm, _| host(vm, "what a command gives")))),
        ("uname", Member::Function(Native::new("uname", |vm, _| host(vm, "the host")))),
        (
            "urandom",
            Member::Function(Native::new("urandom", |vm, _| {
                vm.unknown(CauseKind::Volatile, "random bytes differ from load to load")
            })),
        ),
        ("walk", Member::Function(Native::new("walk", walk::walk))),
    ],
};

static PATH_LIKE: Type = Type::new("os", "PathLike", |vm, _| unmodelled(vm, "os.PathLike"));

fn host<T>(vm: &mut Vm, what: &str) -> Eval<T> {
    outside(vm, format!("{what} is not known before Airflow runs"))
}

/// A class that code can name but not call.
fn unmodelled(vm: &mut Vm, path: &str) -> Eval<Value> {
    vm.unknown(CauseKind::NotModelled, format!("a call of `{path}` is not modelled"))
}

fn folder(vm: &mut Vm, args: &mut Args, name: &str) -> Eval<Rc<str>> {
    match args.take(name) {
        None | Some(Value::None) => Ok(".".into()),
        Some(path) => fspath(vm, &path),
    }
}

fn listdir(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let path = folder(vm, &mut args, "path")?;
    args.finish()?;
    let found = files::list(vm, &path)?;
    Ok(Value::list(found.into_iter().map(|(name, _)| Value::from(name)).collect()))
}

/// `os.DirEntry`.
struct DirEntry {
    name: Rc<str>,
    path: String,
    entry: Entry,
}

static DIR_ENTRY: Type = Type {
    methods: &[
        Native::new("is_file", |_, mut args| {
            let entry = receiver::<DirEntry>(&mut args, &DIR_ENTRY)?;
            Ok(Value::Bool(entry.entry == Entry::File))
        }),
        Native::new("is_dir", |_, mut args| {
            let entry = receiver::<DirEntry>(&mut args, &DIR_ENTRY)?;
            Ok(Value::Bool(entry.entry == Entry::Folder))
        }),
    ],
    ..Type::new("os", "DirEntry", |_, _| Err(Stop::type_error("cannot create 'posix.DirEntry' instances")))
};

impl Object for DirEntry {
    fn class(&self) -> Option<&'static Type> {
        Some(&DIR_ENTRY)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "name" => Some(Value::Str(Rc::clone(&self.name))),
            "path" => Some(Value::str(self.path.as_str())),
            _ => None,
        })
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(format!("<DirEntry '{}'>", self.name).into())
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        super::support::no_form(collector, "an entry of a folder")
    }
}

static SCAN_DIR: Type = Type {
    methods: &[nothing("close")],
    ..Type::new("os", "ScandirIterator", |vm, _| unmodelled(vm, "os.ScandirIterator"))
};

/// The result of `os.scandir`: an iterable that is also a context manager.
struct ScanDir(Vec<Value>);

impl Object for ScanDir {
    fn class(&self) -> Option<&'static Type> {
        Some(&SCAN_DIR)
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        Ok(Some(self.0.clone()))
    }

    fn enter(self: Rc<Self>, _vm: &mut Vm, _span: crate::source::Span) -> Eval<Option<Value>> {
        Ok(Some(Value::Object(self)))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        super::support::no_form(collector, "a listing of a folder")
    }
}

fn scandir(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let path = folder(vm, &mut args, "path")?;
    args.finish()?;
    let found = files::list(vm, &path)?;
    let entries = found.into_iter().map(|(name, entry)| {
        let path = path::joined(&path, &name);
        Value::object(DirEntry { name: name.into(), path, entry })
    });
    Ok(Value::object(ScanDir(entries.collect())))
}
