//! The token as it comes from the browser: its size, its JSON, its fields. What they prove is not asked here.

use serde_json::{Map, Value};

use crate::Refusal;

const SIZE: std::ops::RangeInclusive<usize> = 100..=10_000;
/// A chain of more is none that any authority has.
const MAX_INTERMEDIATES: usize = 4;

/// The fields of a token, none of them verified.
#[derive(Debug)]
pub struct Token {
    /// Base64 of DER.
    pub certificate: String,
    /// Base64.
    pub signature: String,
    pub algorithm: String,
    /// Base64 of DER: authorities between the card's certificate and one that is trusted. Since 1.1.
    pub intermediates: Vec<String>,
}

impl Token {
    /// Reads a token. What the browser adds to it (`appVersion`, signing certificates) counts nothing.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if !SIZE.contains(&text.encode_utf16().count()) {
            return Err(Refusal::TokenSize);
        }
        let fields: Map<String, Value> = serde_json::from_str(text).map_err(|_| Refusal::TokenMalformed)?;
        let certificate = string(&fields, "unverifiedCertificate")?;
        let signature = string(&fields, "signature")?;
        let algorithm = string(&fields, "algorithm")?;
        let minor = minor(&string(&fields, "format")?).ok_or(Refusal::FormatUnsupported)?;
        if minor == 0 {
            let newer = ["unverifiedSigningCertificates", "unverifiedIntermediateCertificates"];
            let found = newer.into_iter().find(|name| fields.get(*name).is_some_and(|value| !value.is_null()));
            found.map_or(Ok(()), |name| Err(Refusal::FieldNotAllowed(name)))?;
        }
        let intermediates = strings(&fields, "unverifiedIntermediateCertificates")?;
        Ok(Self { certificate, signature, algorithm, intermediates })
    }
}

fn string(fields: &Map<String, Value>, name: &'static str) -> Result<String, Refusal> {
    let text = fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    text.map(ToOwned::to_owned).ok_or(Refusal::TokenField(name))
}

fn strings(fields: &Map<String, Value>, name: &'static str) -> Result<Vec<String>, Refusal> {
    let Some(value) = fields.get(name).filter(|value| !value.is_null()) else { return Ok(Vec::new()) };
    let values = value.as_array().filter(|values| values.len() <= MAX_INTERMEDIATES);
    let texts = values.and_then(|values| values.iter().map(|value| value.as_str().map(ToOwned::to_owned)).collect());
    texts.ok_or(Refusal::TokenField(name))
}

/// The minor version of a format of the major version 1: `web-eid:1` (which is 1.0), `web-eid:1.0`, `web-eid:1.1`.
fn minor(format: &str) -> Option<u32> {
    let rest = format.strip_prefix("web-eid:1")?;
    if rest.is_empty() {
        return Some(0);
    }
    let digits = rest.strip_prefix('.')?;
    let plain = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain && (digits == "0" || !digits.starts_with('0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_version_is_known_and_written_in_one_way() {
        for (format, expected) in [("web-eid:1", 0), ("web-eid:1.0", 0), ("web-eid:1.1", 1), ("web-eid:1.10", 10)] {
            assert_eq!(minor(format), Some(expected), "{format}");
        }
        for format in
            ["", "web-eid", "web-eid:", "web-eid:2.0", "web-eid:10", "web-eid:1.", "web-eid:1.01", "web-eid:1.+1"]
        {
            assert_eq!(minor(format), None, "{format}");
        }
        assert_eq!(minor("web-eid:1.0.0").or(minor("web-eid:1.1234567890")).or(minor("WEB-EID:1")), None);
    }
}
