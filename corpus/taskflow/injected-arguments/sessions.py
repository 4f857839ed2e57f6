from datetime import datetime

from airflow.decorators import dag, task


@dag(schedule=None, start_date=datetime(2030, 1, 1), catchup=False)
def sessions():
    @task.pyspark(conn_id="spark_lake")
    def count(table, spark, sc):
        return spark.table(table).count()

    @task.snowpark(snowflake_conn_id="snowflake_marts")
    def merge(rows, session):
        session.sql(f"call marts.merge({rows})").collect()

    merge(count(table="orders"))


sessions()
