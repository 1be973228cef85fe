//! One's own uses of e-services: drafts, sending, what came of it.

use axum::Json;
use axum::extract::{FromRequestParts, OptionalFromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use durvis_contract::Problem;
use durvis_contract::uses::{Deficiencies, Draft, ErrorReport, RegistryAnswer, Sent, Use, UseDetail, Uses};

use super::catalogue_language;
use super::signed_in::{Client, SignedIn};
use crate::App;
use crate::error::ApiError;
use crate::extract::{Body, Params, Slug};
use crate::uses::{registry, reports, save, send, told};

impl OptionalFromRequestParts<App> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, ApiError> {
        match <Self as FromRequestParts<App>>::from_request_parts(parts, app).await {
            Ok(session) => Ok(Some(session)),
            Err(ApiError::SignIn) => Ok(None),
            Err(other) => Err(other),
        }
    }
}

/// One's own uses, the newest first.
#[utoipa::path(get, path = "/api/v1/uses", tag = "uses",
    params(("lang" = Option<String>, Query), ("limit" = Option<u32>, Query), ("offset" = Option<u32>, Query)),
    responses((status = 200, body = Uses), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_uses(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    params: Params,
) -> Result<Json<Uses>, ApiError> {
    params.only(&["lang", "limit", "offset"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let most = Uses::MAX_PAGE as usize;
    let (limit, offset) = (params.number("limit", most, most)?, params.number("offset", 0, 1_000_000)?);
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Ok(Json(told::list(&app, &session, &lang, number(limit), number(offset)).await?))
}

/// One of one's own, with what was answered.
#[utoipa::path(get, path = "/api/v1/uses/{id}", tag = "uses",
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = UseDetail), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_use(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    params: Params,
) -> Result<Json<UseDetail>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(told::one(&app, &session, &id, &lang).await?))
}

/// Saves a draft under an id that the device made, or begins it.
#[utoipa::path(put, path = "/api/v1/uses/{id}", tag = "uses", request_body = Draft,
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Use), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn put_use(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    params: Params,
    Body(draft): Body<Draft, { Draft::MAX_BYTES }>,
) -> Result<Json<Use>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(save::save(&app, &session, &id, draft, &lang).await?))
}

/// Ends a draft.
#[utoipa::path(delete, path = "/api/v1/uses/{id}", tag = "uses", params(("id" = String, Path)),
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_use(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
) -> Result<StatusCode, ApiError> {
    save::end(&app, &session, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends. Repeated under the same id, it answers the same receipt.
#[utoipa::path(post, path = "/api/v1/uses/{id}/send", tag = "uses", request_body = Draft,
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Use), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn send_use(
    State(app): State<App>,
    session: Option<SignedIn>,
    Client(client): Client,
    Slug(id): Slug,
    params: Params,
    Body(draft): Body<Draft, { Draft::MAX_BYTES }>,
) -> Result<Json<Use>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let session = session.map(|SignedIn(session)| session);
    let sender = session.as_ref().map_or(&client, |session| &session.person_id);
    app.limits.send.take(sender, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    Ok(Json(send::send(&app, session.as_ref(), &id, draft, &lang).await?))
}

/// What a registry answers now. Kept nowhere.
#[utoipa::path(get, path = "/api/v1/uses/{id}/result", tag = "uses", params(("id" = String, Path)),
    responses((status = 200, body = RegistryAnswer),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_result(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
) -> Result<Json<RegistryAnswer>, ApiError> {
    Ok(Json(registry::ask(&app, &session, &id).await?))
}

/// Tells the institution what is wrong in its registry's answer.
#[utoipa::path(post, path = "/api/v1/uses/{id}/deficiencies", tag = "uses", request_body = Deficiencies,
    params(("id" = String, Path)),
    responses((status = 200, body = Sent), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn report_deficiencies(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    Body(told): Body<Deficiencies>,
) -> Result<Json<Sent>, ApiError> {
    Ok(Json(reports::deficiencies(&app, &session, &id, told).await?))
}

/// Tells the operator of a broken page.
#[utoipa::path(post, path = "/api/v1/error-reports", tag = "uses", request_body = ErrorReport,
    responses((status = 200, body = Sent), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn report_error(
    State(app): State<App>,
    Client(client): Client,
    Body(told): Body<ErrorReport>,
) -> Result<Json<Sent>, ApiError> {
    Ok(Json(reports::error(&app, &client, told).await?))
}
