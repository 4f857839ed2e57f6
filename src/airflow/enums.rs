//! Airflow's enums: classes whose members are strings for all purposes, with a name.

use std::rc::Rc;

use crate::datum::{CauseKind, Datum, Reference};
use crate::eval::{Collector, Vm};
use crate::value::{Args, Eval, Object, Operation, Stop, Value};

/// An enum of strings: one row.
pub struct StrEnum {
    /// `__name__`.
    pub name: &'static str,
    /// `__module__`.
    pub module: &'static str,
    /// Names and values, in order.
    pub members: &'static [(&'static str, &'static str)],
    /// Names that only older versions have, with their values.
    pub old: &'static [(&'static str, &'static str)],
    /// Static methods that give the set of all members.
    pub all: &'static [&'static str],
}

/// `TriggerRule`. Source: 1.10.15 to 3.0.6.
pub static TRIGGER_RULE: StrEnum = StrEnum {
    name: "TriggerRule",
    module: "airflow.utils.trigger_rule",
    members: &[
        ("ALL_SUCCESS", "all_success"),
        ("ALL_FAILED", "all_failed"),
        ("ALL_DONE", "all_done"),
        ("ALL_DONE_SETUP_SUCCESS", "all_done_setup_success"),
        ("ONE_SUCCESS", "one_success"),
        ("ONE_FAILED", "one_failed"),
        ("ONE_DONE", "one_done"),
        ("NONE_FAILED", "none_failed"),
        ("NONE_SKIPPED", "none_skipped"),
        ("ALWAYS", "always"),
        ("NONE_FAILED_MIN_ONE_SUCCESS", "none_failed_min_one_success"),
        ("ALL_SKIPPED", "all_skipped"),
    ],
    old: &[
        ("DUMMY", "dummy"),
        ("NONE_FAILED_OR_SKIPPED", "none_failed_or_skipped"),
        ("ALL_DONE_MIN_ONE_SUCCESS", "all_done_min_one_success"),
    ],
    all: &["all_triggers"],
};

/// `WeightRule`.
pub static WEIGHT_RULE: StrEnum = StrEnum {
    name: "WeightRule",
    module: "airflow.utils.weight_rule",
    members: &[("DOWNSTREAM", "downstream"), ("UPSTREAM", "upstream"), ("ABSOLUTE", "absolute")],
    old: &[],
    all: &["all_weight_rules"],
};

/// `State`: the values of its constants.
pub static STATE: StrEnum = StrEnum {
    name: "State",
    module: "airflow.utils.state",
    members: &[
        ("SUCCESS", "success"),
        ("RUNNING", "running"),
        ("FAILED", "failed"),
        ("REMOVED", "removed"),
        ("SCHEDULED", "scheduled"),
        ("QUEUED", "queued"),
        ("RESTARTING", "restarting"),
        ("UP_FOR_RETRY", "up_for_retry"),
        ("UP_FOR_RESCHEDULE", "up_for_reschedule"),
        ("UPSTREAM_FAILED", "upstream_failed"),
        ("SKIPPED", "skipped"),
        ("DEFERRED", "deferred"),
    ],
    old: &[("SHUTDOWN", "shutdown"), ("SENSING", "sensing")],
    all: &[],
};

/// `TaskInstanceState`.
pub static TASK_INSTANCE_STATE: StrEnum = StrEnum {
    name: "TaskInstanceState",
    module: "airflow.utils.state",
    members: &[
        ("REMOVED", "removed"),
        ("SCHEDULED", "scheduled"),
        ("QUEUED", "queued"),
        ("RUNNING", "running"),
        ("SUCCESS", "success"),
        ("RESTARTING", "restarting"),
        ("FAILED", "failed"),
        ("UP_FOR_RETRY", "up_for_retry"),
        ("UP_FOR_RESCHEDULE", "up_for_reschedule"),
        ("UPSTREAM_FAILED", "upstream_failed"),
        ("SKIPPED", "skipped"),
        ("DEFERRED", "deferred"),
    ],
    old: &[("SHUTDOWN", "shutdown")],
    all: &[],
};

/// `DagRunState`.
pub static DAG_RUN_STATE: StrEnum = StrEnum {
    name: "DagRunState",
    module: "airflow.utils.state",
    members: &[("QUEUED", "queued"), ("RUNNING", "running"), ("SUCCESS", "success"), ("FAILED", "failed")],
    old: &[],
    all: &[],
};

/// `DagRunType`.
pub static DAG_RUN_TYPE: StrEnum = StrEnum {
    name: "DagRunType",
    module: "airflow.utils.types",
    members: &[
        ("BACKFILL_JOB", "backfill"),
        ("SCHEDULED", "scheduled"),
        ("MANUAL", "manual"),
        ("ASSET_TRIGGERED", "asset_triggered"),
    ],
    old: &[("DATASET_TRIGGERED", "dataset_triggered")],
    all: &[],
};

impl StrEnum {
    /// The class as a value.
    pub fn value(&'static self) -> Value {
        Value::object(EnumClass(self))
    }

    fn named(&'static self, name: &str) -> Option<Value> {
        let all = || self.members.iter().chain(self.old);
        all()
            .find(|(own, _)| *own == name)
            .map(|&(name, value)| Value::object(Member { class: self, name, value }))
    }

    fn valued(&'static self, text: &str) -> Option<Value> {
        let all = || self.members.iter().chain(self.old);
        all()
            .find(|(_, value)| *value == text)
            .map(|&(name, value)| Value::object(Member { class: self, name, value }))
    }

    fn all(&'static self) -> Vec<Value> {
        self.members.iter().map(|&(name, value)| Value::object(Member { class: self, name, value })).collect()
    }
}

/// The member of an enum that a string or member names.
pub fn member_of(class: &'static StrEnum, value: &Value) -> Option<Value> {
    match value {
        Value::Str(text) => class.valued(text),
        other => other.downcast::<Member>().and_then(|member| class.valued(member.value)),
    }
}

/// The text of a string or a member.
pub fn text_of(value: &Value) -> Option<Rc<str>> {
    match value {
        Value::Str(text) => Some(Rc::clone(text)),
        other => other.downcast::<Member>().map(|member| member.value.into()),
    }
}

/// An enum class as a Python value.
pub struct EnumClass(pub &'static StrEnum);

impl Object for EnumClass {
    fn type_name(&self) -> Rc<str> {
        "EnumType".into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if let Some(member) = self.0.named(name) {
            return Ok(Some(member));
        }
        Ok(Some(match name {
            "__name__" | "__qualname__" => Value::str(self.0.name),
            "__module__" => Value::str(self.0.module),
            "NONE" if self.0.name == "State" => Value::None,
            "__members__" => {
                Value::dict(self.0.members.iter().filter_map(|(name, _)| Some((*name, self.0.named(name)?))))
            }
            name if self.0.all.contains(&name) => Value::object(AllMembers(self.0)),
            "is_valid" => Value::object(IsValid(self.0)),
            _ => Value::Unknown(
                vm.cause(CauseKind::NotModelled, format!("`{}.{name}` is not modelled", self.0.name)),
            ),
        }))
    }

    fn call(self: Rc<Self>, _vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let value = args.expect("value")?.known()?;
        args.finish()?;
        member_of(self.0, &value)
            .ok_or_else(|| Stop::value_error(format!("{value:?} is not a valid {}", self.0.name)))
    }

    fn item(self: Rc<Self>, _vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        let key = key.known()?;
        match key.as_str().and_then(|name| self.0.named(name)) {
            Some(member) => Ok(Some(member)),
            None => Err(Stop::key_error(key)),
        }
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        Ok(Some(self.0.all()))
    }

    fn len(&self) -> Eval<Option<usize>> {
        Ok(Some(self.0.members.len()))
    }

    fn truth(&self) -> Eval<bool> {
        Ok(true)
    }

    fn contains(self: Rc<Self>, _vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        Ok(Some(member_of(self.0, key).is_some()))
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<EnumClass>().is_some_and(|other| std::ptr::eq(self.0, other.0))
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("{}.{}", self.0.module, self.0.name))
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::Reference(Reference {
            module: Some(self.0.module.to_owned()),
            name: self.0.name.to_owned(),
            span: None,
            captured: Vec::new(),
        })
    }
}

struct AllMembers(&'static StrEnum);

impl Object for AllMembers {
    fn call(self: Rc<Self>, _vm: &mut Vm, args: Args) -> Eval<Value> {
        args.finish()?;
        Ok(Value::list(self.0.all()))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a method of an enum is used as a value"))
    }
}

struct IsValid(&'static StrEnum);

impl Object for IsValid {
    fn call(self: Rc<Self>, _vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let value = args.expect("value")?.known()?;
        args.finish()?;
        Ok(Value::Bool(member_of(self.0, &value).is_some()))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a method of an enum is used as a value"))
    }
}

/// A member: a string that knows its name.
pub struct Member {
    class: &'static StrEnum,
    name: &'static str,
    value: &'static str,
}

impl Object for Member {
    fn class_value(&self) -> Option<Value> {
        Some(self.class.value())
    }

    fn type_name(&self) -> Rc<str> {
        self.class.name.into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(Some(match name {
            "value" | "_value_" => Value::str(self.value),
            "name" | "_name_" => Value::str(self.name),
            _ => return vm.attr(&Value::str(self.value), name).map(Some),
        }))
    }

    fn binary(
        self: Rc<Self>,
        vm: &mut Vm,
        Operation { op, other, reflected, .. }: Operation<'_>,
    ) -> Eval<Option<Value>> {
        let own = Value::str(self.value);
        let other = text_of(other).map_or_else(|| other.clone(), Value::Str);
        if reflected { vm.binary(op, &other, &own).map(Some) } else { vm.binary(op, &own, &other).map(Some) }
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(Some(text_of(other).is_some_and(|text| &*text == self.value)))
    }

    fn is_same(&self, other: &Value) -> bool {
        other
            .downcast::<Member>()
            .is_some_and(|other| std::ptr::eq(self.class, other.class) && self.value == other.value)
    }

    fn built_in(&self) -> Option<Value> {
        Some(Value::str(self.value))
    }

    fn len(&self) -> Eval<Option<usize>> {
        Ok(Some(self.value.len()))
    }

    fn str(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(self.value.into())
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(format!("<{}.{}: '{}'>", self.class.name, self.name, self.value).into())
    }

    fn format(&self, vm: &mut Vm, spec: &str) -> Eval<Rc<str>> {
        vm.format(&Value::str(self.value), spec)
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::str(self.value)
    }
}
