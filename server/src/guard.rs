//! What guards everything personal: requests from other sites are refused, answers are kept nowhere.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::App;
use crate::error::ApiError;

/// For every personal route.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    if !request.method().is_safe() && !is_own(request.headers(), &app.site.public_url) {
        return ApiError::Forbidden.into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
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
