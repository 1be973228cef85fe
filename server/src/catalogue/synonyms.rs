//! Everyday words (`synonyms.yaml`): what people say, and what the catalogue calls it. They are used when an index is
//! built, so that a search costs nothing more.
//!
//! `mean` stands, word for word, in the name, a synonym or a keyword of at least one service; or it is what another entry
//! says, which may in turn mean something else. A circle of such entries and one that leads to no service are mistakes.

use std::collections::{BTreeMap, BTreeSet};

use durvis_search::text;

use super::read::{Finding, place};
use super::source::{Catalogue, In, Service, Synonyms};

/// What is said for each service, in one language, by the service's slug.
#[must_use]
pub fn said(catalogue: &Catalogue, lang: &str) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in of_language(catalogue, lang) {
        for slug in Meaning::of(catalogue, lang, entry).services {
            all.entry(slug.to_owned()).or_default().extend(entry.say.iter().cloned());
        }
    }
    all
}

/// Every entry that goes in a circle, leads nowhere, or says nothing new.
#[must_use]
pub fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in &catalogue.synonyms {
        let at = place(&entry.mean);
        let mut report = |message: String| findings.push(Finding::at(&entry.file, at, message));
        if !catalogue.portal.languages.contains(&entry.lang) {
            report(format!("is of the language {:?}, which portal.yaml does not have", entry.lang));
            continue;
        }
        let meaning = Meaning::of(catalogue, &entry.lang, entry);
        if meaning.circle {
            report(format!("{:?} goes round in a circle", entry.mean.value));
        } else if meaning.services.is_empty() {
            report(format!("{:?} stands in no name, synonym or keyword of a service", entry.mean.value));
        }
        let known = |word: &String| {
            let has = |slug: &&str| has_run(catalogue, &entry.lang, slug, word);
            !meaning.services.is_empty() && meaning.services.iter().all(has)
        };
        for word in entry.say.iter().filter(|word| known(word)) {
            report(format!("{word:?} says nothing new: every service that it leads to has it"));
        }
    }
    findings.extend(said_twice(catalogue));
    findings
}

/// The same words in two entries would be read as one meaning by some and as the other by others.
fn said_twice(catalogue: &Catalogue) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for entry in &catalogue.synonyms {
        let meaning = text::fold(&entry.mean.value);
        for word in entry.say.iter().filter(|word| !seen.insert((&entry.lang, text::fold(word), meaning.clone()))) {
            findings.push(Finding::at(&entry.file, place(&entry.mean), format!("{word:?} stands here twice")));
        }
    }
    findings
}

fn of_language<'a>(catalogue: &'a Catalogue, lang: &str) -> impl Iterator<Item = &'a In<Synonyms>> {
    catalogue.synonyms.iter().filter(move |entry| entry.lang == lang)
}

/// The services that an entry leads to.
#[derive(Default)]
struct Meaning<'a> {
    services: BTreeSet<&'a str>,
    circle: bool,
}

impl<'a> Meaning<'a> {
    fn of(catalogue: &'a Catalogue, lang: &str, entry: &In<Synonyms>) -> Self {
        let mut meaning = Self::default();
        let mut path = entry.say.iter().map(|word| text::fold(word)).collect();
        meaning.follow(catalogue, lang, &entry.mean.value, &mut path);
        meaning
    }

    /// Adds what some words mean; `path` is what was said on the way here.
    fn follow(&mut self, catalogue: &'a Catalogue, lang: &str, words: &str, path: &mut BTreeSet<String>) {
        let folded = text::fold(words);
        if !path.insert(folded.clone()) {
            self.circle = true;
            return;
        }
        let direct = catalogue.services.keys().filter(|slug| has_run(catalogue, lang, slug, words));
        self.services.extend(direct.map(String::as_str));
        let next = of_language(catalogue, lang).filter(|other| other.say.iter().any(|word| text::fold(word) == folded));
        for other in next {
            self.follow(catalogue, lang, &other.mean.value, path);
        }
        path.remove(&folded);
    }
}

/// Whether some words stand one after the other in the name, a synonym or a keyword of a service.
fn has_run(catalogue: &Catalogue, lang: &str, slug: &str, words: &str) -> bool {
    let wanted = folded_words(words);
    let service: Option<&In<Service>> = catalogue.services.get(slug);
    let texts = service.into_iter().flat_map(|service| {
        let lists = [service.synonyms.get(lang), service.keywords.get(lang)];
        service.name.value.get(lang).into_iter().chain(lists.into_iter().flatten().flatten())
    });
    let mut words_of = texts.map(|text| folded_words(text));
    !wanted.is_empty() && words_of.any(|words| words.windows(wanted.len()).any(|run| run == wanted))
}

fn folded_words(words: &str) -> Vec<String> {
    text::words(words).map(|range| text::fold(&words[range])).collect()
}
