//! A citizen says that a bill is wrong: it waits for the institution, and nobody is reminded of it.

use durvis_contract::bill::{Bill, BillEventKind, NewDispute};

use super::events::{self, Said};
use super::told::one;
use super::{OPEN, own};
use crate::App;
use crate::cases::{text, webhooks};
use crate::db::bill::{self, Model};
use crate::db::service_use;
use crate::error::ApiError;
use crate::identity::audit::Detail;
use crate::identity::session::Session;
use crate::uses::told::subject;

/// Disputes one of one's own bills that an institution made; the same id again is the same.
///
/// # Errors
/// [`ApiError::Conflict`] where it is not to be paid, is being paid, or is what an e-service costs: that is taken back with the
/// submission.
pub async fn dispute(app: &App, session: &Session, id: &str, new: NewDispute, lang: &str) -> Result<Bill, ApiError> {
    let said = Said { text: Some(text(&new.text)?), ..Said::default() };
    own(app, session, id).await?;
    app.limits.send.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    let turn = app.identity.turn(&app.db).await?;
    let about = (id, new.id.as_str());
    if !events::is_there(app, turn.db(), about, BillEventKind::Disputed, &said).await? {
        let row = bill::by_id(turn.db(), id).await?.ok_or(ApiError::NotFound)?;
        let case = row.case_id.as_deref().ok_or(ApiError::Conflict)?;
        let case = service_use::by_id(turn.db(), case).await?.filter(|case| case.forgotten_at.is_none());
        let case = case.ok_or(ApiError::Conflict)?;
        if row.state != OPEN || row.disputed || row.payment_id.is_some() {
            return Err(ApiError::Conflict);
        }
        if !bill::change(turn.db(), &row, Model { disputed: true, ..row.clone() }).await? {
            return Err(ApiError::Conflict);
        }
        events::add(app, turn.db(), about, BillEventKind::Disputed, &said).await?;
        webhooks::happened(app, turn.db(), &case, "bill_disputed").await?;
        let detail = Detail { subject: Some(subject(&row.e_service, row.number)), ..app.identity.detail(session) };
        turn.note(Some(&row.person_id), "bill_disputed", &detail).await?;
        turn.commit().await?;
    }
    one(app, session, id, lang).await
}
