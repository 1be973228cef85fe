//! Certificates for signing documents, which tokens of format 1.1 bring along: they are the same person's, from the same
//! authority. Signing in does not rest on them; a token that lies about them is refused all the same.

use std::time::SystemTime;

use x509_cert::ext::pkix::{AuthorityKeyIdentifier, KeyUsage};

use crate::certificate::{Age, Certificate};
use crate::token::Signing;
use crate::{Refusal, Trust, name, path};

/// # Errors
/// Says what is wrong with it.
pub fn check(holder: &Certificate, signing: &Signing, trust: &Trust, now: SystemTime) -> Result<(), Refusal> {
    let certificate = Certificate::of_token(&signing.certificate)?;
    if !name::same_attributes(&holder.fields.subject, &certificate.fields.subject) {
        return Err(Refusal::SigningCertificate("somebody else's"));
    }
    let issuer = authority(holder)?;
    if issuer.is_none() || issuer != authority(&certificate)? {
        return Err(Refusal::SigningCertificate("of another authority"));
    }
    if certificate.age(now) != Age::Valid {
        return Err(Refusal::SigningCertificate("not of this time"));
    }
    let usage: Option<KeyUsage> = certificate.extension()?;
    if !usage.is_some_and(|usage| usage.non_repudiation()) {
        return Err(Refusal::SigningCertificate("not for signing documents"));
    }
    let offered =
        signing.intermediates.iter().map(|text| Certificate::of_token(text)).collect::<Result<Vec<_>, _>>()?;
    let found = path::find(&certificate, trust, &offered, now);
    found.map(drop).map_err(|_| Refusal::SigningCertificate("of nobody who is trusted"))
}

/// The key of whoever has issued it, as the certificate names it.
fn authority(certificate: &Certificate) -> Result<Option<Vec<u8>>, Refusal> {
    let named: Option<AuthorityKeyIdentifier> = certificate.extension()?;
    Ok(named.and_then(|named| named.key_identifier).map(|key| key.as_bytes().to_vec()))
}
