//! What is answered: by whom, about what, for how long, and whether it answers this question and no other.

use std::time::{Duration, SystemTime};

use const_oid::db::rfc5280::ID_KP_OCSP_SIGNING;
use const_oid::db::rfc6960::{ID_PKIX_OCSP_BASIC, ID_PKIX_OCSP_NONCE};
use der::asn1::{Any, BitString};
use der::{Decode, Encode, Sequence};
use spki::AlgorithmIdentifierOwned;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage};
use x509_ocsp::{CertStatus, OcspResponse, OcspResponseStatus, ResponderId, ResponseData, SingleResponse};

use super::question::{Question, key_hash};
use crate::Refusal;
use crate::algorithm::Algorithm;
use crate::certificate::{Age, Certificate};
use crate::key::Form;
use crate::name;

/// Largest answer that is read, and most certificates in it that are looked at.
const MAX_BYTES: usize = 64 * 1024;
const MAX_CERTIFICATES: usize = 8;
/// How far the clocks may differ.
const SKEW: Duration = Duration::from_secs(15 * 60);

#[derive(Sequence)]
struct Signed {
    fields: Any,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
    #[asn1(context_specific = "0", optional = "true", tag_mode = "EXPLICIT")]
    certificates: Option<Vec<Any>>,
}

/// # Errors
/// Unless the answer is that the certificate is good.
pub fn check(
    answer: &[u8],
    question: &Question,
    issuer: &Certificate,
    nonce_may_miss: bool,
    now: SystemTime,
) -> Result<(), Refusal> {
    let malformed = |_| Refusal::OcspMalformed;
    if answer.len() > MAX_BYTES {
        return Err(Refusal::OcspMalformed);
    }
    let answer = OcspResponse::from_der(answer).map_err(malformed)?;
    successful(answer.response_status)?;
    let basic = answer.response_bytes.filter(|bytes| bytes.response_type == ID_PKIX_OCSP_BASIC);
    let signed = Signed::from_der(basic.ok_or(Refusal::OcspMalformed)?.response.as_bytes()).map_err(malformed)?;
    let message = signed.fields.to_der().map_err(malformed)?;
    let fields = ResponseData::from_der(&message).map_err(malformed)?;
    let [single] = <[SingleResponse; 1]>::try_from(fields.responses).map_err(|_| Refusal::OcspOtherCertificate)?;
    if !question.is_about(&single.cert_id) {
        return Err(Refusal::OcspOtherCertificate);
    }
    let responder = responder(&fields.responder_id, signed.certificates.unwrap_or_default(), issuer, now)?;
    let algorithm = Algorithm::of_certificate(&signed.algorithm).ok_or(Refusal::OcspSignature)?;
    let signature = signed.signature.as_bytes().ok_or(Refusal::OcspSignature)?;
    if !responder.key()?.verifies(algorithm, Form::Der, &message, signature) {
        return Err(Refusal::OcspSignature);
    }
    let extensions = fields.response_extensions.unwrap_or_default();
    let further = single.single_extensions.iter().flatten().chain(&extensions);
    if further.into_iter().any(|extension| extension.critical && extension.extn_id != ID_PKIX_OCSP_NONCE) {
        return Err(Refusal::OcspMalformed);
    }
    in_force(&single, now)?;
    repeats_nonce(&extensions, question, nonce_may_miss)?;
    match single.cert_status {
        CertStatus::Good(_) => Ok(()),
        CertStatus::Revoked(_) => Err(Refusal::CertificateRevoked),
        CertStatus::Unknown(_) => Err(Refusal::CertificateUnknown),
    }
}

const fn successful(status: OcspResponseStatus) -> Result<(), Refusal> {
    Err(Refusal::OcspUnsuccessful(match status {
        OcspResponseStatus::Successful => return Ok(()),
        OcspResponseStatus::MalformedRequest => "malformed request",
        OcspResponseStatus::InternalError => "internal error",
        OcspResponseStatus::TryLater => "try later",
        OcspResponseStatus::SigRequired => "signature required",
        OcspResponseStatus::Unauthorized => "unauthorized",
    }))
}

/// Who has answered: the issuer, or one to whom the issuer itself has given this and nothing else.
fn responder(
    id: &ResponderId,
    offered: Vec<Any>,
    issuer: &Certificate,
    now: SystemTime,
) -> Result<Certificate, Refusal> {
    let is_named = |certificate: &Certificate| match id {
        ResponderId::ByName(name) => name::same(name, &certificate.fields.subject),
        ResponderId::ByKey(hash) => hash.as_bytes() == key_hash(certificate),
    };
    let read = |any: Any| Certificate::parse(&any.to_der().map_err(|_| Refusal::OcspMalformed)?);
    let offered = offered
        .into_iter()
        .take(MAX_CERTIFICATES)
        .map(read)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| Refusal::OcspMalformed)?;
    let may = |certificate: &Certificate| certificate == issuer || is_delegate(certificate, issuer, now);
    let mut all = offered.into_iter().chain([issuer.clone()]);
    all.find(|certificate| is_named(certificate) && may(certificate)).ok_or(Refusal::OcspResponder)
}

fn is_delegate(certificate: &Certificate, issuer: &Certificate, now: SystemTime) -> bool {
    let purposes = certificate.extension::<ExtendedKeyUsage>();
    let usage = certificate.extension::<KeyUsage>();
    purposes.is_ok_and(|purposes| purposes.is_some_and(|purposes| purposes.0.contains(&ID_KP_OCSP_SIGNING)))
        && usage.is_ok_and(|usage| usage.is_none_or(|usage| usage.digital_signature()))
        && name::same(&certificate.fields.issuer, &issuer.fields.subject)
        && certificate.age(now) == Age::Valid
        && certificate.is_understood()
        && certificate.signed_by(issuer).is_ok()
}

/// An answer without an end is of this moment.
fn in_force(single: &SingleResponse, now: SystemTime) -> Result<(), Refusal> {
    let this = SystemTime::UNIX_EPOCH + single.this_update.0.to_unix_duration();
    let next = single.next_update.map(|next| SystemTime::UNIX_EPOCH + next.0.to_unix_duration());
    let until = next.unwrap_or(this);
    if this > now + SKEW || until + SKEW < now || until < this { Err(Refusal::OcspStale) } else { Ok(()) }
}

fn repeats_nonce(extensions: &[Extension], question: &Question, may_miss: bool) -> Result<(), Refusal> {
    let mut nonces = extensions.iter().filter(|extension| extension.extn_id == ID_PKIX_OCSP_NONCE);
    let repeated = match (nonces.next(), nonces.next()) {
        (None, _) => may_miss,
        (Some(nonce), None) => nonce.extn_value == question.nonce,
        (Some(_), Some(_)) => false,
    };
    if repeated { Ok(()) } else { Err(Refusal::OcspNonce) }
}
