//! Notices: written in the transaction of what they tell of, shown at once, sent by e-mail when the citizen wants that.
//!
//! Inwards: `cases`, `bills` -> `notices` -> `db`.

pub mod letters;
pub mod live;
pub mod stop;

use durvis_contract::e_service::Reference;
use durvis_contract::notice::{Notice, NoticeKind, Notices};
use sea_orm::ConnectionTrait;

use crate::App;
use crate::db::bill;
use crate::db::notice::{self, Model, New};
use crate::db::service_use;
use crate::error::ApiError;
use crate::files::DAY_MS;
use crate::identity::session::Session;
use crate::reminders::named;
use crate::uses::company_number;
use crate::uses::told::iso;

/// How long a notice is kept: what it tells of is in the history and the record for longer.
pub const KEPT_DAYS: i64 = 2 * 366;
/// Notices that are deleted at once.
const SWEEP: u64 = 5_000;

/// Whose notices are nobody's: their letters go to the address that was left with the use.
pub(crate) const NOBODY: &str = "";

/// Tells whoever sent it what became of a use; by e-mail only, where nobody was signed in and left an address.
pub(crate) async fn of_use(
    app: &App,
    db: &impl ConnectionTrait,
    row: &service_use::Model,
    kind: NoticeKind,
) -> Result<(), ApiError> {
    let new = New {
        person_id: row.person_id.clone().unwrap_or_else(|| NOBODY.into()),
        company: row.company.clone(),
        kind: kind.code(),
        e_service: row.e_service.clone(),
        version: row.version,
        number: row.number,
        about: row.id.clone(),
    };
    Ok(notice::add(db, new, app.identity.ambient.millis()).await?)
}

/// Tells whoever has to pay it what became of a bill.
pub(crate) async fn of_bill(
    app: &App,
    db: &impl ConnectionTrait,
    row: &bill::Model,
    kind: NoticeKind,
) -> Result<(), ApiError> {
    let new = New {
        person_id: row.person_id.clone(),
        company: row.company.clone(),
        kind: kind.code(),
        e_service: row.e_service.clone(),
        version: row.version,
        number: row.number,
        about: row.id.clone(),
    };
    Ok(notice::add(db, new, app.identity.ambient.millis()).await?)
}

/// A page of one's own, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(
    app: &App,
    session: &Session,
    lang: &str,
    below: Option<i64>,
    limit: u64,
) -> Result<Notices, ApiError> {
    let company = company_number(session);
    let whose = (session.person_id.as_str(), company.as_str());
    let mut rows = notice::of_person(&app.db, whose, below, limit + 1).await?;
    let has_more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let below = rows.last().map(|last| last.id).filter(|_| has_more);
    let items = rows.into_iter().filter_map(|row| told(app, row, lang)).collect();
    Ok(Notices { items, unread: unread(app, session).await?, below })
}

/// How many of one's own are not read.
///
/// # Errors
/// When the database fails.
pub async fn unread(app: &App, session: &Session) -> Result<u32, ApiError> {
    let company = company_number(session);
    let unread = notice::unread(&app.db, (&session.person_id, &company)).await?;
    Ok(u32::try_from(unread).unwrap_or(u32::MAX))
}

/// Everything up to an id was read.
///
/// # Errors
/// When the database fails.
pub async fn read(app: &App, session: &Session, until: i64) -> Result<(), ApiError> {
    let company = company_number(session);
    let now = app.identity.ambient.millis();
    Ok(notice::set_read(&app.db, (&session.person_id, &company), until, now).await?)
}

/// Deletes what is older than [`KEPT_DAYS`]; says how many.
///
/// # Errors
/// When the database fails.
pub async fn sweep(app: &App) -> Result<u64, ApiError> {
    let before = app.identity.ambient.millis() - KEPT_DAYS * DAY_MS;
    Ok(notice::delete_before(&app.db, before, SWEEP).await?)
}

/// None of a kind that a newer release wrote.
fn told(app: &App, row: Model, lang: &str) -> Option<Notice> {
    Some(Notice {
        id: row.id,
        kind: NoticeKind::of_code(&row.kind)?,
        title: named(app, &row.e_service, row.version, lang),
        number: (row.number != 0).then(|| Reference::new(row.number.cast_unsigned())),
        about: row.about,
        at: iso(row.at),
        read: row.read_at.is_some(),
    })
}
