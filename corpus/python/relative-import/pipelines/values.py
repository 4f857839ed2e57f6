CRON = "0 9 * * *"
