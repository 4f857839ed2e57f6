"""Writes airflowignore.json beside it: what the real Airflow finds in small DAG folders, for the test of `source::discover`.

Run it with a Python that has Airflow 3 installed. An argument N adds N random cases to the fixed ones.
"""

import json
import pathlib
import random
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")
from airflow.utils import file as airflow_file  # noqa: E402

TREE = [
    "a.py", "b.py", "foo.py", "notes.txt", ".hidden/a.py",
    "foo/a.py", "foo/x.py", "foo/bar/a.py", "foo/bar/x.py", "foo/bar/deep/x.py", "foo/bar.py",
    "sub/foo/x.py", "sub/foo.py", "sub/a.py", "sub/sub/a.py", "sub/b-c.py", "a b/x y.py", "tests/test_a.py",
]  # fmt: skip

GLOB = [
    [""], ["foo"], ["foo/"], ["/foo"], ["/foo/"], ["foo/bar"], ["foo/bar/"], ["*.py"], ["*"], ["*/"], ["**/"], ["**"],
    ["**/foo"], ["foo/**"], ["foo/*"], ["sub/**/a.py"], ["a.py"], ["/a.py"], ["?.py"], ["[ab].py"], ["[!a].py"], ["[^a].py"],
    ["[a-b].py"], ["[]a].py"], ["[a", "foo"], ["*.py", "!a.py"], ["!a.py", "*.py"], ["*.py", "!a.py", "*.py"], ["foo/", "!foo"],
    ["foo/bar/", "!bar"], ["foo/*", "!foo/bar"], ["foo/*", "!foo/a.py"], ["# all", "foo # not that", "sub/ #this"], ["foo "],
    ["foo/ "], [" foo"], ["a b"], ["a\\ b/"], ["x y.py"], ["FOO"], ["/"], ["tests", "*_a.py"], ["\\!a.py"], ["**/bar/*.py"],
    ["foo/**/x.py"], ["sub/sub"], ["/sub/sub/"], ["*o"], ["fo?"], ["foo.*"], ["b-c.py"], ["b[-a]c.py"], [".hidden"], ["/*", "!/foo"],
    ["/*/", "!/foo/"], ["deep"], ["foo/bar/deep"], ["!foo"],
]  # fmt: skip

REGEXP = [
    ["foo"], ["^foo"], ["foo$"], ["a.py"], [r"a\.py"], ["^a"], [r"^sub/.*\.py$"], ["*.py"], [r"^(?!foo)"], [r"^(?!foo(/|\.py$))"],
    ["foo/bar"], ["# foo", "sub # x"], [r"\d", "[[]"], ["(?i)FOO"], ["(", "a"], [r"(\w)\1"], ["/"], [r".*/.*/.*"], ["tests?"],
    ["b-c"], [r"\s"], ["$"], ["."], [r"(?P<n>o)(?P=n)"],
]  # fmt: skip

NESTED = [
    {"": ["*.py"], "foo": ["!a.py"]},
    {"": ["a.py"], "foo": ["!a.py", "bar"]},
    {"foo": ["/bar"]},
    {"foo": ["bar/x.py"], "foo/bar": ["a.py"]},
    {"foo": ["/x.py"], "sub": ["/foo/"]},
    {"": ["x.py"], "foo": ["!x.py"], "foo/bar": ["x.py"]},
    {"foo": ["foo/bar"]},
]
NESTED_REGEXP = [{"foo": ["foo/bar"]}, {"foo": ["^bar"]}, {"foo": ["^foo/bar/a"]}, {"sub": ["foo"]}, {"": ["sub"], "foo": ["x"]}]


def ask(syntax: str, files: dict[str, list[str]]) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder).resolve()
        for name in TREE:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("from airflow import DAG")
        for name, lines in files.items():
            (root / name / ".airflowignore").write_text("\n".join(lines))
        find = airflow_file.find_path_from_directory
        try:
            found = sorted(
                str(pathlib.Path(path).relative_to(root))
                for path in find(root, ".airflowignore", syntax)
                if path.endswith(".py")
            )
        except Exception as error:  # Airflow's own crash: the tool must say what is wrong with the pattern.
            found = type(error).__name__
    return {"syntax": syntax, "ignore": files, "found": found}


def random_lines(rng: random.Random) -> list[str]:
    atoms = ["a.py", "b*", "foo", "bar", "sub", "**", "*", "?", "[ab].py", "[!a].py", "[^f]*", "fo\\o", "x.p[y-z]", "[]-a]*", "x*",
             "b[+--]c.py", "[a-c-e].py", "*.py", "deep", "*o*", "t[!a-d]sts", "", "[", "f[o", "foo.py", "**a", "a**"]  # fmt: skip
    lines = []
    for _ in range(rng.randint(1, 4)):
        body = "/".join(rng.choice(atoms) for _ in range(rng.choice([1, 1, 1, 2, 2, 3])))
        lines.append(
            rng.choice(["", "", "", "!", "/", "!/"]) + body + rng.choice(["", "", "", "/", "/", " ", "/**", "  # c"])
        )
    return lines


def main() -> None:
    rng = random.Random(1)
    cases = [ask("glob", {"": lines}) for lines in GLOB]
    cases += [ask("regexp", {"": lines}) for lines in REGEXP]
    cases += [ask("glob", files) for files in NESTED]
    cases += [ask("regexp", files) for files in NESTED_REGEXP]
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 0):
        files = {"": random_lines(rng)}
        for folder in ("foo", "sub", "foo/bar"):
            if rng.random() < 0.3:
                files[folder] = random_lines(rng)
        cases.append(ask("glob", files))
    lines = ",\n".join(json.dumps(case) for case in cases)
    target = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).with_suffix(".json")
    target.write_text('{"tree": ' + json.dumps(TREE) + ',\n"cases": [\n' + lines + "\n]}\n")


main()
