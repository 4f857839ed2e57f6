//! `try`: what is raised in it, what may have been, and who handles it.

use std::rc::Rc;

use ruff_python_ast::{ExceptHandler, StmtTry};

use crate::datum::{Cause, CauseKind};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::flow::{Escape, Flow};
use crate::eval::{Scope, Vm};
use crate::value::{Eval, Raise, Stop};

impl Vm {
    pub(in crate::eval) fn exec_try(&mut self, scope: &Rc<Scope>, node: &StmtTry) -> Eval<Flow> {
        let handled = !node.handlers.is_empty();
        if node.is_star {
            let cause = self.cause(CauseKind::Unsupported, "`except*` is not evaluated");
            let flow = self.undecided_try(scope, node, Flow::Next, &cause)?;
            return match self.exec_block(scope, &node.finalbody)? {
                Flow::Next => Ok(flow),
                last => Ok(last),
            };
        }
        let outer = self.may_raise.take();
        self.tries += usize::from(handled);
        let result = self.exec_block(scope, &node.body);
        self.tries -= usize::from(handled);
        let doubt = std::mem::replace(&mut self.may_raise, outer);
        let result = match result {
            Ok(flow) => {
                let flow = match flow {
                    Flow::Next => self.exec_block(scope, &node.orelse),
                    flow => Ok(flow),
                };
                match doubt {
                    // Something in the body may have raised, so whether a handler ran is not known.
                    Some(cause) if handled => self.undecided_try(scope, node, flow?, &cause),
                    Some(cause) => {
                        self.note_may_raise(&cause);
                        flow
                    }
                    None => flow,
                }
            }
            Err(Stop::Raise(raise)) if handled => self.handle(scope, node, *raise),
            Err(stop) => Err(stop),
        };
        if node.finalbody.is_empty() || matches!(result, Err(Stop::Halt(_))) {
            return result;
        }
        match self.exec_block(scope, &node.finalbody)? {
            Flow::Next => result,
            flow => Ok(flow),
        }
    }

    /// A `try` whose body ran to `flow`, or raised on the way for `cause`: everything that any of its parts could do is in doubt.
    fn undecided_try(&mut self, scope: &Rc<Scope>, node: &StmtTry, flow: Flow, cause: &Cause) -> Eval<Flow> {
        let mut escape = self.reach_of_block(scope, &node.body, cause)?;
        for ExceptHandler::ExceptHandler(handler) in &node.handlers {
            escape = escape.and(&self.reach_of_block(scope, &handler.body, cause)?);
        }
        escape = escape.and(&self.reach_of_block(scope, &node.orelse, cause)?);
        Ok(Self::left_in_doubt(escape, flow))
    }

    fn handle(&mut self, scope: &Rc<Scope>, node: &StmtTry, raise: Raise) -> Eval<Flow> {
        for handler in &node.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            let caught = match &handler.type_ {
                None => true,
                Some(class) => {
                    let class = self.eval(scope, class)?;
                    match self.is_instance(&raise.exception, &class) {
                        Ok(caught) => caught,
                        // Whether this handler catches it is not known: neither this one nor the next ones run.
                        Err(Stop::Unknown(cause)) => {
                            let mut escape = Escape::none(cause.clone());
                            for handler in &node.handlers {
                                let ExceptHandler::ExceptHandler(handler) = handler;
                                escape = escape.and(&self.reach_of_block(scope, &handler.body, &cause)?);
                            }
                            return Ok(escape.flow());
                        }
                        Err(stop) => return Err(stop),
                    }
                }
            };
            if !caught {
                continue;
            }
            if let Some(name) = &handler.name {
                scope.target(name.as_str()).set(name.as_str(), raise.exception.clone());
            }
            self.handling.push(raise);
            let flow = self.exec_block(scope, &handler.body);
            self.handling.pop();
            if let Some(name) = &handler.name {
                scope.target(name.as_str()).remove(name.as_str());
            }
            return flow;
        }
        Err(Stop::Raise(Box::new(raise)))
    }

    /// Notes that code which may raise is taken not to, for else Airflow would have no DAG.
    pub(in crate::eval) fn assume_no_raise(&mut self, cause: &Cause) {
        let message = "whether this raises is not known; it is taken not to, since Airflow would have no DAG of the file";
        let finding = Diagnostic::note(codes::ASSUMED_NO_RAISE, self.here, message);
        let finding = finding.label(cause.span, cause.message.clone());
        if !self.diagnostics.contains(&finding) {
            self.diagnostics.push(finding);
        }
    }

    /// Remembers that something may have raised, for the `try` around it.
    pub fn note_may_raise(&mut self, cause: &Cause) {
        if self.tries > 0 {
            self.may_raise.get_or_insert_with(|| cause.clone());
        }
    }
}
