//! Functions of the user's, bound methods, and modules.

use std::cell::RefCell;
use std::rc::Rc;

use ruff_python_ast::{ExprLambda, Parameters, StmtFunctionDef};

use super::{Value, release};
use crate::datum::Cause;
use crate::eval::Scope;
use crate::map::IndexMap;
use crate::source::Span;

/// A `def` or `lambda` with what it closes over.
pub struct Function {
    /// `__name__`.
    pub name: Rc<str>,
    /// `__qualname__`: with `<locals>` where it is nested.
    pub qualname: Rc<str>,
    /// The import path of the module it stands in.
    pub module: Rc<str>,
    /// The name in the `def`, or the `lambda`.
    pub span: Span,
    /// The code.
    pub code: Code,
    /// The scope around the definition.
    pub scope: Rc<Scope>,
    /// Evaluated defaults, by parameter name.
    pub defaults: Vec<(Rc<str>, Value)>,
    /// Its docstring.
    pub doc: Option<Rc<str>>,
    /// The text of its return annotation, where it has one.
    pub returns: Option<Rc<str>>,
    /// The class whose body it was defined in, for `super()`.
    pub owner: RefCell<Option<Rc<super::Class>>>,
    /// Attributes set on it (`f.x = 1`), `__wrapped__` included.
    pub attrs: RefCell<IndexMap<Rc<str>, Value>>,
}

impl Drop for Function {
    fn drop(&mut self) {
        release::later(self.defaults.drain(..).map(|(_, value)| value));
        release::later(self.attrs.get_mut().drain(..).map(|(_, value)| value));
        release::later(self.owner.take().map(Value::Class));
    }
}

/// The code of a function.
#[derive(Clone)]
pub enum Code {
    /// A `def`.
    Def(Rc<StmtFunctionDef>),
    /// A `lambda`.
    Lambda(Rc<ExprLambda>),
}

impl Code {
    /// The declared parameters.
    pub fn parameters(&self) -> Option<&Parameters> {
        match self {
            Self::Def(def) => Some(&def.parameters),
            Self::Lambda(lambda) => lambda.parameters.as_deref(),
        }
    }
}

/// A callable bound to its receiver.
pub struct Method {
    /// `__self__`.
    pub receiver: Value,
    /// `__func__`: a `Function` or a `Native`.
    pub function: Value,
}

impl Drop for Method {
    fn drop(&mut self) {
        release::later([std::mem::take(&mut self.receiver), std::mem::take(&mut self.function)]);
    }
}

/// A module.
pub struct Module {
    /// Its import path.
    pub name: Rc<str>,
    /// Where its members come from.
    pub kind: ModuleKind,
}

/// Where a module's members come from.
pub enum ModuleKind {
    /// A file of the user's: its global scope.
    User(Rc<Scope>),
    /// The library, asked by name; members that were stored into it by the user's code come first.
    Library {
        /// What user code stored into it.
        stored: RefCell<IndexMap<Rc<str>, Value>>,
    },
    /// Nothing that is known; every member is unknown for this reason.
    Unknown(Cause),
}

impl Drop for Module {
    fn drop(&mut self) {
        if let ModuleKind::Library { stored } = &mut self.kind {
            release::later(stored.get_mut().drain(..).map(|(_, value)| value));
        }
    }
}
