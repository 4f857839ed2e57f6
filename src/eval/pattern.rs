//! `match`: all kinds of patterns.

use std::rc::Rc;

use ruff_python_ast::{Pattern, Singleton, StmtMatch};

use super::flow::{Escape, Flow};
use super::{Scope, Vm};
use crate::datum::Cause;
use crate::value::attr::named_fields;
use crate::value::{Dict, Eval, Key, Stop, Value};

impl Vm {
    pub(super) fn exec_match(&mut self, scope: &Rc<Scope>, node: &StmtMatch) -> Eval<Flow> {
        let subject = self.eval(scope, &node.subject)?;
        for (at, case) in node.cases.iter().enumerate() {
            let mut matched = self.matches(scope, &case.pattern, &subject);
            if let (Ok(true), Some(guard)) = (&matched, &case.guard) {
                let guard = self.eval(scope, guard)?;
                matched = self.truth(&guard);
            }
            match matched {
                Ok(true) => return self.exec_block(scope, &case.body),
                Ok(false) => {}
                Err(Stop::Unknown(cause)) => return self.undecided_match(scope, node, at, &cause),
                Err(stop) => return Err(stop),
            }
        }
        Ok(Flow::Next)
    }

    fn undecided_match(
        &mut self,
        scope: &Rc<Scope>,
        node: &StmtMatch,
        from: usize,
        cause: &Cause,
    ) -> Eval<Flow> {
        let mut escape = Escape::none(cause.clone());
        for case in &node.cases[from..] {
            for name in captures(&case.pattern) {
                scope.target(&name).set(&*name, Value::Unknown(cause.decided()));
            }
            if let Some(guard) = &case.guard {
                self.reach_of_expr(scope, guard, cause)?;
            }
            escape = escape.and(&self.reach_of_block(scope, &case.body, cause)?);
        }
        Ok(escape.flow())
    }

    fn matches(&mut self, scope: &Rc<Scope>, pattern: &Pattern, subject: &Value) -> Eval<bool> {
        self.spend(1)?;
        match pattern {
            Pattern::MatchValue(node) => {
                let value = self.eval(scope, &node.value)?;
                let subject = subject.clone().known()?;
                self.equals(&subject, &value.known()?)
            }
            Pattern::MatchSingleton(node) => {
                let subject = subject.clone().known()?;
                Ok(match node.value {
                    Singleton::None => subject.is_none(),
                    Singleton::True => matches!(subject, Value::Bool(true)),
                    Singleton::False => matches!(subject, Value::Bool(false)),
                })
            }
            Pattern::MatchSequence(node) => {
                if !matches!(subject.clone().known()?, Value::List(_) | Value::Tuple(_) | Value::Range(_)) {
                    return Ok(false);
                }
                let items = self.iterate(subject)?;
                self.matches_sequence(scope, &node.patterns, &items)
            }
            Pattern::MatchMapping(node) => {
                let Value::Dict(dict) = subject.clone().known()? else { return Ok(false) };
                let mut used = Vec::new();
                for (key, pattern) in node.keys.iter().zip(&node.patterns) {
                    let key = Key::new(self.eval(scope, key)?)?;
                    let Some(value) = dict.items()?.get(&key).cloned() else { return Ok(false) };
                    if !self.matches(scope, pattern, &value)? {
                        return Ok(false);
                    }
                    used.push(key);
                }
                if let Some(rest) = &node.rest {
                    let mut others = dict.items()?.clone();
                    others.retain(|key, _| !used.contains(key));
                    let value = Value::Dict(Rc::new(Dict::new(others)));
                    scope.target(rest.as_str()).set(rest.as_str(), value);
                }
                Ok(true)
            }
            Pattern::MatchClass(node) => {
                let class = self.eval(scope, &node.cls)?;
                if !self.is_instance(subject, &class)? {
                    return Ok(false);
                }
                for (at, pattern) in node.arguments.patterns.iter().enumerate() {
                    let value = self.positional_pattern_value(&class, subject, at)?;
                    if !self.matches(scope, pattern, &value)? {
                        return Ok(false);
                    }
                }
                for keyword in &node.arguments.keywords {
                    let value = match self.attr(subject, keyword.attr.as_str()) {
                        Err(Stop::Raise(_)) => return Ok(false),
                        result => result?,
                    };
                    if !self.matches(scope, &keyword.pattern, &value)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Pattern::MatchStar(_) => Ok(true),
            Pattern::MatchAs(node) => {
                if let Some(pattern) = &node.pattern
                    && !self.matches(scope, pattern, subject)?
                {
                    return Ok(false);
                }
                if let Some(name) = &node.name {
                    scope.target(name.as_str()).set(name.as_str(), subject.clone());
                }
                Ok(true)
            }
            Pattern::MatchOr(node) => {
                for pattern in &node.patterns {
                    if self.matches(scope, pattern, subject)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// The value that a class pattern's positional part stands for: the subject itself for `str()`, `int()` and their kin, else
    /// the attribute that `__match_args__` names; the fields are that of a dataclass.
    fn positional_pattern_value(&mut self, class: &Value, subject: &Value, at: usize) -> Eval<Value> {
        let Value::Class(class) = class else { return Ok(subject.clone()) };
        let names = match class.lookup("__match_args__") {
            Some(names) => self.iterate(&names)?,
            None => named_fields(class).into_iter().map(Value::Str).collect(),
        };
        match names.get(at).and_then(Value::as_str) {
            Some(name) => self.attr(subject, name),
            None => Err(Stop::type_error(format!(
                "{}() accepts {} positional sub-patterns",
                class.name,
                names.len()
            ))),
        }
    }

    fn matches_sequence(&mut self, scope: &Rc<Scope>, patterns: &[Pattern], items: &[Value]) -> Eval<bool> {
        let star = patterns.iter().position(Pattern::is_match_star);
        let Some(star) = star else {
            if patterns.len() != items.len() {
                return Ok(false);
            }
            return self.all_match(scope, patterns, items);
        };
        let after = patterns.len() - star - 1;
        if items.len() < star + after {
            return Ok(false);
        }
        let (head, rest) = items.split_at(star);
        let (middle, tail) = rest.split_at(rest.len() - after);
        if !self.all_match(scope, &patterns[..star], head)?
            || !self.all_match(scope, &patterns[star + 1..], tail)?
        {
            return Ok(false);
        }
        if let Pattern::MatchStar(node) = &patterns[star]
            && let Some(name) = &node.name
        {
            scope.target(name.as_str()).set(name.as_str(), Value::list(middle.to_vec()));
        }
        Ok(true)
    }

    fn all_match(&mut self, scope: &Rc<Scope>, patterns: &[Pattern], items: &[Value]) -> Eval<bool> {
        for (pattern, item) in patterns.iter().zip(items) {
            if !self.matches(scope, pattern, item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The names that a pattern binds.
pub(super) fn captures(pattern: &Pattern) -> Vec<String> {
    use ruff_python_ast::visitor::{Visitor, walk_pattern};
    #[derive(Default)]
    struct Names(Vec<String>);
    impl<'a> Visitor<'a> for Names {
        fn visit_pattern(&mut self, pattern: &'a Pattern) {
            let name = match pattern {
                Pattern::MatchAs(node) => node.name.as_ref(),
                Pattern::MatchStar(node) => node.name.as_ref(),
                Pattern::MatchMapping(node) => node.rest.as_ref(),
                Pattern::MatchValue(_)
                | Pattern::MatchSingleton(_)
                | Pattern::MatchSequence(_)
                | Pattern::MatchClass(_)
                | Pattern::MatchOr(_) => None,
            };
            self.0.extend(name.map(|name| name.as_str().to_owned()));
            walk_pattern(self, pattern);
        }
    }
    let mut names = Names::default();
    names.visit_pattern(pattern);
    names.0
}
