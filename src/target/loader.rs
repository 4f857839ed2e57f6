//! How dag-factory's loader reads keys (`profiles/loader.toml`): the forms that values need to arrive as meant.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::embedded;

static LOADER: LazyLock<Loader> = LazyLock::new(|| embedded::LOADER.read());

/// The form that a key's value needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Form {
    /// As it is.
    #[default]
    Plain,
    /// Left out where it is null.
    NotNull,
    /// Text or null.
    Text,
    /// A wall time as text.
    Date,
    /// What the rules of schedules made of it.
    Schedule,
    /// A timedelta.
    Duration,
    /// A number of seconds or a timedelta.
    NumberOrDuration,
    /// A callback: a path, or a mapping with one.
    Callback,
    /// The path of a callable, which the loader imports.
    ImportPath,
    /// `N seconds`.
    RelativeTime,
    /// Absolute folders.
    SearchPath,
    /// The value of an Enum member.
    Enum,
    /// A list, also where there is one value.
    List,
    /// A list of text.
    ListOfText,
    /// Past the loader's own handling.
    Raw,
}

/// The loader's table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Loader {
    /// Keys of a task that the loader takes for itself.
    pub(crate) consumed: Vec<String>,
    /// Keys of `default_args` that it takes for itself.
    pub(crate) consumed_default_args: Vec<String>,
    /// Keys of a DAG's block that it takes for itself, or passes over.
    pub(crate) dag_keys: Vec<String>,
    /// Keys with which it folds any mapping.
    pub(crate) folded: Vec<String>,
    /// Top-level packages that are there wherever a definition is loaded.
    pub(crate) installed: Vec<String>,
    /// Operators for which it imports a `python_callable`, and with them those derived from them.
    pub(crate) with_callable: Vec<String>,
    /// Keys of a task group that it passes on.
    pub(crate) group_keys: Vec<String>,
    /// The nesting that still loads.
    pub(crate) nesting: usize,
    pub(crate) dag: BTreeMap<String, Form>,
    pub(crate) task: BTreeMap<String, Form>,
    /// Forms of single operators' parameters, by class name.
    pub(crate) operators: BTreeMap<String, BTreeMap<String, Form>>,
    /// The class that a decorator makes its tasks of.
    pub(crate) decorators: BTreeMap<String, String>,
}

impl Loader {
    /// The form of a DAG argument.
    pub(crate) fn dag_form(&self, name: &str) -> Form {
        self.dag.get(name).copied().unwrap_or_default()
    }

    /// The form of an argument of an operator, by the names of its class and of its base class.
    pub(crate) fn task_form(&self, classes: &[&str], name: &str) -> Form {
        if self.consumed.iter().any(|key| key == name) {
            return Form::Raw;
        }
        let own = classes.iter().find_map(|class| self.operators.get(*class)?.get(name));
        own.or_else(|| self.task.get(name)).copied().unwrap_or_default()
    }
}

/// The table.
pub(crate) fn loader() -> &'static Loader {
    &LOADER
}
