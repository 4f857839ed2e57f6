import textwrap
textwrap.dedent("""
    a
      b
    c
    """)

import textwrap
[textwrap.dedent(t) for t in ["", "a", "  a", "  a\n b", "\ta\n\tb", " \ta\n \tb", "  a\n\n  b", "  a\n   \n  b", "\n\n", "    ", "  a\n\tb", "    a\n  b\n      c", "a\n  b", "  a\n", "   \n  a", "\n  a\n  "]]

import textwrap
[textwrap.indent("a\nb", "  "), textwrap.indent("a\n\n b\n", "> "), textwrap.indent("", "x"), textwrap.indent("a\n  \nb", "-"), textwrap.indent("a\nb", "+", lambda line: True), textwrap.indent("a\n\nb", "+", predicate=lambda line: "b" in line)]

import textwrap
[textwrap.shorten("hello world", 20), textwrap.shorten("hello world foo", 11), textwrap.shorten("hello  world", width=12), textwrap.shorten("hello world", 8, placeholder="..."), textwrap.shorten("hello world", width=5)]

import textwrap
textwrap.shorten("hello world", 2)

import textwrap
[textwrap.wrap("the quick brown fox jumps", 10), textwrap.wrap("", 5), textwrap.fill("the quick brown fox jumps over", 12), textwrap.wrap("short", 70), textwrap.wrap("a b c d e f", 3)]

import textwrap
[textwrap.wrap("the well-known fox", 10), textwrap.wrap("a  b   c", 4), textwrap.wrap("averyveryverylongword", 5), textwrap.fill("a b c", 3, initial_indent="* ", subsequent_indent="  "), textwrap.wrap("a\nb\tc", 20)]
# unknown: ok

import textwrap
textwrap.dedent(5)

import textwrap
textwrap.dedent(None)

from textwrap import dedent as d
d("""\
    SELECT *
    FROM t
    WHERE a = '{{ ds }}'
    """).strip()
