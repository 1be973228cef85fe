//! The letters of notices. A row is taken before its letter is sent, and marked after: a server that dies in between leaves it
//! taken, and the one that takes it again says in the letter that it may have come before.

use durvis_contract::case::EventKind;
use durvis_contract::e_service::Reference;
use durvis_contract::identity::ByMail;
use durvis_contract::notice::NoticeKind;
use durvis_contract::page;

use super::{NOBODY, stop};
use crate::db::notice::{self, Model};
use crate::db::service_use;
use crate::error::ApiError;
use crate::post::{self, Letter, Undelivered};
use crate::reminders::named;
use crate::uses::{self, Reply};
use crate::{App, cases};

/// How long a server may be at one letter.
const TAKEN_MS: i64 = 120_000;
/// How long it waits after the first failure, doubling, and at most.
const AGAIN_MS: i64 = 60_000;
const AGAIN_MOST_MS: i64 = 6 * 3_600_000;
/// How often a letter is tried: some two days.
const TRIES: i32 = 16;
/// Letters of one round.
const AT_ONCE: u64 = 50;

/// Sends what is due; says how many went.
///
/// # Errors
/// When the database fails. What the mail server does not take waits for its next turn.
pub async fn send_due(app: &App) -> Result<usize, ApiError> {
    let mut sent = 0;
    for row in notice::due(&app.db, app.identity.ambient.millis(), AT_ONCE).await? {
        sent += usize::from(send(app, row).await?);
    }
    Ok(sent)
}

async fn send(app: &App, row: Model) -> Result<bool, ApiError> {
    let now = app.identity.ambient.millis();
    let is_repeated = row.mail_repeated || row.mail == "going";
    if !notice::take(&app.db, &row, now + TAKEN_MS).await? {
        return Ok(false);
    }
    if row.person_id == NOBODY {
        return reply(app, row, is_repeated).await;
    }
    let contact = app.identity.contact(&app.db, &row.person_id).await?;
    // Without a mail server nothing is kept for a day when there is one.
    let wanted = NoticeKind::of_code(&row.kind).filter(|_| app.post.is_set());
    let wanted = wanted.filter(|kind| is_wanted(*kind, contact.by_mail));
    let (Some(kind), Some(to)) = (wanted, contact.email) else {
        notice::set_mail(&app.db, &row, "none", now).await?;
        return Ok(false);
    };
    let number = Some(row.number).filter(|number| *number != 0).map(|number| Reference::new(number.cast_unsigned()));
    let (lang, number) = (contact.lang, number.map(|number| number.to_string()).unwrap_or_default());
    let title = named(app, &row.e_service, row.version, &lang);
    let origin = &app.site.public_url;
    let link = format!("{origin}/{lang}/{}", page(kind, &row.about));
    let settings = format!("{origin}/{lang}/account");
    let stop = format!("{origin}{}", stop::path(app, &row.person_id));
    let again = if is_repeated { post::POSSIBLY_REPEATED.in_language(&lang).trim_end() } else { "" };
    let values = [
        ("title", title.as_str()),
        ("number", number.as_str()),
        ("link", link.as_str()),
        ("settings", settings.as_str()),
        ("stop", stop.as_str()),
        ("again", again),
    ];
    let delivered = app.post.deliver(&to, letter(kind), &lang, &values).await;
    finish(app, row, is_repeated, delivered).await
}

/// Writes down what became of a letter; says whether it went.
async fn finish(
    app: &App,
    mut row: Model,
    is_repeated: bool,
    delivered: Result<(), Undelivered>,
) -> Result<bool, ApiError> {
    let now = app.identity.ambient.millis();
    let (mail, next) = match delivered {
        Ok(()) => ("sent", now),
        Err(undelivered) => {
            row.mail_repeated = is_repeated || matches!(undelivered, Undelivered::Unknown(_));
            let is_last = matches!(undelivered, Undelivered::Never(_)) || row.mail_tries + 1 >= TRIES;
            let wait = AGAIN_MS.saturating_mul(1 << row.mail_tries.clamp(0, 20)).min(AGAIN_MOST_MS);
            tracing::warn!(notice = row.id, ?undelivered, is_last, "a letter is not delivered");
            if is_last { ("failed", now) } else { ("waiting", now + wait) }
        }
    };
    notice::set_mail(&app.db, &row, mail, next).await?;
    Ok(mail == "sent")
}

/// To who was not signed in: they have no page to look at, so what was said stands in the letter.
async fn reply(app: &App, row: Model, is_repeated: bool) -> Result<bool, ApiError> {
    let used = service_use::by_id(&app.db, &row.about).await?;
    let reply = used.map(|used| uses::open(app, used)).transpose()?.and_then(|opened| opened.kept.reply);
    let wanted = match NoticeKind::of_code(&row.kind) {
        Some(NoticeKind::CaseTaken) => Some((&post::REPLY_TAKEN, None)),
        Some(NoticeKind::CaseAsked) => Some((&post::REPLY_TOLD, Some(EventKind::Asked))),
        Some(NoticeKind::CaseTold) => Some((&post::REPLY_TOLD, Some(EventKind::Told))),
        Some(NoticeKind::CaseDecided) => Some((&post::REPLY_ENDED, Some(EventKind::Decided))),
        _ => None,
    };
    let (Some(Reply { email, lang }), Some((letter, event))) = (reply.filter(|_| app.post.is_set()), wanted) else {
        notice::set_mail(&app.db, &row, "none", app.identity.ambient.millis()).await?;
        return Ok(false);
    };
    let said = match event {
        Some(kind) => cases::newest(app, std::slice::from_ref(&row.about), kind).await?.remove(&row.about),
        None => None,
    };
    let text = said.and_then(|said| said.text).unwrap_or_default();
    let number = Reference::new(row.number.cast_unsigned()).to_string();
    let again = if is_repeated { post::POSSIBLY_REPEATED.in_language(&lang).trim_end() } else { "" };
    let values = [("number", number.as_str()), ("text", text.as_str()), ("again", again)];
    let delivered = app.post.deliver(&email, letter, &lang, &values).await;
    finish(app, row, is_repeated, delivered).await
}

fn is_wanted(kind: NoticeKind, by_mail: ByMail) -> bool {
    match kind {
        NoticeKind::CaseAsked | NoticeKind::AnswerDue => by_mail.tasks,
        NoticeKind::CaseTaken | NoticeKind::CaseTold | NoticeKind::CaseDecided => by_mail.progress,
        NoticeKind::DocumentGiven | NoticeKind::DocumentExpires => by_mail.documents,
        NoticeKind::BillMade
        | NoticeKind::BillPaid
        | NoticeKind::BillReminded
        | NoticeKind::BillChanged
        | NoticeKind::BillRefunded
        | NoticeKind::PaymentFailed
        | NoticeKind::BillDue => by_mail.bills,
        NoticeKind::Reminded | NoticeKind::DraftEnds | NoticeKind::AnswersEnd => by_mail.reminders,
    }
}

/// Where more is told of it.
fn page(kind: NoticeKind, about: &str) -> String {
    match kind {
        NoticeKind::Reminded => page::REMINDERS.into(),
        NoticeKind::DocumentExpires => page::DOCUMENTS.into(),
        kind if kind.is_of_bill() => format!("{}/{about}", page::BILLS),
        _ => format!("{}/{about}", page::USES),
    }
}

fn letter(kind: NoticeKind) -> &'static Letter {
    match kind {
        NoticeKind::CaseTaken => &post::CASE_TAKEN,
        NoticeKind::CaseAsked => &post::CASE_ASKED,
        NoticeKind::CaseTold => &post::CASE_TOLD,
        NoticeKind::CaseDecided => &post::CASE_DECIDED,
        NoticeKind::DocumentGiven => &post::DOCUMENT_GIVEN,
        NoticeKind::BillMade => &post::BILL_MADE,
        NoticeKind::BillPaid => &post::BILL_PAID,
        NoticeKind::PaymentFailed => &post::PAYMENT_FAILED,
        NoticeKind::Reminded => &post::REMINDED,
        NoticeKind::AnswerDue => &post::ANSWER_DUE,
        NoticeKind::BillDue => &post::BILL_DUE,
        NoticeKind::BillReminded => &post::BILL_REMINDED,
        NoticeKind::BillChanged => &post::BILL_CHANGED,
        NoticeKind::BillRefunded => &post::BILL_REFUNDED,
        NoticeKind::DraftEnds => &post::DRAFT_ENDS,
        NoticeKind::AnswersEnd => &post::ANSWERS_END,
        NoticeKind::DocumentExpires => &post::DOCUMENT_EXPIRES,
    }
}
