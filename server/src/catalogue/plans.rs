//! Plans for life events (server/content/README.md): as an editor writes them, what is wrong with them, and one language of them.

use serde::{Deserialize, Serialize};
use serde_saphyr::Spanned;

use super::source::{Ref, Text};

mod check;
mod localise;

pub(super) use check::check;

/// `laws.yaml`: a law that plans name as the source of a date.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    pub slug: Ref,
    pub name: Text,
    /// Where it is published.
    pub url: Spanned<String>,
}

/// `plans/<life event>.yaml`
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The question after the day from which dates are counted.
    pub event: Text,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    pub steps: Vec<Step>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub id: Ref,
    pub text: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Text>,
    pub answers: Vec<Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Spanned<Condition>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub id: Ref,
    pub text: Text,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: Ref,
    /// That of the service when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    pub text: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Ref>,
    /// Who does it where no service of the catalogue does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Spanned<Offset>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Spanned<Offset>>,
    /// Of `laws.yaml`; without one the dates are advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<Spanned<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Spanned<Condition>>,
}

/// One of `days`, `working_days`, `months`: after the event, or before it when negative.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_days: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<i16>,
}

/// One of: `answer` with `is` or `one_of`; `all`; `any`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<Ref>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<Vec<Condition>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any: Option<Vec<Condition>>,
}
