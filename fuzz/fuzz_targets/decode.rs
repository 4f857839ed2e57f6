//! Bytes as source text: whatever they are, decoding ends in text that the parser takes, or in an error.

#![no_main]

use dag_converter::source::{DecodeError, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(DecodeError::Invalid { offset, .. }) => return assert!(offset < bytes.len()),
        Err(DecodeError::UnknownEncoding(name) | DecodeError::Marked(name)) => {
            return assert!(!name.is_empty());
        }
        Err(DecodeError::Nul) => return assert!(bytes.contains(&0)),
    };
    assert!(!text.contains(['\r', '\0']), "{text:?}");
    // The line ends are settled, and a mark settles the encoding.
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    match decode(&marked) {
        Ok(again) => assert_eq!(again, text),
        // A coding line that says something else contradicts the mark.
        Err(error) => assert!(text.contains("coding"), "{error}: {text:?}"),
    }
});
