//! The record that one can prove.

use durvis_contract::record::Record;

use super::fetch::{ApiError, get_bytes};

/// As the server wrote it: what a device keeps is the same.
pub async fn get_record() -> Result<Vec<u8>, ApiError> {
    get_bytes("/api/v1/record").await
}

/// What it says.
pub fn read(bytes: &[u8]) -> Result<Record, ApiError> {
    serde_json::from_slice(bytes).map_err(|_| ApiError::Failed(String::new()))
}
