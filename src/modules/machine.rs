//! Facts of the machine where Airflow runs: known only as far as the user says them (`--machine NAME=VALUE`).

use std::rc::Rc;

use crate::datum::{Cause, CauseKind};
use crate::eval::{FACTS, Got, Outside, Vm};
use crate::value::{Args, Eval, Stop, Value};

/// The fact `name`.
///
/// # Errors
///
/// An unknown where nobody said it.
pub(crate) fn fact(vm: &Vm, name: &str) -> Eval<Rc<str>> {
    let (kind, supplied) = look(vm, name);
    match supplied {
        Some(text) => Ok(text.into()),
        None => Err(Stop::Unknown(not_said(vm, kind, name))),
    }
}

/// A fact that an environment variable decides where it is set.
pub(crate) fn fact_or_env(vm: &Vm, name: &str, variable: &str) -> Eval<Rc<str>> {
    match vm.world.supplied(&CauseKind::Environment(variable.to_owned())) {
        Some(text) => Ok(text.into()),
        None => fact(vm, name),
    }
}

/// What the user says of a fact, noted as a read of the outside; else the reason why it is not known.
pub(crate) fn said(vm: &Vm, name: &str) -> Result<Rc<str>, Cause> {
    let (kind, supplied) = look(vm, name);
    supplied.map(Rc::from).ok_or_else(|| not_said(vm, kind, name))
}

fn look(vm: &Vm, name: &str) -> (CauseKind, Option<String>) {
    let kind = CauseKind::Machine(name.to_owned());
    let supplied = vm.world.supplied(&kind).map(str::to_owned);
    vm.note_outside(Outside {
        kind: kind.clone(),
        name: name.to_owned(),
        span: vm.here(),
        got: Got::of(supplied.is_some(), false),
        default: None,
        json: false,
    });
    (kind, supplied)
}

fn not_said(vm: &Vm, kind: CauseKind, name: &str) -> Cause {
    let what = FACTS
        .iter()
        .find(|(fact, _)| *fact == name)
        .map_or("whether the command is installed", |(_, what)| what);
    let message = format!("{what} is not known before Airflow runs");
    vm.cause(kind, message).with_help(format!("say it with `--machine {name}=VALUE`")).data()
}

/// A fact that is yes or no.
pub(crate) fn flag(vm: &Vm, name: &str) -> Eval<bool> {
    let text = fact(vm, name)?;
    match &*text.to_ascii_lowercase() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => {
            let message = format!("what `--machine {name}=` says is neither `true` nor `false`");
            vm.unknown(CauseKind::Machine(name.to_owned()), message)
        }
    }
}

/// The home directory.
pub(crate) fn home(vm: &Vm) -> Eval<Rc<str>> {
    fact_or_env(vm, "home", "HOME")
}

/// A path with `~` in front as `os.path.expanduser` gives it; that of another user is not known.
pub(crate) fn expand_user(vm: &Vm, path: &str) -> Eval<String> {
    let Some(rest) = path.strip_prefix('~') else { return Ok(path.to_owned()) };
    if !rest.is_empty() && !rest.starts_with('/') {
        return vm.unknown(
            CauseKind::World,
            "the home directory of another user is not known before Airflow runs",
        );
    }
    let home = home(vm)?;
    let expanded = format!("{}{rest}", home.trim_end_matches('/'));
    Ok(if expanded.is_empty() { "/".to_owned() } else { expanded })
}

/// `shutil.which(cmd)`: the fact `which.CMD`, which is empty where the command is not installed.
pub(crate) fn which(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let command = args.expect("cmd")?.known()?;
    let others = [args.take("mode"), args.take("path")];
    args.finish()?;
    let is_name = |name: &&str| !name.contains('/') && others.iter().all(Option::is_none);
    let Some(command) = command.as_str().filter(is_name) else {
        return vm.unknown(CauseKind::World, "what commands are installed is not known before Airflow runs");
    };
    let path = fact(vm, &format!("which.{command}"))?;
    Ok(if path.is_empty() { Value::None } else { Value::Str(path) })
}

/// A row for a function whose result is a fact.
macro_rules! fact_row {
    ($name:literal, $fact:literal) => {
        (
            $name,
            $crate::modules::Member::Function(
                $crate::value::Native::new($name, |vm, _| {
                    $crate::modules::machine::fact(vm, $fact).map($crate::value::Value::Str)
                })
                .lenient(),
            ),
        )
    };
}
pub(crate) use fact_row;
