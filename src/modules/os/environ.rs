//! `os.environ` and `os.getenv`: the variables that the user supplied, and those that the code itself sets.

use std::cell::RefCell;
use std::rc::Rc;

use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Got, Outside, Vm, What, plain_text};
use crate::map::IndexMap;
use crate::modules::support::{no_form, outside, receiver, text};
use crate::source::Span;
use crate::value::{Args, Effect, Eval, Native, Object, Operation, Stop, Type, Value};

/// `os.environ`: what the code set or deleted in this run, before what the user supplied.
struct Environ {
    /// `None` for a deleted name.
    overlay: RefCell<IndexMap<Rc<str>, Option<Value>>>,
    open: RefCell<Option<Cause>>,
    /// Why it is not known as a whole.
    whole: Cause,
}

/// The one object of a run.
#[derive(Default)]
struct Slot(Option<Rc<Environ>>);

static ENVIRON: Type = Type {
    methods: &[
        Native::new("get", |vm, mut args| {
            let environ = receiver::<Environ>(&mut args, &ENVIRON)?;
            get(vm, &environ, args)
        })
        .lenient(),
        Native::new("setdefault", setdefault).mutating(),
        Native::new("pop", pop).mutating(),
        Native::new("update", update).mutating(),
        Native::new("keys", |vm, _| whole(vm)),
        Native::new("values", |vm, _| whole(vm)),
        Native::new("items", |vm, _| whole(vm)),
        Native::new("copy", |vm, _| whole(vm)),
        Native::new("__contains__", |vm, mut args| {
            let environ = receiver::<Environ>(&mut args, &ENVIRON)?;
            let name = text(&args.expect("key")?)?;
            environ.read(vm, &name).map(|found| Value::Bool(found.is_some()))
        }),
        Native::new("__getitem__", |vm, mut args| {
            let environ = receiver::<Environ>(&mut args, &ENVIRON)?;
            let name = args.expect("key")?;
            environ.item(vm, name).map(Option::unwrap_or_default)
        }),
        Native::new("__setitem__", |vm, mut args| {
            let environ = receiver::<Environ>(&mut args, &ENVIRON)?;
            let (name, value) = (args.expect("key")?, args.expect("value")?);
            environ.store(vm, &name, value).map(|()| Value::None)
        })
        .mutating(),
    ],
    ..Type::new("os", "_Environ", |vm, _| super::unmodelled(vm, "os._Environ"))
};

/// `os.environ`.
pub(super) fn environ(vm: &mut Vm) -> Value {
    Value::Object(this(vm))
}

fn this(vm: &mut Vm) -> Rc<Environ> {
    let whole = vm.cause(CauseKind::World, "the environment as a whole is not known before Airflow runs");
    let slot = vm.state::<Slot>();
    Rc::clone(slot.0.get_or_insert_with(|| {
        Rc::new(Environ { overlay: RefCell::default(), open: RefCell::default(), whole })
    }))
}

/// `os.getenv(key, default=None)`.
pub(super) fn getenv(vm: &mut Vm, args: Args) -> Eval<Value> {
    let environ = this(vm);
    get(vm, &environ, args)
}

/// What a variable is for a library that reads it; nothing where the code deleted it.
pub(in crate::modules) fn variable(vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
    let environ = this(vm);
    environ.read(vm, name)
}

fn get(vm: &mut Vm, environ: &Environ, mut args: Args) -> Eval<Value> {
    let name = text(&args.expect("key")?)?;
    let default = args.take("default");
    args.finish()?;
    match (environ.look(vm, &name, default.as_ref())?, default) {
        (Found::Value(value), _) => Ok(value),
        (Found::Deleted, default) => Ok(default.unwrap_or_default()),
        (Found::NotSupplied(cause), None) => Err(Stop::Unknown(cause)),
        (Found::NotSupplied(cause), Some(default)) => assumed(vm, cause, default),
    }
}

/// The default in the code for a variable that was not supplied.
fn assumed(vm: &mut Vm, cause: Cause, default: Value) -> Eval<Value> {
    vm.note_read(What::Defaulted(cause.kind.clone()));
    if vm.world.takes_default(&cause.kind) { Ok(default) } else { Err(Stop::Unknown(cause)) }
}

enum Found {
    Value(Value),
    Deleted,
    NotSupplied(Cause),
}

impl Environ {
    /// What a name has; `default` is what the code falls back to, where it does.
    fn look(&self, vm: &Vm, name: &str, default: Option<&Value>) -> Eval<Found> {
        if let Some(cause) = &*self.open.borrow() {
            return Err(Stop::Unknown(cause.clone()));
        }
        match self.overlay.borrow().get(name) {
            Some(Some(value)) => return Ok(Found::Value(value.clone())),
            Some(None) => return Ok(Found::Deleted),
            None => {}
        }
        let kind = CauseKind::Environment(name.to_owned());
        let supplied = vm.world.supplied(&kind);
        vm.note_outside(Outside {
            kind: kind.clone(),
            name: name.to_owned(),
            span: vm.here(),
            got: Got::of(supplied.is_some(), default.is_some()),
            default: default.and_then(plain_text),
            json: false,
        });
        if let Some(text) = supplied {
            return Ok(Found::Value(Value::str(text)));
        }
        let cause = vm
            .cause(kind, format!("the environment variable `{name}` is not supplied"))
            .with_help(format!("supply it with `--env {name}=VALUE`"))
            .data();
        Ok(Found::NotSupplied(cause))
    }

    /// The value of a name, nothing where it certainly has none.
    fn read(&self, vm: &Vm, name: &str) -> Eval<Option<Value>> {
        match self.look(vm, name, None)? {
            Found::Value(value) => Ok(Some(value)),
            Found::Deleted => Ok(None),
            Found::NotSupplied(cause) => Err(Stop::Unknown(cause)),
        }
    }

    fn item(&self, vm: &Vm, name: Value) -> Eval<Option<Value>> {
        let text = environ_text(&name)?;
        match self.read(vm, &text)? {
            Some(value) => Ok(Some(value)),
            None => Err(Stop::key_error(name)),
        }
    }

    fn store(&self, vm: &Vm, name: &Value, value: Value) -> Eval<()> {
        let name = environ_text(name)?;
        if value.unknown().is_none() {
            environ_text(&value)?;
        }
        vm.touch_all();
        self.overlay.borrow_mut().insert(name, Some(value));
        Ok(())
    }
}

fn environ_text(value: &Value) -> Eval<Rc<str>> {
    match value {
        Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
        value => crate::modules::support::as_text(value)
            .ok_or_else(|| Stop::type_error(format!("str expected, not {}", value.type_name()))),
    }
}

fn whole(vm: &mut Vm) -> Eval<Value> {
    outside(vm, "the environment as a whole is not known before Airflow runs")
}

fn setdefault(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let environ = receiver::<Environ>(&mut args, &ENVIRON)?;
    let name = args.expect("key")?.known()?;
    let default = args.take("default").unwrap_or_default();
    args.finish()?;
    let text = environ_text(&name)?;
    let value = match environ.look(vm, &text, Some(&default))? {
        Found::Value(value) => return Ok(value),
        Found::Deleted => default,
        Found::NotSupplied(cause) => match assumed(vm, cause, default) {
            Err(Stop::Unknown(cause)) => Value::Unknown(cause),
            value => value?,
        },
    };
    environ.store(vm, &name, value.clone())?;
    Ok(value)
}

fn pop(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let environ = receiver::<Environ>(&mut args, &ENVIRON)?;
    let name = args.expect("key")?.known()?;
    let default = args.take("default");
    args.finish()?;
    let text = environ_text(&name)?;
    let found = environ.look(vm, &text, default.as_ref())?;
    vm.touch_all();
    environ.overlay.borrow_mut().insert(text, None);
    match (found, default) {
        (Found::Value(value), _) | (Found::Deleted, Some(value)) => Ok(value),
        (Found::Deleted, None) => Err(Stop::key_error(name)),
        // The name is gone in either case, so the receiver stays known.
        (Found::NotSupplied(cause), None) => Ok(Value::Unknown(cause)),
        (Found::NotSupplied(cause), Some(default)) => match assumed(vm, cause, default) {
            Err(Stop::Unknown(cause)) => Ok(Value::Unknown(cause)),
            value => value,
        },
    }
}

fn update(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let environ = receiver::<Environ>(&mut args, &ENVIRON)?;
    if let Some(arg) = args.positional.pop_front() {
        for (name, value) in vm.mapping_items(&arg.value)? {
            environ.store(vm, &name, value)?;
        }
    }
    for (name, arg) in std::mem::take(&mut args.named) {
        environ.store(vm, &Value::Str(name), arg.value)?;
    }
    args.finish()?;
    Ok(Value::None)
}

impl Object for Environ {
    fn class(&self) -> Option<&'static Type> {
        Some(&ENVIRON)
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        Environ::item(&self, vm, key)
    }

    fn set_item(self: Rc<Self>, vm: &mut Vm, key: Value, value: Value, _span: Span) -> Eval<bool> {
        self.store(vm, &key, value)?;
        Ok(true)
    }

    fn del_item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<bool> {
        let name = environ_text(&key)?;
        let found = self.look(vm, &name, None)?;
        vm.touch_all();
        self.overlay.borrow_mut().insert(name, None);
        match found {
            // One that was not supplied is gone behind this, or the file is.
            Found::Value(_) | Found::NotSupplied(_) => Ok(true),
            Found::Deleted => Err(Stop::key_error(key)),
        }
    }

    fn len(&self) -> Eval<Option<usize>> {
        Err(Stop::Unknown(self.whole.clone()))
    }

    fn binary(self: Rc<Self>, _vm: &mut Vm, _operation: Operation<'_>) -> Eval<Option<Value>> {
        Err(Stop::Unknown(self.whole.clone()))
    }

    fn equals(&self, _other: &Value) -> Eval<Option<bool>> {
        Err(Stop::Unknown(self.whole.clone()))
    }

    fn contains(self: Rc<Self>, vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        let name = environ_text(key)?;
        self.read(vm, &name).map(|found| Some(found.is_some()))
    }

    fn iterate(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        whole(vm).map(|_| None)
    }

    fn truth(&self) -> Eval<bool> {
        Ok(true)
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "`os.environ`")
    }
}
