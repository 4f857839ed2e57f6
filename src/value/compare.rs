//! Equality and identity, and which side of a comparison is asked.

use std::cmp::Ordering;
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, ToPrimitive};
use ruff_python_ast::CmpOp;

use super::container::DictKind;
use super::instance_dict::InstanceDict;
use super::mapping_proxy::MappingProxy;
use super::{Eval, Instance, Key, Stop, Value, dict_view};
use crate::eval::Vm;

impl Vm {
    /// `left op right` for one comparison; `is`, `in` and their negations included.
    pub fn compare(&mut self, op: CmpOp, left: &Value, right: &Value) -> Eval<Value> {
        match op {
            CmpOp::Eq => self.rich_equals(left, right),
            CmpOp::NotEq => self.rich_differs(left, right),
            CmpOp::Is => self.identical(left, right).map(Value::Bool),
            CmpOp::IsNot => self.identical(left, right).map(|same| Value::Bool(!same)),
            CmpOp::In => self.contains(right, left).map(Value::Bool),
            CmpOp::NotIn => self.contains(right, left).map(|found| Value::Bool(!found)),
            CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE => self.ordered(op, left, right),
        }
    }

    /// `left is right`. Unknown where CPython may or may not share equal immutable values.
    fn identical(&mut self, left: &Value, right: &Value) -> Eval<bool> {
        match (left, right) {
            (Value::Unknown(cause), _) | (_, Value::Unknown(cause)) => Err(Stop::Unknown(cause.clone())),
            (Value::Int(a), Value::Int(b)) if a == b && !Rc::ptr_eq(a, b) => {
                let small = a.to_i32().is_some_and(|number| (-5..=256).contains(&number));
                if small { Ok(true) } else { self.unsure_identity() }
            }
            (Value::Str(a), Value::Str(b)) if a == b && !Rc::ptr_eq(a, b) && a.len() > 1 => {
                self.unsure_identity()
            }
            (Value::Bytes(a), Value::Bytes(b)) if a == b => {
                if Rc::ptr_eq(a, b) || a.len() < 2 {
                    Ok(true)
                } else {
                    self.unsure_identity()
                }
            }
            (Value::Tuple(a), Value::Tuple(b)) if !Rc::ptr_eq(a, b) => {
                if a.is_empty() && b.is_empty() {
                    return Ok(true);
                }
                // Equal constant tuples may be one.
                if a.len() == b.len() && !a.is_empty() { self.unsure_identity() } else { Ok(false) }
            }
            (Value::Float(a), Value::Float(b)) if a.to_bits() == b.to_bits() => self.unsure_identity(),
            (Value::Range(a), Value::Range(b)) if !Rc::ptr_eq(a, b) => Ok(false),
            (Value::Range(_), Value::Range(_)) => Ok(true),
            _ => Ok(left.is(right)),
        }
    }

    fn unsure_identity(&mut self) -> Eval<bool> {
        self.unsupported("whether two equal values are one object depends on the interpreter")
    }

    /// `left == right`, as the value that the operator gives.
    fn rich_equals(&mut self, left: &Value, right: &Value) -> Eval<Value> {
        match (left, right) {
            (Value::Instance(_), _) | (_, Value::Instance(_)) => {
                if let Some(found) = self.special_compare("__eq__", "__eq__", left, right)? {
                    return Ok(found);
                }
                self.plain_equals(left, right).map(Value::Bool)
            }
            _ => self.equals(left, right).map(Value::Bool),
        }
    }

    fn rich_differs(&mut self, left: &Value, right: &Value) -> Eval<Value> {
        if matches!(left, Value::Instance(_)) || matches!(right, Value::Instance(_)) {
            if let Some(found) = self.special_compare("__ne__", "__ne__", left, right)? {
                return Ok(found);
            }
            let equal = self.rich_equals(left, right)?;
            return self.truth(&equal).map(|equal| Value::Bool(!equal));
        }
        self.equals(left, right).map(|equal| Value::Bool(!equal))
    }

    /// Asks the user's methods of both sides, the right one first where its class derives from the left one's. Nothing where
    /// neither has one, or both give `NotImplemented`.
    pub(super) fn special_compare(
        &mut self,
        name: &str,
        mirrored: &str,
        left: &Value,
        right: &Value,
    ) -> Eval<Option<Value>> {
        let mut order = [(left, name, right), (right, mirrored, left)];
        if right_goes_first(left, right) {
            order.reverse();
        }
        for (own, name, other) in order {
            match self.call_special(own, name, [other.clone()])? {
                None | Some(Value::NotImplemented) => {}
                Some(found) => return found.known().map(Some),
            }
        }
        Ok(None)
    }

    /// `left == right`.
    pub fn equals(&mut self, left: &Value, right: &Value) -> Eval<bool> {
        match (left, right) {
            (Value::Instance(_), _) | (_, Value::Instance(_)) => {
                let found = self.rich_equals(left, right)?;
                self.truth(&found)
            }
            _ => self.plain_equals(left, right),
        }
    }

    /// Equality without methods of the user's.
    fn plain_equals(&mut self, left: &Value, right: &Value) -> Eval<bool> {
        if let Some((left, right)) = as_built_in(self, left, right)? {
            return self.plain_equals(&left, &right);
        }
        match (left, right) {
            (Value::Object(a), _) => match a.equals(right)? {
                Some(equal) => Ok(equal),
                None => match right {
                    Value::Object(b) => Ok(b.equals(left)?.unwrap_or_else(|| left.is(right))),
                    Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
                    _ => Ok(false),
                },
            },
            (_, Value::Object(b)) => match (b.equals(left)?, left) {
                (Some(equal), _) => Ok(equal),
                (None, Value::Unknown(cause)) => Err(Stop::Unknown(cause.clone())),
                (None, _) => Ok(false),
            },
            (Value::Unknown(cause), _) | (_, Value::Unknown(cause)) => Err(Stop::Unknown(cause.clone())),
            (Value::Str(a), Value::Str(b)) => Ok(a == b),
            (Value::Bytes(a), Value::Bytes(b)) => Ok(a == b),
            (Value::Tuple(a), Value::Tuple(b)) => {
                let (a, b) = (Rc::clone(a), Rc::clone(b));
                if Rc::ptr_eq(&a, &b) {
                    return self.same_items(&a);
                }
                self.equal_items(&a, &b)
            }
            (Value::List(a), Value::List(b)) => {
                if Rc::ptr_eq(a, b) {
                    let items = a.items()?.clone();
                    return self.same_items(&items);
                }
                let (a, b) = (a.items()?.clone(), b.items()?.clone());
                self.equal_items(&a, &b)
            }
            (Value::Dict(a), Value::Dict(b)) => {
                if Rc::ptr_eq(a, b) {
                    a.items()?;
                    return Ok(true);
                }
                self.equal_dicts(a, b)
            }
            (Value::Set(a), Value::Set(b)) => Ok(*a.items()? == *b.items()?),
            (Value::Range(a), Value::Range(b)) => Ok(a.same_numbers(b)),
            (Value::Instance(a), Value::Instance(b)) => self.equal_instances(a, b),
            (Value::Instance(instance), other) | (other, Value::Instance(instance)) => {
                match instance.builtin() {
                    Some(inner) => self.plain_equals(&inner, other),
                    None => Ok(false),
                }
            }
            (Value::Method(a), Value::Method(b)) => {
                Ok(a.receiver.is(&b.receiver) && a.function.is(&b.function))
            }
            _ => match number_order(left, right) {
                Some(order) => Ok(order == Some(Ordering::Equal)),
                None => Ok(left.is(right)),
            },
        }
    }

    /// A sequence is equal to itself, whatever it holds.
    fn same_items(&mut self, items: &[Value]) -> Eval<bool> {
        self.spend(items.len())?;
        Ok(true)
    }

    fn equal_items(&mut self, left: &[Value], right: &[Value]) -> Eval<bool> {
        if left.len() != right.len() {
            return Ok(false);
        }
        self.spend(left.len())?;
        let mut doubt = None;
        for (a, b) in left.iter().zip(right) {
            match self.same_or_equal(a, b) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(Stop::Unknown(cause)) => doubt = doubt.or(Some(cause)),
                Err(stop) => return Err(stop),
            }
        }
        match doubt {
            Some(cause) => Err(Stop::Unknown(cause)),
            None => Ok(true),
        }
    }

    /// `left is right or left == right`, as containers compare what they hold.
    pub fn same_or_equal(&mut self, left: &Value, right: &Value) -> Eval<bool> {
        match (left, right) {
            (Value::Str(a), Value::Str(b)) => Ok(a == b),
            (Value::Unknown(_), _) | (_, Value::Unknown(_)) => self.equals(left, right),
            // Whether a NaN is the same object is not followed.
            (Value::Float(a), Value::Float(b)) if a.is_nan() && b.is_nan() => self.unsure_identity(),
            _ if left.is(right) => Ok(true),
            _ => self.nested(|vm| vm.equals(left, right)),
        }
    }

    fn equal_dicts(&mut self, left: &super::Dict, right: &super::Dict) -> Eval<bool> {
        match (&left.kind, &right.kind) {
            (DictKind::Ordered, DictKind::Ordered) if !left.items()?.keys().eq(right.items()?.keys()) => {
                return Ok(false);
            }
            (DictKind::Counter, DictKind::Counter) if left.items()?.len() != right.items()?.len() => {
                return self.unsupported("the comparison of counters with unlike keys is not modelled");
            }
            _ => {}
        }
        let left: Vec<(Key, Value)> = left.items()?.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        if left.len() != right.items()?.len() {
            return Ok(false);
        }
        self.spend(left.len())?;
        let mut pairs = Vec::with_capacity(left.len());
        for (key, value) in left {
            match right.items()?.get(&key) {
                Some(other) => pairs.push((value, other.clone())),
                None => return Ok(false),
            }
        }
        let (left, right): (Vec<Value>, Vec<Value>) = pairs.into_iter().unzip();
        self.equal_items(&left, &right)
    }

    fn equal_instances(&mut self, left: &Rc<Instance>, right: &Rc<Instance>) -> Eval<bool> {
        if Rc::ptr_eq(left, right) {
            return Ok(true);
        }
        if let (Some(a), Some(b)) = (left.builtin(), right.builtin()) {
            return self.plain_equals(&a, &b);
        }
        Ok(false)
    }
}

/// Both sides with views of dicts as sets and `__dict__` as a dict, where one of them is such an object.
pub(super) fn as_built_in(vm: &Vm, left: &Value, right: &Value) -> Eval<Option<(Value, Value)>> {
    let side = |value: &Value| -> Eval<Option<Value>> {
        match value.downcast::<InstanceDict>() {
            Some(attrs) => attrs.copy().map(Some),
            None if let Some(proxy) = value.downcast::<MappingProxy>() => Ok(Some(proxy.0.clone())),
            None => match dict_view::as_set(value) {
                Err(Stop::Raise(_)) => vm.unsupported("the comparison of these items is not modelled"),
                set => set,
            },
        }
    };
    if !matches!(left, Value::Object(_)) && !matches!(right, Value::Object(_)) {
        return Ok(None);
    }
    let (a, b) = (side(left)?, side(right)?);
    if a.is_none() && b.is_none() {
        return Ok(None);
    }
    Ok(Some((a.unwrap_or_else(|| left.clone()), b.unwrap_or_else(|| right.clone()))))
}

/// Whether the right side is an instance of a class that derives from the left one's, and so is asked first.
pub(super) fn right_goes_first(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Instance(left), Value::Instance(right)) => {
            !Rc::ptr_eq(&left.class, &right.class) && right.class.is_subclass(&left.class)
        }
        (left, Value::Instance(right)) => {
            let builtin = right.builtin();
            builtin.is_some_and(|builtin| std::mem::discriminant(&builtin) == std::mem::discriminant(left))
        }
        _ => false,
    }
}

/// How two numbers compare: nothing where one is no number, no order where one is NaN.
#[expect(clippy::option_option, reason = "a NaN has no order, which is not the same as being no number")]
pub(super) fn number_order(left: &Value, right: &Value) -> Option<Option<Ordering>> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => Some(Some(a.cmp(b))),
        (Value::Float(a), Value::Float(b)) => Some(a.partial_cmp(b)),
        (Value::Float(a), _) => Some(int_float_order(&*right.as_int()?, *a).map(Ordering::reverse)),
        (_, Value::Float(b)) => Some(int_float_order(&*left.as_int()?, *b)),
        _ => Some(Some(left.as_int()?.cmp(&right.as_int()?))),
    }
}

/// How a whole number compares with a float, exactly.
fn int_float_order(int: &BigInt, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    let Some(floor) = BigInt::from_f64(float.floor()) else {
        return Some(if float > 0.0 { Ordering::Less } else { Ordering::Greater });
    };
    match int.cmp(&floor) {
        Ordering::Equal if float.fract() != 0.0 => Some(Ordering::Less),
        order => Some(order),
    }
}
