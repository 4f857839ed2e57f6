//! The built-in exceptions: their classes as a table, and their instances.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Args, Eval, Native, Object, Stop, Type, Value};
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

crate::value::release::released!(Exception);

impl Object for Exception {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let is = |class: &'static Type| self.class.is_subtype(class);
        let arg = |at: usize| self.args.borrow().get(at).cloned();
        Ok(match name {
            "args" => Some(Value::tuple(self.args.borrow().clone())),
            "value" if is(&STOP_ITERATION) => Some(arg(0).unwrap_or_default()),
            "code" if is(&SYSTEM_EXIT) => Some(if self.args.borrow().len() > 1 {
                Value::tuple(self.args.borrow().clone())
            } else {
                arg(0).unwrap_or_default()
            }),
            "msg" if is(&IMPORT_ERROR) || is(&SYNTAX_ERROR) => Some(arg(0).unwrap_or_default()),
            "errno" | "strerror" if is(&OS_ERROR) => {
                let at = usize::from(name == "strerror");
                Some(if self.args.borrow().len() > 1 { arg(at).unwrap_or_default() } else { Value::None })
            }
            "name" | "path" | "obj" | "filename" | "filename2" | "lineno" | "offset" | "text" | "object"
            | "start" | "end" | "reason" | "encoding"
                if [
                    &IMPORT_ERROR,
                    &NAME_ERROR,
                    &ATTRIBUTE_ERROR,
                    &OS_ERROR,
                    &SYNTAX_ERROR,
                    &UNICODE_ERROR,
                ]
                .iter()
                .any(|class| is(class)) =>
            {
                return vm.unsupported(format!("`{name}` of an exception is not modelled"));
            }
            "__notes__"
            | "characters_written"
            | "exceptions"
            | "__cause__"
            | "__context__"
            | "__traceback__"
            | "__suppress_context__" => {
                return vm.unsupported(format!("`{name}` of an exception is not modelled"));
            }
            _ => None,
        })
    }

    fn str(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let args = self.args.borrow().clone();
        match args.as_slice() {
            [] => Ok("".into()),
            [key] if self.class.is_subtype(&KEY_ERROR) => vm.repr(key),
            [message] => vm.str(message),
            _ if self.class.is_subtype(&OS_ERROR) || self.class.is_subtype(&SYNTAX_ERROR) => {
                vm.unsupported("the text of this exception is not modelled")
            }
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

fn make(class: &'static Type, mut args: Args) -> Eval<Value> {
    let takes_names =
        [&IMPORT_ERROR, &NAME_ERROR, &ATTRIBUTE_ERROR].iter().any(|other| class.is_subtype(other));
    if takes_names {
        args.named.retain(|(name, _)| !matches!(&**name, "name" | "path" | "obj"));
    }
    if !args.named.is_empty() {
        return Err(Stop::type_error(format!("{}() takes no keyword arguments", class.name)));
    }
    let values = std::mem::take(&mut args.positional).into_iter().map(|arg| arg.value).collect();
    args.finish()?;
    Ok(Value::object(Exception::new(class, values)))
}

const METHODS: &[Native] = &[
    Native::new("with_traceback", |_, mut args| args.need()).lenient(),
    Native::new("add_note", |_, _| Ok(Value::None)).lenient(),
    Native::new("__init__", init).mutating(),
];

/// `super().__init__(…)` in a class of the user's: sets `args`.
fn init(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let receiver = args.need()?.known()?;
    let exception = match &receiver {
        Value::Instance(instance) => instance.inner.borrow().as_ref().and_then(Value::downcast::<Exception>),
        other => other.downcast::<Exception>(),
    };
    let values = std::mem::take(&mut args.positional).into_iter().map(|arg| arg.value).collect();
    args.finish()?;
    if let Some(exception) = exception {
        *exception.args.borrow_mut() = values;
    }
    Ok(Value::None)
}

macro_rules! exceptions {
    ($($constant:ident $name:literal $(: $base:ident)?;)+) => {
        $(
            #[doc = concat!("`", $name, "`.")]
            pub static $constant: Type = Type {
                $(base: Some(&$base),)?
                new: Native::new($name, |_, args| make(&$constant, args)).lenient(),
                methods: METHODS,
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
    BASE_EXCEPTION_GROUP "BaseExceptionGroup": BASE_EXCEPTION;
    EXCEPTION_GROUP "ExceptionGroup": EXCEPTION;
    SYSTEM_EXIT "SystemExit": BASE_EXCEPTION;
    KEYBOARD_INTERRUPT "KeyboardInterrupt": BASE_EXCEPTION;
    GENERATOR_EXIT "GeneratorExit": BASE_EXCEPTION;
    ARITHMETIC_ERROR "ArithmeticError": EXCEPTION;
    FLOATING_POINT_ERROR "FloatingPointError": ARITHMETIC_ERROR;
    OVERFLOW_ERROR "OverflowError": ARITHMETIC_ERROR;
    ZERO_DIVISION_ERROR "ZeroDivisionError": ARITHMETIC_ERROR;
    ASSERTION_ERROR "AssertionError": EXCEPTION;
    ATTRIBUTE_ERROR "AttributeError": EXCEPTION;
    BUFFER_ERROR "BufferError": EXCEPTION;
    EOF_ERROR "EOFError": EXCEPTION;
    IMPORT_ERROR "ImportError": EXCEPTION;
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError": IMPORT_ERROR;
    LOOKUP_ERROR "LookupError": EXCEPTION;
    INDEX_ERROR "IndexError": LOOKUP_ERROR;
    KEY_ERROR "KeyError": LOOKUP_ERROR;
    MEMORY_ERROR "MemoryError": EXCEPTION;
    NAME_ERROR "NameError": EXCEPTION;
    UNBOUND_LOCAL_ERROR "UnboundLocalError": NAME_ERROR;
    OS_ERROR "OSError": EXCEPTION;
    BLOCKING_IO_ERROR "BlockingIOError": OS_ERROR;
    CHILD_PROCESS_ERROR "ChildProcessError": OS_ERROR;
    CONNECTION_ERROR "ConnectionError": OS_ERROR;
    BROKEN_PIPE_ERROR "BrokenPipeError": CONNECTION_ERROR;
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError": CONNECTION_ERROR;
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError": CONNECTION_ERROR;
    CONNECTION_RESET_ERROR "ConnectionResetError": CONNECTION_ERROR;
    FILE_EXISTS_ERROR "FileExistsError": OS_ERROR;
    FILE_NOT_FOUND_ERROR "FileNotFoundError": OS_ERROR;
    INTERRUPTED_ERROR "InterruptedError": OS_ERROR;
    IS_A_DIRECTORY_ERROR "IsADirectoryError": OS_ERROR;
    NOT_A_DIRECTORY_ERROR "NotADirectoryError": OS_ERROR;
    PERMISSION_ERROR "PermissionError": OS_ERROR;
    PROCESS_LOOKUP_ERROR "ProcessLookupError": OS_ERROR;
    TIMEOUT_ERROR "TimeoutError": OS_ERROR;
    REFERENCE_ERROR "ReferenceError": EXCEPTION;
    RUNTIME_ERROR "RuntimeError": EXCEPTION;
    NOT_IMPLEMENTED_ERROR "NotImplementedError": RUNTIME_ERROR;
    RECURSION_ERROR "RecursionError": RUNTIME_ERROR;
    STOP_ITERATION "StopIteration": EXCEPTION;
    STOP_ASYNC_ITERATION "StopAsyncIteration": EXCEPTION;
    SYNTAX_ERROR "SyntaxError": EXCEPTION;
    INDENTATION_ERROR "IndentationError": SYNTAX_ERROR;
    TAB_ERROR "TabError": INDENTATION_ERROR;
    SYSTEM_ERROR "SystemError": EXCEPTION;
    TYPE_ERROR "TypeError": EXCEPTION;
    VALUE_ERROR "ValueError": EXCEPTION;
    UNICODE_ERROR "UnicodeError": VALUE_ERROR;
    UNICODE_DECODE_ERROR "UnicodeDecodeError": UNICODE_ERROR;
    UNICODE_ENCODE_ERROR "UnicodeEncodeError": UNICODE_ERROR;
    UNICODE_TRANSLATE_ERROR "UnicodeTranslateError": UNICODE_ERROR;
    WARNING "Warning": EXCEPTION;
    BYTES_WARNING "BytesWarning": WARNING;
    DEPRECATION_WARNING "DeprecationWarning": WARNING;
    ENCODING_WARNING "EncodingWarning": WARNING;
    FUTURE_WARNING "FutureWarning": WARNING;
    IMPORT_WARNING "ImportWarning": WARNING;
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning": WARNING;
    RESOURCE_WARNING "ResourceWarning": WARNING;
    RUNTIME_WARNING "RuntimeWarning": WARNING;
    SYNTAX_WARNING "SyntaxWarning": WARNING;
    UNICODE_WARNING "UnicodeWarning": WARNING;
    USER_WARNING "UserWarning": WARNING;
}
