//! Signatures of the user's functions: what `inspect.signature(f).bind(…)` would make of a call.

use std::rc::Rc;

use crate::map::IndexMap;
use crate::value::{Arg, Args, Eval, Function, Stop, Value};

/// The parameters of a function.
pub struct Signature {
    name: Rc<str>,
    positional: Vec<(Rc<str>, bool)>,
    keyword_only: Vec<Rc<str>>,
    varargs: Option<Rc<str>>,
    varkw: Option<Rc<str>>,
    defaults: Vec<(Rc<str>, Value)>,
}

/// The function that a value is or wraps, as `inspect.signature` follows `__wrapped__`.
pub fn function_of(value: &Value) -> Option<Rc<Function>> {
    let mut value = value.clone();
    for _ in 0..20 {
        let Value::Function(function) = &value else { break };
        let wrapped = function.attrs.borrow().get("__wrapped__").cloned();
        match wrapped {
            Some(inner @ Value::Function(_)) => value = inner,
            _ => return Some(Rc::clone(function)),
        }
    }
    None
}

/// `f.__name__` of a function, or why it is not known.
pub fn name_of(value: &Value) -> Option<Value> {
    match value {
        Value::Function(function) => Some(
            function.attrs.borrow().get("__name__").cloned().unwrap_or(Value::Str(Rc::clone(&function.name))),
        ),
        Value::Method(method) => name_of(&method.function),
        Value::Native(native) => Some(Value::str(native.name)),
        Value::Unknown(cause) => Some(Value::Unknown(cause.derived())),
        _ => None,
    }
}

/// `f.__doc__` of a function.
pub fn doc_of(value: &Value) -> Option<Rc<str>> {
    match value {
        Value::Function(function) => match function.attrs.borrow().get("__doc__") {
            Some(Value::Str(doc)) => Some(Rc::clone(doc)),
            Some(_) => None,
            None => function.doc.clone(),
        },
        _ => None,
    }
}

impl Signature {
    /// The signature of a function.
    pub fn of(function: &Function) -> Self {
        let mut signature = Self {
            name: Rc::clone(&function.name),
            positional: Vec::new(),
            keyword_only: Vec::new(),
            varargs: None,
            varkw: None,
            defaults: function.defaults.clone(),
        };
        let Some(parameters) = function.code.parameters() else { return signature };
        for parameter in &parameters.posonlyargs {
            signature.positional.push((parameter.parameter.name.as_str().into(), false));
        }
        for parameter in &parameters.args {
            signature.positional.push((parameter.parameter.name.as_str().into(), true));
        }
        for parameter in &parameters.kwonlyargs {
            signature.keyword_only.push(parameter.parameter.name.as_str().into());
        }
        signature.varargs = parameters.vararg.as_ref().map(|parameter| parameter.name.as_str().into());
        signature.varkw = parameters.kwarg.as_ref().map(|parameter| parameter.name.as_str().into());
        signature
    }

    /// The names of all parameters in order, `*args` and `**kwargs` included.
    pub fn names(&self) -> Vec<Rc<str>> {
        let mut names: Vec<Rc<str>> = self.positional.iter().map(|(name, _)| Rc::clone(name)).collect();
        names.extend(self.varargs.clone());
        names.extend(self.keyword_only.iter().cloned());
        names.extend(self.varkw.clone());
        names
    }

    /// Whether it takes `**kwargs`.
    pub fn takes_any(&self) -> bool {
        self.varkw.is_some()
    }

    /// Whether it takes `*args` or `**kwargs`.
    pub fn is_variadic(&self) -> bool {
        self.varkw.is_some() || self.varargs.is_some()
    }

    /// The parameters that a call must give, in order; those of `*args` and `**kwargs` are not among them.
    pub fn required(&self) -> Vec<Rc<str>> {
        let names = self.positional.iter().map(|(name, _)| name).chain(&self.keyword_only);
        names.filter(|name| self.default(name).is_none()).cloned().collect()
    }

    /// A parameter that `@asset` does not take, as it names it: `_validate_asset_function_arguments` of 3.0.6.
    pub fn unsupported_by_assets(&self) -> Option<String> {
        if let Some(name) = &self.varargs {
            return Some(format!("wildcard '*{name}'"));
        }
        if let Some(name) = &self.varkw {
            return Some(format!("wildcard '**{name}'"));
        }
        let positional =
            self.positional.iter().find(|(name, by_name)| !by_name && self.default(name).is_none());
        positional.map(|(name, _)| format!("positional-only argument '{name}' without a default"))
    }

    fn default(&self, name: &str) -> Option<Value> {
        self.defaults.iter().find(|(own, _)| &**own == name).map(|(_, value)| value.clone())
    }

    /// What Airflow asks of parameters that it fills when the function runs, those that `filled` accepts: they have no default
    /// but `None`.
    ///
    /// Source: `DecoratedOperator.__init__` of 2.10.5 and 3.0.6, as for the order.
    pub fn check_context_defaults(&self, filled: impl Fn(&str) -> bool) -> Eval<()> {
        for (name, value) in &self.defaults {
            if filled(name) && !value.is_none() && value.unknown().is_none() {
                let message = format!("context key parameter {name} can't have a default other than None");
                return Err(Stop::value_error(message));
            }
        }
        Ok(())
    }

    /// That no parameter without a default follows one that is filled when the function runs, those that `filled` accepts.
    pub fn check_order(&self, filled: impl Fn(&str) -> bool) -> Eval<()> {
        let mut optional = false;
        for (name, _) in &self.positional {
            if filled(name) || self.default(name).is_some() {
                optional = true;
            } else if optional {
                return Err(Stop::value_error(format!(
                    "the parameter '{name}' of `{}` has no default, and follows one that Airflow fills in",
                    self.name
                )));
            }
        }
        Ok(())
    }

    /// Binds a call with defaults applied. Parameters that `filled` accepts need no argument.
    pub fn bind(&self, mut args: Args, filled: impl Fn(&str) -> bool) -> Eval<IndexMap<Rc<str>, Arg>> {
        let span = args.span;
        let open = args.open.take();
        let mut bound = IndexMap::default();
        let mut positional = std::mem::take(&mut args.positional);
        for (name, by_name) in &self.positional {
            let first = positional.pop_front();
            if first.is_some() && *by_name && args.named.iter().any(|(given, _)| given == name) {
                return Err(Stop::type_error(format!("multiple values for argument '{name}'")));
            }
            let given = first.or_else(|| if *by_name { args.named_arg(name) } else { None });
            self.bind_one(name, given, open.as_ref(), span, &filled, &mut bound)?;
        }
        match &self.varargs {
            Some(name) => {
                let rest: Vec<Value> = positional.into_iter().map(|arg| arg.value).collect();
                bound.insert(Rc::clone(name), Arg { value: Value::tuple(rest), span });
            }
            None if positional.is_empty() => {}
            None => return Err(Stop::type_error("too many positional arguments")),
        }
        for name in &self.keyword_only {
            let given = args.named_arg(name);
            self.bind_one(name, given, open.as_ref(), span, &filled, &mut bound)?;
        }
        match &self.varkw {
            Some(name) => {
                let rest = Value::dict(args.named.into_iter().map(|(name, arg)| (name, arg.value)));
                bound.insert(Rc::clone(name), Arg { value: rest, span });
            }
            None => {
                if let Some((name, _)) = args.named.first() {
                    return Err(Stop::type_error(format!("got an unexpected keyword argument '{name}'")));
                }
            }
        }
        Ok(bound)
    }

    fn bind_one(
        &self,
        name: &Rc<str>,
        given: Option<Arg>,
        open: Option<&crate::datum::Cause>,
        span: crate::source::Span,
        filled: &impl Fn(&str) -> bool,
        bound: &mut IndexMap<Rc<str>, Arg>,
    ) -> Eval<()> {
        let arg = given
            .or_else(|| open.map(|cause| Arg { value: Value::Unknown(cause.clone()), span }))
            .or_else(|| self.default(name).map(|value| Arg { value, span }));
        match arg {
            Some(arg) => {
                bound.insert(Rc::clone(name), arg);
                Ok(())
            }
            None if filled(name) => Ok(()),
            None => {
                Err(Stop::type_error(format!("missing a required argument: '{name}' of `{}`", self.name)))
            }
        }
    }
}
