//! A code for an ID token: once, for the client that asked, with the word that only it knows.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::authorize::{Asked, Grant};
use super::jwt::{Key, without_signature};
use super::{CLIENT_ID, CLIENT_SECRET, Provider};
use crate::misbehave::Kind;
use crate::world::{World, lock, now, secret};

/// How long an ID token holds.
const TOKEN_SECONDS: u64 = 300;

/// The token endpoint.
pub async fn exchange(
    State(world): State<Arc<World>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Response {
    let provider = match world.provider(&slug) {
        Ok(provider) => provider,
        Err(status) => return status.into_response(),
    };
    if !is_client(&headers, &asked) {
        let basic = [(header::WWW_AUTHENTICATE, "Basic realm=\"sandbox\"")];
        return (basic, refused(StatusCode::UNAUTHORIZED, "invalid_client")).into_response();
    }
    let one = |name: &str| asked.get(name).map_or("", String::as_str);
    if one("grant_type") != "authorization_code" {
        return refused(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    // Whoever shows a code spends it, also with a wrong word.
    let grant = lock(&provider.grants).remove(one("code"));
    let good = grant.filter(|grant| {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(one("code_verifier")));
        grant.is_fresh() && grant.redirect_uri == one("redirect_uri") && grant.challenge == challenge
    });
    let Some(grant) = good else { return refused(StatusCode::BAD_REQUEST, "invalid_grant") };
    let wrong = world.misbehaviour.take(provider.slug, &format!("/{slug}/token"));
    let answer = json!({
        "access_token": secret(),
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "scope": "openid profile",
        "id_token": provider.id_token(&grant, wrong),
    });
    ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response()
}

fn refused(status: StatusCode, error: &str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(json!({ "error": error }))).into_response()
}

/// Whether it is our client: by `client_secret_basic` or by `client_secret_post`.
fn is_client(headers: &HeaderMap, asked: &Asked) -> bool {
    let basic = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(basic) = basic {
        let pair = basic.strip_prefix("Basic ").and_then(|pair| STANDARD.decode(pair).ok());
        let pair = pair.and_then(|pair| String::from_utf8(pair).ok()).unwrap_or_default();
        let (id, given) = pair.split_once(':').unwrap_or_default();
        let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
        return decoded(id) == CLIENT_ID && decoded(given) == CLIENT_SECRET;
    }
    let is = |name: &str, right: &str| asked.get(name).is_some_and(|value| value == right);
    is("client_id", CLIENT_ID) && is("client_secret", CLIENT_SECRET)
}

impl Provider {
    /// Who signed in, as a token: right, or wrong in the way that somebody asked for.
    fn id_token(&self, grant: &Grant, wrong: Option<Kind>) -> String {
        let persona = grant.persona;
        let iat = now();
        let mut claims = json!({
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": self.subject(persona.code),
            "iat": iat,
            "exp": iat + TOKEN_SECONDS,
            "auth_time": grant.at,
            "acr": self.acr,
            "amr": self.amr,
            "given_name": persona.given_name,
            "family_name": persona.surname,
            "birthdate": persona.born,
            "serial_number": format!("PNO{}-{}", persona.country, persona.code),
        });
        if let Some(nonce) = &grant.nonce {
            claims["nonce"] = Value::from(nonce.as_str());
        }
        match wrong {
            Some(Kind::Expired) => {
                claims["iat"] = Value::from(iat - 3_600 - TOKEN_SECONDS);
                claims["exp"] = Value::from(iat - 3_600);
            }
            Some(Kind::OtherIssuer) => claims["iss"] = Value::from("https://other.example"),
            Some(Kind::WrongAudience) => claims["aud"] = Value::from("somebody-else"),
            Some(Kind::WrongNonce) => claims["nonce"] = Value::from(secret()),
            _ => {}
        }
        let keys = lock(&self.keys);
        let key = keys.last().expect("a provider has a key");
        let token = match wrong {
            Some(Kind::AlgNone) => without_signature(&claims),
            Some(Kind::PublicKeyAsSecret) => key.sign_by_what_is_published(&claims),
            Some(Kind::WrongSignature) => Key::new().sign_as(&key.id, &claims),
            Some(Kind::Replay) => return lock(&self.given).clone(),
            _ => key.sign(&claims),
        };
        lock(&self.given).clone_from(&token);
        token
    }

    /// What a person is called here, and nowhere else.
    fn subject(&self, code: &str) -> String {
        let digest = Sha256::digest(format!("{} {code}", self.slug));
        URL_SAFE_NO_PAD.encode(&digest[..16])
    }
}
