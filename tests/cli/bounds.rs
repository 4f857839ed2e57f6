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
