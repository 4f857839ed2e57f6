//! Folders of DAG files to measure with: made up, in the manner of real ones, and the same for the same number of files.
//!
//! What the kinds of file do, and how often, follows what real DAG files do most: `default_args` from a shared module, `with DAG`,
//! operators of AWS, loops that make tasks, task groups, TaskFlow functions, factories, Jinja templates.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::project;

/// The module that all DAG files import.
const COMMON: &str = include_str!("common.py.txt");

/// The folder with that many DAG files, below `target/bench`; it is made where it is not there.
pub(super) fn folder(count: usize) -> Result<PathBuf> {
    let folder = project::root().join(format!("target/bench/dags-{count}"));
    let marker = folder.join(".complete");
    let digest = project::sha256(format!("{COMMON}{}", (0..KINDS).map(file).collect::<String>()).as_bytes());
    if fs::read_to_string(&marker).is_ok_and(|known| known == digest) {
        return Ok(folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    write(&folder, count)?;
    fs::write(marker, digest)?;
    Ok(folder)
}

/// Writes the DAG files, a hundred to a subfolder, and the module that they share.
pub(super) fn write(folder: &Path, count: usize) -> Result<()> {
    fs::create_dir_all(folder.join("common"))?;
    fs::write(folder.join("common/__init__.py"), "")?;
    fs::write(folder.join("common/settings.py"), COMMON)?;
    for index in 0..count {
        let team = folder.join(format!("team_{:03}", index / 100));
        if index % 100 == 0 {
            fs::create_dir_all(&team)?;
        }
        fs::write(team.join(format!("pipeline_{index:05}.py")), file(index))?;
    }
    Ok(())
}

/// How many kinds of file there are.
const KINDS: usize = 5;

/// The text of one DAG file.
fn file(index: usize) -> String {
    let mut dice = Dice(index as u64);
    match index % KINDS {
        0 => loads(index, &mut dice),
        1 => loop_over_tables(index, &mut dice),
        2 => groups(index, &mut dice),
        3 => functions(index, &mut dice),
        _ => factory(index, &mut dice),
    }
}

/// Numbers that look like chance and are none (SplitMix64).
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut state = self.0;
        state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((state >> 33) % sides as u64).unwrap_or_default()
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len())]
    }
}

const TOPICS: &[&str] = &["orders", "customers", "invoices", "clicks", "stock", "refunds", "shipments"];
const SCHEDULES: &[&str] = &["@daily", "@hourly", "0 6 * * *", "30 2 * * 1-5", "@weekly"];

/// Sensors and queries in a chain, with templates.
fn loads(index: usize, dice: &mut Dice) -> String {
    let topic = dice.one_of(TOPICS);
    let schedule = dice.one_of(SCHEDULES);
    let mut text = format!(
        r#""""Loads {topic} of partner {index} into the lake."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor

from common.settings import BUCKET, DEFAULT_ARGS, location

with DAG(
    "load_{topic}_{index}",
    description="Loads {topic}",
    default_args=DEFAULT_ARGS,
    schedule="{schedule}",
    start_date=datetime(2030, 1, 1),
    catchup=False,
    tags=["lake", "{topic}"],
) as dag:
    wait = S3KeySensor(
        task_id="wait",
        bucket_key=f"s3://{{BUCKET}}/{topic}/{{{{{{{{ ds }}}}}}}}/done",
        timeout=timedelta(hours=2).total_seconds(),
    )
"#
    );
    let mut before = "wait".to_owned();
    for step in 0..3 + dice.roll(9) {
        let name = format!("query_{step}");
        let _ = write!(
            text,
            r#"    {name} = AthenaOperator(
        task_id="{name}",
        query="""
            INSERT INTO {topic}_{step}
            SELECT * FROM raw_{topic} WHERE day = '{{{{ ds }}}}' AND part = {step}
        """,
        database="lake",
        output_location=location("{topic}", {step}),
    )
    {before} >> {name}
"#
        );
        before = name;
    }
    text
}

/// Tasks made in a loop over a list of tables.
fn loop_over_tables(index: usize, dice: &mut Dice) -> String {
    let tables: Vec<String> =
        (0..3 + dice.roll(12)).map(|n| format!("    \"{}_{n}\",\n", dice.one_of(TOPICS))).collect();
    let schedule = dice.one_of(SCHEDULES);
    format!(
        r#"from datetime import datetime

from airflow.models import DAG
from airflow.models.baseoperator import chain
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

from common import settings

TABLES = [
{}]

dag = DAG(
    dag_id="tables_{index}",
    schedule="{schedule}",
    start_date=datetime(2030, 1, {}),
    catchup=False,
    default_args={{**settings.DEFAULT_ARGS, "retries": {}}},
)

done = SnsPublishOperator(
    task_id="done",
    target_arn=settings.TOPIC,
    message="{{{{ dag.dag_id }}}} of {{{{ ds }}}} is done",
    dag=dag,
)

jobs = []
for number, table in enumerate(TABLES):
    job = GlueJobOperator(
        task_id=f"load_{{table}}",
        job_name=settings.job_name(table),
        script_args={{"--table": table, "--day": "{{{{ ds }}}}", "--number": str(number)}},
        num_of_dpus=2 if number % 2 == 0 else 4,
        dag=dag,
    )
    if jobs and number % 3 == 0:
        jobs[-1] >> job
    jobs.append(job)

chain(jobs, done)
"#,
        tables.concat(),
        1 + dice.roll(28),
        dice.roll(5),
    )
}

/// Task groups, fan-out and fan-in.
fn groups(index: usize, dice: &mut Dice) -> String {
    let topic = dice.one_of(TOPICS);
    let regions = 2 + dice.roll(4);
    format!(
        r#"import pendulum

from airflow.sdk import DAG, TaskGroup
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator, S3DeleteObjectsOperator

from common.settings import BUCKET, DEFAULT_ARGS

REGIONS = [f"region-{{n}}" for n in range({regions})]

with DAG(
    dag_id="regions_{topic}_{index}",
    default_args=DEFAULT_ARGS,
    schedule="{}",
    start_date=pendulum.datetime(2030, 2, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
):
    start = LambdaInvokeFunctionOperator(task_id="start", function_name="start-{topic}", payload='{{"run": {index}}}')
    finish = LambdaInvokeFunctionOperator(
        task_id="finish", function_name="finish-{topic}", trigger_rule="none_failed", payload="{{}}"
    )
    for region in REGIONS:
        with TaskGroup(region.replace("-", "_")) as group:
            copy = S3CopyObjectOperator(
                task_id="copy",
                source_bucket_key=f"s3://{{BUCKET}}/{{region}}/{topic}",
                dest_bucket_key=f"s3://{{BUCKET}}/all/{{region}}/{topic}",
            )
            clean = S3DeleteObjectsOperator(task_id="clean", bucket=BUCKET, keys=[f"{{region}}/{topic}"])
            copy >> clean
        start >> group >> finish
"#,
        dice.one_of(SCHEDULES)
    )
}

/// TaskFlow functions, whose code travels in a package.
fn functions(index: usize, dice: &mut Dice) -> String {
    let topic = dice.one_of(TOPICS);
    let mut text = format!(
        r#"from datetime import datetime

from airflow.decorators import dag, task

from common.settings import DEFAULT_ARGS, location

LIMIT = {}


def clean(rows):
    return [row for row in rows if row.get("amount", 0) < LIMIT]


@dag(
    dag_id="functions_{topic}_{index}",
    schedule="{}",
    start_date=datetime(2030, 1, 1),
    catchup=False,
    default_args=DEFAULT_ARGS,
)
def pipeline():
    @task
    def extract(source):
        return [{{"source": source, "amount": n}} for n in range(10)]

    @task
    def transform(rows):
        return clean(rows)

    @task(retries=2)
    def load(rows, to):
        print(len(rows), to)

"#,
        100 + dice.roll(900),
        dice.one_of(SCHEDULES),
    );
    for step in 0..=dice.roll(3) {
        let _ =
            writeln!(text, "    load(transform(extract(\"{topic}_{step}\")), location(\"{topic}\", {step}))");
    }
    text.push_str("\n\npipeline()\n");
    text
}

/// A function that makes several DAGs.
fn factory(index: usize, dice: &mut Dice) -> String {
    let mut teams = String::new();
    for team in 0..=dice.roll(3) {
        let _ = writeln!(
            teams,
            "    \"team{team}\": {{\"schedule\": \"{}\", \"steps\": {}, \"owner\": \"team{team}\"}},",
            dice.one_of(SCHEDULES),
            2 + dice.roll(6)
        );
    }
    format!(
        r#"from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import EmrServerlessStartJobOperator

from common.settings import DEFAULT_ARGS, spark_job

TEAMS = {{
{teams}}}


def make(team, config):
    args = dict(DEFAULT_ARGS)
    args["owner"] = config["owner"]
    with DAG(
        f"{{team}}_reports_{index}",
        default_args=args,
        schedule=config["schedule"],
        start_date=datetime(2030, 1, 1),
        catchup=False,
        dagrun_timeout=timedelta(hours=config["steps"]),
    ) as made:
        previous = None
        for step in range(config["steps"]):
            run = EmrServerlessStartJobOperator(
                task_id=f"step_{{step}}",
                application_id="{{{{ params.application }}}}" if step % 2 else "00f1",
                execution_role_arn="arn:aws:iam::123456789012:role/emr",
                job_driver=spark_job(team, step),
                configuration_overrides={{"monitoringConfiguration": {{"s3MonitoringConfiguration": {{"logUri": "s3://logs/"}}}}}},
            )
            if previous is not None:
                previous >> run
            previous = run
    return made


for name, config in TEAMS.items():
    globals()[f"dag_{{name}}"] = make(name, config)
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_gives_the_same_files() -> Result<()> {
        let (first, second) = (tempfile::tempdir()?, tempfile::tempdir()?);
        for folder in [&first, &second] {
            write(folder.path(), 10)?;
        }
        for index in 0..10 {
            let name = format!("team_000/pipeline_{index:05}.py");
            let text = fs::read_to_string(first.path().join(&name))?;
            assert_eq!(text, fs::read_to_string(second.path().join(&name))?);
            assert!(text.contains("common"), "{text}");
        }
        Ok(())
    }
}
