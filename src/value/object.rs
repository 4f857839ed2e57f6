//! The seam for modelled classes: what an object of the library does when Python code touches it.

use std::any::Any;
use std::rc::Rc;

use ruff_python_ast::{CmpOp, Operator};

use super::{Args, Effect, Eval, Stop, Type, Value};
use crate::datum::{Cause, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;

/// A shared object of a modelled class.
pub type ObjectRef = Rc<dyn Object>;

/// A binary operation of an object.
#[derive(Debug, Clone, Copy)]
pub struct Operation<'a> {
    /// The operator.
    pub op: Operator,
    /// The other operand.
    pub other: &'a Value,
    /// Whether the other operand stands on the left.
    pub reflected: bool,
    /// Where the operation is written.
    pub span: Span,
}

/// An object of a modelled class: `datetime`, `Path`, a DAG, a task. Every method has a default, that of an object which does
/// nothing special; `Ok(None)` means "no such thing", and the evaluator raises what CPython would.
#[expect(clippy::len_without_is_empty, reason = "`len` is Python's, which has no counterpart for emptiness")]
pub trait Object: Any {
    /// Its class, where that is a static table.
    fn class(&self) -> Option<&'static Type> {
        None
    }

    /// Its class as a value, for `type(x)` and `isinstance`.
    fn class_value(&self) -> Option<Value> {
        self.class().map(Value::Type)
    }

    /// `type(x).__name__`.
    fn type_name(&self) -> Rc<str> {
        self.class().map_or("object", |class| class.name).into()
    }

    /// `x.name`. Methods of the class's table are found by the evaluator after this.
    fn attr(self: Rc<Self>, _vm: &mut Vm, _name: &str) -> Eval<Option<Value>> {
        Ok(None)
    }

    /// `x.name = value`; gives false where the attribute cannot be set.
    fn set_attr(self: Rc<Self>, _vm: &mut Vm, _name: &str, _value: Value, _span: Span) -> Eval<bool> {
        Ok(false)
    }

    /// `x.__get__(instance, class)`, for an object that stands in a class; `None` where it is no descriptor. The instance is
    /// absent where the attribute is read from the class itself.
    fn get(
        self: Rc<Self>,
        _vm: &mut Vm,
        _instance: Option<&Value>,
        _class: &Rc<super::Class>,
    ) -> Eval<Option<Value>> {
        Ok(None)
    }

    /// `x.__set__(instance, value)`, or `x.__delete__(instance)` without a value; gives false where it is no data descriptor.
    fn set(
        self: Rc<Self>,
        _vm: &mut Vm,
        _instance: &Value,
        _value: Option<Value>,
        _span: Span,
    ) -> Eval<bool> {
        Ok(false)
    }

    /// Whether it comes before the instance's own attributes, as a property does.
    fn is_data_descriptor(&self) -> bool {
        false
    }

    /// `x(…)`.
    fn call(self: Rc<Self>, _vm: &mut Vm, _args: Args) -> Eval<Value> {
        Err(Stop::type_error(format!("'{}' object is not callable", self.type_name())))
    }

    /// What calling it may do; asked when it is not known whether the call happens.
    fn call_effect(&self) -> Effect {
        Effect::None
    }

    /// What calling its method or touching it under an operator may do, likewise.
    fn effect(&self) -> Effect {
        Effect::None
    }

    /// `x[key]`.
    fn item(self: Rc<Self>, _vm: &mut Vm, _key: Value) -> Eval<Option<Value>> {
        Ok(None)
    }

    /// `x[key] = value`; gives false where items cannot be set.
    fn set_item(self: Rc<Self>, _vm: &mut Vm, _key: Value, _value: Value, _span: Span) -> Eval<bool> {
        Ok(false)
    }

    /// `del x[key]`; gives false where items cannot be deleted.
    fn del_item(self: Rc<Self>, _vm: &mut Vm, _key: Value) -> Eval<bool> {
        Ok(false)
    }

    /// `key in x`.
    fn contains(self: Rc<Self>, _vm: &mut Vm, _key: &Value) -> Eval<Option<bool>> {
        Ok(None)
    }

    /// The items that iteration gives.
    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        Ok(None)
    }

    /// `next(x)`: the next item, or the end; `None` where it is no iterator.
    fn next(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Step>> {
        Ok(None)
    }

    /// Whether `next` has an answer, so that `iter(x)` is `x`.
    fn is_iterator(&self) -> bool {
        false
    }

    /// `len(x)`.
    fn len(&self) -> Eval<Option<usize>> {
        Ok(None)
    }

    /// `bool(x)`.
    fn truth(&self) -> Eval<bool> {
        Ok(self.len()?.is_none_or(|len| len > 0))
    }

    /// `x op other`, or `other op x`.
    fn binary(self: Rc<Self>, _vm: &mut Vm, _operation: Operation<'_>) -> Eval<Option<Value>> {
        Ok(None)
    }

    /// `-x`, `+x`, `~x`.
    fn unary(self: Rc<Self>, _vm: &mut Vm, _op: ruff_python_ast::UnaryOp) -> Eval<Option<Value>> {
        Ok(None)
    }

    /// `x < other` and its kin; equality is `equals`.
    fn compare(&self, _op: CmpOp, _other: &Value) -> Eval<Option<bool>> {
        Ok(None)
    }

    /// `x == other`; `None` leaves it to identity.
    fn equals(&self, _other: &Value) -> Eval<Option<bool>> {
        Ok(None)
    }

    /// Whether two objects are one, where the pointer does not tell.
    fn is_same(&self, _other: &Value) -> bool {
        false
    }

    /// What equal objects have in common, for use as a key; `None` leaves it to identity.
    fn hash_text(&self) -> Option<String> {
        None
    }

    /// The string or number that it is besides: a member of an enum of strings. What is equal to it is the same key.
    fn built_in(&self) -> Option<Value> {
        None
    }

    /// `str(x)`.
    fn str(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        self.repr(vm)
    }

    /// `repr(x)`. The default shows an address in CPython, so it is not known.
    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        Err(Stop::Unknown(vm.volatile(format!("the text of a `{}` object is not known", self.type_name()))))
    }

    /// `format(x, spec)`.
    fn format(&self, vm: &mut Vm, spec: &str) -> Eval<Rc<str>> {
        if spec.is_empty() {
            return self.str(vm);
        }
        Err(Stop::type_error(format!("unsupported format string passed to {}.__format__", self.type_name())))
    }

    /// `x.__enter__()`.
    fn enter(self: Rc<Self>, _vm: &mut Vm, _span: Span) -> Eval<Option<Value>> {
        Ok(None)
    }

    /// `x.__exit__(None, None, None)`.
    fn exit(self: Rc<Self>, _vm: &mut Vm) -> Eval<()> {
        Ok(())
    }

    /// The classes of exceptions that it swallows when a `with` over it is left: `contextlib.suppress`.
    fn suppresses(&self) -> Option<&[Value]> {
        None
    }

    /// Whether deriving from it changes nothing that is modelled: `Generic[T]`, `ABC`.
    fn adds_nothing(&self) -> bool {
        false
    }

    /// What a class statement with this object as a base gives.
    fn subclass(self: Rc<Self>, _vm: &mut Vm, _class: &Rc<super::Class>) -> Eval<Option<Value>> {
        Ok(None)
    }

    /// What `super().name` gives in a class of the user's that has this object as a base; `receiver` is `self` there.
    fn super_attr(self: Rc<Self>, _vm: &mut Vm, _receiver: &Value, _name: &str) -> Eval<Option<Value>> {
        Ok(None)
    }

    /// Whether it is an instance of a class that is no static table: a class of the user's, or an object that acts as one.
    fn is_instance_of(&self, _class: &Value) -> Option<bool> {
        None
    }

    /// The function that it stands for, and the attribute under which it keeps it.
    fn wrapped_function(&self) -> Option<(&'static str, Value)> {
        None
    }

    /// Hands each value it holds to `visit`, so that what is reachable from it can be opened.
    fn visit(&self, _visit: &mut dyn FnMut(&Value)) {}

    /// Its contents are not known from here on.
    fn open(&self, _cause: &Cause) {}

    /// Plain data, for a definition.
    fn datum(&self, collector: &mut Collector<'_>) -> Datum;
}

/// What an iterator gives when it is asked for its next item.
#[derive(Debug, Clone)]
pub enum Step {
    /// An item.
    Item(Value),
    /// It has no more.
    End,
}

impl std::fmt::Debug for dyn Object {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.type_name())
    }
}
