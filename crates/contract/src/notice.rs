//! Notices: what happened to a citizen's own affairs, told in the app at once and, when wanted, by e-mail.

use serde::{Deserialize, Serialize};

use crate::e_service::Reference;

/// What a notice tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// An institution began to work on a submission.
    CaseTaken,
    /// It needs an answer.
    CaseAsked,
    /// It has written.
    CaseTold,
    CaseDecided,
    /// An institution gave a document along with a submission.
    DocumentGiven,
    /// There is a bill to be paid.
    BillMade,
    BillPaid,
    /// The bank says that a payment came to nothing.
    PaymentFailed,
}

impl NoticeKind {
    pub const ALL: [Self; 8] = [
        Self::CaseTaken,
        Self::CaseAsked,
        Self::CaseTold,
        Self::CaseDecided,
        Self::DocumentGiven,
        Self::BillMade,
        Self::BillPaid,
        Self::PaymentFailed,
    ];

    /// As JSON and the database name it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::CaseTaken => "case_taken",
            Self::CaseAsked => "case_asked",
            Self::CaseTold => "case_told",
            Self::CaseDecided => "case_decided",
            Self::DocumentGiven => "document_given",
            Self::BillMade => "bill_made",
            Self::BillPaid => "bill_paid",
            Self::PaymentFailed => "payment_failed",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Counts up: what has a greater one came later.
    pub id: i64,
    pub kind: NoticeKind,
    /// What the e-service is called, in the language asked for.
    pub title: String,
    /// Of the submission or the bill.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Reference,
    /// Id of the use, or of the bill where it is about one.
    pub about: String,
    /// ISO 8601, UTC.
    pub at: String,
    pub read: bool,
}

/// Notices, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notices {
    pub items: Vec<Notice>,
    /// How many are not read, in all.
    pub unread: u32,
    /// What to ask for `below` to get those before them; none at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<i64>,
}

impl Notices {
    /// Most of a page.
    pub const MAX_PAGE: u32 = 50;
}

/// Up to which notice everything was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadUntil {
    pub id: i64,
}
