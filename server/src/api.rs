//! Every route on one screen. A handler extracts, queries, answers; what may go wrong is an `ApiError`.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::error::ApiError;
use described::{Described, catalogue_language, described_list, described_one};

mod catalogue;
mod described;
mod fresh;
mod health;
mod institutions;
mod life_events;
mod reports;
pub mod request_id;
mod searches;
mod services;
mod territories;

#[derive(OpenApi)]
#[openapi(info(title = "Durvis", description = "One door to the state: the catalogue of public services."))]
struct Portal;

/// The whole server: API, health, catalogue files, and the browser app for everything else.
pub fn router(app: App) -> Router {
    let (api, document) = described_routes();
    let document = document.to_pretty_json().expect("an OpenAPI document is always JSON");
    let api = api
        .layer(from_fn_with_state(app.clone(), fresh::layer))
        .route("/api/openapi.json", get(|| async move { ([("content-type", "application/json")], document) }))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/api", any(unknown))
        .route("/api/", any(unknown))
        .route("/api/{*unknown}", any(unknown))
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(axum::middleware::from_fn(request_id::layer));
    // Files answer without the layer: they are most of the load, and their log lines would tell nothing.
    let pages = Router::new().fallback(crate::site::page).layer(axum::middleware::from_fn(request_id::layer));
    Router::new()
        .route("/catalogue/{name}", get(crate::site::catalogue_file))
        .route("/assets/{*path}", get(crate::site::page))
        .merge(api)
        .fallback_service(pages.with_state(app.clone()))
        .with_state(app)
}

async fn unknown() -> ApiError {
    ApiError::NotFound
}

/// The described part, and its description.
fn described_routes() -> (Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Portal::openapi())
        .routes(routes!(catalogue::get_manifest))
        .routes(routes!(catalogue::get_counts))
        .routes(routes!(services::list_services))
        .routes(routes!(services::get_service))
        .routes(routes!(life_events::list_life_events))
        .routes(routes!(life_events::get_life_event))
        .routes(routes!(institutions::list_institutions))
        .routes(routes!(institutions::get_institution))
        .routes(routes!(territories::list_territories))
        .routes(routes!(reports::create_report))
        .routes(routes!(searches::create_missed_search))
        .split_for_parts()
}

/// The OpenAPI 3.1 document, as `/api/openapi.json` answers it.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    described_routes().1
}
