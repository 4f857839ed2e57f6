class Job:
    def __init__(self, size):
        self.size = size

    def run(self, times=1):
        return self.size * times


nightly = Job(2)


def add(a, b):
    return a + b
