//! `DAG`: its call, what can be read from it and stored on it, and the tasks it holds.

mod checks;
mod methods;
mod object;
mod validation;

pub use methods::{DAG, receiver};

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::api::ApiClass;
use super::derived::{Blank, Derived};
use super::group::Group;
use super::params::ParamsDict;
use super::state::{self, State};
use super::task::{ArgMap, DagRef, Task};
use super::{defaults, exceptions, keys};
use crate::catalog::{Constructor, Release};
use crate::datum::{Cause, CauseKind};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::Vm;
use crate::map::{HashMap, IndexMap, IndexSet};
use crate::source::Span;
use crate::value::{Arg, Args, Effect, Eval, Key, Set, Stop, Value};

/// A DAG. Shared by reference, as in Airflow.
pub struct DagObject {
    /// A number that no other DAG of the run has.
    pub serial: usize,
    /// The user's class that it is an instance of, where that derives from `DAG`.
    pub user: Option<Rc<Derived>>,
    pub(super) id: RefCell<Value>,
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
    /// The labels of edges, by the same numbers.
    pub labels: RefCell<HashMap<(usize, usize), String>>,
    /// Ids of groups and tasks that are taken: `used_group_ids`.
    pub used_ids: RefCell<IndexSet<Rc<str>>>,
    /// What stands in its way.
    pub findings: RefCell<IndexSet<Diagnostic>>,
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
    derived: Some(Blank {
        make: |vm, user, span| Ok(Value::Object(blank(vm, Some(user), span)?)),
        init: |vm, object, args| match object.downcast::<DagObject>() {
            Some(dag) if dag.id().is_none() => init(vm, &dag, args),
            Some(_) | None => Ok(()),
        },
        is_made: |object| object.downcast::<DagObject>().is_some_and(|dag| !dag.id().is_none()),
        methods: &DAG,
        owns: is_parameter,
    }),
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
pub fn make(vm: &mut Vm, args: Args) -> Eval<Rc<DagObject>> {
    let dag = blank(vm, None, args.span)?;
    init(vm, &dag, args)?;
    Ok(dag)
}

/// A DAG whose `__init__` has not run: it has no id.
fn blank(vm: &mut Vm, user: Option<Rc<Derived>>, span: Span) -> Eval<Rc<DagObject>> {
    let serial = State::next_serial(vm)?;
    let module = running_module(vm);
    Ok(Rc::new_cyclic(|this| DagObject {
        serial,
        user,
        id: RefCell::new(Value::None),
        span,
        module,
        args: RefCell::default(),
        root: Group::root(this.clone(), span, serial),
        tasks: RefCell::default(),
        edges: RefCell::default(),
        labels: RefCell::default(),
        used_ids: RefCell::default(),
        findings: RefCell::default(),
        auto_register: Cell::new(true),
        attrs: RefCell::default(),
        default_args: RefCell::new((Value::dict(Vec::<(Rc<str>, Value)>::new()), span)),
        params: RefCell::default(),
    }))
}

/// `DAG.__init__`.
fn init(vm: &mut Vm, dag: &Rc<DagObject>, mut args: Args) -> Eval<()> {
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
    for name in ["start_date", "end_date"] {
        if let Some((_, arg)) = args.named.iter().find(|(given, _)| &**given == name) {
            super::dates::check_instant(&arg.value)?;
        }
    }
    *dag.id.borrow_mut() = id.clone();
    let given = args.named_arg("default_args");
    let given_params = args.named_arg("params");
    if let Some(value) = args.named("auto_register") {
        dag.auto_register.set(vm.truth(&value).unwrap_or(true));
    }
    if let Value::Unknown(cause) = &id {
        dag.refuse(state::unknown(span, "the dag_id is not known", cause).parameter("dag_id"));
    }
    if let Some(cause) = args.open.take() {
        dag.refuse(state::unknown(span, "the arguments of the DAG are not known", &cause));
    }
    for (name, arg) in args.named {
        if !is_parameter(&name) {
            let message = format!("`DAG` has no parameter `{name}`");
            dag.refuse(Diagnostic::error(codes::IMPORT_ERROR, arg.span, message).parameter(&*name));
        } else if Constructor::Dag.parameter(Release::V3_0, &name).is_none() && !AFTER_3_0.contains(&&*name) {
            State::of(vm).saw_old(arg.span, format!("DAG({name}=…)"));
        }
        let old = State::of(vm).source() == crate::dag::SourceAirflow::V2;
        let value = if &*name == "tags" && !old { defaults::shallow_copy(&arg.value) } else { arg.value };
        dag.args.borrow_mut().insert(name, Arg { value, span: arg.span });
    }
    dag.take_default_args(vm, given);
    dag.take_params(given_params);
    checks::check(vm, dag)?;
    State::of(vm).dags.push(Rc::clone(dag));
    Ok(())
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
    /// Its id; unknown where it is not known, `None` before its `__init__` has run.
    pub fn id(&self) -> Value {
        self.id.borrow().clone()
    }

    /// The id for messages.
    pub fn display_id(&self) -> Rc<str> {
        match &*self.id.borrow() {
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

    /// Why Airflow does not store the DAG as it was left in the end: a finding for each argument.
    pub fn unstored(&self) -> Vec<Diagnostic> {
        checks::unstored(self)
    }

    /// Refuses it.
    pub fn refuse(&self, finding: Diagnostic) {
        self.findings.borrow_mut().insert(finding);
    }

    /// 3.x copies `default_args` shallowly, 2.x deeply; `params` among them go to the DAG's own.
    fn take_default_args(&self, vm: &mut Vm, given: Option<Arg>) {
        let Some(Arg { value, span }) = given else { return };
        let copy = match &value {
            Value::None => return,
            Value::Dict(dict) if State::of(vm).source() == crate::dag::SourceAirflow::V3 => {
                Value::Dict(defaults::shallow(dict))
            }
            Value::Dict(_) => defaults::deep(&value),
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

/// The file of the module that is being run: the innermost one whose import has not ended.
fn running_module(vm: &Vm) -> Option<crate::source::FileId> {
    let mut frames = vm.frames.iter().rev();
    frames.find(|frame| frame.scope.kind == crate::eval::ScopeKind::Module).map(|frame| frame.scope.file)
}
