//! Operators, sensors and transfers: their bases, parameters and template fields.

use std::collections::HashSet;
use std::sync::{LazyLock, OnceLock};

use super::blocks::{self, Blocks, Lines, Table};

/// Written by `cargo xtask catalog`, which says in `operators.rs` what each line means.
static OPERATORS: Table<Class> =
    Table::new(Blocks::new(include_str!("data/operators.txt"), &blocks::OPERATORS), &SLOTS, Class::read);

static SLOTS: [OnceLock<Class>; blocks::OPERATORS.starts.len()] =
    [const { OnceLock::new() }; blocks::OPERATORS.starts.len()];

/// The packages, by the module that holds all of their modules.
static PACKAGES: Blocks = Blocks::new(include_str!("data/packages.txt"), &blocks::PACKAGES);

const BASE_OPERATOR: &str = "airflow.sdk.bases.operator.BaseOperator";
const BASE_SENSOR: &str = "airflow.sdk.bases.sensor.BaseSensorOperator";

/// A class that derives from `BaseOperator`, or is it, in the present packages.
#[derive(Debug, Clone, Copy)]
pub struct OperatorInfo(&'static Class);

/// What the block of a class says, with what it has from its bases.
#[derive(Debug)]
struct Class {
    path: &'static str,
    /// The direct bases.
    bases: Vec<&'static str>,
    /// All bases of the catalogue, and the direct ones of other packages.
    ancestors: Vec<&'static str>,
    template_fields: Vec<&'static str>,
    template_endings: Vec<&'static str>,
    parameters: Vec<Parameter>,
    /// Whether the parameters of `BaseOperator` are taken too.
    base_operator: bool,
    /// Those of them that are not.
    without: Vec<&'static str>,
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

impl Class {
    fn read(path: &'static str, lines: Lines) -> Self {
        let words = |text: &'static str| text.split_ascii_whitespace().collect();
        let (mut bases, mut template_fields, mut template_endings) = (Vec::new(), Vec::new(), Vec::new());
        let (mut parameters, mut without) = (Vec::new(), Vec::new());
        let (mut giving, mut base_operator): (Option<OperatorInfo>, bool) = (None, false);
        for line in lines.iter().map(Line::read) {
            match line {
                Line::Base(path) => bases.push(path),
                Line::BaseWithParameters(path) => {
                    bases.push(path);
                    giving = operator(path);
                }
                Line::TakesBaseOperator => base_operator = true,
                Line::TemplateFields(names) => template_fields = words(names),
                Line::TemplateEndings(endings) => template_endings = words(endings),
                Line::Without(name) => without.push(name),
                Line::Parameter(parameter) => parameters.push(parameter),
            }
        }
        if let Some(OperatorInfo(giving)) = giving {
            let own = parameters.len();
            let is_own = |own: &[Parameter], name: &str| own.iter().any(|own| own.name == name);
            for inherited in &giving.parameters {
                if !without.contains(&inherited.name) && !is_own(&parameters[..own], inherited.name) {
                    parameters.push(*inherited);
                }
            }
            without.extend(giving.without.iter().filter(|name| !is_own(&parameters[..own], name)));
            base_operator |= giving.base_operator;
        }
        let mut ancestors = bases.clone();
        for base in &bases {
            ancestors.extend(operator(base).map_or(&[][..], |base| &base.0.ancestors));
        }
        Self { path, bases, ancestors, template_fields, template_endings, parameters, base_operator, without }
    }
}

impl OperatorInfo {
    /// The path of the class, through the module that defines it.
    pub fn path(self) -> &'static str {
        self.0.path
    }

    /// The name of the class.
    pub fn name(self) -> &'static str {
        class_name(self.0.path)
    }

    /// The paths of the direct base classes, in order. Those of other packages, such as `typing.Generic`, are among them.
    pub fn bases(self) -> impl Iterator<Item = &'static str> {
        self.0.bases.iter().copied()
    }

    /// Whether the class of this path is among the ancestors of the class, or is the class itself.
    pub fn derives_from(self, path: &str) -> bool {
        self.0.path == path || self.0.ancestors.contains(&path)
    }

    /// Whether the class is a sensor.
    pub fn is_sensor(self) -> bool {
        self.derives_from(BASE_SENSOR)
    }

    /// The parameters of the constructor, own ones first, then those that it hands on to base classes. Those of
    /// `BaseOperator` are left out: see [`takes`](Self::takes) and [`base_operator_parameters`].
    pub fn parameters(self) -> &'static [Parameter] {
        &self.0.parameters
    }

    /// The parameter of this name, one of `BaseOperator` included.
    pub fn parameter(self, name: &str) -> Option<Parameter> {
        let found = self.0.parameters.iter().find(|parameter| parameter.name == name).copied();
        found.or_else(|| {
            let inherited = self.0.base_operator && !self.0.without.contains(&name);
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
        self.0.template_fields.iter().copied()
    }

    /// The endings of texts in template fields that name a file with the template, such as `.sql`; inherited ones included.
    pub fn template_endings(self) -> impl Iterator<Item = &'static str> {
        self.0.template_endings.iter().copied()
    }

    /// Whether the operator can hand its waiting to the triggerer.
    pub fn is_deferrable(self) -> bool {
        self.0.parameters.iter().any(|parameter| parameter.name == "deferrable")
    }

    /// The package that declares the class, as `name==version`.
    pub fn package(self) -> &'static str {
        package_of(self.0.path).unwrap_or_default()
    }
}

/// The last part of a dotted path.
fn class_name(path: &'static str) -> &'static str {
    path.rsplit_once('.').map_or(path, |(_, name)| name)
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

static NEEDED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines =
        AT_HAND.iter().filter_map(|provider| PACKAGES.get(provider)).flat_map(|(_, lines)| lines.iter());
    lines.filter_map(|line| line.strip_prefix("needs ")).flat_map(|needs| needs.split(' ')).collect()
});

/// Whether one of the providers that are at hand cannot be installed without the package of this top-level module.
///
/// Source: the metadata of the pinned packages.
pub fn is_required_by_a_provider(top: &str) -> bool {
    NEEDED.contains(top)
}

/// The operator whose class has this path, through the module that defines it, in the present packages.
pub fn operator(path: &str) -> Option<OperatorInfo> {
    OPERATORS.get(path).map(OperatorInfo)
}

/// All operators, sorted by path. Base classes and the classes behind `@task.…` are among them.
pub fn operators() -> impl Iterator<Item = OperatorInfo> {
    OPERATORS.iter().map(OperatorInfo)
}

/// The operators whose classes have this name, sorted by path. Looks at the whole catalogue.
pub fn by_name(name: &str) -> impl Iterator<Item = OperatorInfo> {
    let titles = OPERATORS.titles().filter(move |path| class_name(path) == name);
    titles.filter_map(operator)
}

/// The parameters of `BaseOperator` in Airflow 3.0.6, in order.
pub fn base_operator_parameters() -> impl Iterator<Item = Parameter> {
    static BASE: LazyLock<Option<OperatorInfo>> = LazyLock::new(|| operator(BASE_OPERATOR));
    BASE.iter().flat_map(|base| &base.0.parameters).copied()
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
        // Its constructor makes the description of a cluster of what is left.
        let cluster =
            named("airflow.providers.google.cloud.operators.dataproc.DataprocCreateClusterOperator");
        assert!(cluster.takes("num_workers") && !cluster.takes("workers"));
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
