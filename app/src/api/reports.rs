//! What the operator and the editors are told: that the app crashed, that a search found nothing.

use gloo_net::http::Method;

use super::fetch::{ApiError, change};
use crate::offline::database::object;

/// Sends a `durvis_contract::Report`.
pub async fn create_report(message: &str, path: &str) -> Result<(), ApiError> {
    let report = object(&[("message", &message.into()), ("path", &path.into())]);
    change(Method::POST, "/api/v1/reports", Some(report)).await.map(drop)
}

/// Sends a `durvis_contract::MissedSearch`.
pub async fn create_missed_search(lang: &str, text: &str) -> Result<(), ApiError> {
    let missed = object(&[("lang", &lang.into()), ("text", &text.into())]);
    change(Method::POST, "/api/v1/searches/missed", Some(missed)).await.map(drop)
}
