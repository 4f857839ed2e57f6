//! What the library offers: functions and classes as rows of static tables, and the arguments of a call.

use std::collections::VecDeque;
use std::rc::Rc;

use super::{Eval, Stop, Value};
use crate::datum::Cause;
use crate::eval::Vm;
use crate::source::Span;

/// The body of a function of the library. Methods find their receiver as the first positional argument.
pub type NativeFn = fn(&mut Vm, Args) -> Eval<Value>;

/// Makes a class attribute.
pub type MakeConstant = fn() -> Value;

/// What a call may do besides giving a value; asked when it is not known whether the call happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// It may change its receiver, the first positional argument.
    Receiver,
    /// It may change what the host builds: tasks, edges, DAGs.
    Host,
}

/// A function of the library: a row in a table.
#[derive(Debug)]
pub struct Native {
    /// Its Python name.
    pub name: &'static str,
    /// Its body.
    pub run: NativeFn,
    /// What it may do.
    pub effect: Effect,
    /// Whether it is called with unknown arguments. If not, an unknown argument makes the result unknown.
    pub sees_unknown: bool,
}

impl Native {
    /// A function without effect, which is not called with unknown arguments.
    pub const fn new(name: &'static str, run: NativeFn) -> Self {
        Self { name, run, effect: Effect::None, sees_unknown: false }
    }

    /// Called with unknown arguments too.
    pub const fn lenient(mut self) -> Self {
        self.sees_unknown = true;
        self
    }

    /// May change its receiver. It sees unknown arguments; where it stops at one, the receiver is opened.
    pub const fn mutating(mut self) -> Self {
        self.effect = Effect::Receiver;
        self.sees_unknown = true;
        self
    }

    /// May change what the host builds.
    pub const fn hosted(mut self) -> Self {
        self.effect = Effect::Host;
        self.sees_unknown = true;
        self
    }
}

/// A class of the library, as a static table.
pub struct Type {
    /// `__name__`.
    pub name: &'static str,
    /// `__module__`.
    pub module: &'static str,
    /// Its first base class; `None` stands for `object`.
    pub base: Option<&'static Type>,
    /// What a call of the class does.
    pub new: Native,
    /// Methods; the receiver is the first positional argument.
    pub methods: &'static [Native],
    /// Class methods and static methods; no receiver is passed.
    pub statics: &'static [Native],
    /// Class attributes.
    pub constants: &'static [(&'static str, MakeConstant)],
}

impl std::fmt::Debug for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Type {
    /// A class with nothing but a name and a constructor; the rest is set by struct update.
    pub const fn new(module: &'static str, name: &'static str, new: NativeFn) -> Self {
        Self {
            name,
            module,
            base: None,
            new: Native::new(name, new),
            methods: &[],
            statics: &[],
            constants: &[],
        }
    }

    /// Whether this class is `other` or derives from it.
    pub fn is_subtype(&self, other: &Type) -> bool {
        std::ptr::eq(self, other) || self.base.is_some_and(|base| base.is_subtype(other))
    }

    /// A method of this class or of its bases.
    pub fn method(&self, name: &str) -> Option<&'static Native> {
        find(self.methods, name).or_else(|| self.base.and_then(|base| base.method(name)))
    }

    /// What `Class.name` gives: a constant, a static method, or a method as a plain function.
    pub fn attr(&self, name: &str) -> Option<Value> {
        self.constants
            .iter()
            .find(|(constant, _)| *constant == name)
            .map(|(_, make)| make())
            .or_else(|| find(self.statics, name).map(Value::Native))
            .or_else(|| find(self.methods, name).map(Value::Native))
            .or_else(|| self.base.and_then(|base| base.attr(name)))
    }

    /// The dotted import path.
    pub fn path(&self) -> String {
        format!("{}.{}", self.module, self.name)
    }
}

fn find(table: &'static [Native], name: &str) -> Option<&'static Native> {
    table.iter().find(|native| native.name == name)
}

/// One argument of a call, with the place it was written at.
#[derive(Debug, Clone)]
pub struct Arg {
    /// The value.
    pub value: Value,
    /// The place.
    pub span: Span,
}

/// The arguments of a call, consumed one by one in the order of the callee's parameters.
#[derive(Debug, Clone)]
pub struct Args {
    /// The name of the callee, for messages.
    pub callee: Rc<str>,
    /// The call.
    pub span: Span,
    /// Positional arguments.
    pub positional: VecDeque<Arg>,
    /// Keyword arguments, in order.
    pub named: Vec<(Rc<str>, Arg)>,
    /// Why there may be further arguments: `*` or `**` of something unknown.
    pub open: Option<Cause>,
}

impl Args {
    /// No arguments.
    pub fn empty(callee: impl Into<Rc<str>>, span: Span) -> Self {
        Self { callee: callee.into(), span, positional: VecDeque::new(), named: Vec::new(), open: None }
    }

    /// Positional arguments alone, all at the call's own place.
    pub fn of(callee: impl Into<Rc<str>>, span: Span, values: impl IntoIterator<Item = Value>) -> Self {
        let positional = values.into_iter().map(|value| Arg { value, span }).collect();
        Self { positional, ..Self::empty(callee, span) }
    }

    /// Lets the arguments go one after the other, for a value that keeps them until it is dropped.
    pub(crate) fn release(&mut self) {
        super::release::later(self.positional.drain(..).map(|arg| arg.value));
        super::release::later(self.named.drain(..).map(|(_, arg)| arg.value));
    }

    /// The same call with a receiver in front.
    pub fn with_receiver(mut self, receiver: Value) -> Self {
        self.positional.push_front(Arg { value: receiver, span: self.span });
        self
    }

    /// All arguments.
    pub fn iter(&self) -> impl Iterator<Item = &Arg> {
        self.positional.iter().chain(self.named.iter().map(|(_, arg)| arg))
    }

    /// The first reason why an argument, or the list of arguments itself, is not known.
    pub fn first_unknown(&self) -> Option<&Cause> {
        self.open.as_ref().or_else(|| self.iter().find_map(|arg| arg.value.unknown()))
    }

    /// The next positional argument, for a parameter that cannot be given by name.
    pub fn pop(&mut self) -> Option<Value> {
        self.positional.pop_front().map(|arg| arg.value)
    }

    /// As `pop`, for an argument that must be there.
    pub fn need(&mut self) -> Eval<Value> {
        if let Some(value) = self.pop() {
            return Ok(value);
        }
        if let Some(cause) = &self.open {
            return Err(Stop::Unknown(cause.clone()));
        }
        Err(Stop::type_error(format!("{}() takes more positional arguments", self.callee)))
    }

    /// The next positional argument, else the keyword argument `name`, with its place.
    pub fn take_arg(&mut self, name: &str) -> Option<Arg> {
        self.positional.pop_front().or_else(|| self.named_arg(name))
    }

    /// The next positional argument, else the keyword argument `name`.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.take_arg(name).map(|arg| arg.value)
    }

    /// As `take`, for an argument that must be there.
    pub fn expect(&mut self, name: &str) -> Eval<Value> {
        if let Some(value) = self.take(name) {
            return Ok(value);
        }
        if let Some(cause) = &self.open {
            return Err(Stop::Unknown(cause.clone()));
        }
        Err(Stop::type_error(format!("{}() missing required argument: '{name}'", self.callee)))
    }

    /// The keyword-only argument `name`, with its place.
    pub fn named_arg(&mut self, name: &str) -> Option<Arg> {
        let at = self.named.iter().position(|(key, _)| &**key == name)?;
        Some(self.named.remove(at).1)
    }

    /// The keyword-only argument `name`.
    pub fn named(&mut self, name: &str) -> Option<Value> {
        self.named_arg(name).map(|arg| arg.value)
    }

    /// Ends the consumption: arguments that are left are an error, as in Python.
    pub fn finish(self) -> Eval<()> {
        if let Some(cause) = self.open {
            return Err(Stop::Unknown(cause));
        }
        if let Some((name, _)) = self.named.first() {
            return Err(Stop::type_error(format!(
                "{}() got an unexpected keyword argument '{name}'",
                self.callee
            )));
        }
        if !self.positional.is_empty() {
            return Err(Stop::type_error(format!("{}() takes fewer positional arguments", self.callee)));
        }
        Ok(())
    }
}
