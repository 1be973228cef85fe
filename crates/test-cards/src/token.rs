//! Tokens, as the browser makes them of a card.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::keys::{Form, Key, digest};

/// What a card answers: its certificate, and its signature over the hashes of origin and nonce.
#[must_use]
pub fn token(certificate: &[u8], key: Key, algorithm: &str, form: Form, origin: &str, nonce: &str) -> Value {
    let signed = [digest(algorithm, origin.as_bytes()), digest(algorithm, nonce.as_bytes())].concat();
    json!({
        "unverifiedCertificate": STANDARD.encode(certificate),
        "algorithm": algorithm,
        "signature": STANDARD.encode(key.sign(algorithm, form, &signed)),
        "format": "web-eid:1.0",
        "appVersion": "https://web-eid.eu/web-eid-app/releases/2.5.0+0",
    })
}
