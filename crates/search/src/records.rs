//! What an index holds, as plain values: what the server builds it of, and what is read out of it piece by piece.

/// The lists of an index, without its docs. The numbers that tie it together are positions in these lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    pub lang: String,
    pub institutions: Vec<Institution>,
    /// The country first, then the municipalities and what belongs to them.
    pub territories: Vec<Territory>,
    pub places: Vec<Place>,
    pub life_events: Vec<LifeEvent>,
}

/// An institution, as a facet shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Institution {
    pub slug: String,
    pub name: String,
    /// A municipality's own administration.
    pub municipal: bool,
}

/// The country, a municipality, or a part of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Territory {
    pub slug: String,
    pub name: String,
    /// Its towns and parishes, by which citizens know where they live.
    pub units: Vec<String>,
    /// The municipality that it is a part of: what it offers counts there too. Not the country.
    pub parent: Option<u16>,
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
    pub docs: Vec<u32>,
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
    /// The language of the name, two letters, where it is not the index's.
    pub name_lang: Option<String>,
    pub summary_lang: Option<String>,
    /// Offered by municipalities, one variant each.
    pub municipal: bool,
    /// Whether an e-service here needs sign-in.
    pub sign_in: bool,
    /// Bits of [`crate::kind`] of all variants together; an index takes them from the variants.
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
    /// By territory, then institution.
    pub variants: Vec<Variant>,
}

/// A service at one territory: the only one of a service of the state, or one of a municipal kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variant {
    pub territory: u16,
    pub institution: u16,
    /// Bits of [`crate::kind`].
    pub kinds: u8,
    /// Ascending.
    pub places: Vec<u16>,
}

/// The texts by which a service is found, besides what its [`Doc`] shows.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub synonyms: Vec<String>,
    pub keywords: Vec<String>,
    /// The service's name in the other languages of the portal.
    pub other_names: Vec<String>,
    /// Names and abbreviations of its institution; empty for a municipal kind.
    pub institution: Vec<String>,
    pub description: String,
}
