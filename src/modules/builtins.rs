//! The builtins: functions, classes, exceptions and constants that need no import.
//!
//! Modelled: all of Python 3.12's, save those that see the scope they are called in (`eval::SCOPED`), and those that give
//! something unknown by nature or are not followed (`input`, `compile`, `complex`, `bytearray`, …).

mod attributes;
mod items;
mod numbers;

use std::rc::Rc;

use num_traits::ToPrimitive;
use ruff_python_ast::CmpOp;

use attributes::{attribute, delattr, getattr, hasattr, setattr};
use items::{extreme, iter, next, quantify, sorted, sum};
use numbers::{abs, based, divmod, pow, round};

use super::{Member, ModuleTable};
use crate::datum::CauseKind;
use crate::eval::Vm;
use crate::value::descriptor::{CLASS_METHOD, PROPERTY, STATIC_METHOD};
use crate::value::exception::{self, ATTRIBUTE_ERROR};
use crate::value::lazy::{ENUMERATE, FILTER, MAP, ZIP};
use crate::value::number::{BOOL, FLOAT, INT};
use crate::value::set::{FROZEN_SET, SET};
use crate::value::types::{OBJECT, TYPE};
use crate::value::{Args, Effect, Eval, Native, Raise, Stop, Value};
use crate::value::{
    bytes::BYTES, dict::DICT, list::LIST, range::RANGE, slice::SLICE, string::STR, tuple::TUPLE,
};

macro_rules! unmodelled {
    ($name:literal) => {
        (
            $name,
            Member::Function(
                Native::new($name, |vm, _| vm.unsupported(concat!("`", $name, "` is not modelled")))
                    .lenient(),
            ),
        )
    };
}

const fn function(native: Native) -> Member {
    Member::Function(native)
}

/// The module `builtins`.
pub static BUILTINS: ModuleTable = ModuleTable {
    name: "builtins",
    members: &[
        ("abs", function(Native::new("abs", abs))),
        ("all", function(Native::new("all", |vm, args| quantify(vm, args, false)))),
        ("any", function(Native::new("any", |vm, args| quantify(vm, args, true)))),
        (
            "ascii",
            function(Native::new("ascii", |vm, args| one(args, |value| vm.ascii(value).map(Value::Str)))),
        ),
        ("bin", function(Native::new("bin", |vm, args| based(vm, args, 2, "0b")))),
        (
            "callable",
            function(Native::new("callable", |vm, args| {
                one(args, |value| vm.is_callable(value).map(Value::Bool))
            })),
        ),
        ("chr", function(Native::new("chr", chr))),
        ("delattr", function(Native::new("delattr", delattr).mutating())),
        ("divmod", function(Native::new("divmod", divmod))),
        ("format", function(Native::new("format", format))),
        ("getattr", function(Native::new("getattr", getattr).lenient())),
        ("hasattr", function(Native::new("hasattr", hasattr))),
        ("hash", function(Native::new("hash", |vm, args| one(args, |value| vm.hash(value))))),
        ("hex", function(Native::new("hex", |vm, args| based(vm, args, 16, "0x")))),
        (
            "id",
            function(Native::new("id", |vm, _| {
                Err(Stop::Unknown(vm.volatile("`id` differs from process to process")))
            })),
        ),
        (
            "input",
            function(
                Native::new("input", |vm, _| vm.unknown(CauseKind::World, "`input` reads from the terminal"))
                    .lenient(),
            ),
        ),
        (
            "isinstance",
            function(Native::new("isinstance", |vm, args| {
                two(args, |value, class| vm.is_instance(value, class).map(Value::Bool))
            })),
        ),
        (
            "issubclass",
            function(Native::new("issubclass", |vm, args| {
                two(args, |class, other| vm.is_subclass(class, other).map(Value::Bool))
            })),
        ),
        ("iter", function(Native::new("iter", iter))),
        ("len", function(Native::new("len", |vm, args| one(args, |value| vm.len(value).map(Value::int))))),
        ("max", function(Native::new("max", |vm, args| extreme(vm, args, CmpOp::Gt)))),
        ("min", function(Native::new("min", |vm, args| extreme(vm, args, CmpOp::Lt)))),
        ("next", function(Native::new("next", next).mutating())),
        ("oct", function(Native::new("oct", |vm, args| based(vm, args, 8, "0o")))),
        ("open", function(super::io::OPEN)),
        ("ord", function(Native::new("ord", ord))),
        ("pow", function(Native::new("pow", pow))),
        ("print", function(Native::new("print", print).lenient())),
        ("repr", function(Native::new("repr", |vm, args| one(args, |value| vm.repr(value).map(Value::Str))))),
        ("reversed", function(Native::new("reversed", |vm, args| one(args, |value| vm.reversed(value))))),
        ("round", function(Native::new("round", round))),
        ("setattr", function(Native::new("setattr", setattr).mutating())),
        ("sorted", function(Native::new("sorted", sorted))),
        ("sum", function(Native::new("sum", sum))),
        ("vars", function(Native::new("vars", vars))),
        ("__import__", function(super::importlib::DUNDER_IMPORT)),
        unmodelled!("aiter"),
        unmodelled!("anext"),
        unmodelled!("breakpoint"),
        unmodelled!("bytearray"),
        unmodelled!("compile"),
        unmodelled!("complex"),
        unmodelled!("copyright"),
        unmodelled!("credits"),
        unmodelled!("dir"),
        unmodelled!("exec"),
        ("exit", function(Native::new("exit", exit))),
        unmodelled!("help"),
        unmodelled!("license"),
        unmodelled!("memoryview"),
        ("quit", function(Native::new("quit", exit))),
        unmodelled!("__build_class__"),
        ("bool", Member::Class(&BOOL)),
        ("bytes", Member::Class(&BYTES)),
        ("classmethod", Member::Class(&CLASS_METHOD)),
        ("dict", Member::Class(&DICT)),
        ("enumerate", Member::Class(&ENUMERATE)),
        ("filter", Member::Class(&FILTER)),
        ("float", Member::Class(&FLOAT)),
        ("frozenset", Member::Class(&FROZEN_SET)),
        ("int", Member::Class(&INT)),
        ("list", Member::Class(&LIST)),
        ("map", Member::Class(&MAP)),
        ("object", Member::Class(&OBJECT)),
        ("property", Member::Class(&PROPERTY)),
        ("range", Member::Class(&RANGE)),
        ("set", Member::Class(&SET)),
        ("slice", Member::Class(&SLICE)),
        ("staticmethod", Member::Class(&STATIC_METHOD)),
        ("str", Member::Class(&STR)),
        ("tuple", Member::Class(&TUPLE)),
        ("type", Member::Class(&TYPE)),
        ("zip", Member::Class(&ZIP)),
        ("Ellipsis", Member::Constant(|| Value::Ellipsis)),
        ("False", Member::Constant(|| Value::Bool(false))),
        ("None", Member::Constant(|| Value::None)),
        ("NotImplemented", Member::Constant(|| Value::NotImplemented)),
        ("True", Member::Constant(|| Value::Bool(true))),
        ("__debug__", Member::Constant(|| Value::Bool(true))),
        ("EnvironmentError", Member::Class(&exception::OS_ERROR)),
        ("IOError", Member::Class(&exception::OS_ERROR)),
        ("BaseException", Member::Class(&exception::BASE_EXCEPTION)),
        ("Exception", Member::Class(&exception::EXCEPTION)),
        ("BaseExceptionGroup", Member::Class(&exception::BASE_EXCEPTION_GROUP)),
        ("ExceptionGroup", Member::Class(&exception::EXCEPTION_GROUP)),
        ("SystemExit", Member::Class(&exception::SYSTEM_EXIT)),
        ("KeyboardInterrupt", Member::Class(&exception::KEYBOARD_INTERRUPT)),
        ("GeneratorExit", Member::Class(&exception::GENERATOR_EXIT)),
        ("ArithmeticError", Member::Class(&exception::ARITHMETIC_ERROR)),
        ("FloatingPointError", Member::Class(&exception::FLOATING_POINT_ERROR)),
        ("OverflowError", Member::Class(&exception::OVERFLOW_ERROR)),
        ("ZeroDivisionError", Member::Class(&exception::ZERO_DIVISION_ERROR)),
        ("AssertionError", Member::Class(&exception::ASSERTION_ERROR)),
        ("AttributeError", Member::Class(&ATTRIBUTE_ERROR)),
        ("BufferError", Member::Class(&exception::BUFFER_ERROR)),
        ("EOFError", Member::Class(&exception::EOF_ERROR)),
        ("ImportError", Member::Class(&exception::IMPORT_ERROR)),
        ("ModuleNotFoundError", Member::Class(&exception::MODULE_NOT_FOUND_ERROR)),
        ("LookupError", Member::Class(&exception::LOOKUP_ERROR)),
        ("IndexError", Member::Class(&exception::INDEX_ERROR)),
        ("KeyError", Member::Class(&exception::KEY_ERROR)),
        ("MemoryError", Member::Class(&exception::MEMORY_ERROR)),
        ("NameError", Member::Class(&exception::NAME_ERROR)),
        ("UnboundLocalError", Member::Class(&exception::UNBOUND_LOCAL_ERROR)),
        ("OSError", Member::Class(&exception::OS_ERROR)),
        ("BlockingIOError", Member::Class(&exception::BLOCKING_IO_ERROR)),
        ("ChildProcessError", Member::Class(&exception::CHILD_PROCESS_ERROR)),
        ("ConnectionError", Member::Class(&exception::CONNECTION_ERROR)),
        ("BrokenPipeError", Member::Class(&exception::BROKEN_PIPE_ERROR)),
        ("ConnectionAbortedError", Member::Class(&exception::CONNECTION_ABORTED_ERROR)),
        ("ConnectionRefusedError", Member::Class(&exception::CONNECTION_REFUSED_ERROR)),
        ("ConnectionResetError", Member::Class(&exception::CONNECTION_RESET_ERROR)),
        ("FileExistsError", Member::Class(&exception::FILE_EXISTS_ERROR)),
        ("FileNotFoundError", Member::Class(&exception::FILE_NOT_FOUND_ERROR)),
        ("InterruptedError", Member::Class(&exception::INTERRUPTED_ERROR)),
        ("IsADirectoryError", Member::Class(&exception::IS_A_DIRECTORY_ERROR)),
        ("NotADirectoryError", Member::Class(&exception::NOT_A_DIRECTORY_ERROR)),
        ("PermissionError", Member::Class(&exception::PERMISSION_ERROR)),
        ("ProcessLookupError", Member::Class(&exception::PROCESS_LOOKUP_ERROR)),
        ("TimeoutError", Member::Class(&exception::TIMEOUT_ERROR)),
        ("ReferenceError", Member::Class(&exception::REFERENCE_ERROR)),
        ("RuntimeError", Member::Class(&exception::RUNTIME_ERROR)),
        ("NotImplementedError", Member::Class(&exception::NOT_IMPLEMENTED_ERROR)),
        ("RecursionError", Member::Class(&exception::RECURSION_ERROR)),
        ("StopIteration", Member::Class(&exception::STOP_ITERATION)),
        ("StopAsyncIteration", Member::Class(&exception::STOP_ASYNC_ITERATION)),
        ("SyntaxError", Member::Class(&exception::SYNTAX_ERROR)),
        ("IndentationError", Member::Class(&exception::INDENTATION_ERROR)),
        ("TabError", Member::Class(&exception::TAB_ERROR)),
        ("SystemError", Member::Class(&exception::SYSTEM_ERROR)),
        ("TypeError", Member::Class(&exception::TYPE_ERROR)),
        ("ValueError", Member::Class(&exception::VALUE_ERROR)),
        ("UnicodeError", Member::Class(&exception::UNICODE_ERROR)),
        ("UnicodeDecodeError", Member::Class(&exception::UNICODE_DECODE_ERROR)),
        ("UnicodeEncodeError", Member::Class(&exception::UNICODE_ENCODE_ERROR)),
        ("UnicodeTranslateError", Member::Class(&exception::UNICODE_TRANSLATE_ERROR)),
        ("Warning", Member::Class(&exception::WARNING)),
        ("BytesWarning", Member::Class(&exception::BYTES_WARNING)),
        ("DeprecationWarning", Member::Class(&exception::DEPRECATION_WARNING)),
        ("EncodingWarning", Member::Class(&exception::ENCODING_WARNING)),
        ("FutureWarning", Member::Class(&exception::FUTURE_WARNING)),
        ("ImportWarning", Member::Class(&exception::IMPORT_WARNING)),
        ("PendingDeprecationWarning", Member::Class(&exception::PENDING_DEPRECATION_WARNING)),
        ("ResourceWarning", Member::Class(&exception::RESOURCE_WARNING)),
        ("RuntimeWarning", Member::Class(&exception::RUNTIME_WARNING)),
        ("SyntaxWarning", Member::Class(&exception::SYNTAX_WARNING)),
        ("UnicodeWarning", Member::Class(&exception::UNICODE_WARNING)),
        ("UserWarning", Member::Class(&exception::USER_WARNING)),
    ],
};

/// `exit` and `quit`: `SystemExit` with the argument.
fn exit(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let code = args.take("code");
    args.finish()?;
    let exception = exception::Exception::new(&exception::SYSTEM_EXIT, code.into_iter().collect());
    Err(Stop::Raise(Box::new(Raise { exception: Value::object(exception), span: None })))
}

fn one(mut args: Args, run: impl FnOnce(&Value) -> Eval<Value>) -> Eval<Value> {
    let value = args.need()?;
    args.finish()?;
    run(&value)
}

fn two(mut args: Args, run: impl FnOnce(&Value, &Value) -> Eval<Value>) -> Eval<Value> {
    let (first, second) = (args.need()?, args.need()?);
    args.finish()?;
    run(&first, &second)
}

/// Calls a special method of an instance or a modelled object, where it has one.
fn call_method(vm: &mut Vm, value: &Value, name: &str, args: &[Value]) -> Eval<Option<Value>> {
    let method = match value {
        Value::Instance(_) => vm.special(value, name)?,
        Value::Object(_) => vm.attr_or_none(value, name)?,
        _ => None,
    };
    match method {
        Some(method) => vm.call_with(&method.known()?, args.iter().cloned()).map(Some),
        None => Ok(None),
    }
}

fn chr(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.need()?;
    args.finish()?;
    let number = vm.index(&value)?;
    let Some(code) = number.to_u32().filter(|code| *code < 0x11_0000) else {
        return Err(Stop::value_error("chr() arg not in range(0x110000)"));
    };
    match char::from_u32(code) {
        Some(char) => Ok(Value::from(char.to_string())),
        None => vm.unsupported("half of a surrogate pair is not modelled"),
    }
}

fn ord(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.need()?;
    args.finish()?;
    let length = match value.plain() {
        Value::Str(text) => {
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(char), None) => return Ok(Value::int(u32::from(char))),
                _ => text.chars().count(),
            }
        }
        Value::Bytes(bytes) => match &*bytes {
            [byte] => return Ok(Value::int(*byte)),
            bytes => bytes.len(),
        },
        other => {
            return Err(Stop::type_error(format!(
                "ord() expected string of length 1, but {} found",
                other.type_name()
            )));
        }
    };
    let message = format!("ord() expected a character, but string of length {length} found");
    Err(Stop::type_error(message))
}

fn format(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.need()?;
    let spec = args.pop();
    args.finish()?;
    let spec = match spec {
        None => "".into(),
        Some(spec) => match spec.text() {
            Some(spec) => spec,
            None => {
                return Err(Stop::type_error(format!(
                    "format() argument 2 must be str, not {}",
                    spec.type_name()
                )));
            }
        },
    };
    vm.format(&value, &spec).map(Value::Str)
}

/// `print(…)`: without effect, unless it goes into a file of the code's own.
fn print(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let Some(file) = args.named("file") else { return Ok(Value::None) };
    if !matches!(&file, Value::Object(object) if object.effect() == Effect::Receiver)
        && !matches!(file, Value::Instance(_))
    {
        return Ok(Value::None);
    }
    let mut part = |name: &str, default: &str| match args.named(name) {
        None | Some(Value::None) => Ok(Rc::from(default)),
        Some(value) => super::support::text(&value),
    };
    let (separator, end) = (part("sep", " ")?, part("end", "\n")?);
    let mut text = String::new();
    for (at, arg) in args.positional.iter().enumerate() {
        if at > 0 {
            text.push_str(&separator);
        }
        match (vm.str(&arg.value), &file) {
            (Ok(part), _) => text.push_str(&part),
            (Err(Stop::Unknown(cause)), Value::Object(object)) => {
                object.open(&cause);
                return Ok(Value::None);
            }
            (Err(stop), _) => return Err(stop),
        }
    }
    text.push_str(&end);
    let write = vm.attr(&file, "write")?;
    vm.call_with(&write, [Value::from(text)])?;
    Ok(Value::None)
}

fn vars(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let Some(value) = args.pop() else {
        args.finish()?;
        return vm.unsupported("`vars` without an argument is not modelled");
    };
    args.finish()?;
    match attribute(vm, &value, "__dict__")? {
        Some(found) => Ok(found),
        None => Err(Stop::type_error("vars() argument must have __dict__ attribute")),
    }
}
