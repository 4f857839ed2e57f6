//! The parameters that a class takes, followed through `**kwargs` to the base classes as `BaseOperatorMeta` applies them.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprCall, ExprDict, Stmt, StmtFunctionDef};

use super::release::{Class, Found, Release};
use super::values::Scope;

/// What a parameter is where it is not given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Default {
    /// A Python literal.
    Literal(String),
    /// The source of an expression that is worked out when the class is used.
    Expression(String),
}

/// The parameters by name; those without a default are required.
pub(crate) type Parameters = IndexMap<String, Option<Default>>;

/// What the constructor of a class takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Signature {
    /// The parameters, except those of `BaseOperator`.
    pub(crate) parameters: Parameters,
    /// Whether those of `BaseOperator` are taken as well.
    pub(crate) base: bool,
    /// The names that the class, or one on the way to `BaseOperator`, fills in itself.
    pub(crate) filled: BTreeSet<String>,
}

/// The class that all operators derive from, as its modules have been called.
pub(crate) const BASE_OPERATOR: [&str; 3] = [
    "airflow.sdk.bases.operator.BaseOperator",
    "airflow.models.baseoperator.BaseOperator",
    "airflow.models.BaseOperator",
];

/// Whether `class` is the root of the operators in its release.
pub(crate) fn is_base_operator<'a>(release: &Release<'a>, class: Class<'a>) -> bool {
    let named = |class: &Class<'a>| BASE_OPERATOR.contains(&&*class.path());
    named(&class) && !release.mro(class)[1..].iter().any(named)
}

/// Works out what a class takes.
pub(crate) fn signature<'a>(release: &Release<'a>, class: Class<'a>) -> Signature {
    Chain { release, mro: release.mro(class) }.from(0, 0)
}

/// The parameters that a function itself names, without the first where it is a method.
pub(crate) fn own_parameters<'a>(scope: &Scope<'_, 'a>, function: &'a StmtFunctionDef) -> Parameters {
    let all = function.parameters.posonlyargs.iter().chain(&function.parameters.args);
    let all = all.skip(usize::from(scope.class.is_some())).chain(&function.parameters.kwonlyargs);
    all.map(|parameter| {
        let default = parameter.default.as_deref().map(|expr| default(scope, expr));
        (parameter.name().to_string(), default)
    })
    .collect()
}

/// A default as a literal, else as source.
pub(crate) fn default(scope: &Scope<'_, '_>, expr: &Expr) -> Default {
    match scope.value(expr) {
        Some(value) => Default::Literal(value.to_string()),
        None => Default::Expression(scope.module.source(expr)),
    }
}

/// The parameters that a constructor itself names, in its signature or by taking them out of its `**kwargs`.
pub(crate) fn constructor<'a>(
    release: &Release<'a>,
    class: Class<'a>,
    function: &'a StmtFunctionDef,
) -> Parameters {
    let scope = Scope::new(release, class.module, Some(class));
    let mut parameters = own_parameters(&scope, function);
    for (name, touch) in Body::of(function).touched {
        if let Touch::Pop(fallback) = touch {
            parameters.entry(name.to_owned()).or_insert(Some(default(&scope, fallback)));
        }
    }
    parameters
}

struct Chain<'r, 'a> {
    release: &'r Release<'a>,
    mro: Vec<Class<'a>>,
}

impl<'a> Chain<'_, 'a> {
    /// What the first constructor at or after `index` in the method resolution order takes.
    fn from(&self, index: usize, depth: u8) -> Signature {
        let found = self
            .mro
            .iter()
            .enumerate()
            .skip(index)
            .find_map(|(index, class)| Some((index, *class, self.release.method(*class, "__init__")?)));
        let Some((index, class, function)) = found.filter(|_| depth < 20) else {
            return Signature::default();
        };
        if is_base_operator(self.release, class) {
            return Signature { base: true, ..Signature::default() };
        }
        let scope = Scope::new(self.release, class.module, Some(class));
        let parameters = constructor(self.release, class, function);
        let mut signature = Signature { parameters, ..Signature::default() };
        let body = Body::of(function);
        self.made_of_the_rest(class, &body, &mut signature);
        for (call, target) in &body.calls {
            let position = |name| match self.release.expr(class.module, name, 0)? {
                Found::Class(named) => self.mro.iter().position(|class| *class == named),
                Found::Function(..) | Found::Value(..) | Found::Module(_) | Found::Outside(_) => None,
            };
            let next = match target {
                Target::Next => Some(index + 1),
                Target::After(name) => position(name).map(|index| index + 1),
                Target::Named(name) => position(name),
            };
            let Some(next) = next else { continue };
            if body.rest.is_empty() || !passes_on(call) {
                continue;
            }
            let inherited = self.from(next, depth + 1);
            let mut filled: BTreeSet<String> = body.filled(call).map(str::to_owned).collect();
            for (name, touch) in &body.touched {
                if matches!(touch, Touch::Pop(_)) {
                    filled.insert((*name).to_owned());
                }
            }
            for (name, inherited_default) in inherited.parameters {
                if filled.contains(&name) {
                    continue;
                }
                let set = body.touched.iter().rev().find_map(|(touched, touch)| match touch {
                    Touch::Set(expr) if *touched == name => Some(default(&scope, expr)),
                    Touch::Set(_) | Touch::Pop(_) => None,
                });
                // What is not a literal is mostly set under a condition.
                let inherited_default = match (set, inherited_default) {
                    (Some(set @ Default::Literal(_)), _) | (Some(set), None) => Some(set),
                    (_, inherited) => inherited,
                };
                signature.parameters.entry(name).or_insert(inherited_default);
            }
            if inherited.base {
                signature.base = true;
                signature.filled.extend(inherited.filled);
                signature.filled.extend(filled);
            }
        }
        for name in signature.parameters.keys() {
            signature.filled.remove(name);
        }
        signature
    }

    /// Adds what a constructor makes another object of before it goes on: `Cluster(**kwargs)`, after which those are deleted.
    fn made_of_the_rest(&self, class: Class<'a>, body: &Body<'a>, signature: &mut Signature) {
        for maker in body.makers.iter().filter(|_| body.deletes) {
            let Some(Found::Class(made)) = self.release.expr(class.module, maker, 0) else { continue };
            let Some(function) = self.release.method(made, "__init__") else { continue };
            for (name, default) in constructor(self.release, made, function) {
                // The operator gives what the other must have.
                let default = default.or_else(|| Some(Default::Expression(made.def.name.to_string())));
                signature.parameters.entry(name).or_insert(default);
            }
        }
    }
}

/// What the body of a constructor does with the rest of its keyword arguments.
struct Body<'b> {
    /// The name of `**kwargs`; empty where there is none.
    rest: &'b str,
    calls: Vec<(&'b ExprCall, Target<'b>)>,
    touched: Vec<(&'b str, Touch<'b>)>,
    /// The variables that are assigned a dict.
    dicts: Vec<(&'b str, &'b ExprDict)>,
    /// What is called with the rest and is no constructor of a base: `Cluster(**kwargs)`.
    makers: Vec<&'b Expr>,
    /// Whether some of the rest are deleted.
    deletes: bool,
}

/// Whose constructor is called.
enum Target<'b> {
    /// `super().__init__`
    Next,
    /// `super(Class, self).__init__`
    After(&'b Expr),
    /// `Base.__init__`
    Named(&'b Expr),
}

/// How one of the rest is handled by name.
enum Touch<'b> {
    /// `kwargs.pop(name, fallback)`; the whole call where it has no fallback, which mostly stands under a condition.
    Pop(&'b Expr),
    /// `kwargs[name] = value`, `kwargs.setdefault(name, value)`
    Set(&'b Expr),
}

impl<'b> Body<'b> {
    fn of(function: &'b StmtFunctionDef) -> Self {
        let rest = function.parameters.kwarg.as_ref().map_or("", |rest| rest.name.as_str());
        let (calls, touched, dicts, makers) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut body = Self { rest, calls, touched, dicts, makers, deletes: false };
        body.visit_body(&function.body);
        body
    }

    /// The parameters that a call itself gives: by keyword, or as the keys of a dict.
    fn filled(&self, call: &'b ExprCall) -> impl Iterator<Item = &'b str> {
        let named = |expr: &Expr| match expr {
            Expr::Name(name) => {
                let mut dicts = self.dicts.iter();
                dicts.find(|(variable, _)| *variable == name.id.as_str()).map(|(_, dict)| *dict)
            }
            _ => None,
        };
        let keywords = call.arguments.keywords.iter();
        keywords.flat_map(move |keyword| match (&keyword.arg, &keyword.value) {
            (Some(name), _) => vec![name.as_str()],
            (None, Expr::Dict(dict)) => keys(dict),
            (None, value) => named(value).map(keys).unwrap_or_default(),
        })
    }

    fn is_rest(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Name(name) if name.id.as_str() == self.rest)
    }
}

/// Whether a call passes on keyword arguments that it does not name.
fn passes_on(call: &ExprCall) -> bool {
    call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none())
}

fn keys(dict: &ExprDict) -> Vec<&str> {
    let keys = dict.items.iter().filter_map(|item| item.key.as_ref());
    keys.filter_map(|key| if let Expr::StringLiteral(key) = key { Some(key.value.to_str()) } else { None })
        .collect()
}

impl<'b> Visitor<'b> for Body<'b> {
    fn visit_stmt(&mut self, statement: &'b Stmt) {
        if let Stmt::Assign(assign) = statement
            && let [Expr::Subscript(target)] = &*assign.targets
            && self.is_rest(&target.value)
            && let Expr::StringLiteral(name) = &*target.slice
        {
            self.touched.push((name.value.to_str(), Touch::Set(&assign.value)));
        }
        if let Stmt::Delete(delete) = statement {
            let of_rest =
                |target: &Expr| matches!(target, Expr::Subscript(target) if self.is_rest(&target.value));
            self.deletes |= delete.targets.iter().any(of_rest);
        }
        let assigned = match statement {
            Stmt::Assign(assign) => assign.targets.first().zip(Some(&*assign.value)),
            Stmt::AnnAssign(assign) => Some(&*assign.target).zip(assign.value.as_deref()),
            _ => None,
        };
        if let Some((Expr::Name(variable), Expr::Dict(dict))) = assigned {
            self.dicts.push((variable.id.as_str(), dict));
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expr: &'b Expr) {
        if let Expr::Call(call) = expr
            && call.func.is_name_expr()
            && call
                .arguments
                .keywords
                .iter()
                .any(|keyword| keyword.arg.is_none() && self.is_rest(&keyword.value))
        {
            self.makers.push(&call.func);
        }
        if let Expr::Call(call) = expr
            && let Expr::Attribute(method) = &*call.func
        {
            let arguments = &*call.arguments.args;
            match (method.attr.as_str(), arguments) {
                ("__init__", _) => {
                    let target = match &*method.value {
                        Expr::Call(owner) if matches!(&*owner.func, Expr::Name(name) if name.id.as_str() == "super") => {
                            owner.arguments.args.first().map_or(Target::Next, Target::After)
                        }
                        owner => Target::Named(owner),
                    };
                    self.calls.push((call, target));
                }
                ("pop", [Expr::StringLiteral(name), fallback @ ..]) if self.is_rest(&method.value) => {
                    self.touched.push((name.value.to_str(), Touch::Pop(fallback.first().unwrap_or(expr))));
                }
                ("setdefault", [Expr::StringLiteral(name), value]) if self.is_rest(&method.value) => {
                    self.touched.push((name.value.to_str(), Touch::Set(value)));
                }
                _ => {}
            }
        }
        walk_expr(self, expr);
    }
}
