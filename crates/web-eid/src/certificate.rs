//! An X.509 certificate: its fields as they are, the bytes that are signed, and by whom.

use std::collections::BTreeSet;
use std::time::SystemTime;

use const_oid::db::rfc5280::{
    ID_CE_BASIC_CONSTRAINTS, ID_CE_CERTIFICATE_POLICIES, ID_CE_EXT_KEY_USAGE, ID_CE_KEY_USAGE, ID_CE_NAME_CONSTRAINTS,
    ID_CE_SUBJECT_ALT_NAME,
};
use const_oid::{AssociatedOid, ObjectIdentifier};
use der::asn1::{Any, BitString};
use der::{Decode, Encode, Sequence};
use spki::AlgorithmIdentifierOwned;
use x509_cert::TbsCertificate;

use crate::Refusal;
use crate::algorithm::Algorithm;
use crate::key::{Form, PublicKey};

/// What is understood when it is critical. (The alternative name adds names; none of them is used.)
const UNDERSTOOD: [ObjectIdentifier; 5] =
    [ID_CE_BASIC_CONSTRAINTS, ID_CE_CERTIFICATE_POLICIES, ID_CE_EXT_KEY_USAGE, ID_CE_KEY_USAGE, ID_CE_SUBJECT_ALT_NAME];

/// A certificate that can be read; nothing of it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub fields: TbsCertificate,
    /// The fields as they were signed, byte by byte.
    signed: Vec<u8>,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

/// Where in its time a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    NotYet,
    Valid,
    Over,
}

#[derive(Sequence)]
struct Outer {
    fields: Any,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

impl Certificate {
    /// Reads DER, to its end.
    ///
    /// # Errors
    /// When it is no certificate, names two algorithms, or has an extension twice.
    pub fn parse(der: &[u8]) -> Result<Self, Refusal> {
        let malformed = |_| Refusal::CertificateMalformed;
        let outer = Outer::from_der(der).map_err(malformed)?;
        let signed = outer.fields.to_der().map_err(malformed)?;
        let fields = TbsCertificate::from_der(&signed).map_err(malformed)?;
        let extensions = fields.extensions.as_deref().unwrap_or_default();
        let different: BTreeSet<_> = extensions.iter().map(|extension| extension.extn_id).collect();
        if fields.signature != outer.algorithm || different.len() != extensions.len() {
            return Err(Refusal::CertificateMalformed);
        }
        Ok(Self { fields, signed, algorithm: outer.algorithm, signature: outer.signature })
    }

    /// Reads base64 of DER, as tokens have it.
    ///
    /// # Errors
    /// As [`Certificate::parse`].
    pub fn of_token(text: &str) -> Result<Self, Refusal> {
        Self::parse(&crate::base64::decode(text).ok_or(Refusal::CertificateMalformed)?)
    }

    /// An extension, when it is there.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn extension<'a, T: Decode<'a> + AssociatedOid>(&'a self) -> Result<Option<T>, Refusal> {
        let found = self.fields.get::<T>().map_err(|_| Refusal::CertificateMalformed)?;
        Ok(found.map(|(_, extension)| extension))
    }

    /// Whether everything critical in it is understood, and no names are constrained, critical or not: that is not checked.
    pub fn is_understood(&self) -> bool {
        let mut extensions = self.fields.extensions.iter().flatten();
        extensions.all(|extension| {
            let understood = !extension.critical || UNDERSTOOD.contains(&extension.extn_id);
            understood && extension.extn_id != ID_CE_NAME_CONSTRAINTS
        })
    }

    pub fn age(&self, now: SystemTime) -> Age {
        let validity = &self.fields.validity;
        if now < validity.not_before.to_system_time() {
            Age::NotYet
        } else if now > validity.not_after.to_system_time() {
            Age::Over
        } else {
            Age::Valid
        }
    }

    /// # Errors
    /// When the key is of a kind that is not supported.
    pub fn key(&self) -> Result<PublicKey, Refusal> {
        PublicKey::of(&self.fields.subject_public_key_info).ok_or(Refusal::KeyUnsupported)
    }

    /// Whether the other has signed this one.
    ///
    /// # Errors
    /// When it has not, or by an algorithm or a key that is not allowed.
    pub fn signed_by(&self, issuer: &Self) -> Result<(), Refusal> {
        let algorithm = Algorithm::of_certificate(&self.algorithm).ok_or(Refusal::CertificateAlgorithm)?;
        let signature = self.signature.as_bytes().ok_or(Refusal::CertificateSignature)?;
        let verified = issuer.key()?.verifies(algorithm, Form::Der, &self.signed, signature);
        if verified { Ok(()) } else { Err(Refusal::CertificateSignature) }
    }
}
