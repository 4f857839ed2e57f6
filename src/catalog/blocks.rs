//! Sorted text in blocks, searched in place: a title on a line of its own, then lines that begin with a blank.

use std::sync::OnceLock;

/// A text of blocks, sorted by the bytes of their titles. Where each block begins is noted when the first one is asked for.
#[derive(Debug)]
pub(super) struct Blocks {
    text: &'static str,
    starts: OnceLock<Vec<u32>>,
}

impl Blocks {
    /// The blocks of a text. Costs nothing before they are asked for.
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, starts: OnceLock::new() }
    }

    /// The title and the lines of the block with this title, without the blanks that the lines begin with.
    pub(super) fn get(&self, title: &str) -> Option<(&'static str, Lines)> {
        let starts = self.starts();
        let place = starts.binary_search_by(|start| self.title(*start).cmp(title)).ok()?;
        Some(self.block(starts, place))
    }

    /// All blocks, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, Lines)> {
        let starts = self.starts();
        (0..starts.len()).map(move |place| self.block(starts, place))
    }

    fn starts(&self) -> &[u32] {
        self.starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let ends = self.text.match_indices('\n').map(|(end, _)| end + 1);
            let titles = std::iter::once(0)
                .chain(ends)
                .filter(|start| bytes.get(*start).is_some_and(|byte| *byte != b' '));
            // The embedded texts are far smaller than what 32 bits count.
            titles.filter_map(|start| u32::try_from(start).ok()).collect()
        })
    }

    /// The first line of the block that begins there.
    fn title(&self, start: u32) -> &'static str {
        let text = self.text.get(start as usize..).unwrap_or_default();
        text.split_once('\n').map_or(text, |(title, _)| title)
    }

    fn block(&self, starts: &[u32], place: usize) -> (&'static str, Lines) {
        let at = |place: usize| starts.get(place).map_or(self.text.len(), |start| *start as usize);
        let text = self.text.get(at(place)..at(place + 1)).unwrap_or_default();
        let (title, body) = text.split_once('\n').unwrap_or((text, ""));
        (title, Lines(body))
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
        let blocks = Blocks::new("a\nb\n x\nc.d\n y\n z\nd\n");
        assert_eq!(blocks.iter().map(|(title, _)| title).collect::<Vec<_>>(), ["a", "b", "c.d", "d"]);
        for (title, lines) in blocks.iter() {
            let (found, found_lines) = blocks.get(title).expect("a block that is there");
            assert_eq!((found, found_lines.0), (title, lines.0));
        }
        assert_eq!(blocks.get("c.d").expect("there").1.iter().collect::<Vec<_>>(), ["y", "z"]);
        for absent in ["", "A", "aa", "c", "c.e", "e", "x", " x"] {
            assert!(blocks.get(absent).is_none(), "{absent}");
        }
        assert!(Blocks::new("").get("a").is_none());
    }
}
