//! Verifying one's own record (B8) on this device, by Web Crypto; out of what the device has kept where there is no line.

use durvis_contract::record::{Fault, Head, Record, goes_on_from, verify};
use js_sys::{Array, Object, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::api::{self, ApiError};
use crate::offline::database::object;
use crate::offline::device;
use crate::offline::journal::{Journal, RECORD};

/// A record, and what became of verifying it.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    pub record: Record,
    pub fault: Option<Fault>,
    /// Out of what the device kept.
    pub is_kept: bool,
}

/// Verifies what was asked for; without a line, what the citizen's own device has kept. A device of one's own remembers the
/// record, so that a later one that is shorter, or another one, is told.
pub async fn verified(journal: Journal, asked: Result<Vec<u8>, ApiError>) -> Result<Verified, ApiError> {
    let before = if device::is_own() { journal.file(RECORD).await.map(|bytes| bytes.to_vec()) } else { None };
    let (bytes, is_kept) = match (asked, &before) {
        (Ok(bytes), _) => (bytes, false),
        (Err(ApiError::Offline), Some(before)) => (before.clone(), true),
        (Err(error), _) => return Err(error),
    };
    let record = api::record::read(&bytes)?;
    let seen = before.and_then(|bytes| api::record::read(&bytes).ok()).map(|record| record.head);
    let fault = fault(&record, seen.as_ref()).await;
    if device::is_own() && !is_kept && fault.is_none() {
        journal.put_file(RECORD, &Uint8Array::from(&bytes[..])).await;
    }
    Ok(Verified { record, fault, is_kept })
}

async fn fault(record: &Record, seen: Option<&Head>) -> Option<Fault> {
    if let Err(fault) = verify(record, sha256).await {
        return Some(fault);
    }
    if !seen.is_none_or(|seen| goes_on_from(record, seen)) {
        return Some(Fault::Older);
    }
    if is_signed(record).await.unwrap_or(false) { None } else { Some(Fault::Signature) }
}

/// Empty, which is no digest, where the browser does not do it.
async fn sha256(text: String) -> String {
    let promise = subtle().and_then(|subtle| subtle.digest_with_str_and_u8_array("SHA-256", text.as_bytes()));
    let Ok(promise) = promise else { return String::new() };
    let Ok(digest) = JsFuture::from(promise).await else { return String::new() };
    Uint8Array::new(&digest).to_vec().iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn is_signed(record: &Record) -> Result<bool, JsValue> {
    let key = record.keys.iter().find(|key| key.kid == record.head.key).ok_or("no such key")?;
    let jwk = object(&[
        ("kty", &key.kty.as_str().into()),
        ("crv", &key.crv.as_str().into()),
        ("x", &key.x.as_str().into()),
        ("y", &key.y.as_str().into()),
    ]);
    let named = |name: &str, value: &str| object(&[("name", &"ECDSA".into()), (name, &value.into())]);
    let (curve, hash) = (named("namedCurve", "P-256"), named("hash", "SHA-256"));
    let uses = Array::of1(&"verify".into());
    let imported = subtle()?.import_key_with_object("jwk", jwk.unchecked_ref(), curve.unchecked_ref(), false, &uses)?;
    let key: CryptoKey = JsFuture::from(imported).await?.unchecked_into();
    let signature = Uint8Array::from(&bytes(&record.head.signature).ok_or("no base64url")?[..]);
    let text = Uint8Array::from(record.head.text(&record.chain).as_bytes());
    let (signature, text): (&Object, &Object) = (signature.as_ref(), text.as_ref());
    let held = subtle()?.verify_with_object_and_buffer_source_and_buffer_source(
        hash.unchecked_ref(),
        &key,
        signature,
        text,
    )?;
    Ok(JsFuture::from(held).await?.as_bool().unwrap_or(false))
}

/// Out of base64url without padding.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut held, mut bits) = (Vec::with_capacity(text.len()), 0_u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
        }
    }
    Some(out)
}

fn subtle() -> Result<SubtleCrypto, JsValue> {
    Ok(window().crypto()?.subtle())
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn a_signature_is_read_as_the_server_wrote_it() {
        let cases: [(&str, &[u8]); 4] = [("", b""), ("Zg", b"f"), ("Zm9vYmE", b"fooba"), ("-_8", &[0xfb, 0xff])];
        for (text, expected) in cases {
            assert_eq!(bytes(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(bytes("+/"), None);
    }
}
