//! `TaskGroup(…)`: arguments, defaults, suffixes on collision.

use std::rc::Rc;

use super::Group;
use crate::airflow::api::ApiClass;
use crate::airflow::checks::raise_at;
use crate::airflow::dag::DagObject;
use crate::airflow::derived::Blank;
use crate::airflow::mapping::MappingSource;
use crate::airflow::state::{self, State};
use crate::airflow::{defaults, exceptions, keys};
use crate::dag::SourceAirflow;
use crate::datum::{Cause, CauseKind};
use crate::eval::Vm;
use crate::map::IndexMap;
use crate::value::exception::RUNTIME_ERROR;
use crate::value::{Arg, Args, Dict, Effect, Eval, Key, Stop, Value};

/// The class `TaskGroup`.
pub static TASK_GROUP_CLASS: ApiClass = ApiClass {
    name: "TaskGroup",
    module: "airflow.sdk.definitions.taskgroup",
    new: |vm, args| make(vm, args, false, None).map(|group| Value::Object(group)),
    statics: &[],
    effect: Effect::Host,
    builds: true,
    derived: Some(Blank {
        make: |vm, user, span| {
            let serial = State::next_serial(vm)?;
            let mut group = Group::blank(span, serial);
            group.user = Some(user);
            Ok(Value::object(group))
        },
        init: |vm, object, args| match object.downcast::<Group>() {
            Some(group) if group.is_root() => init(vm, &group, args, false),
            Some(_) | None => Ok(()),
        },
        is_made: |object| object.downcast::<Group>().is_some_and(|group| !group.is_root()),
        methods: &super::TASK_GROUP,
        owns: |name| {
            matches!(
                name,
                "group_id"
                    | "children"
                    | "dag"
                    | "default_args"
                    | "parent_group"
                    | "prefix_group_id"
                    | "tooltip"
                    | "ui_color"
                    | "ui_fgcolor"
            )
        },
    }),
};

/// The parameters behind `group_id` by position, in 1.10 to 2.x.
const POSITIONAL_2: &[&str] =
    &["prefix_group_id", "parent_group", "dag", "default_args", "tooltip", "ui_color", "ui_fgcolor"];

/// The same in 3.x.
const POSITIONAL_3: &[&str] =
    &["group_display_name", "prefix_group_id", "parent_group", "dag", "default_args", "tooltip", "ui_color"];

/// Makes a group: `TaskGroup(…)`, and what `@task_group` makes when called.
pub fn make(vm: &mut Vm, args: Args, add_suffix: bool, mapped: Option<MappingSource>) -> Eval<Rc<Group>> {
    let serial = State::next_serial(vm)?;
    let mut group = Group::blank(args.span, serial);
    group.mapped = mapped;
    let group = Rc::new(group);
    init(vm, &group, args, add_suffix)?;
    Ok(group)
}

/// `TaskGroup.__init__`.
fn init(vm: &mut Vm, group: &Rc<Group>, mut args: Args, add_suffix: bool) -> Eval<()> {
    let span = args.span;
    let label = match args.take("group_id") {
        Some(label) => keys::plain(label),
        None => match &args.open {
            Some(cause) => Value::Unknown(cause.clone()),
            None => return Err(Stop::type_error("TaskGroup() missing required argument: 'group_id'")),
        },
    };
    // Airflow takes it for the root of a DAG, beside the one that the DAG has.
    if label.is_none() {
        return vm.unknown(
            CauseKind::Unsupported,
            "a task group whose `group_id` is None has no form in a definition",
        );
    }
    let order = match args.positional.front() {
        Some(Arg { value: Value::Bool(_), .. }) => POSITIONAL_2,
        _ => POSITIONAL_3,
    };
    for name in order {
        if let Some(arg) = args.positional.pop_front() {
            args.named.push(((*name).into(), arg));
        }
    }
    let known = |name: &str| {
        name == "add_suffix_on_collision" || POSITIONAL_2.contains(&name) || POSITIONAL_3.contains(&name)
    };
    if let Some((name, arg)) = args.named.iter().find(|(name, _)| !known(name)) {
        let message = format!("TaskGroup.__init__() got an unexpected keyword argument '{name}'");
        return Err(raise_at(Stop::type_error(message), arg.span));
    }
    let prefix = match args.named_arg("prefix_group_id") {
        None => true,
        Some(arg) => match vm.truth(&arg.value) {
            Ok(flag) => flag,
            Err(Stop::Unknown(cause)) => {
                let finding =
                    state::unknown(arg.span, "whether the group prefixes its ids is not known", &cause);
                if let Some(dag) = State::of(vm).current_dag() {
                    dag.refuse(finding);
                }
                true
            }
            Err(stop) => return Err(stop),
        },
    };
    let add_suffix = match args.named("add_suffix_on_collision") {
        Some(value) => vm.truth(&value)?,
        None => add_suffix,
    };
    let given_dag = match args.named("dag") {
        None | Some(Value::None) => None,
        Some(other) => {
            let found = other.downcast::<DagObject>();
            if found.is_none() {
                other.known()?;
            }
            found
        }
    };
    let given_parent = match args.named("parent_group") {
        None | Some(Value::None) => None,
        Some(other) => {
            let found = other.downcast::<Group>();
            if found.is_none() {
                other.known()?;
            }
            found
        }
    };
    let own_defaults = args.named_arg("default_args");
    let old = State::of(vm).source() == SourceAirflow::V2;
    let parent = given_parent.or_else(|| match &given_dag {
        Some(dag) if State::of(vm).group_stack.is_empty() => Some(Rc::clone(&dag.root)),
        _ => State::of(vm).current_group(given_dag.as_ref()),
    });
    let Some(parent) = parent else {
        return Err(Stop::raise(&RUNTIME_ERROR, "TaskGroup can only be used inside a dag"));
    };
    let dag = given_dag.or_else(|| parent.dag());
    let Some(dag) = dag else {
        return Err(Stop::raise(&RUNTIME_ERROR, "TaskGroup can only be used inside a dag"));
    };
    match &label {
        Value::Unknown(cause) => {
            dag.refuse(state::unknown(span, "the group_id is not known", cause).parameter("group_id"));
        }
        label if prefix || !old => keys::validate_group_key(label)?,
        _ => {}
    }
    let label = without_collision(&dag, &parent, label, add_suffix, old)?;
    group.prefix.set(prefix);
    *group.label.borrow_mut() = label;
    *group.dag.borrow_mut() = Rc::downgrade(&dag);
    parent.add_group(group)?;
    set_defaults(group, &parent, own_defaults);
    let key = group.key();
    let mut used = dag.used_ids.borrow_mut();
    for id in [key.to_string(), format!("{key}.downstream_join_id"), format!("{key}.upstream_join_id")] {
        used.insert(id.into());
    }
    drop(used);
    if let Some(cause) = &args.open {
        dag.refuse(state::unknown(span, "the arguments of the task group are not known", cause));
    }
    *group.args.borrow_mut() = args.named.into_iter().collect();
    if !prefix {
        group.args.borrow_mut().insert("prefix_group_id".into(), Arg { value: Value::Bool(false), span });
    }
    Ok(())
}

/// `default_args` are copied deeply, and those of the parent are merged in once, when the group is made.
fn set_defaults(group: &Rc<Group>, parent: &Rc<Group>, own: Option<Arg>) {
    let mut values: IndexMap<Key, Value> = parent.default_args.borrow().seen().clone();
    let mut open = parent.default_args.borrow().why_open();
    group.default_args_span.set(own.as_ref().map_or(parent.default_args_span.get(), |arg| arg.span));
    match own.map(|arg| defaults::deep(&arg.value, 0)) {
        None | Some(Value::None) => {}
        Some(Value::Dict(dict)) => {
            open = open.or_else(|| dict.why_open());
            for (key, value) in &*dict.seen() {
                values.insert(key.clone(), value.clone());
            }
        }
        Some(Value::Unknown(cause)) => open = open.or(Some(cause)),
        Some(other) => {
            let message = format!("default_args is a `{}`, which is not supported", other.type_name());
            let span = group.default_args_span.get();
            open = open.or(Some(Cause::new(CauseKind::Unsupported, span, message)));
        }
    }
    let dict = Dict::new(values);
    if let Some(cause) = open {
        dict.open(&cause);
    }
    *group.default_args.borrow_mut() = Rc::new(dict);
}

fn without_collision(
    dag: &Rc<DagObject>,
    parent: &Rc<Group>,
    label: Value,
    add_suffix: bool,
    old: bool,
) -> Eval<Value> {
    let Value::Str(text) = &label else { return Ok(label) };
    let full = match parent.child_id(&label) {
        Value::Str(full) if !old && !parent.is_root() && parent.prefix.get() => full,
        _ => Rc::clone(text),
    };
    let used = dag.used_ids.borrow();
    if !used.contains(&full) {
        return Ok(label);
    }
    if !add_suffix {
        return exceptions::duplicate(format!("group_id '{text}' has already been added to the DAG"));
    }
    let base = keys::without_suffix(text);
    let last = used.iter().filter_map(|id| keys::suffix_of(id, base)).max();
    Ok(Value::str(match last {
        None => format!("{text}__1"),
        Some(last) => format!("{base}__{}", last + 1),
    }))
}
