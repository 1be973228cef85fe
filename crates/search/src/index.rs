//! An index, used in place: the bytes of its file and where its parts are. A piece is read when it is asked for.

use std::sync::{Arc, Mutex};

use crate::codec::IndexError;
use crate::facet::{Facet, kind};
use crate::file::{File, Rows, Section};
use crate::query::sort_keys;
use crate::records::{Doc, Institution, LifeEvent, Place, TermUnit, Territory, Variant};
use crate::scratch::Scratch;

pub(crate) const E_SERVICE: u8 = kind::HERE | kind::ELSEWHERE;

/// Flags of a shape.
pub(crate) const MUNICIPAL: u8 = 1;
pub(crate) const SIGN_IN: u8 = 1 << 1;
/// No value of a facet is in two of its offers.
pub(crate) const DISTINCT: u8 = 1 << 2;

/// One language of the catalogue. Cheap to clone: clones share the bytes.
#[derive(Clone, Debug)]
pub struct Index {
    pub(crate) file: File,
    /// Left by the last search for the next one.
    pub(crate) scratch: Arc<Mutex<Scratch>>,
}

impl Index {
    /// Takes a file's bytes, after checking that they are whole.
    ///
    /// # Errors
    /// When they are not an index of this format, or are damaged.
    pub fn open(bytes: impl Into<Arc<[u8]>>) -> Result<Self, IndexError> {
        Ok(Self { file: File::open(bytes.into())?, scratch: Arc::default() })
    }

    /// The file of this index.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.file.bytes
    }

    /// The language of its texts.
    #[must_use]
    pub fn lang(&self) -> &str {
        std::str::from_utf8(self.file.section(Section::Lang)).unwrap_or_default()
    }

    /// How many docs it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.file.rows(Rows::Docs)
    }

    /// Whether it has no docs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A doc; an empty one where there is none.
    #[must_use]
    pub fn doc(&self, at: u32) -> Doc {
        let row = at as usize;
        if row >= self.len() {
            return Doc::default();
        }
        let text = |section| self.file.texts(section, Rows::Docs).get(row).to_owned();
        let number = |section| self.file.column(section, Rows::Docs).get(row);
        let narrow = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        let shape = number(Section::DocShape) as usize;
        let flags = self.shape_flags(shape);
        let events = number(Section::DocEvents) as usize;
        let events = self.file.lists(Section::EventSets, Rows::EventSets).ascending(events);
        Doc {
            slug: text(Section::DocSlug),
            name: text(Section::DocName),
            summary: text(Section::DocSummary),
            name_lang: lang(number(Section::DocNameLang)),
            summary_lang: lang(number(Section::DocSummaryLang)),
            municipal: flags & MUNICIPAL != 0,
            sign_in: flags & SIGN_IN != 0,
            kinds: self.shape_kinds(shape),
            audience: number(Section::DocAudience) as u8,
            popularity: number(Section::DocPopularity) as u8,
            fill_minutes: number(Section::DocMinutes).checked_sub(1).map(narrow),
            fee_cents: (number(Section::DocLowestFee), number(Section::DocHighestFee)),
            term: number(Section::DocTerm).checked_sub(1).map(|term| (narrow(term >> 2), unit(term & 3))),
            life_events: within(events, self.file.rows(Rows::Events)),
            variants: self.variants(shape),
        }
    }

    /// The slug of a doc; empty where there is none.
    #[must_use]
    pub fn doc_slug(&self, at: u32) -> &str {
        self.file.texts(Section::DocSlug, Rows::Docs).get(at as usize)
    }

    /// The position of the doc with a slug.
    #[must_use]
    pub fn find(&self, slug: &str) -> Option<u32> {
        self.file.texts(Section::DocSlug, Rows::Docs).position(slug).map(|at| at as u32)
    }

    /// How many values a facet has.
    #[must_use]
    pub fn values(&self, facet: Facet) -> usize {
        match facet {
            Facet::Kind => 4,
            Facet::Audience | Facet::SignIn => 2,
            _ => table(facet).map_or(0, |(.., rows)| self.file.rows(rows)),
        }
    }

    /// The slug of a facet's value; empty for the facets that have no list.
    #[must_use]
    pub fn slug(&self, facet: Facet, value: u16) -> &str {
        table(facet).map_or("", |(slugs, _, rows)| self.file.texts(slugs, rows).get(usize::from(value)))
    }

    /// The name of a facet's value; empty for the facets that have no list.
    #[must_use]
    pub fn name(&self, facet: Facet, value: u16) -> &str {
        table(facet).map_or("", |(_, names, rows)| self.file.texts(names, rows).get(usize::from(value)))
    }

    /// The value of a facet with this slug; none for the facets that have no list.
    #[must_use]
    pub fn value(&self, facet: Facet, slug: &str) -> Option<u16> {
        let (slugs, _, rows) = table(facet)?;
        u16::try_from(self.file.texts(slugs, rows).position(slug)?).ok()
    }

    /// Institutions, in the order of the alphabet.
    pub fn institutions(&self) -> impl ExactSizeIterator<Item = Institution> + '_ {
        (0..self.file.rows(Rows::Institutions)).map(|at| self.institution(at as u16))
    }

    /// An institution; an empty one where there is none.
    #[must_use]
    pub fn institution(&self, at: u16) -> Institution {
        let text = |section| self.file.texts(section, Rows::Institutions).get(usize::from(at)).to_owned();
        Institution {
            slug: text(Section::InstitutionSlug),
            name: text(Section::InstitutionName),
            municipal: self.file.column(Section::InstitutionMunicipal, Rows::Institutions).get(usize::from(at)) != 0,
        }
    }

    /// The country first, then the municipalities.
    pub fn territories(&self) -> impl ExactSizeIterator<Item = Territory> + '_ {
        (0..self.file.rows(Rows::Territories)).map(|at| self.territory(at as u16))
    }

    /// A territory; an empty one where there is none.
    #[must_use]
    pub fn territory(&self, at: u16) -> Territory {
        let row = usize::from(at);
        let text = |section| self.file.texts(section, Rows::Territories).get(row).to_owned();
        let units = self.file.column(Section::Units, Rows::Territories);
        let last = row + 1 >= self.file.rows(Rows::Territories);
        let to = if last { self.file.rows(Rows::Units) } else { units.get(row + 1) as usize };
        let names = self.file.texts(Section::UnitName, Rows::Units);
        let units = (units.get(row) as usize..to.min(self.file.rows(Rows::Units))).map(|unit| names.get(unit).into());
        Territory {
            slug: text(Section::TerritorySlug),
            name: text(Section::TerritoryName),
            units: units.collect(),
            parent: self.parent(at),
        }
    }

    /// The territory that another one is a part of.
    pub(crate) fn parent(&self, at: u16) -> Option<u16> {
        let parent = self.file.column(Section::TerritoryParent, Rows::Territories).get(usize::from(at));
        u16::try_from(parent.checked_sub(1)?).ok()
    }

    /// Offices.
    pub fn places(&self) -> impl ExactSizeIterator<Item = Place> + '_ {
        (0..self.file.rows(Rows::Places)).map(|at| self.place(at as u16))
    }

    /// An office; an empty one where there is none.
    #[must_use]
    pub fn place(&self, at: u16) -> Place {
        let text = |section| self.file.texts(section, Rows::Places).get(usize::from(at)).to_owned();
        let number = |section| self.file.column(section, Rows::Places).get(usize::from(at)) as u16;
        Place {
            slug: text(Section::PlaceSlug),
            name: text(Section::PlaceName),
            address: text(Section::PlaceAddress),
            territory: number(Section::PlaceTerritory),
            institution: number(Section::PlaceInstitution),
        }
    }

    /// Life events, in the order in which they are shown.
    pub fn life_events(&self) -> impl ExactSizeIterator<Item = LifeEvent> + '_ {
        (0..self.file.rows(Rows::Events)).map(|at| self.life_event(at as u16))
    }

    /// A life event; an empty one where there is none.
    #[must_use]
    pub fn life_event(&self, at: u16) -> LifeEvent {
        let text = |section| self.file.texts(section, Rows::Events).get(usize::from(at)).to_owned();
        let docs = self.file.lists(Section::EventDocs, Rows::Events).get(usize::from(at));
        LifeEvent {
            slug: text(Section::EventSlug),
            name: text(Section::EventName),
            summary: text(Section::EventSummary),
            icon: text(Section::EventIcon),
            docs: docs.filter(|doc| (*doc as usize) < self.len()).collect(),
        }
    }

    /// The most used services that have an e-service, on this portal or another.
    #[must_use]
    pub fn popular_e_services(&self, most: usize) -> Vec<Doc> {
        let shapes = self.file.column(Section::DocShape, Rows::Docs);
        let popularity = self.file.column(Section::DocPopularity, Rows::Docs);
        let online = |doc: &usize| self.shape_kinds(shapes.get(*doc) as usize) & E_SERVICE != 0;
        let key = |doc: usize| (u64::from(!popularity.get(doc)), doc as u32);
        let mut order: Vec<(u64, u32)> = (0..self.len()).filter(online).map(key).collect();
        sort_keys(&mut order);
        order.iter().take(most).map(|(_, doc)| self.doc(*doc)).collect()
    }

    /// How many descriptions there are (a service of each municipality counts), and how many have an e-service.
    #[must_use]
    pub fn sizes(&self) -> (usize, usize) {
        let offers = self.file.lists(Section::ShapeOffers, Rows::Shapes);
        let kinds = self.file.column(Section::OfferKinds, Rows::Offers);
        let online = |offer: u32| usize::from(kinds.get(offer as usize) as u8 & E_SERVICE != 0);
        // A whole file has a byte for each; a forged one might have the same list again and again.
        let mut left = self.file.bytes.len();
        let of_shape = |shape| {
            let list = offers.ascending(shape).take(left);
            let size = list.fold((0, 0), |(all, here), offer| (all + 1, here + online(offer)));
            left -= size.0;
            size
        };
        let sizes: Vec<(usize, usize)> = (0..self.file.rows(Rows::Shapes)).map(of_shape).collect();
        let shapes = self.file.column(Section::DocShape, Rows::Docs);
        (0..self.len()).fold((0, 0), |(all, online), doc| {
            let size = sizes.get(shapes.get(doc) as usize).copied().unwrap_or_default();
            (all + size.0, online + size.1)
        })
    }

    /// Who answers for a service; `None` for a municipal kind.
    #[must_use]
    pub fn institution_of(&self, doc: &Doc) -> Option<Institution> {
        let variant = doc.variants.first().filter(|_| !doc.municipal)?;
        Some(self.institution(variant.institution))
    }

    pub(crate) fn shape_flags(&self, shape: usize) -> u8 {
        self.file.column(Section::ShapeFlags, Rows::Shapes).get(shape) as u8
    }

    pub(crate) fn shape_kinds(&self, shape: usize) -> u8 {
        self.file.column(Section::ShapeKinds, Rows::Shapes).get(shape) as u8
    }

    fn variants(&self, shape: usize) -> Vec<Variant> {
        let sets = self.file.lists(Section::PlaceSets, Rows::PlaceSets);
        let mut out = Vec::new();
        // Far more than a whole file holds for one doc.
        let mut left = self.file.bytes.len().saturating_mul(16);
        for offer in self.file.lists(Section::ShapeOffers, Rows::Shapes).ascending(shape) {
            let number = |section| self.file.column(section, Rows::Offers).get(offer as usize);
            let places = sets.ascending(number(Section::OfferPlaces) as usize).take(left);
            let places = within(places, self.file.rows(Rows::Places));
            left -= places.len();
            out.push(Variant {
                territory: number(Section::OfferTerritory) as u16,
                institution: number(Section::OfferInstitution) as u16,
                kinds: number(Section::OfferKinds) as u8,
                places,
            });
        }
        out
    }
}

/// Where slugs and names of a facet's values stand.
fn table(facet: Facet) -> Option<(Section, Section, Rows)> {
    match facet {
        Facet::LifeEvent => Some((Section::EventSlug, Section::EventName, Rows::Events)),
        Facet::Territory => Some((Section::TerritorySlug, Section::TerritoryName, Rows::Territories)),
        Facet::Place => Some((Section::PlaceSlug, Section::PlaceName, Rows::Places)),
        Facet::Institution => Some((Section::InstitutionSlug, Section::InstitutionName, Rows::Institutions)),
        Facet::Kind | Facet::Audience | Facet::SignIn => None,
    }
}

/// The positions that are in a list of so many rows.
fn within(positions: impl Iterator<Item = u32>, rows: usize) -> Vec<u16> {
    positions.filter(|at| (*at as usize) < rows).map(|at| at as u16).collect()
}

/// The two letters of a language out of their number.
fn lang(packed: u32) -> Option<String> {
    let letters = [(packed >> 8) as u8, packed as u8];
    letters.iter().all(u8::is_ascii_lowercase).then(|| letters.map(char::from).iter().collect())
}

fn unit(code: u32) -> TermUnit {
    match code {
        0 => TermUnit::WorkingDays,
        1 => TermUnit::CalendarDays,
        _ => TermUnit::Months,
    }
}
