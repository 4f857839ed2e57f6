//! `Param`, `ParamsDict` and `DagParam`.

use std::cell::RefCell;
use std::rc::Rc;

use super::dag::{self, DagObject};
use super::typed::TypedValue;
use crate::dag::DAG_PARAM;
use crate::datum::{Cause, CauseKind, Datum, TypedObject};
use crate::eval::{Collector, Vm};
use crate::map::IndexMap;
use crate::source::Span;
use crate::value::{Arg, Args, Eval, Native, Object, Stop, Type, Value};

/// The params of a DAG: an own copy of what was given, entry by entry.
#[derive(Default)]
pub struct ParamsDict {
    /// The entries.
    pub entries: RefCell<IndexMap<Rc<str>, Arg>>,
    /// Why there may be others.
    pub open: RefCell<Option<Cause>>,
}

impl ParamsDict {
    /// The params in a value: a dict, or the params of another DAG.
    pub fn new(value: &Value, span: Span) -> Self {
        let params = Self::default();
        params.update(value, span);
        params
    }

    /// Adds the entries of a value.
    pub fn update(&self, value: &Value, span: Span) {
        match value {
            Value::None => {}
            Value::Dict(dict) => {
                if let Some(cause) = dict.why_open() {
                    self.open.borrow_mut().get_or_insert(cause);
                }
                for (key, value) in &*dict.seen() {
                    match key.value() {
                        Value::Str(name) => {
                            self.entries
                                .borrow_mut()
                                .insert(Rc::clone(name), Arg { value: value.clone(), span });
                        }
                        other => {
                            let message = format!("a param has the name {other:?}, which is no text");
                            let cause = Cause::new(CauseKind::Unsupported, span, message);
                            self.open.borrow_mut().get_or_insert(cause);
                        }
                    }
                }
            }
            Value::Unknown(cause) => {
                self.open.borrow_mut().get_or_insert(cause.clone());
            }
            other => {
                if let Some(params) = other.downcast::<ParamsDict>() {
                    self.entries.borrow_mut().extend(params.entries.borrow().clone());
                    return;
                }
                let message = format!("params is a `{}`, which is not supported", other.type_name());
                self.open.borrow_mut().get_or_insert(Cause::new(CauseKind::Unsupported, span, message));
            }
        }
    }

    /// How many there are, unless that is not known.
    pub fn len_known(&self) -> Option<usize> {
        self.open.borrow().is_none().then(|| self.entries.borrow().len())
    }

    /// Where the first was written.
    pub fn span(&self) -> Option<Span> {
        self.entries.borrow().values().next().map(|arg| arg.span)
    }

    fn resolve(value: &Value) -> Value {
        match value.downcast::<TypedValue>() {
            Some(param) if param.name() == "Param" => param.argument("default", 0).unwrap_or_default(),
            _ => value.clone(),
        }
    }

    fn check(&self) -> Eval<()> {
        match &*self.open.borrow() {
            Some(cause) => Err(Stop::Unknown(cause.clone())),
            None => Ok(()),
        }
    }
}

crate::value::release::released!(ParamsDict);

impl Object for ParamsDict {
    fn class(&self) -> Option<&'static Type> {
        Some(&PARAMS_DICT)
    }

    fn item(self: Rc<Self>, _vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        self.check()?;
        let Value::Str(name) = &key else {
            key.clone().known()?;
            return Err(Stop::key_error(key));
        };
        match self.entries.borrow().get(name) {
            Some(arg) => Ok(Some(Self::resolve(&arg.value))),
            None => Err(Stop::key_error(key)),
        }
    }

    fn set_item(self: Rc<Self>, _vm: &mut Vm, key: Value, value: Value, span: Span) -> Eval<bool> {
        match key {
            Value::Str(name) => {
                let typed = self
                    .entries
                    .borrow()
                    .get(&name)
                    .and_then(|arg| arg.value.downcast::<TypedValue>())
                    .filter(|param| param.name() == "Param");
                if typed.is_some() && value.downcast::<TypedValue>().is_none() {
                    let message = "the value of a `Param` is changed, which is not modelled";
                    self.open.borrow_mut().get_or_insert(Cause::new(CauseKind::NotModelled, span, message));
                }
                self.entries.borrow_mut().insert(name, Arg { value, span });
            }
            Value::Unknown(cause) => {
                self.open.borrow_mut().get_or_insert(cause);
            }
            other => {
                return Err(Stop::type_error(format!("a param's name is text, not `{}`", other.type_name())));
            }
        }
        Ok(true)
    }

    fn contains(self: Rc<Self>, _vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        self.check()?;
        Ok(Some(key.as_str().is_some_and(|key| self.entries.borrow().contains_key(key))))
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        self.check()?;
        Ok(Some(self.entries.borrow().keys().map(|name| Value::Str(Rc::clone(name))).collect()))
    }

    fn len(&self) -> Eval<Option<usize>> {
        self.check()?;
        Ok(Some(self.entries.borrow().len()))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.entries.borrow().values().for_each(|arg| visit(&arg.value));
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        if let Some(cause) = &*self.open.borrow() {
            return Datum::Unknown(cause.clone());
        }
        let entries = self.entries.borrow().clone();
        Datum::Map(
            entries.iter().map(|(name, arg)| (Datum::str(&**name), collector.datum(&arg.value))).collect(),
        )
    }
}

static PARAMS_DICT: Type = Type {
    methods: &[
        Native::new("get", |vm, mut args| {
            let params = receiver(&mut args)?;
            let key = args.expect("key")?;
            let default = args.take("default").unwrap_or_default();
            if Rc::clone(&params).contains(vm, &key)? == Some(true) {
                return Ok(params.item(vm, key)?.unwrap_or_default());
            }
            Ok(default)
        }),
        Native::new("keys", |vm, mut args| {
            Ok(Value::list(receiver(&mut args)?.iterate(vm)?.unwrap_or_default()))
        }),
        Native::new("update", |_, mut args| {
            let span = args.span;
            let params = receiver(&mut args)?;
            if let Some(arg) = args.positional.pop_front() {
                params.update(&arg.value, span);
            }
            for (name, arg) in args.named {
                params.entries.borrow_mut().insert(name, arg);
            }
            Ok(Value::None)
        })
        .mutating(),
        Native::new("dump", |vm, mut args| dump(vm, &receiver(&mut args)?)),
        Native::new("items", |vm, _| vm.unknown(CauseKind::NotModelled, "`params.items()` is not modelled")),
        Native::new("values", |vm, _| {
            vm.unknown(CauseKind::NotModelled, "`params.values()` is not modelled")
        }),
    ],
    ..Type::new("airflow.sdk.definitions.param", "ParamsDict", |_, mut args| {
        let span = args.span;
        Ok(Value::object(ParamsDict::new(&args.take("dict_obj").unwrap_or_default(), span)))
    })
};

fn dump(_vm: &mut Vm, params: &Rc<ParamsDict>) -> Eval<Value> {
    params.check()?;
    Ok(Value::dict(
        params.entries.borrow().iter().map(|(name, arg)| (Rc::clone(name), ParamsDict::resolve(&arg.value))),
    ))
}

fn receiver(args: &mut Args) -> Eval<Rc<ParamsDict>> {
    args.positional
        .pop_front()
        .and_then(|arg| arg.value.downcast::<ParamsDict>())
        .ok_or_else(|| Stop::type_error("this method needs a ParamsDict"))
}

/// A reference to a param of a DAG, which Airflow resolves at run time: the run's `conf`, else the default.
pub struct DagParam {
    name: Rc<str>,
    default: Option<Value>,
    dag_id: String,
}

impl DagParam {
    /// `dag.param(name, default)`: a default becomes a param of the DAG.
    pub fn bind(dag: &Rc<DagObject>, name: Rc<str>, default: Option<Value>, span: Span) -> Value {
        if let Some(value) = &default {
            let arg = Arg { value: value.clone(), span };
            dag.params().entries.borrow_mut().insert(Rc::clone(&name), arg);
        }
        Value::object(Self { name, default, dag_id: dag.display_id().to_string() })
    }
}

impl Object for DagParam {
    fn type_name(&self) -> Rc<str> {
        "DagParam".into()
    }

    fn str(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        // CPython shows an address here: the author took it for its value.
        vm.unknown(
            CauseKind::Volatile,
            format!("the argument `{}` of a DAG function is put into text, where it has no value", self.name),
        )
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.default.iter().for_each(visit);
    }

    // Of the DAG, its constructor needs the id, and params to which it adds the default. Without a default it holds a mark that is
    // known by identity, which no definition can hand it.
    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        let Some(default) = &self.default else {
            let message = format!(
                "the param `{}` of the DAG is an object that Airflow resolves when the task runs",
                self.name
            );
            let cause = collector.cause(CauseKind::Unsupported, message);
            let help = format!("where text will do, write `{{{{ params.{} }}}}` in its place", self.name);
            return Datum::Unknown(cause.with_help(help));
        };
        let object = |path: &str, kwargs: Vec<(&str, Datum)>| {
            let kwargs = kwargs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            Datum::Object(Box::new(TypedObject { path: path.to_owned(), args: Vec::new(), kwargs }))
        };
        let dag = object(
            "types.SimpleNamespace",
            vec![("dag_id", Datum::str(&self.dag_id)), ("params", Datum::Map(Vec::new()))],
        );
        let default = collector.datum(default);
        object(DAG_PARAM, vec![("current_dag", dag), ("name", Datum::str(&*self.name)), ("default", default)])
    }
}

/// `dag.param(name, default=…)`.
pub fn dag_param(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let dag = dag::receiver(&mut args)?;
    let name = args.expect("name")?;
    let default = args.take("default");
    args.finish()?;
    match name {
        Value::Str(name) => Ok(DagParam::bind(&dag, name, default, span)),
        Value::Unknown(cause) => Err(Stop::Unknown(cause)),
        other => Err(Stop::type_error(format!("a param's name is text, not `{}`", other.type_name()))),
    }
}
