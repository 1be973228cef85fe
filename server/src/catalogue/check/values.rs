//! The checks of single values: texts, slugs, fees, addresses, and names of what has to be there.

use std::collections::{BTreeMap, BTreeSet};

use serde_saphyr::{Location, Spanned};

use super::{Checker, MAX_FEE_CENTS, MAX_FOREIGN, MAX_TEXT, is_slug, place};
use crate::catalogue::source::{Fee, Ref, Text};

impl Checker<'_> {
    pub(super) fn text(&mut self, file: &str, what: &str, text: &Text, most: usize) {
        let foreign = self.foreign();
        let most = if foreign { MAX_FOREIGN } else { most };
        if what == "name" && text.value.is_empty() {
            self.report(file, place(text), "has no name");
        }
        for lang in &self.catalogue.portal.languages {
            match text.value.get(lang) {
                None if foreign => {}
                None => self.report(file, place(text), format!("{what} lacks {lang}")),
                Some(said) if said.trim().is_empty() => {
                    self.report(file, place(text), format!("{what} is empty in {lang}"))
                }
                Some(said) if said.chars().count() > most => {
                    self.report(file, place(text), format!("{what} is longer than {most} letters in {lang}"));
                }
                Some(_) => {}
            }
        }
        for lang in text.value.keys().filter(|lang| !self.catalogue.portal.languages.contains(lang)) {
            self.report(file, place(text), format!("{what} has the language {lang:?}, which portal.yaml does not"));
        }
    }

    pub(super) fn words(&mut self, file: &str, what: &str, words: &BTreeMap<String, Vec<String>>, at: Location) {
        for (lang, words) in words {
            if !self.catalogue.portal.languages.contains(lang) {
                self.report(file, at, format!("{what} have the language {lang:?}, which portal.yaml does not"));
            }
            let mut seen = BTreeSet::new();
            for word in words.iter().filter(|word| !seen.insert(word.to_lowercase())) {
                self.report(file, at, format!("{what} have {word:?} twice in {lang}"));
            }
        }
    }

    pub(super) fn fees(&mut self, file: &str, fees: &[Fee]) {
        for fee in fees {
            match (&fee.cents, &fee.note) {
                (Some(cents), _) if cents.value > MAX_FEE_CENTS => {
                    let message = format!("a fee of {} cents: more than {MAX_FEE_CENTS}", cents.value);
                    self.report(file, place(cents), message);
                }
                (None, note) if note.is_none() || !self.foreign() => {
                    let at = note.as_ref().map_or(Location::UNKNOWN, place);
                    self.report(file, at, "a fee has no `cents`");
                }
                _ => {}
            }
            if let Some(note) = &fee.note {
                self.text(file, "note", note, MAX_TEXT);
            }
        }
    }

    pub(super) fn services(&mut self, file: &str, slugs: &[Ref]) {
        let mut seen = BTreeSet::new();
        for slug in slugs {
            if !self.catalogue.services.contains_key(&slug.value) {
                self.report(file, place(slug), format!("there is no service {:?}", slug.value));
            }
            if !seen.insert(&slug.value) {
                self.report(file, place(slug), format!("service {:?} stands here twice", slug.value));
            }
        }
    }

    pub(super) fn territory(&mut self, file: &str, slug: &Ref) {
        if !self.catalogue.territories.iter().any(|territory| territory.slug.value == slug.value) {
            self.report(file, place(slug), format!("there is no territory {:?}", slug.value));
        }
    }

    pub(super) fn known_institution(&mut self, file: &str, slug: &Ref) {
        if !self.catalogue.has_institution(&slug.value) {
            self.report(file, place(slug), format!("there is no institution {:?}", slug.value));
        }
    }

    pub(super) fn known_place(&mut self, file: &str, slug: &Ref) {
        if !self.catalogue.places.iter().any(|(_, place)| place.slug.value == slug.value) {
            self.report(file, place(slug), format!("there is no place {:?}", slug.value));
        }
    }

    pub(super) fn email(&mut self, file: &str, email: Option<&Spanned<String>>) {
        if let Some(email) = email.filter(|email| !email.value.contains('@')) {
            self.report(file, place(email), format!("{:?} is not an e-mail address", email.value));
        }
    }

    pub(super) fn https(&mut self, file: &str, url: &Spanned<String>) {
        if !url.value.starts_with("https://") || url.value.contains(char::is_whitespace) {
            self.report(file, place(url), format!("{:?} is not an https address", url.value));
        }
    }

    pub(super) fn slug(&mut self, file: &str, slug: &Ref, seen: &mut BTreeSet<String>) {
        if !is_slug(&slug.value) {
            self.report(file, place(slug), format!("slug {:?} is not lower-case letters, digits and -", slug.value));
        }
        if !seen.insert(slug.value.clone()) {
            self.report(file, place(slug), format!("slug {:?} stands here twice", slug.value));
        }
    }

    pub(super) fn file_slug(&mut self, file: &str, slug: &str) {
        if !is_slug(slug) {
            self.report(file, Location::UNKNOWN, "the file's name is not lower-case letters, digits and -");
        }
    }
}
