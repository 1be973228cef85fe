//! Narrowing and counting as one would do it by hand, doc by doc.

use durvis_search::{Doc, Facet, Filter, Tables, Variant, kind};

/// The docs of these that pass the filter.
pub fn passing(docs: &[Doc], tables: &Tables, filter: &Filter, found: &[u32]) -> Vec<u32> {
    let mut passing: Vec<u32> =
        found.iter().copied().filter(|at| passes(&docs[*at as usize], tables, filter)).collect();
    passing.sort_unstable();
    passing
}

/// How many docs of these pass with this value ticked instead of the facet's own.
pub fn count(docs: &[Doc], tables: &Tables, filter: &Filter, found: &[u32], facet: Facet, value: u16) -> u32 {
    let mut ticked = Filter::default();
    for other in Facet::ALL.into_iter().filter(|other| *other != facet) {
        filter.values(other).iter().for_each(|value| ticked.tick(other, *value));
    }
    ticked.tick(facet, value);
    passing(docs, tables, &ticked, found).len() as u32
}

fn passes(doc: &Doc, tables: &Tables, filter: &Filter) -> bool {
    doc.variants.iter().any(|variant| {
        Facet::ALL.into_iter().all(|facet| {
            let values = values(doc, variant, tables, facet);
            filter.values(facet).is_empty() || filter.values(facet).iter().any(|value| values.contains(value))
        })
    })
}

fn values(doc: &Doc, variant: &Variant, tables: &Tables, facet: Facet) -> Vec<u16> {
    let bits = |bits: u8| (0..8).filter(|bit| bits & 1 << bit != 0).collect();
    match facet {
        Facet::Kind => bits(variant.kinds),
        Facet::SignIn if variant.kinds & kind::HERE == 0 => vec![],
        Facet::SignIn => vec![u16::from(doc.sign_in)],
        Facet::Audience => bits(doc.audience),
        Facet::LifeEvent => doc.life_events.clone(),
        Facet::Territory => {
            let parent = tables.territories[usize::from(variant.territory)].parent;
            [variant.territory].into_iter().chain(parent).collect()
        }
        Facet::Place => variant.places.clone(),
        Facet::Institution => vec![variant.institution],
    }
}
