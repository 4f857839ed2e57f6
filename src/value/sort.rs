//! Sorting, as `sorted` and `list.sort` do it: stable, by `<` alone.

use super::{Args, Eval, Stop, Value};
use crate::eval::Vm;

impl Vm {
    /// The items in order; `key` gives what each is compared by.
    pub fn sorted(&mut self, items: Vec<Value>, key: Option<&Value>, reverse: bool) -> Eval<Vec<Value>> {
        let mut keys = Vec::with_capacity(items.len());
        for item in &items {
            keys.push(match key {
                Some(key) => self.call_with(key, [item.clone()])?,
                None => item.clone(),
            });
        }
        self.sort_by_keys(items, &keys, reverse)
    }

    /// The items in order of what `key` makes of each.
    pub fn sorted_by(
        &mut self,
        items: Vec<Value>,
        reverse: bool,
        key: impl Fn(&Value) -> Value,
    ) -> Eval<Vec<Value>> {
        let keys: Vec<Value> = items.iter().map(key).collect();
        self.sort_by_keys(items, &keys, reverse)
    }

    fn sort_by_keys(&mut self, items: Vec<Value>, keys: &[Value], reverse: bool) -> Eval<Vec<Value>> {
        let mut order: Vec<usize> = (0..items.len()).collect();
        // Equal items keep their order also when the result is reversed.
        if reverse {
            order.reverse();
        }
        if keys.iter().all(|key| matches!(key, Value::Str(_))) {
            self.spend(items.len())?;
            order.sort_by(|a, b| keys[*a].as_str().cmp(&keys[*b].as_str()));
        } else if items.len() > 1 {
            for key in keys {
                self.check_total_order(key)?;
            }
            order = self.merge_sort(order, keys)?;
        }
        if reverse {
            order.reverse();
        }
        Ok(order.into_iter().map(|at| items[at].clone()).collect())
    }

    /// What has no total order comes out as the algorithm has it, which is not followed.
    fn check_total_order(&mut self, key: &Value) -> Eval<()> {
        match key {
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            Value::Float(float) if float.is_nan() => self.unsupported("the order of NaN is not modelled"),
            Value::Set(_) => self.unsupported("the order of sets among themselves is not modelled"),
            Value::Tuple(items) => {
                let items = std::rc::Rc::clone(items);
                items.iter().try_for_each(|item| match item {
                    // An unknown behind what decides does no harm.
                    Value::Unknown(_) => Ok(()),
                    item => self.check_total_order(item),
                })
            }
            _ => Ok(()),
        }
    }

    fn merge_sort(&mut self, order: Vec<usize>, keys: &[Value]) -> Eval<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = order.into_iter().map(|at| vec![at]).collect();
        while runs.len() > 1 {
            let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
            let mut rest = runs.into_iter();
            while let Some(left) = rest.next() {
                match rest.next() {
                    Some(right) => merged.push(self.merge(&left, &right, keys)?),
                    None => merged.push(left),
                }
            }
            runs = merged;
        }
        Ok(runs.into_iter().next().unwrap_or_default())
    }

    fn merge(&mut self, left: &[usize], right: &[usize], keys: &[Value]) -> Eval<Vec<usize>> {
        let mut merged = Vec::with_capacity(left.len() + right.len());
        let (mut a, mut b) = (0, 0);
        while a < left.len() && b < right.len() {
            self.spend(1)?;
            if self.less(&keys[right[b]], &keys[left[a]])? {
                merged.push(right[b]);
                b += 1;
            } else {
                merged.push(left[a]);
                a += 1;
            }
        }
        merged.extend_from_slice(&left[a..]);
        merged.extend_from_slice(&right[b..]);
        Ok(merged)
    }
}

/// The arguments `key` and `reverse` of a call.
pub fn options(vm: &mut Vm, args: &mut Args) -> Eval<(Option<Value>, bool)> {
    let key = match args.named("key") {
        None | Some(Value::None) => None,
        Some(key) => Some(key.known()?),
    };
    let reverse = match args.named("reverse") {
        Some(reverse) => vm.truth(&reverse)?,
        None => false,
    };
    Ok((key, reverse))
}
