//! Constants of packages, worked out from their syntax: literals, names of literals, tuples put together from other
//! tuples, and helper functions that only build a tuple. What takes more than that is not worked out.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use ruff_python_ast::{
    BoolOp, CmpOp, Comprehension, Expr, ExprCall, Number, Operator, Stmt, StmtFunctionDef, UnaryOp,
};

use super::module::Module;
use super::release::{Class, Found, Release};

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// `None`, a bool or a number that is no small integer, as Python writes it.
    Word(String),
    /// An integer.
    Int(i64),
    /// A string.
    Str(String),
    /// Bytes, as Python writes them.
    Bytes(String),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A list.
    List(Vec<Value>),
    /// A set.
    Set(Vec<Value>),
    /// A frozen set.
    FrozenSet(Vec<Value>),
    /// A dict.
    Dict(Vec<(Value, Value)>),
}

impl Value {
    fn items(self) -> Option<Vec<Self>> {
        match self {
            Self::Tuple(items) | Self::List(items) | Self::Set(items) | Self::FrozenSet(items) => Some(items),
            Self::Dict(items) => Some(items.into_iter().map(|(key, _)| key).collect()),
            Self::Word(_) | Self::Int(_) | Self::Str(_) | Self::Bytes(_) => None,
        }
    }

    /// The strings of a sequence of strings; a string alone counts as one.
    pub(crate) fn strings(self) -> Option<Vec<String>> {
        if let Self::Str(text) = self {
            return Some(vec![text]);
        }
        let items = self.items()?.into_iter();
        items.map(|item| if let Self::Str(text) = item { Some(text) } else { None }).collect()
    }
}

impl fmt::Display for Value {
    /// Writes the value as a Python literal, with strings in double quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn list(f: &mut fmt::Formatter<'_>, items: &[Value]) -> fmt::Result {
            for (index, item) in items.iter().enumerate() {
                let comma = if index > 0 { ", " } else { "" };
                write!(f, "{comma}{item}")?;
            }
            Ok(())
        }
        match self {
            Self::Word(text) | Self::Bytes(text) => f.write_str(text),
            Self::Int(value) => write!(f, "{value}"),
            Self::Str(text) => {
                f.write_char('"')?;
                for char in text.chars() {
                    match char {
                        '"' | '\\' => write!(f, "\\{char}")?,
                        '\n' => f.write_str("\\n")?,
                        '\t' => f.write_str("\\t")?,
                        '\r' => f.write_str("\\r")?,
                        char if char.is_control() => write!(f, "\\x{:02x}", char as u32)?,
                        char => f.write_char(char)?,
                    }
                }
                f.write_char('"')
            }
            Self::Tuple(items) => {
                f.write_char('(')?;
                list(f, items)?;
                f.write_str(if items.len() == 1 { ",)" } else { ")" })
            }
            Self::List(items) => {
                f.write_char('[')?;
                list(f, items)?;
                f.write_char(']')
            }
            Self::Set(items) if items.is_empty() => f.write_str("set()"),
            Self::FrozenSet(items) if items.is_empty() => f.write_str("frozenset()"),
            Self::FrozenSet(items) => {
                f.write_str("frozenset({")?;
                list(f, items)?;
                f.write_str("})")
            }
            Self::Set(items) => {
                f.write_char('{')?;
                list(f, items)?;
                f.write_char('}')
            }
            Self::Dict(items) => {
                f.write_char('{')?;
                for (index, (key, value)) in items.iter().enumerate() {
                    let comma = if index > 0 { ", " } else { "" };
                    write!(f, "{comma}{key}: {value}")?;
                }
                f.write_char('}')
            }
        }
    }
}

/// Where an expression stands.
#[derive(Clone)]
pub(crate) struct Scope<'r, 'a> {
    /// The packages.
    pub(crate) release: &'r Release<'a>,
    /// The module.
    pub(crate) module: &'a Module,
    /// The class whose body it stands in.
    pub(crate) class: Option<Class<'a>>,
    locals: BTreeMap<String, Value>,
    depth: u8,
}

impl<'r, 'a> Scope<'r, 'a> {
    /// The scope of a module, or of a class of it.
    pub(crate) fn new(release: &'r Release<'a>, module: &'a Module, class: Option<Class<'a>>) -> Self {
        Self { release, module, class, locals: BTreeMap::new(), depth: 0 }
    }

    fn inside(&self, module: &'a Module, class: Option<Class<'a>>) -> Option<Self> {
        let depth = self.depth + 1;
        (depth < 20).then(|| Self { release: self.release, module, class, locals: BTreeMap::new(), depth })
    }

    /// The value of an attribute of a class, inherited ones included.
    pub(crate) fn attribute(&self, class: Class<'a>, name: &str) -> Option<Value> {
        for class in self.release.mro(class) {
            if let Some(expr) = self.release.attribute(class, name) {
                return self.inside(class.module, Some(class))?.value(expr);
            }
        }
        None
    }

    /// The value of an expression, where it can be worked out.
    pub(crate) fn value(&self, expr: &Expr) -> Option<Value> {
        Some(match expr {
            Expr::NoneLiteral(_) => Value::Word("None".to_owned()),
            Expr::BooleanLiteral(literal) => {
                Value::Word(if literal.value { "True" } else { "False" }.to_owned())
            }
            Expr::NumberLiteral(literal) => match &literal.value {
                Number::Int(int) => match int.as_i64() {
                    Some(int) => Value::Int(int),
                    None => Value::Word(int.to_string()),
                },
                Number::Float(float) => Value::Word(format!("{float:?}")),
                Number::Complex { .. } => return None,
            },
            Expr::StringLiteral(literal) => Value::Str(literal.value.to_string()),
            Expr::BytesLiteral(_) => Value::Bytes(self.module.source(expr)),
            Expr::Tuple(tuple) => Value::Tuple(self.items(&tuple.elts)?),
            Expr::List(list) => Value::List(self.items(&list.elts)?),
            Expr::Set(set) => Value::Set(unique(self.items(&set.elts)?)),
            Expr::Dict(dict) => {
                let mut items = Vec::new();
                for item in &dict.items {
                    items.push((self.value(item.key.as_ref()?)?, self.value(&item.value)?));
                }
                Value::Dict(items)
            }
            Expr::UnaryOp(unary) => match (unary.op, self.value(&unary.operand)?) {
                (UnaryOp::USub, Value::Int(value)) => Value::Int(-value),
                (UnaryOp::USub, Value::Word(word)) => Value::Word(format!("-{word}")),
                _ => return None,
            },
            Expr::BinOp(binary) => combine(binary.op, self.value(&binary.left)?, self.value(&binary.right)?)?,
            Expr::Name(name) => self.name(name.id.as_str())?,
            Expr::Attribute(attribute) => self.member(&attribute.value, attribute.attr.as_str())?,
            Expr::Call(call) => self.call(call)?,
            Expr::Generator(generator) => {
                Value::List(self.comprehension(&generator.elt, &generator.generators)?)
            }
            Expr::ListComp(list) => Value::List(self.comprehension(&list.elt, &list.generators)?),
            Expr::SetComp(set) => Value::Set(unique(self.comprehension(&set.elt, &set.generators)?)),
            _ => return None,
        })
    }

    fn items(&self, elements: &[Expr]) -> Option<Vec<Value>> {
        let mut items = Vec::new();
        for element in elements {
            match element {
                Expr::Starred(starred) => items.extend(self.value(&starred.value)?.items()?),
                element => items.push(self.value(element)?),
            }
        }
        Some(items)
    }

    fn name(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.locals.get(name) {
            return Some(value.clone());
        }
        if let Some(class) = self.class
            && let Some(expr) = self.release.attribute(class, name)
        {
            return self.inside(class.module, Some(class))?.value(expr);
        }
        match self.release.lookup(&self.module.name, name, 0)? {
            Found::Value(module, expr) => self.inside(module, None)?.value(expr),
            Found::Class(_) | Found::Function(..) | Found::Module(_) | Found::Outside(_) => None,
        }
    }

    fn member(&self, owner: &Expr, name: &str) -> Option<Value> {
        match self.release.expr(self.module, owner, 0)? {
            Found::Class(class) => {
                let is_enum = self.release.mro(class).iter().any(|class| {
                    self.release
                        .bases(*class)
                        .iter()
                        .any(|base| base.as_ref().is_err_and(|b| b.contains("Enum")))
                });
                if is_enum { None } else { self.attribute(class, name) }
            }
            Found::Module(module) => match self.release.lookup(module, name, 0)? {
                Found::Value(module, expr) => self.inside(module, None)?.value(expr),
                Found::Class(_) | Found::Function(..) | Found::Module(_) | Found::Outside(_) => None,
            },
            Found::Function(..) | Found::Value(..) | Found::Outside(_) => None,
        }
    }

    fn call(&self, call: &ExprCall) -> Option<Value> {
        if !call.arguments.keywords.is_empty() {
            return None;
        }
        let arguments = self.items(&call.arguments.args)?;
        if let Expr::Attribute(method) = &*call.func {
            let owner = self.value(&method.value)?;
            let operator = match method.attr.as_str() {
                "union" => Operator::BitOr,
                "difference" => Operator::Sub,
                "intersection" => Operator::BitAnd,
                "keys" if arguments.is_empty() => return Some(Value::List(owner.items()?)),
                _ => return None,
            };
            return arguments
                .into_iter()
                .try_fold(owner, |owner, other| combine(operator, owner, Value::Set(other.items()?)));
        }
        let Expr::Name(function) = &*call.func else { return None };
        if let Some(Found::Function(module, function)) =
            self.release.lookup(&self.module.name, function.id.as_str(), 0)
        {
            return self.helper(module, function, arguments);
        }
        let items = match <[Value; 1]>::try_from(arguments) {
            Ok([argument]) => argument.items()?,
            Err(arguments) if arguments.is_empty() => Vec::new(),
            Err(_) => return None,
        };
        Some(match function.id.as_str() {
            "tuple" => Value::Tuple(items),
            "list" => Value::List(items),
            "set" => Value::Set(unique(items)),
            "frozenset" => Value::FrozenSet(unique(items)),
            "sorted" => {
                let mut texts = Value::List(items).strings()?;
                texts.sort();
                Value::List(texts.into_iter().map(Value::Str).collect())
            }
            _ => return None,
        })
    }

    /// The result of a function whose body checks its arguments and returns one expression.
    fn helper(&self, module: &'a Module, function: &StmtFunctionDef, arguments: Vec<Value>) -> Option<Value> {
        let mut scope = self.inside(module, None)?;
        let parameters = &function.parameters;
        let mut arguments = arguments.into_iter();
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            scope.locals.insert(parameter.name().to_string(), arguments.next()?);
        }
        if let Some(rest) = &parameters.vararg {
            scope.locals.insert(rest.name.to_string(), Value::Tuple(arguments.collect()));
        }
        let mut result = None;
        for statement in &function.body {
            match statement {
                Stmt::Return(back) => result = back.value.as_deref(),
                Stmt::Expr(text) if matches!(*text.value, Expr::StringLiteral(_)) => {}
                Stmt::If(check) if matches!(check.body.last(), Some(Stmt::Raise(_))) => {}
                _ => return None,
            }
        }
        scope.value(result?)
    }

    fn comprehension(&self, element: &Expr, generators: &[Comprehension]) -> Option<Vec<Value>> {
        let [generator] = generators else { return None };
        let Expr::Name(target) = &generator.target else { return None };
        let mut items = Vec::new();
        for item in self.value(&generator.iter)?.items()? {
            let mut scope = self.clone();
            scope.locals.insert(target.id.to_string(), item);
            let mut taken = true;
            for condition in &generator.ifs {
                taken &= scope.holds(condition)?;
            }
            if taken {
                items.push(scope.value(element)?);
            }
        }
        Some(items)
    }

    fn holds(&self, condition: &Expr) -> Option<bool> {
        match condition {
            Expr::BoolOp(chain) => {
                let held: Option<Vec<bool>> = chain.values.iter().map(|value| self.holds(value)).collect();
                let mut held = held?.into_iter();
                Some(match chain.op {
                    BoolOp::And => held.all(|held| held),
                    BoolOp::Or => held.any(|held| held),
                })
            }
            Expr::Compare(compare) => {
                let ([operator], [right]) = (&*compare.ops, &*compare.comparators) else { return None };
                let (left, right) = (self.value(&compare.left)?, self.value(right)?);
                match operator {
                    CmpOp::Eq => Some(left == right),
                    CmpOp::NotEq => Some(left != right),
                    CmpOp::In => Some(right.items()?.contains(&left)),
                    CmpOp::NotIn => Some(!right.items()?.contains(&left)),
                    CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE | CmpOp::Is | CmpOp::IsNot => None,
                }
            }
            _ => None,
        }
    }
}

fn unique(items: Vec<Value>) -> Vec<Value> {
    let mut kept: Vec<Value> = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

fn combine(operator: Operator, left: Value, right: Value) -> Option<Value> {
    Some(match (operator, left, right) {
        (Operator::Add, Value::Int(a), Value::Int(b)) => Value::Int(a.checked_add(b)?),
        (Operator::Sub, Value::Int(a), Value::Int(b)) => Value::Int(a.checked_sub(b)?),
        (Operator::Mult, Value::Int(a), Value::Int(b)) => Value::Int(a.checked_mul(b)?),
        (Operator::Pow, Value::Int(a), Value::Int(b)) => Value::Int(a.checked_pow(u32::try_from(b).ok()?)?),
        (Operator::Add, Value::Str(a), Value::Str(b)) => Value::Str(a + &b),
        (Operator::Add, Value::Tuple(mut a), Value::Tuple(b)) => {
            a.extend(b);
            Value::Tuple(a)
        }
        (Operator::Add, Value::List(mut a), Value::List(b)) => {
            a.extend(b);
            Value::List(a)
        }
        (Operator::BitOr, Value::Set(mut a), Value::Set(b)) => {
            a.extend(b);
            Value::Set(unique(a))
        }
        (Operator::Sub, Value::Set(mut a), Value::Set(b)) => {
            a.retain(|item| !b.contains(item));
            Value::Set(a)
        }
        (Operator::BitAnd, Value::Set(mut a), Value::Set(b)) => {
            a.retain(|item| b.contains(item));
            Value::Set(a)
        }
        _ => return None,
    })
}
