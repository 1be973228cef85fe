//! The rules: what the portal reminds of by itself. Each is read page by page, and none needs all of its rows at once.

use durvis_contract::case::EventKind;
use durvis_contract::day::Day;
use durvis_contract::notice::NoticeKind;
use durvis_contract::reminder::Deadline;

use crate::db::{bill, document, notice, service_use};
use crate::error::ApiError;
use crate::files::DAY_MS;
use crate::uses::ASKED;
use crate::uses::retention::DRAFT_DAYS;
use crate::{App, cases};

/// Rows that are read at once.
const PAGE: u64 = 200;
/// How many days before a draft, and answers, are deleted; answers that are kept for less than twice as long, when half of
/// their time is over.
const DRAFT_WARNING_DAYS: i64 = 7;
const ANSWERS_WARNING_DAYS: i64 = 30;
/// For how long a bill whose day is over is looked for.
const OVERDUE_DAYS: i32 = 30;

/// What is reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    AnswerDue,
    BillDue,
    BillOverdue,
    DraftEnds,
    AnswersEnd,
    /// The first time, and the last.
    DocumentExpires,
    DocumentEnds,
}

pub(super) const RULES: [Rule; 7] = [
    Rule::AnswerDue,
    Rule::BillDue,
    Rule::BillOverdue,
    Rule::DraftEnds,
    Rule::AnswersEnd,
    Rule::DocumentExpires,
    Rule::DocumentEnds,
];

impl Rule {
    pub(super) fn kind(self) -> NoticeKind {
        match self {
            Self::AnswerDue => NoticeKind::AnswerDue,
            Self::BillDue => NoticeKind::BillDue,
            Self::BillOverdue => NoticeKind::BillReminded,
            Self::DraftEnds => NoticeKind::DraftEnds,
            Self::AnswersEnd => NoticeKind::AnswersEnd,
            Self::DocumentExpires | Self::DocumentEnds => NoticeKind::DocumentExpires,
        }
    }

    /// As what it has told is written down.
    pub(super) fn code(self) -> &'static str {
        if self == Self::DocumentEnds { "document_ends" } else { self.kind().code() }
    }
}

/// Something to be told of, unless that was done since the moment from which it is as it is: milliseconds since 1970.
pub(super) struct Candidate {
    pub(super) new: notice::New,
    pub(super) since: i64,
}

/// Some of a rule; and the id to go on after, none at the end.
pub(super) struct Page {
    pub(super) found: Vec<Candidate>,
    pub(super) last: Option<String>,
}

/// Those of a rule after an id.
pub(super) async fn page(app: &App, rule: Rule, today: Day, after: &str) -> Result<Page, ApiError> {
    let now = app.identity.ambient.millis();
    let (from, until) = (today.to_string(), |days| today.plus(days).to_string());
    match rule {
        Rule::AnswerDue => asked(app, &until(Deadline::DAYS), after).await,
        Rule::BillDue => bills(app, rule, (&from, &until(Deadline::DAYS)), after).await,
        Rule::BillOverdue => bills(app, rule, (&until(-OVERDUE_DAYS), &until(-1)), after).await,
        Rule::DraftEnds => {
            let before = now - (DRAFT_DAYS - DRAFT_WARNING_DAYS) * DAY_MS;
            let rows = service_use::unchanged(&app.db, &["draft"], before, after, PAGE).await?;
            Ok(of_uses(rows, rule, |_| true))
        }
        Rule::AnswersEnd => {
            let versions = app.e_services.current();
            let rows = service_use::unchanged(&app.db, &["decided", "withdrawn", "answered"], now, after, PAGE).await?;
            Ok(of_uses(rows, rule, |row| {
                let definition = versions.get(&row.e_service, Some(row.version.cast_unsigned()));
                definition.is_some_and(|definition| {
                    let kept = i64::from(definition.retention_days);
                    now >= row.changed_at + (kept - ANSWERS_WARNING_DAYS.min(kept / 2)) * DAY_MS
                })
            }))
        }
        Rule::DocumentExpires | Rule::DocumentEnds => {
            let [first, last] = Deadline::DOCUMENT_DAYS;
            let days = if rule == Rule::DocumentEnds { (from, until(last)) } else { (until(last + 1), until(first)) };
            let rows = document::ending(&app.db, (&days.0, &days.1), after, PAGE).await?;
            let last = rows.last().map(|row| row.id.clone());
            Ok(Page { found: rows.into_iter().map(|row| of_document(row, rule)).collect(), last })
        }
    }
}

/// Questions that are to be answered by a day. When they are due is sealed: all that wait are looked at.
async fn asked(app: &App, until: &str, after: &str) -> Result<Page, ApiError> {
    let rows = service_use::unchanged(&app.db, &[ASKED], i64::MAX, after, PAGE).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let questions = cases::newest(app, &ids, EventKind::Asked).await?;
    Ok(of_uses(rows, Rule::AnswerDue, |row| {
        let due = questions.get(&row.id).and_then(|question| question.due.as_deref());
        due.is_some_and(|due| due <= until)
    }))
}

fn of_uses(rows: Vec<service_use::Model>, rule: Rule, is_due: impl Fn(&service_use::Model) -> bool) -> Page {
    let last = rows.last().map(|row| row.id.clone());
    let due = rows.into_iter().filter(|row| is_due(row));
    let found = due.filter_map(|row| {
        let new = notice::New {
            person_id: row.person_id?,
            company: row.company,
            kind: rule.kind().code(),
            e_service: row.e_service,
            version: row.version,
            number: row.number,
            about: row.id,
        };
        Some(Candidate { new, since: row.changed_at })
    });
    Page { found: found.collect(), last }
}

/// Bills that are due within some days. One in parts has a day for each: what was told of the part before does not count.
async fn bills(app: &App, rule: Rule, days: (&str, &str), after: &str) -> Result<Page, ApiError> {
    let rows = bill::due(&app.db, days, after, PAGE).await?;
    let last = rows.last().map(|row| row.id.clone());
    let found = rows.into_iter().map(|row| {
        let before = if rule == Rule::BillDue { Deadline::DAYS + 1 } else { 0 };
        let first = Day::parse(&row.due).map(|due| i64::from(due.plus(-before).since_epoch()) * DAY_MS);
        let new = notice::New {
            person_id: row.person_id,
            company: row.company,
            kind: rule.kind().code(),
            e_service: row.e_service,
            version: row.version,
            number: row.number,
            about: row.id,
        };
        Candidate { new, since: first.map_or(row.made_at, |first| first.max(row.made_at)) }
    });
    Ok(Page { found: found.collect(), last })
}

fn of_document(row: document::Model, rule: Rule) -> Candidate {
    let new = notice::New {
        person_id: row.person_id,
        company: row.company,
        kind: rule.kind().code(),
        e_service: row.e_service,
        version: row.version,
        number: row.number.unwrap_or_default(),
        about: row.id,
    };
    Candidate { new, since: row.at }
}
