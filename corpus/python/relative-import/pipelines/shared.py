from .values import CRON

SCHEDULE = CRON
