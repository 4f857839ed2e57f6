//! Control: `if`, `for`, `while`, `with`, `try`. Where an unknown decides, nothing in the construct runs, and its reach is in doubt.

use std::cell::RefCell;
use std::rc::Rc;

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{ExceptHandler, Stmt, StmtFor, StmtIf, StmtTry, StmtWhile, StmtWith, WithItem};
use ruff_text_size::Ranged;

use super::flow::{Escape, Flow};
use super::generator::Generator;
use super::{Scope, Vm};
use crate::datum::{Cause, CauseKind};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use crate::value::{Eval, Raise, Stop, Value, exception};

impl Vm {
    pub(super) fn exec_if(&mut self, scope: &Rc<Scope>, node: &StmtIf) -> Eval<Flow> {
        let mut branches = vec![(Some(&*node.test), node.body.as_slice())];
        branches.extend(
            node.elif_else_clauses.iter().map(|clause| (clause.test.as_ref(), clause.body.as_slice())),
        );
        for (at, (test, body)) in branches.iter().enumerate() {
            let Some(test) = test else { return self.exec_block(scope, body) };
            let test = self.eval(scope, test)?;
            match self.truth(&test) {
                Ok(true) => return self.exec_block(scope, body),
                Ok(false) => {}
                Err(Stop::Unknown(cause)) => return self.undecided_if(scope, &branches[at..], &cause),
                Err(stop) => return Err(stop),
            }
        }
        Ok(Flow::Next)
    }

    /// An `if` whose test is unknown. A branch that ends in an uncaught `raise` is taken not to run, for else Airflow would
    /// have no DAG; where that leaves one branch, that one runs.
    fn undecided_if(
        &mut self,
        scope: &Rc<Scope>,
        branches: &[(Option<&ruff_python_ast::Expr>, &[Stmt])],
        cause: &Cause,
    ) -> Eval<Flow> {
        let has_else = branches.last().is_some_and(|(test, _)| test.is_none());
        let open: Vec<_> =
            branches.iter().filter(|(_, body)| self.tries > 0 || !ends_in_raise(body)).collect();
        if open.len() < branches.len() {
            self.assume_no_raise(cause);
        }
        if open.is_empty() && !has_else {
            return Ok(Flow::Next);
        }
        if let ([(None, body)], true) = (open.as_slice(), has_else)
            && branches.len() > 1
        {
            return self.exec_block(scope, body);
        }
        let mut escape = Escape::none(cause.clone());
        for (at, (test, body)) in branches.iter().enumerate() {
            if let Some(test) = test.filter(|_| at > 0) {
                self.reach_of_expr(scope, test, cause)?;
            }
            escape = escape.and(&self.reach_of_block(scope, body, cause)?);
        }
        Ok(escape.flow())
    }

    pub(super) fn exec_for(&mut self, scope: &Rc<Scope>, node: &StmtFor) -> Eval<Flow> {
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

    pub(super) fn exec_while(&mut self, scope: &Rc<Scope>, node: &StmtWhile) -> Eval<Flow> {
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

    pub(super) fn exec_with(&mut self, scope: &Rc<Scope>, node: &StmtWith) -> Eval<Flow> {
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

    /// How a block was left that ran to `flow`, or raised on the way.
    fn left_in_doubt(mut escape: Escape, flow: Flow) -> Flow {
        match flow {
            Flow::Next => {}
            Flow::Break => escape.breaks = true,
            Flow::Continue => escape.continues = true,
            Flow::Return(_) => escape.returns = true,
            Flow::Doubt(other) => escape = escape.and(&other),
        }
        escape.flow()
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

    pub(super) fn exec_try(&mut self, scope: &Rc<Scope>, node: &StmtTry) -> Eval<Flow> {
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
    pub(super) fn assume_no_raise(&mut self, cause: &Cause) {
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

/// Whether a block certainly ends in an exception: there is no other way out of it.
fn ends_in_raise(body: &[Stmt]) -> bool {
    struct Leaves(bool);
    impl<'a> Visitor<'a> for Leaves {
        fn visit_stmt(&mut self, stmt: &'a Stmt) {
            match stmt {
                Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_) => self.0 = true,
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => walk_stmt(self, stmt),
            }
        }
    }
    let mut leaves = Leaves(false);
    leaves.visit_body(body);
    if leaves.0 {
        return false;
    }
    match body.last() {
        Some(Stmt::Raise(_)) => true,
        Some(Stmt::Expr(node)) => {
            let Some(call) = node.value.as_call_expr() else { return false };
            match &*call.func {
                ruff_python_ast::Expr::Attribute(attribute) => {
                    attribute.attr.as_str() == "exit"
                        && attribute.value.as_name_expr().is_some_and(|name| name.id.as_str() == "sys")
                }
                ruff_python_ast::Expr::Name(name) => matches!(name.id.as_str(), "exit" | "quit"),
                _ => false,
            }
        }
        _ => false,
    }
}
