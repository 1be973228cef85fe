//! What papers say: a receipt of what was sent, one of a payment, a decision. Out of what is kept, whenever it is asked.

use durvis_contract::case::Ruling;
use durvis_contract::e_service::{Day, Reference};
use durvis_paper::{Block, Check, Lang, Moment, Paper};
use time::OffsetDateTime;

use super::answers::{Told, blocks};
use super::words::{Words, day, moment, money};
use crate::db::document::Model;
use crate::db::{bill, bill_event, case_event, payment, payment_item, service_use};
use crate::error::ApiError;
use crate::identity::person::Person;
use crate::identity::session::Company;
use crate::uses::told::{institution_name, title};
use crate::{App, cases, latvia, uses};

/// A part of a paper's rows.
type Row = (String, String);

/// The paper of a document.
///
/// # Errors
/// When what it tells of is gone.
pub(super) async fn of(app: &App, row: &Model) -> Result<Paper, ApiError> {
    let lang = Lang::of_code(&row.lang);
    let words = Words::of(lang);
    let person = app.identity.person(&app.db, &row.person_id).await?;
    let gone = || ApiError::Internal(format!("what {} tells of is gone", row.source));
    let (kind, blocks) = match row.source.split_once(':') {
        Some(("paid", id)) => {
            let (id, part) = id.split_once(':').map_or((id, None), |(id, part)| (id, Some(part)));
            let bill = bill::by_id(&app.db, id).await?.ok_or_else(gone)?;
            (words.paid, paid(app, lang, (&bill, part), (row.at, &person)).await?)
        }
        Some(("sent", id)) => {
            let row = service_use::by_id(&app.db, id).await?.ok_or_else(gone)?;
            (words.sent, sent(app, lang, row, &person)?)
        }
        Some(("decided", id)) => {
            let event = case_event::by_id(&app.db, id).await?.ok_or_else(gone)?;
            let about = service_use::by_id(&app.db, &event.use_id).await?.ok_or_else(gone)?;
            (words.decided, decided(app, lang, about, event, &person)?)
        }
        _ => return Err(gone()),
    };
    let issuer = row.institution.as_deref().map(|slug| institution_name(app, slug, lang.code()));
    Ok(Paper {
        lang,
        kind: kind.into(),
        title: title(app, &row.e_service, row.version.cast_unsigned(), lang.code()),
        issuer: issuer.unwrap_or_else(|| "Durvis".into()),
        made: made(row.at),
        blocks,
        check: check(app, lang, row),
        page_of: words.page_of.into(),
    })
}

/// What paid a bill, or a part of it: a payment, or an event that says how else the money came.
async fn paid(
    app: &App,
    lang: Lang,
    (bill, part): (&bill::Model, Option<&str>),
    (at, person): (i64, &Person),
) -> Result<Vec<Block>, ApiError> {
    let words = Words::of(lang);
    let payment = match part.or(bill.payment_id.as_deref()) {
        Some(id) => payment::by_id(&app.db, id).await?,
        None => None,
    };
    let cents = match (part, &payment) {
        (None, _) => bill.amount_cents,
        (Some(_), Some(payment)) => {
            let items = payment_item::of_payments(&app.db, std::slice::from_ref(&payment.id)).await?;
            items.iter().filter(|item| item.bill_id == bill.id).map(|item| item.amount_cents).sum()
        }
        (Some(event), None) => {
            let event = bill_event::by_id(&app.db, event).await?.map(|event| crate::bills::events::told(app, event));
            event.transpose()?.and_then(|event| event.amount_cents).unwrap_or_default().into()
        }
    };
    let mut rows = vec![
        row(words.amount, money(lang, cents)),
        row(words.paid_at, moment(lang, at)),
        row(words.recipient, institution_name(app, &bill.institution, lang.code())),
        row(words.bill, Reference::new(bill.number.cast_unsigned()).to_string()),
    ];
    let mut company = None;
    if let Some(sent) = service_use::by_id(&app.db, bill.of()).await? {
        rows.push(row(words.submission, Reference::new(sent.number.cast_unsigned()).to_string()));
        company = uses::open(app, sent)?.kept.company;
    }
    rows.extend(whose(words, person, company.as_ref()));
    if let Some(payment) = payment {
        let bank = app.banks.as_ref().and_then(|banks| banks.find(&payment.bank));
        let bank = bank.map_or_else(|| payment.bank.clone(), |bank| crate::bills::told::name(bank, lang.code()));
        rows.extend([row(words.bank, bank), row(words.payment, payment.id)]);
    }
    Ok(vec![Block::Text(words.paid_text.into()), Block::Rows(rows)])
}

fn sent(app: &App, lang: Lang, about: service_use::Model, person: &Person) -> Result<Vec<Block>, ApiError> {
    let words = Words::of(lang);
    let at = about.finished_at.unwrap_or(about.changed_at);
    let mut rows = vec![
        row(words.submission, Reference::new(about.number.cast_unsigned()).to_string()),
        row(words.sent_at, moment(lang, at)),
    ];
    rows.extend(addressed(app, lang, &about));
    let uses::Opened { row: about, kept } = uses::open(app, about)?;
    rows.extend(whose(words, person, kept.company.as_ref()));
    if let Some(by) = about.decide_by.as_deref().and_then(Day::parse) {
        rows.push(row(words.decide_by, day(lang, by)));
    }
    if let Some(cents) = kept.price_cents().filter(|cents| *cents > 0) {
        rows.push(row(words.price, money(lang, cents.into())));
    }
    let mut all = vec![Block::Text(words.sent_text.into()), Block::Rows(rows)];
    let versions = app.e_services.current();
    if let Some(definition) = versions.get(&about.e_service, Some(about.version.cast_unsigned())) {
        let name = full_name(person);
        let today = latvia::day(time_of(at));
        let told = Told { app, lang, name: &name, today };
        all.extend(blocks(&told, definition, &kept.answers));
    }
    Ok(all)
}

fn decided(
    app: &App,
    lang: Lang,
    about: service_use::Model,
    event: case_event::Model,
    person: &Person,
) -> Result<Vec<Block>, ApiError> {
    let words = Words::of(lang);
    let at = event.at;
    let event = cases::told(app, event)?;
    let mut rows = Vec::new();
    rows.extend(event.ruling.map(|ruling| row(words.ruling, words.ruling_of(ruling))));
    rows.push(row(words.decided_at, moment(lang, at)));
    rows.extend(addressed(app, lang, &about));
    rows.push(row(words.submission, Reference::new(about.number.cast_unsigned()).to_string()));
    let kept = uses::open(app, about)?.kept;
    rows.extend(whose(words, person, kept.company.as_ref()));
    let mut all = vec![Block::Rows(rows), Block::Heading(words.reasons.into())];
    all.extend(event.text.map(Block::Text));
    if event.ruling.is_some_and(|ruling| ruling != Ruling::Closed) {
        all.extend([Block::Heading(words.appeal.into()), Block::Text(words.appeal_text.into())]);
    }
    Ok(all)
}

fn row(name: &str, value: impl Into<String>) -> Row {
    (name.to_owned(), value.into())
}

fn addressed(app: &App, lang: Lang, about: &service_use::Model) -> Option<Row> {
    let slug = about.institution.as_deref()?;
    Some(row(Words::of(lang).institution, institution_name(app, slug, lang.code())))
}

fn whose(words: &Words, person: &Person, company: Option<&Company>) -> Vec<Row> {
    let own = [row(words.person, full_name(person)), row(words.personal_code, person.code.clone())];
    let company = company.map(|company| row(words.company, format!("{} ({})", company.name, company.number)));
    own.into_iter().chain(company).collect()
}

fn full_name(person: &Person) -> String {
    format!("{} {}", person.given_name, person.surname)
}

fn check(app: &App, lang: Lang, row: &Model) -> Check {
    let words = Words::of(lang);
    let number = Reference::new(row.number.unwrap_or_default().cast_unsigned());
    let code = Reference::new(row.code.cast_unsigned());
    let page = format!("{}/{}/genuine", app.site.public_url, lang.code());
    let shown = page.split_once("://").map_or(page.as_str(), |(_, rest)| rest);
    Check {
        // What stands behind `#` goes to no server.
        url: format!("{page}/{number}#{code}"),
        text: words.check.into(),
        shown_url: shown.into(),
        alt: words.alt.into(),
        number: format!("{} {number}", words.number),
        code: format!("{} {code}", words.code),
    }
}

fn time_of(millis: i64) -> OffsetDateTime {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000);
    at.unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn made(millis: i64) -> Moment {
    let at = time_of(millis);
    let year = u16::try_from(at.year()).unwrap_or_default();
    let (month, day) = (u8::from(at.month()), at.day());
    Moment { year, month, day, hour: at.hour(), minute: at.minute(), second: at.second() }
}
