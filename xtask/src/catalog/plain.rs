//! Finds what of the packages only holds data - constants, enums, and classes whose constructor keeps its arguments - and writes it
//! as `src/catalog/data/plain.txt`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, ExprCall, Stmt, StmtFunctionDef};

use super::constructors;
use super::names::Binding;
use super::operators;
use super::release::{Class, Release};
use super::values::{Scope, Value};

/// Literals that are longer are left out: they are templates and field lists that no DAG file asks for.
const LONGEST: usize = 120;

/// Library classes that add nothing to a constructor.
const BARE_BASES: &[&str] =
    &["object", "ABC", "abc.ABC", "Protocol", "typing.Protocol", "NamedTuple", "typing.NamedTuple"];

/// Functions that a plain constructor may call.
const HARMLESS: &[&str] = &[
    "bool",
    "cast",
    "copy.copy",
    "copy.deepcopy",
    "deepcopy",
    "dict",
    "float",
    "int",
    "isinstance",
    "len",
    "list",
    "set",
    "str",
    "super",
    "super().__init__",
    "tuple",
    "type",
    "warnings.warn",
];

/// What one module or class holds: its lines.
pub(crate) type Rows = BTreeMap<String, Vec<String>>;

/// What a release holds, by path of the module or class.
pub(crate) fn rows(release: &Release<'_>) -> Rows {
    let mut rows = Rows::new();
    for module in release.modules().filter(|module| is_public(&module.name)) {
        let is_provider = module.name.starts_with("airflow.providers.");
        let scope = Scope::new(release, module, None);
        let mut constants = Vec::new();
        for (name, bindings) in &release.names(&module.name).bindings {
            if let [Binding::Value(expr)] = &bindings[..]
                && is_provider
                && is_constant(name)
                && let Some(literal) = literal(&scope, expr)
            {
                constants.push(format!("{name} = {literal}"));
            }
        }
        if !constants.is_empty() {
            rows.insert(module.name.clone(), constants);
        }
    }
    for class in operators::classes(release) {
        let path = class.path();
        if !is_public(&path) {
            continue;
        }
        let is_provider = path.starts_with("airflow.providers.");
        let lines = if operators::is_operator(release, class) {
            is_provider.then(|| constants(release, class)).flatten()
        } else if let Some(kind) = kind(release, class) {
            members(release, class, kind)
        } else if is_provider {
            plain_class(release, class).or_else(|| constants(release, class))
        } else {
            None
        };
        if let Some(lines) = lines {
            rows.insert(path, lines);
        }
    }
    rows
}

/// Writes the rows as blocks. A block begins with the path of a module or class; its lines are
///
/// - `enum`, `enum str`, `enum int`, `enum own`: the class is an enum whose members follow, those of the last compared by code of
///   their own;
/// - `class`: the class has a constructor that only keeps its arguments; `, name…` are its parameters, in order, and `: name…`
///   those that it has as attributes of the same name;
/// - `constants`: of the class no more is known than the constants that follow;
/// - `NAME = literal`: a constant or a member.
pub(crate) fn text(rows: &Rows) -> String {
    let mut text = String::new();
    for (path, lines) in rows {
        let _ = writeln!(text, "{path}");
        for line in lines {
            let _ = writeln!(text, " {line}");
        }
    }
    text
}

fn is_public(path: &str) -> bool {
    let hidden = [
        "tests",
        "example_dags",
        "migrations",
        "www",
        "api_fastapi",
        "ui",
        "links",
        "plugins",
        "log",
        "executors",
        "auth_manager",
    ];
    path.split('.').all(|part| !part.starts_with('_') && !hidden.contains(&part))
}

fn is_constant(name: &str) -> bool {
    !name.starts_with('_') && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The value of an expression as a literal of reasonable length.
fn literal(scope: &Scope<'_, '_>, expr: &Expr) -> Option<String> {
    let value = scope.value(expr)?;
    // A mutable value may be changed by the code of the package.
    if matches!(value, Value::Set(_) | Value::FrozenSet(_) | Value::List(_) | Value::Dict(_)) {
        return None;
    }
    of_reasonable_length(&value)
}

/// The value of a constant of a class: a literal, or a set of them. No pinned package changes such a set.
fn class_literal(scope: &Scope<'_, '_>, expr: &Expr) -> Option<String> {
    match scope.value(expr)? {
        value @ Value::Set(_) => of_reasonable_length(&value).filter(|text| text.starts_with('{')),
        _ => literal(scope, expr),
    }
}

fn of_reasonable_length(value: &Value) -> Option<String> {
    let text = value.to_string();
    (text.len() <= LONGEST && !text.contains("inf") && !text.contains("nan")).then_some(text)
}

/// The line that says what kind of enum a class is, if it is one that is understood.
fn kind<'a>(release: &Release<'a>, class: Class<'a>) -> Option<&'static str> {
    let bases = release.bases(class);
    if let [Ok(base)] = bases[..] {
        // An enum that is derived from has no members of its own, but may say how those are compared.
        return match (kind(release, base)?, release.method(base, "__eq__")) {
            (kind, None) => Some(kind),
            ("enum", Some(_)) => Some("enum own"),
            (_, Some(_)) => None,
        };
    }
    let mut bases = bases.into_iter().map(|base| base.map_or_else(|path| path, |base| base.path()));
    let (first, second) = (bases.next()?, bases.next());
    let last = |path: &str| path.rsplit('.').next().unwrap_or(path).to_owned();
    match (&*last(&first), second.as_deref().map(last).as_deref()) {
        ("Enum", None) => Some("enum"),
        ("StrEnum", None) | ("str", Some("Enum")) => Some("enum str"),
        ("IntEnum", None) | ("int", Some("Enum")) => Some("enum int"),
        _ => None,
    }
}

fn members<'a>(release: &Release<'a>, class: Class<'a>, kind: &str) -> Option<Vec<String>> {
    let scope = Scope::new(release, class.module, Some(class));
    let mut lines = vec![kind.to_owned()];
    for (member, _) in release.members(class) {
        match member {
            Stmt::Assign(assign) => {
                let [Expr::Name(name)] = &assign.targets[..] else { return None };
                if !name.id.starts_with('_') {
                    lines.push(format!("{} = {}", name.id, scope.value(&assign.value)?));
                }
            }
            Stmt::FunctionDef(function)
                if matches!(&*function.name, "__new__" | "__init__" | "_missing_") =>
            {
                return None;
            }
            Stmt::FunctionDef(_) | Stmt::Pass(_) | Stmt::Expr(_) => {}
            _ => return None,
        }
    }
    (lines.len() > 1).then_some(lines)
}

fn plain_class<'a>(release: &Release<'a>, class: Class<'a>) -> Option<Vec<String>> {
    let order = release.mro(class);
    let bare = |class: &Class<'a>| {
        release.bases(*class).iter().all(|base| match base {
            Ok(_) => true,
            Err(path) => BARE_BASES.contains(&&**path) || path.ends_with("LoggingMixin"),
        })
    };
    if !order.iter().all(bare) || order.iter().any(|class| release.method(*class, "__new__").is_some()) {
        return None;
    }
    let mut lines = vec!["class".to_owned()];
    let own = order.iter().find(|class| release.method(**class, "__init__").is_some());
    let is_logging = |class: &Class<'a>| class.def.name.as_str() == "LoggingMixin";
    match own {
        Some(own) if is_logging(own) => {}
        Some(own) => {
            let function = release.method(*own, "__init__")?;
            let after = order.iter().skip_while(|class| *class != own).skip(1);
            let mut above = after.filter(|class| !is_logging(class));
            if !is_plain(function) || above.any(|class| release.method(*class, "__init__").is_some()) {
                return None;
            }
            if function.parameters.vararg.is_some() || function.parameters.kwarg.is_some() {
                return None;
            }
            describe(&mut lines, &constructors::parameters(release, *own), |name| is_kept(function, name));
        }
        None if is_dataclass(class) => {
            if ["__post_init__", "__attrs_post_init__"]
                .iter()
                .any(|name| release.method(class, name).is_some())
            {
                return None;
            }
            describe(&mut lines, &constructors::parameters(release, class), |_| true);
        }
        None => {}
    }
    let scope = Scope::new(release, class.module, Some(class));
    for class in &order {
        for (member, _) in release.members(*class) {
            if let Stmt::Assign(assign) = member
                && let [Expr::Name(name)] = &assign.targets[..]
                && !name.id.starts_with('_')
                && let Some(literal) = class_literal(&scope, &assign.value)
                && !lines.iter().any(|line| line.split(' ').next() == Some(name.id.as_str()))
            {
                lines.push(format!("{} = {literal}", name.id));
            }
        }
    }
    (lines.len() > 1).then_some(lines)
}

/// The constants of a class of which no more is known, its bases' included as far as each of these is known.
fn constants<'a>(release: &Release<'a>, class: Class<'a>) -> Option<Vec<String>> {
    let order = release.mro(class);
    let is_whole = order.iter().all(|class| release.bases(*class).iter().all(Result::is_ok));
    let mut found: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for class in order.iter().take(if is_whole { order.len() } else { 1 }) {
        let scope = Scope::new(release, class.module, Some(*class));
        for (member, _) in release.members(*class).into_iter().rev() {
            let (target, value) = match member {
                Stmt::Assign(assign) => (assign.targets.first(), Some(&*assign.value)),
                Stmt::AnnAssign(assign) => (Some(&*assign.target), assign.value.as_deref()),
                _ => continue,
            };
            if let (Some(Expr::Name(name)), Some(value)) = (target, value)
                && is_constant(&name.id)
            {
                found.entry(name.id.as_str()).or_insert_with(|| class_literal(&scope, value));
            }
        }
    }
    let known = found.into_iter().filter_map(|(name, literal)| Some(format!("{name} = {}", literal?)));
    let lines: Vec<String> = std::iter::once("constants".to_owned()).chain(known).collect();
    (lines.len() > 1).then_some(lines)
}

fn describe(lines: &mut Vec<String>, parameters: &super::signature::Parameters, kept: impl Fn(&str) -> bool) {
    let names: Vec<&str> = parameters.keys().map(String::as_str).collect();
    if !names.is_empty() {
        lines.push(format!(", {}", names.join(" ")));
    }
    let kept: Vec<&str> = names.into_iter().filter(|name| kept(name)).collect();
    if !kept.is_empty() {
        lines.push(format!(": {}", kept.join(" ")));
    }
}

fn is_dataclass(class: Class<'_>) -> bool {
    let named = |expr: &Expr| {
        let source = class.module.source(expr);
        let name = source.split('(').next().unwrap_or_default();
        matches!(
            name,
            "dataclass" | "dataclasses.dataclass" | "attr.s" | "attrs.define" | "define" | "attr.define"
        )
    };
    class.def.decorator_list.iter().any(|decorator| named(&decorator.expression))
}

/// Whether a constructor only sets attributes, checks its arguments, and calls what is harmless.
fn is_plain(function: &StmtFunctionDef) -> bool {
    function.body.iter().all(is_plain_statement)
}

fn is_plain_statement(statement: &Stmt) -> bool {
    let attribute_or_name = |target: &Expr| match target {
        Expr::Name(_) => true,
        Expr::Attribute(attribute) => matches!(&*attribute.value, Expr::Name(name) if name.id == "self"),
        _ => false,
    };
    match statement {
        Stmt::Assign(assign) => assign.targets.iter().all(attribute_or_name) && is_harmless(&assign.value),
        Stmt::AnnAssign(assign) => {
            attribute_or_name(&assign.target) && assign.value.as_deref().is_none_or(is_harmless)
        }
        Stmt::Expr(expr) => is_harmless(&expr.value),
        Stmt::If(branch) => {
            is_harmless(&branch.test)
                && branch.body.iter().all(is_plain_statement)
                && branch.elif_else_clauses.iter().all(|clause| {
                    clause.test.as_ref().is_none_or(is_harmless) && clause.body.iter().all(is_plain_statement)
                })
        }
        Stmt::Raise(_) | Stmt::Pass(_) => true,
        _ => false,
    }
}

fn is_harmless(expr: &Expr) -> bool {
    struct Calls(bool);
    impl<'a> Visitor<'a> for Calls {
        fn visit_expr(&mut self, expr: &'a Expr) {
            if let Expr::Call(call) = expr {
                self.0 &= callee(call).is_some_and(|name| HARMLESS.contains(&&*name));
            }
            walk_expr(self, expr);
        }
    }
    let mut calls = Calls(true);
    calls.visit_expr(expr);
    calls.0
}

/// The dotted name of what is called, with `super()` as its head.
fn callee(call: &ExprCall) -> Option<String> {
    fn dotted(expr: &Expr) -> Option<String> {
        match expr {
            Expr::Name(name) => Some(name.id.to_string()),
            Expr::Attribute(attribute) => Some(format!("{}.{}", dotted(&attribute.value)?, attribute.attr)),
            Expr::Call(call) if matches!(&*call.func, Expr::Name(name) if name.id == "super") => {
                Some("super()".to_owned())
            }
            _ => None,
        }
    }
    dotted(&call.func)
}

/// Whether a constructor has `self.name = name`, once, and does nothing else to either.
fn is_kept(function: &StmtFunctionDef, name: &str) -> bool {
    let mut kept = false;
    for statement in &function.body {
        let (target, value) = match statement {
            Stmt::Assign(assign) => match &assign.targets[..] {
                [target] => (target, Some(&*assign.value)),
                _ => return false,
            },
            Stmt::AnnAssign(assign) => (&*assign.target, assign.value.as_deref()),
            // What stands below an `if` may set it otherwise.
            Stmt::If(branch) if assigns(&branch.body, name) => return false,
            Stmt::If(branch) if branch.elif_else_clauses.iter().any(|clause| assigns(&clause.body, name)) => {
                return false;
            }
            _ => continue,
        };
        match target {
            Expr::Attribute(attribute) if attribute.attr.as_str() == name => {
                kept = matches!(value, Some(Expr::Name(value)) if value.id.as_str() == name);
                if !kept {
                    return false;
                }
            }
            Expr::Name(target) if target.id.as_str() == name => return false,
            _ => {}
        }
    }
    kept
}

fn assigns(body: &[Stmt], name: &str) -> bool {
    body.iter().any(|statement| match statement {
        Stmt::Assign(assign) => assign.targets.iter().any(|target| match target {
            Expr::Attribute(attribute) => attribute.attr.as_str() == name,
            Expr::Name(target) => target.id.as_str() == name,
            _ => true,
        }),
        Stmt::Raise(_) | Stmt::Pass(_) | Stmt::Expr(_) => false,
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::super::module::tests::modules;
    use super::*;

    #[test]
    fn constants_enums_and_plain_classes_are_found() {
        let modules = modules(&[(
            "airflow.providers.x",
            "
from enum import Enum
LIMIT = 60 * 2
_HIDDEN = 1
LATE = now()
class State(str, Enum):
    ON = 'on'
    OFF = 'off'
class Config:
    KIND = 'c'
    def __init__(self, name, *, size=None, rest=None):
        self.name = name
        self.size = size or 1
        self.rest: dict = rest
        if rest is None:
            raise ValueError
class Busy:
    DONE = {'done', 'gone'}
    TRIES: int = 3
    lower = 1
    def __init__(self, name):
        self.name = connect(name)
class Compared(Enum):
    def __eq__(self, other):
        return self.value == other
class Phase(Compared):
    FIRST = 'first'
",
        )]);
        let release = Release::new([3, 0, 6], &modules);
        let expected = "\
airflow.providers.x
 LIMIT = 120
airflow.providers.x.Busy
 constants
 DONE = {\"done\", \"gone\"}
 TRIES = 3
airflow.providers.x.Config
 class
 , name size rest
 : name rest
 KIND = \"c\"
airflow.providers.x.Phase
 enum own
 FIRST = \"first\"
airflow.providers.x.State
 enum str
 ON = \"on\"
 OFF = \"off\"
";
        assert_eq!(text(&rows(&release)), expected);
    }
}
