//! The end of a file: which DAGs Airflow's DagBag would find, and each as the plain model.
//!
//! Follows `DagBag._process_modules` and `bag_dag` of 2.10.5 and 3.0.6.

use std::cell::OnceCell;
use std::rc::Rc;

use super::dag::DagObject;
use super::group::{Child, Group};
use super::mapping::MappingSource;
use super::state::{self, State};
use super::task::{ArgMap, DagRef, Task};
use super::{constants, defaults, enums, operator};
use crate::dag::{Argument, Dag, Edge, Mapping, Operator, Role};
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::eval::{Collector, Scope, Vm};
use crate::map::{HashMap, HashSet};
use crate::source::FileId;
use crate::value::{Arg, Stop, Value};

/// What a file came to.
#[derive(Debug, Default)]
pub struct Collected {
    /// The DAGs that belong to the file, in the order in which they were made.
    pub dags: Vec<Dag>,
    /// DAGs that DagBag finds in this file too, but that were made while another module was imported: they belong to that
    /// module's file.
    pub imported: Vec<(FileId, Dag)>,
    /// What there is to say besides.
    pub diagnostics: Vec<Diagnostic>,
}

/// Collects the DAGs of a file whose module-level names are `globals`.
pub fn collect(vm: &mut Vm, globals: &Rc<Scope>) -> Collected {
    let mut collected = Collected::default();
    let bound: Vec<Rc<DagObject>> =
        globals.bindings().into_iter().filter_map(|(_, value)| value.downcast::<DagObject>()).collect();
    let registered = State::of(vm).registered.clone();
    let dags = State::of(vm).dags.clone();
    let unbound = std::mem::take(&mut State::of(vm).unbound);
    let any_unknown = globals.bindings().iter().any(|(_, value)| value.unknown().is_some());
    refuse_filled(vm);
    super::typed::check_sets(vm);
    let tampered = State::of(vm).tampered.clone();
    let seen: HashSet<*const DagObject> = bound.iter().chain(&registered).map(Rc::as_ptr).collect();
    let mut lost = HashMap::default();
    for (dag, doubt) in &unbound {
        lost.entry(Rc::as_ptr(dag)).or_insert(doubt);
    }
    let subdags = OnceCell::new();
    for dag in dags {
        if let Some(finding) = &tampered {
            dag.refuse(finding.clone());
        }
        let found = seen.contains(&Rc::as_ptr(&dag));
        if !found {
            // A name of which it is not known what it stands for may stand for the DAG.
            let doubt = lost.get(&Rc::as_ptr(&dag)).filter(|_| any_unknown).map(|doubt| (*doubt).clone());
            let doubt = doubt.or_else(|| names_open(&dag, globals));
            match doubt {
                Some(doubt) => collected.diagnostics.push(doubtful(&dag, doubt)),
                None if subdags.get_or_init(|| all_subdags(vm)).contains(&Rc::as_ptr(&dag)) => {}
                None => collected.diagnostics.extend(not_found(&dag)),
            }
            continue;
        }
        let model = model(vm, &dag);
        match dag.module.filter(|module| *module != globals.file) {
            None => collected.dags.push(model),
            Some(module) => collected.imported.push((module, model)),
        }
    }
    collected.diagnostics.append(&mut State::of(vm).unsupported);
    loose_tasks(vm, &mut collected.diagnostics);
    let unmade = std::mem::take(&mut State::of(vm).unmade);
    collected.diagnostics.extend(unmade.into_iter().map(|finding| Diagnostic {
        message: "whether this runs is not known, and it may make a DAG".to_owned(),
        ..finding
    }));
    if collected.dags.is_empty() {
        // What may have made DAGs has no DAG to refuse.
        collected.diagnostics.extend(State::of(vm).doubts.clone());
    }
    collected
}

/// `self.x = x or {}`: what is put into an empty container after the operator was made counts or not, as its constructor has it.
fn refuse_filled(vm: &mut Vm) {
    for (task, name, arg) in std::mem::take(&mut State::of(vm).empties) {
        if !operator::is_empty(&arg.value) {
            let message = format!("`{name}` is empty when the operator is made, and filled afterwards");
            task.refuse(
                Diagnostic::error(codes::UNKNOWN_VALUE, arg.span, message)
                    .help("fill it before: many operators put another one in the place of an empty one")
                    .parameter(&*name),
            );
        }
    }
}

/// A DAG of which it is not known whether DagBag finds it.
fn doubtful(dag: &Rc<DagObject>, doubt: Diagnostic) -> Diagnostic {
    match dag.id().as_str() {
        Some(id) => doubt.dag(id),
        None => doubt,
    }
}

/// Why any name of the module may stand for a DAG that has tasks: a star import of what is not known, `globals()[…]`.
fn names_open(dag: &Rc<DagObject>, globals: &Rc<Scope>) -> Option<Diagnostic> {
    let cause = globals.why_open().filter(|_| !dag.tasks.borrow().is_empty())?;
    let message = "whether a name stands for this DAG when the file ends is not known";
    Some(state::explained(Diagnostic::error(codes::UNKNOWN_CONTROL, dag.span, message), &cause))
}

/// The DAGs that are the `subdag` of a task: 2.x finds them there.
fn all_subdags(vm: &mut Vm) -> HashSet<*const DagObject> {
    let tasks = State::of(vm).dags.iter().flat_map(|dag| dag.task_list());
    let subdag = |task: Rc<Task>| task.args.borrow().get("subdag")?.value.downcast::<DagObject>();
    tasks.filter_map(subdag).map(|subdag| Rc::as_ptr(&subdag)).collect()
}

/// A DAG that has tasks and that DagBag does not find.
fn not_found(dag: &Rc<DagObject>) -> Option<Diagnostic> {
    if dag.tasks.borrow().is_empty() {
        return None;
    }
    let message = format!("Airflow does not find the DAG `{}`", dag.display_id());
    let mut finding =
        Diagnostic::warning(codes::DAG_NOT_FOUND_BY_AIRFLOW, Disposition::Dropped, dag.span, message)
            .help("bind it to a name at module level, or use `with DAG(…)`");
    if let Some(id) = dag.id().as_str() {
        finding = finding.dag(id);
    }
    Some(finding)
}

/// Tasks in no DAG, and tasks in one that is not known.
fn loose_tasks(vm: &mut Vm, diagnostics: &mut Vec<Diagnostic>) {
    let loose = State::of(vm).loose.clone();
    for task in loose {
        let finding = match &*task.dag.borrow() {
            DagRef::Known(_) => continue,
            DagRef::None => {
                let message = format!("the task `{}` is in no DAG", task.display_id());
                Diagnostic::warning(codes::TASK_WITHOUT_DAG, Disposition::Dropped, task.span, message)
            }
            DagRef::Unknown(cause) => state::unknown(task.span, "the DAG of this task is not known", cause),
        };
        diagnostics.push(finding.task(&*task.display_id()));
    }
}

fn model(vm: &mut Vm, dag: &Rc<DagObject>) -> Dag {
    let source_airflow = State::of(vm).source();
    let tasks = dag.task_list();
    let index: HashMap<usize, usize> = tasks.iter().enumerate().map(|(at, task)| (task.serial, at)).collect();
    let mut groups = Vec::new();
    let mut group_index = HashMap::default();
    list_groups(vm, &dag.root, None, &mut groups, &mut group_index);
    let mut arguments = arguments(vm, &entries(&dag.args.borrow(), |_| true));
    for argument in arguments.iter_mut().filter(|argument| argument.name == "tags") {
        // 3.x keeps them as a set, which says nothing of the author's.
        if let Datum::Set(tags) = &mut argument.value {
            argument.value = Datum::List(std::mem::take(tags));
        }
    }
    let params = dag.params();
    if params.len_known() != Some(0) {
        let span = params.span().unwrap_or(dag.span);
        let value = Collector::new(vm, span).datum(&Value::Object(params));
        arguments.push(Argument { name: "params".to_owned(), value, span });
    }
    let (default_args, finding) = default_args(vm, dag);
    let models = tasks.iter().map(|task| task_model(vm, task, &group_index)).collect();
    let mut edges: Vec<Edge> = Vec::new();
    for &(before, after, span) in &*dag.edges.borrow() {
        if let (Some(&upstream), Some(&downstream)) = (index.get(&before), index.get(&after)) {
            let label = dag.labels.borrow().get(&(before, after)).cloned();
            edges.push(Edge { upstream, downstream, span, label });
        }
    }
    let mut findings: Vec<Diagnostic> = dag.findings.borrow().iter().cloned().collect();
    findings.extend(finding);
    findings.extend(dag.unstored());
    findings.extend(State::of(vm).doubts.clone());
    findings.extend(cycle(&tasks, &edges));
    findings.extend(setup_rules(&tasks));
    if let Some(id) = dag.id().as_str() {
        findings = findings.into_iter().map(|finding| finding.dag(id)).collect();
    }
    Dag {
        dag_id: dag.display_id().to_string(),
        span: dag.span,
        source_airflow,
        arguments,
        default_args,
        tasks: models,
        groups,
        edges,
        findings,
    }
}

/// What is in a map of arguments under the names that are wanted, so that nothing is borrowed while it becomes data.
fn entries(args: &ArgMap, wanted: impl Fn(&str) -> bool) -> Vec<(Rc<str>, Arg)> {
    let wanted = args.iter().filter(|(name, _)| wanted(name));
    wanted.map(|(name, arg)| (Rc::clone(name), arg.clone())).collect()
}

fn arguments(vm: &mut Vm, args: &[(Rc<str>, Arg)]) -> Vec<Argument> {
    args.iter().map(|(name, arg)| argument(vm, name, arg)).collect()
}

fn argument(vm: &mut Vm, name: &str, arg: &Arg) -> Argument {
    let mut value = Collector::new(vm, arg.span).datum(&arg.value);
    constants::refer(&mut value);
    Argument { name: name.to_owned(), value, span: arg.span }
}

fn default_args(vm: &mut Vm, dag: &Rc<DagObject>) -> (Vec<Argument>, Option<Diagnostic>) {
    let (value, span) = dag.default_args();
    match defaults::entries(&value) {
        Ok(entries) => {
            let list =
                entries.iter().map(|(name, value)| argument(vm, name, &Arg { value: value.clone(), span }));
            (list.collect(), None)
        }
        Err(Stop::Unknown(cause)) => {
            let finding = state::unknown(span, "the default_args are not known", &cause);
            (Vec::new(), Some(finding.parameter("default_args")))
        }
        Err(Stop::Raise(_) | Stop::Halt(_)) => (Vec::new(), None),
    }
}

fn list_groups(
    vm: &mut Vm,
    around: &Rc<Group>,
    parent: Option<usize>,
    groups: &mut Vec<crate::dag::Group>,
    index: &mut HashMap<usize, usize>,
) {
    let children = around.children.borrow().clone();
    for child in children {
        let Child::Group(group) = child else { continue };
        let mut arguments = arguments(vm, &entries(&group.args.borrow(), |_| true));
        if let Some(mapped) = &group.mapped {
            arguments.extend(mapping_arguments(vm, mapped));
        }
        index.insert(group.serial, groups.len());
        let at = groups.len();
        groups.push(crate::dag::Group {
            group_id: group.id().as_str().unwrap_or("?").to_owned(),
            parent,
            span: group.span,
            arguments,
        });
        list_groups(vm, &group, Some(at), groups, index);
    }
}

/// The mapping of a group, under the names `expand` and `expand_kwargs`.
fn mapping_arguments(vm: &mut Vm, source: &MappingSource) -> Vec<Argument> {
    match source {
        MappingSource::Expand(args) => {
            let span = args.first().map(|(_, arg)| arg.span);
            let value = Value::dict(args.iter().map(|(name, arg)| (Rc::clone(name), arg.value.clone())));
            span.map(|span| argument(vm, "expand", &Arg { value, span })).into_iter().collect()
        }
        MappingSource::ExpandKwargs(arg, _) => vec![argument(vm, "expand_kwargs", arg)],
    }
}

fn task_model(vm: &mut Vm, task: &Rc<Task>, groups: &HashMap<usize, usize>) -> crate::dag::Task {
    let group = task.group();
    let mut around = group.clone();
    let mut in_mapped = false;
    while let Some(group) = around {
        in_mapped |= group.mapped.is_some();
        around = group.parent();
    }
    let mapping = match &task.mapping {
        Some(MappingSource::Expand(args)) => {
            Some(Mapping::Expand(args.iter().map(|(name, arg)| argument(vm, name, arg)).collect()))
        }
        Some(MappingSource::ExpandKwargs(arg, strict)) => {
            let found = argument(vm, "", arg);
            Some(Mapping::ExpandKwargs { value: found.value, span: found.span, strict: *strict })
        }
        None if in_mapped => Some(Mapping::InMappedGroup),
        None => None,
    };
    let args = entries(&task.args.borrow(), |_| true);
    let inherited = entries(&task.inherited.borrow(), |name| !task.args.borrow().contains_key(name));
    crate::dag::Task {
        task_id: String::from(&*task.display_id()),
        span: task.span,
        operator: Operator {
            path: String::from(&*task.class.path),
            name: task.class.name().to_owned(),
            kind: task.kind.clone(),
        },
        inherited: arguments(vm, &inherited),
        arguments: arguments(vm, &args),
        group: group.and_then(|group| groups.get(&group.serial).copied()),
        mapping,
        role: task.role.get(),
    }
}

/// The first edge that closes a cycle: `check_cycle`.
fn cycle(tasks: &[Rc<Task>], edges: &[Edge]) -> Option<Diagnostic> {
    let mut after: Vec<Vec<&Edge>> = vec![Vec::new(); tasks.len()];
    for edge in edges {
        after[edge.upstream].push(edge);
    }
    // 0: not seen, 1: on the way, 2: done.
    let mut state = vec![0_u8; tasks.len()];
    for start in 0..tasks.len() {
        if state[start] != 0 {
            continue;
        }
        let mut stack = vec![(start, 0)];
        state[start] = 1;
        while let Some((at, next)) = stack.pop() {
            let Some(edge) = after[at].get(next) else {
                state[at] = 2;
                continue;
            };
            stack.push((at, next + 1));
            match state[edge.downstream] {
                0 => {
                    state[edge.downstream] = 1;
                    stack.push((edge.downstream, 0));
                }
                1 => {
                    let message = format!(
                        "the edge from `{}` to `{}` closes a cycle",
                        tasks[edge.upstream].display_id(),
                        tasks[edge.downstream].display_id()
                    );
                    return Some(Diagnostic::error(codes::CYCLE, edge.span, message));
                }
                _ => {}
            }
        }
    }
    None
}

/// `DAG.validate_setup_teardown`: what follows a setup waits for all to succeed.
fn setup_rules(tasks: &[Rc<Task>]) -> Option<Diagnostic> {
    for task in tasks.iter().filter(|task| task.role.get() == Role::Setup) {
        for after in task.downstream() {
            if after.role.get() == Role::Teardown {
                continue;
            }
            let rule = after.argument("trigger_rule");
            if let Some(rule) = rule
                && enums::text_of(&rule.value).is_some_and(|text| &*text != "all_success")
            {
                let message = format!(
                    "setup tasks must be followed with trigger rule `all_success`: `{}`",
                    after.display_id()
                );
                return Some(
                    Diagnostic::error(codes::IMPORT_ERROR, rule.span, message).task(&*after.display_id()),
                );
            }
        }
    }
    None
}
