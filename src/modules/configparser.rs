//! `configparser`: `ConfigParser` and `RawConfigParser` filled by `read`, `read_file`, `read_string`, `read_dict`.
//!
//! Left out: values with `%` under interpolation, values over several lines, other options of the parser, writing.

use std::cell::RefCell;
use std::rc::Rc;

use super::files;
use super::support::{done, exception_class, need_text, no_form, not_modelled, receiver, text};
use super::{Member, ModuleTable};
use crate::datum::{Cause, Datum};
use crate::eval::{Collector, Vm};
use crate::map::IndexMap;
use crate::source::Span;
use crate::value::exception::EXCEPTION;
use crate::value::{Args, Effect, Eval, Native, Object, Stop, Type, Value};

mod section;

use section::Proxy;

/// The rows of the module.
pub static CONFIGPARSER: ModuleTable = ModuleTable {
    name: "configparser",
    members: &[
        ("ConfigParser", Member::Class(&CONFIG_PARSER)),
        ("Error", Member::Class(&ERROR)),
        ("NoOptionError", Member::Class(&NO_OPTION)),
        ("NoSectionError", Member::Class(&NO_SECTION)),
        ("RawConfigParser", Member::Class(&RAW_CONFIG_PARSER)),
    ],
};

exception_class! {
    /// The base of its errors.
    ERROR, "configparser", "Error", &EXCEPTION
}

exception_class! {
    /// A section is not there.
    NO_SECTION, "configparser", "NoSectionError", &ERROR
}

exception_class! {
    /// An option is not there.
    NO_OPTION, "configparser", "NoOptionError", &ERROR
}

type Section = IndexMap<Rc<str>, Rc<str>>;

/// A parser with what it has read.
struct Parser {
    class: &'static Type,
    sections: RefCell<IndexMap<Rc<str>, Section>>,
    /// `[DEFAULT]`.
    defaults: RefCell<Section>,
    interpolates: bool,
    open: RefCell<Option<Cause>>,
}

static CONFIG_PARSER: Type = Type {
    methods: METHODS,
    ..Type::new("configparser", "ConfigParser", |vm, args| make(vm, args, &CONFIG_PARSER, true))
};
static RAW_CONFIG_PARSER: Type = Type {
    base: Some(&CONFIG_PARSER),
    ..Type::new("configparser", "RawConfigParser", |vm, args| make(vm, args, &RAW_CONFIG_PARSER, false))
};

fn make(vm: &mut Vm, mut args: Args, class: &'static Type, interpolates: bool) -> Eval<Value> {
    let plain = args.named("interpolation").is_some_and(|interpolation| interpolation.is_none());
    if args.finish().is_err() {
        return not_modelled(vm, "this option of `ConfigParser` is not modelled");
    }
    Ok(Value::object(Parser {
        class,
        sections: RefCell::default(),
        defaults: RefCell::default(),
        interpolates: interpolates && !plain,
        open: RefCell::default(),
    }))
}

static METHODS: &[Native] = &[
    Native::new("read", |vm, mut args| {
        let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
        let names = args.expect("filenames")?;
        let encoding = super::support::text_or_none(&mut args, "encoding")?;
        args.finish()?;
        let names = match &names {
            Value::List(_) | Value::Tuple(_) => vm.iterate(&names)?,
            one => vec![one.clone()],
        };
        for name in &names {
            let path = files::fspath(vm, name)?;
            let text = files::read_text(vm, &path, encoding.as_deref())?;
            this.take(vm, &text)?;
        }
        Ok(Value::list(names))
    })
    .mutating(),
    Native::new("read_string", |vm, mut args| {
        let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
        let source = need_text(&mut args, "string")?;
        this.take(vm, &source)?;
        Ok(Value::None)
    })
    .mutating(),
    Native::new("read_file", |vm, mut args| {
        let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
        let source = args.expect("f")?;
        let mut whole = String::new();
        for line in vm.iterate(&source)? {
            whole.push_str(&text(&line)?);
        }
        this.take(vm, &whole)?;
        Ok(Value::None)
    })
    .mutating(),
    Native::new("read_dict", |vm, mut args| {
        let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
        let source = args.expect("dictionary")?;
        for (name, options) in vm.mapping_items(&source)? {
            let mut section = Section::default();
            for (option, value) in vm.mapping_items(&options)? {
                section.insert(text(&option)?.to_lowercase().into(), vm.str(&value)?);
            }
            this.add(&text(&name)?, section);
        }
        Ok(Value::None)
    })
    .mutating(),
    Native::new("sections", |_, mut args| {
        let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
        this.check()?;
        let names = this.sections.borrow().keys().cloned().map(Value::Str).collect();
        Ok(Value::list(names))
    }),
    Native::new("has_section", |_, mut args| {
        let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
        let name = need_text(&mut args, "section")?;
        this.check()?;
        Ok(Value::Bool(this.sections.borrow().contains_key(&name)))
    }),
    Native::new("has_option", |_, mut args| {
        let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
        let (section, option) = (need_text(&mut args, "section")?, need_text(&mut args, "option")?);
        let found =
            this.options(&section)?.is_some_and(|options| options.contains_key(&*option.to_lowercase()));
        Ok(Value::Bool(found))
    }),
    Native::new("options", |_, mut args| {
        let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
        let section = need_text(&mut args, "section")?;
        let options = this.need(&section)?;
        Ok(Value::list(options.into_keys().map(Value::Str).collect()))
    }),
    Native::new("items", |vm, mut args| {
        let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
        let section = need_text(&mut args, "section")?;
        done(vm, args)?;
        // Here, and here alone, those of `[DEFAULT]` come first.
        let mut options = this.defaults.borrow().clone();
        options.extend(this.need(&section)?);
        let mut items = Vec::new();
        for (option, value) in options {
            let value = this.plain(vm, &value)?;
            items.push(Value::tuple([Value::Str(option), Value::Str(value)]));
        }
        Ok(Value::list(items))
    }),
    Native::new("get", |vm, args| get(vm, args, |_, text| Ok(Value::Str(text)))).lenient(),
    Native::new("getint", |vm, args| {
        get(vm, args, |vm, text| vm.call_with(&Value::Type(&crate::value::number::INT), [Value::Str(text)]))
    })
    .lenient(),
    Native::new("getfloat", |vm, args| {
        get(vm, args, |vm, text| vm.call_with(&Value::Type(&crate::value::number::FLOAT), [Value::Str(text)]))
    })
    .lenient(),
    Native::new("getboolean", |vm, args| get(vm, args, |_, text| boolean(&text))).lenient(),
    Native::new("__contains__", |vm, mut args| {
        let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
        let key = args.expect("key")?;
        this.contains(vm, &key).map(|found| Value::Bool(found.unwrap_or(false)))
    }),
];

fn boolean(text: &str) -> Eval<Value> {
    match text.to_lowercase().as_str() {
        "1" | "yes" | "true" | "on" => Ok(Value::Bool(true)),
        "0" | "no" | "false" | "off" => Ok(Value::Bool(false)),
        _ => Err(Stop::value_error(format!("Not a boolean: {text}"))),
    }
}

fn get(vm: &mut Vm, mut args: Args, convert: fn(&mut Vm, Rc<str>) -> Eval<Value>) -> Eval<Value> {
    let this = receiver::<Parser>(&mut args, &CONFIG_PARSER)?;
    let (section, option) = (need_text(&mut args, "section")?, need_text(&mut args, "option")?);
    let fallback = args.named("fallback");
    let raw = super::support::named_flag(vm, &mut args, "raw", false)?;
    done(vm, args)?;
    let found = match this.options(&section)? {
        Some(options) => options.get(&*option.to_lowercase()).cloned(),
        None if fallback.is_none() => return Err(no_section(&section)),
        None => None,
    };
    match (found, fallback) {
        (Some(value), _) => {
            let value = if raw { value } else { this.plain(vm, &value)? };
            convert(vm, value)
        }
        (None, Some(fallback)) => Ok(fallback),
        (None, None) => {
            let option = option.to_lowercase();
            Err(Stop::raise(&NO_OPTION, format!("No option '{option}' in section: '{section}'")))
        }
    }
}

fn no_section(section: &str) -> Stop {
    Stop::raise(&NO_SECTION, format!("No section: '{section}'"))
}

impl Parser {
    fn check(&self) -> Eval<()> {
        match &*self.open.borrow() {
            Some(cause) => Err(Stop::Unknown(cause.clone())),
            None => Ok(()),
        }
    }

    fn add(&self, name: &Rc<str>, section: Section) {
        if &**name == "DEFAULT" {
            self.defaults.borrow_mut().extend(section);
        } else {
            self.sections.borrow_mut().entry(Rc::clone(name)).or_default().extend(section);
        }
    }

    /// Takes in the text of a file.
    fn take(&self, vm: &mut Vm, text: &str) -> Eval<()> {
        vm.check_size(text.len())?;
        let mut current: Option<Rc<str>> = None;
        for line in text.lines() {
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
                continue;
            }
            if line.starts_with([' ', '\t']) {
                return not_modelled(vm, "an indented line of a configuration file is not modelled");
            }
            if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')) {
                let name: Rc<str> = name.0.into();
                self.add(&name, Section::default());
                current = Some(name);
                continue;
            }
            let (Some(at), Some(name)) = (trimmed.find(['=', ':']), &current) else {
                return not_modelled(vm, "a line of a configuration file is not modelled");
            };
            let (option, value) = (trimmed[..at].trim_end().to_lowercase(), trimmed[at + 1..].trim());
            self.add(name, Section::from_iter([(option.into(), value.into())]));
        }
        Ok(())
    }

    /// The options of a section with those of `[DEFAULT]`.
    fn options(&self, section: &str) -> Eval<Option<Section>> {
        self.check()?;
        let defaults = self.defaults.borrow().clone();
        if section == "DEFAULT" {
            return Ok(Some(defaults));
        }
        Ok(self.sections.borrow().get(section).map(|own| {
            let mut options = own.clone();
            for (name, value) in defaults {
                options.entry(name).or_insert(value);
            }
            options
        }))
    }

    fn need(&self, section: &str) -> Eval<Section> {
        self.options(section)?.ok_or_else(|| no_section(section))
    }

    fn plain(&self, vm: &Vm, value: &Rc<str>) -> Eval<Rc<str>> {
        if self.interpolates && value.contains('%') {
            return not_modelled(vm, "interpolation in a configuration file is not modelled");
        }
        Ok(Rc::clone(value))
    }
}

impl Object for Parser {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn item(self: Rc<Self>, _vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        let name = text(&key)?;
        match self.options(&name)? {
            Some(_) => Ok(Some(Value::object(Proxy::new(self, name)))),
            None => Err(Stop::key_error(key)),
        }
    }

    fn set_item(self: Rc<Self>, vm: &mut Vm, key: Value, value: Value, _span: Span) -> Eval<bool> {
        let mut section = Section::default();
        for (option, value) in vm.mapping_items(&value)? {
            section.insert(text(&option)?.to_lowercase().into(), vm.str(&value)?);
        }
        let name = text(&key)?;
        self.sections.borrow_mut().shift_remove(&name);
        self.add(&name, section);
        Ok(true)
    }

    fn contains(self: Rc<Self>, _vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        let name = text(key)?;
        self.options(&name).map(|found| Some(found.is_some()))
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        self.check()?;
        let names = self.sections.borrow().keys().cloned().map(Value::Str).collect::<Vec<_>>();
        Ok(Some(std::iter::once(Value::str("DEFAULT")).chain(names).collect()))
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a configuration parser")
    }
}
