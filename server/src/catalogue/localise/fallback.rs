//! Which texts stand in another language than was asked for: each is shown in the language that it has, and says so.

use durvis_contract::Fallback;

use super::super::source::{Fee, Institution, LifeEvent, Municipal, Place, Service, Text};
use super::Localised;

/// A field's path, as [`Fallback::field`] has it, and its text.
type Field<'t> = (String, Option<&'t Text>);

impl Localised<'_> {
    /// What a text says, and in which language: this one, or the first of the portal's that it has.
    pub(super) fn said<'t>(&'t self, text: &'t Text) -> Option<(&'t str, &'t str)> {
        let languages = std::iter::once(self.lang).chain(self.catalogue.portal.languages.iter().map(String::as_str));
        let mut texts = languages.filter_map(|lang| text.value.get_key_value(lang));
        texts.next().map(|(lang, said)| (lang.as_str(), said.as_str()))
    }

    pub(super) fn of_service(&self, slug: &str, service: &Service) -> Vec<Fallback> {
        let mut fields: Vec<Field<'_>> = vec![
            ("name".into(), Some(&service.name)),
            ("summary".into(), Some(&service.summary)),
            ("description".into(), Some(&service.description)),
            ("eligibility".into(), Some(&service.eligibility)),
            ("deadline".into(), service.deadline.as_ref()),
            ("channels.elsewhere.portal".into(), service.channels.value.elsewhere.as_ref().map(|there| &there.portal)),
            (
                "institution.name".into(),
                service.institution.as_ref().and_then(|slug| self.institution_name(&slug.value)),
            ),
        ];
        fields.extend(service.papers.iter().enumerate().map(|(at, paper)| (format!("papers.{at}"), Some(paper))));
        for (at, step) in service.steps.iter().enumerate() {
            fields.push((format!("steps.{at}.name"), Some(&step.name)));
            fields.push((format!("steps.{at}.text"), step.text.as_ref()));
        }
        fields.extend(notes("", &service.fees));
        fields.extend(service.laws.iter().enumerate().map(|(at, law)| (format!("laws.{at}.name"), Some(&law.name))));
        for (at, event) in self.life_events_of(slug).iter().enumerate() {
            let name = self.catalogue.life_events.get(*event).map(|event| &event.name);
            fields.push((format!("life_events.{at}.name"), name));
        }
        for (at, related) in service.related.iter().enumerate() {
            let name = self.catalogue.services.get(&related.value).map(|related| &related.name);
            fields.push((format!("related.{at}.name"), name));
        }
        fields.extend(service.municipal.iter().flat_map(|municipal| self.of_offers(municipal)));
        self.marked(fields)
    }

    fn of_offers<'t>(&'t self, municipal: &'t Municipal) -> Vec<Field<'t>> {
        let mut fields = Vec::new();
        for slug in self.catalogue.offering(municipal) {
            fields.push((format!("offers.{slug}.institution.name"), self.territory_name(slug)));
            let local = municipal.local.get(slug).and_then(|local| local.value.fees.as_deref());
            fields.extend(notes(&format!("offers.{slug}."), local.unwrap_or_default()));
        }
        fields
    }

    pub(super) fn of_place(&self, place: &Place) -> Vec<Fallback> {
        let territory = self.territory_name(&place.territory.value);
        self.marked([("name".into(), Some(&place.name)), ("territory.name".into(), territory)])
    }

    pub(super) fn of_institution(&self, institution: &Institution) -> Vec<Fallback> {
        self.marked([("name".into(), Some(&institution.name))])
    }

    pub(super) fn of_life_event(&self, event: &LifeEvent) -> Vec<Fallback> {
        let services = event.services.iter().enumerate().map(|(at, slug)| {
            let name = self.catalogue.services.get(&slug.value).map(|service| &service.name);
            (format!("services.{at}.name"), name)
        });
        let own = [("name".into(), Some(&event.name)), ("summary".into(), Some(&event.summary))];
        self.marked(own.into_iter().chain(services))
    }

    fn institution_name(&self, slug: &str) -> Option<&Text> {
        let found = self.catalogue.institutions.iter().find(|institution| institution.slug.value == slug);
        found.map(|found| &found.name)
    }

    fn territory_name(&self, slug: &str) -> Option<&Text> {
        let found = self.catalogue.territories.iter().find(|territory| territory.slug.value == slug);
        found.map(|found| &found.name)
    }

    fn marked<'t>(&self, fields: impl IntoIterator<Item = Field<'t>>) -> Vec<Fallback> {
        let fallback = |(field, text): Field<'t>| {
            let lang = self.said(text?)?.0;
            (lang != self.lang).then(|| Fallback { field, lang: lang.into() })
        };
        fields.into_iter().filter_map(fallback).collect()
    }
}

fn notes<'t>(prefix: &str, fees: &'t [Fee]) -> impl Iterator<Item = Field<'t>> {
    fees.iter().enumerate().map(move |(at, fee)| (format!("{prefix}fees.{at}.note"), fee.note.as_ref()))
}
