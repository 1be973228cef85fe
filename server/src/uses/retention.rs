//! What is kept no longer than its time: answers and files of what was sent, by `retention_days` of its definition; drafts that
//! nobody went on with. The number and the times of a use stay.

use durvis_contract::e_service::Raw;

use super::told::subject;
use super::{DRAFT, ENDED, Opened, open, place};
use crate::db::case_event;
use crate::db::service_use::{self, Model};
use crate::error::ApiError;
use crate::identity::audit::Detail;
use crate::{App, files};

/// How long a draft waits for its citizen, as its files do.
const DRAFT_DAYS: i64 = files::UNSENT_DAYS;
/// Uses of one definition that are cleared away at once.
const SWEEP: u64 = 200;

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
    let kept = super::Kept { answers: Raw::Map(Vec::new()), ..kept };
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
    let stored = service_use::by_id(&app.db, &row.id).await?;
    if stored.is_none_or(|stored| stored.revision != revision) {
        return Ok(false);
    }
    // The files first: without their use nobody would find them again.
    files::delete_all_of_use(app, &row.id).await?;
    let turn = app.identity.turn(&app.db).await?;
    if !service_use::change(turn.db(), &row, revision).await? {
        return Ok(false);
    }
    case_event::delete_of_use(turn.db(), &row.id).await?;
    let detail = Detail { subject: Some(subject(&row.e_service, row.number)), ..Detail::default() };
    turn.note(row.person_id.as_deref(), "use_forgotten", &detail).await?;
    turn.commit().await?;
    Ok(true)
}
