//! The institution's side: its queue, a case, and what it does with one. What another institution has to decide, it does not
//! see: for it that does not exist.

use durvis_contract::bill::BillState;
use durvis_contract::case::{Applicant, Case, CaseChange, CaseDetail, CaseStep, Cases, EventKind};
use durvis_contract::e_service::{Day, Reference};
use durvis_contract::identity::Company;
use durvis_contract::notice::NoticeKind;

use super::{Said, Step, events, make, newest, text};
use crate::db::bill;
use crate::db::service_use::{self, Model, Queue};
use crate::error::ApiError;
use crate::identity::audit::Detail;
use crate::uses::told::{iso, state, subject, title};
use crate::uses::{checked, open};
use crate::{App, bills, documents, files, notices};

/// Longest name of an officer, in characters.
const MAX_OFFICER: usize = 100;

/// An institution's people or machine, at work.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Slug of the institution.
    pub institution: String,
    /// From where it asks.
    pub address: String,
    pub who: Who,
}

/// Who works there.
#[derive(Clone, Debug)]
pub enum Who {
    /// The institution's own program, by the name that the operator gave it. It says which officer uses it.
    Client(String),
    /// An officer who has signed in.
    Officer { name: String, person_id: String },
}

impl Desk {
    /// The officer, who may be known already, or else is as said.
    pub(crate) fn officer(&self, said: &str) -> Result<String, ApiError> {
        match &self.who {
            Who::Officer { name, .. } if said.is_empty() || said == name => Ok(name.clone()),
            Who::Officer { .. } => Err(ApiError::broken("officer", "unknown")),
            Who::Client(_) => officer_name(said),
        }
    }

    /// The person who must not decide about themselves.
    fn person(&self) -> Option<&str> {
        match &self.who {
            Who::Officer { person_id, .. } => Some(person_id),
            Who::Client(_) => None,
        }
    }
}

/// A page of the queue: paid, sent, and not decided (or with a disputed bill) unless `state` says otherwise; those to be decided soonest first.
///
/// # Errors
/// When the database fails.
pub async fn queue(
    app: &App,
    desk: &Desk,
    lang: &str,
    state: Option<&str>,
    (limit, offset): (u64, u64),
) -> Result<Cases, ApiError> {
    let wanted = Queue { institution: &desk.institution, not_of: desk.person(), state, limit, offset };
    let (rows, total) = service_use::queue(&app.db, &wanted).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let taken = newest(app, &ids, EventKind::Taken).await?;
    let officer = |row: &Model| taken.get(&row.id).and_then(|event| event.officer.clone());
    let disputed = bill::disputed_of(&app.db, &ids).await?;
    let items =
        rows.iter().map(|row| Case { disputed: disputed.contains(&row.id), ..case(app, row, officer(row), lang) });
    let items = items.collect();
    Ok(Cases { items, total: u32::try_from(total).unwrap_or(u32::MAX) })
}

/// A case with all that is in it. The citizen's log says who has looked.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not this institution's, or waits for its payment.
pub async fn one(app: &App, desk: &Desk, id: &str, officer: &str, lang: &str) -> Result<CaseDetail, ApiError> {
    let officer = desk.officer(officer)?;
    let row = own(app, desk, id).await?;
    app.identity.note(&app.db, row.person_id.as_deref(), "case_read", detail(desk, &row, &officer)).await?;
    detailed(app, row, lang).await
}

async fn detailed(app: &App, row: Model, lang: &str) -> Result<CaseDetail, ApiError> {
    let person = match &row.person_id {
        Some(id) => Some(app.identity.person(&app.db, id).await?),
        None => None,
    };
    let events = events(app, &row.id).await?;
    let taken = events.iter().rfind(|event| event.kind == EventKind::Taken);
    let about = case(app, &row, taken.and_then(|event| event.officer.clone()), lang);
    let came_later = |id: &str| events.iter().flat_map(|event| &event.files).any(|file| file.id == id);
    let with = files::sent_with(app, &row.id).await?;
    let files = with.iter().map(files::Opened::told).filter(|file| !came_later(&file.id)).collect();
    let opened = open(app, row)?;
    let company = opened.kept.company.map(|company| Company { number: company.number, name: company.name });
    let applicant = person.map(|person| Applicant {
        given_name: person.given_name,
        surname: person.surname,
        country: person.country,
        code: person.code,
        company,
    });
    let bills = bills::issue::of_case(app, &about.id).await?;
    let disputed = bills.iter().any(|bill| bill.state == BillState::Disputed);
    let about = Case { disputed, ..about };
    Ok(CaseDetail { about, applicant, answers: opened.kept.answers, files, events, bills })
}

/// A file that came with a case, to be streamed. The citizen's log says who has looked.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not this institution's.
pub async fn file(
    app: &App,
    desk: &Desk,
    (id, file): (&str, &str),
    officer: Option<&str>,
) -> Result<files::Opened, ApiError> {
    let officer = match (&desk.who, officer) {
        (Who::Client(name), None) => name.clone(),
        (_, said) => desk.officer(said.unwrap_or_default())?,
    };
    let row = own(app, desk, id).await?;
    let found = files::sent_with(app, &row.id).await?.into_iter().find(|one| one.told().id == file);
    let found = found.ok_or(ApiError::NotFound)?;
    app.identity.note(&app.db, row.person_id.as_deref(), "case_read", detail(desk, &row, &officer)).await?;
    Ok(found)
}

/// Does something with a case.
///
/// # Errors
/// [`ApiError::Conflict`] where somebody else has changed it since it was seen, or its state does not allow it.
pub async fn change(app: &App, desk: &Desk, id: &str, change: CaseChange, lang: &str) -> Result<CaseDetail, ApiError> {
    let officer = desk.officer(&change.officer)?;
    let over = change.step == CaseStep::TakeOver {};
    let mut said = Said { officer: Some(officer.clone()), ..Said::default() };
    let (kind, notice) = match change.step {
        CaseStep::Take {} | CaseStep::TakeOver {} => (EventKind::Taken, NoticeKind::CaseTaken),
        CaseStep::Ask { text: asked, due } => {
            said.text = Some(text(&asked)?);
            let today = crate::latvia::day(app.identity.ambient.now());
            let due = Day::parse(&due).filter(|due| *due >= today);
            said.due = Some(due.ok_or_else(|| ApiError::broken("due", "not_a_date"))?.to_string());
            (EventKind::Asked, NoticeKind::CaseAsked)
        }
        CaseStep::Tell { text: told } => {
            said.text = Some(text(&told)?);
            (EventKind::Told, NoticeKind::CaseTold)
        }
        CaseStep::Decide { ruling, text: why } => {
            said.text = Some(text(&why)?);
            said.ruling = Some(ruling);
            (EventKind::Decided, NoticeKind::CaseDecided)
        }
    };
    own(app, desk, id).await?;
    let turn = app.identity.turn(&app.db).await?;
    let row = service_use::by_id(turn.db(), id).await?.ok_or(ApiError::NotFound)?;
    let revision = Some(change.revision.cast_signed());
    let step = Step { id: &change.id, kind, said, over, revision, detail: detail(desk, &row, &officer) };
    if make(app, turn.db(), &row, &step).await? {
        if kind == EventKind::Decided {
            documents::make::of_decision(app, turn.db(), &row, &change.id).await?;
        }
        if !over {
            notices::of_use(app, turn.db(), &row, notice).await?;
        }
        turn.note(row.person_id.as_deref(), notice.code(), &step.detail).await?;
        turn.commit().await?;
    } else {
        // Repeated, it is a look at the case.
        turn.note(row.person_id.as_deref(), "case_read", &step.detail).await?;
        turn.commit().await?;
    }
    let row = own(app, desk, id).await?;
    detailed(app, row, lang).await
}

pub(crate) async fn own(app: &App, desk: &Desk, id: &str) -> Result<Model, ApiError> {
    let row = service_use::by_id(&app.db, checked(id)?).await?;
    let row = row.filter(|row| row.institution.as_deref() == Some(&desk.institution) && row.forgotten_at.is_none());
    let row = row.filter(|row| desk.person().is_none_or(|person| row.person_id.as_deref() != Some(person)));
    let row = row.ok_or(ApiError::NotFound)?;
    if crate::bills::is_unpaid(&app.db, id).await? { Err(ApiError::NotFound) } else { Ok(row) }
}

fn case(app: &App, row: &Model, officer: Option<String>, lang: &str) -> Case {
    Case {
        id: row.id.clone(),
        number: Reference::new(row.number.cast_unsigned()),
        e_service: row.e_service.clone(),
        version: row.version.cast_unsigned(),
        title: title(app, &row.e_service, row.version.cast_unsigned(), lang),
        state: state(&row.state),
        revision: row.revision.cast_unsigned(),
        sent_at: iso(row.finished_at.unwrap_or(row.changed_at)),
        changed_at: iso(row.changed_at),
        decide_by: row.decide_by.clone(),
        disputed: false,
        officer,
    }
}

/// A name, as an institution may call an officer.
pub(crate) fn officer_name(name: &str) -> Result<String, ApiError> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= MAX_OFFICER && !name.contains(char::is_control);
    if fits { Ok(name.into()) } else { Err(ApiError::broken("officer", "required")) }
}

/// What the citizen's log says: which institution, and who there.
pub(crate) fn detail(desk: &Desk, row: &Model, officer: &str) -> Detail {
    Detail {
        address: desk.address.clone(),
        agent: Some(format!("{}: {officer}", desk.institution)),
        subject: Some(subject(&row.e_service, row.number)),
        ..Detail::default()
    }
}
