//! Which modules and names can be imported from Airflow 2.10.5 and 3.0.6.

use super::blocks::{AIRFLOW_2_10, AIRFLOW_3_0, Blocks};

static AIRFLOW_2: Blocks = Blocks::new(include_str!("data/airflow-2.10.txt"), &AIRFLOW_2_10);
static AIRFLOW_3: Blocks = Blocks::new(include_str!("data/airflow-3.0.txt"), &AIRFLOW_3_0);

/// Whether Airflow 2.10.5 has the module, or the public name in a module, of this dotted path. The `standard` provider counts as
/// Airflow's own; other providers are never found.
pub fn exists_in_2(path: &str) -> bool {
    exists(&AIRFLOW_2, path)
}

/// Whether a path is of Airflow's own examples, which come with it and of which the catalogue knows nothing.
pub fn is_example(path: &str) -> bool {
    path.strip_prefix("airflow.example_dags").is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether Airflow 3.0.6 has the module, or the public name in a module, of this dotted path. The `standard` provider counts as
/// Airflow's own; other providers are never found.
pub fn exists_in_3(path: &str) -> bool {
    exists(&AIRFLOW_3, path)
}

/// Whether Airflow 2.10.5 or 3.0.6 has a module of this dotted path.
pub fn is_module(path: &str) -> bool {
    AIRFLOW_2.get(path).is_some() || AIRFLOW_3.get(path).is_some()
}

/// The one module of Airflow 3.0.6 that ends as this dotted path does (`utils.weekday.WeekDay`); `None` where there is none or are
/// several. Namesakes may be different things.
pub fn namesake_in_3(path: &str) -> Option<&'static str> {
    let (module, name) = path.rsplit_once('.')?;
    let mut last: Vec<&str> = module.rsplit('.').take(2).collect();
    last.reverse();
    let ending = format!(".{}", last.join("."));
    let mut found = AIRFLOW_3.iter().filter(|(module, lines)| {
        module.ends_with(&ending) && lines.iter().any(|line| line.split(' ').any(|found| found == name))
    });
    let (module, _) = found.next()?;
    found.next().is_none().then_some(module)
}

fn exists(airflow: &Blocks, path: &str) -> bool {
    if airflow.get(path).is_some() {
        return true;
    }
    let Some((module, name)) = path.rsplit_once('.') else { return false };
    let names = airflow.get(module).map(|(_, lines)| lines);
    names.is_some_and(|lines| lines.iter().any(|line| line.split(' ').any(|found| found == name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namesakes_are_singled_out() {
        let weekday = "airflow.providers.standard.utils.weekday";
        assert_eq!(namesake_in_3("airflow.utils.weekday.WeekDay"), Some(weekday));
        assert_eq!(namesake_in_3("airflow.utils.dates.days_ago"), None);
    }

    #[test]
    fn knows_what_came_and_went() {
        for (path, in_2, in_3) in [
            ("airflow", true, true),
            ("airflow.DAG", true, true),
            ("airflow.models.DAG", true, true),
            ("airflow.models.Variable", true, true),
            ("airflow.utils.dates.days_ago", true, false),
            ("airflow.operators.subdag.SubDagOperator", true, false),
            ("airflow.operators.dummy_operator.DummyOperator", true, false),
            ("airflow.operators.python.PythonOperator", true, true),
            ("airflow.providers.standard.operators.bash.BashOperator", true, true),
            ("airflow.sdk", false, true),
            ("airflow.sdk.DAG", false, true),
            ("airflow.sdk.Asset", false, true),
            ("airflow.decorators.task", true, true),
            ("airflow.models.dag.no_such_name", false, false),
            ("airflow.no_such_module", false, false),
            ("numpy", false, false),
        ] {
            assert_eq!((exists_in_2(path), exists_in_3(path)), (in_2, in_3), "{path}");
        }
    }
}
