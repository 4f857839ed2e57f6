from ..constants import PREFIX

STAGE = "prod"


def function_name(step):
    return "-".join((PREFIX, STAGE, step))


def dag_id(name):
    return f"{STAGE}_{name}"
