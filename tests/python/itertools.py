from itertools import chain
[list(chain([1], (2, 3), "ab")), list(chain()), list(chain.from_iterable([[1], [2, 3]])), list(chain(*[[1], [2]])), list(chain.from_iterable("ab")), list(chain({"a": 1}.items(), [5]))]

from itertools import chain
list(chain([1], 5))

from itertools import product, permutations, combinations, combinations_with_replacement
[list(product([1, 2], "ab")), list(product([1, 2], repeat=2)), list(product()), list(product([], [1])), list(permutations([1, 2, 3])), list(permutations("abc", 2)), list(permutations([1], 2)), list(combinations("abcd", 2)), list(combinations([1, 2], 3)), list(combinations_with_replacement("ab", 2)), list(permutations([])), list(combinations("abc", 0))]

from itertools import combinations
list(combinations([1], -1))

from itertools import groupby
[(k, list(g)) for k, g in groupby("aabbba")]

from itertools import groupby
[(k, [x[1] for x in g]) for k, g in groupby(sorted([("b", 1), ("a", 2), ("b", 3)]), key=lambda x: x[0])]

from itertools import groupby
{k: len(list(g)) for k, g in groupby([1, 1, 2], lambda x: x * 2)}

from itertools import islice, count, cycle, repeat
[list(islice("abcdef", 3)), list(islice("abcdef", 2, 4)), list(islice("abcdef", 1, None, 2)), list(islice(count(), 3)), list(islice(count(5, 2), 3)), list(islice(cycle("ab"), 5)), list(repeat("x", 3)), list(islice(repeat(1), 2)), list(islice([1], 5)), list(islice([1, 2], None)), list(repeat(1, 0)), list(islice(cycle([]), 3))]

from itertools import islice
list(islice([1], -1))

from itertools import islice
list(islice([1], 0, 1, 0))

from itertools import islice, count
it = count()
(list(islice(it, 2)), next(it), list(islice(it, 2)))

from itertools import islice
it = iter("abcdef")
(list(islice(it, 2)), list(islice(it, 1, 2)), list(it))

from itertools import count
out = []
for i in count(10):
    if i > 12:
        break
    out.append(i)
out

from itertools import count
[(a, b) for a, b in zip(count(), "abc")]

from itertools import cycle
dict(zip("abcd", cycle([1, 2])))

from itertools import accumulate
[list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], lambda a, b: a * b)), list(accumulate([1, 2], initial=10)), list(accumulate([])), list(accumulate("abc")), list(accumulate([3, 1, 2], max))]

from itertools import zip_longest
[list(zip_longest([1, 2], "a")), list(zip_longest([1], "ab", fillvalue="-")), list(zip_longest()), list(zip_longest([], [1]))]

from itertools import starmap, takewhile, dropwhile, filterfalse, compress, pairwise, tee
[list(starmap(pow, [(2, 3), (3, 2)])), list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(filterfalse(lambda x: x % 2, range(5))), list(filterfalse(None, [0, 1, ""])), list(compress("abcd", [1, 0, 1])), list(pairwise([1, 2, 3])), [list(t) for t in tee([1, 2])], [list(t) for t in tee("ab", 3)]]

from itertools import batched
[list(batched("abcde", 2)), list(batched([], 3))]
# python: 3.12

from itertools import chain
it = chain([1], [2])
(next(it), next(it), next(it, "end"))

import itertools
sum(itertools.chain([1, 2], [3]))

import itertools
sorted(itertools.chain.from_iterable({"a": [3, 1], "b": [2]}.values()))

import itertools
[x for x in itertools.chain("ab", "c") if x != "b"]

import itertools
isinstance(itertools.chain(), itertools.chain)
