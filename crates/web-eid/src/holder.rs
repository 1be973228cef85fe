//! What the card's own certificate must be, whoever has issued it: of its time, for signing in, a person's.

use std::time::SystemTime;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::ID_KP_CLIENT_AUTH;
use x509_cert::ext::pkix::{BasicConstraints, CertificatePolicies, ExtendedKeyUsage, KeyUsage};

use crate::Refusal;
use crate::certificate::{Age, Certificate};

/// The policy of the Estonian Mobile-ID, whose keys are on no card. Its versions are one number longer.
const MOBILE_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.10015.1.3");

/// # Errors
/// The first that the certificate is not. With `permitted` policies it has one of them, or a version of one.
pub fn check(certificate: &Certificate, permitted: &[ObjectIdentifier], now: SystemTime) -> Result<(), Refusal> {
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
    let policies: Vec<_> =
        policies.into_iter().flat_map(|policies| policies.0).map(|policy| policy.policy_identifier).collect();
    if policies.iter().any(|policy| is_under(*policy, MOBILE_ID)) {
        return Err(Refusal::PolicyDisallowed);
    }
    let one = |policy: &ObjectIdentifier| permitted.iter().any(|root| is_under(*policy, *root));
    if permitted.is_empty() || policies.iter().any(one) { Ok(()) } else { Err(Refusal::PolicyNotPermitted) }
}

/// Whether it is the policy, or a version of it, which is one number longer.
fn is_under(policy: ObjectIdentifier, root: ObjectIdentifier) -> bool {
    policy == root || policy.parent() == Some(root)
}
