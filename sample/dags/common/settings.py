"""What all DAGs of the team share."""
import os
from datetime import timedelta

STAGE = os.getenv("STAGE", "dev")
LAKE = f"acme-lake-{STAGE}"

DEFAULT_ARGS = {
    "owner": "data-platform",
    "retries": 2,
    "retry_delay": timedelta(minutes=5),
    "email_on_failure": False,
}
