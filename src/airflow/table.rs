//! The names of the API: each with every module it could be imported from, and what it is.

use std::sync::LazyLock;

use super::api::{ApiClass, ClassObject};
use super::edges::{EDGE_MODIFIER_CLASS, LABEL};
use super::enums::{self, EnumClass, StrEnum};
use super::exceptions;
use super::operator::OperatorClass;
use super::typed::TypedClass;
use super::{
    asset, chain, config, connection, dag, dates, decorator_dag, group, schedule, setup, task_group,
    taskflow, variable, version, xcom,
};
use crate::eval::Vm;
use crate::map::{HashMap, HashSet};
use crate::value::{Eval, Native, Type, Value};

/// What a name is.
pub enum What {
    /// A class of the API.
    Class(&'static ApiClass),
    /// An exception class.
    Exception(&'static Type),
    /// A function.
    Function(&'static Native),
    /// An enum.
    Enum(&'static StrEnum),
    /// A class whose instances are kept as calls, under the path it was imported by.
    Typed,
    /// An operator class, under the path it was imported by.
    Operator,
    /// A value made on demand.
    Value(fn() -> Value),
    /// A value that depends on the run.
    Dynamic(fn(&mut Vm) -> Eval<Value>),
}

/// A name with the modules it could be imported from.
pub struct Row {
    name: &'static str,
    modules: &'static [&'static str],
    what: What,
}

impl Row {
    /// The value, imported by `path`.
    pub fn value(&'static self, vm: &mut Vm, path: &str) -> Eval<Value> {
        Ok(match &self.what {
            What::Class(class) => Value::object(ClassObject(class)),
            What::Exception(class) => Value::Type(class),
            What::Function(native) => Value::Native(native),
            What::Enum(class) => Value::object(EnumClass(class)),
            What::Typed => TypedClass::value(path),
            What::Operator => Value::object(OperatorClass::at(path)),
            What::Value(make) => make(),
            What::Dynamic(make) => make(vm)?,
        })
    }
}

const fn row(name: &'static str, modules: &'static [&'static str], what: What) -> Row {
    Row { name, modules, what }
}

const BASE: &[&str] =
    &["airflow.models.baseoperator", "airflow.models", "airflow.sdk", "airflow.sdk.bases.operator"];
const CHAINS: &[&str] = &[
    "airflow.models.baseoperator",
    "airflow.models",
    "airflow.utils.helpers",
    "airflow.sdk",
    "airflow.sdk.bases.operator",
];
const DECORATORS: &[&str] = &["airflow.decorators", "airflow.sdk", "airflow.sdk.definitions.decorators"];
const DATASETS: &[&str] = &["airflow.datasets", "airflow"];
const ASSETS: &[&str] = &["airflow.sdk", "airflow.sdk.definitions.asset", "airflow.assets", "airflow"];
const STATES: &[&str] = &["airflow.utils.state"];
const DATES: &[&str] = &["airflow.utils.dates"];
const ZONES: &[&str] = &["airflow.utils.timezone", "airflow.sdk.timezone"];
const CONFIG: &[&str] = &["airflow.configuration"];

static PROVIDE_SESSION: Native = Native::new("provide_session", |_, mut args| args.expect("func")).lenient();

/// The rows.
static ROWS: &[Row] = &[
    row(
        "DAG",
        &["airflow", "airflow.models", "airflow.models.dag", "airflow.sdk", "airflow.sdk.definitions.dag"],
        What::Class(&dag::DAG_CLASS),
    ),
    row(
        "dag",
        &[
            "airflow.decorators",
            "airflow.sdk",
            "airflow.models.dag",
            "airflow.sdk.definitions.dag",
            "airflow.sdk.definitions.decorators",
        ],
        What::Function(&decorator_dag::DAG_DECORATOR),
    ),
    row("task", DECORATORS, What::Value(taskflow::task_decorator)),
    row("task", &["airflow.operators.python"], What::Value(taskflow::task_decorator)),
    row(
        "python_task",
        &["airflow.decorators", "airflow.decorators.python"],
        What::Value(taskflow::task_decorator),
    ),
    row("task_group", DECORATORS, What::Function(&task_group::TASK_GROUP_DECORATOR)),
    row("task_group", &["airflow.decorators.task_group"], What::Function(&task_group::TASK_GROUP_DECORATOR)),
    row("setup", DECORATORS, What::Function(&taskflow::SETUP)),
    row("teardown", DECORATORS, What::Function(&taskflow::TEARDOWN)),
    row(
        "context_wrapper",
        &["airflow.decorators.setup_teardown", "airflow.sdk.definitions.decorators.setup_teardown"],
        What::Function(&setup::CONTEXT_WRAPPER),
    ),
    row(
        "asset",
        &["airflow.sdk", "airflow.sdk.definitions.asset.decorators"],
        What::Value(asset::asset_decorator),
    ),
    row(
        "TaskGroup",
        &[
            "airflow.utils.task_group",
            "airflow.models.taskgroup",
            "airflow.sdk",
            "airflow.sdk.definitions.taskgroup",
        ],
        What::Class(&group::TASK_GROUP_CLASS),
    ),
    row("BaseOperator", BASE, What::Operator),
    row("BaseOperator", &["airflow.operators", "airflow"], What::Operator),
    row(
        "BaseSensorOperator",
        &["airflow.sensors.base", "airflow.sdk", "airflow.sdk.bases.sensor", "airflow.operators.sensors"],
        What::Operator,
    ),
    row("chain", CHAINS, What::Function(&chain::CHAIN)),
    row("chain_linear", CHAINS, What::Function(&chain::CHAIN_LINEAR)),
    row("cross_downstream", CHAINS, What::Function(&chain::CROSS_DOWNSTREAM)),
    row(
        "Label",
        &["airflow.utils.edgemodifier", "airflow.sdk", "airflow.sdk.definitions.edges"],
        What::Function(&LABEL),
    ),
    row(
        "EdgeModifier",
        &["airflow.utils.edgemodifier", "airflow.sdk", "airflow.sdk.definitions.edges"],
        What::Class(&EDGE_MODIFIER_CLASS),
    ),
    row(
        "XComArg",
        &[
            "airflow",
            "airflow.models",
            "airflow.models.xcom_arg",
            "airflow.sdk",
            "airflow.sdk.definitions.xcom_arg",
        ],
        What::Class(&xcom::XCOM_ARG_CLASS),
    ),
    row(
        "Param",
        &["airflow.models.param", "airflow.models", "airflow.sdk", "airflow.sdk.definitions.param"],
        What::Typed,
    ),
    row(
        "Variable",
        &[
            "airflow.models",
            "airflow.models.variable",
            "airflow.sdk",
            "airflow.sdk.definitions.variable",
            "airflow",
        ],
        What::Class(&variable::VARIABLE_CLASS),
    ),
    row(
        "Connection",
        &["airflow.models", "airflow.models.connection", "airflow.sdk", "airflow.sdk.definitions.connection"],
        What::Class(&connection::CONNECTION_CLASS),
    ),
    row("conf", CONFIG, What::Value(|| Value::object(config::Conf))),
    row("conf", &["airflow", "airflow.settings"], What::Value(|| Value::object(config::Conf))),
    row(
        "AIRFLOW_HOME",
        &["airflow.settings", "airflow.configuration"],
        What::Dynamic(|vm| config::airflow_home(vm).map(Value::Str)),
    ),
    row("get_airflow_home", CONFIG, What::Function(&config::GET_AIRFLOW_HOME)),
    row("DAGS_FOLDER", &["airflow.settings"], What::Dynamic(|vm| Ok(config::dags_folder(vm)))),
    row(
        "is_venv_installed",
        &["airflow.operators.python", "airflow.operators.python_operator"],
        What::Function(&config::IS_VENV_INSTALLED),
    ),
    row("get", CONFIG, What::Function(&config::CONF_GET)),
    row("getboolean", CONFIG, What::Function(&config::CONF_GET_BOOLEAN)),
    row("getint", CONFIG, What::Function(&config::CONF_GET_INT)),
    row("getfloat", CONFIG, What::Function(&config::CONF_GET_FLOAT)),
    row(
        "BaseHook",
        &[
            "airflow.hooks.base",
            "airflow.hooks.base_hook",
            "airflow.hooks",
            "airflow.sdk",
            "airflow.sdk.bases.hook",
        ],
        What::Class(&connection::BASE_HOOK_CLASS),
    ),
    row(
        "TriggerRule",
        &["airflow.utils.trigger_rule", "airflow.sdk", "airflow.task.trigger_rule"],
        What::Enum(&enums::TRIGGER_RULE),
    ),
    row("WeightRule", &["airflow.utils.weight_rule", "airflow.sdk"], What::Enum(&enums::WEIGHT_RULE)),
    row("State", STATES, What::Enum(&enums::STATE)),
    row("TaskInstanceState", STATES, What::Enum(&enums::TASK_INSTANCE_STATE)),
    row("TaskInstanceState", &["airflow.sdk"], What::Enum(&enums::TASK_INSTANCE_STATE)),
    row("DagRunState", STATES, What::Enum(&enums::DAG_RUN_STATE)),
    row("DagRunState", &["airflow.sdk"], What::Enum(&enums::DAG_RUN_STATE)),
    row("DagRunType", &["airflow.utils.types"], What::Enum(&enums::DAG_RUN_TYPE)),
    row("days_ago", DATES, What::Function(&dates::DAYS_AGO)),
    row("cron_presets", DATES, What::Value(schedule::cron_presets)),
    row("datetime", DATES, What::Dynamic(|vm| dates::plain(vm, "datetime"))),
    row("timedelta", DATES, What::Dynamic(|vm| dates::plain(vm, "timedelta"))),
    row("timezone", DATES, What::Dynamic(dates::zone_module)),
    row("timezone", &["airflow.providers.common.compat.sdk"], What::Dynamic(dates::zone_module)),
    row("timezone", &["airflow.providers.common.compat.sdk"], What::Dynamic(dates::zone_module)),
    row("datetime", ZONES, What::Function(&dates::DATETIME)),
    row("utcnow", ZONES, What::Function(&dates::UTCNOW)),
    row("parse", ZONES, What::Function(&dates::PARSE)),
    row("make_aware", ZONES, What::Function(&dates::MAKE_AWARE)),
    row("utc", ZONES, What::Dynamic(dates::utc)),
    row("TIMEZONE", &["airflow.settings"], What::Dynamic(dates::utc)),
    row("Dataset", DATASETS, What::Typed),
    row("DatasetAlias", DATASETS, What::Typed),
    row("DatasetAll", DATASETS, What::Typed),
    row("DatasetAny", DATASETS, What::Typed),
    row("Asset", ASSETS, What::Typed),
    row("AssetAlias", ASSETS, What::Typed),
    row("AssetAll", ASSETS, What::Typed),
    row("AssetAny", ASSETS, What::Typed),
    row("AssetRef", ASSETS, What::Typed),
    row("AssetWatcher", ASSETS, What::Typed),
    row("provide_session", &["airflow.utils.session", "airflow.utils.db"], What::Function(&PROVIDE_SESSION)),
    row("apply_defaults", &["airflow.utils.decorators"], What::Function(&PROVIDE_SESSION)),
    row("__version__", &["airflow"], What::Dynamic(|vm| Ok(version::version(vm)))),
    row("version", &["airflow.version"], What::Dynamic(|vm| Ok(version::version(vm)))),
];

/// What a name in a module is.
pub fn find(module: &str, name: &str) -> Option<&'static Row> {
    BY_NAME.get(&(module, name)).copied().or_else(|| exception(module, name))
}

/// The rows by module and name; the first of several.
static BY_NAME: LazyLock<HashMap<(&'static str, &'static str), &'static Row>> = LazyLock::new(|| {
    let mut found = HashMap::default();
    for row in ROWS {
        for module in row.modules {
            found.entry((*module, row.name)).or_insert(row);
        }
    }
    found
});

/// The modules that rows name, and the packages around them.
static MODULES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let mut found = HashSet::default();
    for module in ROWS.iter().flat_map(|row| row.modules) {
        found.extend(module.match_indices('.').map(|(end, _)| &module[..end]).chain([*module]));
    }
    found.insert("airflow.exceptions");
    found
});

fn exception(module: &str, name: &str) -> Option<&'static Row> {
    if module != "airflow.exceptions" && !(module == "airflow" && name == "AirflowException") {
        return None;
    }
    EXCEPTIONS.get_or_init(exception_rows).iter().find(|row| row.name == name)
}

static EXCEPTIONS: std::sync::OnceLock<Vec<Row>> = std::sync::OnceLock::new();

fn exception_rows() -> Vec<Row> {
    exceptions::ALL
        .iter()
        .map(|class| Row { name: class.name, modules: &["airflow.exceptions"], what: What::Exception(class) })
        .collect()
}

/// Whether a path is a module that rows name, or a package of one.
pub fn is_module(path: &str) -> bool {
    MODULES.contains(path)
}

/// The names of a module that rows name.
pub fn members(module: &str) -> Vec<&'static str> {
    let mut names: Vec<&'static str> =
        ROWS.iter().filter(|row| row.modules.contains(&module)).map(|row| row.name).collect();
    if module == "airflow.exceptions" {
        names.extend(exceptions::ALL.iter().map(|class| class.name));
    }
    names
}
