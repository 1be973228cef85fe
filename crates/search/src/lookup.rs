//! From a typed word to the words of the dictionary that it may mean.

use std::borrow::Cow;

use crate::dictionary::{Words, letters, spelled};
use crate::distance::{Near, allowed, near};
use crate::file::{Rows, Section};
use crate::index::Index;
use crate::language::{readings, stem};

/// A word that is not the last one is a beginning from so many letters on.
const BEGINNING_FROM: usize = 3;
/// Of how many words that may have been meant the forms are looked up.
const MAX_CORRECTED: usize = 8;
/// Most forms of a word.
const MAX_FORMS: usize = 256;
/// In a stem only so many letters at the end may differ from the word; else it stands in the list of odd ones.
const MAX_CHANGED: usize = 2;
/// In the column of stems: see the list of odd ones.
pub(crate) const ODD: u8 = 0xff;

/// What a typed word may mean.
#[derive(Debug, Default)]
pub(crate) struct Meaning {
    /// The folded word that was looked up.
    pub(crate) word: String,
    /// Letters of it in the dictionary's alphabet.
    pub(crate) letters: usize,
    /// The word itself, and other forms of it.
    pub(crate) exact: Option<usize>,
    pub(crate) forms: Vec<u32>,
    /// What it is with the word before or after it: `child care` is `childcare`.
    pub(crate) compounds: Vec<u32>,
    /// Words that begin with it: the first, and the one after the last.
    pub(crate) beginnings: (usize, usize),
    /// Words it may be when it was mistyped.
    pub(crate) near: Vec<Near>,
    /// Other forms of those.
    pub(crate) near_forms: Vec<Near>,
    /// It is another reading of what was typed.
    pub(crate) read: bool,
}

impl Meaning {
    /// Whether the word was found as it was typed, or in another form.
    pub(crate) fn is_certain(&self) -> bool {
        self.exact.is_some() || !self.forms.is_empty() || !self.compounds.is_empty()
    }

    /// Whether it was found at all, not counting slips.
    pub(crate) fn is_found(&self) -> bool {
        self.is_certain() || self.beginnings.0 < self.beginnings.1
    }
}

/// What a word may mean that was not found as it was typed: in another reading, or corrected.
pub(crate) fn otherwise(index: &Index, typed: &str, straight: Meaning, last: bool) -> Meaning {
    for reading in readings(index.lang(), typed) {
        let read = self::straight(index, &reading.folded, last);
        if read.is_certain() || read.is_found() && read.letters >= BEGINNING_FROM {
            return Meaning { read: true, ..read };
        }
    }
    let words = Words::of(&index.file);
    let near = near(words, &letters(&straight.word), last);
    let near_forms = near_forms(index, words, &near);
    Meaning { near, near_forms, ..straight }
}

/// Adds to each two neighbours the compound that they are when written as one.
pub(crate) fn with_compounds(index: &Index, meanings: &mut [Meaning]) {
    for at in 1..meanings.len() {
        let compound = [&*meanings[at - 1].word, &meanings[at].word].concat();
        if let Some(term) = exact(index, &compound) {
            meanings[at - 1].compounds.push(term as u32);
            meanings[at].compounds.push(term as u32);
        }
    }
}

/// The place of a folded word in the dictionary.
pub(crate) fn exact(index: &Index, folded: &str) -> Option<usize> {
    let words = Words::of(&index.file);
    let typed = letters(folded);
    let at = words.lower_bound(&typed);
    (at < words.len() && words.word(at) == typed).then_some(at)
}

/// Looks a folded word up: as it stands, by its stem, as a beginning.
pub(crate) fn straight(index: &Index, folded: &str, last: bool) -> Meaning {
    let words = Words::of(&index.file);
    let typed = letters(folded);
    let beginnings = words.beginning_with(&typed);
    let exact = (beginnings.0 < beginnings.1 && words.length(beginnings.0) == typed.len()).then_some(beginnings.0);
    let wide = last || typed.len() >= BEGINNING_FROM;
    Meaning {
        forms: forms(index, words, &stem(index.lang(), folded), exact),
        exact,
        letters: typed.len(),
        beginnings: if wide { beginnings } else { (0, 0) },
        word: folded.to_owned(),
        ..Meaning::default()
    }
}

/// Words one or two slips away that are no forms of it, for a word that was found only in passing.
pub(crate) fn others(index: &Index, folded: &str) -> Vec<Near> {
    let typed = letters(folded);
    // A word one slip from a short one is mostly another word.
    if allowed(typed.len().saturating_sub(1)) == 0 {
        return Vec::new();
    }
    let words = Words::of(&index.file);
    let root = stem(index.lang(), folded);
    let mut found = near(words, &typed, false);
    found.retain(|near| {
        near.whole && near.slips > 0 && stem(index.lang(), &spelled(&words.word(near.term as usize))) != root
    });
    found
}

/// Other forms of the words that may have been meant: `calculater` is `calculators` too.
fn near_forms(index: &Index, words: Words<'_>, near: &[Near]) -> Vec<Near> {
    let mut found: Vec<Near> = Vec::new();
    for one in near.iter().filter(|near| near.whole).take(MAX_CORRECTED) {
        let word = spelled(&words.word(one.term as usize));
        for term in forms(index, words, &stem(index.lang(), &word), Some(one.term as usize)) {
            if near.iter().chain(&found).all(|near| near.term != term) {
                found.push(Near { term, ..*one });
            }
        }
    }
    found
}

/// The words with this stem, without the word itself.
fn forms(index: &Index, words: Words<'_>, root: &str, exact: Option<usize>) -> Vec<u32> {
    let stems = index.file.section(Section::TermStem);
    let letters = letters(root);
    let (from, to) = words.beginning_with(&letters[..sure(letters.len())]);
    let mut found = Vec::new();
    let mut cursor = words.cursor(from);
    while found.len() < MAX_FORMS && cursor.next() && cursor.at < to {
        let code = stems[cursor.at];
        let (cut, changed) = (usize::from(code & 63), usize::from(code >> 6));
        let word = cursor.word();
        let kept = word.len().saturating_sub(cut);
        if code == ODD || kept + changed != letters.len() || word[..kept] != letters[..kept] {
            continue;
        }
        if changed == 0 || stem(index.lang(), &spelled(word)) == root {
            found.push(cursor.at as u32);
        }
    }
    let odd = index.file.column(Section::OddTerms, Rows::Odd);
    let places = index.file.texts(Section::OddStems, Rows::Odd).positions(root);
    found.extend(places.map(|place| odd.get(place)).filter(|term| (*term as usize) < words.len()).take(MAX_FORMS));
    found.retain(|term| Some(*term as usize) != exact);
    found
}

/// What the column of stems says of a word: how many letters the stem leaves out (6 bits), and how many it has instead
/// (2 bits).
pub(crate) fn stem_code(word: &[u8], stem: &[u8]) -> u8 {
    let kept = word.iter().zip(stem).take_while(|(one, other)| one == other).count();
    let (cut, changed) = (word.len() - kept, stem.len() - kept);
    if cut < 63 && kept >= sure(stem.len()) { (cut | changed << 6) as u8 } else { ODD }
}

/// So many letters of a stem stand in its word too.
fn sure(stem_letters: usize) -> usize {
    stem_letters.min(stem_letters.saturating_sub(MAX_CHANGED).max(2))
}

/// The words that a text marks as found: those that the citizen sees why a service is there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    lang: String,
    words: Vec<String>,
    stems: Vec<String>,
    beginnings: Vec<String>,
}

impl Marks {
    pub(crate) fn of(index: &Index, meanings: &[Meaning]) -> Self {
        let words = Words::of(&index.file);
        let mut marks = Self { lang: index.lang().into(), ..Self::default() };
        for meaning in meanings {
            if meaning.is_certain() {
                marks.words.push(meaning.word.clone());
                marks.stems.push(stem(index.lang(), &meaning.word).into_owned());
            }
            if meaning.beginnings.0 < meaning.beginnings.1 {
                marks.beginnings.push(meaning.word.clone());
            }
            let near = meaning.near.iter().chain(&meaning.near_forms).map(|near| near.term);
            let others = near.chain(meaning.compounds.iter().copied());
            marks.words.extend(others.map(|term| spelled(&words.word(term as usize))));
        }
        marks
    }

    pub(crate) fn has(&self, folded: &str) -> bool {
        self.words.iter().any(|word| word == folded)
            || self.beginnings.iter().any(|beginning| folded.starts_with(beginning.as_str()))
            || !self.stems.is_empty() && {
                let stem: Cow<'_, str> = stem(&self.lang, folded);
                self.stems.iter().any(|one| *one == stem)
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_told_by_what_it_leaves_out() {
        assert_eq!(stem_code(b"pases", b"pas"), 2);
        assert_eq!(stem_code(b"briza", b"brid"), 2 | 1 << 6);
        assert_eq!(stem_code(b"jamaksa", b"maks"), ODD);
        assert_eq!(stem_code(&[b'a'; 200], b"a"), ODD);
    }
}
