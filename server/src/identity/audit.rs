//! The log of what was done: each row holds the digest of the one before, so that a row that is changed, taken out or put in
//! shows. The digest is over what was sealed, not over how: keys can change. `durvis audit verify` reads it all.

use std::fmt;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, TransactionTrait};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Identity;
use super::keys::Keys;
use super::session::Company;
use crate::db;
use crate::db::act::Model;
use crate::error::ApiError;

/// Another process may add a row at the same moment: so often is tried again.
const TRIES: usize = 8;
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

impl Identity {
    /// Adds a row.
    ///
    /// # Errors
    /// When the database fails: what cannot be written down must not be done.
    pub async fn note(
        &self,
        db: &DatabaseConnection,
        person_id: Option<&str>,
        kind: &str,
        detail: Detail,
    ) -> Result<(), ApiError> {
        let _one_after_another = self.noting.lock().await;
        for _ in 1..TRIES {
            if self.try_note(db, person_id, kind, &detail).await.is_ok() {
                return Ok(());
            }
        }
        self.try_note(db, person_id, kind, &detail).await
    }

    async fn try_note(
        &self,
        db: &DatabaseConnection,
        person_id: Option<&str>,
        kind: &str,
        detail: &Detail,
    ) -> Result<(), ApiError> {
        let turn = db.begin().await?;
        if turn.get_database_backend() == DbBackend::Postgres {
            // One writer after another; readers do not wait.
            turn.execute_unprepared("LOCK TABLE act IN EXCLUSIVE MODE").await?;
        }
        let last = db::act::last(&turn).await?;
        let number = last.as_ref().map_or(1, |last| last.number + 1);
        let before = last.map(|last| last.digest).unwrap_or_default();
        let content = serde_json::to_vec(&Content { salt: self.ambient.id(), detail: detail.clone() })?;
        let mut row = Model {
            number,
            at: self.ambient.millis(),
            person_id: person_id.map(str::to_owned),
            kind: kind.into(),
            sealed: self.keys.seal(&self.ambient, &content, &place(number)),
            content: sha256(&[&content]),
            before,
            digest: String::new(),
        };
        row.digest = digest(&row);
        db::act::add(&turn, row).await?;
        Ok(turn.commit().await?)
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
