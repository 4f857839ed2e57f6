//! The operator catalogue: what the packages of Airflow declare about their operators, sensors and transfers, what else can be
//! imported from Airflow 2 and 3, and what became of old names.
//!
//! `cargo xtask catalog` makes the data from the packages themselves; nothing of it is written by hand. It is kept as sorted
//! text inside the binary and searched where it lies, by an index that the build script makes, so that it costs nothing before it is asked. What a target
//! supports is left to the target.

mod argument;
mod blocks;
mod conf;
mod constructor;
mod hash;
mod importable;
mod moved;
mod operator;
mod plain;

pub use argument::{ArgumentMove, Successor, argument_move, filled};
pub use conf::{ConfDefault, conf_default};
pub use constructor::{Constructor, Release};
pub use importable::{exists_in_2, exists_in_3, is_example, is_module, namesake_in_3};
pub use moved::{Move, Resolved, other_paths, resolve};
pub use operator::{
    Default, OperatorInfo, Parameter, base_operator_parameters, by_name, is_required_by_a_provider, operator,
    operators, package_of,
};
pub use plain::{Data, DataKind, data, module_constant};
