//! Requests to the outside world: bounded in time and size, never following a redirect.

use std::time::Duration;

use futures_util::StreamExt;
use openidconnect::{HttpRequest, HttpResponse};
use reqwest::redirect::Policy;

const CONNECT_WITHIN: Duration = Duration::from_secs(3);
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
const MAX_BODY_BYTES: usize = 512 * 1024;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("the answer is longer than {MAX_BODY_BYTES} bytes")]
    TooLarge,
    #[error("the answer is no HTTP: {0}")]
    Malformed(#[from] openidconnect::http::Error),
}

/// Asks other servers.
#[derive(Clone, Debug)]
pub struct Outbound(reqwest::Client);

impl Outbound {
    /// With the system's trusted roots.
    ///
    /// # Errors
    /// When there are none.
    pub fn new() -> Result<Self, OutboundError> {
        // Another part of the process may have chosen already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .redirect(Policy::none())
            .user_agent(concat!("Durvis/", env!("CARGO_PKG_VERSION")));
        Ok(Self(client.build()?))
    }

    /// Sends a request, and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// When there is no answer within the bounds.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, OutboundError> {
        let answer = self.0.execute(request.try_into()?).await?;
        let mut response = openidconnect::http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            response = response.header(name, value);
        }
        let mut body = Vec::new();
        let mut parts = answer.bytes_stream();
        while let Some(part) = parts.next().await {
            body.extend_from_slice(&part?);
            if body.len() > MAX_BODY_BYTES {
                return Err(OutboundError::TooLarge);
            }
        }
        Ok(response.body(body)?)
    }
}
