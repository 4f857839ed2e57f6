//! The methods of concrete paths that look at the disk.

use std::rc::Rc;

use super::pure::this;
use super::{POSIX_PATH, Path};
use crate::eval::Vm;
use crate::modules::files;
use crate::modules::glob::{self, Rules};
use crate::modules::machine;
use crate::modules::os::path::absolute_text;
use crate::modules::support::{named_flag, need_text, not_modelled, nothing, text_or_none};
use crate::source::Entry;
use crate::value::{Args, Eval, Iter, Native, Stop, Value};

pub(super) static METHODS: &[Native] = &[
    Native::new("resolve", |vm, mut args| {
        let path = this(&mut args)?;
        drop(args.take("strict"));
        args.finish()?;
        let text = absolute_text(vm, &path.text)?;
        Ok(Value::object(Path::new(&text, &POSIX_PATH)))
    }),
    Native::new("absolute", |vm, mut args| {
        let path = this(&mut args)?;
        args.finish()?;
        if path.text.starts_with('/') {
            return Ok(Value::object((*path).clone()));
        }
        let folder = machine::fact(vm, "cwd")?;
        Ok(Value::object(Path::new(&format!("{folder}/{}", path.text), &POSIX_PATH)))
    }),
    Native::new("expanduser", |vm, mut args| {
        let path = this(&mut args)?;
        args.finish()?;
        Ok(Value::object(Path::new(&machine::expand_user(vm, &path.text)?, &POSIX_PATH)))
    }),
    Native::new("exists", |vm, args| is(vm, args, |_| true)),
    Native::new("is_file", |vm, args| is(vm, args, |entry| entry == Entry::File)),
    Native::new("is_dir", |vm, args| is(vm, args, |entry| entry == Entry::Folder)),
    Native::new("read_text", |vm, mut args| {
        let path = this(&mut args)?;
        let encoding = text_or_none(&mut args, "encoding")?;
        drop((args.take("errors"), args.take("newline")));
        args.finish()?;
        files::read_text(vm, &path.text, encoding.as_deref()).map(Value::from)
    }),
    Native::new("read_bytes", |vm, mut args| {
        let path = this(&mut args)?;
        args.finish()?;
        files::read(vm, &path.text).map(|bytes| Value::Bytes(bytes.into()))
    }),
    Native::new("open", |vm, mut args| {
        let path = this(&mut args)?;
        crate::modules::io::open(vm, args.with_receiver(Value::Str(Rc::clone(&path.text))))
    }),
    Native::new("iterdir", |vm, mut args| {
        let path = this(&mut args)?;
        args.finish()?;
        let found = files::list(vm, &path.text)?;
        let items: Vec<Value> = found.iter().map(|(name, _)| Value::object(path.child(name))).collect();
        Ok(Value::Iter(Rc::new(Iter::new(items))))
    }),
    Native::new("glob", |vm, args| globbed(vm, args, "")),
    Native::new("rglob", |vm, args| globbed(vm, args, "**/")),
    nothing("mkdir"),
    nothing("touch"),
];

fn is(vm: &mut Vm, mut args: Args, test: fn(Entry) -> bool) -> Eval<Value> {
    let path = this(&mut args)?;
    drop(args.named("follow_symlinks"));
    args.finish()?;
    let entry = files::kind(vm, &path.text)?;
    Ok(Value::Bool(entry != Entry::Missing && test(entry)))
}

fn globbed(vm: &mut Vm, mut args: Args, prefix: &str) -> Eval<Value> {
    let path = this(&mut args)?;
    let pattern = need_text(&mut args, "pattern")?;
    let plain =
        !named_flag(vm, &mut args, "recurse_symlinks", false)? && args.named("case_sensitive").is_none();
    args.finish()?;
    if pattern.is_empty() {
        return Err(Stop::value_error("Unacceptable pattern: ''"));
    }
    let pattern = format!("{prefix}{pattern}");
    let parts: Vec<&str> = pattern.split('/').filter(|part| *part != ".").collect();
    // What `**` at the end gives depends on the version of Python.
    let clear = parts.iter().all(|part| !part.is_empty() && *part != "..") && parts.last() != Some(&"**");
    if !plain || !clear || pattern.starts_with('/') {
        return not_modelled(vm, format!("the pattern `{pattern}` is not modelled"));
    }
    let mut found = Vec::new();
    glob::expand(vm, &path.text, &parts, Rules { hidden: true, recursive: true }, &mut found)?;
    let items: Vec<Value> = found.iter().map(|text| Path::concrete(text)).collect();
    Ok(Value::Iter(Rc::new(Iter::new(items))))
}
