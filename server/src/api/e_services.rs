//! E-services: which there are, what they ask, and what is known of the one who asks.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use durvis_contract::Problem;
use durvis_contract::e_service::Definition;
use durvis_contract::uses::{EService, Prefilled};

use super::catalogue_language;
use super::signed_in::SignedIn;
use crate::App;
use crate::error::ApiError;
use crate::extract::{Params, Slug};
use crate::uses;

/// Those that can be started.
#[utoipa::path(get, path = "/api/v1/e-services", tag = "e-services", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = [EService]), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_e_services(State(app): State<App>, params: Params) -> Result<Json<Vec<EService>>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let one = |definition: &Arc<Definition>| EService {
        slug: definition.id.clone(),
        version: definition.version,
        service: definition.service.clone(),
        title: definition.title.in_language(&lang).0.to_owned(),
        audience: definition.audience,
    };
    Ok(Json(app.e_services.current().in_force().iter().map(one).collect()))
}

/// What one asks, in all languages: the definition in force, or an earlier version.
#[utoipa::path(get, path = "/api/v1/e-services/{slug}", tag = "e-services",
    params(("slug" = String, Path), ("version" = Option<u32>, Query)),
    responses((status = 200, body = Object), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_e_service(
    State(app): State<App>,
    Slug(slug): Slug,
    params: Params,
) -> Result<Json<Definition>, ApiError> {
    params.only(&["version"])?;
    let version = params.one("version")?.map(|text| text.parse::<u32>());
    let version = version.transpose().map_err(|_| ApiError::broken("version", "not_a_number"))?;
    let found = app.e_services.current().get(&slug, version).cloned().ok_or(ApiError::NotFound)?;
    // Examples are for editors and tests.
    Ok(Json(Definition { examples: Vec::new(), ..Definition::clone(&found) }))
}

/// What registers know already of the one who asks, for the fields of an e-service.
#[utoipa::path(get, path = "/api/v1/e-services/{slug}/prefill", tag = "e-services", params(("slug" = String, Path)),
    responses((status = 200, body = Prefilled), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_prefill(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(slug): Slug,
) -> Result<Json<Prefilled>, ApiError> {
    let definition = app.e_services.current().get(&slug, None).cloned().ok_or(ApiError::NotFound)?;
    Ok(Json(uses::prefill::prefill(&app, &session, &definition).await?))
}
