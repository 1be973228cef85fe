//! All of one's own affairs as one flat list: what the search over one's own is made of, on the device.

use serde::{Deserialize, Serialize};

use crate::e_service::Reference;

/// What a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OwnKind {
    Use,
    Bill,
    /// Between the citizen and an institution: a question, an answer, a decision.
    Message,
    Document,
    Notice,
    Act,
}

impl OwnKind {
    pub const ALL: [Self; 6] = [Self::Use, Self::Bill, Self::Message, Self::Document, Self::Notice, Self::Act];

    /// As it stands in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::Bill => "bill",
            Self::Message => "message",
            Self::Document => "document",
            Self::Notice => "notice",
            Self::Act => "act",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One thing: what a result shows, and by what it is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnThing {
    pub kind: OwnKind,
    /// What it says in a closed set: the state of a use or a bill, the kind of a message, a document, a notice or an act.
    pub code: String,
    /// Id of the use or the bill that it is about; empty, it has no page of its own.
    pub about: String,
    /// In the language asked for; empty where only the code says what it is.
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub number: Option<Reference>,
    /// What the institution is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// What a message says; what a document's file is called; from where an act was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// ISO 8601, UTC.
    pub at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<u32>,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Own {
    /// When the server told it: ISO 8601, UTC.
    pub told_at: String,
    /// The newest first.
    pub things: Vec<OwnThing>,
    /// There are older ones that did not fit.
    #[serde(default)]
    pub has_more: bool,
}

impl Own {
    /// Most of a kind.
    pub const MAX_USES: u32 = 2_000;
    pub const MAX_BILLS: usize = 10_000;
    pub const MAX_MESSAGES: usize = 5_000;
    pub const MAX_DOCUMENTS: usize = 5_000;
    pub const MAX_NOTICES: usize = 10_000;
    pub const MAX_ACTS: usize = 2_000;
}
