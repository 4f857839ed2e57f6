//! Reads deprecation notices in the source of old packages: which class to use instead of another, and under which name a
//! parameter goes on.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprCall, Identifier, Stmt, StmtFunctionDef};

use super::release::{Class, Release};
use super::signature::{self, Default};
use super::values::Scope;

/// What became of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Successor {
    /// The code puts the same value under this name.
    Same(String),
    /// The code makes the value of this name from it, or the notice names it.
    Other(String),
}

/// The words of the notice that a class as a whole is deprecated: of its decorator, or of a warning that its constructor
/// always gives. `None` where it is not deprecated.
pub(crate) fn class_notice<'a>(release: &Release<'a>, class: Class<'a>) -> Option<Vec<String>> {
    let mut texts = Texts::default();
    let mut deprecated = false;
    for decorator in &class.def.decorator_list {
        if let Expr::Call(call) = &decorator.expression
            && called(&call.func).is_some_and(|name| name.ends_with("deprecated"))
        {
            deprecated = true;
            for keyword in &call.arguments.keywords {
                let name = keyword.arg.as_ref().map(Identifier::as_str);
                if name.is_none_or(|name| !name.starts_with("planned")) {
                    texts.visit_expr(&keyword.value);
                }
            }
            call.arguments.args.iter().for_each(|argument| texts.visit_expr(argument));
        }
    }
    for name in ["__init__", "__new__"] {
        let body = release.method(class, name).map(|function| &function.body);
        for statement in body.into_iter().flatten() {
            if let Some(warning) = warning(statement) {
                deprecated = true;
                texts.visit_expr(warning);
            }
        }
    }
    deprecated.then(|| words(&texts.0))
}

/// The call of `warnings.warn` that a statement is.
fn warning(statement: &Stmt) -> Option<&Expr> {
    let Stmt::Expr(statement) = statement else { return None };
    let Expr::Call(call) = &*statement.value else { return None };
    let is_warning = called(&call.func) == Some("warn");
    is_warning.then_some(&*statement.value)
}

fn called(function: &Expr) -> Option<&str> {
    match function {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}

/// The strings in an expression.
#[derive(Default)]
struct Texts(String);

impl<'b> Visitor<'b> for Texts {
    fn visit_expr(&mut self, expr: &'b Expr) {
        match expr {
            Expr::StringLiteral(text) => {
                self.0.push_str(text.value.to_str());
                self.0.push(' ');
            }
            Expr::FString(text) => {
                for literal in text.value.iter().flat_map(|part| match part {
                    ruff_python_ast::FStringPart::Literal(literal) => vec![literal.value.to_string()],
                    ruff_python_ast::FStringPart::FString(part) => {
                        part.elements.literals().map(|literal| literal.value.to_string()).collect()
                    }
                }) {
                    self.0.push_str(&literal);
                    self.0.push(' ');
                }
            }
            other => walk_expr(self, other),
        }
    }
}

/// The dotted and plain names in a text.
fn words(text: &str) -> Vec<String> {
    let split = text.split(|char: char| !(char.is_ascii_alphanumeric() || char == '_' || char == '.'));
    split.map(|word| word.trim_matches('.').to_owned()).filter(|word| !word.is_empty()).collect()
}

/// The words that follow the advice to use something.
fn advice(words: Vec<String>) -> impl Iterator<Item = String> {
    const ADVICE: [&str; 10] =
        ["use", "Use", "using", "Please", "please", "instead", "renamed", "replaced", "favor", "via"];
    words.into_iter().skip_while(|word| !ADVICE.contains(&word.as_str()))
}

/// What a constructor does with a parameter that the present class does not take. `present` tells which names it takes.
pub(crate) fn successor(
    function: &StmtFunctionDef,
    old: &str,
    present: &dyn Fn(&str) -> bool,
) -> Option<Successor> {
    let rest = function.parameters.kwarg.as_ref().map(|rest| rest.name.as_str());
    let parameters = function.parameters.iter().map(|parameter| parameter.name().as_str()).collect();
    let mut uses = Uses { old, rest, parameters, same: vec![], other: vec![], notices: vec![], made: vec![] };
    uses.visit_body(&function.body);
    let first = |names: &[String]| names.iter().find(|name| *name != old && present(name)).cloned();
    // What is made of other things than parameters may be made of this one, by way of a variable.
    let made = match &uses.made[..] {
        [only] => Some(only.clone()).filter(|name| present(name)),
        _ => None,
    };
    first(&uses.same)
        .map(Successor::Same)
        .or_else(|| first(&uses.other).or_else(|| first(&uses.notices)).or(made).map(Successor::Other))
}

/// What a constructor gives its base class where the caller gives nothing: by the base's name, the default of the
/// parameter that is handed on, or the literal that is given.
pub(crate) fn filled<'a>(
    release: &Release<'a>,
    class: Class<'a>,
    function: &'a StmtFunctionDef,
    present: &dyn Fn(&str) -> bool,
) -> Vec<(String, Default)> {
    let scope = Scope::new(release, class.module, Some(class));
    let own = signature::constructor(release, class, function);
    let mut calls = Calls::default();
    calls.visit_body(&function.body);
    let keywords = calls.0.iter().flat_map(|call| &call.arguments.keywords);
    let given = keywords.filter_map(|keyword| Some((keyword.arg.as_ref()?.as_str(), &keyword.value)));
    given
        .filter(|(name, _)| present(name))
        .filter_map(|(name, value)| {
            let default = match value {
                Expr::Name(variable) => own.get(variable.id.as_str())?.clone()?,
                value => signature::default(&scope, value),
            };
            matches!(default, Default::Literal(_)).then(|| (name.to_owned(), default))
        })
        .collect()
}

/// The calls of constructors of base classes.
#[derive(Default)]
struct Calls<'b>(Vec<&'b ExprCall>);

impl<'b> Visitor<'b> for Calls<'b> {
    fn visit_expr(&mut self, expr: &'b Expr) {
        if let Expr::Call(call) = expr
            && called(&call.func) == Some("__init__")
        {
            self.0.push(call);
        }
        walk_expr(self, expr);
    }
}

/// Where the value of a parameter goes.
struct Uses<'b> {
    old: &'b str,
    rest: Option<&'b str>,
    same: Vec<String>,
    other: Vec<String>,
    notices: Vec<String>,
    /// The arguments given to a base class that are neither parameters nor literals.
    made: Vec<String>,
    parameters: Vec<&'b str>,
}

impl Uses<'_> {
    fn is_old(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Name(name) => name.id.as_str() == self.old,
            Expr::Call(call) => {
                // `kwargs.pop("old", …)` and `kwargs.get("old")`
                let Expr::Attribute(method) = &*call.func else { return false };
                let of_rest =
                    matches!(&*method.value, Expr::Name(name) if Some(name.id.as_str()) == self.rest);
                let named = matches!(call.arguments.args.first(), Some(Expr::StringLiteral(text)) if text.value.to_str() == self.old);
                of_rest && named && matches!(method.attr.as_str(), "pop" | "get")
            }
            _ => false,
        }
    }

    /// Whether an expression is the parameter itself, where that is given.
    fn hands_on(&self, expr: &Expr) -> bool {
        match expr {
            Expr::BoolOp(chain) => {
                let plain =
                    |value: &Expr| self.is_old(value) || value.is_name_expr() || value.is_literal_expr();
                chain.values.iter().any(|value| self.is_old(value)) && chain.values.iter().all(plain)
            }
            Expr::If(choice) => self.is_old(&choice.body) || self.is_old(&choice.orelse),
            other => self.is_old(other),
        }
    }

    fn mentions(&self, expr: &Expr) -> bool {
        ruff_python_ast::helpers::any_over_expr(expr, |expr| self.is_old(expr))
    }

    fn assigned(&mut self, target: &str, value: &Expr) {
        if self.hands_on(value) {
            self.same.push(target.to_owned());
        } else if self.mentions(value) {
            self.other.push(target.to_owned());
        }
    }
}

impl<'b> Visitor<'b> for Uses<'b> {
    fn visit_stmt(&mut self, statement: &'b Stmt) {
        match statement {
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    if let Some(target) = target_name(target) {
                        self.assigned(target, &assign.value);
                    }
                }
            }
            Stmt::AnnAssign(assign) => {
                if let (Some(target), Some(value)) = (target_name(&assign.target), &assign.value) {
                    self.assigned(target, value);
                }
            }
            Stmt::If(branch) => {
                let mut branches = vec![(Some(&*branch.test), &branch.body)];
                branches.extend(branch.elif_else_clauses.iter().map(|it| (it.test.as_ref(), &it.body)));
                for (test, body) in branches {
                    let asks = test.is_some_and(|test| {
                        self.mentions(test) || Texts::of(test).split_whitespace().any(|text| text == self.old)
                    });
                    for warning in body.iter().filter_map(warning) {
                        let said = words(&Texts::of(warning));
                        if asks || said.iter().any(|word| word == self.old) {
                            self.notices.extend(advice(said));
                        }
                    }
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expr: &'b Expr) {
        if let Expr::Call(call) = expr
            && called(&call.func) == Some("__init__")
        {
            for keyword in &call.arguments.keywords {
                if let Some(name) = &keyword.arg {
                    self.assigned(name.as_str(), &keyword.value);
                    let is_parameter = matches!(&keyword.value, Expr::Name(name) if self.parameters.contains(&name.id.as_str()));
                    if !is_parameter && !keyword.value.is_literal_expr() {
                        self.made.push(name.to_string());
                    }
                }
            }
        }
        walk_expr(self, expr);
    }
}

impl Texts {
    fn of(expr: &Expr) -> String {
        let mut texts = Self::default();
        texts.visit_expr(expr);
        texts.0
    }
}

/// The name that an assignment gives a value: of a variable, an attribute of `self`, or a key.
fn target_name(target: &Expr) -> Option<&str> {
    match target {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::StringLiteral(key) => Some(key.value.to_str()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::module::tests::modules;
    use super::*;

    fn after(body: &str, old: &str, present: &[&str]) -> Option<Successor> {
        let parameters = "self, old=None, other=None, new=None, **kwargs";
        let text = format!("def __init__({parameters}):\n{body}");
        let modules = modules(&[("m", &text)]);
        let Some(Stmt::FunctionDef(function)) = modules[0].body.first() else { panic!("no function") };
        successor(function, old, &|name| present.contains(&name))
    }

    #[test]
    fn reads_what_becomes_of_a_parameter() {
        let same = Some(Successor::Same("new".to_owned()));
        let other = Some(Successor::Other("new".to_owned()));
        for (body, expected) in [
            ("    if old:\n        new = old", &same),
            ("    self.new = old or new", &same),
            ("    self.new = new if old is None else old", &same),
            ("    super().__init__(new=old, **kwargs)", &same),
            ("    new = kwargs.pop('old', None)", &same),
            ("    new = old // 60", &other),
            ("    if old:\n        warnings.warn('`old` is deprecated, use `new`')", &other),
            ("    if 'old' in kwargs:\n        warnings.warn('please use new')", &other),
            ("    keys = [old]\n    super().__init__(new=keys, **kwargs)", &other),
            ("    if other:\n        warnings.warn('`other` is deprecated, use `new`')", &None),
            ("    self.old = old", &None),
        ] {
            assert_eq!(&after(body, "old", &["new"]), expected, "{body}");
            assert_eq!(after(body, "old", &[]), None, "{body}");
        }
    }
}
