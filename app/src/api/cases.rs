//! What becomes of what was sent.

use durvis_contract::case::{Course, NewMessage};
use gloo_net::http::Method;

use super::fetch::{ApiError, change, get_json};
use super::typed::{parsed, written};
use crate::i18n::content;

pub async fn get_course(id: &str) -> Result<Course, ApiError> {
    parsed(&get_json(&format!("/api/v1/uses/{id}/course?lang={}", content())).await?)
}

/// Writes to the institution; the same id is the same message.
pub async fn create_message(id: &str, new: &NewMessage) -> Result<Course, ApiError> {
    let path = format!("/api/v1/uses/{id}/messages?lang={}", content());
    parsed(&change(Method::POST, &path, Some(written(new)?)).await?)
}

/// Takes it back.
pub async fn put_withdrawal(id: &str, event: &str) -> Result<Course, ApiError> {
    let path = format!("/api/v1/uses/{id}/withdrawal/{event}?lang={}", content());
    parsed(&change(Method::PUT, &path, None).await?)
}
