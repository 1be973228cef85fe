//! A query, and its ranked hits with live counts.

use std::ops::Range;

use crate::count::Counting;
use crate::dictionary::{Words, spelled};
use crate::facet::{Counts, Filter};
use crate::file::{Rows, Section};
use crate::index::Index;
use crate::language::{is_filler, other_layout};
use crate::lookup::{Marks, Meaning, exact, otherwise, straight, with_compounds};
use crate::postings::Postings;
use crate::rank::{Ranking, nearness};
use crate::scratch::Scratch;
use crate::text;
use crate::top::Top;
use crate::weights::{Field, Weights};

/// Most words of a query that are looked up, and that are looked at; the rest of a pasted page is not.
const MAX_WORDS: usize = 12;
const MAX_READ: usize = 64;
/// In how many docs a word's spelling is looked for.
const MAX_SPELLINGS: usize = 16;

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
#[derive(Clone, Debug)]
pub struct Query {
    /// As typed; empty finds everything.
    pub text: String,
    pub filter: Filter,
    pub sort: Sort,
    /// The reader's municipality: a position in [`Index::territories`].
    pub near: Option<u16>,
    /// How many hits to pass over, and how many to give at most; all by default.
    pub offset: usize,
    pub limit: usize,
}

impl Default for Query {
    fn default() -> Self {
        let (text, filter) = (String::new(), Filter::default());
        Self { text, filter, sort: Sort::default(), near: None, offset: 0, limit: usize::MAX }
    }
}

/// One service found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// For [`Index::doc`].
    pub doc: u32,
    /// Comparable within one answer only.
    pub score: f32,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// How many in all.
    pub total: usize,
    /// Those asked for, in order.
    pub hits: Vec<Hit>,
    pub counts: Counts,
    /// What was searched instead, where a word was found in no way as it was typed.
    pub corrected: Option<String>,
    /// What was likelier meant, though what was typed was found.
    pub suggestion: Option<String>,
    marks: Marks,
}

impl Hits {
    /// Whether a word of a text (as written) is one that matched.
    #[must_use]
    pub fn marks(&self, word: &str) -> bool {
        self.marks.has(&text::fold(word))
    }
}

impl Index {
    /// Answers a query.
    #[must_use]
    pub fn search(&self, query: &Query) -> Hits {
        self.search_with(query, &Weights::default())
    }

    /// Answers a query by other weights.
    #[must_use]
    pub fn search_with(&self, query: &Query, weights: &Weights) -> Hits {
        // A search at the same time takes notes of its own.
        let mut scratch = self.scratch.lock().map(|mut kept| std::mem::take(&mut *kept)).unwrap_or_default();
        let hits = self.answer(query, weights, &mut scratch);
        if let Ok(mut kept) = self.scratch.lock() {
            *kept = scratch;
        }
        hits
    }

    fn answer(&self, query: &Query, weights: &Weights, scratch: &mut Scratch) -> Hits {
        let meanings = self.meanings(&query.text);
        let mut ranking = Ranking::new(self, weights, scratch);
        let (mut instead, mut better) = (Vec::new(), Vec::new());
        for (at, meaning) in meanings.iter().enumerate() {
            let other = ranking.add(meaning, at + 1 == meanings.len());
            let likeliest = ranking.likeliest(&meaning.near);
            instead.push(likeliest.or(meaning.exact.filter(|_| meaning.read).map(|term| term as u32)));
            better.push(other);
        }
        let mut counting = Counting::new(self, &query.filter);
        let mut top = Top::new(query.offset.saturating_add(query.limit));
        let mut total = 0;
        // Scores are positive, so their bits are in their order.
        let by_score = |score: f32, popularity: u64| !(u64::from(score.to_bits()) << 8 | popularity);
        let mut each = |doc: u32| {
            if !counting.add(doc as usize) {
                return;
            }
            total += 1;
            let popularity = u64::from(ranking.popularity(doc));
            let key = match query.sort {
                Sort::Relevance => {
                    let by_words = ranking.by_words(doc);
                    if top.excludes(by_score(ranking.at_most(by_words), 255)) {
                        return;
                    }
                    by_score(ranking.score(doc, by_words, nearness(&counting, query.near)), popularity)
                }
                Sort::Name => 0,
                Sort::Popularity => !popularity,
            };
            top.push(key, doc);
        };
        if meanings.is_empty() {
            (0..self.len() as u32).for_each(&mut each);
        } else {
            ranking.found().iter().copied().for_each(&mut each);
        }
        let hit = |(_, doc): &(u64, u32)| {
            let score = ranking.score(*doc, ranking.by_words(*doc), nearness(&counting, query.near));
            Hit { doc: *doc, score }
        };
        let hits = top.finish().iter().skip(query.offset).map(hit).collect();
        let read = meanings.iter().any(|meaning| meaning.read || !meaning.near.is_empty());
        Hits {
            total,
            hits,
            corrected: read.then(|| self.said(&meanings, &instead)),
            suggestion: better.iter().any(Option::is_some).then(|| self.said(&meanings, &better)),
            counts: counting.finish(),
            marks: Marks::of(self, &meanings),
        }
    }

    /// What the words of a text may mean.
    fn meanings(&self, text: &str) -> Vec<Meaning> {
        let joined = self.abbreviated(text);
        let text = joined.as_deref().unwrap_or(text);
        let words = query_words(self.lang(), text);
        let mut meanings = self.straight(&words);
        with_compounds(self, &mut meanings);
        if !meanings.iter().any(Meaning::is_found)
            && let Some(other) = other_layout(text)
        {
            // As a whole: some letters of the one layout lie on keys that are no letters in the other.
            let read = self.straight(&query_words(self.lang(), &other));
            if read.iter().any(Meaning::is_found) {
                return read.into_iter().map(|meaning| Meaning { read: true, ..meaning }).collect();
            }
        }
        let mut out = Vec::new();
        for (meaning, (typed, _)) in meanings.into_iter().zip(&words) {
            let last = out.len() + 1 == words.len();
            out.push(if meaning.is_found() { meaning } else { otherwise(self, typed, meaning, last) });
        }
        out
    }

    /// The text with an abbreviation as one word that was typed letter by letter, where the catalogue has it: `n i`, `P.I.P.`
    fn abbreviated(&self, text: &str) -> Option<String> {
        let mut runs: Vec<(Range<usize>, String)> = Vec::new();
        let mut open = false;
        for range in text::words(text).take(MAX_READ) {
            let letter = text::fold(&text[range.clone()]);
            let single = letter.chars().count() == 1;
            match runs.last_mut() {
                Some((run, letters)) if single && open => {
                    run.end = range.end;
                    letters.push_str(&letter);
                }
                _ if single => runs.push((range, letter)),
                _ => {}
            }
            open = single;
        }
        let known = |letters: &str| letters.chars().count() > 1 && exact(self, letters).is_some();
        let (run, letters) = runs.into_iter().find(|(_, letters)| known(letters))?;
        Some([&text[..run.start], &letters, &text[run.end..]].concat())
    }

    /// The words as they were typed.
    fn straight(&self, words: &[(String, String)]) -> Vec<Meaning> {
        let mut out = Vec::new();
        for (_, folded) in words {
            out.push(straight(self, folded, out.len() + 1 == words.len()));
        }
        out
    }

    /// The query with some words replaced, spelled as the names of the services spell them.
    fn said(&self, meanings: &[Meaning], instead: &[Option<u32>]) -> String {
        let mut out = String::new();
        for (meaning, instead) in meanings.iter().zip(instead) {
            if !out.is_empty() {
                out.push(' ');
            }
            match instead {
                Some(term) => out += &self.written(*term as usize),
                None => out += &meaning.word,
            }
        }
        out
    }

    /// A word of the dictionary with its diacritics, where a name or a summary has them.
    fn written(&self, term: usize) -> String {
        let folded = spelled(&Words::of(&self.file).word(term));
        let mut docs = Vec::new();
        Postings::of(&self.file, term).each(|doc, bits| {
            if docs.len() < MAX_SPELLINGS && bits & (1 << Field::Name as u8 | 1 << Field::Summary as u8) != 0 {
                docs.push(doc as usize);
            }
        });
        let texts = |section| self.file.texts(section, Rows::Docs);
        let (names, summaries) = (texts(Section::DocName), texts(Section::DocSummary));
        for text in docs.iter().flat_map(|doc| [names.get(*doc), summaries.get(*doc)]) {
            if let Some(range) = text::words(text).find(|range| text::fold(&text[range.clone()]) == folded) {
                return text::lowercase(&text[range]);
            }
        }
        folded
    }
}

/// Sorts by key, then by position, so that the order is always the same. The one sort of the app: each type that is sorted
/// compiles a sort of its own, which the browser downloads.
pub fn sort_keys(keys: &mut [(u64, u32)]) {
    keys.sort_unstable();
}

/// The different words to look up, as typed and folded: fillers left out unless there is nothing else.
pub(crate) fn query_words(lang: &str, typed: &str) -> Vec<(String, String)> {
    let mut words: Vec<(String, String)> = Vec::new();
    for range in text::words(typed).take(MAX_READ) {
        let folded = text::fold(&typed[range.clone()]);
        if words.iter().all(|(_, word)| *word != folded) {
            words.push((typed[range].to_owned(), folded));
        }
    }
    if words.iter().any(|(_, word)| !is_filler(lang, word)) {
        words.retain(|(_, word)| !is_filler(lang, word));
    }
    words.truncate(MAX_WORDS);
    words
}
