//! Imports by name: `importlib.import_module` and the builtin `__import__`. Where a module lies is for the evaluator.
//!
//! Left out: other loaders, `importlib.reload`, `__import__` relative to a package.

use super::support::{need_text, text_or_none};
use super::{Member, ModuleTable};
use crate::datum::CauseKind;
use crate::eval::Vm;
use crate::value::{Args, Eval, Native, Stop, Value};

/// The rows of the module.
pub static IMPORTLIB: ModuleTable = ModuleTable {
    name: "importlib",
    members: &[("import_module", Member::Function(Native::new("import_module", import_module).hosted()))],
};

/// The builtin.
pub const DUNDER_IMPORT: Native = Native::new("__import__", dunder_import).hosted();

fn import_module(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let name = need_text(&mut args, "name")?;
    let package = text_or_none(&mut args, "package")?;
    args.finish()?;
    if name.is_empty() {
        return Err(Stop::value_error("Empty module name"));
    }
    if name.starts_with('.') && package.is_none() {
        return Err(Stop::type_error("the 'package' argument is required to perform a relative import"));
    }
    if name.trim_start_matches('.').split('.').any(str::is_empty) {
        return vm.unknown(CauseKind::Import, "this name of a module is not followed");
    }
    vm.import_module(&name, package.as_deref())
}

/// `__import__(name, globals, locals, fromlist, level)`: the outermost package, or the module itself where names are taken from it.
fn dunder_import(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let name = need_text(&mut args, "name")?;
    drop((args.take("globals"), args.take("locals")));
    let from = match args.take("fromlist") {
        Some(names) => vm.truth(&names)?,
        None => false,
    };
    let level = args.take("level");
    args.finish()?;
    let is_absolute = level.is_none_or(|level| level.as_int().is_some_and(|level| *level == 0.into()));
    if !is_absolute || name.split('.').any(str::is_empty) {
        return vm.unknown(CauseKind::Import, "this form of `__import__` is not followed");
    }
    let module = vm.import(&name)?;
    if from || module.unknown().is_some() {
        return Ok(module);
    }
    vm.import(name.split('.').next().unwrap_or(&name))
}
