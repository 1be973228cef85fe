//! The catalogue around the services: life events, institutions, and the files a browser takes home.

use serde::{Deserialize, Serialize};

use crate::{Fallback, Link, Place, Service};

/// A situation in life, with the services a citizen meets in it, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LifeEvent {
    pub slug: String,
    pub name: String,
    pub summary: String,
    /// Symbol `life-<icon>` of the sprite.
    pub icon: String,
    pub services: Vec<Link>,
    /// Texts that stand in another language than the rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Fallback>,
}

/// An institution of the state, or a municipality's own administration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Institution {
    pub slug: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// Set for a municipality's own administration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub territory: Option<Link>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Texts that stand in another language than the rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Fallback>,
}

/// Every service, place and institution of one language in one immutable file, for reading without a network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bundle {
    pub services: Vec<Service>,
    pub places: Vec<Place>,
    pub institutions: Vec<Institution>,
}

/// Which files hold the present catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Manifest {
    /// Hash of the catalogue's content.
    pub release: String,
    /// When it was imported, RFC 3339.
    pub imported_at: String,
    pub files: Vec<Files>,
    /// The life events that have a plan, by slug.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<String>,
}

/// The files of one language. Both are immutable: their content never changes under their name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Files {
    pub lang: String,
    /// Path of the search index (`durvis_search::Index`).
    pub index: String,
    /// Path of the [`Bundle`].
    pub details: String,
}

/// How much the catalogue holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    /// Descriptions: services of the state, and each municipality's variant of each kind.
    pub services: u32,
    pub national: u32,
    pub municipal_kinds: u32,
    pub e_services: EServiceCounts,
    pub life_events: u32,
    pub institutions: u32,
    pub territories: u32,
    pub places: u32,
    pub languages: Vec<String>,
}

/// Descriptions that carry an e-service; one with both kinds counts in both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EServiceCounts {
    pub here: u32,
    pub elsewhere: u32,
}

/// What the home page shows before anything else is loaded; stands in its HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub services: u32,
    pub e_services: u32,
    pub life_events: Vec<HomeEvent>,
    pub popular: Vec<HomeService>,
}

/// A life event on the home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeEvent {
    pub slug: String,
    pub name: String,
    pub icon: String,
}

/// A much used e-service on the home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeService {
    pub slug: String,
    pub name: String,
    /// Name of the institution; empty for a municipal kind.
    pub institution: String,
    /// How many municipalities offer it; 0 for a service of the state.
    pub municipalities: u16,
    pub here: bool,
}
