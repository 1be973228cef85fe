//! What is kept no longer than its time: answers and files of what was sent, by `retention_days` of its definition; drafts that
//! nobody went on with. The number and the times of a use stay.

use durvis_contract::e_service::Raw;

use super::told::{iso, subject};
use super::{ANSWERED, DECIDED, DRAFT, ENDED, Opened, WITHDRAWN, open, place};
use crate::db::case_event;
use crate::db::service_use::{self, Model};
use crate::error::ApiError;
use crate::identity::audit::Detail;
use crate::{App, documents, files};

/// How long a draft waits for its citizen, as its files do.
pub(crate) const DRAFT_DAYS: i64 = files::UNSENT_DAYS;
/// Uses of one definition that are cleared away at once.
const SWEEP: u64 = 200;

/// The day from which on the answers of a use are deleted: ISO 8601; none where somebody still works on it.
pub(crate) fn kept_until(app: &App, row: &Model) -> Option<String> {
    let days = match row.state.as_str() {
        _ if row.forgotten_at.is_some() => return None,
        DRAFT => DRAFT_DAYS,
        DECIDED | WITHDRAWN | ANSWERED => {
            let versions = app.e_services.current();
            let definition = versions.get(&row.e_service, Some(row.version.cast_unsigned()))?;
            i64::from(definition.retention_days)
        }
        _ => return None,
    };
    let at = iso(row.changed_at + days * files::DAY_MS);
    at.get(..10).map(str::to_owned)
}

/// Clears away what is over; says how many uses.
///
/// # Errors
/// When the database or the object store fails; what is left, the next time takes.
pub async fn sweep(app: &App) -> Result<usize, ApiError> {
    let now = app.identity.ambient.millis();
    let mut forgotten = 0;
    for definition in app.e_services.current().all() {
        let before = now - i64::from(definition.retention_days) * files::DAY_MS;
        let rows = service_use::to_forget(&app.db, (&definition.id, definition.version), before, SWEEP).await?;
        for row in rows {
            forgotten += usize::from(forget(app, row, now).await?);
        }
    }
    for row in service_use::old_drafts(&app.db, now - DRAFT_DAYS * files::DAY_MS, SWEEP).await? {
        forgotten += usize::from(forget(app, row, now).await?);
    }
    Ok(forgotten)
}

/// Deletes the answers of a use, with the act in the citizen's own log; `false` where it has changed in between.
async fn forget(app: &App, row: Model, now: i64) -> Result<bool, ApiError> {
    let Opened { row, kept } = open(app, row)?;
    let kept = super::Kept { answers: Raw::Map(Vec::new()), reply: None, ..kept };
    let revision = row.revision;
    let was_draft = row.state == DRAFT;
    let row = Model {
        state: if was_draft { ENDED.into() } else { row.state.clone() },
        revision: revision + 1,
        sealed: app.identity.seal(&kept, &place(&row.id))?,
        finished_at: if was_draft { Some(now) } else { row.finished_at },
        forgotten_at: Some(now),
        ..row
    };
    let turn = app.identity.turn(&app.db).await?;
    if !service_use::change(turn.db(), &row, revision).await? {
        return Ok(false);
    }
    case_event::delete_of_use(turn.db(), &row.id).await?;
    let detail = Detail { subject: Some(subject(&row.e_service, row.number)), ..Detail::default() };
    turn.note(row.person_id.as_deref(), "use_forgotten", &detail).await?;
    turn.commit().await?;
    // What is cut off here, the next sweep finds.
    files::delete_all_of_use(app, &row.id).await?;
    documents::forget_of_use(app, &row.id).await?;
    Ok(true)
}
