//! The file of an index: its sections, and the checks before it is used.
//!
//! `DVX2`, a checksum of all that follows (8 bytes), the length of each section (4 bytes each), the sections. Numbers of
//! fixed width are little-endian.

use std::ops::Range;
use std::sync::Arc;

use crate::codec::{Column, IndexError, Lists, Numbers, checksum};
use crate::texts::Texts;

pub(crate) const MAGIC: &[u8; 4] = b"DVX2";
/// Where the lengths start, and where the sections.
pub(crate) const LENGTHS: usize = 12;
const START: usize = LENGTHS + 4 * SECTIONS;

/// What a file is made of, in its order: like next to like, so that it compresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Numbers: how many rows each list has, in the order of [`Rows`].
    Rows,
    Lang,
    InstitutionSlug,
    InstitutionName,
    InstitutionMunicipal,
    TerritorySlug,
    TerritoryName,
    /// Position of the territory that it belongs to, plus 1; 0 for none.
    TerritoryParent,
    /// Towns and parishes of all territories, and which are whose (a list of one number: how many).
    UnitName,
    Units,
    PlaceSlug,
    PlaceName,
    PlaceAddress,
    PlaceTerritory,
    PlaceInstitution,
    EventSlug,
    EventName,
    EventSummary,
    EventIcon,
    EventDocs,
    DocSlug,
    DocName,
    DocSummary,
    /// Two letters as a number, or 0: what the name and the summary fell back to.
    DocNameLang,
    DocSummaryLang,
    DocPopularity,
    DocAudience,
    /// How many different words the name has, fillers left out.
    DocNameWords,
    /// Minutes to fill in + 1, or 0.
    DocMinutes,
    DocLowestFee,
    DocHighestFee,
    /// (days x 4 + unit) + 1, or 0.
    DocTerm,
    /// Position of its set of life events, and of its shape.
    DocEvents,
    DocShape,
    EventSets,
    /// What a doc's variants are together: 1 municipal, 2 sign-in, 4 no value in two of them; the kinds of all; ascending positions of offers.
    ShapeFlags,
    ShapeKinds,
    ShapeOffers,
    OfferTerritory,
    OfferInstitution,
    OfferKinds,
    /// Position of its set of places.
    OfferPlaces,
    PlaceSets,
    /// Letters that a word shares with the one before; letters of its own; these letters.
    TermShared,
    TermOwn,
    /// See `dictionary`.
    TermStem,
    TermDocs,
    TermLetters,
    /// Where each block of words starts: in the letters, in the docs, in the fields.
    BlockLetters,
    BlockDocs,
    BlockFields,
    PostingDocs,
    PostingFields,
    /// Stems that are no beginnings of their words, and those words.
    OddStems,
    OddTerms,
}

const SECTIONS: usize = Section::OddTerms as usize + 1;

/// How many rows each list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    Institutions,
    Territories,
    Units,
    Places,
    Events,
    Docs,
    EventSets,
    Shapes,
    Offers,
    PlaceSets,
    Terms,
    Postings,
    Odd,
}

const ROWS: usize = Rows::Odd as usize + 1;

/// A file that was checked, and where its sections are.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) bytes: Arc<[u8]>,
    ends: [u32; SECTIONS],
    rows: [u32; ROWS],
}

impl File {
    pub(crate) fn open(bytes: Arc<[u8]>) -> Result<Self, IndexError> {
        if bytes.get(..4) != Some(MAGIC) {
            return Err(IndexError::NotAnIndex);
        }
        let checked = bytes.get(LENGTHS..).filter(|_| bytes.len() >= START).ok_or(IndexError::Broken)?;
        if bytes[4..LENGTHS] != checksum(checked).to_le_bytes() {
            return Err(IndexError::Broken);
        }
        let (mut ends, mut end) = ([0; SECTIONS], START);
        for (at, length) in bytes[LENGTHS..START].chunks_exact(4).enumerate() {
            end = end.saturating_add(u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize);
            ends[at] = u32::try_from(end).map_err(|_| IndexError::Broken)?;
        }
        let mut file = Self { bytes, ends, rows: [0; ROWS] };
        if end != file.bytes.len() {
            return Err(IndexError::Broken);
        }
        let mut numbers = Numbers(file.section(Section::Rows));
        let mut rows = [0; ROWS];
        for count in &mut rows {
            *count = numbers.next().ok_or(IndexError::Broken)?;
        }
        file.rows = rows;
        file.is_sound().then_some(file).ok_or(IndexError::Broken)
    }

    /// Whether each list is as long as it says, so that no number of rows asks for more memory than the file has bytes.
    fn is_sound(&self) -> bool {
        let width = |section, rows| self.section(section).len() == self.rows(rows);
        let room = |section, rows| self.section(section).len() >= self.rows(rows);
        width(Section::DocPopularity, Rows::Docs)
            && width(Section::ShapeFlags, Rows::Shapes)
            && width(Section::OfferKinds, Rows::Offers)
            && width(Section::TermShared, Rows::Terms)
            && width(Section::TermOwn, Rows::Terms)
            && width(Section::TermStem, Rows::Terms)
            && width(Section::TermDocs, Rows::Terms)
            && width(Section::PostingFields, Rows::Postings)
            && room(Section::InstitutionSlug, Rows::Institutions)
            && room(Section::TerritorySlug, Rows::Territories)
            && room(Section::UnitName, Rows::Units)
            && room(Section::PlaceSlug, Rows::Places)
            && room(Section::EventSlug, Rows::Events)
            && room(Section::EventSets, Rows::EventSets)
            && room(Section::PlaceSets, Rows::PlaceSets)
            && room(Section::OddStems, Rows::Odd)
    }

    pub(crate) fn rows(&self, rows: Rows) -> usize {
        self.rows[rows as usize] as usize
    }

    pub(crate) fn section(&self, section: Section) -> &[u8] {
        let at = section as usize;
        let from = if at == 0 { START } else { self.ends[at - 1] as usize };
        let range: Range<usize> = from..self.ends[at] as usize;
        self.bytes.get(range).unwrap_or_default()
    }

    pub(crate) fn column(&self, section: Section, rows: Rows) -> Column<'_> {
        Column::new(self.section(section), self.rows(rows))
    }

    pub(crate) fn texts(&self, section: Section, rows: Rows) -> Texts<'_> {
        Texts::new(self.section(section), self.rows(rows))
    }

    pub(crate) fn lists(&self, section: Section, rows: Rows) -> Lists<'_> {
        Lists::new(self.section(section), self.rows(rows))
    }
}

/// Collects sections, then makes the file.
pub(crate) struct Sections(Vec<Vec<u8>>);

impl Sections {
    pub(crate) fn new() -> Self {
        Self(vec![Vec::new(); SECTIONS])
    }

    /// The bytes of a section, to add to.
    pub(crate) fn of(&mut self, section: Section) -> &mut Vec<u8> {
        &mut self.0[section as usize]
    }

    pub(crate) fn into_file(self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.resize(LENGTHS, 0);
        for section in &self.0 {
            let length = u32::try_from(section.len()).expect("an index of less than 4 GB");
            out.extend_from_slice(&length.to_le_bytes());
        }
        self.0.iter().for_each(|section| out.extend_from_slice(section));
        let sum = checksum(&out[LENGTHS..]).to_le_bytes();
        out[4..LENGTHS].copy_from_slice(&sum);
        out
    }
}
