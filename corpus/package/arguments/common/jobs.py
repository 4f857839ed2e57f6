def add(a, b):
    return a + b


def larger(than, files):
    return len(files) > than
