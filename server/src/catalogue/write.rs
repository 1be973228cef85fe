//! From a [`Catalogue`] back to files, in one form: the same catalogue gives the same bytes. An editor's own layout and
//! comments are not in it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::source::{Catalogue, Institution, Place, Synonyms, Territory};

/// Every file of a catalogue, by path.
#[must_use]
pub fn files(catalogue: &Catalogue) -> BTreeMap<String, String> {
    let mut files = BTreeMap::from([("portal.yaml".to_owned(), yaml(&catalogue.portal))]);
    let territories: Vec<&Territory> = catalogue.territories.iter().map(|one| &one.entry).collect();
    if !territories.is_empty() {
        files.insert("territories.yaml".into(), yaml(&territories));
    }
    let institutions: Vec<&Institution> = catalogue.institutions.iter().map(|one| &one.entry).collect();
    if !institutions.is_empty() {
        files.insert("institutions.yaml".into(), yaml(&institutions));
    }
    let mut places: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for (owner, place) in &catalogue.places {
        places.entry(owner).or_default().push(&place.entry);
    }
    files.extend(places.iter().map(|(owner, places)| (format!("places/{owner}.yaml"), yaml(places))));
    let synonyms: Vec<&Synonyms> = catalogue.synonyms.iter().map(|one| &one.entry).collect();
    if !synonyms.is_empty() {
        files.insert("synonyms.yaml".into(), yaml(&synonyms));
    }
    let services = catalogue.services.iter();
    files.extend(services.map(|(slug, service)| (format!("services/{slug}.yaml"), yaml(&service.entry))));
    let events = catalogue.life_events.iter();
    files.extend(events.map(|(slug, event)| (format!("life-events/{slug}.yaml"), yaml(&event.entry))));
    let laws: Vec<_> = catalogue.laws.iter().map(|law| &law.entry).collect();
    if !laws.is_empty() {
        files.insert("laws.yaml".into(), yaml(&laws));
    }
    let plans = catalogue.plans.iter();
    files.extend(plans.map(|(slug, plan)| (format!("plans/{slug}.yaml"), yaml(&plan.entry))));
    files
}

fn yaml(value: &impl Serialize) -> String {
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
    serde_saphyr::to_string_with_options(value, options).expect("a catalogue is always YAML")
}
