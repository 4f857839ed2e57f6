//! Names and what they are bound to.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::datum::Cause;
use crate::map::IndexMap;
use crate::source::FileId;
use crate::value::{Value, release};

/// What a scope belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    /// A module: its globals.
    Module,
    /// A call of a function, a lambda or a comprehension.
    Function,
    /// The body of a class statement; inner functions do not see it.
    Class,
}

/// The names of a module, a call or a class body.
pub struct Scope {
    /// What it belongs to.
    pub kind: ScopeKind,
    /// The file its code stands in.
    pub file: FileId,
    /// The import path of its module (`__name__`).
    pub module: Rc<str>,
    /// The scope around it, for functions and classes.
    pub parent: Option<Rc<Scope>>,
    vars: RefCell<IndexMap<Rc<str>, Value>>,
    /// Names declared `global` or `nonlocal` in it.
    declared: RefCell<Vec<(Rc<str>, ScopeKind)>>,
    /// Why names that are not bound may be bound all the same: a star import of something unknown.
    open: RefCell<Option<Cause>>,
    /// For functions: the names that are assigned somewhere in its body, so reading them before is an error.
    locals: RefCell<Option<Rc<crate::map::HashSet<Rc<str>>>>>,
    /// `__qualname__` of the function or class it belongs to; empty for a module.
    pub qualname: RefCell<Rc<str>>,
    /// Annotated names of a class body, in order.
    pub annotations: RefCell<Vec<Rc<str>>>,
    /// The package that relative imports of a module start from, if it is in one.
    pub package: RefCell<Option<String>>,
    /// Whether it belongs to a comprehension, through which a walrus binds outwards.
    pub comprehension: Cell<bool>,
}

impl Drop for Scope {
    fn drop(&mut self) {
        release::later(self.vars.get_mut().drain(..).map(|(_, value)| value));
    }
}

impl Scope {
    /// An empty module scope.
    pub fn module(file: FileId, module: impl Into<Rc<str>>) -> Rc<Self> {
        Rc::new(Self::new(ScopeKind::Module, file, module.into(), None))
    }

    /// An empty scope inside `parent`.
    pub fn inside(parent: &Rc<Scope>, kind: ScopeKind) -> Rc<Self> {
        Rc::new(Self::new(kind, parent.file, Rc::clone(&parent.module), Some(Rc::clone(parent))))
    }

    fn new(kind: ScopeKind, file: FileId, module: Rc<str>, parent: Option<Rc<Scope>>) -> Self {
        Self {
            kind,
            file,
            module,
            parent,
            vars: RefCell::new(IndexMap::default()),
            declared: RefCell::new(Vec::new()),
            open: RefCell::new(None),
            locals: RefCell::new(None),
            qualname: RefCell::new("".into()),
            annotations: RefCell::default(),
            package: RefCell::default(),
            comprehension: Cell::new(false),
        }
    }

    /// The module scope around this one.
    pub fn globals(self: &Rc<Self>) -> Rc<Scope> {
        match &self.parent {
            Some(parent) => parent.globals(),
            None => Rc::clone(self),
        }
    }

    /// The value of a name in this scope alone.
    pub fn get(&self, name: &str) -> Option<Value> {
        self.vars.borrow().get(name).cloned()
    }

    /// Binds a name in this scope alone.
    pub fn set(&self, name: impl Into<Rc<str>>, value: Value) {
        self.vars.borrow_mut().insert(name.into(), value);
    }

    /// Unbinds a name in this scope alone; gives whether it was bound.
    pub fn remove(&self, name: &str) -> bool {
        self.vars.borrow_mut().shift_remove(name).is_some()
    }

    /// All names of this scope with their values, in order of first binding.
    pub fn bindings(&self) -> Vec<(Rc<str>, Value)> {
        self.vars.borrow().iter().map(|(name, value)| (Rc::clone(name), value.clone())).collect()
    }

    /// Declares names `global` (`ScopeKind::Module`) or `nonlocal` (`ScopeKind::Function`).
    pub fn declare(&self, name: impl Into<Rc<str>>, kind: ScopeKind) {
        self.declared.borrow_mut().push((name.into(), kind));
    }

    /// The scope in which an assignment to `name` here binds it.
    pub fn target(self: &Rc<Self>, name: &str) -> Rc<Scope> {
        let declared =
            self.declared.borrow().iter().find(|(declared, _)| &**declared == name).map(|(_, kind)| *kind);
        match declared {
            None => Rc::clone(self),
            Some(ScopeKind::Module) => self.globals(),
            Some(ScopeKind::Function | ScopeKind::Class) => {
                let mut scope = self.parent.clone();
                while let Some(outer) = scope {
                    if outer.kind == ScopeKind::Function && outer.get(name).is_some() {
                        return outer;
                    }
                    scope = outer.parent.as_ref().map(Rc::clone);
                }
                Rc::clone(self)
            }
        }
    }

    /// Sets the names that are local to this function call.
    pub fn set_locals(&self, names: Rc<crate::map::HashSet<Rc<str>>>) {
        *self.locals.borrow_mut() = Some(names);
    }

    /// Whether `name` is local to this function call by its code, bound or not.
    pub fn is_local(&self, name: &str) -> bool {
        self.locals.borrow().as_ref().is_some_and(|names| names.contains(name))
            && !self.declared.borrow().iter().any(|(declared, _)| &**declared == name)
    }

    /// From here on, names that are not bound in this scope may be bound to anything.
    pub fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    /// Why unbound names may be bound.
    pub fn why_open(&self) -> Option<Cause> {
        self.open.borrow().clone()
    }
}
