//! What becomes of one's own submissions.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use durvis_contract::Problem;
use durvis_contract::case::{Course, NewMessage};

use super::catalogue_language;
use super::signed_in::{Looking, SignedIn};
use crate::App;
use crate::cases::course;
use crate::error::ApiError;
use crate::extract::{Body, Params, Slug};

/// How far the institution is with what one has sent, and what both have said. Pages ask by themselves: it keeps no session
/// alive.
#[utoipa::path(get, path = "/api/v1/uses/{id}/course", tag = "uses",
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Course), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_course(
    State(app): State<App>,
    Looking(session): Looking,
    Slug(id): Slug,
    params: Params,
) -> Result<Json<Course>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(course::course(&app, &session, &id, &lang).await?))
}

/// Writes to the institution; where it has asked something, that is answered. The same id again is the same message.
#[utoipa::path(post, path = "/api/v1/uses/{id}/messages", tag = "uses", request_body = NewMessage,
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Course), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_message(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    params: Params,
    Body(new): Body<NewMessage>,
) -> Result<Json<Course>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(course::write(&app, &session, &id, new, &lang).await?))
}

/// Takes it back, under an id that the device made.
#[utoipa::path(put, path = "/api/v1/uses/{id}/withdrawal/{event}", tag = "uses",
    params(("id" = String, Path), ("event" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Course), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn put_withdrawal(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    path: Result<Path<(String, String)>, PathRejection>,
    params: Params,
) -> Result<Json<Course>, ApiError> {
    let Path((id, event)) = path.map_err(|_| ApiError::NotFound)?;
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(course::withdraw(&app, &session, &id, &event, &lang).await?))
}
