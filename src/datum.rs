//! Plain data: what an argument comes to once evaluation is over, and what is not known about it.

mod walk;

use std::sync::Arc;

use num_bigint::BigInt;

pub use self::walk::Walk;
use crate::source::Span;

/// A value without identity or behaviour, as a definition can hold it.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// `None`.
    Null,
    /// `True` or `False`.
    Bool(bool),
    /// A whole number of any size.
    Int(BigInt),
    /// A float, not-a-number and the infinities included.
    Float(f64),
    /// Text, Jinja templates included.
    Str(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A list.
    List(Vec<Datum>),
    /// A tuple.
    Tuple(Vec<Datum>),
    /// A set; its order says nothing.
    Set(Vec<Datum>),
    /// A frozenset; its order says nothing.
    FrozenSet(Vec<Datum>),
    /// A dict, in insertion order; keys may be any hashable datum.
    Map(Vec<(Datum, Datum)>),
    /// A `datetime.datetime` or `pendulum.DateTime`: civil time, and its zone where it has one.
    DateTime(DateTime),
    /// A `datetime.date`.
    Date(jiff::civil::Date),
    /// A `datetime.time` without zone.
    Time(jiff::civil::Time),
    /// A `datetime.timedelta`.
    TimeDelta(TimeDelta),
    /// A call of an importable callable that makes an object: class path, positional and keyword arguments.
    Object(Box<TypedObject>),
    /// A function, class or constant by the import path under which it can be had at run time.
    Reference(Reference),
    /// The result of a task, which Airflow renders at run time; the text is the template that Airflow makes of it.
    XCom(XCom),
    /// Not known, with the reason.
    Unknown(Cause),
}

/// Civil time with an optional zone.
#[derive(Debug, Clone, PartialEq)]
pub struct DateTime {
    /// The wall-clock time, to the microsecond.
    pub civil: jiff::civil::DateTime,
    /// The zone; `None` for a naive datetime.
    pub zone: Option<Zone>,
}

/// A time zone as the author named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zone {
    /// `UTC`.
    Utc,
    /// A fixed offset east of UTC, in seconds.
    Fixed(i32),
    /// An IANA name.
    Named(String),
}

/// A span of time as Python normalises it: days may be negative, seconds and microseconds are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeDelta {
    /// Whole days.
    pub days: i64,
    /// Seconds, 0 to 86 399.
    pub seconds: u32,
    /// Microseconds, 0 to 999 999.
    pub microseconds: u32,
}

/// An object by the call that makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedObject {
    /// The import path of the class or factory.
    pub path: String,
    /// Positional arguments.
    pub args: Vec<Datum>,
    /// Keyword arguments, in order.
    pub kwargs: Vec<(String, Datum)>,
}

/// A function, class or constant by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// The module's import path; `None` for what only exists inside the file (a lambda, a nested function).
    pub module: Option<String>,
    /// The qualified name inside the module.
    pub name: String,
    /// Where it is defined, when that was seen.
    pub span: Option<Span>,
    /// Of a function that only exists inside the file: the names that it has from the calls around it, and under `=name` its
    /// defaults.
    pub captured: Vec<(String, Captured)>,
}

/// What a nested function has from around it.
#[derive(Debug, Clone, PartialEq)]
pub enum Captured {
    /// A value.
    Value(Datum),
    /// A module, by its import path.
    Module(String),
}

/// The XCom key of the whole result of a task. Source: `BaseXCom.XCOM_RETURN_KEY`.
pub const RETURN_VALUE: &str = "return_value";

/// The result of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XCom {
    /// The DAG of the task.
    pub dag_id: String,
    /// The id of the task that returns it, group prefixes included.
    pub task_id: String,
    /// The XCom key; `return_value` for the whole result.
    pub key: String,
}

impl XCom {
    /// The template that `str()` of an XComArg gives.
    ///
    /// Source: `PlainXComArg.__str__` of Airflow 2.10.5 and 3.0.6.
    pub fn template(&self) -> String {
        let Self { dag_id, task_id, key } = self;
        format!("{{{{ task_instance.xcom_pull(task_ids='{task_id}', dag_id='{dag_id}', key='{key}') }}}}")
    }
}

/// Why a value is not known, and where that was decided. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause(Arc<CauseData>);

/// The path of values that are data; it is none that an import could have.
const DATA: &str = "<data>[…]";

/// What a `Cause` says.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseData {
    /// What kind of thing stands in the way.
    pub kind: CauseKind,
    /// A phrase that stands alone: `the environment variable ENV is not supplied`.
    pub message: String,
    /// Where it was decided.
    pub span: Span,
    /// The shortest way out: a flag, mostly.
    pub help: Option<String>,
    /// The import path of the value, where it is an import that was not found, or an attribute of one.
    pub path: Option<String>,
    /// The template that renders to the value when a task runs, where there is one. What is computed from the value has none.
    pub template: Option<Template>,
    /// How the value can be said all the same, where it is the very thing that an import or a call gives.
    pub form: Option<Form>,
}

/// How a value that is not known can be said: by where it is had, or by the call that makes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// While code runs: what lies at the path of the cause, of which the first so many bytes are the path of a module.
    At(usize),
    /// While code runs: what a call made, by its number in the run.
    Made(usize),
    /// Once evaluation is over: the value itself, for a definition that is loaded where the module is.
    As(Box<Datum>),
}

/// A template in the place of a value that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The text, such as `s3://{{ var.value.bucket }}/`.
    pub text: String,
    /// Whether the value is text, so that what the template renders to is the value itself and not only its `str()`.
    pub is_text: bool,
    /// What it reads: the names of Airflow Variables, and where the code reads them.
    pub reads: Vec<(String, Span)>,
}

/// The kinds of things that stand in the way of knowing a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CauseKind {
    /// An import that is neither modelled nor found.
    Import,
    /// An environment variable that was not supplied, with its name.
    Environment(String),
    /// An Airflow Variable that was not supplied, with its name.
    Variable(String),
    /// An Airflow configuration value, with `section.key`.
    Config(String),
    /// An Airflow connection, with its id.
    Connection(String),
    /// A fact of the machine where Airflow runs, with its name.
    Machine(String),
    /// A read of the world outside: network, process, user, host, another folder.
    World,
    /// A value that differs from load to load: uuid, random.
    Volatile,
    /// Python that the evaluator does not support.
    Unsupported,
    /// A known library whose part is not modelled.
    NotModelled,
    /// A construct whose control is unknown decided it.
    Control,
    /// A call of something unknown could have changed it.
    Call,
    /// A bound of the evaluation was passed.
    Limit,
}

impl Cause {
    /// Makes a cause.
    pub fn new(kind: CauseKind, span: Span, message: impl Into<String>) -> Self {
        Self(Arc::new(CauseData {
            kind,
            message: message.into(),
            span,
            help: None,
            path: None,
            template: None,
            form: None,
        }))
    }

    fn with(&self, change: impl FnOnce(&mut CauseData)) -> Self {
        let mut data = (*self.0).clone();
        change(&mut data);
        Self(Arc::new(data))
    }

    /// The same cause with a way out.
    pub fn with_help(self, help: impl Into<String>) -> Self {
        self.with(|data| {
            data.help = Some(help.into());
            data.template = None;
        })
    }

    /// The same cause, decided by an earlier one: its way out is this one's.
    pub fn because(self, earlier: &Cause) -> Self {
        Self::new(earlier.kind.clone(), self.span, format!("{} ({})", self.message, earlier.message))
            .with(|data| data.help.clone_from(&earlier.help))
    }

    /// The same cause for a value that was computed from this one: it is no longer what lies at the import path.
    pub fn derived(&self) -> Self {
        match &self.path {
            Some(path) if !path.contains('[') => self.with_path(format!("{path}[…]")),
            Some(path) if self.template.is_some() => self.with_path(path.as_str()),
            _ => self.indirect(),
        }
    }

    /// The same cause at another place: where the user's code called what decided it.
    pub fn moved(&self, span: Span) -> Self {
        self.with(|data| data.span = span)
    }

    /// The same cause for a value that it decided and that was not computed from it: one of several, or one of what a container
    /// holds. Nothing is known of what that is, functions of the user's included.
    pub fn decided(&self) -> Self {
        if self.path.is_none() {
            return self.indirect();
        }
        self.with(|data| {
            data.path = None;
            data.template = None;
            data.form = None;
        })
    }

    /// The same cause for a value of which nobody knows whether it is the one that the form says.
    pub fn indirect(&self) -> Self {
        if self.form.is_none() {
            return self.clone();
        }
        self.with(|data| data.form = None)
    }

    /// The same cause for a value that this template renders to.
    pub fn with_template(&self, template: Template) -> Self {
        self.with(|data| {
            data.template = Some(template);
            data.form = None;
        })
    }

    /// The same cause for plain data: text, or what JSON can hold. Calling a method of it adds nothing to anything.
    pub fn data(self) -> Self {
        self.with_path(DATA)
    }

    /// Whether this is the reason for plain data, or for what was computed from it.
    pub fn is_data(&self) -> bool {
        self.path.as_ref().is_some_and(|path| path.starts_with(DATA))
    }

    /// Whether this is the reason for what lies at an import path, and not for something computed from it.
    pub fn is_direct(&self) -> bool {
        self.path.as_ref().is_some_and(|path| !path.contains('['))
    }

    /// The same cause for the value at an import path.
    pub fn with_path(&self, path: impl Into<String>) -> Self {
        self.with(|data| {
            data.path = Some(path.into());
            data.template = None;
            data.form = None;
        })
    }

    /// The same cause for the attribute `name` of the value, or the member of the module.
    pub fn attribute(&self, name: &str) -> Self {
        let Some(path) = &self.path else { return self.indirect() };
        let below = self.with_path(format!("{path}.{name}"));
        match self.form {
            Some(Form::At(module)) if below.is_direct() => below.with_form(Form::At(module)),
            _ => below,
        }
    }

    /// The same cause for a module at an import path that Airflow may well find where it runs, though it is not found here.
    pub fn with_module(&self, path: &str) -> Self {
        self.with_path(path).with_form(Form::At(path.len()))
    }

    /// The same cause for a value that can be said in this way.
    pub fn with_form(&self, form: Form) -> Self {
        self.with(|data| data.form = Some(form))
    }

    /// The datum that says the value, for a definition that is loaded where the modules are that it names.
    pub fn said(&self) -> Option<&Datum> {
        match &self.form {
            Some(Form::As(datum)) => Some(datum),
            Some(Form::At(_) | Form::Made(_)) | None => None,
        }
    }
}

impl std::ops::Deref for Cause {
    type Target = CauseData;

    fn deref(&self) -> &CauseData {
        &self.0
    }
}

impl Datum {
    /// The same with what says it in the place of every unknown that can be said.
    pub fn said(&self) -> Self {
        let mut said = self.clone();
        said.say();
        said
    }

    /// Puts what says it in the place of every unknown that can be said, however deep.
    pub fn say(&mut self) {
        if let Self::Unknown(cause) = self
            && let Some(said) = cause.said()
        {
            *self = said.clone();
            return;
        }
        self.children_mut().for_each(Self::say);
    }

    /// Text.
    pub fn str(text: impl Into<String>) -> Self {
        Self::Str(text.into())
    }

    /// A whole number.
    pub fn int(number: impl Into<BigInt>) -> Self {
        Self::Int(number.into())
    }
}
