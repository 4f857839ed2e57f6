//! Constants, enums and classes that only hold data, of Airflow's packages.

use super::blocks::{self, Blocks, Lines};
use super::moved::{Move, Resolved, resolve};

/// Written by `cargo xtask catalog`, which says in `plain.rs` what each line means.
static PLAIN: Blocks = Blocks::new(include_str!("data/plain.txt"), &blocks::PLAIN);

/// What a class that only holds data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataKind {
    /// A class whose constructor keeps its arguments.
    Class,
    /// An enum.
    Enum,
    /// An enum whose members are strings.
    StrEnum,
    /// An enum whose members are integers.
    IntEnum,
    /// An enum whose members are compared by code of their own.
    OwnEnum,
    /// A class of which only constants are known.
    Constants,
}

/// A class that only holds data.
#[derive(Debug, Clone, Copy)]
pub struct Data {
    /// Its path, through the module that defines it.
    pub path: &'static str,
    /// What it is.
    pub kind: DataKind,
    lines: Lines,
}

impl Data {
    /// Its constants, or the members of the enum: names and Python literals, in order.
    pub fn constants(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.lines.iter().filter_map(constant)
    }

    /// The literal of a constant or member.
    pub fn constant(self, name: &str) -> Option<&'static str> {
        self.constants().find(|(own, _)| *own == name).map(|(_, literal)| literal)
    }

    /// The parameters of its constructor, in order.
    pub fn parameters(self) -> impl Iterator<Item = &'static str> {
        let line = self.lines.iter().find_map(|line| line.strip_prefix(", "));
        line.unwrap_or_default().split_ascii_whitespace()
    }

    /// Whether an instance has the argument of this name as an attribute, as it was given.
    pub fn keeps(self, name: &str) -> bool {
        let kept = self.lines.iter().find_map(|line| line.strip_prefix(": "));
        kept.is_some_and(|names| names.split(' ').any(|kept| kept == name))
    }
}

fn constant(line: &'static str) -> Option<(&'static str, &'static str)> {
    line.split_once(" = ")
}

/// The class that only holds data at a path, old ones that only moved included.
pub fn data(path: &str) -> Option<Data> {
    let (path, lines) = PLAIN.get(path).or_else(|| PLAIN.get(present(path)?))?;
    let kind = match lines.iter().next()? {
        "class" => DataKind::Class,
        "enum" => DataKind::Enum,
        "enum str" => DataKind::StrEnum,
        "enum int" => DataKind::IntEnum,
        "enum own" => DataKind::OwnEnum,
        "constants" => DataKind::Constants,
        _ => return None,
    };
    Some(Data { path, kind, lines })
}

/// The literal of a constant of a module.
pub fn module_constant(module: &str, name: &str) -> Option<&'static str> {
    let (_, lines) = PLAIN.get(module)?;
    lines.iter().filter_map(constant).find(|(own, _)| *own == name).map(|(_, literal)| literal)
}

fn present(path: &str) -> Option<&'static str> {
    match resolve(path)? {
        Resolved::Current(path) | Resolved::Moved { to: path, how: Move::Moved, .. } => Some(path),
        Resolved::Moved { how: Move::Renamed | Move::Replaced, .. } | Resolved::Gone { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_sorted_and_read() {
        let titles: Vec<&str> = PLAIN.iter().map(|(title, _)| title).collect();
        assert!(titles.is_sorted());
        for (title, lines) in PLAIN.iter() {
            let is_module = lines.iter().next().and_then(constant).is_some();
            assert!(is_module || data(title).is_some(), "{title}");
        }
    }

    #[test]
    fn classes_enums_and_constants_are_known() {
        let config = data("airflow.providers.google.cloud.operators.dataflow.DataflowConfiguration").unwrap();
        assert_eq!(config.kind, DataKind::Class);
        assert!(config.keeps("location"));
        assert_eq!(config.parameters().next(), Some("job_name"));
        let day = data("airflow.utils.weekday.WeekDay").unwrap();
        assert_eq!((day.kind, day.constant("TUESDAY")), (DataKind::IntEnum, Some("2")));
        assert!(data("airflow.providers.google.cloud.operators.dataflow").is_none());
        let transfer = "airflow.providers.google.cloud.hooks.cloud_storage_transfer_service";
        assert_eq!(module_constant(transfer, "PROJECT_ID"), Some("\"projectId\""));
    }
}
