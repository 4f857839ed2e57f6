1 + 2
7 // 2
-7 // 2
7 // -2
7 % 3
-7 % 3
7 % -3
-7 % -3
2 ** 10
2 ** 100
2 ** -1
(-2) ** 3
0 ** 0
10 / 4
1 / 3
10 ** 30 / 3
(2 ** 200 + 1) / 2 ** 199
1 / (10 ** 320)
-3 / 2
1 << 70
-5 >> 1
5 & 3
5 | 3
5 ^ 3
~5
-True
+True
~True
True + True
True & False
True | 2
True ^ True
not 0
1 / 0
1 // 0
1 % 0
1.0 / 0
1.0 // 0
1.0 % 0
0 ** -1
0.0 ** -1.0
1 << -1
2.5 // 0.7
-2.5 // 0.7
2.5 % 0.7
-2.5 % 0.7
2.5 % -0.7
5.0 % 3
-0.0
0.0 * -1
0.1 + 0.2
1e16
1e15
123456789012345680.0
1e-4
1e-5
1.5e300 * 1e10
2 ** 0.5
2.0 ** 3
(-8) ** 2.0
10.0 ** 400
float("inf") - float("inf")
float("nan")
-float("inf")
1e308 * 10
3 * 1.5
10 ** 400 * 1.0
1 < 2 < 3
1 == 1.0
True == 1
2 ** 53 == float(2 ** 53)
2 ** 53 + 1 == float(2 ** 53)
2 ** 53 + 1 > float(2 ** 53)
10 ** 400 > 1e308
10 ** 400 < float("inf")
float("nan") == float("nan")
1 < "a"
1 + "a"
1 - None
"a" - 1
-"a"
~1.5
None + 1
[] + 1

int("12")
int(" -12 ")
int("1_000")
int("1__0")
int("")
int("12.5")
int("0x1f", 16)
int("0x1f", 0)
int("0b101", 0)
int("0o17", 0)
int("010", 0)
int("0", 0)
int("zz", 36)
int("12", 2)
int("ff", 16)
int("٣٤")
int(12.9)
int(-12.9)
int(float("nan"))
int(float("inf"))
int(True)
int()
int(None)
int([])
int("1", 1)
int(5, 10)
int("-0")
int("+7")
int("7 7")
float("1.5")
float(" 1e3 ")
float("1_0.5")
float("1__0")
float("_1")
float("inf")
float("-Infinity")
float("nan")
float("")
float(".5")
float("5.")
float("e5")
float("abc")
float(3)
float(True)
float(None)
float()
float("1e400")
float("0x1")
bool([])
bool("a")
bool()
bool(0.0)
bool(None)

(5).bit_length()
(-255).bit_length()
(0).bit_length()
(255).bit_count()
(1024).to_bytes(2, "big")
(1024).to_bytes(2, "little")
(1024).to_bytes(1, "big")
(-1).to_bytes(2, "big")
(-1).to_bytes(2, "big", signed=True)
(0).to_bytes(0, "big")
int.from_bytes(b"\x04\x00", "big")
int.from_bytes(b"\x04\x00", "little")
int.from_bytes(b"\xff\xfe", "big", signed=True)
int.from_bytes([1, 2], "big")
(5).as_integer_ratio()
(0.75).as_integer_ratio()
(-1.5).as_integer_ratio()
(1.0).is_integer()
(1.5).is_integer()
(5).real
(5).imag
(5).numerator
(5).denominator
(2.5).real
(2.5).imag
True.real
(1.5).hex()
(0.0).hex()
(-5e-324).hex()
(5).conjugate()
int.bit_length(7)
(7).__add__(3)
(7).__add__("x")
(7).__index__()
(1.5).foo
(1).foo

round(2.5)
round(3.5)
round(-2.5)
round(2.675, 2)
round(1234.5678, 2)
round(1234.5678, -2)
round(1250.0, -2)
round(1350.0, -2)
round(1234, -2)
round(1250, -2)
round(1350, -2)
round(15, -1)
round(25, -1)
round(-15, -1)
round(5, 2)
round(5, -5)
round(1.5)
round(0.5)
round(-0.5)
round(1.0, 400)
round(1e300, -320)
round("a")
round(2.5, None)
round(True)
round(float("nan"))
abs(-5)
abs(-5.5)
abs(True)
abs("a")
divmod(7, 2)
divmod(-7, 2)
divmod(7.5, 2)
divmod(1, 0)
pow(2, 10)
pow(2, -1)
pow(3, 4, 5)
pow(3, -1, 7)
pow(2, -1, 4)
pow(2, 3, 0)
pow(2.0, 3, 5)
hex(255)
hex(-255)
oct(8)
bin(5)
bin(-5)
hex(1.5)
sum([1, 2, 3])
sum([1.5, 2])
sum([], 5)
sum([[1], [2]], [])
sum(["a"], "")
sum(["a"])
sum([0.5, 0.25, 1])
max(1, 2, 3)
max([3, 1, 2])
min("b", "a")
max([], default=7)
max([])
max()
min(3)
max("abc")
max([1, -5], key=abs)
min([(1, "b"), (1, "a")])
max(1, "a")
max(1.0, 1)
max(1, 1.0)
hash(5)
hash(True)
hash(-1)
hash([])
isinstance(True, int)
isinstance(1, bool)
isinstance(1, float)
isinstance(1, (str, int))
isinstance(1, int | str)
isinstance(None, int | None)
isinstance("a", 5)
issubclass(bool, int)
issubclass(int, str)
issubclass(int, object)
issubclass(5, int)
type(1) is int
type(True) is bool
type(1.5).__name__
type(None).__name__

# unknown: ok
sum([0.1] * 10)
10 ** 6000
str(10 ** 5000)
(-8) ** 0.5

x = 5
x += 3
x *= 2
x -= 1
x //= 4
x **= 3
x %= 10
x <<= 2
x |= 1
x &= 7
x ^= 2
x >>= 1
x

x = 7
x /= 2
x
