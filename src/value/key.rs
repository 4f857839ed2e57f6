//! Keys of dictionaries and items of sets: values that have a hash, equal where Python says so.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use super::class::Instance;
use super::data_class::GeneratedMethod;
use super::{Eval, Stop, Value};
use crate::datum::{Cause, CauseKind};
use crate::map::HashSet;

/// Tuples inside tuples in one key.
const MAX_KEY_DEPTH: usize = 300;

/// A known, hashable value as a key: equal keys are those that Python finds equal (`1`, `1.0` and `True` are one).
#[derive(Debug, Clone)]
pub struct Key(Value);

impl Key {
    /// Makes a key: `TypeError` for what cannot be hashed, unknown for what is not known.
    pub fn new(value: Value) -> Eval<Self> {
        Self::check(&value)?;
        Ok(Self(value))
    }

    /// A text key.
    pub fn str(text: impl Into<Rc<str>>) -> Self {
        Self(Value::Str(text.into()))
    }

    /// A key that is a whole number.
    pub fn int(number: impl Into<BigInt>) -> Self {
        Self(Value::int(number))
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The value.
    pub fn into_value(self) -> Value {
        self.0
    }

    /// The text, if it is a text key.
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_str()
    }

    fn check(value: &Value) -> Eval<()> {
        match value {
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            Value::List(_) | Value::Dict(_) => {
                Err(Stop::type_error(format!("unhashable type: '{}'", value.type_name())))
            }
            Value::Set(set) if !set.frozen => Err(Stop::type_error("unhashable type: 'set'")),
            Value::Tuple(_) => Self::check_tuple(value),
            Value::Instance(instance) => Self::check_instance(instance),
            _ => Ok(()),
        }
    }

    /// Checks the items of a tuple level by level; what lies too deep to be hashed is an error, as it is in Python.
    fn check_tuple(tuple: &Value) -> Eval<()> {
        let mut level = vec![tuple];
        for _ in 0..MAX_KEY_DEPTH {
            let (mut below, mut seen) = (Vec::new(), HashSet::default());
            for value in level {
                match value {
                    // One that stands in several places of a level is checked once.
                    Value::Tuple(items) if !seen.insert(Rc::as_ptr(items)) => {}
                    Value::Tuple(items) => below.extend(items.iter()),
                    other => Self::check(other)?,
                }
            }
            if below.is_empty() {
                return Ok(());
            }
            level = below;
        }
        Err(Stop::raise(&super::exception::RECURSION_ERROR, "maximum recursion depth exceeded"))
    }

    /// Instances are keys by identity, by their built-in value, or by their fields where a frozen dataclass.
    fn check_instance(instance: &Instance) -> Eval<()> {
        let class = &instance.class;
        if let Some(cause) = class.why_open() {
            return Err(Stop::Unknown(cause));
        }
        let unhashable = || Stop::type_error(format!("unhashable type: '{}'", class.name));
        match (class.lookup("__hash__"), class.lookup("__eq__")) {
            (None, None) => {}
            (None | Some(Value::None), _) => return Err(unhashable()),
            (Some(_), equal) if by_fields(instance) && equal.as_ref().is_none_or(is_generated) => {
                return hashed_values(instance).iter().try_for_each(Self::check);
            }
            (Some(_), _) => {
                return Err(Stop::Unknown(Cause::new(
                    CauseKind::Unsupported,
                    class.span,
                    format!("the class `{}` has its own `__hash__`, which is not followed", class.name),
                )));
            }
        }
        match instance.builtin() {
            Some(value) => Self::check(&value),
            None => Ok(()),
        }
    }

    /// The value as far as hashing and equality go: an instance of a subclass of `str` is that text.
    fn plain(&self) -> Value {
        self.0.plain()
    }

    fn number(value: &Value) -> Option<BigInt> {
        match value {
            Value::Bool(flag) => Some(BigInt::from(u8::from(*flag))),
            Value::Int(number) => Some((**number).clone()),
            Value::Float(float) if float.fract() == 0.0 => BigInt::from_f64(*float),
            _ => None,
        }
    }
}

/// How many parts of a key its hash looks at. Equal keys have equal parts in the same order, so that the first are enough.
const MAX_HASHED: usize = 1_000;

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut left = MAX_HASHED;
        self.hash_part(state, &mut left);
    }
}

impl Key {
    fn hash_part<H: Hasher>(&self, state: &mut H, left: &mut usize) {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let value = self.plain();
        if let Some(number) = Self::number(&value) {
            number.hash(state);
            return;
        }
        match &value {
            Value::Str(text) => text.hash(state),
            Value::Bytes(bytes) => bytes.hash(state),
            Value::Float(float) => float.to_bits().hash(state),
            Value::Tuple(items) => {
                for item in items.iter().take(*left) {
                    Key(item.clone()).hash_part(state, left);
                }
            }
            Value::Set(set) => set.seen().len().hash(state),
            Value::Range(range) => range.len().hash(state),
            Value::Object(object) => match object.hash_text() {
                Some(text) => text.hash(state),
                None => Rc::as_ptr(object).cast::<()>().hash(state),
            },
            Value::Function(function) => Rc::as_ptr(function).hash(state),
            Value::Class(class) => Rc::as_ptr(class).hash(state),
            Value::Instance(instance) if by_fields(instance) => Rc::as_ptr(&instance.class).hash(state),
            Value::Instance(instance) => Rc::as_ptr(instance).hash(state),
            Value::Module(module) => Rc::as_ptr(module).hash(state),
            Value::Type(class) => std::ptr::from_ref(*class).hash(state),
            _ => {}
        }
    }

    /// Whether two keys are equal; `equal` has the tuples that are, since one may stand in many places.
    fn equals(&self, other: &Self, equal: &mut HashSet<(*const Value, *const Value)>) -> bool {
        let (left, right) = (self.plain(), other.plain());
        match (Self::number(&left), Self::number(&right)) {
            (Some(a), Some(b)) => return a == b,
            (None, None) => {}
            _ => return false,
        }
        match (&left, &right) {
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Bytes(a), Value::Bytes(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Tuple(a), Value::Tuple(b)) => {
                if a.len() != b.len() {
                    return false;
                }
                let places = (Rc::as_ptr(a).cast(), Rc::as_ptr(b).cast());
                if Rc::ptr_eq(a, b) || equal.contains(&places) {
                    return true;
                }
                let mut pairs = a.iter().zip(b.iter());
                let is_equal = pairs.all(|(a, b)| Key(a.clone()).equals(&Key(b.clone()), equal));
                if is_equal && a.iter().any(|item| matches!(item, Value::Tuple(_))) {
                    equal.insert(places);
                }
                is_equal
            }
            (Value::Set(a), Value::Set(b)) => *a.seen() == *b.seen(),
            (Value::Range(a), Value::Range(b)) => a.same_numbers(b),
            (Value::Object(a), Value::Object(b)) => match (a.hash_text(), b.hash_text()) {
                (Some(a), Some(b)) => a == b,
                _ => left.is(&right),
            },
            (Value::Instance(a), Value::Instance(b)) if by_fields(a) && Rc::ptr_eq(&a.class, &b.class) => {
                let (a, b) = (hashed_values(a), hashed_values(b));
                a.len() == b.len() && a.into_iter().zip(b).all(|(a, b)| Key(a).equals(&Key(b), equal))
            }
            _ => left.is(&right),
        }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Value::Str(a), Value::Str(b)) => a == b,
            _ => self.equals(other, &mut HashSet::default()),
        }
    }
}

impl Eq for Key {}

/// Whether equal instances are those with equal fields: those of a frozen dataclass.
fn by_fields(instance: &Instance) -> bool {
    instance.class.lookup("__hash__").as_ref().is_some_and(is_generated)
}

fn is_generated(method: &Value) -> bool {
    method.downcast::<GeneratedMethod>().is_some()
}

/// The values of the fields that count where an instance is a key.
fn hashed_values(instance: &Instance) -> Vec<Value> {
    let class = &instance.class;
    let attrs = instance.attrs.borrow();
    let fields = class.kept_fields().into_iter().filter(|data| data.field.hash.unwrap_or(data.field.compare));
    fields
        .map(|data| attrs.get(&data.name).cloned().or_else(|| class.lookup(&data.name)).unwrap_or_default())
        .collect()
}
