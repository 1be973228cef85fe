//! From a typed word to the words of the dictionary that it may mean, and from those to a score for each service.

use crate::distance::{allowed, edits, letters_mask};
use crate::index::Index;
use crate::language::stem;
use crate::weights::{CORRECTED, EXACT, FIELDS, Field, PREFIX, STEM};

/// What one typed word found.
#[derive(Default)]
pub(crate) struct Found {
    /// Best field weight times quality, and whether the name has it; by document, 0 for none.
    pub(crate) scores: Vec<(f32, bool)>,
    /// How many documents have it.
    pub(crate) docs: usize,
    /// Positions of the dictionary's words that were taken.
    pub(crate) terms: Vec<usize>,
    /// The dictionary's word that was taken instead, when it was corrected.
    pub(crate) corrected: Option<usize>,
}

/// Looks a folded word up: as it stands, by its stem and as a beginning; corrected only where all of that finds nothing.
pub(crate) fn find(index: &Index, word: &str, last: bool) -> Found {
    let mut found = Found { scores: vec![(0.0, false); index.docs.len()], ..Found::default() };
    let root = stem(&index.lang, word);
    let letters = word.chars().count();
    // Forms of a word that begin with another letter are not found: the dictionary has no stems of its own.
    let run = word.char_indices().nth(1).map_or(word, |(at, _)| &word[..at]);
    let from = index.terms.partition_point(|term| term.word.as_str() < run);
    for (at, term) in index.terms.iter().enumerate().skip(from) {
        if !term.word.starts_with(run) {
            break;
        }
        let quality = if term.word == word {
            EXACT
        } else if stem(&index.lang, &term.word) == root {
            STEM
        } else if term.word.starts_with(word) && (last || letters >= 3) {
            PREFIX * (0.5 + 0.5 * letters as f32 / term.word.chars().count() as f32)
        } else {
            continue;
        };
        found.take(index, at, quality);
    }
    if found.terms.is_empty() {
        correct(index, word, last, &mut found);
    }
    found
}

fn correct(index: &Index, word: &str, last: bool, found: &mut Found) {
    let typed: Vec<char> = word.chars().collect();
    let (most, mask) = (allowed(typed.len()), letters_mask(word));
    if most == 0 {
        return;
    }
    let mut best = usize::MAX;
    let mut near: Vec<(usize, usize, bool)> = Vec::new();
    let mut letters: Vec<char> = Vec::new();
    for (at, term) in index.terms.iter().enumerate() {
        // A slip adds at most one letter that the other word lacks.
        if (mask & !term.mask).count_ones() as usize > most {
            continue;
        }
        letters.clear();
        letters.extend(term.word.chars());
        let whole = edits(&typed, &letters, most, false);
        let part = || if last { edits(&typed, &letters, most, true) } else { None };
        if let Some(slips) = whole.or_else(part) {
            best = best.min(slips);
            near.push((at, slips, whole.is_some()));
        }
    }
    near.retain(|(_, slips, _)| *slips == best);
    let reach = |at: usize| index.terms[at].postings.iter().map(|(_, fields)| weight(*fields)).sum::<f32>();
    let likeliest = near.iter().max_by(|a, b| a.2.cmp(&b.2).then(reach(a.0).total_cmp(&reach(b.0))));
    found.corrected = likeliest.map(|(at, ..)| *at);
    for (at, slips, whole) in near {
        let quality = CORRECTED / slips.max(1) as f32 * if whole { 1.0 } else { PREFIX };
        found.take(index, at, quality);
    }
}

impl Found {
    fn take(&mut self, index: &Index, at: usize, quality: f32) {
        self.terms.push(at);
        for (doc, fields) in &index.terms[at].postings {
            let (score, in_name) = &mut self.scores[usize::from(*doc)];
            self.docs += usize::from(*score == 0.0);
            *score = score.max(weight(*fields) * quality);
            *in_name |= fields & 1 << Field::Name as u8 != 0;
        }
    }
}

/// The best of the fields that have the word.
fn weight(fields: u8) -> f32 {
    let set = FIELDS.iter().enumerate().filter(|(bit, _)| fields & 1 << bit != 0);
    set.map(|(_, weight)| *weight).fold(0.0, f32::max)
}
