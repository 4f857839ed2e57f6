//! `XComArg`: the result of a task as a value, and what is made of it by `map`, `zip` and `concat`.

use std::rc::Rc;

use super::api::ApiClass;
use super::relations::{self, Node};
use super::setup;
use super::task::{Task, objects};
use crate::datum::{CauseKind, Datum, TypedObject, XCom};
use crate::eval::{Collector, Vm};
use crate::map::HashSet;
use crate::source::Span;
use crate::value::{Args, Effect, Eval, Native, Object, Operation, Stop, Type, Value};

/// The result of one or more tasks.
pub enum XComArg {
    /// One XCom of one task.
    Plain {
        /// The task.
        task: Rc<Task>,
        /// The key; `return_value` for the whole result.
        key: Rc<str>,
    },
    /// `arg.map(f)…`.
    Map {
        /// What is mapped.
        arg: Rc<XComArg>,
        /// The functions.
        functions: Vec<Value>,
    },
    /// `a.zip(b, …)`.
    Zip {
        /// What is zipped.
        args: Vec<Rc<XComArg>>,
        /// What fills the shorter ones, if anything.
        fill: Option<Value>,
    },
    /// `a.concat(b, …)`.
    Concat {
        /// What is put together.
        args: Vec<Rc<XComArg>>,
    },
}

/// The key of a whole result.
const RETURN_VALUE: &str = "return_value";

/// The class `XComArg`.
pub static XCOM_ARG_CLASS: ApiClass = ApiClass {
    name: "XComArg",
    module: "airflow.sdk.definitions.xcom_arg",
    new: |_, args| make(args),
    statics: &[],
    effect: Effect::None,
    builds: false,
    derived: None,
};

fn make(mut args: Args) -> Eval<Value> {
    let operator = args.expect("operator")?.known()?;
    let key = args.take("key");
    args.finish()?;
    let Some(task) = operator.downcast::<Task>() else {
        return Err(Stop::no_attribute(&operator, "task_id"));
    };
    let key = match key {
        None => RETURN_VALUE.into(),
        Some(Value::Str(key)) => key,
        Some(other) => {
            other.clone().known()?;
            return Err(Stop::type_error(format!("an XCom key is text, not `{}`", other.type_name())));
        }
    };
    Ok(Value::object(XComArg::Plain { task, key }))
}

impl XComArg {
    /// The whole result of a task.
    pub fn of(task: &Rc<Task>) -> Value {
        Value::object(Self::Plain { task: Rc::clone(task), key: RETURN_VALUE.into() })
    }

    /// The task of a plain one.
    pub fn task(&self) -> Option<Rc<Task>> {
        match self {
            Self::Plain { task, .. } => Some(Rc::clone(task)),
            Self::Map { .. } | Self::Zip { .. } | Self::Concat { .. } => None,
        }
    }

    /// The tasks it refers to, in order.
    pub fn references(&self) -> Vec<Rc<Task>> {
        let mut found = Vec::new();
        self.each(&mut HashSet::default(), &mut |task, _| found.push(Rc::clone(task)));
        found
    }

    /// The first key among what it refers to that is not that of a whole result.
    pub fn custom_key(&self) -> Option<Rc<str>> {
        let mut found = None;
        self.each(&mut HashSet::default(), &mut |_, key| {
            if found.is_none() && &**key != RETURN_VALUE {
                found = Some(Rc::clone(key));
            }
        });
        found
    }

    /// Hands on the plain ones that it is made of. What was made of others is walked once: `x.concat(x)` in a loop doubles.
    fn each(&self, seen: &mut HashSet<*const Self>, visit: &mut dyn FnMut(&Rc<Task>, &Rc<str>)) {
        match self {
            Self::Plain { task, key } => visit(task, key),
            Self::Map { arg, .. } => arg.each(seen, visit),
            Self::Zip { args, .. } | Self::Concat { args } => {
                for arg in args {
                    if matches!(&**arg, Self::Plain { .. }) || seen.insert(Rc::as_ptr(arg)) {
                        arg.each(seen, visit);
                    }
                }
            }
        }
    }

    fn template(&self) -> Eval<Option<XCom>> {
        let Self::Plain { task, key } = self else { return Ok(None) };
        let task_id = match task.id() {
            Value::Str(id) => id.to_string(),
            Value::Unknown(cause) => return Err(Stop::Unknown(cause)),
            _ => return Ok(None),
        };
        let dag_id = match task.dag_id() {
            Value::Str(id) => id.to_string(),
            Value::Unknown(cause) => return Err(Stop::Unknown(cause)),
            _ => return Ok(None),
        };
        Ok(Some(XCom { dag_id, task_id, key: key.to_string() }))
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Plain { .. } => "PlainXComArg",
            Self::Map { .. } => "MapXComArg",
            Self::Zip { .. } => "ZipXComArg",
            Self::Concat { .. } => "ConcatXComArg",
        }
    }

    /// Mapping, zipping and concatenating are for whole results.
    fn check_whole(&self, verb: &str) -> Eval<()> {
        match self {
            Self::Plain { key, .. } if &**key != RETURN_VALUE => {
                Err(Stop::value_error(format!("cannot {verb} non-return XCom")))
            }
            Self::Plain { .. } | Self::Map { .. } | Self::Zip { .. } | Self::Concat { .. } => Ok(()),
        }
    }
}

crate::value::release::released!(XComArg);

impl Object for XComArg {
    fn class(&self) -> Option<&'static Type> {
        Some(&XCOM_ARG)
    }

    fn class_value(&self) -> Option<Value> {
        Some(XCOM_ARG_CLASS.value())
    }

    fn type_name(&self) -> Rc<str> {
        self.name().into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match (name, &*self) {
            ("roots" | "leaves", _) => Some(Value::list(objects(self.references()))),
            ("operator", Self::Plain { task, .. }) => Some(Value::Object(Rc::clone(task) as Rc<dyn Object>)),
            ("key", Self::Plain { key, .. }) => Some(Value::Str(Rc::clone(key))),
            ("is_setup" | "is_teardown" | "on_failure_fail_dagrun", Self::Plain { task, .. }) => {
                return Rc::clone(task).attr(vm, name);
            }
            _ => None,
        })
    }

    fn set_attr(self: Rc<Self>, vm: &mut Vm, name: &str, value: Value, span: Span) -> Eval<bool> {
        if let ("is_setup" | "is_teardown" | "on_failure_fail_dagrun", Self::Plain { task, .. }) =
            (name, &*self)
        {
            return Rc::clone(task).set_attr(vm, name, value, span);
        }
        // Anything else is an attribute of the Python object alone, which no task sees.
        Ok(true)
    }

    fn item(self: Rc<Self>, _vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        let Self::Plain { task, .. } = &*self else { return Ok(None) };
        match key {
            Value::Str(key) => Ok(Some(Value::object(Self::Plain { task: Rc::clone(task), key }))),
            Value::Unknown(cause) => Err(Stop::Unknown(cause)),
            other => Err(Stop::value_error(format!(
                "XComArg only supports str lookup, received {}",
                other.type_name()
            ))),
        }
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        Err(Stop::type_error("'XComArg' object is not iterable"))
    }

    fn truth(&self) -> Eval<bool> {
        Ok(true)
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn binary(self: Rc<Self>, vm: &mut Vm, operation: Operation<'_>) -> Eval<Option<Value>> {
        relations::shift(vm, &Node::XCom(self), operation)
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        let Some(other) = other.downcast::<XComArg>() else { return Ok(None) };
        Ok(match (self, &*other) {
            (Self::Plain { task: a, key: x }, Self::Plain { task: b, key: y }) => {
                Some(Rc::ptr_eq(a, b) && x == y)
            }
            _ => None,
        })
    }

    fn str(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        match self.template()? {
            Some(xcom) => Ok(xcom.template().into()),
            None => self.repr(vm),
        }
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        match self {
            Self::Plain { task, key } => {
                let task = task.repr(vm)?;
                Ok(match &**key {
                    RETURN_VALUE => format!("XComArg({task})").into(),
                    key => format!("XComArg({task}, '{key}')").into(),
                })
            }
            Self::Map { .. } | Self::Zip { .. } | Self::Concat { .. } => {
                vm.unknown(CauseKind::NotModelled, format!("the text of a {} is not modelled", self.name()))
            }
        }
    }

    fn enter(self: Rc<Self>, vm: &mut Vm, span: Span) -> Eval<Option<Value>> {
        match self.task() {
            Some(task) => setup::enter(vm, vec![task], span).map(Some),
            None => Err(Stop::no_attribute(&Value::Object(self), "operator")),
        }
    }

    fn exit(self: Rc<Self>, vm: &mut Vm) -> Eval<()> {
        setup::exit(vm)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        for task in self.references() {
            visit(&Value::Object(task));
        }
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        match self.template() {
            Ok(Some(xcom)) => return Datum::XCom(xcom),
            Err(Stop::Unknown(cause)) => return Datum::Unknown(cause),
            Ok(None) | Err(_) => {}
        }
        let mut object = TypedObject {
            path: format!("airflow.sdk.definitions.xcom_arg.{}", self.name()),
            args: Vec::new(),
            kwargs: Vec::new(),
        };
        match self {
            Self::Plain { .. } => {
                return Datum::Unknown(
                    collector.cause(CauseKind::Unsupported, "the result of a task without an id is used"),
                );
            }
            Self::Map { arg, functions } => {
                object.args = vec![
                    collector.datum(&Value::Object(Rc::clone(arg) as Rc<dyn Object>)),
                    Datum::List(functions.iter().map(|function| collector.datum(function)).collect()),
                ];
            }
            Self::Zip { args, fill } => {
                object.args = vec![Datum::List(
                    args.iter()
                        .map(|arg| collector.datum(&Value::Object(Rc::clone(arg) as Rc<dyn Object>)))
                        .collect(),
                )];
                if let Some(fill) = fill {
                    object.kwargs.push(("fillvalue".to_owned(), collector.datum(fill)));
                }
            }
            Self::Concat { args } => {
                object.args = vec![Datum::List(
                    args.iter()
                        .map(|arg| collector.datum(&Value::Object(Rc::clone(arg) as Rc<dyn Object>)))
                        .collect(),
                )];
            }
        }
        Datum::Object(Box::new(object))
    }
}

static XCOM_ARG: Type = Type {
    methods: &[
        Native::new("set_upstream", |vm, args| relations::method(vm, args, true)).hosted(),
        Native::new("set_downstream", |vm, args| relations::method(vm, args, false)).hosted(),
        Native::new("as_setup", setup::as_setup).hosted(),
        Native::new("as_teardown", setup::as_teardown).hosted(),
        Native::new("map", map),
        Native::new("zip", zip),
        Native::new("concat", concat),
    ],
    ..Type::new("airflow.sdk.definitions.xcom_arg", "XComArg", |_, args| make(args))
};

fn receiver(args: &mut Args) -> Eval<Rc<XComArg>> {
    args.positional
        .pop_front()
        .and_then(|arg| arg.value.downcast::<XComArg>())
        .ok_or_else(|| Stop::type_error("this method needs an XComArg"))
}

fn map(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let arg = receiver(&mut args)?;
    arg.check_whole("map against")?;
    let function = args.expect("f")?;
    args.finish()?;
    if function.downcast::<super::taskflow::TaskFunction>().is_some() {
        return Err(Stop::value_error("map() argument must be a plain function, not a @task operator"));
    }
    Ok(Value::object(match &*arg {
        XComArg::Map { arg, functions } => {
            let functions = functions.iter().cloned().chain([function]).collect();
            XComArg::Map { arg: Rc::clone(arg), functions }
        }
        XComArg::Plain { .. } | XComArg::Zip { .. } | XComArg::Concat { .. } => {
            XComArg::Map { arg, functions: vec![function] }
        }
    }))
}

fn others(args: &mut Args) -> Eval<Vec<Rc<XComArg>>> {
    args.positional
        .drain(..)
        .map(|arg| {
            arg.value.downcast::<XComArg>().ok_or_else(|| Stop::no_attribute(&arg.value, "iter_references"))
        })
        .collect()
}

fn zip(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let arg = receiver(&mut args)?;
    arg.check_whole("map against")?;
    let mut all = vec![arg];
    all.extend(others(&mut args)?);
    let fill = args.named("fillvalue");
    args.finish()?;
    Ok(Value::object(XComArg::Zip { args: all, fill }))
}

fn concat(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let arg = receiver(&mut args)?;
    arg.check_whole("concatenate")?;
    let mut all = match &*arg {
        XComArg::Concat { args } => args.clone(),
        XComArg::Plain { .. } | XComArg::Map { .. } | XComArg::Zip { .. } => vec![Rc::clone(&arg)],
    };
    all.extend(others(&mut args)?);
    args.finish()?;
    Ok(Value::object(XComArg::Concat { args: all }))
}
