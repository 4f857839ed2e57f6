from airflow.providers.amazon.aws.operators.athena import AthenaOperator


class UnloadTableOperator(AthenaOperator):
    """Unloads one table into the lake."""

    def __init__(self, *, table: str, bucket: str, prefix: str, **kwargs):
        super().__init__(
            query=f"UNLOAD (SELECT * FROM {table}) TO 's3://{bucket}/{prefix}{table}/' WITH (format = 'PARQUET')",
            database="core",
            output_location=f"s3://{bucket}/athena-results/",
            **kwargs,
        )
