//! What the format cannot hold is refused, with the path to it.

use std::path::Path;

use dag_converter::datum::{Cause, CauseKind, Datum, Reference, TypedObject};
use dag_converter::source::{Sources, Span};
use dag_converter::yaml::{MAX_DEPTH, Reason, write};

fn dag(value: Datum) -> Datum {
    let tasks = Datum::Map(vec![(Datum::str("t"), Datum::List(vec![Datum::Null, value]))]);
    Datum::Map(vec![(Datum::str("d"), Datum::Map(vec![(Datum::str("tasks"), tasks)]))])
}

fn refusal(value: Datum) -> (String, Reason) {
    let refusal = write(&dag(value)).unwrap_err();
    (refusal.path.to_string(), refusal.reason)
}

fn object(path: &str, args: Vec<Datum>, kwargs: &[&str]) -> Datum {
    let kwargs = kwargs.iter().map(|&name| (name.to_owned(), Datum::Null)).collect();
    Datum::Object(Box::new(TypedObject { path: path.to_owned(), args, kwargs }))
}

fn map(keys: Vec<Datum>) -> Datum {
    Datum::Map(keys.into_iter().map(|key| (key, Datum::Null)).collect())
}

#[test]
fn what_the_format_cannot_hold_is_refused_by_path() {
    let reference = |module: Option<&str>, name: &str| {
        Datum::Reference(Reference {
            module: module.map(str::to_owned),
            name: name.to_owned(),
            span: None,
            captured: Vec::new(),
        })
    };
    let pairs = |key: &str| Datum::List(vec![Datum::List(vec![Datum::str(key), Datum::Null])]);
    let rows = [
        (map(vec![Datum::str("__and__")]), Reason::FoldedKey("__and__".to_owned())),
        (map(vec![Datum::int(1), Datum::str("__or__")]), Reason::FoldedKey("__or__".to_owned())),
        (object("builtins.dict", vec![pairs("__join__")], &[]), Reason::FoldedKey("__join__".to_owned())),
        (object("builtins.dict", vec![], &["__join__"]), Reason::FoldedKey("__join__".to_owned())),
        (object("a.B", vec![], &["__and__"]), Reason::ReservedArgument("__and__".to_owned())),
        (object("a.B", vec![], &["__args__"]), Reason::ReservedArgument("__args__".to_owned())),
        (object("a.B", vec![], &["x", "x"]), Reason::Twice("x".to_owned())),
        (object("B", vec![], &[]), Reason::NotAPath("B".to_owned())),
        (object("a.<locals>.B", vec![], &[]), Reason::NotAPath("a.<locals>.B".to_owned())),
        (
            object("collections.OrderedDict", vec![], &[]),
            Reason::Subclass("collections.OrderedDict".to_owned(), "dict"),
        ),
        (object("builtins.list", vec![Datum::int(1)], &[]), Reason::BadArguments("builtins.list".to_owned())),
        (map(vec![Datum::Float(f64::NAN)]), Reason::NanKey),
        (Datum::Set(vec![Datum::Tuple(vec![Datum::Float(f64::NAN)])]), Reason::NanKey),
        (map(vec![Datum::List(vec![])]), Reason::Unhashable("list")),
        (Datum::FrozenSet(vec![Datum::Set(vec![])]), Reason::Unhashable("set")),
        (map(vec![Datum::str("a"), Datum::str("a")]), Reason::Twice("a".to_owned())),
        (map(vec![Datum::int(1), Datum::Bool(true)]), Reason::Twice("True".to_owned())),
        (Datum::Set(vec![Datum::Float(2.0), Datum::int(2)]), Reason::Twice("2".to_owned())),
        (reference(None, "f"), Reason::NotImportable("f".to_owned())),
        (reference(Some("m"), "f.<locals>.g"), Reason::NotImportable("f.<locals>.g".to_owned())),
        (reference(Some("m"), "<lambda>"), Reason::NotImportable("<lambda>".to_owned())),
        (reference(Some("m n"), "f"), Reason::NotImportable("f".to_owned())),
        (Datum::Int(num_bigint::BigInt::from(10).pow(4300)), Reason::TooManyDigits),
        (Datum::Int(num_bigint::BigInt::from(10).pow(100_000)), Reason::TooManyDigits),
        (Datum::Date(jiff::civil::date(0, 1, 1)), Reason::OutOfRange("0000-01-01".to_owned(), "date")),
        (
            Datum::Time(jiff::civil::time(0, 0, 0, 1)),
            Reason::OutOfRange("00:00:00.000000001".to_owned(), "time"),
        ),
    ];
    for (value, reason) in rows {
        assert_eq!(refusal(value), ("d.tasks.t[1]".to_owned(), reason));
    }
    assert!(write(&dag(Datum::Int(num_bigint::BigInt::from(10).pow(4299)))).is_ok());
}

#[test]
fn an_unknown_is_refused_wherever_it_stands() {
    let span = Span::start_of(Sources::default().add(Path::new("x.py"), String::new()).id());
    let unknown = || Datum::Unknown(Cause::new(CauseKind::World, span, "the host is not known"));
    for value in [
        unknown(),
        Datum::Tuple(vec![unknown()]),
        Datum::Set(vec![unknown()]),
        Datum::Map(vec![(Datum::str("a"), unknown())]),
        Datum::Map(vec![(unknown(), Datum::Null)]),
        Datum::Map(vec![(Datum::int(1), unknown())]),
        object("a.B", vec![unknown()], &[]),
        object("builtins.tuple", vec![Datum::List(vec![unknown()])], &[]),
    ] {
        let (path, reason) = refusal(value);
        assert!(path.starts_with("d.tasks.t[1]"), "{path}");
        assert!(matches!(reason, Reason::Unknown(_)), "{reason:?}");
    }
}

#[test]
fn nesting_is_bounded() {
    let nested =
        |levels, wrap: fn(Vec<Datum>) -> Datum| (0..levels).fold(Datum::Null, |inner, _| wrap(vec![inner]));
    // Root, block, tasks and list are levels too.
    assert!(write(&dag(nested(MAX_DEPTH - 4, Datum::List))).is_ok());
    assert_eq!(refusal(nested(MAX_DEPTH - 3, Datum::List)).1, Reason::TooDeep);
    assert!(write(&dag(nested((MAX_DEPTH - 4) / 3, Datum::Tuple))).is_ok());
    assert_eq!(refusal(nested(MAX_DEPTH / 3, Datum::Tuple)).1, Reason::TooDeep);
    assert_eq!(refusal(map(vec![nested(MAX_DEPTH + 1, Datum::Tuple)])).1, Reason::TooDeep);
}

#[test]
fn only_a_definition_is_written() {
    let block = || Datum::Map(vec![]);
    let of = |key: Datum, value: Datum| Datum::Map(vec![(key, value)]);
    for datum in [
        Datum::Null,
        Datum::Map(vec![]),
        of(Datum::int(1), block()),
        of(Datum::str("d"), Datum::Null),
        Datum::Map(vec![(Datum::str("d"), block()), (Datum::str("e"), block())]),
    ] {
        assert_eq!(write(&datum).unwrap_err().reason, Reason::NotADefinition);
    }
    for key in ["default", "task_groups", "__type__", "__and__"] {
        let refusal = write(&of(Datum::str(key), block())).unwrap_err();
        assert_eq!(refusal.reason, Reason::ReservedDagId(key.to_owned()));
    }
}
