//! All of one's own affairs, for the search over them.

use axum::Json;
use axum::extract::State;
use durvis_contract::Problem;
use durvis_contract::own::Own;

use super::catalogue_language;
use super::signed_in::Looking;
use crate::App;
use crate::error::ApiError;
use crate::extract::Params;
use crate::own;

/// Everything of one's own in one list: the device searches in it.
#[utoipa::path(get, path = "/api/v1/own", tag = "uses", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = Own), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_own(
    State(app): State<App>,
    Looking(session): Looking,
    params: Params,
) -> Result<Json<Own>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(own::own(&app, &session, &lang).await?))
}
