format(0, '010,')
format(0, '.1f')
format(7, '_')
format(7, '.2e')
format(-7, '')
format(1234567, 'd')
format(1234567, '+d')
format(-1234567, '010,')
format(True, '#010x')
format(True, '_x')
format(True, '_')
format(255, 'x')
format(255, '#010x')
format(255, '^10')
format(-0.0, '.3e')
format(1.5, '<10.2f')
format(-2.675, '.10g')
format(-2.675, '+.2f')
format(-2.675, '_')
format(1e16, '_.3f')
format(1e16, 'n')
format(1e-5, '.1g')
format(123456.789, 's')
format(0.1, '%')
format(0.1, ',')
format(2.5, ' .2f')
format(2.5, '<10.2f')
format(2.5, ',.2f')
format(2.5, 'd')
format(1e22, 'f')
format(3.0, '.10g')
format(3.0, ',')
format(99999.95, '.0f')
format(99999.95, '<10.2f')
format(0.00012345, '.20f')
format(0.00012345, '015,.2f')
format("abc", '')
format("abc", '10')
format("abc", '.2')
format("é日本", '^')
float.hex(0.0)
round(1.5, -2)
repr(1e-5)
float.is_integer(1e-5)
round(123456.789)
float.hex(123456.789)
float.as_integer_ratio(float("nan"))
round(float("nan"), 5)
float.is_integer(0.1)
round(2.5, 2)
str(1e22)
float.hex(1e22)
round(3.0, -2)
round(3.0, 2)
float(0)
divmod(0, -7)
round(-7, -3)
(-7).bit_count()
round(255, None)
(255).bit_length()

'%.2s' % (5,)
'%.2f' % (5,)
'%d' % (-5,)
'%-5d|' % (-5,)
'%f' % (-5,)
'%o' % (-5,)
'%*d' % (-5,)
'%f' % (3.7,)
'%#x' % (3.7,)
'%a' % ("abc",)
'%#o' % ("abc",)
'%10s' % (True,)
'%08.3f' % (True,)
'%g' % (True,)
'%#o' % (True,)
'%s' % (None,)
'%a' % (None,)
'%e' % (None,)
'%#x' % (None,)
'%e' % ([1],)
'%x' % ([1],)
'%+.1e' % ([1],)
'%#o' % (b"x",)
'%c' % (b"x",)
'%g' % (10**20,)
'%o' % (10**20,)
'%+d' % (1e10,)
'% d' % (1e10,)
'%i' % (1e10,)
'%a' % (1e10,)
'%c' % (1e10,)
'% d' % (float("nan"),)
'%10s' % (float("nan"),)
'%e' % (float("nan"),)
'%%' % (float("nan"),)
'%#.3x' % (float("nan"),)
'% d' % ("é",)
'%i' % ("é",)
'%.2f' % ("é",)
"%(a)05.1f" % {"a": 2}

(1) != (True)
(1) + ("a")
(1) * ((1,))
(1) == ((1,))
(1) not in ((1,))
(1) == ({"a": 1})
(1) * (range(2))
(1) >= (-3)
(1) @ (...)
(1) < (int)
(1) and (int)
(0) | ("a")
(0) == ("a")
(0) | (None)
(True) << (True)
(True) % (2.5)
(True) & ("a")
(True) + ({1})
(True) ** (-3)
(True) and (-3)
(True) <= (...)
(2.5) @ (2.5)
(2.5) >> (range(2))
(2.5) ** (...)
("a") <= (0)
("a") < (None)
("a") ** (int)
("a") and (int)
("a") | (10**25)
(b"a") @ (2.5)
(b"a") < ([1])
(b"a") == ({1})
(b"a") in ({1})
(b"a") >= (None)
(b"a") << (range(2))
(b"a") ** (...)
(b"a") | (...)
([1]) @ (0)
([1]) << ("a")
([1]) - (b"a")
([1]) & (b"a")
([1]) + ([1])
([1]) | ({1})
([1]) >> ({1})
([1]) << ({"a": 1})
([1]) not in ({"a": 1})
([1]) % (None)
([1]) + (-3)
([1]) is (...)
([1]) and (int)
([1]) == (10**25)
((1,)) not in (0)
((1,)) / (True)
((1,)) <= ([1])
((1,)) in ([1])
((1,)) | ({"a": 1})
((1,)) > (None)
((1,)) == (-3)
((1,)) * (int)
((1,)) // (int)
((1,)) & (int)
((1,)) == (int)
({1}) <= (0)
({1}) | ({"a": 1})
({1}) or (range(2))
({"a": 1}) > (1)
({"a": 1}) and (True)
({"a": 1}) < ({"a": 1})
({"a": 1}) + (range(2))
({"a": 1}) * ("")
(None) & ("a")
(None) and ((1,))
(None) >= ({"a": 1})
(None) ** (None)
(None) >= (...)
(None) * (int)
(range(2)) ** (2.5)
(range(2)) not in ((1,))
(range(2)) > ({1})
(range(2)) <= (range(2))
(range(2)) // (int)
(-3) / (True)
(-3) ^ ("a")
(-3) ^ (b"a")
(-3) >> (b"a")
(-3) <= ([1])
(-3) > ((1,))
(-3) // ({"a": 1})
(-3) in ({"a": 1})
(-3) + (range(2))
(-3) | (-3)
(-3) or (-3)
(-3) ^ (...)
(-3) in (...)
(-3) >> (10**25)
("") - (True)
("") ** (True)
("") > (2.5)
("") // ("a")
("") >> ("a")
("") and ((1,))
("") | (range(2))
(...) ** (True)
(...) ^ (2.5)
(...) @ (2.5)
(...) or ("a")
(...) @ ([1])
(...) not in (-3)
(...) in (int)
(...) and (10**25)
(int) == (1)
(int) in (b"a")
(int) in ([1])
(int) @ ("")
(int) // (int)
(10**25) // (True)
(10**25) >= ((1,))
(10**25) / ({1})
(10**25) not in ("")
(10**25) >= (10**25)

("").islower()
("abc").swapcase()
("Hello World").lower()
("  pad  ").capitalize()
("ß straße").title()
("ß straße").rstrip()
("ß straße").isdigit()
("ß straße").isnumeric()
("tab\tsep\nnew\r\nline").title()
("tab\tsep\nnew\r\nline").istitle()
("tab\tsep\nnew\r\nline").isprintable()
("x"*5).rsplit()
("mixedCASE_snake-kebab").isspace()
("123").isupper()
("½").isnumeric()
("\u01c5abc").isalpha()
("they're bill's").lstrip()
("a\x0bb\x0cc\x1cd\u2028e").lower()
("ﬁ").isascii()
("ΑΣ ΑΣ.").istitle()
("ΑΣ ΑΣ.").isascii()
("").split(",")
("").split(None, 1)
("").split(sep=",", maxsplit=1)
("").replace("", "-", 2)
("").count("l")
("").startswith(("a", "H"))
("abc").replace("", "-", 2)
("abc").translate(str.maketrans("abc", "xyz"))
("abc").encode("ascii","xmlcharrefreplace")
("abc").format(1, 2)
("Hello World").rsplit(",")
("Hello World").find("z")
("Hello World").startswith(("a", "H"))
("Hello World").zfill(2)
("Hello World").join(["a", "b"])
("Hello World").translate({97: "X"})
("  pad  ").find("")
("  pad  ").count("xx")
("  pad  ").startswith(())
("  pad  ").removeprefix("a")
("  pad  ").removeprefix("abc")
("  pad  ").rjust(8, ".")
("  pad  ")[:100]
("  pad  ")[:-1]
("a,b,,c").rsplit(",")
("a,b,,c").find("l", 3)
("a,b,,c").startswith(())
("a,b,,c")[::2]
repr("a,b,,c")
list("a,b,,c")
sorted("a,b,,c")
("ß straße").split("a")
("ß straße").find("l", 3)
("ß straße").center(11, "*")
("ß straße").zfill(2)
("ß straße").join([])
("ß straße").translate({97: None})
("ß straße")[:-1]
("ÀÉî").lstrip("ax")
("ÀÉî").translate({97: None})
("tab\tsep\nnew\r\nline").split("a")
("tab\tsep\nnew\r\nline").rpartition(",")
("tab\tsep\nnew\r\nline").rfind("")
("tab\tsep\nnew\r\nline").count("l")
("tab\tsep\nnew\r\nline").count("")
("tab\tsep\nnew\r\nline").rstrip("cd")
("tab\tsep\nnew\r\nline").removesuffix("c")
("tab\tsep\nnew\r\nline").translate({97: None})
("mixedCASE_snake-kebab").find("")
("mixedCASE_snake-kebab").rjust(8, ".")
("mixedCASE_snake-kebab").encode("utf-8")
("mixedCASE_snake-kebab").encode("latin-1")
("mixedCASE_snake-kebab").__add__("z")
("mixedCASE_snake-kebab")[1:3]
("mixedCASE_snake-kebab")[:100]
("123").replace("abc", "")
("123").startswith("")
("123").endswith(("c","d"))
("123").center(10)
("123")[-3:]
("²³").split(" ")
("²³").startswith("b", 1)
("²³").__mul__(2)
("²³").__add__("z")
("²³")[-3:]
("½").rsplit(None, 1)
("½").translate({97: "X"})
("½")[100]
("½")[1:-1:2]
("\u01c5abc").partition("l")
("\u01c5abc").rpartition(",")
("\u01c5abc").startswith("")
("\u01c5abc").center(-1)
("\u01c5abc").encode("ascii")
("\u01c5abc").__getitem__(slice(1, None, 2))
("\u01c5abc")[::2]
tuple("\u01c5abc")
("İI").center(10)
("İI").__lt__("b")
("İI").__mod__(())
("İI")[::2]
ord("İI")
("they're bill's").split(sep=",", maxsplit=1)
("they're bill's").removesuffix("")
("they're bill's").center(3)
("they're bill's")[100]
("a\x0bb\x0cc\x1cd\u2028e").find("l", -3, -1)
("a\x0bb\x0cc\x1cd\u2028e").rstrip("cd")
("a\x0bb\x0cc\x1cd\u2028e").removesuffix("")
("a\x0bb\x0cc\x1cd\u2028e").join(["a", "b"])
("a\x0bb\x0cc\x1cd\u2028e").__eq__(1)
sorted("a\x0bb\x0cc\x1cd\u2028e")
("ﬁ").find("")
("ﬁ").center(10)
("ﬁ").center(-1)
("ﬁ")[1:-1:2]
("ΑΣ ΑΣ.").startswith("a")
("ΑΣ ΑΣ.").rstrip("cd")
ascii("ΑΣ ΑΣ.")

([1, 2, 3, 4, 5])[::2]
([1, 2, 3, 4, 5])[:-1:-1]
([1, 2, 3, 4, 5])[-3:3:1]
([1, 2, 3, 4, 5])[1:-1:-1]
([1, 2, 3, 4, 5])[100:-1:-1]
([1, 2, 3, 4, 5])[100:-1:2]
([1, 2, 3, 4, 5])[100:0:-2]
([1, 2, 3, 4, 5])[1.0]
([1, 2, 3, 4, 5])*2
([1, 2, 3, 4, 5])==[1]
list(enumerate([1, 2, 3, 4, 5]))
((1, 2, 3))[:-1:-2]
((1, 2, 3))[:3:]
((1, 2, 3))[-3:0:-1]
((1, 2, 3))[0:-1:]
any((1, 2, 3))
len((1, 2, 3))
str((1, 2, 3))
bool((1, 2, 3))
("abcde")[0:3:-2]
("abcde")[True]
repr("abcde")
(range(10))[0:0:-2]
(range(10))[1:-1:1]
(range(10))==[1]
(range(10, 0, -3))[:3:2]
(range(10, 0, -3))[-3:-1:-2]
(range(10, 0, -3))[100:3:2]
max(range(10, 0, -3))
sum(range(10, 0, -3))
any(range(10, 0, -3))
([])[:-1:1]
([])[:3:2]
([])[1::-2]
([])[100::2]
([])*-1
([])<(2,)
all([])
(b"abc")[::-2]
(b"abc")[:0:1]
(b"abc")[1:0:]
(b"abc")[1:3:]
(b"abc")[100::]
(b"abc")[100::-2]
(b"abc")[100:-1:1]
(b"abc")[100:0:1]
(b"abc")[100:3:-1]
(range(0))[-3:-1:-1]
(range(0))[0:0:-1]
(range(0))[1:0:-1]
(range(0))[100:-1:-1]
(range(0))[::0]
list(enumerate(range(0)))
(["x"])[:-1:2]
(["x"])[:3:-1]
(["x"])[-3:0:-1]
(["x"])[0:0:]
(["x"])[1::1]
(["x"])[100:0:]
list(iter(["x"]))

+(1)
sorted(0)
any(0)
chr(0)
+(True)
bin(True)
next(2.5)
isinstance("a",(int,str))
bytes(b"a")
isinstance(b"a",(int,str))
len([1])
type([1])
all([1])
ascii([1])
int((1,))
len((1,))
bin((1,))
isinstance((1,),(int,str))
not ({1})
dict({"a": 1})
sorted(range(2))
min(range(2))
max(range(2))
list(int)
+(int)
sum(int)
float(10**25)
ascii(10**25)
~(" 12 ")
+("1_000")
sum("0x1f")
next("0x1f")
range("0x1f")
int("nan")
repr("abc")
tuple("abc")
dict("abc")
repr(b"12")
-(1e20)
next(1e20)
sorted(float("inf"))
float([])
isinstance([[1,2],[3,4]],(int,str))
isinstance([("a",1)],(int,str))
str(["ab","cd"])
bool(["ab","cd"])
abs(["ab","cd"])
len("ab")
any("ab")
round("ab")
range("ab")
-({"k":[1]})
+({"k":[1]})
abs(object)
bin(object)
int("_1", 8)
int("0o17", 36)
int("1 1", 36)
int("", 0)
int("", 1)

sum(b"")
(b"abc").title()
(b"abc").split()
(b"abc").ljust(6)
(b"abc")[0]
(b"abc")[::-1]
repr(b"abc")
str(b"abc")
(b"Hello World").title()
(b"Hello World").split(b",")
(b"Hello World").find(b"l")
sorted(b"Hello World")
(b"\x00\xff").lower()
(b"\x00\xff").index(b"l")
tuple(b"\x00\xff")
(b" a b ").decode()
(b" a b ").startswith(b"a")
(b" a b ").capitalize()
(b" a b ").splitlines()
(b" a b ").removeprefix(b"a")
(b" a b ")[0]
(b" a b ")[-1]
(b" a b ")[::-1]
(b"a,b").lower()
(b"a,b").swapcase()
(b"a,b").expandtabs()
(b"a,b")[0]
str(b"a,b")
sorted(b"a,b")
int.from_bytes(b"\x01\x02","big")

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[date(2024, 2, 29) - date(2020, 12, 31), (timedelta(minutes=0, milliseconds=0), str(timedelta(minutes=0, milliseconds=0)), timedelta(minutes=0, milliseconds=0).total_seconds(), timedelta(minutes=0, milliseconds=0).days, timedelta(minutes=0, milliseconds=0).seconds), date(2020, 12, 31).replace(year=2020), (timedelta(minutes=-1, seconds=590323, days=1), str(timedelta(minutes=-1, seconds=590323, days=1)), timedelta(minutes=-1, seconds=590323, days=1).total_seconds(), timedelta(minutes=-1, seconds=590323, days=1).days, timedelta(minutes=-1, seconds=590323, days=1).seconds), (timedelta(seconds=1, minutes=473593), str(timedelta(seconds=1, minutes=473593)), timedelta(seconds=1, minutes=473593).total_seconds(), timedelta(seconds=1, minutes=473593).days, timedelta(seconds=1, minutes=473593).seconds)]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[(timedelta(hours=0, microseconds=0, weeks=0, milliseconds=1), str(timedelta(hours=0, microseconds=0, weeks=0, milliseconds=1)), timedelta(hours=0, microseconds=0, weeks=0, milliseconds=1).total_seconds(), timedelta(hours=0, microseconds=0, weeks=0, milliseconds=1).days, timedelta(hours=0, microseconds=0, weeks=0, milliseconds=1).seconds), date(2021, 1, 3) - datetime(2024, 7, 1, 0, 0, tzinfo=timezone.utc), date(2024, 2, 29) + timedelta(hours=-25, minutes=3), date(2020, 12, 31) < datetime(1999, 1, 1), datetime(2024, 2, 29, 13, 5, 9) < datetime(2024, 3, 31, 1, 30, tzinfo=timezone(timedelta(hours=2)))]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[date(2021, 1, 3) == datetime(2024, 7, 1, 0, 0, tzinfo=timezone.utc), (timedelta(milliseconds=-1), str(timedelta(milliseconds=-1)), timedelta(milliseconds=-1).total_seconds(), timedelta(milliseconds=-1).days, timedelta(milliseconds=-1).seconds), timedelta(hours=1, microseconds=1) / 3, datetime(2024, 3, 31, 1, 30, tzinfo=timezone(timedelta(hours=2))) + relativedelta(weeks=2), datetime(2024, 3, 31, 1, 30, tzinfo=timezone(timedelta(hours=2))).toordinal()]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[(timedelta(hours=0, seconds=62), str(timedelta(hours=0, seconds=62)), timedelta(hours=0, seconds=62).total_seconds(), timedelta(hours=0, seconds=62).days, timedelta(hours=0, seconds=62).seconds), (timedelta(seconds=-68, milliseconds=-1, hours=-73), str(timedelta(seconds=-68, milliseconds=-1, hours=-73)), timedelta(seconds=-68, milliseconds=-1, hours=-73).total_seconds(), timedelta(seconds=-68, milliseconds=-1, hours=-73).days, timedelta(seconds=-68, milliseconds=-1, hours=-73).seconds), date(2024, 2, 29) - relativedelta(month=2, day=30), date(2020, 12, 31) - relativedelta(weekday=MO(1)), -timedelta(hours=0, weeks=1, milliseconds=-1)]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[datetime(2024, 7, 1, 0, 0, tzinfo=timezone.utc) == datetime(1999, 1, 1), (timedelta(seconds=-69), str(timedelta(seconds=-69)), timedelta(seconds=-69).total_seconds(), timedelta(seconds=-69).days, timedelta(seconds=-69).seconds), timedelta(milliseconds=-1) % timedelta(hours=5), timedelta(seconds=-22, microseconds=-560762, milliseconds=99, hours=0) < timedelta(days=45, hours=27), f"{date(2024, 2, 29):%-m/%-H}"]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[(timedelta(seconds=-463168, minutes=-20, milliseconds=0), str(timedelta(seconds=-463168, minutes=-20, milliseconds=0)), timedelta(seconds=-463168, minutes=-20, milliseconds=0).total_seconds(), timedelta(seconds=-463168, minutes=-20, milliseconds=0).days, timedelta(seconds=-463168, minutes=-20, milliseconds=0).seconds), timedelta(weeks=-41, hours=-434639, microseconds=-64, minutes=0) // timedelta(minutes=7), timedelta(weeks=1, seconds=0, milliseconds=0) + timedelta(days=-9), datetime(2024, 2, 29, 13, 5, 9) < date(2020, 12, 31), (timedelta(weeks=-86, seconds=1, minutes=1, days=1), str(timedelta(weeks=-86, seconds=1, minutes=1, days=1)), timedelta(weeks=-86, seconds=1, minutes=1, days=1).total_seconds(), timedelta(weeks=-86, seconds=1, minutes=1, days=1).days, timedelta(weeks=-86, seconds=1, minutes=1, days=1).seconds)]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[datetime(2023, 12, 31, 23, 59, 59, 999999) + relativedelta(days=1, hours=2), timedelta(microseconds=1, milliseconds=-1, seconds=-455950, hours=335815) // 7, f"{datetime(2023, 12, 31, 23, 59, 59, 999999):%H:%M:%S.%f%z}", timedelta(minutes=-92) + timedelta(minutes=-45, hours=26), date(2024, 2, 29) < date(2024, 2, 29)]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[date(2024, 2, 29) + relativedelta(months=-13), relativedelta(months=1, day=3) + relativedelta(months=1), datetime(2023, 12, 31, 23, 59, 59, 999999) == date(2020, 12, 31), date(2021, 1, 3).toordinal(), date(2024, 2, 29) - relativedelta(weeks=2)]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[datetime(2024, 3, 31, 1, 30, tzinfo=timezone(timedelta(hours=2))) - date(2021, 1, 3), date(2021, 1, 3) + timedelta(hours=-25, minutes=3), datetime(2024, 7, 1, 0, 0, tzinfo=timezone.utc) - timedelta(weeks=5, microseconds=1), datetime(2024, 3, 31, 1, 30, tzinfo=timezone(timedelta(hours=2))) < datetime(2024, 3, 31, 1, 30, tzinfo=timezone(timedelta(hours=2))), relativedelta(months=14).normalized()]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[datetime(2024, 2, 29, 13, 5, 9) - relativedelta(weeks=2), date(2021, 1, 3).replace(day=31), f"{datetime(2024, 3, 31, 1, 30, tzinfo=timezone(timedelta(hours=2))):%A, %d. %B %Y}", f"{datetime(2023, 12, 31, 23, 59, 59, 999999):é %Y}", date(2020, 12, 31) < date(2021, 1, 3)]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[datetime(2024, 3, 31, 1, 30, tzinfo=timezone(timedelta(hours=2))) == datetime(2023, 12, 31, 23, 59, 59, 999999), (timedelta(minutes=0, hours=-1), str(timedelta(minutes=0, hours=-1)), timedelta(minutes=0, hours=-1).total_seconds(), timedelta(minutes=0, hours=-1).days, timedelta(minutes=0, hours=-1).seconds), datetime(1999, 1, 1).replace(day=31), f"{datetime(1999, 1, 1):%%}", datetime(1999, 1, 1) - relativedelta(weekday=FR(-1))]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[datetime(1999, 1, 1).__repr__(), date(2021, 1, 3) - datetime(2023, 12, 31, 23, 59, 59, 999999), f"{date(2020, 12, 31):%H:%M:%S.%f%z}", datetime(2024, 2, 29, 13, 5, 9) - relativedelta(weekday=FR(-1)), (timedelta(minutes=1, microseconds=-688205), str(timedelta(minutes=1, microseconds=-688205)), timedelta(minutes=1, microseconds=-688205).total_seconds(), timedelta(minutes=1, microseconds=-688205).days, timedelta(minutes=1, microseconds=-688205).seconds)]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[(timedelta(seconds=-10491, hours=1, weeks=-1), str(timedelta(seconds=-10491, hours=1, weeks=-1)), timedelta(seconds=-10491, hours=1, weeks=-1).total_seconds(), timedelta(seconds=-10491, hours=1, weeks=-1).days, timedelta(seconds=-10491, hours=1, weeks=-1).seconds), timedelta(days=791758, seconds=0, hours=1) * 1.7, datetime(2024, 2, 29, 13, 5, 9).weekday(), datetime(2024, 2, 29, 13, 5, 9) + relativedelta(months=-13), abs(timedelta(microseconds=0, days=0, milliseconds=-98))]

from datetime import datetime, date, time, timedelta, timezone
from dateutil.relativedelta import relativedelta, MO, FR, SU
[(timedelta(minutes=63, seconds=0), str(timedelta(minutes=63, seconds=0)), timedelta(minutes=63, seconds=0).total_seconds(), timedelta(minutes=63, seconds=0).days, timedelta(minutes=63, seconds=0).seconds), timedelta(weeks=-48, milliseconds=0) < timedelta(minutes=29, seconds=-48), timedelta(minutes=0) < timedelta(days=-5), (timedelta(milliseconds=0, minutes=0), str(timedelta(milliseconds=0, minutes=0)), timedelta(milliseconds=0, minutes=0).total_seconds(), timedelta(milliseconds=0, minutes=0).days, timedelta(milliseconds=0, minutes=0).seconds), datetime(2023, 12, 31, 23, 59, 59, 999999) - relativedelta(weeks=2)]

import re
[[m.span() for m in re.finditer(r"(?:a|b)+", "Foo Bar 12 baz")], [m.span() for m in re.finditer(r"[-_.;,]", "{{ ds }} and {{ x }}")], re.sub(r"(\w)(\d)?", "<>", "{{ ds }} and {{ x }}"), re.sub(r"\d+", "<>", "aaa"), [m.span() for m in re.finditer(r"(?s).+", "foo.bar@x.com")]]

import re
[re.split(r"//([^/]+)/(.+)", "key=val; k2 = v2"), re.split(r"([a-z])\1", "a\nb\nc"), (lambda m: m and (m.group(), m.groups(), m.groupdict(), m.start()))(re.search(r"\w(?=\.)", "2024-01-02,x;y")), re.sub(r"(?s).+", "<>", "s3://bucket/p/q.csv"), re.sub(r"(a)|(b)", "<>", "  lead")]

import re
[re.subn(r"\b\w", lambda m: m.group().upper() + "!", "2024-01-02,x;y", count=2), [m.span() for m in re.finditer(r"([a-z])\1", "A1b2C3")], re.split(r"a*", "  lead"), re.split(r"\.(\w+)$", "a-b_c.d e"), (lambda m: m and (m.group(), m.groups(), m.groupdict(), m.start()))(re.search(r"[a-z]+", ""))]

import re
[[m.span() for m in re.finditer(r"(?P<k>\w+)\s*=\s*(?P<v>\w+)", "key=val; k2 = v2")], re.subn(r"a*", lambda m: m.group().upper() + "!", "2024-01-02,x;y", count=2), re.sub(r"a*", "<>", "key=val; k2 = v2"), [m.span() for m in re.finditer(r"x?", "A1b2C3")], re.split(r"\b\w", "s3://bucket/p/q.csv")]

import re
[re.subn(r"\d+", lambda m: m.group().upper() + "!", "foo.bar@x.com", count=2), re.split(r"\d+", "  lead"), re.split(r"^\s*(.*?)\s*$", "2024-01-02,x;y"), re.split(r"(?<=-)\w", "foo.bar@x.com"), re.findall(r"(?:a|b)+", "")]

import re
[[m.span() for m in re.finditer(r"(?:a|b)+", "a\nb\nc")], [m.span() for m in re.finditer(r"(?P<k>\w+)\s*=\s*(?P<v>\w+)", "")], re.subn(r"(?i)foo|BAR", lambda m: m.group().upper() + "!", "aaa", count=2), bool(re.match(r"(?<=-)\w", "a\nb\nc")), bool(re.fullmatch(r"(?<=-)\w", "a\nb\nc")), [m.span() for m in re.finditer(r"\{\{\s*(\w+)\s*\}\}", "aaa")]]

import re
[bool(re.match(r"(?<=-)\w", "key=val; k2 = v2")), bool(re.fullmatch(r"(?<=-)\w", "key=val; k2 = v2")), [m.span() for m in re.finditer(r".", "  lead")], re.subn(r"\d+", lambda m: m.group().upper() + "!", "", count=2), bool(re.match(r"\{\{\s*(\w+)\s*\}\}", "")), bool(re.fullmatch(r"\{\{\s*(\w+)\s*\}\}", "")), re.findall(r"^\s*(.*?)\s*$", "")]

import re
[re.split(r"//([^/]+)/(.+)", "{{ ds }} and {{ x }}"), re.sub(r"\w(?=\.)", "<>", "foo.bar@x.com"), bool(re.match(r"x?", "aaa")), bool(re.fullmatch(r"x?", "aaa")), re.findall(r"//([^/]+)/(.+)", "aaa"), (lambda m: m and (m.group(), m.groups(), m.groupdict(), m.start()))(re.search(r"\{\{\s*(\w+)\s*\}\}", "  lead"))]

import re
[re.split(r"[^\w]+", "2024-01-02,x;y"), (lambda m: m and (m.group(), m.groups(), m.groupdict(), m.start()))(re.search(r"^\s*(.*?)\s*$", "aaa")), re.split(r"\w(?=\.)", "foo.bar@x.com"), re.sub(r"^(?!.*x)", "<>", "foo.bar@x.com"), re.findall(r"(\w)(\d)?", "a\nb\nc")]

import re
[bool(re.match(r"^\s*(.*?)\s*$", "")), bool(re.fullmatch(r"^\s*(.*?)\s*$", "")), (lambda m: m and (m.group(), m.groups(), m.groupdict(), m.start()))(re.search(r"(a)|(b)", "s3://bucket/p/q.csv")), re.subn(r"\w(?=\.)", lambda m: m.group().upper() + "!", "s3://bucket/p/q.csv", count=2), bool(re.match(r"(?i)foo|BAR", "s3://bucket/p/q.csv")), bool(re.fullmatch(r"(?i)foo|BAR", "s3://bucket/p/q.csv")), re.sub(r"(?i)foo|BAR", "<>", "2024-01-02,x;y")]

import re
[re.findall(r"(\w)(\d)?", ""), [m.span() for m in re.finditer(r"\w+", "s3://bucket/p/q.csv")], bool(re.match(r"^\s*(.*?)\s*$", "s3://bucket/p/q.csv")), bool(re.fullmatch(r"^\s*(.*?)\s*$", "s3://bucket/p/q.csv")), re.findall(r"[^\w]+", "a\nb\nc"), re.split(r"^(?!.*x)", "a-b_c.d e")]

import re
[re.findall(r"([a-z])\1", ""), re.findall(r".", "  lead"), re.subn(r"[-_.;,]", lambda m: m.group().upper() + "!", "", count=2), re.sub(r"\{\{\s*(\w+)\s*\}\}", "<>", "Foo Bar 12 baz"), re.subn(r"[-_.;,]", lambda m: m.group().upper() + "!", "{{ ds }} and {{ x }}", count=2)]

import re
[(lambda m: m and (m.group(), m.groups(), m.groupdict(), m.start()))(re.search(r"(a)|(b)", "")), (lambda m: m and (m.group(), m.groups(), m.groupdict(), m.start()))(re.search(r"\S+$", "{{ ds }} and {{ x }}")), bool(re.match(r"x?", "2024-01-02,x;y")), bool(re.fullmatch(r"x?", "2024-01-02,x;y")), re.split(r"^\s*(.*?)\s*$", "Foo Bar 12 baz"), [m.span() for m in re.finditer(r"\w(?=\.)", "a\nb\nc")]]

import re
[re.split(r"[-_.;,]", "A1b2C3"), re.sub(r"\{\{\s*(\w+)\s*\}\}", "<>", "foo.bar@x.com"), bool(re.match(r"//([^/]+)/(.+)", "{{ ds }} and {{ x }}")), bool(re.fullmatch(r"//([^/]+)/(.+)", "{{ ds }} and {{ x }}")), re.subn(r"\w(?=\.)", lambda m: m.group().upper() + "!", "key=val; k2 = v2", count=2), re.findall(r"\w(?=\.)", "2024-01-02,x;y")]

import re
[(lambda m: m and (m.group(), m.groups(), m.groupdict(), m.start()))(re.search(r"[^\w]+", "2024-01-02,x;y")), (lambda m: m and (m.group(), m.groups(), m.groupdict(), m.start()))(re.search(r"a*", "foo.bar@x.com")), bool(re.match(r"x?", "s3://bucket/p/q.csv")), bool(re.fullmatch(r"x?", "s3://bucket/p/q.csv")), re.split(r"^(?!.*x)", "2024-01-02,x;y"), re.split(r"\{\{\s*(\w+)\s*\}\}", "foo.bar@x.com")]

import re
[re.subn(r"\w+", lambda m: m.group().upper() + "!", "a\nb\nc", count=2), (lambda m: m and (m.group(), m.groups(), m.groupdict(), m.start()))(re.search(r"[-_.;,]", "{{ ds }} and {{ x }}")), bool(re.match(r"([a-z])\1", "")), bool(re.fullmatch(r"([a-z])\1", "")), re.findall(r"\.(\w+)$", "{{ ds }} and {{ x }}"), bool(re.match(r"(?P<k>\w+)\s*=\s*(?P<v>\w+)", "{{ ds }} and {{ x }}")), bool(re.fullmatch(r"(?P<k>\w+)\s*=\s*(?P<v>\w+)", "{{ ds }} and {{ x }}"))]

import json
[json.dumps({"k": "\u2028\x00\x7f"}, indent=2), json.dumps({"z": 1, "a": {"y": 2, "b": 3}}), json.dumps(1e22, ensure_ascii=False), json.dumps("</script>", allow_nan=False), json.dumps("x", allow_nan=False)]

import json
[json.dumps({"k": "\u2028\x00\x7f"}, allow_nan=False), json.dumps(10**25, separators=(",", ":")), json.dumps(1e22, indent=2, separators=(",", ": ")), json.dumps("x", indent=2, separators=(",", ": ")), json.dumps([1, 2.5, None, True, "é\"\n"], separators=(",", ":"))]

import json
[json.dumps({"b": [1, {"c": []}], "a": {}}, indent="\t"), json.dumps("x", skipkeys=True), json.dumps([[], {}, ""], allow_nan=False), json.dumps([[], {}, ""], indent=2, separators=(",", ": ")), json.dumps({"z": 1, "a": {"y": 2, "b": 3}}, separators=(",", ":"))]

import json
[json.dumps([0.1, 1e-7, 100.0, -0.0], ensure_ascii=False), json.dumps(1e16, indent=2, separators=(",", ": ")), json.dumps({"b": [1, {"c": []}], "a": {}}, indent=2), json.dumps({1: "a", 2.5: "b", None: "c", False: "d"}, skipkeys=True), json.dumps({1: "a", 2.5: "b", None: "c", False: "d"}, allow_nan=False)]

import json
[json.dumps([0.1, 1e-7, 100.0, -0.0], sort_keys=True), json.dumps([1, 2.5, None, True, "é\"\n"], indent=2), json.dumps({"b": [1, {"c": []}], "a": {}}, skipkeys=True), json.dumps({"a": 1}, skipkeys=True), json.dumps(10**25, sort_keys=True)]

import json
[json.dumps(10**25, allow_nan=False), json.loads('{"a": 1}'), json.dumps({1: "a", 2.5: "b", None: "c", False: "d"}, indent="\t"), json.dumps([[], {}, ""], indent=2), json.dumps(1e16, default=str)]

import textwrap
[textwrap.indent("longwordthatisverylong x", "  "), textwrap.wrap("", 12), textwrap.dedent("  \n  a"), textwrap.dedent("x\n"), textwrap.indent("\n    x\n\n      y\n    ", "  ")]

import textwrap
[textwrap.indent(textwrap.dedent("longwordthatisverylong x"), "    "), textwrap.dedent("para one.\n\npara two is longer"), textwrap.indent("a\n  b", "  "), textwrap.indent("\ta\n\t\tb", "> "), textwrap.dedent("a  b   c")]

import textwrap
[textwrap.dedent("\n"), textwrap.dedent("a\n  b"), textwrap.dedent("\n").strip(), textwrap.shorten("x\n", 12), textwrap.indent(textwrap.dedent("x\n"), "    ")]

import textwrap
[textwrap.indent(textwrap.dedent("\ta\n\t\tb"), "    "), textwrap.dedent("one two three four five six"), textwrap.fill("", 20, initial_indent="* ", subsequent_indent="  "), textwrap.fill("", 10), textwrap.dedent("a\n  b").strip()]

import textwrap
[textwrap.dedent("\ta\n\t\tb"), textwrap.indent(textwrap.dedent("para one.\n\npara two is longer"), "    "), textwrap.indent("x\n", "> "), textwrap.shorten("\ta\n\t\tb", 12), textwrap.indent("a  b   c", "  ")]

import os
from pathlib import Path, PurePosixPath
[Path("a//b/") / "z", Path("/").stem, Path("~/x").__str__(), Path("/a/./b").with_name("n"), Path("a.b/c").root]

import os
from pathlib import Path, PurePosixPath
[Path("/a/b/c.tar.gz") == Path("/a/b/c.tar.gz"), Path("../y").parent, Path("x.py").is_absolute(), os.path.dirname("/a/./b"), Path("a.b/c") == Path("")]

import os
from pathlib import Path, PurePosixPath
[Path("a.b/c") == Path("/a/b/c.tar.gz"), Path("a b/c d.txt").parents[0], Path("a.b/c") / "z", Path("a b/c d.txt").suffixes, os.path.join("a//b/", "a/../b")]

import os
from pathlib import Path, PurePosixPath
[Path("/a/b/c.tar.gz").suffix, os.path.join("r", "."), Path("/") == Path("."), Path("a b/c d.txt").__repr__(), Path("a//b/").root]

import os
from pathlib import Path, PurePosixPath
["z" / Path("../y"), os.path.join("a//b/", "/"), Path("a//b/") == Path("."), Path("/").__repr__(), os.path.join("/a/b/c.tar.gz", "a//b/")]

import os
from pathlib import Path, PurePosixPath
["z" / Path("a b/c d.txt"), Path("../y").suffixes, Path(".") == Path("a/../b"), Path("a.b/c").suffixes, os.path.join("", ".")]

import os
from pathlib import Path, PurePosixPath
[Path("").match("*.py"), os.path.isabs("../y"), Path(".").with_suffix(".x"), Path("a/../b").__str__(), os.path.normpath("/a/b/c.tar.gz")]

import os
from pathlib import Path, PurePosixPath
[Path(".hidden") == Path("/"), os.path.normpath("a b/c d.txt"), Path("a/../b") == Path("a//b/"), Path("a b/c d.txt").with_stem("s"), Path("/a/b/c.tar.gz") / "z"]
