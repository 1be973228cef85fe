//! Bills, and paying them.

use durvis_contract::bill::{Bill, Bills, NewPayment, PayingBank};
use gloo_net::http::Method;

use super::fetch::{ApiError, change, get_json};
use super::typed::{parsed, written};
use crate::i18n::content;

/// The banks that one can pay with.
pub async fn list_banks() -> Result<Vec<PayingBank>, ApiError> {
    parsed(&get_json(&format!("/api/v1/banks?lang={}", content())).await?)
}

/// One's own bills, as a query asks for them.
pub async fn list_bills(query: &str) -> Result<Bills, ApiError> {
    parsed(&get_json(&format!("/api/v1/bills?lang={}&{query}", content())).await?)
}

/// Where all that a query asks for is, as a table.
pub fn table(query: &str) -> String {
    format!("/api/v1/bills.csv?lang={}&{query}", content())
}

pub async fn get_bill(id: &str) -> Result<Bill, ApiError> {
    parsed(&get_json(&format!("/api/v1/bills/{id}?lang={}", content())).await?)
}

/// Begins a payment; the same id is the same payment.
pub async fn begin_payment(id: &str, new: &NewPayment) -> Result<Bill, ApiError> {
    parsed(&change(Method::POST, &format!("/api/v1/bills/{id}/payments"), Some(written(new)?)).await?)
}

/// Gives the payment under way up.
pub async fn give_payment_up(id: &str) -> Result<Bill, ApiError> {
    parsed(&change(Method::DELETE, &format!("/api/v1/bills/{id}/payments?lang={}", content()), None).await?)
}
