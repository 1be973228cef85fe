//! Keys on the curve P-256, and what they sign.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::Sha256;

use super::mark;
use crate::world::random;

/// A key with its name.
#[derive(Debug)]
pub struct Key {
    pub id: String,
    signing: SigningKey,
}

impl Key {
    /// A new one.
    pub fn new() -> Self {
        // Of all numbers of this length, next to none is no key.
        let signing = std::iter::repeat_with(|| SigningKey::from_slice(&random::<32>())).find_map(Result::ok);
        Self { id: mark(), signing: signing.expect("an endless row of keys") }
    }

    /// The public half, as a JSON Web Key.
    pub fn published(&self) -> Value {
        let point = self.signing.verifying_key().to_sec1_point(false);
        // An uncompressed point: the byte 4, then two numbers of 32 bytes.
        let (x, y) = point.as_bytes()[1..].split_at(32);
        let written = |number: &[u8]| URL_SAFE_NO_PAD.encode(number);
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.id, "x": written(x), "y": written(y) })
    }

    /// A JSON Web Token.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_as(&self.id, claims)
    }

    /// A token that names another key than the one that signed it.
    pub fn sign_as(&self, id: &str, claims: &Value) -> String {
        let signed = unsigned(&json!({ "alg": "ES256", "typ": "JWT", "kid": id }), claims);
        let signature: Signature = self.signing.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    /// A token of the algorithm HS256 whose secret is the public half: whoever lets the token choose the algorithm believes it.
    pub fn sign_by_what_is_published(&self, claims: &Value) -> String {
        let signed = unsigned(&json!({ "alg": "HS256", "typ": "JWT", "kid": self.id }), claims);
        let secret = self.signing.verifying_key().to_sec1_point(false);
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length does");
        mac.update(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    /// The claims of a token that this key has signed.
    pub fn claims(&self, token: &str) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        self.signing.verifying_key().verify(signed.as_bytes(), &signature).ok()?;
        let (_, claims) = signed.split_once('.')?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }
}

/// A token of the algorithm `none`.
pub fn without_signature(claims: &Value) -> String {
    format!("{}.", unsigned(&json!({ "alg": "none", "typ": "JWT" }), claims))
}

fn unsigned(header: &Value, claims: &Value) -> String {
    let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    format!("{header}.{claims}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_by_its_own_key_only() {
        let (key, other) = (Key::new(), Key::new());
        let token = key.sign(&json!({ "sub": "x" }));
        assert_eq!(key.claims(&token).unwrap()["sub"], "x");
        assert!(other.claims(&token).is_none());
        assert!(key.claims(&other.sign_as(&key.id, &json!({}))).is_none());
        assert!(key.claims(&without_signature(&json!({}))).is_none());
    }
}
