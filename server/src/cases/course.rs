//! The citizen's side of a case: its course, writing to the institution, taking it back.

use durvis_contract::case::{Course, EventKind, NewMessage};

use super::{Said, Step, code, events, make, text, webhooks};
use crate::db::{service_use, stored_file};
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::told::about;
use crate::uses::{DRAFT, ENDED, SENT, own, save};
use crate::{App, bills, documents, files};

/// Over how long the usual time is looked at, and how many decisions it needs.
const MONTH_MS: i64 = 30 * crate::files::DAY_MS;
const MOST: u64 = 1_000;
const LEAST: usize = 10;

/// How far one's own use is.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not one's own, or was never sent.
pub async fn course(app: &App, session: &Session, id: &str, lang: &str) -> Result<Course, ApiError> {
    let opened = own(app, session, id).await?;
    if matches!(opened.row.state.as_str(), DRAFT | ENDED) {
        return Err(ApiError::NotFound);
    }
    let mut events = events(app, id).await?;
    for event in &mut events {
        event.officer = None;
    }
    // Who goes on with it is the institution's own affair.
    let mut is_taken = false;
    events.retain(|event| event.kind != EventKind::Taken || !std::mem::replace(&mut is_taken, true));
    let since = app.identity.ambient.millis() - MONTH_MS;
    let decided = service_use::decided_since(&app.db, &opened.row.e_service, since, MOST).await?;
    let to_pay = opened.row.state == SENT && bills::is_unpaid(&app.db, id).await?;
    Ok(Course { about: about(app, &opened, lang), events, usual_days: usual_days(decided), to_pay })
}

/// Within so many days nine of ten were decided; each began and ended at a moment, in milliseconds.
fn usual_days(decided: Vec<(i64, i64)>) -> Option<u32> {
    let mut days: Vec<i64> = decided
        .into_iter()
        .map(|(sent, decided)| (decided - sent).max(0).div_euclid(crate::files::DAY_MS) + 1)
        .collect();
    if days.len() < LEAST {
        return None;
    }
    days.sort_unstable();
    u32::try_from(days[(days.len() * 9).div_ceil(10) - 1]).ok()
}

/// Writes to the institution; where it has asked something, that is answered.
///
/// # Errors
/// [`ApiError::Conflict`] where it is decided or taken back; names the rule that its text or its files break.
pub async fn write(app: &App, session: &Session, id: &str, new: NewMessage, lang: &str) -> Result<Course, ApiError> {
    let files = files::for_message(app, session, id, &new.files).await?;
    let is_bare = new.text.trim().is_empty() && !files.is_empty();
    let text = if is_bare { None } else { Some(text(&new.text)?) };
    step(app, session, id, (&new.id, EventKind::Answered, Said { text, files, ..Said::default() }), "case_answered")
        .await?;
    course(app, session, id, lang).await
}

/// Takes it back, with a bill that nobody has paid.
///
/// # Errors
/// [`ApiError::Conflict`] where it is decided; the rule `paying` where a payment is under way.
pub async fn withdraw(app: &App, session: &Session, id: &str, new: &str, lang: &str) -> Result<Course, ApiError> {
    step(app, session, id, (new, EventKind::Withdrawn, Said::default()), "case_withdrawn").await?;
    course(app, session, id, lang).await
}

async fn step(
    app: &App,
    session: &Session,
    id: &str,
    (event, kind, said): (&str, EventKind, Said),
    act: &str,
) -> Result<(), ApiError> {
    own(app, session, id).await?;
    app.limits.send.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    let turn = app.identity.turn(&app.db).await?;
    let row = service_use::by_id(turn.db(), id).await?.ok_or(ApiError::NotFound)?;
    let step = Step { id: event, kind, said, over: false, revision: None, detail: save::detail(app, session, &row) };
    if make(app, turn.db(), &row, &step).await? {
        if kind == EventKind::Withdrawn {
            bills::cancel_of_use(turn.db(), id).await?;
        }
        let given: Vec<String> = step.said.files.iter().map(|file| file.id.clone()).collect();
        if !given.is_empty() {
            let gone = stored_file::set_sent(turn.db(), &given, app.identity.ambient.millis()).await?;
            if gone < given.len() {
                return Err(ApiError::broken("files", "file_missing"));
            }
            documents::make::of_message(app, turn.db(), &row, &given).await?;
        }
        // What waited for its payment, the institution has never seen.
        if !bills::is_unpaid(turn.db(), id).await? {
            webhooks::happened(app, turn.db(), &row, code(kind)).await?;
        }
        turn.note(row.person_id.as_deref(), act, &step.detail).await?;
        turn.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{MONTH_MS, usual_days};
    use crate::files::DAY_MS;

    #[test]
    fn the_usual_time_is_that_of_nine_of_ten() {
        let of = |days: &[i64]| usual_days(days.iter().map(|days| (MONTH_MS, MONTH_MS + days * DAY_MS)).collect());
        assert_eq!(of(&[1; 9]), None, "too few to say");
        assert_eq!(of(&[0, 0, 0, 0, 0, 0, 0, 0, 4, 90]), Some(5), "one in ten may take as long as it likes");
        assert_eq!(of(&[3; 40]), Some(4));
    }
}
