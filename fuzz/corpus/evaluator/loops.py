import itertools, functools, collections
d = collections.defaultdict(list)
for i, (a, *b) in enumerate(itertools.product("ab", [1, 2])):
    d[a].extend(b)
    if i > 2:
        break
else:
    d = None
total = functools.reduce(lambda x, y: x + y, [n ** 2 for n in range(9) if n % 2], 0)
gen = (x for x in d)
first, last = next(gen), [*gen]
match d:
    case {"a": [1, *rest]} if rest:
        m = rest
    case _:
        m = None
