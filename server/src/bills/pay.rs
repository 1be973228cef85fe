//! A payment, from its beginning to its end. Every step may fail anywhere and be repeated: what is not known is asked, and what
//! is settled stays so.

use durvis_contract::bill::{Bill, NewPayment};
use durvis_contract::e_service::Reference;
use durvis_contract::notice::NoticeKind;
use durvis_contract::record::RecordKind;

use super::bank::{BankError, BankSettings, Banks, Said};
use super::told::one;
use super::{BEGUN, FAILED, OPEN, PAID, PENDING, own};
use crate::db::bill::{self, Model as BillRow};
use crate::db::payment::{self, Model};
use crate::error::ApiError;
use crate::identity::audit::Detail;
use crate::identity::session::Session;
use crate::record::{self, New};
use crate::uses::checked;
use crate::uses::paid::begin_term;
use crate::uses::told::subject;
use crate::{App, documents, notices};

/// How long after the bank was asked it is asked again: for a payment this young, and for older ones.
const ASK_AFTER: [(i64, i64); 3] = [(600_000, 20_000), (3_600_000, 120_000), (i64::MAX, 900_000)];
/// Payments that are looked at, and asked for, at once.
const LOOKED_AT: u64 = 500;
const ASKED: usize = 50;

/// Begins a payment, or goes on with it: the same id is the same payment.
///
/// # Errors
/// [`ApiError::Conflict`] where the bill is paid, or another payment is under way; [`ApiError::Silent`] where the bank does not
/// answer (to be repeated under the same id); the rule that the bank or the bill breaks.
pub async fn begin(app: &App, session: &Session, id: &str, new: NewPayment) -> Result<Bill, ApiError> {
    let bill = own(app, session, id).await?;
    checked(&new.id)?;
    let banks = app.banks.as_ref().ok_or_else(|| ApiError::broken("bank", "none"))?;
    let bank = banks.find(&new.bank).ok_or_else(|| ApiError::broken("bank", "unknown"))?;
    if !["lv", "ru", "en"].contains(&new.lang.as_str()) {
        return Err(ApiError::broken("lang", "unknown"));
    }
    app.limits.pay.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    let (row, tries) = match payment::by_id(&app.db, &new.id).await? {
        Some(row) if row.bill_id == bill.id && row.bank == bank.slug => (row, Tries::Again),
        Some(_) => return Err(ApiError::Conflict),
        None => (add(app, session, &bill, &new).await?, Tries::First),
    };
    if row.state == BEGUN && row.finished_at.is_none() {
        initiate(app, (banks, bank), &bill, &row, tries).await?;
    }
    one(app, session, id, &new.lang).await
}

async fn add(app: &App, session: &Session, bill: &BillRow, new: &NewPayment) -> Result<Model, ApiError> {
    let now = app.identity.ambient.millis();
    let row = Model {
        id: new.id.clone(),
        bill_id: bill.id.clone(),
        bank: new.bank.clone(),
        lang: new.lang.clone(),
        state: BEGUN.into(),
        bank_payment_id: None,
        redirect: None,
        started_at: now,
        asked_at: now,
        silent_since: None,
        finished_at: None,
    };
    let turn = app.identity.turn(&app.db).await?;
    if !bill::take(turn.db(), &bill.id, &new.id).await? {
        return Err(ApiError::Conflict);
    }
    payment::add(turn.db(), row.clone()).await?;
    let detail = Detail { subject: Some(subject(&bill.e_service, bill.number)), ..app.identity.detail(session) };
    turn.note(Some(&bill.person_id), "payment_begun", &detail).await?;
    turn.commit().await?;
    Ok(row)
}

/// Whether the bank may have heard of a payment before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tries {
    First,
    Again,
}

/// Tells the bank of it. The bank knows a repeated request by its id. A no is believed the first time only: to a repeated
/// request it does not say that the one before was not taken.
async fn initiate(
    app: &App,
    (banks, bank): (&Banks, &BankSettings),
    bill: &BillRow,
    row: &Model,
    tries: Tries,
) -> Result<(), ApiError> {
    let now = app.identity.ambient.millis();
    let text = format!("Durvis {}", Reference::new(bill.number.cast_unsigned()));
    match banks.initiate(bank, &row.id, bill.amount_cents, &text).await {
        Ok(taken) => Ok(payment::set_waiting(&app.db, &row.id, &taken.bank_payment_id, &taken.redirect, now).await?),
        Err(BankError::Refused(cause)) if tries == Tries::First => {
            tracing::warn!(bank = bank.slug, cause, "a payment was refused");
            fail(app, bill, row).await?;
            Err(ApiError::broken("bank", "refused"))
        }
        Err(BankError::Silent(cause) | BankError::Refused(cause)) => {
            payment::set_asked(&app.db, row, None, now).await?;
            Err(ApiError::Silent("bank", cause))
        }
    }
}

/// Asks the bank what became of a payment, and writes it down.
///
/// # Errors
/// When the database fails. That the bank does not answer is written down, too.
pub async fn reconcile(app: &App, row: &Model) -> Result<(), ApiError> {
    let (Some(banks), None) = (&app.banks, row.finished_at) else { return Ok(()) };
    let (Some(bank), Some(bill)) = (banks.find(&row.bank), bill::by_id(&app.db, &row.bill_id).await?) else {
        return Err(ApiError::Internal(format!("the payment {} has no bank or no bill", row.id)));
    };
    if row.state == BEGUN {
        // Whether it was taken, nobody heard: asked again, the bank says so.
        return match initiate(app, (banks, bank), &bill, row, Tries::Again).await {
            Ok(()) | Err(ApiError::Silent(..) | ApiError::Broken(_)) => Ok(()),
            Err(error) => Err(error),
        };
    }
    let bank_payment_id = row.bank_payment_id.as_deref().unwrap_or_default();
    let now = app.identity.ambient.millis();
    match banks.status(bank, bank_payment_id).await {
        Ok(Said::Settled) => settle(app, &bill, row).await,
        Ok(Said::Rejected) => fail(app, &bill, row).await,
        Ok(said) => Ok(payment::set_asked(&app.db, row, Some(said == Said::Pending), now).await?),
        Err(BankError::Silent(cause) | BankError::Refused(cause)) => {
            tracing::warn!(bank = bank.slug, cause, "the bank does not say what became of a payment");
            Ok(payment::set_asked(&app.db, row, None, now).await?)
        }
    }
}

/// The money has moved: payment and bill, once and together.
async fn settle(app: &App, bill: &BillRow, row: &Model) -> Result<(), ApiError> {
    let now = app.identity.ambient.millis();
    let turn = app.identity.turn(&app.db).await?;
    if !payment::finish(turn.db(), &row.id, PAID, now).await? {
        return Ok(());
    }
    if !bill::set_paid(turn.db(), &bill.id, &row.id, now).await? {
        // It cannot be, as a bill has one payment at a time; if it is, somebody gets money back.
        tracing::error!(bill = bill.id, payment = row.id, "A BILL WAS PAID TWICE");
    }
    let content = &format!("{}\n{}", bill.amount_cents, bill.institution);
    let whose = (bill.person_id.as_str(), bill.company.as_str());
    record::add(app, turn.db(), New { whose, kind: RecordKind::Paid, number: bill.number, content }).await?;
    documents::make::of_payment(app, turn.db(), bill, &row.lang).await?;
    begin_term(app, turn.db(), &bill.use_id).await?;
    let detail = Detail { subject: Some(subject(&bill.e_service, bill.number)), ..Detail::default() };
    notices::of_bill(app, turn.db(), bill, NoticeKind::BillPaid).await?;
    turn.note(Some(&bill.person_id), "bill_paid", &detail).await?;
    turn.commit().await
}

/// The bank has said that no money will move: the bill may be paid anew.
async fn fail(app: &App, bill: &BillRow, row: &Model) -> Result<(), ApiError> {
    let now = app.identity.ambient.millis();
    let turn = app.identity.turn(&app.db).await?;
    if !payment::finish(turn.db(), &row.id, FAILED, now).await? {
        return Ok(());
    }
    bill::release(turn.db(), &bill.id, &row.id).await?;
    let detail = Detail { subject: Some(subject(&bill.e_service, bill.number)), ..Detail::default() };
    // Who has given it up knows; who was told that it is not known yet, does not.
    if row.state == PENDING || row.silent_since.is_some() {
        notices::of_bill(app, turn.db(), bill, NoticeKind::PaymentFailed).await?;
    }
    turn.note(Some(&bill.person_id), "payment_failed", &detail).await?;
    turn.commit().await
}

/// Gives a payment up that nobody has confirmed: the bank forgets it, and says so.
///
/// # Errors
/// [`ApiError::Conflict`] where there is none to be given up; [`ApiError::Silent`] when the bank does not answer.
pub async fn give_up(app: &App, session: &Session, id: &str, lang: &str) -> Result<Bill, ApiError> {
    let bill = own(app, session, id).await?;
    let (Some(payment_id), OPEN) = (bill.payment_id.as_deref(), bill.state.as_str()) else {
        return Err(ApiError::Conflict);
    };
    let mut row = payment::by_id(&app.db, payment_id).await?.ok_or(ApiError::Conflict)?;
    if row.state == BEGUN {
        reconcile(app, &row).await?;
        row = payment::by_id(&app.db, payment_id).await?.ok_or(ApiError::Conflict)?;
    }
    let bank = app.banks.as_ref().and_then(|banks| Some((banks, banks.find(&row.bank)?)));
    if let (Some((banks, bank)), Some(bank_payment_id), None) = (bank, &row.bank_payment_id, row.finished_at) {
        match banks.cancel(bank, bank_payment_id).await {
            Ok(()) => reconcile(app, &row).await?,
            Err(BankError::Silent(cause) | BankError::Refused(cause)) => return Err(ApiError::Silent("bank", cause)),
        }
    }
    one(app, session, id, lang).await
}

/// Asks for the payments under way whose turn it is; says how many.
///
/// # Errors
/// When the database fails.
pub async fn reconcile_live(app: &App) -> Result<usize, ApiError> {
    let now = app.identity.ambient.millis();
    let mut asked = 0;
    for row in payment::live(&app.db, now - ASK_AFTER[0].1, LOOKED_AT).await? {
        let age = now - row.started_at;
        let wait = ASK_AFTER.iter().find(|(young, _)| age < *young).map_or(0, |(_, wait)| *wait);
        if now - row.asked_at >= wait {
            if let Err(error) = reconcile(app, &row).await {
                // One that cannot be asked for must not stop the others.
                tracing::error!(?error, payment = row.id, "a payment cannot be reconciled");
                payment::set_asked(&app.db, &row, None, now).await?;
            }
            asked += 1;
            if asked == ASKED {
                break;
            }
        }
    }
    Ok(asked)
}

/// Where the citizen goes whom the bank has sent back.
///
/// # Errors
/// [`ApiError::NotFound`] for a payment that is none.
pub async fn come_back(app: &App, id: &str) -> Result<String, ApiError> {
    let row = payment::by_id(&app.db, checked(id)?).await?.ok_or(ApiError::NotFound)?;
    reconcile(app, &row).await?;
    Ok(format!("/{}/bills/{}", row.lang, row.bill_id))
}
