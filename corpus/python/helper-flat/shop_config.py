from datetime import timedelta

START = (2025, 4, 1)
SCHEDULES = {"daily": "0 5 * * *", "weekly": "0 5 * * 1"}
HEAVY = "wg-heavy"
DATABASE = "shop"
DEFAULT_ARGS = {"owner": "shop", "retries": 1, "retry_delay": timedelta(minutes=10)}
