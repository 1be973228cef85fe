//! What was searched and not found, told by the browser.

use axum::extract::State;
use axum::http::StatusCode;
use durvis_contract::{MissedSearch, Problem};
use durvis_search::Query;

use crate::App;
use crate::error::ApiError;
use crate::extract::Body;
use crate::flood::Flood;

static FLOOD: Flood = Flood::a_minute(600);

/// Counts a search that found nothing. One that finds something here is passed over.
#[utoipa::path(post, path = "/api/v1/searches/missed", tag = "searches", request_body = MissedSearch,
    responses((status = 204), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_missed_search(
    State(app): State<App>,
    Body(missed): Body<MissedSearch>,
) -> Result<StatusCode, ApiError> {
    if missed.text.len() > MissedSearch::MAX_BYTES {
        return Err(ApiError::broken("text", "too_long"));
    }
    let released = app.live.current();
    let index = released.indexes.get(&missed.lang).ok_or_else(|| ApiError::broken("lang", "unknown"))?;
    if !FLOOD.admits() {
        return Err(ApiError::Wait(60));
    }
    if index.search(&Query { text: missed.text.clone(), limit: 0, ..Query::default() }).total == 0 {
        app.missed.count(&app.db, &missed.lang, &missed.text).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
