//! Bills that an institution makes within a case: a fee that depends on what it finds, a copy, a duty.

use durvis_contract::bill::NewBill;
use durvis_contract::case::CaseBill;
use durvis_contract::day::Day;
use durvis_contract::e_service::Reference;
use durvis_contract::notice::NoticeKind;
use durvis_contract::text::is_forbidden;

use super::{NUMBER_TRIES, OPEN, id_of};
use crate::cases::desk::{Desk, detail, own};
use crate::db::bill::{self, Model};
use crate::db::service_use;
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
        return told(app, &before);
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
        state: OPEN.into(),
        payment_id: None,
        due,
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
    told(app, &made)
}

/// Takes back a bill that nobody has paid or is paying.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not of this case; [`ApiError::Conflict`] where a payment is under way, or was made.
pub async fn cancel(app: &App, desk: &Desk, case: &str, id: &str) -> Result<(), ApiError> {
    let row = own(app, desk, case).await?;
    let found = bill::by_id(&app.db, checked(id)?).await?;
    let found = found.filter(|bill| bill.case_id.as_deref() == Some(&*row.id)).ok_or(ApiError::NotFound)?;
    if found.state == super::CANCELLED {
        return Ok(());
    }
    if bill::cancel(&app.db, &found.id).await? { Ok(()) } else { Err(ApiError::Conflict) }
}

/// The bills of a case, the oldest first.
pub(crate) async fn of_case(app: &App, case: &str) -> Result<Vec<CaseBill>, ApiError> {
    bill::of_case(&app.db, case).await?.iter().map(|row| told(app, row)).collect()
}

/// What an institution's bill is for; none of what an e-service costs.
pub(crate) fn purpose_of(app: &App, row: &Model) -> Result<Option<String>, ApiError> {
    row.sealed.as_ref().map(|sealed| app.identity.open(sealed, &place(&row.id))).transpose()
}

fn told(app: &App, row: &Model) -> Result<CaseBill, ApiError> {
    Ok(CaseBill {
        id: row.id.clone(),
        number: Reference::new(row.number.cast_unsigned()),
        purpose: purpose_of(app, row)?.unwrap_or_default(),
        amount_cents: u32::try_from(row.amount_cents).unwrap_or(u32::MAX),
        due: row.due.clone(),
        paid_at: row.paid_at.map(iso),
        cancelled: row.state == super::CANCELLED,
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

fn purpose(text: &str) -> Result<String, ApiError> {
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

fn due(app: &App, text: &str) -> Result<String, ApiError> {
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
