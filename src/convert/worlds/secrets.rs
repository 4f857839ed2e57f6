//! What was supplied and is secret: found by evaluating the file as if it had not been.

use super::compare::{Differences, compare};
use super::supply;
use crate::convert::model::Evaluated;
use crate::dag::Dag;
use crate::datum::{Cause, CauseKind};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::World;
use crate::source::Span;
use crate::target;

/// What was supplied and is secret by its name.
pub(super) struct Secrets(Vec<CauseKind>);

impl Secrets {
    pub(super) fn of(world: &World) -> Self {
        let variables = world.variables.keys().cloned().map(CauseKind::Variable);
        let env = world.env.keys().cloned().map(CauseKind::Environment);
        let config = world.config.keys().cloned().map(CauseKind::Config);
        // The password and the extra of a Connection are secrets, whatever its name.
        let in_env = world.env.keys().filter_map(|name| name.strip_prefix("AIRFLOW_CONN_"));
        let connections = world.connections.keys().map(String::as_str).chain(in_env);
        let connections = connections.map(|name| CauseKind::Connection(name.to_owned()));
        let named = variables.chain(env).chain(config).filter(is_secret);
        Self(named.chain(connections).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The world in which nobody supplied them.
    pub(super) fn hidden(&self, world: &World) -> World {
        let mut hidden = world.clone();
        hidden.variables.retain(|name, _| !self.0.contains(&CauseKind::Variable(name.clone())));
        hidden.env.retain(|name, _| !self.0.contains(&CauseKind::Environment(name.clone())));
        hidden.config.retain(|name, _| !self.0.contains(&CauseKind::Config(name.clone())));
        hidden.hide_connection_secrets = true;
        hidden
    }

    /// Refuses each DAG that one of them reaches.
    pub(super) fn refuse(base: &mut Evaluated, hidden: &Evaluated) {
        let help = "let the task read it when it runs, from a Connection or a secrets manager";
        let refusal = |span: Span, dag: &Dag, cause: Option<&Cause>| {
            let name = cause.and_then(|cause| supply(&cause.kind)).map(|(name, _)| name);
            let name = name.unwrap_or_else(|| "a value that is secret by its name".to_owned());
            let message = format!("{name} would stand in the definition, where all can read it");
            Diagnostic::error(codes::SECRET_IN_DEFINITION, span, message).dag(&dag.dag_id).help(help)
        };
        for dag in &mut base.dags {
            let found = hidden.dags.iter().find(|other| other.dag_id == dag.dag_id);
            let Some(Differences::Values(values)) = found.map(|other| compare(other, dag)) else {
                let finding = refusal(dag.span, dag, None);
                dag.findings.push(finding);
                continue;
            };
            for difference in &values {
                let mut finding = refusal(difference.span, dag, difference.cause.as_ref());
                finding.task_id.clone_from(&difference.task);
                finding.parameter.clone_from(&difference.parameter);
                dag.findings.push(finding);
            }
        }
    }
}

/// Whether something is secret by its name.
pub(in crate::convert) fn is_secret(kind: &CauseKind) -> bool {
    match kind {
        CauseKind::Variable(name) | CauseKind::Environment(name) => target::is_sensitive(name),
        CauseKind::Config(path) => target::is_sensitive(path.rsplit('.').next().unwrap_or(path)),
        CauseKind::Connection(_) => true,
        _ => false,
    }
}
