def lake(stage):
    return f"acme-{stage}-lake"
