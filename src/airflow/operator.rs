//! Operator classes, Airflow's and the user's, and what calling one does.

use std::rc::Rc;

use super::defaults::{self, Merged};
use super::group::Group;
use super::state::{self, State};
use super::task::{ArgMap, DagRef, Task};
use super::{catalog, keys, mapping, relations, subclass};
use crate::dag::{OperatorKind, SourceAirflow};
use crate::datum::{CauseKind, Datum, Form, Reference};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Arg, Args, Class, Effect, Eval, Method, Native, Object, Stop, Value};

/// An operator class: one of Airflow's by its import path, or one of the user's with the class it derives from.
pub struct OperatorClass {
    /// The import path as the file wrote it, or the path of the user's class.
    pub path: Rc<str>,
    /// The user's class.
    pub user: Option<Rc<Class>>,
    /// What the user's class derives from.
    pub base: Option<Rc<OperatorClass>>,
}

impl OperatorClass {
    /// Airflow's class at an import path.
    pub fn at(path: impl Into<Rc<str>>) -> Self {
        Self { path: path.into(), user: None, base: None }
    }

    /// The class name.
    pub fn name(&self) -> &str {
        super::typed::split_path(&self.path).1
    }

    /// The nearest class that is not the user's.
    pub fn library(&self) -> &OperatorClass {
        self.base.as_ref().map_or(self, |base| base.library())
    }

    /// How a task made by calling it came to be.
    pub fn kind(&self) -> OperatorKind {
        match &self.base {
            Some(_) => OperatorKind::Subclass { base: self.library().path.to_string() },
            None => OperatorKind::Class,
        }
    }

    /// A class attribute that the user's code set.
    pub fn class_attribute(&self, name: &str) -> Option<Value> {
        let found = self.user.as_ref().and_then(|class| class.lookup(name));
        found.or_else(|| self.base.as_ref().and_then(|base| base.class_attribute(name)))
    }

    /// Whether it is `other` or derives from it, as far as is known.
    pub fn derives_from(&self, other: &OperatorClass) -> Option<bool> {
        match (&self.user, &other.user) {
            (Some(own), Some(wanted)) if Rc::ptr_eq(own, wanted) => Some(true),
            (None, Some(_)) => Some(false),
            (Some(_), _) => self.base.as_ref().map_or(Some(false), |base| base.derives_from(other)),
            (None, None) => catalog::derives_from(&self.path, &other.path),
        }
    }

    /// Its template fields, where they are known.
    pub fn template_fields(&self, vm: &mut Vm) -> Option<Vec<String>> {
        match self.class_attribute("template_fields") {
            Some(Value::Str(single)) => Some(vec![single.to_string()]),
            Some(value) => {
                let items = vm.iterate(&value).ok()?;
                items.iter().map(|item| item.as_str().map(str::to_owned)).collect()
            }
            None => catalog::template_fields(&self.library().path),
        }
    }

    /// Whether a parameter is a template field, as far as is known; of an unknown class each is.
    pub fn is_template_field(&self, vm: &mut Vm, name: &str) -> bool {
        self.template_fields(vm).is_none_or(|fields| fields.iter().any(|field| field == name))
    }

    /// Whether it takes a parameter, as far as is known; an unknown class takes any.
    pub fn takes(&self, name: &str) -> bool {
        if catalog::BASE_PARAMETERS.binary_search(&name).is_ok() {
            return true;
        }
        if let Some(user) = &self.user {
            return match user.attrs.borrow().get("__init__") {
                Some(Value::Function(init)) => subclass::takes(init, name),
                _ => self.base.as_ref().is_none_or(|base| base.takes(name)),
            };
        }
        catalog::takes(&self.path, name).unwrap_or(true)
    }
}

impl Drop for OperatorClass {
    fn drop(&mut self) {
        crate::value::release::later(self.base.take().map(|base| Value::Object(base)));
        crate::value::release::later(self.user.take().map(Value::Class));
    }
}

impl Object for OperatorClass {
    fn type_name(&self) -> Rc<str> {
        "type".into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        match name {
            "__name__" | "__qualname__" => return Ok(Some(Value::str(self.name()))),
            "__module__" => return Ok(Some(Value::str(super::typed::split_path(&self.path).0))),
            "partial" => {
                return Ok(Some(Value::Method(Rc::new(Method {
                    receiver: Value::Object(self),
                    function: Value::Native(&mapping::OPERATOR_PARTIAL),
                }))));
            }
            _ => {}
        }
        if let Some(value) = self.class_attribute(name) {
            return Ok(Some(value));
        }
        Ok(Some(match name {
            "__init__" => Value::Native(&BASE_INIT),
            "template_fields" if let Some(fields) = self.template_fields(vm) => {
                Value::tuple(fields.into_iter().map(Value::from).collect::<Vec<_>>())
            }
            _ if let Some(value) = super::typed::class_constant(vm, &self.library().path, name)? => value,
            _ => Value::Unknown(
                vm.cause(CauseKind::NotModelled, format!("`{}.{name}` is not modelled", self.name()))
                    .with_path(format!("{}.{name}", self.path))
                    .with_form(Form::At(super::typed::split_path(&self.path).0.len())),
            ),
        }))
    }

    fn set_attr(self: Rc<Self>, vm: &mut Vm, name: &str, value: Value, span: Span) -> Eval<bool> {
        State::of(vm).tamper(span, &format!("{}.{name}", self.name()));
        if let Some(user) = &self.user {
            user.attrs.borrow_mut().insert(name.into(), value);
        }
        Ok(true)
    }

    fn call(self: Rc<Self>, vm: &mut Vm, args: Args) -> Eval<Value> {
        make(vm, &self, args).map(|task| Value::Object(task))
    }

    fn call_effect(&self) -> Effect {
        Effect::Host
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<OperatorClass>().is_some_and(|other| match (&self.user, &other.user) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (None, None) => self.path == other.path,
            _ => false,
        })
    }

    fn hash_text(&self) -> Option<String> {
        Some(self.path.to_string())
    }

    fn subclass(self: Rc<Self>, _vm: &mut Vm, class: &Rc<Class>) -> Eval<Option<Value>> {
        let path = class.path();
        Ok(Some(Value::object(Self { path: path.into(), user: Some(Rc::clone(class)), base: Some(self) })))
    }

    fn super_attr(self: Rc<Self>, vm: &mut Vm, receiver: &Value, name: &str) -> Eval<Option<Value>> {
        let bound = |function| Value::Method(Rc::new(Method { receiver: receiver.clone(), function }));
        if let Some(value) = self.class_attribute(name) {
            return Ok(Some(if matches!(value, Value::Function(_)) { bound(value) } else { value }));
        }
        if name == "__init__" {
            return Ok(Some(bound(Value::Native(&BASE_INIT))));
        }
        let message = format!("`{}.{name}` is not modelled", self.library().name());
        Ok(Some(Value::Unknown(vm.cause(CauseKind::NotModelled, message))))
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(format!("<class '{}'>", self.path).into())
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        let (module, name) = super::typed::split_path(&self.path);
        let span = self.user.as_ref().map(|class| class.span);
        Datum::Reference(Reference {
            module: Some(module.to_owned()),
            name: name.to_owned(),
            span,
            captured: Vec::new(),
        })
    }
}

/// `BaseOperator.__init__` as subclasses of the user's call it; the receiver is the task.
pub static BASE_INIT: Native = Native::new("__init__", base_init).hosted();

/// Calls an operator class: makes a task, in a DAG where there is one.
pub fn make(vm: &mut Vm, class: &Rc<OperatorClass>, args: Args) -> Eval<Rc<Task>> {
    refuse_positional(&args)?;
    let task = Rc::new(Task::blank(vm, class, class.kind(), args.span)?);
    if let Some(init) = subclass::init_of(class) {
        subclass::construct(vm, &task, &init, args)?;
    } else {
        construct(vm, &task, args)?;
    }
    finish(vm, &task)?;
    Ok(task)
}

/// Airflow's operators take keyword arguments alone: `apply_defaults` of 1.10, 2.x and 3.x.
pub fn refuse_positional(args: &Args) -> Eval<()> {
    let Some(first) = args.positional.front() else { return Ok(()) };
    let mut stop = Stop::type_error("Use keyword arguments when initializing operators");
    if let Stop::Raise(raise) = &mut stop {
        raise.span = Some(first.span);
    }
    Err(stop)
}

/// Ends a construction: draws the edges that its arguments imply; stores on it are the author's from here on.
pub fn finish(vm: &mut Vm, task: &Rc<Task>) -> Eval<()> {
    task.made.set(true);
    let mut found = task.effective();
    if !task.attrs.borrow().is_empty() {
        let mut all: ArgMap = found.into_iter().collect();
        for (name, value) in &*task.attrs.borrow() {
            all.insert(Rc::clone(name), Arg { value: value.clone(), span: task.span });
        }
        found = all.into_iter().collect();
    }
    let empty = found.iter().filter(|(_, arg)| is_empty(&arg.value));
    let empty: Vec<_> = empty.map(|(name, arg)| (Rc::clone(task), Rc::clone(name), arg.clone())).collect();
    State::of(vm).empties.extend(empty);
    found.retain(|(name, arg)| {
        // Of the defaults a class takes what it has parameters for.
        !relations::references(&arg.value).is_empty()
            && (!task.inherited.borrow().contains_key(name) || task.class.takes(name))
    });
    if found.is_empty() {
        return Ok(());
    }
    let fields = task.class.template_fields(vm);
    // A field that is no parameter holds what its constructor made of others, so that each of them may be in it.
    let renamed = fields.as_ref().is_some_and(|fields| fields.iter().any(|field| !task.class.takes(field)));
    for (name, arg) in &found {
        let counts = fields.as_ref().is_none_or(|fields| {
            fields.iter().any(|field| **field == **name)
                || renamed && catalog::BASE_PARAMETERS.binary_search(&&**name).is_err()
        });
        if counts {
            relations::follow_references(vm, task, &arg.value, arg.span)?;
        }
    }
    Ok(())
}

/// Whether a value is a container that can be filled, and is empty.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::List(list) => list.seen().is_empty(),
        Value::Dict(dict) => dict.seen().is_empty(),
        Value::Set(set) => set.seen().is_empty(),
        _ => false,
    }
}

/// What the base class makes of a call: id, group, DAG, merged defaults. The rest of the arguments is kept.
pub fn construct(vm: &mut Vm, task: &Rc<Task>, args: Args) -> Eval<()> {
    let mut rest = register(vm, task, args)?;
    let old = State::of(vm).source() == SourceAirflow::V2;
    for (name, arg) in &mut rest {
        let copied = &**name == "params" || !old && name.starts_with("on_") && name.ends_with("_callback");
        // The base class keeps a copy of these. What is empty is watched for being filled.
        if copied && !is_empty(&arg.value) {
            arg.value = defaults::shallow_copy(&arg.value);
        }
    }
    *task.args.borrow_mut() = rest;
    super::checks::check(vm, task)
}

/// The native `__init__`: what reaches the base class through `super().__init__(…)`.
pub fn base_init(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let receiver = args.positional.pop_front().map(|arg| arg.value).unwrap_or_default();
    let Some(task) = receiver.downcast::<Task>() else {
        // A mixin's instance, or `BaseOperator.__init__` by hand: nothing is built.
        return Ok(Value::None);
    };
    refuse_positional(&args)?;
    if !task.id().is_none() {
        return Ok(Value::None);
    }
    let rest = register(vm, &task, args)?;
    let mut attrs = task.attrs.borrow_mut();
    for (name, arg) in rest {
        attrs.insert(name, arg.value);
    }
    Ok(Value::None)
}

/// Takes id, DAG, group and defaults out of the arguments, and puts the task where it belongs; gives the rest back.
fn register(vm: &mut Vm, task: &Rc<Task>, mut args: Args) -> Eval<ArgMap> {
    let span = args.span;
    let dag = dag_argument(vm, &mut args)?;
    let known = match &dag {
        DagRef::Known(dag) => dag.upgrade(),
        DagRef::None | DagRef::Unknown(_) => None,
    };
    let group = group_argument(vm, &mut args, known.as_ref())?;
    let own = args.named_arg("default_args");
    let Merged { values, findings } = defaults::merged(vm, known.as_ref(), group.as_deref(), own.as_ref());
    let explicit = args.named_arg("task_id");
    let label = match (explicit, values.get("task_id")) {
        (Some(arg), _) => arg.value,
        (None, Some(arg)) => arg.value.clone(),
        (None, None) => match &args.open {
            Some(cause) => Value::Unknown(cause.clone()),
            None => Value::Unknown(vm.cause(
                CauseKind::Unsupported,
                format!("the call of `{}` gives no task_id", task.class.name()),
            )),
        },
    };
    let label = keys::plain(label);
    let id = group.as_ref().map_or(label.clone(), |group| group.child_id(&label));
    if !matches!(id, Value::Unknown(_)) {
        keys::validate_key(&id)?;
    }
    *task.id.borrow_mut() = id.clone();
    let open = args.open.take();
    let rest: ArgMap = args.named.into_iter().collect();
    for name in ["start_date", "end_date"] {
        if let Some(arg) = rest.get(name) {
            super::dates::check_instant(&arg.value)?;
        } else if let Some(arg) = values.get(name)
            && !matches!(arg.value, Value::Str(_))
        {
            super::dates::check_instant(&arg.value)?;
        }
    }
    *task.inherited.borrow_mut() =
        values.into_iter().filter(|(name, _)| !rest.contains_key(name) && &**name != "task_id").collect();
    if let Some(group) = &group {
        group.add_task(vm, task)?;
    }
    // A mapped operator is not made by the `__init__` that tells the context: seen in 2.10.5 and 3.0.6.
    if task.mapping.is_none() {
        super::setup::note_task(vm, task);
    }
    match dag {
        DagRef::Known(dag) => {
            if let Some(dag) = dag.upgrade() {
                dag.add_task(vm, task, span)?;
            }
        }
        dag => {
            *task.dag.borrow_mut() = dag;
            State::of(vm).loose.push(Rc::clone(task));
        }
    }
    for finding in findings {
        task.refuse(finding);
    }
    if let Value::Unknown(cause) = &id {
        task.refuse(state::unknown(span, "the task_id is not known", cause).parameter("task_id"));
    }
    if let Some(cause) = open {
        task.refuse(state::unknown(span, "the arguments of the operator are not known", &cause));
    }
    Ok(rest)
}

/// The argument `dag`, else the current DAG.
pub fn dag_argument(vm: &mut Vm, args: &mut Args) -> Eval<DagRef> {
    match args.named("dag") {
        None | Some(Value::None) => Ok(match State::of(vm).current_dag() {
            Some(dag) => DagRef::Known(Rc::downgrade(&dag)),
            None => DagRef::None,
        }),
        Some(Value::Unknown(cause)) => Ok(DagRef::Unknown(cause)),
        Some(other) => match other.downcast::<super::dag::DagObject>() {
            Some(dag) => Ok(DagRef::Known(Rc::downgrade(&dag))),
            None => Err(Stop::type_error(format!("expected DAG; received {}", other.type_name()))),
        },
    }
}

/// The argument `task_group`, else the current group; none where there is no DAG.
pub fn group_argument(
    vm: &mut Vm,
    args: &mut Args,
    dag: Option<&Rc<super::dag::DagObject>>,
) -> Eval<Option<Rc<Group>>> {
    let span = args.span;
    match args.named("task_group") {
        // 2.x takes the current group of a task that has no DAG yet too.
        None | Some(Value::None) if dag.is_none() && State::of(vm).source() == SourceAirflow::V2 => {
            return Ok(State::of(vm).group_stack.last().cloned());
        }
        None | Some(Value::None) => {}
        Some(Value::Unknown(cause)) => {
            if let Some(dag) = dag {
                dag.refuse(state::unknown(span, "the task_group of a task is not known", &cause));
            }
        }
        Some(other) => match other.downcast::<Group>() {
            Some(group) => return Ok(Some(group)),
            None => {
                return Err(Stop::no_attribute(&other, "child_id"));
            }
        },
    }
    Ok(dag.and_then(|dag| State::of(vm).current_group(Some(dag))))
}

/// The refusal of a DAG in which something of an operator cannot be kept.
pub fn unsupported(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(codes::UNSUPPORTED_ATTRIBUTE, span, message)
}
