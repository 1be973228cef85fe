//! The words of an index, sorted and front-coded, read in place: where a word stands, and one after another.
//!
//! A word is a row of letters of one byte each: ASCII as it is, small Russian letters from 0x80 on, any other one as
//! [`OTHER`] and three bytes. So Russian is as small and as quick as Latin, and a mistyped letter is one byte. Each word
//! has in a column how many letters it shares with the one before and how many of its own follow; the first word of a
//! block has all its letters in the letters, so that one can start reading there.

use crate::codec::Column;
use crate::file::{File, Rows, Section};

/// Words in a block.
pub(crate) const BLOCK: usize = 32;
/// Longest word in letters; what is longer is cut, here and in a query.
pub(crate) const MAX_LETTERS: usize = 255;
/// Stands before a letter of no alphabet of ours.
const OTHER: u8 = 1;

/// The letters of a folded word.
#[must_use]
pub(crate) fn letters(folded: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(folded.len());
    for c in folded.chars() {
        let code = u32::from(c);
        match c {
            '\u{2}'..='\u{7f}' => out.push(code as u8),
            'а'..='я' => out.push((code - u32::from('а') + 0x80) as u8),
            _ => out.extend([OTHER, 0x80 | (code >> 14) as u8, 0x80 | (code >> 7) as u8, 0x80 | code as u8]),
        }
    }
    out.truncate(MAX_LETTERS);
    out
}

/// The word of these letters.
#[must_use]
pub(crate) fn spelled(letters: &[u8]) -> String {
    let mut out = String::new();
    let mut rest = letters;
    while let [first, after @ ..] = rest {
        rest = after;
        let code = match (*first, after) {
            (OTHER, [high, mid, low, more @ ..]) => {
                rest = more;
                u32::from(high & 0x7f) << 14 | u32::from(mid & 0x7f) << 7 | u32::from(low & 0x7f)
            }
            (letter @ 0x80.., _) => u32::from(letter) - 0x80 + u32::from('а'),
            (letter, _) => u32::from(letter),
        };
        out.extend(char::from_u32(code));
    }
    out
}

/// The dictionary of an index.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) shared: &'a [u8],
    pub(crate) own: &'a [u8],
    pub(crate) letters: &'a [u8],
    blocks: Column<'a>,
}

impl<'a> Words<'a> {
    pub(crate) fn of(file: &'a File) -> Self {
        Self {
            shared: file.section(Section::TermShared),
            own: file.section(Section::TermOwn),
            letters: file.section(Section::TermLetters),
            blocks: Column::new(file.section(Section::BlockLetters), file.rows(Rows::Terms).div_ceil(BLOCK)),
        }
    }

    pub(crate) fn len(self) -> usize {
        self.shared.len()
    }

    /// How many letters a word has.
    #[inline]
    pub(crate) fn length(self, at: usize) -> usize {
        usize::from(self.shared[at]) + usize::from(self.own[at])
    }

    /// Where the letters of a block start.
    pub(crate) fn block_start(self, block: usize) -> usize {
        self.blocks.get(block) as usize
    }

    /// The first word of a block.
    fn first(self, block: usize) -> &'a [u8] {
        let from = self.block_start(block);
        self.letters.get(from..from + self.length(block * BLOCK)).unwrap_or_default()
    }

    /// The position of the first word that is not before this one.
    pub(crate) fn lower_bound(self, word: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.len().div_ceil(BLOCK));
        while low < high {
            let middle = low.midpoint(high);
            if self.first(middle) < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut cursor = self.cursor(low.saturating_sub(1) * BLOCK);
        while cursor.next() {
            if cursor.word() >= word {
                return cursor.at;
            }
        }
        self.len()
    }

    /// The words that begin with these letters: the first one, and the one after the last.
    pub(crate) fn beginning_with(self, letters: &[u8]) -> (usize, usize) {
        let from = self.lower_bound(letters);
        if from >= self.len() || !self.word(from).starts_with(letters) {
            return (from, from);
        }
        let rest = &self.shared[from + 1..];
        let more = rest.iter().position(|shared| usize::from(*shared) < letters.len()).unwrap_or(rest.len());
        (from, from + 1 + more)
    }

    /// The letters of a word.
    pub(crate) fn word(self, at: usize) -> Vec<u8> {
        let mut cursor = self.cursor(at);
        cursor.next();
        cursor.word().to_vec()
    }

    /// Reads words from this one on: the first `next` goes to it.
    pub(crate) fn cursor(self, at: usize) -> Cursor<'a> {
        let block = at / BLOCK;
        let mut cursor = Cursor {
            words: self,
            at: 0,
            next: block * BLOCK,
            from: self.block_start(block),
            word: [0; MAX_LETTERS],
            length: 0,
        };
        while cursor.next < at && cursor.next() {}
        cursor
    }
}

/// Reads one word after another.
pub(crate) struct Cursor<'a> {
    words: Words<'a>,
    /// The word that it stands on.
    pub(crate) at: usize,
    next: usize,
    /// Where the letters of the next one are.
    from: usize,
    word: [u8; MAX_LETTERS],
    length: usize,
}

impl Cursor<'_> {
    /// Goes to the next word; `false` at the end.
    pub(crate) fn next(&mut self) -> bool {
        let at = self.next;
        if at >= self.words.len() {
            return false;
        }
        let (shared, own) = (usize::from(self.words.shared[at]), usize::from(self.words.own[at]));
        let (keep, take) = if at.is_multiple_of(BLOCK) { (0, shared + own) } else { (shared.min(self.length), own) };
        let letters = self.words.letters.get(self.from..self.from + take).unwrap_or_default();
        let length = (keep + letters.len()).min(MAX_LETTERS);
        self.word[keep..length].copy_from_slice(&letters[..length - keep]);
        (self.at, self.next, self.length) = (at, at + 1, length);
        self.from += take;
        true
    }

    /// The letters of the word that it stands on.
    pub(crate) fn word(&self) -> &[u8] {
        &self.word[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_spelled_as_it_was() {
        for word in ["pase", "паспорт", "a1", "ßx", "日本", "", "\u{1}x"] {
            assert_eq!(spelled(&letters(word)), word);
        }
        assert_eq!(letters("паспорт").len(), 7);
    }

    #[test]
    fn any_letters_are_spelled() {
        assert_eq!(spelled(&[1, 0xff, 0xff, 0xff]), "");
        assert_eq!(spelled(&[1, 2]), "\u{1}\u{2}");
        assert_eq!(spelled(&[0xff]), "\u{4af}");
    }
}
