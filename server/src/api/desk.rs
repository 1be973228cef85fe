//! The desk: institutions at work on the cases that they decide. Machines come with a token of their own (OAuth 2.0 client
//! credentials), which is good for one institution; officers sign in, and name one by `institution` where they serve several.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use durvis_contract::Problem;
use durvis_contract::bill::{BillChange, NewBill};
use durvis_contract::case::{CaseBill, CaseChange, CaseDetail, Cases, Seats};
use serde::{Deserialize, Serialize};

use super::catalogue_language;
use super::files::streamed;
use super::signed_in::{Client, Looking, SignedIn};
use crate::App;
use crate::bills::{change, issue};
use crate::cases::clients::{self, TOKEN_SECONDS};
use crate::cases::desk::{self, Desk, Who};
use crate::cases::officers;
use crate::error::ApiError;
use crate::extract::{Body, Params, Slug};

const STATES: [&str; 5] = ["sent", "taken", "asked", "decided", "withdrawn"];

impl FromRequestParts<App> for Desk {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Some(given) = parts.headers.get(header::AUTHORIZATION) else {
            let SignedIn(session) = SignedIn::from_request_parts(parts, app).await?;
            let params = Params::from_request_parts(parts, app).await?;
            return officers::desk(app, &session, params.one("institution")?).await;
        };
        let given = given.to_str().ok();
        let token = given.and_then(|value| value.strip_prefix("Bearer ")).ok_or(ApiError::SignIn)?;
        let client = clients::of_token(&app.db, &app.identity.ambient, token).await?;
        app.limits.person.take(&client.id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
        let Ok(Client(address)) = Client::from_request_parts(parts, app).await;
        Ok(Self { institution: client.institution, address, who: Who::Client(client.name) })
    }
}

/// A token, as RFC 6749 has it.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Token {
    access_token: String,
    /// `Bearer`
    token_type: &'static str,
    /// Seconds.
    expires_in: u32,
}

/// Why there is none, as RFC 6749 has it.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct NoToken {
    /// `invalid_client`, `invalid_request` or `unsupported_grant_type`
    error: &'static str,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct Grant {
    /// `client_credentials`
    grant_type: String,
}

/// Gives the token of a client, which shows its id and secret by HTTP Basic. The one that it had before holds no longer.
#[utoipa::path(post, path = "/api/v1/desk/token", tag = "desk",
    request_body(content = Grant, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = Token), (status = 400, body = NoToken), (status = 401, body = NoToken)))]
pub(super) async fn create_token(
    State(app): State<App>,
    headers: HeaderMap,
    grant: Result<axum::Form<Grant>, axum::extract::rejection::FormRejection>,
) -> Result<Response, ApiError> {
    let refused = |status: StatusCode, error| Ok((status, Json(NoToken { error })).into_response());
    match grant {
        Err(_) => return refused(StatusCode::BAD_REQUEST, "invalid_request"),
        Ok(axum::Form(grant)) if grant.grant_type != "client_credentials" => {
            return refused(StatusCode::BAD_REQUEST, "unsupported_grant_type");
        }
        Ok(_) => {}
    }
    let Some((id, secret)) = credentials(&headers) else {
        return refused(StatusCode::UNAUTHORIZED, "invalid_client");
    };
    match clients::token(&app.db, &app.identity.ambient, &id, &secret).await? {
        Some(access_token) => {
            Ok(Json(Token { access_token, token_type: "Bearer", expires_in: TOKEN_SECONDS }).into_response())
        }
        None => refused(StatusCode::UNAUTHORIZED, "invalid_client"),
    }
}

/// Id and secret, by HTTP Basic. Ours have nothing in them that would be encoded.
fn credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let plain = String::from_utf8(STANDARD.decode(given).ok()?).ok()?;
    plain.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}

/// Where the one who is signed in is an officer.
#[utoipa::path(get, path = "/api/v1/desk/seats", tag = "desk", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = Seats), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_seats(
    State(app): State<App>,
    Looking(session): Looking,
    params: Params,
) -> Result<Json<Seats>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(officers::seats(&app, &session, &lang).await?))
}

/// The institution's queue: what is paid and not decided, to be decided soonest first; or those of one state.
#[utoipa::path(get, path = "/api/v1/desk/cases", tag = "desk",
    params(("lang" = Option<String>, Query), ("institution" = Option<String>, Query), ("state" = Option<String>, Query), ("limit" = Option<u32>, Query),
        ("offset" = Option<u32>, Query)),
    responses((status = 200, body = Cases), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_cases(State(app): State<App>, desk: Desk, params: Params) -> Result<Json<Cases>, ApiError> {
    params.only(&["lang", "institution", "state", "limit", "offset"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let state = params.one("state")?;
    if state.is_some_and(|state| !STATES.contains(&state)) {
        return Err(ApiError::broken("state", "unknown"));
    }
    let most = Cases::MAX_PAGE as usize;
    let page = (params.number("limit", most, most)? as u64, params.number("offset", 0, 1_000_000)? as u64);
    Ok(Json(desk::queue(&app, &desk, &lang, state, page).await?))
}

/// A case with all that is in it. `officer` says who looks, where a program asks; the citizen's log tells it.
#[utoipa::path(get, path = "/api/v1/desk/cases/{id}", tag = "desk",
    params(("id" = String, Path), ("lang" = Option<String>, Query), ("institution" = Option<String>, Query),
        ("officer" = Option<String>, Query)),
    responses((status = 200, body = CaseDetail), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_case(
    State(app): State<App>,
    desk: Desk,
    Slug(id): Slug,
    params: Params,
) -> Result<Json<CaseDetail>, ApiError> {
    params.only(&["lang", "institution", "officer"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let officer = params.one("officer")?.unwrap_or_default();
    Ok(Json(desk::one(&app, &desk, &id, officer, &lang).await?))
}

/// Takes it on, asks, tells or decides. 409: somebody else has changed the case since it was seen; `held` says who has it.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/steps", tag = "desk", request_body = CaseChange,
    params(("id" = String, Path), ("lang" = Option<String>, Query), ("institution" = Option<String>, Query)),
    responses((status = 200, body = CaseDetail), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_step(
    State(app): State<App>,
    desk: Desk,
    Slug(id): Slug,
    params: Params,
    Body(change): Body<CaseChange>,
) -> Result<Json<CaseDetail>, ApiError> {
    params.only(&["lang", "institution"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(desk::change(&app, &desk, &id, change, &lang).await?))
}

/// A file that came with a case. The citizen's log tells who looks.
#[utoipa::path(get, path = "/api/v1/desk/cases/{id}/files/{file}", tag = "desk",
    params(("id" = String, Path), ("file" = String, Path), ("institution" = Option<String>, Query),
        ("officer" = Option<String>, Query)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_case_file(
    State(app): State<App>,
    desk: Desk,
    path: Result<Path<(String, String)>, PathRejection>,
    params: Params,
) -> Result<Response, ApiError> {
    let Path((id, file)) = path.map_err(|_| ApiError::NotFound)?;
    params.only(&["institution", "officer"])?;
    let opened = desk::file(&app, &desk, (&id, &file), params.one("officer")?).await?;
    Ok(streamed(&app, &opened))
}

/// Makes a bill within a case, for whoever sent it. The same `id` again is the same bill.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/bills", tag = "desk", request_body = NewBill,
    params(("id" = String, Path), ("institution" = Option<String>, Query)),
    responses((status = 200, body = CaseBill), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_bill(
    State(app): State<App>,
    desk: Desk,
    Slug(id): Slug,
    params: Params,
    Body(new): Body<NewBill>,
) -> Result<Json<CaseBill>, ApiError> {
    params.only(&["institution"])?;
    Ok(Json(issue::issue(&app, &desk, &id, new).await?))
}

/// Reminds of a bill of a case, splits it, writes down money, answers a dispute, sends money back, or takes the bill back. The
/// same `id` again is the same step. 409: the bill is being paid, or not such that it can be done.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/bills/{bill}/steps", tag = "desk", request_body = BillChange,
    params(("id" = String, Path), ("bill" = String, Path), ("institution" = Option<String>, Query)),
    responses((status = 200, body = CaseBill), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_bill_step(
    State(app): State<App>,
    desk: Desk,
    path: Result<Path<(String, String)>, PathRejection>,
    params: Params,
    Body(new): Body<BillChange>,
) -> Result<Json<CaseBill>, ApiError> {
    let Path((id, bill)) = path.map_err(|_| ApiError::NotFound)?;
    params.only(&["institution"])?;
    Ok(Json(change::change(&app, &desk, (&id, &bill), new).await?))
}
