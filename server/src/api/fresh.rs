//! Conditional requests: what is read of the catalogue is fresh for as long as the same release is in force.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::App;

/// Tags successful answers with the release, and answers 304 to a client that has it.
pub(super) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    // The content's hash, not the row's number: another database counts from 1 again.
    let tag = app.live.current().manifest.as_ref().map_or_else(String::new, |manifest| manifest.release.clone());
    let tag = HeaderValue::from_str(&format!("W/\"{tag}\"")).expect("hexadecimal digits");
    if request.headers().get(header::IF_NONE_MATCH) == Some(&tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let mut response = next.run(request).await;
    if response.status().is_success() {
        response.headers_mut().insert(header::ETAG, tag);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}
