//! `os.path` on POSIX: the functions on text; those that read the disk answer for the DAG folder alone.
//!
//! Left out: bytes, times of files, what depends on users. Links are taken to be none, so `realpath` is `abspath`.

use std::rc::Rc;

use crate::eval::Vm;
use crate::modules::files::{self, fspath};
use crate::modules::machine;
use crate::modules::support::{not_modelled, outside};
use crate::modules::{Member, ModuleTable};
use crate::source::Entry;
use crate::value::{Args, Eval, Native, Stop, Value};

/// The rows of the module.
pub static OS_PATH: ModuleTable = ModuleTable { name: "os.path", members: MEMBERS };

/// The same module under its own name.
pub static POSIXPATH: ModuleTable = ModuleTable { name: "posixpath", members: MEMBERS };

const MEMBERS: &[(&str, Member)] = &[
    ("abspath", Member::Function(Native::new("abspath", |vm, args| absolute(vm, args, "path")))),
    ("altsep", Member::Constant(|| Value::None)),
    ("basename", Member::Function(Native::new("basename", |vm, args| one(vm, args, |path| split(path).1)))),
    ("commonpath", Member::Function(Native::new("commonpath", commonpath))),
    ("commonprefix", Member::Function(Native::new("commonprefix", commonprefix))),
    ("curdir", Member::Constant(|| Value::str("."))),
    ("dirname", Member::Function(Native::new("dirname", |vm, args| one(vm, args, |path| split(path).0)))),
    ("exists", Member::Function(Native::new("exists", |vm, args| is(vm, args, |_| true)))),
    ("expanduser", Member::Function(Native::new("expanduser", expanduser))),
    ("expandvars", Member::Function(Native::new("expandvars", expandvars))),
    ("extsep", Member::Constant(|| Value::str("."))),
    ("getsize", Member::Function(Native::new("getsize", getsize))),
    ("isabs", Member::Function(Native::new("isabs", isabs))),
    ("isdir", Member::Function(Native::new("isdir", |vm, args| is(vm, args, |it| it == Entry::Folder)))),
    ("isfile", Member::Function(Native::new("isfile", |vm, args| is(vm, args, |it| it == Entry::File)))),
    ("join", Member::Function(Native::new("join", join))),
    ("lexists", Member::Function(Native::new("lexists", |vm, args| is(vm, args, |_| true)))),
    ("normcase", Member::Function(Native::new("normcase", |vm, args| one(vm, args, str::to_owned)))),
    ("normpath", Member::Function(Native::new("normpath", |vm, args| one(vm, args, normal)))),
    ("pardir", Member::Constant(|| Value::str(".."))),
    ("pathsep", Member::Constant(|| Value::str(":"))),
    ("realpath", Member::Function(Native::new("realpath", |vm, args| absolute(vm, args, "filename")))),
    ("relpath", Member::Function(Native::new("relpath", relpath))),
    ("sep", Member::Constant(|| Value::str("/"))),
    ("split", Member::Function(Native::new("split", |vm, args| two(vm, args, split)))),
    (
        "splitdrive",
        Member::Function(Native::new("splitdrive", |vm, args| {
            two(vm, args, |path| (String::new(), path.to_owned()))
        })),
    ),
    ("splitext", Member::Function(Native::new("splitext", |vm, args| two(vm, args, splitext)))),
];

fn path_arg(vm: &mut Vm, args: &mut Args, name: &str) -> Eval<Rc<str>> {
    let value = args.expect(name)?;
    fspath(vm, &value)
}

fn one(vm: &mut Vm, mut args: Args, map: fn(&str) -> String) -> Eval<Value> {
    let path = path_arg(vm, &mut args, "p")?;
    args.finish()?;
    Ok(Value::from(map(&path)))
}

fn two(vm: &mut Vm, mut args: Args, map: fn(&str) -> (String, String)) -> Eval<Value> {
    let path = path_arg(vm, &mut args, "p")?;
    args.finish()?;
    let (head, tail) = map(&path);
    Ok(Value::tuple([Value::from(head), Value::from(tail)]))
}

fn is(vm: &mut Vm, mut args: Args, test: fn(Entry) -> bool) -> Eval<Value> {
    let path = path_arg(vm, &mut args, "path")?;
    args.finish()?;
    let entry = files::kind(vm, &path)?;
    Ok(Value::Bool(entry != Entry::Missing && test(entry)))
}

/// `os.path.join`.
pub(crate) fn joined(base: &str, part: &str) -> String {
    if part.starts_with('/') {
        part.to_owned()
    } else if base.is_empty() || base.ends_with('/') {
        format!("{base}{part}")
    } else {
        format!("{base}/{part}")
    }
}

fn join(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let mut path = path_arg(vm, &mut args, "a")?.to_string();
    while let Some(part) = args.positional.pop_front() {
        path = joined(&path, &fspath(vm, &part.value)?);
    }
    args.finish()?;
    vm.check_size(path.len())?;
    Ok(Value::from(path))
}

/// `os.path.split`.
pub(crate) fn split(path: &str) -> (String, String) {
    let at = path.rfind('/').map_or(0, |at| at + 1);
    let (head, tail) = path.split_at(at);
    let trimmed = head.trim_end_matches('/');
    let head = if trimmed.is_empty() { head } else { trimmed };
    (head.to_owned(), tail.to_owned())
}

/// `os.path.splitext`: leading dots of the name belong to the root.
pub(crate) fn splitext(path: &str) -> (String, String) {
    let start = path.rfind('/').map_or(0, |at| at + 1);
    let name = &path[start..];
    let dots = name.len() - name.trim_start_matches('.').len();
    match name[dots..].rfind('.') {
        Some(at) => {
            let (root, extension) = path.split_at(start + dots + at);
            (root.to_owned(), extension.to_owned())
        }
        None => (path.to_owned(), String::new()),
    }
}

/// `os.path.normpath`.
pub(crate) fn normal(path: &str) -> String {
    let slashes = match path.len() - path.trim_start_matches('/').len() {
        0 => "",
        2 => "//",
        _ => "/",
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if !slashes.is_empty() => {}
            part => parts.push(part),
        }
    }
    let text = format!("{slashes}{}", parts.join("/"));
    if text.is_empty() { ".".to_owned() } else { text }
}

/// The absolute form of a path, which only an absolute one has before Airflow runs.
pub(crate) fn absolute_text(vm: &Vm, path: &str) -> Eval<String> {
    if path.starts_with('/') {
        return Ok(normal(path));
    }
    let folder = machine::fact(vm, "cwd")?;
    Ok(normal(&format!("{folder}/{path}")))
}

fn absolute(vm: &mut Vm, mut args: Args, name: &str) -> Eval<Value> {
    let path = path_arg(vm, &mut args, name)?;
    drop(args.named("strict"));
    args.finish()?;
    absolute_text(vm, &path).map(Value::from)
}

fn isabs(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let path = path_arg(vm, &mut args, "s")?;
    args.finish()?;
    Ok(Value::Bool(path.starts_with('/')))
}

fn expanduser(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let path = path_arg(vm, &mut args, "path")?;
    args.finish()?;
    machine::expand_user(vm, &path).map(Value::from)
}

fn expandvars(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let path = path_arg(vm, &mut args, "path")?;
    args.finish()?;
    if path.contains('$') {
        return not_modelled(vm, "`expandvars` of a path with `$` is not modelled");
    }
    Ok(Value::Str(path))
}

fn getsize(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let path = path_arg(vm, &mut args, "filename")?;
    args.finish()?;
    files::read(vm, &path).map(|bytes| Value::int(bytes.len()))
}

/// `os.path.relpath` of two absolute or two relative paths.
pub(crate) fn relative(path: &str, start: &str) -> String {
    let parts = |path: &str| {
        normal(path).split('/').filter(|part| !part.is_empty() && *part != ".").map(str::to_owned).collect()
    };
    let (path, start): (Vec<String>, Vec<String>) = (parts(path), parts(start));
    let same = path.iter().zip(&start).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", start.len() - same);
    let text = up.chain(path[same..].iter().map(String::as_str)).collect::<Vec<_>>().join("/");
    if text.is_empty() { ".".to_owned() } else { text }
}

fn relpath(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let path = path_arg(vm, &mut args, "path")?;
    let start = match args.take("start") {
        None | Some(Value::None) => Rc::from("."),
        Some(start) => fspath(vm, &start)?,
    };
    args.finish()?;
    if path.is_empty() {
        return Err(Stop::value_error("no path specified"));
    }
    let outward = |path: &str| normal(path).starts_with("..");
    if path.starts_with('/') != start.starts_with('/') || outward(&path) || outward(&start) {
        return outside(vm, "the current directory is not known before Airflow runs");
    }
    Ok(Value::from(relative(&path, &start)))
}

fn paths(vm: &mut Vm, args: &mut Args, name: &str) -> Eval<Vec<Rc<str>>> {
    let list = args.expect(name)?;
    let items = vm.iterate(&list)?;
    items.iter().map(|item| fspath(vm, item)).collect()
}

fn commonpath(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let paths = paths(vm, &mut args, "paths")?;
    args.finish()?;
    let Some(first) = paths.first() else {
        return Err(Stop::value_error("commonpath() arg is an empty sequence"));
    };
    let absolute = first.starts_with('/');
    if paths.iter().any(|path| path.starts_with('/') != absolute) {
        return Err(Stop::value_error("Can't mix absolute and relative paths"));
    }
    let parts = |path: &str| {
        path.split('/').filter(|part| !part.is_empty() && *part != ".").map(str::to_owned).collect()
    };
    let split: Vec<Vec<String>> = paths.iter().map(|path| parts(path)).collect();
    let same =
        (0..split[0].len()).take_while(|&at| split.iter().all(|path| path.get(at) == split[0].get(at)));
    let text = split[0][..same.count()].join("/");
    Ok(Value::from(if absolute { format!("/{text}") } else { text }))
}

fn commonprefix(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let paths = paths(vm, &mut args, "m")?;
    args.finish()?;
    let (Some(low), Some(high)) = (paths.iter().min(), paths.iter().max()) else { return Ok(Value::str("")) };
    let prefix: String = low.chars().zip(high.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
    Ok(Value::from(prefix))
}
