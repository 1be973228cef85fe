//! Uses of e-services: drafts saved, what is sent judged and kept, registries asked. The rules are the contract's; here they
//! run again, whatever a browser says.

mod existing;
pub(crate) mod paid;
pub mod prefill;
pub mod registers;
pub mod registry;
pub mod reports;
pub mod retention;
pub mod save;
pub mod send;
pub(crate) mod told;

use durvis_contract::e_service::Raw;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::db::service_use::{self, Model};
use crate::error::ApiError;
use crate::identity::session::{Company, Session};

/// The states of a use, as the database names them.
pub(crate) const DRAFT: &str = "draft";
pub(crate) const SENT: &str = "sent";
pub(crate) const TAKEN: &str = "taken";
pub(crate) const ASKED: &str = "asked";
pub(crate) const DECIDED: &str = "decided";
pub(crate) const WITHDRAWN: &str = "withdrawn";
const ANSWERED: &str = "answered";
pub(crate) const ENDED: &str = "ended";

/// What is sealed of a use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) answers: Raw,
    terms_accepted: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) company: Option<Company>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sent: Option<SentTo>,
    /// Where the answer goes, where nobody was signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reply: Option<Reply>,
}

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Reply {
    pub(crate) email: String,
    pub(crate) lang: String,
}

impl Kept {
    /// What it costs, once sent.
    pub(crate) fn price_cents(&self) -> Option<u32> {
        self.sent.as_ref().map(|sent| sent.price_cents)
    }
}

/// What was settled when a use was sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SentTo {
    /// Slug of the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    institution: Option<String>,
    price_cents: u32,
    /// ISO 8601 day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decided_by: Option<String>,
}

/// A use with what it holds.
pub(crate) struct Opened {
    pub(crate) row: Model,
    pub(crate) kept: Kept,
}

/// Reads a use of the one who asks, in the capacity in which they ask.
pub(crate) async fn own(app: &App, session: &Session, id: &str) -> Result<Opened, ApiError> {
    let row = service_use::by_id(&app.db, checked(id)?).await?.ok_or(ApiError::NotFound)?;
    if is_own(&row, session) { open(app, row) } else { Err(ApiError::NotFound) }
}

pub(crate) fn is_own(row: &Model, session: &Session) -> bool {
    row.person_id.as_ref() == Some(&session.person_id) && row.company == company_number(session)
}

pub(crate) fn company_number(session: &Session) -> String {
    session.held.company.as_ref().map(|company| company.number.clone()).unwrap_or_default()
}

pub(crate) fn open(app: &App, row: Model) -> Result<Opened, ApiError> {
    let kept = app.identity.open(&row.sealed, &place(&row.id))?;
    Ok(Opened { row, kept })
}

/// An id as devices make them; any other is nobody's.
pub(crate) fn checked(id: &str) -> Result<&str, ApiError> {
    let fits = id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if fits { Ok(id) } else { Err(ApiError::NotFound) }
}

/// For what place a use is sealed.
pub(crate) fn place(id: &str) -> String {
    format!("use:{id}")
}
