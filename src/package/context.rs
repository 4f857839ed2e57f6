//! What code reads from a task's context by name.

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

/// Names of the context of Airflow 2.10.5 that 3.0.6 has no more; sorted.
const GONE: &[&str] = &[
    "execution_date",
    "next_ds",
    "next_ds_nodash",
    "next_execution_date",
    "prev_ds",
    "prev_ds_nodash",
    "prev_execution_date",
    "prev_execution_date_success",
    "tomorrow_ds",
    "tomorrow_ds_nodash",
    "triggering_dataset_events",
    "yesterday_ds",
    "yesterday_ds_nodash",
];

/// The gone names that code asks a mapping for (`context["next_ds"]`, `kwargs.get("next_ds")`), each with its places.
pub(super) fn gone(body: &[Stmt]) -> Vec<(&'static str, TextRange)> {
    let mut finder = Finder::default();
    finder.visit_body(body);
    finder.0
}

#[derive(Default)]
struct Finder(Vec<(&'static str, TextRange)>);

impl Finder {
    fn key(&mut self, key: &Expr, range: TextRange) {
        let Expr::StringLiteral(text) = key else { return };
        if let Ok(at) = GONE.binary_search(&text.value.to_str()) {
            self.0.extend(GONE.get(at).map(|name| (*name, range)));
        }
    }
}

impl<'a> Visitor<'a> for Finder {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Subscript(node) if matches!(&*node.value, Expr::Name(_)) => {
                self.key(&node.slice, node.range());
            }
            Expr::Call(call) => {
                if let (Expr::Attribute(method), Some(key)) = (&*call.func, call.arguments.args.first())
                    && matches!(method.attr.as_str(), "get" | "pop")
                    && matches!(&*method.value, Expr::Name(_))
                {
                    self.key(key, call.range());
                }
            }
            _ => {}
        }
        walk_expr(self, expr);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_sorted_and_found() {
        assert!(super::GONE.is_sorted());
        let module =
            crate::parse::parse("def f(**c):\n    return c['next_ds'], c.get('execution_date'), c['ds']\n")
                .unwrap();
        let names: Vec<&str> = super::gone(&module.body).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["next_ds", "execution_date"]);
    }
}
