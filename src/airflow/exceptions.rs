//! `airflow.exceptions`: the classes that DAG files name or that building a DAG raises.

use crate::value::exception::{self, Exception};
use crate::value::{Args, Eval, Native, Raise, Stop, Type, Value};

fn make(class: &'static Type, args: Args) -> Eval<Value> {
    Ok(Value::object(Exception::new(class, args.positional.into_iter().map(|arg| arg.value).collect())))
}

macro_rules! exceptions {
    ($($constant:ident $name:literal: $base:path;)+) => {
        $(
            #[doc = concat!("`", $name, "`.")]
            pub static $constant: Type = Type {
                base: Some(&$base),
                new: Native::new($name, |_, args| make(&$constant, args)).lenient(),
                ..Type::new("airflow.exceptions", $name, |_, args| make(&$constant, args))
            };
        )+

        /// All of them, for the table of names.
        pub static ALL: &[&Type] = &[$(&$constant),+];
    };
}

exceptions! {
    AIRFLOW_EXCEPTION "AirflowException": exception::EXCEPTION;
    AIRFLOW_BAD_REQUEST "AirflowBadRequest": AIRFLOW_EXCEPTION;
    AIRFLOW_NOT_FOUND "AirflowNotFoundException": AIRFLOW_EXCEPTION;
    AIRFLOW_CONFIG "AirflowConfigException": AIRFLOW_EXCEPTION;
    AIRFLOW_SENSOR_TIMEOUT "AirflowSensorTimeout": AIRFLOW_EXCEPTION;
    AIRFLOW_RESCHEDULE "AirflowRescheduleException": AIRFLOW_EXCEPTION;
    AIRFLOW_TASK_TIMEOUT "AirflowTaskTimeout": exception::BASE_EXCEPTION;
    AIRFLOW_TASK_TERMINATED "AirflowTaskTerminated": exception::BASE_EXCEPTION;
    AIRFLOW_WEBSERVER_TIMEOUT "AirflowWebServerTimeout": AIRFLOW_EXCEPTION;
    AIRFLOW_SKIP "AirflowSkipException": AIRFLOW_EXCEPTION;
    AIRFLOW_FAIL "AirflowFailException": AIRFLOW_EXCEPTION;
    AIRFLOW_OPTIONAL_PROVIDER "AirflowOptionalProviderFeatureException": AIRFLOW_EXCEPTION;
    AIRFLOW_DAG_CYCLE "AirflowDagCycleException": AIRFLOW_EXCEPTION;
    AIRFLOW_DAG_INCONSISTENT "AirflowDagInconsistent": AIRFLOW_EXCEPTION;
    FAIL_FAST_DAG_INVALID_TRIGGER_RULE "FailFastDagInvalidTriggerRule": AIRFLOW_EXCEPTION;
    AIRFLOW_CLUSTER_POLICY_VIOLATION "AirflowClusterPolicyViolation": AIRFLOW_EXCEPTION;
    AIRFLOW_TIMETABLE_INVALID "AirflowTimetableInvalid": AIRFLOW_EXCEPTION;
    XCOM_NOT_FOUND "XComNotFound": AIRFLOW_EXCEPTION;
    DAG_NOT_FOUND "DagNotFound": AIRFLOW_NOT_FOUND;
    DAG_RUN_NOT_FOUND "DagRunNotFound": AIRFLOW_NOT_FOUND;
    DAG_RUN_ALREADY_EXISTS "DagRunAlreadyExists": AIRFLOW_BAD_REQUEST;
    DUPLICATE_TASK_ID_FOUND "DuplicateTaskIdFound": AIRFLOW_EXCEPTION;
    TASK_ALREADY_IN_TASK_GROUP "TaskAlreadyInTaskGroup": AIRFLOW_EXCEPTION;
    TASK_NOT_FOUND "TaskNotFound": AIRFLOW_NOT_FOUND;
    TASK_DEFERRED "TaskDeferred": exception::BASE_EXCEPTION;
    TASK_DEFERRAL_ERROR "TaskDeferralError": AIRFLOW_EXCEPTION;
    PARAM_VALIDATION_ERROR "ParamValidationError": AIRFLOW_EXCEPTION;
    CONNECTION_NOT_UNIQUE "ConnectionNotUnique": AIRFLOW_EXCEPTION;
    REMOVED_IN_AIRFLOW_3_WARNING "RemovedInAirflow3Warning": exception::DEPRECATION_WARNING;
    REMOVED_IN_AIRFLOW_4_WARNING "RemovedInAirflow4Warning": exception::DEPRECATION_WARNING;
    AIRFLOW_PROVIDER_DEPRECATION_WARNING "AirflowProviderDeprecationWarning": exception::DEPRECATION_WARNING;
}

/// Raises one of these with a message.
pub fn raise<T>(class: &'static Type, message: impl Into<String>) -> Eval<T> {
    let exception = Exception::new(class, vec![Value::str(message.into())]);
    Err(Stop::Raise(Box::new(Raise { exception: Value::object(exception), span: None })))
}

/// Raises `AirflowException`.
pub fn airflow<T>(message: impl Into<String>) -> Eval<T> {
    raise(&AIRFLOW_EXCEPTION, message)
}

/// Raises `DuplicateTaskIdFound`.
pub fn duplicate<T>(message: impl Into<String>) -> Eval<T> {
    raise(&DUPLICATE_TASK_ID_FOUND, message)
}
