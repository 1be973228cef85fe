//! Whether a certificate is revoked: asked of its authority (OCSP, RFC 6960).

mod answer;
mod question;

use std::time::SystemTime;

use const_oid::db::rfc5280::ID_AD_OCSP;
use x509_cert::ext::pkix::AuthorityInfoAccessSyntax;
use x509_cert::ext::pkix::name::GeneralName;

use crate::Refusal;
use crate::certificate::Certificate;

/// The outside world: who can be asked, and how.
pub trait Responders {
    /// Fresh random bytes for one question.
    fn nonce(&self) -> [u8; 32];

    /// Posts a question (`application/ocsp-request`) and gives the body of a good answer; the error is for the log.
    fn ask(&self, url: &str, question: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, String>> + Send;
}

/// Whether revocation is asked about.
#[derive(Debug)]
pub enum Revocation<'a, R> {
    /// Revoked cards sign in, too.
    Unasked,
    /// Nobody signs in whose card is not known to be good.
    Asked {
        responders: &'a R,
        /// For responders that do not repeat the nonce; then an answer may be one from before, as long as it is in force.
        nonce_may_miss: bool,
    },
}

/// Asks about a certificate.
///
/// # Errors
/// Unless the answer is that it is good.
pub async fn check<R: Responders>(
    certificate: &Certificate,
    issuer: &Certificate,
    revocation: &Revocation<'_, R>,
    now: SystemTime,
) -> Result<(), Refusal> {
    let Revocation::Asked { responders, nonce_may_miss } = revocation else { return Ok(()) };
    let url = address(certificate)?.ok_or(Refusal::OcspNoAddress)?;
    let question = question::Question::new(certificate, issuer, responders.nonce())?;
    let answer = responders.ask(&url, question.to_der()?).await.map_err(|_| Refusal::OcspUnreachable)?;
    answer::check(&answer, &question, issuer, *nonce_may_miss, now)
}

/// Where to ask, as the certificate says. By plain HTTP, as RFC 5019 has it: what comes is signed.
fn address(certificate: &Certificate) -> Result<Option<String>, Refusal> {
    let access: Option<AuthorityInfoAccessSyntax> = certificate.extension()?;
    let mut ways = access.into_iter().flat_map(|access| access.0).filter(|way| way.access_method == ID_AD_OCSP);
    Ok(ways.find_map(|way| match way.access_location {
        GeneralName::UniformResourceIdentifier(url) => {
            Some(url.as_str().to_owned()).filter(|url| url.starts_with("http://"))
        }
        _ => None,
    }))
}
