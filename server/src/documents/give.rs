//! What an institution gives along with a case: a certificate, a drawing, a decision that it has signed.

use durvis_contract::day::Day;
use durvis_contract::document::{Document, DocumentKind};
use durvis_contract::file::{MAX_NAME_BYTES, media_type, parts};
use durvis_contract::notice::NoticeKind;

use super::make::{New, There, add, keep, of_use};
use super::{Kept, digest, open, stored, told};
use crate::cases::desk::{Desk, detail, own};
use crate::db::document::{self, Model};
use crate::db::service_use;
use crate::error::ApiError;
use crate::files::PartKey;
use crate::files::inspect::inspect;
use crate::uses::{ASKED, DECIDED, TAKEN, checked};
use crate::{App, latvia, notices};

/// Most bytes of one.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// What an institution may give: papers, and what is signed.
const TYPES: [&str; 2] = ["application/pdf", "application/vnd.etsi.asic-e+zip"];

/// What is given, besides its bytes.
#[derive(Clone, Debug)]
pub struct Gift {
    /// Made by who gives it, 32 hexadecimal digits: the same id again is the same document.
    pub id: String,
    pub name: String,
    pub officer: String,
    /// ISO 8601 day, the last on which it is valid; empty where it does not end.
    pub valid_until: String,
}

/// Gives a document to whoever sent a case.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not this institution's; [`ApiError::Conflict`] where nobody works on it; the rule that the
/// file breaks.
pub async fn give(
    app: &App,
    desk: &Desk,
    case: &str,
    gift: Gift,
    bytes: Vec<u8>,
    lang: &str,
) -> Result<Document, ApiError> {
    let officer = desk.officer(&gift.officer)?;
    let row = own(app, desk, case).await?;
    let valid_until = last_day(app, &gift.valid_until)?;
    let source = format!("given:{}", checked(&gift.id)?);
    if let Some(before) = document::by_source(&app.db, &source).await? {
        let is_same = before.use_id.as_ref() == Some(&row.id);
        return if is_same { Ok(told::told(app, &open(app, before)?, lang)) } else { Err(ApiError::Conflict) };
    }
    if !is_open(&row) {
        return Err(ApiError::Conflict);
    }
    let (kind, bytes) = looked_at(app, &gift.name, bytes).await?;
    let key = PartKey::new(&app.identity.ambient);
    let id = app.identity.ambient.id();
    let there = There {
        name: gift.name.clone(),
        media_type: kind.into(),
        bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        digest: Some(digest(&bytes)),
        key: key.clone(),
        stored: None,
    };
    let given = Given { source, there, valid_until };
    // The bytes first: a row without them would be a document that nobody can open.
    keep(app, &Kept { name: gift.name, key, stored: stored(&id) }, &bytes).await?;
    let made = add_given(app, desk, (&row.id, &officer), &id, given).await;
    let is_kept = made.as_ref().is_ok_and(|made| made.id == id);
    if !is_kept {
        // It came to nothing, or the very same was quicker.
        app.files.delete(&stored(&id), parts(bytes.len() as u64)).await?;
    }
    Ok(told::told(app, &open(app, made?)?, lang))
}

/// What becomes a row.
struct Given {
    source: String,
    there: There,
    valid_until: Option<String>,
}

async fn add_given(
    app: &App,
    desk: &Desk,
    (case, officer): (&str, &str),
    id: &str,
    given: Given,
) -> Result<Model, ApiError> {
    let turn = app.identity.turn(&app.db).await?;
    let row = service_use::by_id(turn.db(), case).await?.ok_or(ApiError::NotFound)?;
    if !is_open(&row) {
        return Err(ApiError::Conflict);
    }
    let new = of_use(&row, DocumentKind::Result, given.source, "lv").ok_or(ApiError::Conflict)?;
    let made = add(app, turn.db(), id, New { file: Some(given.there), valid_until: given.valid_until, ..new }).await?;
    notices::of_use(app, turn.db(), &row, NoticeKind::DocumentGiven).await?;
    turn.note(row.person_id.as_deref(), NoticeKind::DocumentGiven.code(), &detail(desk, &row, officer)).await?;
    turn.commit().await?;
    Ok(made)
}

/// The last day of a document: today, or later.
fn last_day(app: &App, day: &str) -> Result<Option<String>, ApiError> {
    if day.is_empty() {
        return Ok(None);
    }
    let day = Day::parse(day).ok_or_else(|| ApiError::broken("valid_until", "not_a_date"))?;
    let is_over = day < latvia::day(app.identity.ambient.now());
    if is_over { Err(ApiError::broken("valid_until", "too_early")) } else { Ok(Some(day.to_string())) }
}

/// Somebody works on it, or has decided it.
fn is_open(row: &service_use::Model) -> bool {
    row.forgotten_at.is_none() && matches!(row.state.as_str(), TAKEN | ASKED | DECIDED)
}

/// The media type of a file that is what its name says.
async fn looked_at(app: &App, name: &str, bytes: Vec<u8>) -> Result<(&'static str, Vec<u8>), ApiError> {
    let is_name = !name.trim().is_empty() && name.len() <= MAX_NAME_BYTES;
    if !is_name || name.contains(|letter: char| letter.is_control() || matches!(letter, '/' | '\\')) {
        return Err(ApiError::broken("name", "character"));
    }
    let kind = media_type(name).filter(|kind| TYPES.contains(kind));
    let kind = kind.ok_or_else(|| ApiError::broken("name", "file_type"))?;
    let permit = app.files.looking.acquire().await.map_err(|error| ApiError::Internal(error.to_string()))?;
    let looked = tokio::task::spawn_blocking(move || (inspect(kind, &bytes), bytes)).await;
    drop(permit);
    let (found, bytes) = looked.map_err(|error| ApiError::Internal(error.to_string()))?;
    found.map_err(|refused| ApiError::broken("content", refused.code()))?;
    Ok((kind, bytes))
}
