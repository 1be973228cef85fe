//! Cases: what was sent, at the institution that decides it. Each step is an event that is added, a state, and a line in the
//! citizen's log, in one transaction. Inwards: `api` -> `cases` -> `uses`, `bills` -> `db`.

pub mod clients;
pub mod course;
pub mod desk;
pub mod officers;
pub mod webhooks;

use std::collections::BTreeMap;

use durvis_contract::Held;
use durvis_contract::case::{self, CaseEvent, EventKind, Ruling};
use durvis_contract::file::StoredFile;
use durvis_contract::record::RecordKind;
use durvis_contract::text::is_forbidden;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::db::case_event::{self, Model as EventRow};
use crate::db::service_use::{self, Model};
use crate::error::ApiError;
use crate::identity::audit::Detail;
use crate::record::{self, New};
use crate::uses::told::iso;
use crate::uses::{ASKED, DECIDED, SENT, TAKEN, WITHDRAWN, checked};

/// Of the events of a case, those kept free for its end.
const ENDS: usize = 2;

/// What is sealed of an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<StoredFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ruling: Option<Ruling>,
    #[serde(skip_serializing_if = "Option::is_none")]
    officer: Option<String>,
}

/// A step that somebody wants to make.
struct Step<'a> {
    /// Made by whoever makes it.
    id: &'a str,
    kind: EventKind,
    said: Said,
    /// Whether a case that somebody has taken may be taken.
    over: bool,
    /// The case as they saw it; none, whatever it is.
    revision: Option<i32>,
    /// For the log.
    detail: Detail,
}

impl Step<'_> {
    /// From which states it leads to which.
    fn leads(&self, from: &str) -> Option<&'static str> {
        match (self.kind, from) {
            (EventKind::Taken, SENT) => Some(TAKEN),
            (EventKind::Taken, TAKEN) if self.over => Some(TAKEN),
            (EventKind::Taken, ASKED) if self.over => Some(ASKED),
            (EventKind::Asked, TAKEN | ASKED) => Some(ASKED),
            (EventKind::Told, TAKEN) | (EventKind::Answered, TAKEN | ASKED) => Some(TAKEN),
            (EventKind::Told, ASKED) => Some(ASKED),
            (EventKind::Answered, SENT) => Some(SENT),
            (EventKind::Decided, TAKEN | ASKED) => Some(DECIDED),
            (EventKind::Withdrawn, SENT | TAKEN | ASKED) => Some(WITHDRAWN),
            _ => None,
        }
    }

    /// Neither side can write so much that the case could not be ended.
    fn is_one_too_many(&self, before: &[EventRow]) -> bool {
        let answered = || before.iter().filter(|event| event.kind == code(EventKind::Answered)).count();
        match self.kind {
            EventKind::Decided | EventKind::Withdrawn => false,
            EventKind::Answered => answered() >= case::MAX_ANSWERS || before.len() >= case::MAX_EVENTS - ENDS,
            EventKind::Taken | EventKind::Asked | EventKind::Told => before.len() >= case::MAX_EVENTS - ENDS,
        }
    }
}

/// Makes a step within a transaction; `false` where that very step was made before.
///
/// # Errors
/// [`ApiError::Conflict`] where the case is not, or no longer, such that it can be made.
async fn make(app: &App, db: &impl ConnectionTrait, row: &Model, step: &Step<'_>) -> Result<bool, ApiError> {
    if let Some(before) = case_event::by_id(db, checked(step.id)?).await? {
        let is_same = before.use_id == row.id && before.kind == code(step.kind);
        let is_same = is_same && app.identity.open::<Said>(&before.sealed, &place(step.id))? == step.said;
        return if is_same { Ok(false) } else { Err(ApiError::Conflict) };
    }
    if row.forgotten_at.is_some() || row.institution.is_none() {
        // Nobody would read it.
        return Err(ApiError::Conflict);
    }
    let before = case_event::of_use(db, &row.id, case::MAX_EVENTS as u64).await?;
    let to = step.leads(&row.state).filter(|_| step.revision.is_none_or(|revision| revision == row.revision));
    let Some(to) = to else {
        return Err(match holder(app, &before)? {
            Some(held) if step.said.officer.is_some() => ApiError::Held(held),
            _ => ApiError::Conflict,
        });
    };
    if step.is_one_too_many(&before) {
        return Err(ApiError::broken("text", "too_many"));
    }
    let now = app.identity.ambient.millis();
    let event = EventRow {
        id: step.id.into(),
        use_id: row.id.clone(),
        number: i32::try_from(before.len()).unwrap_or(i32::MAX) + 1,
        kind: code(step.kind).into(),
        at: now,
        sealed: app.identity.seal(&step.said, &place(step.id))?,
    };
    case_event::add(db, event).await?;
    let changed = Model {
        state: to.into(),
        revision: row.revision + 1,
        changed_at: now,
        decided_at: if to == DECIDED { Some(now) } else { row.decided_at },
        ..row.clone()
    };
    if !service_use::change(db, &changed, row.revision).await? {
        return Err(ApiError::Conflict);
    }
    recorded(app, db, row, step).await?;
    Ok(true)
}

/// What ends a case is in the citizen's record: the ruling, a line feed and why; nothing for what is taken back.
async fn recorded(app: &App, db: &impl ConnectionTrait, row: &Model, step: &Step<'_>) -> Result<(), ApiError> {
    let (kind, content) = match (step.kind, step.said.ruling) {
        (EventKind::Decided, Some(ruling)) => {
            let text = step.said.text.as_deref().unwrap_or_default();
            (RecordKind::Decided, format!("{}\n{text}", ruling.code()))
        }
        (EventKind::Withdrawn, _) => (RecordKind::Withdrawn, String::new()),
        _ => return Ok(()),
    };
    let Some(person_id) = row.person_id.as_deref() else { return Ok(()) };
    let whose = (person_id, row.company.as_str());
    record::add(app, db, New { whose, kind, number: row.number, content: &content }).await
}

/// Who has taken a case last, and when.
fn holder(app: &App, events: &[EventRow]) -> Result<Option<Held>, ApiError> {
    let Some(row) = events.iter().rfind(|event| event.kind == code(EventKind::Taken)) else { return Ok(None) };
    let said: Said = app.identity.open(&row.sealed, &place(&row.id))?;
    Ok(said.officer.map(|officer| Held { officer, since: iso(row.at) }))
}

/// What happened to a case, the oldest first.
pub(crate) async fn events(app: &App, use_id: &str) -> Result<Vec<CaseEvent>, ApiError> {
    let rows = case_event::of_use(&app.db, use_id, case::MAX_EVENTS as u64).await?;
    rows.into_iter().map(|row| told(app, row)).collect()
}

/// What happened to several cases, the newest first, each with its case's id.
pub(crate) async fn of_uses(app: &App, ids: &[String], most: u64) -> Result<Vec<(String, CaseEvent)>, ApiError> {
    let rows = case_event::of_uses(&app.db, ids, most).await?;
    rows.into_iter().map(|row| Ok((row.use_id.clone(), told(app, row)?))).collect()
}

/// The newest event of a kind of each of several cases, by the case's id.
pub(crate) async fn newest(
    app: &App,
    ids: &[String],
    kind: EventKind,
) -> Result<BTreeMap<String, CaseEvent>, ApiError> {
    let most = (ids.len() * case::MAX_EVENTS) as u64;
    let rows = case_event::of_kind(&app.db, ids, code(kind), most).await?;
    // In order: the newest of each stays.
    let newest: BTreeMap<String, EventRow> = rows.into_iter().map(|row| (row.use_id.clone(), row)).collect();
    newest.into_iter().map(|(id, row)| Ok((id, told(app, row)?))).collect()
}

pub(crate) fn told(app: &App, row: EventRow) -> Result<CaseEvent, ApiError> {
    let Said { text, files, due, ruling, officer } = app.identity.open(&row.sealed, &place(&row.id))?;
    let kind = serde_json::from_value(row.kind.into())?;
    Ok(CaseEvent { id: row.id, kind, at: iso(row.at), text, files, due, ruling, officer })
}

/// A text that somebody writes, without what is around it.
pub(crate) fn text(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ApiError::broken("text", "required"));
    }
    if text.chars().count() > case::MAX_TEXT {
        return Err(ApiError::broken("text", "too_long"));
    }
    if text.contains(is_forbidden) { Err(ApiError::broken("text", "character")) } else { Ok(text.into()) }
}

/// As the database names it.
pub(crate) fn code(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Taken => "taken",
        EventKind::Asked => "asked",
        EventKind::Told => "told",
        EventKind::Answered => "answered",
        EventKind::Decided => "decided",
        EventKind::Withdrawn => "withdrawn",
    }
}

/// For what place an event is sealed.
pub(crate) fn place(id: &str) -> String {
    format!("case_event:{id}")
}
