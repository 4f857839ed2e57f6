//! Names: where a read finds its value.

use std::rc::Rc;

use super::{Scope, ScopeKind, Vm};
use crate::value::{Eval, Stop, Value, exception};

/// How a name has no value.
pub(super) enum Lacking {
    /// It is local to the function, and not bound yet.
    Local,
    /// Nothing binds it.
    Everywhere,
}

impl Vm {
    /// The value of a name as code in `scope` reads it.
    pub(super) fn lookup(&self, scope: &Rc<Scope>, name: &str) -> Eval<Value> {
        self.find(scope, name).map_err(|lacking| match lacking {
            Lacking::Local => {
                let message =
                    format!("cannot access local variable '{name}' where it is not associated with a value");
                Stop::raise(&exception::UNBOUND_LOCAL_ERROR, message)
            }
            Lacking::Everywhere => {
                Stop::raise(&exception::NAME_ERROR, format!("name '{name}' is not defined"))
            }
        })
    }

    /// The value of a name as `lookup` gives it, or how it is lacking.
    pub(super) fn find(&self, scope: &Rc<Scope>, name: &str) -> Result<Value, Lacking> {
        let mut at = Some(scope.target(name));
        if !at.as_ref().is_some_and(|target| Rc::ptr_eq(target, scope)) {
            // Declared global or nonlocal.
            if let Some(value) = at.as_ref().and_then(|target| target.get(name)) {
                return Ok(value);
            }
            at = at.and_then(|target| target.parent.clone());
        }
        let mut innermost = true;
        while let Some(scope) = at {
            if innermost || scope.kind != ScopeKind::Class {
                if let Some(value) = scope.get(name) {
                    return Ok(value);
                }
                if let Some(cause) = scope.why_open() {
                    return Ok(Value::Unknown(cause));
                }
                if scope.is_local(name) {
                    return Err(Lacking::Local);
                }
            }
            innermost = false;
            at = scope.parent.as_ref().map(Rc::clone);
        }
        self.library.builtin(name).ok_or(Lacking::Everywhere)
    }
}
