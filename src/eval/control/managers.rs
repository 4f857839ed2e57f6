//! `with`, and context managers entered and left.

use std::cell::RefCell;
use std::rc::Rc;

use ruff_python_ast::{Stmt, StmtWith, WithItem};
use ruff_text_size::Ranged;

use crate::eval::flow::Flow;
use crate::eval::generator::Generator;
use crate::eval::{Scope, Vm};
use crate::source::Span;
use crate::value::{Eval, Raise, Stop, Value};

impl Vm {
    pub(in crate::eval) fn exec_with(&mut self, scope: &Rc<Scope>, node: &StmtWith) -> Eval<Flow> {
        self.with_items(scope, &node.items, &node.body)
    }

    fn with_items(&mut self, scope: &Rc<Scope>, items: &[WithItem], body: &[Stmt]) -> Eval<Flow> {
        let Some((item, rest)) = items.split_first() else { return self.exec_block(scope, body) };
        let manager = self.eval(scope, &item.context_expr)?;
        let span = Span::new(scope.file, item.context_expr.range());
        if let Some(generator) = manager.downcast::<Generator>() {
            return self.with_generator(scope, item, rest, body, &generator);
        }
        if let Value::Object(object) = &manager
            && let Some(classes) = object.suppresses()
        {
            return self.with_suppressed(scope, rest, body, &Value::tuple(classes));
        }
        let entered = match self.enter(&manager, span) {
            Ok(value) => value,
            Err(Stop::Unknown(cause)) => {
                self.note_may_raise(&cause);
                if let Some(target) = &item.optional_vars {
                    self.assign(scope, target, Value::Unknown(cause.derived()))?;
                }
                for item in rest {
                    self.reach_of_expr(scope, &item.context_expr, &cause)?;
                    if let Some(target) = &item.optional_vars {
                        self.assign(scope, target, Value::Unknown(cause.derived()))?;
                    }
                }
                return Ok(self.reach_of_block(scope, body, &cause)?.flow());
            }
            Err(stop) => return Err(stop),
        };
        if let Some(target) = &item.optional_vars {
            self.assign(scope, target, entered)?;
        }
        let result = self.with_items(scope, rest, body);
        match result {
            Err(Stop::Raise(raise)) => {
                if self.exit(&manager, Some(&raise))? {
                    Ok(Flow::Next)
                } else {
                    Err(Stop::Raise(raise))
                }
            }
            Err(stop) => Err(stop),
            Ok(flow) => {
                self.exit(&manager, None)?;
                Ok(flow)
            }
        }
    }

    /// `with suppress(…)`: as a `try` whose handler does nothing.
    fn with_suppressed(
        &mut self,
        scope: &Rc<Scope>,
        rest: &[WithItem],
        body: &[Stmt],
        classes: &Value,
    ) -> Eval<Flow> {
        let outer = self.may_raise.take();
        self.tries += 1;
        let result = self.with_items(scope, rest, body);
        self.tries -= 1;
        let doubt = std::mem::replace(&mut self.may_raise, outer);
        match (result, doubt) {
            (Ok(flow), None) => Ok(flow),
            (Ok(flow), Some(cause)) => {
                Ok(Self::left_in_doubt(self.reach_of_block(scope, body, &cause)?, flow))
            }
            (Err(Stop::Raise(raise)), _) => match self.is_instance(&raise.exception, classes) {
                Ok(true) => Ok(Flow::Next),
                Ok(false) => Err(Stop::Raise(raise)),
                Err(Stop::Unknown(cause)) => Ok(self.reach_of_block(scope, body, &cause)?.flow()),
                Err(stop) => Err(stop),
            },
            (Err(stop), _) => Err(stop),
        }
    }

    pub(crate) fn enter(&mut self, manager: &Value, span: Span) -> Eval<Value> {
        match manager {
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            Value::Object(object) => match Rc::clone(object).enter(self, span)? {
                Some(value) => Ok(value),
                None => Err(Stop::type_error(format!(
                    "'{}' object does not support the context manager protocol",
                    manager.type_name()
                ))),
            },
            Value::Instance(_) => {
                let method = self.attr(manager, "__enter__")?;
                self.call_with(&method, []).and_then(Value::known)
            }
            other => Err(Stop::type_error(format!(
                "'{}' object does not support the context manager protocol",
                other.type_name()
            ))),
        }
    }

    /// Leaves a `with`; gives whether the exception is swallowed.
    pub(crate) fn exit(&mut self, manager: &Value, raise: Option<&Raise>) -> Eval<bool> {
        match manager {
            Value::Object(object) => {
                Rc::clone(object).exit(self)?;
                Ok(false)
            }
            Value::Instance(_) => {
                let method = self.attr(manager, "__exit__")?;
                let args = match raise {
                    None => [Value::None, Value::None, Value::None],
                    Some(raise) => {
                        let class = crate::value::types::class_of(self, &raise.exception)?;
                        [class, raise.exception.clone(), Value::None]
                    }
                };
                let result = self.call_with(&method, args)?;
                if raise.is_none() { Ok(false) } else { self.truth(&result) }
            }
            _ => Ok(false),
        }
    }

    /// `with` over a function under `@contextmanager`: the body runs inside its `yield`.
    fn with_generator(
        &mut self,
        scope: &Rc<Scope>,
        item: &WithItem,
        rest: &[WithItem],
        body: &[Stmt],
        generator: &Rc<Generator>,
    ) -> Eval<Flow> {
        let outcome = Rc::new(RefCell::new(Flow::Next));
        let consumer = {
            let (scope, outcome) = (Rc::clone(scope), Rc::clone(&outcome));
            let (target, rest, body) = (item.optional_vars.clone(), rest.to_vec(), body.to_vec());
            move |vm: &mut Vm, value: Value| {
                if let Some(target) = &target {
                    vm.assign(&scope, target, value)?;
                }
                *outcome.borrow_mut() = vm.with_items(&scope, &rest, &body)?;
                Ok(Value::None)
            }
        };
        if let Some(cause) = generator.drive(self, Rc::new(consumer))? {
            return Ok(self.reach_of_block(scope, body, &cause)?.flow());
        }
        Ok(std::mem::replace(&mut *outcome.borrow_mut(), Flow::Next))
    }
}
