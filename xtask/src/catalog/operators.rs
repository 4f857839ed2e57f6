//! Finds the operators of a release and writes them as `src/catalog/data/operators.txt`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::constructors;
use super::names::Binding;
use super::release::{Class, Release};
use super::signature::{self, Default, Signature};
use super::values::Scope;

/// A class that derives from `BaseOperator`.
#[derive(Debug)]
pub(crate) struct Operator {
    /// The paths of its direct base classes.
    pub(crate) bases: Vec<String>,
    /// The arguments that are rendered as templates; `None` where they cannot be worked out.
    pub(crate) template_fields: Option<Vec<String>>,
    /// The endings of texts in them that name a file with the template; `None` where they cannot be worked out.
    pub(crate) template_ext: Option<Vec<String>>,
    /// What its constructor takes.
    pub(crate) signature: Signature,
}

/// All operators of a release by path.
pub(crate) fn operators(release: &Release<'_>) -> BTreeMap<String, Operator> {
    let mut operators = BTreeMap::new();
    for class in classes(release) {
        if is_operator(release, class) {
            operators.insert(class.path(), operator(release, class));
        }
    }
    operators
}

/// All classes that modules of the release define.
pub(crate) fn classes<'a>(release: &Release<'a>) -> Vec<Class<'a>> {
    let mut classes = Vec::new();
    for module in release.modules() {
        for bindings in release.names(&module.name).bindings.values() {
            classes.extend(bindings.iter().find_map(|binding| match binding {
                Binding::Class(def) => Some(Class { module, def }),
                _ => None,
            }));
        }
    }
    classes
}

/// Whether a class derives from `BaseOperator`, or is it.
pub(crate) fn is_operator<'a>(release: &Release<'a>, class: Class<'a>) -> bool {
    release.mro(class).into_iter().any(|class| signature::is_base_operator(release, class))
}

fn operator<'a>(release: &Release<'a>, class: Class<'a>) -> Operator {
    let bases =
        release.bases(class).into_iter().map(|base| base.map_or_else(|path| path, |base| base.path()));
    let scope = Scope::new(release, class.module, Some(class));
    Operator {
        bases: bases.collect(),
        template_fields: scope.attribute(class, "template_fields").and_then(super::values::Value::strings),
        template_ext: scope.attribute(class, "template_ext").and_then(super::values::Value::strings),
        signature: if signature::is_base_operator(release, class) {
            let parameters = constructors::parameters(release, class);
            Signature { parameters, ..Signature::default() }
        } else {
            signature::signature(release, class)
        },
    }
}

/// Writes the operators as blocks. A block begins with the path of the class; its lines are
///
/// - `< path`: a base class; `+ path` the base class whose parameters are taken as well, `*` those of `BaseOperator`;
/// - `: name…`: the template fields; `/ .ending…`: the endings of texts that name a file with the template;
/// - `- name`: a parameter of that base class which is not taken;
/// - `name`: a parameter that is required; `name = literal`, `name ~ expression`: one with a default.
pub(crate) fn text(operators: &BTreeMap<String, Operator>) -> String {
    let mut text = String::new();
    for (path, operator) in operators {
        let _ = writeln!(text, "{path}");
        let parent = operator.bases.iter().find(|base| operators.contains_key(*base));
        let empty = Signature::default();
        let inherited = match parent.and_then(|parent| operators.get(parent)) {
            Some(parent) if operator.signature.base && parent.signature.base => &parent.signature,
            _ => &empty,
        };
        for base in &operator.bases {
            let sign = if inherited.base && Some(base) == parent { '+' } else { '<' };
            let _ = writeln!(text, " {sign} {base}");
        }
        if operator.signature.base && !inherited.base {
            text.push_str(" *\n");
        }
        match &operator.template_fields {
            Some(fields) if fields.is_empty() => {}
            Some(fields) => {
                let _ = writeln!(text, " : {}", fields.join(" "));
            }
            None => text.push_str(" : ?\n"),
        }
        match &operator.template_ext {
            Some(endings) if endings.is_empty() => {}
            Some(endings) => {
                let _ = writeln!(text, " / {}", endings.join(" "));
            }
            None => text.push_str(" / ?\n"),
        }
        let signature = &operator.signature;
        let mut missing: Vec<&str> = inherited
            .parameters
            .keys()
            .chain(&signature.filled)
            .filter(|name| !signature.parameters.contains_key(*name))
            .filter(|name| !inherited.filled.contains(*name))
            .map(String::as_str)
            .collect();
        missing.sort_unstable();
        missing.dedup();
        for name in missing {
            let _ = writeln!(text, " - {name}");
        }
        let own = signature
            .parameters
            .iter()
            .filter(|(name, default)| inherited.parameters.get(*name) != Some(default));
        write_parameters(&mut text, own);
    }
    text
}

/// Writes parameters as lines of a block.
pub(crate) fn write_parameters<'p>(
    text: &mut String,
    parameters: impl IntoIterator<Item = (&'p String, &'p Option<Default>)>,
) {
    for (name, default) in parameters {
        let _ = match default {
            None => writeln!(text, " {name}"),
            Some(Default::Literal(literal)) => writeln!(text, " {name} = {literal}"),
            Some(Default::Expression(source)) => writeln!(text, " {name} ~ {source}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::module::tests::modules;
    use super::*;

    const BASE: &str = "
class BaseOperator:
    template_fields = ()
    template_ext = ()
    def __init__(self, *, task_id: str, retries: int = 0, **kwargs): ...
";

    const SDK: &str = "
__lazy_imports = {'BaseOperator': '.bases.operator'}
def __getattr__(name): ...
";

    fn written(text: &str) -> String {
        let modules = modules(&[
            ("airflow.sdk.bases.operator", BASE),
            ("airflow.sdk.__init__", SDK),
            ("airflow.providers.x", text),
        ]);
        let release = Release::new([3, 0, 6], &modules);
        let text = super::text(&operators(&release));
        let own = text.lines().take_while(|line| !line.starts_with("airflow.sdk"));
        own.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_another_object_is_made_of_is_taken_too() {
        let cluster = |after: &str| {
            written(&format!(
                "
from airflow.sdk import BaseOperator
class Cluster:
    def __init__(self, project, workers=2): ...
class CreateOperator(BaseOperator):
    def __init__(self, *, name, config=None, **kwargs):
        if config is None:
            config = Cluster(**kwargs)
            {after}
        super().__init__(**kwargs)
"
            ))
        };
        let head = "airflow.providers.x.CreateOperator\n < airflow.sdk.bases.operator.BaseOperator\n *\n name\n config = None";
        assert_eq!(cluster("pass"), head);
        assert_eq!(cluster("del kwargs['workers']"), format!("{head}\n project ~ Cluster\n workers = 2"));
    }

    #[test]
    fn follows_parameters_to_the_bases() {
        let text = written(
            "
from airflow.sdk import BaseOperator
SECONDS = 60 * 60
class A(BaseOperator):
    template_fields = ('sql',)
    template_ext = ('.sql', '.hql')
    def __init__(self, *, sql, wait=SECONDS, mode='poke', **kwargs):
        super().__init__(**kwargs)
class B(A):
    template_fields = tuple({'table'} | set(A.template_fields))
    def __init__(self, table, wait=None, **kwargs):
        self.old = kwargs.pop('old', None)
        kwargs.setdefault('mode', 'reschedule')
        super().__init__(sql=f'select {table}', retries=3, **kwargs)
class C(B):
    def __init__(self): ...
",
        );
        let expected = "\
airflow.providers.x.A
 < airflow.sdk.bases.operator.BaseOperator
 *
 : sql
 / .sql .hql
 sql
 wait = 3600
 mode = \"poke\"
airflow.providers.x.B
 + airflow.providers.x.A
 : table sql
 / .sql .hql
 - retries
 - sql
 table
 wait = None
 old = None
 mode = \"reschedule\"
airflow.providers.x.C
 < airflow.providers.x.B
 : table sql
 / .sql .hql";
        assert_eq!(text, expected);
    }

    #[test]
    fn takes_the_branch_of_the_present_version() {
        let text = written(
            "
from airflow.sdk import BaseOperator
if AIRFLOW_V_3_1_PLUS:
    class Late(BaseOperator): ...
try:
    from airflow.missing import Base
except ImportError:
    from airflow.sdk import BaseOperator as Base
class Now(Base): ...
class Other: ...
",
        );
        assert_eq!(text, "airflow.providers.x.Now\n < airflow.sdk.bases.operator.BaseOperator\n *");
    }

    #[test]
    fn runs_helpers_that_put_template_fields_together() {
        let text = written(
            "
from airflow.sdk import BaseOperator
def fields(*names: str):
    if not all(isinstance(name, str) for name in names):
        raise TypeError
    return tuple(sorted({'conn_id'} | set(names)))
class A(BaseOperator):
    template_fields = fields('z', 'b')
class B(A):
    template_fields = tuple(name for name in A.template_fields if name != 'b')
class C(A):
    template_fields = unknown()
",
        );
        let fields: Vec<&str> = text.lines().filter(|line| line.starts_with(" :")).collect();
        assert_eq!(fields, [" : b conn_id z", " : conn_id z", " : ?"]);
    }
}
