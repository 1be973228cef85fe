//! What the card's own certificate must be, whoever has issued it: of its time, for signing in, a person's.

use std::time::SystemTime;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::ID_KP_CLIENT_AUTH;
use x509_cert::ext::pkix::{BasicConstraints, CertificatePolicies, ExtendedKeyUsage, KeyUsage};

use crate::Refusal;
use crate::certificate::{Age, Certificate};

/// Policies of the Estonian Mobile-ID, whose keys are on no card.
pub const MOBILE_ID: [ObjectIdentifier; 4] = [
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.10015.1.3"),
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.10015.1.3.1"),
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.10015.1.3.2"),
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.10015.1.3.3"),
];

/// # Errors
/// The first that the certificate is not.
pub fn check(certificate: &Certificate, disallowed: &[ObjectIdentifier], now: SystemTime) -> Result<(), Refusal> {
    match certificate.age(now) {
        Age::NotYet => return Err(Refusal::CertificateNotYetValid),
        Age::Over => return Err(Refusal::CertificateExpired),
        Age::Valid => {}
    }
    let usage: KeyUsage = certificate.extension()?.ok_or(Refusal::PurposeMissing)?;
    if !usage.digital_signature() {
        return Err(Refusal::PurposeWrong);
    }
    // Some cards say nothing more (the reference names Luxembourg's), and that will do.
    let purposes: Option<ExtendedKeyUsage> = certificate.extension()?;
    if purposes.is_some_and(|purposes| !purposes.0.contains(&ID_KP_CLIENT_AUTH)) {
        return Err(Refusal::PurposeWrong);
    }
    let constraints: Option<BasicConstraints> = certificate.extension()?;
    if constraints.is_some_and(|constraints| constraints.ca) {
        return Err(Refusal::CertificateIsCa);
    }
    let policies: Option<CertificatePolicies> = certificate.extension()?;
    let mut policies = policies.into_iter().flat_map(|policies| policies.0);
    if policies.any(|policy| disallowed.contains(&policy.policy_identifier)) {
        return Err(Refusal::PolicyDisallowed);
    }
    Ok(())
}
