//! One request, with its bound and its few ways to fail.

use durvis_contract::Broken;
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use js_sys::{JSON, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use super::decode::{Decode, field};

/// How long an answer may take; on a slow line a file of some hundred kilobytes takes its time.
const ANSWER_WITHIN_MS: u32 = 10_000;
const FILE_WITHIN_MS: u32 = 60_000;
/// How long to wait where the server asks for it and does not say how long.
const WAIT_SECONDS: u32 = 60;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The network, or the bound.
    Offline,
    NotFound,
    /// The server does not know who asks.
    SignIn,
    /// Somebody else changed the same in between.
    Conflict,
    /// Too often; to be tried again after so many seconds.
    Wait(u32),
    /// What was given breaks rules.
    Broken(Vec<Broken>),
    /// A register or another one that the server asks does not answer.
    Silent,
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

/// A change, with what it is about; the answer as the browser parsed it, undefined where there is none.
pub(super) async fn change(method: Method, url: &str, about: Option<JsValue>) -> Result<JsValue, ApiError> {
    let bound = AbortSignal::timeout_with_u32(ANSWER_WITHIN_MS);
    let request = RequestBuilder::new(url).method(method).abort_signal(Some(&bound));
    let request = match about {
        Some(about) => {
            let body = JSON::stringify(&about).map_err(|_| ApiError::Failed(String::new()))?;
            request.header("content-type", "application/json").body(body)
        }
        None => request.build(),
    };
    let sent = request.map_err(|_| ApiError::Offline)?.send().await;
    parsed(answered(sent.map_err(|_| ApiError::Offline)?).await?).await
}

/// A change whose answer is a file.
pub(super) async fn change_for_bytes(url: &str, about: JsValue) -> Result<Uint8Array, ApiError> {
    let bound = AbortSignal::timeout_with_u32(FILE_WITHIN_MS);
    let body = JSON::stringify(&about).map_err(|_| ApiError::Failed(String::new()))?;
    let request = Request::post(url).abort_signal(Some(&bound)).header("content-type", "application/json").body(body);
    let sent = request.map_err(|_| ApiError::Offline)?.send().await;
    let bytes = answered(sent.map_err(|_| ApiError::Offline)?).await?.binary().await;
    bytes.map(|bytes| Uint8Array::from(bytes.as_slice())).map_err(|_| ApiError::Offline)
}

/// Bytes that are given; the answer as the browser parsed it.
pub(super) async fn give_bytes(method: Method, url: &str, bytes: &Uint8Array) -> Result<JsValue, ApiError> {
    let bound = AbortSignal::timeout_with_u32(FILE_WITHIN_MS);
    let request = RequestBuilder::new(url).method(method).abort_signal(Some(&bound));
    let request = request.header("content-type", "application/octet-stream").body(JsValue::from(bytes));
    let sent = request.map_err(|_| ApiError::Offline)?.send().await;
    parsed(answered(sent.map_err(|_| ApiError::Offline)?).await?).await
}

/// The value as a type of the contract.
pub(super) fn decoded<T: Decode>(value: &JsValue) -> Result<T, ApiError> {
    T::decode(value).ok_or_else(|| ApiError::Failed(String::new()))
}

async fn parsed(response: Response) -> Result<JsValue, ApiError> {
    let text = response.text().await.map_err(|_| ApiError::Offline)?;
    if text.is_empty() {
        return Ok(JsValue::UNDEFINED);
    }
    JSON::parse(&text).map_err(|_| ApiError::Failed(String::new()))
}

async fn send(url: &str, within_ms: u32) -> Result<Response, ApiError> {
    let bound = AbortSignal::timeout_with_u32(within_ms);
    let sent = Request::get(url).abort_signal(Some(&bound)).send().await;
    answered(sent.map_err(|_| ApiError::Offline)?).await
}

/// The response, when it is a good one.
async fn answered(response: Response) -> Result<Response, ApiError> {
    let status = response.status();
    match status {
        200..300 => return Ok(response),
        401 => return Err(ApiError::SignIn),
        404 => return Err(ApiError::NotFound),
        409 => return Err(ApiError::Conflict),
        429 => {
            let wait = response.headers().get("retry-after").and_then(|seconds| seconds.parse().ok());
            return Err(ApiError::Wait(wait.unwrap_or(WAIT_SECONDS)));
        }
        _ => {}
    }
    let problem = parsed(response).await.unwrap_or_default();
    Err(match (status, field::<Vec<Broken>>(&problem, "broken")) {
        (400, Some(broken)) if !broken.is_empty() => ApiError::Broken(broken),
        (503, Some(broken)) if !broken.is_empty() => ApiError::Silent,
        _ => ApiError::Failed(field(&problem, "instance").unwrap_or_default()),
    })
}
