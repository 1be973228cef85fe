//! Errors as they cross the network: RFC 9457 problem details.

use serde::{Deserialize, Serialize};

/// An RFC 9457 `application/problem+json` body. Texts in it are for engineers; the app speaks to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// One of a closed set: `/problems/<kind>`.
    pub r#type: String,
    pub status: u16,
    pub title: String,
    /// The request id, as in the server's log and the `x-request-id` header.
    #[serde(default)]
    pub instance: String,
    /// What exactly was wrong, as codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broken: Vec<Broken>,
    /// Of a conflict over a case: who has it. Told at the desk only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
}

/// An officer who works on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Held {
    pub officer: String,
    /// ISO 8601, UTC.
    pub since: String,
}

/// One rule that the input broke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Broken {
    /// The field or parameter.
    pub field: String,
    /// The rule, as a code: `unknown`, `too_long`, `not_a_number`, ...
    pub rule: String,
}

/// A crash of the app, told to the operator. Holds no answer of the citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The panic's message and place, at most [`Report::MAX_BYTES`].
    pub message: String,
    /// Path of the page, without its query.
    pub path: String,
}

impl Report {
    /// Longest message and longest path, in bytes.
    pub const MAX_BYTES: usize = 2_000;
}

/// A search that found nothing, told to the editors: the words and the language they were searched in, and nobody's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MissedSearch {
    pub lang: String,
    /// At most [`MissedSearch::MAX_BYTES`].
    pub text: String,
}

impl MissedSearch {
    /// Longest text, in bytes.
    pub const MAX_BYTES: usize = 200;
}
