//! Reads CPSV-AP: JSON-LD in, our own files out. From there on it is a catalogue like any other.
//!
//! A file of ours names its portal and comes back as it was. Another one takes languages and country from a portal
//! that is given. An entry that is wrong is named by line and column of the JSON, and refused or left out.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Graph, Node};
use super::json::Mistake;
use super::vocabulary::iri;
use crate::catalogue::check::check;
use crate::catalogue::read::{Finding, Sources};
use crate::catalogue::source::{Catalogue, In, Synonyms};
use crate::catalogue::write;

mod entries;
mod laid_out;
mod numbers;
mod service;
mod slugs;
mod texts;

use slugs::Slugs;

/// What to do with an entry that is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Invalid {
    /// Import nothing.
    #[default]
    Refuse,
    /// Import the others.
    Skip,
}

/// The portal that a catalogue of others comes to: the text of its `portal.yaml`.
pub type Portal<'a> = Option<&'a str>;

/// A catalogue that was read.
#[derive(Debug)]
pub struct Read {
    pub sources: Sources,
    /// Why entries were left out.
    pub left_out: Vec<Finding>,
    /// How many entries those are.
    pub skipped: usize,
}

/// Reads the text of `file`.
///
/// # Errors
/// Every mistake, when the whole is refused.
pub fn read(file: &str, text: &str, portal: Portal<'_>, invalid: Invalid) -> Result<Read, Vec<Finding>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let finding = |mistake: Mistake| finding(file, text, mistake);
    let graph = Graph::read(text).map_err(|mistake| vec![finding(mistake)])?;
    let mut importer = Importer::new(&graph, portal).map_err(|mistake| vec![finding(mistake)])?;
    importer.entries();
    let findings = |importer: &Importer<'_>| -> Vec<Finding> {
        let mut findings: Vec<Finding> =
            importer.mistakes.iter().map(|(_, mistake)| finding(mistake.clone())).collect();
        findings.sort();
        findings.dedup();
        findings
    };
    loop {
        let before = importer.mistakes.len();
        if before > 0 && invalid == Invalid::Refuse {
            return Err(findings(&importer));
        }
        importer.leave_out();
        importer.check();
        if importer.mistakes.len() == before {
            break;
        }
        // A portal that is wrong itself is no entry that could be left out.
        if importer.mistakes.iter().any(|(entry, _)| *entry == Entry::Portal) {
            return Err(findings(&importer));
        }
    }
    if importer.catalogue.services.is_empty() && !importer.own {
        let mut all = vec![finding(Mistake::new(0, "holds no public service (cpsv:PublicService) that can be read"))];
        all.extend(findings(&importer));
        return Err(all);
    }
    let left_out = findings(&importer);
    let entries: BTreeSet<&Entry> = importer.mistakes.iter().map(|(entry, _)| entry).collect();
    Ok(Read { skipped: entries.len(), sources: importer.sources(), left_out })
}

/// A mistake's line and column, both from 1.
fn finding(file: &str, text: &str, Mistake { at, message }: Mistake) -> Finding {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
    Finding { file: file.into(), line, column, message }
}

/// An entry of the catalogue, by slug.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Entry {
    Portal,
    Territory(String),
    Institution(String),
    Place(String),
    Service(String),
    LifeEvent(String),
    Law(String),
    /// By the slug of its life event.
    Plan(String),
    /// By what it says.
    Synonyms(String),
}

impl Entry {
    fn of_synonyms(entry: &Synonyms) -> Self {
        Self::Synonyms(format!("{} {:?} {}", entry.lang, entry.say, entry.mean.value))
    }
}

struct Importer<'a> {
    graph: &'a Graph,
    /// Written by Durvis: nothing in it is tidied, and what is missing is a mistake.
    own: bool,
    portal_text: Option<String>,
    catalogue: Catalogue,
    slugs: Slugs<'a>,
    /// Where each entry begins.
    places: BTreeMap<Entry, usize>,
    mistakes: Vec<(Entry, Mistake)>,
}

impl<'a> Importer<'a> {
    fn new(graph: &'a Graph, portal: Portal<'_>) -> Result<Self, Mistake> {
        let own = graph.nodes().find(|node| node.is(&iri("durvis:Portal")));
        let mut importer = Self {
            graph,
            own: own.is_some(),
            portal_text: None,
            catalogue: Catalogue::default(),
            slugs: Slugs::of(graph),
            places: BTreeMap::new(),
            mistakes: Vec::new(),
        };
        match (own, portal) {
            (Some(node), _) => importer.own_portal(node),
            (None, Some(text)) => {
                importer.catalogue.portal = serde_saphyr::from_str(text).map_err(|error| {
                    Mistake::new(0, format!("cannot come to this portal: {}", error.without_snippet()))
                })?;
                importer.portal_text = Some(text.to_owned());
            }
            (None, None) => {
                let message = "is not an export of Durvis, so its portal has to be known: import a directory with a \
                               portal.yaml (languages, country, foreign) first, or name one with --portal";
                return Err(Mistake::new(0, message));
            }
        }
        Ok(importer)
    }

    fn wrong(&mut self, entry: &Entry, at: usize, message: impl Into<String>) {
        self.mistakes.push((entry.clone(), Mistake::new(at, message)));
    }

    /// Adds what the rules of our own form say of what was read.
    fn check(&mut self) {
        let sources = Sources(write::files(&self.catalogue));
        let (catalogue, mut findings) = sources.parse();
        if findings.is_empty() {
            findings = check(&catalogue);
        }
        for Finding { file, line, message, .. } in findings {
            let entry = self.entry(&sources, &file, line);
            let at = self.places.get(&entry).copied().unwrap_or(0);
            self.mistakes.push((entry, Mistake::new(at, message)));
        }
    }

    /// The entry that stands in a line of one of our files.
    fn entry(&self, sources: &Sources, file: &str, line: u64) -> Entry {
        let before = sources.0.get(file).into_iter().flat_map(|text| text.lines()).take(line as usize);
        let nth = before.filter(|line| line.starts_with("- ")).count().saturating_sub(1);
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let slug = name.trim_end_matches(".yaml");
        let found = match (folder, name) {
            ("services", _) => Some(Entry::Service(slug.into())),
            ("life-events", _) => Some(Entry::LifeEvent(slug.into())),
            ("plans", _) => Some(Entry::Plan(slug.into())),
            ("", "laws.yaml") => self.catalogue.laws.get(nth).map(|one| Entry::Law(one.slug.value.clone())),
            ("", "territories.yaml") => {
                self.catalogue.territories.get(nth).map(|one| Entry::Territory(one.slug.value.clone()))
            }
            ("", "synonyms.yaml") => self.catalogue.synonyms.get(nth).map(|one| Entry::of_synonyms(one)),
            ("", "institutions.yaml") => {
                self.catalogue.institutions.get(nth).map(|one| Entry::Institution(one.slug.value.clone()))
            }
            ("places", _) => {
                let mut places = self.catalogue.places.iter().filter(|(owner, _)| owner == slug);
                places.nth(nth).map(|(_, place)| Entry::Place(place.slug.value.clone()))
            }
            _ => None,
        };
        found.unwrap_or(Entry::Portal)
    }

    /// Takes the entries with a mistake out, and the lists' references to them.
    fn leave_out(&mut self) {
        let wrong: BTreeSet<&Entry> = self.mistakes.iter().map(|(entry, _)| entry).collect();
        let right = |entry: Entry| !wrong.contains(&entry);
        let catalogue = &mut self.catalogue;
        catalogue.territories.retain(|one| right(Entry::Territory(one.slug.value.clone())));
        catalogue.institutions.retain(|one| right(Entry::Institution(one.slug.value.clone())));
        catalogue.places.retain(|(_, one)| right(Entry::Place(one.slug.value.clone())));
        catalogue.services.retain(|slug, _| right(Entry::Service(slug.clone())));
        catalogue.life_events.retain(|slug, _| right(Entry::LifeEvent(slug.clone())));
        catalogue.laws.retain(|one| right(Entry::Law(one.slug.value.clone())));
        catalogue.plans.retain(|slug, _| right(Entry::Plan(slug.clone())));
        catalogue.synonyms.retain(|one| right(Entry::of_synonyms(one)));
        let services: BTreeSet<String> = catalogue.services.keys().cloned().collect();
        for service in catalogue.services.values_mut() {
            service.entry.related.retain(|one| services.contains(&one.value));
        }
        for event in catalogue.life_events.values_mut() {
            event.entry.services.retain(|one| services.contains(&one.value));
        }
    }

    fn sources(&self) -> Sources {
        let mut files = write::files(&self.catalogue);
        if let Some(portal) = &self.portal_text {
            files.insert("portal.yaml".into(), portal.clone());
        }
        self.lay_out(&mut files);
        Sources(files)
    }

    fn note_place(&mut self, entry: &Entry, node: &Node) {
        self.places.entry(entry.clone()).or_insert(node.at);
    }
}

/// An entry that comes from no file of ours.
fn entry<T>(entry: T) -> In<T> {
    In { file: String::new(), entry }
}
