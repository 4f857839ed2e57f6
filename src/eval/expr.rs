//! Expressions.

use std::rc::Rc;

use ruff_python_ast::{
    BoolOp, ConversionFlag, Expr, ExprBoolOp, ExprCompare, ExprDict, ExprFString, ExprIf, ExprNumberLiteral,
    FStringPart, InterpolatedStringElement, InterpolatedStringElements, Number, UnaryOp,
};
use ruff_text_size::{Ranged, TextRange};

use super::generator::Generator;
use super::hole::{self, Filled};
use super::{Scope, Vm};
use crate::datum::{Cause, CauseKind, Form};
use crate::source::Span;
use crate::value::slice::Slice;
use crate::value::{Dict, Eval, Key, Set, Stop, Value};

/// Stack that must be left before another expression is entered, and what is added when it is not.
const RED_ZONE: usize = 256 << 10;
const MORE_STACK: usize = 4 << 20;

impl Vm {
    /// The value of an expression; unknowns are values here.
    pub(crate) fn eval(&mut self, scope: &Rc<Scope>, expr: &Expr) -> Eval<Value> {
        self.spend(1)?;
        let before = std::mem::replace(&mut self.here, Span::new(scope.file, expr.range()));
        let result = stacker::maybe_grow(RED_ZONE, MORE_STACK, || self.eval_inner(scope, expr));
        let result = match result {
            Err(Stop::Unknown(cause)) => {
                self.note_may_raise(&cause);
                Ok(Value::Unknown(cause.derived()))
            }
            Err(stop) => Err(self.place(stop)),
            Ok(Value::Unknown(cause)) if keeps_form(expr, &cause) => Ok(Value::Unknown(cause)),
            Ok(Value::Unknown(cause)) if !keeps_path(expr) => Ok(Value::Unknown(match &cause.template {
                Some(template) if keeps_template(expr) => cause.derived().with_template(template.clone()),
                _ => cause.derived(),
            })),
            Ok(value) => Ok(value),
        };
        self.here = before;
        result
    }

    fn eval_inner(&mut self, scope: &Rc<Scope>, expr: &Expr) -> Eval<Value> {
        match expr {
            Expr::Name(node) => self.lookup(scope, node.id.as_str()),
            Expr::StringLiteral(node) => self.string_literal(scope, node.range(), node.value.to_str()),
            Expr::BytesLiteral(node) => Ok(Value::Bytes(node.value.bytes().collect::<Vec<u8>>().into())),
            Expr::NumberLiteral(node) => self.number_literal(node),
            Expr::BooleanLiteral(node) => Ok(Value::Bool(node.value)),
            Expr::NoneLiteral(_) => Ok(Value::None),
            Expr::EllipsisLiteral(_) => Ok(Value::Ellipsis),
            Expr::FString(node) => self.fstring(scope, node),
            Expr::Attribute(node) => {
                let object = self.eval(scope, &node.value)?;
                self.attr(&object, node.attr.as_str())
            }
            Expr::Subscript(node) => {
                let object = self.eval(scope, &node.value)?;
                let key = self.eval(scope, &node.slice)?;
                if let Some(cause) = hole::item(&object, &key) {
                    self.note_may_raise(&cause);
                    return Ok(Value::Unknown(cause));
                }
                match self.item(&object, &key) {
                    // An unknown key picks one of what a known container holds.
                    Err(Stop::Unknown(cause)) if object.unknown().is_none() && key.unknown().is_some() => {
                        Err(Stop::Unknown(cause.decided()))
                    }
                    result => result,
                }
            }
            Expr::Slice(node) => {
                let part = |vm: &mut Self, bound: &Option<Box<Expr>>| match bound {
                    Some(bound) => vm.eval(scope, bound),
                    None => Ok(Value::None),
                };
                let (start, end, step) =
                    (part(self, &node.lower)?, part(self, &node.upper)?, part(self, &node.step)?);
                let bounds = [&start, &end, &step];
                if let Some(cause) = bounds.iter().find_map(|bound| bound.unknown()) {
                    return Err(Stop::Unknown(cause.clone()));
                }
                Ok(Value::object(Slice { start, stop: end, step }))
            }
            Expr::Call(node) => self.eval_call(scope, node),
            Expr::BinOp(node) => {
                let left = self.eval(scope, &node.left)?;
                let right = self.eval(scope, &node.right)?;
                match hole::sum(node.op, &left, &right) {
                    Some(cause) => Ok(Value::Unknown(cause)),
                    None => self.binary(node.op, &left, &right),
                }
            }
            Expr::UnaryOp(node) => {
                let value = self.eval(scope, &node.operand)?;
                match node.op {
                    UnaryOp::Not => Ok(Value::Bool(!self.truth(&value)?)),
                    op => self.unary(op, &value),
                }
            }
            Expr::Compare(node) => self.comparison(scope, node),
            Expr::BoolOp(node) => self.bool_op(scope, node),
            Expr::If(node) => self.ternary(scope, node),
            Expr::Tuple(node) => Ok(Value::tuple(self.elements(scope, &node.elts)?)),
            Expr::List(node) => Ok(Value::list(self.elements(scope, &node.elts)?)),
            Expr::Set(node) => {
                let items = self.elements(scope, &node.elts)?;
                let keys = items.into_iter().map(Key::new).collect::<Eval<_>>()?;
                Ok(Value::Set(Rc::new(Set::new(keys, false))))
            }
            Expr::Dict(node) => self.dict_display(scope, node),
            Expr::Lambda(node) => self.define_lambda(scope, node),
            Expr::Named(node) => {
                let value = self.eval(scope, &node.value)?;
                // In a comprehension a walrus binds in the scope around it.
                let target = Vm::walrus_scope(scope);
                self.assign(&target, &node.target, value.clone())?;
                Ok(value)
            }
            Expr::ListComp(node) => {
                let items = self.comprehend(scope, &node.generators, &[&node.elt])?;
                Ok(items.map_or_else(Value::Unknown, |items| {
                    Value::list(items.into_iter().filter_map(|mut item| item.pop()).collect())
                }))
            }
            Expr::Generator(node) => {
                let items = self.comprehend(scope, &node.generators, &[&node.elt])?;
                Ok(items.map_or_else(Value::Unknown, |items| {
                    let items: Vec<Value> = items.into_iter().filter_map(|mut item| item.pop()).collect();
                    Value::Iter(Rc::new(crate::value::Iter::new(items)))
                }))
            }
            Expr::SetComp(node) => {
                let items = match self.comprehend(scope, &node.generators, &[&node.elt])? {
                    Ok(items) => items,
                    Err(cause) => return Ok(Value::Unknown(cause)),
                };
                let keys = items.into_iter().flatten().map(Key::new).collect::<Eval<_>>()?;
                Ok(Value::Set(Rc::new(Set::new(keys, false))))
            }
            Expr::DictComp(node) => {
                let Some(key) = &node.key else {
                    return self.unknown(CauseKind::Unsupported, "a dict comprehension without a key");
                };
                let items = match self.comprehend(scope, &node.generators, &[key, &node.value])? {
                    Ok(items) => items,
                    Err(cause) => return Ok(Value::Unknown(cause)),
                };
                let mut map = crate::map::IndexMap::default();
                for mut item in items {
                    let value = item.pop().unwrap_or_default();
                    let key = item.pop().unwrap_or_default();
                    map.insert(Key::new(key)?, value);
                }
                Ok(Value::Dict(Rc::new(Dict::new(map))))
            }
            Expr::Yield(node) => {
                let value = match &node.value {
                    Some(value) => self.eval(scope, value)?,
                    None => Value::None,
                };
                self.yield_value(value)
            }
            Expr::YieldFrom(node) => {
                let source = self.eval(scope, &node.value)?;
                let items = match self.iterate(&source) {
                    Ok(items) => items,
                    Err(Stop::Unknown(cause)) => {
                        self.doubt_yields(&cause);
                        return Err(Stop::Unknown(cause));
                    }
                    Err(stop) => return Err(stop),
                };
                for item in items {
                    self.yield_value(item)?;
                }
                Ok(source.downcast::<Generator>().map_or(Value::None, |generator| generator.returned()))
            }
            Expr::Starred(node) => self.eval(scope, &node.value),
            Expr::Await(_) => self.unknown(CauseKind::Unsupported, "`await` is not evaluated"),
            Expr::TString(_) => self.unknown(CauseKind::Unsupported, "template strings are not evaluated"),
            Expr::IpyEscapeCommand(_) => {
                self.unknown(CauseKind::Unsupported, "a notebook command is no Python")
            }
        }
    }

    /// A literal. The parser turns a lone surrogate into U+FFFD without a word, so where one appears the source must hold it.
    fn string_literal(&mut self, scope: &Rc<Scope>, range: TextRange, text: &str) -> Eval<Value> {
        if text.contains('\u{FFFD}') && !self.slice(scope.file, range).contains('\u{FFFD}') {
            return self.unknown(CauseKind::Unsupported, "the string holds a lone surrogate");
        }
        Ok(Value::str(text))
    }

    fn number_literal(&mut self, node: &ExprNumberLiteral) -> Eval<Value> {
        match &node.value {
            Number::Float(number) => Ok(Value::Float(*number)),
            Number::Complex { .. } => {
                self.unknown(CauseKind::Unsupported, "complex numbers are not evaluated")
            }
            Number::Int(int) => {
                if let Some(small) = int.as_i64() {
                    return Ok(Value::int(small));
                }
                let text = int.to_string().to_ascii_lowercase();
                let (digits, radix) = match text.get(..2) {
                    Some("0x") => (&text[2..], 16),
                    Some("0o") => (&text[2..], 8),
                    Some("0b") => (&text[2..], 2),
                    _ => (text.as_str(), 10),
                };
                if digits.len() > 20_000 {
                    return self.limit("the number has more than 20000 digits");
                }
                match num_bigint::BigInt::parse_bytes(digits.as_bytes(), radix) {
                    Some(number) => Ok(Value::int(number)),
                    None => self.unknown(CauseKind::Unsupported, "the number cannot be read"),
                }
            }
        }
    }

    fn fstring(&mut self, scope: &Rc<Scope>, node: &ExprFString) -> Eval<Value> {
        let mut text = Filled::default();
        let mut unknown = None;
        for part in &node.value {
            match part {
                FStringPart::Literal(literal) => text.push(literal),
                // All parts run, even behind an unknown one: they may have effects.
                FStringPart::FString(fstring) => {
                    match self.interpolate(scope, &fstring.elements, &mut text) {
                        Err(Stop::Unknown(cause)) => unknown = unknown.or(Some(cause)),
                        result => result?,
                    }
                }
            }
        }
        self.check_size(text.len())?;
        match unknown {
            None => Ok(Value::str(text.into_text())),
            Some(cause) => match text.template() {
                Some(template) => Ok(Value::Unknown(cause.derived().with_template(template))),
                None => Err(Stop::Unknown(cause)),
            },
        }
    }

    fn interpolate(
        &mut self,
        scope: &Rc<Scope>,
        elements: &InterpolatedStringElements,
        text: &mut Filled,
    ) -> Eval<()> {
        // All parts run, even behind an unknown one: they may have effects.
        let mut unknown = None;
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => text.push(&literal.value),
                InterpolatedStringElement::Interpolation(node) => {
                    let value = self.eval(scope, &node.expression)?;
                    let mut spec = Filled::default();
                    if let Some(node) = &node.format_spec {
                        self.interpolate(scope, &node.elements, &mut spec)?;
                    }
                    let spec = spec.into_text();
                    if let Some(debug) = &node.debug_text {
                        text.push(debug.leading());
                        text.push(debug.expression());
                        text.push(debug.trailing());
                    }
                    let default_repr = node.debug_text.is_some() && spec.is_empty();
                    let shown = match node.conversion {
                        ConversionFlag::None if default_repr => self.repr(&value),
                        ConversionFlag::None => self.format(&value, &spec),
                        ConversionFlag::Str => {
                            self.str(&value).and_then(|text| self.format(&Value::Str(text), &spec))
                        }
                        ConversionFlag::Repr => {
                            self.repr(&value).and_then(|text| self.format(&Value::Str(text), &spec))
                        }
                        ConversionFlag::Ascii => {
                            self.ascii(&value).and_then(|text| self.format(&Value::Str(text), &spec))
                        }
                    };
                    match shown {
                        Ok(shown) => text.push(&shown),
                        Err(Stop::Unknown(cause)) => {
                            let is_plain =
                                node.conversion == ConversionFlag::None && spec.is_empty() && !default_repr;
                            text.push_unknown(if is_plain { value.unknown() } else { None });
                            unknown = unknown.or(Some(cause));
                        }
                        Err(stop) => return Err(stop),
                    }
                    self.check_size(text.len())?;
                }
            }
        }
        unknown.map_or(Ok(()), |cause| Err(Stop::Unknown(cause)))
    }

    fn comparison(&mut self, scope: &Rc<Scope>, node: &ExprCompare) -> Eval<Value> {
        let mut left = self.eval(scope, &node.left)?;
        let mut result = Value::Bool(true);
        for (at, (op, right)) in node.ops.iter().zip(&node.comparators).enumerate() {
            let right = self.eval(scope, right)?;
            result = self.or_unknown(|vm| vm.compare(*op, &left, &right))?;
            if at + 1 == node.ops.len() {
                break;
            }
            match self.truth(&result) {
                Ok(true) => {}
                Ok(false) => return Ok(result),
                Err(Stop::Unknown(cause)) => {
                    for skipped in &node.comparators[at + 1..] {
                        self.reach_of_expr(scope, skipped, &cause)?;
                    }
                    return Ok(Value::Unknown(cause));
                }
                Err(stop) => return Err(stop),
            }
            left = right;
        }
        Ok(result)
    }

    fn bool_op(&mut self, scope: &Rc<Scope>, node: &ExprBoolOp) -> Eval<Value> {
        let stops_at = node.op == BoolOp::Or;
        let mut value = Value::None;
        for (at, operand) in node.values.iter().enumerate() {
            value = self.eval(scope, operand)?;
            if at + 1 == node.values.len() {
                break;
            }
            match self.truth(&value) {
                Ok(truth) if truth == stops_at => return Ok(value),
                Ok(_) => {}
                Err(Stop::Unknown(cause)) => {
                    return self.undecided(scope, &cause, Some(&value), &node.values[at + 1..], stops_at);
                }
                Err(stop) => return Err(stop),
            }
        }
        Ok(value)
    }

    /// `a or b` with an `a` that may be true or false. `x and False` and `x or True` have a known truth all the same, but not a
    /// known value, unless every outcome is the same.
    fn undecided(
        &mut self,
        scope: &Rc<Scope>,
        cause: &Cause,
        first: Option<&Value>,
        rest: &[Expr],
        _stops_at: bool,
    ) -> Eval<Value> {
        for operand in rest {
            self.reach_of_expr(scope, operand, cause)?;
        }
        if let (Some(first), [only]) = (first, rest)
            && !matches!(first, Value::Unknown(_))
            && let Some(second) = self.peek_constant(scope, only)
            && self.equals(first, &second).is_ok_and(|same| same)
        {
            return Ok(second);
        }
        Ok(Value::Unknown(cause.decided()))
    }

    fn ternary(&mut self, scope: &Rc<Scope>, node: &ExprIf) -> Eval<Value> {
        let test = self.eval(scope, &node.test)?;
        match self.truth(&test) {
            Ok(true) => self.eval(scope, &node.body),
            Ok(false) => self.eval(scope, &node.orelse),
            Err(Stop::Unknown(cause)) => {
                let effects = self.reach_of_exprs(scope, [&*node.body, &*node.orelse], &cause)?;
                if !effects {
                    // Branches without effect whose results are equal give that result.
                    let body = self.eval(scope, &node.body);
                    let orelse = self.eval(scope, &node.orelse);
                    if let (Ok(body), Ok(orelse)) = (body, orelse)
                        && body.unknown().is_none()
                        && orelse.unknown().is_none()
                        && body.type_name() == orelse.type_name()
                        && self.equals(&body, &orelse).is_ok_and(|same| same)
                    {
                        return Ok(body);
                    }
                }
                Ok(Value::Unknown(cause.decided()))
            }
            Err(stop) => Err(stop),
        }
    }

    /// The values of a display, with `*` unpacked.
    fn elements(&mut self, scope: &Rc<Scope>, elements: &[Expr]) -> Eval<Vec<Value>> {
        let mut values = Vec::with_capacity(elements.len());
        let mut unknown = None;
        for element in elements {
            let Expr::Starred(starred) = element else {
                values.push(self.eval(scope, element)?);
                continue;
            };
            let value = self.eval(scope, &starred.value)?;
            match self.iterate(&value) {
                Ok(items) => values.extend(items),
                Err(Stop::Unknown(cause)) => unknown = unknown.or(Some(cause)),
                Err(stop) => return Err(stop),
            }
            self.check_size(values.len())?;
        }
        unknown.map_or(Ok(values), |cause| Err(Stop::Unknown(cause)))
    }

    fn dict_display(&mut self, scope: &Rc<Scope>, node: &ExprDict) -> Eval<Value> {
        let dict = Rc::new(Dict::new(crate::map::IndexMap::with_capacity_and_hasher(
            node.items.len(),
            crate::map::RandomState::default(),
        )));
        for item in &node.items {
            if let Some(key) = &item.key {
                let key = self.eval(scope, key)?;
                let value = self.eval(scope, &item.value)?;
                match Key::new(key) {
                    Ok(key) => {
                        dict.change().insert(key, value);
                    }
                    Err(Stop::Unknown(cause)) => dict.open(&cause),
                    Err(stop) => return Err(stop),
                }
                continue;
            }
            let value = self.eval(scope, &item.value)?;
            match self.mapping_items(&value) {
                Ok(items) => {
                    for (key, value) in items {
                        dict.change().insert(Key::new(key)?, value);
                    }
                }
                Err(Stop::Unknown(cause)) => dict.open(&cause),
                Err(stop) => return Err(stop),
            }
        }
        Ok(Value::Dict(dict))
    }

    /// The items of a mapping, as `**` unpacks it.
    pub fn mapping_items(&mut self, value: &Value) -> Eval<Vec<(Value, Value)>> {
        match value {
            Value::Dict(dict) => {
                Ok(dict.items()?.iter().map(|(key, value)| (key.value().clone(), value.clone())).collect())
            }
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            Value::Object(_) | Value::Instance(_) => {
                let keys = self.attr(value, "keys")?;
                let keys = self.call_with(&keys, [])?;
                let mut items = Vec::new();
                for key in self.iterate(&keys)? {
                    let item = self.item(value, &key)?;
                    items.push((key, item));
                }
                Ok(items)
            }
            other => Err(Stop::type_error(format!("'{}' object is not a mapping", other.type_name()))),
        }
    }
}

/// Whether an unknown that an expression gives is what lies at its import path, and not computed from it.
fn keeps_path(expr: &Expr) -> bool {
    matches!(expr, Expr::Name(_) | Expr::Attribute(_) | Expr::Named(_) | Expr::Starred(_))
}

/// Whether the value of an expression is the very object that a call made.
fn keeps_form(expr: &Expr, cause: &Cause) -> bool {
    expr.is_call_expr() && matches!(cause.form, Some(Form::Made(_)))
}

/// Whether a template for the value of an expression, which was not computed from another value, is one for the expression.
fn keeps_template(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Call(_)
            | Expr::FString(_)
            | Expr::BinOp(_)
            | Expr::Subscript(_)
            | Expr::If(_)
            | Expr::BoolOp(_)
    )
}
