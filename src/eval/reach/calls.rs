//! What a call could do: to what it is given, through the functions it could run.

use std::rc::Rc;

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Expr, ExprCall};

use super::values::{address, is_hosts, is_namespace};
use super::{MAX_FOLLOW, MAX_FOLLOWED, Walker};
use crate::eval::library::CallReach;
use crate::eval::{Scope, ScopeKind};
use crate::map::{HashMap, HashSet};
use crate::value::function::Code;
use crate::value::{Class, Effect, Function, Value};

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
pub(in crate::eval) const READERS: &[&str] = &[
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

impl Walker<'_> {
    /// What a call is given.
    pub(super) fn given(&mut self, node: &ExprCall) -> Vec<Value> {
        let mut given = Vec::new();
        for arg in &node.arguments.args {
            given.extend(self.sources(arg));
        }
        for keyword in &node.arguments.keywords {
            given.extend(self.sources(&keyword.value));
        }
        given
    }

    pub(super) fn call(&mut self, node: &ExprCall, given: Vec<Value>) {
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

    pub(super) fn call_of(&mut self, callee: &Value, given: &[Value], node: &ExprCall) {
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
                    let held = self.vm.callables_within(&held);
                    // What these hold is among them.
                    let objects = held.iter().filter(|inner| matches!(inner, Value::Object(_)));
                    self.mentioned.extend(objects.filter_map(super::values::address));
                    for inner in held {
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
            Value::Unknown(cause) => {
                let reach = self.vm.reach_of_call(cause);
                self.vm.touch_callee(cause, reach);
                match reach {
                    CallReach::Nothing => {}
                    CallReach::Arguments => self.found.opened_deep.extend(given.iter().cloned()),
                    CallReach::Anything => self.unknown_call(node, given),
                }
            }
            _ => {}
        }
    }

    pub(super) fn call_unresolved(&mut self, node: &ExprCall, given: &[Value]) {
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
            let mut seen = HashSet::default();
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

    pub(super) fn unknown_call(&mut self, node: &ExprCall, given: &[Value]) {
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
    pub(super) fn operators_of(&mut self, class: &Rc<Class>, given: &[Value]) {
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
            for function in &operators {
                self.follow(function, given);
            }
        }
    }

    /// A name or an attribute is used: what its class defines for that may run.
    pub(super) fn used(&mut self, expr: &Expr) {
        let mut values: Vec<Value> = self.peek(expr).into_iter().collect();
        if let Expr::Name(name) = expr {
            values.extend(self.candidates.get(name.id.as_str()).cloned().unwrap_or_default());
        }
        let mut instances = Vec::new();
        let mut seen = HashSet::default();
        for value in &values {
            self.vm.instances_within(value, &mut instances, &mut seen);
        }
        for instance in instances {
            let class = Rc::clone(&instance.class);
            self.operators_of(&class, &[Value::Instance(instance)]);
        }
    }

    /// An attribute is read: a property runs.
    pub(super) fn attribute_read(&mut self, object: &Expr, name: &str) {
        let sources = self.sources(object);
        let mut members = Vec::new();
        let mut seen = HashSet::default();
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
    pub(super) fn follow(&mut self, function: &Rc<Function>, given: &[Value]) {
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
        let mut shadowed = HashSet::default();
        let mut candidates = HashMap::default();
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
}
