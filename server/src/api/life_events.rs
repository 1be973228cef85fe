//! Life events, with their services in order.

use axum::Json;
use axum::extract::State;
use durvis_contract::{LifeEvent, Problem};

use super::{Described, described_list, described_one};
use crate::App;
use crate::error::{ApiError, Refused};
use crate::extract::{Params, Slug};

/// All life events, in the order of the home page.
#[utoipa::path(get, path = "/api/v1/life-events", tag = "life events", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = Vec<LifeEvent>), Refused))]
pub(super) async fn list_life_events(State(app): State<App>, params: Params) -> Result<Json<Vec<LifeEvent>>, ApiError> {
    described_list(&app, Described::LifeEvent, &params).await.map(Json)
}

/// One life event.
#[utoipa::path(get, path = "/api/v1/life-events/{slug}", tag = "life events",
    params(("slug" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = LifeEvent), Refused,
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_life_event(
    State(app): State<App>,
    Slug(slug): Slug,
    params: Params,
) -> Result<Json<LifeEvent>, ApiError> {
    described_one(&app, Described::LifeEvent, &slug, &params).await.map(Json)
}
