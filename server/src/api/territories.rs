//! The municipalities.

use axum::Json;
use axum::extract::State;
use durvis_contract::Link;

use super::{Described, described_list};
use crate::App;
use crate::error::{ApiError, Refused};
use crate::extract::Params;

/// All municipalities.
#[utoipa::path(get, path = "/api/v1/territories", tag = "territories", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = Vec<Link>), Refused))]
pub(super) async fn list_territories(State(app): State<App>, params: Params) -> Result<Json<Vec<Link>>, ApiError> {
    described_list(&app, Described::Territory, &params).await.map(Json)
}
