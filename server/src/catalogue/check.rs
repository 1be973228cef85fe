//! What is wrong with a catalogue: missing languages, dangling references, duplicates, bad dates, fees and addresses.

use std::collections::{BTreeMap, BTreeSet};

use durvis_contract::place::span;

use super::plans;
use super::read::{Finding, place};
use super::source::{Catalogue, Channels, In, Institution, LifeEvent, Municipal, Place, Scope, Service};
use super::synonyms;
use serde_saphyr::{Location, Spanned};

mod values;

/// Longest texts, in letters: what the pages have room for.
const MAX_NAME: usize = 160;
const MAX_SUMMARY: usize = 200;
const MAX_TEXT: usize = 1_500;
/// The same for what others wrote.
const MAX_FOREIGN: usize = 20_000;
/// Highest fee, in euro cents: above it, someone wrote euros as cents.
const MAX_FEE_CENTS: u32 = 1_000_000;

/// Every mistake, in the order of files and lines.
#[must_use]
pub fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut checker = Checker { catalogue, findings: Vec::new() };
    checker.portal();
    checker.territories();
    checker.regions();
    checker.institutions();
    checker.places();
    for (slug, service) in &catalogue.services {
        checker.service(slug, service);
    }
    for (slug, event) in &catalogue.life_events {
        checker.life_event(slug, event);
    }
    checker.same_names();
    checker.findings.extend(synonyms::check(catalogue));
    checker.findings.extend(plans::check(catalogue));
    checker.findings.sort();
    checker.findings
}

struct Checker<'a> {
    catalogue: &'a Catalogue,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn report(&mut self, file: &str, place: Location, message: impl Into<String>) {
        self.findings.push(Finding::at(file, place, message));
    }

    fn foreign(&self) -> bool {
        self.catalogue.portal.foreign
    }

    fn portal(&mut self) {
        let portal = &self.catalogue.portal;
        if portal.languages.is_empty() {
            self.report("portal.yaml", Location::UNKNOWN, "names no language");
        }
        let mut seen = BTreeSet::new();
        for lang in &portal.languages {
            if lang.len() != 2 || !lang.bytes().all(|byte| byte.is_ascii_lowercase()) {
                self.report(
                    "portal.yaml",
                    Location::UNKNOWN,
                    format!("language {lang:?} is not two lower-case letters"),
                );
            }
            if !seen.insert(lang) {
                self.report("portal.yaml", Location::UNKNOWN, format!("language {lang:?} stands here twice"));
            }
        }
        match &portal.country {
            Some(country) => self.text("portal.yaml", "name", &country.name, MAX_NAME),
            None => self.report("portal.yaml", Location::UNKNOWN, "names no country"),
        }
    }

    fn regions(&mut self) {
        let file = "portal.yaml";
        let portal = &self.catalogue.portal;
        let territories = self.catalogue.territories.iter().map(|territory| territory.slug.value.clone());
        let taken: BTreeSet<String> = territories.chain(portal.country.iter().map(|one| one.slug.clone())).collect();
        let (mut slugs, mut members) = (BTreeSet::new(), BTreeSet::new());
        for region in &portal.regions {
            self.slug(file, &region.slug, &mut slugs);
            self.text(file, "name", &region.name, MAX_NAME);
            if taken.contains(&region.slug.value) {
                let message = format!("slug {:?} is that of a territory already", region.slug.value);
                self.report(file, place(&region.slug), message);
            }
            for member in &region.territories {
                self.territory(file, member);
                if !members.insert(&member.value) {
                    self.report(file, place(member), format!("{:?} is in a region already", member.value));
                }
            }
        }
    }

    fn territories(&mut self) {
        let mut codes = BTreeSet::new();
        let mut slugs = BTreeSet::new();
        for territory in &self.catalogue.territories {
            self.slug(&territory.file, &territory.slug, &mut slugs);
            self.text(&territory.file, "name", &territory.name, MAX_NAME);
            let units = territory.units.iter().map(|unit| (&unit.code, &unit.name));
            for (code, name) in std::iter::once((&territory.code, &territory.name)).chain(units) {
                self.text(&territory.file, "name", name, MAX_NAME);
                if code.value.len() != 7 || !code.value.bytes().all(|byte| byte.is_ascii_digit()) {
                    self.report(&territory.file, place(code), format!("code {:?} is not seven digits", code.value));
                }
                if !codes.insert(&code.value) {
                    self.report(&territory.file, place(code), format!("code {} stands here twice", code.value));
                }
            }
        }
    }

    fn institutions(&mut self) {
        let mut slugs = BTreeSet::new();
        for institution in &self.catalogue.institutions {
            self.slug(&institution.file, &institution.slug, &mut slugs);
            self.institution(institution);
        }
    }

    fn institution(&mut self, institution: &In<Institution>) {
        let file = &institution.file;
        self.text(file, "name", &institution.name, MAX_NAME);
        if let Some(territory) = &institution.territory {
            self.territory(file, territory);
        }
        self.email(file, institution.email.as_ref());
        if let Some(website) = &institution.website {
            self.https(file, website);
        }
    }

    fn places(&mut self) {
        let mut slugs = BTreeSet::new();
        for (institution, entry) in &self.catalogue.places {
            self.slug(&entry.file, &entry.slug, &mut slugs);
            self.place(institution, entry);
        }
    }

    fn place(&mut self, institution: &str, entry: &In<Place>) {
        let file = &entry.file;
        if !self.catalogue.has_institution(institution) {
            self.report(file, place(&entry.slug), format!("there is no institution {institution:?} (the file's name)"));
        }
        self.text(file, "name", &entry.name, MAX_NAME);
        self.territory(file, &entry.territory);
        self.email(file, entry.email.as_ref());
        for hours in entry.hours.value.days().into_iter().flatten().filter(|hours| span(hours).is_none()) {
            self.report(file, place(&entry.hours), format!("hours {hours:?} are not HH:MM-HH:MM"));
        }
        let [latitude, longitude] = entry.position.value;
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            self.report(file, place(&entry.position), "position is not latitude, longitude in degrees");
        }
    }

    fn life_event(&mut self, slug: &str, event: &In<LifeEvent>) {
        let file = &event.file;
        self.file_slug(file, slug);
        self.text(file, "name", &event.name, MAX_NAME);
        self.text(file, "summary", &event.summary, MAX_SUMMARY);
        self.words(file, "synonyms", &event.synonyms, place(&event.name));
        self.services(file, &event.services);
    }

    fn service(&mut self, slug: &str, service: &In<Service>) {
        let file = &service.file;
        self.file_slug(file, slug);
        self.service_texts(service);
        self.fees(file, &service.fees);
        self.words(file, "keywords", &service.keywords, place(&service.name));
        self.words(file, "synonyms", &service.synonyms, place(&service.name));
        self.services(file, &service.related);
        if service.related.iter().any(|related| related.value == slug) {
            self.report(file, place(&service.name), "is related to itself");
        }
        if service.audience.is_empty() {
            self.report(file, place(&service.name), "audience is empty: person, business or both");
        }
        if !(1..=100).contains(&service.popularity.value) {
            self.report(file, place(&service.popularity), "popularity is not 1 to 100");
        }
        let unknown = self.foreign() && service.checked.value.is_empty();
        if !unknown && !is_date(&service.checked.value) {
            self.report(
                file,
                place(&service.checked),
                format!("{:?} is not a date (YYYY-MM-DD)", service.checked.value),
            );
        }
        match (&service.institution, &service.municipal) {
            (Some(institution), None) => self.known_institution(file, institution),
            (None, Some(municipal)) => self.municipal(file, municipal),
            (None, None) => self.report(file, place(&service.name), "has neither `institution` nor `municipal`"),
            (Some(both), Some(_)) => self.report(file, place(both), "a municipal kind has no institution of its own"),
        }
        self.channels(file, &service.channels);
    }

    fn service_texts(&mut self, service: &In<Service>) {
        let file = &service.file;
        self.text(file, "name", &service.name, MAX_NAME);
        self.text(file, "summary", &service.summary, MAX_SUMMARY);
        self.text(file, "description", &service.description, MAX_TEXT);
        self.text(file, "eligibility", &service.eligibility, MAX_TEXT);
        let steps = service.steps.iter().flat_map(|step| [Some(&step.name), step.text.as_ref()]).flatten();
        let laws = service.laws.iter().map(|law| &law.name);
        for text in service.papers.iter().chain(steps).chain(laws).chain(&service.deadline) {
            self.text(file, "text", text, MAX_TEXT);
        }
    }

    fn municipal(&mut self, file: &str, municipal: &Municipal) {
        for scope in [Some(&municipal.offered_by), municipal.here.as_ref(), municipal.elsewhere.as_ref()] {
            for slug in scope.iter().flat_map(|scope| scope.value.names()) {
                let at = scope.map_or(Location::UNKNOWN, place);
                self.territory(file, &Spanned::new(slug.clone(), at, at));
            }
        }
        let offering: Vec<&str> = self.catalogue.offering(municipal).collect();
        for slug in offering.into_iter().filter(|slug| !self.catalogue.has_institution(slug)) {
            let message = format!("there is no institution {slug:?} to answer for it in that municipality");
            self.report(file, place(&municipal.offered_by), message);
        }
        for (slug, local) in &municipal.local {
            self.territory(file, &Spanned::new(slug.clone(), place(local), place(local)));
            if !municipal.offered_by.value.holds(slug) {
                self.report(file, place(local), format!("{slug:?} does not offer it"));
            }
            self.fees(file, local.value.fees.as_deref().unwrap_or_default());
            for slug in local.value.places.iter().flatten() {
                self.known_place(file, slug);
            }
        }
    }

    fn channels(&mut self, file: &str, channels: &Spanned<Channels>) {
        let Channels { here, elsewhere, offices, post } = &channels.value;
        if here.is_none() && elsewhere.is_none() && offices.is_none() && !post && !self.foreign() {
            self.report(file, place(channels), "names no channel: here, elsewhere, offices or post");
        }
        if let Some(elsewhere) = elsewhere {
            self.text(file, "portal", &elsewhere.portal, MAX_NAME);
            self.https(file, &elsewhere.url);
        }
        if let Some(offices) = offices {
            if matches!(offices.value, Scope::Except(_)) {
                self.report(file, place(offices), "offices are `all` or a list of places");
            }
            for slug in offices.value.names() {
                self.known_place(file, &Spanned::new(slug.clone(), offices.referenced, offices.referenced));
            }
        }
    }

    /// The same name twice would be two results that a citizen cannot tell apart.
    fn same_names(&mut self) {
        if self.foreign() {
            return;
        }
        let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
        for (slug, service) in &self.catalogue.services {
            for (lang, name) in &service.name.value {
                if let Some(other) = seen.insert((lang.clone(), name.to_lowercase()), slug.clone()) {
                    let message = format!("name {name:?} ({lang}) is also that of {other:?}");
                    self.report(&service.file, place(&service.name), message);
                }
            }
        }
    }
}

impl Catalogue {
    fn has_institution(&self, slug: &str) -> bool {
        self.institutions.iter().any(|institution| institution.slug.value == slug)
    }
}

fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// A day of this century, `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    time::Date::parse(text, format).is_ok_and(|date| (2000..2100).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn a_date_is_a_day_that_was() {
        assert!(is_date("2026-11-02") && is_date("2024-02-29"));
        for wrong in ["2026-02-29", "2026-13-01", "2026-11-31", "2026-1-2", "02.11.2026", "", "2026-11-00"] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }
}
