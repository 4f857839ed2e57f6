//! The built-in exceptions: their classes as a table, and their instances.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Args, Eval, Native, Object, Type, Value};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};

/// An instance of a built-in exception class.
pub struct Exception {
    /// Its class.
    pub class: &'static Type,
    /// `e.args`.
    pub args: RefCell<Vec<Value>>,
}

impl Exception {
    /// An exception of `class` with these arguments.
    pub fn new(class: &'static Type, args: Vec<Value>) -> Self {
        Self { class, args: RefCell::new(args) }
    }
}

impl Object for Exception {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "args" => Some(Value::tuple(self.args.borrow().clone())),
            "message" | "msg" | "name" => self.args.borrow().first().cloned(),
            "__cause__" | "__context__" | "__traceback__" => Some(Value::None),
            _ => None,
        })
    }

    fn str(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let args = self.args.borrow().clone();
        match args.as_slice() {
            [] => Ok("".into()),
            [key] if self.class.is_subtype(&KEY_ERROR) => vm.repr(key),
            [message] => vm.str(message),
            _ => vm.repr(&Value::tuple(args)),
        }
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let mut texts = Vec::new();
        for arg in &*self.args.borrow() {
            texts.push(vm.repr(arg)?);
        }
        Ok(format!("{}({})", self.class.name, texts.join(", ")).into())
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.args.borrow().iter().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(
            collector.cause(CauseKind::Unsupported, "an exception object has no form in a definition"),
        )
    }
}

fn make(class: &'static Type, args: Args) -> Eval<Value> {
    Ok(Value::object(Exception::new(class, args.positional.into_iter().map(|arg| arg.value).collect())))
}

macro_rules! exceptions {
    ($($constant:ident $name:literal $(: $base:ident)?;)+) => {
        $(
            #[doc = concat!("`", $name, "`.")]
            pub static $constant: Type = Type {
                $(base: Some(&$base),)?
                new: Native::new($name, |_, args| make(&$constant, args)).lenient(),
                ..Type::new("builtins", $name, |_, args| make(&$constant, args))
            };
        )+

        /// All of them, for the table of builtins.
        pub static ALL: &[&Type] = &[$(&$constant),+];
    };
}

exceptions! {
    BASE_EXCEPTION "BaseException";
    EXCEPTION "Exception": BASE_EXCEPTION;
    SYSTEM_EXIT "SystemExit": BASE_EXCEPTION;
    KEYBOARD_INTERRUPT "KeyboardInterrupt": BASE_EXCEPTION;
    GENERATOR_EXIT "GeneratorExit": BASE_EXCEPTION;
    ARITHMETIC_ERROR "ArithmeticError": EXCEPTION;
    ZERO_DIVISION_ERROR "ZeroDivisionError": ARITHMETIC_ERROR;
    OVERFLOW_ERROR "OverflowError": ARITHMETIC_ERROR;
    ASSERTION_ERROR "AssertionError": EXCEPTION;
    ATTRIBUTE_ERROR "AttributeError": EXCEPTION;
    IMPORT_ERROR "ImportError": EXCEPTION;
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError": IMPORT_ERROR;
    LOOKUP_ERROR "LookupError": EXCEPTION;
    INDEX_ERROR "IndexError": LOOKUP_ERROR;
    KEY_ERROR "KeyError": LOOKUP_ERROR;
    NAME_ERROR "NameError": EXCEPTION;
    UNBOUND_LOCAL_ERROR "UnboundLocalError": NAME_ERROR;
    OS_ERROR "OSError": EXCEPTION;
    FILE_NOT_FOUND_ERROR "FileNotFoundError": OS_ERROR;
    PERMISSION_ERROR "PermissionError": OS_ERROR;
    CONNECTION_ERROR "ConnectionError": OS_ERROR;
    TIMEOUT_ERROR "TimeoutError": OS_ERROR;
    RUNTIME_ERROR "RuntimeError": EXCEPTION;
    RECURSION_ERROR "RecursionError": RUNTIME_ERROR;
    NOT_IMPLEMENTED_ERROR "NotImplementedError": RUNTIME_ERROR;
    STOP_ITERATION "StopIteration": EXCEPTION;
    STOP_ASYNC_ITERATION "StopAsyncIteration": EXCEPTION;
    TYPE_ERROR "TypeError": EXCEPTION;
    VALUE_ERROR "ValueError": EXCEPTION;
    UNICODE_ERROR "UnicodeError": VALUE_ERROR;
    UNICODE_DECODE_ERROR "UnicodeDecodeError": UNICODE_ERROR;
    UNICODE_ENCODE_ERROR "UnicodeEncodeError": UNICODE_ERROR;
    MEMORY_ERROR "MemoryError": EXCEPTION;
    EOF_ERROR "EOFError": EXCEPTION;
    SYNTAX_ERROR "SyntaxError": EXCEPTION;
    WARNING "Warning": EXCEPTION;
    USER_WARNING "UserWarning": WARNING;
    DEPRECATION_WARNING "DeprecationWarning": WARNING;
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning": WARNING;
    RUNTIME_WARNING "RuntimeWarning": WARNING;
    FUTURE_WARNING "FutureWarning": WARNING;
    IMPORT_WARNING "ImportWarning": WARNING;
    SYNTAX_WARNING "SyntaxWarning": WARNING;
}
