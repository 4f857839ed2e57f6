//! What changed in meaning between two sets of definitions: DAGs, tasks, edges and parameters, order and spelling aside.
//!
//! Owns the reading of definitions as dag-factory reads them ([`Definition`]) and their comparison. Files, and how a difference
//! is shown, are left to `cli`.

use std::collections::{BTreeMap, BTreeSet};

use crate::datum::Datum;

mod definition;
mod value;

pub use definition::{Definition, Member, ReadError, read};
pub use value::inline;
use value::{canonical, changes};

/// What became of something between the old side and the new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is there on both sides.
    Changed,
    /// It is there on both sides, under another id before.
    Renamed {
        /// The id before.
        from: String,
    },
}

/// A value that is another now.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The keys that lead to it, dotted; list items by number in brackets.
    pub path: String,
    /// The value before; `None` where there was none.
    pub old: Option<Datum>,
    /// The value now; `None` where there is none.
    pub new: Option<Datum>,
}

/// A task or task group that is another now.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberChange {
    /// Its full id now; of one that is gone, before.
    pub id: String,
    /// Whether it is a task group.
    pub is_group: bool,
    /// The class path or decorator of a task.
    pub operator: Option<String>,
    /// What became of it.
    pub fate: Fate,
    /// What it is given otherwise.
    pub parameters: Vec<Change>,
}

/// An edge that is there on one side only, by full ids; ids that were renamed are the new ones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// What runs first.
    pub upstream: String,
    /// What waits.
    pub downstream: String,
}

/// A DAG that is another now.
#[derive(Debug, Clone, PartialEq)]
pub struct DagChange {
    /// Its id now; of one that is gone, before.
    pub dag_id: String,
    /// What became of it.
    pub fate: Fate,
    /// How many tasks it has now; of one that is gone, had.
    pub task_count: usize,
    /// What the DAG is given otherwise.
    pub parameters: Vec<Change>,
    /// Its tasks and groups that are others now, by id. Empty where the DAG is new or gone.
    pub members: Vec<MemberChange>,
    /// The edges that are new.
    pub edges_added: Vec<Edge>,
    /// The edges that are gone.
    pub edges_removed: Vec<Edge>,
}

/// The difference of two sets of definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The DAGs that differ, by id.
    pub dags: Vec<DagChange>,
    /// How many DAGs are the same on both sides.
    pub same: usize,
}

impl Comparison {
    /// Compares two sides, in each of which a dag_id stands once.
    pub fn of(old: &[Definition], new: &[Definition]) -> Self {
        let by_id = |side: &'_ [Definition]| -> BTreeMap<String, usize> {
            side.iter().enumerate().map(|(at, definition)| (definition.dag_id.clone(), at)).collect()
        };
        let (old_ids, new_ids) = (by_id(old), by_id(new));
        let only = |ids: &BTreeMap<String, usize>, others: &BTreeMap<String, usize>| -> Vec<usize> {
            ids.iter().filter(|(id, _)| !others.contains_key(*id)).map(|(_, at)| *at).collect()
        };
        let (removed, added) = (only(&old_ids, &new_ids), only(&new_ids, &old_ids));
        let content = |definition: &Definition| canonical(&definition.body);
        let pairs = renamed(
            removed.iter().map(|at| (*at, content(&old[*at]))).collect(),
            added.iter().map(|at| (*at, content(&new[*at]))).collect(),
        );
        let mut result = Self { dags: Vec::new(), same: 0 };
        for at in removed.into_iter().filter(|at| !pairs.iter().any(|(old, _)| old == at)) {
            result.dags.push(DagChange::whole(&old[at], Fate::Removed));
        }
        for at in added {
            let from = pairs.iter().find(|(_, new)| *new == at).map(|(from, _)| old[*from].dag_id.clone());
            result
                .dags
                .push(DagChange::whole(&new[at], from.map_or(Fate::Added, |from| Fate::Renamed { from })));
        }
        for (id, at) in &new_ids {
            let Some(before) = old_ids.get(id) else { continue };
            match DagChange::between(&old[*before], &new[*at]) {
                Some(change) => result.dags.push(change),
                None => result.same += 1,
            }
        }
        result.dags.sort_by(|a, b| a.dag_id.cmp(&b.dag_id));
        result
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.dags.is_empty()
    }
}

impl DagChange {
    fn whole(definition: &Definition, fate: Fate) -> Self {
        Self {
            dag_id: definition.dag_id.clone(),
            fate,
            task_count: definition.members.iter().filter(|member| !member.is_group).count(),
            parameters: Vec::new(),
            members: Vec::new(),
            edges_added: Vec::new(),
            edges_removed: Vec::new(),
        }
    }

    fn between(old: &Definition, new: &Definition) -> Option<Self> {
        let names = matched(old, new);
        let mut change = Self::whole(new, Fate::Changed);
        change.parameters = changes(&old.parameters, &new.parameters);
        for member in &new.members {
            let before = names.iter().find(|(_, now)| **now == member.id).map(|(before, _)| *before);
            let Some(before) = before.and_then(|id| old.member(id)) else {
                change.members.push(MemberChange::new(member, Fate::Added, Vec::new()));
                continue;
            };
            let parameters = changes(&before.parameters, &member.parameters);
            let fate = if before.id == member.id {
                Fate::Changed
            } else {
                Fate::Renamed { from: before.id.clone() }
            };
            if fate != Fate::Changed || !parameters.is_empty() {
                change.members.push(MemberChange::new(member, fate, parameters));
            }
        }
        let gone = old.members.iter().filter(|member| !names.contains_key(member.id.as_str()));
        change.members.extend(gone.map(|member| MemberChange::new(member, Fate::Removed, Vec::new())));
        change.members.sort_by(|a, b| a.id.cmp(&b.id));

        let name = |id: &str| names.get(id).copied().unwrap_or(id).to_owned();
        let before = edges(old, name);
        let now = edges(new, str::to_owned);
        change.edges_added = now.difference(&before).cloned().collect();
        change.edges_removed = before.difference(&now).cloned().collect();
        let is_same = change.parameters.is_empty() && change.members.is_empty();
        (!is_same || !change.edges_added.is_empty() || !change.edges_removed.is_empty()).then_some(change)
    }
}

impl MemberChange {
    fn new(member: &Member, fate: Fate, parameters: Vec<Change>) -> Self {
        let (id, is_group) = (member.id.clone(), member.is_group);
        Self { id, is_group, operator: member.operator(), fate, parameters }
    }
}

fn edges(definition: &Definition, name: impl Fn(&str) -> String) -> BTreeSet<Edge> {
    let edges = definition.members.iter().flat_map(|member| {
        member.upstream.iter().map(|upstream| Edge { upstream: name(upstream), downstream: name(&member.id) })
    });
    edges.collect()
}

/// The members that are on both sides, by their ids before and now: those of one id, then those that only have another id.
fn matched<'a>(old: &'a Definition, new: &'a Definition) -> BTreeMap<&'a str, &'a str> {
    let mut names: BTreeMap<&str, &str> = old
        .members
        .iter()
        .filter_map(|member| {
            let same = new.member(&member.id).filter(|other| other.is_group == member.is_group)?;
            Some((member.id.as_str(), same.id.as_str()))
        })
        .collect();
    // Those of the same neighbours first, which tells twins apart.
    for with_neighbours in [true, false] {
        let before: BTreeSet<&str> = names.keys().copied().collect();
        let now: BTreeSet<&str> = names.values().copied().collect();
        let rest = |definition: &'a Definition, known: &BTreeSet<&str>| -> Vec<(&'a str, String)> {
            let unknown = definition.members.iter().filter(|member| !known.contains(member.id.as_str()));
            let content = |member| content(definition, member, with_neighbours.then_some(known));
            unknown.map(|member| (member.id.as_str(), content(member))).collect()
        };
        names.extend(renamed(rest(old, &before), rest(new, &now)));
    }
    names
}

/// What a member is but for its id: what it is given, and its neighbours among those that are known.
fn content(definition: &Definition, member: &Member, known: Option<&BTreeSet<&str>>) -> String {
    let own = format!("{} {}", member.is_group, canonical(&Datum::Map(member.parameters.clone())));
    let Some(known) = known else { return own };
    let up = member.upstream.iter().map(String::as_str).filter(|id| known.contains(id));
    let down = definition.members.iter().filter(|other| other.upstream.contains(&member.id));
    let down = down.map(|other| other.id.as_str()).filter(|id| known.contains(id));
    let (up, down): (BTreeSet<&str>, BTreeSet<&str>) = (up.collect(), down.collect());
    format!("{own} {up:?} {down:?}")
}

/// Pairs of equal content, where just one on each side has it.
fn renamed<K: Copy>(old: Vec<(K, String)>, new: Vec<(K, String)>) -> Vec<(K, K)> {
    let by_content = |side: Vec<(K, String)>| {
        let mut map: BTreeMap<String, Vec<K>> = BTreeMap::new();
        for (key, content) in side {
            map.entry(content).or_default().push(key);
        }
        map
    };
    let (old, new) = (by_content(old), by_content(new));
    let pairs =
        old.iter().filter_map(|(content, keys)| match (keys.as_slice(), new.get(content)?.as_slice()) {
            ([before], [now]) => Some((*before, *now)),
            _ => None,
        });
    pairs.collect()
}

#[cfg(test)]
mod tests;
