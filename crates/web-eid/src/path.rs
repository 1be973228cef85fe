//! The path from a certificate to an authority that is trusted. It ends at the first one, be it a root or not.

use std::time::SystemTime;

use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};

use crate::certificate::{Age, Certificate};
use crate::{Refusal, Trust, name};

/// The issuer of the certificate, the issuer's issuer and so on; the last one is trusted. `offered` may stand between, and is
/// trusted no more than what it leads to.
///
/// # Errors
/// Why there is no such path: what is wrong with the nearest issuer by name, or that there is none.
pub fn find<'a>(
    certificate: &Certificate,
    trust: &'a Trust,
    offered: &'a [Certificate],
    now: SystemTime,
) -> Result<Vec<&'a Certificate>, Refusal> {
    if !certificate.is_understood() {
        return Err(Refusal::CriticalExtension);
    }
    above(certificate, trust, offered, now, &mut Vec::new())
}

fn above<'a>(
    certificate: &Certificate,
    trust: &'a Trust,
    offered: &'a [Certificate],
    now: SystemTime,
    below: &mut Vec<&'a Certificate>,
) -> Result<Vec<&'a Certificate>, Refusal> {
    let mut reason = Refusal::IssuerUntrusted;
    let named = |issuer: &&Certificate| name::same(&issuer.fields.subject, &certificate.fields.issuer);
    for issuer in trust.certificates().iter().filter(named) {
        match is_issuer(issuer, certificate, below.len(), now) {
            Ok(()) => return Ok([&below[..], &[issuer]].concat()),
            Err(refusal) => reason = refusal,
        }
    }
    for issuer in offered.iter().filter(named) {
        if below.contains(&issuer) {
            continue;
        }
        let up = is_issuer(issuer, certificate, below.len(), now).and_then(|()| {
            below.push(issuer);
            let found = above(issuer, trust, offered, now, below);
            below.pop();
            found
        });
        match up {
            Ok(path) => return Ok(path),
            Err(refusal) => reason = refusal,
        }
    }
    Err(reason)
}

/// Whether the issuer has signed the certificate, and may: with so many authorities between it and the card.
fn is_issuer(issuer: &Certificate, certificate: &Certificate, between: usize, now: SystemTime) -> Result<(), Refusal> {
    certificate.signed_by(issuer)?;
    let constraints: Option<BasicConstraints> = issuer.extension()?;
    let constraints = constraints.filter(|constraints| constraints.ca).ok_or(Refusal::IssuerNotCa)?;
    let usage: Option<KeyUsage> = issuer.extension()?;
    if usage.is_some_and(|usage| !usage.key_cert_sign()) {
        return Err(Refusal::IssuerNotCa);
    }
    if constraints.path_len_constraint.is_some_and(|most| between > usize::from(most)) {
        return Err(Refusal::PathTooLong);
    }
    if !issuer.is_understood() {
        return Err(Refusal::CriticalExtension);
    }
    match issuer.age(now) {
        Age::NotYet => Err(Refusal::IssuerNotYetValid),
        Age::Over => Err(Refusal::IssuerExpired),
        Age::Valid => Ok(()),
    }
}
