//! Bytes to Python source text: byte order mark, PEP 263 coding line, line ends, NUL.

/// Why bytes are no Python source text.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DecodeError {
    /// The bytes are not valid in the encoding that the file declares, or in UTF-8 where it declares none.
    #[error("the file is not {encoding} text: byte {offset} does not decode")]
    Invalid {
        /// The encoding's name.
        encoding: String,
        /// The offset of the first byte that does not decode.
        offset: usize,
    },
    /// The coding line names an encoding that is not known here.
    #[error("the coding line names an encoding that is not supported: `{0}`")]
    UnknownEncoding(String),
    /// The text holds a NUL character, which Python refuses.
    #[error("the file holds a NUL byte, so it is no Python source")]
    Nul,
}

/// Decodes Python source: UTF-8 with or without byte order mark, or what a PEP 263 coding line in one of
/// the first two lines says. Line ends become `\n`, as Python's tokenizer makes them.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    let (bytes, marked) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    if bytes.contains(&0) {
        return Err(DecodeError::Nul);
    }
    let text = match coding_line(bytes).filter(|_| !marked) {
        Some(name) => decode_as(&name, bytes)?,
        None => utf8(bytes)?,
    };
    Ok(unify_line_ends(text))
}

fn utf8(bytes: &[u8]) -> Result<String, DecodeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(DecodeError::Invalid { encoding: "UTF-8".to_owned(), offset: error.valid_up_to() }),
    }
}

fn decode_as(name: &str, bytes: &[u8]) -> Result<String, DecodeError> {
    let normal = name.to_ascii_lowercase().replace('_', "-");
    if normal == "utf-8" || normal == "utf8" || normal == "utf-8-sig" {
        return utf8(bytes);
    }
    // Python's latin-1 is ISO 8859-1 proper; the web's label of that name means windows-1252.
    if matches!(normal.as_str(), "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "l1") {
        return Ok(bytes.iter().map(|&byte| char::from(byte)).collect());
    }
    if matches!(normal.as_str(), "ascii" | "us-ascii") {
        return match bytes.iter().position(|byte| !byte.is_ascii()) {
            None => utf8(bytes),
            Some(offset) => Err(DecodeError::Invalid { encoding: "ASCII".to_owned(), offset }),
        };
    }
    let label = normal.strip_prefix("cp").map_or(normal.clone(), |page| format!("windows-{page}"));
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())
        .ok_or_else(|| DecodeError::UnknownEncoding(name.to_owned()))?;
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => Err(DecodeError::Invalid { encoding: encoding.name().to_owned(), offset: 0 }),
    }
}

/// Finds `coding[:=]\s*([-\w.]+)` in a comment on one of the first two lines (PEP 263).
fn coding_line(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|&byte| byte == b'\n' || byte == b'\r').take(2) {
        let line = line.trim_ascii_start();
        if line.is_empty() {
            continue;
        }
        let comment = line.strip_prefix(b"#")?;
        let comment = String::from_utf8_lossy(comment);
        if let Some(at) = comment.find("coding")
            && let Some(rest) = comment[at + "coding".len()..].strip_prefix([':', '='])
        {
            let name: String = rest
                .trim_start()
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
                .collect();
            if !name.is_empty() {
                return Some(name);
            }
        }
    }
    None
}

fn unify_line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coding_lines_are_honoured() {
        assert_eq!(
            decode(b"# -*- coding: latin-1 -*-\nx = '\xe9'\n").unwrap(),
            "# -*- coding: latin-1 -*-\nx = 'é'\n"
        );
        assert_eq!(
            decode(b"#!/usr/bin/python\n# coding=cp1252\nx = '\x80'\n").unwrap().lines().last(),
            Some("x = '€'")
        );
        assert_eq!(decode(b"# coding: klingon\n"), Err(DecodeError::UnknownEncoding("klingon".to_owned())));
    }

    #[test]
    fn marks_line_ends_and_nul() {
        assert_eq!(decode(b"\xEF\xBB\xBFa = 1\r\nb = 2\rc = 3\n").unwrap(), "a = 1\nb = 2\nc = 3\n");
        assert_eq!(decode(b"a = '\0'"), Err(DecodeError::Nul));
        assert_eq!(
            decode(b"a = '\xff'"),
            Err(DecodeError::Invalid { encoding: "UTF-8".to_owned(), offset: 5 })
        );
    }
}
