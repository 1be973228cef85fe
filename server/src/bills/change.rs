//! What an institution does with a bill of a case: remind, split, write down money, answer a dispute, send money back, cancel.

use durvis_contract::bill::{BillChange, BillEventKind, BillPart, BillStep, MAX_PARTS, NewBill};
use durvis_contract::case::CaseBill;
use durvis_contract::day::Day;
use durvis_contract::notice::NoticeKind;
use durvis_contract::record::RecordKind;

use super::events::{self, Said};
use super::{CANCELLED, OPEN, PAID, issue, parts};
use crate::cases::desk::{Desk, detail, own};
use crate::cases::text;
use crate::db::bill::{self, Model};
use crate::db::service_use;
use crate::error::ApiError;
use crate::record::{self, New};
use crate::uses::checked;
use crate::uses::paid::begin_term;
use crate::{App, documents, latvia, notices};

/// Longest way from now to the last part, in days.
const MAX_PARTS_DAYS: i32 = 3 * 366;

/// Does something with a bill of a case; the same id again is the same.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not this institution's; [`ApiError::Conflict`] where the bill is not such that it can be
/// done, or is being paid; the rule that the step breaks.
pub async fn change(
    app: &App,
    desk: &Desk,
    (case, id): (&str, &str),
    change: BillChange,
) -> Result<CaseBill, ApiError> {
    let officer = desk.officer(&change.officer)?;
    own(app, desk, case).await?;
    let turn = app.identity.turn(&app.db).await?;
    let row = bill::by_id(turn.db(), checked(id)?).await?;
    let row = row.filter(|row| row.of() == case).ok_or(ApiError::NotFound)?;
    let (kind, notice, said) = said(&change.step, officer.clone())?;
    let event = (id, change.id.as_str());
    if events::is_there(app, turn.db(), event, kind, &said).await? {
        drop(turn);
        return issue::of_bill(app, id).await;
    }
    let now = changed(app, &row, &change.step)?;
    let received = now.paid_cents - row.paid_cents;
    if row.state == OPEN && row.payment_id.is_some() || !bill::change(turn.db(), &row, now.clone()).await? {
        return Err(ApiError::Conflict);
    }
    events::add(app, turn.db(), event, kind, &said).await?;
    let about = service_use::by_id(turn.db(), case).await?.ok_or(ApiError::NotFound)?;
    if received > 0 {
        let content = &format!("{received}\n{}", row.institution);
        let whose = (row.person_id.as_str(), row.company.as_str());
        record::add(app, turn.db(), New { whose, kind: RecordKind::Paid, number: row.number, content }).await?;
        let lang = documents::make::sent_in(turn.db(), &about).await?;
        documents::make::of_payment(app, turn.db(), (&row, received), &change.id, &lang).await?;
        if now.state == PAID {
            begin_term(app, turn.db(), &row.use_id).await?;
        }
    }
    notices::of_bill(app, turn.db(), &row, notice).await?;
    turn.note(Some(&row.person_id), "bill_changed", &detail(desk, &about, &officer)).await?;
    turn.commit().await?;
    issue::of_bill(app, id).await
}

/// What is written down of a step, and told.
fn said(step: &BillStep, officer: String) -> Result<(BillEventKind, NoticeKind, Said), ApiError> {
    let said = Said { officer: Some(officer), ..Said::default() };
    let with =
        |words: &str, amount_cents| Ok::<_, ApiError>(Said { text: Some(text(words)?), amount_cents, ..said.clone() });
    Ok(match step {
        BillStep::Remind {} => (BillEventKind::Reminded, NoticeKind::BillReminded, said),
        BillStep::Split { parts } => {
            (BillEventKind::Split, NoticeKind::BillChanged, Said { parts: parts.clone(), ..said })
        }
        BillStep::Receive { amount_cents, text } => {
            (BillEventKind::Received, NoticeKind::BillChanged, with(text, Some(*amount_cents))?)
        }
        BillStep::Uphold { text } => (BillEventKind::Upheld, NoticeKind::BillChanged, with(text, None)?),
        BillStep::Refund { amount_cents, text } => {
            (BillEventKind::Refunded, NoticeKind::BillRefunded, with(text, Some(*amount_cents))?)
        }
        BillStep::Cancel { text } => (BillEventKind::Cancelled, NoticeKind::BillChanged, with(text, None)?),
    })
}

/// The bill after a step.
fn changed(app: &App, row: &Model, step: &BillStep) -> Result<Model, ApiError> {
    let now = app.identity.ambient.millis();
    let is_open = row.state == OPEN;
    let changed = match step {
        BillStep::Remind {} if is_open && !row.disputed => Model { reminded_at: Some(now), ..row.clone() },
        BillStep::Split { parts } if is_open && !row.disputed => {
            let due = checked_parts(app, row, parts)?;
            Model { parts: Some(serde_json::to_string(parts)?), due, reminded_at: None, ..row.clone() }
        }
        BillStep::Receive { amount_cents, .. } if is_open => {
            let cents = i64::from(*amount_cents);
            if !(1..=parts::left(row)).contains(&cents) {
                return Err(ApiError::broken("amount_cents", "out_of_range"));
            }
            let paid = parts::paid(row, cents, None, now);
            Model { disputed: row.disputed && paid.state == OPEN, ..paid }
        }
        BillStep::Uphold { .. } if is_open && row.disputed => Model { disputed: false, ..row.clone() },
        BillStep::Refund { amount_cents, .. } if !is_open => {
            let cents = i64::from(*amount_cents);
            if !(1..=row.paid_cents - row.refunded_cents).contains(&cents) {
                return Err(ApiError::broken("amount_cents", "out_of_range"));
            }
            Model { refunded_cents: row.refunded_cents + cents, ..row.clone() }
        }
        BillStep::Cancel { .. } if is_open => Model { state: CANCELLED.into(), disputed: false, ..row.clone() },
        _ => return Err(ApiError::Conflict),
    };
    Ok(changed)
}

/// When the first of some parts is due: they rise by day, and are together what is left.
fn checked_parts(app: &App, row: &Model, some: &[BillPart]) -> Result<String, ApiError> {
    if !(2..=MAX_PARTS).contains(&some.len()) {
        return Err(ApiError::broken("parts", "count"));
    }
    let together: i64 = some.iter().map(|part| i64::from(part.amount_cents)).sum();
    if together != parts::left(row)
        || some.iter().any(|part| part.amount_cents == 0 || part.amount_cents > NewBill::MAX_CENTS)
    {
        return Err(ApiError::broken("parts", "sum"));
    }
    let days: Option<Vec<Day>> = some.iter().map(|part| Day::parse(&part.due)).collect();
    let days = days.ok_or_else(|| ApiError::broken("parts", "not_a_date"))?;
    let today = latvia::day(app.identity.ambient.now());
    let rise = days.windows(2).all(|pair| pair[0] < pair[1]);
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if rise && *first >= today && last.since(today) <= MAX_PARTS_DAYS => {
            Ok(first.to_string())
        }
        _ => Err(ApiError::broken("parts", "days")),
    }
}
