//! Payments: each pays one bill or several, and is begun once, under an id that the device makes. Whether it went through, only
//! the bank says, and until it has, nobody claims to know.

use serde::{Deserialize, Serialize};

/// How far a payment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// The citizen has not decided at the bank.
    Waiting,
    /// The bank does not say what became of it.
    Unknown,
    Paid,
    /// No money will ever move by it.
    Failed,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payment {
    pub id: String,
    /// What the bank is called, in the language asked for.
    pub bank: String,
    pub state: PaymentState,
    /// Of all its bills together.
    pub amount_cents: u32,
    /// Ids of the bills that it pays.
    pub bills: Vec<String>,
    /// ISO 8601, UTC.
    pub started_at: String,
    /// Since when the bank does not answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent_since: Option<String>,
    /// Where the citizen decides, as long as they have not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
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
    /// Ids of the bills, each once; at most [`NewPayment::MAX_BILLS`].
    pub bills: Vec<String>,
    /// All that is left of each, not only the part whose turn it is.
    #[serde(default)]
    pub rest: bool,
}

impl NewPayment {
    /// As many as a transfer's text can name.
    pub const MAX_BILLS: usize = 10;
}

/// A bank that one can pay with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PayingBank {
    pub slug: String,
    pub name: String,
}
