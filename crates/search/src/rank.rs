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
use crate::scratch::Scratch;
use crate::weights::{FIELDS, Field, Weights};

const NAME: u8 = 1 << Field::Name as u8;
/// Fields that are about the service; what only the others have was found in passing.
const TOPICAL: u8 = (1 << Field::Institution as u8 | 1 << Field::Summary as u8 | 1 << Field::Description as u8) ^ 0x7f;
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
    popularity: Column<'a>,
    name_words: Column<'a>,
    shapes: Column<'a>,
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
            popularity: column(Section::DocPopularity),
            name_words: column(Section::DocNameWords),
            shapes: column(Section::DocShape),
        }
    }

    /// Adds a word; returns the word of the dictionary that was likelier meant, where this one stands for little.
    pub(crate) fn add(&mut self, meaning: &Meaning, last: bool) -> Option<u32> {
        self.scratch.begin_word();
        // Each word's docs are read twice at most: as a form, and as a beginning. A forged file might say more.
        let mut left = 2 * self.index.file.rows(Rows::Postings);
        let weights = self.weights;
        let share = if meaning.read { weights.reading } else { 1.0 };
        let mut one = |ranking: &mut Self, term: usize, quality: f32| {
            ranking.take(&mut Postings::of(&ranking.index.file, term), quality, &mut left);
        };
        if let Some(term) = meaning.exact {
            one(self, term, weights.exact * share);
        }
        for term in &meaning.forms {
            one(self, *term as usize, weights.form * share);
        }
        for near in &meaning.near {
            let whole = if near.whole { 1.0 } else { weights.corrected_beginning };
            one(self, near.term as usize, weights.corrected * whole / f32::from(near.slips.max(1)));
        }
        let (from, to) = meaning.beginnings;
        if from < to {
            let words = Words::of(&self.index.file);
            let mut postings = Postings::of(&self.index.file, from);
            for term in from..to {
                let typed = meaning.letters as f32 / words.length(term).max(1) as f32;
                self.take(&mut postings, weights.beginning * share * (0.5 + 0.5 * typed), &mut left);
            }
        }
        let found = self.scratch.of_word.len() as f32;
        let rarity = (1.0 + self.index.len() as f32 / (1.0 + found)).ln();
        self.words += 1;
        self.rarity += rarity;
        let most = self.scratch.end_word(rarity);
        // What only a summary or less has was not what this catalogue calls it.
        let passing = most < weights.fields[Field::Institution as usize] || !meaning.is_certain() && !last;
        if found > 0.0 && meaning.near.is_empty() && !meaning.read && passing { self.better(meaning) } else { None }
    }

    /// The score of a doc.
    #[inline]
    pub(crate) fn score(&self, doc: u32, near: impl Fn(usize) -> bool) -> f32 {
        let (weights, row) = (self.weights, doc as usize);
        let mut score = 1.0;
        if self.words > 0 {
            let slot = self.scratch.slot(doc);
            let name_words = self.name_words.get(row).max(1) as f32;
            score = slot.score + weights.name_covered * slot.covered.min(name_words) / name_words;
            let share = slot.rarity / self.rarity;
            for _ in 0..weights.missing_power {
                score *= share;
            }
            if slot.covered >= name_words && self.words as f32 == name_words {
                score *= 1.0 + weights.whole_name;
            }
        }
        let shape = self.shapes.get(row) as usize;
        let here = self.index.shape_kinds(shape) & kind::HERE != 0;
        score *= 1.0 + weights.popularity * self.popularity.get(row) as f32 / 100.0;
        score *= 1.0 + if here { weights.here } else { 0.0 };
        score * if near(shape) { 1.0 + weights.near } else { 1.0 }
    }

    /// The docs found, in no order.
    pub(crate) fn found(&self) -> &[u32] {
        &self.scratch.found
    }

    /// The score that a doc has at most for what the state or the reader's municipality offers.
    pub(crate) fn popularity(&self, doc: u32) -> u32 {
        self.popularity.get(doc as usize)
    }

    fn take(&mut self, postings: &mut Postings<'_>, quality: f32, left: &mut usize) {
        if *left == 0 {
            return;
        }
        let (by_fields, scratch) = (&self.by_fields, &mut *self.scratch);
        let name = quality / self.weights.exact;
        let count = postings.each(|doc, bits| {
            let points = by_fields[usize::from(bits & 0x7f)] * quality;
            scratch.note(doc, points, if bits & NAME == 0 { 0.0 } else { name });
        });
        *left = left.saturating_sub(count);
    }

    /// Another word that stands for clearly more, by its topical fields.
    fn better(&self, meaning: &Meaning) -> Option<u32> {
        let others = others(self.index, &meaning.word);
        let best = self.likeliest(&others)?;
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
        Postings::of(&self.index.file, term).each(|_, bits| reach += self.by_fields[usize::from(bits & 0x7f)]);
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
