//! Why a token proves nothing: a code for machines, a sentence for the log.

/// Why a token is refused. The first reason that is found, in the order of `docs/web-eid.md`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("The origin is not https://host[:port].")]
    Origin,
    #[error("The token is shorter than 100 or longer than 10,000 characters.")]
    TokenSize,
    #[error("The token is no JSON object.")]
    TokenMalformed,
    #[error("The token's field {0} is missing, empty, or not what it should be.")]
    TokenField(&'static str),
    #[error("The token's field {0} is not for the format web-eid:1.0.")]
    FieldNotAllowed(&'static str),
    #[error("The token's format is not web-eid:1.x.")]
    FormatUnsupported,
    #[error("A certificate in the token is not base64 of one X.509 certificate.")]
    CertificateMalformed,
    #[error("The certificate is not valid any more.")]
    CertificateExpired,
    #[error("The certificate is not valid yet.")]
    CertificateNotYetValid,
    #[error("The certificate does not say what its key is for.")]
    PurposeMissing,
    #[error("The certificate is not for signing in.")]
    PurposeWrong,
    #[error("The certificate is that of an authority, not of a person.")]
    CertificateIsCa,
    #[error("The certificate has a policy that is not allowed here.")]
    PolicyDisallowed,
    #[error("The certificate has none of the policies that are permitted here.")]
    PolicyNotPermitted,
    #[error("A certificate has a critical extension that is not understood.")]
    CriticalExtension,
    #[error("No trusted authority has issued the certificate.")]
    IssuerUntrusted,
    #[error("The certificate bears the name of an authority that has not signed it.")]
    CertificateSignature,
    #[error("A certificate is signed by an algorithm that is not allowed.")]
    CertificateAlgorithm,
    #[error("What has issued the certificate is no authority.")]
    IssuerNotCa,
    #[error("The issuer's certificate is not valid any more.")]
    IssuerExpired,
    #[error("The issuer's certificate is not valid yet.")]
    IssuerNotYetValid,
    #[error("There are more authorities between than the issuer allows.")]
    PathTooLong,
    #[error("The certificate does not say who tells of its revocation.")]
    OcspNoAddress,
    #[error("Whether the certificate is revoked could not be asked.")]
    OcspUnreachable,
    #[error("The answer about revocation cannot be read.")]
    OcspMalformed,
    #[error("The responder has not answered: {0}.")]
    OcspUnsuccessful(&'static str),
    #[error("The answer about revocation is about another certificate.")]
    OcspOtherCertificate,
    #[error("Whoever signed the answer about revocation may not.")]
    OcspResponder,
    #[error("The signature of the answer about revocation is wrong.")]
    OcspSignature,
    #[error("The answer about revocation is too old, or from the future.")]
    OcspStale,
    #[error("The answer about revocation does not repeat the nonce of the question.")]
    OcspNonce,
    #[error("The certificate is revoked.")]
    CertificateRevoked,
    #[error("The responder does not know the certificate.")]
    CertificateUnknown,
    #[error("The signature's algorithm is not among those of Web eID.")]
    AlgorithmUnsupported,
    #[error("The signature's algorithm does not fit the certificate's key.")]
    AlgorithmMismatch,
    #[error("The certificate's key is of no kind that is supported.")]
    KeyUnsupported,
    #[error("A certificate for signing documents that came along is {0}.")]
    SigningCertificate(&'static str),
    #[error("The nonce is shorter than 44 characters.")]
    NonceTooShort,
    #[error("The signature is not that of this key over this origin and this nonce.")]
    SignatureInvalid,
    #[error("The certificate does not name a person by one personal code and a name.")]
    SubjectIncomplete,
}

impl Refusal {
    /// The code, which stays as it is.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Origin => "origin-malformed",
            Self::TokenSize => "token-size",
            Self::TokenMalformed => "token-malformed",
            Self::TokenField(_) => "token-field",
            Self::FieldNotAllowed(_) => "token-field-not-allowed",
            Self::FormatUnsupported => "format-unsupported",
            Self::CertificateMalformed => "certificate-malformed",
            Self::CertificateExpired => "certificate-expired",
            Self::CertificateNotYetValid => "certificate-not-yet-valid",
            Self::PurposeMissing => "purpose-missing",
            Self::PurposeWrong => "purpose-wrong",
            Self::CertificateIsCa => "certificate-is-ca",
            Self::PolicyDisallowed => "policy-disallowed",
            Self::PolicyNotPermitted => "policy-not-permitted",
            Self::CriticalExtension => "critical-extension",
            Self::IssuerUntrusted => "issuer-untrusted",
            Self::CertificateSignature => "certificate-signature-invalid",
            Self::CertificateAlgorithm => "certificate-algorithm-unsupported",
            Self::IssuerNotCa => "issuer-not-ca",
            Self::IssuerExpired => "issuer-expired",
            Self::IssuerNotYetValid => "issuer-not-yet-valid",
            Self::PathTooLong => "path-too-long",
            Self::OcspNoAddress => "ocsp-no-address",
            Self::OcspUnreachable => "ocsp-unreachable",
            Self::OcspMalformed => "ocsp-malformed",
            Self::OcspUnsuccessful(_) => "ocsp-unsuccessful",
            Self::OcspOtherCertificate => "ocsp-other-certificate",
            Self::OcspResponder => "ocsp-responder-unauthorised",
            Self::OcspSignature => "ocsp-signature-invalid",
            Self::OcspStale => "ocsp-stale",
            Self::OcspNonce => "ocsp-nonce",
            Self::CertificateRevoked => "certificate-revoked",
            Self::CertificateUnknown => "certificate-unknown",
            Self::AlgorithmUnsupported => "algorithm-unsupported",
            Self::AlgorithmMismatch => "algorithm-mismatch",
            Self::KeyUnsupported => "key-unsupported",
            Self::SigningCertificate(_) => "signing-certificate",
            Self::NonceTooShort => "nonce-too-short",
            Self::SignatureInvalid => "signature-invalid",
            Self::SubjectIncomplete => "subject-incomplete",
        }
    }
}
