//! One request, with its bound and its few ways to fail.

use durvis_contract::Problem;
use gloo_net::http::{Request, Response};
use serde::de::DeserializeOwned;
use web_sys::AbortSignal;

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

/// A JSON answer.
pub(super) async fn get_json<T: DeserializeOwned>(url: &str) -> Result<T, ApiError> {
    parsed(send(url, ANSWER_WITHIN_MS).await?).await
}

/// A JSON file, which may be long.
pub(super) async fn get_json_file<T: DeserializeOwned>(url: &str) -> Result<T, ApiError> {
    parsed(send(url, FILE_WITHIN_MS).await?).await
}

/// One way into serde for all: each further one compiles every type again.
async fn parsed<T: DeserializeOwned>(response: Response) -> Result<T, ApiError> {
    let text = response.text().await.map_err(|_| ApiError::Offline)?;
    serde_json::from_str(&text).map_err(|error| ApiError::Failed(error.to_string()))
}

/// A file's bytes.
pub(super) async fn get_bytes(url: &str) -> Result<Vec<u8>, ApiError> {
    send(url, FILE_WITHIN_MS).await?.binary().await.map_err(|_| ApiError::Offline)
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
            let text = response.text().await.unwrap_or_default();
            let problem: Option<Problem> = serde_json::from_str(&text).ok();
            Err(ApiError::Failed(problem.map(|problem| problem.instance).unwrap_or_default()))
        }
    }
}
