//! The overview of somebody's workspace: one request, a constant number of queries.

use durvis_contract::bill::BillState;
use durvis_contract::case::EventKind;
use durvis_contract::e_service::Reference;
use durvis_contract::overview::{Overview, Task, TaskKind};

use crate::App;
use crate::bills;
use crate::bills::told::Wanted;
use crate::cases;
use crate::db::service_use;
use crate::documents;
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::notices;
use crate::reminders;
use crate::uses::told::{about, list};
use crate::uses::{ASKED, company_number, open};

/// What is to be done, and what is going on.
///
/// # Errors
/// When the database fails.
pub async fn overview(app: &App, session: &Session, lang: &str) -> Result<Overview, ApiError> {
    let uses = list(app, session, lang, Overview::MAX_USES, 0).await?;
    let to_pay = Wanted { paid: Some(false), max_cents: u64::MAX, ..Wanted::default() };
    // Those to be paid first are looked through for those of which nobody knows.
    let mut bills = bills::told::list(app, session, lang, &to_pay, (Overview::MAX_TASKS, 0)).await?;
    let notices = notices::list(app, session, lang, None, Overview::MAX_NOTICES.into()).await?.items;
    let mut tasks = asked(app, session, lang).await?;
    let unknown = bills.items.iter().filter(|bill| bill.state == BillState::Unknown);
    tasks.extend(unknown.map(|bill| Task {
        kind: TaskKind::LookAtPayment,
        about: bill.id.clone(),
        title: bill.title.clone(),
        number: bill.number,
        institution: Some(bill.institution.clone()),
        text: None,
        due: None,
    }));
    // What has no day comes last.
    tasks.sort_by(|one, other| (one.due.is_none(), &one.due).cmp(&(other.due.is_none(), &other.due)));
    tasks.truncate(Overview::MAX_TASKS);
    bills.items.truncate(Overview::MAX_BILLS);
    let documents = documents::told::newest(app, session, lang, Overview::MAX_DOCUMENTS).await?;
    let reminders = reminders::soonest(app, session, lang, Overview::MAX_REMINDERS).await?;
    Ok(Overview { tasks, uses: uses.items, uses_total: uses.total, bills, notices, documents, reminders })
}

/// What institutions wait for.
async fn asked(app: &App, session: &Session, lang: &str) -> Result<Vec<Task>, ApiError> {
    let company = company_number(session);
    let most = Overview::MAX_TASKS as u64;
    let rows = service_use::in_state(&app.db, (&session.person_id, &company), ASKED, most).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let questions = cases::newest(app, &ids, EventKind::Asked).await?;
    rows.into_iter()
        .map(|row| {
            let question = questions.get(&row.id);
            let use_of = about(app, &open(app, row)?, lang);
            Ok(Task {
                kind: TaskKind::Answer,
                about: use_of.id,
                title: use_of.title,
                number: Reference::new(use_of.number.number()),
                institution: use_of.institution,
                text: question.and_then(|question| question.text.clone()),
                due: question.and_then(|question| question.due.clone()),
            })
        })
        .collect()
}
