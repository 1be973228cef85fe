//! The files that browsers fetch: for each language a search index and a bundle of all descriptions, named by their
//! content and compressed once, here.

use std::io::Write;

use durvis_contract as contract;
use durvis_contract::{Audience, Bundle, Counts, EServiceCounts};
use durvis_search as search;
use durvis_search::kind;
use sha2::{Digest, Sha256};

use super::localise::Localised;
use super::source::{Catalogue, Municipal, Service};

/// A file under `/catalogue/`.
#[derive(Clone, Debug)]
pub struct PublishedFile {
    /// `<lang>.<index|details>.<hash>`
    pub name: String,
    pub plain: Vec<u8>,
}

impl PublishedFile {
    /// Names a file by its content.
    #[must_use]
    pub fn new(prefix: &str, plain: Vec<u8>) -> Self {
        let name = format!("{prefix}.{}", short_hash(&plain));
        Self { name, plain }
    }

    /// In brotli and in gzip, as small as they get: seconds for a large file.
    #[must_use]
    pub fn compressed(&self) -> (Vec<u8>, Vec<u8>) {
        (brotli(&self.plain), gzip(&self.plain))
    }
}

/// The first 16 hexadecimal digits of SHA-256: what a name needs to never be given twice.
#[must_use]
pub fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn brotli(plain: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &plain[..], &mut out, &params).expect("memory does not fail to write");
    out
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).and_then(|()| encoder.finish()).expect("memory does not fail to write")
}

/// Everything of one language that is readable without a network.
#[must_use]
pub fn bundle(localised: &Localised<'_>) -> Bundle {
    let catalogue = localised.catalogue;
    Bundle {
        services: catalogue.services.iter().map(|(slug, service)| localised.service(slug, service)).collect(),
        places: catalogue.places.iter().map(|(owner, place)| localised.place(owner, place)).collect(),
        institutions: catalogue.institutions.iter().map(|one| localised.institution(one)).collect(),
    }
}

/// The search index of one language.
#[must_use]
pub fn index(localised: &Localised<'_>, bundle: &Bundle) -> search::Index {
    let catalogue = localised.catalogue;
    let mut tables = tables(localised, bundle);
    let mut services: Vec<&contract::Service> = bundle.services.iter().collect();
    services.sort_by_cached_key(|service| (search::text::fold(&service.name), service.slug.clone()));
    let position = |slug: &str| services.iter().position(|service| service.slug == slug).map(|at| at as u32);
    for (event, (_, source)) in tables.life_events.iter_mut().zip(catalogue.ordered_life_events()) {
        event.docs = source.services.iter().filter_map(|service| position(&service.value)).collect();
    }
    let mut builder = search::Builder::new(tables.clone());
    for service in &services {
        let source = &catalogue.services[&service.slug];
        builder.add(doc(localised, &tables, service, source), &texts(localised, service, source));
    }
    builder.finish()
}

/// The index's lists, without services.
fn tables(localised: &Localised<'_>, bundle: &Bundle) -> search::Tables {
    let catalogue = localised.catalogue;
    let mut tables = search::Tables { lang: localised.lang.into(), ..search::Tables::default() };
    tables.institutions = bundle
        .institutions
        .iter()
        .map(|one| search::Institution {
            slug: one.slug.clone(),
            name: one.name.clone(),
            municipal: one.territory.is_some(),
        })
        .collect();
    tables.institutions.sort_by_cached_key(|one| search::text::fold(&one.name));
    // The country, the regions, the territories: those that are a part of others come after them.
    let (country, regions) = (&catalogue.portal.country, &catalogue.portal.regions);
    let whole = |slug: &str, name| search::Territory {
        slug: slug.into(),
        name: localised.text(name),
        ..search::Territory::default()
    };
    let parent = |slug: &str| {
        let region = regions.iter().position(|region| region.territories.iter().any(|one| one.value == slug))?;
        u16::try_from(country.iter().count() + region).ok()
    };
    tables.territories = country
        .iter()
        .map(|country| whole(&country.slug, &country.name))
        .chain(regions.iter().map(|region| whole(&region.slug.value, &region.name)))
        .chain(catalogue.territories.iter().map(|territory| search::Territory {
            slug: territory.slug.value.clone(),
            name: localised.text(&territory.name),
            units: territory.units.iter().map(|unit| localised.text(&unit.name)).collect(),
            parent: parent(&territory.slug.value),
        }))
        .collect();
    let territory = |slug: &str| tables.territories.iter().position(|one| one.slug == slug).unwrap_or(0) as u16;
    let institution = |slug: &str| tables.institutions.iter().position(|one| one.slug == slug).unwrap_or(0) as u16;
    tables.places = bundle
        .places
        .iter()
        .map(|place| search::Place {
            slug: place.slug.clone(),
            name: place.name.clone(),
            address: place.address.clone(),
            territory: territory(&place.territory.slug),
            institution: institution(&place.institution),
        })
        .collect();
    tables.life_events = catalogue
        .ordered_life_events()
        .into_iter()
        .map(|(slug, event)| search::LifeEvent {
            slug: slug.into(),
            name: localised.text(&event.name),
            summary: localised.text(&event.summary),
            icon: event.icon.clone(),
            docs: vec![],
        })
        .collect();
    tables
}

fn doc(
    localised: &Localised<'_>,
    tables: &search::Tables,
    service: &contract::Service,
    source: &Service,
) -> search::Doc {
    let event = |slug: &&str| tables.life_events.iter().position(|event| event.slug == **slug).map(|at| at as u16);
    let mut life_events: Vec<u16> = localised.life_events_of(&service.slug).iter().filter_map(event).collect();
    life_events.sort_unstable();
    let mut variants: Vec<search::Variant> = service
        .offers
        .iter()
        .map(|offer| {
            let local = service.in_territory(&offer.territory.slug).expect("an offer is offered");
            variant(tables, &local, &offer.territory.slug)
        })
        .collect();
    if !service.is_municipal() {
        variants.push(variant(tables, service, ""));
    }
    let fees = service.fees.iter().filter_map(|fee| fee.cents);
    let here = service.channels.here.as_ref();
    let has = |audience| service.audience.contains(&audience);
    search::Doc {
        slug: service.slug.clone(),
        name: service.name.clone(),
        summary: service.summary.clone(),
        name_lang: contract::language_of(&service.fallbacks, "name").map(str::to_owned),
        summary_lang: contract::language_of(&service.fallbacks, "summary").map(str::to_owned),
        municipal: service.is_municipal(),
        sign_in: here.is_some_and(|here| here.sign_in),
        kinds: variants.iter().fold(0, |kinds, variant| kinds | variant.kinds),
        audience: u8::from(has(Audience::Person)) | u8::from(has(Audience::Business)) << 1,
        popularity: source.popularity.value,
        fill_minutes: service.fill_minutes,
        fee_cents: match (fees.clone().min(), fees.max()) {
            (Some(least), Some(most)) => (least, most),
            _ if service.partial || !service.fees.is_empty() => contract::Fee::NOT_STATED,
            _ => (0, 0),
        },
        term: service.term.map(|term| (term.days, unit(term.unit))),
        life_events,
        variants,
    }
}

fn variant(tables: &search::Tables, service: &contract::Service, territory: &str) -> search::Variant {
    let at = |slug: &String| tables.places.iter().position(|place| place.slug == *slug).map(|at| at as u16);
    let owner = service.institution.as_ref().map_or("", |owner| &owner.slug);
    let mut places: Vec<u16> = service.channels.places.iter().filter_map(at).collect();
    places.sort_unstable();
    places.dedup();
    let channels = &service.channels;
    let bit = |set: bool, bit: u8| if set { bit } else { 0 };
    search::Variant {
        territory: tables.territories.iter().position(|one| one.slug == territory).unwrap_or(0) as u16,
        institution: tables.institutions.iter().position(|one| one.slug == owner).unwrap_or(0) as u16,
        kinds: bit(channels.here.is_some(), kind::HERE)
            | bit(channels.elsewhere.is_some(), kind::ELSEWHERE)
            | bit(!places.is_empty(), kind::IN_PERSON)
            | bit(channels.post, kind::POST),
        places,
    }
}

fn texts(localised: &Localised<'_>, service: &contract::Service, source: &Service) -> search::Source {
    let of_lang = |words: &std::collections::BTreeMap<String, Vec<String>>| words.get(localised.lang).cloned();
    let others = |words: &std::collections::BTreeMap<String, Vec<String>>| {
        words
            .iter()
            .filter(|(lang, _)| *lang != localised.lang)
            .flat_map(|(_, words)| words.clone())
            .collect::<Vec<_>>()
    };
    let names = source.name.value.iter().filter(|(lang, _)| *lang != localised.lang);
    let institution = localised
        .catalogue
        .institutions
        .iter()
        .find(|one| service.institution.as_ref().is_some_and(|owner| owner.slug == one.slug.value));
    search::Source {
        synonyms: [of_lang(&source.synonyms), localised.said.get(&service.slug).cloned()]
            .into_iter()
            .flatten()
            .flatten()
            .collect(),
        keywords: of_lang(&source.keywords).unwrap_or_default(),
        other_names: names.map(|(_, name)| name.clone()).chain(others(&source.synonyms)).collect(),
        institution: institution
            .into_iter()
            .flat_map(|one| [Some(localised.text(&one.name)), one.short.clone()].into_iter().flatten())
            .collect(),
        description: format!("{} {}", service.description, life_events(localised, &service.slug)),
    }
}

/// The words by which citizens name the life events of a service: found in passing, like its description.
fn life_events(localised: &Localised<'_>, slug: &str) -> String {
    let events = localised.life_events_of(slug).iter().filter_map(|event| localised.catalogue.life_events.get(*event));
    let words = |event: &super::source::In<super::source::LifeEvent>| {
        let synonyms = event.synonyms.get(localised.lang).map(|synonyms| synonyms.join(" ")).unwrap_or_default();
        format!("{} {synonyms}", localised.text(&event.name))
    };
    events.map(words).collect::<Vec<_>>().join(" ")
}

fn unit(unit: contract::TermUnit) -> search::TermUnit {
    match unit {
        contract::TermUnit::WorkingDays => search::TermUnit::WorkingDays,
        contract::TermUnit::CalendarDays => search::TermUnit::CalendarDays,
        contract::TermUnit::Months => search::TermUnit::Months,
    }
}

/// How much a catalogue holds. Counted on the source: languages do not change it.
#[must_use]
pub fn counts(catalogue: &Catalogue) -> Counts {
    let variants = |municipal: &Municipal| catalogue.offering(municipal).count() as u32;
    let mut counts = Counts {
        life_events: catalogue.life_events.len() as u32,
        institutions: catalogue.institutions.len() as u32,
        territories: catalogue.territories.iter().map(|territory| 1 + territory.units.len() as u32).sum(),
        places: catalogue.places.len() as u32,
        languages: catalogue.portal.languages.clone(),
        ..Counts::default()
    };
    let mut e_services = EServiceCounts::default();
    let localised = Localised::new(catalogue, "");
    for (slug, service) in &catalogue.services {
        let service_here = u32::from(service.channels.value.here.is_some());
        let service_elsewhere = u32::from(service.channels.value.elsewhere.is_some());
        match &service.municipal {
            None => {
                counts.national += 1;
                e_services.here += service_here;
                e_services.elsewhere += service_elsewhere;
            }
            Some(municipal) => {
                counts.municipal_kinds += 1;
                counts.services += variants(municipal);
                let offers = localised.service(slug, service).offers;
                e_services.here += offers.iter().filter(|offer| offer.here).count() as u32;
                e_services.elsewhere += offers.iter().filter(|offer| offer.elsewhere).count() as u32;
            }
        }
    }
    counts.services += counts.national;
    counts.e_services = e_services;
    counts
}
