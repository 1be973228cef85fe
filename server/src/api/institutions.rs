//! Institutions of the state, and the municipalities' own administrations.

use axum::Json;
use axum::extract::State;
use durvis_contract::{Institution, Problem};

use super::{Described, described_list, described_one};
use crate::App;
use crate::error::{ApiError, Refused};
use crate::extract::{Params, Slug};

/// All institutions.
#[utoipa::path(get, path = "/api/v1/institutions", tag = "institutions", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = Vec<Institution>), Refused))]
pub(super) async fn list_institutions(
    State(app): State<App>,
    params: Params,
) -> Result<Json<Vec<Institution>>, ApiError> {
    described_list(&app, Described::Institution, &params).await.map(Json)
}

/// One institution.
#[utoipa::path(get, path = "/api/v1/institutions/{slug}", tag = "institutions",
    params(("slug" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Institution), Refused,
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_institution(
    State(app): State<App>,
    Slug(slug): Slug,
    params: Params,
) -> Result<Json<Institution>, ApiError> {
    described_one(&app, Described::Institution, &slug, &params).await.map(Json)
}
