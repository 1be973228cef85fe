//! Signing in. `/sign-in/{way}` and `/sign-in/{way}/back` are for browsers, not for programs: they lead to the provider and back,
//! and what goes wrong is a page.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use durvis_contract::Problem;
use durvis_contract::identity::{Way, WayKind};

use super::signed_in::Client;
use crate::App;
use crate::cookie;
use crate::error::ApiError;
use crate::extract::Params;
use crate::identity::card;
use crate::identity::provider::{Kind, Provider, ProviderError};
use crate::identity::session::Visit;
use crate::identity::sign_in::{self, ATTEMPT_SECONDS, Attempt, way_back};

/// The languages of the portal's own pages.
const LANGUAGES: [&str; 3] = ["lv", "ru", "en"];

/// The ways to sign in, the card itself first, then in the operator's order; in the language `lang`.
#[utoipa::path(get, path = "/api/v1/sign-in/ways", tag = "identity", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = [Way]), (status = 400, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_ways(State(app): State<App>, params: Params) -> Result<Json<Vec<Way>>, ApiError> {
    params.only(&["lang"])?;
    let lang = language(params.one("lang")?);
    let asked = app.providers.iter().map(|provider| async move {
        Way {
            slug: provider.settings.slug.clone(),
            name: provider.name(lang),
            kind: match provider.settings.kind {
                Kind::Eid => WayKind::Eid,
                Kind::Bank => WayKind::Bank,
            },
            answers: provider.answers().await,
        }
    });
    let card = app.card.iter().map(|card| Way {
        slug: card::WAY.into(),
        name: card.name(lang),
        kind: WayKind::Card,
        answers: true,
    });
    Ok(Json(card.chain(futures_util::future::join_all(asked).await).collect()))
}

/// To the provider.
pub(super) async fn leave_for(
    State(app): State<App>,
    Path(way): Path<String>,
    params: Params,
    Client(address): Client,
) -> Result<Response, ApiError> {
    params.only(&["to", "lang"])?;
    let lang = language(params.one("lang")?);
    let to = params.one("to")?.and_then(way_back).unwrap_or_else(|| format!("/{lang}"));
    let provider = provider(&app, &way)?;
    if app.limits.sign_in.take(&address, app.identity.ambient.millis()).is_err() {
        return Ok(failed(lang, &to, "often"));
    }
    let departure = match provider.depart(lang).await {
        Ok(departure) => departure,
        Err(error) => return Ok(failed_by(&error, lang, &to)),
    };
    let name = sign_in::cookie(&departure.state).ok_or_else(|| ApiError::Internal("a state without a mark".into()))?;
    let url = departure.url.clone();
    let kept = cookie::set(&name, &app.identity.attempt(&way, departure, to, lang)?, Some(ATTEMPT_SECONDS));
    Ok(gone(&url, &[kept]))
}

/// Back from the provider.
pub(super) async fn come_back(
    State(app): State<App>,
    Path(way): Path<String>,
    params: Params,
    Client(address): Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let provider = provider(&app, &way)?;
    let state = params.one("state")?.unwrap_or_default();
    let name = sign_in::cookie(state);
    let kept = name.as_deref().and_then(|name| cookie::read(&headers, name));
    let Some(attempt) = kept.and_then(|kept| app.identity.attempted(kept, &way, state)) else {
        return Ok(failed("lv", "/lv", "expired"));
    };
    // An attempt is good for one answer, whatever that is.
    let spent = cookie::clear(&name.unwrap_or_default());
    let mut response = match arrived(&app, provider, &attempt, &params, address, &headers).await? {
        Ok(secret) => gone(&attempt.to, &cookie::signed_in(&secret)),
        Err(response) => response,
    };
    response.headers_mut().append(header::SET_COOKIE, spent);
    Ok(response)
}

/// The secret of the new session, or the page that says what went wrong.
async fn arrived(
    app: &App,
    provider: &Provider,
    attempt: &Attempt,
    params: &Params,
    address: String,
    headers: &HeaderMap,
) -> Result<Result<String, Response>, ApiError> {
    let Attempt { lang, to, nonce, verifier, .. } = attempt;
    // Another provider's answer to our question (RFC 9207).
    if params.one("iss")?.is_some_and(|issuer| issuer != provider.settings.issuer) {
        return Ok(Err(failed(lang, to, "mistrusted")));
    }
    let Some(code) = params.one("code")? else {
        let code = if params.one("error")? == Some("access_denied") { "refused" } else { "silent" };
        return Ok(Err(failed(lang, to, code)));
    };
    let arrival = match provider.arrive(code, nonce, verifier).await {
        Ok(arrival) => arrival,
        Err(error) => return Ok(Err(failed_by(&error, lang, to))),
    };
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let visit = Visit { way: attempt.way.clone(), address, agent: agent.into() };
    let before = cookie::read(headers, cookie::SESSION);
    app.identity.sign_in(&app.db, arrival.person, visit, Some(arrival.id_token), before).await.map(Ok)
}

fn provider<'a>(app: &'a App, way: &str) -> Result<&'a Provider, ApiError> {
    app.providers.iter().find(|provider| provider.settings.slug == way).ok_or(ApiError::NotFound)
}

/// One of the portal's languages.
fn language(wished: Option<&str>) -> &'static str {
    LANGUAGES.into_iter().find(|lang| Some(*lang) == wished).unwrap_or(LANGUAGES[0])
}

fn failed_by(error: &ProviderError, lang: &str, to: &str) -> Response {
    tracing::warn!(%error, "a sign-in came to nothing");
    failed(lang, to, if matches!(error, ProviderError::Silent(..)) { "silent" } else { "mistrusted" })
}

/// The sign-in page, saying what went wrong by its code.
fn failed(lang: &str, to: &str, code: &str) -> Response {
    let to = percent_encoding::utf8_percent_encode(to, percent_encoding::NON_ALPHANUMERIC);
    gone(&format!("/{lang}/sign-in?failed={code}&to={to}"), &[])
}

fn gone(to: &str, cookies: &[axum::http::HeaderValue]) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}
