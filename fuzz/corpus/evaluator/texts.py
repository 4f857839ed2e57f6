s = "%-5s|%05.2f" % ("a", 1.5)
t = f"{s!r:>20}{3:#x}{{}}"
u = "{0[a]}-{b.real:,}".format({"a": 1}, b=1234567)
v = s.split("|")[::-1], "a,b".partition(","), s.encode().hex(), "x".join(map(str, range(3)))
