//! The index in memory, and how it becomes a file and comes back.
//!
//! A file is `DVX1`, then in order: language, institutions, territories, places, docs, life events, terms with their
//! postings. Terms are sorted and front-coded (how many bytes they share with the one before, then the rest).

use crate::codec::{IndexError, Reader, Writer};

const MAGIC: &[u8; 4] = b"DVX1";

/// One language of the catalogue. The `u16`s that tie it together are positions in its lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    pub lang: String,
    pub institutions: Vec<Institution>,
    /// The country first, then the municipalities.
    pub territories: Vec<Territory>,
    pub places: Vec<Place>,
    pub docs: Vec<Doc>,
    pub life_events: Vec<LifeEvent>,
    pub(crate) terms: Vec<Term>,
}

/// An institution, as a facet shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Institution {
    pub slug: String,
    pub name: String,
    /// A municipality's own administration.
    pub municipal: bool,
}

/// The country or a municipality.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Territory {
    pub slug: String,
    pub name: String,
    /// Its towns and parishes, by which citizens know where they live.
    pub units: Vec<String>,
}

/// An office.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    pub slug: String,
    pub name: String,
    pub address: String,
    pub territory: u16,
    pub institution: u16,
}

/// A life event with its services in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LifeEvent {
    pub slug: String,
    pub name: String,
    pub summary: String,
    pub icon: String,
    pub docs: Vec<u16>,
}

/// What the days of a term are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermUnit {
    WorkingDays,
    CalendarDays,
    Months,
}

/// A service, as a result list shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    pub slug: String,
    pub name: String,
    pub summary: String,
    /// Offered by municipalities, one variant each.
    pub municipal: bool,
    /// Whether an e-service here needs sign-in.
    pub sign_in: bool,
    /// Bits of [`crate::kind`] of all variants together.
    pub kinds: u8,
    /// Bit 0 for private persons, bit 1 for entrepreneurs.
    pub audience: u8,
    /// 1 to 100.
    pub popularity: u8,
    pub fill_minutes: Option<u16>,
    /// Lowest and highest fee in euro cents; both 0: free of charge.
    pub fee_cents: (u32, u32),
    pub term: Option<(u16, TermUnit)>,
    /// Ascending.
    pub life_events: Vec<u16>,
    pub variants: Vec<Variant>,
}

/// A service at one territory: the only one of a service of the state, or one of a municipal kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variant {
    pub territory: u16,
    pub institution: u16,
    /// Bits of [`crate::kind`].
    pub kinds: u8,
    /// Ascending.
    pub places: Vec<u16>,
}

/// A folded word, and where it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Term {
    pub(crate) word: String,
    /// See `distance::letters_mask`; computed on reading.
    pub(crate) mask: u32,
    /// Document and bits of its fields, ascending by document.
    pub(crate) postings: Vec<(u16, u8)>,
}

impl Index {
    /// The file of this index.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer(MAGIC.to_vec());
        out.text(&self.lang);
        out.list(&self.institutions, |out, item| {
            out.text(&item.slug);
            out.text(&item.name);
            out.number(u32::from(item.municipal));
        });
        out.list(&self.territories, |out, item| {
            out.text(&item.slug);
            out.text(&item.name);
            out.list(&item.units, |out, unit| out.text(unit));
        });
        out.list(&self.places, |out, item| {
            out.text(&item.slug);
            out.text(&item.name);
            out.text(&item.address);
            out.number(u32::from(item.territory));
            out.number(u32::from(item.institution));
        });
        out.list(&self.docs, write_doc);
        out.list(&self.life_events, |out, item| {
            out.text(&item.slug);
            out.text(&item.name);
            out.text(&item.summary);
            out.text(&item.icon);
            out.list(&item.docs, |out, doc| out.number(u32::from(*doc)));
        });
        write_terms(&mut out, &self.terms);
        out.0
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When the bytes are not an index of this format, or are damaged.
    pub fn decode(bytes: &[u8]) -> Result<Self, IndexError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(IndexError::NotAnIndex)?;
        let mut input = Reader(rest);
        let index = Index {
            lang: input.text()?,
            institutions: input.list(|input| {
                Ok(Institution { slug: input.text()?, name: input.text()?, municipal: input.number()? == 1 })
            })?,
            territories: input.list(|input| {
                Ok(Territory { slug: input.text()?, name: input.text()?, units: input.list(Reader::text)? })
            })?,
            places: input.list(|input| {
                Ok(Place {
                    slug: input.text()?,
                    name: input.text()?,
                    address: input.text()?,
                    territory: input.short()?,
                    institution: input.short()?,
                })
            })?,
            docs: input.list(read_doc)?,
            life_events: input.list(|input| {
                Ok(LifeEvent {
                    slug: input.text()?,
                    name: input.text()?,
                    summary: input.text()?,
                    icon: input.text()?,
                    docs: input.list(Reader::short)?,
                })
            })?,
            terms: read_terms(&mut input)?,
        };
        index.is_sound().then_some(index).ok_or(IndexError::Broken)
    }

    /// Whether every position points into its list, so that no reader has to check again.
    fn is_sound(&self) -> bool {
        let within = |position: u16, length: usize| usize::from(position) < length;
        let events = self.life_events.len();
        let docs = self.docs.iter().all(|doc| {
            doc.audience < 1 << 2
                && doc.life_events.iter().all(|event| within(*event, events))
                && doc.variants.iter().all(|variant| {
                    variant.kinds < 1 << 4
                        && within(variant.territory, self.territories.len())
                        && within(variant.institution, self.institutions.len())
                        && variant.places.iter().all(|place| within(*place, self.places.len()))
                })
        });
        docs && self.life_events.iter().all(|event| event.docs.iter().all(|doc| within(*doc, self.docs.len())))
            && self.terms.iter().all(|term| term.postings.iter().all(|(doc, _)| within(*doc, self.docs.len())))
            && self.places.iter().all(|place| {
                within(place.territory, self.territories.len()) && within(place.institution, self.institutions.len())
            })
    }
}

fn write_doc(out: &mut Writer, doc: &Doc) {
    out.text(&doc.slug);
    out.text(&doc.name);
    out.text(&doc.summary);
    out.0.extend([u8::from(doc.municipal) | u8::from(doc.sign_in) << 1, doc.kinds, doc.audience, doc.popularity]);
    out.number(doc.fill_minutes.map_or(0, |minutes| u32::from(minutes) + 1));
    out.number(doc.fee_cents.0);
    out.number(doc.fee_cents.1);
    out.number(doc.term.map_or(0, |(days, unit)| (u32::from(days) << 2 | unit as u32) + 1));
    out.ascending(&doc.life_events);
    out.list(&doc.variants, |out, variant| {
        out.number(u32::from(variant.territory));
        out.number(u32::from(variant.institution));
        out.0.push(variant.kinds);
        out.ascending(&variant.places);
    });
}

fn read_doc(input: &mut Reader<'_>) -> Result<Doc, IndexError> {
    let (slug, name, summary) = (input.text()?, input.text()?, input.text()?);
    let flags = input.byte()?;
    let narrow = |number: u32| u16::try_from(number).map_err(|_| IndexError::Broken);
    Ok(Doc {
        slug,
        name,
        summary,
        municipal: flags & 1 != 0,
        sign_in: flags & 2 != 0,
        kinds: input.byte()?,
        audience: input.byte()?,
        popularity: input.byte()?,
        fill_minutes: input.number()?.checked_sub(1).map(narrow).transpose()?,
        fee_cents: (input.number()?, input.number()?),
        term: input.number()?.checked_sub(1).map(|term| Ok((narrow(term >> 2)?, unit(term & 3)?))).transpose()?,
        life_events: input.ascending()?,
        variants: input.list(|input| {
            Ok(Variant {
                territory: input.short()?,
                institution: input.short()?,
                kinds: input.byte()?,
                places: input.ascending()?,
            })
        })?,
    })
}

fn unit(code: u32) -> Result<TermUnit, IndexError> {
    match code {
        0 => Ok(TermUnit::WorkingDays),
        1 => Ok(TermUnit::CalendarDays),
        2 => Ok(TermUnit::Months),
        _ => Err(IndexError::Broken),
    }
}

fn write_terms(out: &mut Writer, terms: &[Term]) {
    let mut last: &[u8] = &[];
    out.length(terms.len());
    for term in terms {
        let word = term.word.as_bytes();
        let shared = last.iter().zip(word).take_while(|(one, other)| one == other).count();
        out.length(shared);
        out.length(word.len() - shared);
        out.0.extend_from_slice(&word[shared..]);
        let mut before = 0;
        out.list(&term.postings, |out, (doc, fields)| {
            out.number(u32::from(doc - before));
            out.0.push(*fields);
            before = *doc;
        });
        last = word;
    }
}

fn read_terms(input: &mut Reader<'_>) -> Result<Vec<Term>, IndexError> {
    let mut last: Vec<u8> = Vec::new();
    input.list(|input| {
        let (shared, rest) = (input.number()? as usize, input.number()? as usize);
        let rest = input.bytes(rest)?;
        if shared > last.len() {
            return Err(IndexError::Broken);
        }
        last.truncate(shared);
        last.extend_from_slice(rest);
        let word = String::from_utf8(last.clone()).map_err(|_| IndexError::Broken)?;
        let mut doc = 0_u16;
        let postings = input.list(|input| {
            doc = doc.wrapping_add(input.short()?);
            Ok((doc, input.byte()?))
        })?;
        Ok(Term { mask: crate::distance::letters_mask(&word), word, postings })
    })
}
