//! What `DAG`, `TaskGroup` and `BaseOperator` took in each release, written as `src/catalog/data/constructors.txt`.

use std::fmt::Write as _;

use ruff_python_ast::{Expr, ExprCall, Stmt};

use super::operators;
use super::release::{Class, Found, Release};
use super::signature::{self, Default, Parameters};
use super::values::Scope;

/// Where the classes are defined, the newest path first.
pub(crate) const CLASSES: [(&str, &[&str]); 3] = [
    ("BaseOperator", &signature::BASE_OPERATOR),
    ("DAG", &["airflow.sdk.definitions.dag.DAG", "airflow.models.dag.DAG"]),
    ("TaskGroup", &["airflow.sdk.definitions.taskgroup.TaskGroup", "airflow.utils.task_group.TaskGroup"]),
];

/// Writes a block for each class of a release that has it: release and name, then the parameters in order.
pub(crate) fn write(text: &mut String, label: &str, release: &Release<'_>) {
    for (name, paths) in CLASSES {
        if let Some(class) = paths.iter().find_map(|path| class(release, path)) {
            let _ = writeln!(text, "{label} {name}");
            operators::write_parameters(text, &parameters(release, class));
        }
    }
}

/// The class that a path leads to.
pub(crate) fn class<'a>(release: &Release<'a>, path: &str) -> Option<Class<'a>> {
    match release.find(path)? {
        Found::Class(class) => Some(class),
        Found::Function(..) | Found::Value(..) | Found::Module(_) | Found::Outside(_) => None,
    }
}

/// The parameters of a class, whether it writes its constructor itself or lets attrs make it from its fields.
pub(crate) fn parameters<'a>(release: &Release<'a>, class: Class<'a>) -> Parameters {
    let scope = Scope::new(release, class.module, Some(class));
    if let Some(function) = release.method(class, "__init__") {
        return signature::own_parameters(&scope, function);
    }
    let mut parameters = Parameters::new();
    for (member, _) in release.members(class) {
        let Stmt::AnnAssign(field) = member else { continue };
        let Expr::Name(name) = &*field.target else { continue };
        let name = name.id.trim_start_matches('_');
        let annotation = class.module.source(&field.annotation);
        if annotation.contains("ClassVar") {
            continue;
        }
        match field.value.as_deref() {
            Some(Expr::Call(call)) if is_field(call) => {
                let given = |key: &str| {
                    let keywords = call.arguments.keywords.iter();
                    let mut named =
                        keywords.filter(|keyword| keyword.arg.as_ref().is_some_and(|arg| arg == key));
                    named.next().map(|keyword| &keyword.value)
                };
                if matches!(given("init"), Some(Expr::BooleanLiteral(init)) if !init.value) {
                    continue;
                }
                let default = given("default").map(|expr| signature::default(&scope, expr));
                let made = given("factory").map(|factory| match class.module.source(factory).as_str() {
                    "dict" => Default::Literal("{}".to_owned()),
                    "list" => Default::Literal("[]".to_owned()),
                    "set" => Default::Literal("set()".to_owned()),
                    factory => Default::Expression(format!("{factory}()")),
                });
                parameters.insert(name.to_owned(), default.or(made));
            }
            Some(expr) => {
                parameters.insert(name.to_owned(), Some(signature::default(&scope, expr)));
            }
            None => {
                parameters.insert(name.to_owned(), None);
            }
        }
    }
    parameters
}

fn is_field(call: &ExprCall) -> bool {
    match &*call.func {
        Expr::Attribute(function) => function.attr.as_str() == "field",
        Expr::Name(function) => function.id.as_str() == "field",
        _ => false,
    }
}
