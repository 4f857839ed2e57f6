//! Classes that the user's code defines, and their instances.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexmap::IndexMap;

use super::{Type, Value};
use crate::datum::Cause;
use crate::source::Span;

/// A class statement's result.
pub struct Class {
    /// `__name__`.
    pub name: Rc<str>,
    /// `__qualname__`: with `<locals>` where it is nested.
    pub qualname: Rc<str>,
    /// The import path of the module it stands in.
    pub module: Rc<str>,
    /// The class statement.
    pub span: Span,
    /// Its bases as written: classes of the user's or of the library, objects that act as classes, unknowns.
    pub bases: Vec<Value>,
    /// Its attributes, in order of definition.
    pub attrs: RefCell<IndexMap<Rc<str>, Value>>,
    /// Annotated names, in order: the fields of a dataclass, NamedTuple or TypedDict.
    pub annotations: RefCell<Vec<Rc<str>>>,
    /// What it was made into by a decorator or a special base.
    pub flavour: RefCell<Flavour>,
    /// The class of the user's that made it, if one did: what a metaclass does is not evaluated.
    pub metaclass: Option<Value>,
    /// Why attributes that are not set in known code are unknown, if they are: an unknown base class, say.
    pub open: RefCell<Option<Cause>>,
    /// Whether an attribute of the class itself was changed from outside its body.
    pub touched: Cell<bool>,
}

/// What makes a class behave otherwise than a plain one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Flavour {
    /// A plain class.
    #[default]
    Plain,
    /// `@dataclass`.
    Dataclass {
        /// `frozen=True`.
        frozen: bool,
        /// `kw_only=True`.
        kw_only: bool,
        /// `eq=False` is rare; the default compares fields.
        eq: bool,
        /// `order=True`.
        order: bool,
    },
    /// A subclass of `Enum`; members are in the attributes.
    Enum,
    /// A subclass of `NamedTuple`, or `namedtuple(…)`.
    NamedTuple,
    /// A subclass of `TypedDict`: calling it makes a dict.
    TypedDict,
}

impl Class {
    /// An attribute of this class or of its user-defined bases, in method resolution order.
    pub fn lookup(self: &Rc<Self>, name: &str) -> Option<Value> {
        self.mro().iter().find_map(|class| class.attrs.borrow().get(name).cloned())
    }

    /// Its user-defined classes in method resolution order, itself first (C3; left-to-right where C3 has no answer).
    pub fn mro(self: &Rc<Self>) -> Vec<Rc<Class>> {
        let parents: Vec<Rc<Class>> = self
            .bases
            .iter()
            .filter_map(|base| match base {
                Value::Class(class) => Some(Rc::clone(class)),
                _ => None,
            })
            .collect();
        let mut sequences: Vec<Vec<Rc<Class>>> = parents.iter().map(Class::mro).collect();
        sequences.push(parents);
        let mut order = vec![Rc::clone(self)];
        loop {
            sequences.retain(|sequence| !sequence.is_empty());
            let Some(first) = sequences.first() else { return order };
            let next = sequences
                .iter()
                .map(|sequence| &sequence[0])
                .find(|head| {
                    sequences.iter().all(|other| !other[1..].iter().any(|class| Rc::ptr_eq(class, head)))
                })
                .unwrap_or(&first[0]);
            let next = Rc::clone(next);
            for sequence in &mut sequences {
                sequence.retain(|class| !Rc::ptr_eq(class, &next));
            }
            order.push(next);
        }
    }

    /// The bases that are not user-defined classes, of this class and of its bases.
    pub fn foreign_bases(self: &Rc<Self>) -> Vec<Value> {
        self.mro()
            .iter()
            .flat_map(|class| class.bases.clone())
            .filter(|base| !matches!(base, Value::Class(_)))
            .collect()
    }

    /// The library class it derives from, if any: `str`, `dict`, `Exception`, ….
    pub fn library_base(self: &Rc<Self>) -> Option<&'static Type> {
        self.foreign_bases().into_iter().find_map(|base| match base {
            Value::Type(class) => Some(class),
            _ => None,
        })
    }

    /// Why an attribute that is not found may exist all the same: an unknown base, here or above.
    pub fn why_open(self: &Rc<Self>) -> Option<Cause> {
        self.mro().iter().find_map(|class| class.open.borrow().clone())
    }

    /// Whether it is `other` or derives from it.
    pub fn is_subclass(self: &Rc<Self>, other: &Rc<Class>) -> bool {
        self.mro().iter().any(|class| Rc::ptr_eq(class, other))
    }

    /// The flavour of this class or of the nearest base that has one.
    pub fn effective_flavour(self: &Rc<Self>) -> Flavour {
        self.mro()
            .iter()
            .map(|class| class.flavour.borrow().clone())
            .find(|flavour| *flavour != Flavour::Plain)
            .unwrap_or_default()
    }

    /// `__qualname__` behind its module's path.
    pub fn path(&self) -> String {
        format!("{}.{}", self.module, self.name)
    }
}

/// An instance of a user-defined class.
pub struct Instance {
    /// Its class.
    pub class: Rc<Class>,
    /// Its attributes, in order of first assignment.
    pub attrs: RefCell<IndexMap<Rc<str>, Value>>,
    /// The built-in part of an instance of a subclass of `str`, `int`, `dict`, `tuple`, …: an enum member's value, a
    /// named tuple's tuple, an exception's object.
    pub inner: RefCell<Option<Value>>,
    /// Why its attributes are not known, if they are not.
    pub open: RefCell<Option<Cause>>,
}

impl Instance {
    /// A new instance without attributes.
    pub fn new(class: Rc<Class>) -> Self {
        Self {
            class,
            attrs: RefCell::new(IndexMap::new()),
            inner: RefCell::new(None),
            open: RefCell::new(None),
        }
    }

    /// The built-in value that it is besides being an instance: of a subclass of `str`, `dict`, `tuple` and their kin.
    pub fn builtin(&self) -> Option<Value> {
        let inner = self.inner.borrow().clone()?;
        if self.class.effective_flavour() == Flavour::NamedTuple {
            return Some(inner);
        }
        let class = super::types::type_of(&inner)?;
        self.class
            .foreign_bases()
            .iter()
            .any(|base| match base {
                Value::Type(base) => {
                    base.is_subtype(class) || matches!(base.name, "IntEnum" | "IntFlag" | "StrEnum")
                }
                _ => false,
            })
            .then_some(inner)
    }
}
