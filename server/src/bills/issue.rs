//! Bills that an institution makes within a case: a fee that depends on what it finds, a copy, a duty.

use durvis_contract::bill::{BillEvent, NewBill};
use durvis_contract::case::CaseBill;
use durvis_contract::day::Day;
use durvis_contract::e_service::Reference;
use durvis_contract::notice::NoticeKind;
use durvis_contract::text::is_forbidden;

use super::told::state;
use super::{NUMBER_TRIES, OPEN, events, id_of, parts};
use crate::cases::desk::{Desk, detail, own};
use crate::db::bill::{self, Model};
use crate::db::{payment, service_use};
use crate::error::ApiError;
use crate::uses::told::iso;
use crate::uses::{ASKED, DECIDED, TAKEN, checked};
use crate::{App, latvia, notices};

/// Makes a bill for whoever sent a case; the same id again is the same bill.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not this institution's; [`ApiError::Conflict`] where nobody works on it, or the id is another
/// case's; the rule that the bill breaks.
pub async fn issue(app: &App, desk: &Desk, case: &str, new: NewBill) -> Result<CaseBill, ApiError> {
    let officer = desk.officer(&new.officer)?;
    let source = checked(&new.id)?;
    let purpose = purpose(&new.purpose)?;
    let due = due(app, &new.due)?;
    if !(1..=NewBill::MAX_CENTS).contains(&new.amount_cents) {
        return Err(ApiError::broken("amount_cents", "out_of_range"));
    }
    own(app, desk, case).await?;
    let turn = app.identity.turn(&app.db).await?;
    let row = service_use::by_id(turn.db(), case).await?.ok_or(ApiError::NotFound)?;
    let id = id_of(app, &format!("{case}:{source}"));
    if let Some(before) = bill::by_id(turn.db(), &id).await? {
        drop(turn);
        return of_bill(app, &before.id).await;
    }
    let is_open = row.forgotten_at.is_none() && matches!(row.state.as_str(), TAKEN | ASKED | DECIDED);
    let person_id = row.person_id.clone().filter(|_| is_open).ok_or(ApiError::Conflict)?;
    if bill::of_case(turn.db(), case).await?.len() >= NewBill::MAX_OF_CASE {
        return Err(ApiError::broken("id", "too_many"));
    }
    let made = Model {
        number: free(app, turn.db()).await?,
        person_id,
        company: row.company.clone(),
        use_id: id.clone(),
        e_service: row.e_service.clone(),
        version: row.version,
        institution: desk.institution.clone(),
        amount_cents: new.amount_cents.into(),
        paid_cents: 0,
        refunded_cents: 0,
        state: OPEN.into(),
        disputed: false,
        payment_id: None,
        due,
        parts: None,
        reminded_at: None,
        made_at: app.identity.ambient.millis(),
        paid_at: None,
        case_id: Some(case.into()),
        sealed: Some(app.identity.seal(&purpose, &place(&id))?),
        id,
    };
    bill::add(turn.db(), made.clone()).await?;
    notices::of_bill(app, turn.db(), &made, NoticeKind::BillMade).await?;
    turn.note(row.person_id.as_deref(), "bill_issued", &detail(desk, &row, &officer)).await?;
    turn.commit().await?;
    of_bill(app, &made.id).await
}

/// The bills of a case: what it cost, then the others, the oldest first.
pub(crate) async fn of_case(app: &App, case: &str) -> Result<Vec<CaseBill>, ApiError> {
    let mut rows = bill::of_case(&app.db, case).await?;
    rows.sort_by_key(|row| row.case_id.is_some());
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let mut events = events::of_bills(app, &app.db, &ids).await?;
    let payments: Vec<String> = rows.iter().filter_map(|row| row.payment_id.clone()).collect();
    let payments = payment::by_ids(&app.db, &payments).await?;
    let told = rows.iter().map(|row| {
        let live = payments.iter().find(|one| Some(&one.id) == row.payment_id.as_ref());
        told(app, row, live, events.remove(&row.id).unwrap_or_default())
    });
    told.collect()
}

/// One of them.
pub(super) async fn of_bill(app: &App, id: &str) -> Result<CaseBill, ApiError> {
    let row = bill::by_id(&app.db, id).await?.ok_or(ApiError::NotFound)?;
    let ids = [row.id.clone()];
    let events = events::of_bills(app, &app.db, &ids).await?.remove(&row.id).unwrap_or_default();
    let live = match &row.payment_id {
        Some(id) => payment::by_id(&app.db, id).await?,
        None => None,
    };
    told(app, &row, live.as_ref(), events)
}

/// What an institution's bill is for; none of what an e-service costs.
pub(crate) fn purpose_of(app: &App, row: &Model) -> Result<Option<String>, ApiError> {
    row.sealed.as_ref().map(|sealed| app.identity.open(sealed, &place(&row.id))).transpose()
}

fn told(app: &App, row: &Model, live: Option<&payment::Model>, events: Vec<BillEvent>) -> Result<CaseBill, ApiError> {
    let cents = |cents: i64| u32::try_from(cents).unwrap_or(u32::MAX);
    Ok(CaseBill {
        id: row.id.clone(),
        number: Reference::new(row.number.cast_unsigned()),
        purpose: purpose_of(app, row)?.unwrap_or_default(),
        amount_cents: cents(row.amount_cents),
        paid_cents: cents(row.paid_cents),
        refunded_cents: cents(row.refunded_cents),
        state: state(row, live, latvia::day(app.identity.ambient.now())),
        due: row.due.clone(),
        paid_at: row.paid_at.map(iso),
        parts: parts::of(row),
        events,
    })
}

async fn free(app: &App, db: &impl sea_orm::ConnectionTrait) -> Result<i64, ApiError> {
    for _ in 0..NUMBER_TRIES {
        let number = Reference::new(u64::from_be_bytes(app.identity.ambient.bytes())).number().cast_signed();
        if bill::is_free(db, number).await? {
            return Ok(number);
        }
    }
    Err(ApiError::Internal("no number is free".into()))
}

pub(super) fn purpose(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    let wrong = match text.chars().count() {
        0 => "required",
        1..=NewBill::MAX_PURPOSE if !text.contains(is_forbidden) && !text.contains(['\n', '\r']) => {
            return Ok(text.into());
        }
        1..=NewBill::MAX_PURPOSE => "character",
        _ => "too_long",
    };
    Err(ApiError::broken("purpose", wrong))
}

/// A day from today on.
pub(super) fn due(app: &App, text: &str) -> Result<String, ApiError> {
    let day = Day::parse(text).ok_or_else(|| ApiError::broken("due", "not_a_date"))?;
    match day.since(latvia::day(app.identity.ambient.now())) {
        ..=-1 => Err(ApiError::broken("due", "too_early")),
        0..=NewBill::MAX_DAYS => Ok(day.to_string()),
        _ => Err(ApiError::broken("due", "too_late")),
    }
}

/// For what place the purpose of one is sealed.
pub(crate) fn place(id: &str) -> String {
    format!("bill:{id}")
}
