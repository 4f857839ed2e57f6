//! `urllib.parse`: quoting, `urlencode`, `urlparse` and `urlsplit`, `urljoin` of whole addresses, `parse_qs`.
//!
//! Left out: bytes, other encodings, unsplitting; `urllib.request`, whose answers the network gives.

use std::rc::Rc;

use super::support::{done, need_text, no_form, not_modelled, outside_row, text};
use super::{Member, ModuleTable};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::value::{Args, Eval, Native, Object, Type, Value};

/// The package, which has nothing but modules.
pub static URLLIB: ModuleTable = ModuleTable { name: "urllib", members: &[] };

/// The rows of `urllib.parse`.
pub static URLLIB_PARSE: ModuleTable = ModuleTable {
    name: "urllib.parse",
    members: &[
        (
            "parse_qs",
            Member::Function(Native::new("parse_qs", |vm, mut args| {
                let query = need_text(&mut args, "qs")?;
                let mut map: crate::map::IndexMap<Rc<str>, Vec<Value>> = crate::map::IndexMap::default();
                for (name, value) in pairs(vm, &query, args)? {
                    map.entry(name.into()).or_default().push(Value::from(value));
                }
                Ok(Value::dict(map.into_iter().map(|(name, values)| (name, Value::list(values)))))
            })),
        ),
        (
            "parse_qsl",
            Member::Function(Native::new("parse_qsl", |vm, mut args| {
                let query = need_text(&mut args, "qs")?;
                let pairs = pairs(vm, &query, args)?;
                let pairs = pairs
                    .into_iter()
                    .map(|(name, value)| Value::tuple([Value::from(name), Value::from(value)]));
                Ok(Value::list(pairs.collect()))
            })),
        ),
        ("quote", Member::Function(Native::new("quote", |vm, args| quoted(vm, args, "/", false)))),
        ("quote_plus", Member::Function(Native::new("quote_plus", |vm, args| quoted(vm, args, "", true)))),
        (
            "unquote",
            Member::Function(Native::new("unquote", |vm, mut args| {
                let text = need_text(&mut args, "string")?;
                done(vm, args)?;
                unquote(vm, &text).map(Value::from)
            })),
        ),
        (
            "unquote_plus",
            Member::Function(Native::new("unquote_plus", |vm, mut args| {
                let text = need_text(&mut args, "string")?;
                done(vm, args)?;
                unquote(vm, &text.replace('+', " ")).map(Value::from)
            })),
        ),
        ("urlencode", Member::Function(Native::new("urlencode", urlencode))),
        ("urljoin", Member::Function(Native::new("urljoin", urljoin))),
        ("urlparse", Member::Function(Native::new("urlparse", |vm, args| parsed(vm, args, true)))),
        ("urlsplit", Member::Function(Native::new("urlsplit", |vm, args| parsed(vm, args, false)))),
    ],
};

/// The rows of `urllib.request`.
pub static URLLIB_REQUEST: ModuleTable = ModuleTable {
    name: "urllib.request",
    members: &[
        outside_row!("urlopen", "what the network gives is not known before Airflow runs"),
        outside_row!("urlretrieve", "what the network gives is not known before Airflow runs"),
    ],
};

/// The schemes whose paths may hold parameters behind a `;`.
const WITH_PARAMS: [&str; 12] =
    ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu", "sip", "sips"];

/// Percent-encodes a text; `safe` characters stay.
fn quote(text: &str, safe: &str, plus: bool) -> String {
    let mut quoted = String::new();
    for byte in text.bytes() {
        let char = char::from(byte);
        if char.is_ascii_alphanumeric()
            || matches!(char, '_' | '.' | '-' | '~')
            || char.is_ascii() && safe.contains(char)
        {
            quoted.push(char);
        } else if plus && char == ' ' {
            quoted.push('+');
        } else {
            quoted.push_str(&format!("%{byte:02X}"));
        }
    }
    quoted
}

fn quoted(vm: &Vm, mut args: Args, safe: &str, plus: bool) -> Eval<Value> {
    let source = need_text(&mut args, "string")?;
    let safe = args.take("safe").map_or_else(|| Ok(safe.into()), |safe| text(&safe))?;
    done(vm, args)?;
    Ok(Value::from(quote(&source, &safe, plus)))
}

fn unquote(vm: &Vm, text: &str) -> Eval<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if let (b'%', Some(byte)) = (first, code.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            bytes.push(byte);
            rest = &behind[2..];
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(_) => not_modelled(vm, "unquoting a text that is no UTF-8 is not modelled"),
    }
}

fn urlencode(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let query = args.expect("query")?;
    let each = super::support::flag(vm, &mut args, "doseq", false)?;
    let safe = args.take("safe").map_or_else(|| Ok("".into()), |safe| text(&safe))?;
    done(vm, args)?;
    let items = match &query {
        Value::List(_) | Value::Tuple(_) => {
            let mut items = Vec::new();
            for pair in vm.iterate(&query)? {
                match vm.iterate(&pair)?.as_slice() {
                    [key, value] => items.push((key.clone(), value.clone())),
                    _ => {
                        return not_modelled(
                            vm,
                            "`urlencode` of something that is no mapping is not modelled",
                        );
                    }
                }
            }
            items
        }
        query => vm.mapping_items(query)?,
    };
    let mut parts = Vec::new();
    for (key, value) in items {
        let name = quote(&vm.str(&key)?, &safe, true);
        let values = match &value {
            Value::List(_) | Value::Tuple(_) if each => vm.iterate(&value)?,
            Value::Bytes(_) => return not_modelled(vm, "`urlencode` of bytes is not modelled"),
            Value::Dict(_) | Value::Set(_) | Value::Object(_) | Value::Range(_) if each => {
                return not_modelled(vm, "`urlencode` of this value is not modelled");
            }
            _ => vec![value],
        };
        for value in values {
            parts.push(format!("{name}={}", quote(&vm.str(&value)?, &safe, true)));
        }
    }
    Ok(Value::from(parts.join("&")))
}

fn pairs(vm: &mut Vm, query: &str, args: Args) -> Eval<Vec<(String, String)>> {
    if args.finish().is_err() {
        return not_modelled(vm, "this option of `parse_qs` is not modelled");
    }
    let mut pairs = Vec::new();
    for part in query.split('&') {
        if let Some((name, value)) = part.split_once('=')
            && !value.is_empty()
        {
            pairs.push((unquote(vm, &name.replace('+', " "))?, unquote(vm, &value.replace('+', " "))?));
        }
    }
    Ok(pairs)
}

static PARSE_RESULT: Type = Type::new("urllib.parse", "ParseResult", |vm, _| {
    not_modelled(vm, "a call of `ParseResult` is not modelled")
});
static SPLIT_RESULT: Type = Type::new("urllib.parse", "SplitResult", |vm, _| {
    not_modelled(vm, "a call of `SplitResult` is not modelled")
});

/// The result of `urlparse` or `urlsplit`.
struct Url {
    scheme: String,
    netloc: String,
    path: String,
    /// `None` for `urlsplit`, which leaves them in the path.
    params: Option<String>,
    query: String,
    fragment: String,
}

impl Url {
    fn parse(url: &str, with_params: bool) -> Self {
        let (mut scheme, mut rest) = (String::new(), url);
        if let Some((head, tail)) = url.split_once(':')
            && head.starts_with(|c: char| c.is_ascii_alphabetic())
            && head.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        {
            (scheme, rest) = (head.to_ascii_lowercase(), tail);
        }
        let mut netloc = "";
        if let Some(behind) = rest.strip_prefix("//") {
            let end = behind.find(['/', '?', '#']).unwrap_or(behind.len());
            (netloc, rest) = behind.split_at(end);
        }
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (mut path, mut params) = (path.to_owned(), with_params.then(String::new));
        if let Some(params) = &mut params
            && WITH_PARAMS.contains(&scheme.as_str())
        {
            let last = path.rfind('/').unwrap_or(0);
            if let Some(at) = path[last..].find(';') {
                params.push_str(&path[last + at + 1..]);
                path.truncate(last + at);
            }
        }
        Self {
            scheme,
            netloc: netloc.to_owned(),
            path,
            params,
            query: query.to_owned(),
            fragment: fragment.to_owned(),
        }
    }

    fn fields(&self) -> Vec<Value> {
        let mut fields = vec![&self.scheme, &self.netloc, &self.path];
        fields.extend(&self.params);
        fields.extend([&self.query, &self.fragment]);
        fields.into_iter().map(|field| Value::str(field.as_str())).collect()
    }

    fn show(&self) -> String {
        let mut path = self.path.clone();
        if let Some(params) = self.params.as_ref().filter(|params| !params.is_empty()) {
            path = format!("{path};{params}");
        }
        if !self.netloc.is_empty() {
            let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
            path = format!("//{}{slash}{path}", self.netloc);
        }
        if !self.scheme.is_empty() {
            path = format!("{}:{path}", self.scheme);
        }
        if !self.query.is_empty() {
            path = format!("{path}?{}", self.query);
        }
        if !self.fragment.is_empty() {
            path = format!("{path}#{}", self.fragment);
        }
        path
    }
}

/// A text without the characters that `urlsplit` strips or has rules of its own for.
fn plain(vm: &Vm, url: &str) -> Eval<()> {
    let outer_blank = url.trim_matches(|c: char| c <= ' ') != url;
    if outer_blank || !url.is_ascii() || url.contains(['\t', '\n', '\r', '[', ']']) {
        return not_modelled(vm, "taking this address apart is not modelled");
    }
    Ok(())
}

fn parsed(vm: &mut Vm, mut args: Args, with_params: bool) -> Eval<Value> {
    let url = need_text(&mut args, "url")?;
    if args.finish().is_err() {
        return not_modelled(vm, "this option of `urlparse` is not modelled");
    }
    plain(vm, &url)?;
    Ok(Value::object(Url::parse(&url, with_params)))
}

fn urljoin(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let (base, url) = (need_text(&mut args, "base")?, need_text(&mut args, "url")?);
    done(vm, args)?;
    if base.is_empty() || url.is_empty() {
        return Ok(Value::Str(if base.is_empty() { url } else { base }));
    }
    plain(vm, &base)?;
    plain(vm, &url)?;
    let (from, to) = (Url::parse(&base, true), Url::parse(&url, true));
    if matches!(to.scheme.as_str(), "http" | "https") && !to.netloc.is_empty() {
        return Ok(Value::Str(url));
    }
    let simple = to.scheme.is_empty()
        && to.netloc.is_empty()
        && !to.path.is_empty()
        && matches!(from.scheme.as_str(), "http" | "https");
    if !simple || [&from.path, &to.path].into_iter().any(|path| path.contains("//") || path.contains("./")) {
        return not_modelled(vm, "joining these addresses is not modelled");
    }
    let path = match from.path.rfind('/') {
        _ if to.path.starts_with('/') => to.path.clone(),
        Some(at) => format!("{}{}", &from.path[..=at], to.path),
        None => format!("/{}", to.path),
    };
    if path.ends_with("/.") || path.ends_with("/..") {
        return not_modelled(vm, "joining these addresses is not modelled");
    }
    Ok(Value::from(Url { scheme: from.scheme, netloc: from.netloc, path, ..to }.show()))
}

impl Object for Url {
    fn class(&self) -> Option<&'static Type> {
        Some(if self.params.is_some() { &PARSE_RESULT } else { &SPLIT_RESULT })
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let host = self.netloc.rsplit_once('@').map_or(&*self.netloc, |(_, host)| host);
        let user = self.netloc.rsplit_once('@').map(|(user, _)| user);
        Ok(Some(match name {
            "scheme" => Value::str(self.scheme.as_str()),
            "netloc" => Value::str(self.netloc.as_str()),
            "path" => Value::str(self.path.as_str()),
            "query" => Value::str(self.query.as_str()),
            "fragment" => Value::str(self.fragment.as_str()),
            "params" => match &self.params {
                Some(params) => Value::str(params.as_str()),
                None => return Ok(None),
            },
            "hostname" => match host.split(':').next().unwrap_or_default() {
                "" => Value::None,
                host => Value::from(host.to_lowercase()),
            },
            "port" => match host.split_once(':').map(|(_, port)| port.parse::<u16>()) {
                None => Value::None,
                Some(Ok(port)) => Value::int(port),
                Some(Err(_)) => return not_modelled(vm, "this port is not modelled"),
            },
            "username" => {
                user.map_or(Value::None, |user| Value::str(user.split(':').next().unwrap_or_default()))
            }
            "password" => user
                .and_then(|user| user.split_once(':'))
                .map_or(Value::None, |(_, password)| Value::str(password)),
            "geturl" if self.netloc.is_empty() && !self.scheme.is_empty() => {
                return not_modelled(vm, "putting this address together depends on the version of Python");
            }
            "geturl" => {
                let text = Value::from(self.show());
                return Ok(Some(super::support::constant(text)));
            }
            _ => return Ok(None),
        }))
    }

    fn item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        vm.item(&Value::tuple(self.fields()), &key).map(Some)
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        Ok(Some(self.fields()))
    }

    fn len(&self) -> Eval<Option<usize>> {
        Ok(Some(self.fields().len()))
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let names = ["scheme", "netloc", "path", "params", "query", "fragment"];
        let names = names.iter().filter(|name| self.params.is_some() || **name != "params");
        let mut parts = Vec::new();
        for (name, value) in names.zip(self.fields()) {
            parts.push(format!("{name}={}", vm.repr(&value)?));
        }
        Ok(format!("{}({})", self.type_name(), parts.join(", ")).into())
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "an address taken apart")
    }
}
