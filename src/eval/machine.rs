//! The facts of the machine where Airflow runs that a user can say: their names, as `--machine` and the inputs file take them.

/// The names, each with what it is; beside them `which.COMMAND` is the path of a command, empty where it is not installed.
pub const FACTS: &[(&str, &str)] = &[
    ("airflow-home", "the folder `AIRFLOW_HOME`"),
    ("architecture", "the kind of processor, as `platform.machine()` names it,"),
    ("cwd", "the current directory"),
    ("executable", "the path of the Python interpreter"),
    ("home", "the home directory"),
    ("hostname", "the name of the host"),
    ("platform", "the operating system, as `sys.platform` names it,"),
    ("python-version", "the version of Python"),
    ("tempdir", "the folder for temporary files"),
    ("user", "the name of the user"),
    ("virtualenv", "whether `virtualenv` is installed"),
];

/// Whether a fact goes by that name.
pub fn is_fact(name: &str) -> bool {
    FACTS.iter().any(|(fact, _)| *fact == name)
        || name.strip_prefix("which.").is_some_and(|command| !command.is_empty())
}
