//! The iterators whose arguments have rules of their own.

use std::cell::{Cell, RefCell};

use super::{Kind, Stream};
use crate::eval::Vm;
use crate::value::{Args, Eval, Stop, Value};

pub(super) fn accumulate(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let source = args.expect("iterable")?;
    let function = args.take("func").filter(|function| !function.is_none());
    let total = args.named("initial").filter(|initial| !initial.is_none());
    args.finish()?;
    let source = vm.iterator(&source)?;
    Ok(Stream::value(Kind::Accumulate {
        source,
        function,
        total: RefCell::new(total),
        first: Cell::new(true),
    }))
}

pub(super) fn batched(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let source = args.expect("iterable")?;
    let size = args.expect("n")?;
    args.finish()?;
    match vm.count(&size)? {
        0 => Err(Stop::value_error("n must be at least one")),
        size => {
            let source = vm.iterator(&source)?;
            Ok(Stream::value(Kind::Batched { source, size }))
        }
    }
}

pub(super) fn islice(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let source = args.need()?;
    let bounds: Vec<Value> = std::mem::take(&mut args.positional).into_iter().map(|arg| arg.value).collect();
    args.finish()?;
    let (start, stop, step) = match bounds.as_slice() {
        [stop] => (&Value::None, stop, &Value::None),
        [start, stop] => (start, stop, &Value::None),
        [start, stop, step] => (start, stop, step),
        _ => return Err(Stop::type_error("islice expected 2 to 4 arguments")),
    };
    let mut bound = |value: &Value, what: &str| -> Eval<Option<usize>> {
        if value.is_none() {
            return Ok(None);
        }
        match usize::try_from(vm.position(value)?) {
            Ok(bound) => Ok(Some(bound)),
            Err(_) => Err(Stop::value_error(format!(
                "{what} for islice() must be None or an integer: 0 <= x <= sys.maxsize."
            ))),
        }
    };
    let first = bound(start, "Indices")?.unwrap_or(0);
    let stop = bound(stop, "Stop argument")?;
    let step = match bound(step, "Step")? {
        Some(0) => return Err(Stop::value_error("Step for islice() must be a positive integer or None.")),
        step => step.unwrap_or(1),
    };
    let left = stop.map(|stop| stop.saturating_sub(first).div_ceil(step));
    let source = vm.iterator(&source)?;
    Ok(Stream::value(Kind::Slice { source, skip: Cell::new(first), left: Cell::new(left), step }))
}
