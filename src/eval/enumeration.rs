//! Enums of the user's: their members, and a member by its value.

use std::rc::Rc;

use super::Vm;
use super::class::wrapped_function;
use crate::value::class::Flavour;
use crate::value::descriptor::{ClassMethod, StaticMethod};
use crate::value::{Args, Class, Eval, Instance, Stop, Value};

impl Vm {
    /// Makes members of what stands in the body of an enum.
    pub(super) fn make_enum(&mut self, class: &Rc<Class>) -> Eval<()> {
        *class.flavour.borrow_mut() = Flavour::Enum;
        for base in class.ancestors() {
            if base.why_open().is_none() && !self.enum_members(base)?.is_empty() {
                let message = format!("<enum '{}'> cannot extend <enum '{}'>", class.name, base.name);
                return Err(Stop::type_error(message));
            }
        }
        let next_value = class.lookup("_generate_next_value_");
        let string_values =
            class.foreign_bases().iter().any(|base| matches!(base, Value::Type(t) if t.name == "StrEnum"));
        let attrs: Vec<(Rc<str>, Value)> =
            class.attrs.borrow().iter().map(|(name, value)| (Rc::clone(name), value.clone())).collect();
        let mut members: Vec<(Value, Value)> = Vec::new();
        let mut last = num_bigint::BigInt::from(0);
        let mut highest = last.clone();
        let mut values: Vec<Value> = Vec::new();
        for (name, mut value) in attrs {
            let plain =
                !matches!(value, Value::Function(_) | Value::Class(_) | Value::Native(_) | Value::Method(_));
            if name.starts_with('_') || !plain || wrapped_function(&value).is_some() {
                continue;
            }
            if value.type_name().as_ref() == "auto" {
                value = if let Some(next_value) = &next_value {
                    let next_value = next_value
                        .downcast::<StaticMethod>()
                        .map_or_else(|| next_value.clone(), |method| method.function.clone());
                    let (count, before) = (Value::int(values.len()), Value::list(values.clone()));
                    self.call_with(&next_value, [Value::str(&*name), Value::int(1), count, before])?
                } else if string_values {
                    Value::str(name.to_lowercase())
                } else if highest == last {
                    Value::int(last.clone() + 1)
                } else {
                    // Python 3.11 goes on from the last value, 3.12 from the highest.
                    return self.unsupported("what `auto()` gives here depends on the version of Python");
                };
            }
            values.push(value.clone());
            if let Value::Int(number) = &value {
                last.clone_from(number);
                highest = highest.max((**number).clone());
            }
            let mut member = None;
            for (other, instance) in &members {
                if self.equals(other, &value).unwrap_or(false) {
                    member = Some(instance.clone());
                }
            }
            let member = match member {
                Some(member) => member,
                None => self.make_member(class, &name, &value)?,
            };
            members.push((value, member.clone()));
            class.attrs.borrow_mut().insert(name, member);
        }
        Ok(())
    }

    fn make_member(&mut self, class: &Rc<Class>, name: &str, value: &Value) -> Eval<Value> {
        let instance = Rc::new(Instance::new(Rc::clone(class)));
        {
            let mut attrs = instance.attrs.borrow_mut();
            for key in ["name", "_name_"] {
                attrs.insert(key.into(), Value::str(name));
            }
            for key in ["value", "_value_"] {
                attrs.insert(key.into(), value.clone());
            }
        }
        *instance.inner.borrow_mut() = Some(value.clone());
        let member = Value::Instance(instance);
        if let Some(init) = class.lookup("__init__") {
            let parts = match value {
                Value::Tuple(items) => items.to_vec(),
                other => vec![other.clone()],
            };
            self.call_with(&init, std::iter::once(member.clone()).chain(parts))?;
        }
        Ok(member)
    }

    /// The member that has the value, as `Colour(1)` asks for it.
    pub(super) fn enum_by_value(&mut self, class: &Rc<Class>, mut args: Args) -> Eval<Value> {
        let wanted = args.expect("value")?.known()?;
        args.finish()?;
        for member in self.enum_members(class)? {
            if wanted.is(&member) {
                return Ok(member);
            }
            let value = self.attr(&member, "value")?;
            if self.equals(&value, &wanted)? {
                return Ok(member);
            }
        }
        if let Some(missing) = class.lookup("_missing_") {
            let missing = missing.downcast::<ClassMethod>().map_or(missing, |method| method.function.clone());
            let found =
                self.call_with(&missing, [Value::Class(Rc::clone(class)), wanted.clone()])?.known()?;
            if !found.is_none() {
                return Ok(found);
            }
        }
        let shown = self.repr(&wanted)?;
        Err(Stop::value_error(format!("{shown} is not a valid {}", class.name)))
    }
}
