//! Generator expressions: run item by item, when something asks for the next one, and not before.
//!
//! Where all items are asked for at once it runs as a comprehension does.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ruff_python_ast::{AtomicNodeIndex, Comprehension, Expr, ExprGenerator, ExprLambda};
use ruff_text_size::Ranged;

use super::library::CallReach;
use super::{Collector, Frame, Scope, ScopeKind, Vm};
use crate::datum::{Cause, CauseKind, Datum};
use crate::source::Span;
use crate::value::function::Code;
use crate::value::iter::is_stop_iteration;
use crate::value::{Effect, Eval, Function, Native, Object, Step, Stop, Type, Value, exception};

/// A generator expression that something may ask for items.
pub(crate) struct GeneratorExpression {
    /// The code as a function without parameters, which is what a call of something unknown may run.
    code: Rc<Function>,
    /// The names of the expression itself.
    scope: Rc<Scope>,
    /// What the first `for` goes over.
    source: Value,
    /// An iterator for each `for` that has begun, the outermost first; empty before the first item is asked for.
    iterators: RefCell<Vec<Value>>,
    begun: Cell<bool>,
    done: Cell<bool>,
    running: Cell<bool>,
    /// The function whose code it stands in.
    function: Option<Rc<Function>>,
    open: RefCell<Option<Cause>>,
}

static GENERATOR_EXPRESSION: Type = Type {
    methods: &[
        Native::new("__iter__", |_, mut args| args.expect("self")),
        Native::new("__next__", |vm, mut args| {
            let this = args.expect("self")?;
            vm.next_or_raise(&this)
        })
        .mutating(),
        Native::new("close", |_, mut args| {
            if let Some(this) = args.expect("self")?.downcast::<GeneratorExpression>() {
                this.done.set(true);
            }
            Ok(Value::None)
        }),
    ],
    ..Type::new("builtins", "generator", |_, _| Err(Stop::type_error("cannot create 'generator' instances")))
};

/// How far it got in one step.
enum Reached {
    Item(Value),
    End,
    /// It is not known whether there is an item.
    Doubt(Cause),
}

impl Vm {
    /// What a generator expression gives: the iterable of its first `for` is looked at now, all else later.
    pub(super) fn generator_expression(&mut self, scope: &Rc<Scope>, node: &ExprGenerator) -> Eval<Value> {
        let Some(first) = node.generators.first() else { return Ok(Value::None) };
        let inner = Scope::inside(scope, ScopeKind::Function);
        inner.comprehension.set(true);
        let source = self.eval(scope, &first.iter)?;
        let source = match &source {
            // These are followed as they change.
            Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Range(_) => source,
            _ => match self.iterator(&source) {
                Ok(_) if matches!(source, Value::Dict(_) | Value::Set(_)) => source,
                Ok(iterator) => iterator,
                Err(Stop::Unknown(cause)) => {
                    self.note_may_raise(&cause);
                    self.doubt_parts(&inner, node, &cause)?;
                    return Ok(Value::Unknown(cause));
                }
                Err(stop) => return Err(stop),
            },
        };
        let code = Function {
            name: "<genexpr>".into(),
            qualname: Self::qualname(scope, "<genexpr>"),
            module: Rc::clone(&scope.module),
            span: Span::new(scope.file, node.range()),
            code: Code::Lambda(self.generator_code(scope, node)),
            scope: Rc::clone(scope),
            defaults: Vec::new(),
            doc: None,
            returns: None,
            owner: RefCell::default(),
            attrs: RefCell::default(),
        };
        Ok(Value::object(GeneratorExpression {
            code: Rc::new(code),
            scope: inner,
            source,
            iterators: RefCell::default(),
            begun: Cell::new(false),
            done: Cell::new(false),
            running: Cell::new(false),
            function: self.frames.last().and_then(|frame| frame.function.clone()),
            open: RefCell::default(),
        }))
    }

    /// The code of a generator expression, kept once for each.
    fn generator_code(&mut self, scope: &Rc<Scope>, node: &ExprGenerator) -> Rc<ExprLambda> {
        let key = (scope.file, node.range().start());
        let make = || {
            Rc::new(ExprLambda {
                node_index: AtomicNodeIndex::default(),
                range: node.range(),
                parameters: None,
                body: Box::new(Expr::Generator(node.clone())),
            })
        };
        Rc::clone(self.generators.entry(key).or_insert_with(make))
    }

    /// What of a generator expression's code ran has run; what did not, or did in vain, is in doubt.
    fn doubt_parts(&mut self, scope: &Rc<Scope>, node: &ExprGenerator, cause: &Cause) -> Eval<()> {
        for condition in node.generators.iter().flat_map(|generator| &generator.ifs) {
            self.reach_of_expr(scope, condition, cause)?;
        }
        self.reach_of_expr(scope, &node.elt, cause).map(drop)
    }

    /// It is not known whether an iterator is asked for more. Where asking it does more than give items, what it does is in
    /// doubt, and the answer is true.
    pub fn doubt_further_items(&mut self, iterator: &Value, cause: &Cause) -> Eval<bool> {
        let Some(generator) = iterator.downcast::<GeneratorExpression>() else { return Ok(false) };
        let Some(node) = generator.node() else { return Ok(false) };
        if self.is_confined_expr(&generator.scope, &node.elt)? {
            return Ok(false);
        }
        generator.open(cause);
        let given = [Value::Function(Rc::clone(&generator.code))];
        self.doubt_call(&given, cause, cause.span, CallReach::Anything)?;
        Ok(true)
    }
}

impl GeneratorExpression {
    fn node(&self) -> Option<&ExprGenerator> {
        match &self.code.code {
            Code::Lambda(lambda) => lambda.body.as_generator_expr(),
            Code::Def(_) => None,
        }
    }

    /// Runs with a frame of its own, unless it runs already.
    fn run<T>(&self, vm: &mut Vm, run: impl FnOnce(&mut Vm) -> Eval<T>) -> Eval<T> {
        if self.running.replace(true) {
            return Err(Stop::value_error("generator already executing"));
        }
        let frame = Frame {
            scope: Rc::clone(&self.scope),
            span: self.code.span,
            function: self.function.clone(),
            yields: None,
        };
        let result = vm.framed(frame, |vm| vm.nested(run));
        self.running.set(false);
        match result {
            Err(Stop::Raise(raise)) if is_stop_iteration(&raise) => {
                self.done.set(true);
                Err(Stop::raise(&exception::RUNTIME_ERROR, "generator raised StopIteration"))
            }
            Err(stop) => {
                self.done.set(true);
                Err(stop)
            }
            result => result,
        }
    }

    fn advance(&self, vm: &mut Vm, node: &ExprGenerator) -> Eval<Reached> {
        if !self.begun.replace(true) {
            let iterator = vm.iterator(&self.source)?;
            self.iterators.borrow_mut().push(iterator);
        }
        loop {
            let depth = self.iterators.borrow().len();
            let Some(iterator) = self.iterators.borrow().last().cloned() else { return Ok(Reached::End) };
            let Some(generator) = node.generators.get(depth - 1) else { return Ok(Reached::End) };
            let item = match vm.next(&iterator) {
                Ok(Some(item)) => item,
                Ok(None) => {
                    self.iterators.borrow_mut().pop();
                    continue;
                }
                Err(Stop::Unknown(cause)) => return Ok(Reached::Doubt(cause)),
                Err(stop) => return Err(stop),
            };
            match self.take(vm, generator, item)? {
                Reached::Item(_) => {}
                Reached::End => continue,
                doubt @ Reached::Doubt(_) => return Ok(doubt),
            }
            let Some(next) = node.generators.get(depth) else {
                return vm.eval(&self.scope, &node.elt).map(Reached::Item);
            };
            let source = vm.eval(&self.scope, &next.iter)?;
            match vm.iterator(&source) {
                Ok(iterator) => self.iterators.borrow_mut().push(iterator),
                Err(Stop::Unknown(cause)) => return Ok(Reached::Doubt(cause)),
                Err(stop) => return Err(stop),
            }
        }
    }

    /// Binds an item and asks the conditions: an item where it passes, the end where it does not.
    fn take(&self, vm: &mut Vm, generator: &Comprehension, item: Value) -> Eval<Reached> {
        vm.spend(1)?;
        vm.assign(&self.scope, &generator.target, item)?;
        for condition in &generator.ifs {
            let condition = vm.eval(&self.scope, condition)?;
            match vm.truth(&condition) {
                Ok(true) => {}
                Ok(false) => return Ok(Reached::End),
                Err(Stop::Unknown(cause)) => return Ok(Reached::Doubt(cause)),
                Err(stop) => return Err(stop),
            }
        }
        Ok(Reached::Item(Value::None))
    }

    fn why_open(&self) -> Eval<()> {
        match &*self.open.borrow() {
            Some(cause) => Err(Stop::Unknown(cause.clone())),
            None => Ok(()),
        }
    }
}

crate::value::release::released!(GeneratorExpression);

impl Object for GeneratorExpression {
    fn class(&self) -> Option<&'static Type> {
        Some(&GENERATOR_EXPRESSION)
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Step>> {
        self.why_open()?;
        let Some(node) = self.node().filter(|_| !self.done.get()) else { return Ok(Some(Step::End)) };
        match self.run(vm, |vm| self.advance(vm, node))? {
            Reached::Item(item) => Ok(Some(Step::Item(item))),
            Reached::End => {
                self.done.set(true);
                Ok(Some(Step::End))
            }
            Reached::Doubt(cause) => {
                vm.doubt_parts(&self.scope, node, &cause)?;
                self.open(&cause);
                Err(Stop::Unknown(cause))
            }
        }
    }

    /// All items at once, where none was asked for before.
    fn iterate(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        self.why_open()?;
        if self.begun.replace(true) || self.done.get() {
            return Ok(None);
        }
        let Some(node) = self.node() else { return Ok(None) };
        let mut items = Vec::new();
        let (source, parts) = (self.source.clone(), [&*node.elt]);
        let doubt =
            self.run(vm, |vm| vm.comprehend_from(&self.scope, &node.generators, source, &parts, &mut items))?;
        self.done.set(true);
        if let Some(cause) = doubt {
            vm.doubt_parts(&self.scope, node, &cause)?;
            self.open(&cause);
            return Err(Stop::Unknown(cause));
        }
        Ok(Some(items.into_iter().filter_map(|mut item| item.pop()).collect()))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        if self.done.get() {
            return;
        }
        visit(&Value::Function(Rc::clone(&self.code)));
        // Who has the generator has the items, and not the list that they come from.
        match &self.source {
            Value::List(list) => list.seen().iter().for_each(visit),
            Value::Dict(_) | Value::Set(_) | Value::Range(_) | Value::Str(_) => {}
            source => visit(source),
        }
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a generator has no form in a definition"))
    }
}
