//! The authorities that are trusted: roots and others alike.

use crate::certificate::Certificate;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Certificates of authorities.
#[derive(Clone, Debug, Default)]
pub struct Trust(Vec<Certificate>);

/// What a file is not.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither one certificate in DER nor certificates in PEM")]
pub struct TrustError;

impl Trust {
    /// Adds what a file holds: one certificate in DER, or one or more in PEM, with any text between.
    ///
    /// # Errors
    /// When it holds something else; then nothing is added.
    pub fn add(&mut self, file: &[u8]) -> Result<(), TrustError> {
        if let Ok(certificate) = Certificate::parse(file) {
            self.0.push(certificate);
            return Ok(());
        }
        let text = std::str::from_utf8(file).map_err(|_| TrustError)?;
        let parts = text.split(BEGIN).skip(1);
        let added = parts.map(in_pem).collect::<Option<Vec<_>>>().filter(|added| !added.is_empty());
        self.0.append(&mut added.ok_or(TrustError)?);
        Ok(())
    }

    /// Whether nobody is trusted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn certificates(&self) -> &[Certificate] {
        &self.0
    }
}

/// The certificate in what follows its first line.
fn in_pem(text: &str) -> Option<Certificate> {
    let letters: String = text.split_once(END)?.0.split_ascii_whitespace().collect();
    Certificate::parse(&crate::base64::decode(&letters)?).ok()
}
