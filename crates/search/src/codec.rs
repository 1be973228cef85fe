//! Bytes of an index file, written and read in place: numbers, columns, texts, lists.
//!
//! Whatever the bytes are, reading never panics: what is out of range is 0, empty or nothing.

use crate::texts::Texts;

/// Why bytes are not an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexError {
    /// It does not start as an index of this format does.
    NotAnIndex,
    /// It ends too early, or its checksum or a length is not right.
    Broken,
}

impl std::fmt::Display for IndexError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            IndexError::NotAnIndex => "not a Durvis index of this format",
            IndexError::Broken => "the index is cut off or damaged",
        })
    }
}

impl std::error::Error for IndexError {}

/// Tells damaged bytes: any change of a few bytes in a row changes it.
#[must_use]
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    }
    hash
}

/// Adds a LEB128 number.
pub(crate) fn put_number(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads LEB128 numbers one after another; none beyond the end, or of more than five bytes.
#[derive(Clone, Copy)]
pub(crate) struct Numbers<'a>(pub(crate) &'a [u8]);

impl Iterator for Numbers<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        if *first < 0x80 {
            return Some(u32::from(*first));
        }
        let mut value = u32::from(first & 0x7f);
        for shift in [7, 14, 21, 28] {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u32::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

/// One number for each row, in planes: the lowest bytes of all rows, then the next ones. So a column of small numbers is
/// small, each kind of byte lies together, and any row is read at once. How many planes is what the length tells.
#[derive(Clone, Copy)]
pub(crate) struct Column<'a> {
    planes: &'a [u8],
    rows: usize,
}

impl<'a> Column<'a> {
    pub(crate) fn new(planes: &'a [u8], rows: usize) -> Self {
        Self { planes, rows }
    }

    /// The number of a row; 0 where there is none.
    #[inline]
    pub(crate) fn get(self, row: usize) -> u32 {
        if row >= self.rows {
            return 0;
        }
        let (mut value, mut at, mut shift) = (0, row, 0);
        while at < self.planes.len() && shift < 32 {
            value |= u32::from(self.planes[at]) << shift;
            at += self.rows;
            shift += 8;
        }
        value
    }
}

/// Adds a [`Column`].
pub(crate) fn put_column(out: &mut Vec<u8>, rows: &[u32]) {
    let planes = rows.iter().map(|value| 4 - value.leading_zeros() / 8).max().unwrap_or(0);
    for plane in 0..planes {
        out.extend(rows.iter().map(|value| (value >> (8 * plane)) as u8));
    }
}

/// Adds a column that says by itself how wide it is.
pub(crate) fn put_starts(out: &mut Vec<u8>, starts: &[u32]) {
    let mut column = Vec::new();
    put_column(&mut column, starts);
    out.push((column.len() / starts.len().max(1)) as u8);
    out.extend_from_slice(&column);
}

/// A column that says by itself how wide it is, and what follows it.
pub(crate) fn starts(bytes: &[u8], rows: usize) -> (Column<'_>, &[u8]) {
    let width = bytes.first().map_or(0, |width| usize::from(*width));
    let planes = bytes.get(1..).and_then(|rest| rest.split_at_checked(width.saturating_mul(rows)));
    let (planes, rest) = planes.unwrap_or_default();
    (Column::new(planes, rows), rest)
}

/// A list of numbers for each row.
#[derive(Clone, Copy)]
pub(crate) struct Lists<'a> {
    starts: Column<'a>,
    numbers: &'a [u8],
}

impl<'a> Lists<'a> {
    pub(crate) fn new(bytes: &'a [u8], rows: usize) -> Self {
        let (starts, numbers) = starts(bytes, rows + 1);
        Self { starts, numbers }
    }

    /// The numbers of a row.
    pub(crate) fn get(self, row: usize) -> Numbers<'a> {
        let (from, to) = (self.starts.get(row) as usize, self.starts.get(row + 1) as usize);
        Numbers(self.numbers.get(from..to).unwrap_or_default())
    }

    /// The numbers of a row that was written as differences.
    pub(crate) fn ascending(self, row: usize) -> Ascending<'a> {
        Ascending { steps: self.get(row), last: 0 }
    }
}

/// Numbers that were written as differences.
#[derive(Clone, Copy)]
pub(crate) struct Ascending<'a> {
    steps: Numbers<'a>,
    last: u32,
}

impl Iterator for Ascending<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        self.last = self.last.wrapping_add(self.steps.next()?);
        Some(self.last)
    }
}

/// Adds [`Lists`]; with `ascending`, as differences.
pub(crate) fn put_lists(out: &mut Vec<u8>, lists: &[Vec<u32>], ascending: bool) {
    let (mut starts, mut numbers) = (vec![0], Vec::new());
    for list in lists {
        let mut last = 0;
        for value in list {
            put_number(&mut numbers, value - last);
            last = if ascending { *value } else { 0 };
        }
        starts.push(numbers.len() as u32);
    }
    put_starts(out, &starts);
    out.extend_from_slice(&numbers);
}

/// Adds [`Texts`].
pub(crate) fn put_texts<'t>(out: &mut Vec<u8>, texts: impl IntoIterator<Item = &'t str>) {
    let (mut starts, mut all) = (Vec::new(), Vec::new());
    for (at, text) in texts.into_iter().enumerate() {
        if at.is_multiple_of(Texts::BLOCK) {
            starts.push(all.len() as u32);
        }
        all.extend(text.bytes().filter(|byte| *byte != Texts::END));
        all.push(Texts::END);
    }
    put_starts(out, &starts);
    out.extend_from_slice(&all);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let mut out = Vec::new();
        let all = [0, 127, 128, 300, u32::MAX];
        all.iter().for_each(|number| put_number(&mut out, *number));
        assert_eq!(Numbers(&out).collect::<Vec<_>>(), all);
        assert_eq!(Numbers(&[0x80; 9]).next(), None);
        assert_eq!(Numbers(&[0x80]).next(), None);
    }

    #[test]
    fn a_column_takes_as_many_planes_as_its_greatest_number() {
        for (rows, planes) in [(vec![0, 0], 0), (vec![3, 255], 1), (vec![256, 0], 2), (vec![1, u32::MAX], 4)] {
            let mut out = Vec::new();
            put_column(&mut out, &rows);
            assert_eq!(out.len(), planes * rows.len());
            let column = Column::new(&out, rows.len());
            assert!(rows.iter().enumerate().all(|(at, value)| column.get(at) == *value));
            assert_eq!(column.get(rows.len()), 0);
        }
    }

    #[test]
    fn lists_and_texts_come_back_and_end() {
        let mut out = Vec::new();
        put_lists(&mut out, &[vec![3, 4, 900], vec![], vec![7]], true);
        let lists = Lists::new(&out, 3);
        assert_eq!(lists.ascending(0).collect::<Vec<_>>(), [3, 4, 900]);
        assert_eq!(lists.ascending(1).next(), None);
        assert_eq!(lists.ascending(2).next(), Some(7));
        assert_eq!(lists.get(3).next(), None);
        let words: Vec<String> = (0..100).map(|at| format!("vārds {at}")).collect();
        let mut out = Vec::new();
        put_texts(&mut out, words.iter().map(String::as_str));
        let texts = Texts::new(&out, words.len());
        assert!(words.iter().enumerate().all(|(at, word)| texts.get(at) == word));
        assert_eq!(texts.get(100), "");
        assert_eq!(texts.position("vārds 77"), Some(77));
        assert_eq!(texts.position("77"), None);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic() {
        let bytes: Vec<u8> = (0..=255).rev().collect();
        for from in 0..bytes.len() {
            let bytes = &bytes[from..];
            let texts = Texts::new(bytes, 1 << 20);
            let lists = Lists::new(bytes, 9);
            assert!((0..20).all(|at| texts.get(at).len() < 256 && lists.get(at).count() < 256));
        }
    }
}
