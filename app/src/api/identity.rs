//! Signing in and out, whom one acts for, how one is reached, and what was done: what only the one may see whom it concerns.
//! Nothing of it is cached.

use durvis_contract::identity::{Acts, ByMail, Company, Contact, ContactChange, OpenSession, Session, Way};
use gloo_net::http::Method;
use wasm_bindgen::JsValue;

use super::decode::field;
use super::fetch::{ApiError, change, decoded, get_json};
use crate::i18n::{content, lang};
use crate::offline::database::object;

/// Who is signed in. Asking does not keep the session alive.
pub async fn get_session() -> Result<Session, ApiError> {
    decoded(&get_json("/api/v1/session").await?)
}

/// Stays signed in.
pub async fn use_session() -> Result<Session, ApiError> {
    decoded(&change(Method::POST, "/api/v1/session/use", None).await?)
}

/// Signs out; the answer is where the provider's own session is ended.
pub async fn delete_session() -> Result<Option<String>, ApiError> {
    let url = format!("/api/v1/session?lang={}", lang().code());
    let answer = change(Method::DELETE, &url, None).await?;
    Ok(field(&answer, "leave").flatten())
}

/// The ways to sign in, as they are called in this language.
pub async fn list_ways() -> Result<Vec<Way>, ApiError> {
    decoded(&get_json(&format!("/api/v1/sign-in/ways?lang={}", lang().code())).await?)
}

/// A nonce for the card to sign, good once.
pub async fn create_challenge() -> Result<String, ApiError> {
    let told = change(Method::POST, "/api/v1/sign-in/web-eid/challenge", None).await?;
    field(&told, "nonce").ok_or_else(|| ApiError::Failed(String::new()))
}

/// Signs in by the card's token.
pub async fn sign_in_by_card(token: JsValue) -> Result<(), ApiError> {
    change(Method::POST, "/api/v1/sign-in/web-eid", Some(token)).await.map(drop)
}

/// The companies that one may act for.
pub async fn list_companies() -> Result<Vec<Company>, ApiError> {
    decoded(&get_json("/api/v1/session/companies").await?)
}

/// Acts for a company, by its number, or for oneself.
pub async fn put_principal(company: Option<&str>) -> Result<Session, ApiError> {
    let company = company.map_or(JsValue::UNDEFINED, JsValue::from);
    decoded(&change(Method::PUT, "/api/v1/session/principal", Some(object(&[("company", &company)]))).await?)
}

/// All of one's own sessions.
pub async fn list_sessions() -> Result<Vec<OpenSession>, ApiError> {
    decoded(&get_json("/api/v1/sessions").await?)
}

/// Signs out everywhere.
pub async fn delete_sessions() -> Result<(), ApiError> {
    change(Method::DELETE, "/api/v1/sessions", None).await.map(drop)
}

/// Ends one of one's own sessions.
pub async fn delete_one_session(handle: &str) -> Result<(), ApiError> {
    change(Method::DELETE, &format!("/api/v1/sessions/{handle}"), None).await.map(drop)
}

/// How one is reached.
pub async fn get_contact() -> Result<Contact, ApiError> {
    decoded(&get_json("/api/v1/contact").await?)
}

/// Changes phone, language and what comes by e-mail.
pub async fn put_contact(change_to: &ContactChange) -> Result<Contact, ApiError> {
    let ByMail { tasks, progress, bills, documents, favourites, reminders } = change_to.by_mail;
    let by_mail = object(&[
        ("tasks", &tasks.into()),
        ("progress", &progress.into()),
        ("bills", &bills.into()),
        ("documents", &documents.into()),
        ("favourites", &favourites.into()),
        ("reminders", &reminders.into()),
    ]);
    let phone = change_to.phone.as_deref().map_or(JsValue::UNDEFINED, JsValue::from);
    let about = object(&[("phone", &phone), ("lang", &change_to.lang.as_str().into()), ("by_mail", &by_mail)]);
    decoded(&change(Method::PUT, "/api/v1/contact", Some(about)).await?)
}

/// Gives an address, to which a code goes.
pub async fn put_email(email: &str) -> Result<Contact, ApiError> {
    let about = object(&[("email", &email.into()), ("lang", &content().into())]);
    decoded(&change(Method::PUT, "/api/v1/contact/email", Some(about)).await?)
}

/// Forgets the address.
pub async fn delete_email() -> Result<Contact, ApiError> {
    decoded(&change(Method::DELETE, "/api/v1/contact/email", None).await?)
}

/// Gives the code that came.
pub async fn verify_email(code: &str) -> Result<Contact, ApiError> {
    let about = object(&[("code", &code.into())]);
    decoded(&change(Method::POST, "/api/v1/contact/email/code", Some(about)).await?)
}

/// What was done; `query` is as [`crate::paths::Past::query`] writes it.
pub async fn list_acts(query: &str) -> Result<Acts, ApiError> {
    decoded(&get_json(&format!("/api/v1/acts?{query}")).await?)
}

/// No more letters come to whomever a letter's link was for.
pub async fn stop_letters(token: &str) -> Result<(), ApiError> {
    change(Method::POST, &format!("/letters/{token}"), None).await.map(drop)
}
