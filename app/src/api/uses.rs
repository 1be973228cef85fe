//! E-services and their uses.

use durvis_contract::e_service::Definition;
use durvis_contract::file::{NewFile, StoredFile};
use durvis_contract::uses::{Deficiencies, Draft, ErrorReport, Prefilled, RegistryAnswer, Sent, Use, UseDetail, Uses};
use gloo_net::http::Method;
use js_sys::Uint8Array;

use super::fetch::{ApiError, change, get_json, give_bytes};
use super::typed::{parsed, written};
use crate::i18n::content;

/// What one asks; the one in force where no version is named.
pub async fn get_e_service(slug: &str, version: Option<u32>) -> Result<Definition, ApiError> {
    let version = version.map(|version| format!("?version={version}")).unwrap_or_default();
    parsed(&get_json(&format!("/api/v1/e-services/{slug}{version}")).await?)
}

/// What registers know already of the one who asks.
pub async fn get_prefill(slug: &str) -> Result<Prefilled, ApiError> {
    parsed(&get_json(&format!("/api/v1/e-services/{slug}/prefill")).await?)
}

/// One's own, the newest first.
pub async fn list_uses(offset: u32) -> Result<Uses, ApiError> {
    parsed(&get_json(&format!("/api/v1/uses?lang={}&offset={offset}", content())).await?)
}

pub async fn get_use(id: &str) -> Result<UseDetail, ApiError> {
    parsed(&get_json(&format!("/api/v1/uses/{id}?lang={}", content())).await?)
}

/// Saves a draft, or begins it.
pub async fn put_use(id: &str, draft: &Draft) -> Result<Use, ApiError> {
    parsed(&change(Method::PUT, &format!("/api/v1/uses/{id}?lang={}", content()), Some(written(draft)?)).await?)
}

/// Ends a draft.
pub async fn delete_use(id: &str) -> Result<(), ApiError> {
    change(Method::DELETE, &format!("/api/v1/uses/{id}"), None).await.map(drop)
}

/// Sends; the same id gets the same receipt.
pub async fn send_use(id: &str, draft: &Draft) -> Result<Use, ApiError> {
    parsed(&change(Method::POST, &format!("/api/v1/uses/{id}/send?lang={}", content()), Some(written(draft)?)).await?)
}

/// Begins a file, or asks how far it is.
pub async fn put_file(id: &str, new: &NewFile) -> Result<StoredFile, ApiError> {
    parsed(&change(Method::PUT, &format!("/api/v1/files/{id}"), Some(written(new)?)).await?)
}

/// Gives a part of it.
pub async fn put_part(id: &str, number: u32, part: &Uint8Array) -> Result<StoredFile, ApiError> {
    parsed(&give_bytes(Method::PUT, &format!("/api/v1/files/{id}/parts/{number}"), part).await?)
}

pub async fn delete_file(id: &str) -> Result<(), ApiError> {
    change(Method::DELETE, &format!("/api/v1/files/{id}"), None).await.map(drop)
}

/// The files of a use that came, or began to.
pub async fn list_files(use_id: &str) -> Result<Vec<StoredFile>, ApiError> {
    parsed(&get_json(&format!("/api/v1/uses/{use_id}/files")).await?)
}

/// What the registry answers now.
pub async fn get_result(id: &str) -> Result<RegistryAnswer, ApiError> {
    parsed(&get_json(&format!("/api/v1/uses/{id}/result")).await?)
}

/// Tells the institution what is wrong in it.
pub async fn report_deficiencies(id: &str, told: &Deficiencies) -> Result<Sent, ApiError> {
    parsed(&change(Method::POST, &format!("/api/v1/uses/{id}/deficiencies"), Some(written(told)?)).await?)
}

/// Tells the operator of a broken page.
pub async fn report_error(told: &ErrorReport) -> Result<Sent, ApiError> {
    parsed(&change(Method::POST, "/api/v1/error-reports", Some(written(told)?)).await?)
}
