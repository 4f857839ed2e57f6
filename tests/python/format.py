"{} {}".format(1, "a")
"{0} {1} {0}".format("a", "b")
"{a} {b}".format(a=1, b=2)
"{} {a}".format(1, a=2)
"{{}} {}".format(1)
"{0.real} {0.imag}".format(5)
"{0[0]} {0[1]}".format(["a", "b"])
"{a[key]}".format(a={"key": 1})
"{a[0]}".format(a={0: "zero"})
"{0[-1]}".format([1, 2])
"{!r}".format("a")
"{!s}".format("a")
"{!a}".format("é")
"{!x}".format("a")
"{:>10}".format("abc")
"{:<10}|".format("abc")
"{:^10}|".format("abc")
"{:*^10}".format("abc")
"{:{}}".format("abc", 10)
"{:{w}.{p}}".format("abcdef", w=10, p=3)
"{:{fill}{align}{width}}".format("x", fill="*", align="^", width=5)
"{} {0}".format(1)
"{0} {}".format(1)
"{}".format()
"{1}".format(1)
"{a}".format()
"{a}".format(b=1)
"{".format(1)
"}".format(1)
"{0".format(1)
"{0!}".format(1)
"{0!rx}".format(1)
"{a.b}".format(a=5)
"{a[}".format(a=5)
"{:d}".format("a")
"{:s}".format(5)
"{:x}".format(1.5)
"{}".format([1, "a", None])
"{}".format({"a": 1})
"{}".format(None)
"{:10}".format(None)
"{:>5}".format([1])
"{}".format(True)
"{:5}".format(True)
"{:d}".format(True)
"{0:{1}}".format(3, ">5")
"{a}{b}".format_map({"a": 1, "b": 2})
"{a}".format_map({})
"{}".format_map({})
"{:%}".format(0.5)
"{0:{0}}".format(5)
"{:{:{}}}".format(1, 2, 3)
"a{{b}}c".format()
"{x!r:>10}".format(x="é")
"{a:}".format(a=1)
"{0.nope}".format(1)

format(5)
format(5, "")
format(5, "d")
format(-5, "+d")
format(5, "+d")
format(5, " d")
format(5, "5d")
format(5, "05d")
format(-5, "05d")
format(5, "<5d")
format(5, "^5d")
format(-5, "=5d")
format(5, "x>5")
format(255, "x")
format(255, "X")
format(255, "#x")
format(255, "#X")
format(255, "#o")
format(255, "#b")
format(255, "08b")
format(255, "#010x")
format(-255, "#x")
format(1234567, ",")
format(1234567, "_")
format(1234567, "_x")
format(0xABCDEF12, "_x")
format(1234567, "012,")
format(1234567, "015,d")
format(1234, "08,")
format(1234567, ",x")
format(1234567, ",_")
format(1234567, ",,")
format(97, "c")
format(97, "5c")
format(97, "+c")
format(5, ".2d")
format(5, ".2f")
format(5, "e")
format(5, "%")
format(5, "n")
format(5, "s")
format(5, "q")
format(5, "5.")
format(5, "abc")
format(10 ** 30, ",")
format(True, "d")
format(True, "")
format(True, "x")

format(3.14159, ".2f")
format(3.14159, "f")
format(3.14159, "10.2f")
format(-3.14159, "010.2f")
format(3.14159, "+.1f")
format(3.14159, ".0f")
format(2.5, ".0f")
format(3.5, ".0f")
format(0.125, ".2f")
format(3.0, "#.0f")
format(1234567.891, ",.2f")
format(1234567.891, "_.1f")
format(1234567.891, "020,.2f")
format(0.00001234, "e")
format(12345.678, ".2e")
format(12345.678, "E")
format(0.0, "e")
format(12345.678, "g")
format(1234567.0, "g")
format(0.0001, "g")
format(0.00001, "g")
format(1e10, "g")
format(100000.0, "g")
format(1000000.0, "g")
format(1.5, "#g")
format(1.0, "#.3g")
format(1e-10, "G")
format(123.0, ".3")
format(123.0, ".2")
format(1.0, ".5")
format(0.1, ".20")
format(1e16, "")
format(1e16, ".3")
format(1.0, "10")
format(1.0, "")
format(12.0, ".3g")
format(0.5, "%")
format(0.12345, ".1%")
format(1.0, ".0%")
format(float("inf"), "f")
format(float("nan"), "010")
format(-float("inf"), "F")
format(float("inf"), "010.2f")
format(float("nan"), "%")
format(-0.0, "f")
format(-0.0, "z.1f")
format(-0.01, "z.1f")
format(1.5, "d")
format(1.5, "x")
format(1.5, "s")
format(1.5, ",")
format(1.5, "n")
format(1.5, ".3n")
format(1e300, ".2f")
format(123456789.0, "g")
format(123456789.0, ".15g")
format(1.23e-7, "")
format(1/3, ".60f")

format("abc", "5")
format("abc", ">5")
format("abc", "^6")
format("abc", ".2")
format("abc", "*<6.2")
format("abc", "05")
format("abc", "=5")
format("abc", "+")
format("abc", "#")
format("abc", ",")
format("abc", "d")
format("abc", "s")
format("€", "€>3")
format([1], "")
format([1], "5")
format(None, "")
format(None, "5")
format((1, 2), "")
format(5, 5)

f"{1 + 1}"
f"{'a'!r}"
f"{3.14159:.2f}"
f"{5:03d}"
f"{'abc':>{10}}"
f"{1234567:,}"
f"{{}}"
f"{[1, 2]}"
f"{None}"
f"{1.0}"
f"{'a' + 'b'}{2}"
f"{5=}"
f"{'x'=}"
f"{5 = :03d}"
f"{'a'.upper()}"
f"{ {'a': 1}['a'] }"
f"{True:5}"
f"{255:#x}"
f"{0.1 + 0.2}"
f"{'nested ' + f'{1}'}"

"%s" % "a"
"%s %s" % ("a", 1)
"%d" % 5
"%d" % 5.9
"%d" % True
"%5d|%-5d|%05d" % (1, 2, 3)
"%+d % d" % (5, 5)
"%x %X %o" % (255, 255, 8)
"%#x %#o" % (255, 8)
"%f" % 1.5
"%.2f" % 1.005
"%10.3f" % 3.14159
"%-10.3f|" % 3.14159
"%010.3f" % -3.14159
"%e" % 12345.678
"%E" % 12345.678
"%g" % 0.00001
"%g" % 100000
"%g" % 1000000
"%G" % 1e-10
"%c" % "a"
"%c" % 97
"%c" % "ab"
"%r" % "a"
"%a" % "é"
"%s" % None
"%s" % [1, 2]
"%s" % (1,)
"%%"  % ()
"100%%" % ()
"%(a)s %(b)d" % {"a": "x", "b": 1}
"%(a)s" % {"b": 1}
"%(a)s" % 5
"%(a)s" % "x"
"%(a)05.1f" % {"a": 2.25}
"%s" % {"a": 1}
"%s %s" % "a"
"%s" % ("a", "b")
"%d" % "a"
"%x" % 1.5
"%f" % "a"
"%d" % None
"%q" % 1
"%" % 1
"%(a" % {"a": 1}
"abc" % ()
"abc" % 1
"abc" % {}
"abc" % []
"abc" % {"a": 1}
"%5s|%-5s|" % ("ab", "cd")
"%.2s" % "abc"
"%*d" % (5, 3)
"%-*d|" % (5, 3)
"%.*f" % (2, 3.14159)
"%5%" % ()
"%s %%s" % "a"
"%.3d" % 5
"%+.1e" % 0.0
"%ld" % 5
"%i" % 7
"%u" % 7
"%s" % "é"
"%f" % float("inf")
"%05d" % -3
"%#.0f" % 3
"%s-%s" % tuple("ab")

"%s" % 10 ** 2
"%s is %d years" % ("Bob", 42)
"select * from %s where ds = '{{ ds }}'" % "t"
"{{{{ ds }}}} {}".format("x")
"{{ ds }}".format()
"{0:>{1}} {0:<{1}}|".format("a", 4)
"{:,.2f}".format(1234567.891)
"{:.3s}".format("abcdef")
"{:02d}:{:02d}".format(5, 7)
"{0!r:.5}".format("abcdefgh")
"{:+}".format(5)
"{:e}".format(5)
"{:.2%}".format(0.12345)
