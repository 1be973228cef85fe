//! All sessions of who asks.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Response};
use durvis_contract::Problem;
use durvis_contract::identity::OpenSession;

use super::signed_in::SignedIn;
use crate::App;
use crate::cookie;
use crate::error::ApiError;
use crate::extract::Slug;
use crate::uses::told::iso;

/// The newest first.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "identity",
    responses((status = 200, body = [OpenSession]), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_sessions(
    State(app): State<App>,
    SignedIn(session): SignedIn,
) -> Result<Json<Vec<OpenSession>>, ApiError> {
    let open = app.identity.sessions(&app.db, &session.person_id).await?;
    let one = |row: crate::db::session::Model| OpenSession {
        own: row.handle == session.handle,
        handle: row.handle,
        way: row.way,
        address: row.address,
        agent: row.agent,
        created_at: iso(row.created_at),
        seen_at: iso(row.seen_at),
    };
    Ok(Json(open.into_iter().map(one).collect()))
}

/// Signs out everywhere, here too.
#[utoipa::path(delete, path = "/api/v1/sessions", tag = "identity",
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_sessions(State(app): State<App>, SignedIn(session): SignedIn) -> Result<Response, ApiError> {
    app.identity.sign_out_everywhere(&app.db, &session).await?;
    let gone = AppendHeaders(cookie::signed_out().map(|cookie| (SET_COOKIE, cookie)));
    Ok((StatusCode::NO_CONTENT, gone).into_response())
}

/// Ends one of one's own sessions.
#[utoipa::path(delete, path = "/api/v1/sessions/{handle}", tag = "identity", params(("handle" = String, Path)),
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_one_session(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(handle): Slug,
) -> Result<StatusCode, ApiError> {
    let ended = app.identity.end_own(&app.db, &session, &handle).await?;
    if ended { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::NotFound) }
}
