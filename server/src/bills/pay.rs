//! A payment, from its beginning to its end. Every step may fail anywhere and be repeated: what is not known is asked, and what
//! is settled stays so.

use std::collections::BTreeSet;

use durvis_contract::e_service::Reference;
use durvis_contract::notice::NoticeKind;
use durvis_contract::payment::{NewPayment, Payment};
use durvis_contract::record::RecordKind;
use futures_util::TryStreamExt;
use sea_orm::ConnectionTrait;

use super::bank::{BankError, BankSettings, Banks, Said};
use super::{BEGUN, FAILED, OPEN, PAID, PENDING, own, parts, told};
use crate::db::payment::{self, Model};
use crate::db::{bill, payment_item};
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
/// Of them, those that are asked for at a time.
const AT_A_TIME: usize = 8;

/// Begins a payment, or goes on with it: the same id is the same payment.
///
/// # Errors
/// [`ApiError::Conflict`] where one of the bills is not to be paid, or another payment of it is under way;
/// [`ApiError::Silent`] where the bank does not answer (to be repeated under the same id); the rule that the bank or the order
/// breaks.
pub async fn begin(app: &App, session: &Session, new: NewPayment) -> Result<Payment, ApiError> {
    checked(&new.id)?;
    let bills: BTreeSet<&str> = new.bills.iter().map(String::as_str).collect();
    if new.bills.is_empty() || bills.len() < new.bills.len() || bills.len() > NewPayment::MAX_BILLS {
        return Err(ApiError::broken("bills", "count"));
    }
    for id in &bills {
        own(app, session, id).await?;
    }
    let banks = app.banks.as_ref().ok_or_else(|| ApiError::broken("bank", "none"))?;
    let bank = banks.find(&new.bank).ok_or_else(|| ApiError::broken("bank", "unknown"))?;
    if !["lv", "ru", "en"].contains(&new.lang.as_str()) {
        return Err(ApiError::broken("lang", "unknown"));
    }
    app.limits.pay.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    let before = payment::by_id(&app.db, &new.id).await?;
    let (row, tries) = match before {
        Some(row) if row.bank == bank.slug && is_of(app, &row, &bills).await? => (row, Tries::Again),
        Some(_) => return Err(ApiError::Conflict),
        None => (add(app, session, &new).await?, Tries::First),
    };
    if row.state == BEGUN && row.finished_at.is_none() {
        initiate(app, (banks, bank), &row, tries).await?;
    }
    told::payment(app, session, &row.id, &new.lang).await
}

async fn is_of(app: &App, row: &Model, bills: &BTreeSet<&str>) -> Result<bool, ApiError> {
    let items = items(&app.db, row).await?;
    Ok(items.iter().map(|item| item.bill_id.as_str()).eq(bills.iter().copied()))
}

/// What a payment pays, by the bills' ids.
async fn items(db: &impl ConnectionTrait, row: &Model) -> Result<Vec<payment_item::Model>, ApiError> {
    Ok(payment_item::of_payments(db, std::slice::from_ref(&row.id)).await?)
}

async fn add(app: &App, session: &Session, new: &NewPayment) -> Result<Model, ApiError> {
    let now = app.identity.ambient.millis();
    let row = Model {
        id: new.id.clone(),
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
    for id in &new.bills {
        let bill = bill::by_id(turn.db(), id).await?.ok_or(ApiError::NotFound)?;
        let amount = if new.rest { parts::left(&bill) } else { parts::next(&bill).0 };
        // All of them, or none.
        if amount == 0 || !bill::take(turn.db(), id, &new.id).await? {
            return Err(ApiError::Conflict);
        }
        payment_item::add(turn.db(), &new.id, id, amount).await?;
        let detail = Detail { subject: Some(subject(&bill.e_service, bill.number)), ..app.identity.detail(session) };
        turn.note(Some(&bill.person_id), "payment_begun", &detail).await?;
    }
    payment::add(turn.db(), row.clone()).await?;
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
    row: &Model,
    tries: Tries,
) -> Result<(), ApiError> {
    let now = app.identity.ambient.millis();
    let (mut text, mut cents) = ("Durvis".to_owned(), 0);
    for item in items(&app.db, row).await? {
        let bill = bill::by_id(&app.db, &item.bill_id).await?.ok_or(ApiError::NotFound)?;
        text = format!("{text} {}", Reference::new(bill.number.cast_unsigned()));
        cents += item.amount_cents;
    }
    match banks.initiate(bank, &row.id, cents, &text).await {
        Ok(taken) => Ok(payment::set_waiting(&app.db, &row.id, &taken.bank_payment_id, &taken.redirect, now).await?),
        Err(BankError::Refused(cause)) if tries == Tries::First => {
            tracing::warn!(bank = bank.slug, cause, "a payment was refused");
            fail(app, row).await?;
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
    let bank = banks.find(&row.bank);
    let bank = bank.ok_or_else(|| ApiError::Internal(format!("the payment {} has no bank", row.id)))?;
    if row.state == BEGUN {
        // Whether it was taken, nobody heard: asked again, the bank says so.
        return match initiate(app, (banks, bank), row, Tries::Again).await {
            Ok(()) | Err(ApiError::Silent(..) | ApiError::Broken(_)) => Ok(()),
            Err(error) => Err(error),
        };
    }
    let bank_payment_id = row.bank_payment_id.as_deref().unwrap_or_default();
    let now = app.identity.ambient.millis();
    match banks.status(bank, bank_payment_id).await {
        Ok(Said::Settled) => settle(app, row).await,
        Ok(Said::Rejected) => fail(app, row).await,
        Ok(said) => Ok(payment::set_asked(&app.db, row, Some(said == Said::Pending), now).await?),
        Err(BankError::Silent(cause) | BankError::Refused(cause)) => {
            tracing::warn!(bank = bank.slug, cause, "the bank does not say what became of a payment");
            Ok(payment::set_asked(&app.db, row, None, now).await?)
        }
    }
}

/// The money has moved: payment and bills, once and together.
async fn settle(app: &App, row: &Model) -> Result<(), ApiError> {
    let now = app.identity.ambient.millis();
    let turn = app.identity.turn(&app.db).await?;
    if !payment::finish(turn.db(), &row.id, PAID, now).await? {
        return Ok(());
    }
    for item in items(turn.db(), row).await? {
        let bill = bill::by_id(turn.db(), &item.bill_id).await?.ok_or(ApiError::NotFound)?;
        let paid = parts::paid(&bill, item.amount_cents, Some(&row.id), now);
        let is_its = bill.state == OPEN && bill.payment_id.as_ref() == Some(&row.id);
        if !is_its || paid.paid_cents > bill.amount_cents || !bill::change(turn.db(), &bill, paid.clone()).await? {
            // It cannot be, as a bill has one payment at a time; if it is, somebody gets money back.
            tracing::error!(bill = bill.id, payment = row.id, "A BILL WAS PAID TWICE");
        }
        let content = &format!("{}\n{}", item.amount_cents, bill.institution);
        let whose = (bill.person_id.as_str(), bill.company.as_str());
        record::add(app, turn.db(), New { whose, kind: RecordKind::Paid, number: bill.number, content }).await?;
        documents::make::of_payment(app, turn.db(), (&bill, item.amount_cents), &row.id, &row.lang).await?;
        if paid.state == PAID {
            begin_term(app, turn.db(), &bill.use_id).await?;
        }
        let detail = Detail { subject: Some(subject(&bill.e_service, bill.number)), ..Detail::default() };
        notices::of_bill(app, turn.db(), &bill, NoticeKind::BillPaid).await?;
        turn.note(Some(&bill.person_id), "bill_paid", &detail).await?;
    }
    turn.commit().await
}

/// The bank has said that no money will move: the bills may be paid anew.
async fn fail(app: &App, row: &Model) -> Result<(), ApiError> {
    let now = app.identity.ambient.millis();
    let turn = app.identity.turn(&app.db).await?;
    if !payment::finish(turn.db(), &row.id, FAILED, now).await? {
        return Ok(());
    }
    for item in items(turn.db(), row).await? {
        bill::release(turn.db(), &item.bill_id, &row.id).await?;
        let bill = bill::by_id(turn.db(), &item.bill_id).await?.ok_or(ApiError::NotFound)?;
        let detail = Detail { subject: Some(subject(&bill.e_service, bill.number)), ..Detail::default() };
        // Who has given it up knows; who was told that it is not known yet, does not.
        if row.state == PENDING || row.silent_since.is_some() {
            notices::of_bill(app, turn.db(), &bill, NoticeKind::PaymentFailed).await?;
        }
        turn.note(Some(&bill.person_id), "payment_failed", &detail).await?;
    }
    turn.commit().await
}

/// Gives a payment up that nobody has confirmed: the bank forgets it, and says so.
///
/// # Errors
/// [`ApiError::Conflict`] for one that has ended; [`ApiError::Silent`] when the bank does not answer.
pub async fn give_up(app: &App, session: &Session, id: &str, lang: &str) -> Result<Payment, ApiError> {
    let mut row = own_payment(app, session, id).await?;
    if row.finished_at.is_some() {
        return Err(ApiError::Conflict);
    }
    if row.state == BEGUN {
        reconcile(app, &row).await?;
        row = payment::by_id(&app.db, id).await?.ok_or(ApiError::Conflict)?;
    }
    let bank = app.banks.as_ref().and_then(|banks| Some((banks, banks.find(&row.bank)?)));
    if let (Some((banks, bank)), Some(bank_payment_id), None) = (bank, &row.bank_payment_id, row.finished_at) {
        match banks.cancel(bank, bank_payment_id).await {
            Ok(()) => reconcile(app, &row).await?,
            Err(BankError::Silent(cause) | BankError::Refused(cause)) => return Err(ApiError::Silent("bank", cause)),
        }
    }
    told::payment(app, session, id, lang).await
}

/// Ends a payment of which the bank does not say what became of it, as the operator has heard from the bank by another way. The
/// bank is asked once more before: what it says goes first.
///
/// # Errors
/// [`ApiError::NotFound`]; [`ApiError::Conflict`] for one that has ended, or ends by what the bank says now.
pub async fn end(app: &App, id: &str, is_paid: bool) -> Result<(), ApiError> {
    let row = payment::by_id(&app.db, checked(id)?).await?.ok_or(ApiError::NotFound)?;
    reconcile(app, &row).await?;
    let row = payment::by_id(&app.db, id).await?.filter(|row| row.finished_at.is_none()).ok_or(ApiError::Conflict)?;
    if is_paid { settle(app, &row).await } else { fail(app, &row).await }
}

/// A payment of one's own bills.
///
/// # Errors
/// [`ApiError::NotFound`] for somebody else's.
pub(super) async fn own_payment(app: &App, session: &Session, id: &str) -> Result<Model, ApiError> {
    let row = payment::by_id(&app.db, checked(id)?).await?.ok_or(ApiError::NotFound)?;
    let items = items(&app.db, &row).await?;
    let first = items.first().ok_or(ApiError::NotFound)?;
    own(app, session, &first.bill_id).await?;
    Ok(row)
}

/// Asks for the payments under way whose turn it is; says how many.
///
/// # Errors
/// When the database fails.
pub async fn reconcile_live(app: &App) -> Result<usize, ApiError> {
    let now = app.identity.ambient.millis();
    let mut due = payment::live(&app.db, now - ASK_AFTER[0].1, LOOKED_AT).await?;
    due.retain(|row| {
        let age = now - row.started_at;
        let wait = ASK_AFTER.iter().find(|(young, _)| age < *young).map_or(0, |(_, wait)| *wait);
        now - row.asked_at >= wait
    });
    due.truncate(ASKED);
    let count = due.len();
    // A bank that hangs holds up only some.
    let ask = async |row: Model| {
        let Err(error) = reconcile(app, &row).await else { return Ok(()) };
        // One that cannot be asked for must not stop the others.
        tracing::error!(?error, payment = row.id, "a payment cannot be reconciled");
        payment::set_asked(&app.db, &row, None, now).await
    };
    futures_util::stream::iter(due.into_iter().map(Ok)).try_for_each_concurrent(AT_A_TIME, ask).await?;
    Ok(count)
}

/// Where the citizen goes whom the bank has sent back.
///
/// # Errors
/// [`ApiError::NotFound`] for a payment that is none.
pub async fn come_back(app: &App, id: &str) -> Result<String, ApiError> {
    let row = payment::by_id(&app.db, checked(id)?).await?.ok_or(ApiError::NotFound)?;
    reconcile(app, &row).await?;
    Ok(match &items(&app.db, &row).await?[..] {
        [only] => format!("/{}/bills/{}", row.lang, only.bill_id),
        _ => format!("/{}/bills?payment={}", row.lang, row.id),
    })
}
