//! The archive of one's own documents: receipts and decisions that the portal writes, what institutions give along, and what
//! was sent along. A row is written in the transaction of what it tells of; its bytes are made after that, once, and kept
//! sealed in the object store.
//!
//! Inwards: `api` -> `documents` -> `uses`, `bills`, `files` -> `db`; and `uses`, `bills`, `cases` -> `documents::make`.

mod answers;
pub mod archive;
pub mod genuine;
pub mod give;
pub mod inspection;
pub mod make;
mod paper;
pub mod share;
pub mod told;
mod words;

use durvis_contract::file::parts;
use futures_util::{StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::App;
use crate::db::document::{self, Model};
use crate::db::document_share;
use crate::error::ApiError;
use crate::files::{DAY_MS, PartKey};
use crate::identity::session::Session;
use crate::uses::{checked, company_number};

/// How long the receipt of a payment is kept: five years.
const RECEIPT_DAYS: i64 = 5 * 366;
/// Receipts that are cleared away at once.
const SWEEP: u64 = 200;

/// What is sealed of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Of its file.
    name: String,
    key: PartKey,
    /// Its bytes in the object store; those of a file that was sent along are the file's.
    stored: String,
}

/// A document that is made, with what is sealed of it.
pub struct Opened {
    pub row: Model,
    kept: Kept,
}

impl Opened {
    /// Of its file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.kept.name
    }
}

/// One's own, made if it is not yet.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not one's own.
pub async fn own_made(app: &App, session: &Session, id: &str) -> Result<Opened, ApiError> {
    let row = own(app, session, id).await?;
    open(app, make::made(app, row).await?)
}

/// Its bytes, as a stream of parts.
pub fn content(app: &App, opened: &Opened) -> impl futures_util::Stream<Item = Result<Vec<u8>, ApiError>> + use<> {
    let (files, id, key) = (app.files.clone(), opened.kept.stored.clone(), opened.kept.key.clone());
    let numbers = futures_util::stream::iter(0..parts(opened.row.bytes.cast_unsigned()));
    numbers.then(move |number| {
        let (files, id, key) = (files.clone(), id.clone(), key.clone());
        async move { files.get(&id, number, &key).await }
    })
}

/// All its bytes.
///
/// # Errors
/// When the object store fails.
pub async fn bytes(app: &App, opened: &Opened) -> Result<Vec<u8>, ApiError> {
    Ok(content(app, opened).try_collect::<Vec<_>>().await?.concat())
}

/// Deletes the documents of a use whose time is over, with their links. Receipts of payments stay.
///
/// # Errors
/// When the object store or the database fails; what is left, the next time takes.
pub(crate) async fn forget_of_use(app: &App, use_id: &str) -> Result<(), ApiError> {
    for row in document::of_use(&app.db, use_id).await? {
        remove(app, row).await?;
    }
    Ok(())
}

/// Clears away links that have ended, receipts whose time is over, and what was left of uses that are forgotten; says how many
/// documents.
///
/// # Errors
/// As [`forget_of_use`].
pub async fn sweep(app: &App) -> Result<usize, ApiError> {
    let now = app.identity.ambient.millis();
    document_share::delete_ended(&app.db, now).await?;
    let mut rows = document::old_receipts(&app.db, now - RECEIPT_DAYS * DAY_MS, SWEEP).await?;
    rows.extend(document::of_forgotten(&app.db, SWEEP).await?);
    let count = rows.len();
    for row in rows {
        remove(app, row).await?;
    }
    Ok(count)
}

/// The bytes first: what has no row, nobody would find again.
async fn remove(app: &App, row: Model) -> Result<(), ApiError> {
    let Opened { row, kept } = open(app, row)?;
    if kept.stored == stored(&row.id) {
        app.files.delete(&kept.stored, parts(row.bytes.cast_unsigned()).max(1)).await?;
    }
    document_share::delete_of_document(&app.db, &row.id).await?;
    Ok(document::delete(&app.db, &row.id).await?)
}

pub(crate) async fn own(app: &App, session: &Session, id: &str) -> Result<Model, ApiError> {
    let row = document::by_id(&app.db, checked(id)?).await?.ok_or(ApiError::NotFound)?;
    if is_own(&row, session) { Ok(row) } else { Err(ApiError::NotFound) }
}

fn is_own(row: &Model, session: &Session) -> bool {
    row.person_id == session.person_id && row.company == company_number(session)
}

fn open(app: &App, row: Model) -> Result<Opened, ApiError> {
    let kept = app.identity.open(&row.sealed, &place(&row.id))?;
    Ok(Opened { row, kept })
}

/// For what place a document's name and key are sealed.
pub(crate) fn place(id: &str) -> String {
    format!("document:{id}")
}

/// What its bytes are called in the object store: never as a file that somebody's device named.
fn stored(id: &str) -> String {
    format!("document-{id}")
}

/// SHA-256 in hexadecimal.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
