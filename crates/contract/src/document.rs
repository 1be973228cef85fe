//! One's own documents: what was decided, sent and paid, and what one has sent along. Whether a document is genuine, anybody who
//! holds it is told, and nothing about whose it is.

use serde::{Deserialize, Serialize};

use crate::e_service::Reference;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// What an institution decided, and why.
    Decision,
    /// What an institution gave along with a decision.
    Result,
    /// That something was sent, or paid where it has a bill.
    Receipt,
    /// A file that the citizen has sent along.
    Upload,
}

impl DocumentKind {
    pub const ALL: [Self; 4] = [Self::Decision, Self::Result, Self::Receipt, Self::Upload];

    /// As JSON, URLs and the database name it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Result => "result",
            Self::Receipt => "receipt",
            Self::Upload => "upload",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Document {
    /// 32 hexadecimal digits.
    pub id: String,
    pub kind: DocumentKind,
    /// What stands on it; none on what the citizen has sent along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub number: Option<Reference>,
    /// What the e-service is called that it came out of, in the language asked for.
    pub title: String,
    /// Name of the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// Of the file.
    pub name: String,
    pub media_type: String,
    /// None as long as it is being made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// ISO 8601, UTC.
    pub made_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_id: Option<String>,
    /// The bill whose payment it proves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill_id: Option<String>,
    /// How many links to it hold.
    pub shares: u32,
    /// ISO 8601 day, the last on which it is valid; none where it does not end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
}

/// A page of one's own documents, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Documents {
    pub items: Vec<Document>,
    /// How many there are in all that were asked for.
    pub total: u32,
    /// The years that there are documents of, the newest first.
    pub years: Vec<i32>,
}

impl Documents {
    /// Most of a page.
    pub const MAX_PAGE: u32 = 50;
}

/// Documents that are wanted in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Archive {
    /// At most [`Archive::MAX`], each once.
    pub ids: Vec<String>,
}

impl Archive {
    pub const MAX: usize = 50;
    /// Most bytes of all of them.
    pub const MAX_BYTES: u64 = 50 * 1024 * 1024;
}

/// A link to a document, to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewShare {
    /// Until it ends: 1 to [`NewShare::MAX_HOURS`].
    pub hours: u32,
}

impl NewShare {
    pub const MAX_HOURS: u32 = 720;
}

/// A link to a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Share {
    pub id: String,
    /// ISO 8601, UTC.
    pub made_at: String,
    pub ends_at: String,
    /// How often the document was fetched through it.
    pub opened: u32,
    /// The address itself, told once: when the link is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Share {
    /// Most links to a document that hold at once.
    pub const MAX: usize = 20;
}

/// What is said to whoever holds a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It was issued, and this very file.
    Genuine,
    /// Something of that number was issued; this file is another.
    Changed,
    /// Something of that number and code was issued; the file was not compared.
    Issued,
    /// Nothing of that number, or not with that code.
    Unknown,
}

/// Whether a document is genuine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Genuine {
    pub verdict: Verdict,
    /// Of what was issued, unless nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<DocumentKind>,
    /// Name of the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// ISO 8601, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_at: Option<String>,
}
