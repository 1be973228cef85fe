//! Reminders: what a citizen has asked to be reminded of, and days that others have set. Told as notices, and by e-mail where
//! the citizen wants that.
//!
//! Inwards: `reminders` -> `notices`, `cases`, `documents` -> `db`.

pub mod round;
mod rules;

use durvis_contract::case::EventKind;
use durvis_contract::day::Day;
use durvis_contract::e_service::Reference;
use durvis_contract::reminder::{Deadline, DeadlineKind, NewReminder, Reminder, ReminderAbout, Reminders, Subject};
use durvis_contract::text::is_forbidden;

use crate::db::reminder::{self, Model};
use crate::db::{bill, description, document, service_use};
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::told::{iso, title};
use crate::uses::{self, ASKED, checked, company_number};
use crate::{App, bills, cases, documents, latvia};

/// One's own reminders, and the days that others have set; and what it is that is asked about.
///
/// # Errors
/// The rule `unknown` for what is asked about and is not one's own; when the database fails.
pub async fn list(
    app: &App,
    session: &Session,
    lang: &str,
    wanted: Option<(ReminderAbout, &str)>,
) -> Result<Reminders, ApiError> {
    let company = company_number(session);
    let whose = (session.person_id.as_str(), company.as_str());
    let mut rows = reminder::to_come(&app.db, whose, Reminders::MAX_LISTED as u64).await?;
    rows.extend(reminder::told(&app.db, whose, (Reminders::MAX_LISTED - rows.len()) as u64).await?);
    let items = rows.into_iter().map(|row| told(app, row, lang)).collect::<Result<_, _>>()?;
    let subject = match wanted {
        Some((kind, id)) => Some(subject(app, about(app, session, kind, id).await?, lang)),
        None => None,
    };
    Ok(Reminders { items, subject, deadlines: deadlines(app, whose, lang).await? })
}

/// The soonest of one's own that are to come.
///
/// # Errors
/// When the database fails.
pub async fn soonest(app: &App, session: &Session, lang: &str, most: u64) -> Result<Vec<Reminder>, ApiError> {
    let company = company_number(session);
    let rows = reminder::to_come(&app.db, (&session.person_id, &company), most).await?;
    rows.into_iter().map(|row| told(app, row, lang)).collect()
}

/// Sets one under an id that the device made; under the id of an own one, gives that a new day and words.
///
/// # Errors
/// The rule that it breaks; [`ApiError::NotFound`] for what is not one's own; [`ApiError::Conflict`] where the id is about
/// something else.
pub async fn set(app: &App, session: &Session, id: &str, new: NewReminder, lang: &str) -> Result<Reminder, ApiError> {
    let id = checked(id)?;
    let (day, text) = (day(app, &new.day)?, words(&new.text)?);
    let sealed = app.identity.seal(&text, &place(id))?;
    if let Some(before) = reminder::by_id(&app.db, id).await? {
        own(&before, session)?;
        if before.kind != new.kind.code() || before.about != new.about {
            return Err(ApiError::Conflict);
        }
        if before.day != day || before.told_at.is_some() || opened(app, &before)? != text {
            reminder::set(&app.db, id, &day, sealed).await?;
        }
    } else {
        if reminder::count(&app.db, &session.person_id).await? >= Reminders::MAX as u64 {
            return Err(ApiError::broken("day", "too_many"));
        }
        let row = Model { id: id.into(), day, sealed, ..about(app, session, new.kind, &new.about).await? };
        reminder::add(&app.db, row).await?;
    }
    told(app, reminder::by_id(&app.db, id).await?.ok_or(ApiError::NotFound)?, lang)
}

/// Deletes one; one that is gone already is no mistake.
///
/// # Errors
/// [`ApiError::NotFound`] for another's.
pub async fn delete(app: &App, session: &Session, id: &str) -> Result<(), ApiError> {
    match reminder::by_id(&app.db, checked(id)?).await? {
        Some(row) => {
            own(&row, session)?;
            Ok(reminder::delete(&app.db, id).await?)
        }
        None => Ok(()),
    }
}

fn own(row: &Model, session: &Session) -> Result<(), ApiError> {
    let is_own = row.person_id == session.person_id && row.company == company_number(session);
    if is_own { Ok(()) } else { Err(ApiError::NotFound) }
}

/// A row about something of one's own, or a service, that has neither id, day nor words.
async fn about(app: &App, session: &Session, kind: ReminderAbout, about: &str) -> Result<Model, ApiError> {
    let none = |error| match error {
        ApiError::NotFound => ApiError::broken("about", "unknown"),
        other => other,
    };
    let (e_service, version, number) = match kind {
        ReminderAbout::Use => {
            let row = uses::own(app, session, about).await.map_err(none)?.row;
            (row.e_service, row.version, row.number)
        }
        ReminderAbout::Bill => {
            let row = bills::own(app, session, about).await.map_err(none)?;
            (row.e_service, row.version, row.number)
        }
        ReminderAbout::Document => {
            let row = documents::own(app, session, about).await.map_err(none)?;
            (row.e_service, row.version, row.number.unwrap_or_default())
        }
        ReminderAbout::Service if description::exists(&app.db, "service", about).await? => (about.to_owned(), 0, 0),
        ReminderAbout::Service => return Err(none(ApiError::NotFound)),
    };
    Ok(Model {
        id: String::new(),
        person_id: session.person_id.clone(),
        company: company_number(session),
        kind: kind.code().into(),
        about: about.into(),
        e_service,
        version,
        number,
        day: String::new(),
        sealed: String::new(),
        told_at: None,
    })
}

fn day(app: &App, text: &str) -> Result<String, ApiError> {
    let day = Day::parse(text).ok_or_else(|| ApiError::broken("day", "not_a_date"))?;
    match day.since(latvia::day(app.identity.ambient.now())) {
        ..=0 => Err(ApiError::broken("day", "too_early")),
        1..=NewReminder::MAX_DAYS => Ok(day.to_string()),
        _ => Err(ApiError::broken("day", "too_late")),
    }
}

fn words(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    if text.chars().count() > NewReminder::MAX_TEXT {
        return Err(ApiError::broken("text", "too_long"));
    }
    if text.contains(is_forbidden) { Err(ApiError::broken("text", "character")) } else { Ok(text.into()) }
}

/// The days that others have set: questions, bills, documents that end.
async fn deadlines(app: &App, whose: (&str, &str), lang: &str) -> Result<Vec<Deadline>, ApiError> {
    let most = Reminders::MAX_DEADLINES as u64;
    let named = |e_service: &str, version: i32| title(app, e_service, version.cast_unsigned(), lang);
    let numbered = |number: i64| (number != 0).then(|| Reference::new(number.cast_unsigned()));
    let asked = service_use::in_state(&app.db, whose, ASKED, most).await?;
    let ids: Vec<String> = asked.iter().map(|row| row.id.clone()).collect();
    let questions = cases::newest(app, &ids, EventKind::Asked).await?;
    let mut found: Vec<Deadline> = asked
        .into_iter()
        .filter_map(|row| {
            let day = questions.get(&row.id)?.due.clone()?;
            let title = named(&row.e_service, row.version);
            Some(Deadline { kind: DeadlineKind::Answer, title, number: numbered(row.number), day, about: row.id })
        })
        .collect();
    found.extend(bill::open_of(&app.db, whose, most).await?.into_iter().map(|row| Deadline {
        kind: DeadlineKind::Bill,
        title: named(&row.e_service, row.version),
        number: numbered(row.number),
        day: row.due,
        about: row.id,
    }));
    let today = latvia::day(app.identity.ambient.now()).to_string();
    let ending = document::valid_from(&app.db, whose, &today, most).await?;
    found.extend(ending.into_iter().map(|row| Deadline {
        kind: DeadlineKind::Document,
        title: named(&row.e_service, row.version),
        number: numbered(row.number.unwrap_or_default()),
        day: row.valid_until.unwrap_or_default(),
        about: row.id,
    }));
    found.sort_by(|one, other| one.day.cmp(&other.day));
    Ok(found)
}

fn told(app: &App, row: Model, lang: &str) -> Result<Reminder, ApiError> {
    let (id, day, told_at) = (row.id.clone(), row.day.clone(), row.told_at.map(iso));
    let text = opened(app, &row)?;
    let Subject { kind, about, title, number } = subject(app, row, lang);
    Ok(Reminder { id, kind, about, title, number, day, text, told_at })
}

fn subject(app: &App, row: Model, lang: &str) -> Subject {
    Subject {
        kind: ReminderAbout::of_code(&row.kind).unwrap_or(ReminderAbout::Service),
        title: named(app, &row.e_service, row.version, lang),
        number: (row.number != 0).then(|| Reference::new(row.number.cast_unsigned())),
        about: row.about,
    }
}

/// What an e-service is called, or a service where there is no version.
pub(crate) fn named(app: &App, slug: &str, version: i32, lang: &str) -> String {
    if version != 0 {
        return title(app, slug, version.cast_unsigned(), lang);
    }
    let released = app.live.current();
    let index = released.indexes.get(lang).or_else(|| released.indexes.values().next());
    let found = index.and_then(|index| index.find(slug).map(|doc| index.doc(doc).name));
    found.unwrap_or_else(|| slug.to_owned())
}

fn opened(app: &App, row: &Model) -> Result<String, ApiError> {
    app.identity.open(&row.sealed, &place(&row.id))
}

/// For what place the words of one are sealed.
pub(crate) fn place(id: &str) -> String {
    format!("reminder:{id}")
}
