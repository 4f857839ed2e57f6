//! What the modules share: arguments of common kinds, receivers, natives that do nothing, and answers about the outside.

use std::fmt::Write as _;
use std::rc::Rc;

use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::value::{Args, Eval, Native, Object, Stop, Type, Value};

/// The text in a value: of a `str` or of an instance of a subclass.
pub(crate) fn as_text(value: &Value) -> Option<Rc<str>> {
    match value {
        Value::Str(text) => Some(Rc::clone(text)),
        Value::Instance(instance) => {
            let base = instance.class.library_base()?;
            if !matches!(base.name, "str" | "StrEnum") {
                return None;
            }
            instance.inner.borrow().as_ref()?.as_str().map(Rc::from)
        }
        _ => None,
    }
}

/// The text in a value that must be one.
pub(crate) fn text(value: &Value) -> Eval<Rc<str>> {
    match (as_text(value), value) {
        (Some(text), _) => Ok(text),
        (None, Value::Unknown(cause)) => Err(Stop::Unknown(cause.clone())),
        (None, other) => Err(Stop::type_error(format!("expected str, got {}", other.type_name()))),
    }
}

/// The next argument, which must be there and be text.
pub(crate) fn need_text(args: &mut Args, name: &str) -> Eval<Rc<str>> {
    text(&args.expect(name)?)
}

/// The next argument as text, `None` where it is absent or `None`.
pub(crate) fn text_or_none(args: &mut Args, name: &str) -> Eval<Option<Rc<str>>> {
    match args.take(name) {
        None | Some(Value::None) => Ok(None),
        Some(value) => text(&value).map(Some),
    }
}

/// The next argument as a truth value.
pub(crate) fn flag(vm: &mut Vm, args: &mut Args, name: &str, default: bool) -> Eval<bool> {
    match args.take(name) {
        None => Ok(default),
        Some(Value::Bool(flag)) => Ok(flag),
        Some(value) => vm.truth(&value),
    }
}

/// The keyword-only argument `name` as a truth value.
pub(crate) fn named_flag(vm: &mut Vm, args: &mut Args, name: &str, default: bool) -> Eval<bool> {
    match args.named(name) {
        None => Ok(default),
        Some(Value::Bool(flag)) => Ok(flag),
        Some(value) => vm.truth(&value),
    }
}

/// The receiver of a method of a modelled class.
pub(crate) fn receiver<T: Object>(args: &mut Args, class: &Type) -> Eval<Rc<T>> {
    match args.expect("self")? {
        Value::Unknown(cause) => Err(Stop::Unknown(cause)),
        value => value.downcast::<T>().ok_or_else(|| {
            Stop::type_error(format!(
                "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                args.callee,
                class.name,
                value.type_name()
            ))
        }),
    }
}

/// Ends the consumption of arguments where the library may take more of them than are modelled, now or in another version.
pub(crate) fn done(vm: &Vm, args: Args) -> Eval<()> {
    if args.open.is_none()
        && let Some((name, _)) = args.named.first()
    {
        return not_modelled(vm, format!("the argument `{name}` of `{}` is not modelled", args.callee));
    }
    args.finish()
}

/// Checks the size of something that grows, without counting it as work at each step.
pub(crate) fn within_size(vm: &mut Vm, size: usize) -> Eval<()> {
    if size > vm.budget.limits().size { vm.check_size(size) } else { Ok(()) }
}

/// A function that does nothing that a definition shows, and gives `None`.
pub(crate) const fn nothing(name: &'static str) -> Native {
    Native::new(name, |_, _| Ok(Value::None)).lenient()
}

/// A function that gives its only argument back: a decorator without effect here.
pub(crate) const fn identity(name: &'static str) -> Native {
    Native::new(name, |_, mut args| args.expect("object")).lenient()
}

/// The stop for what the world outside decides.
pub(crate) fn outside<T>(vm: &Vm, message: impl Into<String>) -> Eval<T> {
    vm.unknown(CauseKind::World, message)
}

/// The stop for a part of a known library that is not modelled.
pub(crate) fn not_modelled<T>(vm: &Vm, message: impl Into<String>) -> Eval<T> {
    vm.unknown(CauseKind::NotModelled, message)
}

/// The plain data of something that a definition cannot say.
pub(crate) fn no_form(collector: &Collector<'_>, what: &str) -> Datum {
    Datum::Unknown(cause_no_form(collector, what))
}

fn cause_no_form(collector: &Collector<'_>, what: &str) -> Cause {
    collector.cause(CauseKind::Unsupported, format!("{what} has no form in a definition"))
}

/// A row for a function whose result the world outside decides.
macro_rules! outside_row {
    ($name:literal, $message:literal) => {
        (
            $name,
            $crate::modules::Member::Function(
                $crate::value::Native::new($name, |vm, _| {
                    vm.unknown($crate::datum::CauseKind::World, $message)
                })
                .lenient(),
            ),
        )
    };
}
pub(crate) use outside_row;

/// A row for a function whose result differs from load to load.
macro_rules! volatile_row {
    ($name:literal, $message:literal) => {
        (
            $name,
            $crate::modules::Member::Function(
                $crate::value::Native::new($name, |vm, _| {
                    vm.unknown($crate::datum::CauseKind::Volatile, $message)
                })
                .lenient(),
            ),
        )
    };
}
pub(crate) use volatile_row;

/// A function that gives a value that is known already.
pub(crate) fn constant(value: Value) -> Value {
    Value::object(Constant(value))
}

struct Constant(Value);

crate::value::release::released!(Constant);

impl Object for Constant {
    fn type_name(&self) -> Rc<str> {
        "method".into()
    }

    fn call(self: Rc<Self>, _vm: &mut Vm, args: Args) -> Eval<Value> {
        args.finish()?;
        Ok(self.0.clone())
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.0);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a method")
    }
}

/// Bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A class of exceptions of a module: its arguments are kept as they come.
macro_rules! exception_class {
    ($(#[doc = $doc:literal])+ $visibility:vis $constant:ident, $module:literal, $name:literal, $base:expr) => {
        $(#[doc = $doc])+
        $visibility static $constant: $crate::value::Type = $crate::value::Type {
            base: Some($base),
            ..$crate::value::Type::new($module, $name, |_, args| {
                let args = args.positional.into_iter().map(|arg| arg.value).collect();
                let exception = $crate::value::exception::Exception::new(&$constant, args);
                Ok($crate::value::Value::object(exception))
            })
        };
    };
}
pub(crate) use exception_class;
