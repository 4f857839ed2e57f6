//! `types.MappingProxyType`: a mapping that is seen and not changed; `__dict__` of a class is one.

use std::rc::Rc;

use ruff_python_ast::Operator;

use super::attr::bound;
use super::{Eval, Native, Object, Operation, Stop, Type, Value};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};

/// A view of a mapping.
pub struct MappingProxy(pub Value);

/// `types.MappingProxyType`.
pub static MAPPING_PROXY: Type = Type::new("types", "mappingproxy", |vm, mut args| {
    let mapping = args.expect("mapping")?;
    args.finish()?;
    match &mapping {
        Value::Dict(_) => Ok(Value::object(MappingProxy(mapping))),
        Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Int(_) | Value::None => {
            let name = mapping.type_name();
            Err(Stop::type_error(format!("mappingproxy() argument must be a mapping, not {name}")))
        }
        _ => vm.unsupported("a `MappingProxyType` of what is no plain dict is not modelled"),
    }
});

/// The methods that are those of the mapping.
const READERS: &[&str] =
    &["get", "keys", "values", "items", "copy", "__len__", "__contains__", "__getitem__"];

crate::value::release::released!(MappingProxy);

impl Object for MappingProxy {
    fn class(&self) -> Option<&'static Type> {
        Some(&MAPPING_PROXY)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if name == "__getitem__" {
            return Ok(Some(bound(Value::Object(self), Value::Native(&GET_ITEM))));
        }
        if READERS.contains(&name) { vm.attr_or_none(&self.0, name) } else { Ok(None) }
    }

    fn item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        vm.item(&self.0, &key).map(Some)
    }

    fn contains(self: Rc<Self>, vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        vm.contains(&self.0, key).map(Some)
    }

    fn iterate(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        vm.iterate(&self.0).map(Some)
    }

    fn len(&self) -> Eval<Option<usize>> {
        match &self.0 {
            Value::Dict(dict) => Ok(Some(dict.items()?.len())),
            _ => Ok(None),
        }
    }

    fn binary(self: Rc<Self>, vm: &mut Vm, operation: Operation<'_>) -> Eval<Option<Value>> {
        let other = operation.other.downcast::<MappingProxy>();
        let other = other.map_or_else(|| operation.other.clone(), |other| other.0.clone());
        if operation.op != Operator::BitOr {
            return Ok(None);
        }
        if operation.reflected {
            vm.binary(operation.op, &other, &self.0).map(Some)
        } else {
            vm.binary(operation.op, &self.0, &other).map(Some)
        }
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(format!("mappingproxy({})", vm.repr(&self.0)?).into())
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.0);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        collector.datum(&self.0)
    }
}

static GET_ITEM: Native = Native::new("__getitem__", |vm, mut args| {
    let (mapping, key) = (args.need()?, args.need()?);
    args.finish()?;
    vm.item(&mapping, &key)
});
