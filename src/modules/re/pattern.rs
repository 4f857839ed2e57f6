//! Python's pattern syntax put into that of `fancy-regex`, where both mean the same; the rest is refused.
//!
//! Refused are, beside what Python has as an error: groups that repeat and may be empty (engines differ in what they take),
//! conditionals, atomic groups and possessive repeats (younger than some Pythons), and locale flags.

mod chars;

/// Flags of a pattern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are flags of `re`")]
pub(super) struct Flags {
    pub(super) ignore_case: bool,
    pub(super) multi_line: bool,
    pub(super) dot_all: bool,
    pub(super) verbose: bool,
    pub(super) ascii: bool,
}

impl Flags {
    /// The flags in Python's number; `None` where one of them is not followed.
    pub(super) fn of_bits(bits: u32) -> Option<Self> {
        (bits & !(2 | 8 | 16 | 32 | 64 | 256) == 0).then_some(Self {
            ignore_case: bits & 2 != 0,
            multi_line: bits & 8 != 0,
            dot_all: bits & 16 != 0,
            verbose: bits & 64 != 0,
            ascii: bits & 256 != 0,
        })
    }

    /// Python's number.
    pub(super) fn bits(self) -> u32 {
        [
            (self.ignore_case, 2),
            (self.multi_line, 8),
            (self.dot_all, 16),
            (self.verbose, 64),
            (self.ascii, 256),
        ]
        .iter()
        .map(|(set, bit)| if *set { *bit } else { 0 })
        .sum::<u32>()
            + if self.ascii { 0 } else { 32 }
    }
}

/// A pattern in the other syntax.
#[derive(Debug)]
pub(super) struct Translated {
    pub(super) text: String,
    pub(super) flags: Flags,
    /// How many groups it has, the whole match aside.
    pub(super) groups: usize,
    /// The names of groups, with their numbers.
    pub(super) names: Vec<(String, usize)>,
    /// Whether it has `\B`, which in an empty text depends on the version of Python.
    pub(super) inner_boundary: bool,
}

/// Why a pattern is not followed.
#[derive(Debug)]
pub(super) struct Refusal(pub(super) &'static str);

type Result<T> = std::result::Result<T, Refusal>;

/// Puts a pattern into the other syntax.
pub(super) fn translate(pattern: &str, flags: Flags) -> Result<Translated> {
    let mut reader = Reader {
        chars: pattern.chars().collect(),
        at: 0,
        flags,
        groups: 0,
        closed: Vec::new(),
        names: Vec::new(),
        inner_boundary: false,
        depth: 0,
    };
    reader.global_flags()?;
    let piece = reader.alternation()?;
    if reader.at < reader.chars.len() {
        return Err(Refusal("an unbalanced parenthesis"));
    }
    let text = if reader.flags.ignore_case { format!("(?i:{})", piece.text) } else { piece.text };
    Ok(Translated {
        text,
        flags: reader.flags,
        groups: reader.groups,
        names: reader.names,
        inner_boundary: reader.inner_boundary,
    })
}

/// A part of a pattern: its text, and the fewest and most characters it takes.
struct Piece {
    text: String,
    least: usize,
    most: Option<usize>,
    /// Whether it is one character, so that repeating it is safe whatever it is.
    assertion: bool,
}

impl Piece {
    fn char(text: impl Into<String>) -> Self {
        Self { text: text.into(), least: 1, most: Some(1), assertion: false }
    }

    fn assertion(text: impl Into<String>) -> Self {
        Self { text: text.into(), least: 0, most: Some(0), assertion: true }
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    flags: Flags,
    groups: usize,
    /// Which groups are complete, so that they can be referred to.
    closed: Vec<usize>,
    names: Vec<(String, usize)>,
    inner_boundary: bool,
    depth: usize,
}

/// How deep groups may nest.
const MAX_DEPTH: usize = 50;

/// The most that a repeat may count.
const MAX_REPEAT: usize = 1000;

fn literal(char: char) -> String {
    if char.is_ascii_alphanumeric() { char.to_string() } else { format!("\\x{{{:x}}}", u32::from(char)) }
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek();
        self.at += usize::from(char.is_some());
        char
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = text.chars().enumerate().all(|(at, char)| self.chars.get(self.at + at) == Some(&char));
        if found {
            self.at += text.chars().count();
        }
        found
    }

    /// `(?im)` at the start.
    fn global_flags(&mut self) -> Result<()> {
        while self.chars.get(self.at) == Some(&'(') && self.chars.get(self.at + 1) == Some(&'?') {
            let end = self.chars[self.at..].iter().position(|char| *char == ')');
            let Some(inner) = end.map(|end| &self.chars[self.at + 2..self.at + end]) else { return Ok(()) };
            if inner.is_empty() || !inner.iter().all(|char| "aiLmsux".contains(*char)) {
                return Ok(());
            }
            let length = inner.len() + 3;
            let letters: Vec<char> = inner.to_vec();
            for char in letters {
                self.set(char, true)?;
            }
            self.at += length;
        }
        Ok(())
    }

    fn set(&mut self, flag: char, on: bool) -> Result<()> {
        match flag {
            'a' => self.flags.ascii = on,
            'i' => self.flags.ignore_case = on,
            'm' => self.flags.multi_line = on,
            's' => self.flags.dot_all = on,
            'u' => self.flags.ascii = !on,
            'x' => self.flags.verbose = on,
            _ => return Err(Refusal("this flag")),
        }
        Ok(())
    }

    fn alternation(&mut self) -> Result<Piece> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Refusal("groups nested this deeply"));
        }
        let mut whole = self.sequence()?;
        while self.eat("|") {
            let other = self.sequence()?;
            whole.text = format!("{}|{}", whole.text, other.text);
            whole.least = whole.least.min(other.least);
            whole.most = whole.most.zip(other.most).map(|(a, b)| a.max(b));
        }
        self.depth -= 1;
        Ok(whole)
    }

    fn sequence(&mut self) -> Result<Piece> {
        let mut whole = Piece { text: String::new(), least: 0, most: Some(0), assertion: false };
        loop {
            self.skip_verbose();
            match self.peek() {
                None | Some('|' | ')') => return Ok(whole),
                Some(_) => {}
            }
            let Some(piece) = self.atom()? else { continue };
            let piece = self.repeated(piece)?;
            whole.text.push_str(&piece.text);
            whole.least = whole.least.saturating_add(piece.least);
            whole.most = whole.most.zip(piece.most).and_then(|(a, b)| a.checked_add(b));
        }
    }

    fn skip_verbose(&mut self) {
        while self.flags.verbose {
            match self.peek() {
                Some(' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}') => self.at += 1,
                Some('#') => while self.next().is_some_and(|char| char != '\n') {},
                _ => return,
            }
        }
    }

    /// A repeat, if there is one: the fewest and most times.
    fn quantifier(&mut self) -> Result<Option<(usize, Option<usize>)>> {
        let simple = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.braces(),
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(simple))
    }

    /// `{2,3}`; what has another form stands for itself.
    fn braces(&mut self) -> Result<Option<(usize, Option<usize>)>> {
        let begin = self.at;
        self.at += 1;
        if self.peek() == Some('}') {
            self.at = begin;
            return Ok(None);
        }
        let digits = |reader: &mut Self| {
            let mut digits = String::new();
            while let Some(digit) = reader.peek().filter(char::is_ascii_digit) {
                digits.push(digit);
                reader.at += 1;
            }
            digits
        };
        let least = digits(self);
        let most = if self.eat(",") { digits(self) } else { least.clone() };
        if !self.eat("}") {
            self.at = begin;
            return Ok(None);
        }
        let number = |digits: &str| match digits.parse::<usize>() {
            Ok(number) if number <= MAX_REPEAT => Ok(number),
            _ => Err(Refusal("a repeat of this size")),
        };
        let least = if least.is_empty() { 0 } else { number(&least)? };
        let most = if most.is_empty() { None } else { Some(number(&most)?) };
        if most.is_some_and(|most| most < least) {
            return Err(Refusal("a repeat whose bounds are the wrong way round"));
        }
        Ok(Some((least, most)))
    }

    fn repeated(&mut self, piece: Piece) -> Result<Piece> {
        self.skip_verbose();
        let Some((least, most)) = self.quantifier()? else { return Ok(piece) };
        let lazy = match self.peek() {
            Some('?') => {
                self.at += 1;
                "?"
            }
            Some('+' | '*') => return Err(Refusal("a repeat of a repeat")),
            _ => "",
        };
        self.skip_verbose();
        if matches!(self.peek(), Some('*' | '+' | '?')) {
            return Err(Refusal("a repeat of a repeat"));
        }
        let many = most.is_none_or(|most| most > 1);
        if piece.assertion || many && piece.least == 0 {
            return Err(Refusal("a repeated group that may be empty"));
        }
        let bounds = most.map_or_else(|| format!("{{{least},}}"), |most| format!("{{{least},{most}}}"));
        Ok(Piece {
            text: format!("(?:{}){bounds}{lazy}", piece.text),
            least: piece.least.saturating_mul(least),
            most: piece.most.zip(most).and_then(|(a, b)| a.checked_mul(b)),
            assertion: false,
        })
    }

    /// One item; `None` for a comment.
    fn atom(&mut self) -> Result<Option<Piece>> {
        let Some(char) = self.next() else { return Err(Refusal("an end of the pattern here")) };
        Ok(Some(match char {
            '(' => return self.group(),
            '[' => self.set_of_chars()?,
            '\\' => self.escape()?,
            '.' => Piece::char(if self.flags.dot_all { "(?s:.)" } else { "[^\\n]" }),
            '^' => Piece::assertion(if self.flags.multi_line { "(?m:^)" } else { "\\A" }),
            '$' => Piece::assertion(if self.flags.multi_line { "(?m:$)" } else { "(?=\\n?\\z)" }),
            '*' | '+' | '?' => return Err(Refusal("a repeat of nothing")),
            char => Piece::char(literal(char)),
        }))
    }

    fn group(&mut self) -> Result<Option<Piece>> {
        let before = self.flags;
        if !self.eat("?") {
            return self.capture(None).map(Some);
        }
        if self.eat("P<") {
            let name = self.until('>')?;
            return self.capture(Some(name)).map(Some);
        }
        if self.eat("P=") {
            let name = self.until(')')?;
            let number = self.names.iter().find(|(other, _)| *other == name).map(|(_, number)| *number);
            let number = number.ok_or(Refusal("a reference to a group that is not there"))?;
            return self.reference(number).map(Some);
        }
        if self.eat("#") {
            self.until(')')?;
            return Ok(None);
        }
        for (mark, behind) in [("=", false), ("!", false), ("<=", true), ("<!", true)] {
            if self.eat(mark) {
                let inner = self.inner()?;
                if behind && inner.most != Some(inner.least) {
                    return Err(Refusal("a look behind of changing width"));
                }
                return Ok(Some(Piece::assertion(format!("(?{mark}{})", inner.text))));
            }
        }
        if self.eat(":") {
            let inner = self.inner()?;
            return Ok(Some(Piece { text: format!("(?:{})", inner.text), ..inner }));
        }
        let flags = self.until(':')?;
        let (on, off) = flags.split_once('-').unwrap_or((&flags, ""));
        if flags.is_empty() || !flags.chars().all(|char| "imsx-".contains(char)) {
            return Err(Refusal("this kind of group"));
        }
        for (flags, value) in [(on, true), (off, false)] {
            for flag in flags.chars() {
                self.set(flag, value)?;
            }
        }
        let case = match (before.ignore_case, self.flags.ignore_case) {
            (false, true) => "i",
            (true, false) => "-i",
            _ => "",
        };
        let inner = self.inner()?;
        self.flags = before;
        Ok(Some(Piece { text: format!("(?{case}:{})", inner.text), ..inner }))
    }

    /// What stands in a group, up to its end.
    fn inner(&mut self) -> Result<Piece> {
        let inner = self.alternation()?;
        if self.eat(")") {
            Ok(Piece { assertion: false, ..inner })
        } else {
            Err(Refusal("a group that is not closed"))
        }
    }

    fn capture(&mut self, name: Option<String>) -> Result<Piece> {
        self.groups += 1;
        let number = self.groups;
        if let Some(name) = name {
            if !crate::value::unicode::is_identifier(&name)
                || self.names.iter().any(|(other, _)| *other == name)
            {
                return Err(Refusal("this name of a group"));
            }
            self.names.push((name, number));
        }
        let inner = self.inner()?;
        self.closed.push(number);
        Ok(Piece { text: format!("({})", inner.text), ..inner })
    }

    fn until(&mut self, end: char) -> Result<String> {
        let length = self.chars[self.at..].iter().position(|char| *char == end);
        let length = length.ok_or(Refusal("a group that is not closed"))?;
        let text = self.chars[self.at..self.at + length].iter().collect();
        self.at += length + 1;
        Ok(text)
    }

    fn reference(&self, number: usize) -> Result<Piece> {
        if self.flags.ignore_case || !self.closed.contains(&number) {
            return Err(Refusal("this reference to a group"));
        }
        Ok(Piece { text: format!("(?:\\{number})"), least: 0, most: None, assertion: false })
    }
}
