//! What the one who asks is told of their bills.

use durvis_contract::bill::{Bill, BillState, Bills, PayingBank, Payment};
use durvis_contract::e_service::Reference;

use super::bank::BankSettings;
use super::{BEGUN, CANCELLED, OPEN, PAID, PENDING, issue, own, pay};
use crate::App;
use crate::db::bill::{self, Model};
use crate::db::payment;
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::company_number;
use crate::uses::told::{institution_name, iso, title};

/// How long what the bank has said is believed to be of now.
const FRESH_MS: i64 = 3_000;

/// What is looked for in one's bills. Days are ISO 8601.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub paid: Option<bool>,
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
    let rows = bill::of_person(&app.db, &session.person_id, &company_number(session)).await?;
    let mut found: Vec<(Model, String, String)> = rows
        .into_iter()
        .map(|row| {
            let (title, institution) = (
                title(app, &row.e_service, row.version.cast_unsigned(), lang),
                institution_name(app, &row.institution, lang),
            );
            (row, title, institution)
        })
        .filter(|(row, title, institution)| wanted.fits(row, title, institution))
        .collect();
    found.sort_by(|(one, ..), (other, ..)| {
        let to_pay = |row: &Model| row.state == OPEN;
        let by_day = if to_pay(one) { one.due.cmp(&other.due) } else { other.paid_at.cmp(&one.paid_at) };
        to_pay(other).cmp(&to_pay(one)).then(by_day).then(one.id.cmp(&other.id))
    });
    let total_cents = found.iter().map(|(row, ..)| row.amount_cents.unsigned_abs()).sum();
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let page: Vec<_> = found.into_iter().skip(offset).take(limit).collect();
    let ids: Vec<String> = page.iter().filter_map(|(row, ..)| row.payment_id.clone()).collect();
    let payments = payment::by_ids(&app.db, &ids).await?;
    let items = page.into_iter().map(|(row, title, institution)| {
        let payment = payments.iter().find(|one| Some(&one.id) == row.payment_id.as_ref());
        about(app, row, payment, lang, title, institution)
    });
    Ok(Bills { items: items.collect::<Result<_, _>>()?, total, total_cents })
}

impl Wanted {
    fn fits(&self, row: &Model, title: &str, institution: &str) -> bool {
        let number = Reference::new(row.number.cast_unsigned());
        let text = format!("{title} {institution} {number}").to_lowercase();
        let day = iso(row.paid_at.unwrap_or(row.made_at));
        let day = day.get(..10).unwrap_or_default();
        let cents = row.amount_cents.unsigned_abs();
        self.paid.is_none_or(|paid| row.state == if paid { PAID } else { OPEN })
            && self.words.iter().all(|word| text.contains(&word.to_lowercase()))
            && self.from.as_deref().is_none_or(|from| day >= from)
            && self.until.as_deref().is_none_or(|until| day <= until)
            && (self.min_cents..=self.max_cents).contains(&cents)
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
    let payment = match &row.payment_id {
        Some(payment_id) => payment::by_id(&app.db, payment_id).await?,
        None => None,
    };
    let (title, institution) =
        (title(app, &row.e_service, row.version.cast_unsigned(), lang), institution_name(app, &row.institution, lang));
    about(app, row, payment.as_ref(), lang, title, institution)
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
    payment: Option<&payment::Model>,
    lang: &str,
    title: String,
    institution: String,
) -> Result<Bill, ApiError> {
    let state = match payment {
        _ if row.state == PAID => BillState::Paid,
        _ if row.state == CANCELLED => BillState::Cancelled,
        None => BillState::Open,
        Some(live) if live.silent_since.is_some() || live.state == PENDING => BillState::Unknown,
        Some(_) => BillState::Paying,
    };
    let bank_name = |slug: &str| {
        let found = app.banks.as_ref().and_then(|banks| banks.find(slug));
        found.map_or_else(|| slug.to_owned(), |bank| name(bank, lang))
    };
    let payment = payment.map(|live| Payment {
        id: live.id.clone(),
        bank: bank_name(&live.bank),
        started_at: iso(live.started_at),
        silent_since: live.silent_since.map(iso),
        redirect: live
            .redirect
            .clone()
            .filter(|_| live.finished_at.is_none() && live.state != PENDING && live.state != BEGUN),
    });
    Ok(Bill {
        purpose: issue::purpose_of(app, &row)?,
        use_id: row.of().to_owned(),
        id: row.id,
        number: Reference::new(row.number.cast_unsigned()),
        title,
        institution,
        amount_cents: u32::try_from(row.amount_cents).unwrap_or(u32::MAX),
        state,
        due: row.due,
        made_at: iso(row.made_at),
        paid_at: row.paid_at.map(iso),
        payment,
    })
}

pub(crate) fn name(bank: &BankSettings, lang: &str) -> String {
    let name = bank.name.get(lang).or_else(|| bank.name.get("lv")).or_else(|| bank.name.values().next());
    name.cloned().unwrap_or_else(|| bank.slug.clone())
}
