//! Where a browser comes to sign out of the provider, too.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::authorize::Asked;
use crate::page::{self, LANGUAGES, coloured, gone, with_query};
use crate::world::{World, lock};

const DONE: [&str; 3] = ["Jūs esat izrakstījies", "Вы вышли", "You are signed out"];

/// Back to the client, when the token is one of ours.
pub async fn leave(State(world): State<Arc<World>>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let provider = match world.provider(&slug) {
        Ok(provider) => provider,
        Err(status) => return status.into_response(),
    };
    let one = |name: &str| asked.get(name).map_or("", String::as_str);
    let lang = page::language(one("ui_locales"));
    let known = lock(&provider.keys).iter().any(|key| key.claims(one("id_token_hint")).is_some());
    let place = one("post_logout_redirect_uri");
    if !known || !(place.is_empty() || page::is_local(place)) {
        let body = "<h1>Bad request</h1><p>The id_token_hint or the post_logout_redirect_uri is not known here.</p>";
        return coloured(provider.colours, StatusCode::BAD_REQUEST, "en", "Bad request", body);
    }
    if place.is_empty() {
        let body = format!("<p class=\"name\">{}</p><h1>{}</h1>", provider.names[lang], DONE[lang]);
        return coloured(provider.colours, StatusCode::OK, LANGUAGES[lang], DONE[lang], &body);
    }
    let state: Vec<(&str, &str)> = asked.get("state").map(|state| ("state", state.as_str())).into_iter().collect();
    gone(&with_query(place, &state))
}
