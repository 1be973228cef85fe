//! Paying bills.

use durvis_contract::payment::{NewPayment, PayingBank, Payment};
use gloo_net::http::Method;

use super::fetch::{ApiError, change, get_json};
use super::typed::{parsed, written};
use crate::i18n::content;

/// The banks that one can pay with.
pub async fn list_banks() -> Result<Vec<PayingBank>, ApiError> {
    parsed(&get_json(&format!("/api/v1/banks?lang={}", content())).await?)
}

/// Begins a payment; the same id is the same payment.
pub async fn begin_payment(new: &NewPayment) -> Result<Payment, ApiError> {
    parsed(&change(Method::POST, "/api/v1/payments", Some(written(new)?)).await?)
}

/// What became of one.
pub async fn get_payment(id: &str) -> Result<Payment, ApiError> {
    parsed(&get_json(&format!("/api/v1/payments/{id}?lang={}", content())).await?)
}

/// Gives one up.
pub async fn delete_payment(id: &str) -> Result<Payment, ApiError> {
    parsed(&change(Method::DELETE, &format!("/api/v1/payments/{id}?lang={}", content()), None).await?)
}
