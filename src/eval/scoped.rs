//! Builtins that see the scope they are called in: `globals`, `locals`, `super`, `eval` of a literal.

use std::rc::Rc;

use super::{Collector, Scope, Vm};
use ruff_python_ast::Expr;

use crate::datum::{Cause, CauseKind, Datum};
use crate::source::Span;
use crate::value::{Args, Class, Effect, Eval, Method, Native, Object, Stop, Type, Value, exception};

/// The rows of these builtins.
pub static SCOPED: &[(&str, Native)] = &[
    ("globals", Native::new("globals", globals)),
    ("locals", Native::new("locals", locals)),
    ("super", Native::new("super", make_super).lenient()),
    ("eval", Native::new("eval", eval)),
];

/// `globals()`: the names of a module as a mapping that can be changed.
struct Namespace {
    scope: Rc<Scope>,
}

fn globals(vm: &mut Vm, args: Args) -> Eval<Value> {
    args.finish()?;
    match vm.current_scope() {
        Some(scope) => Ok(Value::object(Namespace { scope: scope.globals() })),
        None => vm.unknown(CauseKind::Unsupported, "`globals()` outside of a module"),
    }
}

fn locals(vm: &mut Vm, args: Args) -> Eval<Value> {
    args.finish()?;
    match vm.current_scope() {
        Some(scope) if scope.parent.is_none() => Ok(Value::object(Namespace { scope })),
        Some(scope) => Ok(Value::dict(scope.bindings())),
        None => vm.unknown(CauseKind::Unsupported, "`locals()` outside of a module"),
    }
}

static NAMESPACE: Type = Type {
    methods: &[
        Native::new("update", namespace_update).mutating(),
        Native::new("setdefault", namespace_setdefault).mutating(),
        Native::new("get", namespace_get),
        Native::new("keys", |vm, args| namespace_items(vm, args, |name, _| Value::Str(name))),
        Native::new("values", |vm, args| namespace_items(vm, args, |_, value| value)),
        Native::new("items", |vm, args| {
            namespace_items(vm, args, |name, value| Value::tuple([Value::Str(name), value]))
        }),
    ],
    ..Type::new("builtins", "dict", |_, _| Err(Stop::type_error("cannot make a namespace")))
};

fn namespace(args: &mut Args) -> Eval<Rc<Namespace>> {
    args.expect("self")?.downcast::<Namespace>().ok_or_else(|| Stop::type_error("expected a namespace"))
}

fn namespace_update(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let this = namespace(&mut args)?;
    if let Some(items) = args.positional.pop_front() {
        for (key, value) in vm.mapping_items(&items.value)? {
            this.bind(&key, value)?;
        }
    }
    if let Some(cause) = args.open {
        return Err(Stop::Unknown(cause));
    }
    for (name, arg) in args.named {
        this.scope.set(name, arg.value);
    }
    Ok(Value::None)
}

fn namespace_setdefault(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let this = namespace(&mut args)?;
    let key = args.expect("key")?.known()?;
    let default = args.take("default").unwrap_or_default();
    args.finish()?;
    if let Some(value) = key.as_str().and_then(|name| this.scope.get(name)) {
        return Ok(value);
    }
    this.bind(&key, default.clone())?;
    Ok(default)
}

fn namespace_get(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let this = namespace(&mut args)?;
    let key = args.expect("key")?;
    let default = args.take("default").unwrap_or_default();
    args.finish()?;
    this.read(&key).map(|value| value.unwrap_or(default))
}

fn namespace_items(_vm: &mut Vm, mut args: Args, make: fn(Rc<str>, Value) -> Value) -> Eval<Value> {
    let this = namespace(&mut args)?;
    args.finish()?;
    if let Some(cause) = this.scope.why_open() {
        return Err(Stop::Unknown(cause));
    }
    Ok(Value::list(this.scope.bindings().into_iter().map(|(name, value)| make(name, value)).collect()))
}

impl Namespace {
    fn bind(&self, key: &Value, value: Value) -> Eval<()> {
        match key {
            Value::Str(name) => {
                self.scope.set(Rc::clone(name), value);
                Ok(())
            }
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            _ => Ok(()),
        }
    }

    fn read(&self, key: &Value) -> Eval<Option<Value>> {
        if let Value::Unknown(cause) = key {
            return Err(Stop::Unknown(cause.decided()));
        }
        let found = key.as_str().and_then(|name| self.scope.get(name));
        match (found, self.scope.why_open()) {
            (None, Some(cause)) => Err(Stop::Unknown(cause)),
            (found, _) => Ok(found),
        }
    }
}

impl Object for Namespace {
    fn class(&self) -> Option<&'static Type> {
        Some(&NAMESPACE)
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn item(self: Rc<Self>, _vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        match self.read(&key)? {
            Some(value) => Ok(Some(value)),
            None => Err(Stop::key_error(key)),
        }
    }

    fn set_item(self: Rc<Self>, _vm: &mut Vm, key: Value, value: Value, _span: Span) -> Eval<bool> {
        self.bind(&key, value)?;
        Ok(true)
    }

    fn contains(self: Rc<Self>, _vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        Ok(Some(self.read(key)?.is_some()))
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        Ok(Some(self.scope.bindings().into_iter().map(|(name, _)| Value::Str(name)).collect()))
    }

    fn open(&self, cause: &Cause) {
        for (name, _) in self.scope.bindings() {
            self.scope.set(name, Value::Unknown(cause.decided()));
        }
        self.scope.open(cause);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "`globals()` has no form in a definition"))
    }
}

/// `super()`.
struct Super {
    receiver: Value,
    rest: Vec<Rc<Class>>,
    foreign: Vec<Value>,
}

fn make_super(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let (owner, receiver) = match args.take("type") {
        Some(Value::Class(class)) => (class, args.expect("object")?),
        Some(_) => {
            return vm.unknown(CauseKind::Unsupported, "`super` of something that is no class of this code");
        }
        None => {
            let frame = vm.frames.last();
            let function = frame.and_then(|frame| frame.function.clone());
            let owner = function.as_ref().and_then(|function| function.owner.borrow().clone());
            let first = function.as_ref().and_then(|function| {
                let parameters = function.code.parameters()?;
                let first = parameters.posonlyargs.first().or(parameters.args.first())?;
                vm.frames.last()?.scope.get(first.name().as_str())
            });
            match (owner, first) {
                (Some(owner), Some(first)) => (owner, first),
                _ => return Err(Stop::raise(&exception::RUNTIME_ERROR, "super(): no arguments")),
            }
        }
    };
    let class = match &receiver {
        Value::Instance(instance) => Rc::clone(&instance.class),
        Value::Class(class) => Rc::clone(class),
        _ => Rc::clone(&owner),
    };
    let mro = class.mro();
    let rest = mro.iter().skip_while(|class| !Rc::ptr_eq(class, &owner)).skip(1).cloned().collect();
    Ok(Value::object(Super { receiver, rest, foreign: class.foreign_bases() }))
}

crate::value::release::released!(Super);

impl Object for Super {
    fn type_name(&self) -> Rc<str> {
        "super".into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        for class in &self.rest {
            let found = class.attrs.borrow().get(name).cloned();
            if let Some(value) = found {
                // It is a static method, whether or not it says so.
                let receiver = Some(&self.receiver).filter(|_| name != "__new__");
                return vm.bind(value, receiver, class).map(Some);
            }
        }
        if name == "__new__" && self.foreign.iter().all(|base| matches!(base, Value::Type(_))) {
            return Ok(Some(Value::Native(&crate::value::types::BARE)));
        }
        for base in &self.foreign {
            match base {
                Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
                Value::Object(object) => {
                    if let Some(value) = Rc::clone(object).super_attr(vm, &self.receiver, name)? {
                        return Ok(Some(value));
                    }
                }
                Value::Type(class) => {
                    if let Some(native) = class.method(name) {
                        let method =
                            Method { receiver: self.receiver.clone(), function: Value::Native(native) };
                        return Ok(Some(Value::Method(Rc::new(method))));
                    }
                }
                _ => {}
            }
        }
        if matches!(name, "__init__" | "__init_subclass__" | "__post_init__" | "__enter__" | "__exit__") {
            return Ok(Some(Value::Native(&NOTHING)));
        }
        Ok(None)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.receiver);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "`super()` has no form in a definition"))
    }
}

/// `object.__init__` and its kin.
static NOTHING: Native = Native::new("__init__", |_, _| Ok(Value::None)).lenient();

fn eval(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let text = args.expect("source")?.known()?;
    let Some(text) = text.as_str() else {
        return vm.unknown(CauseKind::Unsupported, "`eval` of something that is no text");
    };
    vm.eval_literal(text)
}

impl Vm {
    /// The value of a text that is a Python literal, as `ast.literal_eval` has it.
    pub fn eval_literal(&mut self, text: &str) -> Eval<Value> {
        let parsed = ruff_python_parser::parse_expression(text.trim());
        let Ok(parsed) = parsed else {
            return self.unknown(CauseKind::Unsupported, "the text is no Python literal");
        };
        if !is_literal(parsed.expr()) {
            return self.unknown(CauseKind::Unsupported, "`eval` of something that is no literal");
        }
        let here = self.here;
        let scope = Scope::module(here.file, "");
        let value = self.eval(&scope, parsed.expr());
        self.here = here;
        value
    }

    /// The scope of the code that is running.
    pub fn current_scope(&self) -> Option<Rc<Scope>> {
        self.frames.last().map(|frame| Rc::clone(&frame.scope))
    }
}

/// Whether an expression is a literal, signs and sums of numbers included.
fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::NumberLiteral(_)
        | Expr::BooleanLiteral(_)
        | Expr::NoneLiteral(_)
        | Expr::EllipsisLiteral(_) => true,
        Expr::Tuple(node) => node.elts.iter().all(is_literal),
        Expr::List(node) => node.elts.iter().all(is_literal),
        Expr::Set(node) => node.elts.iter().all(is_literal),
        Expr::UnaryOp(node) => is_literal(&node.operand),
        Expr::BinOp(node) => is_literal(&node.left) && is_literal(&node.right),
        Expr::Dict(node) => {
            node.items.iter().all(|item| item.key.as_ref().is_some_and(is_literal) && is_literal(&item.value))
        }
        _ => false,
    }
}
