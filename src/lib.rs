//! Converts Apache Airflow DAG files to dag-factory YAML without running them.

pub mod catalog;
pub mod dag;
pub mod datum;
pub mod diagnostic;
pub mod eval;
pub mod modules;
pub mod source;
pub mod value;
