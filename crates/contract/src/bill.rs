//! Bills: of what an e-service costs, and those that an institution makes within a case.

use serde::{Deserialize, Serialize};

use crate::e_service::Reference;
use crate::payment::Payment;

/// How far a bill is. What a payment under way is tells first, then a dispute, then parts, then reminding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BillState {
    /// To be paid.
    Open,
    /// To be paid, and its day is over or the institution has reminded of it.
    Reminded,
    /// Some of it is paid.
    PartPaid,
    /// To be paid in parts, each with a day of its own.
    InInstalments,
    /// The citizen says that it is wrong: not to be paid until the institution has answered.
    Disputed,
    /// A payment was begun, and the citizen has not decided at the bank.
    Paying,
    /// A payment was begun, and the bank does not say what became of it: not to be paid again.
    Unknown,
    Paid,
    /// It was paid, and some or all of it goes back.
    Refunded,
    /// What it was for was taken back, or the institution has cancelled it.
    Cancelled,
}

impl BillState {
    pub const ALL: [Self; 10] = [
        Self::Open,
        Self::Reminded,
        Self::PartPaid,
        Self::InInstalments,
        Self::Disputed,
        Self::Paying,
        Self::Unknown,
        Self::Paid,
        Self::Refunded,
        Self::Cancelled,
    ];

    /// As it stands in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Reminded => "reminded",
            Self::PartPaid => "part_paid",
            Self::InInstalments => "in_instalments",
            Self::Disputed => "disputed",
            Self::Paying => "paying",
            Self::Unknown => "unknown",
            Self::Paid => "paid",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether a payment of it may begin.
    #[must_use]
    pub fn is_payable(self) -> bool {
        matches!(self, Self::Open | Self::Reminded | Self::PartPaid | Self::InInstalments)
    }
}

/// A bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bill {
    /// 32 hexadecimal digits.
    pub id: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Reference,
    /// What it is for, in the language asked for.
    pub title: String,
    /// Name of the institution.
    pub institution: String,
    /// What an institution says that it is for; none of what an e-service costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Id of the use that it came out of.
    pub use_id: String,
    pub amount_cents: u32,
    /// Of it, what is paid; and of that, what goes back.
    #[serde(default)]
    pub paid_cents: u32,
    #[serde(default)]
    pub refunded_cents: u32,
    /// What is to be paid next: the part whose turn it is, or all that is left; 0 where nothing is.
    #[serde(default)]
    pub to_pay_cents: u32,
    pub state: BillState,
    /// ISO 8601 day: of the part whose turn it is.
    pub due: String,
    /// The soonest first; none where it is to be paid at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<BillPart>,
    /// What happened to it, the oldest first; in lists none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<BillEvent>,
    /// ISO 8601, UTC.
    pub made_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<String>,
    /// The payment under way, or the one that paid it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
}

/// A bill that an institution makes within a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewBill {
    /// 32 hexadecimal digits; the same id again is the same bill.
    pub id: String,
    /// Who makes it, as in a step.
    #[serde(default)]
    pub officer: String,
    /// What it is for, in one line of at most [`NewBill::MAX_PURPOSE`] characters.
    pub purpose: String,
    /// 1 to [`NewBill::MAX_CENTS`].
    pub amount_cents: u32,
    /// ISO 8601 day: from today on, within [`NewBill::MAX_DAYS`].
    pub due: String,
}

impl NewBill {
    pub const MAX_PURPOSE: usize = 140;
    pub const MAX_CENTS: u32 = 100_000_000;
    pub const MAX_DAYS: i32 = 366;
    /// Most bills that an institution makes in one case.
    pub const MAX_OF_CASE: usize = 50;
}

/// A part of a bill, to be paid by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BillPart {
    pub amount_cents: u32,
    /// ISO 8601 day.
    pub due: String,
}

/// What happened to a bill besides being paid at a bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BillEventKind {
    /// The institution reminded of it.
    Reminded,
    /// It may be paid in parts.
    Split,
    /// Money came in another way.
    Received,
    /// The citizen says that it is wrong.
    Disputed,
    /// The institution stays with it.
    Upheld,
    Refunded,
    Cancelled,
}

/// Something that happened to a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BillEvent {
    /// 32 hexadecimal digits.
    pub id: String,
    pub kind: BillEventKind,
    /// ISO 8601, UTC.
    pub at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Of what was received or goes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<u32>,
    /// The officer, told to the institution only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
}

/// Why a citizen says that a bill is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewDispute {
    /// 32 hexadecimal digits, made by the device; the same id again is the same.
    pub id: String,
    /// At most [`crate::case::MAX_TEXT`] characters.
    pub text: String,
}

/// What an institution does with a bill of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BillChange {
    /// 32 hexadecimal digits; the same id again is the same change.
    pub id: String,
    /// Who does it, as in a step.
    #[serde(default)]
    pub officer: String,
    pub step: BillStep,
}

/// One step of an institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum BillStep {
    /// Reminds of it.
    Remind {},
    /// Lets what is left be paid in parts: at least two, of rising days, together what is left.
    Split { parts: Vec<BillPart> },
    /// Writes down money that came another way.
    Receive { amount_cents: u32, text: String },
    /// Stays with a bill that the citizen has disputed, and says why.
    Uphold { text: String },
    /// Sends money back, at most what is paid.
    Refund { amount_cents: u32, text: String },
    /// Takes the bill back; what was paid of it is to be sent back.
    Cancel { text: String },
}

/// Most parts of a bill, and most events.
pub const MAX_PARTS: usize = 24;
pub const MAX_EVENTS: usize = 200;

/// A page of one's own bills: those to be paid first, then the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bills {
    pub items: Vec<Bill>,
    /// How many there are in all that were asked for, and their sum.
    pub total: u32,
    pub total_cents: u64,
}

impl Bills {
    /// Most of a page.
    pub const MAX_PAGE: u32 = 50;
}
