//! What is known of operator classes: which a service takes, and what the catalogue says of their paths and parameters.
//!
//! The one seam to the catalogue: whoever asks about a class asks here.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::loader::loader;
use super::profile::{Mark, Target};
use crate::catalog::{self, Move, OperatorInfo, Resolved};
use crate::dag::{Operator, OperatorKind};

/// A class on the list of the service, and who says so.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) path: &'static str,
    pub(crate) marks: Vec<Mark>,
}

impl Listed {
    /// The class name.
    pub(crate) fn name(&self) -> &'static str {
        class_name(self.path)
    }
}

static LIST: LazyLock<Vec<Listed>> = LazyLock::new(|| {
    let rows = include_str!("operators.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t'))
        .map(|(path, marks)| Listed { path, marks: marks.chars().filter_map(mark).collect() })
        .collect()
});

fn mark(letter: char) -> Option<Mark> {
    match letter {
        'G' => Some(Mark::G),
        'D' => Some(Mark::D),
        'T' => Some(Mark::T),
        'L' => Some(Mark::L),
        _ => None,
    }
}

/// The class name of a path.
pub(crate) fn class_name(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// The class path of PythonOperator today.
pub const PYTHON_OPERATOR: &str = "airflow.providers.standard.operators.python.PythonOperator";

/// The path that a class has today, where it is known; else the one given.
pub fn current_class(path: &str) -> String {
    match place(path) {
        Place::Current(current) => current,
        Place::Moved { to, .. } => to.to_owned(),
        Place::Gone { .. } | Place::Unknown => path.to_owned(),
    }
}

/// The class path that is written for a task; `None` for a class that is gone, and a decorator of which the loader's table has none.
pub(crate) fn written_class(target: &Target, operator: &Operator) -> Option<String> {
    match &operator.kind {
        OperatorKind::Decorated { decorator } => loader().decorators.get(decorator).cloned(),
        OperatorKind::Subclass { .. } => Some(operator.path.clone()),
        OperatorKind::Class => match place(&operator.path) {
            Place::Current(_) if target.operators.any => Some(operator.path.clone()),
            Place::Current(path) => Some(path),
            Place::Moved { to, .. } => Some(to.to_owned()),
            Place::Gone { .. } => None,
            Place::Unknown => Some(operator.path.clone()),
        },
    }
}

/// What the path of a class comes to today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// The class is there, under this path or the one written.
    Current(String),
    /// It is elsewhere.
    Moved { to: &'static str, how: Move },
    /// It has no successor; the last package that had it.
    Gone { last: &'static str },
    /// No package looked at has one of that path.
    Unknown,
}

/// Looks a path up.
pub(crate) fn place(path: &str) -> Place {
    match catalog::resolve(path) {
        Some(Resolved::Current(current)) => Place::Current(current.to_owned()),
        Some(Resolved::Moved { to, how, .. }) => Place::Moved { to, how },
        Some(Resolved::Gone { last }) => Place::Gone { last },
        None => Place::Unknown,
    }
}

/// The listed classes that `target` takes.
pub(crate) fn supported(target: &Target) -> impl Iterator<Item = &'static Listed> {
    LIST.iter().filter(|listed| is_supported(target, listed))
}

fn is_supported(target: &Target, listed: &Listed) -> bool {
    listed.marks.iter().any(|mark| target.operators.marks.contains(mark))
        && !target.operators.refused.contains_key(listed.path)
}

/// The row of a path in the list, where `target` takes it.
pub(crate) fn listed(target: &Target, path: &str) -> Option<&'static Listed> {
    let at = LIST.binary_search_by(|listed| listed.path.cmp(path)).ok()?;
    LIST.get(at).filter(|listed| is_supported(target, listed))
}

/// The supported name that is most alike to another one, where one is close. Found once for each: files ask for the same ones
/// again and again, and each time every name would be compared.
pub(crate) fn nearest(target: &Target, name: &str) -> Option<&'static str> {
    type Found = HashMap<(String, String), Option<&'static str>>;
    static FOUND: LazyLock<Mutex<Found>> = LazyLock::new(Mutex::default);
    let key = (target.name().to_owned(), name.to_owned());
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(near) = found.get(&key) {
        return *near;
    }
    let names: Vec<&'static str> = supported(target).map(Listed::name).collect();
    let near = similar::get_close_matches(name, &names, 1, 0.88).first().copied();
    found.insert(key, near);
    near
}

impl Target {
    /// Whether the service runs a class of its own, but only what a code package brings for it.
    pub(crate) fn needs_code(&self, path: &str) -> bool {
        self.operators.with_code.iter().any(|class| class == path)
    }

    /// Whether the service has the provider of a class or module.
    pub(crate) fn has_provider(&self, path: &str) -> bool {
        let rest = path.strip_prefix("airflow.providers.").unwrap_or(path);
        let is_of = |name: &String| {
            rest.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.operators.providers.iter().any(is_of)
    }

    /// Whether a class or module is of a provider that the service does not have, so that a code package can bring it.
    pub(crate) fn lacks_provider(&self, path: &str) -> bool {
        path.starts_with("airflow.providers.") && !self.has_provider(path)
    }
}

/// What the catalogue has of a class.
pub(crate) fn info(path: &str) -> Option<OperatorInfo> {
    catalog::operator(path)
}

/// Whether the constructor of the class takes a parameter of that name, so that `default_args` reach it.
/// `None` where that is not known.
pub(crate) fn takes(path: &str, parameter: &str) -> Option<bool> {
    info(path).map(|class| class.takes(parameter))
}

/// Whether Airflow renders the argument as a template; `None` where that is not known.
pub(crate) fn is_template_field(path: &str, argument: &str) -> Option<bool> {
    info(path).map(|class| class.template_fields().any(|field| field == argument))
}

/// Whether dag-factory imports a `python_callable` given as a path, as it does for these classes and what derives from them.
pub(crate) fn imports_callable(path: &str) -> bool {
    info(path).is_some_and(|class| loader().with_callable.iter().any(|base| class.derives_from(base)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_holds_what_the_guide_says() {
        assert!(LIST.is_sorted_by(|a, b| a.path < b.path));
        assert_eq!(LIST.iter().filter(|listed| listed.marks.contains(&Mark::G)).count(), 181);
        assert!(LIST.iter().all(|listed| !listed.marks.is_empty()));
    }

    #[test]
    fn every_listed_class_is_in_the_catalogue_under_its_path() {
        for listed in LIST.iter() {
            assert_eq!(place(listed.path), Place::Current(listed.path.to_owned()));
        }
    }

    #[test]
    fn callables_are_imported_for_python_operators_alone() {
        assert!(imports_callable("airflow.providers.standard.operators.python.ShortCircuitOperator"));
        assert!(imports_callable("airflow.providers.standard.operators.python.PythonVirtualenvOperator"));
        assert!(!imports_callable("airflow.providers.standard.operators.bash.BashOperator"));
        assert!(!imports_callable("mine.PythonOperator"));
    }
}
