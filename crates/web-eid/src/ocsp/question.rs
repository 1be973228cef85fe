//! What is asked: one certificate, named by its serial number and by digests of its issuer, and a nonce.

use const_oid::db::rfc5912::ID_SHA_1;
use const_oid::db::rfc6960::ID_PKIX_OCSP_NONCE;
use der::asn1::{Null, OctetString};
use der::{Decode, Encode};
use sha1::{Digest, Sha1};
use spki::AlgorithmIdentifierOwned;
use x509_cert::ext::Extension;
use x509_ocsp::{CertId, OcspRequest, Request, TbsRequest};

use crate::Refusal;
use crate::certificate::Certificate;

/// A question to a responder.
#[derive(Debug)]
pub struct Question {
    pub certificate: CertId,
    pub nonce: OctetString,
}

impl Question {
    /// # Errors
    /// When the certificates cannot be written; they could be read, so that is never.
    pub fn new(certificate: &Certificate, issuer: &Certificate, nonce: [u8; 32]) -> Result<Self, Refusal> {
        let write = || {
            // The digest finds the issuer among the responder's, and proves nothing: all responders know this one.
            let hash_algorithm = AlgorithmIdentifierOwned { oid: ID_SHA_1, parameters: Some(Null.into()) };
            let certificate = CertId {
                hash_algorithm,
                issuer_name_hash: OctetString::new(Sha1::digest(issuer.fields.subject.to_der()?).to_vec())?,
                issuer_key_hash: OctetString::new(key_hash(issuer))?,
                serial_number: certificate.fields.serial_number.clone(),
            };
            Ok(Self { certificate, nonce: OctetString::new(OctetString::new(nonce)?.to_der()?)? })
        };
        write().map_err(|_: der::Error| Refusal::CertificateMalformed)
    }

    /// # Errors
    /// Never, as above.
    pub fn to_der(&self) -> Result<Vec<u8>, Refusal> {
        let nonce = Extension { extn_id: ID_PKIX_OCSP_NONCE, critical: false, extn_value: self.nonce.clone() };
        let request = Request { req_cert: self.certificate.clone(), single_request_extensions: None };
        let tbs_request =
            TbsRequest { request_list: vec![request], request_extensions: Some(vec![nonce]), ..TbsRequest::default() };
        let request = OcspRequest { tbs_request, optional_signature: None };
        request.to_der().map_err(|_| Refusal::CertificateMalformed)
    }

    /// Whether an answer names the same certificate. Parameters of the hash are there or not; it has none.
    pub fn is_about(&self, other: &CertId) -> bool {
        let parameters = other.hash_algorithm.parameters.as_ref();
        let plain =
            parameters.is_none_or(|parameters| parameters.to_der().is_ok_and(|der| Null::from_der(&der).is_ok()));
        let hash_algorithm = self.certificate.hash_algorithm.clone();
        plain
            && other.hash_algorithm.oid == hash_algorithm.oid
            && CertId { hash_algorithm, ..other.clone() } == self.certificate
    }
}

/// The digest by which OCSP names a key.
pub fn key_hash(certificate: &Certificate) -> Vec<u8> {
    Sha1::digest(certificate.fields.subject_public_key_info.subject_public_key.raw_bytes()).to_vec()
}
