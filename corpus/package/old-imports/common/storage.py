try:
    from airflow.hooks.S3_hook import S3Hook
except ImportError:
    from airflow.providers.amazon.aws.hooks.s3 import S3Hook

from airflow.hooks.base_hook import (
    BaseHook,
)


def hook_name():
    return [S3Hook.__name__, BaseHook.__name__]
