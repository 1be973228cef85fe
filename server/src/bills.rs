//! Bills, and paying them: begun once, reconciled with the bank until it has said what became of it, never twice.
//!
//! A bill holds the id of its only payment. It is let go only when the bank has said that no money will ever move by it.

pub mod bank;
pub mod change;
pub mod dispute;
pub(crate) mod events;
pub mod issue;
pub(crate) mod parts;
pub mod pay;
pub mod told;

use durvis_contract::e_service::Reference;
use durvis_contract::notice::NoticeKind;

use crate::db::bill::Model;
use crate::db::{self, service_use};
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::{checked, company_number};
use crate::{App, notices};

/// Days until a bill is due.
const DUE_DAYS: i32 = 30;
/// How often a number is made anew that is taken already.
const NUMBER_TRIES: usize = 4;
/// The states of a bill and of a payment, as the database names them.
const OPEN: &str = "open";
const PAID: &str = "paid";
const CANCELLED: &str = "cancelled";
const BEGUN: &str = "begun";
const PENDING: &str = "pending";
const FAILED: &str = "failed";

/// Makes the bill of a use that is sent, in its transaction.
pub(crate) async fn make(
    app: &App,
    db: &impl sea_orm::ConnectionTrait,
    row: &service_use::Model,
    institution: &str,
    amount_cents: u32,
) -> Result<(), ApiError> {
    let Some(person_id) = row.person_id.clone() else { return Ok(()) };
    let ambient = &app.identity.ambient;
    for _ in 0..NUMBER_TRIES {
        let number = Reference::new(u64::from_be_bytes(ambient.bytes())).number().cast_signed();
        if !db::bill::is_free(db, number).await? {
            continue;
        }
        let bill = Model {
            id: id_of(app, &row.id),
            number,
            person_id,
            company: row.company.clone(),
            use_id: row.id.clone(),
            e_service: row.e_service.clone(),
            version: row.version,
            institution: institution.to_owned(),
            amount_cents: amount_cents.into(),
            paid_cents: 0,
            refunded_cents: 0,
            state: OPEN.into(),
            disputed: false,
            payment_id: None,
            due: crate::latvia::day(ambient.now()).plus(DUE_DAYS).to_string(),
            parts: None,
            reminded_at: None,
            made_at: ambient.millis(),
            paid_at: None,
            case_id: None,
            sealed: None,
        };
        db::bill::add(db, bill.clone()).await?;
        return notices::of_bill(app, db, &bill, NoticeKind::BillMade).await;
    }
    Err(ApiError::Internal("no number is free".into()))
}

/// The id of the bill of a use: one each, and nobody can tell one from the other.
pub(crate) fn id_of(app: &App, use_id: &str) -> String {
    app.identity.keys.lookup(&format!("bill:{use_id}"))[..32].to_owned()
}

/// Whether a use has a bill that is not paid.
pub(crate) async fn is_unpaid(db: &impl sea_orm::ConnectionTrait, use_id: &str) -> Result<bool, ApiError> {
    Ok(db::bill::of_use(db, use_id).await?.is_some_and(|bill| bill.state != PAID))
}

/// Cancels the bill of a use that is taken back, where it has one that nobody has paid.
///
/// # Errors
/// The rule `paying` where a payment is under way.
pub(crate) async fn cancel_of_use(db: &impl sea_orm::ConnectionTrait, use_id: &str) -> Result<(), ApiError> {
    match db::bill::of_use(db, use_id).await? {
        Some(bill) if bill.state == OPEN => {
            let cancelled = Model { state: CANCELLED.into(), ..bill.clone() };
            let is_done = bill.payment_id.is_none() && db::bill::change(db, &bill, cancelled).await?;
            if is_done { Ok(()) } else { Err(ApiError::broken("bill", "paying")) }
        }
        _ => Ok(()),
    }
}

pub(crate) async fn own(app: &App, session: &Session, id: &str) -> Result<Model, ApiError> {
    let row = db::bill::by_id(&app.db, checked(id)?).await?.ok_or(ApiError::NotFound)?;
    let is_own = row.person_id == session.person_id && row.company == company_number(session);
    if is_own { Ok(row) } else { Err(ApiError::NotFound) }
}
