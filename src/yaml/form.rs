//! Plain data as what YAML and dag-factory have for it: null, booleans, numbers, text, lists, maps and `__type__` forms.

use std::borrow::Cow;
use std::collections::HashSet;

use num_bigint::BigInt;

use super::MAX_DEPTH;
use super::error::{DataPath, Inexpressible, Reason, Step};
use super::hash::{HashKey, are_distinct};
use super::object::normal;
use super::scalar::{MAX_DIGITS, base64_text, float_text};
use super::time;
use crate::datum::{Datum, Reference, TypedObject};

/// A value as the file will have it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form<'a> {
    /// A plain scalar that is no text: `null`, `true`, `12`, `1.0e+16`.
    Plain(Cow<'static, str>),
    /// A scalar that is text, in whatever style keeps it so.
    Text(Cow<'a, str>),
    /// Bytes, in base64.
    Binary(String),
    /// A sequence.
    List(Vec<Form<'a>>),
    /// A mapping with text keys, none twice.
    Map(Vec<(Cow<'a, str>, Form<'a>)>),
}

/// The keys that dag-factory folds into something else, in every dict that it finds (`dagfactory/_yaml.py`).
pub(super) const FOLDED: [&str; 3] = ["__and__", "__or__", "__join__"];

/// The form of a whole definition.
pub(super) fn definition(definition: &Datum) -> Result<Form<'_>, Inexpressible> {
    let mut encoder = Encoder { depth: 0 };
    let Datum::Map(entries) = definition else {
        return Err(fail(Reason::NotADefinition));
    };
    let [(Datum::Str(dag_id), block @ Datum::Map(_))] = entries.as_slice() else {
        return Err(fail(Reason::NotADefinition));
    };
    let within = within(|| Step::Key(dag_id.clone()));
    if ["default", "task_groups", "__type__", "__args__"].contains(&dag_id.as_str())
        || FOLDED.contains(&dag_id.as_str())
    {
        return Err(within(fail(Reason::ReservedDagId(dag_id.clone()))));
    }
    let block = encoder.nested(|encoder| encoder.form(block)).map_err(within)?;
    Ok(Form::Map(vec![(Cow::Borrowed(dag_id), block)]))
}

struct Encoder {
    depth: usize,
}

type Encoded<'a> = Result<Form<'a>, Inexpressible>;

/// What the value that is looked at cannot be.
fn fail(reason: Reason) -> Inexpressible {
    Inexpressible { path: DataPath::default(), reason }
}

/// Puts a step before the path of an error: paths are made from their end, and only where one is wanted.
fn within(step: impl FnOnce() -> Step) -> impl FnOnce(Inexpressible) -> Inexpressible {
    |mut error| {
        error.path.0.insert(0, step());
        error
    }
}

impl Encoder {
    fn at<'a>(&mut self, step: impl FnOnce() -> Step, datum: &'a Datum) -> Encoded<'a> {
        self.form(datum).map_err(within(step))
    }

    /// Encodes one level further down.
    fn nested<'a>(&mut self, encode: impl FnOnce(&mut Self) -> Encoded<'a>) -> Encoded<'a> {
        if self.depth >= MAX_DEPTH {
            return Err(fail(Reason::TooDeep));
        }
        self.depth += 1;
        let form = encode(self)?;
        self.depth -= 1;
        Ok(form)
    }

    fn form<'a>(&mut self, datum: &'a Datum) -> Encoded<'a> {
        match datum {
            Datum::Null => Ok(Form::Plain(Cow::Borrowed("null"))),
            Datum::Bool(true) => Ok(Form::Plain(Cow::Borrowed("true"))),
            Datum::Bool(false) => Ok(Form::Plain(Cow::Borrowed("false"))),
            Datum::Int(number) => Self::int(number),
            Datum::Float(float) => Ok(Form::Plain(Cow::Owned(float_text(*float)))),
            Datum::Str(text) => Ok(Form::Text(Cow::Borrowed(text))),
            Datum::Bytes(bytes) => Ok(Form::Binary(base64_text(bytes))),
            Datum::List(items) => self.nested(|encoder| encoder.list(items.iter().enumerate())),
            Datum::Tuple(items) => self.container("builtins.tuple", items.iter().enumerate()),
            Datum::Set(items) => self.set("builtins.set", items),
            Datum::FrozenSet(items) => self.set("builtins.frozenset", items),
            Datum::Map(entries) => self.map(entries),
            Datum::DateTime(datetime) => self.temporal(time::datetime(datetime)),
            Datum::Date(date) => self.temporal(time::date(*date)),
            Datum::Time(time) => self.temporal(time::time(*time)),
            Datum::TimeDelta(delta) => self.temporal(time::timedelta(*delta)),
            Datum::Object(object) => self.object(datum, object),
            Datum::Reference(reference) => Self::reference(reference),
            Datum::XCom(xcom) => Ok(Form::Text(Cow::Owned(xcom.template()))),
            Datum::Unknown(cause) => Err(fail(Reason::Unknown(cause.clone()))),
        }
    }

    fn int(number: &BigInt) -> Encoded<'static> {
        // A bound first: the decimal text of a huge number takes long to make.
        let digits = if number.bits() > 16_000 { None } else { Some(number.to_string()) };
        match digits {
            Some(digits) if digits.trim_start_matches('-').len() <= MAX_DIGITS => {
                Ok(Form::Plain(Cow::Owned(digits)))
            }
            Some(_) | None => Err(fail(Reason::TooManyDigits)),
        }
    }

    fn list<'a>(&mut self, items: impl IntoIterator<Item = (usize, &'a Datum)>) -> Encoded<'a> {
        let forms = items.into_iter().map(|(index, item)| self.at(|| Step::Index(index), item));
        Ok(Form::List(forms.collect::<Result<_, _>>()?))
    }

    /// `{__type__: path, __args__: [[…]]}`, or without arguments where there are no items.
    fn container<'a>(
        &mut self,
        path: &'static str,
        items: impl ExactSizeIterator<Item = (usize, &'a Datum)>,
    ) -> Encoded<'a> {
        if items.len() == 0 {
            return Ok(typed(Cow::Borrowed(path), Vec::new(), Vec::new()));
        }
        let items =
            self.nested(|encoder| encoder.nested(|encoder| encoder.nested(|encoder| encoder.list(items))))?;
        Ok(typed(Cow::Borrowed(path), vec![items], Vec::new()))
    }

    fn set<'a>(&mut self, path: &'static str, items: &'a [Datum]) -> Encoded<'a> {
        let mut keyed = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            keyed.push((HashKey::of(item).map_err(fail)?, index, item));
        }
        keyed.sort_by(|a, b| a.0.cmp(&b.0));
        if let Some(pair) = keyed.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(fail(Reason::Twice(HashKey::name(pair[1].2))));
        }
        self.container(path, keyed.iter().map(|(_, index, item)| (*index, *item)))
    }

    fn map<'a>(&mut self, entries: &'a [(Datum, Datum)]) -> Encoded<'a> {
        if has_plain_keys(entries) {
            return self.nested(|encoder| encoder.text_keys(entries));
        }
        let mut plain = true;
        let mut seen = HashSet::with_capacity(entries.len());
        for (key, _) in entries {
            match normal(key).as_ref() {
                Datum::Str(key) if FOLDED.contains(&key.as_str()) => {
                    return Err(fail(Reason::FoldedKey(key.clone())));
                }
                Datum::Str(key) => plain &= !["__type__", "__args__"].contains(&key.as_str()),
                _ => plain = false,
            }
            if !seen.insert(HashKey::of(key).map_err(fail)?) {
                return Err(fail(Reason::Twice(HashKey::name(key))));
            }
        }
        if plain { self.nested(|encoder| encoder.text_keys(entries)) } else { self.pairs(entries) }
    }

    fn text_keys<'a>(&mut self, entries: &'a [(Datum, Datum)]) -> Encoded<'a> {
        let mut forms = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let key = match key {
                Datum::Str(key) => Cow::Borrowed(key.as_str()),
                other => Cow::Owned(HashKey::name(other)),
            };
            let value = self.at(|| Step::Key(key.clone().into_owned()), value)?;
            forms.push((key, value));
        }
        Ok(Form::Map(forms))
    }

    /// `{__type__: builtins.dict, __args__: [[[key, value], …]]}`.
    fn pairs<'a>(&mut self, entries: &'a [(Datum, Datum)]) -> Encoded<'a> {
        let pairs = self.nested(|encoder| {
            encoder.nested(|encoder| {
                encoder.nested(|encoder| {
                    let mut forms = Vec::with_capacity(entries.len());
                    for (key, value) in entries {
                        let step = || Step::Key(HashKey::name(key));
                        forms.push(encoder.nested(|encoder| {
                            Ok(Form::List(vec![encoder.at(step, key)?, encoder.at(step, value)?]))
                        })?);
                    }
                    Ok(Form::List(forms))
                })
            })
        })?;
        Ok(typed(Cow::Borrowed("builtins.dict"), vec![pairs], Vec::new()))
    }

    /// An object that this module made itself: small, and known to be well-formed.
    fn temporal(&mut self, object: Result<TypedObject, Reason>) -> Encoded<'static> {
        let object = object.map_err(fail)?;
        Ok(owned(self.call(&object)?))
    }

    fn object<'a>(&mut self, datum: &Datum, object: &'a TypedObject) -> Encoded<'a> {
        let TypedObject { path, kwargs, .. } = object;
        if !path.contains('.') || !path.split('.').all(is_identifier) {
            return Err(fail(Reason::NotAPath(path.clone())));
        }
        let subclass_of = match path.as_str() {
            "collections.OrderedDict" | "collections.defaultdict" | "collections.Counter" => Some("dict"),
            _ => None,
        };
        if let Some(plain) = subclass_of {
            return Err(fail(Reason::Subclass(path.clone(), plain)));
        }
        if let Some(container) = path.strip_prefix("builtins.")
            && ["dict", "list", "tuple", "set", "frozenset"].contains(&container)
        {
            // As the plain data that it makes, so that its keys and members are looked at.
            return match normal(datum).as_ref() {
                Datum::Object(_) => Err(fail(Reason::BadArguments(path.clone()))),
                plain => self.form(plain).map(owned),
            };
        }
        let reserved = |name: &str| ["__type__", "__args__"].contains(&name) || FOLDED.contains(&name);
        if let Some((name, _)) = kwargs.iter().find(|(name, _)| reserved(name)) {
            return Err(fail(Reason::ReservedArgument(name.clone())));
        }
        let mut seen = HashSet::with_capacity(kwargs.len());
        if let Some((name, _)) = kwargs.iter().find(|(name, _)| !seen.insert(name)) {
            return Err(fail(Reason::Twice(name.clone())));
        }
        self.call(object)
    }

    fn call<'a>(&mut self, TypedObject { path, args, kwargs }: &'a TypedObject) -> Encoded<'a> {
        self.nested(|encoder| {
            let mut positional = Vec::with_capacity(args.len());
            for (index, arg) in args.iter().enumerate() {
                positional.push(encoder.nested(|encoder| encoder.at(|| Step::Index(index), arg))?);
            }
            let mut named = Vec::with_capacity(kwargs.len());
            for (name, value) in kwargs {
                named.push((Cow::Borrowed(name.as_str()), encoder.at(|| Step::Key(name.clone()), value)?));
            }
            Ok(typed(Cow::Borrowed(path), positional, named))
        })
    }

    /// `{__type__: pkgutil.resolve_name, __args__: [module:name]}`, which imports the module and follows the name.
    fn reference(Reference { module, name, .. }: &Reference) -> Encoded<'static> {
        let module = module.as_ref().filter(|module| module.split('.').all(is_identifier));
        match module {
            Some(module) if name.split('.').all(is_identifier) => Ok(typed(
                Cow::Borrowed("pkgutil.resolve_name"),
                vec![Form::Text(Cow::Owned(format!("{module}:{name}")))],
                Vec::new(),
            )),
            Some(_) | None => Err(fail(Reason::NotImportable(name.clone()))),
        }
    }
}

fn typed<'a>(path: Cow<'a, str>, args: Vec<Form<'a>>, kwargs: Vec<(Cow<'a, str>, Form<'a>)>) -> Form<'a> {
    let mut entries = vec![(Cow::Borrowed("__type__"), Form::Text(path))];
    if !args.is_empty() {
        entries.push((Cow::Borrowed("__args__"), Form::List(args)));
    }
    entries.extend(kwargs);
    Form::Map(entries)
}

fn owned(form: Form<'_>) -> Form<'static> {
    match form {
        Form::Plain(text) => Form::Plain(text),
        Form::Text(text) => Form::Text(Cow::Owned(text.into_owned())),
        Form::Binary(text) => Form::Binary(text),
        Form::List(items) => Form::List(items.into_iter().map(owned).collect()),
        Form::Map(entries) => Form::Map(
            entries.into_iter().map(|(key, value)| (Cow::Owned(key.into_owned()), owned(value))).collect(),
        ),
    }
}

/// Whether the keys are text, none twice, and none that means something to dag-factory, as in nearly every mapping.
fn has_plain_keys(entries: &[(Datum, Datum)]) -> bool {
    let texts = entries.iter().map(|(key, _)| match key {
        Datum::Str(key) => Some(key.as_str()).filter(|key| !key.starts_with("__")),
        _ => None,
    });
    texts.collect::<Option<Vec<&str>>>().is_some_and(|keys| are_distinct(&keys))
}

/// Whether `name` is a Python identifier, near enough.
fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first == '_' || first.is_alphabetic())
        && chars.all(|c| c == '_' || c.is_alphanumeric())
}
