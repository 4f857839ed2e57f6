//! `csv`: `reader` and `DictReader` in the dialect `excel`, with another delimiter or quote if wanted.
//!
//! Left out: writers, other dialects, escapes, quoting modes.

use std::cell::RefCell;
use std::rc::Rc;

use super::support::{exception_class, no_form, not_modelled, text};
use super::{Member, ModuleTable};
use crate::datum::{Cause, Datum};
use crate::eval::{Collector, Vm};
use crate::value::exception::EXCEPTION;
use crate::value::object::Step;
use crate::value::types::ITERATOR;
use crate::value::{Args, Effect, Eval, Iter, Native, Object, Stop, Type, Value};

/// The rows of the module.
pub static CSV: ModuleTable = ModuleTable {
    name: "csv",
    members: &[
        ("DictReader", Member::Class(&DICT_READER)),
        ("Error", Member::Class(&ERROR)),
        ("QUOTE_ALL", Member::Constant(|| Value::int(1))),
        ("QUOTE_MINIMAL", Member::Constant(|| Value::int(0))),
        ("QUOTE_NONE", Member::Constant(|| Value::int(3))),
        ("QUOTE_NONNUMERIC", Member::Constant(|| Value::int(2))),
        (
            "reader",
            Member::Function(Native::new("reader", |vm, mut args| {
                let source = args.expect("iterable")?;
                let rows = rows(vm, &source, args)?;
                Ok(Value::Iter(Rc::new(Iter::new(rows.into_iter().map(Value::list).collect::<Vec<_>>()))))
            })),
        ),
    ],
};

exception_class! {
    /// `csv.Error`.
    pub ERROR, "_csv", "Error", &EXCEPTION
}

/// What parts the fields of a row.
struct Dialect {
    delimiter: char,
    quote: char,
    skip_blank: bool,
}

fn dialect(vm: &mut Vm, mut args: Args) -> Eval<Dialect> {
    let mut one = |name: &str, default: char| -> Eval<char> {
        let Some(value) = args.named(name) else { return Ok(default) };
        let value = text(&value)?;
        let mut chars = value.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) => Ok(char),
            _ => Err(Stop::type_error(format!("\"{name}\" must be a 1-character string"))),
        }
    };
    let (delimiter, quote) = (one("delimiter", ',')?, one("quotechar", '"')?);
    let skip_blank = super::support::named_flag(vm, &mut args, "skipinitialspace", false)?;
    let excel = args.take("dialect").is_none_or(|dialect| dialect.as_str() == Some("excel"));
    if !excel || args.finish().is_err() {
        return not_modelled(vm, "this dialect of CSV is not modelled");
    }
    Ok(Dialect { delimiter, quote, skip_blank })
}

/// The rows that the lines of a source hold; an empty line is an empty row.
fn rows(vm: &mut Vm, source: &Value, args: Args) -> Eval<Vec<Vec<Value>>> {
    let Dialect { delimiter, quote, skip_blank } = dialect(vm, args)?;
    let mut rows = Vec::new();
    let mut row: Vec<Value> = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    for line in vm.iterate(source)? {
        let line = match line {
            Value::Unknown(cause) => return Err(Stop::Unknown(cause)),
            line => line.text().ok_or_else(|| {
                let class = line.type_name();
                let message = format!(
                    "iterator should return strings, not {class} (the file should be opened in text mode)"
                );
                Stop::raise(&ERROR, message)
            })?,
        };
        vm.check_size(line.len())?;
        let mut begins = true;
        let mut chars = line.chars().peekable();
        let blank = line.trim_end_matches(['\r', '\n']).is_empty() && !quoted;
        while let Some(char) = chars.next() {
            match char {
                char if quoted && char == quote && chars.peek() == Some(&quote) => {
                    chars.next();
                    field.push(quote);
                }
                char if quoted && char == quote => quoted = false,
                char if quoted => field.push(char),
                char if char == quote && begins => {
                    quoted = true;
                    begins = false;
                }
                char if char == delimiter => {
                    row.push(Value::from(std::mem::take(&mut field)));
                    begins = true;
                }
                ' ' if begins && skip_blank => {}
                '\r' | '\n' => {}
                char => {
                    field.push(char);
                    begins = false;
                }
            }
        }
        if quoted {
            continue;
        }
        if !blank {
            row.push(Value::from(std::mem::take(&mut field)));
        }
        rows.push(std::mem::take(&mut row));
    }
    if quoted {
        row.push(Value::from(field));
        rows.push(row);
    }
    vm.check_size(rows.len())?;
    Ok(rows)
}

/// A `csv.DictReader`: its rows are made when it is.
struct DictReader {
    names: Vec<Value>,
    rows: RefCell<std::collections::VecDeque<Value>>,
    open: RefCell<Option<Cause>>,
}

static DICT_READER: Type = Type {
    base: Some(&ITERATOR),
    ..Type::new("csv", "DictReader", |vm, mut args| {
        let source = args.expect("f")?;
        let names = args.take("fieldnames").filter(|names| !names.is_none());
        let rest_key = args.take("restkey").unwrap_or_default();
        let rest_value = args.take("restval").unwrap_or_default();
        let mut rows = rows(vm, &source, args)?.into_iter();
        let names = match names {
            Some(names) => vm.iterate(&names)?,
            None => rows.next().unwrap_or_default(),
        };
        let mut dicts = std::collections::VecDeque::new();
        for row in rows.filter(|row| !row.is_empty()) {
            let mut map = crate::map::IndexMap::default();
            let rest = row.get(names.len()..).unwrap_or_default().to_vec();
            let mut fields = row.into_iter();
            for name in &names {
                let value = fields.next().unwrap_or_else(|| rest_value.clone());
                map.insert(crate::value::Key::new(name.clone())?, value);
            }
            if !rest.is_empty() {
                map.insert(crate::value::Key::new(rest_key.clone())?, Value::list(rest));
            }
            dicts.push_back(Value::Dict(Rc::new(crate::value::Dict::new(map))));
        }
        Ok(Value::object(DictReader { names, rows: RefCell::new(dicts), open: RefCell::default() }))
    })
};

impl Object for DictReader {
    fn class(&self) -> Option<&'static Type> {
        Some(&DICT_READER)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "fieldnames").then(|| Value::list(self.names.clone())))
    }

    fn next(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Step>> {
        if let Some(cause) = &*self.open.borrow() {
            return Err(Stop::Unknown(cause.clone()));
        }
        Ok(Some(self.rows.borrow_mut().pop_front().map_or(Step::End, Step::Item)))
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a reader of rows")
    }
}
