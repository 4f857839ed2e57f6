//! `sys`: `path` as the code changes it, `exit`, and what no machine changes.
//!
//! The version of Python is known as far as every Python that Airflow 2 and 3 run on agrees.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::path::Path;
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use ruff_python_ast::CmpOp;

use super::files::{self, fspath};
use super::machine;
use super::support::{as_text, no_form, nothing, outside, receiver};
use super::{Member, ModuleTable};
use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::exception::{Exception, SYSTEM_EXIT};
use crate::value::slice::Slice;
use crate::value::{Effect, Eval, Native, Object, ObjectRef, Operation, Raise, Stop, Type, Value};

/// The rows of the module.
pub static SYS: ModuleTable = ModuleTable {
    name: "sys",
    members: &[
        ("argv", Member::Dynamic(|vm| outside(vm, "the command line is not known before Airflow runs"))),
        ("byteorder", Member::Constant(|| Value::str("little"))),
        ("executable", Member::Dynamic(|vm| machine::fact(vm, "executable").map(Value::Str))),
        (
            "exit",
            Member::Function(
                Native::new("exit", |_, mut args| {
                    let code = args.take("status").map_or_else(Vec::new, |code| vec![code]);
                    let exception = Value::object(Exception::new(&SYSTEM_EXIT, code));
                    Err(Stop::Raise(Box::new(Raise { exception, span: None })))
                })
                .lenient(),
            ),
        ),
        (
            "getdefaultencoding",
            Member::Function(Native::new("getdefaultencoding", |_, _| Ok(Value::str("utf-8")))),
        ),
        ("maxsize", Member::Constant(|| Value::int(i64::MAX))),
        ("path", Member::Dynamic(|vm| Ok(path(vm)))),
        ("platform", Member::Dynamic(|vm| machine::fact(vm, "platform").map(Value::Str))),
        ("setrecursionlimit", Member::Function(nothing("setrecursionlimit"))),
        ("stderr", Member::Constant(|| Value::object(Stream))),
        ("stdin", Member::Constant(|| Value::object(Stream))),
        ("stdout", Member::Constant(|| Value::object(Stream))),
        (
            "version",
            Member::Dynamic(|vm| outside(vm, "the version of Python is not known before Airflow runs")),
        ),
        ("version_info", Member::Dynamic(|vm| Ok(version_info(vm)))),
    ],
};

/// `sys.stdout` and its kin.
struct Stream;

static STREAM: Type = Type {
    methods: &[nothing("write"), nothing("flush"), nothing("reconfigure"), nothing("writelines")],
    ..Type::new("io", "TextIOWrapper", |_, _| Err(Stop::type_error("cannot make a stream")))
};

impl Object for Stream {
    fn class(&self) -> Option<&'static Type> {
        Some(&STREAM)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a stream")
    }
}

/// `sys.version_info`, with the reason why it is not known in full.
#[derive(Clone)]
enum VersionInfo {
    /// What the user says: major, minor and micro.
    Said([i64; 3]),
    /// Why it is not known.
    Unsaid(Cause),
}

/// The oldest minor version of Python 3 that Airflow 2 runs on, and one that no Airflow runs on yet.
const MINORS: std::ops::RangeInclusive<i64> = 6..=14;

static VERSION_INFO: Type = Type::new("sys", "version_info", |_, _| {
    Err(Stop::type_error("cannot create 'sys.version_info' instances"))
});

fn version_info(vm: &mut Vm) -> Value {
    let version = machine::said(vm, "python-version");
    Value::object(match version.map(|text| numbers(&text)) {
        Ok(Some(numbers)) => VersionInfo::Said(numbers),
        Ok(None) => VersionInfo::Unsaid(vm.cause(
            CauseKind::Machine("python-version".to_owned()),
            "what `--machine python-version=` says is no version such as `3.12.3`",
        )),
        Err(cause) => VersionInfo::Unsaid(cause),
    })
}

/// The numbers of a version, the last two of which may be left out where nobody asks for them.
fn numbers(text: &str) -> Option<[i64; 3]> {
    let mut parts = text.split('.').map(|part| part.parse::<i64>().ok());
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

impl VersionInfo {
    /// The tuple that it is.
    ///
    /// # Errors
    ///
    /// An unknown where the user does not say it.
    fn tuple(&self) -> Eval<Value> {
        match self {
            Self::Said(numbers) => {
                let numbers = numbers.iter().map(|number| Value::int(*number));
                Ok(Value::tuple(numbers.chain([Value::str("final"), Value::int(0)]).collect::<Vec<_>>()))
            }
            Self::Unsaid(cause) => Err(Stop::Unknown(cause.clone())),
        }
    }
}

/// Compares a version with a tuple whose first numbers it may be alone.
fn said_compare(own: &[i64; 3], other: &[Value], op: CmpOp) -> Eval<bool> {
    let mut order = Ordering::Equal;
    for (at, item) in other.iter().enumerate() {
        let item = item.clone().known()?;
        order = match (own.get(at), at) {
            (Some(own), _) => BigInt::from(*own).cmp(&*item.as_int().ok_or_else(no_order)?),
            (None, 3) => "final".cmp(item.as_str().ok_or_else(no_order)?),
            (None, 4) => BigInt::from(0).cmp(&*item.as_int().ok_or_else(no_order)?),
            (None, _) => Ordering::Less,
        };
        if order.is_ne() {
            break;
        }
    }
    if order.is_eq() && other.len() < 5 {
        order = Ordering::Greater;
    }
    Ok(match op {
        CmpOp::Lt => order.is_lt(),
        CmpOp::LtE => order.is_le(),
        CmpOp::Gt => order.is_gt(),
        CmpOp::GtE => order.is_ge(),
        CmpOp::Eq => order.is_eq(),
        CmpOp::NotEq => order.is_ne(),
        CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => return Err(no_order()),
    })
}

fn no_order() -> Stop {
    Stop::type_error("a version is compared with what is no number")
}

impl Object for VersionInfo {
    fn class(&self) -> Option<&'static Type> {
        Some(&VERSION_INFO)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let at = match name {
            "major" => return Ok(Some(Value::int(3))),
            "minor" => 1,
            "micro" => 2,
            "releaselevel" => 3,
            "serial" => 4,
            _ => return Ok(None),
        };
        let tuple = self.tuple()?;
        vm.item(&tuple, &Value::int(at)).map(Some)
    }

    fn item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        if let Self::Said(_) = &*self {
            return vm.item(&self.tuple()?, &key).map(Some);
        }
        if matches!(&key, Value::Int(at) if **at == 0.into()) {
            return Ok(Some(Value::int(3)));
        }
        match key.downcast::<Slice>() {
            Some(slice) if slice.start.is_none() && slice.step.is_none() => {
                Ok(Some(Value::object((*self).clone())))
            }
            _ => self.tuple().map(Some),
        }
    }

    fn iterate(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        let tuple = self.tuple()?;
        vm.iterate(&tuple).map(Some)
    }

    fn compare(&self, op: CmpOp, other: &Value) -> Eval<Option<bool>> {
        let Value::Tuple(items) = other else { return Ok(None) };
        if let Self::Said(own) = self {
            return said_compare(own, items, op).map(Some);
        }
        let number = |at: usize| items.get(at).and_then(Value::as_int).and_then(|number| number.to_i64());
        let less = match (number(0), number(1)) {
            (None, _) => return Ok(None),
            // Any version is greater than its own beginning.
            (Some(..3), _) | (Some(3), None) => false,
            (Some(4..), _) => true,
            (Some(3), Some(minor)) if minor > *MINORS.end() => true,
            (Some(3), Some(minor)) if minor < *MINORS.start() => false,
            (Some(3), Some(minor)) if minor == *MINORS.start() && items.len() == 2 => false,
            (Some(3), Some(_)) => return self.tuple().map(|_| None),
        };
        Ok(match op {
            CmpOp::Lt | CmpOp::LtE => Some(less),
            CmpOp::Gt | CmpOp::GtE => Some(!less),
            CmpOp::Eq | CmpOp::NotEq | CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => None,
        })
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        match (self, other) {
            (Self::Said(own), Value::Tuple(items)) => said_compare(own, items, CmpOp::Eq).map(Some),
            _ => self.tuple().map(|_| None),
        }
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "`sys.version_info`")
    }
}

/// `sys.path`, as far as the code changes it: what it held before is not known, but that the DAG folder is in it.
struct SysPath {
    /// What the code put in front, in order.
    front: RefCell<Vec<Rc<str>>>,
    /// What the code put behind, in order.
    back: RefCell<Vec<Rc<str>>>,
    open: RefCell<Option<Cause>>,
    /// Why it is not known as a whole.
    whole: Cause,
}

/// The one object of a run.
#[derive(Default)]
struct Slot(Option<Rc<SysPath>>);

static SYS_PATH: Type = Type {
    methods: &[
        Native::new("insert", |vm, mut args| {
            let this = receiver::<SysPath>(&mut args, &SYS_PATH)?;
            let at = super::datetime::int(args.expect("index")?)?;
            let path = args.expect("object")?;
            args.finish()?;
            let path = fspath(vm, &path)?;
            let front = this.front.borrow().len();
            match usize::try_from(at) {
                Ok(at) if at <= front => this.front.borrow_mut().insert(at, path),
                // Somewhere behind what is known.
                _ => this.back.borrow_mut().insert(0, path),
            }
            this.publish(vm);
            Ok(Value::None)
        })
        .mutating(),
        Native::new("append", |vm, mut args| {
            let this = receiver::<SysPath>(&mut args, &SYS_PATH)?;
            let path = args.expect("object")?;
            args.finish()?;
            let path = fspath(vm, &path)?;
            this.back.borrow_mut().push(path);
            this.publish(vm);
            Ok(Value::None)
        })
        .mutating(),
        Native::new("extend", |vm, mut args| {
            let this = receiver::<SysPath>(&mut args, &SYS_PATH)?;
            let paths = args.expect("iterable")?;
            args.finish()?;
            for path in vm.iterate(&paths)? {
                let path = fspath(vm, &path)?;
                this.back.borrow_mut().push(path);
            }
            this.publish(vm);
            Ok(Value::None)
        })
        .mutating(),
        Native::new("pop", |vm, mut args| {
            let this = receiver::<SysPath>(&mut args, &SYS_PATH)?;
            let at = args.take("index").map_or(Ok(-1), super::datetime::int)?;
            args.finish()?;
            let popped = match usize::try_from(at) {
                Ok(at) if at < this.front.borrow().len() => Some(this.front.borrow_mut().remove(at)),
                Err(_) if at == -1 => this.back.borrow_mut().pop(),
                _ => None,
            };
            this.publish(vm);
            match popped {
                Some(path) => Ok(Value::Str(path)),
                None => unknown_path(vm),
            }
        })
        .mutating(),
        Native::new("remove", |vm, mut args| {
            let this = receiver::<SysPath>(&mut args, &SYS_PATH)?;
            let path = args.expect("value")?;
            args.finish()?;
            let path = fspath(vm, &path)?;
            for list in [&this.front, &this.back] {
                let at = list.borrow().iter().position(|other| *other == path);
                if let Some(at) = at {
                    list.borrow_mut().remove(at);
                    this.publish(vm);
                    return Ok(Value::None);
                }
            }
            unknown_path(vm)
        })
        .mutating(),
    ],
    ..Type::new("builtins", "list", |_, _| Err(Stop::type_error("cannot make `sys.path`")))
};

fn unknown_path<T>(vm: &mut Vm) -> Eval<T> {
    outside(vm, "what `sys.path` holds is not known before Airflow runs")
}

fn path(vm: &mut Vm) -> Value {
    let whole = vm.cause(CauseKind::World, "what `sys.path` holds is not known before Airflow runs");
    let slot = vm.state::<Slot>();
    let path = slot.0.get_or_insert_with(|| {
        let (front, back) = (RefCell::default(), RefCell::default());
        Rc::new(SysPath { front, back, open: RefCell::default(), whole })
    });
    Value::Object(Rc::clone(path) as ObjectRef)
}

impl SysPath {
    /// Tells the evaluator where imports are looked for, as far as these places are in the folders of the run.
    fn publish(&self, vm: &mut Vm) {
        let mut paths = Vec::new();
        for path in self.front.borrow().iter().chain(self.back.borrow().iter()) {
            if let Ok(local) = files::locate(vm, path)
                && !paths.contains(&local)
            {
                paths.push(local);
            }
        }
        vm.extra_paths = paths;
    }
}

impl Object for SysPath {
    fn class(&self) -> Option<&'static Type> {
        Some(&SYS_PATH)
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn contains(self: Rc<Self>, vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        if let Some(cause) = &*self.open.borrow() {
            return Err(Stop::Unknown(cause.clone()));
        }
        // A `Path` is never equal to the text of a path.
        let Some(text) = as_text(key) else { return Ok(Some(false)) };
        let known = self.front.borrow().iter().chain(self.back.borrow().iter()).any(|path| **path == *text);
        if known || Path::new(&*text) == vm.world.runtime_dags_folder {
            return Ok(Some(true));
        }
        // A folder inside the DAG folder is there only if the code puts it there, and putting it there twice changes nothing.
        if files::locate(vm, &text).is_ok() {
            return Ok(Some(false));
        }
        unknown_path(vm)
    }

    fn iterate(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        unknown_path(vm)
    }

    fn item(self: Rc<Self>, vm: &mut Vm, _key: Value) -> Eval<Option<Value>> {
        unknown_path(vm)
    }

    fn set_item(self: Rc<Self>, vm: &mut Vm, _key: Value, _value: Value, _span: Span) -> Eval<bool> {
        unknown_path(vm)
    }

    fn del_item(self: Rc<Self>, vm: &mut Vm, _key: Value) -> Eval<bool> {
        unknown_path(vm)
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

    fn truth(&self) -> Eval<bool> {
        Ok(true)
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "`sys.path`")
    }
}
