//! `open` and `io`: files of the DAG folder for reading, `StringIO`, `BytesIO` for reading.
//!
//! Left out: writing, which no definition shows; seeking; encodings beyond UTF-8, ASCII and Latin-1.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::files::{self, fspath};
use super::support::{no_form, outside, receiver, text_or_none};
use super::{Member, ModuleTable};
use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::value::object::Step;
use crate::value::{Args, Effect, Eval, Native, Object, Stop, Type, Value};

/// The rows of the module.
pub static IO: ModuleTable = ModuleTable {
    name: "io",
    members: &[
        ("BytesIO", Member::Class(&BYTES_IO)),
        ("StringIO", Member::Class(&STRING_IO)),
        ("TextIOWrapper", Member::Class(&TEXT_FILE)),
        ("open", Member::Function(OPEN)),
    ],
};

/// `open`, for the table of builtins too.
pub const OPEN: Native = Native::new("open", open);

/// The content of an open file.
enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

/// An open file, or a buffer that acts as one.
pub(crate) struct FileObject {
    class: &'static Type,
    name: Option<Rc<str>>,
    content: RefCell<Content>,
    /// Bytes already read.
    at: Cell<usize>,
    closed: Cell<bool>,
    /// Why it is not known how far it was read, if it is not.
    open: RefCell<Option<Cause>>,
}

static TEXT_FILE: Type =
    Type { methods: METHODS, ..Type::new("io", "TextIOWrapper", |vm, _| no_constructor(vm)) };
static BINARY_FILE: Type =
    Type { methods: METHODS, ..Type::new("io", "BufferedReader", |vm, _| no_constructor(vm)) };
static STRING_IO: Type = Type {
    methods: METHODS,
    ..Type::new("io", "StringIO", |_, mut args| {
        let initial = text_or_none(&mut args, "initial_value")?.unwrap_or_default();
        drop(args.take("newline"));
        args.finish()?;
        Ok(Value::object(FileObject::new(&STRING_IO, None, Content::Text(initial.to_string()))))
    })
};
static BYTES_IO: Type = Type {
    methods: METHODS,
    ..Type::new("io", "BytesIO", |vm, mut args| {
        let initial = args.take("initial_bytes").unwrap_or_default();
        args.finish()?;
        let bytes = match initial {
            Value::None => Vec::new(),
            Value::Bytes(bytes) => bytes.to_vec(),
            _ => return no_constructor(vm),
        };
        Ok(Value::object(FileObject::new(&BYTES_IO, None, Content::Bytes(bytes))))
    })
};

fn no_constructor(vm: &mut Vm) -> Eval<Value> {
    super::support::not_modelled(vm, "making this kind of file is not modelled")
}

static METHODS: &[Native] = &[
    Native::new("read", |vm, mut args| {
        let file = this(&mut args)?;
        let size = args.take("size").unwrap_or_default();
        args.finish()?;
        if !size.is_none() && super::datetime::int(size)? >= 0 {
            return super::support::not_modelled(vm, "reading a part of a file is not modelled");
        }
        file.take_rest()
    })
    .mutating(),
    Native::new("readline", |_, mut args| {
        let file = this(&mut args)?;
        args.finish()?;
        Ok(file.take_line()?.unwrap_or_else(|| file.empty()))
    })
    .mutating(),
    Native::new("readlines", |vm, mut args| {
        let file = this(&mut args)?;
        args.finish()?;
        file.take_lines(vm).map(Value::list)
    })
    .mutating(),
    Native::new("getvalue", |_, mut args| {
        let file = this(&mut args)?;
        args.finish()?;
        file.check()?;
        Ok(match &*file.content.borrow() {
            Content::Text(text) => Value::str(text.as_str()),
            Content::Bytes(bytes) => Value::Bytes(bytes.as_slice().into()),
        })
    }),
    Native::new("write", |vm, mut args| {
        let file = this(&mut args)?;
        let added = args.expect("s")?.known()?;
        args.finish()?;
        let length = match (&mut *file.content.borrow_mut(), &added) {
            (Content::Text(text), Value::Str(added))
                if file.class.name == "StringIO" && file.at.get() == text.len() =>
            {
                super::support::within_size(vm, text.len() + added.len())?;
                text.push_str(added);
                file.at.set(text.len());
                added.chars().count()
            }
            _ => return super::support::not_modelled(vm, "this write is not modelled"),
        };
        Ok(Value::int(length))
    })
    .mutating(),
    Native::new("seek", |vm, mut args| {
        let file = this(&mut args)?;
        let at = super::datetime::int(args.expect("offset")?)?;
        if at != 0 || args.take("whence").is_some() {
            return super::support::not_modelled(vm, "seeking in a file is not modelled");
        }
        file.at.set(0);
        Ok(Value::int(0))
    })
    .mutating(),
    Native::new("close", |_, mut args| {
        this(&mut args)?.closed.set(true);
        Ok(Value::None)
    }),
    Native::new("readable", |_, _| Ok(Value::Bool(true))),
    super::support::nothing("flush"),
];

fn this(args: &mut Args) -> Eval<Rc<FileObject>> {
    let file = receiver::<FileObject>(args, &TEXT_FILE)?;
    if file.closed.get() {
        return Err(Stop::value_error("I/O operation on closed file."));
    }
    Ok(file)
}

/// `open(file, mode, …)`; `Path.open(mode, …)` comes here with the path in front.
pub(crate) fn open(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let file = args.expect("file")?;
    if matches!(file, Value::Int(_)) {
        return vm
            .unknown(CauseKind::World, "what a file descriptor stands for is not known before Airflow runs");
    }
    let path = fspath(vm, &file)?;
    let mode = text_or_none(&mut args, "mode")?.unwrap_or_else(|| "r".into());
    drop(args.take("buffering"));
    let encoding = text_or_none(&mut args, "encoding")?;
    let errors = args.take("errors").is_some_and(|value| !value.is_none());
    let newline = text_or_none(&mut args, "newline")?;
    drop((args.take("closefd"), args.take("opener")));
    args.finish()?;
    if errors || newline.as_deref().is_some_and(|newline| !newline.is_empty()) {
        return super::support::not_modelled(vm, "`open` with `errors` or `newline` is not modelled");
    }
    match &*mode {
        "r" | "rt" | "tr" => {
            let bytes = files::read(vm, &path)?;
            // With `newline=""` line ends stay as they are.
            let decode = if newline.is_some() { files::decode_as_is } else { files::decode };
            let text = decode(vm, &path, &bytes, encoding.as_deref())?;
            Ok(Value::object(FileObject::new(&TEXT_FILE, Some(path), Content::Text(text))))
        }
        "rb" | "br" => {
            let bytes = files::read(vm, &path)?;
            Ok(Value::object(FileObject::new(&BINARY_FILE, Some(path), Content::Bytes(bytes))))
        }
        _ => outside(vm, format!("`{path}` is opened for writing")),
    }
}

impl FileObject {
    fn new(class: &'static Type, name: Option<Rc<str>>, content: Content) -> Self {
        Self {
            class,
            name,
            content: RefCell::new(content),
            at: Cell::new(0),
            closed: Cell::new(false),
            open: RefCell::default(),
        }
    }

    fn empty(&self) -> Value {
        match &*self.content.borrow() {
            Content::Text(_) => Value::str(""),
            Content::Bytes(_) => Value::Bytes(Rc::from([])),
        }
    }

    fn check(&self) -> Eval<()> {
        match &*self.open.borrow() {
            Some(cause) => Err(Stop::Unknown(cause.clone())),
            None => Ok(()),
        }
    }

    fn take_rest(&self) -> Eval<Value> {
        self.check()?;
        let at = self.at.get();
        Ok(match &*self.content.borrow() {
            Content::Text(text) => {
                self.at.set(text.len());
                Value::str(text.get(at..).unwrap_or_default())
            }
            Content::Bytes(bytes) => {
                self.at.set(bytes.len());
                Value::Bytes(bytes.get(at..).unwrap_or_default().into())
            }
        })
    }

    /// The next line with its end; nothing at the end of the file.
    fn take_line(&self) -> Eval<Option<Value>> {
        self.check()?;
        let at = self.at.get();
        let end =
            |bytes: &[u8]| bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| end + 1);
        Ok(match &*self.content.borrow() {
            Content::Text(text) => {
                let rest = text.get(at..).unwrap_or_default();
                let line = &rest[..end(rest.as_bytes())];
                self.at.set(at + line.len());
                (!line.is_empty()).then(|| Value::str(line))
            }
            Content::Bytes(bytes) => {
                let rest = bytes.get(at..).unwrap_or_default();
                let line = &rest[..end(rest)];
                self.at.set(at + line.len());
                (!line.is_empty()).then(|| Value::Bytes(line.into()))
            }
        })
    }

    fn take_lines(&self, vm: &mut Vm) -> Eval<Vec<Value>> {
        let mut lines = Vec::new();
        while let Some(line) = self.take_line()? {
            lines.push(line);
        }
        vm.check_size(lines.len())?;
        Ok(lines)
    }
}

impl Object for FileObject {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "name" => self.name.clone().map(Value::Str),
            "closed" => Some(Value::Bool(self.closed.get())),
            _ => None,
        })
    }

    fn next(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Step>> {
        if self.closed.get() {
            return Err(Stop::value_error("I/O operation on closed file."));
        }
        Ok(Some(self.take_line()?.map_or(Step::End, Step::Item)))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn enter(self: Rc<Self>, _vm: &mut Vm, _span: crate::source::Span) -> Eval<Option<Value>> {
        Ok(Some(Value::Object(self)))
    }

    fn exit(self: Rc<Self>, _vm: &mut Vm) -> Eval<()> {
        self.closed.set(true);
        Ok(())
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "an open file")
    }
}

/// The text that a value gives which is text, bytes, or a file to read to its end, as `json.load` and its kin take it.
pub(crate) fn text_of(vm: &mut Vm, value: &Value) -> Eval<Rc<str>> {
    let content = match value {
        Value::Object(_)
            if value.downcast::<FileObject>().is_some()
                || value.downcast::<super::pathlib::Path>().is_none() =>
        {
            let read = vm.attr(value, "read")?;
            vm.call_with(&read, [])?.known()?
        }
        other => other.clone(),
    };
    match &content {
        Value::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.into()),
            Err(_) => outside(vm, "the bytes are not UTF-8 text"),
        },
        other => super::support::text(other),
    }
}
