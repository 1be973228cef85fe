//! Every route on one screen. A handler extracts, queries, answers; what may go wrong is an `ApiError`.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state, map_response, map_response_with_state};
use axum::routing::{any, get};
use utoipa::OpenApi;
use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::ApiError;
use crate::{App, guard};
use described::{Described, catalogue_language, described_list, described_one};

mod acts;
mod bills;
mod card;
mod cases;
mod catalogue;
mod contact;
mod csv;
mod described;
mod desk;
mod documents;
mod e_services;
mod files;
mod fresh;
mod health;
mod institutions;
mod life_events;
mod my_data;
mod notices;
mod overview;
mod own;
mod payments;
mod plans;
mod record;
mod reminders;
mod reports;
pub mod request_id;
mod searches;
mod services;
mod session;
mod sessions;
mod sign_in;
mod signed_in;
mod territories;
mod uses;

#[derive(OpenApi)]
#[openapi(info(title = "Durvis", description = "One door to the state: the catalogue of public services."))]
struct Portal;

/// The whole server: API, health, catalogue files, and the browser app for everything else.
pub fn router(app: App) -> Router {
    let (catalogue, personal) = (catalogue_routes().0, personal_routes().0);
    let document = openapi().to_pretty_json().expect("an OpenAPI document is always JSON");
    let personal = personal
        .route("/sign-in/{way}", get(sign_in::leave_for))
        .route("/sign-in/{way}/back", get(sign_in::come_back))
        .route("/pay/{id}/back", get(payments::come_back))
        .route("/d/{secret}", get(documents::fetch_shared))
        .route("/letters/{token}", get(contact::ask_to_stop_letters).post(contact::stop_letters))
        .route("/api/v1/notices/events", get(notices::events))
        .layer(map_response(guard::keep_nowhere));
    let api = catalogue
        .layer(from_fn_with_state(app.clone(), fresh::layer))
        .merge(personal)
        .route("/api/openapi.json", get(|| async move { ([("content-type", "application/json")], document) }))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/api", any(unknown))
        .route("/api/", any(unknown))
        .route("/api/{*unknown}", any(unknown))
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(from_fn_with_state(app.clone(), guard::layer))
        .layer(from_fn(request_id::layer))
        .layer(map_response_with_state(guard::of_data(&app.site.public_url), guard::put_on));
    // Files answer without the layer: they are most of the load, and their log lines would tell nothing.
    let pages = Router::new().fallback(crate::site::page).layer(from_fn(request_id::layer));
    let page_headers = guard::of_pages(&app.site.public_url);
    Router::new()
        .route("/catalogue/{name}", get(crate::site::catalogue_file))
        .route("/assets/{*path}", get(crate::site::page))
        .fallback_service(pages.with_state(app.clone()))
        .layer(map_response_with_state(page_headers, guard::put_on))
        .merge(api)
        .with_state(app)
}

async fn unknown() -> ApiError {
    ApiError::NotFound
}

/// What everybody may read, and tell; and its description.
fn catalogue_routes() -> (Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Portal::openapi())
        .routes(routes!(catalogue::get_manifest))
        .routes(routes!(catalogue::get_counts))
        .routes(routes!(services::list_services))
        .routes(routes!(services::get_service))
        .routes(routes!(life_events::list_life_events))
        .routes(routes!(life_events::get_life_event))
        .routes(routes!(plans::get_plan))
        .routes(routes!(institutions::list_institutions))
        .routes(routes!(institutions::get_institution))
        .routes(routes!(territories::list_territories))
        .routes(routes!(e_services::list_e_services))
        .routes(routes!(e_services::get_e_service))
        .routes(routes!(reports::create_report))
        .routes(routes!(searches::create_missed_search))
        .split_for_parts()
}

/// What only the one may see whom it concerns; and its description.
fn personal_routes() -> (Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Portal::openapi())
        .routes(routes!(sign_in::list_ways))
        .routes(routes!(card::create_challenge))
        .routes(routes!(card::sign_in_by_card))
        .routes(routes!(session::get_session, session::delete_session))
        .routes(routes!(session::use_session))
        .routes(routes!(session::list_companies))
        .routes(routes!(session::put_principal))
        .routes(routes!(sessions::list_sessions, sessions::delete_sessions))
        .routes(routes!(sessions::delete_one_session))
        .routes(routes!(contact::get_contact, contact::put_contact))
        .routes(routes!(contact::put_email, contact::delete_email))
        .routes(routes!(contact::verify_email))
        .routes(routes!(e_services::get_prefill))
        .routes(routes!(uses::list_uses))
        .routes(routes!(uses::get_use, uses::put_use, uses::delete_use))
        .routes(routes!(uses::send_use))
        .routes(routes!(files::list_files))
        .routes(routes!(files::get_file, files::put_file, files::delete_file))
        .routes(routes!(files::put_part))
        .routes(routes!(uses::get_result))
        .routes(routes!(uses::report_deficiencies))
        .routes(routes!(cases::get_course))
        .routes(routes!(cases::create_message))
        .routes(routes!(cases::put_withdrawal))
        .routes(routes!(desk::create_token))
        .routes(routes!(desk::list_seats))
        .routes(routes!(desk::list_cases))
        .routes(routes!(desk::get_case))
        .routes(routes!(desk::create_step))
        .routes(routes!(desk::get_case_file))
        .routes(routes!(desk::create_bill))
        .routes(routes!(desk::create_bill_step))
        .routes(routes!(uses::report_error))
        .routes(routes!(bills::list_bills))
        .routes(routes!(bills::export_bills))
        .routes(routes!(bills::get_bill))
        .routes(routes!(bills::create_dispute))
        .routes(routes!(payments::list_banks))
        .routes(routes!(payments::begin_payment))
        .routes(routes!(payments::get_payment, payments::delete_payment))
        .routes(routes!(documents::list_documents))
        .routes(routes!(documents::get_document))
        .routes(routes!(documents::get_inspection))
        .routes(routes!(documents::create_archive))
        .routes(routes!(documents::create_share, documents::list_shares))
        .routes(routes!(documents::delete_share))
        .routes(routes!(documents::get_genuine))
        .routes(routes!(documents::give_document))
        .routes(routes!(overview::get_overview))
        .routes(routes!(own::get_own))
        .routes(routes!(notices::list_notices))
        .routes(routes!(notices::put_read))
        .routes(routes!(reminders::list_reminders))
        .routes(routes!(reminders::put_reminder, reminders::delete_reminder))
        .routes(routes!(acts::list_acts))
        .routes(routes!(acts::export_acts))
        .routes(routes!(my_data::export_my_data))
        .routes(routes!(record::get_record))
        .routes(routes!(record::export_record))
        .routes(routes!(record::list_record_keys))
        .split_for_parts()
}

/// The OpenAPI 3.1 document, as `/api/openapi.json` answers it.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = catalogue_routes().1;
    document.merge(personal_routes().1);
    described_for_all(&mut document);
    document
}

/// Adds to every operation what the guard may answer.
fn described_for_all(document: &mut utoipa::openapi::OpenApi) {
    let problem = |description: &str| {
        let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        ResponseBuilder::new().description(description).content("application/problem+json", body).build()
    };
    for item in document.paths.paths.values_mut() {
        let unsafe_ones = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in unsafe_ones.into_iter().flatten() {
            let responses = &mut operation.responses.responses;
            responses
                .entry("403".into())
                .or_insert_with(|| problem("Another site asks, or it is not for the one who asks").into());
        }
        let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in all.into_iter().flatten() {
            let responses = &mut operation.responses.responses;
            responses
                .entry("429".into())
                .or_insert_with(|| problem("Too many requests; `Retry-After` says the seconds to wait").into());
        }
    }
}
