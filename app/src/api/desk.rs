//! An institution's side, for officers who have signed in.

use durvis_contract::bill::{BillChange, NewBill};
use durvis_contract::case::{CaseBill, CaseChange, CaseDetail, Cases, Seats};
use durvis_contract::document::Document;
use gloo_net::http::Method;
use js_sys::{Uint8Array, encode_uri_component};

use super::fetch::{ApiError, change, get_json, give_bytes};
use super::typed::{parsed, written};
use crate::i18n::content;

/// A document that is given along with a case.
pub struct Gift<'a> {
    /// 32 hexadecimal digits; the same id again is the same document.
    pub id: &'a str,
    pub name: &'a str,
    /// ISO 8601 day; empty where it does not end.
    pub valid_until: &'a str,
}

/// Where one is an officer.
pub async fn list_seats() -> Result<Seats, ApiError> {
    parsed(&get_json(&format!("/api/v1/desk/seats?lang={}", content())).await?)
}

/// A page of an institution's queue: all that is open, or those of a state.
pub async fn list_cases(
    institution: &str,
    state: Option<&str>,
    (limit, offset): (usize, usize),
) -> Result<Cases, ApiError> {
    let state = state.map(|state| format!("&state={state}")).unwrap_or_default();
    let query = format!("{}{state}&limit={limit}&offset={offset}", asked(institution));
    parsed(&get_json(&format!("/api/v1/desk/cases?{query}")).await?)
}

/// A case with all that is in it; the citizen's log says who has looked.
pub async fn get_case(id: &str, institution: &str) -> Result<CaseDetail, ApiError> {
    parsed(&get_json(&format!("/api/v1/desk/cases/{id}?{}", asked(institution))).await?)
}

/// Where a file that came with a case is.
pub fn case_file(id: &str, file: &str, institution: &str) -> String {
    format!("/api/v1/desk/cases/{id}/files/{file}?institution={institution}")
}

/// Takes it, asks, tells or decides.
pub async fn create_step(id: &str, institution: &str, step: &CaseChange) -> Result<CaseDetail, ApiError> {
    let url = format!("/api/v1/desk/cases/{id}/steps?{}", asked(institution));
    parsed(&change(Method::POST, &url, Some(written(step)?)).await?)
}

/// Makes a bill within it.
pub async fn create_bill(id: &str, institution: &str, new: &NewBill) -> Result<CaseBill, ApiError> {
    let url = bills(id, institution, None);
    parsed(&change(Method::POST, &url, Some(written(new)?)).await?)
}

/// Does something with one.
pub async fn create_bill_step(
    id: &str,
    institution: &str,
    bill: &str,
    step: &BillChange,
) -> Result<CaseBill, ApiError> {
    let url = bills(id, institution, Some(&format!("{bill}/steps")));
    parsed(&change(Method::POST, &url, Some(written(step)?)).await?)
}

fn bills(id: &str, institution: &str, bill: Option<&str>) -> String {
    let bill = bill.map(|bill| format!("/{bill}")).unwrap_or_default();
    let institution = String::from(encode_uri_component(institution));
    format!("/api/v1/desk/cases/{id}/bills{bill}?institution={institution}")
}

/// Gives a document along with it.
pub async fn give_document(
    id: &str,
    institution: &str,
    gift: &Gift<'_>,
    bytes: &Uint8Array,
) -> Result<Document, ApiError> {
    let name = String::from(encode_uri_component(gift.name));
    let url = format!(
        "/api/v1/desk/cases/{id}/documents?{}&document={}&name={name}&valid_until={}",
        asked(institution),
        gift.id,
        gift.valid_until
    );
    parsed(&give_bytes(Method::POST, &url, bytes).await?)
}

fn asked(institution: &str) -> String {
    format!("lang={}&institution={}", content(), String::from(encode_uri_component(institution)))
}
