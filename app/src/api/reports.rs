//! What the operator and the editors are told: that the app crashed, that a search found nothing.

use gloo_net::http::Request;
use js_sys::JSON;
use wasm_bindgen::JsValue;

use super::fetch::{ApiError, answered};
use crate::offline::database::object;

/// Sends a `durvis_contract::Report`.
pub async fn create_report(message: &str, path: &str) -> Result<(), ApiError> {
    post("/api/v1/reports", &[("message", &message.into()), ("path", &path.into())]).await
}

/// Sends a `durvis_contract::MissedSearch`.
pub async fn create_missed_search(lang: &str, text: &str) -> Result<(), ApiError> {
    post("/api/v1/searches/missed", &[("lang", &lang.into()), ("text", &text.into())]).await
}

async fn post(url: &str, fields: &[(&str, &JsValue)]) -> Result<(), ApiError> {
    let body = JSON::stringify(&object(fields)).map_err(|_| ApiError::Failed(String::new()))?;
    let request = Request::post(url).header("content-type", "application/json").body(body);
    let sent = request.map_err(|_| ApiError::Offline)?.send().await;
    answered(sent.map_err(|_| ApiError::Offline)?).await.map(drop)
}
