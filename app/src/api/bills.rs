//! One's own bills.

use durvis_contract::bill::{Bill, Bills, NewDispute};
use gloo_net::http::Method;

use super::fetch::{ApiError, change, get_json};
use super::typed::{parsed, written};
use crate::i18n::content;

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

/// Says that a bill is wrong; the same id is the same.
pub async fn create_dispute(id: &str, new: &NewDispute) -> Result<Bill, ApiError> {
    let url = format!("/api/v1/bills/{id}/disputes?lang={}", content());
    parsed(&change(Method::POST, &url, Some(written(new)?)).await?)
}
