//! Whether a document is genuine: for whoever holds it, without a word about whose it is.

use durvis_contract::document::{DocumentKind, Genuine, Verdict};
use durvis_contract::e_service::Reference;

use crate::App;
use crate::db::document;
use crate::error::ApiError;
use crate::uses::told::{institution_name, iso};

/// What somebody has of a document besides its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The SHA-256 of the file, in hexadecimal.
    Digest(String),
    /// The code that stands on it.
    Code(Reference),
}

/// What is known of a document.
///
/// # Errors
/// When the database fails.
pub async fn genuine(app: &App, number: Reference, proof: Proof, lang: &str) -> Result<Genuine, ApiError> {
    let unknown = Genuine { verdict: Verdict::Unknown, kind: None, institution: None, made_at: None };
    let Some(row) = document::by_number(&app.db, number.number().cast_signed()).await? else { return Ok(unknown) };
    let verdict = match proof {
        Proof::Digest(digest) if row.digest.as_ref() == Some(&digest) => Verdict::Genuine,
        Proof::Digest(_) => Verdict::Changed,
        Proof::Code(code) if code.number().cast_signed() == row.code => Verdict::Issued,
        Proof::Code(_) => return Ok(unknown),
    };
    Ok(Genuine {
        verdict,
        kind: DocumentKind::of_code(&row.kind),
        institution: row.institution.as_deref().map(|slug| institution_name(app, slug, lang)),
        made_at: Some(iso(row.at)),
    })
}
