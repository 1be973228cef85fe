//! What guards the portal: headers on every answer, a limit for each address, and that no other site changes anything.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::App;
use crate::error::ApiError;
use crate::peer;

/// What a browser may do with our pages: run our own scripts and WASM, nothing inline, nothing from anywhere else.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// With data: nothing at all.
const DATA_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What of the device our pages may ask for: where one is, to sort the places by distance.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), \
    magnetometer=(), microphone=(), midi=(), payment=(), usb=()";
/// Two years; only where citizens come by HTTPS.
const TRANSPORT: &str = "max-age=63072000";

/// Headers that answers carry.
pub type Headers = Arc<[(HeaderName, HeaderValue)]>;

/// Those of pages and of what belongs to them.
#[must_use]
pub fn of_pages(public_url: &str) -> Headers {
    headers(PAGE_POLICY, "same-origin", public_url)
}

/// Those of data.
#[must_use]
pub fn of_data(public_url: &str) -> Headers {
    headers(DATA_POLICY, "no-referrer", public_url)
}

fn headers(policy: &'static str, referrer: &'static str, public_url: &str) -> Headers {
    let mut headers = vec![
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, referrer),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    if public_url.starts_with("https://") {
        headers.push((header::STRICT_TRANSPORT_SECURITY, TRANSPORT));
    }
    headers.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect()
}

/// Puts them on an answer.
pub async fn put_on(State(headers): State<Headers>, mut response: Response) -> Response {
    for (name, value) in headers.iter() {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    response
}

/// For every route of the API.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let key = peer::key(request.extensions());
    if let Err(seconds) = app.limits.address.take(&key, app.identity.ambient.millis()) {
        return ApiError::Wait(seconds).into_response();
    }
    // The link of a letter is pressed in a mail program's own page; it uses no cookie, and says all by itself.
    let is_of_letter = request.uri().path().starts_with("/letters/");
    if !request.method().is_safe() && !is_of_letter && !is_own(request.headers(), &app.site.public_url) {
        return ApiError::Forbidden.into_response();
    }
    next.run(request).await
}

/// For what is personal: it is kept nowhere.
pub async fn keep_nowhere(mut response: Response) -> Response {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whether one of our own pages asks. Every browser of the last years says who asks; one that does not is no browser, and
/// has no cookies that others could use.
fn is_own(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == public_url,
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_change_anything() {
        let own = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
            is_own(&headers.collect(), "https://durvis.example")
        };
        assert!(own(&[("sec-fetch-site", "same-origin"), ("origin", "https://durvis.example")]));
        assert!(own(&[("origin", "https://durvis.example")]) && own(&[]));
        for site in ["cross-site", "same-site", "none", ""] {
            assert!(!own(&[("sec-fetch-site", site)]), "{site}");
        }
        assert!(!own(&[("origin", "https://evil.example")]) && !own(&[("origin", "null")]));
    }
}
