//! The YAML writer against real readers: PyYAML through dag-factory's steps, and serde_yaml as a YAML 1.2 reader.
//!
//! The tests that need Python take the interpreter that `DAG_CONVERTER_PYTHON` names, else `python3`. Where it cannot
//! import yaml they say that they are skipped, and fail instead if `DAG_CONVERTER_REQUIRE_PYTHON` is set.

#[path = "yaml/random.rs"]
mod random;
#[path = "yaml/refusals.rs"]
mod refusals;
#[path = "yaml/second.rs"]
mod second;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use dag_converter::datum::{DateTime, Datum, TimeDelta, Zone};
use dag_converter::yaml::{Node, Value, check, read, write};
use random::{Random, TRICKY};
use second::same_in_yaml_1_2;
use serde_json::{Value as Json, json};

/// The texts of the table, all kinds.
fn tricky() -> Vec<String> {
    let kinds: BTreeMap<String, Vec<String>> = serde_json::from_str(TRICKY).unwrap();
    kinds.into_values().flatten().collect()
}

/// SplitMix64: small, fast, and the same everywhere.
fn seeded(seed: u64) -> Random {
    let mut state = seed;
    Random::new(move |_| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}

/// `value` at each position that a scalar can have.
fn at_every_position(value: &Datum, key: &str) -> Datum {
    let text = |text: &str| Datum::str(text);
    let map = |entries: Vec<(&str, Datum)>| {
        Datum::Map(entries.into_iter().map(|(key, value)| (Datum::str(key), value)).collect())
    };
    map(vec![(
        "d",
        map(vec![
            ("first", value.clone()),
            (
                "items",
                Datum::List(vec![value.clone(), text("a"), Datum::List(vec![value.clone(), value.clone()])]),
            ),
            ("nested", map(vec![("deeper", map(vec![("x", value.clone()), ("y", text("b"))]))])),
            ("maps", Datum::List(vec![map(vec![(key, value.clone()), ("z", Datum::Null)])])),
            ("keys", map(vec![(key, map(vec![(key, value.clone())]))])),
            ("tuple", Datum::Tuple(vec![value.clone()])),
            ("last", value.clone()),
        ]),
    )])
}

fn table() -> Vec<Datum> {
    let long = "k".repeat(5000);
    let long_quoted = "'\u{e9} ".repeat(400);
    let texts = tricky().into_iter().chain([long, long_quoted]);
    let mut data: Vec<Datum> = texts.map(|text| at_every_position(&Datum::str(&*text), &text)).collect();
    for number in ["0", "-1", "8", "1000000", "340282366920938463463374607431768211456"] {
        data.push(at_every_position(&Datum::Int(number.parse().unwrap()), "k"));
    }
    for float in
        [0.0, -0.0, 1.0, 1e16, 1e300, 1e-7, 5e-324, 1.5, f64::MAX, f64::INFINITY, f64::NEG_INFINITY, f64::NAN]
    {
        data.push(at_every_position(&Datum::Float(float), "k"));
    }
    for value in
        [Datum::Null, Datum::Bool(true), Datum::Bytes(Vec::new()), Datum::Bytes(b"\0\xff$HOME>?".to_vec())]
    {
        data.push(at_every_position(&value, "k"));
    }
    for (days, seconds, microseconds) in [
        (0, 0, 0),
        (2, 0, 0),
        (1, 43_200, 0),
        (0, 300, 0),
        (0, 90, 0),
        (-1, 86_100, 0),
        (-1, 86_398, 500_000),
    ] {
        data.push(at_every_position(&Datum::TimeDelta(TimeDelta { days, seconds, microseconds }), "k"));
    }
    for zone in ["UTC", "Europe/Amsterdam", "America/New_York"].map(|name| Zone::Named(name.to_owned())) {
        for zone in [None, Some(Zone::Utc), Some(Zone::Fixed(0)), Some(Zone::Fixed(-12_345)), Some(zone)] {
            let civil = "2024-02-29T06:30:00.000001".parse().unwrap();
            data.push(at_every_position(&Datum::DateTime(DateTime { civil, zone }), "k"));
        }
    }
    for empty in [Datum::List, Datum::Tuple, Datum::Set, Datum::FrozenSet] {
        data.push(at_every_position(&empty(Vec::new()), "k"));
    }
    data.push(at_every_position(&Datum::Map(Vec::new()), "k"));
    for key in [
        Datum::Null,
        Datum::Bool(true),
        Datum::int(1),
        Datum::str("__type__"),
        Datum::str("__args__"),
        Datum::Bytes(vec![1]),
    ] {
        data.push(at_every_position(
            &Datum::Map(vec![(key, Datum::str("v")), (Datum::str("a"), Datum::Null)]),
            "k",
        ));
    }
    data
}

fn random(seed: u64, count: usize) -> impl Iterator<Item = Datum> {
    let mut random = seeded(seed);
    (0..count).map(move |_| {
        let key = Datum::str(random.text());
        let entries = vec![(Datum::str("value"), random.datum(4)), (Datum::List(vec![key.clone()]), key)];
        let entries = entries.into_iter().map(|(key, value)| match key {
            Datum::Str(_) => (key, value),
            _ => (Datum::str("other"), value),
        });
        Datum::Map(vec![(Datum::str("d"), Datum::Map(entries.collect()))])
    })
}

/// What the fuzzer begins with, as its target makes data of bytes.
fn fuzzed() -> Vec<Datum> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/yaml");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let data = files.iter().filter_map(|file| {
        let bytes = std::fs::read(file).unwrap();
        let (kind, rest) = bytes.split_first()?;
        let value = match kind % 3 {
            0 => Random::of_bytes(rest.to_vec()).datum(5),
            1 => Random::of_bytes(rest.to_vec()).json(5),
            _ => return None,
        };
        Some(Datum::Map(vec![(Datum::str("d"), Datum::Map(vec![(Datum::str("v"), value)]))]))
    });
    data.collect()
}

/// The value with its types, for Python.
fn tagged(datum: &Datum) -> Json {
    let all = |items: &[Datum]| items.iter().map(tagged).collect::<Vec<_>>();
    match datum {
        Datum::Null => json!(["none", null]),
        Datum::Bool(truth) => json!(["bool", truth]),
        Datum::Int(number) => json!(["int", number.to_string()]),
        Datum::Float(float) => json!(["float", format!("{:016x}", float.to_bits())]),
        Datum::Str(text) => json!(["str", text]),
        Datum::Bytes(bytes) => {
            json!(["bytes", bytes])
        }
        Datum::List(items) => json!(["list", all(items)]),
        Datum::Tuple(items) => json!(["tuple", all(items)]),
        Datum::Set(items) => json!(["set", all(items)]),
        Datum::FrozenSet(items) => json!(["frozenset", all(items)]),
        Datum::Map(entries) => {
            json!([
                "dict",
                entries.iter().map(|(key, value)| [tagged(key), tagged(value)]).collect::<Vec<_>>()
            ])
        }
        Datum::Date(date) => {
            json!(["date", day(*date)])
        }
        Datum::Time(time) => json!(["time", clock(*time)]),
        Datum::TimeDelta(delta) => {
            json!(["timedelta", [json!(delta.days), json!(delta.seconds), json!(delta.microseconds)]])
        }
        Datum::DateTime(moment) => {
            let parts = day(moment.civil.date()).into_iter().chain(clock(moment.civil.time()));
            let zone = match &moment.zone {
                None => Json::Null,
                Some(Zone::Utc) => json!("UTC"),
                Some(Zone::Fixed(seconds)) => json!(seconds),
                Some(Zone::Named(name)) => json!(name),
            };
            json!(["datetime", [json!(parts.collect::<Vec<i32>>()), zone]])
        }
        Datum::Reference(to) => {
            json!(["reference", format!("{}:{}", to.module.as_deref().unwrap(), to.name)])
        }
        Datum::XCom(xcom) => json!(["str", xcom.template()]),
        Datum::Object(object) => {
            let kwargs: Vec<_> =
                object.kwargs.iter().map(|(name, value)| json!([name, tagged(value)])).collect();
            json!(["object", [json!(object.path), json!(all(&object.args)), json!(kwargs)]])
        }
        Datum::Unknown(cause) => panic!("no test makes an unknown: {}", cause.message),
    }
}

fn day(date: jiff::civil::Date) -> [i32; 3] {
    [date.year().into(), date.month().into(), date.day().into()]
}

fn clock(time: jiff::civil::Time) -> [i32; 4] {
    [time.hour().into(), time.minute().into(), time.second().into(), time.subsec_nanosecond() / 1000]
}

#[expect(clippy::print_stdout, reason = "the test harness shows it")]
fn say(message: &str) {
    println!("{message}");
}

/// Feeds lines to the Python program; its lines, or `None` where there is no Python with yaml.
fn python(mode: &str, lines: &[Json]) -> Option<Vec<Json>> {
    let interpreter = std::env::var("DAG_CONVERTER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has_yaml =
        Command::new(&interpreter).args(["-c", "import yaml, zoneinfo"]).stderr(Stdio::null()).status();
    if !has_yaml.is_ok_and(|status| status.success()) {
        let message = format!("`{interpreter}` cannot import yaml");
        assert!(std::env::var_os("DAG_CONVERTER_REQUIRE_PYTHON").is_none(), "{message}");
        say(&format!("skipped: {message}"));
        return None;
    }
    let mut child = Command::new(&interpreter)
        .args(["-X", "utf8", "-c", include_str!("yaml/pyyaml.py"), mode])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = lines.iter().map(Json::to_string).collect::<Vec<_>>().join("\n");
    let feeder = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap().unwrap();
    assert!(output.status.success(), "{interpreter} failed");
    Some(
        String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

#[test]
fn dag_factory_loads_back_exactly_what_was_written() {
    let data: Vec<Datum> = table().into_iter().chain(random(1, 10_000)).chain(fuzzed()).collect();
    let cases: Vec<Json> =
        data.iter().map(|datum| json!({"yaml": write(datum).unwrap(), "meant": tagged(datum)})).collect();
    let Some(mut wrong) = python("load", &cases) else { return };
    assert_eq!(wrong.pop(), Some(json!({"count": cases.len(), "wrong": 0})), "{:#}", json!(wrong));
}

#[test]
fn what_is_written_passes_its_own_check() {
    for datum in table().into_iter().chain(random(2, 20_000)) {
        let text = write(&datum).unwrap();
        if let Err(mismatch) = check(&text, &datum) {
            panic!("{mismatch}\n{mismatch:?}\n{text}\n{datum:#?}");
        }
    }
}

#[test]
fn a_second_reader_has_the_same_texts() {
    let mut random = seeded(3);
    let texts = tricky().into_iter().map(|text| at_every_position(&Datum::str(&*text), &text));
    let nested = (0..5000).map(|_| {
        let value = random.json(3);
        Datum::Map(vec![(Datum::str("d"), Datum::Map(vec![(Datum::str("v"), value)]))])
    });
    let mut count = 0;
    for datum in texts.chain(nested) {
        let text = write(&datum).unwrap();
        if text.contains("builtins.dict") {
            continue;
        }
        count += 1;
        let found: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        assert!(same_in_yaml_1_2(&datum, &found), "{text}\n{found:#?}");
    }
    assert!(count > 5000, "{count}");
}

#[test]
fn a_text_is_read_as_pyyaml_composes_it() {
    let mut random = seeded(4);
    let mut texts: Vec<String> = self::random(5, 500).map(|datum| write(&datum).unwrap()).collect();
    texts.extend((0..20_000).map(|_| yaml_like(&mut random)));
    let lines: Vec<Json> = texts.iter().map(|text| json!({"yaml": text})).collect();
    let Some(trees) = python("compose", &lines) else { return };
    let (mut both, mut neither, mut only_pyyaml) = (0, 0, 0);
    let (mut other_trees, mut other_places, mut surplus) = (Vec::new(), Vec::new(), Vec::new());
    for (text, tree) in texts.iter().zip(&trees) {
        match (read(text).map(|node| composed(&node)), tree) {
            (Ok(_), Json::Null) => surplus.push(text),
            (Ok(found), tree) => {
                both += 1;
                if without_places(&found) != without_places(tree) {
                    other_trees.push((text, found, tree));
                } else if found != *tree {
                    other_places.push(text);
                }
            }
            (Err(_), Json::Null) => neither += 1,
            (Err(_), _) => only_pyyaml += 1,
        }
    }
    let places = other_places.len();
    say(&format!(
        "{both} read by both, {neither} by neither, {only_pyyaml} only by PyYAML; {places} other places"
    ));
    assert!(other_trees.is_empty(), "{other_trees:?}");
    assert!(surplus.is_empty(), "{surplus:?}");
    // The refusals are those of tabs in the first line of a block, and of blanks that end a block and the text.
    assert!(both > 2000 && only_pyyaml < both / 10);
    // Where the text ends in a line, the places agree too.
    other_places.retain(|text| text.ends_with('\n'));
    assert!(other_places.is_empty(), "{other_places:?}");
}

/// A composed tree without the place of each node.
fn without_places(tree: &Json) -> Json {
    match tree {
        Json::Array(parts) => match parts.as_slice() {
            [tag @ Json::String(_), Json::Array(_), value] => json!([tag, without_places(value)]),
            parts => parts.iter().map(without_places).collect(),
        },
        other => other.clone(),
    }
}

fn composed(node: &Node) -> Json {
    let start = json!([node.start.line, node.start.column]);
    match &node.value {
        Value::Scalar(text) => json!([node.tag.name(), start, text]),
        Value::Sequence(items) => {
            json!([node.tag.name(), start, items.iter().map(composed).collect::<Vec<_>>()])
        }
        Value::Mapping(entries) => json!([
            node.tag.name(),
            start,
            entries.iter().map(|(key, value)| [composed(key), composed(value)]).collect::<Vec<_>>()
        ]),
    }
}

/// A text of pieces that make YAML more often than not.
fn yaml_like(random: &mut Random) -> String {
    const PIECES: [&str; 48] = [
        "a",
        "b: ",
        "c:\n  ",
        "- ",
        "\n- ",
        "\n",
        "\n  ",
        "\n    ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        ": ",
        "'x'",
        "\"y\\n\"",
        "\"",
        "'",
        "|\n  ",
        ">-\n  ",
        "|+\n ",
        "z\n",
        "# c\n",
        " #",
        "&a ",
        "*a",
        "!!str ",
        "!!int ",
        "! ",
        "? ",
        "1",
        "1.5",
        "yes",
        "~",
        "<<: ",
        "=",
        "2024-01-01",
        "\t",
        "  ",
        " ",
        "--- ",
        "\n---\n",
        "...\n",
        "%YAML 1.1\n",
        "\u{e9}",
        "\u{2028}",
        "k: v\n",
        "- i\n",
    ];
    let pieces: String = (0..=random.below(9)).map(|_| *random.pick(&PIECES)).collect();
    pieces
}
