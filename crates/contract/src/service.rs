//! A service as a citizen reads it, in one language, and how a municipality's offer differs from its kind.

use serde::{Deserialize, Serialize};

use crate::Place;

/// Whom a service is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// A private person.
    Person,
    /// An entrepreneur, a company, an association.
    Business,
}

/// A name that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Link {
    /// Identifies it in URLs: lower-case ASCII letters, digits and `-`.
    pub slug: String,
    pub name: String,
}

/// A text that stands in another language, for lack of the one asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fallback {
    /// Which text: `name`, `papers.0`, `steps.1.text`, `institution.name`.
    pub field: String,
    pub lang: String,
}

/// What one has to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fee {
    /// Euro cents; 0 is free of charge. Absent where only the note says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cents: Option<u32>,
    /// When this fee applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Fee {
    /// The range of fees (lowest, highest) of a service that does not state any.
    pub const NOT_STATED: (u32, u32) = (u32::MAX, 0);
}

/// What the days of a [`Term`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TermUnit {
    WorkingDays,
    CalendarDays,
    Months,
}

/// How long the decision takes at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Term {
    /// How many of the unit; 0 is at once.
    pub days: u16,
    pub unit: TermUnit,
}

/// One of the things the citizen does, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The act that a service rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Law {
    pub name: String,
    /// Numbers of its articles, as lawyers write them: `4., 7.`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// An e-service on this portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Here {
    /// Whether one has to sign in for it.
    pub sign_in: bool,
}

/// An e-service on another portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Elsewhere {
    /// The other portal's name.
    pub portal: String,
    /// Its `https` address.
    pub url: String,
    pub sign_in: bool,
}

/// The ways to a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Channels {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub here: Option<Here>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
    /// Slugs of the places where it is provided in person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// Whether a letter will do.
    #[serde(default)]
    pub post: bool,
}

/// What one municipality offers of a kind; what it leaves out is as the kind says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Offer {
    /// The municipality: its territory, and the institution that answers for the service.
    pub territory: Link,
    pub here: bool,
    pub elsewhere: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees: Option<Vec<Fee>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
}

/// A service: of the state, or a kind that many municipalities offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Service {
    pub slug: String,
    pub name: String,
    /// One sentence.
    pub summary: String,
    pub description: String,
    pub audience: Vec<Audience>,
    /// Who answers for it; absent for a municipal kind until a municipality is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<Link>,
    pub eligibility: String,
    pub papers: Vec<String>,
    pub steps: Vec<Step>,
    /// Empty: free of charge.
    pub fees: Vec<Fee>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// How long it takes to complete, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill_minutes: Option<u16>,
    /// Until when the citizen has to act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    pub laws: Vec<Law>,
    pub channels: Channels,
    pub life_events: Vec<Link>,
    pub related: Vec<Link>,
    /// The day an editor last compared it with the source; empty where nobody says.
    pub checked: String,
    /// What it leaves out is not known: others wrote it. Otherwise no fees means free of charge, no papers none needed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub partial: bool,
    /// Texts that stand in another language than the rest, for lack of this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Fallback>,
    /// One for each municipality that offers it; empty for a service of the state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(set: &bool) -> bool {
    !set
}

/// A service with every place it names, complete enough to be read at the counter without a network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceDetail {
    pub service: Service,
    pub places: Vec<Place>,
}

impl Service {
    /// Whether it is a kind that municipalities offer.
    #[must_use]
    pub fn is_municipal(&self) -> bool {
        !self.offers.is_empty()
    }

    /// The service as one municipality offers it; `None` where that municipality does not.
    #[must_use]
    pub fn in_territory(&self, territory: &str) -> Option<Service> {
        let offer = self.offers.iter().find(|offer| offer.territory.slug == territory)?;
        let mut service = self.clone();
        service.institution = Some(offer.territory.clone());
        if let Some(fees) = &offer.fees {
            service.fees.clone_from(fees);
        }
        if offer.term.is_some() {
            service.term = offer.term;
        }
        if !offer.here {
            service.channels.here = None;
        }
        if !offer.elsewhere {
            service.channels.elsewhere = None;
        }
        service.channels.places.clone_from(&offer.places);
        service.fallbacks = self.fallbacks_in(territory, offer.fees.is_some());
        Some(service)
    }
}

/// The language of a text, where it is not that of the rest.
#[must_use]
pub fn language_of<'a>(fallbacks: &'a [Fallback], field: &str) -> Option<&'a str> {
    fallbacks.iter().find(|fallback| fallback.field == field).map(|fallback| fallback.lang.as_str())
}

impl Service {
    /// The fallbacks of what one municipality offers: its own in the place of the kind's.
    fn fallbacks_in(&self, territory: &str, own_fees: bool) -> Vec<Fallback> {
        let prefix = format!("offers.{territory}.");
        let own = self.fallbacks.iter().filter_map(|fallback| {
            let field = fallback.field.strip_prefix(&prefix)?;
            Some(Fallback { field: field.into(), lang: fallback.lang.clone() })
        });
        let replaced = |field: &str| field.starts_with("offers.") || own_fees && field.starts_with("fees.");
        let of_kind = |fallback: &&Fallback| !replaced(&fallback.field);
        own.chain(self.fallbacks.iter().filter(of_kind).cloned()).collect()
    }
}

impl ServiceDetail {
    /// The places of this service, in the order of [`Channels::places`].
    #[must_use]
    pub fn places_of(&self, service: &Service) -> Vec<Place> {
        let of = |slug: &String| self.places.iter().find(|place| place.slug == *slug).cloned();
        service.channels.places.iter().filter_map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(slug: &str) -> Link {
        Link { slug: slug.into(), name: slug.to_uppercase() }
    }

    fn kind() -> Service {
        let offer = |slug: &str, fees, here| Offer {
            territory: link(slug),
            here,
            elsewhere: false,
            fees,
            term: None,
            places: vec![format!("{slug}-centre")],
        };
        Service {
            slug: "tree-felling".into(),
            name: String::new(),
            summary: String::new(),
            description: String::new(),
            audience: vec![Audience::Person],
            institution: None,
            eligibility: String::new(),
            papers: vec![],
            steps: vec![],
            fees: vec![Fee { cents: Some(500), note: None }],
            term: Some(Term { days: 10, unit: TermUnit::WorkingDays }),
            fill_minutes: None,
            deadline: None,
            laws: vec![],
            channels: Channels { here: Some(Here { sign_in: true }), ..Channels::default() },
            life_events: vec![],
            related: vec![],
            checked: "2026-11-02".into(),
            partial: false,
            fallbacks: vec![],
            offers: vec![offer("riga", Some(vec![]), true), offer("ogre", None, false)],
        }
    }

    #[test]
    fn a_municipality_overrides_only_what_it_names() {
        let riga = kind().in_territory("riga").unwrap();
        assert!(riga.fees.is_empty(), "Rīga charges nothing");
        assert_eq!(riga.term, kind().term, "the term is the kind's");
        assert_eq!(riga.institution.unwrap().slug, "riga");
        assert_eq!(riga.channels.places, ["riga-centre"]);
    }

    #[test]
    fn an_e_service_is_here_only_where_the_municipality_says_so() {
        assert!(kind().in_territory("riga").unwrap().channels.here.is_some());
        assert!(kind().in_territory("ogre").unwrap().channels.here.is_none());
    }

    #[test]
    fn a_municipality_that_does_not_offer_it_has_none() {
        assert!(kind().in_territory("valka").is_none());
    }
}
