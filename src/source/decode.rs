//! Bytes to Python source text: byte order mark, PEP 263 coding line, line ends, NUL.

use encoding_rs::{DecoderResult, Encoding};

use super::encoding::Codec;

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
    /// A byte order mark says UTF-8, and the coding line something else: Python refuses it.
    #[error("the coding line names `{0}`, and the byte order mark says UTF-8")]
    Marked(String),
    /// The text holds a NUL character, which Python refuses.
    #[error("the file holds a NUL byte, so it is no Python source")]
    Nul,
}

/// Decodes Python source: UTF-8 with or without byte order mark, or what a PEP 263 coding line in one of
/// the first two lines says. Line ends become `\n`, as Python's tokenizer makes them.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => decode_text(rest, true).map_err(|error| match error {
            DecodeError::Invalid { encoding, offset } => {
                DecodeError::Invalid { encoding, offset: offset + (bytes.len() - rest.len()) }
            }
            other @ (DecodeError::UnknownEncoding(_) | DecodeError::Marked(_) | DecodeError::Nul) => other,
        }),
        None => decode_text(bytes, false),
    }
}

/// Decodes what stands behind the byte order mark, if there was one.
fn decode_text(bytes: &[u8], marked: bool) -> Result<String, DecodeError> {
    if bytes.contains(&0) {
        return Err(DecodeError::Nul);
    }
    let text = match coding_line(bytes) {
        Some(name) => match Codec::named(&name) {
            Some(codec) if !marked || matches!(codec, Codec::Utf8) => decode_as(codec, &name, bytes)?,
            Some(_) | None if marked => return Err(DecodeError::Marked(name)),
            Some(_) | None => return Err(DecodeError::UnknownEncoding(name)),
        },
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

fn decode_as(codec: Codec, name: &str, bytes: &[u8]) -> Result<String, DecodeError> {
    let invalid = |offset| DecodeError::Invalid { encoding: name.to_owned(), offset };
    match codec {
        Codec::Utf8 => utf8(bytes),
        Codec::Latin1 => Ok(bytes.iter().map(|&byte| char::from(byte)).collect()),
        Codec::Ascii => match bytes.iter().position(|byte| !byte.is_ascii()) {
            None => utf8(bytes),
            Some(offset) => Err(invalid(offset)),
        },
        Codec::Web(encoding, is_surplus) => {
            let mut decoder = encoding.new_decoder_without_bom_handling();
            let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
            let mut text = String::with_capacity(room.unwrap_or_default());
            let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
            // What only the web has stands before the first byte that it does not take.
            if let Some((before, _)) = text.char_indices().find(|(_, c)| is_surplus(*c)) {
                return Err(invalid(source_offset(encoding, bytes, before)));
            }
            match result {
                DecoderResult::InputEmpty => Ok(text),
                DecoderResult::OutputFull => Err(invalid(read)),
                DecoderResult::Malformed(length, after) => {
                    Err(invalid(read.saturating_sub(usize::from(length) + usize::from(after))))
                }
            }
        }
    }
}

/// Where the character begins in the bytes that stands at `offset` of the text that they decode to.
///
/// Bytes are fed one by one: encoding the text again would not do, since some characters are only decoded to.
fn source_offset(encoding: &'static Encoding, bytes: &[u8], offset: usize) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut length, mut start) = (0, 0);
    for (at, byte) in bytes.chunks(1).enumerate() {
        let mut text = [0; 16];
        let (_, _, written) = decoder.decode_to_utf8_without_replacement(byte, &mut text, false);
        length += written;
        if length > offset {
            break;
        }
        if written > 0 {
            start = at + 1;
        }
    }
    start
}

/// The encoding that a comment on one of the first two lines names, as Python finds it.
///
/// Source: PEP 263, and `cookie_re` of CPython 3.12's `tokenize`: `^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`.
fn coding_line(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes;
    for _ in 0..2 {
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let (line, after) = rest.split_at_checked(end)?;
        let line = line.trim_ascii_start();
        if line.first().is_some_and(|&byte| byte != b'#') {
            return None;
        }
        if let Some(name) = named_encoding(line) {
            return Some(name);
        }
        rest = after.strip_prefix(b"\r\n").or_else(|| after.get(1..)).unwrap_or_default();
    }
    None
}

/// The first name that stands behind `coding:` or `coding=` in a comment.
fn named_encoding(comment: &[u8]) -> Option<String> {
    let comment = String::from_utf8_lossy(comment);
    comment.match_indices("coding").find_map(|(at, word)| {
        let rest = comment.get(at + word.len()..)?.strip_prefix([':', '='])?;
        let is_of_name = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let name: String = rest.trim_start_matches([' ', '\t']).chars().take_while(is_of_name).collect();
        (!name.is_empty()).then_some(name)
    })
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
        assert_eq!(
            decode(b"#!/usr/bin/python\r\n# encoding, or coding: koi8_r\r\nx = '\xc1'\r\n")
                .unwrap()
                .lines()
                .last(),
            Some("x = 'а'")
        );
        assert_eq!(decode(b"x = 1 # coding: klingon\n# coding: klingon\n").unwrap().lines().count(), 2);
        assert_eq!(decode(b"# coding: utf-8-unix\nx = '\xc3\xa9'").unwrap().lines().last(), Some("x = 'é'"));
        assert_eq!(decode(b"# coding: klingon\n"), Err(DecodeError::UnknownEncoding("klingon".to_owned())));
        // An offset that stands in no text, and one that Python has no character for.
        // The last has a character of private use before, which nothing encodes again.
        for (text, offset) in [
            (&b"# coding: gbk\nx = '\xff'"[..], 19),
            (b"# coding: cp1252\nx = '\x81'", 22),
            (b"# coding: shift_jis\nx = '\x82\xa0\xf2\x87\x80\xa0'", 27),
        ] {
            assert!(matches!(decode(text), Err(DecodeError::Invalid { offset: at, .. }) if at == offset));
        }
        assert_eq!(
            decode(b"\xEF\xBB\xBF# coding: latin-1\n"),
            Err(DecodeError::Marked("latin-1".to_owned()))
        );
    }

    #[test]
    fn marks_line_ends_and_nul() {
        let broken = decode(b"\xEF\xBB\xBFx = '\xff'");
        assert!(matches!(broken, Err(DecodeError::Invalid { offset: 8, .. })), "{broken:?}");
        assert_eq!(decode(b"\xEF\xBB\xBFa = 1\r\nb = 2\rc = 3\n").unwrap(), "a = 1\nb = 2\nc = 3\n");
        assert_eq!(decode(b"a = '\0'"), Err(DecodeError::Nul));
        assert_eq!(
            decode(b"a = '\xff'"),
            Err(DecodeError::Invalid { encoding: "UTF-8".to_owned(), offset: 5 })
        );
    }
}
