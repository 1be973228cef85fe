//! The catalogue in one language: what the API answers and the browser keeps.

use std::collections::BTreeMap;

use durvis_contract as contract;
use durvis_contract::{Law, Link, Offer, Step};

use super::source::{Catalogue, Fee, Institution, LifeEvent, Local, Municipal, Place, Scope, Service, Term, Text};
use super::synonyms;

mod fallback;

/// One language of a catalogue that `check` found nothing in. A text that lacks it falls back to the next of the portal's
/// languages that has it, and is marked.
pub struct Localised<'a> {
    pub catalogue: &'a Catalogue,
    pub lang: &'a str,
    events_of: BTreeMap<&'a str, Vec<&'a str>>,
    /// Everyday words for each service.
    pub said: BTreeMap<String, Vec<String>>,
}

impl<'a> Localised<'a> {
    #[must_use]
    pub fn new(catalogue: &'a Catalogue, lang: &'a str) -> Self {
        let mut events_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (slug, event) in catalogue.ordered_life_events() {
            for service in &event.services {
                events_of.entry(&service.value).or_default().push(slug);
            }
        }
        Self { catalogue, lang, events_of, said: synonyms::said(catalogue, lang) }
    }

    #[must_use]
    pub fn text(&self, text: &Text) -> String {
        self.said(text).map(|(_, said)| said.to_owned()).unwrap_or_default()
    }

    #[must_use]
    pub fn service(&self, slug: &str, service: &Service) -> contract::Service {
        let step = |step: &super::source::Step| Step {
            name: self.text(&step.name),
            text: step.text.as_ref().map(|text| self.text(text)),
        };
        let law = |law: &super::source::Law| Law { name: self.text(&law.name), article: law.article.clone() };
        let institution = service.institution.as_ref();
        let related = service.related.iter().map(|related| self.service_link(&related.value));
        contract::Service {
            slug: slug.into(),
            name: self.text(&service.name),
            summary: self.text(&service.summary),
            description: self.text(&service.description),
            audience: service.audience.clone(),
            institution: institution.map(|slug| self.institution_link(&slug.value)),
            eligibility: self.text(&service.eligibility),
            papers: service.papers.iter().map(|paper| self.text(paper)).collect(),
            steps: service.steps.iter().map(step).collect(),
            fees: self.fees(&service.fees),
            term: service.term.as_ref().map(|term| localised_term(term.value)),
            fill_minutes: service.fill_minutes,
            deadline: service.deadline.as_ref().map(|text| self.text(text)),
            laws: service.laws.iter().map(law).collect(),
            channels: self.channels(service),
            life_events: self.life_events_of(slug).iter().map(|event| self.life_event_link(event)).collect(),
            related: related.collect(),
            checked: service.checked.value.clone(),
            partial: self.catalogue.portal.foreign,
            fallbacks: self.of_service(slug, service),
            offers: service.municipal.iter().flat_map(|municipal| self.offers(service, municipal)).collect(),
        }
    }

    fn channels(&self, service: &Service) -> contract::Channels {
        let channels = &service.channels.value;
        contract::Channels {
            here: channels.here.as_ref().map(|here| contract::Here { sign_in: here.sign_in }),
            elsewhere: channels.elsewhere.as_ref().map(|elsewhere| contract::Elsewhere {
                portal: self.text(&elsewhere.portal),
                url: elsewhere.url.value.clone(),
                sign_in: elsewhere.sign_in,
            }),
            places: match &service.institution {
                Some(institution) => self.catalogue.offices(service, &institution.value),
                None => vec![],
            },
            post: channels.post,
        }
    }

    fn offers(&self, service: &Service, municipal: &Municipal) -> Vec<Offer> {
        let channels = &service.channels.value;
        let within = |scope: Option<&Scope>, slug: &str| scope.is_none_or(|scope| scope.holds(slug));
        let offer = |slug: &str| {
            let local: Option<&Local> = municipal.local.get(slug).map(|local| &local.value);
            let places = local.and_then(|local| local.places.as_ref());
            Offer {
                territory: self.territory_link(slug),
                here: channels.here.is_some() && within(municipal.here.as_ref().map(|scope| &scope.value), slug),
                elsewhere: channels.elsewhere.is_some()
                    && within(municipal.elsewhere.as_ref().map(|scope| &scope.value), slug),
                fees: local.and_then(|local| local.fees.as_ref()).map(|fees| self.fees(fees)),
                term: local.and_then(|local| local.term.as_ref()).map(|term| localised_term(term.value)),
                places: match places {
                    Some(places) => places.iter().map(|place| place.value.clone()).collect(),
                    None => self.catalogue.offices(service, slug),
                },
            }
        };
        self.catalogue.offering(municipal).map(offer).collect()
    }

    fn fees(&self, fees: &[Fee]) -> Vec<contract::Fee> {
        let fee = |fee: &Fee| contract::Fee {
            cents: fee.cents.as_ref().map(|cents| cents.value),
            note: fee.note.as_ref().map(|note| self.text(note)),
        };
        fees.iter().map(fee).collect()
    }

    #[must_use]
    pub fn place(&self, institution: &str, place: &Place) -> contract::Place {
        contract::Place {
            slug: place.slug.value.clone(),
            name: self.text(&place.name),
            institution: institution.into(),
            territory: self.territory_link(&place.territory.value),
            address: place.address.clone(),
            phone: place.phone.clone(),
            email: place.email.as_ref().map(|email| email.value.clone()),
            hours: place.hours.value.clone(),
            position: place.position.value,
            fallbacks: self.of_place(place),
        }
    }

    #[must_use]
    pub fn institution(&self, institution: &Institution) -> contract::Institution {
        contract::Institution {
            slug: institution.slug.value.clone(),
            name: self.text(&institution.name),
            short: institution.short.clone(),
            territory: institution.territory.as_ref().map(|territory| self.territory_link(&territory.value)),
            phone: institution.phone.clone(),
            email: institution.email.as_ref().map(|email| email.value.clone()),
            website: institution.website.as_ref().map(|website| website.value.clone()),
            fallbacks: self.of_institution(institution),
        }
    }

    #[must_use]
    pub fn life_event(&self, slug: &str, event: &LifeEvent) -> contract::LifeEvent {
        contract::LifeEvent {
            slug: slug.into(),
            name: self.text(&event.name),
            summary: self.text(&event.summary),
            icon: event.icon.clone(),
            services: event.services.iter().map(|service| self.service_link(&service.value)).collect(),
            fallbacks: self.of_life_event(event),
        }
    }

    /// The life events a service belongs to, in the order of the home page.
    #[must_use]
    pub fn life_events_of(&self, service: &str) -> &[&'a str] {
        self.events_of.get(service).map_or(&[], Vec::as_slice)
    }

    fn service_link(&self, slug: &str) -> Link {
        let name = self.catalogue.services.get(slug).map(|service| self.text(&service.name));
        Link { slug: slug.into(), name: name.unwrap_or_default() }
    }

    fn life_event_link(&self, slug: &str) -> Link {
        let name = self.catalogue.life_events.get(slug).map(|event| self.text(&event.name));
        Link { slug: slug.into(), name: name.unwrap_or_default() }
    }

    #[must_use]
    pub fn institution_link(&self, slug: &str) -> Link {
        let found = self.catalogue.institutions.iter().find(|institution| institution.slug.value == slug);
        Link { slug: slug.into(), name: found.map(|found| self.text(&found.name)).unwrap_or_default() }
    }

    #[must_use]
    pub fn territory_link(&self, slug: &str) -> Link {
        let found = self.catalogue.territories.iter().find(|territory| territory.slug.value == slug);
        Link { slug: slug.into(), name: found.map(|found| self.text(&found.name)).unwrap_or_default() }
    }
}

impl Catalogue {
    /// The life events in the order of the home page.
    #[must_use]
    pub fn ordered_life_events(&self) -> Vec<(&str, &LifeEvent)> {
        let mut events: Vec<_> = self.life_events.iter().map(|(slug, event)| (slug.as_str(), &event.entry)).collect();
        events.sort_by_key(|(slug, event)| (event.order, *slug));
        events
    }

    /// The municipalities that offer a kind.
    pub fn offering<'a>(&'a self, municipal: &'a Municipal) -> impl Iterator<Item = &'a str> {
        let slugs = self.territories.iter().map(|territory| territory.slug.value.as_str());
        slugs.filter(|slug| municipal.offered_by.value.holds(slug))
    }

    /// The places where an institution provides a service in person.
    fn offices(&self, service: &Service, institution: &str) -> Vec<String> {
        let all = || {
            let of = self.places.iter().filter(|(owner, _)| owner == institution);
            of.map(|(_, place)| place.slug.value.clone()).collect()
        };
        match service.channels.value.offices.as_ref().map(|offices| &offices.value) {
            None => vec![],
            Some(Scope::These(slugs)) => slugs.clone(),
            Some(Scope::All(_) | Scope::Except(_)) => all(),
        }
    }
}

fn localised_term(term: Term) -> contract::Term {
    contract::Term { days: term.days, unit: term.unit }
}
