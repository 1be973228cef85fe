//! A responder in memory, which answers rightly until a test makes one thing wrong.

use std::time::Duration;

use const_oid::db::rfc6960::ID_PKIX_OCSP_BASIC;
use der::asn1::{BitString, Null, OctetString};
use der::{DateTime, Decode, Encode};
use durvis_web_eid::Responders;
use sha1::{Digest, Sha1};
use x509_cert::Certificate;
use x509_cert::ext::Extension;
use x509_ocsp::{
    BasicOcspResponse, CertId, CertStatus, OcspGeneralizedTime, OcspRequest, OcspResponse, OcspResponseStatus,
    ResponderId, ResponseBytes, ResponseData, SingleResponse, Version,
};

use crate::authority::{Profile, now};
use crate::keys::{Form, Key, identifier};

/// In seconds.
pub const MINUTE: i64 = 60;

type Edit<T> = Box<dyn Fn(&mut T) + Send + Sync>;

/// What it answers with.
pub struct Responder {
    pub reached: bool,
    pub status: OcspResponseStatus,
    pub about: Edit<CertId>,
    pub answers: usize,
    pub state: CertStatus,
    /// Seconds from now.
    pub this: i64,
    pub next: Option<i64>,
    pub extensions: Edit<Vec<Extension>>,
    pub named: Profile,
    pub by_key: bool,
    pub key: Key,
    pub algorithm: &'static str,
    pub certificates: Vec<Vec<u8>>,
    /// Last of all, the answer's bytes.
    pub edit: Edit<Vec<u8>>,
}

impl Responder {
    /// The issuer itself.
    #[must_use]
    pub fn of(issuer: &Profile) -> Self {
        Self {
            reached: true,
            status: OcspResponseStatus::Successful,
            about: Box::new(|_| ()),
            answers: 1,
            state: CertStatus::Good(Null),
            this: -MINUTE,
            next: Some(5 * MINUTE),
            extensions: Box::new(|_| ()),
            named: issuer.clone(),
            by_key: false,
            key: issuer.key,
            algorithm: "ES512",
            certificates: Vec::new(),
            edit: Box::new(|_| ()),
        }
    }

    /// The answer to a question, in DER.
    ///
    /// # Panics
    /// When it is no question.
    #[must_use]
    pub fn answer(&self, question: &[u8]) -> Vec<u8> {
        let question = OcspRequest::from_der(question).unwrap().tbs_request;
        let mut cert_id = question.request_list[0].req_cert.clone();
        (self.about)(&mut cert_id);
        let mut extensions = question.request_extensions.unwrap();
        (self.extensions)(&mut extensions);
        let single = SingleResponse {
            cert_id,
            cert_status: self.state,
            this_update: time(self.this),
            next_update: self.next.map(time),
            single_extensions: None,
        };
        let hash = || Sha1::digest(self.named.key.public().subject_public_key.raw_bytes()).to_vec();
        let fields = ResponseData {
            version: Version::V1,
            responder_id: match self.by_key {
                true => ResponderId::ByKey(OctetString::new(hash()).unwrap()),
                false => ResponderId::ByName(self.named.name()),
            },
            produced_at: time(self.this),
            responses: vec![single; self.answers],
            response_extensions: (!extensions.is_empty()).then_some(extensions),
        };
        let signature = self.key.sign(self.algorithm, Form::Der, &fields.to_der().unwrap());
        let certificates: Vec<_> = self.certificates.iter().map(|der| Certificate::from_der(der).unwrap()).collect();
        let basic = BasicOcspResponse {
            tbs_response_data: fields,
            signature_algorithm: identifier(self.algorithm),
            signature: BitString::from_bytes(&signature).unwrap(),
            certs: (!certificates.is_empty()).then_some(certificates),
        };
        let response = OctetString::new(basic.to_der().unwrap()).unwrap();
        let bytes = ResponseBytes { response_type: ID_PKIX_OCSP_BASIC, response };
        let good = self.status == OcspResponseStatus::Successful;
        OcspResponse { response_status: self.status, response_bytes: good.then_some(bytes) }.to_der().unwrap()
    }
}

impl Responders for Responder {
    fn nonce(&self) -> [u8; 32] {
        [5; 32]
    }

    async fn ask(&self, url: &str, question: Vec<u8>) -> Result<Vec<u8>, String> {
        assert_eq!(url, "http://ocsp.test/");
        let mut answer = self.answer(&question);
        (self.edit)(&mut answer);
        if self.reached { Ok(answer) } else { Err("nobody there".into()) }
    }
}

fn time(seconds: i64) -> OcspGeneralizedTime {
    let far = Duration::from_secs(seconds.unsigned_abs());
    let moment = if seconds < 0 { now() - far } else { now() + far };
    OcspGeneralizedTime::from(DateTime::from_system_time(moment).unwrap())
}
