//! What a payment begins: only now the institution sees the case, and only now its days run.

use durvis_contract::e_service::Outcome;
use sea_orm::ConnectionTrait;

use super::{Kept, Opened, SENT, SentTo, open, place};
use crate::cases::webhooks;
use crate::db::service_use::{self, Model};
use crate::error::ApiError;
use crate::{App, latvia};

/// Counts the days of a decision from now on, and tells the institution, in the transaction of the payment.
///
/// # Errors
/// When the database fails.
pub(crate) async fn begin_term(app: &App, db: &impl ConnectionTrait, use_id: &str) -> Result<(), ApiError> {
    let row = service_use::by_id(db, use_id).await?;
    let Some(row) = row.filter(|row| row.state == SENT && row.institution.is_some() && row.forgotten_at.is_none())
    else {
        return Ok(());
    };
    let definition = app.e_services.current().get(&row.e_service, Some(row.version.cast_unsigned())).cloned();
    let Some(Outcome::Submission { days }) = definition.map(|definition| definition.outcome.clone()) else {
        return Ok(());
    };
    let Opened { row, kept } = open(app, row)?;
    let decided_by = Some(latvia::day(app.identity.ambient.now()).plus(i32::from(days)).to_string());
    let sent = kept.sent.map(|sent| SentTo { decided_by: decided_by.clone(), ..sent });
    let kept = Kept { sent, ..kept };
    let revision = row.revision;
    let sealed = app.identity.seal(&kept, &place(&row.id))?;
    let row = Model { revision: revision + 1, sealed, decide_by: decided_by, ..row };
    if !service_use::change(db, &row, revision).await? {
        return Err(ApiError::Conflict);
    }
    webhooks::happened(app, db, &row, "paid").await
}
