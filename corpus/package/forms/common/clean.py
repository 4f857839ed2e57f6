from .rules import BAD


class Cleaner:
    @staticmethod
    def strip(text):
        return text.strip(BAD)

    @classmethod
    def name(cls):
        return cls.__name__


def clean(text):
    return Cleaner.strip(text).lower()
