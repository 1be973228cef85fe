//! The catalogue as an editor writes it (server/content/README.md), every reference and text with its place in the file.

use std::collections::BTreeMap;

use durvis_contract::{Audience, Hours, TermUnit};
use serde::{Deserialize, Serialize};
use serde_saphyr::Spanned;

use super::plans;

/// A text in each language, by language code.
pub type Text = Spanned<BTreeMap<String, String>>;
/// A slug of something else in the catalogue.
pub type Ref = Spanned<String>;

/// The whole catalogue. Maps are by slug, which is the file's name.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub portal: Portal,
    pub territories: Vec<In<Territory>>,
    pub institutions: Vec<In<Institution>>,
    /// With the slug of the institution whose file it stands in.
    pub places: Vec<(String, In<Place>)>,
    pub services: BTreeMap<String, In<Service>>,
    pub life_events: BTreeMap<String, In<LifeEvent>>,
    pub synonyms: Vec<In<Synonyms>>,
    pub laws: Vec<In<plans::Law>>,
    /// By the slug of their life event.
    pub plans: BTreeMap<String, In<plans::Plan>>,
}

/// An entry and the path of the file it stands in.
#[derive(Clone, Debug)]
pub struct In<T> {
    pub file: String,
    pub entry: T,
}

impl<T> std::ops::Deref for In<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.entry
    }
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// In the order in which a text that lacks a language falls back.
    pub languages: Vec<String>,
    /// Others wrote the catalogue, by other rules: a text may lack languages and be long, and what a service does not
    /// say is not known.
    #[serde(default, skip_serializing_if = "is_false")]
    pub foreign: bool,
    /// The territory of the services of the state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// What stands between the country and its territories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region>,
}

/// Territories that are looked for together.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    pub slug: Ref,
    pub name: Text,
    pub territories: Vec<Ref>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    pub slug: String,
    pub name: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TerritoryKind {
    StateCity,
    Municipality,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    Town,
    Parish,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Territory {
    pub slug: Ref,
    /// Of the classifier of administrative territories (ATVK), seven digits.
    pub code: Spanned<String>,
    pub kind: TerritoryKind,
    pub name: Text,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Unit>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub code: Spanned<String>,
    pub kind: UnitKind,
    pub name: Text,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    pub slug: Ref,
    pub name: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub territory: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Spanned<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub slug: Ref,
    pub name: Text,
    pub territory: Ref,
    pub address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Spanned<String>>,
    #[serde(default = "no_hours")]
    pub hours: Spanned<Hours>,
    pub position: Spanned<[f64; 2]>,
}

fn no_hours() -> Spanned<Hours> {
    Spanned::new(Hours::default(), serde_saphyr::Location::UNKNOWN, serde_saphyr::Location::UNKNOWN)
}

/// Everyday words for something that the catalogue calls otherwise.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Synonyms {
    pub lang: String,
    /// What people say.
    pub say: Vec<String>,
    /// Words of the names, synonyms or keywords of services, or what another entry says.
    pub mean: Spanned<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LifeEvent {
    pub name: Text,
    pub summary: Text,
    pub icon: String,
    pub order: u16,
    pub services: Vec<Ref>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub synonyms: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub name: Text,
    pub summary: Text,
    pub description: Text,
    pub audience: Vec<Audience>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub institution: Option<Ref>,
    pub eligibility: Text,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<Spanned<Term>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fill_minutes: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laws: Vec<Law>,
    pub channels: Spanned<Channels>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keywords: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub synonyms: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Ref>,
    pub popularity: Spanned<u8>,
    pub checked: Spanned<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipal: Option<Municipal>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub name: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Left out where only the note says what it costs: in a foreign catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cents: Option<Spanned<u32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub days: u16,
    pub unit: TermUnit,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    pub name: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Channels {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub here: Option<Here>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offices: Option<Spanned<Scope>>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub post: bool,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Here {
    pub sign_in: bool,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    pub portal: Text,
    pub url: Spanned<String>,
    pub sign_in: bool,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Municipal {
    pub offered_by: Spanned<Scope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub here: Option<Spanned<Scope>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Spanned<Scope>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub local: BTreeMap<String, Spanned<Local>>,
}

/// How one municipality differs.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Local {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fees: Option<Vec<Fee>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<Spanned<Term>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<Vec<Ref>>,
}

/// Which ones: `all`, a list of slugs, or `{except: [...]}`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Scope {
    All(All),
    These(Vec<String>),
    Except(Except),
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum All {
    All,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Except {
    pub except: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(set: &bool) -> bool {
    !set
}

impl Scope {
    #[must_use]
    pub fn holds(&self, slug: &str) -> bool {
        match self {
            Scope::All(_) => true,
            Scope::These(these) => these.iter().any(|one| one == slug),
            Scope::Except(except) => !except.except.iter().any(|one| one == slug),
        }
    }

    /// The slugs it names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        match self {
            Scope::All(_) => &[],
            Scope::These(these) => these,
            Scope::Except(except) => &except.except,
        }
    }
}
