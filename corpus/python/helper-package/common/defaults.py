from datetime import timedelta


class Defaults:
    def __init__(self, owner, retries=2):
        self._args = dict(owner=owner, retries=retries, retry_delay=timedelta(minutes=1))

    def as_dict(self):
        return dict(self._args)
