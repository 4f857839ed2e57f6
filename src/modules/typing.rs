//! `typing` and `typing_extensions`: the forms as opaque objects that can be subscripted and united, and what has an effect at run time.
//!
//! Left out: everything that looks at hints (`get_type_hints`, `get_args`).

use std::rc::Rc;

use ruff_python_ast::Operator;

use super::support::{identity, no_form, not_modelled};
use super::{Member, ModuleTable};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::value::alias::{Alias, Union};
use crate::value::{Args, Eval, Native, Object, Operation, Type, Value};

/// The rows of the module.
pub static TYPING: ModuleTable = ModuleTable { name: "typing", members: MEMBERS };

/// The rows of its namesake on PyPI.
pub static TYPING_EXTENSIONS: ModuleTable = ModuleTable { name: "typing_extensions", members: MEMBERS };

macro_rules! members {
    (forms: $($form:literal)+; rest: $($rest:expr),+ $(,)?) => {
        &[
            $(($form, Member::Constant(|| form($form))),)+
            $($rest),+
        ]
    };
}

const MEMBERS: &[(&str, Member)] = members! {
    forms: "AbstractSet" "Annotated" "Any" "AnyStr" "AsyncContextManager" "AsyncGenerator" "AsyncIterable" "AsyncIterator"
        "Awaitable" "BinaryIO" "ByteString" "Callable" "ChainMap" "ClassVar" "Collection" "Concatenate" "Container"
        "ContextManager" "Coroutine" "Counter" "DefaultDict" "Deque" "Dict" "Final" "ForwardRef" "FrozenSet" "Generator"
        "Hashable" "IO" "ItemsView" "Iterable" "Iterator" "KeysView" "List" "Literal" "LiteralString" "Mapping"
        "MappingView" "Match" "MutableMapping" "MutableSequence" "MutableSet" "Never" "NoReturn" "NotRequired" "Optional"
        "OrderedDict" "Pattern" "ReadOnly" "Required" "Reversible" "Self" "Sequence" "Set" "Sized" "SupportsAbs"
        "SupportsBytes" "SupportsFloat" "SupportsIndex" "SupportsInt" "SupportsRound" "Text" "TextIO" "Tuple" "Type"
        "TypeAlias" "TypeGuard" "TypeIs" "Union" "Unpack" "ValuesView";
    rest:
        ("Generic", Member::Constant(|| Value::object(Base("Generic")))),
        ("NamedTuple", Member::Class(&NAMED_TUPLE)),
        ("NewType", Member::Function(Native::new("NewType", new_type).lenient())),
        ("ParamSpec", Member::Function(Native::new("ParamSpec", variable).lenient())),
        ("Protocol", Member::Constant(|| Value::object(Base("Protocol")))),
        ("TYPE_CHECKING", Member::Constant(|| Value::Bool(false))),
        ("TypeVar", Member::Function(Native::new("TypeVar", variable).lenient())),
        ("TypeVarTuple", Member::Function(Native::new("TypeVarTuple", variable).lenient())),
        ("TypedDict", Member::Class(&TYPED_DICT)),
        ("assert_never", Member::Function(identity("assert_never"))),
        ("assert_type", Member::Function(identity("assert_type"))),
        ("cast", Member::Function(Native::new("cast", |_, mut args| {
            args.expect("typ")?;
            args.expect("val")
        }).lenient())),
        ("dataclass_transform", Member::Function(Native::new("dataclass_transform", |_, _| {
            Ok(Value::Native(&IDENTITY))
        }).lenient())),
        ("deprecated", Member::Function(Native::new("deprecated", |_, _| Ok(Value::Native(&IDENTITY))).lenient())),
        ("final", Member::Function(identity("final"))),
        ("no_type_check", Member::Function(identity("no_type_check"))),
        ("overload", Member::Function(identity("overload"))),
        ("override", Member::Function(identity("override"))),
        ("reveal_type", Member::Function(identity("reveal_type"))),
        ("runtime_checkable", Member::Function(identity("runtime_checkable"))),
};

static IDENTITY: Native = identity("decorator");

/// `typing.NamedTuple`, which makes named tuples of its subclasses.
pub static NAMED_TUPLE: Type = Type::new("typing", "NamedTuple", super::collections::named_tuple_of_pairs);

/// `typing.TypedDict`, whose subclasses make dicts.
pub static TYPED_DICT: Type = Type::new("typing", "TypedDict", |vm, _| {
    not_modelled(vm, "a call of `typing.TypedDict` is not modelled")
});

/// `Optional`, `List[int]`, a type variable: something that code names but that does nothing.
struct Form {
    name: Rc<str>,
    /// Whether it is one of the module's own, of which there is one each.
    bare: bool,
    /// What stands in its brackets.
    args: Vec<Value>,
}

crate::value::release::released!(Form);

/// The name of the form that an annotation has, and what stands in its brackets: `class` with a class, `list`, `Union`.
pub(super) fn parts(annotation: &Value) -> (String, Vec<Value>) {
    if let Some(form) = annotation.downcast::<Form>() {
        let name = match &*form.name {
            "List" | "Dict" | "Set" | "Tuple" => form.name.to_lowercase(),
            name => name.to_owned(),
        };
        return (name, form.args.clone());
    }
    if let Some(union) = annotation.downcast::<Union>() {
        return ("Union".to_owned(), union.members.clone());
    }
    if let Some(alias) = annotation.downcast::<Alias>() {
        return match &alias.origin {
            Value::Type(class) => (class.name.to_owned(), alias.args.clone()),
            _ => (String::new(), Vec::new()),
        };
    }
    match annotation {
        Value::None => ("None".to_owned(), Vec::new()),
        Value::Type(_) | Value::Class(_) => ("class".to_owned(), vec![annotation.clone()]),
        _ => (String::new(), Vec::new()),
    }
}

static FORM: Type =
    Type::new("typing", "_SpecialForm", |vm, _| not_modelled(vm, "a call of a type hint is not modelled"));

/// A form by its name.
pub(super) fn form(name: &str) -> Value {
    Value::object(Form { name: name.into(), bare: true, args: Vec::new() })
}

fn derived(name: &str, args: Vec<Value>) -> Value {
    Value::object(Form { name: name.into(), bare: false, args })
}

fn variable(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let name = args.expect("name")?;
    Ok(derived(name.as_str().unwrap_or("TypeVar"), Vec::new()))
}

fn new_type(_: &mut Vm, mut args: Args) -> Eval<Value> {
    args.expect("name")?;
    Ok(Value::Native(&IDENTITY))
}

impl Object for Form {
    fn class(&self) -> Option<&'static Type> {
        Some(&FORM)
    }

    fn class_value(&self) -> Option<Value> {
        None
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<Form>().is_some_and(|other| self.bare && other.bare && other.name == self.name)
    }

    fn item(self: Rc<Self>, _vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        let args = match key {
            Value::Tuple(items) => items.to_vec(),
            key => vec![key],
        };
        Ok(Some(derived(&self.name, args)))
    }

    fn call(self: Rc<Self>, vm: &mut Vm, _args: Args) -> Eval<Value> {
        not_modelled(vm, format!("a call of `typing.{}` is not modelled", self.name))
    }

    fn binary(self: Rc<Self>, _vm: &mut Vm, operation: Operation<'_>) -> Eval<Option<Value>> {
        let Operation { op, other, reflected, .. } = operation;
        let other = other.clone();
        Ok((op == Operator::BitOr).then(|| {
            let own = Value::Object(self);
            derived("Union", if reflected { vec![other, own] } else { vec![own, other] })
        }))
    }

    fn adds_nothing(&self) -> bool {
        &*self.name == "Any"
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.args.iter().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a type hint")
    }
}

/// `Generic`, `Protocol`, `abc.ABC`: base classes that add nothing, subscripted or not.
pub(super) struct Base(pub(super) &'static str);

impl Object for Base {
    fn type_name(&self) -> Rc<str> {
        self.0.into()
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<Base>().is_some_and(|other| other.0 == self.0)
    }

    fn item(self: Rc<Self>, _vm: &mut Vm, _key: Value) -> Eval<Option<Value>> {
        Ok((self.0 != "ABC").then(|| Value::Object(self)))
    }

    fn adds_nothing(&self) -> bool {
        true
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, self.0)
    }
}
