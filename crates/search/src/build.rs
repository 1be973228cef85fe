//! Builds an [`Index`] out of the texts of services. Only the server does this, at import.

use std::collections::BTreeMap;

use crate::distance::letters_mask;
use crate::index::{Doc, Index, Term};
use crate::text;
use crate::weights::Field;

/// The texts by which a service is found, besides what its [`Doc`] shows.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub synonyms: Vec<String>,
    pub keywords: Vec<String>,
    /// The service's name in the other languages of the portal.
    pub other_names: Vec<String>,
    /// Names and abbreviations of its institution; empty for a municipal kind.
    pub institution: Vec<String>,
    pub description: String,
}

/// Collects services, then makes the index.
#[derive(Debug, Default)]
pub struct Builder {
    index: Index,
    terms: BTreeMap<String, BTreeMap<u16, u8>>,
}

impl Builder {
    /// Starts from an index that has its language and its tables, and no docs yet.
    #[must_use]
    pub fn new(tables: Index) -> Self {
        Self { index: tables, terms: BTreeMap::new() }
    }

    /// Adds a service.
    ///
    /// # Panics
    /// Beyond 65,535 services.
    pub fn add(&mut self, doc: Doc, source: &Source) {
        let id = u16::try_from(self.index.docs.len()).expect("at most 65,535 services in an index");
        self.note(id, Field::Name, [&doc.name]);
        self.note(id, Field::Synonyms, &source.synonyms);
        self.note(id, Field::Keywords, &source.keywords);
        self.note(id, Field::OtherNames, &source.other_names);
        self.note(id, Field::Institution, &source.institution);
        self.note(id, Field::Summary, [&doc.summary]);
        self.note(id, Field::Description, [&source.description]);
        self.index.docs.push(doc);
    }

    /// The finished index.
    #[must_use]
    pub fn finish(mut self) -> Index {
        let term = |(word, postings): (String, BTreeMap<u16, u8>)| Term {
            mask: letters_mask(&word),
            word,
            postings: postings.into_iter().collect(),
        };
        self.index.terms = self.terms.into_iter().map(term).collect();
        self.index
    }

    fn note<'a>(&mut self, id: u16, field: Field, texts: impl IntoIterator<Item = &'a String>) {
        for token in texts.into_iter().flat_map(|text| text::tokens(text)) {
            *self.terms.entry(token).or_default().entry(id).or_default() |= 1 << field as u8;
        }
    }
}
