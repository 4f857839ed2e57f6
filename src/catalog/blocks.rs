//! Sorted text in blocks, searched in place: a title on a line of its own, then lines that begin with a blank.

use std::cmp::Ordering;

/// A text of blocks, sorted by the bytes of their titles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Blocks(pub(super) &'static str);

impl Blocks {
    /// The title and the lines of the block with this title, without the blanks that the lines begin with.
    pub(super) fn get(self, title: &str) -> Option<(&'static str, Lines)> {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let start = self.start_of_block(low + (high - low) / 2);
            let (found, body, end) = self.block(start);
            match found.cmp(title) {
                Ordering::Equal => return Some((found, Lines(body))),
                Ordering::Less => low = end,
                Ordering::Greater => high = start,
            }
        }
        None
    }

    /// All blocks, in order.
    pub(super) fn iter(self) -> impl Iterator<Item = (&'static str, Lines)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            (at < self.0.len()).then(|| {
                let (title, body, end) = self.block(at);
                at = end;
                (title, Lines(body))
            })
        })
    }

    /// Where the block begins that holds the byte at `at`.
    fn start_of_block(self, mut at: usize) -> usize {
        let bytes = self.0.as_bytes();
        loop {
            let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            if start == 0 || bytes.get(start) != Some(&b' ') {
                return start;
            }
            at = start - 1;
        }
    }

    /// The title and the body of the block that begins at `start`, and where the next one begins.
    fn block(self, start: usize) -> (&'static str, &'static str, usize) {
        let text = &self.0[start..];
        let (title, body) = text.split_once('\n').unwrap_or((text, ""));
        let mut length = 0;
        for line in body.split_inclusive('\n').take_while(|line| line.starts_with(' ')) {
            length += line.len();
        }
        let body_start = text.len() - body.len();
        (title, &body[..length], start + body_start + length)
    }
}

/// The lines of a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines(&'static str);

impl Lines {
    /// The lines without the blank that each begins with.
    pub(super) fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.lines().map(|line| line.strip_prefix(' ').unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_block_and_no_other() {
        let blocks = Blocks("a\nb\n x\nc.d\n y\n z\nd\n");
        assert_eq!(blocks.iter().map(|(title, _)| title).collect::<Vec<_>>(), ["a", "b", "c.d", "d"]);
        for (title, lines) in blocks.iter() {
            let (found, found_lines) = blocks.get(title).expect("a block that is there");
            assert_eq!((found, found_lines.0), (title, lines.0));
        }
        assert_eq!(blocks.get("c.d").expect("there").1.iter().collect::<Vec<_>>(), ["y", "z"]);
        for absent in ["", "A", "aa", "c", "c.e", "e", "x", " x"] {
            assert!(blocks.get(absent).is_none(), "{absent}");
        }
        assert!(Blocks("").get("a").is_none());
    }
}
