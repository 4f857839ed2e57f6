ACTIVE_TABLES = []


def activate(*names):
    ACTIVE_TABLES.extend(names)
    return ACTIVE_TABLES
