//! How the person who asks wants to be reached.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use durvis_contract::Problem;
use durvis_contract::identity::{Contact, ContactChange, EmailCode, NewEmail};

use super::signed_in::{Client, SignedIn};
use crate::App;
use crate::error::ApiError;
use crate::extract::Body;
use crate::notices::stop;
use crate::post;

/// Contact information and preferences.
#[utoipa::path(get, path = "/api/v1/contact", tag = "identity",
    responses((status = 200, body = Contact), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_contact(
    State(app): State<App>,
    SignedIn(session): SignedIn,
) -> Result<Json<Contact>, ApiError> {
    Ok(Json(app.identity.contact(&app.db, &session.person_id).await?))
}

/// Changes phone, language and what comes by e-mail.
#[utoipa::path(put, path = "/api/v1/contact", tag = "identity", request_body = ContactChange,
    responses((status = 200, body = Contact), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn put_contact(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Body(change): Body<ContactChange>,
) -> Result<Json<Contact>, ApiError> {
    Ok(Json(app.identity.change_contact(&app.db, &session, change).await?))
}

/// Gives an e-mail address: a code goes there.
#[utoipa::path(put, path = "/api/v1/contact/email", tag = "identity", request_body = NewEmail,
    responses((status = 200, body = Contact), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn put_email(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Body(new): Body<NewEmail>,
) -> Result<Json<Contact>, ApiError> {
    app.limits.code.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    let (contact, letter) = app.identity.ask_email(&app.db, &session, &new.email, new.lang.as_deref()).await?;
    app.post.send(&letter.to, &post::CODE, &letter.lang, &[("code", &letter.code)]).await?;
    Ok(Json(contact))
}

/// Forgets the e-mail address.
#[utoipa::path(delete, path = "/api/v1/contact/email", tag = "identity",
    responses((status = 200, body = Contact), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_email(
    State(app): State<App>,
    SignedIn(session): SignedIn,
) -> Result<Json<Contact>, ApiError> {
    Ok(Json(app.identity.forget_email(&app.db, &session).await?))
}

/// Gives the code that came: the address is verified.
#[utoipa::path(post, path = "/api/v1/contact/email/code", tag = "identity", request_body = EmailCode,
    responses((status = 200, body = Contact), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn verify_email(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Body(given): Body<EmailCode>,
) -> Result<Json<Contact>, ApiError> {
    Ok(Json(app.identity.verify_email(&app.db, &session, &given.code).await?))
}

/// What a mail program asks by itself, or our page, when no more letters are wanted. In no description: it is no part of the API.
pub(super) async fn stop_letters(
    State(app): State<App>,
    Client(address): Client,
    Path(token): Path<String>,
) -> Result<StatusCode, ApiError> {
    stop::stop(&app, &token, address).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The link of a letter, opened: our page asks first, because mail programs open links by themselves.
pub(super) async fn ask_to_stop_letters(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Redirect, ApiError> {
    let lang = stop::language(&app, &token).await?;
    Ok(Redirect::to(&format!("/{lang}/letters/{token}")))
}
