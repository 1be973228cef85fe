//! Facets: what narrows a result list, and how many results each value would leave. The counting is in `count`.
//!
//! Several values of one facet are alternatives; different facets must hold together, and for one and the same variant:
//! "e-service here" and "Ogre" finds what is an e-service *in Ogre*.

use crate::index::Index;

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
    /// A part of a municipality counts for the municipality too; the country holds only what is offered in all of it.
    Territory = 3,
    Place = 4,
    Institution = 5,
    /// Of an e-service on this portal: 0 open to all, 1 needs sign-in. Others have neither value.
    SignIn = 6,
}

/// How many facets there are.
pub(crate) const FACETS: usize = 7;

impl Facet {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Facet; FACETS] = [
        Facet::Kind,
        Facet::SignIn,
        Facet::Audience,
        Facet::LifeEvent,
        Facet::Territory,
        Facet::Place,
        Facet::Institution,
    ];
}

/// The values that are ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter([Vec<u16>; FACETS]);

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

    /// Whether nothing is ticked, or this value.
    pub(crate) fn admits(&self, facet: Facet, value: u16) -> bool {
        let ticked = self.values(facet);
        ticked.is_empty() || ticked.contains(&value)
    }

    /// Whether nothing is ticked, or a bit of these.
    pub(crate) fn admits_bits(&self, facet: Facet, bits: u8) -> bool {
        let ticked = self.values(facet);
        ticked.is_empty() || ticked.iter().any(|value| *value < 8 && bits & 1 << value != 0)
    }
}

/// How many services each value of each facet holds, with the other facets as they are ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts([Vec<u32>; FACETS]);

impl Counts {
    /// The count of one value.
    #[must_use]
    pub fn of(&self, facet: Facet, value: u16) -> u32 {
        self.0[facet as usize].get(usize::from(value)).copied().unwrap_or(0)
    }

    /// Zero for each value.
    pub(crate) fn new(index: &Index) -> Self {
        let mut counts = Self::default();
        for facet in Facet::ALL {
            counts.0[facet as usize] = vec![0; index.values(facet)];
        }
        counts
    }

    #[inline]
    pub(crate) fn add(&mut self, facet: Facet, value: usize, docs: u32) {
        if let Some(count) = self.0[facet as usize].get_mut(value) {
            *count = count.saturating_add(docs);
        }
    }

    pub(crate) fn add_bits(&mut self, facet: Facet, bits: u8, docs: u32) {
        for bit in 0..8 {
            if bits & 1 << bit != 0 {
                self.add(facet, bit, docs);
            }
        }
    }
}
