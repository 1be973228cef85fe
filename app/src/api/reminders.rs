//! What one wants to be reminded of.

use durvis_contract::reminder::{NewReminder, Reminder, Reminders};
use gloo_net::http::Method;

use super::fetch::{ApiError, change, get_json};
use super::typed::{parsed, written};
use crate::i18n::content;

/// One's own; and what the query asks about.
pub async fn list_reminders(query: &str) -> Result<Reminders, ApiError> {
    parsed(&get_json(&format!("/api/v1/reminders?lang={}{query}", content())).await?)
}

/// Sets one under an id; again under the same id, it has a new day and words.
pub async fn put_reminder(id: &str, new: &NewReminder) -> Result<Reminder, ApiError> {
    let url = format!("/api/v1/reminders/{id}?lang={}", content());
    parsed(&change(Method::PUT, &url, Some(written(new)?)).await?)
}

/// Deletes one.
pub async fn delete_reminder(id: &str) -> Result<(), ApiError> {
    change(Method::DELETE, &format!("/api/v1/reminders/{id}"), None).await.map(drop)
}
