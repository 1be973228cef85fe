//! A query, and its ranked hits with live counts.

use crate::facet::{Counts, Filter, kind};
use crate::index::{Doc, Index, Institution};
use crate::language::is_filler;
use crate::rank::{Found, find};
use crate::text;
use crate::weights::{MISSING_POWER, NAME_COVERED, NEAR, POPULARITY};

/// Most words of a query that are looked at; the rest of a pasted page is not.
const MAX_WORDS: usize = 12;

const E_SERVICE: u8 = kind::HERE | kind::ELSEWHERE;

/// The order of the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best match first; without text, most used first.
    #[default]
    Relevance,
    /// By the alphabet of the index's language, as the server laid the docs down.
    Name,
    Popularity,
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// As typed; empty finds everything.
    pub text: String,
    pub filter: Filter,
    pub sort: Sort,
    /// The reader's municipality: a position in [`Index::territories`].
    pub near: Option<u16>,
}

/// One service found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Position in [`Index::docs`].
    pub doc: u16,
    pub score: f32,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// All of them, in order.
    pub hits: Vec<Hit>,
    pub counts: Counts,
    /// The words of the index that matched, folded and sorted; for highlighting.
    pub matched: Vec<String>,
    /// What was searched instead, where a word was mistyped.
    pub corrected: Option<String>,
}

impl Hits {
    /// Whether a word of a text (as written) is one that matched.
    #[must_use]
    pub fn marks(&self, word: &str) -> bool {
        self.matched.binary_search(&text::fold(word)).is_ok()
    }
}

impl Index {
    /// Answers a query.
    #[must_use]
    pub fn search(&self, query: &Query) -> Hits {
        let words = query_words(&self.lang, &query.text);
        let found: Vec<Found> =
            words.iter().enumerate().map(|(at, word)| find(self, word, at + 1 == words.len())).collect();
        let mut out = Hits { counts: Counts::new(self), ..Hits::default() };
        let mut seen = Vec::new();
        for (id, doc) in self.docs.iter().enumerate() {
            let Some(score) = self.score(id, &found, query.near) else { continue };
            out.counts.add(&query.filter, doc, &mut seen);
            if query.filter.passes(doc) {
                out.hits.push(Hit { doc: id as u16, score });
            }
        }
        self.sort(&mut out.hits, query.sort);
        out.corrected = self.corrected(&words, &found);
        let terms = found.iter().flat_map(|found| &found.terms);
        out.matched = terms.map(|term| self.terms[*term].word.clone()).collect();
        out.matched.sort_unstable();
        out.matched.dedup();
        out
    }

    /// The most used services that have an e-service, on this portal or another.
    #[must_use]
    pub fn popular_e_services(&self, most: usize) -> Vec<&Doc> {
        let online = (0_u32..).zip(&self.docs).filter(|(_, doc)| doc.kinds & E_SERVICE != 0);
        let mut order: Vec<(u64, u32)> = online.map(|(at, doc)| (u64::from(!doc.popularity), at)).collect();
        sort_keys(&mut order);
        order.iter().take(most).map(|(_, at)| &self.docs[*at as usize]).collect()
    }

    /// How many descriptions there are (a service of each municipality counts), and how many have an e-service.
    #[must_use]
    pub fn sizes(&self) -> (usize, usize) {
        let variants = || self.docs.iter().flat_map(|doc| &doc.variants);
        (variants().count(), variants().filter(|variant| variant.kinds & E_SERVICE != 0).count())
    }

    /// Who answers for a service; `None` for a municipal kind.
    #[must_use]
    pub fn institution_of(&self, doc: &Doc) -> Option<&Institution> {
        let variant = doc.variants.first().filter(|_| !doc.municipal)?;
        self.institutions.get(usize::from(variant.institution))
    }

    /// The score of a service; `None` where no word of the query is found in it.
    fn score(&self, id: usize, found: &[Found], near: Option<u16>) -> Option<f32> {
        let doc = &self.docs[id];
        let (mut score, mut have, mut all, mut in_name) = (0.0_f32, 0.0_f32, 0.0_f32, 0_usize);
        for word in found {
            let rarity = (1.0 + self.docs.len() as f32 / (1.0 + word.docs as f32)).ln();
            all += rarity;
            let (points, name) = word.scores[id];
            if points > 0.0 {
                score += points * rarity;
                have += rarity;
                in_name += usize::from(name);
            }
        }
        if !found.is_empty() {
            if have == 0.0 {
                return None;
            }
            let name_words = text::words(&doc.name).count().max(1);
            score += NAME_COVERED * in_name.min(name_words) as f32 / name_words as f32;
            score *= (have / all).powi(MISSING_POWER);
        } else {
            score = 1.0;
        }
        let here =
            near.is_some_and(|near| doc.variants.iter().any(|variant| variant.territory == near || !doc.municipal));
        Some(score * (1.0 + POPULARITY * f32::from(doc.popularity) / 100.0) * if here { 1.0 + NEAR } else { 1.0 })
    }

    fn sort(&self, hits: &mut Vec<Hit>, sort: Sort) {
        let popularity = |hit: &Hit| self.docs[usize::from(hit.doc)].popularity;
        // Scores are positive, so their bits are in their order.
        let key = |hit: &Hit| match sort {
            Sort::Relevance => u64::from(hit.score.to_bits()) << 8 | u64::from(popularity(hit)),
            Sort::Name => 0,
            Sort::Popularity => u64::from(popularity(hit)),
        };
        let mut order: Vec<(u64, u32)> = (0_u32..).zip(hits.iter()).map(|(at, hit)| (!key(hit), at)).collect();
        sort_keys(&mut order);
        *hits = order.iter().map(|(_, at)| hits[*at as usize]).collect();
    }

    /// The query with mistyped words corrected, spelled as the names of the services spell them.
    fn corrected(&self, words: &[String], found: &[Found]) -> Option<String> {
        found.iter().any(|word| word.corrected.is_some()).then(|| {
            let spelled = words.iter().zip(found).map(|(typed, found)| match found.corrected {
                Some(term) => self.spelled(term),
                None => typed.clone(),
            });
            spelled.collect::<Vec<_>>().join(" ")
        })
    }

    /// A word of the dictionary with its diacritics, where a name or a summary has them.
    fn spelled(&self, term: usize) -> String {
        let term = &self.terms[term];
        let docs = term.postings.iter().map(|(doc, _)| &self.docs[usize::from(*doc)]);
        let texts = docs.flat_map(|doc| [&doc.name, &doc.summary]);
        let same = |text: &String| {
            let mut words = text::words(text).map(|range| &text[range]);
            words.find(|word| text::fold(word) == term.word).map(text::lowercase)
        };
        texts.filter_map(same).next().unwrap_or_else(|| term.word.clone())
    }
}

/// Sorts by key, then by position, so that the order is always the same. The one sort of the app: each type that is sorted
/// compiles a sort of its own, which the browser downloads.
pub fn sort_keys(keys: &mut [(u64, u32)]) {
    keys.sort_unstable();
}

/// The words to look up: folded, fillers left out unless there is nothing else.
fn query_words(lang: &str, typed: &str) -> Vec<String> {
    let mut words: Vec<String> = text::words(typed).take(MAX_WORDS).map(|range| text::fold(&typed[range])).collect();
    if words.iter().any(|word| !is_filler(lang, word)) {
        words.retain(|word| !is_filler(lang, word));
    }
    words
}
