//! The token as it comes from the browser: its size, its JSON, its fields. What they prove is not asked here.

use serde::Deserialize;
use serde_json::Value;

use crate::Refusal;

const SIZE: std::ops::RangeInclusive<usize> = 100..=10_000;
/// A list of more certificates is none that any card needs.
const MAX_CERTIFICATES: usize = 4;

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
    /// Since 1.1.
    pub signing: Vec<Signing>,
}

/// A certificate for signing documents, which comes along since 1.1.
#[derive(Debug)]
pub struct Signing {
    /// Base64 of DER.
    pub certificate: String,
    pub intermediates: Vec<String>,
}

/// As they are called in JSON. A field that stands there twice is an error already here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    format: Option<Value>,
    algorithm: Option<Value>,
    signature: Option<Value>,
    unverified_certificate: Option<Value>,
    unverified_intermediate_certificates: Option<Value>,
    unverified_signing_certificates: Option<Value>,
    // The first edition of 1.1 had one, and its algorithms beside it.
    unverified_signing_certificate: Option<Value>,
    supported_signature_algorithms: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SigningFields {
    certificate: String,
    intermediate_certificates: Option<Value>,
    supported_signature_algorithms: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Method {
    crypto_algorithm: String,
    hash_function: String,
    padding_scheme: String,
}

impl Token {
    /// Reads a token. What it has besides (`appVersion`) counts nothing.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        // Three bytes is the longest unit: what is longer need not be counted.
        if text.len() > 3 * SIZE.end() || !SIZE.contains(&text.encode_utf16().count()) {
            return Err(Refusal::TokenSize);
        }
        // A list would pass for the fields, one by one.
        let object = text.trim_start().starts_with('{').then_some(text).ok_or(Refusal::TokenMalformed)?;
        let fields: Fields = serde_json::from_str(object).map_err(|_| Refusal::TokenMalformed)?;
        let certificate = string(fields.unverified_certificate.as_ref(), "unverifiedCertificate")?;
        let signature = string(fields.signature.as_ref(), "signature")?;
        let algorithm = string(fields.algorithm.as_ref(), "algorithm")?;
        let minor = minor(&string(fields.format.as_ref(), "format")?).ok_or(Refusal::FormatUnsupported)?;
        if minor == 0 {
            let newer = [
                (&fields.unverified_signing_certificates, "unverifiedSigningCertificates"),
                (&fields.unverified_signing_certificate, "unverifiedSigningCertificate"),
                (&fields.unverified_intermediate_certificates, "unverifiedIntermediateCertificates"),
            ];
            let found = newer.into_iter().find(|(value, _)| value.is_some());
            found.map_or(Ok(()), |(_, name)| Err(Refusal::FieldNotAllowed(name)))?;
        }
        let intermediates =
            strings(fields.unverified_intermediate_certificates.as_ref(), "unverifiedIntermediateCertificates")?;
        let signing = signing(fields)?;
        // As the format demands; a token that brings its authorities is of a card that cannot sign documents.
        if minor > 0 && signing.is_empty() && intermediates.is_empty() {
            return Err(Refusal::TokenField("unverifiedSigningCertificates"));
        }
        Ok(Self { certificate, signature, algorithm, intermediates, signing })
    }
}

fn string(value: Option<&Value>, name: &'static str) -> Result<String, Refusal> {
    let text = value.and_then(Value::as_str).filter(|text| !text.is_empty());
    text.map(ToOwned::to_owned).ok_or(Refusal::TokenField(name))
}

fn strings(value: Option<&Value>, name: &'static str) -> Result<Vec<String>, Refusal> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let values = value.as_array().filter(|values| (1..=MAX_CERTIFICATES).contains(&values.len()));
    values.ok_or(Refusal::TokenField(name))?.iter().map(|value| string(Some(value), name)).collect()
}

fn signing(fields: Fields) -> Result<Vec<Signing>, Refusal> {
    let wrong = Refusal::TokenField("unverifiedSigningCertificates");
    let mut all = Vec::new();
    if let Some(value) = fields.unverified_signing_certificates {
        all = serde_json::from_value::<Vec<SigningFields>>(value).map_err(|_| wrong.clone())?;
        if !(1..=MAX_CERTIFICATES).contains(&all.len()) {
            return Err(wrong);
        }
    }
    if let Some(value) = fields.unverified_signing_certificate {
        let certificate = string(Some(&value), "unverifiedSigningCertificate")?;
        let supported_signature_algorithms = fields.supported_signature_algorithms;
        all.push(SigningFields { certificate, intermediate_certificates: None, supported_signature_algorithms });
    }
    let read = |one: SigningFields| {
        let methods: Option<Vec<Method>> =
            one.supported_signature_algorithms.and_then(|value| serde_json::from_value(value).ok());
        if !methods.is_some_and(|methods| !methods.is_empty() && methods.iter().all(Method::is_known)) {
            return Err(Refusal::TokenField("supportedSignatureAlgorithms"));
        }
        let intermediates = strings(one.intermediate_certificates.as_ref(), "intermediateCertificates")?;
        Ok(Signing { certificate: one.certificate, intermediates })
    };
    all.into_iter().map(read).collect()
}

impl Method {
    fn is_known(&self) -> bool {
        let hash = self.hash_function.strip_prefix("SHA-").or(self.hash_function.strip_prefix("SHA3-"));
        matches!(self.crypto_algorithm.as_str(), "ECC" | "RSA")
            && matches!(hash, Some("224" | "256" | "384" | "512"))
            && matches!(self.padding_scheme.as_str(), "NONE" | "PKCS1.5" | "PSS")
    }
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
