//! Functions: definition, binding of arguments, calls, generators.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use ruff_python_ast::helpers::is_docstring_stmt;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprLambda, Parameters, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextSize};

use super::flow::Flow;
use super::generator::Generator;
use super::{Frame, Scope, ScopeKind, Vm};
use crate::datum::CauseKind;
use crate::map::{HashMap, HashSet};
use crate::source::{FileId, Span};
use crate::value::function::Code;
use crate::value::{Args, Dict, Eval, Function, Key, Stop, Value};

/// What a function's code says about itself.
pub(super) struct CodeFacts {
    def: Rc<StmtFunctionDef>,
    /// The names that it binds and whether it yields, found when it is first called.
    found: OnceCell<(Rc<HashSet<Rc<str>>>, bool)>,
}

impl CodeFacts {
    fn found(&self) -> &(Rc<HashSet<Rc<str>>>, bool) {
        self.found.get_or_init(|| {
            let mut finder = LocalFinder::default();
            finder.parameters(&self.def.parameters);
            self.def.body.iter().for_each(|stmt| finder.visit_stmt(stmt));
            (Rc::new(finder.names), finder.yields)
        })
    }

    pub(super) fn locals(&self) -> Rc<HashSet<Rc<str>>> {
        Rc::clone(&self.found().0)
    }
}

/// The functions of the files of a run by where they are defined: what does not change from one evaluation to the next.
#[derive(Default)]
pub struct CodeCache(RefCell<HashMap<(FileId, TextSize), Rc<CodeFacts>>>);

impl CodeCache {
    /// The function that is defined in a file at this offset, if its definition has run.
    pub(super) fn get(&self, file: FileId, start: TextSize) -> Option<Rc<CodeFacts>> {
        self.0.borrow().get(&(file, start)).map(Rc::clone)
    }
}

impl Vm {
    pub(super) fn define_function(&mut self, scope: &Rc<Scope>, node: &StmtFunctionDef) -> Eval<()> {
        let mut decorators = Vec::new();
        for decorator in &node.decorator_list {
            let span = Span::new(scope.file, decorator.expression.range());
            decorators.push((self.eval(scope, &decorator.expression)?, span));
        }
        let facts = self.facts(scope, node);
        let defaults = self.defaults(scope, &node.parameters)?;
        let doc = node.body.first().filter(|stmt| is_docstring_stmt(stmt)).and_then(|stmt| match stmt {
            Stmt::Expr(expr) => {
                expr.value.as_string_literal_expr().map(|literal| literal.value.to_str().into())
            }
            _ => None,
        });
        let returns = node.returns.as_ref().map(|returns| self.slice(scope.file, returns.range()).into());
        let function = Function {
            name: node.name.as_str().into(),
            qualname: Self::qualname(scope, node.name.as_str()),
            module: Rc::clone(&scope.module),
            span: Span::new(scope.file, node.name.range()),
            code: Code::Def(Rc::clone(&facts.def)),
            scope: Rc::clone(scope),
            defaults,
            doc,
            returns,
            owner: RefCell::new(None),
            attrs: RefCell::default(),
        };
        let mut value = Value::Function(Rc::new(function));
        for (decorator, span) in decorators.into_iter().rev() {
            let args = Args::of(node.name.as_str(), span, [value]);
            let before = std::mem::replace(&mut self.here, span);
            value = self.or_unknown(|vm| vm.call(&decorator, args))?;
            self.here = before;
        }
        scope.target(node.name.as_str()).set(node.name.as_str(), value);
        Ok(())
    }

    pub(super) fn define_lambda(&mut self, scope: &Rc<Scope>, node: &ExprLambda) -> Eval<Value> {
        let defaults = match &node.parameters {
            Some(parameters) => self.defaults(scope, parameters)?,
            None => Vec::new(),
        };
        Ok(Value::Function(Rc::new(Function {
            name: "<lambda>".into(),
            qualname: Self::qualname(scope, "<lambda>"),
            module: Rc::clone(&scope.module),
            span: Span::new(scope.file, node.range()),
            code: Code::Lambda(Rc::new(node.clone())),
            scope: Rc::clone(scope),
            defaults,
            doc: None,
            returns: None,
            owner: RefCell::new(None),
            attrs: RefCell::default(),
        })))
    }

    /// `__qualname__` of something defined in `scope`.
    pub(super) fn qualname(scope: &Rc<Scope>, name: &str) -> Rc<str> {
        match (scope.kind, &*scope.qualname.borrow()) {
            (ScopeKind::Module, _) => name.into(),
            (ScopeKind::Class, around) => format!("{around}.{name}").into(),
            (ScopeKind::Function, around) => format!("{around}.<locals>.{name}").into(),
        }
    }

    fn defaults(&mut self, scope: &Rc<Scope>, parameters: &Parameters) -> Eval<Vec<(Rc<str>, Value)>> {
        let mut defaults = Vec::new();
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = &parameter.default {
                defaults.push((parameter.name().as_str().into(), self.eval(scope, default)?));
            }
        }
        Ok(defaults)
    }

    /// Takes over what earlier evaluations of the same files found out about their functions, and adds to it.
    pub fn share_code(&mut self, code: &Rc<CodeCache>) {
        self.functions = Rc::clone(code);
    }

    fn facts(&self, scope: &Rc<Scope>, node: &StmtFunctionDef) -> Rc<CodeFacts> {
        let mut functions = self.functions.0.borrow_mut();
        let facts = functions
            .entry((scope.file, node.range().start()))
            .or_insert_with(|| Rc::new(CodeFacts { def: Rc::new(node.clone()), found: OnceCell::new() }));
        Rc::clone(facts)
    }

    /// Calls a function of the user's.
    pub(super) fn call_function(&mut self, function: &Rc<Function>, args: Args) -> Eval<Value> {
        self.spend(1)?;
        if self.frames.len() >= self.budget.limits().depth {
            return self
                .limit(format!("calls are nested more than {} levels deep", self.budget.limits().depth));
        }
        let scope = Scope::inside(&function.scope, ScopeKind::Function);
        (*scope.qualname.borrow_mut()).clone_from(&function.qualname);
        let span = args.span;
        if let Some(parameters) = function.code.parameters() {
            Self::bind_arguments(function, parameters, args, &scope)?;
        } else {
            args.finish()?;
        }
        let frame =
            Frame { scope: Rc::clone(&scope), span, function: Some(Rc::clone(function)), yields: None };
        match &function.code {
            Code::Lambda(lambda) => self.framed(frame, |vm| vm.eval(&scope, &lambda.body)),
            Code::Def(def) => {
                if let Some(facts) = self.functions.get(function.span.file, def.range().start()) {
                    let (locals, is_generator) = facts.found();
                    scope.set_locals(Rc::clone(locals));
                    if *is_generator {
                        return Ok(Value::object(Generator::new(frame, Rc::clone(def))));
                    }
                }
                if def.is_async {
                    return self.unknown(CauseKind::Unsupported, "an `async` function is not run");
                }
                self.run_body(frame, def)
            }
        }
    }

    /// Runs a function's body in its frame.
    pub(super) fn run_body(&mut self, frame: Frame, def: &Rc<StmtFunctionDef>) -> Eval<Value> {
        let scope = Rc::clone(&frame.scope);
        self.framed(frame, |vm| match vm.exec_block(&scope, &def.body)? {
            Flow::Return(value) => Ok(value),
            Flow::Doubt(escape) if escape.returns => Ok(Value::Unknown(escape.cause.indirect())),
            Flow::Next | Flow::Break | Flow::Continue | Flow::Doubt(_) => Ok(Value::None),
        })
    }

    /// Runs something with a frame on the stack of calls.
    pub(super) fn framed<T>(&mut self, frame: Frame, run: impl FnOnce(&mut Self) -> Eval<T>) -> Eval<T> {
        let before = self.here;
        self.frames.push(frame);
        let result = run(self);
        self.frames.pop();
        self.here = before;
        result
    }

    /// Binds the arguments of a call to the parameters of a function, in `scope`.
    fn bind_arguments(
        function: &Function,
        parameters: &Parameters,
        mut args: Args,
        scope: &Rc<Scope>,
    ) -> Eval<()> {
        let open = args.open.take();
        let default = |name: &str| {
            function
                .defaults
                .iter()
                .find(|(parameter, _)| &**parameter == name)
                .map(|(_, value)| value.clone())
        };
        let mut missing = Vec::new();
        for (parameter, by_name) in
            parameters.posonlyargs.iter().map(|p| (p, false)).chain(parameters.args.iter().map(|p| (p, true)))
        {
            let name = parameter.name().as_str();
            let positional = args.positional.pop_front();
            if positional.is_some() && by_name && args.named.iter().any(|(key, _)| &**key == name) {
                return Err(Stop::type_error(format!(
                    "{}() got multiple values for argument '{name}'",
                    function.qualname
                )));
            }
            let value = positional
                .map(|arg| arg.value)
                .or_else(|| if by_name { args.named(name) } else { None })
                .or_else(|| open.clone().map(Value::Unknown))
                .or_else(|| default(name));
            match value {
                Some(value) => scope.set(name, value),
                None => missing.push(name),
            }
        }
        if let Some(vararg) = &parameters.vararg {
            let rest = std::mem::take(&mut args.positional);
            let value = match &open {
                Some(cause) => Value::Unknown(cause.decided()),
                None => Value::tuple(rest.into_iter().map(|arg| arg.value).collect::<Vec<_>>()),
            };
            scope.set(vararg.name.as_str(), value);
        } else if !args.positional.is_empty() && open.is_none() {
            let takes = parameters.posonlyargs.len() + parameters.args.len();
            let given = takes + args.positional.len();
            return Err(Stop::type_error(format!(
                "{}() takes {takes} positional argument{} but {given} were given",
                function.qualname,
                if takes == 1 { "" } else { "s" },
            )));
        }
        for parameter in &parameters.kwonlyargs {
            let name = parameter.name().as_str();
            let value =
                args.named(name).or_else(|| open.clone().map(Value::Unknown)).or_else(|| default(name));
            match value {
                Some(value) => scope.set(name, value),
                None => missing.push(name),
            }
        }
        if !missing.is_empty() {
            let plural = if missing.len() == 1 { "" } else { "s" };
            let names = missing.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(" and ");
            return Err(Stop::type_error(format!(
                "{}() missing {} required positional argument{plural}: {names}",
                function.qualname,
                missing.len(),
            )));
        }
        if let Some(kwarg) = &parameters.kwarg {
            let items = args.named.drain(..).map(|(name, arg)| (Key::str(name), arg.value)).collect();
            let dict = Dict::new(items);
            if let Some(cause) = &open {
                dict.open(cause);
            }
            scope.set(kwarg.name.as_str(), Value::Dict(Rc::new(dict)));
        } else if let Some((name, _)) = args.named.first() {
            return Err(Stop::type_error(format!(
                "{}() got an unexpected keyword argument '{name}'",
                function.qualname
            )));
        }
        Ok(())
    }
}

/// Finds the names that a function's code binds, and whether it yields. Stays out of inner functions and classes.
#[derive(Default)]
struct LocalFinder {
    names: HashSet<Rc<str>>,
    outer: HashSet<Rc<str>>,
    yields: bool,
}

impl LocalFinder {
    fn parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters {
            self.names.insert(parameter.name().as_str().into());
        }
    }

    fn bind(&mut self, name: &str) {
        if !self.outer.contains(name) {
            self.names.insert(name.into());
        }
    }
}

impl<'a> Visitor<'a> for LocalFinder {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(node) => {
                self.bind(node.name.as_str());
                node.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
            }
            Stmt::ClassDef(node) => self.bind(node.name.as_str()),
            Stmt::Global(node) => {
                for name in &node.names {
                    self.outer.insert(name.as_str().into());
                    self.names.remove(name.as_str());
                }
            }
            Stmt::Nonlocal(node) => {
                for name in &node.names {
                    self.outer.insert(name.as_str().into());
                    self.names.remove(name.as_str());
                }
            }
            Stmt::Import(node) => {
                for alias in &node.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    self.bind(name.split('.').next().unwrap_or(name));
                }
            }
            Stmt::ImportFrom(node) => {
                for alias in &node.names {
                    self.bind(alias.asname.as_ref().unwrap_or(&alias.name).as_str());
                }
            }
            Stmt::Try(node) => {
                for handler in &node.handlers {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    if let Some(name) = &handler.name {
                        self.bind(name.as_str());
                    }
                }
                walk_stmt(self, stmt);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) if !name.ctx.is_load() => self.bind(name.id.as_str()),
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.yields = true;
                walk_expr(self, expr);
            }
            // The targets of a comprehension are its own; a walrus inside is not, but is rare enough to be left unbound.
            Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_)
            | Expr::Lambda(_) => {}
            _ => walk_expr(self, expr),
        }
    }

    fn visit_pattern(&mut self, pattern: &'a ruff_python_ast::Pattern) {
        use ruff_python_ast::Pattern;
        match pattern {
            Pattern::MatchAs(node) => node.name.iter().for_each(|name| self.bind(name.as_str())),
            Pattern::MatchStar(node) => node.name.iter().for_each(|name| self.bind(name.as_str())),
            Pattern::MatchMapping(node) => node.rest.iter().for_each(|name| self.bind(name.as_str())),
            _ => {}
        }
        ruff_python_ast::visitor::walk_pattern(self, pattern);
    }
}
