//! Escapes and sets of characters in patterns.

use std::fmt::Write as _;

use super::{Piece, Reader, Refusal, Result, literal};

impl Reader {
    fn word(&self) -> &'static str {
        if self.flags.ascii { "[A-Za-z0-9_]" } else { "[\\p{L}\\p{N}_]" }
    }

    /// `\d` and its kin, in a set or outside.
    fn class_escape(&self, char: char) -> Option<&'static str> {
        Some(match (char, self.flags.ascii) {
            ('d', false) => "\\p{Nd}",
            ('D', false) => "\\P{Nd}",
            ('d', true) => "[0-9]",
            ('D', true) => "[^0-9]",
            ('s', false) => "[\\s\\x{1c}-\\x{1f}]",
            ('S', false) => "[^\\s\\x{1c}-\\x{1f}]",
            ('s', true) => "[ \\t\\n\\r\\x{b}\\x{c}]",
            ('S', true) => "[^ \\t\\n\\r\\x{b}\\x{c}]",
            ('w', _) => self.word(),
            ('W', false) => "[^\\p{L}\\p{N}_]",
            ('W', true) => "[^A-Za-z0-9_]",
            _ => return None,
        })
    }

    pub(super) fn escape(&mut self) -> Result<Piece> {
        let Some(char) = self.peek() else { return Err(Refusal("a backslash at the end")) };
        if let Some(class) = self.class_escape(char) {
            self.at += 1;
            return Ok(Piece::char(class));
        }
        let word = self.word();
        match char {
            'A' | 'Z' => {
                self.at += 1;
                return Ok(Piece::assertion(if char == 'A' { "\\A" } else { "\\z" }));
            }
            'b' => {
                self.at += 1;
                return Ok(Piece::assertion(format!("(?:(?<={word})(?!{word})|(?<!{word})(?={word}))")));
            }
            'B' => {
                self.at += 1;
                self.inner_boundary = true;
                return Ok(Piece::assertion(format!("(?:(?<={word})(?={word})|(?<!{word})(?!{word}))")));
            }
            '1'..='9' => {
                let digits: String =
                    self.chars[self.at..].iter().take(3).take_while(|char| char.is_ascii_digit()).collect();
                let octal = digits.len() == 3 && digits.chars().all(|digit| digit < '8');
                if octal {
                    return Err(Refusal("an octal escape"));
                }
                let digits = &digits[..digits.len().min(2)];
                self.at += digits.len();
                return self.reference(digits.parse().unwrap_or(0));
            }
            _ => {}
        }
        self.char_escape().map(|char| Piece::char(literal(char)))
    }

    /// An escape that stands for one character, in a set or outside, behind its backslash.
    fn char_escape(&mut self) -> Result<char> {
        let Some(char) = self.next() else { return Err(Refusal("a backslash at the end")) };
        let mut code = |digits: usize| {
            let text: String = self.chars[self.at..].iter().take(digits).collect();
            self.at += digits;
            let code = (text.len() == digits).then(|| u32::from_str_radix(&text, 16).ok()).flatten();
            code.and_then(char::from_u32).ok_or(Refusal("this escape"))
        };
        Ok(match char {
            'a' => '\u{7}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            'x' => code(2)?,
            'u' => code(4)?,
            'U' => code(8)?,
            '0' if !self.peek().is_some_and(|char| char.is_ascii_digit()) => '\0',
            char if char.is_ascii_alphanumeric() => return Err(Refusal("this escape")),
            char => char,
        })
    }

    pub(super) fn set_of_chars(&mut self) -> Result<Piece> {
        let negated = self.eat("^");
        let mut items = String::new();
        let mut first = true;
        loop {
            let Some(char) = self.next() else { return Err(Refusal("a set that is not closed")) };
            if char == ']' && !first {
                break;
            }
            first = false;
            let low = match self.set_item(char)? {
                Ok(low) => low,
                Err(class) => {
                    items.push_str(class);
                    if self.peek() == Some('-') && self.chars.get(self.at + 1) != Some(&']') {
                        return Err(Refusal("a range that begins with a class"));
                    }
                    continue;
                }
            };
            let is_range =
                self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|char| *char != ']');
            if !is_range {
                let _ = write!(items, "\\x{{{:x}}}", u32::from(low));
                continue;
            }
            self.at += 1;
            let Some(char) = self.next() else { return Err(Refusal("a set that is not closed")) };
            match self.set_item(char)? {
                Ok(high) if high >= low => {
                    let _ = write!(items, "\\x{{{:x}}}-\\x{{{:x}}}", u32::from(low), u32::from(high));
                }
                _ => return Err(Refusal("this range")),
            }
        }
        Ok(Piece::char(format!("[{}{items}]", if negated { "^" } else { "" })))
    }

    /// A character of a set, or a class in it.
    fn set_item(&mut self, char: char) -> Result<std::result::Result<char, &'static str>> {
        if char != '\\' {
            return Ok(Ok(char));
        }
        let Some(escape) = self.peek() else { return Err(Refusal("a backslash at the end")) };
        if let Some(class) = self.class_escape(escape) {
            self.at += 1;
            return Ok(Err(class));
        }
        if escape == 'b' {
            self.at += 1;
            return Ok(Ok('\u{8}'));
        }
        self.char_escape().map(Ok)
    }
}
