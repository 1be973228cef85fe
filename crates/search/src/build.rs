//! Builds an [`Index`] out of the texts of services. Only the server does this, at import.

use std::collections::{BTreeMap, BTreeSet};

use crate::codec::{put_column, put_lists, put_number, put_texts};
use crate::dictionary::{BLOCK, letters, spelled};
use crate::file::{Section, Sections};
use crate::index::{DISTINCT, Index, MUNICIPAL, SIGN_IN};
use crate::language::{is_filler, stem};
use crate::lookup::{ODD, stem_code};
use crate::postings::put_docs;
use crate::query::query_words;
use crate::records::{Doc, Source, Tables, Variant};
use crate::text;
use crate::weights::Field;

/// Collects services, then makes the index.
#[derive(Debug, Default)]
pub struct Builder {
    tables: Tables,
    docs: Vec<Doc>,
    /// By letters: the docs with the bits of their fields, ascending.
    terms: BTreeMap<Vec<u8>, Vec<Note>>,
    /// Words of each description.
    lengths: Vec<u32>,
}

/// What a doc has of a word: the bits of its fields, and how often its description has it.
#[derive(Debug)]
struct Note {
    doc: u32,
    fields: u8,
    times: u32,
}

impl Builder {
    /// Starts from the lists, with no docs yet.
    #[must_use]
    pub fn new(tables: Tables) -> Self {
        Self { tables, ..Self::default() }
    }

    /// Adds a service. Docs are laid down as they are added: by the alphabet.
    ///
    /// # Panics
    /// Beyond four billion services.
    pub fn add(&mut self, doc: Doc, source: &Source) {
        let id = u32::try_from(self.docs.len()).expect("at most four billion services in an index");
        self.note(id, Field::Name, [&doc.name]);
        for initials in text::initials(&doc.name, |word| is_filler(&self.tables.lang, word)) {
            self.note_word(id, &initials, 1 << Field::Keywords as u8, 0);
        }
        self.note(id, Field::Synonyms, &source.synonyms);
        self.note(id, Field::Keywords, &source.keywords);
        self.note(id, Field::OtherNames, &source.other_names);
        self.note(id, Field::Institution, &source.institution);
        self.note(id, Field::Summary, [&doc.summary]);
        self.note_description(id, &source.description);
        self.docs.push(doc);
    }

    /// The finished index.
    ///
    /// # Panics
    /// When it would be larger than 4 GB.
    #[must_use]
    pub fn finish(mut self) -> Index {
        let terms = self.postings();
        let mut out = Sections::new();
        let units = put_tables(&mut out, &self.tables);
        let sets = put_docs_and_shapes(&mut out, &self.tables, &self.docs);
        let (postings, odd) = put_terms(&mut out, &self.tables.lang, &terms);
        let tables = [self.tables.institutions.len(), self.tables.territories.len(), units];
        let tables = tables.into_iter().chain([self.tables.places.len(), self.tables.life_events.len()]);
        let terms = [terms.len(), postings, odd];
        for count in tables.chain([self.docs.len()]).chain(sets).chain(terms) {
            put_number(out.of(Section::Rows), u32::try_from(count).expect("an index of less than 4 GB"));
        }
        Index::open(out.into_file()).expect("what was written is whole")
    }

    /// A description's words, each with how often the description has it in some form.
    fn note_description(&mut self, id: u32, text: &str) {
        let tokens = text::tokens(text);
        let mut times: BTreeMap<String, u32> = BTreeMap::new();
        for token in &tokens {
            *times.entry(stem(&self.tables.lang, token).into_owned()).or_default() += 1;
        }
        for token in &tokens {
            let times = times[&*stem(&self.tables.lang, token)];
            self.note_word(id, token, 1 << Field::Description as u8, times);
        }
        self.lengths.push(tokens.len() as u32);
    }

    fn note<'a>(&mut self, id: u32, field: Field, texts: impl IntoIterator<Item = &'a String>) {
        for token in texts.into_iter().flat_map(|text| text::tokens(text)) {
            self.note_word(id, &token, 1 << field as u8, 0);
        }
    }

    fn note_word(&mut self, id: u32, token: &str, fields: u8, times: u32) {
        let docs = self.terms.entry(letters(token)).or_default();
        match docs.last_mut() {
            Some(last) if last.doc == id => {
                last.fields |= fields;
                last.times = last.times.max(times);
            }
            _ => docs.push(Note { doc: id, fields, times }),
        }
    }

    /// Docs and fields of each word, now that all descriptions are known.
    fn postings(&mut self) -> BTreeMap<Vec<u8>, Vec<(u32, u8)>> {
        let all: u64 = self.lengths.iter().map(|words| u64::from(*words)).sum();
        let usual = all as f32 / self.lengths.len().max(1) as f32;
        let posting = |note: Note| {
            let topic = is_topic(note.times, self.lengths[note.doc as usize] as f32 / usual);
            (note.doc, note.fields | u8::from(topic) << Field::Topic as u8)
        };
        let terms = std::mem::take(&mut self.terms).into_iter();
        terms.map(|(word, notes)| (word, notes.into_iter().map(posting).collect())).collect()
    }
}

/// A language of two letters as a number; 0 for none.
fn packed(lang: Option<&str>) -> u32 {
    match lang.map(str::as_bytes) {
        Some(&[first, second]) => u32::from(first) << 8 | u32::from(second),
        _ => 0,
    }
}

/// Whether a description is about a word that it has so often: half of what BM25 gives at most. Each time counts less than
/// the one before, and less in a text that is longer than the others.
fn is_topic(times: u32, length: f32) -> bool {
    let times = times as f32;
    times / (times + 1.2 * (0.25 + 0.75 * length)) > 0.5
}

fn texts<'a, T>(out: &mut Sections, section: Section, items: &'a [T], of: impl Fn(&'a T) -> &'a str) {
    put_texts(out.of(section), items.iter().map(of));
}

fn column<T>(out: &mut Sections, section: Section, items: &[T], of: impl Fn(&T) -> u32) {
    put_column(out.of(section), &items.iter().map(of).collect::<Vec<u32>>());
}

/// Adds the lists; returns how many towns and parishes there are.
fn put_tables(out: &mut Sections, tables: &Tables) -> usize {
    out.of(Section::Lang).extend_from_slice(tables.lang.as_bytes());
    let (institutions, territories) = (&tables.institutions, &tables.territories);
    texts(out, Section::InstitutionSlug, institutions, |one| &one.slug);
    texts(out, Section::InstitutionName, institutions, |one| &one.name);
    column(out, Section::InstitutionMunicipal, institutions, |one| u32::from(one.municipal));
    texts(out, Section::TerritorySlug, territories, |one| &one.slug);
    texts(out, Section::TerritoryName, territories, |one| &one.name);
    column(out, Section::TerritoryParent, territories, |one| one.parent.map_or(0, |parent| u32::from(parent) + 1));
    let units: Vec<&String> = territories.iter().flat_map(|territory| &territory.units).collect();
    texts(out, Section::UnitName, &units, |unit| unit);
    let mut starts = vec![0];
    for territory in territories {
        starts.push(starts[starts.len() - 1] + territory.units.len() as u32);
    }
    put_column(out.of(Section::Units), &starts[..territories.len()]);
    texts(out, Section::PlaceSlug, &tables.places, |one| &one.slug);
    texts(out, Section::PlaceName, &tables.places, |one| &one.name);
    texts(out, Section::PlaceAddress, &tables.places, |one| &one.address);
    column(out, Section::PlaceTerritory, &tables.places, |one| u32::from(one.territory));
    column(out, Section::PlaceInstitution, &tables.places, |one| u32::from(one.institution));
    texts(out, Section::EventSlug, &tables.life_events, |one| &one.slug);
    texts(out, Section::EventName, &tables.life_events, |one| &one.name);
    texts(out, Section::EventSummary, &tables.life_events, |one| &one.summary);
    texts(out, Section::EventIcon, &tables.life_events, |one| &one.icon);
    let docs: Vec<Vec<u32>> = tables.life_events.iter().map(|event| event.docs.clone()).collect();
    put_lists(out.of(Section::EventDocs), &docs, false);
    units.len()
}

/// Different values, in their order, and where each one stands.
fn different<T: Ord + Clone>(all: impl Iterator<Item = T>) -> (Vec<T>, BTreeMap<T, u32>) {
    let places: BTreeMap<T, u32> = all.map(|one| (one, 0)).collect();
    let values: Vec<T> = places.keys().cloned().collect();
    (values, places.into_keys().zip(0..).collect())
}

/// Adds the docs; returns how many sets of life events, shapes, offers and sets of places they have.
fn put_docs_and_shapes(out: &mut Sections, tables: &Tables, docs: &[Doc]) -> [usize; 4] {
    let numbers = |list: &[u16]| -> Vec<u32> {
        let mut list: Vec<u32> = list.iter().map(|one| u32::from(*one)).collect();
        list.sort_unstable();
        list.dedup();
        list
    };
    let (places, place_set) = different(docs.iter().flat_map(|doc| &doc.variants).map(|one| numbers(&one.places)));
    let offer = |one: &Variant| (one.territory, one.institution, one.kinds & 15, place_set[&numbers(&one.places)]);
    let (offers, offer_at) = different(docs.iter().flat_map(|doc| &doc.variants).map(offer));
    let shape = |doc: &Doc| {
        let mut offers: Vec<u32> = doc.variants.iter().map(|one| offer_at[&offer(one)]).collect();
        offers.sort_unstable();
        offers.dedup();
        let bit = |set: bool, bit: u8| if set { bit } else { 0 };
        let distinct = bit(has_no_value_twice(tables, doc), DISTINCT);
        (bit(doc.municipal, MUNICIPAL) | bit(doc.sign_in, SIGN_IN) | distinct, offers)
    };
    let (shapes, shape_at) = different(docs.iter().map(shape));
    let (events, event_set) = different(docs.iter().map(|doc| numbers(&doc.life_events)));

    texts(out, Section::DocSlug, docs, |doc| &doc.slug);
    texts(out, Section::DocName, docs, |doc| &doc.name);
    texts(out, Section::DocSummary, docs, |doc| &doc.summary);
    column(out, Section::DocNameLang, docs, |doc| packed(doc.name_lang.as_deref()));
    column(out, Section::DocSummaryLang, docs, |doc| packed(doc.summary_lang.as_deref()));
    // A byte for each, also where all are 0: that tells how many docs there are.
    out.of(Section::DocPopularity).extend(docs.iter().map(|doc| doc.popularity));
    column(out, Section::DocAudience, docs, |doc| u32::from(doc.audience & 3));
    column(out, Section::DocNameWords, docs, |doc| query_words(&tables.lang, &doc.name).len() as u32);
    column(out, Section::DocMinutes, docs, |doc| doc.fill_minutes.map_or(0, |minutes| u32::from(minutes) + 1));
    column(out, Section::DocLowestFee, docs, |doc| doc.fee_cents.0);
    column(out, Section::DocHighestFee, docs, |doc| doc.fee_cents.1);
    let term = |doc: &Doc| doc.term.map_or(0, |(days, unit)| (u32::from(days) << 2 | unit as u32) + 1);
    column(out, Section::DocTerm, docs, term);
    column(out, Section::DocEvents, docs, |doc| event_set[&numbers(&doc.life_events)]);
    column(out, Section::DocShape, docs, |doc| shape_at[&shape(doc)]);

    put_lists(out.of(Section::EventSets), &events, true);
    out.of(Section::ShapeFlags).extend(shapes.iter().map(|(flags, _)| *flags));
    column(out, Section::ShapeKinds, &shapes, |(_, list)| {
        list.iter().fold(0, |kinds, at| kinds | u32::from(offers[*at as usize].2))
    });
    put_lists(out.of(Section::ShapeOffers), &shapes.iter().map(|(_, list)| list.clone()).collect::<Vec<_>>(), true);
    column(out, Section::OfferTerritory, &offers, |offer| u32::from(offer.0));
    column(out, Section::OfferInstitution, &offers, |offer| u32::from(offer.1));
    out.of(Section::OfferKinds).extend(offers.iter().map(|offer| offer.2));
    column(out, Section::OfferPlaces, &offers, |offer| offer.3);
    put_lists(out.of(Section::PlaceSets), &places, true);
    [events.len(), shapes.len(), offers.len(), places.len()]
}

/// Whether no territory, institution or place is in two different variants of a doc: then its counts add up.
fn has_no_value_twice(tables: &Tables, doc: &Doc) -> bool {
    let mut values: BTreeSet<(u8, u16)> = BTreeSet::new();
    let mut new = |kind, value: u16| values.insert((kind, value));
    doc.variants.iter().all(|variant| {
        let places: BTreeSet<u16> = variant.places.iter().copied().collect();
        let parent = |at: &u16| tables.territories.get(usize::from(*at)).and_then(|one| one.parent);
        std::iter::successors(Some(variant.territory), parent).take(4).all(|one| new(0, one))
            && new(1, variant.institution)
            && places.into_iter().all(|place| new(2, place))
    })
}

/// Adds the dictionary and its postings; returns how many postings and odd stems there are.
fn put_terms(out: &mut Sections, lang: &str, terms: &BTreeMap<Vec<u8>, Vec<(u32, u8)>>) -> (usize, usize) {
    let mut starts: [Vec<u32>; 3] = Default::default();
    let mut odd: Vec<(String, u32)> = Vec::new();
    let mut last: &[u8] = &[];
    for (at, (word, postings)) in terms.iter().enumerate() {
        let sections = [Section::TermLetters, Section::PostingDocs, Section::PostingFields];
        let shared = last.iter().zip(word).take_while(|(one, other)| one == other).count();
        if at.is_multiple_of(BLOCK) {
            for (starts, section) in starts.iter_mut().zip(sections) {
                starts.push(out.of(section).len() as u32);
            }
            out.of(Section::TermLetters).extend_from_slice(&word[..shared]);
        }
        out.of(Section::TermLetters).extend_from_slice(&word[shared..]);
        out.of(Section::TermShared).push(shared as u8);
        out.of(Section::TermOwn).push((word.len() - shared) as u8);
        let folded = spelled(word);
        let root = stem(lang, &folded);
        let code = stem_code(word, &letters(&root));
        out.of(Section::TermStem).push(code);
        if code == ODD {
            odd.push((root.into_owned(), at as u32));
        }
        let count = put_docs(out.of(Section::PostingDocs), postings);
        out.of(Section::TermDocs).push(count);
        out.of(Section::PostingFields).extend(postings.iter().map(|(_, fields)| *fields));
        last = word;
    }
    odd.sort();
    texts(out, Section::OddStems, &odd, |(stem, _)| stem);
    column(out, Section::OddTerms, &odd, |(_, term)| *term);
    for (starts, section) in starts.iter().zip([Section::BlockLetters, Section::BlockDocs, Section::BlockFields]) {
        put_column(out.of(section), starts);
    }
    (terms.values().map(Vec::len).sum(), odd.len())
}
