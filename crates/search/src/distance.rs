//! Words of the dictionary a slip of the finger or two away: optimal string alignment (insertion, deletion,
//! substitution, transposition of neighbours), on whole words and on beginnings.
//!
//! The dictionary is walked as the tree that its front coding is. A row says which beginnings of the typed word are
//! within no, one or two slips of the letters so far: bit `i` stands for the first `i` letters. A letter makes the next row
//! with a dozen operations on whole numbers. Words that share letters share rows, and where no beginning is near any more, all
//! words with these letters are passed over.

use crate::dictionary::{BLOCK, Words};

/// Longest word that is corrected, in letters.
const MAX_TYPED: usize = 32;
/// No row is near further down than that.
const MAX_DEPTH: usize = MAX_TYPED + MAX_SLIPS + 2;
const MAX_SLIPS: usize = 2;
/// Most words that a correction may be; a beginning of two letters would be hundreds.
const MAX_FOUND: usize = 256;

/// The beginning of a word is corrected from so many letters on, and only when its first letter is right: short ones are near to
/// too much.
const BEGINNING_FROM: usize = 5;

/// How many slips a word of so many letters may have.
#[must_use]
pub(crate) fn allowed(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => MAX_SLIPS,
    }
}

/// A word that may have been meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Near {
    pub(crate) term: u32,
    pub(crate) slips: u8,
    /// The whole word, not its beginning.
    pub(crate) whole: bool,
}

/// By number of slips: the beginnings of the typed word that are near.
type Row = [u64; MAX_SLIPS + 1];

/// A typed word, ready to be compared.
struct Typed {
    /// For each letter the bits after its places in the word.
    places: [u64; 256],
    /// The bit of the whole word.
    end: u64,
    most: usize,
}

impl Typed {
    fn new(letters: &[u8], most: usize) -> Self {
        let mut places = [0; 256];
        for (at, letter) in letters.iter().enumerate() {
            places[usize::from(*letter)] |= 2 << at;
        }
        Self { places, end: 1 << letters.len(), most }
    }

    fn starts_with(&self, letter: u8) -> bool {
        self.places[usize::from(letter)] & 2 != 0
    }

    /// The row before any letter: so many letters may be missing.
    fn start(&self) -> Row {
        [1, 3, 7]
    }

    /// The row after a letter. `last` is the row before it, `before` that of one letter earlier, with that letter.
    #[inline]
    fn after(&self, letter: u8, last: &Row, before: Option<(&Row, u8)>) -> Row {
        let here = self.places[usize::from(letter)];
        let mut row = [last[0] << 1 & here, 0, 0];
        for slips in 1..=self.most {
            let fewer = last[slips - 1];
            // The letter fits; or it is too much, another one, or one before it is missing.
            row[slips] = last[slips] << 1 & here | fewer | fewer << 1 | row[slips - 1] << 1 | row[slips - 1];
            if let Some((row_before, letter_before)) = before {
                row[slips] |= row_before[slips - 1] << 2 & here << 1 & self.places[usize::from(letter_before)];
            }
        }
        row
    }

    /// With how many slips the whole typed word is read.
    #[inline]
    fn slips(&self, row: &Row) -> u8 {
        (0..=self.most).find(|slips| row[*slips] & self.end != 0).map_or(u8::MAX, |slips| slips as u8)
    }

    /// Whether nothing is near any more.
    #[inline]
    fn is_far(&self, row: &Row) -> bool {
        row[self.most] & (self.end << 1).wrapping_sub(1) == 0
    }
}

/// The words with one slip at most; when there are none, those with two, where so many are [`allowed`]; with `beginnings`, also those of which a beginning is
/// near, where no whole word is.
pub(crate) fn near(words: Words<'_>, typed: &[u8], beginnings: bool) -> Vec<Near> {
    let mut found = Vec::new();
    if typed.len() > MAX_TYPED {
        return found;
    }
    for most in 1..=allowed(typed.len()) {
        walk(words, &Typed::new(typed, most), beginnings && typed.len() >= BEGINNING_FROM, &mut found);
        if !found.is_empty() {
            break;
        }
    }
    found
}

fn walk(words: Words<'_>, typed: &Typed, beginnings: bool, found: &mut Vec<Near>) {
    let mut rows = [typed.start(); MAX_DEPTH + 1];
    // The fewest slips with which some beginning so far is read, by letters; and those letters.
    let mut begun = [u8::MAX; MAX_DEPTH + 1];
    let mut path = [0_u8; MAX_DEPTH + 1];
    // How many letters have rows; from how many on all is far.
    let (mut depth, mut far) = (0, usize::MAX);
    let mut from = 0;
    for at in 0..words.len() {
        let (shared, own) = (usize::from(words.shared[at]), usize::from(words.own[at]));
        // The first word of a block has all its letters there.
        let skipped = if at.is_multiple_of(BLOCK) { shared } else { 0 };
        let letters = from + skipped;
        from = letters + own;
        if shared >= far {
            if beginnings && begun[far - 1] != u8::MAX && typed.starts_with(path[1]) {
                add(found, at, begun[far - 1], false);
            }
            continue;
        }
        far = usize::MAX;
        depth = shared.min(depth);
        for letter in words.letters.get(letters..letters + own).unwrap_or_default() {
            if depth == MAX_DEPTH {
                far = depth;
                break;
            }
            let before = (depth > 0).then(|| (&rows[depth - 1], path[depth]));
            let row = typed.after(*letter, &rows[depth], before);
            depth += 1;
            (rows[depth], path[depth]) = (row, *letter);
            begun[depth] = begun[depth - 1].min(typed.slips(&row));
            if typed.is_far(&row) {
                far = depth;
                break;
            }
        }
        let whole = if far == usize::MAX { typed.slips(&rows[depth]) } else { u8::MAX };
        if whole != u8::MAX {
            add(found, at, whole, true);
        } else if beginnings && begun[depth] != u8::MAX && typed.starts_with(path[1]) {
            add(found, at, begun[depth], false);
        }
    }
    let whole = found.iter().any(|near| near.whole);
    found.retain(|near| near.whole || !whole);
    found.truncate(MAX_FOUND);
}

fn add(found: &mut Vec<Near>, at: usize, slips: u8, whole: bool) {
    // Beginnings are many; whole words are few.
    if whole || found.len() < 4 * MAX_FOUND {
        found.push(Near { term: at as u32, slips, whole });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::Builder;
    use crate::dictionary::spelled;
    use crate::records::{Doc, Source, Tables};

    /// What stands near in a dictionary of these words, with slips; beginnings with a hyphen.
    fn of(words: &str, typed: &str, beginnings: bool) -> Vec<(String, u8)> {
        let mut builder = Builder::new(Tables::default());
        builder.add(Doc { name: words.into(), ..Doc::default() }, &Source::default());
        let index = builder.finish();
        let words = Words::of(&index.file);
        let told = |near: Near| {
            let word = spelled(&words.word(near.term as usize));
            (if near.whole { word } else { word + "-" }, near.slips)
        };
        near(words, &crate::dictionary::letters(typed), beginnings).into_iter().map(told).collect()
    }

    #[test]
    fn one_slip_is_forgiven_from_four_letters_and_two_from_eight() {
        let cases = [
            ("pass", "pasp", Some(1)),
            ("pase", "psae", Some(1)),
            ("eid", "eic", None),
            ("passport", "pasprot", None),
            ("deklaresana", "deklaresna", Some(1)),
            ("dzivesvieta", "dzivesveita", Some(1)),
            ("dzivesvieta", "dzvesveita", Some(2)),
            ("паспорт", "пасорт", Some(1)),
        ];
        for (word, typed, slips) in cases {
            let expected: Vec<(String, u8)> = slips.map(|slips| (word.to_owned(), slips)).into_iter().collect();
            assert_eq!(of(word, typed, false), expected, "{typed} -> {word}");
        }
    }

    #[test]
    fn a_beginning_with_a_slip_is_found_from_five_letters_on() {
        assert_eq!(
            of("dzivesvieta dzivesvietas", "dzivsev", true),
            [("dzivesvieta-".into(), 1), ("dzivesvietas-".into(), 1)]
        );
        assert_eq!(of("dzivesvieta", "dzivsev", false), []);
        assert_eq!(of("green", "ogre", true), []);
        assert_eq!(of("ahinter", "hinter", true), [("ahinter".into(), 1)], "a whole word may begin with a slip");
    }

    #[test]
    fn a_whole_word_goes_before_beginnings() {
        let words = "masa pase pases pasts pasta pastnieks prese";
        assert_eq!(of(words, "paats", true), [("pasts".into(), 1)]);
        assert_eq!(of(words, "patsn", true), [("pastnieks-".into(), 1)]);
        assert_eq!(of(words, "pasts", true), [("pases".into(), 1), ("pasta".into(), 1), ("pasts".into(), 0)]);
    }

    #[test]
    fn a_word_without_end_is_not_compared() {
        assert_eq!(of("pase", &"a".repeat(10_000), true), []);
    }
}
