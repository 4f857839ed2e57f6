import os

HERE = os.path.dirname(os.path.abspath(__file__))


def columns():
    with open(os.path.join(HERE, "columns.csv")) as file:
        return file.read().strip().split(",")
