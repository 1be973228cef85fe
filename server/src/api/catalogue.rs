//! The catalogue as a whole: which files hold it, and how much it holds.

use axum::Json;
use axum::extract::State;
use durvis_contract::{Counts, Manifest, Problem};

use crate::App;
use crate::error::ApiError;

/// Which files hold the present catalogue.
#[utoipa::path(get, path = "/api/v1/catalogue", tag = "catalogue",
    responses((status = 200, body = Manifest), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_manifest(State(app): State<App>) -> Result<Json<Manifest>, ApiError> {
    app.live.current().manifest.clone().map(Json).ok_or(ApiError::NotReady)
}

/// How much the catalogue holds.
#[utoipa::path(get, path = "/api/v1/catalogue/counts", tag = "catalogue", responses((status = 200, body = Counts)))]
pub(super) async fn get_counts(State(app): State<App>) -> Json<Counts> {
    Json(app.live.current().counts.clone())
}
