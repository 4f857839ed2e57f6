//! Operators: which side decides, and what built-in values do. Numbers are `number`'s business, comparison `compare`'s.

use std::rc::Rc;

use num_traits::ToPrimitive;
use ruff_python_ast::{Operator, UnaryOp};

use super::alias::union_of;
use super::compare::right_goes_first;
use super::container::DictKind;
use super::exception::OVERFLOW_ERROR;
use super::{Dict, Eval, Operation, Set, Stop, Value, arithmetic};
use crate::datum::Cause;
use crate::eval::Vm;

impl Vm {
    /// `left op right`.
    pub fn binary(&mut self, op: Operator, left: &Value, right: &Value) -> Eval<Value> {
        // The commonest first.
        match (op, left, right) {
            (Operator::Add, Value::Str(a), Value::Str(b)) => return self.concat_text(a, b),
            (_, Value::Int(a), Value::Int(b)) => return arithmetic::int_binary(self, op, a, b),
            _ => {}
        }
        if let Some(found) = self.overloaded(op, left, right)? {
            return Ok(found);
        }
        if let Some(cause) = left.unknown().or(right.unknown()) {
            return Err(Stop::Unknown(cause.clone()));
        }
        let (left_plain, right_plain) = (left.plain(), right.plain());
        if let (Operator::Mod, Value::Str(template)) = (op, &left_plain) {
            return self.percent(template, right);
        }
        if let Some(found) = self.builtin_binary(op, &left_plain, &right_plain)? {
            return Ok(found);
        }
        Err(unsupported_operands(op.as_str(), left, right))
    }

    /// `left op= right`: lists, sets and dicts change in place; everything else gives a new value.
    pub fn binary_inplace(&mut self, op: Operator, left: &Value, right: &Value) -> Eval<Value> {
        if let Value::Instance(_) = left {
            match self.call_special(left, &op.dunder().replacen("__", "__i", 1), [right.clone()])? {
                None | Some(Value::NotImplemented) => {}
                Some(found) => return Ok(found),
            }
        }
        match self.change_inplace(op, left, right) {
            Ok(true) => return Ok(left.clone()),
            Ok(false) => {}
            // It is the same object, with contents that are not known.
            Err(Stop::Unknown(cause)) => {
                open_contents(left, &cause);
                return Ok(left.clone());
            }
            Err(stop) => return Err(stop),
        }
        match self.binary(op, left, right) {
            Err(Stop::Raise(_)) if is_plain(left) && is_plain(right) => {
                Err(unsupported_operands(&format!("{}=", op.as_str()), left, right))
            }
            result => result,
        }
    }

    /// What `op=` does to a list, dict or set; false for all else.
    fn change_inplace(&mut self, op: Operator, left: &Value, right: &Value) -> Eval<bool> {
        match (op, left) {
            (Operator::Add, Value::List(list)) => {
                let items = self.iterate(right)?;
                self.check_size(list.seen().len() + items.len())?;
                list.change().extend(items);
                return Ok(true);
            }
            (Operator::Mult, Value::List(list)) => {
                if let Value::List(repeated) = self.binary(op, left, right)? {
                    let items = repeated.items()?.clone();
                    *list.change() = items;
                    return Ok(true);
                }
            }
            (Operator::BitOr, Value::Dict(dict)) if !matches!(dict.kind, DictKind::Counter) => {
                super::dict::update(self, dict, right)?;
                return Ok(true);
            }
            (Operator::BitOr | Operator::BitAnd | Operator::BitXor | Operator::Sub, Value::Set(set))
                if !set.frozen =>
            {
                if let Value::Set(made) = self.binary(op, left, right)? {
                    let items = made.items()?.clone();
                    *set.change() = items;
                    return Ok(true);
                }
            }
            _ => {}
        }
        Ok(false)
    }

    /// What objects and instances make of an operator: left, then right reflected; right first where its class derives from
    /// the left one's. Objects see unknown operands.
    fn overloaded(&mut self, op: Operator, left: &Value, right: &Value) -> Eval<Option<Value>> {
        // A text is a template for whatever stands on its right, unless that is a text too.
        if let (Operator::Mod, Value::Str(_), Value::Instance(instance)) = (op, left, right)
            && !matches!(instance.builtin(), Some(Value::Str(_)))
        {
            return Ok(None);
        }
        let mut sides = [(left, right, false), (right, left, true)];
        if right_goes_first(left, right) {
            sides.reverse();
        }
        for (own, other, reflected) in sides {
            let found = match own {
                Value::Object(object) => {
                    let span = self.here();
                    Rc::clone(object).binary(self, Operation { op, other, reflected, span })?
                }
                Value::Instance(_) => {
                    let name = if reflected { op.reflected_dunder() } else { op.dunder() };
                    self.call_special(own, name, [other.clone()])?
                }
                _ => None,
            };
            match found {
                None | Some(Value::NotImplemented) => {}
                found => return Ok(found),
            }
        }
        Ok(None)
    }

    fn builtin_binary(&mut self, op: Operator, left: &Value, right: &Value) -> Eval<Option<Value>> {
        if let Some(found) = arithmetic::binary(self, op, left, right)? {
            return Ok(Some(found));
        }
        match (op, left, right) {
            (Operator::Mod, Value::Bytes(_), _) => self.unsupported("`%` on bytes is not modelled"),
            (Operator::Add, Value::Str(a), Value::Str(b)) => self.concat_text(a, b).map(Some),
            (Operator::Add, Value::Bytes(a), Value::Bytes(b)) => {
                self.check_size(a.len() + b.len())?;
                Ok(Some(Value::Bytes([&a[..], &b[..]].concat().into())))
            }
            (Operator::Add, Value::Tuple(a), Value::Tuple(b)) => {
                self.check_size(a.len() + b.len())?;
                Ok(Some(Value::tuple([&a[..], &b[..]].concat())))
            }
            (Operator::Add, Value::List(a), Value::List(b)) => {
                let (a, b) = (a.items()?.clone(), b.items()?.clone());
                self.check_size(a.len() + b.len())?;
                Ok(Some(Value::list([a, b].concat())))
            }
            (Operator::Add, Value::Str(_) | Value::Tuple(_) | Value::List(_), _) => {
                let (own, other) = (left.type_name(), right.type_name());
                Err(Stop::type_error(format!("can only concatenate {own} (not \"{other}\") to {own}")))
            }
            (Operator::Mult, _, _) => self.repeat(left, right),
            (Operator::BitOr, Value::Dict(a), Value::Dict(b)) if !is_counter(a) || !is_counter(b) => {
                let mut items = a.items()?.clone();
                items.extend(b.items()?.iter().map(|(k, v)| (k.clone(), v.clone())));
                self.spend(items.len())?;
                let kind = match (&a.kind, &b.kind) {
                    (DictKind::Counter, _) | (DictKind::Plain, DictKind::Counter) => DictKind::Plain,
                    (DictKind::Plain, kind) | (kind, _) => kind.clone(),
                };
                Ok(Some(Value::Dict(Rc::new(Dict::of_kind(kind, items)))))
            }
            (_, Value::Dict(a), Value::Dict(b)) if is_counter(a) && is_counter(b) => {
                super::dict_kinds::counter_binary(self, op, a, b)
            }
            (_, Value::Set(a), Value::Set(b)) => Ok(self.set_binary(op, a, b)?),
            (Operator::BitOr, _, _) => Ok(union_of(left, right)),
            _ => Ok(None),
        }
    }

    fn concat_text(&mut self, left: &Rc<str>, right: &Rc<str>) -> Eval<Value> {
        self.check_size(left.len() + right.len())?;
        Ok(Value::str([&**left, &**right].concat()))
    }

    fn set_binary(&mut self, op: Operator, left: &Set, right: &Set) -> Eval<Option<Value>> {
        let (a, b) = (left.items()?, right.items()?);
        self.spend(a.len() + b.len())?;
        let items = match op {
            Operator::BitOr => a.union(&b).cloned().collect(),
            Operator::BitAnd => a.intersection(&b).cloned().collect(),
            Operator::Sub => a.difference(&b).cloned().collect(),
            Operator::BitXor => a.symmetric_difference(&b).cloned().collect(),
            _ => return Ok(None),
        };
        Ok(Some(Value::Set(Rc::new(Set::new(items, left.frozen)))))
    }

    /// `sequence * count`, either way round.
    fn repeat(&mut self, left: &Value, right: &Value) -> Eval<Option<Value>> {
        let is_sequence = |value: &Value| {
            matches!(value, Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) | Value::List(_))
        };
        let (sequence, count) = match (is_sequence(left), is_sequence(right)) {
            (true, _) => (left, right),
            (false, true) => (right, left),
            (false, false) => return Ok(None),
        };
        let Some(number) = self.as_index(count)? else {
            let message = format!("can't multiply sequence by non-int of type '{}'", count.type_name());
            return Err(Stop::type_error(message));
        };
        let Some(number) = number.to_isize() else {
            return Err(Stop::raise(&OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer"));
        };
        let count = usize::try_from(number).unwrap_or(0);
        let len = match sequence {
            Value::Str(text) => text.len(),
            Value::Bytes(bytes) => bytes.len(),
            Value::Tuple(items) => items.len(),
            Value::List(list) => list.items()?.len(),
            _ => 0,
        };
        let count = if len == 0 { 0 } else { count };
        self.check_size(len.saturating_mul(count))?;
        Ok(Some(match sequence {
            Value::Str(text) => Value::str(text.repeat(count)),
            Value::Bytes(bytes) => Value::Bytes(bytes.repeat(count).into()),
            Value::Tuple(items) => Value::tuple(repeated(items, count)),
            Value::List(list) => Value::list(repeated(&list.items()?, count)),
            _ => return Ok(None),
        }))
    }

    /// `op value`, `not` included.
    pub fn unary(&mut self, op: UnaryOp, value: &Value) -> Eval<Value> {
        if op == UnaryOp::Not {
            return self.truth(value).map(|truth| Value::Bool(!truth));
        }
        let name = match op {
            UnaryOp::USub => "__neg__",
            UnaryOp::UAdd => "__pos__",
            UnaryOp::Invert | UnaryOp::Not => "__invert__",
        };
        match value {
            Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
            Value::Object(object) => {
                if let Some(found) = Rc::clone(object).unary(self, op)? {
                    return Ok(found);
                }
            }
            Value::Instance(_) => {
                if let Some(found) = self.call_special(value, name, [])? {
                    return Ok(found);
                }
            }
            _ => {}
        }
        if let Some(found) = arithmetic::unary(op, &value.plain()) {
            return Ok(found);
        }
        if let Value::Dict(dict) = value
            && is_counter(dict)
        {
            return self.unsupported("a unary operator on a `Counter` is not modelled");
        }
        let sign = match op {
            UnaryOp::USub => "-",
            UnaryOp::UAdd => "+",
            UnaryOp::Invert | UnaryOp::Not => "~",
        };
        Err(Stop::type_error(format!("bad operand type for unary {sign}: '{}'", value.type_name())))
    }
}

/// From here on the contents of a list, dict or set are not known.
fn open_contents(value: &Value, cause: &Cause) {
    match value {
        Value::List(list) => list.open(cause),
        Value::Dict(dict) => dict.open(cause),
        Value::Set(set) => set.open(cause),
        _ => {}
    }
}

fn repeated(items: &[Value], count: usize) -> Vec<Value> {
    std::iter::repeat_n(items, count).flatten().cloned().collect()
}

fn is_counter(dict: &Dict) -> bool {
    matches!(dict.kind, DictKind::Counter)
}

/// Whether no code of the user's or of a model takes part.
fn is_plain(value: &Value) -> bool {
    !matches!(value, Value::Instance(_) | Value::Object(_) | Value::Unknown(_))
}

fn unsupported_operands(op: &str, left: &Value, right: &Value) -> Stop {
    let op = if op == "**" { "** or pow()" } else { op };
    Stop::type_error(format!(
        "unsupported operand type(s) for {op}: '{}' and '{}'",
        left.type_name(),
        right.type_name()
    ))
}
