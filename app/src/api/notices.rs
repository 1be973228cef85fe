//! What is new for whoever is signed in.

use durvis_contract::notice::{Notices, ReadUntil};
use gloo_net::http::Method;

use super::decode::field;
use super::fetch::{ApiError, change, get_json};
use super::typed::{parsed, written};
use crate::i18n::content;

/// How many are not read. Asking does not keep a session alive.
pub async fn count_unread() -> Result<u32, ApiError> {
    let told = get_json("/api/v1/notices?limit=1").await?;
    field(&told, "unread").ok_or_else(|| ApiError::Failed(String::new()))
}

/// The newest, below an id.
pub async fn list_notices(below: Option<i64>) -> Result<Notices, ApiError> {
    let below = below.map(|below| format!("&below={below}")).unwrap_or_default();
    parsed(&get_json(&format!("/api/v1/notices?lang={}{below}", content())).await?)
}

/// Everything up to an id was read.
pub async fn put_read(id: i64) -> Result<(), ApiError> {
    change(Method::PUT, "/api/v1/notices/read", Some(written(&ReadUntil { id })?)).await.map(drop)
}
