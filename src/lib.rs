//! Converts Apache Airflow DAG files to dag-factory YAML without running them.

pub mod cli;
pub mod convert;
pub mod dag;
pub mod datum;
pub mod diagnostic;
pub mod source;
