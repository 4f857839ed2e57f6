class A:
    kind = "a"
    def __init__(self, x=1, *rest, **named):
        self.x = x
    @property
    def y(self):
        return self.x * 2
    def __add__(self, other):
        return A(self.x + getattr(other, "x", other))
a = A(1) + A(2) + 3
try:
    a.z
except AttributeError as error:
    z = str(error)
