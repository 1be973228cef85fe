//! All of one's own affairs.

use durvis_contract::own::Own;

use super::fetch::{ApiError, get_bytes};
use crate::i18n::content;

/// As the server wrote it: what a device keeps is the same.
pub async fn get_own() -> Result<Vec<u8>, ApiError> {
    get_bytes(&format!("/api/v1/own?lang={}", content())).await
}

/// What it says.
pub fn read(bytes: &[u8]) -> Result<Own, ApiError> {
    serde_json::from_slice(bytes).map_err(|_| ApiError::Failed(String::new()))
}
