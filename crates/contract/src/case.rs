//! What becomes of a use that was sent: how far the institution is with it, and what both say to one another.

use serde::{Deserialize, Serialize};

use crate::bill::{BillEvent, BillPart, BillState};
use crate::e_service::{Raw, Reference};
use crate::file::StoredFile;
use crate::identity::Company;
use crate::uses::{Use, UseState};

/// What happened to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The institution began to work on it.
    Taken,
    /// The institution needs something from the citizen.
    Asked,
    /// The institution says something, and needs nothing.
    Told,
    /// The citizen says something; if something was asked, this answers it.
    Answered,
    Decided,
    /// The citizen took it back.
    Withdrawn,
}

/// What an institution decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    Granted,
    GrantedInPart,
    Refused,
    /// There is nothing to decide any more.
    Closed,
}

impl Ruling {
    /// As it stands in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::GrantedInPart => "granted_in_part",
            Self::Refused => "refused",
            Self::Closed => "closed",
        }
    }
}

/// Something that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseEvent {
    /// 32 hexadecimal digits.
    pub id: String,
    pub kind: EventKind,
    /// ISO 8601, UTC.
    pub at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What the citizen gave along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<StoredFile>,
    /// Of [`EventKind::Asked`]: until when (ISO 8601 day).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Of [`EventKind::Decided`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruling: Option<Ruling>,
    /// The officer, told to the institution only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
}

/// A use with its way through the institution, as the citizen sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Course {
    #[serde(rename = "use")]
    pub about: Use,
    /// The oldest first.
    pub events: Vec<CaseEvent>,
    /// Within so many days nine of ten were decided in the last month; none, where fewer than ten were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_days: Option<u32>,
    /// Its bill is to be paid before the institution begins.
    #[serde(default)]
    pub to_pay: bool,
}

/// What a citizen tells the institution, or takes back; the same id again is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// 32 hexadecimal digits, made by the device.
    pub id: String,
    /// May be empty where a file goes along.
    pub text: String,
    /// Ids of files that came for it, whole; at most [`MAX_FILES`].
    #[serde(default)]
    pub files: Vec<String>,
}

/// Longest text of an event, in characters.
pub const MAX_TEXT: usize = 4_000;
/// Most files of a message, and most bytes of each.
pub const MAX_FILES: usize = 5;
pub const MAX_FILE_BYTES: u64 = 10_000_000;
/// Most bytes of all files of a case that goes on.
pub const MAX_CASE_BYTES: u64 = 200_000_000;
/// Most events of a case.
pub const MAX_EVENTS: usize = 500;
/// Most of them that are the citizen's own messages.
pub const MAX_ANSWERS: usize = 200;

/// A case, as an institution's queue shows it: those to be decided soonest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Case {
    /// That of the use.
    pub id: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Reference,
    /// Slug of the e-service.
    pub e_service: String,
    pub version: u32,
    /// What the e-service is called, in the language asked for.
    pub title: String,
    pub state: UseState,
    /// To be sent along with every change: whoever changes another one is told.
    pub revision: u32,
    /// ISO 8601, UTC.
    pub sent_at: String,
    pub changed_at: String,
    /// ISO 8601 day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide_by: Option<String>,
    /// One of its bills is disputed, and waits for an answer.
    #[serde(default)]
    pub disputed: bool,
    /// Who has taken it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
}

/// A page of a queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cases {
    pub items: Vec<Case>,
    /// How many there are in all that were asked for.
    pub total: u32,
}

impl Cases {
    /// Most of a page.
    pub const MAX_PAGE: u32 = 50;
}

/// Who asks for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Applicant {
    pub given_name: String,
    pub surname: String,
    /// The country that gave the code, two capital letters, and the code.
    pub country: String,
    pub code: String,
    /// For whom, if not for themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Company>,
}

/// A case with all that is in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseDetail {
    #[serde(rename = "case")]
    pub about: Case,
    /// None where nobody was signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applicant: Option<Applicant>,
    /// Exactly what was sent, by field id.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Raw,
    /// What was sent with them; what came later is at its message.
    pub files: Vec<StoredFile>,
    pub events: Vec<CaseEvent>,
    /// What it cost, and those that the institution made within it.
    #[serde(default)]
    pub bills: Vec<CaseBill>,
}

/// A bill of a case, as the institution sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseBill {
    /// 32 hexadecimal digits.
    pub id: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Reference,
    /// Empty for what the e-service costs.
    pub purpose: String,
    pub amount_cents: u32,
    /// Of it, what is paid; and of that, what goes back.
    pub paid_cents: u32,
    pub refunded_cents: u32,
    pub state: BillState,
    /// ISO 8601 day.
    pub due: String,
    /// ISO 8601, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<String>,
    /// The soonest first; none where it is to be paid at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<BillPart>,
    /// What happened to it, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<BillEvent>,
}

/// What an institution does with a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CaseChange {
    /// 32 hexadecimal digits; the same id again is the same change.
    pub id: String,
    /// That of the case as it was seen.
    pub revision: u32,
    /// Who does it, as the institution calls them. A program says it; an officer who signs in is known.
    #[serde(default)]
    pub officer: String,
    pub step: CaseStep,
}

/// One step of an institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CaseStep {
    /// Begins to work on it.
    Take {},
    /// Goes on with what another officer has taken.
    TakeOver {},
    /// Asks the citizen, who has until `due` (ISO 8601 day).
    Ask { text: String, due: String },
    /// Tells the citizen something.
    Tell { text: String },
    /// Decides, and says why.
    Decide { ruling: Ruling, text: String },
}

/// A place at an institution's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seat {
    /// Slug of the institution.
    pub institution: String,
    /// What it is called, in the language asked for.
    pub name: String,
    /// What the institution calls the officer.
    pub officer: String,
}

/// Where somebody signed in is an officer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seats {
    pub items: Vec<Seat>,
}
