//! A Connection as Airflow's URI: `postgres://login:password@host:5432/schema?key=value`.

use super::Parts;
use super::json::of_query;

/// The query parameter that holds a whole extra.
const EXTRA_KEY: &str = "__extra__";

/// Reads the URI of a Connection; nothing where Airflow would not take it, or Python's `urlsplit` treats it in a way that is not
/// modelled.
///
/// Source: `Connection._parse_from_uri` of 2.10.5 and 3.0.6.
pub(super) fn read(uri: &str) -> Option<Parts> {
    if uri.chars().any(char::is_control) || uri.contains(['[', ']']) {
        return None;
    }
    let (scheme, after) = uri.split_once(':')?;
    if !is_scheme(scheme) {
        return None;
    }
    let scheme = scheme.to_ascii_lowercase();
    let (protocol, rest) = match uri.matches("://").count() {
        0 | 1 => (None, after),
        2 => {
            let inner = after.strip_prefix("//")?;
            let (protocol, rest) = inner.split_once(':')?;
            if !is_scheme(protocol) {
                return None;
            }
            (Some(protocol.to_ascii_lowercase()), rest)
        }
        _ => return None,
    };
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let (rest, query) = rest.split_once('?').map_or((rest, ""), |(rest, query)| (rest, query));
    let (netloc, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.find('/').map_or((rest, ""), |at| rest.split_at(at)),
        None => ("", rest),
    };
    let (user, host) = netloc.rsplit_once('@').map_or((None, netloc), |(user, host)| (Some(user), host));
    let (login, password) = match user {
        None => (None, None),
        Some(user) => match user.split_once(':') {
            Some((login, password)) => (Some(login), Some(password)),
            None => (Some(user), None),
        },
    };
    let (host, port) = match host.split_once(':') {
        None => (host, None),
        Some((host, "")) => (host, None),
        Some((host, port)) => (host, Some(port.parse::<u16>().ok()?)),
    };
    // `urlsplit` gives hosts in lower case; one with an encoded slash is kept as it is written.
    let mut name = unquote(&host.to_lowercase())?;
    if name.contains('/') {
        name = unquote(host)?;
    }
    let host = match protocol {
        Some(protocol) if !name.is_empty() => format!("{protocol}://{name}"),
        _ => name,
    };
    let mut parts = Parts {
        conn_type: Some(conn_type(&scheme)),
        host: Some(host),
        schema: Some(unquote(path.get(1..).unwrap_or_default())?),
        login: login.map(unquote).map(|login| login.ok_or(())).transpose().ok()?,
        password: password.map(unquote).map(|password| password.ok_or(())).transpose().ok()?,
        port: port.map(i64::from),
        ..Parts::default()
    };
    if !query.is_empty() {
        let pairs = pairs(query)?;
        let whole = pairs.iter().find(|(name, _)| name == EXTRA_KEY);
        parts.extra = Some(whole.map_or_else(|| of_query(&pairs), |(_, extra)| extra.clone()));
    }
    Some(parts)
}

/// The type as Airflow keeps it.
pub(super) fn conn_type(name: &str) -> String {
    if name == "postgresql" { "postgres".to_owned() } else { name.replace('-', "_") }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The pairs of a query, the last of those with one name.
fn pairs(query: &str) -> Option<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (unquote(&name.replace('+', " "))?, unquote(&value.replace('+', " "))?);
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => found.push((name, value)),
        }
    }
    Some(found)
}

/// `unquote`; nothing where the bytes are no UTF-8.
fn unquote(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(code) if byte == b'%' => {
                out.push(code);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each with conn_type, host, schema, login, password, port and extra as `airflow.models.Connection(uri=…)` of 3.0.6 has them.
    #[test]
    fn uris_are_read_as_airflow_reads_them() {
        let cases: serde_json::Value = serde_json::from_str(include_str!("uris.json")).unwrap();
        for case in cases.as_array().unwrap() {
            let uri = case["uri"].as_str().unwrap();
            let parts = read(uri).unwrap_or_else(|| panic!("{uri}"));
            let got = serde_json::json!({
                "uri": uri, "conn_type": parts.conn_type, "host": parts.host, "schema": parts.schema, "login": parts.login,
                "password": parts.password, "port": parts.port, "extra": parts.extra,
            });
            assert_eq!(&got, case, "{uri}");
        }
    }
}
