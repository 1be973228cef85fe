//! The session of who asks.

use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Response};
use durvis_contract::Problem;
use durvis_contract::identity::{Company, Principal, Session as Told, SignedOut};

use super::signed_in::{Looking, SignedIn};
use crate::App;
use crate::cases::officers;
use crate::cookie;
use crate::error::ApiError;
use crate::extract::{Body, Params};
use crate::identity::session::Session;

/// So many hexadecimal digits of a digest tell persons on one device apart.
const JOURNAL_DIGITS: usize = 32;

/// Who is signed in, and how long still. Asking does not keep the session alive.
#[utoipa::path(get, path = "/api/v1/session", tag = "identity",
    responses((status = 200, body = Told), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_session(State(app): State<App>, Looking(session): Looking) -> Result<Json<Told>, ApiError> {
    Ok(Json(told(&app, &session).await?))
}

/// Stays signed in: the time without use begins anew.
#[utoipa::path(post, path = "/api/v1/session/use", tag = "identity",
    responses((status = 200, body = Told), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn use_session(State(app): State<App>, SignedIn(session): SignedIn) -> Result<Json<Told>, ApiError> {
    Ok(Json(told(&app, &session).await?))
}

/// Signs out, at once. Says where the provider's own session is ended.
#[utoipa::path(delete, path = "/api/v1/session", tag = "identity", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = SignedOut), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_session(
    State(app): State<App>,
    Looking(session): Looking,
    params: Params,
) -> Result<Response, ApiError> {
    params.only(&["lang"])?;
    let lang = params.one("lang")?.filter(|lang| ["lv", "ru", "en"].contains(lang)).unwrap_or("lv");
    app.identity.sign_out(&app.db, &session).await?;
    let provider = app.providers.iter().find(|provider| provider.settings.slug == session.way);
    let back = format!("{}/{lang}/signed-out", app.site.public_url);
    let leave = match (provider, &session.held.id_token) {
        (Some(provider), Some(token)) => provider.leave(token, &back).await,
        _ => None,
    };
    let gone = AppendHeaders(cookie::signed_out().map(|cookie| (SET_COOKIE, cookie)));
    Ok((gone, Json(SignedOut { leave })).into_response())
}

/// The companies that the person may act for, as the enterprise register says now.
#[utoipa::path(get, path = "/api/v1/session/companies", tag = "identity",
    responses((status = 200, body = [Company]), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_companies(
    State(app): State<App>,
    SignedIn(session): SignedIn,
) -> Result<Json<Vec<Company>>, ApiError> {
    let companies = companies(&app, &session).await?;
    Ok(Json(companies.into_iter().map(|one| Company { number: one.number, name: one.name }).collect()))
}

/// Acts for a company from now on, or for oneself.
#[utoipa::path(put, path = "/api/v1/session/principal", tag = "identity", request_body = Principal,
    responses((status = 200, body = Told), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn put_principal(
    State(app): State<App>,
    SignedIn(mut session): SignedIn,
    Body(principal): Body<Principal>,
) -> Result<Json<Told>, ApiError> {
    let company = match principal.company {
        None => None,
        Some(number) => {
            let own = companies(&app, &session).await?.into_iter().find(|one| one.number == number);
            Some(own.ok_or(ApiError::Forbidden)?)
        }
    };
    app.identity.act_for(&app.db, &mut session, company).await?;
    Ok(Json(told(&app, &session).await?))
}

async fn companies(app: &App, session: &Session) -> Result<Vec<crate::identity::session::Company>, ApiError> {
    match &app.mandates {
        Some(mandates) => mandates.companies(&session.held.person).await,
        None => Ok(Vec::new()),
    }
}

async fn told(app: &App, session: &Session) -> Result<Told, ApiError> {
    let now = app.identity.ambient.millis();
    let seconds = |until: i64| u32::try_from((until.min(session.ends_at) - now).max(0) / 1_000).unwrap_or(u32::MAX);
    let company = session.held.company.as_ref();
    let principal = company.map_or("", |one| one.number.as_str());
    let journal = app.identity.keys.lookup(&format!("journal:{}:{principal}", session.person_id));
    Ok(Told {
        journal: journal.chars().take(JOURNAL_DIGITS).collect(),
        given_name: session.held.person.given_name.clone(),
        surname: session.held.person.surname.clone(),
        company: company.map(|one| Company { number: one.number.clone(), name: one.name.clone() }),
        unused_seconds: seconds(session.unused_until),
        officer: officers::is_officer(app, session).await?,
        whole_seconds: seconds(session.ends_at),
    })
}
