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
    /// An institution has reminded of a bill, or its day is over.
    BillReminded,
    /// An institution has changed a bill: split it, answered a dispute, cancelled it.
    BillChanged,
    /// Money goes back.
    BillRefunded,
    /// The bank says that a payment came to nothing.
    PaymentFailed,
    /// The day has come that one asked to be reminded of; `about` is the reminder.
    Reminded,
    /// An institution still waits for an answer, and its day is near.
    AnswerDue,
    /// A bill is still to be paid, and its day is near.
    BillDue,
    /// A draft will be deleted in some days.
    DraftEnds,
    /// The answers of something finished will be deleted in some days.
    AnswersEnd,
    /// A document is valid for some days more; `about` is the document.
    DocumentExpires,
}

impl NoticeKind {
    pub const ALL: [Self; 17] = [
        Self::CaseTaken,
        Self::CaseAsked,
        Self::CaseTold,
        Self::CaseDecided,
        Self::DocumentGiven,
        Self::BillMade,
        Self::BillPaid,
        Self::BillReminded,
        Self::BillChanged,
        Self::BillRefunded,
        Self::PaymentFailed,
        Self::Reminded,
        Self::AnswerDue,
        Self::BillDue,
        Self::DraftEnds,
        Self::AnswersEnd,
        Self::DocumentExpires,
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
            Self::BillReminded => "bill_reminded",
            Self::BillChanged => "bill_changed",
            Self::BillRefunded => "bill_refunded",
            Self::PaymentFailed => "payment_failed",
            Self::Reminded => "reminded",
            Self::AnswerDue => "answer_due",
            Self::BillDue => "bill_due",
            Self::DraftEnds => "draft_ends",
            Self::AnswersEnd => "answers_end",
            Self::DocumentExpires => "document_expires",
        }
    }

    /// Whether it is about a bill.
    #[must_use]
    pub fn is_of_bill(self) -> bool {
        self.code().starts_with("bill_") || self == Self::PaymentFailed
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
    /// What the e-service is called, in the language asked for; of a reminder, perhaps a service.
    pub title: String,
    /// Of the submission, the bill or the document; none of a service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub number: Option<Reference>,
    /// Id of the use, the bill, the document or the reminder that it is about.
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
