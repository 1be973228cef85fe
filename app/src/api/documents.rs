//! One's own documents, the links to them, and whether one is genuine.

use durvis_contract::document::{Archive, Documents, Genuine, NewShare, Share};
use durvis_contract::inspection::Inspection;
use gloo_net::http::Method;
use js_sys::Uint8Array;

use super::fetch::{ApiError, change, change_for_bytes, get_json};
use super::typed::{parsed, written};
use crate::i18n::content;

/// One's own documents, as a query asks for them.
pub async fn list_documents(query: &str) -> Result<Documents, ApiError> {
    parsed(&get_json(&format!("/api/v1/documents?lang={}&{query}", content())).await?)
}

/// Where a document is.
pub fn document(id: &str) -> String {
    format!("/api/v1/documents/{id}")
}

/// What is in a container of signed files.
pub async fn get_inspection(id: &str) -> Result<Inspection, ApiError> {
    parsed(&get_json(&format!("{}/inspection", document(id))).await?)
}

/// Several documents as a ZIP.
pub async fn create_archive(ids: Vec<String>) -> Result<Uint8Array, ApiError> {
    change_for_bytes("/api/v1/documents/archive", written(&Archive { ids })?).await
}

/// Makes a link, whose address is told this once.
pub async fn create_share(id: &str, hours: u32) -> Result<Share, ApiError> {
    let about = written(&NewShare { hours })?;
    parsed(&change(Method::POST, &format!("{}/shares", document(id)), Some(about)).await?)
}

pub async fn list_shares(id: &str) -> Result<Vec<Share>, ApiError> {
    parsed(&get_json(&format!("{}/shares", document(id))).await?)
}

/// Ends a link.
pub async fn delete_share(id: &str, share: &str) -> Result<(), ApiError> {
    change(Method::DELETE, &format!("{}/shares/{share}", document(id)), None).await.map(drop)
}

/// What somebody has of a document besides its number.
pub enum Proof {
    /// SHA-256 of the file, in hexadecimal.
    Digest(String),
    Code(String),
}

pub async fn get_genuine(number: &str, proof: Proof) -> Result<Genuine, ApiError> {
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    let proof = match proof {
        Proof::Digest(digest) => format!("digest={digest}"),
        Proof::Code(code) => format!("code={}", encoded(&code)),
    };
    parsed(&get_json(&format!("/api/v1/genuine/{}?lang={}&{proof}", encoded(number), content())).await?)
}
