//! Providers of sign-ins that speak OpenID Connect: an eID broker and two banks, each under its own first part of the path.

mod authorize;
mod jwt;
mod leave;
mod token;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::world::{World, lock, random};
use authorize::Grant;
use jwt::Key;

/// The one client, and its secret.
pub const CLIENT_ID: &str = "durvis";
pub const CLIENT_SECRET: &str = "sandbox-secret";
/// Old keys that a provider remembers: of them it takes an ID token back when somebody signs out.
const MAX_KEYS: usize = 8;

/// A provider.
#[derive(Debug)]
pub struct Provider {
    /// In paths.
    pub slug: &'static str,
    /// In Latvian, Russian and English.
    pub names: [&'static str; 3],
    pub issuer: String,
    /// On light and on dark.
    colours: [&'static str; 2],
    acr: &'static str,
    amr: &'static [&'static str],
    /// The last one signs.
    keys: Mutex<Vec<Key>>,
    /// By code.
    grants: Mutex<BTreeMap<String, Grant>>,
    /// The newest token, to give it a second time when told to.
    given: Mutex<String>,
}

impl Provider {
    /// All of them, at an origin, with new keys.
    #[must_use]
    pub fn all(origin: &str) -> Vec<Self> {
        let made = |slug, names, colours, acr, amr| Self {
            slug,
            names,
            issuer: format!("{origin}/{slug}"),
            colours,
            acr,
            amr,
            keys: Mutex::new(vec![Key::new()]),
            grants: Mutex::default(),
            given: Mutex::default(),
        };
        let (high, substantial) = ("http://eidas.europa.eu/LoA/high", "http://eidas.europa.eu/LoA/substantial");
        vec![
            made(
                "eid",
                ["eID izmēģinājumiem", "eID для испытаний", "Sandbox eID"],
                ["#8a1538", "#f0a3b8"],
                high,
                &["mfa", "hwk", "pin"],
            ),
            made(
                "kalnu-banka",
                ["Kalnu banka", "Kalnu banka", "Kalnu banka"],
                ["#17603a", "#86d9a8"],
                substantial,
                &["mfa", "sca"],
            ),
            made(
                "juras-banka",
                ["Jūras banka", "Jūras banka", "Jūras banka"],
                ["#1b4f8f", "#93c2ff"],
                substantial,
                &["mfa", "sca"],
            ),
        ]
    }

    /// What it publishes of itself.
    fn published(&self) -> Value {
        let at = |place: &str| format!("{}/{place}", self.issuer);
        json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("authorize"),
            "token_endpoint": at("token"),
            "jwks_uri": at("jwks"),
            "end_session_endpoint": at("end-session"),
            "scopes_supported": ["openid", "profile"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "acr_values_supported": [self.acr],
            "ui_locales_supported": crate::page::LANGUAGES,
            "claims_supported": ["iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sub", "given_name",
                "family_name", "birthdate", "serial_number"],
            "authorization_response_iss_parameter_supported": true,
        })
    }

    fn rotate(&self) -> String {
        let mut keys = lock(&self.keys);
        keys.push(Key::new());
        if keys.len() > MAX_KEYS {
            keys.remove(0);
        }
        keys[keys.len() - 1].id.clone()
    }
}

impl World {
    fn provider(&self, slug: &str) -> Result<&Provider, StatusCode> {
        self.providers.iter().find(|provider| provider.slug == slug).ok_or(StatusCode::NOT_FOUND)
    }
}

/// A name that nobody else has: 128 random bits.
fn mark() -> String {
    random::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the providers answer.
pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/{provider}/.well-known/openid-configuration", get(discovery))
        .route("/{provider}/jwks", get(jwks))
        .route("/{provider}/authorize", get(authorize::by_link).post(authorize::by_form))
        .route("/{provider}/token", post(token::exchange))
        .route("/{provider}/end-session", get(leave::leave))
        .route("/{provider}/rotate-keys", post(rotate_keys))
}

async fn discovery(State(world): State<Arc<World>>, Path(slug): Path<String>) -> Result<Json<Value>, StatusCode> {
    Ok(Json(world.provider(&slug)?.published()))
}

async fn jwks(State(world): State<Arc<World>>, Path(slug): Path<String>) -> Result<Json<Value>, StatusCode> {
    let keys = lock(&world.provider(&slug)?.keys);
    let current: Vec<Value> = keys.last().map(Key::published).into_iter().collect();
    Ok(Json(json!({ "keys": current })))
}

/// From now on another key signs, and the old one is published no more.
async fn rotate_keys(State(world): State<Arc<World>>, Path(slug): Path<String>) -> Result<Response, StatusCode> {
    Ok(Json(json!({ "kid": world.provider(&slug)?.rotate() })).into_response())
}
