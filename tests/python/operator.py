import operator as o
[o.add(1, 2), o.sub(5, 3), o.mul(2, 3), o.truediv(7, 2), o.floordiv(7, 2), o.mod(7, 3), o.pow(2, 3), o.neg(5), o.pos(5), o.inv(5), o.not_(0), o.truth([]), o.eq(1, 1), o.ne(1, 2), o.lt(1, 2), o.le(2, 2), o.gt(1, 2), o.ge(2, 2), o.and_(6, 3), o.or_(6, 3), o.xor(6, 3), o.lshift(1, 3), o.rshift(8, 2), o.concat([1], [2]), o.contains([1], 1), o.getitem({"a": 1}, "a"), o.is_(None, None), o.is_not(None, 1), o.index(5), o.abs(-5)]

from operator import itemgetter, attrgetter, methodcaller
[itemgetter(1)([5, 6]), itemgetter("a", "b")({"a": 1, "b": 2}), attrgetter("real")(5), attrgetter("real", "imag")(5), methodcaller("upper")("a"), methodcaller("split", ",", maxsplit=1)("a,b,c"), sorted([{"n": 2}, {"n": 1}], key=itemgetter("n")), max([(1, "z"), (2, "a")], key=itemgetter(1)), itemgetter(slice(1, 3))("abcd")]

from operator import attrgetter
class A:
    pass
a = A()
a.b = A()
a.b.c = 5
attrgetter("b.c")(a)

from operator import itemgetter
itemgetter(5)([1])

from operator import itemgetter
itemgetter()

import operator
x = [1]
operator.setitem(x, 0, 5)
operator.iadd(x, [2])
(x, operator.delitem(x, 0), x)

from functools import reduce
import operator
[reduce(operator.add, [[1], [2]]), reduce(operator.or_, [{"a": 1}, {"b": 2}]), reduce(operator.mul, range(1, 6))]
