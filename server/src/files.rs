//! Files that go along with uses: they come in parts, are looked at when they are whole, and are sealed, each by a key of its
//! own, in an object store.

pub(crate) mod inspect;
mod store;
pub mod upload;

use durvis_contract::case;
use durvis_contract::file::StoredFile;
use serde::{Deserialize, Serialize};

use crate::db::stored_file::{self, Model};
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::company_number;
use crate::{App, documents};

pub use store::{Files, PartKey};

/// How long a file waits for its use to be sent.
pub(crate) const UNSENT_DAYS: i64 = 90;
pub(crate) const DAY_MS: i64 = 86_400_000;
/// Files that are cleared away at once.
const SWEEP: u64 = 200;

/// What is sealed of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    name: String,
    media_type: String,
    key: PartKey,
}

/// A file with what is sealed of it.
pub struct Opened {
    row: Model,
    kept: Kept,
}

impl Opened {
    /// As the contract tells it.
    #[must_use]
    pub fn told(&self) -> StoredFile {
        StoredFile {
            id: self.row.id.clone(),
            name: self.kept.name.clone(),
            bytes: self.row.bytes.cast_unsigned(),
            media_type: self.kept.media_type.clone(),
            parts: self.row.parts.cast_unsigned(),
            whole: self.row.whole,
        }
    }
}

/// The files of a use.
///
/// # Errors
/// When the database fails, or one does not open.
pub(crate) async fn of_use(app: &App, session: &Session, use_id: &str) -> Result<Vec<Opened>, ApiError> {
    let rows = stored_file::of_use(&app.db, use_id).await?;
    rows.into_iter().filter(|row| is_own(row, session)).map(|row| open(app, row)).collect()
}

/// A file that goes with its use, as the archive keeps it.
///
/// # Errors
/// When it does not open.
pub(crate) fn sent(app: &App, row: Model) -> Result<documents::make::There, ApiError> {
    let Opened { row, kept } = open(app, row)?;
    Ok(documents::make::There {
        name: kept.name,
        media_type: kept.media_type,
        bytes: row.bytes,
        digest: None,
        key: kept.key,
        stored: Some(row.id),
    })
}

/// The files that were sent with a use, whosever it is: for who may see the use.
///
/// # Errors
/// When the database fails, or one does not open.
pub(crate) async fn sent_with(app: &App, use_id: &str) -> Result<Vec<Opened>, ApiError> {
    let rows = stored_file::of_use(&app.db, use_id).await?;
    rows.into_iter().filter(|row| row.sent_at.is_some()).map(|row| open(app, row)).collect()
}

/// Those files of one's own use that are to go along with a message about it.
///
/// # Errors
/// The rule that they break: `file_missing` for one that is not there, not whole, or was sent with the use itself.
pub(crate) async fn for_message(
    app: &App,
    session: &Session,
    use_id: &str,
    ids: &[String],
) -> Result<Vec<StoredFile>, ApiError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    if ids.len() > case::MAX_FILES {
        return Err(ApiError::broken("files", "too_many"));
    }
    let all = of_use(app, session, use_id).await?;
    let named = |id: &String| all.iter().find(|one| one.row.id == *id && one.row.whole).map(Opened::told);
    let found: Option<Vec<StoredFile>> = ids.iter().map(named).collect();
    let is_one_twice = ids.iter().enumerate().any(|(at, id)| ids[..at].contains(id));
    let found = found.filter(|_| !is_one_twice).ok_or_else(|| ApiError::broken("files", "file_missing"))?;
    let together: i64 =
        all.iter().filter(|one| one.row.sent_at.is_some() || ids.contains(&one.row.id)).map(|one| one.row.bytes).sum();
    if together.cast_unsigned() > case::MAX_CASE_BYTES { Err(ApiError::broken("files", "too_much")) } else { Ok(found) }
}

/// One's own file, whole: what it is, and its bytes part by part.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not one's own, or not whole.
pub async fn own_whole(app: &App, session: &Session, id: &str) -> Result<Opened, ApiError> {
    let opened = own(app, session, id).await?;
    if opened.row.whole { Ok(opened) } else { Err(ApiError::NotFound) }
}

/// Its bytes, as a stream of parts.
pub fn content(app: &App, opened: &Opened) -> impl futures_util::Stream<Item = Result<Vec<u8>, ApiError>> + use<> {
    let (files, id, key) = (app.files.clone(), opened.row.id.clone(), opened.kept.key.clone());
    let parts = futures_util::stream::iter(0..opened.row.parts.cast_unsigned());
    futures_util::StreamExt::then(parts, move |number| {
        let (files, id, key) = (files.clone(), id.clone(), key.clone());
        async move { files.get(&id, number, &key).await }
    })
}

/// Deletes one's own file that is not sent.
///
/// # Errors
/// [`ApiError::Conflict`] for one that is sent.
pub async fn delete(app: &App, session: &Session, id: &str) -> Result<(), ApiError> {
    let Opened { row, .. } = own(app, session, id).await?;
    if row.sent_at.is_some() { Err(ApiError::Conflict) } else { remove(app, &row).await }
}

/// Deletes what a use that has ended had.
///
/// # Errors
/// When the store or the database fails; what is left, the sweep takes.
pub(crate) async fn delete_of_use(app: &App, use_id: &str) -> Result<(), ApiError> {
    for row in stored_file::of_use(&app.db, use_id).await?.iter().filter(|row| row.sent_at.is_none()) {
        remove(app, row).await?;
    }
    Ok(())
}

/// Deletes all files of a use whose time is over.
///
/// # Errors
/// As [`delete_of_use`].
pub(crate) async fn delete_all_of_use(app: &App, use_id: &str) -> Result<(), ApiError> {
    for row in &stored_file::of_use(&app.db, use_id).await? {
        remove(app, row).await?;
    }
    Ok(())
}

/// Clears away what was never sent; says how many files.
///
/// # Errors
/// When the store or the database fails.
pub async fn sweep(app: &App) -> Result<usize, ApiError> {
    let before = app.identity.ambient.millis() - UNSENT_DAYS * DAY_MS;
    let mut rows = stored_file::left_over(&app.db, before, SWEEP).await?;
    rows.extend(stored_file::of_forgotten(&app.db, SWEEP).await?);
    for row in &rows {
        remove(app, row).await?;
    }
    Ok(rows.len())
}

/// The bytes first: what has no row, nobody would find again.
async fn remove(app: &App, row: &Model) -> Result<(), ApiError> {
    app.files.delete(&row.id, durvis_contract::file::parts(row.bytes.cast_unsigned())).await?;
    Ok(stored_file::delete(&app.db, &row.id).await?)
}

async fn own(app: &App, session: &Session, id: &str) -> Result<Opened, ApiError> {
    let row = stored_file::by_id(&app.db, crate::uses::checked(id)?).await?.ok_or(ApiError::NotFound)?;
    if is_own(&row, session) { open(app, row) } else { Err(ApiError::NotFound) }
}

fn is_own(row: &Model, session: &Session) -> bool {
    row.person_id == session.person_id && row.company == company_number(session)
}

fn open(app: &App, row: Model) -> Result<Opened, ApiError> {
    let kept = app.identity.open(&row.sealed, &place(&row.id))?;
    Ok(Opened { row, kept })
}

/// For what place a file's name and key are sealed.
pub(crate) fn place(id: &str) -> String {
    format!("file:{id}")
}
