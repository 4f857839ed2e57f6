//! `DAG`: its call, what can be read from it and stored on it, and the tasks it holds.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};

use super::api::ApiClass;
use super::group::Group;
use super::params::{self, ParamsDict};
use super::relations::{self, Node};
use super::state::{self, State};
use super::task::{ArgMap, DagRef, Task, objects};
use super::{defaults, exceptions, keys, taskflow};
use crate::catalog::{Constructor, Release};
use crate::datum::{Cause, CauseKind, Datum};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Arg, Args, Effect, Eval, Key, Native, Object, Set, Stop, Type, Value};

/// A DAG. Shared by reference, as in Airflow.
pub struct DagObject {
    /// A number that no other DAG of the run has.
    pub serial: usize,
    /// Its id; unknown where it is not known.
    pub id: Value,
    /// The call that made it.
    pub span: Span,
    /// The file whose module was being run when it was made; `None` where that is not known.
    pub module: Option<crate::source::FileId>,
    /// What the author set, under the parameter names of the call; `dag_id` and `default_args` are not among them.
    pub args: RefCell<ArgMap>,
    /// Its root group.
    pub root: Rc<Group>,
    /// Its tasks by id, in the order in which they were added.
    pub tasks: RefCell<IndexMap<Rc<str>, Rc<Task>>>,
    /// Its edges by the serial numbers of their tasks, with the place where each was drawn first.
    pub edges: RefCell<Vec<(usize, usize, Span)>>,
    /// Ids of groups and tasks that are taken: `used_group_ids`.
    pub used_ids: RefCell<IndexSet<Rc<str>>>,
    /// What stands in its way.
    pub findings: RefCell<Vec<Diagnostic>>,
    /// `auto_register`.
    pub auto_register: Cell<bool>,
    /// Attributes that are no parameters.
    pub attrs: RefCell<IndexMap<Rc<str>, Value>>,
    default_args: RefCell<(Value, Span)>,
    params: RefCell<Rc<ParamsDict>>,
}

/// The class `DAG`.
pub static DAG_CLASS: ApiClass = ApiClass {
    name: "DAG",
    module: "airflow.sdk.definitions.dag",
    new: |vm, args| make(vm, args).map(|dag| Value::Object(dag)),
    statics: &[],
    effect: Effect::Host,
    builds: true,
};

/// Whether any release since 1.10 has this parameter.
fn is_parameter(name: &str) -> bool {
    [Release::V1_10, Release::V2_10, Release::V3_0]
        .into_iter()
        .any(|release| Constructor::Dag.parameter(release, name).is_some())
        || AFTER_3_0.contains(&name)
}

/// Parameters that came after 3.0.
const AFTER_3_0: &[&str] = &["deadline", "allowed_run_types", "rerun_with_latest_version"];

/// Calls the class `DAG`.
pub fn make(vm: &mut Vm, mut args: Args) -> Eval<Rc<DagObject>> {
    let span = args.span;
    let id = match args.take("dag_id") {
        Some(id) => keys::plain(id),
        None => match &args.open {
            Some(cause) => Value::Unknown(cause.clone()),
            None => return Err(Stop::type_error("DAG() missing required argument: 'dag_id'")),
        },
    };
    name_positional(vm, &mut args);
    if !matches!(id, Value::Unknown(_)) {
        keys::validate_key(&id)?;
    }
    let serial = State::of(vm).next_serial();
    let given = args.named_arg("default_args");
    let given_params = args.named_arg("params");
    let auto_register = match args.named("auto_register") {
        Some(value) => vm.truth(&value).unwrap_or(true),
        None => true,
    };
    let module_being_run = running_module(vm);
    let dag = Rc::new_cyclic(|this| DagObject {
        serial,
        id: id.clone(),
        span,
        module: module_being_run,
        args: RefCell::default(),
        root: Group::root(this.clone(), span, serial),
        tasks: RefCell::default(),
        edges: RefCell::default(),
        used_ids: RefCell::default(),
        findings: RefCell::default(),
        auto_register: Cell::new(auto_register),
        attrs: RefCell::default(),
        default_args: RefCell::new((Value::dict(Vec::<(Rc<str>, Value)>::new()), span)),
        params: RefCell::default(),
    });
    if let Value::Unknown(cause) = &id {
        dag.refuse(state::unknown(span, "the dag_id is not known", cause).parameter("dag_id"));
    }
    if let Some(cause) = args.open.take() {
        dag.refuse(state::unknown(span, "the arguments of the DAG are not known", &cause));
    }
    if let Some(finding) = State::of(vm).tampered.clone() {
        dag.refuse(finding);
    }
    for (name, arg) in args.named {
        if !is_parameter(&name) {
            let message = format!("`DAG` has no parameter `{name}`");
            dag.refuse(Diagnostic::error(codes::IMPORT_ERROR, arg.span, message).parameter(&*name));
        } else if Constructor::Dag.parameter(Release::V3_0, &name).is_none() && !AFTER_3_0.contains(&&*name) {
            State::of(vm).saw_old(arg.span, format!("DAG({name}=…)"));
        }
        dag.args.borrow_mut().insert(name, arg);
    }
    dag.take_default_args(vm, given);
    dag.take_params(given_params);
    State::of(vm).dags.push(Rc::clone(&dag));
    Ok(dag)
}

/// Gives positional arguments behind the id their names. Only 1.10 and 2.x take them, in two orders that part at the fourth.
fn name_positional(vm: &mut Vm, args: &mut Args) {
    if args.positional.is_empty() {
        return;
    }
    let span = args.span;
    State::of(vm).saw_old(span, "DAG(…) with positional arguments");
    let fourth = args.positional.get(2).map(|arg| &arg.value);
    let release = match fourth {
        None | Some(Value::None | Value::Str(_)) => Release::V2_10,
        Some(_) => Release::V1_10,
    };
    for parameter in Constructor::Dag.parameters(release).skip(1) {
        let Some(arg) = args.positional.pop_front() else { return };
        args.named.push((parameter.name.into(), arg));
    }
}

impl DagObject {
    /// The id for messages.
    pub fn display_id(&self) -> Rc<str> {
        match &self.id {
            Value::Str(id) => Rc::clone(id),
            _ => "?".into(),
        }
    }

    /// Its `default_args` as they are now, and where they were written.
    pub fn default_args(&self) -> (Value, Span) {
        self.default_args.borrow().clone()
    }

    /// Its params.
    pub fn params(&self) -> Rc<ParamsDict> {
        Rc::clone(&self.params.borrow())
    }

    /// Refuses it.
    pub fn refuse(&self, finding: Diagnostic) {
        let mut findings = self.findings.borrow_mut();
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }

    /// 3.x copies `default_args` shallowly, 2.x deeply; `params` among them go to the DAG's own.
    fn take_default_args(&self, vm: &mut Vm, given: Option<Arg>) {
        let Some(Arg { value, span }) = given else { return };
        let copy = match &value {
            Value::None => return,
            Value::Dict(dict) if State::of(vm).source() == crate::dag::SourceAirflow::V3 => {
                Value::Dict(defaults::shallow(dict))
            }
            Value::Dict(_) => defaults::deep(&value, 0),
            Value::Unknown(_) => value,
            other => Value::Unknown(Cause::new(
                CauseKind::Unsupported,
                span,
                format!("default_args is a `{}`, which is not supported", other.type_name()),
            )),
        };
        if let Value::Dict(dict) = &copy {
            let moved = dict.change().shift_remove(&Key::str("params"));
            if let Some(params) = moved {
                self.args.borrow_mut().insert("params".into(), Arg { value: params.clone(), span });
                *self.params.borrow_mut() = Rc::new(ParamsDict::new(&params, span));
            }
        }
        *self.default_args.borrow_mut() = (copy, span);
    }

    fn take_params(&self, given: Option<Arg>) {
        let inherited = self.args.borrow_mut().shift_remove("params");
        let Some(Arg { value, span }) = given.or_else(|| inherited.clone()) else { return };
        let params = ParamsDict::new(&value, span);
        if let Some(inherited) = inherited {
            params.update(&inherited.value, inherited.span);
        }
        *self.params.borrow_mut() = Rc::new(params);
    }

    /// Adds a task: `DAG.add_task`.
    pub fn add_task(self: &Rc<Self>, vm: &mut Vm, task: &Rc<Task>, _span: Span) -> Eval<()> {
        let mut key = task.key();
        if task.group().is_none() {
            let group = State::of(vm).current_group(Some(self)).unwrap_or_else(|| Rc::clone(&self.root));
            if let Value::Str(id) = group.child_id(&task.id()) {
                key = id;
            }
            group.add_task(vm, task)?;
        }
        let taken = match self.tasks.borrow().get(&key) {
            Some(own) => !Rc::ptr_eq(own, task),
            None => self.used_ids.borrow().contains(&key),
        };
        if taken {
            return exceptions::duplicate(format!("task id '{key}' has already been added to the DAG"));
        }
        self.tasks.borrow_mut().insert(Rc::clone(&key), Rc::clone(task));
        *task.dag.borrow_mut() = DagRef::Known(Rc::downgrade(self));
        self.used_ids.borrow_mut().insert(key);
        Ok(())
    }

    /// A task by id: `DAG.get_task`.
    pub fn get_task(&self, id: &Value) -> Eval<Rc<Task>> {
        let Value::Str(text) = id else {
            id.clone().known()?;
            return Err(Stop::type_error("a task_id is text"));
        };
        match self.tasks.borrow().get(text) {
            Some(task) => Ok(Rc::clone(task)),
            None => exceptions::raise(&exceptions::TASK_NOT_FOUND, format!("task {text} not found")),
        }
    }

    /// Its tasks, in order.
    pub fn task_list(&self) -> Vec<Rc<Task>> {
        self.tasks.borrow().values().cloned().collect()
    }

    fn store(&self, vm: &mut Vm, name: &str, value: Value, span: Span) {
        match name {
            "default_args" => *self.default_args.borrow_mut() = (value, span),
            "params" => *self.params.borrow_mut() = Rc::new(ParamsDict::new(&value, span)),
            "auto_register" => self.auto_register.set(vm.truth(&value).unwrap_or(true)),
            "dag_id" | "_dag_id" | "schedule" | "schedule_interval" | "timetable" | "timezone"
            | "task_dict" | "task_group" | "_task_group" | "task_count" | "tasks" | "fileloc" => {
                let message = format!("`{name}` of a DAG is replaced after it was made");
                self.refuse(Diagnostic::error(codes::CHANGED_LIBRARY, span, message).parameter(name));
            }
            name if is_parameter(name) => {
                self.args.borrow_mut().insert(name.into(), Arg { value, span });
            }
            name => {
                self.attrs.borrow_mut().insert(name.into(), value);
            }
        }
    }
}

impl Object for DagObject {
    fn class(&self) -> Option<&'static Type> {
        Some(&DAG)
    }

    fn class_value(&self) -> Option<Value> {
        Some(DAG_CLASS.value())
    }

    fn type_name(&self) -> Rc<str> {
        "DAG".into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if DAG.method(name).is_some() {
            return Ok(None);
        }
        if let Some(value) = self.attrs.borrow().get(name) {
            return Ok(Some(value.clone()));
        }
        let tasks = self.task_list();
        Ok(Some(match name {
            "dag_id" | "_dag_id" => self.id.clone(),
            "safe_dag_id" => match &self.id {
                Value::Str(id) => Value::str(id.replace('.', "__dot__")),
                other => other.clone(),
            },
            "default_args" => self.default_args.borrow().0.clone(),
            "params" => Value::Object(self.params()),
            "tasks" => Value::list(objects(tasks)),
            "task_ids" => Value::list(tasks.iter().map(|task| task.id()).collect()),
            "task_count" => Value::int(tasks.len()),
            "task_dict" => Value::dict(
                tasks.iter().map(|task| (task.key(), Value::Object(Rc::clone(task) as Rc<dyn Object>))),
            ),
            "roots" => {
                Value::list(objects(tasks.into_iter().filter(|task| task.upstream().is_empty()).collect()))
            }
            "leaves" => {
                Value::list(objects(tasks.into_iter().filter(|task| task.downstream().is_empty()).collect()))
            }
            "teardowns" => Value::list(objects(
                tasks.into_iter().filter(|task| task.role.get() == crate::dag::Role::Teardown).collect(),
            )),
            "task_group" | "_task_group" => Value::Object(Rc::clone(&self.root) as Rc<dyn Object>),
            "task" => taskflow::decorator_of(&self),
            "auto_register" => Value::Bool(self.auto_register.get()),
            "tags" => self.tags(vm)?,
            "dag_display_name" => match self.args.borrow().get(name) {
                Some(arg) if !arg.value.is_none() => arg.value.clone(),
                _ => self.id.clone(),
            },
            _ => match self.args.borrow().get(name) {
                // These are converted when they are set, so that what is read is not what was written.
                Some(_)
                    if matches!(
                        name,
                        "start_date" | "end_date" | "template_searchpath" | "access_control"
                    ) =>
                {
                    Self::not_modelled(vm, name)
                }
                Some(arg) => arg.value.clone(),
                None if NONE_BY_DEFAULT.contains(&name) => Value::None,
                None => Self::not_modelled(vm, name),
            },
        }))
    }

    fn set_attr(self: Rc<Self>, vm: &mut Vm, name: &str, value: Value, span: Span) -> Eval<bool> {
        self.store(vm, name, value, span);
        Ok(true)
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn enter(self: Rc<Self>, vm: &mut Vm, _span: Span) -> Eval<Option<Value>> {
        State::of(vm).dag_stack.push(Rc::clone(&self));
        Ok(Some(Value::Object(self)))
    }

    fn exit(self: Rc<Self>, vm: &mut Vm) -> Eval<()> {
        let state = State::of(vm);
        let left = state.dag_stack.pop();
        if let Some(dag) = left
            && dag.auto_register.get()
            && !state.registered.iter().any(|known| Rc::ptr_eq(known, &dag))
        {
            state.registered.push(dag);
        }
        Ok(())
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        match &self.id {
            Value::Str(id) => Ok(format!("<DAG: {id}>").into()),
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            _ => Ok("<DAG>".into()),
        }
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.args.borrow().values().for_each(|arg| visit(&arg.value));
        visit(&self.default_args.borrow().0);
    }

    fn open(&self, cause: &Cause) {
        self.refuse(state::unknown(cause.span, "the DAG may have been changed here", cause));
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(
            CauseKind::Unsupported,
            format!("the DAG `{}` itself is used as a value", self.display_id()),
        ))
    }
}

/// Attributes that are `None` where they are not set.
const NONE_BY_DEFAULT: &[&str] = &[
    "description",
    "doc_md",
    "dagrun_timeout",
    "on_success_callback",
    "on_failure_callback",
    "sla_miss_callback",
    "user_defined_macros",
    "user_defined_filters",
    "is_paused_upon_creation",
    "jinja_environment_kwargs",
    "parent_dag",
];

impl DagObject {
    /// Its tags as they can be changed in place: a set in 3.x, a list in 2.x.
    fn tags(&self, vm: &mut Vm) -> Eval<Value> {
        let given = self.args.borrow().get("tags").cloned();
        let old = State::of(vm).source() == crate::dag::SourceAirflow::V2;
        let span = given.as_ref().map_or(self.span, |arg| arg.span);
        let value = match given.map(|arg| arg.value) {
            Some(Value::Unknown(cause)) => return Ok(Value::Unknown(cause)),
            Some(list @ Value::List(_)) if old => return Ok(list),
            Some(set @ Value::Set(_)) if !old => return Ok(set),
            None | Some(Value::None) => Vec::new(),
            Some(other) => vm.iterate(&other)?,
        };
        let value = if old {
            Value::list(value)
        } else {
            let keys = value.into_iter().map(Key::new).collect::<Eval<_>>()?;
            Value::Set(Rc::new(Set::new(keys, false)))
        };
        self.args.borrow_mut().insert("tags".into(), Arg { value: value.clone(), span });
        Ok(value)
    }

    fn not_modelled(vm: &Vm, name: &str) -> Value {
        Value::Unknown(
            vm.cause(CauseKind::NotModelled, format!("the attribute `{name}` of a DAG is not modelled")),
        )
    }
}

/// The methods of DAGs.
pub static DAG: Type = Type {
    methods: &[
        Native::new("get_task", |_, mut args| {
            let dag = receiver(&mut args)?;
            dag.get_task(&args.expect("task_id")?).map(|task| Value::Object(task))
        }),
        Native::new("has_task", |_, mut args| {
            let dag = receiver(&mut args)?;
            let id = args.expect("task_id")?;
            Ok(Value::Bool(id.as_str().is_some_and(|id| dag.tasks.borrow().contains_key(id))))
        }),
        Native::new("add_task", add_task).hosted(),
        Native::new("add_tasks", add_tasks).hosted(),
        Native::new("set_dependency", set_dependency).hosted(),
        Native::new("topological_sort", topological_sort),
        Native::new("param", params::dag_param).hosted(),
        Native::new("get_dagrun", |vm, _| vm.unknown(CauseKind::World, "DAG runs are not known")),
        // Running a DAG, or serving its command line, adds nothing to it.
        Native::new("test", |_, _| Ok(Value::None)).lenient(),
        Native::new("cli", |_, _| Ok(Value::None)).lenient(),
        Native::new("run", |_, _| Ok(Value::None)).lenient(),
        Native::new("clear", |_, _| Ok(Value::None)).lenient(),
        Native::new("validate", |_, _| Ok(Value::None)).lenient(),
        Native::new("tree_view", |_, _| Ok(Value::None)).lenient(),
    ],
    ..Type::new("airflow.sdk.definitions.dag", "DAG", |_, _| {
        Err(Stop::type_error("DAG is not called through this table"))
    })
};

/// Takes the DAG in front of a method's arguments.
pub fn receiver(args: &mut Args) -> Eval<Rc<DagObject>> {
    args.positional
        .pop_front()
        .and_then(|arg| arg.value.downcast::<DagObject>())
        .ok_or_else(|| Stop::type_error("this method needs a DAG"))
}

fn add_one(vm: &mut Vm, dag: &Rc<DagObject>, value: &Value, span: Span) -> Eval<()> {
    if let Some(task) = value.downcast::<Task>() {
        return dag.add_task(vm, &task, span);
    }
    let cause = match value {
        Value::Unknown(cause) => cause.clone(),
        other => vm.cause(CauseKind::Unsupported, format!("a `{}` is added to a DAG", other.type_name())),
    };
    dag.refuse(state::unknown(span, "a task that is added to the DAG is not known", &cause));
    Ok(())
}

fn add_task(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let dag = receiver(&mut args)?;
    let task = args.expect("task")?;
    add_one(vm, &dag, &task, span)?;
    Ok(Value::None)
}

fn add_tasks(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let dag = receiver(&mut args)?;
    let tasks = args.expect("tasks")?;
    match vm.iterate(&tasks) {
        Ok(tasks) => {
            for task in tasks {
                add_one(vm, &dag, &task, span)?;
            }
        }
        Err(Stop::Unknown(cause)) => {
            dag.refuse(state::unknown(span, "the tasks that are added to the DAG are not known", &cause));
        }
        Err(stop) => return Err(stop),
    }
    Ok(Value::None)
}

fn set_dependency(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let dag = receiver(&mut args)?;
    let (up, down) = (args.expect("upstream_task_id")?, args.expect("downstream_task_id")?);
    match (&up, &down) {
        (Value::Unknown(cause), _) | (_, Value::Unknown(cause)) => {
            dag.refuse(state::unknown(span, "an edge is drawn to something that is not known", cause));
        }
        _ => {
            let (up, down) = (dag.get_task(&up)?, dag.get_task(&down)?);
            relations::set_relatives(vm, &Node::Task(up), &Value::Object(down), false, span, None)?;
        }
    }
    Ok(Value::None)
}

fn topological_sort(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    receiver(&mut args)?;
    vm.unknown(CauseKind::NotModelled, "`DAG.topological_sort` is not modelled")
}

/// The file of the module that is being run: the innermost one whose import has not ended.
fn running_module(vm: &Vm) -> Option<crate::source::FileId> {
    let mut frames = vm.frames.iter().rev();
    frames.find(|frame| frame.scope.kind == crate::eval::ScopeKind::Module).map(|frame| frame.scope.file)
}
