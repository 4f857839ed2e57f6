//! What became of every import path that Airflow and its providers have had for a class.

use super::blocks::Blocks;
use super::operator::operator;

/// Written by `cargo xtask catalog`: another path than that of the defining module, and on the next line what became of it,
/// where it leads, and the package that says so.
const MOVED: Blocks = Blocks(include_str!("data/moved.txt"));

/// What became of an import path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// It is the path of an operator today; here that through the module which defines it.
    Current(&'static str),
    /// The class is elsewhere now.
    Moved {
        /// Its present path.
        to: &'static str,
        /// What else changed.
        how: Move,
        /// The package in which the move can be seen, as `name==version`.
        package: &'static str,
    },
    /// It has no successor.
    Gone {
        /// The last of the packages looked at that had it, as `name==version`.
        last: &'static str,
    },
}

/// How a class came to its present path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The same class under the same name in another module.
    Moved,
    /// The same class, or the base class of a deprecated one, under another name.
    Renamed,
    /// A class that the deprecation notice names; it may take other arguments.
    Replaced,
}

impl Resolved {
    /// The present path, where there is one.
    pub fn path(self) -> Option<&'static str> {
        match self {
            Self::Current(path) | Self::Moved { to: path, .. } => Some(path),
            Self::Gone { .. } => None,
        }
    }
}

/// What became of the class that any version of Airflow or of a provider had under this path; `None` where none of the
/// packages looked at had one.
pub fn resolve(path: &str) -> Option<Resolved> {
    if let Some(operator) = operator(path) {
        return Some(Resolved::Current(operator.path()));
    }
    let (_, lines) = MOVED.get(path)?;
    let words: Vec<&'static str> = lines.iter().next()?.split(' ').collect();
    let moved = |how, to, package| Some(Resolved::Moved { to, how, package });
    match words[..] {
        ["also", to, _] => Some(Resolved::Current(to)),
        ["moved", to, package] => moved(Move::Moved, to, package),
        ["renamed", to, package] => moved(Move::Renamed, to, package),
        ["replaced", to, package] => moved(Move::Replaced, to, package),
        ["gone", last] => Some(Resolved::Gone { last }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_to_what_is_there() {
        let mut rows = 0;
        for (path, lines) in MOVED.iter() {
            assert!(operator(path).is_none(), "{path} is there");
            let resolved = resolve(path).unwrap_or_else(|| panic!("{path}: {:?}", lines.iter().next()));
            if let Some(to) = resolved.path() {
                assert!(operator(to).is_some(), "{path} -> {to}");
            }
            rows += 1;
        }
        assert!(rows > 0);
    }

    #[test]
    fn resolves_what_is_current() {
        let path = "airflow.providers.standard.operators.bash.BashOperator";
        assert_eq!(resolve(path), Some(Resolved::Current(path)));
        assert_eq!(resolve("airflow.operators.bash.BashOperator").and_then(Resolved::path), Some(path));
        let sensor = "airflow.sdk.bases.sensor.BaseSensorOperator";
        assert_eq!(resolve("airflow.sdk.BaseSensorOperator"), Some(Resolved::Current(sensor)));
        assert_eq!(resolve("airflow.operators.bash.NoSuchOperator"), None);
    }
}
