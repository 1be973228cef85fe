//! What the one who asks is told of their uses.

use durvis_contract::e_service::Reference;
use durvis_contract::identity::Company;
use durvis_contract::uses::{Use, UseDetail, UseState, Uses};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{ANSWERED, ASKED, DECIDED, ENDED, Opened, SENT, TAKEN, WITHDRAWN, company_number, open, own};
use crate::db::service_use;
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::{App, bills};

/// A page of one's own uses.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, session: &Session, lang: &str, limit: u32, offset: u32) -> Result<Uses, ApiError> {
    let company = company_number(session);
    let (rows, total) =
        service_use::of_person(&app.db, &session.person_id, &company, limit.into(), offset.into()).await?;
    let items = rows.into_iter().map(|row| Ok(about(app, &open(app, row)?, lang)));
    let items = items.collect::<Result<_, ApiError>>()?;
    Ok(Uses { items, total: u32::try_from(total).unwrap_or(u32::MAX) })
}

/// One of one's own.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not one's own.
pub async fn one(app: &App, session: &Session, id: &str, lang: &str) -> Result<UseDetail, ApiError> {
    let opened = own(app, session, id).await?;
    Ok(UseDetail {
        about: about(app, &opened, lang),
        terms_accepted: opened.kept.terms_accepted,
        answers: opened.kept.answers,
    })
}

pub(crate) fn about(app: &App, Opened { row, kept }: &Opened, lang: &str) -> Use {
    let version = row.version.cast_unsigned();
    let sent = kept.sent.as_ref();
    let institution = sent.and_then(|sent| sent.institution.as_deref()).map(|slug| institution_name(app, slug, lang));
    Use {
        id: row.id.clone(),
        number: Reference::new(row.number.cast_unsigned()),
        e_service: row.e_service.clone(),
        version,
        title: title(app, &row.e_service, version, lang),
        state: state(&row.state),
        revision: row.revision.cast_unsigned(),
        company: kept.company.as_ref().map(|one| Company { number: one.number.clone(), name: one.name.clone() }),
        institution,
        bill: sent.filter(|sent| sent.price_cents > 0).and(row.person_id.as_ref()).map(|_| bills::id_of(app, &row.id)),
        price_cents: sent.map_or(0, |sent| sent.price_cents),
        started_at: iso(row.started_at),
        changed_at: iso(row.changed_at),
        finished_at: row.finished_at.map(iso),
        forgotten_at: row.forgotten_at.map(iso),
        decided_by: sent.and_then(|sent| sent.decided_by.clone()),
    }
}

/// What a version of an e-service is called; its slug where nobody knows it.
pub(crate) fn title(app: &App, e_service: &str, version: u32, lang: &str) -> String {
    let versions = app.e_services.current();
    let found = versions.get(e_service, Some(version));
    found.map_or_else(|| e_service.to_owned(), |one| one.title.in_language(lang).0.to_owned())
}

/// How far a use is, out of what the database calls it.
pub(crate) fn state(code: &str) -> UseState {
    match code {
        SENT => UseState::Sent,
        TAKEN => UseState::Taken,
        ASKED => UseState::Asked,
        DECIDED => UseState::Decided,
        WITHDRAWN => UseState::Withdrawn,
        ANSWERED => UseState::Answered,
        ENDED => UseState::Ended,
        _ => UseState::Draft,
    }
}

/// What an institution is called; its slug where the catalogue has lost it since.
pub(crate) fn institution_name(app: &App, slug: &str, lang: &str) -> String {
    let released = app.live.current();
    let index = released.indexes.get(lang).or_else(|| released.indexes.values().next());
    let found = index.and_then(|index| index.institutions().find(|one| one.slug == slug));
    found.map_or_else(|| slug.to_owned(), |one| one.name)
}

/// What the log calls a use, or a bill, by its number.
pub(crate) fn subject(e_service: &str, number: i64) -> String {
    format!("{e_service} {}", Reference::new(number.cast_unsigned()))
}

/// Milliseconds since 1970 in ISO 8601, UTC.
pub(crate) fn iso(millis: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000);
    at.ok().and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::iso;

    #[test]
    fn a_time_is_told_as_iso() {
        assert_eq!(iso(1_795_000_000_500), "2026-11-18T11:06:40.5Z");
    }
}
