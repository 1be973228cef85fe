//! Telling the operator that the app crashed.

use gloo_net::http::Request;
use js_sys::JSON;

use super::fetch::{ApiError, answered};
use crate::offline::database::object;

/// Sends a `durvis_contract::Report`.
pub async fn create_report(message: &str, path: &str) -> Result<(), ApiError> {
    let report = object(&[("message", &message.into()), ("path", &path.into())]);
    let body = JSON::stringify(&report).map_err(|_| ApiError::Failed(String::new()))?;
    let request = Request::post("/api/v1/reports").header("content-type", "application/json").body(body);
    let sent = request.map_err(|_| ApiError::Offline)?.send().await;
    answered(sent.map_err(|_| ApiError::Offline)?).await.map(drop)
}
