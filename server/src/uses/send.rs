//! Send: every rule, price and permission runs again, then one transaction keeps what was sent and writes it into the log.
//! The id of a use is what makes it once: whoever repeats it gets the same receipt.

use durvis_contract::Broken;
use durvis_contract::e_service::{Answers, Definition, Outcome, Raw, Recipient, Walk, evaluate};
use durvis_contract::record::RecordKind;
use durvis_contract::uses::{Draft, Use};

use super::save::{add, asked, detail, new, permitted};
use super::told::about;
use super::{DRAFT, ENDED, Kept, Opened, Reply, SENT, SentTo, checked, existing, is_own, open, place};
use crate::cases::webhooks;
use crate::db::service_use::{self, Model};
use crate::db::stored_file;
use crate::error::ApiError;
use crate::identity::audit::Detail;
use crate::identity::session::Session;
use crate::latvia;
use crate::record::{self, New};
use crate::{App, bills, documents};

/// Sends a use, as the draft holds it now.
///
/// # Errors
/// Every broken rule; [`ApiError::Conflict`] where another device saved other answers; [`ApiError::Silent`] when a register
/// has to be asked and does not answer.
pub async fn send(app: &App, session: Option<&Session>, id: &str, draft: Draft, lang: &str) -> Result<Use, ApiError> {
    let id = checked(id)?;
    let definition = asked(app, &draft.e_service, draft.version)?;
    permitted(&definition, session)?;
    let before = service_use::by_id(&app.db, id).await?;
    if let Some(row) = &before {
        let same_person = session.map_or(row.person_id.is_none(), |session| is_own(row, session));
        if !same_person || row.e_service != draft.e_service {
            return Err(ApiError::NotFound);
        }
        if row.state != DRAFT {
            let ended = row.state == ENDED;
            return if ended { Err(ApiError::Conflict) } else { Ok(about(app, &open(app, row.clone())?, lang)) };
        }
        if row.revision.cast_unsigned() != draft.revision {
            return Err(ApiError::Conflict);
        }
    }
    let (kept, files) = judged(app, session, id, &definition, &draft).await?;
    let row = match before {
        Some(row) => row,
        None => new(app, session, id, &definition, &kept)?,
    };
    let sent = keep(app, session, &definition, row, (kept, files), lang).await?;
    Ok(about(app, &sent, lang))
}

/// Sends what somebody who is not signed in writes to the portal's operator; the answer goes to an address.
///
/// # Errors
/// As [`send`]; [`ApiError::NotFound`] where the portal has no such e-service.
pub(super) async fn send_for_reply(app: &App, draft: Draft, reply: Reply) -> Result<Model, ApiError> {
    let definition = asked(app, &draft.e_service, draft.version)?;
    let (id, lang) = (app.identity.ambient.id(), reply.lang.clone());
    let (kept, files) = judged(app, None, &id, &definition, &draft).await?;
    let kept = Kept { reply: Some(reply), ..kept };
    let row = new(app, None, &id, &definition, &kept)?;
    Ok(keep(app, None, &definition, row, (kept, files), &lang).await?.row)
}

/// What is kept of the answers, once nothing is wrong with them; and the ids of their files.
async fn judged(
    app: &App,
    session: Option<&Session>,
    id: &str,
    definition: &Definition,
    draft: &Draft,
) -> Result<(Kept, Vec<String>), ApiError> {
    if definition.terms.is_some() && !draft.terms_accepted {
        return Err(ApiError::broken("terms_accepted", "required"));
    }
    let answers = Answers::read(definition, &draft.answers);
    let answers = answers.map_err(|refusal| ApiError::Broken(vec![(&refusal).into()]))?;
    let today = latvia::day(app.identity.ambient.now());
    let walk = evaluate(definition, &answers, today);
    let mut broken: Vec<Broken> = walk.wrong().take(MAX_BROKEN).map(Broken::from).collect();
    let answers = walk.to_send(definition, &answers);
    if broken.is_empty() {
        broken = existing::unknown(app, session, id, definition, &answers).await?;
    }
    if !broken.is_empty() {
        return Err(ApiError::Broken(broken));
    }
    let days = match definition.outcome {
        Outcome::Submission { days } => Some(i32::from(days)),
        Outcome::Immediate { .. } => None,
    };
    let sent = SentTo {
        institution: recipient(app, definition, &walk),
        price_cents: walk.price_cents,
        decided_by: days.map(|days| today.plus(days).to_string()),
    };
    let files = existing::files_of(definition, &answers);
    let answers: Raw = serde_json::from_value(serde_json::to_value(&answers)?)?;
    let company = session.and_then(|session| session.held.company.clone());
    Ok((Kept { answers, terms_accepted: draft.terms_accepted, company, sent: Some(sent), reply: None }, files))
}

/// Most broken rules that are told at once.
const MAX_BROKEN: usize = 200;

/// The one named, or the one that the answers choose; a municipality's own administration where they choose a territory.
fn recipient(app: &App, definition: &Definition, walk: &Walk) -> Option<String> {
    let chosen = walk.institution.clone();
    if definition.institution != Recipient::Municipality {
        return chosen;
    }
    let released = app.live.current();
    let index = released.indexes.values().next()?;
    let chosen = chosen?;
    index.institutions().find(|one| one.slug == chosen).map(|one| one.slug).or(Some(chosen))
}

/// All of it, or nothing.
async fn keep(
    app: &App,
    session: Option<&Session>,
    definition: &Definition,
    row: Model,
    (kept, files): (Kept, Vec<String>),
    lang: &str,
) -> Result<Opened, ApiError> {
    let (is_new, revision, now) = (row.number == 0, row.revision, app.identity.ambient.millis());
    let is_decided = matches!(definition.outcome, Outcome::Submission { .. });
    let row = Model {
        version: definition.version.cast_signed(),
        state: SENT.into(),
        revision: if is_new { revision } else { revision + 1 },
        sealed: app.identity.seal(&kept, &place(&row.id))?,
        changed_at: now,
        // A registry has still to answer.
        finished_at: is_decided.then_some(now),
        institution: kept.sent.as_ref().and_then(|sent| sent.institution.clone()).filter(|_| is_decided),
        decide_by: kept.sent.as_ref().and_then(|sent| sent.decided_by.clone()),
        ..row
    };
    let turn = app.identity.turn(&app.db).await?;
    let stored = service_use::by_id(turn.db(), &row.id).await?;
    let row = match stored {
        // Sent in between by the same device: the same receipt.
        Some(other) if other.state == SENT && session.is_none_or(|session| is_own(&other, session)) => {
            return open(app, other);
        }
        Some(_) if is_new => return Err(ApiError::Conflict),
        Some(_) if !service_use::change(turn.db(), &row, revision).await? => return Err(ApiError::Conflict),
        Some(_) => row,
        None => add(app, turn.db(), row).await?,
    };
    if let Some(sent) = kept.sent.as_ref().filter(|sent| sent.price_cents > 0) {
        let institution = sent.institution.as_deref().unwrap_or_default();
        bills::make(app, turn.db(), &row, institution, sent.price_cents).await?;
    } else {
        webhooks::happened(app, turn.db(), &row, SENT).await?;
    }
    if !files.is_empty() {
        stored_file::set_sent(turn.db(), &files, now).await?;
    }
    if let Some(person_id) = row.person_id.as_deref().filter(|_| is_decided) {
        let content = &serde_json::to_string(&kept.answers)?;
        let whose = (person_id, row.company.as_str());
        record::add(app, turn.db(), New { whose, kind: RecordKind::Sent, number: row.number, content }).await?;
    }
    if is_decided {
        documents::make::of_sent(app, turn.db(), &row, &files, lang).await?;
    }
    let detail = match session {
        Some(session) => detail(app, session, &row),
        None => Detail { subject: Some(definition.id.clone()), ..Detail::default() },
    };
    turn.note(row.person_id.as_deref(), "use_sent", &detail).await?;
    turn.commit().await?;
    Ok(Opened { row, kept })
}
