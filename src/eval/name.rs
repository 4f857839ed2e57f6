//! Names: where a read finds its value.

use std::rc::Rc;

use super::{Scope, ScopeKind, Vm};
use crate::value::{Eval, Stop, Value, exception};

impl Vm {
    /// The value of a name as code in `scope` reads it.
    pub(super) fn lookup(&mut self, scope: &Rc<Scope>, name: &str) -> Eval<Value> {
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
                    let message = format!(
                        "cannot access local variable '{name}' where it is not associated with a value"
                    );
                    return Err(Stop::raise(&exception::UNBOUND_LOCAL_ERROR, message));
                }
            }
            innermost = false;
            at = scope.parent.as_ref().map(Rc::clone);
        }
        if let Some(value) = self.library.clone().builtin(name) {
            return Ok(value);
        }
        if matches!(name, "__class__" | "__annotations__" | "__builtins__" | "__spec__" | "__loader__") {
            return self.unsupported(format!("the name `{name}` is not modelled"));
        }
        Err(Stop::raise(&exception::NAME_ERROR, format!("name '{name}' is not defined")))
    }
}
