//! Bills of e-services, and paying them. A payment is begun once, under an id that the device makes; whether it went through,
//! only the bank says, and until it has, nobody claims to know.

use serde::{Deserialize, Serialize};

use crate::e_service::Reference;

/// How far a bill is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BillState {
    /// To be paid.
    Open,
    /// A payment was begun, and the citizen has not decided at the bank.
    Paying,
    /// A payment was begun, and the bank does not say what became of it: not to be paid again.
    Unknown,
    Paid,
    /// What it was for was taken back.
    Cancelled,
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
    pub state: BillState,
    /// ISO 8601 day.
    pub due: String,
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

/// A payment of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payment {
    pub id: String,
    /// What the bank is called, in the language asked for.
    pub bank: String,
    /// ISO 8601, UTC.
    pub started_at: String,
    /// Since when the bank does not answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent_since: Option<String>,
    /// Where the citizen decides, as long as they have not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
}

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

/// A bank that one can pay with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PayingBank {
    pub slug: String,
    pub name: String,
}

/// A payment to begin; the same id again is the same payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    /// 32 hexadecimal digits, made by the device.
    pub id: String,
    /// Slug of the bank.
    pub bank: String,
    /// The language in which the citizen comes back.
    pub lang: String,
}
