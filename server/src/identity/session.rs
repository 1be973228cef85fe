//! Sessions: a random secret in a cookie, its digest in the database, an end that comes by disuse or by time.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Identity;
use super::audit::Detail;
use super::person::Person;
use crate::db;
use crate::error::ApiError;

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Without a request.
    pub unused: Duration,
    /// In all.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { unused: Duration::from_secs(30 * 60), whole: Duration::from_secs(8 * 60 * 60) }
    }
}

/// A use is written down at most so often: most requests only read.
const TOUCH_AFTER_MS: i64 = 60_000;
/// Longest part of a browser's name that is kept, in characters.
const MAX_AGENT: usize = 160;

/// A company that a person may act for, out of the enterprise register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// The registration number, eleven digits.
    pub number: String,
    pub name: String,
}

/// What a session holds sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub person: Person,
    /// Whom the person acts for, if not for themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Company>,
    /// What the provider wants to see when its own session is to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
}

/// A session that has not ended.
#[derive(Clone, Debug)]
pub struct Session {
    pub digest: String,
    pub handle: String,
    pub person_id: String,
    pub held: Held,
    pub way: String,
    pub address: String,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// When it ends if nothing is done, and when it ends whatever is done.
    pub unused_until: i64,
    pub ends_at: i64,
}

/// From where and how somebody signs in.
#[derive(Clone, Debug)]
pub struct Visit {
    pub way: String,
    pub address: String,
    pub agent: String,
}

impl Identity {
    /// Begins a session, and gives the secret for the cookie. One that the browser had before ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_in(
        &self,
        db: &DatabaseConnection,
        person: Person,
        visit: Visit,
        id_token: Option<String>,
        before: Option<&str>,
    ) -> Result<String, ApiError> {
        if let Some(secret) = before {
            db::session::end(db, &digest(secret)).await?;
        }
        let person_id = self.known(db, &person).await?;
        let (secret, handle, now) = (self.ambient.secret(), self.ambient.id(), self.ambient.millis());
        let held = Held { person, company: None, id_token };
        let agent: String = visit.agent.chars().take(MAX_AGENT).collect();
        let row = db::session::Model {
            digest: digest(&secret),
            sealed: self.seal(&held, &place(&handle))?,
            handle,
            person_id: person_id.clone(),
            company: None,
            way: visit.way.clone(),
            address: visit.address.clone(),
            agent: agent.clone(),
            created_at: now,
            seen_at: now,
            ends_at: now + millis(self.limits.whole),
        };
        db::session::add(db, row).await?;
        let detail = Detail { way: Some(visit.way), address: visit.address, agent: Some(agent), ..Detail::default() };
        self.note(db, Some(&person_id), "sign_in", detail).await?;
        Ok(secret)
    }

    /// The session of a cookie's secret, by one query on its key. One that has ended is cleared away.
    ///
    /// # Errors
    /// When the database fails, or the row was changed by another hand than ours.
    pub async fn session(&self, db: &impl ConnectionTrait, secret: &str) -> Result<Option<Session>, ApiError> {
        let Some(row) = db::session::by_digest(db, &digest(secret)).await? else { return Ok(None) };
        let now = self.ambient.millis();
        let unused_until = row.seen_at + millis(self.limits.unused);
        if now >= row.ends_at || now >= unused_until {
            db::session::end(db, &row.digest).await?;
            return Ok(None);
        }
        let held: Held = self.open(&row.sealed, &place(&row.handle))?;
        Ok(Some(Session {
            digest: row.digest,
            handle: row.handle,
            person_id: row.person_id,
            held,
            way: row.way,
            address: row.address,
            created_at: row.created_at,
            unused_until,
            ends_at: row.ends_at,
        }))
    }

    /// Writes down that a session is used, and gives it its longer time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn used(&self, db: &impl ConnectionTrait, session: &mut Session) -> Result<(), ApiError> {
        let now = self.ambient.millis();
        let longer = now + millis(self.limits.unused);
        if longer - session.unused_until >= TOUCH_AFTER_MS {
            db::session::touch(db, &session.digest, now).await?;
            session.unused_until = longer;
        }
        Ok(())
    }

    /// Acts for a company from now on, or for oneself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn act_for(
        &self,
        db: &DatabaseConnection,
        session: &mut Session,
        company: Option<Company>,
    ) -> Result<(), ApiError> {
        session.held.company = company;
        let sealed = self.seal(&session.held, &place(&session.handle))?;
        let number = session.held.company.as_ref().map(|company| company.number.clone());
        db::session::act_for(db, &session.digest, number, sealed).await?;
        let detail = Detail { way: Some(session.way.clone()), ..self.detail(session) };
        self.note(db, Some(&session.person_id), "principal", detail).await
    }

    /// Ends a session, because its owner says so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, db: &DatabaseConnection, session: &Session) -> Result<(), ApiError> {
        db::session::end(db, &session.digest).await?;
        self.note(db, Some(&session.person_id), "sign_out", self.detail(session)).await
    }

    /// Ends all sessions of a session's owner, this one too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out_everywhere(&self, db: &DatabaseConnection, session: &Session) -> Result<(), ApiError> {
        let ended = db::session::end_all(db, &session.person_id).await?;
        let detail = Detail { subject: Some(ended.to_string()), ..self.detail(session) };
        self.note(db, Some(&session.person_id), "sign_out", detail).await
    }

    /// Ends one of the sessions of a session's owner; `false` where there is none of that handle.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_own(&self, db: &DatabaseConnection, session: &Session, handle: &str) -> Result<bool, ApiError> {
        let ended = db::session::end_own(db, &session.person_id, handle).await?;
        if ended {
            self.note(db, Some(&session.person_id), "session_ended", self.detail(session)).await?;
        }
        Ok(ended)
    }

    /// A person's sessions that have not ended, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sessions(
        &self,
        db: &impl ConnectionTrait,
        person_id: &str,
    ) -> Result<Vec<db::session::Model>, ApiError> {
        let now = self.ambient.millis();
        let mut rows = db::session::of_person(db, person_id).await?;
        rows.retain(|row| now < row.ends_at && now < row.seen_at + millis(self.limits.unused));
        Ok(rows)
    }

    /// Clears away what has ended, challenges too; gives how many sessions that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, db: &impl ConnectionTrait) -> Result<u64, ApiError> {
        let now = self.ambient.millis();
        db::challenge::sweep(db, now).await?;
        Ok(db::session::sweep(db, now, now - millis(self.limits.unused)).await?)
    }

    /// What the log says of an act in a session.
    #[must_use]
    pub fn detail(&self, session: &Session) -> Detail {
        Detail { address: session.address.clone(), company: session.held.company.clone(), ..Detail::default() }
    }
}

/// How a secret stands in the database.
pub(crate) fn digest(secret: &str) -> String {
    Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn place(handle: &str) -> String {
    format!("session:{handle}")
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
