//! The overview of one's own workspace.

use axum::Json;
use axum::extract::State;
use durvis_contract::Problem;
use durvis_contract::overview::Overview;

use super::catalogue_language;
use super::signed_in::Looking;
use crate::App;
use crate::error::ApiError;
use crate::extract::Params;
use crate::overview;

/// What is to be done, and what is going on, in one answer.
#[utoipa::path(get, path = "/api/v1/overview", tag = "uses", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = Overview), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_overview(
    State(app): State<App>,
    Looking(session): Looking,
    params: Params,
) -> Result<Json<Overview>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(overview::overview(&app, &session, &lang).await?))
}
