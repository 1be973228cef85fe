//! A plan for a life event: a few questions, answered on the device, make an ordered list of steps with dates counted from
//! the event. The server publishes the rules in one language ([`Plan`]); everything that knows an answer runs in the browser.

use serde::{Deserialize, Serialize};

use crate::Link;

pub mod calendar;
mod condition;
mod lay_out;
mod offset;

pub use crate::day::Day;
pub use condition::{Answers, Condition};
pub use lay_out::{Phase, Planned};
pub use offset::{Offset, OffsetUnit};

/// The rules of one life event's plan, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    /// Slug of the life event.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Symbol `life-<icon>` of the sprite.
    pub icon: String,
    /// The question after the day from which dates are counted.
    pub event: String,
    pub questions: Vec<Question>,
    /// In the order in which one meets them.
    pub steps: Vec<PlanStep>,
}

/// A question with a fixed choice of answers. None of them leaves the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    pub id: String,
    pub text: String,
    /// Why it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    pub answers: Vec<Answer>,
    /// Asked only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// One of the answers to a [`Question`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answer {
    pub id: String,
    pub text: String,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanStep {
    pub id: String,
    pub name: String,
    pub text: String,
    /// The service that does it, and by which ways.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<PlanService>,
    /// Who does it where no service of the catalogue does: an employer, a family doctor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// Not before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Offset>,
    /// On this day at the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Offset>,
    /// What sets the dates. Without one they are advice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<PlanLaw>,
    /// Belongs to the plan only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// The service behind a step, with its ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanService {
    pub slug: String,
    /// Who provides it; absent for a kind that municipalities offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<Link>,
    /// Whether it can be done on this portal; of a municipal kind, at least somewhere.
    pub here: bool,
    pub elsewhere: bool,
    pub offices: bool,
    /// Of a municipal kind: the municipalities where it can be done on this portal, by slug.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub here_in: Vec<String>,
}

impl PlanService {
    /// Whether it can be done here and now by somebody of a municipality.
    #[must_use]
    pub fn is_here(&self, territory: Option<&str>) -> bool {
        let known = territory.filter(|_| self.institution.is_none());
        self.here && known.is_none_or(|slug| self.here_in.iter().any(|one| one == slug))
    }
}

/// The source of a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanLaw {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Where it is published.
    pub url: String,
}
