//! Decides the conditions that packages put around imports and definitions (`if AIRFLOW_V_3_0_PLUS`, `if TYPE_CHECKING`,
//! `try: import`), and walks a body along the branches that run.

use ruff_python_ast::{BoolOp, CmpOp, ExceptHandler, Expr, Number, Stmt, UnaryOp};

/// A version number, with missing parts as 0.
pub(crate) type Version = [u64; 3];

/// Reads the first three numbers of a version.
pub(crate) fn version(text: &str) -> Version {
    let mut version = [0; 3];
    for (slot, part) in version.iter_mut().zip(text.split(['.', '_'])) {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        *slot = digits.parse().unwrap_or(0);
    }
    version
}

/// Calls `found` for each statement that runs where this version of Airflow is installed, in order, with whether it is only
/// a fallback: a handler of `except ImportError`, or the second branch of a condition that cannot be decided.
pub(crate) fn walk<'a>(
    body: &'a [Stmt],
    airflow: Version,
    fallback: bool,
    found: &mut dyn FnMut(&'a Stmt, bool),
) {
    for statement in body {
        match statement {
            Stmt::If(branch) => {
                let mut undecided = fallback;
                let first = std::iter::once((Some(&*branch.test), &branch.body));
                let others =
                    branch.elif_else_clauses.iter().map(|clause| (clause.test.as_ref(), &clause.body));
                for (test, body) in first.chain(others) {
                    match test.map_or(Some(true), |test| decide(test, airflow)) {
                        Some(true) => {
                            walk(body, airflow, undecided, found);
                            break;
                        }
                        Some(false) => {}
                        None => {
                            walk(body, airflow, undecided, found);
                            undecided = true;
                        }
                    }
                }
            }
            Stmt::Try(attempt) => {
                walk(&attempt.body, airflow, fallback, found);
                walk(&attempt.orelse, airflow, fallback, found);
                for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    walk(&handler.body, airflow, true, found);
                }
                walk(&attempt.finalbody, airflow, fallback, found);
            }
            Stmt::With(with) => walk(&with.body, airflow, fallback, found),
            other => found(other, fallback),
        }
    }
}

/// Whether a condition holds, if it asks for nothing but versions and type checking.
pub(crate) fn decide(test: &Expr, airflow: Version) -> Option<bool> {
    match test {
        Expr::BooleanLiteral(literal) => Some(literal.value),
        Expr::Name(name) => flag(name.id.as_str(), airflow),
        Expr::Attribute(attribute) => flag(attribute.attr.as_str(), airflow),
        Expr::UnaryOp(unary) if unary.op == UnaryOp::Not => {
            decide(&unary.operand, airflow).map(std::ops::Not::not)
        }
        Expr::BoolOp(chain) => {
            let decided = chain.values.iter().map(|value| decide(value, airflow));
            let (ending, other) = match chain.op {
                BoolOp::And => (false, true),
                BoolOp::Or => (true, false),
            };
            let mut all = true;
            for value in decided {
                match value {
                    Some(value) if value == ending => return Some(ending),
                    Some(_) => {}
                    None => all = false,
                }
            }
            all.then_some(other)
        }
        Expr::Compare(compare) => {
            let ([operator], [right]) = (&*compare.ops, &*compare.comparators) else {
                return None;
            };
            let (left, right) = (constant(&compare.left, airflow)?, constant(right, airflow)?);
            match operator {
                CmpOp::Lt => Some(left < right),
                CmpOp::LtE => Some(left <= right),
                CmpOp::Gt => Some(left > right),
                CmpOp::GtE => Some(left >= right),
                CmpOp::Eq => Some(left == right),
                CmpOp::NotEq => Some(left != right),
                CmpOp::In | CmpOp::NotIn | CmpOp::Is | CmpOp::IsNot => None,
            }
        }
        _ => None,
    }
}

fn flag(name: &str, airflow: Version) -> Option<bool> {
    if name == "TYPE_CHECKING" {
        return Some(false);
    }
    let wanted = name.strip_prefix("AIRFLOW_V_")?.strip_suffix("_PLUS")?;
    Some(airflow >= version(wanted))
}

/// The version that one side of a comparison stands for. Python is taken to be 3.12.
fn constant(expr: &Expr, airflow: Version) -> Option<Version> {
    match expr {
        Expr::Tuple(tuple) => {
            let mut version = [0; 3];
            for (slot, part) in version.iter_mut().zip(&tuple.elts) {
                let Expr::NumberLiteral(number) = part else { return None };
                let Number::Int(number) = &number.value else { return None };
                *slot = number.as_u64()?;
            }
            Some(version)
        }
        Expr::StringLiteral(text) => Some(version(text.value.to_str())),
        Expr::Attribute(attribute) => match attribute.attr.as_str() {
            "version_info" => Some([3, 12, 0]),
            "base_version" | "release" => constant(&attribute.value, airflow),
            _ => None,
        },
        Expr::Name(name) => match name.id.as_str() {
            "airflow_version" | "AIRFLOW_VERSION" | "__version__" => Some(airflow),
            _ => None,
        },
        Expr::Call(call) => {
            let name = match &*call.func {
                Expr::Name(name) => name.id.as_str(),
                Expr::Attribute(attribute) => attribute.attr.as_str(),
                _ => return None,
            };
            match (name, &*call.arguments.args) {
                ("get_base_airflow_version_tuple", []) => Some(airflow),
                ("Version" | "parse" | "parse_version", [argument]) => constant(argument, airflow),
                _ => None,
            }
        }
        _ => None,
    }
}
