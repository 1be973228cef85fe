//! What the one who asks is told of their documents.

use durvis_contract::document::{Document, DocumentKind, Documents};
use durvis_contract::e_service::Reference;

use super::{Opened, open};
use crate::App;
use crate::db::document::{self, Model};
use crate::db::document_share;
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::company_number;
use crate::uses::told::{institution_name, iso, title};

/// What is looked for in one's documents.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Words of the title, the institution, the number or the file's name; all of them.
    pub words: Vec<String>,
    pub kind: Option<DocumentKind>,
    pub year: Option<i32>,
    /// Of a use.
    pub use_id: Option<String>,
}

/// A page of one's own, the newest first. Looked for in all of them.
///
/// # Errors
/// When the database fails, or one does not open.
pub async fn list(
    app: &App,
    session: &Session,
    lang: &str,
    wanted: &Wanted,
    (limit, offset): (usize, usize),
) -> Result<Documents, ApiError> {
    let company = company_number(session);
    let whose = (session.person_id.as_str(), company.as_str());
    let rows = document::of_person(&app.db, whose, wanted.use_id.as_deref()).await?;
    let mut years: Vec<i32> = rows.iter().map(|row| year(row.at)).collect();
    years.dedup();
    let mut found = Vec::new();
    let mut total = 0;
    for row in rows.into_iter().filter(|row| wanted.is_of_kind(row)) {
        // Names are sealed: they are opened only for who looks for words, and for what is shown.
        let is_shown = |total: usize| total >= offset && total - offset < limit;
        if wanted.words.is_empty() && !is_shown(total) {
            total += 1;
            continue;
        }
        let told = told(app, &open(app, row)?, lang);
        if wanted.fits(&told) {
            if is_shown(total) {
                found.push(told);
            }
            total += 1;
        }
    }
    let ids: Vec<String> = found.iter().map(|one| one.id.clone()).collect();
    let shared = document_share::of_documents(&app.db, &ids, app.identity.ambient.millis()).await?;
    for one in &mut found {
        one.shares = u32::try_from(shared.iter().filter(|id| **id == one.id).count()).unwrap_or(u32::MAX);
    }
    Ok(Documents { items: found, total: u32::try_from(total).unwrap_or(u32::MAX), years })
}

/// The newest of one's own, without their links.
///
/// # Errors
/// When the database fails, or one does not open.
pub async fn newest(app: &App, session: &Session, lang: &str, most: u64) -> Result<Vec<Document>, ApiError> {
    let company = company_number(session);
    let rows = document::newest(&app.db, (&session.person_id, &company), most).await?;
    rows.into_iter().map(|row| Ok(told(app, &open(app, row)?, lang))).collect()
}

impl Wanted {
    fn is_of_kind(&self, row: &Model) -> bool {
        self.kind.is_none_or(|kind| row.kind == kind.code()) && self.year.is_none_or(|wanted| year(row.at) == wanted)
    }

    fn fits(&self, told: &Document) -> bool {
        let number = told.number.map(|number| number.to_string()).unwrap_or_default();
        let institution = told.institution.as_deref().unwrap_or_default();
        let text = format!("{} {institution} {number} {}", told.title, told.name).to_lowercase();
        self.words.iter().all(|word| text.contains(&word.to_lowercase()))
    }
}

pub(super) fn told(app: &App, Opened { row, kept }: &Opened, lang: &str) -> Document {
    let kind = DocumentKind::of_code(&row.kind).unwrap_or(DocumentKind::Result);
    let is_there = row.digest.is_some() || kind == DocumentKind::Upload;
    Document {
        id: row.id.clone(),
        kind,
        number: row.number.map(|number| Reference::new(number.cast_unsigned())),
        title: title(app, &row.e_service, row.version.cast_unsigned(), lang),
        institution: row.institution.as_deref().map(|slug| institution_name(app, slug, lang)),
        name: kept.name.clone(),
        media_type: row.media_type.clone(),
        bytes: is_there.then(|| row.bytes.cast_unsigned()),
        made_at: iso(row.at),
        use_id: row.use_id.clone(),
        bill_id: row.bill_id.clone(),
        shares: 0,
        valid_until: row.valid_until.clone(),
    }
}

/// In Latvia.
fn year(millis: i64) -> i32 {
    let at = time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000);
    at.map_or(1970, |at| crate::latvia::local(at).year())
}
