//! The methods of pure paths: text alone.

use std::rc::Rc;

use super::{PURE_PATH, Path};
use crate::eval::Vm;
use crate::modules::files::fspath;
use crate::modules::glob;
use crate::modules::support::{done, need_text, not_modelled, receiver};
use crate::value::{Args, Eval, Native, Stop, Value};

pub(super) static METHODS: &[Native] = &[
    Native::new("as_posix", |_, mut args| {
        let path = this(&mut args)?;
        args.finish()?;
        Ok(Value::Str(Rc::clone(&path.text)))
    }),
    Native::new("__fspath__", |_, mut args| Ok(Value::Str(Rc::clone(&this(&mut args)?.text)))),
    Native::new("as_uri", |vm, mut args| {
        let path = this(&mut args)?;
        args.finish()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '~' | '/');
        if !path.text.starts_with('/') {
            return Err(Stop::value_error("relative path can't be expressed as a file URI"));
        }
        if !path.text.chars().all(plain) {
            return not_modelled(vm, "`as_uri` of a path with special characters is not modelled");
        }
        Ok(Value::from(format!("file://{}", path.text)))
    }),
    Native::new("is_absolute", |_, mut args| {
        let path = this(&mut args)?;
        args.finish()?;
        Ok(Value::Bool(path.text.starts_with('/')))
    }),
    Native::new("joinpath", |vm, mut args| {
        let mut path = (*this(&mut args)?).clone();
        while let Some(part) = args.positional.pop_front() {
            path = path.child(&fspath(vm, &part.value)?);
        }
        args.finish()?;
        vm.check_size(path.text.len())?;
        Ok(Value::object(path))
    }),
    Native::new("with_name", |vm, mut args| {
        let path = this(&mut args)?;
        let name = need_text(&mut args, "name")?;
        args.finish()?;
        renamed(vm, &path, &name)
    }),
    Native::new("with_stem", |vm, mut args| {
        let path = this(&mut args)?;
        let stem = need_text(&mut args, "stem")?;
        args.finish()?;
        let suffix = path.dot().map_or("", |at| &path.name()[at..]);
        renamed(vm, &path, &format!("{stem}{suffix}"))
    }),
    Native::new("with_suffix", |vm, mut args| {
        let path = this(&mut args)?;
        let suffix = need_text(&mut args, "suffix")?;
        args.finish()?;
        if suffix.contains('/') || !suffix.is_empty() && !suffix.starts_with('.') || &*suffix == "." {
            let shown = vm.repr(&Value::Str(suffix))?;
            return Err(Stop::value_error(format!("Invalid suffix {shown}")));
        }
        let name = path.name();
        let stem = &name[..path.dot().unwrap_or(name.len())];
        renamed(vm, &path, &format!("{stem}{suffix}"))
    }),
    Native::new("relative_to", |vm, mut args| {
        let path = this(&mut args)?;
        let other = other(vm, &mut args)?;
        done(vm, args)?;
        match below(&path, &other) {
            Some(rest) => Ok(Value::object(Path::new(&rest.join("/"), path.class))),
            None => Err(Stop::value_error(format!(
                "{} is not in the subpath of {}",
                vm.repr(&Value::Str(Rc::clone(&path.text)))?,
                vm.repr(&Value::Str(Rc::clone(&other.text)))?
            ))),
        }
    }),
    Native::new("is_relative_to", |vm, mut args| {
        let path = this(&mut args)?;
        let other = other(vm, &mut args)?;
        args.finish()?;
        Ok(Value::Bool(below(&path, &other).is_some()))
    }),
    Native::new("match", |vm, mut args| {
        let path = this(&mut args)?;
        let pattern = other(vm, &mut args)?;
        done(vm, args)?;
        let (names, patterns) = (path.tail(), pattern.tail());
        if patterns.is_empty() {
            return Err(Stop::value_error("empty pattern"));
        }
        let absolute = pattern.text.starts_with('/');
        if absolute && (names.len() != patterns.len() || !path.text.starts_with('/'))
            || patterns.len() > names.len()
        {
            return Ok(Value::Bool(false));
        }
        for (name, pattern) in names.iter().rev().zip(patterns.iter().rev()) {
            if !glob::matches(vm, name, pattern)? {
                return Ok(Value::Bool(false));
            }
        }
        Ok(Value::Bool(true))
    }),
];

pub(super) fn this(args: &mut Args) -> Eval<Rc<Path>> {
    receiver::<Path>(args, &PURE_PATH)
}

/// The path that all further positional arguments name together.
fn other(vm: &mut Vm, args: &mut Args) -> Eval<Path> {
    let first = args.expect("other")?;
    let mut path = Path::new(&fspath(vm, &first)?, &PURE_PATH);
    while let Some(part) = args.positional.pop_front() {
        path = path.child(&fspath(vm, &part.value)?);
    }
    Ok(path)
}

fn below<'p>(path: &'p Path, other: &Path) -> Option<Vec<&'p str>> {
    let (tail, prefix) = (path.tail(), other.tail());
    (path.root() == other.root() && tail.starts_with(&prefix)).then(|| tail[prefix.len()..].to_vec())
}

fn renamed(vm: &mut Vm, path: &Path, name: &str) -> Eval<Value> {
    if path.name().is_empty() {
        let shown = vm.repr(&Value::object(path.clone()))?;
        return Err(Stop::value_error(format!("{shown} has an empty name")));
    }
    if name.is_empty() || name.contains('/') || name == "." {
        let shown = vm.repr(&Value::str(name))?;
        return Err(Stop::value_error(format!("Invalid name {shown}")));
    }
    Ok(Value::object(path.parent().child(name)))
}
