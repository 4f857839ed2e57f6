//! Reads Apache Airflow DAG files written in Python *without running them*, evaluates them statically, and writes one dag-factory
//! YAML definition per DAG.
//!
//! ```text
//! DAG folder ─ discover ─ source files ─ parse (ruff) ─ evaluate ─ Dag model ─ target rules ─ YAML ─ <dag_id>.yml
//!                                                          │            │            │
//!                                                          └── diagnostics, each at file:line:col ──► text · JSON
//! ```
//!
//! Where the target takes code, [`package`] stands between the model and the rules: it slices what the tasks call out of the sources
//! (`<dag_id>.zip`), and gives the model back with functions by their import paths.
//!
//! One pass, one direction. The evaluator never names Airflow: it is handed a library of modules, some of which happen to be
//! Airflow's. After the [`dag`] model is collected nothing is a Python value any more. The rules and the writer know a target only
//! as data.
//!
//! # Layers
//!
//! A module uses those of lower layers, and of its own layer those that are named below; `cargo xtask tidy` holds the table.
//!
//! | layer | modules | what they own |
//! |---|---|---|
//! | 5 | [`cli`] | arguments, the output folder, what is printed |
//! | 4 | [`convert`] | the way of one file through the layers, in as many worlds as it takes |
//! | 4 | [`validate`] | definitions that are there already, held against a target by the rules of conversion |
//! | 4 | [`compare`] | what changed in meaning between definitions |
//! | 3 | [`package`] | the code that travels beside a definition |
//! | 2 | [`target`] | profiles, rules: from the model to a definition |
//! | 2 | [`yaml`] | definitions as text that dag-factory reads back exactly, and back |
//! | 2 | [`airflow`], [`modules`] | what Python code can import |
//! | 1 | [`dag`] | the model |
//! | 1 | [`value`], [`eval`] | Python values, and how code runs |
//! | 1 | [`policy`] | what a user denies and allows, by options and by comments |
//! | 1 | [`catalog`] | the operators that packages declare, generated from them |
//! | 0 | [`source`], [`parse`], [`diagnostic`], [`datum`], [`map`] | files and places, syntax trees, findings, plain data, hash maps |
//!
//! Pairs know each other: `value` and `eval`, `target` and `yaml`, `airflow` and `modules`; so do `source`, `diagnostic` and `datum`.
//! `source` keeps what `parse` makes, by `map`.
//! `convert` uses `validate`, and `modules` reads with `yaml`. No other module knows one of its own layer.
//!
//! # Invariants
//!
//! 1. Converting never fails and never panics: an `Err` is for the command line's own input and output.
//! 2. No user code runs. Nothing is imported, spawned or fetched. Reads stay inside the roots given.
//! 3. **Never silently wrong.** A value that reaches the YAML is what Airflow would have had; else a record names DAG, task and
//!    parameter.
//! 4. Every [`datum::Cause`] of an unknown has a reason and an origin. It is no finding by itself: it becomes one where it reaches a
//!    DAG, with its origin as a second label.
//! 5. [`value::Stop::Raise`] only where CPython certainly raises. Doubt is [`value::Stop::Unknown`]: a wrong raise loses the file, a
//!    wrong unknown costs one finding.
//! 6. Where an unknown decides control, nothing in the construct runs, and everything in its reach is in doubt (`eval::reach`).
//!    An object may be *open*: its identity known, its contents not.
//! 7. Values that Airflow renders when a task runs (`XComArg`, `{{ … }}`) are known: they are templates.
//! 8. Evaluation is bounded in steps, depth and sizes ([`eval::Limits`]); passing a bound is a diagnostic.
//! 9. What depends on defaults, the clock, the order of sets or the place of the folder is found by evaluating the file again with
//!    that taken otherwise and comparing the models (`convert::worlds`); there is no tracking of where values came from.
//! 10. The same input, flags and manifest give the same bytes.
//!
//! # Where to add things
//!
//! | to add | touch | proof |
//! |---|---|---|
//! | a builtin or a method | a function and its row in `modules/builtins.rs` or `value/<type>.rs` | a line in `tests/python/` |
//! | a module | `modules/<name>.rs` and its row in `modules.rs` | the same |
//! | an Airflow API | `airflow/<idea>.rs` and its row in `airflow/api.rs` | a case in `corpus/airflow/` |
//! | an operator | `cargo xtask catalog`; no Rust | – |
//! | a rule of a target | `target/rules/<name>.rs` and its row | a case in `corpus/rules/` |
//! | a service's new version or limits | a profile in `target/profiles/`; no Rust | snapshots |
//! | a corpus case | a folder with a `case.toml` | `cargo test`, then read and accept its snapshots |

pub mod airflow;
pub mod catalog;
pub mod cli;
pub mod compare;
pub mod convert;
pub mod dag;
pub mod datum;
pub mod diagnostic;
pub mod eval;
pub mod map;
pub mod modules;
pub mod package;
pub mod parse;
pub mod policy;
pub mod source;
pub mod target;
pub mod validate;
pub mod value;
pub mod yaml;
