//! Texts in an index file, read in place.

use crate::codec::{Column, starts};

/// A text for each row, in blocks whose starts are known; inside a block one is found by counting ends.
#[derive(Clone, Copy)]
pub(crate) struct Texts<'a> {
    starts: Column<'a>,
    all: &'a [u8],
    rows: usize,
}

impl<'a> Texts<'a> {
    /// Rows in a block, and what ends a text.
    pub(crate) const BLOCK: usize = 16;
    pub(crate) const END: u8 = 0;

    pub(crate) fn new(bytes: &'a [u8], rows: usize) -> Self {
        let (starts, all) = starts(bytes, rows.div_ceil(Self::BLOCK));
        Self { starts, all, rows }
    }

    /// The text of a row; empty where there is none.
    pub(crate) fn get(self, row: usize) -> &'a str {
        if row >= self.rows {
            return "";
        }
        let from = self.starts.get(row / Self::BLOCK) as usize;
        let mut texts = self.all.get(from..).unwrap_or_default().split(|byte| *byte == Self::END);
        let text = texts.nth(row % Self::BLOCK).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// The first row with just this text.
    pub(crate) fn position(self, text: &str) -> Option<usize> {
        self.positions(text).next()
    }

    /// The rows with just this text.
    pub(crate) fn positions(self, text: &str) -> impl Iterator<Item = usize> {
        let texts = self.all.split(|byte| *byte == Self::END).take(self.rows);
        texts.enumerate().filter(move |(_, one)| *one == text.as_bytes()).map(|(at, _)| at)
    }
}
