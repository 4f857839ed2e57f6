//! `os.walk`: folder by folder, so that code can leave out folders as it goes.

use std::cell::RefCell;
use std::rc::Rc;

use super::folder;
use super::path::joined;
use crate::datum::{Cause, Datum};
use crate::eval::{Collector, Vm};
use crate::modules::files;
use crate::modules::support::{flag, no_form, text};
use crate::source::Entry;
use crate::value::object::Step;
use crate::value::types::ITERATOR;
use crate::value::{Args, Effect, Eval, Object, Stop, Type, Value};

/// What is left to do.
enum Task {
    /// Look into a folder.
    Enter(String),
    /// Go on into the folders that are left in the list that was given out.
    Below(String, Value),
    /// Give this out.
    Give(Value),
}

/// The iterator that `os.walk` gives.
struct Walk {
    /// The next one last.
    tasks: RefCell<Vec<Task>>,
    top_down: bool,
    open: RefCell<Option<Cause>>,
}

static WALK: Type = Type {
    base: Some(&ITERATOR),
    ..Type::new("types", "generator", |vm, _| {
        crate::modules::support::not_modelled(vm, "a generator is not made this way")
    })
};

pub(super) fn walk(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let top = folder(vm, &mut args, "top")?;
    let top_down = flag(vm, &mut args, "topdown", true)?;
    drop((args.take("onerror"), args.take("followlinks")));
    args.finish()?;
    files::locate(vm, &top)?;
    let tasks = RefCell::new(vec![Task::Enter(top.to_string())]);
    Ok(Value::object(Walk { tasks, top_down, open: RefCell::default() }))
}

impl Walk {
    fn step(&self, vm: &mut Vm) -> Eval<Option<Value>> {
        loop {
            let Some(task) = self.tasks.borrow_mut().pop() else { return Ok(None) };
            match task {
                Task::Give(row) => return Ok(Some(row)),
                Task::Below(path, folders) => {
                    let names = vm.iterate(&folders)?;
                    let paths = names.iter().map(|name| Ok(Task::Enter(joined(&path, &text(name)?))));
                    let paths: Vec<Task> = paths.collect::<Eval<_>>()?;
                    self.tasks.borrow_mut().extend(paths.into_iter().rev());
                }
                Task::Enter(path) => {
                    let entries = files::list(vm, &path)?;
                    let named = |is_folder: bool| {
                        let names =
                            entries.iter().filter(|(_, entry)| (*entry == Entry::Folder) == is_folder);
                        Value::list(names.map(|(name, _)| Value::from(name.clone())).collect())
                    };
                    let folders = named(true);
                    let row = Value::tuple([Value::str(path.as_str()), folders.clone(), named(false)]);
                    if self.top_down {
                        self.tasks.borrow_mut().push(Task::Below(path, folders));
                        return Ok(Some(row));
                    }
                    let mut tasks = self.tasks.borrow_mut();
                    tasks.push(Task::Give(row));
                    tasks.push(Task::Below(path, folders));
                }
            }
        }
    }
}

crate::value::release::released!(Walk);

impl Object for Walk {
    fn class(&self) -> Option<&'static Type> {
        Some(&WALK)
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn next(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Step>> {
        if let Some(cause) = &*self.open.borrow() {
            return Err(Stop::Unknown(cause.clone()));
        }
        match self.step(vm) {
            Ok(row) => Ok(Some(row.map_or(Step::End, Step::Item))),
            Err(stop) => {
                if let Stop::Unknown(cause) = &stop {
                    self.open(cause);
                }
                Err(stop)
            }
        }
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        for task in &*self.tasks.borrow() {
            match task {
                Task::Enter(_) => {}
                Task::Below(_, value) | Task::Give(value) => visit(value),
            }
        }
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a walk through folders")
    }
}
