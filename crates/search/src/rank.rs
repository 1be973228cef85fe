//! From the meanings of the typed words to a score for each service. The numbers are in `weights`.

use crate::codec::Column;
use crate::count::Counting;
use crate::dictionary::Words;
use crate::distance::Near;
use crate::facet::kind;
use crate::file::{Rows, Section};
use crate::index::Index;
use crate::lookup::{Meaning, others};
use crate::postings::Postings;
use crate::scratch::{Fit, Scratch};
use crate::weights::{FIELDS, Field, Weights};

const NAME: u8 = 1 << Field::Name as u8;
/// Fields that say what a service is called; what only the others have was found in passing.
const TOPICAL: u8 =
    1 << Field::Name as u8 | 1 << Field::Synonyms as u8 | 1 << Field::Keywords as u8 | 1 << Field::OtherNames as u8;
/// Of how many words that may have been meant the likeliest is looked for.
const MAX_COMPARED: usize = 64;
/// Another word is suggested when it stands for so much more in the catalogue.
const CLEARLY_MORE: f32 = 4.0;

/// Notes what each doc has of the words, and adds up.
pub(crate) struct Ranking<'a> {
    index: &'a Index,
    weights: &'a Weights,
    by_fields: [f32; 1 << FIELDS],
    scratch: &'a mut Scratch,
    /// Words asked, and the rarity of all of them.
    words: usize,
    rarity: f32,
    one_by_rarity: f32,
    /// What speaks for a service itself, at most.
    most: f32,
    popularity: Column<'a>,
    name_words: Column<'a>,
    shapes: Column<'a>,
    kinds: Column<'a>,
}

impl<'a> Ranking<'a> {
    pub(crate) fn new(index: &'a Index, weights: &'a Weights, scratch: &'a mut Scratch) -> Self {
        let column = |section| index.file.column(section, Rows::Docs);
        scratch.begin(index.len());
        Self {
            index,
            weights,
            by_fields: weights.by_fields(),
            scratch,
            words: 0,
            rarity: 0.0,
            one_by_rarity: 0.0,
            // A little more: products of rounded numbers differ by their order. Popularity is a byte.
            most: (1.0 + weights.popularity * 2.55) * (1.0 + weights.here) * (1.0 + weights.near) * 1.001,
            popularity: column(Section::DocPopularity),
            name_words: column(Section::DocNameWords),
            shapes: column(Section::DocShape),
            kinds: index.file.column(Section::ShapeKinds, Rows::Shapes),
        }
    }

    /// Adds a word; returns the word of the dictionary that was likelier meant, where this one stands for little.
    pub(crate) fn add(&mut self, meaning: &Meaning, last: bool) -> Option<u32> {
        self.scratch.begin_word();
        // Each word's docs are read twice at most: as a form, and as a beginning. A forged file might say more.
        let mut left = 2 * self.index.file.rows(Rows::Postings);
        let weights = self.weights;
        let share = if meaning.read { weights.reading } else { 1.0 };
        let guess = |quality: f32| Fit { quality, sure: quality, exact: false };
        let mut one = |ranking: &mut Self, term: usize, fit: Fit| {
            ranking.take(&mut Postings::of(&ranking.index.file, term), fit, &mut left);
        };
        if let Some(term) = meaning.exact {
            one(self, term, Fit { quality: weights.exact * share, sure: share, exact: !meaning.read });
        }
        for term in meaning.forms.iter().chain(&meaning.compounds) {
            one(self, *term as usize, Fit { quality: weights.form * share, sure: share, exact: false });
        }
        for near in &meaning.near {
            let whole = if near.whole { 1.0 } else { weights.corrected_beginning };
            one(self, near.term as usize, guess(weights.corrected * whole / f32::from(near.slips.max(1))));
        }
        for near in &meaning.near_forms {
            one(self, near.term as usize, guess(weights.corrected * weights.form / f32::from(near.slips.max(1))));
        }
        // How rare a word is tell the docs that have it, not those with longer words, if there are any.
        let certain = self.scratch.of_word.len();
        self.take_beginnings(meaning, share, &mut left);
        let found = if certain > 0 { certain } else { self.scratch.of_word.len() };
        // What only a summary or less has was not what this catalogue calls it.
        let passing = self.scratch.most() < weights.fields[Field::Institution as usize];
        let doubtful = found > 0 && meaning.near.is_empty() && !meaning.read;
        let mut better = None;
        if doubtful && (passing || !meaning.is_certain() && !last) {
            let others = others(self.index, &meaning.word);
            better = self.better(meaning, &others);
            for near in others.iter().filter(|_| meaning.is_certain()).take(MAX_COMPARED) {
                let fit = guess(weights.guessed / f32::from(near.slips.max(1)));
                self.take(&mut Postings::of(&self.index.file, near.term as usize), fit, &mut left);
            }
        }
        let rarity = (1.0 + self.index.len() as f32 / (1.0 + found as f32)).ln();
        self.words += 1;
        self.rarity += rarity;
        self.one_by_rarity = 1.0 / self.rarity;
        self.scratch.end_word(rarity);
        better
    }

    /// Adds the docs with longer words.
    fn take_beginnings(&mut self, meaning: &Meaning, share: f32, left: &mut usize) {
        let (from, to) = meaning.beginnings;
        if from >= to {
            return;
        }
        let known = if meaning.exact.is_some() { self.weights.known } else { 1.0 };
        let words = Words::of(&self.index.file);
        let mut postings = Postings::of(&self.index.file, from);
        for term in from..to {
            let typed = meaning.letters as f32 / words.length(term).max(1) as f32;
            let quality = self.weights.beginning * share * known * (0.5 + 0.5 * typed);
            self.take(&mut postings, Fit { quality, sure: quality, exact: false }, left);
        }
    }

    /// What the words count in a doc.
    #[inline]
    pub(crate) fn by_words(&self, doc: u32) -> f32 {
        if self.words == 0 {
            return 1.0;
        }
        let (slot, weights) = (self.scratch.slot(doc), self.weights);
        let (mut score, mut factor) = (slot.score, 1.0);
        if slot.covered > 0.0 {
            let name_words = self.name_words.get(doc as usize).max(1) as f32;
            let covered = slot.covered.min(name_words) / name_words;
            score += weights.name_covered * covered;
            factor += weights.name_fits * covered * slot.rarity_in_name * self.one_by_rarity;
            if self.words as f32 == name_words && usize::from(slot.exact) == self.words {
                factor += weights.whole_name;
            }
        }
        score * factor * (1.0 - weights.missing * (1.0 - slot.rarity * self.one_by_rarity))
    }

    /// The score of a doc: what the words count, times what speaks for the service itself.
    #[inline]
    pub(crate) fn score(&self, doc: u32, by_words: f32, near: impl Fn(usize) -> bool) -> f32 {
        let (weights, shape) = (self.weights, self.shapes.get(doc as usize) as usize);
        let here = self.kinds.get(shape) as u8 & kind::HERE != 0;
        by_words
            * (1.0 + weights.popularity * self.popularity.get(doc as usize) as f32 * 0.01)
            * (1.0 + if here { weights.here } else { 0.0 })
            * (1.0 + if near(shape) { weights.near } else { 0.0 })
    }

    /// What a doc of such words has at most.
    #[inline]
    pub(crate) fn at_most(&self, by_words: f32) -> f32 {
        by_words * self.most
    }

    /// The docs found, in no order.
    pub(crate) fn found(&self) -> &[u32] {
        &self.scratch.found
    }

    /// How much a service is used.
    #[inline]
    pub(crate) fn popularity(&self, doc: u32) -> u32 {
        self.popularity.get(doc as usize)
    }

    fn take(&mut self, postings: &mut Postings<'_>, fit: Fit, left: &mut usize) {
        if *left == 0 {
            return;
        }
        let (by_fields, scratch) = (&self.by_fields, &mut *self.scratch);
        let count = postings.each(|doc, bits| {
            scratch.note(doc, by_fields[usize::from(bits)] * fit.quality, fit, bits & NAME != 0);
        });
        *left = left.saturating_sub(count);
    }

    /// Another word that stands for clearly more, by its topical fields.
    fn better(&self, meaning: &Meaning, others: &[Near]) -> Option<u32> {
        let best = self.likeliest(others)?;
        let typed = meaning.exact.map_or(0.0, |term| self.reach(term));
        let (reach, topical) = (self.reach(best as usize), self.is_topical(best as usize));
        (topical && reach > CLEARLY_MORE * typed).then_some(best)
    }

    /// The word that stands for most in the catalogue.
    pub(crate) fn likeliest(&self, near: &[Near]) -> Option<u32> {
        let mut best = None;
        let mut most = -1.0;
        for near in near.iter().take(MAX_COMPARED) {
            let reach = self.reach(near.term as usize);
            if reach > most {
                (most, best) = (reach, Some(near.term));
            }
        }
        best
    }

    fn reach(&self, term: usize) -> f32 {
        let mut reach = 0.0;
        Postings::of(&self.index.file, term).each(|_, bits| reach += self.by_fields[usize::from(bits)]);
        reach
    }

    fn is_topical(&self, term: usize) -> bool {
        let mut all = 0;
        Postings::of(&self.index.file, term).each(|_, bits| all |= bits);
        all & TOPICAL != 0
    }
}

/// The check of a doc's shape that [`Ranking::score`] asks for: looked up only once a municipality is chosen.
pub(crate) fn nearness<'c>(counting: &'c Counting<'_>, near: Option<u16>) -> impl Fn(usize) -> bool + use<'c> {
    move |shape| near.is_some_and(|near| counting.is_near(shape, near))
}
