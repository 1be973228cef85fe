//! Asks the responders of certificate authorities whether a card is revoked.

use durvis_web_eid::Responders;
use openidconnect::http::Request;
use openidconnect::http::header::CONTENT_TYPE;

use crate::ambient::Ambient;
use crate::outbound::Outbound;

/// Responders over HTTP.
#[derive(Clone, Debug)]
pub struct Network {
    pub outbound: Outbound,
    pub ambient: Ambient,
}

impl Responders for Network {
    fn nonce(&self) -> [u8; 32] {
        self.ambient.bytes()
    }

    async fn ask(&self, url: &str, question: Vec<u8>) -> Result<Vec<u8>, String> {
        let request = Request::post(url).header(CONTENT_TYPE, "application/ocsp-request").body(question);
        let request = request.map_err(|error| format!("{url}: {error}"))?;
        let answer = self.outbound.send(request).await.map_err(|error| format!("{url}: {error}"))?;
        let kind = answer.headers().get(CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
        if answer.status() != 200 || !kind.starts_with(b"application/ocsp-response") {
            return Err(format!("{url}: {}, and no answer of OCSP", answer.status()));
        }
        Ok(answer.into_body())
    }
}
