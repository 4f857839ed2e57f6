//! Control: `if`, and below it `for`, `while`, `with`, `try`. Where an unknown decides, nothing in the construct runs, and its reach is
//! in doubt.

mod handlers;
mod loops;
mod managers;

use std::rc::Rc;

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Stmt, StmtIf};

use super::flow::{Escape, Flow};
use super::{Scope, Vm};
use crate::datum::Cause;
use crate::value::{Eval, Stop};

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
