[1, 2] + [3]
[1, 2] + (3,)
[1] * 3
[1] * -1
[[]] * 2
[1, 2, 3][0]
[1, 2, 3][-1]
[1, 2, 3][3]
[1, 2, 3]["a"]
[1, 2, 3][1:]
[1, 2, 3][::-1]
[1, 2, 3][True]
[1, 2, 3][slice(0, 2)]
[1, 2, 3][1.5]
[1, 2] == [1, 2]
[1, 2] == (1, 2)
[1, 2] == [1, 2.0]
[1, 2] < [1, 3]
[1, 2] < [1, 2, 0]
[1, "a"] < [1, 2]
[1] < (2,)
[] < []
[[1, 2], [3]] == [[1, 2], [3]]
[1, 2].index(2)
[1, 2].index(3)
[1, 2, 1].index(1, 1)
[1, 2, 1].index(1, -1)
[1, 2, 1].count(1)
[1, 2, 1].count(True)
[1, 2].copy()
[1, 2].nope
2 in [1, 2]
5 not in [1, 2]
len([1, 2])
bool([0])
list()
list((1, 2))
list("ab")
list(range(3))
list(5)
list({"a": 1})
[*range(3), *"ab"]
[1, 2].append(3)
[].pop()
[1].pop(5)
[1, 2].remove(5)
[3, 1, 2].sort()
sorted([3, 1, 2])
sorted([3, 1, 2], reverse=True)
sorted(["b", "A", "c"], key=str.lower)
sorted(["bb", "a", "ccc"], key=len, reverse=True)
sorted([(1, "b"), (1, "a"), (0, "c")], key=lambda p: p[0])
sorted([(1, "b"), (1, "a"), (0, "c")], key=lambda p: p[0], reverse=True)
sorted([1, "a"])
sorted([1, None])
sorted([1.5, 1, True])
sorted({"b": 1, "a": 2})
sorted({3, 1, 2})
sorted([[2], [1, 5], [1]])
sorted(5)
sorted([])
sorted(["a"], 1)
[1, 2].__len__()
[1, 2].__contains__(1)
[1, 2].__getitem__(0)
[1, 2].__add__([3])
[x for x in range(5) if x % 2]
[[y for y in range(x)] for x in range(3)]
repr([])
repr([1, "a", None, 1.5, b"x", (1,), {"k": [1]}, {1}, True])

x = [1, 2, 3]
x.append(4)
x.extend([5, 6])
x.extend("ab")
x.insert(0, 0)
x.insert(-1, "i")
x.insert(100, "end")
x

x = [1, 2, 3, 2]
x.remove(2)
y = x.pop()
z = x.pop(0)
(x, y, z)

x = [3, 1, 2]
x.sort()
x.reverse()
x

x = ["b", "A"]
x.sort(key=str.lower, reverse=True)
x

x = [1, 2]
y = x
y += [3]
x += (4,)
x *= 2
(x, y is x)

x = [1, 2]
y = x
x = x + [3]
(x, y)

x = [1]
x += "ab"
x

x = [1]
x += 5
x

x = [0, 1, 2, 3, 4, 5]
x[1] = "a"
x[-1] = "z"
x[2:4] = ["b"]
x[0:0] = [9, 9]
x

x = [0, 1, 2, 3, 4, 5]
x[::2] = "abc"
x

x = [0, 1, 2]
x[::2] = "abc"
x

x = [0, 1, 2]
x[5] = 1
x

x = [0, 1, 2]
x[:] = []
x

x = [0, 1, 2]
x[1:2] = 5
x

x = [0, 1, 2, 3, 4, 5]
del x[0]
del x[-1]
del x[1:3]
x

x = [0, 1, 2, 3, 4, 5]
del x[::2]
x

x = [1]
del x[3]
x

x = []
x.append(x)
repr(x)

x = {}
x["self"] = x
repr(x)

x = []
y = (x,)
x.append(y)
repr(y)

x = [1, 2, 3]
x.clear()
x

x = [[0] * 2] * 2
x[0][0] = 1
x

a, *b = [1, 2, 3]
(a, b)

(1, 2) + (3,)
(1, 2) + [3]
(1,) * 3
(1, 2, 3)[1]
(1, 2, 3)[5]
(1, 2, 3)[::2]
(1, 2) == (1, 2)
(1, 2) < (1, 3)
(1, "a") < (1, 2)
(1, 2) < (1, "a")
(1, 2, 1).count(1)
(1, 2, 1).index(2)
(1, 2, 1).index(5)
()
(1,)
tuple()
tuple([1, 2])
tuple("ab")
tuple(5)
len((1, 2))
1 in (1, 2)
hash((1, []))
(1, 2).append(3)
(1, 2).nope
bool(())
repr((1,))
repr(())
() is ()

x = (1, 2)
x[0] = 5
x

x = (1, 2)
x += (3,)
x

{"a": 1}["a"]
{"a": 1}["b"]
{"a": 1}[[]]
{1: "a"}[1.0]
{1: "a"}[True]
{1: "a", True: "b", 1.0: "c"}
{(1, 2): "t"}[(1, 2)]
{None: 1}[None]
{"a": 1}.get("a")
{"a": 1}.get("b")
{"a": 1}.get("b", 5)
{"a": 1}.get([])
{"a": 1}.get()
{"a": 1, "b": 2}.keys()
{"a": 1, "b": 2}.values()
{"a": 1, "b": 2}.items()
list({"a": 1, "b": 2})
list({"a": 1, "b": 2}.items())
list(reversed({"a": 1, "b": 2}))
list(reversed({"a": 1, "b": 2}.keys()))
len({"a": 1})
len({"a": 1}.keys())
"a" in {"a": 1}
1 in {"a": 1}.values()
("a", 1) in {"a": 1}.items()
"a" in {"a": 1}.keys()
[] in {"a": 1}
{"a": 1} == {"a": 1.0}
{"a": 1, "b": 2} == {"b": 2, "a": 1}
{"a": 1} == {"a": 2}
{"a": 1} < {"a": 2}
{"a": 1} | {"b": 2}
{"a": 1} | {"a": 2}
{"a": 1} | [("b", 2)]
{"a": 1} + {"b": 2}
{**{"a": 1}, "b": 2, **{"a": 3}}
{[]: 1}
{{}: 1}
dict()
dict(a=1, b=2)
dict({"a": 1}, b=2)
dict([("a", 1), ("b", 2)])
dict(zip("ab", [1, 2]))
dict(["ab", "cd"])
dict([1])
dict(["abc"])
dict(5)
dict([("a", 1)], a=2)
dict.fromkeys("ab")
dict.fromkeys("ab", 0)
{"a": 1}.copy()
{"a": 1}.pop("a")
{"a": 1}.pop("b")
{"a": 1}.pop("b", 5)
{"a": 1, "b": 2}.popitem()
{}.popitem()
{"a": 1}.setdefault("a", 5)
{"a": 1}.setdefault("b", 5)
{"a": 1}.nope
{"a": 1}.a
{"a": 1}.keys() & {"a", "b"}
{"a": 1}.keys() | {"b": 2}.keys() == {"a", "b"}
{"a": 1}.keys() - {"a"}
{"a": 1}.keys() == {"a"}
{"a": 1}.keys() == {"a": 2}.keys()
{"a": 1}.keys() <= {"a", "b"}
{"a": 1}.items() == {"a": 1}.items()
{"a": 1}.values() == {"a": 1}.values()
{"a": 1}.keys()[0]
{"a": 1}.keys().isdisjoint(["b"])
{k: v for k, v in zip("ab", range(2))}
{v: k for k, v in {"a": 1}.items()}
sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1])
max({"a": 1, "b": 3}, key={"a": 1, "b": 3}.get)
repr({})
repr({"a": {"b": []}})
str({1: "x"})
bool({})
dict.get({"a": 1}, "a")
dict.keys({"a": 1})
{"a": 1}.__getitem__("a")
{"a": 1}.__contains__("a")
{"a": 1}.__len__()
{}.update(a=1)
{"b": 1, "a": 2} != {"a": 2, "b": 1}
{"a": 1}.items().__len__()

x = {"a": 1}
x["b"] = 2
x["a"] = 3
x.update({"c": 4}, d=5)
x.update([("e", 6)])
del x["b"]
x

x = {"a": 1}
del x["z"]
x

x = {}
x[[]] = 1
x

x = {"a": 1}
y = x
x |= {"b": 2}
x |= [("c", 3)]
(x, y is x)

x = {"a": 1}
x |= 5
x

x = {}
x.setdefault("l", []).append(1)
x.setdefault("l", []).append(2)
x

x = {"a": 1}
v = x.items()
x["b"] = 2
list(v)

x = {"a": 1, "b": 2}
for k in list(x):
    x.pop(k)
x

x = {"a": 1}
x.clear()
x

x = {"n": {"m": [1, 2, {"z": 5}]}}
x["n"]["m"][2]["z"] += 1
x["n"]["m"][0] = "first"
x

x = {"a": 1}
{**x, "b": x["a"] + 1}

{1, 2} | {2, 3} == {1, 2, 3}
{1, 2} & {2, 3}
{1, 2} - {2, 3}
{1, 2} ^ {2, 3} == {1, 3}
{1, 2} | [3]
{1} | frozenset([1])
frozenset([1]) | {1}
frozenset([1])
frozenset()
set()
set([1, 1])
set("aa")
set(5)
set([[]])
{1} == {1.0}
{1} == frozenset([1])
{1} < {1, 2}
{1, 2} <= {1, 2}
{1, 2} > {1}
{1} >= {2}
{1} < [1]
1 in {1}
{1} in {frozenset([1])}
[] in {1}
len({1, 1, 2})
{1}.union([2], (3,)) == {1, 2, 3}
{1, 2}.intersection([2])
{1, 2}.intersection()  == {1, 2}
{1, 2}.difference([2], [1])
{1, 2}.symmetric_difference([2, 3]) == {1, 3}
{1}.issubset([1, 2])
{1, 2}.issuperset([1])
{1}.isdisjoint([2])
{1}.isdisjoint(5)
{1}.copy()
{1}.nope
frozenset([1]).add(2)
{1}.add([])
{1}.remove(2)
{1}.discard(2)
set().pop()
{5}.pop()
{[]}
repr({1})
repr(set())
repr(frozenset([1]))
bool(set())
sorted({x % 3 for x in range(10)})
{frozenset([1]): "a"}[frozenset([1])]
hash(frozenset()) == hash(frozenset())  # unknown: ok

x = {1}
y = x
x |= {2}
x &= {2, 3}
x -= {3}
x ^= {2, 5}
(x, y is x)

x = {1}
x.add(2)
x.update([3], "4")
x.discard(1)
x.remove(2)
x.difference_update([3])
x

x = {1, 2}
x.intersection_update([2, 3])
x.symmetric_difference_update([3])
sorted(x)

x = frozenset([1])
y = x
x |= {2}
(sorted(x), y)

list(range(3))
list(range(1, 10, 3))
list(range(10, 0, -3))
list(range(0))
range(3)
range(1, 3)
range(1, 10, 2)
range(0, 3, 0)
range(1.5)
range("a")
range()
len(range(10))
len(range(0, -5))
range(10)[2]
range(10)[-1]
range(10)[20]
range(10)[2:5]
range(10)[::-1]
range(0, 10, 3)[1:]
5 in range(10)
5.0 in range(10)
5.5 in range(10)
"a" in range(10)
7 in range(0, 10, 2)
range(3) == range(0, 3, 1)
range(0) == range(5, 5)
range(0, 3, 2) == range(0, 4, 2)
range(10).index(5)
range(10).index(50)
range(10).count(5)
range(3).start
range(3).stop
range(3).step
list(reversed(range(3)))
list(reversed(range(0, 10, 3)))
list(reversed(range(0)))
bool(range(0))
sum(range(101))
10 ** 20 in range(10 ** 21)
range(10 ** 20)[-1]
{range(3): 1}[range(0, 3)]
max(range(5))
slice(1, 2)
slice(None, 5, 2).indices(4)
slice(5)
slice(1, 2) == slice(1, 2, None)
slice(1, 2).start
slice(-3, None).indices(5)

b"abc"[0]
b"abc"[1:]
b"ab" + b"c"
b"ab" * 2
b"a" + "b"
b"abc".decode()
b"\xe9".decode("latin-1")
b"\xff".decode()
b"\xff".decode("utf-8", "replace")
b"\xff".decode("ascii", "ignore")
b"abc".hex()
bytes.fromhex("61 62")
bytes.fromhex("6")
bytes(3)
bytes([97, 98])
bytes("é", "utf-8")
bytes("a")
bytes([300])
bytes()
b"a,b".split(b",")
b" a b ".split()
b",".join([b"a", b"b"])
b",".join(["a"])
b"abc".upper()
b"ABC".lower()
b"abc".find(b"b")
b"abc".find(98)
b"abc".replace(b"a", b"x")
b"abc".startswith(b"a")
b"abc".startswith("a")
b" a ".strip()
b"abc" == "abc"
b"abc" == b"abc"
97 in b"abc"
b"bc" in b"abc"
b"a" < b"b"
list(b"ab")
len(b"ab")
repr(b"\x00\n'\xff")
repr(b"it's")
b"12".isdigit()
b"\xe9".isalpha()
b"hello world".title()
str(b"a")
b"%d" % 5  # unknown: ok
