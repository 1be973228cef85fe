//! Facets: what narrows a result list, and how many results each value would leave.
//!
//! Several values of one facet are alternatives; different facets must hold together, and for one and the same variant:
//! "e-service here" and "Ogre" finds what is an e-service *in Ogre*.

use crate::index::{Doc, Index, Variant};

/// The kinds of a service (C9 of the product), as bits and as values of [`Facet::Kind`].
pub mod kind {
    /// An e-service on this portal.
    pub const HERE: u8 = 1;
    /// An e-service on another portal.
    pub const ELSEWHERE: u8 = 1 << 1;
    /// In person, at a place.
    pub const IN_PERSON: u8 = 1 << 2;
    /// By letter.
    pub const POST: u8 = 1 << 3;
}

/// What can be narrowed by. A value is a position in the index's list of that name; of a kind and an audience it is the
/// number of the bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    Kind = 0,
    Audience = 1,
    LifeEvent = 2,
    Territory = 3,
    Place = 4,
    Institution = 5,
}

impl Facet {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Facet; 6] =
        [Facet::Kind, Facet::Audience, Facet::LifeEvent, Facet::Territory, Facet::Place, Facet::Institution];
}

/// The values that are ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter([Vec<u16>; 6]);

impl Filter {
    /// The ticked values of a facet.
    #[must_use]
    pub fn values(&self, facet: Facet) -> &[u16] {
        &self.0[facet as usize]
    }

    /// Ticks a value.
    pub fn tick(&mut self, facet: Facet, value: u16) {
        let values = &mut self.0[facet as usize];
        if !values.contains(&value) {
            values.push(value);
        }
    }

    /// Whether nothing is ticked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    fn admits(&self, facet: Facet, values: Values<'_>) -> bool {
        let ticked = self.values(facet);
        ticked.is_empty() || ticked.iter().any(|value| values.contains(*value))
    }

    /// The facets that a variant fails, as bits.
    fn failed(&self, doc: &Doc, variant: &Variant) -> u8 {
        Facet::ALL.into_iter().fold(0, |failed, facet| {
            failed | u8::from(!self.admits(facet, Values::of(facet, doc, variant))) << facet as u8
        })
    }

    /// Whether some variant of the service passes all facets.
    #[must_use]
    pub fn passes(&self, doc: &Doc) -> bool {
        self.is_empty() || doc.variants.iter().any(|variant| self.failed(doc, variant) == 0)
    }
}

/// How many services each value of each facet holds, with the other facets as they are ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts([Vec<u32>; 6]);

impl Counts {
    /// The count of one value.
    #[must_use]
    pub fn of(&self, facet: Facet, value: u16) -> u32 {
        self.0[facet as usize].get(usize::from(value)).copied().unwrap_or(0)
    }

    pub(crate) fn new(index: &Index) -> Self {
        let sizes =
            [4, 2, index.life_events.len(), index.territories.len(), index.places.len(), index.institutions.len()];
        Self(sizes.map(|size| vec![0; size]))
    }

    /// Counts one service: once for a value, however many of its variants hold it.
    pub(crate) fn add(&mut self, filter: &Filter, doc: &Doc, seen: &mut Vec<(Facet, u16)>) {
        seen.clear();
        for variant in &doc.variants {
            let failed = filter.failed(doc, variant);
            for facet in Facet::ALL {
                if failed & !(1 << facet as u8) != 0 {
                    continue;
                }
                Values::of(facet, doc, variant).each(|value| {
                    if !seen.contains(&(facet, value)) {
                        seen.push((facet, value));
                        self.0[facet as usize][usize::from(value)] += 1;
                    }
                });
            }
        }
    }
}

/// The values that a variant has of a facet.
#[derive(Clone, Copy)]
enum Values<'a> {
    Bits(u8),
    One(u16),
    Many(&'a [u16]),
}

impl<'a> Values<'a> {
    fn of(facet: Facet, doc: &'a Doc, variant: &'a Variant) -> Self {
        match facet {
            Facet::Kind => Values::Bits(variant.kinds),
            Facet::Audience => Values::Bits(doc.audience),
            Facet::LifeEvent => Values::Many(&doc.life_events),
            Facet::Territory => Values::One(variant.territory),
            Facet::Place => Values::Many(&variant.places),
            Facet::Institution => Values::One(variant.institution),
        }
    }

    fn contains(self, value: u16) -> bool {
        match self {
            Values::Bits(bits) => value < 8 && bits & 1 << value != 0,
            Values::One(one) => one == value,
            Values::Many(many) => many.binary_search(&value).is_ok(),
        }
    }

    fn each(self, mut visit: impl FnMut(u16)) {
        match self {
            Values::Bits(bits) => (0..8).filter(|bit| bits & 1 << bit != 0).for_each(visit),
            Values::One(one) => visit(one),
            Values::Many(many) => many.iter().copied().for_each(visit),
        }
    }
}
