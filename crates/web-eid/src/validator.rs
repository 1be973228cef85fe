//! The whole: from a token to a person, in the order of `docs/web-eid.md`.

use std::time::SystemTime;

use const_oid::ObjectIdentifier;

use crate::algorithm::Algorithm;
use crate::certificate::Certificate;
use crate::key::Form;
use crate::ocsp::{Responders, Revocation};
use crate::token::Token;
use crate::{Challenge, Origin, Refusal, Subject, Trust, base64, holder, ocsp, path, signing};

/// Validates tokens for one portal.
#[derive(Clone, Debug)]
pub struct Validator {
    origin: Origin,
    trust: Trust,
    permitted: Vec<ObjectIdentifier>,
}

impl Validator {
    /// Trusting these authorities, and none of their Mobile-ID.
    #[must_use]
    pub fn new(origin: Origin, trust: Trust) -> Self {
        Self { origin, trust, permitted: Vec::new() }
    }

    /// Taking only cards under one of these policies, or a version of one; of no policies, all cards.
    ///
    /// # Errors
    /// The first that is none, such as `1.3.6.1.4.1.32061.2.1`.
    pub fn permitting(self, policies: &[String]) -> Result<Self, String> {
        let read = |text: &String| ObjectIdentifier::new(text).map_err(|_| text.clone());
        Ok(Self { permitted: policies.iter().map(read).collect::<Result<_, _>>()?, ..self })
    }

    /// Who signed this challenge on this origin.
    ///
    /// # Errors
    /// The first reason why nobody did.
    pub async fn validate<R: Responders>(
        &self,
        token: &str,
        nonce: &str,
        now: SystemTime,
        revocation: &Revocation<'_, R>,
    ) -> Result<Subject, Refusal> {
        let token = Token::parse(token)?;
        let certificate = Certificate::of_token(&token.certificate)?;
        let offered =
            token.intermediates.iter().map(|text| Certificate::of_token(text)).collect::<Result<Vec<_>, _>>()?;
        holder::check(&certificate, &self.permitted, now)?;
        let issuers = path::find(&certificate, &self.trust, &offered, now)?;
        self.verify(&token, &certificate, nonce)?;
        token.signing.iter().try_for_each(|signing| signing::check(&certificate, signing, &self.trust, now))?;
        let subject = Subject::of(&certificate.fields.subject)?;
        // Last, so that nobody makes us ask who has no card. All but the last, which is trusted.
        let chain = std::iter::once(&certificate).chain(issuers.iter().copied());
        for (certificate, issuer) in chain.zip(&issuers) {
            ocsp::check(certificate, issuer, revocation, now).await?;
        }
        Ok(subject)
    }

    /// Whether the card has signed the hashes of origin and nonce. They are in the token by nothing but this.
    fn verify(&self, token: &Token, certificate: &Certificate, nonce: &str) -> Result<(), Refusal> {
        let algorithm = Algorithm::of_token(&token.algorithm).ok_or(Refusal::AlgorithmUnsupported)?;
        let key = certificate.key()?;
        if !key.fits(algorithm) {
            return Err(Refusal::AlgorithmMismatch);
        }
        let nonce = Challenge::parse(nonce)?;
        let signature = base64::decode(&token.signature).ok_or(Refusal::TokenField("signature"))?;
        let hashed = |text: &str| algorithm.hash.digest(text.as_bytes());
        let signed = [hashed(self.origin.as_str()), hashed(nonce.as_str())].concat();
        if key.verifies(algorithm, Form::Raw, &signed, &signature) { Ok(()) } else { Err(Refusal::SignatureInvalid) }
    }
}
