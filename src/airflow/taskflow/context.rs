//! Names that Airflow fills in when a task runs.

/// Names that a function may take which Airflow fills in when it runs. Source: `KNOWN_CONTEXT_KEYS` of 2.10.5 and 3.0.6.
const CONTEXT_KEYS: &[&str] = &[
    "conf",
    "conn",
    "dag",
    "dag_run",
    "data_interval_end",
    "data_interval_start",
    "ds",
    "ds_nodash",
    "end_date",
    "exception",
    "execution_date",
    "expanded_ti_count",
    "inlet_events",
    "inlets",
    "logical_date",
    "macros",
    "map_index_template",
    "next_ds",
    "next_ds_nodash",
    "next_execution_date",
    "outlet_events",
    "outlets",
    "params",
    "prev_data_interval_end_success",
    "prev_data_interval_start_success",
    "prev_ds",
    "prev_ds_nodash",
    "prev_end_date_success",
    "prev_execution_date",
    "prev_execution_date_success",
    "prev_start_date_success",
    "reason",
    "run_id",
    "start_date",
    "task",
    "task_instance",
    "task_instance_key_str",
    "task_reschedule_count",
    "templates_dict",
    "test_mode",
    "ti",
    "tomorrow_ds",
    "tomorrow_ds_nodash",
    "triggering_asset_events",
    "triggering_dataset_events",
    "try_number",
    "ts",
    "ts_nodash",
    "ts_nodash_with_tz",
    "var",
    "yesterday_ds",
    "yesterday_ds_nodash",
];

pub(super) fn is_context_key(name: &str) -> bool {
    CONTEXT_KEYS.binary_search(&name).is_ok()
}

/// Whether the decorator of a function fills a parameter when it runs, and makes it optional until then.
///
/// Source: `SPARK_CONTEXT_KEYS` of apache-spark 6.3.4.
pub(super) fn is_filled(decorator: &str, name: &str) -> bool {
    is_context_key(name) || (decorator == "task.pyspark" && matches!(name, "spark" | "sc"))
}

/// The parameter that a decorator passes `None` for until the function runs, where the function has it and `op_kwargs` is a dict.
///
/// Source: `inject_session_into_op_kwargs` of snowflake 6.20.0.
pub(super) fn injected(decorator: &str) -> Option<&'static str> {
    (decorator == "task.snowpark").then_some("session")
}

#[cfg(test)]
mod tests {
    #[test]
    fn context_keys_are_sorted() {
        assert!(super::CONTEXT_KEYS.is_sorted());
    }
}
