//! A use: one run of an e-service by one citizen, from its first answer to what came of it.
//!
//! The device makes the id of a use, so that one begins offline too, and so that whatever is repeated (a save, Send) is the
//! same use again. The server gives it a [`Reference`] that people can say and type.

use serde::{Deserialize, Serialize};

use crate::e_service::{Raw, Reference, SignIn};
use crate::identity::Company;

/// An e-service that can be started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EService {
    pub slug: String,
    /// The one in force.
    pub version: u32,
    /// Slug of its service in the catalogue.
    pub service: String,
    pub title: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub audience: SignIn,
}

/// What a device saves of a use that is not sent: everything, every time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Its slug.
    pub e_service: String,
    /// The version whose questions were answered.
    pub version: u32,
    /// The revision that this one was made out of; 0, the first.
    pub revision: u32,
    pub terms_accepted: bool,
    /// Answers by field id, those of hidden branches too; `null` is no answer.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Raw,
}

impl Draft {
    /// Most bytes of it as JSON. Answers of more are refused by themselves ([`crate::e_service::Answers::MAX_BYTES`]).
    pub const MAX_BYTES: usize = 512 * 1024;
}

/// How far a use is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UseState {
    /// Is being filled in.
    Draft,
    /// An institution has it.
    Sent,
    /// The institution works on it.
    Taken,
    /// The institution waits for the citizen.
    Asked,
    Decided,
    /// The citizen took it back.
    Withdrawn,
    /// A registry answered.
    Answered,
    /// The citizen ended it before it was sent.
    Ended,
}

/// A use, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Use {
    /// 32 hexadecimal digits.
    pub id: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Reference,
    /// Slug of its e-service.
    pub e_service: String,
    pub version: u32,
    /// What the e-service is called, in the language asked for.
    pub title: String,
    pub state: UseState,
    /// Counts up with every change.
    pub revision: u32,
    /// For whom it was begun; for the person themselves if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Company>,
    /// Name of the institution that received it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// What it costs, once sent.
    pub price_cents: u32,
    /// ISO 8601 day from which on its answers and files are deleted, where that is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_until: Option<String>,
    /// Id of its bill, once sent, where it costs something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<String>,
    /// ISO 8601, UTC.
    pub started_at: String,
    pub changed_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<String>,
    /// When its answers were deleted, because their time was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forgotten_at: Option<String>,
    /// Until when the institution decides (ISO 8601 day), once sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
}

/// A page of one's own uses, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Uses {
    pub items: Vec<Use>,
    /// How many there are in all.
    pub total: u32,
}

impl Uses {
    /// Most of a page.
    pub const MAX_PAGE: u32 = 50;
}

/// A use with what was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UseDetail {
    #[serde(rename = "use")]
    pub about: Use,
    pub terms_accepted: bool,
    /// As saved; once sent, exactly what was sent.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Raw,
}

/// What registers know already of the one who asks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Prefilled {
    pub values: Vec<PrefilledValue>,
    /// The one who asks, and their children: whom a field of kind person may name.
    pub people: Vec<KnownPerson>,
    /// Registers that did not answer, by their code.
    pub silent: Vec<String>,
}

/// One answer that a register knew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrefilledValue {
    /// Id of the field.
    pub field: String,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub value: Raw,
    /// Where it comes from: `sign_in`, `contact`, `mandates`, or a register's code.
    pub source: String,
    /// ISO 8601, UTC: when that was asked.
    pub asked_at: String,
}

/// Somebody whom a field of kind person may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownPerson {
    /// What the answer is: `me` or a child's personal code.
    pub value: String,
    pub name: String,
    /// ISO 8601 day, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
}

/// A registry's answer: of every part that the definition shows, what stands there. Never kept by anybody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistryAnswer {
    /// The registry holds something that can be given.
    pub holds: bool,
    /// ISO 8601, UTC.
    pub asked_at: String,
    /// By the `at` of the definition's `shows`; what is not there is left out.
    pub parts: Vec<AnswerPart>,
}

/// One part of a registry's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerPart {
    pub at: String,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub value: Raw,
}

/// What is wrong with the data that a registry holds, for the institution that keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Deficiencies {
    /// What is wrong, in the citizen's words, at most [`Deficiencies::MAX_CHARS`].
    pub text: String,
    /// How the institution reaches the citizen: an e-mail address or a phone number.
    pub reach: String,
}

impl Deficiencies {
    /// Longest text, in characters.
    pub const MAX_CHARS: usize = 4_000;
}

/// A broken page, told to the portal's operator by a citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ErrorReport {
    /// At most [`Deficiencies::MAX_CHARS`] characters.
    pub text: String,
    /// Progress comes there.
    pub email: String,
    /// Path of the page, without its query.
    pub page: String,
    /// In which the letters are written.
    pub lang: String,
}

/// That something was sent, and its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sent {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Reference,
    /// ISO 8601, UTC.
    pub sent_at: String,
}
