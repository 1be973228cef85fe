//! Saving a draft: what the device holds, whole. At most five queries, whatever the form's size.

use std::sync::Arc;

use durvis_contract::e_service::{Answers, Definition, Reference, SignIn};
use durvis_contract::uses::{Draft, Use};

use super::told::{about, subject};
use super::{DRAFT, ENDED, Kept, Opened, checked, company_number, is_own, open, own, place};
use crate::App;
use crate::db::service_use::{self, Model};
use crate::error::ApiError;
use crate::files;
use crate::identity::audit::Detail;
use crate::identity::session::Session;

/// How often a number is made anew that is taken already.
const NUMBER_TRIES: usize = 4;

/// Saves a draft of that id, or begins it.
///
/// # Errors
/// [`ApiError::Conflict`] where another device saved in between or it is sent already; [`ApiError::NotFound`] for what is
/// somebody else's; the first answer that is none.
pub async fn save(app: &App, session: &Session, id: &str, draft: Draft, lang: &str) -> Result<Use, ApiError> {
    let id = checked(id)?;
    let definition = asked(app, &draft.e_service, draft.version)?;
    permitted(&definition, Some(session))?;
    let answers =
        Answers::read(&definition, &draft.answers).map_err(|refusal| ApiError::Broken(vec![(&refusal).into()]))?;
    drop(answers);
    let kept = Kept {
        answers: draft.answers,
        terms_accepted: draft.terms_accepted,
        company: session.held.company.clone(),
        sent: None,
        reply: None,
    };
    let Some(row) = service_use::by_id(&app.db, id).await? else {
        if draft.revision != 0 {
            return Err(ApiError::NotFound);
        }
        return Ok(about(app, &begin(app, session, id, &definition, kept).await?, lang));
    };
    if !is_own(&row, session) || row.e_service != draft.e_service {
        return Err(ApiError::NotFound);
    }
    let revision = row.revision;
    if row.state != DRAFT || revision.cast_unsigned() != draft.revision {
        return Err(ApiError::Conflict);
    }
    let row = Model {
        version: definition.version.cast_signed(),
        revision: revision + 1,
        sealed: app.identity.seal(&kept, &place(id))?,
        changed_at: app.identity.ambient.millis(),
        ..row
    };
    if !service_use::change(&app.db, &row, revision).await? {
        return Err(ApiError::Conflict);
    }
    Ok(about(app, &Opened { row, kept }, lang))
}

/// Ends a draft: it can't be sent any more, and its answers are gone.
///
/// # Errors
/// [`ApiError::Conflict`] for what is sent already.
pub async fn end(app: &App, session: &Session, id: &str) -> Result<(), ApiError> {
    let Opened { row, kept } = own(app, session, id).await?;
    if row.state == ENDED {
        return Ok(());
    }
    if row.state != DRAFT {
        return Err(ApiError::Conflict);
    }
    let (revision, now) = (row.revision, app.identity.ambient.millis());
    let kept = Kept { answers: durvis_contract::e_service::Raw::Map(Vec::new()), ..kept };
    let row = Model {
        state: ENDED.into(),
        revision: revision + 1,
        sealed: app.identity.seal(&kept, &place(id))?,
        changed_at: now,
        finished_at: Some(now),
        ..row
    };
    let turn = app.identity.turn(&app.db).await?;
    if !service_use::change(turn.db(), &row, revision).await? {
        return Err(ApiError::Conflict);
    }
    turn.note(Some(&session.person_id), "use_ended", &detail(app, session, &row)).await?;
    turn.commit().await?;
    files::delete_of_use(app, id).await
}

/// The definition whose questions were answered.
pub(crate) fn asked(app: &App, slug: &str, version: u32) -> Result<Arc<Definition>, ApiError> {
    let versions = app.e_services.current();
    let found = versions.get(slug, Some(version)).cloned();
    found.ok_or_else(|| match versions.get(slug, None) {
        Some(_) => ApiError::broken("version", "unknown"),
        None => ApiError::NotFound,
    })
}

/// Whether the one who asks may use it: as a person, for a company, or without being known.
pub(crate) fn permitted(definition: &Definition, session: Option<&Session>) -> Result<(), ApiError> {
    let for_company = session.map(|session| session.held.company.is_some());
    match (definition.audience, for_company) {
        (SignIn::Nobody, _)
        | (SignIn::Either, Some(_))
        | (SignIn::Person, Some(false))
        | (SignIn::Company, Some(true)) => Ok(()),
        (_, None) => Err(ApiError::SignIn),
        (_, Some(_)) => Err(ApiError::Forbidden),
    }
}

async fn begin(
    app: &App,
    session: &Session,
    id: &str,
    definition: &Definition,
    kept: Kept,
) -> Result<Opened, ApiError> {
    app.limits.begun.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    let row = new(app, Some(session), id, definition, &kept)?;
    let turn = app.identity.turn(&app.db).await?;
    if service_use::by_id(turn.db(), id).await?.is_some() {
        // The same device asked twice at once.
        return Err(ApiError::Conflict);
    }
    let row = add(app, turn.db(), row).await?;
    turn.note(Some(&session.person_id), "use_started", &detail(app, session, &row)).await?;
    turn.commit().await?;
    open(app, row)
}

/// A use that begins now, as a draft.
pub(super) fn new(
    app: &App,
    session: Option<&Session>,
    id: &str,
    definition: &Definition,
    kept: &Kept,
) -> Result<Model, ApiError> {
    let now = app.identity.ambient.millis();
    Ok(Model {
        id: id.into(),
        number: 0,
        person_id: session.map(|session| session.person_id.clone()),
        company: session.map(company_number).unwrap_or_default(),
        e_service: definition.id.clone(),
        version: definition.version.cast_signed(),
        state: DRAFT.into(),
        revision: 1,
        sealed: app.identity.seal(kept, &place(id))?,
        started_at: now,
        changed_at: now,
        finished_at: None,
        forgotten_at: None,
        institution: None,
        decide_by: None,
        decided_at: None,
    })
}

/// Adds it under a number that nobody has.
pub(super) async fn add(app: &App, db: &impl sea_orm::ConnectionTrait, mut row: Model) -> Result<Model, ApiError> {
    for _ in 0..NUMBER_TRIES {
        row.number = Reference::new(u64::from_be_bytes(app.identity.ambient.bytes())).number().cast_signed();
        if service_use::is_free(db, row.number).await? {
            service_use::add(db, row.clone()).await?;
            return Ok(row);
        }
    }
    Err(ApiError::Internal("no number is free".into()))
}

/// What the log says of an act on a use.
pub(crate) fn detail(app: &App, session: &Session, row: &Model) -> Detail {
    Detail { subject: Some(subject(&row.e_service, row.number)), ..app.identity.detail(session) }
}
