//! What an unknown reaches: the names, objects and host effects of code of which it is not known whether it runs.
//!
//! Nothing runs here. The code is walked; names are looked up as they stand, calls are followed into functions that are known, and
//! everything the code could bind, change or build becomes unknown, open, or a doubt of the host's.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_pattern, walk_stmt};
use ruff_python_ast::{Expr, ExprCall, Operator, Pattern, Stmt};
use ruff_text_size::Ranged;

use super::flow::Escape;
use super::library::{CallReach, Doubt, DoubtKind};
use super::{Scope, ScopeKind, Vm};
use crate::datum::Cause;
use crate::source::Span;
use crate::value::function::Code;
use crate::value::{Class, Effect, Eval, Function, Instance, Value};

/// Methods of built-in containers that change them, for receivers that are not known.
const MUTATORS: &[&str] = &[
    "add",
    "append",
    "clear",
    "difference_update",
    "discard",
    "extend",
    "insert",
    "intersection_update",
    "pop",
    "popitem",
    "remove",
    "reverse",
    "set_downstream",
    "set_upstream",
    "setdefault",
    "sort",
    "symmetric_difference_update",
    "update",
];

/// Methods of built-in values that change nothing, for receivers that are not known.
const READERS: &[&str] = &[
    "capitalize",
    "casefold",
    "copy",
    "count",
    "date",
    "endswith",
    "find",
    "format",
    "get",
    "index",
    "isdigit",
    "isoformat",
    "items",
    "join",
    "keys",
    "lower",
    "lstrip",
    "partition",
    "replace",
    "rfind",
    "rsplit",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strftime",
    "strip",
    "time",
    "title",
    "total_seconds",
    "upper",
    "values",
    "zfill",
    "debug",
    "info",
    "warning",
    "error",
    "exception",
    "critical",
    "log",
    "setLevel",
];

/// Methods that run when an instance or a class is made, not when it is used.
const CONSTRUCTORS: &[&str] = &["__init__", "__new__", "__post_init__", "__init_subclass__", "__set_name__"];

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

    /// The value that an expression has as things stand, if that can be told without running anything.
    fn peek(&mut self, expr: &Expr) -> Option<Value> {
        match expr {
            Expr::Name(name) => {
                if self.shadowed.contains(name.id.as_str()) {
                    return None;
                }
                let scope = Rc::clone(&self.scope);
                self.vm.lookup(&scope, name.id.as_str()).ok()
            }
            Expr::Attribute(node) => {
                let object = self.peek(&node.value)?;
                let plain = match &object {
                    Value::Instance(instance) => {
                        let own = instance.attrs.borrow().get(node.attr.as_str()).cloned();
                        return own.or_else(|| instance.class.lookup(node.attr.as_str())).map(|value| {
                            match value {
                                Value::Function(_) => Value::Method(Rc::new(crate::value::Method {
                                    receiver: object.clone(),
                                    function: value,
                                })),
                                other => other,
                            }
                        });
                    }
                    Value::Unknown(_) => return Some(object),
                    object => object,
                };
                self.vm.attr(plain, node.attr.as_str()).ok()
            }
            Expr::Subscript(node) => {
                let object = self.peek(&node.value)?;
                let key = match &*node.slice {
                    Expr::StringLiteral(text) => Value::str(text.value.to_str()),
                    other => self.peek(other)?,
                };
                match &object {
                    Value::Dict(_) | Value::List(_) | Value::Tuple(_) => self.vm.item(&object, &key).ok(),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Every value that an expression could be, or be part of.
    fn sources(&mut self, expr: &Expr) -> Vec<Value> {
        let mut values = Vec::new();
        values.extend(self.peek(expr));
        let mut mentions = Mentions::default();
        mentions.visit_expr(expr);
        for name in mentions.names {
            if let Some(candidates) = self.candidates.get(name) {
                values.extend(candidates.iter().cloned());
            }
            if !self.shadowed.contains(name) {
                let scope = Rc::clone(&self.scope);
                values.extend(self.vm.lookup(&scope, name).ok().filter(counts));
                if is_namespace(name) {
                    values.extend(
                        scope.globals().bindings().into_iter().map(|(_, value)| value).filter(counts),
                    );
                }
            }
        }
        // What a function gives is something it was given, or something it knows of.
        let mut functions = HashSet::new();
        for callee in mentions.callees {
            let called = self.peek(callee);
            let named = match callee {
                Expr::Name(name) => self.candidates.get(name.id.as_str()).cloned().unwrap_or_default(),
                _ => Vec::new(),
            };
            for called in called.into_iter().chain(named) {
                self.known_to(&called, &mut values, &mut functions);
            }
        }
        let mut seen = HashSet::new();
        values.retain(|value| address(value).is_none_or(|address| seen.insert(address)));
        if values.len() > MAX_SOURCES {
            values.truncate(MAX_SOURCES);
            self.found.too_much = true;
        }
        values
    }

    /// Adds what the code of a function mentions.
    fn known_to(&mut self, callee: &Value, values: &mut Vec<Value>, seen: &mut HashSet<*const Function>) {
        let function = match callee {
            Value::Function(function) => Rc::clone(function),
            Value::Method(method) => {
                values.push(method.receiver.clone());
                return self.known_to(&method.function, values, seen);
            }
            Value::Instance(instance) => match instance.class.lookup("__call__") {
                Some(method) => return self.known_to(&method, values, seen),
                None => return,
            },
            _ => return,
        };
        if seen.len() > MAX_FOLLOW || !seen.insert(Rc::as_ptr(&function)) {
            return;
        }
        let mut mentions = Mentions::default();
        match &function.code {
            Code::Def(def) => def.body.iter().for_each(|stmt| mentions.visit_stmt(stmt)),
            Code::Lambda(lambda) => mentions.visit_expr(&lambda.body),
        }
        let locals = self.vm.locals_of(&function);
        let known: Vec<Value> = mentions
            .names
            .iter()
            .filter(|name| !locals.as_ref().is_some_and(|locals| locals.contains(**name)))
            .filter_map(|name| self.vm.lookup(&function.scope, name).ok())
            .collect();
        for value in known {
            self.known_to(&value, values, seen);
            if counts(&value) {
                values.push(value);
            }
        }
        if mentions.names.iter().any(|name| is_namespace(name)) {
            let bindings = function.scope.globals().bindings();
            values.extend(bindings.into_iter().map(|(_, value)| value).filter(counts));
        }
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

    /// What a call is given.
    fn given(&mut self, node: &ExprCall) -> Vec<Value> {
        let mut given = Vec::new();
        for arg in &node.arguments.args {
            given.extend(self.sources(arg));
        }
        for keyword in &node.arguments.keywords {
            given.extend(self.sources(&keyword.value));
        }
        given
    }

    fn call(&mut self, node: &ExprCall, given: Vec<Value>) {
        // Any function that is passed may run, on anything that is passed.
        for callee in self.vm.callables_within(&given) {
            self.call_of(&callee, &given, node);
        }
        if let Expr::Name(name) = &*node.func {
            if is_namespace(name.id.as_str()) || matches!(name.id.as_str(), "eval" | "exec") {
                self.found.stray = true;
            }
            for value in self.candidates.get(name.id.as_str()).cloned().unwrap_or_default() {
                for callee in self.vm.callables_within(&[value]) {
                    self.call_of(&callee, &given, node);
                }
            }
        }
        match self.peek(&node.func) {
            Some(callee) => self.call_of(&callee, &given, node),
            None => self.call_unresolved(node, &given),
        }
    }

    fn call_of(&mut self, callee: &Value, given: &[Value], node: &ExprCall) {
        match callee {
            Value::Function(function) => self.follow(function, given),
            Value::Class(class) => {
                for name in ["__init__", "__post_init__", "__new__"] {
                    if let Some(Value::Function(function)) = class.lookup(name) {
                        self.follow(&function, given);
                    }
                }
                self.operators_of(class, given);
                if class.why_open().is_some() {
                    self.unknown_call(node, given);
                }
            }
            Value::Method(method) => {
                let mut all = vec![method.receiver.clone()];
                all.extend(given.iter().cloned());
                match &method.function {
                    Value::Native(native) if native.effect == Effect::Receiver => {
                        self.found.opened.push(method.receiver.clone());
                    }
                    Value::Native(native) if native.effect == Effect::Host => self.host_effect(node, all),
                    Value::Native(_) => {}
                    function => {
                        let function = function.clone();
                        self.call_of(&function, &all, node);
                    }
                }
            }
            Value::Native(native) => match native.effect {
                Effect::None => {}
                Effect::Receiver => self.found.opened_deep.extend(given.iter().cloned()),
                Effect::Host => self.host_effect(node, given.to_vec()),
            },
            Value::Object(object) => {
                match object.call_effect() {
                    Effect::None => {}
                    Effect::Receiver => self.found.opened.push(callee.clone()),
                    Effect::Host => {
                        let mut all = vec![callee.clone()];
                        all.extend(given.iter().cloned());
                        self.host_effect(node, all);
                    }
                }
                // `partial`, and what decorators make, call what they hold.
                let mut held = Vec::new();
                object.visit(&mut |value| held.push(value.clone()));
                let address = Rc::as_ptr(object).cast::<()>();
                if !self.vm.library.host().owns(callee) && self.mentioned.insert(address) {
                    for inner in self.vm.callables_within(&held) {
                        self.call_of(&inner, given, node);
                    }
                }
            }
            Value::Instance(instance) => {
                if let Some(Value::Function(function)) = instance.class.lookup("__call__") {
                    let mut all = vec![callee.clone()];
                    all.extend(given.iter().cloned());
                    self.follow(&function, &all);
                }
            }
            Value::Unknown(cause) => match self.vm.reach_of_call(cause) {
                CallReach::Nothing => {}
                CallReach::Arguments => self.found.opened_deep.extend(given.iter().cloned()),
                CallReach::Anything => self.unknown_call(node, given),
            },
            _ => {}
        }
    }

    fn call_unresolved(&mut self, node: &ExprCall, given: &[Value]) {
        let Expr::Attribute(attribute) = &*node.func else {
            let sources = self.sources(&node.func);
            for callee in self.vm.callables_within(&sources) {
                self.call_of(&callee, given, node);
            }
            self.unknown_call(node, given);
            return;
        };
        let name = attribute.attr.as_str();
        if MUTATORS.contains(&name) {
            self.store_into(&attribute.value);
            if name.starts_with("set_") {
                self.host_effect(node, given.to_vec());
            }
        } else if !READERS.contains(&name) {
            let mut all = self.sources(&attribute.value);
            // A method of the project's own classes is followed.
            let mut methods = Vec::new();
            let mut seen = HashSet::new();
            for value in &all {
                self.vm.members_within(value, name, &mut methods, &mut seen);
            }
            all.extend(given.iter().cloned());
            for method in self.vm.callables_within(&methods) {
                self.call_of(&method, &all, node);
            }
            self.unknown_call(node, &all);
        }
    }

    fn unknown_call(&mut self, node: &ExprCall, given: &[Value]) {
        self.found.opened_deep.extend(given.iter().cloned());
        let names_task =
            node.arguments.find_keyword("task_id").is_some() || node.arguments.find_keyword("dag").is_some();
        let library = Rc::clone(&self.vm.library);
        let is_given_hosts = given.iter().any(|value| is_hosts(value, true));
        if names_task || is_given_hosts || library.host().is_building(self.vm) {
            self.host_effect(node, given.to_vec());
        }
    }

    /// The operators that the project's own class defines may run wherever an instance is used.
    fn operators_of(&mut self, class: &Rc<Class>, given: &[Value]) {
        if !self.mentioned.insert(Rc::as_ptr(class).cast()) {
            return;
        }
        for class in class.mro() {
            let attrs = class.attrs.borrow();
            let operators: Vec<Rc<Function>> = attrs
                .iter()
                .filter(|(name, _)| name.starts_with("__") && !CONSTRUCTORS.contains(&&***name))
                .filter_map(|(_, value)| match value {
                    Value::Function(function) => Some(Rc::clone(function)),
                    _ => None,
                })
                .collect();
            drop(attrs);
            operators.iter().for_each(|function| self.follow(function, given));
        }
    }

    /// A name or an attribute is used: what its class defines for that may run.
    fn used(&mut self, expr: &Expr) {
        let mut values: Vec<Value> = self.peek(expr).into_iter().collect();
        if let Expr::Name(name) = expr {
            values.extend(self.candidates.get(name.id.as_str()).cloned().unwrap_or_default());
        }
        let mut instances = Vec::new();
        let mut seen = HashSet::new();
        values.iter().for_each(|value| self.vm.instances_within(value, &mut instances, &mut seen));
        for instance in instances {
            let class = Rc::clone(&instance.class);
            self.operators_of(&class, &[Value::Instance(instance)]);
        }
    }

    /// An attribute is read: a property runs.
    fn attribute_read(&mut self, object: &Expr, name: &str) {
        let sources = self.sources(object);
        let mut members = Vec::new();
        let mut seen = HashSet::new();
        for value in &sources {
            self.vm.members_within(value, name, &mut members, &mut seen);
        }
        for member in members {
            let Value::Object(property) = &member else { continue };
            let mut getters = Vec::new();
            property.visit(&mut |value| getters.push(value.clone()));
            for getter in getters {
                if let Value::Function(function) = &getter {
                    self.follow(function, &sources);
                }
            }
        }
    }

    /// Walks the body of a function that may run; all arguments may be any parameter.
    fn follow(&mut self, function: &Rc<Function>, given: &[Value]) {
        if self.follow >= MAX_FOLLOW || self.followed >= MAX_FOLLOWED {
            self.found.too_much = true;
            return;
        }
        // Once is enough, unless it is given something new.
        let is_new = !self.visited.contains_key(&Rc::as_ptr(function));
        let known = self.visited.entry(Rc::as_ptr(function)).or_default();
        let gets_new = given.iter().filter_map(address).filter(|address| known.insert(*address)).count() > 0;
        if !is_new && !gets_new {
            return;
        }
        self.followed += 1;
        let mut shadowed = HashSet::new();
        let mut candidates = HashMap::new();
        if let Some(parameters) = function.code.parameters() {
            for parameter in parameters {
                let name: Rc<str> = parameter.name().as_str().into();
                shadowed.insert(Rc::clone(&name));
                candidates.insert(name, given.to_vec());
            }
        }
        if let Some(locals) = self.vm.locals_of(function) {
            shadowed.extend(locals.iter().cloned());
        }
        let inner = Scope::inside(&function.scope, ScopeKind::Function);
        let outer_scope = std::mem::replace(&mut self.scope, inner);
        let outer_shadowed = std::mem::replace(&mut self.shadowed, shadowed);
        let outer_candidates = std::mem::replace(&mut self.candidates, candidates);
        let outer_flags = (self.found.returns, self.found.breaks, self.found.continues);
        let outer_inside = std::mem::replace(&mut self.inside_function, true);
        self.follow += 1;
        match &function.code {
            Code::Def(def) => {
                let def = Rc::clone(def);
                def.body.iter().for_each(|stmt| self.visit_stmt(stmt));
            }
            Code::Lambda(lambda) => {
                let lambda = Rc::clone(lambda);
                self.visit_expr(&lambda.body);
            }
        }
        self.follow -= 1;
        self.inside_function = outer_inside;
        (self.found.returns, self.found.breaks, self.found.continues) = outer_flags;
        self.candidates = outer_candidates;
        self.shadowed = outer_shadowed;
        self.scope = outer_scope;
    }

    fn bind_target(&mut self, target: &Expr, from: &[Value]) {
        match target {
            Expr::Name(name) => self.bind(name.id.as_str(), from),
            Expr::Attribute(node) => {
                self.visit_expr(&node.value);
                self.store_into(&node.value);
            }
            Expr::Subscript(node) => {
                self.visit_expr(&node.value);
                self.visit_expr(&node.slice);
                self.store_into(&node.value);
            }
            Expr::Tuple(node) => node.elts.iter().for_each(|target| self.bind_target(target, from)),
            Expr::List(node) => node.elts.iter().for_each(|target| self.bind_target(target, from)),
            Expr::Starred(node) => self.bind_target(&node.value, from),
            _ => {}
        }
    }

    fn walk_loop(&mut self, body: &[Stmt]) {
        self.loops += 1;
        for stmt in body {
            self.visit_stmt(stmt);
        }
        self.loops -= 1;
    }
}

impl<'a> Visitor<'a> for Walker<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(node) => {
                node.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
                let decorators: Vec<Value> = node
                    .decorator_list
                    .iter()
                    .filter_map(|decorator| self.peek(&decorator.expression))
                    .collect();
                for decorator in decorators {
                    if let Value::Function(function) = decorator {
                        self.follow(&function, &[]);
                    }
                }
                self.bind(node.name.as_str(), &[]);
                // What is defined here may be called here, under a name that does not stand yet.
                let outer_flags = (self.found.returns, self.found.breaks, self.found.continues);
                let outer = std::mem::replace(&mut self.inside_function, true);
                let shadowed = self.shadowed.clone();
                self.shadowed
                    .extend(node.parameters.iter().map(|parameter| parameter.name().as_str().into()));
                node.body.iter().for_each(|stmt| self.visit_stmt(stmt));
                self.shadowed = shadowed;
                self.inside_function = outer;
                (self.found.returns, self.found.breaks, self.found.continues) = outer_flags;
            }
            Stmt::ClassDef(node) => {
                node.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
                for base in node.bases() {
                    self.visit_expr(base);
                    if let Some(Value::Class(class)) = self.peek(base)
                        && let Some(hook) = class.lookup("__init_subclass__")
                    {
                        for hook in self.vm.callables_within(&[hook]) {
                            if let Value::Function(function) = hook {
                                self.follow(&function, &[]);
                            }
                        }
                    }
                }
                node.keywords().iter().for_each(|keyword| self.visit_expr(&keyword.value));
                // Its body runs here.
                node.body.iter().for_each(|stmt| self.visit_stmt(stmt));
                self.bind(node.name.as_str(), &[]);
            }
            Stmt::Assign(node) => {
                self.visit_expr(&node.value);
                let from = self.sources(&node.value);
                node.targets.iter().for_each(|target| self.bind_target(target, &from));
            }
            Stmt::AnnAssign(node) => {
                if let Some(value) = &node.value {
                    self.visit_expr(value);
                    let from = self.sources(value);
                    self.bind_target(&node.target, &from);
                }
            }
            Stmt::AugAssign(node) => {
                self.visit_expr(&node.value);
                // A list is changed in place; a number is bound anew.
                self.store_into(&node.target);
                self.bind_target(&node.target, &[]);
            }
            Stmt::Delete(node) => node.targets.iter().for_each(|target| self.bind_target(target, &[])),
            Stmt::For(node) => {
                self.visit_expr(&node.iter);
                let from = self.sources(&node.iter);
                self.bind_target(&node.target, &from);
                self.walk_loop(&node.body);
                node.orelse.iter().for_each(|stmt| self.visit_stmt(stmt));
            }
            Stmt::While(node) => {
                self.visit_expr(&node.test);
                self.walk_loop(&node.body);
                node.orelse.iter().for_each(|stmt| self.visit_stmt(stmt));
            }
            Stmt::With(node) => {
                for item in &node.items {
                    self.visit_expr(&item.context_expr);
                    let sources = self.sources(&item.context_expr);
                    self.host_touch(&sources, true, &item.context_expr);
                    if let Some(target) = &item.optional_vars {
                        self.bind_target(target, &sources);
                    }
                }
                node.body.iter().for_each(|stmt| self.visit_stmt(stmt));
            }
            Stmt::Import(node) => {
                for alias in &node.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    self.bind(name.split('.').next().unwrap_or(name), &[]);
                }
            }
            Stmt::ImportFrom(node) => {
                for alias in &node.names {
                    self.bind(alias.asname.as_ref().unwrap_or(&alias.name).as_str(), &[]);
                }
            }
            Stmt::Global(node) => {
                node.names.iter().for_each(|name| self.scope.declare(name.as_str(), ScopeKind::Module));
            }
            Stmt::Nonlocal(node) => {
                node.names.iter().for_each(|name| self.scope.declare(name.as_str(), ScopeKind::Function));
            }
            Stmt::Return(node) => {
                node.value.iter().for_each(|value| self.visit_expr(value));
                self.found.returns = true;
            }
            Stmt::Break(_) if self.loops == 0 => self.found.breaks = true,
            Stmt::Continue(_) if self.loops == 0 => self.found.continues = true,
            Stmt::Try(node) => {
                for handler in &node.handlers {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    if let Some(name) = &handler.name {
                        self.bind(name.as_str(), &[]);
                    }
                }
                walk_stmt(self, stmt);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Call(node) => {
                let given = self.given(node);
                let outer = self.given.len();
                self.given.extend(given.iter().cloned());
                walk_expr(self, expr);
                self.given.truncate(outer);
                self.call(node, given);
            }
            Expr::Name(_) => self.used(expr),
            Expr::Attribute(node) => {
                walk_expr(self, expr);
                self.attribute_read(&node.value, node.attr.as_str());
                self.used(expr);
            }
            Expr::Named(node) => {
                self.visit_expr(&node.value);
                let from = self.sources(&node.value);
                self.bind_target(&node.target, &from);
            }
            Expr::BinOp(node) => {
                walk_expr(self, expr);
                let mut operands = self.sources(&node.left);
                operands.extend(self.sources(&node.right));
                let hosted = operands.iter().any(|value| is_hosts(value, true));
                let library = Rc::clone(&self.vm.library);
                let shift = matches!(node.op, Operator::LShift | Operator::RShift);
                if hosted || (shift && library.host().is_building(self.vm)) {
                    self.host_effect(node, operands);
                }
            }
            Expr::Lambda(node) => {
                // Whoever gets it may call it.
                let (shadowed, candidates) = (self.shadowed.clone(), self.candidates.clone());
                for parameter in node.parameters.iter().flat_map(|parameters| parameters.iter()) {
                    let name: Rc<str> = parameter.name().as_str().into();
                    self.shadowed.insert(Rc::clone(&name));
                    self.candidates.insert(name, self.given.clone());
                }
                self.visit_expr(&node.body);
                (self.shadowed, self.candidates) = (shadowed, candidates);
            }
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                // The targets are the comprehension's own.
                let generators = match expr {
                    Expr::ListComp(node) => &node.generators,
                    Expr::SetComp(node) => &node.generators,
                    Expr::DictComp(node) => &node.generators,
                    Expr::Generator(node) => &node.generators,
                    _ => return,
                };
                let shadowed = self.shadowed.clone();
                for generator in generators {
                    self.visit_expr(&generator.iter);
                    let from = self.sources(&generator.iter);
                    for name in target_names(&generator.target) {
                        self.shadowed.insert(name.as_str().into());
                        self.candidates.entry(name.as_str().into()).or_default().extend(from.iter().cloned());
                    }
                    generator.ifs.iter().for_each(|condition| self.visit_expr(condition));
                }
                match expr {
                    Expr::ListComp(node) => self.visit_expr(&node.elt),
                    Expr::SetComp(node) => self.visit_expr(&node.elt),
                    Expr::Generator(node) => self.visit_expr(&node.elt),
                    Expr::DictComp(node) => {
                        node.key.iter().for_each(|key| self.visit_expr(key));
                        self.visit_expr(&node.value);
                    }
                    _ => {}
                }
                self.shadowed = shadowed;
            }
            _ => walk_expr(self, expr),
        }
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        for name in super::pattern::captures(pattern) {
            self.bind(&name, &[]);
        }
        walk_pattern(self, pattern);
    }
}

fn target_names(target: &Expr) -> Vec<String> {
    match target {
        Expr::Name(name) => vec![name.id.to_string()],
        Expr::Tuple(node) => node.elts.iter().flat_map(target_names).collect(),
        Expr::List(node) => node.elts.iter().flat_map(target_names).collect(),
        Expr::Starred(node) => target_names(&node.value),
        _ => Vec::new(),
    }
}

/// The names that code mentions, and what it calls.
#[derive(Default)]
struct Mentions<'a> {
    names: Vec<&'a str>,
    callees: Vec<&'a Expr>,
}

impl<'a> Visitor<'a> for Mentions<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => self.names.push(name.id.as_str()),
            Expr::Call(call) => self.callees.push(&call.func),
            _ => {}
        }
        walk_expr(self, expr);
    }
}

/// Where a mutable value lives.
fn address(value: &Value) -> Option<*const ()> {
    Some(match value {
        Value::List(list) => Rc::as_ptr(list).cast(),
        Value::Dict(dict) => Rc::as_ptr(dict).cast(),
        Value::Set(set) => Rc::as_ptr(set).cast(),
        Value::Instance(instance) => Rc::as_ptr(instance).cast(),
        Value::Class(class) => Rc::as_ptr(class).cast(),
        Value::Tuple(items) => Rc::as_ptr(items).cast(),
        Value::Iter(iter) => Rc::as_ptr(iter).cast(),
        Value::Object(object) => Rc::as_ptr(object).cast(),
        Value::Function(function) => Rc::as_ptr(function).cast(),
        _ => return None,
    })
}

/// Hands on what a container or an instance holds.
fn held_by(value: &Value, visit: &mut dyn FnMut(&Value)) {
    match value {
        Value::List(list) => list.seen().iter().for_each(visit),
        Value::Dict(dict) => dict.seen().values().for_each(visit),
        Value::Tuple(items) => items.iter().for_each(visit),
        Value::Iter(iter) => iter.rest.borrow().iter().for_each(visit),
        Value::Instance(instance) => instance.attrs.borrow().values().for_each(visit),
        Value::Method(method) => visit(&method.receiver),
        Value::Object(object) => object.visit(visit),
        _ => {}
    }
}

/// Whether a value is something that the host builds, or holds such a thing.
fn is_hosts(value: &Value, deep: bool) -> bool {
    fn within(value: &Value, seen: &mut HashSet<*const ()>) -> bool {
        if matches!(value, Value::Object(object) if object.effect() == Effect::Host) {
            return true;
        }
        if address(value).is_some_and(|address| !seen.insert(address)) {
            return false;
        }
        let mut found = false;
        held_by(value, &mut |inner| found = found || within(inner, seen));
        found
    }
    if deep {
        return within(value, &mut HashSet::new());
    }
    matches!(value, Value::Object(object) if object.effect() == Effect::Host)
}

impl Vm {
    /// Whether what a value holds is its own business: a task's arguments are no part of what a list of tasks reaches.
    fn is_closed(&self, value: &Value, seen: &mut HashSet<*const ()>) -> bool {
        self.library.host().owns(value) || address(value).is_some_and(|address| !seen.insert(address))
    }

    /// What the classes of the instances in a value, and the classes in it, have under a name.
    fn members_within(
        &self,
        value: &Value,
        name: &str,
        found: &mut Vec<Value>,
        seen: &mut HashSet<*const ()>,
    ) {
        if self.is_closed(value, seen) {
            return;
        }
        match value {
            Value::Instance(instance) => found.extend(instance.class.lookup(name)),
            Value::Class(class) => found.extend(class.lookup(name)),
            _ => {}
        }
        held_by(value, &mut |inner| self.members_within(inner, name, found, seen));
    }

    /// The instances of the project's own classes in a value.
    fn instances_within(&self, value: &Value, found: &mut Vec<Rc<Instance>>, seen: &mut HashSet<*const ()>) {
        if self.is_closed(value, seen) {
            return;
        }
        if let Value::Instance(instance) = value {
            found.push(Rc::clone(instance));
        }
        held_by(value, &mut |inner| self.instances_within(inner, found, seen));
    }

    /// What can be called among values and what they hold.
    fn callables_within(&self, values: &[Value]) -> Vec<Value> {
        fn within(vm: &Vm, value: &Value, found: &mut Vec<Value>, seen: &mut HashSet<*const ()>) {
            if vm.is_closed(value, seen) {
                return;
            }
            match value {
                Value::Function(_) | Value::Method(_) | Value::Class(_) => found.push(value.clone()),
                Value::Native(native) if native.effect != Effect::None => found.push(value.clone()),
                Value::Instance(instance) if instance.class.lookup("__call__").is_some() => {
                    found.push(value.clone());
                }
                Value::Object(object) if object.call_effect() == Effect::Host => found.push(value.clone()),
                _ => {}
            }
            held_by(value, &mut |inner| within(vm, inner, found, seen));
        }
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        values.iter().for_each(|value| within(self, value, &mut found, &mut seen));
        found
    }
}

/// The values that a class keeps are not known any more; its methods are.
fn open_attributes(class: &Class, cause: &Cause) {
    for (name, value) in class.attrs.borrow_mut().iter_mut() {
        let is_code = matches!(value, Value::Function(_) | Value::Object(_) | Value::Class(_));
        if !is_code && !name.starts_with("__") {
            *value = Value::Unknown(cause.clone());
        }
    }
}

/// Builtins that give all names at once.
fn is_namespace(name: &str) -> bool {
    matches!(name, "globals" | "locals" | "vars")
}

/// Whether a value can be changed, or can change something.
fn counts(value: &Value) -> bool {
    matches!(
        value,
        Value::List(_)
            | Value::Dict(_)
            | Value::Set(_)
            | Value::Instance(_)
            | Value::Object(_)
            | Value::Tuple(_)
            | Value::Iter(_)
            | Value::Function(_)
            | Value::Method(_)
            | Value::Class(_)
    )
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
        let mut walker = Walker {
            vm: self,
            scope: Rc::clone(scope),
            shadowed: HashSet::new(),
            candidates: HashMap::new(),
            visited: HashMap::new(),
            mentioned: HashSet::new(),
            given: Vec::new(),
            follow: 0,
            followed: 0,
            loops: 0,
            inside_function: false,
            found: Found::default(),
        };
        walk(&mut walker);
        let found = walker.found;
        self.tries = tries;
        if found.too_much {
            return self.limit("what may happen here, if it does, is too much to follow");
        }
        let effects = found.has_effects();
        let library = Rc::clone(&self.library);
        for (scope, name) in found.names {
            if let Some(bound) = scope.get(&name).filter(|value| is_hosts(value, false)) {
                let (touched, span, what) = ([bound], cause.span, DoubtKind::Name);
                let doubt = Doubt { touched: &touched, current: false, stray: false, span, cause, what };
                library.host().doubt(self, &doubt);
            }
            scope.set(name, Value::Unknown(cause.clone()));
        }
        // What the host builds hears of the doubt below.
        for value in found.opened.iter().filter(|value| !library.host().owns(value)) {
            self.open_value(value, cause)?;
        }
        let mut seen = HashSet::new();
        for value in &found.opened_deep {
            Self::open_deep(value, cause, &mut seen);
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
        let mut seen = HashSet::new();
        for value in given {
            Self::open_deep(value, cause, &mut seen);
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
        match value {
            Value::List(list) => list.open(cause),
            Value::Dict(dict) => dict.open(cause),
            Value::Set(set) => set.open(cause),
            Value::Iter(iter) => {
                iter.open.borrow_mut().get_or_insert_with(|| cause.clone());
            }
            Value::Instance(instance) => {
                instance.open.borrow_mut().get_or_insert_with(|| cause.clone());
            }
            Value::Class(class) => {
                class.open.borrow_mut().get_or_insert_with(|| cause.clone());
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
    fn open_deep(value: &Value, cause: &Cause, seen: &mut HashSet<*const ()>) {
        if matches!(value, Value::Function(_)) {
            return;
        }
        let Some(address) = address(value) else { return };
        if !seen.insert(address) {
            return;
        }
        let mut inner = Vec::new();
        match value {
            Value::List(list) => {
                list.open(cause);
                inner.extend(list.seen().iter().cloned());
            }
            Value::Dict(dict) => {
                dict.open(cause);
                inner.extend(dict.seen().values().cloned());
            }
            Value::Set(set) => set.open(cause),
            Value::Iter(iter) => {
                iter.open.borrow_mut().get_or_insert_with(|| cause.clone());
                inner.extend(iter.rest.borrow().iter().cloned());
            }
            Value::Instance(instance) => {
                instance.open.borrow_mut().get_or_insert_with(|| cause.clone());
                inner.extend(instance.attrs.borrow().values().cloned());
            }
            Value::Tuple(items) => inner.extend(items.iter().cloned()),
            Value::Class(class) => open_attributes(class, cause),
            // What the host builds hears of it by itself, and is not walked through.
            Value::Object(object) if object.effect() == Effect::Host => {}
            Value::Object(object) => {
                object.open(cause);
                object.visit(&mut |value| inner.push(value.clone()));
            }
            _ => {}
        }
        for value in inner {
            Self::open_deep(&value, cause, seen);
        }
    }
}
