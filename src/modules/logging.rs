//! `logging` and `warnings`: everything in them is callable and does nothing that a definition shows.

use std::rc::Rc;

use super::support::{no_form, nothing};
use super::{Member, ModuleTable};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Args, Eval, Native, Object, Type, Value};

/// The rows of `logging`.
pub static LOGGING: ModuleTable = ModuleTable {
    name: "logging",
    members: &[
        ("CRITICAL", Member::Constant(|| Value::int(50))),
        ("DEBUG", Member::Constant(|| Value::int(10))),
        ("ERROR", Member::Constant(|| Value::int(40))),
        ("FATAL", Member::Constant(|| Value::int(50))),
        ("FileHandler", Member::Class(&FILE_HANDLER)),
        ("Filter", Member::Class(&FILTER)),
        ("Formatter", Member::Class(&FORMATTER)),
        ("Handler", Member::Class(&HANDLER)),
        ("INFO", Member::Constant(|| Value::int(20))),
        ("Logger", Member::Class(&LOGGER)),
        ("LoggerAdapter", Member::Class(&ADAPTER)),
        ("NOTSET", Member::Constant(|| Value::int(0))),
        ("NullHandler", Member::Class(&NULL_HANDLER)),
        ("StreamHandler", Member::Class(&STREAM_HANDLER)),
        ("WARN", Member::Constant(|| Value::int(30))),
        ("WARNING", Member::Constant(|| Value::int(30))),
        ("addLevelName", Member::Function(nothing("addLevelName"))),
        ("basicConfig", Member::Function(nothing("basicConfig"))),
        ("captureWarnings", Member::Function(nothing("captureWarnings"))),
        ("critical", Member::Function(nothing("critical"))),
        ("debug", Member::Function(nothing("debug"))),
        ("disable", Member::Function(nothing("disable"))),
        ("error", Member::Function(nothing("error"))),
        ("exception", Member::Function(nothing("exception"))),
        ("fatal", Member::Function(nothing("fatal"))),
        (
            "getLogger",
            Member::Function(Native::new("getLogger", |_, args| Ok(make(args, &LOGGER))).lenient()),
        ),
        ("info", Member::Function(nothing("info"))),
        ("log", Member::Function(nothing("log"))),
        ("root", Member::Constant(|| Value::object(Logging { class: &LOGGER, name: Value::str("root") }))),
        ("setLogRecordFactory", Member::Function(nothing("setLogRecordFactory"))),
        ("setLoggerClass", Member::Function(nothing("setLoggerClass"))),
        ("shutdown", Member::Function(nothing("shutdown"))),
        ("warn", Member::Function(nothing("warn"))),
        ("warning", Member::Function(nothing("warning"))),
    ],
};

/// The rows of `logging.config`.
pub static LOGGING_CONFIG: ModuleTable = ModuleTable {
    name: "logging.config",
    members: &[
        ("dictConfig", Member::Function(nothing("dictConfig"))),
        ("fileConfig", Member::Function(nothing("fileConfig"))),
    ],
};

/// The rows of `logging.handlers`.
pub static LOGGING_HANDLERS: ModuleTable = ModuleTable {
    name: "logging.handlers",
    members: &[
        ("RotatingFileHandler", Member::Class(&FILE_HANDLER)),
        ("SysLogHandler", Member::Class(&HANDLER)),
        ("TimedRotatingFileHandler", Member::Class(&FILE_HANDLER)),
    ],
};

/// The rows of `warnings`.
pub static WARNINGS: ModuleTable = ModuleTable {
    name: "warnings",
    members: &[
        (
            "catch_warnings",
            Member::Function(
                Native::new("catch_warnings", |_, args| Ok(make(args, &CATCH_WARNINGS))).lenient(),
            ),
        ),
        ("filterwarnings", Member::Function(nothing("filterwarnings"))),
        ("resetwarnings", Member::Function(nothing("resetwarnings"))),
        ("showwarning", Member::Function(nothing("showwarning"))),
        ("simplefilter", Member::Function(nothing("simplefilter"))),
        ("warn", Member::Function(nothing("warn"))),
        ("warn_explicit", Member::Function(nothing("warn_explicit"))),
    ],
};

/// A logger, a handler, or another part of logging.
struct Logging {
    class: &'static Type,
    name: Value,
}

macro_rules! parts {
    ($($constant:ident $module:literal $name:literal;)+) => {
        $(static $constant: Type = Type {
            methods: METHODS,
            new: Native::new($name, |_, args| Ok(make(args, &$constant))).lenient(),
            ..Type::new($module, $name, |_, args| Ok(make(args, &$constant)))
        };)+
    };
}

parts! {
    LOGGER "logging" "Logger";
    ADAPTER "logging" "LoggerAdapter";
    HANDLER "logging" "Handler";
    STREAM_HANDLER "logging" "StreamHandler";
    FILE_HANDLER "logging" "FileHandler";
    NULL_HANDLER "logging" "NullHandler";
    FORMATTER "logging" "Formatter";
    FILTER "logging" "Filter";
    CATCH_WARNINGS "warnings" "catch_warnings";
}

static METHODS: &[Native] = &[
    nothing("addFilter"),
    nothing("addHandler"),
    nothing("close"),
    nothing("critical"),
    nothing("debug"),
    nothing("emit"),
    nothing("error"),
    nothing("exception"),
    nothing("fatal"),
    nothing("flush"),
    Native::new("getChild", |_, args| Ok(make(args, &LOGGER))).lenient(),
    nothing("handle"),
    nothing("info"),
    nothing("log"),
    nothing("removeFilter"),
    nothing("removeHandler"),
    nothing("setFormatter"),
    nothing("setLevel"),
    nothing("setStream"),
    nothing("set_name"),
    nothing("warn"),
    nothing("warning"),
];

fn make(mut args: Args, class: &'static Type) -> Value {
    Value::object(Logging { class, name: args.take("name").unwrap_or_else(|| Value::str("root")) })
}

impl Drop for Logging {
    fn drop(&mut self) {
        crate::value::release::later([std::mem::take(&mut self.name)]);
    }
}

impl Object for Logging {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "name" && self.class.name == "Logger").then(|| self.name.clone()))
    }

    fn set_attr(self: Rc<Self>, _vm: &mut Vm, _name: &str, _value: Value, _span: Span) -> Eval<bool> {
        Ok(true)
    }

    fn is_same(&self, other: &Value) -> bool {
        // A logger is one object for each name.
        let other = other.downcast::<Logging>();
        self.class.name == "Logger"
            && other.is_some_and(|other| other.class.name == "Logger" && other.name.is(&self.name))
    }

    fn enter(self: Rc<Self>, _vm: &mut Vm, _span: Span) -> Eval<Option<Value>> {
        Ok(Some(Value::None))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, &format!("a `{}`", self.class.name))
    }
}
