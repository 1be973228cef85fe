//! One request, with its bound and its few ways to fail.

use gloo_net::http::{Request, Response};
use js_sys::JSON;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use super::decode::{Decode, field};

/// How long an answer may take; on a slow line a file of some hundred kilobytes takes its time.
const ANSWER_WITHIN_MS: u32 = 10_000;
const FILE_WITHIN_MS: u32 = 60_000;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The network, or the bound.
    Offline,
    NotFound,
    /// The server's fault, with the number to tell the operator.
    Failed(String),
}

/// A JSON answer as the browser parsed it.
pub(super) async fn get_json(url: &str) -> Result<JsValue, ApiError> {
    parsed(send(url, ANSWER_WITHIN_MS).await?).await
}

/// A JSON file, which may be long.
pub(super) async fn get_json_file(url: &str) -> Result<JsValue, ApiError> {
    parsed(send(url, FILE_WITHIN_MS).await?).await
}

/// A file's bytes.
pub(super) async fn get_bytes(url: &str) -> Result<Vec<u8>, ApiError> {
    send(url, FILE_WITHIN_MS).await?.binary().await.map_err(|_| ApiError::Offline)
}

/// The value as a type of the contract.
pub(super) fn decoded<T: Decode>(value: &JsValue) -> Result<T, ApiError> {
    T::decode(value).ok_or_else(|| ApiError::Failed(String::new()))
}

async fn parsed(response: Response) -> Result<JsValue, ApiError> {
    let text = response.text().await.map_err(|_| ApiError::Offline)?;
    JSON::parse(&text).map_err(|_| ApiError::Failed(String::new()))
}

async fn send(url: &str, within_ms: u32) -> Result<Response, ApiError> {
    let bound = AbortSignal::timeout_with_u32(within_ms);
    let sent = Request::get(url).abort_signal(Some(&bound)).send().await;
    answered(sent.map_err(|_| ApiError::Offline)?).await
}

/// The response, when it is a good one.
pub(super) async fn answered(response: Response) -> Result<Response, ApiError> {
    match response.status() {
        200..300 => Ok(response),
        404 => Err(ApiError::NotFound),
        _ => {
            let problem = parsed(response).await.unwrap_or_default();
            Err(ApiError::Failed(field(&problem, "instance").unwrap_or_default()))
        }
    }
}
