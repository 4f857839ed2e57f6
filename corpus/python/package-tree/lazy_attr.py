def __getattr__(name):
    if name == "magic":
        return "made"
    raise AttributeError(name)
