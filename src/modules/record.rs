//! Tuples with named fields that the library gives: `date.isocalendar()`, `urlparse(…)`.

use std::rc::Rc;

use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::value::{Eval, Object, Stop, Type, Value};

/// A tuple whose items have names.
pub(crate) struct Record {
    /// Its class.
    pub(crate) class: &'static Type,
    /// How `repr` calls it.
    pub(crate) shown: &'static str,
    /// Its items.
    pub(crate) fields: Vec<(&'static str, Value)>,
}

impl Record {
    fn items(&self) -> Vec<Value> {
        self.fields.iter().map(|(_, value)| value.clone()).collect()
    }
}

impl Object for Record {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone()))
    }

    fn item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        vm.item(&Value::tuple(self.items()), &key).map(Some)
    }

    fn contains(self: Rc<Self>, vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        vm.contains(&Value::tuple(self.items()), key).map(Some)
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        Ok(Some(self.items()))
    }

    fn len(&self) -> Eval<Option<usize>> {
        Ok(Some(self.fields.len()))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        let others = match other {
            Value::Tuple(items) => items.to_vec(),
            other => match other.downcast::<Record>() {
                Some(other) => other.items(),
                None => return Ok(Some(false)),
            },
        };
        if let Some(cause) = others.iter().find_map(Value::unknown) {
            return Err(Stop::Unknown(cause.clone()));
        }
        // The fields are texts and numbers, which are one where they are equal.
        Ok(Some(others.len() == self.fields.len() && others.iter().zip(self.items()).all(|(a, b)| a.is(&b))))
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("{} {:?}", self.shown, self.items()))
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let mut parts = Vec::new();
        for (name, value) in &self.fields {
            parts.push(format!("{name}={}", vm.repr(value)?));
        }
        Ok(format!("{}({})", self.shown, parts.join(", ")).into())
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Tuple(self.items().iter().map(|item| collector.datum(item)).collect())
    }
}
