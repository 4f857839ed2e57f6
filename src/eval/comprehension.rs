//! Comprehensions and generator expressions.

use std::rc::Rc;

use ruff_python_ast::{Comprehension, Expr};

use super::{Scope, ScopeKind, Vm};
use crate::datum::Cause;
use crate::value::{Eval, Stop, Value};

/// What a comprehension goes over.
enum Items {
    All(std::vec::IntoIter<Value>),
    Iterator(Value),
}

impl Vm {
    /// Runs a comprehension; gives the values of `parts` for each item, or why the items are not known.
    pub(super) fn comprehend(
        &mut self,
        scope: &Rc<Scope>,
        generators: &[Comprehension],
        parts: &[&Expr],
    ) -> Eval<Result<Vec<Vec<Value>>, Cause>> {
        let Some(first) = generators.first() else { return Ok(Ok(Vec::new())) };
        let inner = Scope::inside(scope, ScopeKind::Function);
        inner.comprehension.set(true);
        // The first iterable is evaluated in the scope around the comprehension.
        let source = self.eval(scope, &first.iter)?;
        let mut items = Vec::new();
        match self.comprehend_from(&inner, generators, source, parts, &mut items)? {
            None => Ok(Ok(items)),
            Some(cause) => {
                // What ran has run; what did not, or did in vain, is in doubt.
                for generator in generators {
                    for condition in &generator.ifs {
                        self.reach_of_expr(&inner, condition, &cause)?;
                    }
                }
                for part in parts {
                    self.reach_of_expr(&inner, part, &cause)?;
                }
                Ok(Err(cause))
            }
        }
    }

    pub(super) fn comprehend_from(
        &mut self,
        scope: &Rc<Scope>,
        generators: &[Comprehension],
        source: Value,
        parts: &[&Expr],
        items: &mut Vec<Vec<Value>>,
    ) -> Eval<Option<Cause>> {
        let Some((generator, rest)) = generators.split_first() else { return Ok(None) };
        let mut source = match self.items_of(&source) {
            Ok(source) => source,
            Err(Stop::Unknown(cause)) => {
                self.note_may_raise(&cause);
                return Ok(Some(cause));
            }
            Err(stop) => return Err(stop),
        };
        'items: loop {
            let value = match &mut source {
                Items::All(values) => values.next(),
                Items::Iterator(iterator) => match self.next(iterator) {
                    Err(Stop::Unknown(cause)) => return Ok(Some(cause)),
                    value => value?,
                },
            };
            let Some(value) = value else { break };
            self.spend(1)?;
            self.assign(scope, &generator.target, value)?;
            for condition in &generator.ifs {
                let condition = self.eval(scope, condition)?;
                match self.truth(&condition) {
                    Ok(true) => {}
                    Ok(false) => continue 'items,
                    Err(Stop::Unknown(cause)) => return Ok(Some(cause)),
                    Err(stop) => return Err(stop),
                }
            }
            if let Some(next) = rest.first() {
                let source = self.eval(scope, &next.iter)?;
                if let Some(cause) = self.comprehend_from(scope, rest, source, parts, items)? {
                    return Ok(Some(cause));
                }
                continue;
            }
            let mut item = Vec::with_capacity(parts.len());
            for part in parts {
                item.push(self.eval(scope, part)?);
            }
            items.push(item);
            self.check_size(items.len())?;
        }
        Ok(None)
    }

    /// What a comprehension goes over. What its body asks an iterator for is gone for it too.
    fn items_of(&mut self, source: &Value) -> Eval<Items> {
        let is_iterator = match source {
            Value::Iter(_) => true,
            Value::Object(object) => object.is_iterator(),
            _ => false,
        };
        if is_iterator {
            return Ok(Items::Iterator(source.clone()));
        }
        self.iterate(source).map(|values| Items::All(values.into_iter()))
    }

    /// Where a walrus in `scope` binds: outside of comprehensions.
    pub(super) fn walrus_scope(scope: &Rc<Scope>) -> Rc<Scope> {
        match &scope.parent {
            Some(parent) if scope.comprehension.get() => Self::walrus_scope(parent),
            _ => Rc::clone(scope),
        }
    }
}
