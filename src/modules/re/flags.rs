//! `re.I` and its kin: numbers that show their names.

use std::rc::Rc;

use num_traits::ToPrimitive;
use ruff_python_ast::Operator;

use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::modules::support::not_modelled;
use crate::value::{Eval, Object, Operation, Type, Value};

/// Flags, in Python's number.
pub(super) struct FlagSet(pub(super) u32);

const NAMES: [(u32, &str); 6] =
    [(2, "IGNORECASE"), (8, "MULTILINE"), (16, "DOTALL"), (32, "UNICODE"), (64, "VERBOSE"), (256, "ASCII")];

static REGEX_FLAG: Type =
    Type::new("re", "RegexFlag", |vm, _| not_modelled(vm, "a call of `re.RegexFlag` is not modelled"));

fn bits(value: &Value) -> Option<u32> {
    match value.downcast::<FlagSet>() {
        Some(flags) => Some(flags.0),
        None => value.as_int()?.to_u32(),
    }
}

impl Object for FlagSet {
    fn class(&self) -> Option<&'static Type> {
        Some(&REGEX_FLAG)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "value").then(|| Value::int(self.0)))
    }

    fn binary(
        self: Rc<Self>,
        vm: &mut Vm,
        Operation { op, other, .. }: Operation<'_>,
    ) -> Eval<Option<Value>> {
        let Some(other) = bits(other) else { return Ok(None) };
        let flags = match op {
            Operator::BitOr => self.0 | other,
            Operator::BitAnd => self.0 & other,
            Operator::BitXor => self.0 ^ other,
            _ => return not_modelled(vm, "this arithmetic with flags of `re` is not modelled"),
        };
        Ok(Some(Value::object(FlagSet(flags))))
    }

    fn truth(&self) -> Eval<bool> {
        Ok(self.0 != 0)
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(Some(bits(other) == Some(self.0)))
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<FlagSet>().is_some_and(|other| other.0 == self.0)
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("re {}", self.0))
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let names: Vec<String> =
            NAMES.iter().filter(|(bit, _)| self.0 & bit != 0).map(|(_, name)| format!("re.{name}")).collect();
        if names.is_empty() {
            return not_modelled(vm, "the text of no flags is not modelled");
        }
        Ok(names.join("|").into())
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::int(self.0)
    }
}
