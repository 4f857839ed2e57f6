import os
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from airflow.models import Variable

STAGE = os.environ.get("STAGE", "dev")
LAKE = Variable.get("lake_bucket")
LIMITS = Variable.get("limits", default_var={"gold": 3}, deserialize_json=True)


@dataclass(frozen=True)
class Mart:
    name: str
    schedule: str
    tables: list = field(default_factory=list)
    tier: str = "silver"

    @property
    def prefix(self) -> str:
        return f"marts/{self.tier}/{self.name}/"

    @property
    def pool_slots(self) -> int:
        return LIMITS.get(self.tier, 1)


def load_marts(path: Path):
    document = yaml.safe_load(path.read_text())
    return document["defaults"], [Mart(**mart) for mart in document["marts"]]
