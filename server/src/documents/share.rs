//! Sharing a document: a link that ends. Who has it needs no sign-in; the citizen's log says each time that it was used.

use durvis_contract::document::{NewShare, Share};
use durvis_contract::e_service::Reference;

use super::{Opened, digest, make, open, own};
use crate::App;
use crate::db::document::{self, Model};
use crate::db::document_share::{self, Model as ShareRow};
use crate::error::ApiError;
use crate::identity::audit::Detail;
use crate::identity::session::Session;
use crate::uses::checked;
use crate::uses::told::iso;

const HOUR_MS: i64 = 3_600_000;

/// Makes a link to one's own document. Its address is told now and never again.
///
/// # Errors
/// The rule where it would hold too long, or there are too many.
pub async fn share(app: &App, session: &Session, id: &str, new: NewShare) -> Result<Share, ApiError> {
    let row = own(app, session, id).await?;
    if !(1..=NewShare::MAX_HOURS).contains(&new.hours) {
        return Err(ApiError::broken("hours", "out_of_bounds"));
    }
    let ambient = &app.identity.ambient;
    let now = ambient.millis();
    let secret = ambient.secret();
    let turn = app.identity.turn(&app.db).await?;
    if document_share::count(turn.db(), id, now).await? >= Share::MAX as u64 {
        return Err(ApiError::broken("hours", "too_many"));
    }
    let made = ShareRow {
        id: ambient.id(),
        token: digest(secret.as_bytes()),
        document_id: row.id.clone(),
        made_at: now,
        ends_at: now + i64::from(new.hours) * HOUR_MS,
        opened: 0,
    };
    document_share::add(turn.db(), made.clone()).await?;
    let detail = Detail { subject: Some(subject(&row)), ..app.identity.detail(session) };
    turn.note(Some(&session.person_id), "document_shared", &detail).await?;
    turn.commit().await?;
    Ok(Share { link: Some(format!("{}/d/{secret}", app.site.public_url)), ..told(made) })
}

/// The links to one's own document that hold, the newest first.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not one's own.
pub async fn list(app: &App, session: &Session, id: &str) -> Result<Vec<Share>, ApiError> {
    own(app, session, id).await?;
    let rows = document_share::of_document(&app.db, id, app.identity.ambient.millis(), Share::MAX as u64).await?;
    Ok(rows.into_iter().map(told).collect())
}

/// Ends a link.
///
/// # Errors
/// [`ApiError::NotFound`] where there is none such.
pub async fn end(app: &App, session: &Session, id: &str, share: &str) -> Result<(), ApiError> {
    let row = own(app, session, id).await?;
    let turn = app.identity.turn(&app.db).await?;
    if !document_share::end(turn.db(), id, checked(share)?).await? {
        return Err(ApiError::NotFound);
    }
    let detail = Detail { subject: Some(subject(&row)), ..app.identity.detail(session) };
    turn.note(Some(&session.person_id), "share_ended", &detail).await?;
    turn.commit().await
}

/// The document that a link leads to.
///
/// # Errors
/// [`ApiError::NotFound`] where it has ended, or never was.
pub async fn by_link(app: &App, client: &str, secret: &str) -> Result<(Opened, ShareRow), ApiError> {
    let now = app.identity.ambient.millis();
    app.limits.papers.take(client, now).map_err(ApiError::Wait)?;
    let share = document_share::by_token(&app.db, &digest(secret.as_bytes()), now).await?.ok_or(ApiError::NotFound)?;
    let row = document::by_id(&app.db, &share.document_id).await?.ok_or(ApiError::NotFound)?;
    Ok((open(app, make::made(app, row).await?)?, share))
}

/// It is fetched: that is counted, and stands in the log of whose it is.
///
/// # Errors
/// When the database fails: what cannot be written down is not given out.
pub async fn fetched(app: &App, client: &str, document: &Opened, share: &ShareRow) -> Result<(), ApiError> {
    let detail = Detail { address: client.into(), subject: Some(subject(&document.row)), ..Detail::default() };
    let turn = app.identity.turn(&app.db).await?;
    document_share::add_opened(turn.db(), &share.id).await?;
    turn.note(Some(&document.row.person_id), "document_fetched", &detail).await?;
    turn.commit().await
}

fn told(row: ShareRow) -> Share {
    Share {
        id: row.id,
        made_at: iso(row.made_at),
        ends_at: iso(row.ends_at),
        opened: row.opened.cast_unsigned(),
        link: None,
    }
}

/// What the log says of a document: codes only.
pub(super) fn subject(row: &Model) -> String {
    let number = row.number.map(|number| format!(" {}", Reference::new(number.cast_unsigned())));
    format!("{} {}{}", row.e_service, row.kind, number.unwrap_or_default())
}
