//! A definition as dag-factory builds a DAG of it: defaults merged in, tasks and groups by full id, one spelling for what
//! means the same.
//!
//! Source: `DagFactory` and `DagBuilder` of dag-factory 1.0.1.

use std::collections::BTreeMap;

use crate::datum::{DateTime, Datum};
use crate::yaml;

/// One DAG of a definition file.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Its id.
    pub dag_id: String,
    /// What the DAG is given, `default_args` among it; tasks and groups aside.
    pub parameters: Vec<(Datum, Datum)>,
    /// Its tasks and groups, in the order of the file.
    pub members: Vec<Member>,
    /// The whole block.
    pub(super) body: Datum,
}

/// A task or a task group.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its full id, group prefixes included.
    pub id: String,
    /// Whether it is a group.
    pub is_group: bool,
    /// The full id of the group that it is in.
    pub group: Option<String>,
    /// What it is given; its id and its dependencies aside.
    pub parameters: Vec<(Datum, Datum)>,
    /// The full ids of what it waits for; a name that nothing has stays as it is.
    pub upstream: Vec<String>,
}

/// Why a text is no set of definitions.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReadError {
    /// It is no YAML document.
    #[error("{}{}", .0.position.map(|at| format!("line {}, column {}: ", at.line, at.column)).unwrap_or_default(), .0.message)]
    Read(#[from] yaml::ReadError),
    /// dag-factory would not load it, or not as it stands.
    #[error("line {}, column {}: {}", .0.position.line, .0.position.column, .0.message)]
    Load(#[from] yaml::LoadError),
    /// It is no mapping of DAGs.
    #[error("{0}")]
    Shape(String),
}

impl Definition {
    /// The task or group of a full id.
    pub fn member(&self, id: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }
}

impl Member {
    /// The class path or decorator of a task.
    pub fn operator(&self) -> Option<String> {
        ["operator", "decorator"].iter().find_map(|name| text(get(&self.parameters, name)?))
    }

    /// Whether it is a task that `expand` maps.
    pub fn is_mapped(&self) -> bool {
        !self.is_group && get(&self.parameters, "expand").is_some()
    }
}

/// The DAGs of a definition file, in its order. A file without content has none.
pub fn read(source: &str) -> Result<Vec<Definition>, ReadError> {
    let has_content =
        source.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    if !has_content {
        return Ok(Vec::new());
    }
    let document = match yaml::load(&yaml::read(source)?)? {
        Datum::Map(document) => document,
        Datum::Null => return Ok(Vec::new()),
        _ => return Err(ReadError::Shape("this is no mapping of dag_ids to definitions".to_owned())),
    };
    let default = match get(&document, "default") {
        Some(Datum::Map(default)) => default.clone(),
        _ => Vec::new(),
    };
    let mut definitions = Vec::new();
    for (key, block) in &document {
        let Datum::Str(dag_id) = key else {
            return Err(ReadError::Shape("a dag_id is no text".to_owned()));
        };
        if dag_id == "default" || dag_id == "task_groups" {
            continue;
        }
        let Datum::Map(block) = block else {
            return Err(ReadError::Shape(format!("the definition of `{dag_id}` is no mapping")));
        };
        let mut block = block.clone();
        merge(&mut block, &default);
        definitions.push(definition(dag_id, block)?);
    }
    Ok(definitions)
}

/// Adds what `default` has and `block` has not; mappings on both sides are merged likewise.
fn merge(block: &mut Vec<(Datum, Datum)>, default: &[(Datum, Datum)]) {
    for (key, value) in default {
        match (block.iter_mut().find(|(other, _)| other == key), value) {
            (None, _) => block.push((key.clone(), value.clone())),
            (Some((_, Datum::Map(own))), Datum::Map(default)) => merge(own, default),
            (Some(_), _) => {}
        }
    }
}

/// The keys and values of a mapping.
type Block = Vec<(Datum, Datum)>;

/// The groups by key: the key of the parent, and whether ids get the group's prefix.
type Groups = BTreeMap<String, (Option<String>, bool)>;

fn definition(dag_id: &str, mut block: Vec<(Datum, Datum)>) -> Result<Definition, ReadError> {
    normalise_dates(&mut block);
    if let Some((_, Datum::Map(default_args))) = block.iter_mut().find(|(key, _)| is(key, "default_args")) {
        normalise_dates(default_args);
    }
    let groups = entries(dag_id, take(&mut block, "task_groups"), "group_name")?;
    let tasks = entries(dag_id, take(&mut block, "tasks"), "task_id")?;
    let parents: Groups = groups
        .iter()
        .map(|(key, group)| {
            let has_prefix = !matches!(get(group, "prefix_group_id"), Some(Datum::Bool(false)));
            (key.clone(), (get(group, "parent_group_name").and_then(text), has_prefix))
        })
        .collect();
    let ids: BTreeMap<String, String> = groups
        .iter()
        .map(|(key, group)| (key.clone(), full_id(key, get(group, "parent_group_name"), &parents)))
        .chain(
            tasks
                .iter()
                .map(|(key, task)| (key.clone(), full_id(key, get(task, "task_group_name"), &parents))),
        )
        .collect();
    let id_of = |key: &str| ids.get(key).cloned().unwrap_or_else(|| key.to_owned());
    let member = |key: &str, mut block: Vec<(Datum, Datum)>, is_group: bool| {
        let upstream = take(&mut block, "dependencies").map(|names| texts(&names)).unwrap_or_default();
        let group = if is_group { "parent_group_name" } else { "task_group_name" };
        let group = take(&mut block, group).and_then(|name| text(&name)).map(|key| id_of(&key));
        unwrap_partial(&mut block);
        normalise_dates(&mut block);
        let upstream = upstream.iter().map(|key| id_of(key)).collect();
        Member { id: id_of(key), is_group, group, parameters: block, upstream }
    };
    let members: Vec<Member> = groups
        .into_iter()
        .map(|(key, block)| member(&key, block, true))
        .chain(tasks.into_iter().map(|(key, block)| member(&key, block, false)))
        .collect();
    let body = Datum::Map(vec![
        (Datum::str("parameters"), Datum::Map(block.clone())),
        (Datum::str("members"), Datum::Set(members.iter().map(as_datum).collect())),
    ]);
    Ok(Definition { dag_id: dag_id.to_owned(), parameters: block, members, body })
}

/// The key and block of each task or group, which stand in a mapping, or in a list under a name of their own.
fn entries(dag_id: &str, blocks: Option<Datum>, name: &str) -> Result<Vec<(String, Block)>, ReadError> {
    let wrong = |what: &str| ReadError::Shape(format!("{what} of `{dag_id}` is no mapping with a `{name}`"));
    match blocks {
        None | Some(Datum::Null) => Ok(Vec::new()),
        Some(Datum::Map(blocks)) => blocks
            .into_iter()
            .map(|(key, block)| match (key, block) {
                (Datum::Str(key), Datum::Map(mut block)) => {
                    take(&mut block, name);
                    Ok((key, block))
                }
                (Datum::Str(key), Datum::Null) => Ok((key, Vec::new())),
                _ => Err(wrong("a task or group")),
            })
            .collect(),
        Some(Datum::List(blocks)) => blocks
            .into_iter()
            .map(|block| {
                let Datum::Map(mut block) = block else { return Err(wrong("a task or group")) };
                let key = take(&mut block, name).and_then(|name| text(&name));
                Ok((key.ok_or_else(|| wrong("a task or group"))?, block))
            })
            .collect(),
        Some(_) => Err(wrong("the tasks or groups")),
    }
}

/// The key with the prefixes of the groups around it.
fn full_id(key: &str, group: Option<&Datum>, parents: &Groups) -> String {
    let mut id = key.to_owned();
    let mut next =
        group.and_then(|name| if let Datum::Str(name) = name { Some(name.as_str()) } else { None });
    // A circle of groups, which dag-factory refuses, ends when every group had its turn.
    for _ in 0..=parents.len() {
        let Some((parent, has_prefix)) = next.and_then(|name| parents.get(name)) else { break };
        if *has_prefix && let Some(name) = next {
            id = format!("{name}.{id}");
        }
        next = parent.as_deref();
    }
    id
}

/// Takes an empty `expand` with a `partial`, which dag-factory reads as plain arguments, for such.
fn unwrap_partial(block: &mut Vec<(Datum, Datum)>) {
    let is_empty = matches!(get(block, "expand"), Some(Datum::Map(expand)) if expand.is_empty());
    if is_empty && let Some(Datum::Map(partial)) = get(block, "partial").cloned() {
        take(block, "expand");
        take(block, "partial");
        block.retain(|(key, _)| !partial.iter().any(|(other, _)| other == key));
        block.extend(partial);
    }
}

/// Dates that are written as text, as a date or as a datetime are one.
fn normalise_dates(block: &mut [(Datum, Datum)]) {
    for (_, value) in block.iter_mut().filter(|(key, _)| is(key, "start_date") || is(key, "end_date")) {
        let civil = match value {
            Datum::Date(date) => Some(date.to_datetime(jiff::civil::Time::midnight())),
            Datum::Str(text) if !text.ends_with(['Z', 'z']) => {
                let date = text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 10);
                let midnight = date.map(|date| date.to_datetime(jiff::civil::Time::midnight()));
                midnight.or_else(|| text.parse().ok().filter(|_| text.len() <= 26 && !text.contains('+')))
            }
            _ => None,
        };
        if let Some(civil) = civil {
            *value = Datum::DateTime(DateTime { civil, zone: None });
        }
    }
}

fn as_datum(member: &Member) -> Datum {
    let upstream = Datum::Set(member.upstream.iter().map(Datum::str).collect());
    Datum::Tuple(vec![
        Datum::str(&member.id),
        Datum::Bool(member.is_group),
        Datum::Map(member.parameters.clone()),
        upstream,
    ])
}

fn is(key: &Datum, name: &str) -> bool {
    matches!(key, Datum::Str(key) if key == name)
}

fn get<'a>(block: &'a [(Datum, Datum)], name: &str) -> Option<&'a Datum> {
    block.iter().find(|(key, _)| is(key, name)).map(|(_, value)| value)
}

fn take(block: &mut Vec<(Datum, Datum)>, name: &str) -> Option<Datum> {
    let place = block.iter().position(|(key, _)| is(key, name))?;
    Some(block.remove(place).1)
}

fn text(value: &Datum) -> Option<String> {
    if let Datum::Str(text) = value { Some(text.clone()) } else { None }
}

fn texts(value: &Datum) -> Vec<String> {
    match value {
        Datum::List(items) | Datum::Tuple(items) | Datum::Set(items) => {
            items.iter().filter_map(text).collect()
        }
        _ => text(value).into_iter().collect(),
    }
}
