//! What no real DAG file does, one row a case: the run ends, soon, with the bound and the place, and the file beside it is
//! converted.

use super::run::{command, folder, records, stderr};

/// Cases that pass a bound: a name, the code, the start of the message.
const BOUNDS: &[(&str, &str, &str)] = &[
    ("while True", "while True:\n    pass", "the evaluation takes more than"),
    ("a loop that grows", "x = []\nwhile True:\n    x.append(x)", "the evaluation takes more than"),
    ("an endless generator", "def g():\n    while True:\n        yield 1\nx = list(g())", ""),
    ("an endless iterator", "import itertools\nx = list(itertools.count())", ""),
    ("an endless cycle", "import itertools\nfor x in itertools.cycle([1]):\n    pass", ""),
    ("iter with a sentinel", "x = list(iter(int, 1))", ""),
    ("a tower of powers", "x = 10**10**10", ""),
    ("a tower of powers, negative", "x = (-7)**10**12", ""),
    ("a shift", "x = 1 << 10**12", ""),
    ("a factorial", "import math\nx = math.factorial(10**7)", ""),
    ("a long text", "x = 'a' * 10**12", "a value of 1000000000000 items or characters"),
    ("long bytes", "x = b'a' * 10**12", "a value of 1000000000000 items or characters"),
    ("a long list", "x = [0] * 10**10", "a value of 10000000000 items or characters"),
    ("a long tuple", "x = (0,) * 10**10", "a value of 10000000000 items or characters"),
    ("a long range as a list", "x = list(range(10**12))", ""),
    ("a long range summed", "x = sum(range(10**12))", ""),
    ("a comprehension over a long range", "x = [i for i in range(10**12)]", ""),
    ("a product", "import itertools\nx = list(itertools.product(range(1000), repeat=9))", ""),
    ("permutations", "import itertools\nx = list(itertools.permutations(range(30)))", ""),
    ("a width", "x = f'{1:1000000000000}'", ""),
    ("a width, old style", "x = '%1000000000000d' % 1", ""),
    ("a width, justified", "x = 'a'.ljust(10**12)", ""),
    ("a precision", "x = f'{1.5:.1000000000000f}'", ""),
    ("doubling", "x = 'a'\nfor _ in range(100):\n    x = x + x", ""),
    ("doubling in place", "x = [1]\nfor _ in range(100):\n    x += x", ""),
    ("exponential f-strings", "x = 'a'\nfor _ in range(100):\n    x = f'{x}{x}{x}'", ""),
    ("exponential replacement", "x = 'a'\nfor _ in range(100):\n    x = x.replace('a', 'aa')", ""),
    ("exponential joining", "x = 'ab'\nfor _ in range(100):\n    x = x.join([x, x, x])", ""),
    (
        "exponential substitution",
        "import re\nx = 'a'\nfor _ in range(100):\n    x = re.sub('a', 'aa', x)",
        "",
    ),
    ("tabs", "x = '\\t'.expandtabs(10**12)", ""),
    ("recursion", "def f(n):\n    return f(n + 1)\nx = f(0)", "calls are nested more than"),
    (
        "mutual recursion",
        "def f():\n    return g()\ndef g():\n    return f()\nx = f()",
        "calls are nested more than",
    ),
    ("recursion by a lambda", "f = lambda: f()\nx = f()", "calls are nested more than"),
    (
        "recursion by a property",
        "class A:\n    @property\n    def a(self):\n        return self.a\nx = A().a",
        "calls are nested more than",
    ),
    (
        "recursion by a method of the language",
        "class A:\n    def __add__(self, o):\n        return self + o\nx = A() + 1",
        "calls are nested more than",
    ),
    (
        "exponential calls",
        "def f(n):\n    return f(n - 1) + f(n - 1) if n else 1\nx = f(60)",
        "the evaluation takes more than",
    ),
    (
        "a list deep in lists, as text",
        "x = []\nfor _ in range(5000):\n    x = [x]\ny = str(x)",
        "a value is nested too deeply",
    ),
    (
        "a list deep in lists, compared",
        "x, y = [], []\nfor _ in range(5000):\n    x, y = [x], [y]\nz = x == y",
        "a value is nested too deeply",
    ),
    (
        "a list deep in lists, copied",
        "import copy\nx = []\nfor _ in range(5000):\n    x = [x]\ny = copy.deepcopy(x)",
        "a value is nested too deeply",
    ),
    (
        "named tuples in named tuples, as text",
        "from collections import namedtuple\nP = namedtuple('P', 'a')\nx = 1\nfor _ in range(5000):\n    x = P(x)\ny = str(x)",
        "a value is nested too deeply",
    ),
    (
        "caches of caches, called",
        "import functools\nx = print\nfor _ in range(20000):\n    x = functools.lru_cache(x)\ny = x(1)",
        "a value is nested too deeply",
    ),
    (
        "an iterator of iterators",
        "x = iter([1])\nfor _ in range(5000):\n    x = map(str, x)\ny = list(x)",
        "a value is nested too deeply",
    ),
    (
        "a class of classes",
        "class A: pass\nfor _ in range(100000):\n    class A(A): pass",
        "the evaluation takes more than",
    ),
    (
        "100,000 tasks",
        "from airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\nwith DAG('many') as d:\n    for i in range(100000):\n        EmptyOperator(task_id=f't{i}')",
        "the file makes more than",
    ),
    (
        "100,000 DAGs",
        "from airflow import DAG\nfor i in range(100000):\n    globals()[f'd{i}'] = DAG(f'd{i}')",
        "the file makes more than",
    ),
];

const GOOD: &str = "from datetime import datetime\nfrom airflow import DAG\n\
    from airflow.providers.amazon.aws.operators.athena import AthenaOperator\n\
    with DAG(\"good\", start_date=datetime(2030, 1, 1), schedule=None):\n    \
    AthenaOperator(task_id=\"t\", database=\"d\", query=\"select 1\", output_location=\"s3://b/\")\n";

#[test]
fn every_bound_ends_its_file_alone_and_says_where() {
    let here = folder(&[("dags/good.py", GOOD)]);
    for (index, (name, code, _)) in BOUNDS.iter().enumerate() {
        let text = format!("# airflow dag: {name}\n{code}\n");
        std::fs::write(here.path().join(format!("dags/case_{index:02}.py")), text).unwrap();
    }
    // Smaller than by default, for a debug build; what is bounded is the same.
    let small = ["--max-steps", "300000", "--max-size", "1000000", "--max-tasks", "2000", "--timeout", "240"];
    let mut command = command(here.path(), &["convert", "dags", "--output-format", "json"]);
    let output = command.args(small).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(here.path().join("output_yaml/good.yml").exists());
    let records = records(&output);
    let mut wrong = Vec::new();
    for (index, (name, _, message)) in BOUNDS.iter().enumerate() {
        let path = format!("dags/case_{index:02}.py");
        let found: Vec<_> = records.iter().filter(|record| record["path"] == path.as_str()).collect();
        let limit = found.iter().find(|record| record["code"] == "limit");
        let is_right = limit.is_some_and(|record| {
            let text = record["message"].as_str().unwrap();
            text.starts_with(message) && record["line"].as_u64().is_some_and(|line| line > 1)
        });
        if !is_right {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is deep, large or slow in Python too, and passes no bound: a name and the code. The file is read to its end.
const HARMLESS: &[(&str, &str)] = &[
    ("a regular expression that explodes", "import re\nx = re.match('(a+)+$', 'a' * 40 + 'b')"),
    ("one with a reference back", "import re\nx = re.match(r'(a|a)*\\1$', 'a' * 40 + 'b')"),
    ("a list in itself", "x = []\nx.append(x)\ny = str(x)\nz = x == x"),
    ("a dict in itself", "x = {}\nx['a'] = x\ny = repr(x)"),
    ("an object in itself", "class A: pass\nx = A()\nx.x = x"),
    ("lists in lists", "x = []\nfor _ in range(50000):\n    x = [x]"),
    (
        "objects in objects",
        "class A: pass\nx = A()\nfor _ in range(20000):\n    y = A()\n    y.x = x\n    x = y",
    ),
    ("chains in chains", "import itertools\nx = [1]\nfor _ in range(50000):\n    x = itertools.chain(x)"),
    (
        "partials in partials",
        "import functools\nx = print\nfor _ in range(50000):\n    x = functools.partial(print, x)",
    ),
    ("closures in closures", "x = 1\nfor _ in range(20000):\n    x = (lambda y: lambda: y)(x)"),
    ("exceptions in exceptions", "x = None\nfor _ in range(20000):\n    x = ValueError(x)"),
    (
        "diamonds of classes",
        "class A: pass\nfor _ in range(60):\n    class B(A): pass\n    class C(A): pass\n    class A(B, C): pass\nx = A().__class__",
    ),
    ("one list in a trillion places", "x = []\nfor _ in range(40):\n    x = [x, x]"),
    (
        "one tuple in a trillion places, as a key",
        "x = y = ()\nfor _ in range(40):\n    x, y = (x, x), (y, y)\nz = {x: 1}\nz[y] = 2\nassert len(z) == 1",
    ),
    (
        "one list in a trillion places, handed to what is unknown",
        "import foo\nx = []\nfor _ in range(40):\n    x = [x, x]\nfoo.b(x)",
    ),
    (
        "keywords by the thousand",
        "def f(**x): return len(x)\nassert f(**{f'k{i}': i for i in range(20000)}) == 20000",
    ),
    ("tuples in tuples", "x = ()\nfor _ in range(50000):\n    x = (x,)\nx = None"),
    ("frozensets in frozensets", "x = frozenset()\nfor _ in range(50000):\n    x = frozenset([x])"),
    (
        "everything in everything",
        "class A: pass\nx = None\nfor _ in range(10000):\n    a = A()\n    a.v = (x,)\n    x = [{'k': a}]",
    ),
    (
        "methods in objects",
        "class A:\n    def __init__(self, p): self.p = p\n    def m(self): pass\nx = None\nfor _ in range(20000):\n    x = A(x).m",
    ),
    ("defaults in functions", "x = 1\nfor _ in range(20000):\n    def f(a=x): return a\n    x = f"),
    ("classes in classes", "x = None\nfor _ in range(5000):\n    class A:\n        v = x\n    x = A"),
    ("deques in deques", "from collections import deque\nx = 1\nfor _ in range(20000):\n    x = deque([x])"),
    ("properties of properties", "x = None\nfor _ in range(20000):\n    x = property(x)"),
    ("types of types", "import typing\nx = int\nfor _ in range(20000):\n    x = typing.List[x]"),
    (
        "fields of fields",
        "import dataclasses\nx = 1\nfor _ in range(20000):\n    x = dataclasses.field(default=x)",
    ),
    (
        "tasks of tasks",
        "from airflow.decorators import task\nx = print\nfor _ in range(20000):\n    x = task(x)",
    ),
    (
        "what is deep, where a branch that is not decided may change it",
        "import foo\nx = []\nfor _ in range(50000):\n    x = [x]\nif foo.a:\n    x.append(1)\nfoo.b(x)",
    ),
    (
        "types of types, handed to what is unknown",
        "import foo\nx = int\nfor _ in range(20000):\n    x = list[x]\nfoo.b(x)",
    ),
    (
        "lists of one list twice, handed to what is unknown",
        "import foo\nx = 'a'\nfor _ in range(60):\n    x = [x, x]\nfoo.b(x)",
    ),
    ("attributes of what is unknown", "import foo\nx = foo.bar\nfor _ in range(100000):\n    x = x.a"),
    ("brackets in the text of eval", "x = eval('(' * 100000 + ')' * 100000)"),
    ("signs in the text of eval", "x = eval('-' * 100000 + '1')"),
    ("brackets in JSON", "import json\ntry:\n    x = json.loads('[' * 100000)\nexcept Exception:\n    pass"),
    (
        "brackets in YAML",
        "import yaml\ntry:\n    x = yaml.safe_load('[' * 100000)\nexcept Exception:\n    pass",
    ),
    (
        "laughs in YAML",
        "import yaml\nx = yaml.safe_load('a: &a [x,x,x,x,x,x,x,x,x]\\n' + ''.join(f'{c}: &{c} [' + ','.join([f'*{b}'] * 9) + ']\\n' for b, c in zip('abcdefghi', 'bcdefghij')))",
    ),
];

#[test]
fn what_is_deep_does_not_end_the_run() {
    let here = folder(&[("dags/good.py", GOOD)]);
    for (index, (name, code)) in HARMLESS.iter().enumerate() {
        // The DAG behind the code is there to show that its end is reached.
        let text = format!("# {name}\n{code}\n{}", GOOD.replace("\"good\"", &format!("\"end_{index}\"")));
        std::fs::write(here.path().join(format!("dags/case_{index:02}.py")), text).unwrap();
    }
    let output = command(here.path(), &["convert", "dags", "--timeout", "240"]).output().unwrap();
    assert!(output.status.code().is_some(), "{}", stderr(&output));
    let missing: Vec<&str> = HARMLESS
        .iter()
        .enumerate()
        .filter(|(index, _)| !here.path().join(format!("output_yaml/end_{index}.yml")).exists())
        .map(|(_, (name, _))| *name)
        .collect();
    assert!(missing.is_empty(), "{missing:?}: {}", stderr(&output));
}

#[test]
fn the_watchdog_ends_the_run_and_leaves_the_folder_alone() {
    let here = folder(&[("dags/good.py", GOOD), ("dags/slow.py", "# airflow dag\nwhile True:\n    pass\n")]);
    let arguments = ["convert", "dags", "--timeout", "1", "--max-steps", "1000000000000"];
    let output = command(here.path(), &arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).starts_with("error: `dags/slow.py` takes longer than 1 s"),
        "{}",
        stderr(&output)
    );
    assert!(!here.path().join("output_yaml").exists());
}

#[test]
fn the_deepest_recursion_that_can_be_asked_for_fits_the_stack() {
    let code = "# airflow dag\ndef f(n):\n    return [{'a': (f(n + 1) if True else 0) + 1} for _ in range(1)][0]['a']\nx = f(0)\n";
    let here = folder(&[("dags/deep.py", code)]);
    let output = command(here.path(), &["convert", "dags", "--max-depth", "1000000"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("calls are nested more than"), "{}", stderr(&output));
}

/// Values that a definition cannot hold, as an argument of a task: what makes `x`.
const UNWRITABLE: &[(&str, &str)] = &[
    ("a list in itself", "x = []\nx.append(x)"),
    ("lists in lists", "x = []\nfor _ in range(20000):\n    x = [x]"),
    ("one list in a trillion places", "x = []\nfor _ in range(40):\n    x = [x, x]"),
    (
        "a result in a trillion places",
        "from airflow.decorators import task\n@task\ndef f(): return 1\nx = f()\nfor _ in range(40):\n    x = x.concat(x)",
    ),
    ("frozensets in frozensets", "x = frozenset()\nfor _ in range(20000):\n    x = frozenset([x])"),
    ("a list of a class of one's own in itself", "class L(list): pass\nx = L()\nx.append(x)"),
    ("such lists in such lists", "class L(list): pass\nx = L()\nfor _ in range(20000):\n    x = L([x])"),
    ("closures in closures", "x = 1\nfor _ in range(20000):\n    x = (lambda y: lambda: y)(x)"),
    ("defaults in functions", "x = 1\nfor _ in range(20000):\n    def f(a=x): return a\n    x = f"),
];

#[test]
fn what_is_too_deep_for_a_definition_is_refused() {
    let here = folder(&[("dags/good.py", GOOD)]);
    for (index, (name, code)) in UNWRITABLE.iter().enumerate() {
        let dag = GOOD.replace("\"good\"", &format!("\"deep_{index}\"")).replace("\"d\"", "x");
        std::fs::write(here.path().join(format!("dags/case_{index}.py")), format!("# {name}\n{code}\n{dag}"))
            .unwrap();
    }
    let arguments = ["convert", "dags", "--code", "none", "--timeout", "240"];
    let output = command(here.path(), &arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(here.path().join("output_yaml/good.yml").exists());
    for (index, (name, _)) in UNWRITABLE.iter().enumerate() {
        assert!(!here.path().join(format!("output_yaml/deep_{index}.yml")).exists(), "{name}");
        assert!(stderr(&output).contains(&format!("DAG `deep_{index}`")), "{name}: {}", stderr(&output));
    }
}

/// DAGs of a size that none has: what makes the DAG, and what is said where it is refused.
const LARGE: &[(&str, &str, Option<&str>)] = &[
    (
        "270,000 edges",
        "with DAG(ID, schedule=None):\n    a = [Task(task_id=f'a{i}') for i in range(1000)]\n    \
         b = [Task(task_id=f'b{i}') for i in range(270)]\n    for x in b:\n        a >> x",
        Some("has more than 262144 nodes"),
    ),
    (
        "90,000 tasks",
        "with DAG(ID, schedule=None):\n    for i in range(90000):\n        Task(task_id=f't{i}')",
        Some("has more than 262144 nodes"),
    ),
    (
        "a text of nine million letters",
        "with DAG(ID, schedule=None, doc_md='x' * 9_000_000):\n    Task(task_id='a')",
        None,
    ),
    (
        "a text of three million letters that are written as escapes",
        "with DAG(ID, schedule=None, doc_md='\\u200b' * 3_000_000):\n    Task(task_id='a')",
        Some("the text is longer than 16777216 bytes"),
    ),
    (
        "a text of five million lines",
        "with DAG(ID, schedule=None, doc_md='x\\n' * 4_500_000):\n    Task(task_id='a')",
        Some("the text is longer than 16777216 bytes"),
    ),
    (
        "lists of one list twice, as `params`",
        "x = 'a'\nfor _ in range(60):\n    x = [x, x]\nwith DAG(ID, schedule=None, params={'x': x}):\n    Task(task_id='a')",
        Some("the value has more than 1000000 parts"),
    ),
    (
        "lists of one list twice, as a default argument",
        "x = 'a'\nfor _ in range(60):\n    x = [x, x]\nwith DAG(ID, schedule=None, default_args={'owner': x}):\n    Task(task_id='a')",
        Some("the value has more than 1000000 parts"),
    ),
    (
        "lists of one list twice, as an argument of a task",
        "x = 'a'\nfor _ in range(60):\n    x = [x, x]\nwith DAG(ID, schedule=None):\n    Task(task_id='a', doc_md=x)",
        Some("the value has more than 1000000 parts"),
    ),
];

#[test]
fn what_is_large_is_written_or_refused() {
    let here = folder(&[("dags/good.py", GOOD)]);
    for (index, (name, code, _)) in LARGE.iter().enumerate() {
        let head = "from airflow import DAG\nfrom airflow.providers.standard.operators.empty import EmptyOperator as Task";
        let code = code.replace("ID", &format!("'large_{index}'"));
        std::fs::write(
            here.path().join(format!("dags/case_{index}.py")),
            format!("# {name}\n{head}\n{code}\n"),
        )
        .unwrap();
    }
    let arguments = ["convert", "dags", "--target", "dag-factory", "--output-format", "json"];
    let bounds = ["--max-tasks", "200000", "--timeout", "240"];
    let output = command(here.path(), &arguments).args(bounds).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let records = records(&output);
    for (index, (name, _, refusal)) in LARGE.iter().enumerate() {
        let is_written = here.path().join(format!("output_yaml/large_{index}.yml")).exists();
        assert_eq!(is_written, refusal.is_none(), "{name}");
        let path = format!("dags/case_{index}.py");
        let said: Vec<String> = records
            .iter()
            .filter(|record| record["path"] == path.as_str())
            .map(ToString::to_string)
            .collect();
        assert!(
            refusal.is_none_or(|text| said.iter().any(|record| record.contains(text))),
            "{name}: {said:?}"
        );
    }
}

/// How a file that names itself, or another that names it, ends: its modules and what is found.
const IMPORTS: &[(&str, &[(&str, &str)])] = &[
    ("a module that imports itself", &[("case.py", "import case\n")]),
    ("two that import each other", &[("case.py", "import other\n"), ("other.py", "import case\nx = 1\n")]),
    (
        "two that take names from each other",
        &[("case.py", "from other import x\ny = 1\n"), ("other.py", "from case import y\nx = 1\n")],
    ),
    (
        "a package that imports itself",
        &[("case.py", "import p\n"), ("p/__init__.py", "from . import p\nfrom p import *\n")],
    ),
    ("one that reads itself", &[("case.py", "exec(open(__file__).read())\n")]),
    ("one that evaluates itself", &[("case.py", "x = eval('eval(open(__file__).read())')\n")]),
    ("one that loads itself", &[("case.py", "import importlib\nimportlib.import_module('case')\n")]),
];

#[test]
fn imports_in_a_circle_end() {
    for (name, files) in IMPORTS {
        let here = folder(&[("dags/good.py", GOOD)]);
        for (path, text) in *files {
            let path = here.path().join("dags").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, format!("# airflow dag\n{text}")).unwrap();
        }
        let output = command(here.path(), &["convert", "dags", "--timeout", "60"]).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {}", stderr(&output));
        assert!(here.path().join("output_yaml/good.yml").exists(), "{name}: {}", stderr(&output));
    }
}

#[test]
fn a_chain_of_a_thousand_imports_is_followed_or_refused() {
    let here = folder(&[("dags/good.py", GOOD)]);
    for index in 0..1000 {
        let text = format!("from m{} import x\n", index + 1);
        std::fs::write(here.path().join(format!("dags/m{index}.py")), text).unwrap();
    }
    std::fs::write(here.path().join("dags/m1000.py"), "x = 'd'\n").unwrap();
    let text = GOOD.replace("\"good\"", "\"long\"").replace("\"d\"", "x");
    std::fs::write(here.path().join("dags/long.py"), format!("from m0 import x\n{text}")).unwrap();
    let output = command(here.path(), &["convert", "dags", "--timeout", "120"]).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
    assert!(here.path().join("output_yaml/good.yml").exists(), "{}", stderr(&output));
    let is_named = stderr(&output).contains("dags/long.py:1:");
    assert!(is_named || here.path().join("output_yaml/long.yml").exists(), "{}", stderr(&output));
}
