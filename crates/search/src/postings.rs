//! Which docs have a word, and in which fields, read in place.

use crate::codec::{Column, Numbers, put_number};
use crate::dictionary::BLOCK;
use crate::file::{File, Rows, Section};

/// In the column of counts: more docs than fit there. The number of docs, and that of bytes after it, stand before them.
pub(crate) const MANY: u8 = 255;

/// Reads the docs of one word after another.
pub(crate) struct Postings<'a> {
    counts: &'a [u8],
    docs: &'a [u8],
    fields: &'a [u8],
    term: usize,
}

impl<'a> Postings<'a> {
    /// Stands before the docs of a word.
    pub(crate) fn of(file: &'a File, term: usize) -> Self {
        let blocks = file.rows(Rows::Terms).div_ceil(BLOCK);
        let start = |section| Column::new(file.section(section), blocks).get(term / BLOCK) as usize;
        let mut postings = Self {
            counts: file.section(Section::TermDocs),
            docs: file.section(Section::PostingDocs).get(start(Section::BlockDocs)..).unwrap_or_default(),
            fields: file.section(Section::PostingFields).get(start(Section::BlockFields)..).unwrap_or_default(),
            term: term / BLOCK * BLOCK,
        };
        while postings.term < term {
            postings.skip();
        }
        postings
    }

    /// Passes over a word.
    fn skip(&mut self) {
        let (count, bytes) = self.head();
        let bytes = bytes.unwrap_or_else(|| {
            let mut left = count;
            let ends = |byte: &u8| {
                left -= usize::from(*byte < 0x80);
                left == 0
            };
            if count == 0 { 0 } else { self.docs.iter().position(ends).map_or(self.docs.len(), |last| last + 1) }
        });
        self.docs = self.docs.get(bytes..).unwrap_or_default();
        self.fields = self.fields.get(count..).unwrap_or_default();
    }

    /// Visits each doc of the next word with the bits of its fields; says how many there are.
    #[inline]
    pub(crate) fn each(&mut self, mut visit: impl FnMut(u32, u8)) -> usize {
        let (count, _) = self.head();
        let (fields, rest) = self.fields.split_at(count.min(self.fields.len()));
        self.fields = rest;
        let mut steps = Numbers(self.docs);
        let mut doc = 0_u32;
        for bits in fields {
            let Some(step) = steps.next() else { break };
            doc = doc.wrapping_add(step);
            visit(doc, *bits);
        }
        self.docs = steps.0;
        fields.len()
    }

    /// How many docs the next word has, and in how many bytes where that is told; goes on to what follows it.
    fn head(&mut self) -> (usize, Option<usize>) {
        let count = self.counts.get(self.term).copied().unwrap_or(0);
        self.term += 1;
        if count < MANY {
            return (usize::from(count), None);
        }
        let mut numbers = Numbers(self.docs);
        let (count, bytes) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        self.docs = numbers.0;
        (count as usize, Some(bytes as usize))
    }
}

/// Adds the docs of a word, ascending; returns what the column of counts says.
pub(crate) fn put_docs(out: &mut Vec<u8>, postings: &[(u32, u8)]) -> u8 {
    let (mut bytes, mut last) = (Vec::new(), 0);
    for (doc, _) in postings {
        put_number(&mut bytes, doc - last);
        last = *doc;
    }
    if postings.len() >= usize::from(MANY) {
        put_number(out, postings.len() as u32);
        put_number(out, bytes.len() as u32);
    }
    out.extend_from_slice(&bytes);
    postings.len().min(usize::from(MANY)) as u8
}
