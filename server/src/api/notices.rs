//! One's own notices.

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use durvis_contract::Problem;
use durvis_contract::notice::{Notices, ReadUntil};
use futures_util::StreamExt;

use super::catalogue_language;
use super::signed_in::Looking;
use crate::App;
use crate::error::ApiError;
use crate::extract::{Body, Params};
use crate::notices;

/// Shorter than what proxies take for silence.
const ALIVE_EVERY: Duration = Duration::from_secs(25);

/// One's own notices, the newest first. Asking does not keep a session alive: pages ask by themselves.
#[utoipa::path(get, path = "/api/v1/notices", tag = "notices",
    params(("lang" = Option<String>, Query), ("limit" = Option<u32>, Query), ("below" = Option<i64>, Query)),
    responses((status = 200, body = Notices), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_notices(
    State(app): State<App>,
    Looking(session): Looking,
    params: Params,
) -> Result<Json<Notices>, ApiError> {
    params.only(&["lang", "limit", "below"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let most = Notices::MAX_PAGE as usize;
    let limit = params.number("limit", most, most)?.max(1) as u64;
    let below = match params.one("below")? {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| ApiError::broken("below", "not_a_number"))?),
    };
    Ok(Json(notices::list(&app, &session, &lang, below, limit).await?))
}

/// Everything up to a notice was read. A list that is shown says so by itself: that does not keep a session alive.
#[utoipa::path(put, path = "/api/v1/notices/read", tag = "notices", request_body = ReadUntil,
    responses((status = 204), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn put_read(
    State(app): State<App>,
    Looking(session): Looking,
    Body(until): Body<ReadUntil>,
) -> Result<StatusCode, ApiError> {
    notices::read(&app, &session, until.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A stream of events, one for every time that there is something new: then the list is asked for. It ends after ten minutes.
/// Listening does not keep a session alive. In no description: a stream is not an answer that has an end.
pub(super) async fn events(State(app): State<App>, Looking(session): Looking) -> Result<impl IntoResponse, ApiError> {
    let news = app.streams.of(&session.person_id)?;
    let news = news.map(|()| Ok::<_, Infallible>(Event::default().event("notice").data("new")));
    // A proxy that collects answers would collect this one for ten minutes.
    Ok(([("x-accel-buffering", "no")], Sse::new(news).keep_alive(KeepAlive::new().interval(ALIVE_EVERY))))
}
