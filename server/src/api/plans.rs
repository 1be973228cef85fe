//! Plans for life events. Only the rules: what a citizen answers never comes here.

use axum::Json;
use axum::extract::State;
use durvis_contract::{Plan, Problem};

use super::{Described, described_one};
use crate::App;
use crate::error::{ApiError, Refused};
use crate::extract::{Params, Slug};

/// The rules of a life event's plan.
#[utoipa::path(get, path = "/api/v1/plans/{life_event}", tag = "life events",
    params(("life_event" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Plan), Refused,
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_plan(
    State(app): State<App>,
    Slug(life_event): Slug,
    params: Params,
) -> Result<Json<Plan>, ApiError> {
    described_one(&app, Described::Plan, &life_event, &params).await.map(Json)
}
