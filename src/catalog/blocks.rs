//! Sorted text in blocks, searched in place: a title on a line of its own, then lines that begin with a blank.

use std::sync::OnceLock;

use super::hash::hash;

/// Where the blocks of a text begin. The build script makes it, so that nothing is read before something is asked.
#[derive(Debug)]
pub(super) struct Index {
    /// The offsets of the titles, in order.
    pub(super) starts: &'static [u32],
    /// The hash of each title and the number of its block, sorted.
    pub(super) hashes: &'static [(u32, u16)],
}

#[expect(clippy::unreadable_literal, reason = "a build script writes them, and nobody reads them")]
mod indices {
    use super::Index;

    include!(concat!(env!("OUT_DIR"), "/indices.rs"));
}

pub(super) use indices::*;

/// A text of blocks, sorted by the bytes of their titles.
#[derive(Debug)]
pub(super) struct Blocks {
    text: &'static str,
    index: &'static Index,
}

impl Blocks {
    /// The blocks of a text.
    pub(super) const fn new(text: &'static str, index: &'static Index) -> Self {
        Self { text, index }
    }

    /// The title and the lines of the block with this title, without the blanks that the lines begin with.
    pub(super) fn get(&self, title: &str) -> Option<(&'static str, Lines)> {
        Some(self.block(self.place(title)?))
    }

    /// The number of the block with this title.
    pub(super) fn place(&self, title: &str) -> Option<usize> {
        let wanted = hash(title);
        let first = self.index.hashes.partition_point(|(hash, _)| *hash < wanted);
        let alike = self.index.hashes.get(first..)?.iter().take_while(|(hash, _)| *hash == wanted);
        alike.map(|(_, place)| usize::from(*place)).find(|place| self.is_titled(*place, title))
    }

    /// All blocks, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, Lines)> {
        (0..self.index.starts.len()).map(move |place| self.block(place))
    }

    fn is_titled(&self, place: usize, title: &str) -> bool {
        let text = self.text.get(self.start(place)..).unwrap_or_default();
        text.strip_prefix(title).is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'))
    }

    fn start(&self, place: usize) -> usize {
        self.index.starts.get(place).map_or(self.text.len(), |start| *start as usize)
    }

    /// The block of this number.
    pub(super) fn block(&self, place: usize) -> (&'static str, Lines) {
        let text = self.text.get(self.start(place)..self.start(place + 1)).unwrap_or_default();
        let (title, body) = text.split_once('\n').unwrap_or((text, ""));
        (title, Lines(body))
    }
}

/// What the blocks of a text say, each read when it is first asked for and then kept.
#[derive(Debug)]
pub(super) struct Table<T: 'static> {
    blocks: Blocks,
    slots: &'static [OnceLock<T>],
    read: fn(&'static str, Lines) -> T,
}

impl<T> Table<T> {
    /// The table over some blocks, with a slot for each.
    pub(super) const fn new(
        blocks: Blocks,
        slots: &'static [OnceLock<T>],
        read: fn(&'static str, Lines) -> T,
    ) -> Self {
        Self { blocks, slots, read }
    }

    /// What the block with this title says.
    pub(super) fn get(&self, title: &str) -> Option<&'static T> {
        self.at(self.blocks.place(title)?)
    }

    /// The titles, in order.
    pub(super) fn titles(&self) -> impl Iterator<Item = &'static str> {
        self.blocks.iter().map(|(title, _)| title)
    }

    /// What all blocks say, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static T> {
        (0..self.slots.len()).filter_map(|place| self.at(place))
    }

    fn at(&self, place: usize) -> Option<&'static T> {
        Some(self.slots.get(place)?.get_or_init(|| {
            let (title, lines) = self.blocks.block(place);
            (self.read)(title, lines)
        }))
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
        let text = "a\nb\n x\nc.d\n y\n z\nd\n";
        let mut hashes: Vec<(u32, u16)> =
            ["a", "b", "c.d", "d"].iter().zip(0..).map(|(title, place)| (hash(title), place)).collect();
        hashes.sort_unstable();
        let index = Index { starts: &[0, 2, 7, 17], hashes: hashes.leak() };
        let blocks = Blocks::new(text, Box::leak(Box::new(index)));
        assert_eq!(blocks.iter().map(|(title, _)| title).collect::<Vec<_>>(), ["a", "b", "c.d", "d"]);
        for (title, lines) in blocks.iter() {
            let (found, found_lines) = blocks.get(title).expect("a block that is there");
            assert_eq!((found, found_lines.0), (title, lines.0));
        }
        assert_eq!(blocks.get("c.d").expect("there").1.iter().collect::<Vec<_>>(), ["y", "z"]);
        for absent in ["", "A", "aa", "c", "c.e", "e", "x", " x"] {
            assert!(blocks.get(absent).is_none(), "{absent}");
        }
    }

    #[test]
    fn the_built_indices_fit_their_texts() {
        for (text, index) in ALL {
            let blocks = Blocks::new(text, index);
            let titles: Vec<&str> = text.lines().filter(|line| !line.starts_with(' ')).collect();
            assert_eq!(blocks.iter().map(|(title, _)| title).collect::<Vec<_>>(), titles);
            for title in titles {
                assert_eq!(blocks.get(title).map(|(found, _)| found), Some(title));
            }
        }
    }
}
