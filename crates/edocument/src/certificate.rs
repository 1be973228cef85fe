//! The certificate of whoever signed: what it says, and whether it is the one that was meant.

use std::time::SystemTime;

use durvis_web_eid::x509::{self, Age};
use durvis_web_eid::{Refusal, Trust};
use roxmltree::Node;
use x509_cert::ext::pkix::KeyUsage;

use crate::algorithm::Digest;
use crate::bound::Bound;
use crate::report::{Certificate, Layer, Name};
use crate::{Reason, moment, xml};

/// The certificates of a signature, with the one that it is judged by.
pub struct Certificates {
    pub signer: Option<Result<x509::Certificate, Refusal>>,
    der: Vec<u8>,
    /// The digest that the signed properties have of it: nothing, one that is not known, or one with its value.
    named: Option<Option<(Digest, Vec<u8>)>>,
    others: Vec<Vec<u8>>,
}

impl Certificates {
    /// Of a signature and its signed properties. The one that they name, else the first.
    pub fn of(signature: Node<'_, '_>, properties: Option<Node<'_, '_>>) -> Self {
        let infos = xml::signed(signature, "KeyInfo").flat_map(|info| xml::signed(info, "X509Data"));
        let mut all: Vec<_> =
            infos.flat_map(|data| xml::signed(data, "X509Certificate")).filter_map(xml::bytes).collect();
        all.truncate(2 * Bound::CERTIFICATES);
        let named = properties.and_then(named);
        let is_named = |der: &Vec<u8>| matches!(&named, Some(Some((digest, value))) if digest.of(der) == *value);
        let place = all.iter().position(is_named).unwrap_or_default();
        let der = if all.is_empty() { Vec::new() } else { all.remove(place) };
        let signer = (!der.is_empty()).then(|| x509::Certificate::parse(&der));
        all.extend(kept(signature));
        Self { signer, der, named, others: all }
    }

    pub fn read(&self) -> Result<&x509::Certificate, Reason> {
        match &self.signer {
            Some(Ok(certificate)) => Ok(certificate),
            Some(Err(_)) => Err(Reason::CertificateMalformed),
            None => Err(Reason::CertificateMissing),
        }
    }

    /// It can be read, is for signing, and is the one that is named.
    pub fn judged(&self) -> Layer {
        let certificate = match self.read() {
            Ok(certificate) => certificate,
            Err(reason) => return Layer::broken(Name::Certificate, reason),
        };
        let signs = |usage: &KeyUsage| usage.digital_signature() || usage.non_repudiation();
        match certificate.extension::<KeyUsage>() {
            Ok(usage) if usage.as_ref().is_none_or(signs) => {}
            Ok(_) => return Layer::broken(Name::Certificate, Reason::CertificateNotForSigning),
            Err(_) => return Layer::broken(Name::Certificate, Reason::CertificateMalformed),
        }
        match &self.named {
            None => Layer::not_checked(Name::Certificate, Reason::CertificateNotNamed),
            Some(None) => Layer::not_checked(Name::Certificate, Reason::DigestUnknown),
            Some(Some((digest, value))) if digest.of(&self.der) == *value => {
                Layer::held(Name::Certificate).weak(digest.weakness())
            }
            Some(Some(_)) => Layer::broken(Name::Certificate, Reason::CertificateNotThisOne),
        }
    }

    /// Whether the claimed time lies within its own.
    pub fn covers(&self, claimed: Option<Option<SystemTime>>) -> Layer {
        let moment = match (claimed, self.read()) {
            (None, _) => Err(Reason::TimeMissing),
            (Some(None), _) => Err(Reason::TimeUnreadable),
            (_, Err(reason)) => Err(reason),
            (Some(Some(moment)), Ok(certificate)) => Ok(certificate.age(moment)),
        };
        match moment {
            Ok(Age::Valid) => Layer::held(Name::SigningTime),
            Ok(_) => Layer::broken(Name::SigningTime, Reason::TimeOutsideCertificate),
            Err(reason) => Layer::not_checked(Name::SigningTime, reason),
        }
    }

    /// From it to somebody who is trusted, as of a moment.
    pub fn chain(&self, trust: &Trust, moment: Option<SystemTime>) -> Layer {
        if trust.is_empty() {
            return Layer::not_checked(Name::Chain, Reason::NoTrustGiven);
        }
        let (certificate, moment) = match (self.read(), moment) {
            (Ok(certificate), Some(moment)) => (certificate, moment),
            (Err(reason), _) => return Layer::not_checked(Name::Chain, reason),
            (_, None) => return Layer::not_checked(Name::Chain, Reason::TimeMissing),
        };
        let offered = self.others.iter().filter_map(|der| x509::Certificate::parse(der).ok());
        let offered: Vec<_> = offered.take(Bound::CERTIFICATES).collect();
        match x509::path(certificate, trust, &offered, moment) {
            Ok(_) => Layer::held(Name::Chain),
            Err(Refusal::IssuerUntrusted) => Layer::broken(Name::Chain, Reason::IssuerUntrusted),
            Err(Refusal::CertificateAlgorithm | Refusal::KeyUnsupported) => {
                Layer::not_checked(Name::Chain, Reason::ChainAlgorithm)
            }
            Err(_) => Layer::broken(Name::Chain, Reason::ChainBroken),
        }
    }
}

/// What it says of itself.
pub fn told(certificate: &x509::Certificate) -> Certificate {
    let fields = &certificate.fields;
    let serial = fields.serial_number.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    Certificate {
        subject: fields.subject.to_string(),
        issuer: fields.issuer.to_string(),
        serial,
        not_before: moment::told(fields.validity.not_before.to_system_time()),
        not_after: moment::told(fields.validity.not_after.to_system_time()),
    }
}

/// The digest of the first certificate that is named; whoever signed is the first.
fn named(properties: Node<'_, '_>) -> Option<Option<(Digest, Vec<u8>)>> {
    let own = xml::qualified(properties, "SignedSignatureProperties").next()?;
    let both = ["SigningCertificate", "SigningCertificateV2"];
    let list = both.into_iter().find_map(|name| xml::qualified(own, name).next())?;
    let certificate = xml::qualified(list, "Cert").next()?;
    let digest = xml::qualified(certificate, "CertDigest").next()?;
    let value = xml::signed(digest, "DigestValue").next().and_then(xml::bytes)?;
    let method = xml::signed(digest, "DigestMethod").next()?.attribute("Algorithm")?;
    Some(Digest::of_uri(method).map(|digest| (digest, value)))
}

/// Certificates that were put beside the signature later.
fn kept(signature: Node<'_, '_>) -> Vec<Vec<u8>> {
    let values = xml::unsigned(signature).flat_map(|own| xml::qualified(own, "CertificateValues"));
    let all = values.flat_map(|values| xml::qualified(values, "EncapsulatedX509Certificate")).filter_map(xml::bytes);
    all.take(2 * Bound::CERTIFICATES).collect()
}
