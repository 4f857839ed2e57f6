//! Runs the same Python through CPython and through the evaluator, and compares.
//!
//! The cases stand in `python/<area>.py`, in paragraphs. A paragraph of expressions alone is a case for each of them; another
//! one is a block of statements, whose value is that of the expression it ends with. `# unknown: ok` in a paragraph allows
//! the evaluator not to know its values, and `# python: 3.12` leaves it out under an older interpreter. The others hold from
//! Python 3.11 to 3.13. Each case is taken to be the file `case.py` in the DAG folder `python_files`, whose files it may
//! read. Without a `python3` nothing is compared, unless `DAG_CONVERTER_REQUIRE_PYTHON` is set; `DAG_CONVERTER_PYTHON`
//! names another interpreter. Cases of packages that it lacks are left out. `DAG_CONVERTER_PYTHON_FOLDER` names another folder
//! of cases, for a hunt.

#[path = "python/evaluate.rs"]
mod evaluate;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dag_converter::eval::Limits;
use evaluate::{Outcome, RESULT, evaluate};
use ruff_python_ast::Stmt;
use ruff_text_size::Ranged;

/// What CPython runs: a list of texts in, for each a `repr` or the name and text of an exception out.
const DRIVER: &str = r#"
import io, json, os, sys
out = []
variables = dict(os.environ)
for text in json.load(sys.stdin):
    names = {"__name__": "case", "__file__": sys.argv[1]}
    path, modules = sys.path[:], set(sys.modules)
    try:
        sys.stdout, stdout = io.StringIO(), sys.stdout
        try:
            exec(compile(text, "case", "exec"), names)
            out.append({"value": repr(names["__result__"])})
        finally:
            sys.stdout = stdout
    except BaseException as error:
        out.append({"error": type(error).__name__, "message": str(error)})
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if name.endswith("_here"):
            del sys.modules[name]
    os.environ.clear()
    os.environ.update(variables)
json.dump({"minor": sys.version_info[1], "outcomes": out}, sys.stdout)
"#;

struct Case {
    /// The file and line.
    place: String,
    /// What both sides run.
    text: String,
    /// Whether the evaluator may not know the value.
    may_be_unknown: bool,
    /// The minor version of Python 3 that has what it needs.
    since: u64,
}

#[test]
fn the_evaluator_agrees_with_cpython() {
    let cases = cases();
    let Some((minor, expected)) = run_python(&cases) else { return };
    let own = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn({
            let texts: Vec<String> = cases.iter().map(|case| case.text.clone()).collect();
            move || {
                texts.iter().map(|text| evaluate(&case_file(), text, Limits::default())).collect::<Vec<_>>()
            }
        })
        .expect("a thread can be made")
        .join()
        .expect("the evaluator does not panic");
    let mut failures = Vec::new();
    let (mut unknown, mut messages, mut left_out) = (0, 0, 0);
    for ((case, expected), own) in cases.iter().zip(&expected).zip(&own) {
        if case.since > minor {
            continue;
        }
        let agrees = match (expected, own) {
            // A package that this interpreter lacks says nothing of its own.
            (Outcome::Error(class, text), _) if class == "ModuleNotFoundError" && is_third_party(text) => {
                left_out += 1;
                true
            }
            (Outcome::Value(a), Outcome::Value(b)) => a == b,
            (Outcome::Error(a, text), Outcome::Error(b, other)) => {
                if a == b && text != other {
                    messages += 1;
                    if std::env::var_os("DAG_CONVERTER_SHOW_MESSAGES").is_some() {
                        failures
                            .push(format!("{}: message\n  CPython: {text}\n  here:    {other}", case.place));
                    }
                }
                a == b
            }
            (_, Outcome::Unknown(_)) if case.may_be_unknown => {
                unknown += 1;
                true
            }
            _ => false,
        };
        if !agrees {
            failures.push(format!(
                "{}: {}\n  CPython: {}\n  here:    {}",
                case.place,
                short(case.text.trim_end()),
                short(&format!("{expected:?}")),
                short(&format!("{own:?}"))
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {} cases differ ({unknown} unknown, {messages} with another message, {left_out} left out):\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
    assert!(cases.len() >= 1_500, "there are {} cases", cases.len());
}

/// A text of a length that a report can show.
fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(1_000).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// What unknown values do to known ones: `u` is unknown. Nothing stands for a result that is not known.
const UNKNOWNS: &[(&str, Option<&str>)] = &[
    ("u", None),
    ("u.a.b", None),
    ("u + 1", None),
    ("1 + u", None),
    ("u == 1", None),
    ("u is None", None),
    ("1 is None", Some("False")),
    ("not u", None),
    ("len([u, u])", Some("2")),
    ("[u, 1][1]", Some("1")),
    ("[u, 1][0]", None),
    ("[u, 1]", None),
    ("str([u])", None),
    ("[u] == [1, 2]", Some("False")),
    ("[u, 1] == [2, 2]", Some("False")),
    ("[u] == [1]", None),
    ("1 in [u, 1]", Some("True")),
    ("2 in [u, 1]", None),
    ("[u, 1].index(1)", None),
    ("[1, u].index(1)", Some("0")),
    ("[u].count(1)", None),
    ("{'a': u, 'b': 1}['b']", Some("1")),
    ("{'a': 1}.get(u)", None),
    ("{'a': 1}.get('a', u)", Some("1")),
    ("{'a': 1}.get('b', u)", None),
    ("{'a': u}.keys()", Some("dict_keys(['a'])")),
    ("len(dict(a=u))", Some("1")),
    ("u in {'a': 1}", None),
    ("any([u, 1])", Some("True")),
    ("any([u, 0])", None),
    ("all([u, 0])", Some("False")),
    ("max(1, u)", None),
    ("sorted([u, 1])", None),
    ("sorted([(2, u), (1, u)], key=lambda p: p[0])[0][0]", Some("1")),
    ("sum([1, u])", None),
    ("','.join(['a', u])", None),
    ("'{}'.format(u)", None),
    ("'%s' % u", None),
    ("'%s %s' % (1, u)", None),
    ("f'{u}'", None),
    ("isinstance(u, str)", None),
    ("isinstance(1, u)", None),
    ("isinstance(1, (u, int))", Some("True")),
    ("import typing; isinstance([], typing.List)", None),
    ("import typing; isinstance([], typing.Sequence)", None),
    ("hasattr(u, 'x')", None),
    ("getattr('a', u)", None),
    ("getattr('a', 'nope', u) is None", None),
    ("len(list(enumerate([u, u])))", Some("2")),
    ("[i for i, _ in enumerate([u, u])]", Some("[0, 1]")),
    ("list(zip([1], [u]))[0][0]", Some("1")),
    ("next(iter([1, u]))", Some("1")),
    ("[*[u], 1][1]", Some("1")),
    ("print(u)", Some("None")),
    ("range(u)", None),
    ("'abc'[u]", None),
    ("'abc'[:u]", None),
    ("{u: 1}", None),
    ("{u}", None),
    ("type(u)", None),
    ("id(1)", None),
    ("hash('a')", None),
    ("repr(object())", None),
    ("x = [1]; x.append(u); len(x)", Some("2")),
    ("x = [1]; x.append(u); x[0]", Some("1")),
    ("x = [1]; x.extend(u); x[0]", None),
    ("x = [1]; y = x; x += u; y[0]", None),
    ("x = [1]; y = {'k': x}; y['k'] += u; x[0]", None),
    ("x = [1]; x += [u]; x[0]", Some("1")),
    ("x = [2, 1]; x.insert(u, 0); len(x)", None),
    ("x = [2, 1]; x.remove(u); len(x)", None),
    ("x = [2, u]; x.sort(); x[0]", None),
    ("x = [2, 1]; x[u] = 5; x[0]", None),
    ("x = [2, 1]; x[0] = u; x[1]", Some("1")),
    ("x = {}; x['a'] = u; list(x)", Some("['a']")),
    ("x = {'a': 1}; x[u] = 2; x['a']", None),
    ("x = {'a': 1}; x.update(u); x['a']", None),
    ("x = {'a': 1}; x.update(b=u); x['a']", Some("1")),
    ("x = {'a': 1}; x.update({'b': u}); len(x)", Some("2")),
    ("x = {'a': 1}; x.setdefault(u, 2); x['a']", None),
    ("x = {'a': 1}; x.pop(u); x['a']", None),
    ("x = {'a': 1}; x |= u; x['a']", None),
    ("x = {1}; x.add(u); len(x)", None),
    ("x = {1}; x |= u; len(x)", None),
    ("x = {'a': 1}; del x[u]; x['a']", None),
    ("x = [1]; u(x); x[0]", None),
    ("x = [1]; x.append(2) if u else 0; x[0]", None),
    ("x = [1]; setattr(u, 'x', x); x[0]", Some("1")),
];

#[test]
fn an_unknown_reaches_what_it_must_and_no_more() {
    let mut failures = Vec::new();
    for (code, expected) in UNKNOWNS {
        let (before, last) = code.rsplit_once("; ").unwrap_or(("", code));
        let text =
            format!("import nowhere_to_be_found\nu = nowhere_to_be_found.u\n{before}\n{RESULT} = ({last})\n");
        let outcome = evaluate(&case_file(), &text, Limits::default());
        let agrees = match (expected, &outcome) {
            (Some(expected), Outcome::Value(value)) => expected == value,
            (None, Outcome::Unknown(_)) => true,
            _ => false,
        };
        if !agrees {
            failures.push(format!("{code}: {outcome:?}, expected {expected:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn cases() -> Vec<Case> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python");
    let folder = std::env::var_os("DAG_CONVERTER_PYTHON_FOLDER").map_or(own, PathBuf::from);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    files.sort();
    let only = std::env::var("DAG_CONVERTER_PYTHON_CASES").unwrap_or_default();
    let files = files.into_iter().filter(|file| file.to_string_lossy().contains(&only));
    files.flat_map(|file| cases_of(&file)).collect()
}

fn cases_of(file: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).expect("a file of cases");
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut cases = Vec::new();
    let mut line = 1;
    for paragraph in text.split("\n\n") {
        let start = line;
        line += paragraph.matches('\n').count() + 2;
        let parsed = ruff_python_parser::parse_module(paragraph)
            .unwrap_or_else(|error| panic!("{name}:{start}: {error}"));
        let body = &parsed.syntax().body;
        let may_be_unknown = paragraph.contains("# unknown: ok");
        let since = paragraph
            .split_once("# python: 3.")
            .and_then(|(_, rest)| rest.lines().next()?.trim().parse::<u64>().ok())
            .unwrap_or(0);
        let mut add = |before: &str, expr: &Stmt| {
            let offset = usize::from(expr.range().start());
            let line = start + paragraph[..offset].matches('\n').count();
            let expr = &paragraph[offset..usize::from(expr.range().end())];
            cases.push(Case {
                place: format!("{name}:{line}"),
                text: format!("{before}{RESULT} = ({expr})\n"),
                may_be_unknown,
                since,
            });
        };
        if body.iter().all(Stmt::is_expr_stmt) {
            body.iter().for_each(|expr| add("", expr));
        } else {
            match body.last() {
                Some(last) if last.is_expr_stmt() => {
                    add(&paragraph[..usize::from(last.range().start())], last);
                }
                // What it raises is all there is to compare.
                _ => cases.push(Case {
                    place: format!("{name}:{start}"),
                    text: format!("{paragraph}\n{RESULT} = None\n"),
                    may_be_unknown,
                    since,
                }),
            }
        }
    }
    cases
}

/// Whether `text` is the message for a package that comes with Airflow and not with Python.
fn is_third_party(text: &str) -> bool {
    ["attr", "attrs", "dateutil", "jinja2", "packaging", "pendulum", "pydantic", "pytz", "yaml"]
        .iter()
        .any(|name| text == format!("No module named '{name}'"))
}

/// The minor version of the interpreter, and what it says of each case.
fn run_python(cases: &[Case]) -> Option<(u64, Vec<Outcome>)> {
    let python = std::env::var("DAG_CONVERTER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let child = Command::new(&python)
        .args(["-W", "ignore", "-c", DRIVER])
        .arg(case_file())
        .env("PYTHONHASHSEED", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            assert!(
                std::env::var_os("DAG_CONVERTER_REQUIRE_PYTHON").is_none(),
                "cannot run `{python}`: {error}"
            );
            let _ = writeln!(std::io::stderr(), "skipped: cannot run `{python}`: {error}");
            return None;
        }
    };
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    let input = serde_json::to_vec(&texts).expect("texts are JSON");
    child.stdin.take().expect("a pipe").write_all(&input).expect("the interpreter reads");
    let output = child.wait_with_output().expect("the interpreter ends");
    assert!(output.status.success(), "the interpreter failed");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let outcomes = answer["outcomes"].as_array().expect("a list").clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let outcomes = outcomes.iter().map(|outcome| match outcome.get("value") {
        Some(value) => Outcome::Value(text(value)),
        None => Outcome::Error(text(&outcome["error"]), text(&outcome["message"])),
    });
    Some((answer["minor"].as_u64().unwrap_or(0), outcomes.collect()))
}

/// The file that each case is taken to be.
fn case_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python_files/case.py")
}
