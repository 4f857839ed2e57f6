//! `copy`: `copy` and `deepcopy` of containers and of instances of the user's classes.
//!
//! Objects of modelled classes that never change are their own copies; of others a copy is unknown.

use std::rc::Rc;

use super::support::not_modelled;
use super::{Member, ModuleTable};
use crate::eval::Vm;
use crate::map::HashMap;
use crate::value::{Args, Dict, Eval, Instance, Key, List, Native, Set, Stop, Value};

/// The rows of the module.
pub static COPY: ModuleTable = ModuleTable {
    name: "copy",
    members: &[
        (
            "copy",
            Member::Function(
                Native::new("copy", |vm, mut args| {
                    let value = args.expect("x")?;
                    args.finish()?;
                    shallow(vm, &value)
                })
                .lenient(),
            ),
        ),
        ("deepcopy", Member::Function(Native::new("deepcopy", deepcopy).lenient())),
    ],
};

fn deepcopy(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.expect("x")?;
    drop(args.take("memo"));
    args.finish()?;
    deep(vm, &value)
}

/// `copy.deepcopy` of a value.
pub(crate) fn deep(vm: &mut Vm, value: &Value) -> Eval<Value> {
    Copier { copies: HashMap::default() }.deep(vm, value)
}

fn shallow(vm: &mut Vm, value: &Value) -> Eval<Value> {
    if let Some(copy) = own_copy(vm, value, "__copy__")? {
        return Ok(copy);
    }
    match value {
        Value::List(list) => {
            let copy = List::new(list.seen().clone());
            list.why_open().inspect(|cause| copy.open(cause));
            Ok(Value::List(Rc::new(copy)))
        }
        Value::Dict(dict) => {
            let copy = Dict::of_kind(dict.kind.clone(), dict.seen().clone());
            dict.why_open().inspect(|cause| copy.open(cause));
            Ok(Value::Dict(Rc::new(copy)))
        }
        Value::Set(set) if !set.frozen => {
            let copy = Set::new(set.seen().clone(), false);
            set.why_open().inspect(|cause| copy.open(cause));
            Ok(Value::Set(Rc::new(copy)))
        }
        Value::Instance(instance) => {
            let copy = Rc::new(Instance::new(Rc::clone(&instance.class)));
            copy.attrs.borrow_mut().clone_from(&instance.attrs.borrow());
            copy.open.borrow_mut().clone_from(&instance.open.borrow());
            let inner = instance.inner.borrow().clone();
            *copy.inner.borrow_mut() = match inner {
                Some(inner) => Some(shallow(vm, &inner)?),
                None => None,
            };
            Ok(Value::Instance(copy))
        }
        Value::Object(_) => object(vm, value),
        Value::Iter(_) => not_modelled(vm, "a copy of an iterator is not modelled"),
        Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
        other => Ok(other.clone()),
    }
}

/// What the class of an instance makes itself.
fn own_copy(vm: &mut Vm, value: &Value, method: &str) -> Eval<Option<Value>> {
    let Value::Instance(instance) = value else { return Ok(None) };
    if instance.class.effective_flavour() == crate::value::class::Flavour::Enum {
        return Ok(Some(value.clone()));
    }
    for hook in ["__reduce_ex__", "__reduce__", "__getstate__", "__setstate__", "__getnewargs__"] {
        if instance.class.lookup(hook).is_some() {
            return not_modelled(vm, format!("a copy of a `{}` is not modelled", instance.class.name));
        }
    }
    match vm.special(value, method)? {
        Some(hook) if method == "__deepcopy__" => vm.call_with(&hook, [Value::dict::<&str>([])]).map(Some),
        Some(hook) => vm.call_with(&hook, []).map(Some),
        None => Ok(None),
    }
}

fn object(vm: &mut Vm, value: &Value) -> Eval<Value> {
    let Value::Object(object) = value else { return Ok(value.clone()) };
    // What has a hash does not change.
    if object.hash_text().is_some() {
        return Ok(value.clone());
    }
    not_modelled(vm, format!("a copy of a `{}` is not modelled", object.type_name()))
}

struct Copier {
    /// Copies by the address of what was copied; it is kept, so that the address stays its own.
    copies: HashMap<*const (), (Value, Value)>,
}

impl Copier {
    fn deep(&mut self, vm: &mut Vm, value: &Value) -> Eval<Value> {
        vm.spend(1)?;
        match value {
            Value::List(list) => {
                let copy = Rc::new(List::new(Vec::new()));
                if let Some(known) =
                    self.remember(Rc::as_ptr(list).cast(), value, &Value::List(Rc::clone(&copy)))
                {
                    return Ok(known);
                }
                list.why_open().inspect(|cause| copy.open(cause));
                let items = list.seen().clone();
                for item in items {
                    let item = self.part(vm, &item)?;
                    copy.change().push(item);
                }
                Ok(Value::List(copy))
            }
            Value::Dict(dict) => {
                let copy = Rc::new(Dict::of_kind(dict.kind.clone(), crate::map::IndexMap::default()));
                if let Some(known) =
                    self.remember(Rc::as_ptr(dict).cast(), value, &Value::Dict(Rc::clone(&copy)))
                {
                    return Ok(known);
                }
                dict.why_open().inspect(|cause| copy.open(cause));
                let items: Vec<(Key, Value)> =
                    dict.seen().iter().map(|(key, value)| (key.clone(), value.clone())).collect();
                for (key, value) in items {
                    let key = Key::new(self.part(vm, key.value())?)?;
                    let value = self.part(vm, &value)?;
                    copy.change().insert(key, value);
                }
                Ok(Value::Dict(copy))
            }
            Value::Set(set) => {
                let keys: Vec<Key> = set.seen().iter().cloned().collect();
                let copies =
                    keys.iter().map(|key| Key::new(self.part(vm, key.value())?)).collect::<Eval<_>>()?;
                let copy = Set::new(copies, set.frozen);
                set.why_open().inspect(|cause| copy.open(cause));
                Ok(Value::Set(Rc::new(copy)))
            }
            Value::Tuple(items) => {
                let copies: Vec<Value> = items.iter().map(|item| self.part(vm, item)).collect::<Eval<_>>()?;
                // A tuple of what does not change is its own copy.
                let same = copies.iter().zip(items.iter()).all(|(copy, item)| copy.is(item));
                Ok(if same { value.clone() } else { Value::tuple(copies) })
            }
            Value::Instance(instance) => {
                if let Some(copy) = own_copy(vm, value, "__deepcopy__")? {
                    return Ok(copy);
                }
                let copy = Rc::new(Instance::new(Rc::clone(&instance.class)));
                if let Some(known) =
                    self.remember(Rc::as_ptr(instance).cast(), value, &Value::Instance(Rc::clone(&copy)))
                {
                    return Ok(known);
                }
                copy.open.borrow_mut().clone_from(&instance.open.borrow());
                let attrs = instance.attrs.borrow().clone();
                for (name, value) in attrs {
                    let value = self.part(vm, &value)?;
                    copy.attrs.borrow_mut().insert(name, value);
                }
                let inner = instance.inner.borrow().clone();
                if let Some(inner) = inner {
                    *copy.inner.borrow_mut() = Some(self.part(vm, &inner)?);
                }
                Ok(Value::Instance(copy))
            }
            Value::Object(_) => object(vm, value),
            Value::Iter(_) => not_modelled(vm, "a copy of an iterator is not modelled"),
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            other => Ok(other.clone()),
        }
    }

    /// A part of a copy; one that has no known copy is an unknown inside of it.
    fn part(&mut self, vm: &mut Vm, value: &Value) -> Eval<Value> {
        match vm.nested(|vm| self.deep(vm, value)) {
            Err(Stop::Unknown(cause)) if value.unknown().is_none() => Ok(Value::Unknown(cause.decided())),
            Err(Stop::Unknown(cause)) => Ok(Value::Unknown(cause)),
            result => result,
        }
    }

    /// The copy that was made already; else keeps the one that is being made.
    fn remember(&mut self, address: *const (), value: &Value, copy: &Value) -> Option<Value> {
        if let Some((_, known)) = self.copies.get(&address) {
            return Some(known.clone());
        }
        self.copies.insert(address, (value.clone(), copy.clone()));
        None
    }
}
