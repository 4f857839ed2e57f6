//! What Python code can import besides Airflow: one file for each module, a row for each in [`TABLE`].
//!
//! A module's header says what of it is modelled. Members that are not in its table are unknown, never an error.

pub mod boto3;
pub mod builtins;
pub mod calendar;
pub mod classes;
pub mod collections;
pub mod configparser;
pub mod contextlib;
pub mod copy;
pub mod csv;
pub mod dataclasses;
pub mod datetime;
pub mod dateutil;
pub mod decimal;
pub(crate) mod files;
pub mod functools;
pub mod glob;
pub mod hashlib;
pub mod host;
pub mod importlib;
pub mod io;
pub mod itertools;
pub mod jinja;
pub mod json;
pub mod logging;
pub(crate) mod machine;
pub mod math;
pub mod operator;
pub mod os;
pub mod pathlib;
pub mod pendulum;
pub mod presence;
pub mod pytz;
pub mod random;
pub mod re;
pub(crate) mod record;
pub mod six;
pub mod string;
pub(crate) mod support;
pub mod sys;
pub mod textwrap;
pub mod time;
pub mod typing;
pub mod urllib;
pub mod uuid;
pub mod yaml;
pub mod zoneinfo;

pub use presence::{is_airflow_dependency, is_stdlib};

use std::sync::LazyLock;

use crate::eval::{SCOPED, Vm};
use crate::map::HashMap;
use crate::value::{Eval, Native, Type, Value};

/// What a name in a module is.
pub enum Member {
    /// A function.
    Function(Native),
    /// A class.
    Class(&'static Type),
    /// A constant, made on demand.
    Constant(fn() -> Value),
    /// Something that depends on the run: the clock, what the user supplied, where the module lies.
    Dynamic(fn(&mut Vm) -> Eval<Value>),
}

/// The builtin of a name; `None` where Python has none, or none that is known.
pub fn builtin(name: &str) -> Option<Value> {
    match *BUILTIN_NAMES.get(name)? {
        Builtin::Scoped(native) | Builtin::Member(Member::Function(native)) => Some(Value::Native(native)),
        Builtin::Member(Member::Class(class)) => Some(Value::Type(class)),
        Builtin::Member(Member::Constant(make)) => Some(make()),
        Builtin::Member(Member::Dynamic(_)) => None,
    }
}

#[derive(Clone, Copy)]
enum Builtin {
    Scoped(&'static Native),
    Member(&'static Member),
}

/// The builtins by name; those that see the scope they are called in go before their namesakes.
static BUILTIN_NAMES: LazyLock<HashMap<&'static str, Builtin>> = LazyLock::new(|| {
    let members = builtins::BUILTINS.members.iter().map(|(name, member)| (*name, Builtin::Member(member)));
    members.chain(SCOPED.iter().map(|(name, native)| (*name, Builtin::Scoped(native)))).collect()
});

/// A module of the library: its import path and its members.
pub struct ModuleTable {
    /// The import path.
    pub name: &'static str,
    /// Its members.
    pub members: &'static [(&'static str, Member)],
}

impl ModuleTable {
    /// A member by name.
    pub fn member(&'static self, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let Some((_, member)) = self.members.iter().find(|(member, _)| *member == name) else {
            return Ok(None);
        };
        Ok(Some(match member {
            Member::Function(native) => Value::Native(native),
            Member::Class(class) => Value::Type(class),
            Member::Constant(make) => make(),
            Member::Dynamic(make) => make(vm)?,
        }))
    }
}

/// The modules, sorted by name.
pub static TABLE: &[&ModuleTable] = &[
    &classes::FUTURE,
    &classes::ABC_MODULE,
    &math::AST,
    &hashlib::BASE64,
    &boto3::BOTO3,
    &boto3::BOTO3_SESSION,
    &builtins::BUILTINS,
    &calendar::CALENDAR,
    &collections::COLLECTIONS,
    &collections::COLLECTIONS_ABC,
    &configparser::CONFIGPARSER,
    &contextlib::CONTEXTLIB,
    &copy::COPY,
    &csv::CSV,
    &dataclasses::DATACLASSES,
    &datetime::DATETIME,
    &dateutil::DATEUTIL,
    &dateutil::DATEUTIL_PARSER,
    &dateutil::DATEUTIL_RELATIVEDELTA,
    &dateutil::DATEUTIL_TZ,
    &decimal::DECIMAL_MODULE,
    &classes::ENUM,
    &glob::FNMATCH,
    &decimal::FRACTIONS,
    &functools::FUNCTOOLS,
    &host::GETPASS,
    &glob::GLOB,
    &hashlib::HASHLIB,
    &string::HTML,
    &importlib::IMPORTLIB,
    &string::INSPECT,
    &io::IO,
    &itertools::ITERTOOLS,
    &jinja::JINJA2,
    &json::JSON,
    &logging::LOGGING,
    &logging::LOGGING_CONFIG,
    &logging::LOGGING_HANDLERS,
    &math::MATH,
    &operator::OPERATOR,
    &os::OS,
    &os::path::OS_PATH,
    &pathlib::PATHLIB,
    &pendulum::PENDULUM,
    &pendulum::PENDULUM_TZ,
    &pendulum::PENDULUM_EXCEPTIONS,
    &pendulum::PENDULUM_TZ_TIMEZONE,
    &host::PLATFORM,
    &os::path::POSIXPATH,
    &host::PPRINT,
    &pytz::PYTZ,
    &random::RANDOM,
    &re::RE,
    &random::SECRETS,
    &string::SHLEX,
    &calendar::SHUTIL,
    &six::SIX,
    &six::MOVES,
    &six::MOVES_URLLIB,
    &six::MOVES_URLLIB_PARSE,
    &host::SOCKET,
    &string::STRING,
    &host::SUBPROCESS,
    &sys::SYS,
    &host::TEMPFILE,
    &textwrap::TEXTWRAP,
    &time::TIME,
    &host::TRACEBACK,
    &classes::TYPES,
    &typing::TYPING,
    &typing::TYPING_EXTENSIONS,
    &urllib::URLLIB,
    &urllib::URLLIB_PARSE,
    &urllib::URLLIB_REQUEST,
    &uuid::UUID_MODULE,
    &logging::WARNINGS,
    &yaml::YAML,
    &zoneinfo::ZONEINFO,
];

/// The module at a dotted path.
pub fn find(path: &str) -> Option<&'static ModuleTable> {
    TABLE.binary_search_by(|table| table.name.cmp(path)).ok().map(|at| TABLE[at])
}

#[cfg(test)]
mod tests {
    use super::TABLE;

    #[test]
    fn tables_are_sorted() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} {}", pair[0].name, pair[1].name);
        }
    }
}
