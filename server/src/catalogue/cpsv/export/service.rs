//! A service as `cpsv:PublicService`, with its costs, papers, rules, laws and channels.

use durvis_contract::{Audience, TermUnit};
use serde_json::{Value, json};

use super::super::vocabulary::EURO;
use super::{Writer, node, own, text};
use crate::catalogue::source::{Fee, Scope, Service, Term, Text};

impl Writer<'_> {
    pub(super) fn service(&self, slug: &str, service: &Service) -> Value {
        let id = self.id("service", slug);
        let part = |name: &str, at: usize| format!("{id}#{name}-{}", at + 1);
        let authorities = match (&service.institution, &service.municipal) {
            (Some(institution), _) => vec![self.to("institution", &institution.value)],
            (None, Some(kind)) => self.catalogue.offering(kind).map(|slug| self.to("institution", slug)).collect(),
            (None, None) => vec![],
        };
        let events = self.catalogue.ordered_life_events().into_iter();
        let events = events.filter(|(_, event)| event.services.iter().any(|one| one.value == slug));
        let audience = service.audience.iter().map(|audience| match audience {
            Audience::Person => json!({"@id": "durvis:person"}),
            Audience::Business => json!({"@id": "durvis:business"}),
        });
        let papers = service.papers.iter().enumerate();
        let papers = papers.map(|(at, paper)| part_of(part("paper", at), "cv:Evidence", paper, vec![]));
        let steps = service.steps.iter().enumerate().map(|(at, step)| {
            // A rule has to have a description; a step need not.
            let brief = if step.text.is_none() { true.into() } else { Value::Null };
            let members =
                vec![("dct:description", text(step.text.as_ref().unwrap_or(&step.name))), ("durvis:brief", brief)];
            part_of(part("step", at), "cpsv:Rule", &step.name, members)
        });
        let laws = service.laws.iter().enumerate().map(|(at, law)| {
            part_of(part("law", at), "eli:LegalResource", &law.name, vec![("durvis:article", json!(law.article))])
        });
        let requirement = part_of(
            format!("{id}#eligibility"),
            "cv:Requirement",
            &service.name,
            vec![("dct:description", text(&service.eligibility))],
        );
        let term = service.term.as_ref().map(|term| term.value);
        node(vec![
            ("@id", id.as_str().into()),
            ("@type", "cpsv:PublicService".into()),
            ("dct:identifier", slug.into()),
            ("dct:title", text(&service.name)),
            ("dct:abstract", text(&service.summary)),
            ("dct:description", text(&service.description)),
            ("dct:audience", audience.collect()),
            ("dct:spatial", self.spatial(None)),
            ("cv:hasCompetentAuthority", authorities.into()),
            ("cv:isGroupedBy", events.map(|(event, _)| self.to("life-event", event)).collect()),
            ("cv:holdsRequirement", if service.eligibility.value.is_empty() { Value::Null } else { requirement }),
            ("cpsv:hasInput", papers.collect()),
            ("cpsv:follows", steps.collect()),
            ("cv:hasCost", service.fees.iter().enumerate().map(|(at, fee)| cost(part("fee", at), fee)).collect()),
            ("cv:processingTime", term.map_or(Value::Null, duration)),
            ("durvis:termUnit", json!(term.map(|term| term.unit))),
            ("durvis:fillMinutes", json!(service.fill_minutes)),
            ("durvis:deadline", service.deadline.as_ref().map_or(Value::Null, text)),
            ("cv:hasLegalResource", laws.collect()),
            ("cv:hasChannel", self.channels(&id, service).into()),
            ("durvis:offices", service.channels.value.offices.as_ref().map_or(Value::Null, own)),
            ("dcat:keyword", json!(service.keywords)),
            ("skos:altLabel", json!(service.synonyms)),
            ("cv:relatedService", service.related.iter().map(|one| self.to("service", &one.value)).collect()),
            ("durvis:popularity", service.popularity.value.into()),
            ("durvis:checked", service.checked.value.as_str().into()),
            ("durvis:municipal", service.municipal.as_ref().map_or(Value::Null, own)),
        ])
    }

    fn channels(&self, id: &str, service: &Service) -> Vec<Value> {
        let channels = &service.channels.value;
        let channel = |kind: &str, members: Vec<(&str, Value)>| {
            let id = format!("{id}#{kind}");
            let own = vec![
                ("@type", "cv:Channel".into()),
                ("dct:identifier", id.rsplit('/').next().unwrap_or_default().into()),
                ("dct:type", json!({"@id": format!("durvis:{kind}")})),
                ("@id", id.clone().into()),
            ];
            node(own.into_iter().chain(members).collect())
        };
        let here = channels.here.as_ref().map(|here| channel("here", vec![("durvis:signIn", here.sign_in.into())]));
        let elsewhere = channels.elsewhere.as_ref().map(|elsewhere| {
            let members = vec![
                ("durvis:portal", text(&elsewhere.portal)),
                ("foaf:page", json!({"@id": elsewhere.url.value})),
                ("durvis:signIn", elsewhere.sign_in.into()),
            ];
            channel("elsewhere", members)
        });
        let post = channels.post.then(|| channel("post", vec![]));
        let offices = match channels.offices.as_ref().map(|offices| &offices.value) {
            None => vec![],
            Some(Scope::These(slugs)) => slugs.iter().map(|slug| self.to("place", slug)).collect(),
            Some(_) => {
                let owners: Vec<&str> = match (&service.institution, &service.municipal) {
                    (Some(institution), _) => vec![&institution.value],
                    (None, Some(municipal)) => self.catalogue.offering(municipal).collect(),
                    (None, None) => vec![],
                };
                let places = self.catalogue.places.iter().filter(|(owner, _)| owners.contains(&owner.as_str()));
                places.map(|(_, place)| self.to("place", &place.slug.value)).collect()
            }
        };
        here.into_iter().chain(elsewhere).chain(post).chain(offices).collect()
    }
}

/// Something that belongs to one service, with a name.
fn part_of(id: String, kind: &str, name: &Text, members: Vec<(&str, Value)>) -> Value {
    let identifier = id.rsplit('/').next().unwrap_or_default().to_owned();
    let own = vec![
        ("@id", id.into()),
        ("@type", kind.into()),
        ("dct:identifier", identifier.into()),
        ("dct:title", text(name)),
    ];
    node(own.into_iter().chain(members).collect())
}

fn cost(id: String, fee: &Fee) -> Value {
    let euros = |cents: u32| format!("{}.{:02}", cents / 100, cents % 100);
    let value = fee.cents.as_ref().map(|cents| json!({"@type": "xsd:double", "@value": euros(cents.value)}));
    let identifier = id.rsplit('/').next().unwrap_or_default().to_owned();
    node(vec![
        ("@id", id.into()),
        ("@type", "cv:Cost".into()),
        ("dct:identifier", identifier.into()),
        ("cv:hasValue", value.unwrap_or_default()),
        ("cv:currency", json!({"@id": EURO})),
        ("dct:description", fee.note.as_ref().map_or(Value::Null, text)),
    ])
}

/// ISO 8601, which has no working days: `durvis:termUnit` says whether they are meant.
fn duration(term: Term) -> Value {
    let letter = if term.unit == TermUnit::Months { 'M' } else { 'D' };
    json!({"@type": "xsd:duration", "@value": format!("P{}{letter}", term.days)})
}
