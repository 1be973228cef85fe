//! Narrowing and counting in one pass over the docs found.
//!
//! Many docs have the same variants (their *shape*), and the same life events. So a doc only adds to the number of docs of
//! its shape; each shape's variants are looked at once, at the end. What does not hang on the doc is looked up once.

use std::cell::Cell;

use crate::codec::{Ascending, Column, Lists};
use crate::facet::{Counts, Facet, Filter, kind};
use crate::file::{Rows, Section};
use crate::index::{DISTINCT, Index, MUNICIPAL, SIGN_IN};

/// How deep territories may lie in each other.
const MAX_PARENTS: usize = 4;
/// How many variants' values are looked at for each byte of the file: what a whole file never needs, a forged one could.
const STEPS_PER_BYTE: usize = 64;

/// Whether something passes the filter: not looked at yet, yes, no.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passes {
    Unknown,
    Yes,
    No,
}

/// What an offer has of the facets that lie in variants.
struct Offer {
    territory: u16,
    institution: u16,
    kinds: u8,
    sign_in: u8,
    places: usize,
}

/// Narrows docs and counts them.
pub(crate) struct Counting<'a> {
    index: &'a Index,
    filter: &'a Filter,
    /// Nothing is ticked: all pass.
    open: bool,
    shape_of: Column<'a>,
    events_of: Column<'a>,
    audience_of: Column<'a>,
    shape_flags: Column<'a>,
    offer_territory: Column<'a>,
    offer_institution: Column<'a>,
    offer_kinds: Column<'a>,
    offer_places: Column<'a>,
    parents: Column<'a>,
    offers: Lists<'a>,
    places: Lists<'a>,
    events: Lists<'a>,
    shape_passes: Vec<Passes>,
    events_pass: Vec<Passes>,
    /// Docs that pass all facets besides those of variants, by shape.
    shapes: Vec<u32>,
    /// Docs that pass all facets besides life events, by set of them; and besides the audience, by its bits.
    sets: Vec<u32>,
    audiences: [u32; 4],
    steps: Cell<usize>,
}

impl<'a> Counting<'a> {
    pub(crate) fn new(index: &'a Index, filter: &'a Filter) -> Self {
        let file = &index.file;
        let (shapes, sets) = (file.rows(Rows::Shapes), file.rows(Rows::EventSets));
        Self {
            index,
            filter,
            open: filter.is_empty(),
            shape_of: file.column(Section::DocShape, Rows::Docs),
            events_of: file.column(Section::DocEvents, Rows::Docs),
            audience_of: file.column(Section::DocAudience, Rows::Docs),
            shape_flags: file.column(Section::ShapeFlags, Rows::Shapes),
            offer_territory: file.column(Section::OfferTerritory, Rows::Offers),
            offer_institution: file.column(Section::OfferInstitution, Rows::Offers),
            offer_kinds: file.column(Section::OfferKinds, Rows::Offers),
            offer_places: file.column(Section::OfferPlaces, Rows::Offers),
            parents: file.column(Section::TerritoryParent, Rows::Territories),
            offers: file.lists(Section::ShapeOffers, Rows::Shapes),
            places: file.lists(Section::PlaceSets, Rows::PlaceSets),
            events: file.lists(Section::EventSets, Rows::EventSets),
            shape_passes: vec![Passes::Unknown; shapes],
            events_pass: vec![Passes::Unknown; sets],
            shapes: vec![0; shapes],
            sets: vec![0; sets],
            audiences: [0; 4],
            steps: Cell::new(file.bytes.len().saturating_mul(STEPS_PER_BYTE)),
        }
    }

    /// Counts a doc; says whether it passes the filter.
    #[inline]
    pub(crate) fn add(&mut self, doc: usize) -> bool {
        let (shape, set) = (self.shape_of.get(doc) as usize, self.events_of.get(doc) as usize);
        let audience = self.audience_of.get(doc) as u8 & 3;
        if shape >= self.shapes.len() || set >= self.sets.len() {
            return false;
        }
        let for_them = self.open || self.filter.admits_bits(Facet::Audience, audience);
        let in_events = self.open || self.events_pass(set);
        if for_them && in_events {
            self.shapes[shape] += 1;
        } else if !for_them && !in_events {
            return false;
        }
        if !self.open && !self.shape_passes(shape) {
            return false;
        }
        if in_events {
            self.audiences[usize::from(audience)] += 1;
        }
        if for_them {
            self.sets[set] += 1;
        }
        for_them && in_events
    }

    /// The counts of all docs added.
    pub(crate) fn finish(self) -> Counts {
        let mut counts = Counts::new(self.index);
        for (bits, docs) in (0_u8..).zip(self.audiences) {
            counts.add_bits(Facet::Audience, bits, docs);
        }
        for (set, docs) in self.sets.iter().enumerate().filter(|(_, docs)| **docs > 0) {
            self.events.ascending(set).for_each(|event| counts.add(Facet::LifeEvent, event as usize, *docs));
        }
        // By value: the shape that has counted it last, plus 1.
        let mut seen =
            [Facet::Territory, Facet::Place, Facet::Institution].map(|facet| vec![0; self.index.values(facet)]);
        let mut by_offer = vec![0; self.index.file.rows(Rows::Offers)];
        for shape in 0..self.shapes.len() {
            let docs = self.shapes[shape];
            if docs == 0 {
                continue;
            }
            if self.open && self.shape_flags.get(shape) as u8 & DISTINCT != 0 {
                self.count_distinct(shape, docs, &mut counts, &mut by_offer);
            } else {
                self.count_shape(shape, &mut counts, &mut seen);
            }
        }
        for (offer, docs) in (0..).zip(by_offer).filter(|(_, docs)| *docs > 0) {
            let offer = self.offer(0, offer);
            for territory in self.territories(offer.territory) {
                counts.add(Facet::Territory, usize::from(territory), docs);
            }
            for place in self.bounded(self.places.ascending(offer.places)) {
                counts.add(Facet::Place, place as usize, docs);
            }
            counts.add(Facet::Institution, usize::from(offer.institution), docs);
        }
        counts
    }

    /// Counts the docs of a shape that has no value twice, while nothing is ticked: for each of its offers, to be shared out
    /// to their values when all shapes are counted.
    fn count_distinct(&self, shape: usize, docs: u32, counts: &mut Counts, by_offer: &mut [u32]) {
        let kinds = self.index.shape_kinds(shape) & 15;
        counts.add_bits(Facet::Kind, kinds, docs);
        counts.add_bits(Facet::SignIn, sign_in(kinds, self.shape_flags.get(shape) as u8), docs);
        for offer in self.bounded(self.offers.ascending(shape)) {
            if let Some(sum) = by_offer.get_mut(offer as usize) {
                *sum = u32::saturating_add(*sum, docs);
            }
        }
    }

    /// Counts the docs of a shape: once for a value, however many variants have it.
    fn count_shape(&self, shape: usize, counts: &mut Counts, seen: &mut [Vec<u32>; 3]) {
        let (docs, stamp) = (self.shapes[shape], shape as u32 + 1);
        let (mut kinds, mut sign_ins) = (0, 0);
        let mut once = |facet: Facet, table: usize, value: u16| {
            if let Some(last) = seen[table].get_mut(usize::from(value)).filter(|last| **last != stamp) {
                *last = stamp;
                counts.add(facet, usize::from(value), docs);
            }
        };
        for offer in self.bounded(self.offers.ascending(shape)) {
            let offer = self.offer(shape, offer);
            let failed = if self.open { 0 } else { self.failed(&offer) };
            let counts_for = |facet: Facet| failed & !(1 << facet as u8) == 0;
            if counts_for(Facet::Kind) {
                kinds |= offer.kinds;
            }
            if counts_for(Facet::SignIn) {
                sign_ins |= offer.sign_in;
            }
            if counts_for(Facet::Territory) {
                self.territories(offer.territory).for_each(|territory| once(Facet::Territory, 0, territory));
            }
            if counts_for(Facet::Place) {
                for place in self.bounded(self.places.ascending(offer.places)) {
                    once(Facet::Place, 1, u16::try_from(place).unwrap_or(u16::MAX));
                }
            }
            if counts_for(Facet::Institution) {
                once(Facet::Institution, 2, offer.institution);
            }
        }
        counts.add_bits(Facet::Kind, kinds, docs);
        counts.add_bits(Facet::SignIn, sign_ins, docs);
    }

    /// Whether a doc of this shape is at hand for a reader of this territory: it is the state's, or offered there.
    pub(crate) fn is_near(&self, shape: usize, near: u16) -> bool {
        self.shape_flags.get(shape) as u8 & MUNICIPAL == 0
            || self.bounded(self.offers.ascending(shape)).any(|offer| {
                let territory = self.offer_territory.get(offer as usize);
                self.territories(near).any(|near| u32::from(near) == territory)
            })
    }

    fn events_pass(&mut self, set: usize) -> bool {
        if self.events_pass[set] == Passes::Unknown {
            let ticked = self.filter.values(Facet::LifeEvent);
            let has = |event: u32| ticked.iter().any(|value| u32::from(*value) == event);
            let passes = ticked.is_empty() || self.events.ascending(set).any(has);
            self.events_pass[set] = if passes { Passes::Yes } else { Passes::No };
        }
        self.events_pass[set] == Passes::Yes
    }

    fn shape_passes(&mut self, shape: usize) -> bool {
        if self.shape_passes[shape] == Passes::Unknown {
            let passes = |offer| self.failed(&self.offer(shape, offer)) == 0;
            let passes = self.bounded(self.offers.ascending(shape)).any(passes);
            self.shape_passes[shape] = if passes { Passes::Yes } else { Passes::No };
        }
        self.shape_passes[shape] == Passes::Yes
    }

    #[inline]
    fn offer(&self, shape: usize, offer: u32) -> Offer {
        let offer = offer as usize;
        let kinds = self.offer_kinds.get(offer) as u8 & 15;
        Offer {
            territory: self.offer_territory.get(offer) as u16,
            institution: self.offer_institution.get(offer) as u16,
            kinds,
            sign_in: sign_in(kinds, self.shape_flags.get(shape) as u8),
            places: self.offer_places.get(offer) as usize,
        }
    }

    /// The facets of variants that an offer fails, as bits.
    fn failed(&self, offer: &Offer) -> u8 {
        let filter = self.filter;
        let places = filter.values(Facet::Place);
        let is_ticked = |at: u32| places.iter().any(|one| u32::from(*one) == at);
        let place = || self.bounded(self.places.ascending(offer.places)).any(is_ticked);
        let bit = |facet: Facet, passes: bool| u8::from(!passes) << facet as u8;
        bit(Facet::Kind, filter.admits_bits(Facet::Kind, offer.kinds))
            | bit(Facet::SignIn, filter.admits_bits(Facet::SignIn, offer.sign_in))
            | bit(Facet::Territory, self.territories(offer.territory).any(|one| filter.admits(Facet::Territory, one)))
            | bit(Facet::Place, places.is_empty() || place())
            | bit(Facet::Institution, filter.admits(Facet::Institution, offer.institution))
    }

    /// As long as there are steps left.
    fn bounded(&self, list: Ascending<'a>) -> impl Iterator<Item = u32> + use<'_, 'a> {
        list.take_while(|_| {
            let left = self.steps.get();
            self.steps.set(left.saturating_sub(1));
            left > 0
        })
    }

    /// A territory and those that it is a part of.
    fn territories(&self, from: u16) -> impl Iterator<Item = u16> + use<'_, 'a> {
        let parent = |at: &u16| u16::try_from(self.parents.get(usize::from(*at)).checked_sub(1)?).ok();
        std::iter::successors(Some(from), parent).take(MAX_PARENTS)
    }
}

/// The values of [`Facet::SignIn`] that an offer of these kinds has in a shape with these flags, as bits.
fn sign_in(kinds: u8, flags: u8) -> u8 {
    let needs = u8::from(flags & SIGN_IN != 0);
    if kinds & kind::HERE == 0 { 0 } else { 1 << needs }
}
