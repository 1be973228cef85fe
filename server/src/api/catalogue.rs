//! The catalogue as a whole: which files hold it, and how much it holds.

use axum::Json;
use axum::extract::State;
use durvis_contract::{Counts, Manifest};

use crate::App;
use crate::error::{ApiError, Refused};
use crate::extract::Params;

/// Which files hold the present catalogue.
#[utoipa::path(get, path = "/api/v1/catalogue", tag = "catalogue",
    responses((status = 200, body = Manifest), Refused))]
pub(super) async fn get_manifest(State(app): State<App>, params: Params) -> Result<Json<Manifest>, ApiError> {
    params.only(&[])?;
    app.live.current().manifest.clone().map(Json).ok_or(ApiError::NotReady)
}

/// How much the catalogue holds.
#[utoipa::path(get, path = "/api/v1/catalogue/counts", tag = "catalogue",
    responses((status = 200, body = Counts), Refused))]
pub(super) async fn get_counts(State(app): State<App>, params: Params) -> Result<Json<Counts>, ApiError> {
    params.only(&[])?;
    Ok(Json(app.live.current().counts.clone()))
}
