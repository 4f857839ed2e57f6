//! The encoder.

use std::fmt::Write as _;
use std::rc::Rc;

use crate::datum::CauseKind;
use crate::eval::Vm;
use crate::modules::support::{as_text, named_flag, not_modelled, text, within_size};
use crate::value::{Args, Eval, Stop, Value};

const MAX_DEPTH: usize = 200;

/// `json.dumps`.
pub(super) fn dumps(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.expect("obj")?;
    let skip_keys = named_flag(vm, &mut args, "skipkeys", false)?;
    let ascii = named_flag(vm, &mut args, "ensure_ascii", true)?;
    let _check_circular = named_flag(vm, &mut args, "check_circular", true)?;
    let allow_nan = named_flag(vm, &mut args, "allow_nan", true)?;
    let sort_keys = named_flag(vm, &mut args, "sort_keys", false)?;
    if args.named("cls").is_some_and(|class| !class.is_none()) {
        return not_modelled(vm, "`json.dumps` with `cls` is not modelled");
    }
    let indent = match args.named("indent") {
        None | Some(Value::None) => None,
        Some(value) => match as_text(&value) {
            Some(text) => Some(text.to_string()),
            None => Some(
                " ".repeat(usize::try_from(crate::modules::datetime::int(value)?).unwrap_or(0).min(1000)),
            ),
        },
    };
    let (mut item, mut key) = (if indent.is_some() { "," } else { ", " }.to_owned(), ": ".to_owned());
    match args.named("separators") {
        None | Some(Value::None) => {}
        Some(separators) => {
            let parts = vm.iterate(&separators)?;
            let [first, second] = parts.as_slice() else {
                return Err(Stop::value_error(format!(
                    "{} values to unpack (expected 2)",
                    if parts.len() > 2 { "too many" } else { "not enough" }
                )));
            };
            (item, key) = (text(first)?.to_string(), text(second)?.to_string());
        }
    }
    let default = args.named("default").filter(|default| !default.is_none());
    args.finish()?;
    let mut writer =
        Writer { out: String::new(), skip_keys, ascii, allow_nan, sort_keys, indent, item, key, default };
    writer.value(vm, &value, 0)?;
    Ok(Value::from(writer.out))
}

#[expect(clippy::struct_excessive_bools, reason = "they are the flags of `json.dumps`")]
struct Writer {
    out: String,
    skip_keys: bool,
    ascii: bool,
    allow_nan: bool,
    sort_keys: bool,
    indent: Option<String>,
    item: String,
    key: String,
    default: Option<Value>,
}

impl Writer {
    fn value(&mut self, vm: &mut Vm, value: &Value, depth: usize) -> Eval<()> {
        vm.spend(1)?;
        within_size(vm, self.out.len())?;
        if depth > MAX_DEPTH {
            return vm.unknown(CauseKind::Limit, "the value is nested too deeply for `json.dumps`");
        }
        if let Some(text) = as_text(value) {
            self.string(&text);
            return Ok(());
        }
        match value {
            Value::None => self.out.push_str("null"),
            Value::Bool(flag) => self.out.push_str(if *flag { "true" } else { "false" }),
            Value::Int(number) => {
                let _ = write!(self.out, "{number}");
            }
            Value::Float(number) => {
                let shown = self.float(vm, *number)?;
                self.out.push_str(&shown);
            }
            Value::Tuple(items) => self.array(vm, items, depth)?,
            Value::List(list) => {
                let items = list.items()?.clone();
                self.array(vm, &items, depth)?;
            }
            Value::Dict(_) => self.object(vm, value, depth)?,
            Value::Object(object) if object.class().is_some_and(|class| class.name == "dict") => {
                self.object(vm, value, depth)?;
            }
            Value::Instance(instance)
                if instance.class.library_base().is_some() || instance.class.why_open().is_some() =>
            {
                let inner = instance.inner.borrow().clone();
                let name = instance.class.library_base().map_or("", |base| base.name);
                match (inner, name) {
                    (
                        Some(inner),
                        "int" | "float" | "dict" | "list" | "tuple" | "IntEnum" | "NamedTuple" | "IntFlag",
                    ) => {
                        self.value(vm, &inner, depth + 1)?;
                    }
                    _ => self.other(vm, value, depth)?,
                }
            }
            Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
            other => self.other(vm, other, depth)?,
        }
        Ok(())
    }

    fn other(&mut self, vm: &mut Vm, value: &Value, depth: usize) -> Eval<()> {
        if let Some(default) = self.default.clone() {
            let plain = vm.call_with(&default, [value.clone()])?;
            return self.value(vm, &plain, depth + 1);
        }
        if let Value::Instance(instance) = value
            && let Some(cause) = instance.class.why_open()
        {
            return Err(Stop::Unknown(cause));
        }
        Err(Stop::type_error(format!("Object of type {} is not JSON serializable", value.type_name())))
    }

    fn float(&self, vm: &mut Vm, number: f64) -> Eval<Rc<str>> {
        if number.is_finite() {
            return vm.repr(&Value::Float(number));
        }
        if !self.allow_nan {
            let shown = vm.repr(&Value::Float(number))?;
            return Err(Stop::value_error(format!(
                "Out of range float values are not JSON compliant: {shown}"
            )));
        }
        Ok(if number.is_nan() {
            "NaN"
        } else if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .into())
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for char in text.chars() {
            match char {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                char if char < ' ' || self.ascii && !(' '..='~').contains(&char) => {
                    for unit in char.encode_utf16(&mut [0; 2]) {
                        let _ = write!(self.out, "\\u{unit:04x}");
                    }
                }
                char => self.out.push(char),
            }
        }
        self.out.push('"');
    }

    fn line(&mut self, depth: usize) {
        if let Some(indent) = &self.indent {
            self.out.push('\n');
            for _ in 0..depth {
                self.out.push_str(indent);
            }
        }
    }

    fn array(&mut self, vm: &mut Vm, items: &[Value], depth: usize) -> Eval<()> {
        if items.is_empty() {
            self.out.push_str("[]");
            return Ok(());
        }
        self.out.push('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push_str(&self.item.clone());
            }
            self.line(depth + 1);
            self.value(vm, item, depth + 1)?;
        }
        self.line(depth);
        self.out.push(']');
        Ok(())
    }

    fn object(&mut self, vm: &mut Vm, value: &Value, depth: usize) -> Eval<()> {
        let mut items = vm.mapping_items(value)?;
        if items.is_empty() {
            self.out.push_str("{}");
            return Ok(());
        }
        if self.sort_keys {
            if !items.iter().all(|(key, _)| matches!(key, Value::Str(_))) {
                return not_modelled(
                    vm,
                    "`json.dumps` with `sort_keys` and keys that are no text is not modelled",
                );
            }
            items.sort_by(|a, b| a.0.as_str().cmp(&b.0.as_str()));
        }
        self.out.push('{');
        let mut first = true;
        for (key, value) in &items {
            let name: Rc<str> = match (as_text(key), key) {
                (Some(text), _) => text,
                (None, Value::None) => "null".into(),
                (None, Value::Bool(flag)) => (if *flag { "true" } else { "false" }).into(),
                (None, Value::Int(number)) => number.to_string().into(),
                (None, Value::Float(number)) => self.float(vm, *number)?,
                (None, _) if self.skip_keys => continue,
                (None, Value::Instance(_)) => {
                    return not_modelled(vm, "this key of a JSON object is not modelled");
                }
                (None, other) => {
                    return Err(Stop::type_error(format!(
                        "keys must be str, int, float, bool or None, not {}",
                        other.type_name()
                    )));
                }
            };
            if !first {
                self.out.push_str(&self.item.clone());
            }
            first = false;
            self.line(depth + 1);
            self.string(&name);
            self.out.push_str(&self.key.clone());
            self.value(vm, value, depth + 1)?;
        }
        self.line(depth);
        self.out.push('}');
        Ok(())
    }
}
