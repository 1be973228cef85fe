//! The log of what was done: each row holds the digest of the one before, so that a row that is changed, taken out or put in
//! shows. The digest is over what was sealed, not over how: keys can change. `durvis audit verify` reads it all.

use std::fmt;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, TransactionTrait};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::MutexGuard;

use super::Identity;
use super::keys::Keys;
use super::session::Company;
use crate::db;
use crate::db::act::Model;
use crate::error::ApiError;

/// Rows that are read at once.
const PAGE: u64 = 1_000;

/// What the log says of an act besides when, who and which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// The network address that the act came from.
    pub address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// The provider of a sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<String>,
    /// For whom it was done, if not for oneself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<Company>,
    /// What it was done to: codes, never what somebody typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// What is sealed of a row: its salt makes the digest beside it tell nothing.
#[derive(Serialize, Deserialize)]
struct Content {
    salt: String,
    #[serde(flatten)]
    detail: Detail,
}

/// The newest row: who knows it sees when later ones are cut off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// How many rows there are.
    pub number: i64,
    pub digest: String,
}

/// The first row that is not as it was written.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub number: i64,
    pub what: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}: {}", self.number, self.what)
    }
}

/// A change and the rows of the log that tell of it, in one transaction: all of it holds, or nothing.
pub struct Turn<'a> {
    identity: &'a Identity,
    db: DatabaseTransaction,
    _one_after_another: MutexGuard<'a, ()>,
}

impl Turn<'_> {
    /// Where the change is made.
    #[must_use]
    pub fn db(&self) -> &DatabaseTransaction {
        &self.db
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When the database fails: what cannot be written down must not be done.
    pub async fn note(&self, person_id: Option<&str>, kind: &str, detail: &Detail) -> Result<(), ApiError> {
        let Identity { ambient, keys, .. } = self.identity;
        let last = db::act::last(&self.db).await?;
        let number = last.as_ref().map_or(1, |last| last.number + 1);
        let before = last.map(|last| last.digest).unwrap_or_default();
        let content = serde_json::to_vec(&Content { salt: ambient.id(), detail: detail.clone() })?;
        let mut row = Model {
            number,
            at: ambient.millis(),
            person_id: person_id.map(str::to_owned),
            kind: kind.into(),
            sealed: keys.seal(ambient, &content, &place(number)),
            content: sha256(&[&content]),
            before,
            digest: String::new(),
        };
        row.digest = digest(&row);
        Ok(db::act::add(&self.db, row).await?)
    }

    /// Makes it hold.
    ///
    /// # Errors
    /// When the database fails; then nothing of it was done.
    pub async fn commit(self) -> Result<(), ApiError> {
        Ok(self.db.commit().await?)
    }
}

impl Identity {
    /// Begins a turn. Turns follow one another: whoever asks waits for the one under way, of another process too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turn(&self, db: &DatabaseConnection) -> Result<Turn<'_>, ApiError> {
        let one_after_another = self.noting.lock().await;
        let db = db.begin().await?;
        // SQLite: a transaction that first reads and then writes fails where somebody else wrote in between, so it begins with a
        // write, of nothing. PostgreSQL: readers do not wait.
        db.execute_unprepared(match db.get_database_backend() {
            DbBackend::Postgres => "LOCK TABLE act IN EXCLUSIVE MODE",
            _ => "UPDATE act SET number = number WHERE number = 0",
        })
        .await?;
        Ok(Turn { identity: self, db, _one_after_another: one_after_another })
    }

    /// Adds a row by itself.
    ///
    /// # Errors
    /// As [`Turn::note`].
    pub async fn note(
        &self,
        db: &DatabaseConnection,
        person_id: Option<&str>,
        kind: &str,
        detail: Detail,
    ) -> Result<(), ApiError> {
        let turn = self.turn(db).await?;
        turn.note(person_id, kind, &detail).await?;
        turn.commit().await
    }

    /// What a row says.
    ///
    /// # Errors
    /// When it does not open: a key is gone, or it was changed.
    pub fn detail_of(&self, row: &Model) -> Result<Detail, ApiError> {
        self.open::<Content>(&row.sealed, &place(row.number)).map(|content| content.detail)
    }
}

/// Reads the whole log; gives its newest row, or the first that is not as it was written. A head that somebody has noted must
/// still be there.
///
/// # Errors
/// When the database fails.
pub async fn verify(
    db: &impl ConnectionTrait,
    keys: &Keys,
    noted: Option<&Head>,
) -> Result<Result<Head, Fault>, sea_orm::DbErr> {
    let mut head = Head::default();
    loop {
        let rows = db::act::after(db, head.number, PAGE).await?;
        if rows.is_empty() {
            let cut = noted.filter(|noted| noted.number > head.number);
            return Ok(cut.map_or(Ok(head), |cut| Err(Fault { number: cut.number, what: "is cut off" })));
        }
        for row in rows {
            let fault = |what| Ok(Err(Fault { number: head.number + 1, what }));
            if row.number != head.number + 1 {
                return fault("is missing");
            }
            if row.before != head.digest {
                return fault("does not follow the row before it");
            }
            if row.digest != digest(&row)
                || keys.open(&row.sealed, &place(row.number)).ok().map(|plain| sha256(&[&plain])) != Some(row.content)
            {
                return fault("was changed");
            }
            if noted.is_some_and(|noted| noted.number == row.number && noted.digest != row.digest) {
                return fault("is not the one that was noted");
            }
            head = Head { number: row.number, digest: row.digest };
        }
    }
}

/// Over every column but itself and the sealed one, each with its length before it.
fn digest(row: &Model) -> String {
    let (number, at) = (row.number.to_string(), row.at.to_string());
    let person = row.person_id.as_deref().unwrap_or_default();
    sha256(&[&number, &at, person, &row.kind, &row.content, &row.before].map(str::as_bytes))
}

/// SHA-256 in hexadecimal.
fn sha256(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn place(number: i64) -> String {
    format!("act:{number}")
}
