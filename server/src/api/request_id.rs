//! A number for each request: in the `x-request-id` header, in every log line, in every problem.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tracing::Instrument;

use crate::error::ApiError;

static NEXT: AtomicU64 = AtomicU64::new(0);

tokio::task_local! {
    static CURRENT: String;
}

/// The number of the request under way; empty outside of one.
#[must_use]
pub fn current() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// Numbers the request, logs its end, and turns a panic in a handler into a bare 500.
pub async fn layer(request: Request, next: Next) -> Response {
    let id = new_id();
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let header = HeaderValue::from_str(&id).expect("hexadecimal digits");
    let answered = CURRENT.scope(id, async move {
        let started = Instant::now();
        let answer = std::panic::AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let response = answer.unwrap_or_else(|_| ApiError::Internal("a handler panicked".into()).into_response());
        tracing::info!(status = response.status().as_u16(), ms = started.elapsed().as_millis() as u64, "answered");
        response
    });
    let mut response = answered.instrument(span).await;
    response.headers_mut().insert("x-request-id", header);
    response
}

/// Start of the process and a counter: unique enough to find a request in the logs, and says nothing to outsiders.
fn new_id() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros() as u64);
    format!("{now:014x}{:04x}", NEXT.fetch_add(1, Ordering::Relaxed) & 0xffff)
}
