//! What the one who asks is told of their bills and payments.

use durvis_contract::bill::{Bill, BillEvent, BillState, Bills};
use durvis_contract::day::Day;
use durvis_contract::e_service::Reference;
use durvis_contract::payment::{PayingBank, Payment, PaymentState};
use sea_orm::DatabaseConnection;

use super::bank::BankSettings;
use super::{BEGUN, CANCELLED, FAILED, OPEN, PAID, PENDING, events, issue, own, parts, pay};
use crate::db::bill::{self, Model};
use crate::db::{payment, payment_item};
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::company_number;
use crate::uses::told::{institution_name, iso, title};
use crate::{App, latvia};

/// How long what the bank has said is believed to be of now.
const FRESH_MS: i64 = 3_000;

/// What is looked for in one's bills. Days are ISO 8601.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub paid: Option<bool>,
    pub state: Option<BillState>,
    /// Words of the title, the institution or the number; all of them.
    pub words: Vec<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub min_cents: u64,
    pub max_cents: u64,
}

/// A page of one's own bills: those to be paid first, by their day; then the newest. Looked for in all of them.
///
/// # Errors
/// When the database fails.
pub async fn list(
    app: &App,
    session: &Session,
    lang: &str,
    wanted: &Wanted,
    (limit, offset): (usize, usize),
) -> Result<Bills, ApiError> {
    let company = company_number(session);
    let state_code = wanted.paid.map(|paid| if paid { PAID } else { OPEN });
    let rows = bill::of_person(&app.db, (&session.person_id, &company), state_code).await?;
    let under_way: Vec<String> =
        rows.iter().filter(|row| row.state == OPEN).filter_map(|row| row.payment_id.clone()).collect();
    let live = payment::by_ids(&app.db, &under_way).await?;
    let today = latvia::day(app.identity.ambient.now());
    let mut found: Vec<(Model, String, String)> = rows
        .into_iter()
        .map(|row| {
            let (title, institution) = (
                title(app, &row.e_service, row.version.cast_unsigned(), lang),
                institution_name(app, &row.institution, lang),
            );
            (row, title, institution)
        })
        .filter(|(row, title, institution)| {
            let payment = live.iter().find(|one| Some(&one.id) == row.payment_id.as_ref());
            wanted.fits(row, title, institution, || state(row, payment, today))
        })
        .collect();
    found.sort_by(|(one, ..), (other, ..)| {
        let to_pay = |row: &Model| row.state == OPEN;
        let by_day = if to_pay(one) { one.due.cmp(&other.due) } else { other.paid_at.cmp(&one.paid_at) };
        to_pay(other).cmp(&to_pay(one)).then(by_day).then(one.id.cmp(&other.id))
    });
    // Of what is to be paid, what is left; of what was paid, what was.
    let cents = |row: &Model| match row.state.as_str() {
        OPEN if row.disputed => 0,
        OPEN => parts::left(row),
        _ => row.paid_cents,
    };
    let total_cents = found.iter().map(|(row, ..)| cents(row).unsigned_abs()).sum();
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let page: Vec<_> = found.into_iter().skip(offset).take(limit).collect();
    let ids: Vec<String> = page.iter().filter_map(|(row, ..)| row.payment_id.clone()).collect();
    let payments = payment::by_ids(&app.db, &ids).await?;
    let items = payment_item::of_payments(&app.db, &ids).await?;
    let told = page.into_iter().map(|(row, title, institution)| {
        let payment = payments.iter().find(|one| Some(&one.id) == row.payment_id.as_ref());
        about(app, row, payment.map(|row| (row, &items[..])), lang, (title, institution))
    });
    Ok(Bills { items: told.collect::<Result<_, _>>()?, total, total_cents })
}

/// All of one's own, each with what happened to it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn all(app: &App, session: &Session, lang: &str, most: usize) -> Result<Bills, ApiError> {
    let wanted = Wanted { max_cents: u64::MAX, ..Wanted::default() };
    let mut bills = list(app, session, lang, &wanted, (most, 0)).await?;
    let ids: Vec<String> = bills.items.iter().map(|bill| bill.id.clone()).collect();
    let mut events = events::of_bills(app, &app.db, &ids).await?;
    for bill in &mut bills.items {
        bill.events = nameless(events.remove(&bill.id));
    }
    Ok(bills)
}

/// Who of the institution did it stands in the log.
fn nameless(events: Option<Vec<BillEvent>>) -> Vec<BillEvent> {
    events.into_iter().flatten().map(|event| BillEvent { officer: None, ..event }).collect()
}

impl Wanted {
    fn fits(&self, row: &Model, title: &str, institution: &str, state: impl Fn() -> BillState) -> bool {
        let number = Reference::new(row.number.cast_unsigned());
        let text = format!("{title} {institution} {number}").to_lowercase();
        let day = iso(row.paid_at.unwrap_or(row.made_at));
        let day = day.get(..10).unwrap_or_default();
        let cents = row.amount_cents.unsigned_abs();
        self.words.iter().all(|word| text.contains(&word.to_lowercase()))
            && self.from.as_deref().is_none_or(|from| day >= from)
            && self.until.as_deref().is_none_or(|until| day <= until)
            && (self.min_cents..=self.max_cents).contains(&cents)
            && self.state.is_none_or(|wanted| wanted == state())
    }
}

/// One of one's own; the bank is asked where a payment is under way.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not one's own.
pub async fn one(app: &App, session: &Session, id: &str, lang: &str) -> Result<Bill, ApiError> {
    let mut row = own(app, session, id).await?;
    if let Some(payment_id) = row.payment_id.clone().filter(|_| row.state == OPEN)
        && let Some(live) = payment::by_id(&app.db, &payment_id).await?
        && app.identity.ambient.millis() - live.asked_at >= FRESH_MS
    {
        pay::reconcile(app, &live).await?;
        row = own(app, session, id).await?;
    }
    let ids: Vec<String> = row.payment_id.iter().cloned().collect();
    let (payments, items) = (payment::by_ids(&app.db, &ids).await?, payment_item::of_payments(&app.db, &ids).await?);
    let (title, institution) =
        (title(app, &row.e_service, row.version.cast_unsigned(), lang), institution_name(app, &row.institution, lang));
    let bill_id = row.id.clone();
    let told = about(app, row, payments.first().map(|row| (row, &items[..])), lang, (title, institution))?;
    let events = events::of_bills(app, &app.db, std::slice::from_ref(&bill_id)).await?.remove(&bill_id);
    Ok(Bill { events: nameless(events), ..told })
}

/// A payment of one's own; the bank is asked where it is under way.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not one's own.
pub async fn payment(app: &App, session: &Session, id: &str, lang: &str) -> Result<Payment, ApiError> {
    let mut row = pay::own_payment(app, session, id).await?;
    if row.finished_at.is_none() && app.identity.ambient.millis() - row.asked_at >= FRESH_MS {
        pay::reconcile(app, &row).await?;
        row = pay::own_payment(app, session, id).await?;
    }
    let items = payment_item::of_payments(&app.db, std::slice::from_ref(&row.id)).await?;
    Ok(told(app, &row, &items, lang))
}

/// A payment under way, as the operator sees it.
#[derive(Clone, Debug)]
pub struct UnderWay {
    pub id: String,
    /// Slug of the bank.
    pub bank: String,
    /// ISO 8601, UTC.
    pub started_at: String,
    /// Since when the bank does not answer.
    pub silent_since: Option<String>,
    pub cents: i64,
    /// Numbers of its bills.
    pub bills: Vec<String>,
}

/// Payments under way, those asked about longest ago first.
///
/// # Errors
/// When the database fails.
pub async fn under_way(db: &DatabaseConnection, most: u64) -> Result<Vec<UnderWay>, ApiError> {
    let mut all = Vec::new();
    for row in payment::live(db, i64::MAX, most).await? {
        let (mut cents, mut bills) = (0, Vec::new());
        for item in payment_item::of_payments(db, std::slice::from_ref(&row.id)).await? {
            cents += item.amount_cents;
            let found = bill::by_id(db, &item.bill_id).await?;
            bills.extend(found.map(|bill| Reference::new(bill.number.cast_unsigned()).to_string()));
        }
        let silent_since = row.silent_since.map(iso);
        all.push(UnderWay { id: row.id, bank: row.bank, started_at: iso(row.started_at), silent_since, cents, bills });
    }
    Ok(all)
}

/// The banks that one can pay with.
#[must_use]
pub fn banks(app: &App, lang: &str) -> Vec<PayingBank> {
    let banks = app.banks.iter().flat_map(|banks| &banks.settings.banks);
    banks.map(|bank| PayingBank { slug: bank.slug.clone(), name: name(bank, lang) }).collect()
}

fn about(
    app: &App,
    row: Model,
    payment: Option<(&payment::Model, &[payment_item::Model])>,
    lang: &str,
    (title, institution): (String, String),
) -> Result<Bill, ApiError> {
    let cents = |cents: i64| u32::try_from(cents).unwrap_or(u32::MAX);
    let state = state(&row, payment.map(|(row, _)| row), latvia::day(app.identity.ambient.now()));
    let is_open = row.state == OPEN && !row.disputed;
    Ok(Bill {
        purpose: issue::purpose_of(app, &row)?,
        use_id: row.of().to_owned(),
        number: Reference::new(row.number.cast_unsigned()),
        title,
        institution,
        amount_cents: cents(row.amount_cents),
        paid_cents: cents(row.paid_cents),
        refunded_cents: cents(row.refunded_cents),
        to_pay_cents: if is_open { cents(parts::next(&row).0) } else { 0 },
        state,
        parts: parts::of(&row),
        events: Vec::new(),
        id: row.id,
        due: row.due,
        made_at: iso(row.made_at),
        paid_at: row.paid_at.map(iso),
        payment: payment.map(|(row, items)| told(app, row, items, lang)),
    })
}

/// How far a bill is, with the payment under way.
pub(super) fn state(row: &Model, payment: Option<&payment::Model>, today: Day) -> BillState {
    if row.state == CANCELLED {
        return BillState::Cancelled;
    }
    if row.state == PAID {
        return if row.refunded_cents > 0 { BillState::Refunded } else { BillState::Paid };
    }
    match payment {
        Some(live) if live.silent_since.is_some() || live.state == PENDING => BillState::Unknown,
        Some(_) => BillState::Paying,
        None if row.disputed => BillState::Disputed,
        None if row.parts.is_some() => BillState::InInstalments,
        None if row.paid_cents > 0 => BillState::PartPaid,
        None if row.reminded_at.is_some() || row.due < today.to_string() => BillState::Reminded,
        None => BillState::Open,
    }
}

/// A payment, with those of some items that are its own.
fn told(app: &App, row: &payment::Model, items: &[payment_item::Model], lang: &str) -> Payment {
    let own = || items.iter().filter(|item| item.payment_id == row.id);
    let bank = app.banks.as_ref().and_then(|banks| banks.find(&row.bank));
    let is_decided = row.finished_at.is_some() || row.state == PENDING || row.state == BEGUN;
    let state = match row.state.as_str() {
        PAID => PaymentState::Paid,
        FAILED => PaymentState::Failed,
        PENDING => PaymentState::Unknown,
        _ if row.silent_since.is_some() => PaymentState::Unknown,
        _ => PaymentState::Waiting,
    };
    Payment {
        id: row.id.clone(),
        bank: bank.map_or_else(|| row.bank.clone(), |bank| name(bank, lang)),
        state,
        amount_cents: u32::try_from(own().map(|item| item.amount_cents).sum::<i64>()).unwrap_or(u32::MAX),
        bills: own().map(|item| item.bill_id.clone()).collect(),
        started_at: iso(row.started_at),
        silent_since: row.silent_since.map(iso),
        redirect: row.redirect.clone().filter(|_| !is_decided),
    }
}

pub(crate) fn name(bank: &BankSettings, lang: &str) -> String {
    let name = bank.name.get(lang).or_else(|| bank.name.get("lv")).or_else(|| bank.name.values().next());
    name.cloned().unwrap_or_else(|| bank.slug.clone())
}
