//! Signing in by card: the sign-in page gets a challenge, the card signs it, and the token is answered by a session.

use axum::Json;
use axum::extract::State;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use durvis_contract::Problem;
use durvis_contract::identity::CardChallenge;
use durvis_web_eid::Refusal;
use serde_json::value::RawValue;

use super::signed_in::Client;
use crate::App;
use crate::cookie;
use crate::error::ApiError;
use crate::extract::Body;
use crate::identity::card::{CHALLENGE_SECONDS, Card, WAY};
use crate::identity::session::Visit;

/// Keeps the challenge, sealed.
const COOKIE: &str = "__Host-challenge";

/// What the Web eID extension makes of a card (`web-eid:1.0`); newer formats have more fields.
#[derive(utoipa::ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "only its description is used")]
pub(super) struct CardToken {
    /// Base64 of DER.
    unverified_certificate: String,
    /// `ES256` to `RS512`, as JWS names them.
    algorithm: String,
    /// Base64: over the digests of the portal's origin and of the nonce.
    signature: String,
    format: String,
    app_version: Option<String>,
}

/// A challenge for a card: kept in a cookie, good once, for five minutes. 404 where nobody signs in by card.
#[utoipa::path(post, path = "/api/v1/sign-in/web-eid/challenge", tag = "identity",
    responses((status = 200, body = CardChallenge), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_challenge(State(app): State<App>, Client(address): Client) -> Result<Response, ApiError> {
    asked(&app, &address)?;
    let (challenge, kept) = app.identity.challenge(&app.db).await?;
    let cookie = cookie::set(COOKIE, &kept, Some(CHALLENGE_SECONDS.into()));
    let told = CardChallenge { nonce: challenge.to_string(), seconds: CHALLENGE_SECONDS };
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Json(told)).into_response())
}

/// Signs in whoever holds the card, by its token. What is wrong with it is told by the codes of docs/web-eid.md: the rule of the
/// field `token`; a challenge that is spent, too old or another browser's is `expired`. 503: nobody could say whether the
/// card is revoked.
#[utoipa::path(post, path = "/api/v1/sign-in/web-eid", tag = "identity", request_body = CardToken,
    responses((status = 204), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn sign_in_by_card(
    State(app): State<App>,
    Client(address): Client,
    headers: HeaderMap,
    Body(token): Body<Box<RawValue>>,
) -> Result<Response, ApiError> {
    let card = asked(&app, &address)?;
    let kept = cookie::read(&headers, COOKIE).ok_or_else(expired)?;
    // Taken away before the token is looked at: a challenge is good for one answer, whatever that is.
    let nonce = app.identity.challenged(&app.db, kept).await?;
    let mut response = match answered(&app, card, nonce, token.get(), address, &headers).await {
        Ok(secret) => {
            let cookies = AppendHeaders(cookie::signed_in(&secret).map(|cookie| (SET_COOKIE, cookie)));
            (StatusCode::NO_CONTENT, cookies).into_response()
        }
        Err(error) => error.into_response(),
    };
    response.headers_mut().append(SET_COOKIE, cookie::clear(COOKIE));
    Ok(response)
}

/// The way, where there is one, and not too often.
fn asked<'a>(app: &'a App, address: &str) -> Result<&'a Card, ApiError> {
    let card = app.card.as_deref().ok_or(ApiError::NotFound)?;
    app.limits.sign_in.take(address, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    Ok(card)
}

/// The secret of the new session.
async fn answered(
    app: &App,
    card: &Card,
    nonce: Option<String>,
    token: &str,
    address: String,
    headers: &HeaderMap,
) -> Result<String, ApiError> {
    let nonce = nonce.ok_or_else(expired)?;
    let holder = card.holder(token, &nonce, app.identity.ambient.now().into()).await;
    let person = holder.map_err(|refusal| refused(&refusal))?;
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let visit = Visit { way: WAY.into(), address, agent: agent.into() };
    app.identity.sign_in(&app.db, person, visit, None, cookie::read(headers, cookie::SESSION)).await
}

fn expired() -> ApiError {
    ApiError::broken("challenge", "expired")
}

fn refused(refusal: &Refusal) -> ApiError {
    match refusal {
        Refusal::OcspUnreachable | Refusal::OcspUnsuccessful(_) => ApiError::Silent("ocsp", refusal.to_string()),
        _ => {
            tracing::warn!(reason = refusal.code(), "a card did not sign in");
            ApiError::broken("token", refusal.code())
        }
    }
}
