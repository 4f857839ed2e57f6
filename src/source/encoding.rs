//! The encodings that a coding line may name, by Python's names, as far as they decode as Python's codecs do.
//!
//! encoding_rs has the encodings of the web, some of which are others than Python's of the same name: those are told apart
//! here, or left out. Source: `encodings.aliases` of CPython 3.12; `tests/decode.rs` holds each byte against it.

use encoding_rs::{
    EUC_JP, EUC_KR, Encoding, GBK, IBM866, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6,
    ISO_8859_7, ISO_8859_8, ISO_8859_10, ISO_8859_13, ISO_8859_14, ISO_8859_15, ISO_8859_16, KOI8_R,
    MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254,
    WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

/// How bytes become text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Codec {
    /// UTF-8.
    Utf8,
    /// ISO 8859-1 proper; the web's label of that name means windows-1252.
    Latin1,
    /// ASCII, of which nothing else decodes.
    Ascii,
    /// The web's encoding, but for the characters that only the web has.
    Web(&'static Encoding, fn(char) -> bool),
}

const NONE: fn(char) -> bool = |_| false;
/// The web gives a control character to each byte that a code page of Windows leaves out.
const C1: fn(char) -> bool = |c| matches!(c, '\u{80}'..='\u{9f}');
/// What the web takes from code page 932 for signs that JIS X 0208 has in common with Unicode, and for private use.
const OF_932: fn(char) -> bool = |c| {
    C1(c)
        || matches!(
            c,
            '\u{e000}'
                ..='\u{f8ff}'
                    | '\u{ff5e}'
                    | '\u{2225}'
                    | '\u{ff0d}'
                    | '\u{ffe0}'
                    | '\u{ffe1}'
                    | '\u{ffe2}'
                    | '\u{ff3c}'
        )
};

/// The names, in lower case and with `-` for `_`.
const ROWS: &[(&[&str], Codec)] = &[
    (&["utf-8", "utf8", "utf", "u8", "cp65001"], Codec::Utf8),
    (
        &["iso-8859-1", "latin-1", "latin1", "latin", "iso8859-1", "iso8859", "8859", "l1", "cp819"],
        Codec::Latin1,
    ),
    (&["ascii", "us-ascii", "646", "us"], Codec::Ascii),
    (&["iso-8859-2", "iso8859-2", "latin2", "l2"], Codec::Web(ISO_8859_2, NONE)),
    (&["iso-8859-3", "iso8859-3", "latin3", "l3"], Codec::Web(ISO_8859_3, NONE)),
    (&["iso-8859-4", "iso8859-4", "latin4", "l4"], Codec::Web(ISO_8859_4, NONE)),
    (&["iso-8859-5", "iso8859-5", "cyrillic"], Codec::Web(ISO_8859_5, NONE)),
    (&["iso-8859-6", "iso8859-6", "arabic"], Codec::Web(ISO_8859_6, NONE)),
    (&["iso-8859-7", "iso8859-7", "greek"], Codec::Web(ISO_8859_7, NONE)),
    (&["iso-8859-8", "iso8859-8", "hebrew"], Codec::Web(ISO_8859_8, NONE)),
    (&["iso-8859-10", "iso8859-10", "latin6", "l6"], Codec::Web(ISO_8859_10, NONE)),
    (&["iso-8859-13", "iso8859-13", "latin7", "l7"], Codec::Web(ISO_8859_13, NONE)),
    (&["iso-8859-14", "iso8859-14", "latin8", "l8"], Codec::Web(ISO_8859_14, NONE)),
    (&["iso-8859-15", "iso8859-15", "latin9", "l9"], Codec::Web(ISO_8859_15, NONE)),
    (&["iso-8859-16", "iso8859-16", "latin10", "l10"], Codec::Web(ISO_8859_16, NONE)),
    (&["cp866", "866", "ibm866"], Codec::Web(IBM866, NONE)),
    (&["koi8-r"], Codec::Web(KOI8_R, NONE)),
    (&["mac-roman", "macroman", "macintosh"], Codec::Web(MACINTOSH, NONE)),
    (&["mac-cyrillic", "maccyrillic"], Codec::Web(X_MAC_CYRILLIC, NONE)),
    (&["cp874"], Codec::Web(WINDOWS_874, C1)),
    (&["cp1250", "windows-1250", "1250"], Codec::Web(WINDOWS_1250, C1)),
    (&["cp1251", "windows-1251", "1251"], Codec::Web(WINDOWS_1251, C1)),
    (&["cp1252", "windows-1252", "1252"], Codec::Web(WINDOWS_1252, C1)),
    (&["cp1253", "windows-1253", "1253"], Codec::Web(WINDOWS_1253, C1)),
    (&["cp1254", "windows-1254", "1254"], Codec::Web(WINDOWS_1254, C1)),
    (&["cp1255", "windows-1255", "1255"], Codec::Web(WINDOWS_1255, C1)),
    (&["cp1256", "windows-1256", "1256"], Codec::Web(WINDOWS_1256, C1)),
    (&["cp1257", "windows-1257", "1257"], Codec::Web(WINDOWS_1257, C1)),
    (&["cp1258", "windows-1258", "1258"], Codec::Web(WINDOWS_1258, C1)),
    // Of these the web takes more than Python does, and what Python takes it decodes alike.
    (&["cp949", "949", "ms949", "uhc", "euc-kr", "euckr", "korean"], Codec::Web(EUC_KR, NONE)),
    (&["gbk", "cp936", "936", "ms936"], Codec::Web(GBK, |c| c == '\u{20ac}')),
    (&["cp932", "932", "ms932", "mskanji", "ms-kanji"], Codec::Web(SHIFT_JIS, NONE)),
    (&["shift-jis", "shiftjis", "sjis", "s-jis", "csshiftjis"], Codec::Web(SHIFT_JIS, OF_932)),
    (&["euc-jp", "eucjp", "ujis", "u-jis"], Codec::Web(EUC_JP, OF_932)),
];

impl Codec {
    /// The codec that a coding line names.
    ///
    /// Source: `get_normal_name` of CPython 3.12's tokenizer for the forms with an ending, such as `utf-8-unix`.
    pub(super) fn named(name: &str) -> Option<Self> {
        let normal = name.to_ascii_lowercase().replace('_', "-");
        if normal.starts_with("utf-8-") {
            return Some(Self::Utf8);
        }
        if ["latin-1-", "iso-8859-1-", "iso-latin-1-"].iter().any(|start| normal.starts_with(start))
            || normal == "iso-latin-1"
        {
            return Some(Self::Latin1);
        }
        ROWS.iter().find(|(names, _)| names.contains(&normal.as_str())).map(|(_, codec)| *codec)
    }
}
