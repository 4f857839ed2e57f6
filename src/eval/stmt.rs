//! Statements: the dispatcher and the simple ones. Control is in `control`, definitions in `function` and `class`.

use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt, StmtAnnAssign, StmtAugAssign, StmtRaise};
use ruff_text_size::Ranged;

use super::flow::Flow;
use super::{Scope, ScopeKind, Vm};
use crate::datum::CauseKind;
use crate::source::Span;
use crate::value::{Eval, Raise, Stop, Value, exception};

impl Vm {
    /// Runs statements one after the other.
    pub(super) fn exec_block(&mut self, scope: &Rc<Scope>, body: &[Stmt]) -> Eval<Flow> {
        for (at, stmt) in body.iter().enumerate() {
            match self.exec(scope, stmt)? {
                Flow::Next => {}
                Flow::Doubt(escape) => {
                    let skipped = self.reach_of_block(scope, &body[at + 1..], &escape.cause)?;
                    return Ok(Flow::Doubt(escape.and(&skipped)));
                }
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }

    /// Runs one statement.
    pub(super) fn exec(&mut self, scope: &Rc<Scope>, stmt: &Stmt) -> Eval<Flow> {
        self.spend(1)?;
        let before = std::mem::replace(&mut self.here, Span::new(scope.file, stmt.range()));
        let flow = self.exec_inner(scope, stmt).map_err(|stop| self.place(stop));
        self.here = before;
        flow
    }

    /// Gives an exception without a place the place at hand.
    pub(super) fn place(&self, mut stop: Stop) -> Stop {
        if let Stop::Raise(raise) = &mut stop {
            raise.span.get_or_insert(self.here);
        }
        stop
    }

    fn exec_inner(&mut self, scope: &Rc<Scope>, stmt: &Stmt) -> Eval<Flow> {
        match stmt {
            Stmt::Expr(node) => {
                self.eval(scope, &node.value)?;
            }
            Stmt::Assign(node) => {
                let value = self.eval(scope, &node.value)?;
                for target in &node.targets {
                    self.assign(scope, target, value.clone())?;
                }
            }
            Stmt::AnnAssign(node) => self.annotated(scope, node)?,
            Stmt::AugAssign(node) => self.augmented(scope, node)?,
            Stmt::FunctionDef(node) => self.define_function(scope, node)?,
            Stmt::ClassDef(node) => self.define_class(scope, node)?,
            Stmt::If(node) => return self.exec_if(scope, node),
            Stmt::For(node) => return self.exec_for(scope, node),
            Stmt::While(node) => return self.exec_while(scope, node),
            Stmt::With(node) => return self.exec_with(scope, node),
            Stmt::Try(node) => return self.exec_try(scope, node),
            Stmt::Match(node) => return self.exec_match(scope, node),
            Stmt::Return(node) => {
                let value = match &node.value {
                    Some(value) => self.eval(scope, value)?,
                    None => Value::None,
                };
                return Ok(Flow::Return(value));
            }
            Stmt::Break(_) => return Ok(Flow::Break),
            Stmt::Continue(_) => return Ok(Flow::Continue),
            Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => {}
            Stmt::Raise(node) => return Err(self.raise(scope, node)?),
            Stmt::Assert(node) => {
                let test = self.eval(scope, &node.test)?;
                let holds = match self.truth(&test) {
                    Ok(holds) => holds,
                    Err(Stop::Unknown(cause)) => {
                        // It is taken to hold, where nobody catches what it raises: else Airflow would have no DAG.
                        if self.tries > 0 {
                            self.note_may_raise(&cause);
                        } else {
                            self.here = Span::new(scope.file, node.range());
                            self.assume_no_raise(&cause);
                        }
                        true
                    }
                    Err(stop) => return Err(stop),
                };
                if !holds {
                    let message = match &node.msg {
                        Some(message) => vec![self.eval(scope, message)?],
                        None => Vec::new(),
                    };
                    let exception = exception::Exception::new(&exception::ASSERTION_ERROR, message);
                    return Err(Stop::Raise(Box::new(Raise {
                        exception: Value::object(exception),
                        span: None,
                    })));
                }
            }
            Stmt::Delete(node) => {
                for target in &node.targets {
                    self.delete(scope, target)?;
                }
            }
            Stmt::Import(node) => self.exec_import(scope, node)?,
            Stmt::ImportFrom(node) => self.exec_import_from(scope, node)?,
            Stmt::Global(node) => {
                node.names.iter().for_each(|name| scope.declare(name.as_str(), ScopeKind::Module));
            }
            Stmt::Nonlocal(node) => {
                node.names.iter().for_each(|name| scope.declare(name.as_str(), ScopeKind::Function));
            }
            Stmt::TypeAlias(node) => {
                let cause = self.cause(CauseKind::Unsupported, "a type alias has no value here");
                self.assign(scope, &node.name, Value::Unknown(cause))?;
            }
        }
        Ok(Flow::Next)
    }

    fn annotated(&mut self, scope: &Rc<Scope>, node: &StmtAnnAssign) -> Eval<()> {
        if scope.kind == ScopeKind::Class
            && let Expr::Name(name) = &*node.target
        {
            let annotation = self.slice(scope.file, node.annotation.range());
            Self::note_annotation(scope, name.id.as_str(), &annotation);
        }
        let Some(value) = &node.value else { return Ok(()) };
        let value = self.eval(scope, value)?;
        self.assign(scope, &node.target, value)
    }

    fn augmented(&mut self, scope: &Rc<Scope>, node: &StmtAugAssign) -> Eval<()> {
        let right_of = |vm: &mut Vm| vm.eval(scope, &node.value);
        let span = self.here;
        match &*node.target {
            Expr::Attribute(target) => {
                let object = self.eval(scope, &target.value)?;
                let left = self.or_unknown(|vm| vm.attr(&object, target.attr.as_str()))?;
                let right = right_of(self)?;
                let value = self.or_unknown(|vm| vm.binary_inplace(node.op, &left, &right))?;
                self.set_attr(&object, target.attr.as_str(), value, span)
            }
            Expr::Subscript(target) => {
                let object = self.eval(scope, &target.value)?;
                let key = self.eval(scope, &target.slice)?;
                let left = self.or_unknown(|vm| vm.item(&object, &key))?;
                let right = right_of(self)?;
                let value = self.or_unknown(|vm| vm.binary_inplace(node.op, &left, &right))?;
                self.store_item(&object, &key, value, span)
            }
            target => {
                let left = self.eval(scope, target)?;
                let right = right_of(self)?;
                let value = self.or_unknown(|vm| vm.binary_inplace(node.op, &left, &right))?;
                if let Value::Unknown(cause) = &value {
                    let cause = cause.clone();
                    self.open_value(&left, &cause)?;
                }
                self.assign(scope, target, value)
            }
        }
    }

    fn raise(&mut self, scope: &Rc<Scope>, node: &StmtRaise) -> Eval<Stop> {
        let span = Some(self.here);
        let Some(exc) = &node.exc else {
            return Ok(match self.handling.last() {
                Some(raise) => Stop::Raise(Box::new(raise.clone())),
                None => Stop::raise(&exception::RUNTIME_ERROR, "No active exception to reraise"),
            });
        };
        let mut value = self.eval(scope, exc)?;
        if matches!(value, Value::Type(_) | Value::Class(_)) {
            value = self.or_unknown(|vm| vm.call_with(&value, []))?;
        }
        Ok(Stop::Raise(Box::new(Raise { exception: value, span })))
    }

    /// The source text of a range.
    pub(super) fn slice(&self, file: crate::source::FileId, range: ruff_text_size::TextRange) -> String {
        self.sources.get(file).slice(range).to_owned()
    }

    /// A result, with an unknown as a value and not as a stop.
    pub(super) fn or_unknown(&mut self, run: impl FnOnce(&mut Self) -> Eval<Value>) -> Eval<Value> {
        match run(self) {
            Err(Stop::Unknown(cause)) => {
                self.note_may_raise(&cause);
                Ok(Value::Unknown(cause.derived()))
            }
            result => result,
        }
    }
}
