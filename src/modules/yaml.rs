//! `yaml` (PyYAML): `safe_load`, `load`, `full_load` of one document, with PyYAML's own resolver; anchors are shared as it shares them.
//!
//! Left out: tags of one's own, several documents, `dump`; a text that does not parse is unknown.

use std::ops::Range;
use std::rc::Rc;

use super::datetime::{Date, Moment, ZoneObject, zone};
use super::io::text_of;
use super::support::{exception_class, not_modelled};
use super::{Member, ModuleTable};
use crate::datum::{Datum, Zone};
use crate::eval::Vm;
use crate::map::{HashMap, IndexMap};
use crate::value::exception::EXCEPTION;
use crate::value::{Args, Dict, Eval, Key, Native, Stop, Type, Value};
use crate::yaml::{Node, Tag, Value as Content};

/// The rows of the module.
pub static YAML: ModuleTable = ModuleTable {
    name: "yaml",
    members: &[
        ("CFullLoader", Member::Class(&FULL_LOADER)),
        ("CLoader", Member::Class(&LOADER)),
        ("CSafeLoader", Member::Class(&SAFE_LOADER)),
        ("FullLoader", Member::Class(&FULL_LOADER)),
        ("Loader", Member::Class(&LOADER)),
        ("SafeLoader", Member::Class(&SAFE_LOADER)),
        ("UnsafeLoader", Member::Class(&UNSAFE_LOADER)),
        ("YAMLError", Member::Class(&YAML_ERROR)),
        ("full_load", Member::Function(Native::new("full_load", |vm, args| load(vm, args, false)))),
        ("load", Member::Function(Native::new("load", |vm, args| load(vm, args, true)))),
        ("safe_load", Member::Function(Native::new("safe_load", |vm, args| load(vm, args, false)))),
        (
            "safe_load_all",
            Member::Function(Native::new("safe_load_all", |vm, args| {
                let document = load(vm, args, false)?;
                Ok(Value::Iter(Rc::new(crate::value::Iter::new(vec![document]))))
            })),
        ),
    ],
};

macro_rules! loaders {
    ($($constant:ident $name:literal;)+) => {
        $(static $constant: Type = Type::new("yaml", $name, |vm, _| {
            not_modelled(vm, concat!("a call of `yaml.", $name, "` is not modelled"))
        });)+
    };
}

loaders! {
    SAFE_LOADER "SafeLoader";
    FULL_LOADER "FullLoader";
    LOADER "Loader";
    UNSAFE_LOADER "UnsafeLoader";
}

exception_class! {
    /// `yaml.YAMLError`.
    pub YAML_ERROR, "yaml", "YAMLError", &EXCEPTION
}

fn load(vm: &mut Vm, mut args: Args, with_loader: bool) -> Eval<Value> {
    let source = args.expect("stream")?;
    if with_loader {
        match args.take("Loader") {
            Some(Value::Type(class)) if class.module == "yaml" => {}
            Some(_) => return not_modelled(vm, "this loader of YAML is not modelled"),
            None => return Err(Stop::type_error("load() missing 1 required positional argument: 'Loader'")),
        }
    }
    args.finish()?;
    let text = text_of(vm, &source)?;
    document(vm, &text)
}

/// The value of the one document of a text.
pub(crate) fn document(vm: &mut Vm, text: &str) -> Eval<Value> {
    vm.check_size(text.len())?;
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Value::None);
    }
    match crate::yaml::read(text) {
        Ok(node) => Maker { made: HashMap::default() }.make(vm, &node),
        Err(error) => not_modelled(vm, format!("the YAML text is not read: {error}")),
    }
}

struct Maker {
    /// Collections by their place, which an alias has in common with its anchor.
    made: HashMap<Range<usize>, Value>,
}

impl Maker {
    fn make(&mut self, vm: &mut Vm, node: &Node) -> Eval<Value> {
        vm.spend(1)?;
        if let Some(made) = self.made.get(&node.range) {
            return Ok(made.clone());
        }
        let value = match (&node.value, &node.tag) {
            (Content::Scalar(_), Tag::Default) => {
                return not_modelled(vm, "the YAML scalar `=` is not modelled");
            }
            (Content::Scalar(_), _) => return scalar(vm, node),
            (Content::Sequence(items), Tag::Seq) => {
                let items = items.iter().map(|item| self.make(vm, item)).collect::<Eval<_>>()?;
                Value::list(items)
            }
            (Content::Mapping(entries), Tag::Map) => {
                let mut map = IndexMap::default();
                for (key, value) in flatten(vm, entries)? {
                    let key = match (&key.tag, &key.value) {
                        (Tag::Default, Content::Scalar(text)) => Value::str(text.as_str()),
                        _ => self.make(vm, key)?,
                    };
                    let value = self.make(vm, value)?;
                    match Key::new(key) {
                        Ok(key) => map.insert(key, value),
                        Err(_) => return not_modelled(vm, "a YAML mapping has a key that cannot be hashed"),
                    };
                }
                Value::Dict(Rc::new(Dict::new(map)))
            }
            (Content::Sequence(_) | Content::Mapping(_), tag) => {
                return not_modelled(vm, format!("the YAML tag `{}` is not modelled", tag.name()));
            }
        };
        if !node.range.is_empty() {
            self.made.insert(node.range.clone(), value.clone());
        }
        Ok(value)
    }
}

/// The entries of a mapping, those that `<<` brings in first.
///
/// Source: `SafeConstructor.flatten_mapping` of PyYAML.
fn flatten<'n>(vm: &mut Vm, entries: &'n [(Node, Node)]) -> Eval<Vec<(&'n Node, &'n Node)>> {
    let (mut merged, mut own) = (Vec::new(), Vec::new());
    for (key, value) in entries {
        vm.spend(1)?;
        if key.tag != Tag::Merge {
            own.push((key, value));
            continue;
        }
        let sources: Vec<&Node> = match &value.value {
            Content::Sequence(items) => items.iter().rev().collect(),
            Content::Mapping(_) | Content::Scalar(_) => vec![value],
        };
        for source in sources {
            match &source.value {
                Content::Mapping(entries) => merged.extend(flatten(vm, entries)?),
                Content::Scalar(_) | Content::Sequence(_) => {
                    return not_modelled(vm, "a YAML merge of something that is no mapping");
                }
            }
        }
    }
    merged.extend(own);
    Ok(merged)
}

fn scalar(vm: &mut Vm, node: &Node) -> Eval<Value> {
    let datum = match crate::yaml::load(node) {
        Ok(datum) => datum,
        Err(error) => return not_modelled(vm, format!("the YAML text is not read: {error}")),
    };
    Ok(match datum {
        Datum::Null => Value::None,
        Datum::Bool(flag) => Value::Bool(flag),
        Datum::Int(number) => Value::int(number),
        Datum::Float(number) => Value::Float(number),
        Datum::Str(text) => Value::from(text),
        Datum::Bytes(bytes) => Value::Bytes(bytes.into()),
        Datum::Date(date) => Value::object(Date::plain(date)),
        Datum::DateTime(moment) => {
            let zone = moment.zone.map(|zone| match zone {
                Zone::Fixed(0) => Zone::Utc,
                zone => zone,
            });
            let zone = zone.map(|zone| ZoneObject { zone, class: &zone::TIMEZONE, label: None });
            Value::object(Moment { zone, ..Moment::naive(moment.civil) })
        }
        Datum::List(_)
        | Datum::Tuple(_)
        | Datum::Set(_)
        | Datum::FrozenSet(_)
        | Datum::Map(_)
        | Datum::Time(_)
        | Datum::TimeDelta(_)
        | Datum::Object(_)
        | Datum::Reference(_)
        | Datum::XCom(_)
        | Datum::Unknown(_) => return not_modelled(vm, "this YAML scalar is not modelled"),
    })
}
