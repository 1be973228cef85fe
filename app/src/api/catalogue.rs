//! The files of the catalogue. Their names come from the manifest and change with their content, so that a service
//! worker can keep them for good.

use durvis_contract::{Files, Manifest};
use wasm_bindgen::JsValue;

use super::fetch::{ApiError, decoded, get_bytes, get_json, get_json_file};
use crate::i18n::content;

/// The search index of the page's language, not yet opened.
pub async fn get_index() -> Result<Vec<u8>, ApiError> {
    get_bytes(&files().await?.index).await
}

/// Every description in the page's language (`durvis_contract::Bundle`), from the service worker's store when there is no
/// network. Not decoded: who asks takes one of thousands.
pub async fn get_bundle() -> Result<JsValue, ApiError> {
    get_json_file(&files().await?.details).await
}

/// Lets the service worker see (and keep) both files.
pub async fn keep_offline() -> Result<(), ApiError> {
    let files = files().await?;
    get_bytes(&files.index).await?;
    get_bytes(&files.details).await.map(drop)
}

/// The life events that have a plan, by slug.
pub async fn list_plans() -> Result<Vec<String>, ApiError> {
    let manifest: Manifest = decoded(&get_json("/api/v1/catalogue").await?)?;
    Ok(manifest.plans)
}

async fn files() -> Result<Files, ApiError> {
    let manifest: Manifest = decoded(&get_json("/api/v1/catalogue").await?)?;
    let mut files = manifest.files;
    let own = files.iter().position(|files| files.lang == content()).unwrap_or(0);
    if files.is_empty() { Err(ApiError::NotFound) } else { Ok(files.swap_remove(own)) }
}
