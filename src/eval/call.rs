//! Calls: arguments, dispatch by the kind of callee, and calls of something unknown.

use std::collections::VecDeque;
use std::rc::Rc;

use ruff_python_ast::{Expr, ExprCall};
use ruff_text_size::Ranged;

use super::library::CallReach;
use super::{Got, Outside, Scope, Vm};
use crate::datum::{Cause, CauseKind, Form};
use crate::map::HashSet;
use crate::source::Span;
use crate::value::{Arg, Args, Effect, Eval, Native, Stop, Value};

/// From how many keyword arguments on a repeated one is looked for by its hash.
const MANY_KEYWORDS: usize = 24;

impl Vm {
    pub(super) fn eval_call(&mut self, scope: &Rc<Scope>, node: &ExprCall) -> Eval<Value> {
        let (callee, receiver) = self.callee(scope, &node.func)?;
        let args = self.arguments(scope, node)?;
        if let (Value::Unknown(cause), Some(receiver)) = (&callee, receiver) {
            self.doubt_receiver(&receiver, &cause.clone())?;
        }
        let gives_own = match &callee {
            Value::Function(_) | Value::Unknown(_) => true,
            Value::Method(method) => matches!(method.function, Value::Function(_)),
            _ => false,
        };
        match self.call(&callee, args)? {
            // What a function of the library makes of an object is not that object.
            Value::Unknown(cause) if !gives_own => Ok(Value::Unknown(cause.indirect())),
            value => Ok(value),
        }
    }

    /// What is called, and whose method it is.
    fn callee(&mut self, scope: &Rc<Scope>, func: &Expr) -> Eval<(Value, Option<Value>)> {
        let Expr::Attribute(node) = func else { return Ok((self.eval(scope, func)?, None)) };
        self.spend(1)?;
        let receiver = self.eval(scope, &node.value)?;
        let before = std::mem::replace(&mut self.here, Span::new(scope.file, func.range()));
        let callee = self.or_unknown(|vm| vm.attr(&receiver, node.attr.as_str()));
        let callee = callee.map_err(|stop| self.place(stop));
        self.here = before;
        Ok((callee?, Some(receiver)))
    }

    /// A method that is not known may change the object that it belongs to. What is being built hears of such calls itself.
    fn doubt_receiver(&mut self, receiver: &Value, cause: &Cause) -> Eval<()> {
        let may_change = match receiver {
            Value::Object(object) => object.effect() == Effect::Receiver,
            Value::Instance(_) => true,
            Value::Unknown(own) => matches!(own.form, Some(Form::Made(_))),
            _ => false,
        };
        if may_change && self.reach_of_call(cause) != CallReach::Nothing {
            self.open_value(receiver, cause)?;
        }
        Ok(())
    }

    fn arguments(&mut self, scope: &Rc<Scope>, node: &ExprCall) -> Eval<Args> {
        let span = Span::new(scope.file, node.range());
        let name: Rc<str> = match &*node.func {
            Expr::Name(name) => name.id.as_str().into(),
            Expr::Attribute(attribute) => attribute.attr.as_str().into(),
            _ => "call".into(),
        };
        let mut args = Args {
            positional: VecDeque::with_capacity(node.arguments.args.len()),
            ..Args::empty(name, span)
        };
        for arg in &node.arguments.args {
            let span = Span::new(scope.file, arg.range());
            let Expr::Starred(starred) = arg else {
                args.positional.push_back(Arg { value: self.eval(scope, arg)?, span });
                continue;
            };
            let value = self.eval(scope, &starred.value)?;
            match self.iterate(&value) {
                Ok(items) => args.positional.extend(items.into_iter().map(|value| Arg { value, span })),
                Err(Stop::Unknown(cause)) => args.open = args.open.or(Some(cause.indirect())),
                Err(stop) => return Err(stop),
            }
        }
        let mut seen = HashSet::default();
        for keyword in &node.arguments.keywords {
            let span = Span::new(scope.file, keyword.value.range());
            let value = self.eval(scope, &keyword.value)?;
            let Some(name) = &keyword.arg else {
                match self.mapping_items(&value) {
                    Ok(items) => {
                        for (key, value) in items {
                            let Some(name) = key.as_str() else {
                                return Err(Stop::type_error("keywords must be strings"));
                            };
                            Self::keyword(&mut args, &mut seen, name.into(), Arg { value, span })?;
                        }
                    }
                    Err(Stop::Unknown(cause)) => args.open = args.open.or(Some(cause.indirect())),
                    Err(stop) => return Err(stop),
                }
                continue;
            };
            Self::keyword(&mut args, &mut seen, name.as_str().into(), Arg { value, span })?;
        }
        Ok(args)
    }

    /// Adds a keyword argument; `seen` has the names of those before, once they are many.
    fn keyword(args: &mut Args, seen: &mut HashSet<Rc<str>>, name: Rc<str>, arg: Arg) -> Eval<()> {
        let is_repeated = if args.named.len() < MANY_KEYWORDS {
            args.named.iter().any(|(other, _)| *other == name)
        } else {
            if seen.is_empty() {
                seen.extend(args.named.iter().map(|(name, _)| Rc::clone(name)));
            }
            !seen.insert(Rc::clone(&name))
        };
        if is_repeated {
            let message = format!("{}() got multiple values for keyword argument '{name}'", args.callee);
            return Err(Stop::type_error(message));
        }
        args.named.push((name, arg));
        Ok(())
    }

    /// Calls `callee`. An unknown callee opens what it could change and gives an unknown.
    pub fn call(&mut self, callee: &Value, args: Args) -> Eval<Value> {
        self.spend(1)?;
        match callee {
            Value::Function(function) => self.call_function(&Rc::clone(function), args),
            Value::Native(native) => self.call_native(native, args),
            Value::Type(class) => self.call_native(&class.new, args),
            Value::Method(method) => {
                let args = args.with_receiver(method.receiver.clone());
                self.call(&method.function, args)
            }
            Value::Class(class) => self.instantiate(&Rc::clone(class), args),
            Value::Instance(instance) => match instance.class.lookup("__call__") {
                Some(method) => {
                    let args = args.with_receiver(callee.clone());
                    self.call(&method, args)
                }
                None => match instance.class.why_open() {
                    Some(cause) => self.call_unknown(&cause, args),
                    None => {
                        Err(Stop::type_error(format!("'{}' object is not callable", instance.class.name)))
                    }
                },
            },
            Value::Object(object) => {
                let decides = args.first_unknown().is_some();
                // One object may call another that it holds.
                match self.nested(|vm| Rc::clone(object).call(vm, args)) {
                    Err(Stop::Unknown(cause)) if decides => Err(Stop::Unknown(cause.decided())),
                    result => result,
                }
            }
            Value::Unknown(cause) => self.call_unknown(&cause.clone(), args),
            other => Err(Stop::type_error(format!("'{}' object is not callable", other.type_name()))),
        }
    }

    fn call_native(&mut self, native: &'static Native, args: Args) -> Eval<Value> {
        // What comes of an unknown and of more than plain data may be one of the functions among that.
        let decides = args.first_unknown().is_some() && !args.iter().all(|arg| is_plain(&arg.value));
        match self.run_native(native, args) {
            Err(Stop::Unknown(cause)) if decides => Err(Stop::Unknown(cause.decided())),
            result => result,
        }
    }

    fn run_native(&mut self, native: &'static Native, args: Args) -> Eval<Value> {
        if !native.sees_unknown
            && let Some(cause) = args.first_unknown()
        {
            return Err(Stop::Unknown(cause.clone()));
        }
        if native.effect != Effect::Receiver {
            return (native.run)(self, args);
        }
        let receiver = args.positional.front().map(|arg| arg.value.clone());
        match (native.run)(self, args) {
            Err(Stop::Unknown(cause)) => {
                if let Some(receiver) = receiver {
                    self.open_value(&receiver, &cause)?;
                }
                Err(Stop::Unknown(cause))
            }
            result => result,
        }
    }

    /// A call of something unknown: it may change every mutable object it is given, run every function it is given, and, where
    /// something is being built, add to it.
    pub fn call_unknown(&mut self, callee: &Cause, args: Args) -> Eval<Value> {
        let library = Rc::clone(&self.library);
        let reach = self.reach_of_call(callee);
        if reach == CallReach::Nothing {
            let Some(path) = callee.path.as_ref().filter(|_| callee.is_direct()) else {
                return Ok(Value::Unknown(callee.derived()));
            };
            return match library.host().make_data(path, args)? {
                Ok(value) => Ok(value),
                Err(args) => Ok(Value::Unknown(self.made(callee, &Rc::new(args), callee.derived()))),
            };
        }
        let args = if callee.is_direct() {
            match library.host().call_unknown(self, callee, args)? {
                Ok(value) => return Ok(value),
                Err(args) => args,
            }
        } else {
            args
        };
        let span = args.span;
        self.touch_callee(callee, reach);
        // What nobody else sees cannot be told to be changed.
        let given: Vec<Value> = args
            .iter()
            .filter(|arg| !self.is_unshared(&arg.value, arg.span))
            .map(|arg| arg.value.clone())
            .collect();
        let args = Rc::new(args);
        let cause = match callee.kind {
            CauseKind::Import | CauseKind::NotModelled => match self.service_call(callee, span) {
                Some(cause) => cause,
                None => callee.indirect(),
            },
            // What a service gave is asked further, and so is data.
            CauseKind::World if callee.path.is_some() => callee.indirect(),
            _ if callee.is_data() => callee.derived(),
            _ => Cause::new(
                CauseKind::Call,
                span,
                format!("the result of calling `{}` is not known", args.callee),
            )
            .because(callee),
        };
        self.doubt_call(&given, &cause, span, reach)?;
        self.note_may_raise(&cause);
        let is_import = matches!(cause.kind, CauseKind::Import | CauseKind::NotModelled);
        Ok(Value::Unknown(if is_import { self.made(callee, &args, cause) } else { cause }))
    }

    /// The reason for what a call gives, with the call itself where that can be repeated.
    fn made(&self, callee: &Cause, args: &Rc<Args>, cause: Cause) -> Cause {
        match self.made_by(callee, args) {
            Some(form) => cause.derived().with_form(form),
            None => cause,
        }
    }

    /// The reason for what a service gives, where the callee is one that reaches a service.
    fn service_call(&self, callee: &Cause, span: Span) -> Option<Cause> {
        let path = callee.path.as_ref().filter(|path| callee.is_direct() && self.library.is_service(path))?;
        self.note_outside(Outside {
            kind: CauseKind::World,
            name: format!("a service is reached by `{path}`"),
            span,
            got: Got::Nothing,
            default: None,
            json: false,
        });
        let message = format!("what `{path}` gives is known only when Airflow runs");
        let help = "nothing is fetched while DAGs are converted: let a task do it, or put what it gives into a file of the DAG folder";
        Some(Cause::new(CauseKind::World, span, message).with_help(help).with_path(format!("{path}[…]")))
    }

    /// What a call of something unknown may do: what the user's configuration says, else what the library knows of its path.
    pub(super) fn reach_of_call(&self, callee: &Cause) -> CallReach {
        match &callee.path {
            Some(_) if callee.is_data() => CallReach::Arguments,
            Some(path) if self.world.pure.iter().any(|pure| pure == path) => CallReach::Nothing,
            Some(path) => self.library.call_reach(path),
            None => CallReach::Anything,
        }
    }
}

/// Whether a value is plain data, in which no function can be.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Unknown(_)
        | Value::None
        | Value::Ellipsis
        | Value::NotImplemented
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Str(_)
        | Value::Bytes(_)
        | Value::Range(_)
        | Value::Type(_) => true,
        Value::Tuple(_)
        | Value::List(_)
        | Value::Dict(_)
        | Value::Set(_)
        | Value::Iter(_)
        | Value::Function(_)
        | Value::Native(_)
        | Value::Method(_)
        | Value::Class(_)
        | Value::Instance(_)
        | Value::Module(_)
        | Value::Object(_) => false,
    }
}
