//! Operators, sensors and transfers: their bases, parameters and template fields.

use super::blocks::{Blocks, Lines};

/// Written by `cargo xtask catalog`, which says in `operators.rs` what each line means.
static OPERATORS: Blocks = Blocks::new(include_str!("data/operators.txt"));

/// The packages, by the module that holds all of their modules.
static PACKAGES: Blocks = Blocks::new(include_str!("data/packages.txt"));

const BASE_OPERATOR: &str = "airflow.sdk.bases.operator.BaseOperator";
const BASE_SENSOR: &str = "airflow.sdk.bases.sensor.BaseSensorOperator";

/// A class that derives from `BaseOperator`, or is it, in the present packages.
#[derive(Debug, Clone, Copy)]
pub struct OperatorInfo {
    path: &'static str,
    lines: Lines,
}

/// A parameter of a constructor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is where it is not given; `None` where it must be given.
    pub default: Option<Default>,
}

impl Parameter {
    /// Whether it must be given.
    pub fn is_required(&self) -> bool {
        self.default.is_none()
    }

    pub(super) fn read(line: &'static str) -> Self {
        if let Some((name, literal)) = line.split_once(" = ") {
            return Self { name, default: Some(Default::Literal(literal)) };
        }
        if let Some((name, source)) = line.split_once(" ~ ") {
            return Self { name, default: Some(Default::Expression(source)) };
        }
        Self { name: line, default: None }
    }
}

/// What a parameter is where it is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Default {
    /// A Python literal: constants, and tuples, lists, sets, frozensets and dicts of them.
    Literal(&'static str),
    /// The source of an expression that Python works out, such as `conf.getboolean(…)`.
    Expression(&'static str),
}

/// What one line of an operator's block says.
enum Line {
    Base(&'static str),
    BaseWithParameters(&'static str),
    TakesBaseOperator,
    TemplateFields(&'static str),
    TemplateEndings(&'static str),
    Without(&'static str),
    Parameter(Parameter),
}

impl Line {
    fn read(line: &'static str) -> Self {
        match line.split_at_checked(2) {
            Some(("< ", path)) => Self::Base(path),
            Some(("+ ", path)) => Self::BaseWithParameters(path),
            Some((": ", names)) => Self::TemplateFields(names),
            Some(("/ ", endings)) => Self::TemplateEndings(endings),
            Some(("- ", name)) => Self::Without(name),
            _ if line == "*" => Self::TakesBaseOperator,
            _ => Self::Parameter(Parameter::read(line)),
        }
    }
}

/// What the lines of an operator say about its parameters, with those of its bases.
#[derive(Default)]
struct Taken {
    parameters: Vec<Parameter>,
    base_operator: bool,
    without: Vec<&'static str>,
}

impl OperatorInfo {
    /// The path of the class, through the module that defines it.
    pub fn path(self) -> &'static str {
        self.path
    }

    /// The name of the class.
    pub fn name(self) -> &'static str {
        self.path.rsplit_once('.').map_or(self.path, |(_, name)| name)
    }

    fn lines(self) -> impl Iterator<Item = Line> {
        self.lines.iter().map(Line::read)
    }

    /// The paths of the direct base classes, in order. Those of other packages, such as `typing.Generic`, are among them.
    pub fn bases(self) -> impl Iterator<Item = &'static str> {
        self.lines().filter_map(|line| match line {
            Line::Base(path) | Line::BaseWithParameters(path) => Some(path),
            Line::TakesBaseOperator
            | Line::TemplateFields(_)
            | Line::TemplateEndings(_)
            | Line::Without(_)
            | Line::Parameter(_) => None,
        })
    }

    /// Whether the class of this path is among the ancestors of the class, or is the class itself.
    pub fn derives_from(self, path: &str) -> bool {
        self.path == path
            || self
                .bases()
                .any(|base| base == path || operator(base).is_some_and(|base| base.derives_from(path)))
    }

    /// Whether the class is a sensor.
    pub fn is_sensor(self) -> bool {
        self.derives_from(BASE_SENSOR)
    }

    fn taken(self) -> Taken {
        let (mut own, mut inherited) = (Vec::new(), Taken::default());
        let mut without = Vec::new();
        for line in self.lines() {
            match line {
                Line::BaseWithParameters(path) => {
                    inherited = operator(path).map(Self::taken).unwrap_or_default();
                }
                Line::TakesBaseOperator => inherited.base_operator = true,
                Line::Without(name) => without.push(name),
                Line::Parameter(parameter) => own.push(parameter),
                Line::Base(_) | Line::TemplateFields(_) | Line::TemplateEndings(_) => {}
            }
        }
        let is_own = |name: &str| own.iter().any(|own: &Parameter| own.name == name);
        inherited
            .parameters
            .retain(|parameter| !without.contains(&parameter.name) && !is_own(parameter.name));
        inherited.without.retain(|name| !is_own(name));
        inherited.without.extend(without);
        own.append(&mut inherited.parameters);
        Taken { parameters: own, ..inherited }
    }

    /// The parameters of the constructor, own ones first, then those that it hands on to base classes. Those of
    /// `BaseOperator` are left out: see [`takes`](Self::takes) and [`base_operator_parameters`].
    pub fn parameters(self) -> Vec<Parameter> {
        self.taken().parameters
    }

    /// The parameter of this name, one of `BaseOperator` included.
    pub fn parameter(self, name: &str) -> Option<Parameter> {
        let taken = self.taken();
        let found = taken.parameters.into_iter().find(|parameter| parameter.name == name);
        found.or_else(|| {
            let inherited = taken.base_operator && !taken.without.contains(&name);
            inherited.then(|| base_operator_parameters().find(|parameter| parameter.name == name)).flatten()
        })
    }

    /// Whether the constructor takes an argument of this name: its own, inherited, or `BaseOperator`'s. Anything else, and
    /// what a class on the way to `BaseOperator` fills in itself, is a `TypeError` in Airflow.
    pub fn takes(self, name: &str) -> bool {
        self.parameter(name).is_some()
    }

    /// The arguments that Airflow renders as Jinja templates, inherited ones included.
    pub fn template_fields(self) -> impl Iterator<Item = &'static str> {
        let fields = self.lines().find_map(|line| match line {
            Line::TemplateFields(names) => Some(names),
            Line::Base(_)
            | Line::BaseWithParameters(_)
            | Line::TakesBaseOperator
            | Line::TemplateEndings(_)
            | Line::Without(_)
            | Line::Parameter(_) => None,
        });
        fields.unwrap_or_default().split_ascii_whitespace()
    }

    /// The endings of texts in template fields that name a file with the template, such as `.sql`; inherited ones included.
    pub fn template_endings(self) -> impl Iterator<Item = &'static str> {
        let endings = self.lines().find_map(|line| match line {
            Line::TemplateEndings(endings) => Some(endings),
            Line::Base(_)
            | Line::BaseWithParameters(_)
            | Line::TakesBaseOperator
            | Line::TemplateFields(_)
            | Line::Without(_)
            | Line::Parameter(_) => None,
        });
        endings.unwrap_or_default().split_ascii_whitespace()
    }

    /// Whether the operator can hand its waiting to the triggerer.
    pub fn is_deferrable(self) -> bool {
        self.taken().parameters.iter().any(|parameter| parameter.name == "deferrable")
    }

    /// The package that declares the class, as `name==version`.
    pub fn package(self) -> &'static str {
        package_of(self.path).unwrap_or_default()
    }
}

/// The package that has a module of Airflow's, or a name in one, as `name==version`; `None` where no pinned package does.
pub fn package_of(path: &str) -> Option<&'static str> {
    let parents = std::iter::successors(Some(path), |path| path.rsplit_once('.').map(|(parent, _)| parent));
    parents.filter_map(|module| PACKAGES.get(module)).find_map(|(_, lines)| lines.iter().next())
}

/// The providers that are taken to be wherever Airflow is: those of the clusters that the targets run on, and what these need.
const AT_HAND: &[&str] = &[
    "airflow.providers.amazon",
    "airflow.providers.cncf.kubernetes",
    "airflow.providers.common.io",
    "airflow.providers.common.sql",
    "airflow.providers.http",
    "airflow.providers.standard",
];

/// Whether one of the providers that are at hand cannot be installed without the package of this top-level module.
///
/// Source: the metadata of the pinned packages.
pub fn is_required_by_a_provider(top: &str) -> bool {
    AT_HAND.iter().filter_map(|provider| PACKAGES.get(provider)).any(|(_, lines)| {
        let needs = lines.iter().filter_map(|line| line.strip_prefix("needs "));
        needs.flat_map(|needs| needs.split(' ')).any(|name| name == top)
    })
}

/// The operator whose class has this path, through the module that defines it, in the present packages.
pub fn operator(path: &str) -> Option<OperatorInfo> {
    OPERATORS.get(path).map(|(path, lines)| OperatorInfo { path, lines })
}

/// All operators, sorted by path. Base classes and the classes behind `@task.…` are among them.
pub fn operators() -> impl Iterator<Item = OperatorInfo> {
    OPERATORS.iter().map(|(path, lines)| OperatorInfo { path, lines })
}

/// The operators whose classes have this name, sorted by path. Reads the whole catalogue.
pub fn by_name(class_name: &str) -> impl Iterator<Item = OperatorInfo> {
    operators().filter(move |operator| operator.name() == class_name)
}

/// The parameters of `BaseOperator` in Airflow 3.0.6, in order.
pub fn base_operator_parameters() -> impl Iterator<Item = Parameter> {
    let base = operator(BASE_OPERATOR);
    base.into_iter().flat_map(|base| base.lines.iter()).map(Line::read).filter_map(|line| match line {
        Line::Parameter(parameter) => Some(parameter),
        Line::Base(_)
        | Line::BaseWithParameters(_)
        | Line::TakesBaseOperator
        | Line::TemplateFields(_)
        | Line::TemplateEndings(_)
        | Line::Without(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(path: &str) -> OperatorInfo {
        operator(path).unwrap_or_else(|| panic!("{path} is not in the catalogue"))
    }

    #[test]
    fn is_sorted_and_whole() {
        let paths: Vec<&str> = operators().map(OperatorInfo::path).collect();
        assert!(paths.is_sorted());
        for path in paths {
            let operator = named(path);
            assert!(operator.path() == BASE_OPERATOR || operator.derives_from(BASE_OPERATOR), "{path}");
            assert!(operator.template_fields().all(|field| field != "?"), "{path}");
            assert!(operator.template_endings().all(|ending| ending != "?"), "{path}");
            assert!(operator.package().contains("=="), "{path}");
        }
    }

    #[test]
    fn knows_what_an_operator_takes() {
        let athena = named("airflow.providers.amazon.aws.operators.athena.AthenaOperator");
        assert_eq!(athena.name(), "AthenaOperator");
        assert!(athena.parameter("query").is_some_and(|query| query.is_required()));
        let workgroup = athena.parameter("workgroup").and_then(|workgroup| workgroup.default);
        assert_eq!(workgroup, Some(Default::Literal("\"primary\"")));
        assert!(athena.takes("region_name") && athena.takes("retries") && athena.takes("task_id"));
        assert!(!athena.takes("sql") && !athena.takes("schedule_interval"));
        assert!(!athena.is_sensor() && athena.is_deferrable());
        assert!(athena.template_fields().any(|field| field == "aws_conn_id"));
        assert_eq!(athena.package(), "apache-airflow-providers-amazon==9.30.0");
    }

    #[test]
    fn tells_an_explicit_none_from_a_default() {
        let create = named("airflow.providers.amazon.aws.operators.eks.EksCreateClusterOperator");
        let compute = create.parameter("compute").and_then(|compute| compute.default);
        assert_eq!(compute, Some(Default::Literal("\"nodegroup\"")));
        let sensor = named("airflow.providers.amazon.aws.sensors.emr.EmrServerlessJobSensor");
        let states = sensor.parameter("target_states").and_then(|states| states.default);
        assert_eq!(states, Some(Default::Literal("frozenset({\"SUCCESS\"})")));
    }

    #[test]
    fn knows_sensors_and_their_inherited_parameters() {
        let sensor = named("airflow.providers.amazon.aws.sensors.s3.S3KeySensor");
        assert!(sensor.is_sensor());
        for name in ["bucket_key", "poke_interval", "mode", "aws_conn_id", "trigger_rule"] {
            assert!(sensor.takes(name), "{name}");
        }
    }

    #[test]
    fn finds_classes_by_name() {
        let paths: Vec<&str> = by_name("GlueJobOperator").map(OperatorInfo::path).collect();
        assert_eq!(paths, ["airflow.providers.amazon.aws.operators.glue.GlueJobOperator"]);
    }
}
