//! Writes a catalogue as CPSV-AP: one JSON-LD document, every list in a fixed order, so that the same catalogue gives the
//! same bytes.
//!
//! What CPSV-AP has no word for is said in words of our own (`durvis:`). Layout and comments of an editor's file go along
//! as text (`durvis:File`), where they are not the form that `write` gives.

use serde_json::{Map, Value, json};

use super::vocabulary::{DAYS, EURO, PREFIXES, TEXTS};
use crate::catalogue::plans;
use crate::catalogue::read::Sources;
use crate::catalogue::source::{Catalogue, Country, Institution, LifeEvent, Place, Portal, Synonyms, Territory, Text};
use crate::catalogue::write;

mod service;

/// The whole catalogue. `base` is where its identifiers begin: the portal's address.
#[must_use]
pub fn export(sources: &Sources, catalogue: &Catalogue, base: &str) -> String {
    let writer = Writer { catalogue, base: format!("{base}/id/") };
    let mut graph = vec![writer.portal(&catalogue.portal)];
    graph.extend(catalogue.portal.country.iter().map(|country| writer.country(country)));
    graph.extend(catalogue.territories.iter().map(|territory| writer.territory(territory)));
    graph.extend(catalogue.institutions.iter().map(|institution| writer.institution(institution)));
    graph.extend(catalogue.places.iter().map(|(owner, place)| writer.place(owner, place)));
    graph.extend(catalogue.services.iter().map(|(slug, service)| writer.service(slug, service)));
    graph.extend(catalogue.life_events.iter().map(|(slug, event)| writer.life_event(slug, event)));
    graph.extend(catalogue.laws.iter().map(|law| writer.law(law)));
    graph.extend(catalogue.plans.iter().map(|(slug, plan)| writer.plan(slug, plan)));
    graph.extend(catalogue.synonyms.iter().enumerate().map(|(at, entry)| writer.synonyms(at, entry)));
    graph.extend(concepts());
    let ours = write::files(catalogue);
    let laid_out = sources.0.iter().filter(|(path, text)| ours.get(*path) != Some(text));
    graph.extend(laid_out.map(|(path, text)| writer.file(path, text)));
    let document = json!({"@context": context(), "@graph": graph});
    serde_json::to_string_pretty(&document).expect("texts are always JSON") + "\n"
}

/// What our documents declare their names by.
pub(in crate::catalogue) fn context() -> Value {
    let prefixes = PREFIXES.map(|(prefix, iri)| (prefix.to_owned(), iri.into()));
    let texts = TEXTS.map(|term| (term.to_owned(), json!({"@id": term, "@container": "@language"})));
    prefixes.into_iter().chain(texts).collect::<Map<String, Value>>().into()
}

/// The shapes ask for the types of codes, so they are named here.
fn concepts() -> impl Iterator<Item = Value> {
    let labels = [
        ("durvis:person", "Private person"),
        ("durvis:business", "Entrepreneur"),
        ("durvis:here", "E-service on this portal"),
        ("durvis:elsewhere", "E-service on another portal"),
        ("durvis:office", "Office"),
        ("durvis:post", "Letter"),
        (EURO, "Euro"),
    ];
    labels.into_iter().map(|(id, label)| json!({"@id": id, "@type": "skos:Concept", "skos:prefLabel": {"en": label}}))
}

struct Writer<'a> {
    catalogue: &'a Catalogue,
    base: String,
}

/// An object without the members that say nothing.
fn node(members: Vec<(&str, Value)>) -> Value {
    let says = |value: &Value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    };
    let members = members.into_iter().filter(|(_, value)| says(value));
    members.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

fn text(text: &Text) -> Value {
    json!(text.value)
}

/// A piece of our own form that CPSV-AP has no structure for.
fn own(value: &impl serde::Serialize) -> Value {
    json!({"@type": "@json", "@value": value})
}

impl Writer<'_> {
    fn id(&self, kind: &str, slug: &str) -> String {
        format!("{}{kind}/{slug}", self.base)
    }

    fn to(&self, kind: &str, slug: &str) -> Value {
        json!({"@id": self.id(kind, slug)})
    }

    /// The territory of an entry: the country where it names none.
    fn spatial(&self, territory: Option<&str>) -> Value {
        let country = || self.catalogue.portal.country.as_ref().map(|country| country.slug.as_str());
        territory.or_else(country).map_or(Value::Null, |slug| self.to("territory", slug))
    }

    fn portal(&self, portal: &Portal) -> Value {
        node(vec![
            ("@id", format!("{}portal", self.base).into()),
            ("@type", "durvis:Portal".into()),
            ("durvis:languages", json!({"@list": portal.languages})),
            ("durvis:foreign", if portal.foreign { true.into() } else { Value::Null }),
            ("durvis:country", portal.country.as_ref().map_or(Value::Null, |one| self.to("territory", &one.slug))),
            ("durvis:regions", if portal.regions.is_empty() { Value::Null } else { own(&portal.regions) }),
        ])
    }

    fn country(&self, country: &Country) -> Value {
        node(vec![
            ("@id", self.id("territory", &country.slug).into()),
            ("@type", "dct:Location".into()),
            ("dct:identifier", country.slug.as_str().into()),
            ("skos:prefLabel", text(&country.name)),
        ])
    }

    fn territory(&self, territory: &Territory) -> Value {
        let unit = |unit: &crate::catalogue::source::Unit| {
            json!({
                "@id": self.id("territory-unit", &unit.code.value), "@type": "dct:Location",
                "skos:notation": unit.code.value, "durvis:kind": unit.kind, "skos:prefLabel": text(&unit.name),
            })
        };
        node(vec![
            ("@id", self.id("territory", &territory.slug.value).into()),
            ("@type", "dct:Location".into()),
            ("dct:identifier", territory.slug.value.as_str().into()),
            ("skos:notation", territory.code.value.as_str().into()),
            ("durvis:kind", json!(territory.kind)),
            ("skos:prefLabel", text(&territory.name)),
            ("durvis:unit", territory.units.iter().map(unit).collect()),
        ])
    }

    fn institution(&self, institution: &Institution) -> Value {
        let slug = &institution.slug.value;
        let territory = institution.territory.as_ref().map(|territory| territory.value.as_str());
        let email = institution.email.as_ref().map(|email| email.value.as_str());
        node(vec![
            ("@id", self.id("institution", slug).into()),
            ("@type", json!(["cv:PublicOrganisation", "org:Organization"])),
            ("dct:identifier", slug.as_str().into()),
            ("skos:prefLabel", text(&institution.name)),
            ("durvis:short", json!(institution.short)),
            ("dct:spatial", self.spatial(territory)),
            ("cv:contactPoint", self.contact(&self.id("institution", slug), institution.phone.as_deref(), email)),
            ("foaf:homepage", institution.website.as_ref().map_or(Value::Null, |site| json!({"@id": site.value}))),
        ])
    }

    fn contact(&self, of: &str, phone: Option<&str>, email: Option<&str>) -> Value {
        if phone.is_none() && email.is_none() {
            return Value::Null;
        }
        node(vec![
            ("@id", format!("{of}#contact").into()),
            ("@type", "cv:ContactPoint".into()),
            ("cv:telephone", json!(phone)),
            ("cv:email", json!(email)),
        ])
    }

    fn place(&self, owner: &str, place: &Place) -> Value {
        let slug = &place.slug.value;
        let id = self.id("place", slug);
        let days = place.hours.value.days().into_iter().zip(DAYS);
        let hours: Vec<String> = days.filter_map(|(hours, day)| Some(format!("{day} {}", hours?))).collect();
        let first = self.catalogue.portal.languages.first().map_or("und", String::as_str);
        let [latitude, longitude] = place.position.value;
        let opening = match hours.is_empty() {
            true => Value::Null,
            false => {
                json!({"@id": format!("{id}#hours"), "@type": "time:TemporalEntity", "schema:openingHours": hours})
            }
        };
        node(vec![
            ("@id", id.as_str().into()),
            ("@type", "cv:Channel".into()),
            ("dct:type", json!({"@id": "durvis:office"})),
            ("dct:identifier", slug.as_str().into()),
            ("dct:title", text(&place.name)),
            ("cv:ownedBy", self.to("institution", owner)),
            ("dct:spatial", self.to("territory", &place.territory.value)),
            (
                "locn:address",
                json!({"@id": format!("{id}#address"), "@type": "locn:Address", "locn:fullAddress": {first: place.address}}),
            ),
            ("cv:contactPoint", self.contact(&id, place.phone.as_deref(), place.email.as_ref().map(|one| &*one.value))),
            ("cv:openingHours", opening),
            ("schema:latitude", json!(latitude.to_string())),
            ("schema:longitude", json!(longitude.to_string())),
        ])
    }

    fn life_event(&self, slug: &str, event: &LifeEvent) -> Value {
        node(vec![
            ("@id", self.id("life-event", slug).into()),
            ("@type", json!(["cv:LifeEvent", "cv:Event"])),
            ("dct:identifier", slug.into()),
            ("dct:title", text(&event.name)),
            ("dct:description", text(&event.summary)),
            ("durvis:icon", event.icon.as_str().into()),
            ("schema:position", event.order.into()),
            ("cv:hasRelatedService", event.services.iter().map(|one| self.to("service", &one.value)).collect()),
            ("skos:altLabel", json!(event.synonyms)),
        ])
    }

    fn law(&self, law: &plans::Law) -> Value {
        json!({"@id": self.id("law", &law.slug.value), "@type": "durvis:Law", "durvis:entry": own(law)})
    }

    fn plan(&self, slug: &str, plan: &plans::Plan) -> Value {
        json!({
            "@id": self.id("plan", slug), "@type": "durvis:Plan", "dct:identifier": slug, "durvis:entry": own(plan),
        })
    }

    fn synonyms(&self, at: usize, entry: &Synonyms) -> Value {
        json!({
            "@id": self.id("synonyms", &(at + 1).to_string()), "@type": "durvis:Synonyms", "durvis:entry": own(entry),
        })
    }

    fn file(&self, path: &str, text: &str) -> Value {
        json!({
            "@id": self.id("file", path), "@type": "durvis:File",
            "durvis:path": path, "durvis:text": text,
        })
    }
}
