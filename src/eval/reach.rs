//! What an unknown reaches: the names, objects and host effects of code of which it is not known whether it runs.
//!
//! Nothing runs here. The code is walked; names are looked up as they stand, calls are followed into functions that are known, and
//! everything the code could bind, change or build becomes unknown, open, or a doubt of the host's.

use std::rc::Rc;

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::flow::Escape;
use super::library::{CallReach, Doubt, DoubtKind};
use super::{Scope, Vm};
use crate::datum::Cause;
use crate::map::{HashMap, HashSet};
use crate::source::Span;
use crate::value::{Effect, Eval, Function, Value};
pub(super) use calls::READERS;
use values::{address, is_hosts, open_attributes};

mod calls;
mod sources;
mod values;
mod visit;

/// How many functions deep the walk follows calls.
const MAX_FOLLOW: usize = 40;

/// How many functions the walk follows in all, each as often as it is given something new.
const MAX_FOLLOWED: usize = 5_000;

/// How many values an expression could be, at most.
const MAX_SOURCES: usize = 4_000;

/// What code could do.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a way out, independent of the others")]
struct Found {
    /// Names it could bind or delete.
    names: Vec<(Rc<Scope>, Rc<str>)>,
    /// Objects whose own contents it could change.
    opened: Vec<Value>,
    /// Values whose contents it could change, however deep.
    opened_deep: Vec<Value>,
    /// Whether it could build something, and where first.
    host: Option<Span>,
    /// What that could be built into, or from.
    touched: Vec<Value>,
    /// Whether the code reads names or attributes in a way that does not show which: `globals()[…]`.
    stray: bool,
    /// Whether the walk was given up.
    too_much: bool,
    /// Whether it could yield.
    yields: bool,
    returns: bool,
    breaks: bool,
    continues: bool,
}

impl Found {
    fn has_effects(&self) -> bool {
        !self.names.is_empty()
            || !self.opened.is_empty()
            || !self.opened_deep.is_empty()
            || self.host.is_some()
            || self.yields
    }
}

struct Walker<'vm> {
    vm: &'vm mut Vm,
    scope: Rc<Scope>,
    /// Names that mean something else in the code being walked than in `scope`: parameters and locals of a function.
    shadowed: HashSet<Rc<str>>,
    /// What names of the code could stand for besides what they are bound to now.
    candidates: HashMap<Rc<str>, Vec<Value>>,
    /// The functions that were followed, and the values that their parameters stood for.
    visited: HashMap<*const Function, HashSet<*const ()>>,
    /// Instances whose operators were followed.
    mentioned: HashSet<*const ()>,
    /// What the calls around the place are given: what a lambda there may get.
    given: Vec<Value>,
    /// How many functions deep the walk is, and how many it has walked.
    follow: usize,
    followed: usize,
    loops: usize,
    inside_function: bool,
    found: Found,
}

impl<'vm> Walker<'vm> {
    fn new(vm: &'vm mut Vm, scope: &Rc<Scope>) -> Self {
        Self {
            vm,
            scope: Rc::clone(scope),
            shadowed: HashSet::default(),
            candidates: HashMap::default(),
            visited: HashMap::default(),
            mentioned: HashSet::default(),
            given: Vec::new(),
            follow: 0,
            followed: 0,
            loops: 0,
            inside_function: false,
            found: Found::default(),
        }
    }
}

impl Walker<'_> {
    fn span(&self, ranged: &impl Ranged) -> Span {
        Span::new(self.scope.file, ranged.range())
    }

    fn bind(&mut self, name: &str, from: &[Value]) {
        self.candidates.entry(name.into()).or_default().extend(from.iter().cloned());
        if self.inside_function && self.shadowed.contains(name) {
            return;
        }
        let target = self.scope.target(name);
        self.found.names.push((target, name.into()));
    }

    /// Something is stored into what `expr` stands for.
    fn store_into(&mut self, expr: &Expr) {
        let mut sources = match self.peek(expr) {
            Some(value) => {
                self.host_touch(std::slice::from_ref(&value), false, expr);
                self.found.opened.push(value);
                match expr {
                    Expr::Name(name) => self.candidates.get(name.id.as_str()).cloned().unwrap_or_default(),
                    _ => Vec::new(),
                }
            }
            None => self.sources(expr),
        };
        self.host_touch(&sources, true, expr);
        self.found.opened_deep.append(&mut sources);
    }

    /// Something happens to these values, or to what they hold.
    fn host_touch(&mut self, values: &[Value], deep: bool, at: &impl Ranged) {
        let touched: Vec<Value> = values.iter().filter(|value| is_hosts(value, deep)).cloned().collect();
        if !touched.is_empty() {
            self.host_effect(at, touched);
        }
    }

    fn host_effect(&mut self, at: &impl Ranged, touched: impl IntoIterator<Item = Value>) {
        let span = self.span(at);
        self.found.host.get_or_insert(span);
        self.found.touched.extend(touched);
    }
}

impl Vm {
    /// Walks code of which it is not known whether it runs, and puts in doubt what it could do. Gives the ways in which it could
    /// leave, and whether it could do anything at all.
    fn reach(
        &mut self,
        scope: &Rc<Scope>,
        cause: &Cause,
        walk: impl FnOnce(&mut Walker<'_>),
    ) -> Eval<(Escape, bool)> {
        self.spend(1)?;
        let tries = std::mem::take(&mut self.tries);
        let mut walker = Walker::new(self, scope);
        walk(&mut walker);
        let found = walker.found;
        self.tries = tries;
        if found.too_much {
            return self.limit("what may happen here, if it does, is too much to follow");
        }
        if found.yields {
            self.doubt_yields(cause);
        }
        let effects = found.has_effects();
        let library = Rc::clone(&self.library);
        for (scope, name) in found.names {
            if let Some(bound) = scope.get(&name).filter(|value| is_hosts(value, false)) {
                let (touched, span, what) = ([bound], cause.span, DoubtKind::Name);
                let doubt = Doubt { touched: &touched, current: false, stray: false, span, cause, what };
                library.host().doubt(self, &doubt);
            }
            scope.set(name, Value::Unknown(cause.decided()));
        }
        // What the host builds hears of the doubt below.
        for value in found.opened.iter().filter(|value| !library.host().owns(value)) {
            self.open_value(value, cause)?;
        }
        let mut seen = HashSet::default();
        for value in &found.opened_deep {
            self.open_deep(value, cause, &mut seen);
        }
        if let Some(span) = found.host {
            let what = DoubtKind::Control;
            let touched = &found.touched;
            let doubt = Doubt { touched, current: true, stray: found.stray, span, cause, what };
            library.host().doubt(self, &doubt);
        }
        let escape = Escape {
            cause: cause.clone(),
            returns: found.returns,
            breaks: found.breaks,
            continues: found.continues,
        };
        Ok((escape, effects))
    }

    /// Whether running a function's body could change nothing but its own names, whatever it does.
    pub(super) fn is_confined(&mut self, scope: &Rc<Scope>, body: &[Stmt]) -> Eval<bool> {
        self.spend(1)?;
        let tries = std::mem::take(&mut self.tries);
        let mut walker = Walker::new(self, scope);
        for stmt in body {
            walker.visit_stmt(stmt);
        }
        let found = walker.found;
        self.tries = tries;
        let own_names = found.names.iter().all(|(target, _)| Rc::ptr_eq(target, scope));
        let still = found.opened.is_empty() && found.opened_deep.is_empty() && found.host.is_none();
        Ok(own_names && still && !found.stray && !found.too_much)
    }

    pub(super) fn reach_of_block(&mut self, scope: &Rc<Scope>, body: &[Stmt], cause: &Cause) -> Eval<Escape> {
        if body.is_empty() {
            return Ok(Escape::none(cause.clone()));
        }
        let (escape, _) =
            self.reach(scope, cause, |walker| body.iter().for_each(|stmt| walker.visit_stmt(stmt)))?;
        Ok(escape)
    }

    /// As `reach_of_block` for the body of a loop: `break` and `continue` stay inside.
    pub(super) fn reach_of_loop(
        &mut self,
        scope: &Rc<Scope>,
        target: Option<&Expr>,
        source: Option<&Expr>,
        body: &[Stmt],
        cause: &Cause,
    ) -> Eval<Escape> {
        let (escape, _) = self.reach(scope, cause, |walker| {
            let from = source.map(|source| walker.sources(source)).unwrap_or_default();
            if let Some(target) = target {
                walker.bind_target(target, &from);
            }
            walker.walk_loop(body);
        })?;
        Ok(escape)
    }

    pub(super) fn reach_of_expr(&mut self, scope: &Rc<Scope>, expr: &Expr, cause: &Cause) -> Eval<bool> {
        self.reach_of_exprs(scope, [expr], cause)
    }

    pub(super) fn reach_of_exprs<'e>(
        &mut self,
        scope: &Rc<Scope>,
        exprs: impl IntoIterator<Item = &'e Expr>,
        cause: &Cause,
    ) -> Eval<bool> {
        let (_, effects) =
            self.reach(scope, cause, |walker| exprs.into_iter().for_each(|expr| walker.visit_expr(expr)))?;
        Ok(effects)
    }

    /// The value of a literal or a name, without running anything.
    pub(super) fn peek_constant(&mut self, scope: &Rc<Scope>, expr: &Expr) -> Option<Value> {
        match expr {
            Expr::Name(name) => {
                self.lookup(scope, name.id.as_str()).ok().filter(|value| value.unknown().is_none())
            }
            expr if expr.is_literal_expr() => self.eval(scope, expr).ok(),
            _ => None,
        }
    }

    /// Something unknown was called with these values.
    pub(super) fn doubt_call(
        &mut self,
        given: &[Value],
        cause: &Cause,
        span: Span,
        reach: CallReach,
    ) -> Eval<()> {
        let mut seen = HashSet::default();
        for value in given {
            self.open_deep(value, cause, &mut seen);
        }
        for callee in self.callables_within(given) {
            let function = match &callee {
                Value::Function(function) => Rc::clone(function),
                Value::Method(method) => match &method.function {
                    Value::Function(function) => Rc::clone(function),
                    Value::Native(native) if native.effect == Effect::Receiver => {
                        self.open_value(&method.receiver, cause)?;
                        continue;
                    }
                    _ => continue,
                },
                _ => continue,
            };
            let scope = Rc::clone(&function.scope);
            self.reach(&scope, cause, |walker| walker.follow(&function, given))?;
        }
        let library = Rc::clone(&self.library);
        let current = reach == CallReach::Anything && library.host().is_building(self);
        let touched: Vec<Value> = given.to_vec();
        let what = DoubtKind::Call;
        let doubt = Doubt { touched: &touched, current, stray: false, span, cause, what };
        library.host().doubt(self, &doubt);
        Ok(())
    }

    /// The contents of a value are not known from here on. What the host builds hears of it.
    pub(super) fn open_value(&mut self, value: &Value, cause: &Cause) -> Eval<()> {
        let cause = &cause.decided();
        match value {
            Value::Unknown(own) => self.touch(own, cause),
            Value::List(list) => list.open(cause),
            Value::Dict(dict) => dict.open(cause),
            Value::Set(set) => set.open(cause),
            Value::Iter(iter) => {
                iter.open.borrow_mut().get_or_insert_with(|| cause.decided());
            }
            Value::Instance(instance) => {
                instance.open.borrow_mut().get_or_insert_with(|| cause.decided());
            }
            Value::Class(class) => {
                class.open.borrow_mut().get_or_insert_with(|| cause.decided());
                open_attributes(class, cause);
            }
            Value::Module(module) => {
                if let crate::value::ModuleKind::User(scope) = &module.kind {
                    scope.open(cause);
                }
            }
            Value::Object(object) => {
                object.open(cause);
                if object.effect() == Effect::Host {
                    let touched = [value.clone()];
                    let doubt = Doubt {
                        touched: &touched,
                        current: false,
                        stray: false,
                        span: self.here,
                        cause,
                        what: DoubtKind::Control,
                    };
                    let library = Rc::clone(&self.library);
                    library.host().doubt(self, &doubt);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// As `open_value`, for everything that is reachable from the value.
    fn open_deep(&self, value: &Value, cause: &Cause, seen: &mut HashSet<*const ()>) {
        let mut waiting = vec![value.clone()];
        while let Some(value) = waiting.pop() {
            if let Value::Unknown(own) = &value {
                self.touch(own, cause);
                continue;
            }
            let is_code = matches!(value, Value::Function(_));
            if is_code || !address(&value).is_some_and(|address| seen.insert(address)) {
                continue;
            }
            match &value {
                Value::List(list) => {
                    list.open(cause);
                    waiting.extend(list.seen().iter().cloned());
                }
                Value::Dict(dict) => {
                    dict.open(cause);
                    waiting.extend(dict.seen().values().cloned());
                }
                Value::Set(set) => set.open(cause),
                Value::Iter(iter) => {
                    iter.open.borrow_mut().get_or_insert_with(|| cause.decided());
                    waiting.extend(iter.rest.borrow().iter().cloned());
                }
                Value::Instance(instance) => {
                    instance.open.borrow_mut().get_or_insert_with(|| cause.decided());
                    waiting.extend(instance.attrs.borrow().values().cloned());
                }
                Value::Tuple(items) => waiting.extend(items.iter().cloned()),
                Value::Class(class) => open_attributes(class, cause),
                // What the host builds hears of it by itself, and is not walked through.
                Value::Object(_) if self.library.host().owns(&value) => {}
                Value::Object(object) => {
                    object.open(cause);
                    object.visit(&mut |value| waiting.push(value.clone()));
                }
                _ => {}
            }
        }
    }
}
