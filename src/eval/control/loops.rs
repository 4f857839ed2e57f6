//! `for` and `while`.

use std::cell::RefCell;
use std::rc::Rc;

use ruff_python_ast::{StmtFor, StmtWhile};

use crate::datum::Cause;
use crate::eval::flow::{Escape, Flow};
use crate::eval::generator::Generator;
use crate::eval::{Scope, Vm};
use crate::value::{Eval, Stop, Value, exception};

impl Vm {
    pub(in crate::eval) fn exec_for(&mut self, scope: &Rc<Scope>, node: &StmtFor) -> Eval<Flow> {
        let source = self.eval(scope, &node.iter)?;
        if let Some(generator) = source.downcast::<Generator>()
            && generator.is_fresh()
        {
            return self.for_generator(scope, node, &generator);
        }
        match self.iterator(&source) {
            Ok(iterator) => self.loop_over(scope, node, &iterator),
            Err(Stop::Unknown(cause)) => self.undecided_for(scope, node, &cause),
            Err(stop) => Err(stop),
        }
    }

    fn undecided_for(&mut self, scope: &Rc<Scope>, node: &StmtFor, cause: &Cause) -> Eval<Flow> {
        self.note_may_raise(cause);
        let mut escape =
            self.reach_of_loop(scope, Some(&node.target), Some(&node.iter), &node.body, cause)?;
        escape = escape.and(&self.reach_of_block(scope, &node.orelse, cause)?);
        escape.breaks = false;
        escape.continues = false;
        Ok(escape.flow())
    }

    fn loop_over(&mut self, scope: &Rc<Scope>, node: &StmtFor, iterator: &Value) -> Eval<Flow> {
        loop {
            let item = match self.next(iterator) {
                Ok(Some(item)) => item,
                Ok(None) => break,
                // The list was opened by the body.
                Err(Stop::Unknown(cause)) => return self.undecided_for(scope, node, &cause),
                Err(stop) => return Err(stop),
            };
            self.spend(1)?;
            self.assign(scope, &node.target, item)?;
            match self.exec_block(scope, &node.body)? {
                Flow::Break => return Ok(Flow::Next),
                flow @ Flow::Return(_) => return Ok(flow),
                Flow::Doubt(escape) if escape.breaks || escape.returns => {
                    let further = self.undecided_loop(scope, node, &escape.cause)?;
                    let mut all = escape.and(&further);
                    all.breaks = false;
                    all.continues = false;
                    return Ok(all.flow());
                }
                Flow::Next | Flow::Continue | Flow::Doubt(_) => {}
            }
        }
        self.exec_block(scope, &node.orelse)
    }

    fn undecided_loop(&mut self, scope: &Rc<Scope>, node: &StmtFor, cause: &Cause) -> Eval<Escape> {
        let escape = self.reach_of_loop(scope, Some(&node.target), Some(&node.iter), &node.body, cause)?;
        Ok(escape.and(&self.reach_of_block(scope, &node.orelse, cause)?))
    }

    /// A loop over a generator runs inside its `yield`s.
    fn for_generator(&mut self, scope: &Rc<Scope>, node: &StmtFor, generator: &Rc<Generator>) -> Eval<Flow> {
        let outcome = Rc::new(RefCell::new(Ok(Flow::Next)));
        let consumer = {
            let (scope, node, outcome) = (Rc::clone(scope), node.clone(), Rc::clone(&outcome));
            move |vm: &mut Vm, value: Value| {
                let flow = match vm.assign(&scope, &node.target, value) {
                    Ok(()) => vm.exec_block(&scope, &node.body),
                    Err(stop) => Err(stop),
                };
                match flow {
                    Ok(Flow::Next | Flow::Continue) => Ok(Value::None),
                    Err(stop @ (Stop::Halt(_) | Stop::Unknown(_))) => Err(stop),
                    // What the body raises does not pass through the generator, which is only closed.
                    flow => {
                        *outcome.borrow_mut() = flow;
                        Err(Stop::raise(&exception::GENERATOR_EXIT, ""))
                    }
                }
            }
        };
        let result = generator.drive(self, Rc::new(consumer));
        let flow = std::mem::replace(&mut *outcome.borrow_mut(), Ok(Flow::Next))?;
        match flow {
            Flow::Next => match result? {
                None => self.exec_block(scope, &node.orelse),
                Some(cause) => self.undecided_for(scope, node, &cause),
            },
            Flow::Break => Ok(Flow::Next),
            Flow::Doubt(escape) => {
                let further = self.undecided_loop(scope, node, &escape.cause)?;
                let mut all = escape.and(&further);
                all.breaks = false;
                all.continues = false;
                Ok(all.flow())
            }
            flow => Ok(flow),
        }
    }

    pub(in crate::eval) fn exec_while(&mut self, scope: &Rc<Scope>, node: &StmtWhile) -> Eval<Flow> {
        loop {
            self.spend(1)?;
            let test = self.eval(scope, &node.test)?;
            match self.truth(&test) {
                Ok(true) => {}
                Ok(false) => return self.exec_block(scope, &node.orelse),
                Err(Stop::Unknown(cause)) => return self.undecided_while(scope, node, Escape::none(cause)),
                Err(stop) => return Err(stop),
            }
            match self.exec_block(scope, &node.body)? {
                Flow::Break => return Ok(Flow::Next),
                flow @ Flow::Return(_) => return Ok(flow),
                Flow::Doubt(escape) if escape.breaks || escape.returns => {
                    return self.undecided_while(scope, node, escape);
                }
                Flow::Next | Flow::Continue | Flow::Doubt(_) => {}
            }
        }
    }

    fn undecided_while(&mut self, scope: &Rc<Scope>, node: &StmtWhile, escape: Escape) -> Eval<Flow> {
        let cause = escape.cause.clone();
        self.reach_of_expr(scope, &node.test, &cause)?;
        let mut all = escape.and(&self.reach_of_loop(scope, None, None, &node.body, &cause)?);
        all = all.and(&self.reach_of_block(scope, &node.orelse, &cause)?);
        all.breaks = false;
        all.continues = false;
        Ok(all.flow())
    }
}
