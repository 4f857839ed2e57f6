//! Modules of the library that are written in Python: their code is evaluated as that of local modules is.
//!
//! What goes wrong inside is said to be wrong where the user's code called it.

use std::path::Path;
use std::rc::Rc;

use super::{Frame, Scope, Vm};
use crate::datum::{Cause, CauseKind};
use crate::source::{FileId, Span};
use crate::value::exception::{BASE_EXCEPTION, Exception};
use crate::value::{Eval, Function, Stop, Type, Value};

/// The code of a module.
#[derive(Debug)]
pub struct Written {
    /// Its import path.
    pub module: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// What the library's own code raises where it does not know. No `except` of its own catches it, and the user's code never sees
/// it: the call of the library is unknown.
pub static NOT_KNOWN: Type = Type {
    base: Some(&BASE_EXCEPTION),
    ..Type::new("_library", "NotKnown", |_, args| {
        let args = args.positional.into_iter().map(|arg| arg.value).collect();
        Ok(Value::object(Exception::new(&NOT_KNOWN, args)))
    })
};

/// The modules that were evaluated in this run.
#[derive(Default)]
struct Evaluated(Vec<(&'static str, Rc<Scope>)>);

impl Vm {
    /// What a module that is written in Python has under a name.
    ///
    /// # Errors
    ///
    /// A bound that is passed. The code itself raises nothing while it is evaluated.
    pub fn written(&mut self, written: &'static Written, name: &str) -> Eval<Option<Value>> {
        let known = self.state::<Evaluated>().0.iter().find(|(module, _)| *module == written.module);
        if let Some((_, scope)) = known {
            return Ok(scope.get(name));
        }
        let path = format!("<library>/{}.py", written.module);
        let file = self.sources.add(Path::new(&path), written.text.to_owned());
        let Ok(tree) = file.tree() else { return Ok(None) };
        let scope = Scope::module(file.id(), written.module);
        scope.set("__name__", Value::str(written.module));
        self.state::<Evaluated>().0.push((written.module, Rc::clone(&scope)));
        self.written_files.push(file.id());
        let span = Span::start_of(file.id());
        let frame = Frame { scope: Rc::clone(&scope), span, function: None, yields: None };
        let (tries, may_raise) = (std::mem::take(&mut self.tries), self.may_raise.take());
        let result = self.framed(frame, |vm| vm.exec_block(&scope, &tree.body));
        (self.tries, self.may_raise) = (tries, may_raise);
        result?;
        Ok(scope.get(name))
    }

    /// Whether a file is the library's own code.
    pub(super) fn is_written(&self, file: FileId) -> bool {
        self.written_files.contains(&file)
    }

    /// Whether a call enters the library's own code from outside of it.
    pub(super) fn enters_written(&self, function: &Function, span: Span) -> bool {
        !self.written_files.is_empty() && self.is_written(function.span.file) && !self.is_written(span.file)
    }

    /// Moves what came of a call of the library's own code to the place of the call. Where that does not know, it may have
    /// changed its receiver.
    pub(super) fn leave_written(
        &mut self,
        receiver: Option<&Value>,
        span: Span,
        result: Eval<Value>,
    ) -> Eval<Value> {
        let cause = match result {
            Ok(Value::Unknown(cause)) => {
                let inside = self.is_written(cause.span.file);
                return Ok(Value::Unknown(if inside { cause.moved(span) } else { cause }));
            }
            Err(Stop::Unknown(cause)) if self.is_written(cause.span.file) => cause.moved(span),
            Err(Stop::Unknown(cause)) => cause,
            Err(Stop::Raise(mut raise)) => match raise.exception.downcast::<Exception>() {
                Some(exception) if std::ptr::eq(exception.class, &raw const NOT_KNOWN) => {
                    let message = exception.args.borrow().first().and_then(Value::text).unwrap_or_default();
                    Cause::new(CauseKind::NotModelled, span, &*message)
                }
                _ => {
                    raise.span = Some(span);
                    return Err(Stop::Raise(raise));
                }
            },
            result => return result,
        };
        if let Some(receiver @ Value::Instance(_)) = receiver {
            self.open_value(receiver, &cause)?;
        }
        Err(Stop::Unknown(cause))
    }
}
