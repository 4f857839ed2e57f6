//! Source text in every encoding that a coding line may name, decoded here and by CPython: each byte above ASCII by itself, and
//! in pairs where characters have two. What is decoded here is what Python decodes, or the file is refused.
//!
//! Needs the Python that `DAG_CONVERTER_PYTHON` names, else `python3`; see `CONTRIBUTING.md`.

use std::io::Write as _;
use std::process::{Command, Stdio};

use dag_converter::source::decode;

/// A name of each codec, some in other forms than Python's own, and whether Python must not decode more than is decoded here.
const NAMES: &[(&str, bool)] = &[
    ("utf-8", true),
    ("UTF_8-unix", true),
    ("latin-1", true),
    ("ISO_8859-1", true),
    ("iso-latin-1-dos", true),
    ("ascii", true),
    ("iso8859-2", true),
    ("l3", true),
    ("iso-8859-4", true),
    ("cyrillic", true),
    ("arabic", true),
    ("greek", true),
    ("hebrew", true),
    ("latin6", true),
    ("l7", true),
    ("latin8", true),
    ("iso-8859-15", true),
    ("latin10", true),
    ("cp866", true),
    ("koi8_r", true),
    ("mac-roman", true),
    ("mac_cyrillic", true),
    ("cp874", true),
    ("cp1250", true),
    ("windows_1251", true),
    ("CP1252", true),
    ("cp1253", true),
    ("1254", true),
    ("cp1255", true),
    ("cp1256", true),
    ("cp1257", true),
    ("cp1258", true),
    ("cp949", true),
    ("euc_kr", true),
    ("gbk", true),
    ("cp932", false),
    ("shift_jis", false),
    ("euc-jp", false),
    // Not supported, though the web has something of that name.
    ("big5", false),
    ("gb18030", false),
    ("iso8859-9", false),
    ("koi8-u", false),
    ("tis-620", false),
    ("utf-16", false),
    ("replacement", true),
    ("x-user-defined", true),
    ("klingon", true),
];

/// Reads lines of hexadecimal bytes, and prints for each the text as Python decodes a source file, in hexadecimal UTF-8, or
/// `-`.
const DRIVER: &str = r"
import io, sys, tokenize
for line in sys.stdin:
    data = bytes.fromhex(line)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        print(data.decode(encoding).replace('\r\n', '\n').replace('\r', '\n').encode().hex())
    except (SyntaxError, UnicodeError, LookupError):
        print('-')
";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_is_decoded_is_what_python_decodes() {
    let mut cases: Vec<(bool, Vec<u8>)> = Vec::new();
    for (name, exact) in NAMES {
        let mut add = |bytes: &[u8]| {
            cases.push((*exact, [format!("# coding: {name}\n'").as_bytes(), bytes, b"'\n"].concat()));
        };
        (0x80..=0xff).for_each(|byte| add(&[byte]));
        // The second byte of a character may be ASCII.
        for first in 0x81..=0xfe {
            (0x40..=0xfe).step_by(3).for_each(|second| add(&[first, second]));
        }
    }
    let mut child =
        Command::new(std::env::var("DAG_CONVERTER_PYTHON").unwrap_or_else(|_| "python3".to_owned()))
            .args(["-X", "utf8", "-c", DRIVER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
    let Ok(child) = &mut child else {
        assert!(std::env::var_os("DAG_CONVERTER_REQUIRE_PYTHON").is_none(), "there is no Python");
        let _ = writeln!(std::io::stderr(), "skipped: there is no Python");
        return;
    };
    let mut stdin = child.stdin.take().expect("a pipe");
    let input: String = cases.iter().map(|(_, bytes)| hex(bytes) + "\n").collect();
    let feeder = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let mut answers = String::new();
    std::io::Read::read_to_string(&mut child.stdout.take().expect("a pipe"), &mut answers)
        .expect("an answer");
    feeder.join().expect("no panic").expect("Python reads");
    assert!(child.wait().expect("Python ends").success());
    assert_eq!(answers.lines().count(), cases.len());
    let mut wrong = Vec::new();
    for ((exact, bytes), expected) in cases.iter().zip(answers.lines()) {
        let found = decode(bytes).map_or_else(|_| "-".to_owned(), |text| hex(text.as_bytes()));
        // Text that Python refuses is none that Airflow has; reading it all the same does no harm.
        let is_right = found == expected || expected == "-" || (!exact && found == "-");
        if !is_right {
            wrong.push(format!("{}: {found}, expected {expected}", String::from_utf8_lossy(bytes)));
        }
    }
    let count = wrong.len();
    wrong.truncate(20);
    assert!(wrong.is_empty(), "{count} of {}: {}", cases.len(), wrong.join("\n"));
}
