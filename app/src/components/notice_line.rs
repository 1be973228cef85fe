//! A notice in a list.

use durvis_contract::notice::{Notice, NoticeKind};
use durvis_contract::page;
use leptos::prelude::*;

use crate::i18n::{Key, date_time, key, t};
use crate::paths;
use crate::ui::icon::icon;

pub fn notice_line(notice: &Notice) -> AnyView {
    let (symbol, word) = notice_word(notice.kind);
    let href = notice_url(notice.kind, &notice.about);
    let number = notice.number.map(|number| number.to_string());
    let new = (!notice.read).then(|| view! { <span class="ds-tag" data-color="info">{t(key::NOTICES_NEW)}</span> });
    view! {
        <li>
            {icon(symbol)}
            <div class="du-grow">
                <a class="ds-link du-title" href=href>{t(word)}</a>
                <p>{notice.title.clone()}" "<span class="du-soft du-num">{number}</span></p>
                <p class="du-small du-soft du-num">{date_time(&notice.at)}</p>
            </div>
            {new}
        </li>
    }
    .into_any()
}

/// Where more is told of it.
pub fn notice_url(kind: NoticeKind, about: &str) -> String {
    match kind {
        NoticeKind::Reminded => paths::page(page::REMINDERS),
        NoticeKind::DocumentExpires => paths::page(page::DOCUMENTS),
        kind if kind.is_of_bill() => paths::bill(about),
        _ => paths::service_use(about),
    }
}

/// Its icon, and what it is called.
pub fn notice_word(kind: NoticeKind) -> (&'static str, Key) {
    match kind {
        NoticeKind::CaseTaken => ("clock", key::NOTICE_CASE_TAKEN),
        NoticeKind::CaseAsked => ("alert", key::NOTICE_CASE_ASKED),
        NoticeKind::CaseTold => ("doc", key::NOTICE_CASE_TOLD),
        NoticeKind::CaseDecided => ("check", key::NOTICE_CASE_DECIDED),
        NoticeKind::DocumentGiven => ("archive", key::NOTICE_DOCUMENT_GIVEN),
        NoticeKind::BillMade => ("bill", key::NOTICE_BILL_MADE),
        NoticeKind::BillPaid => ("check", key::NOTICE_BILL_PAID),
        NoticeKind::BillReminded => ("alert", key::NOTICE_BILL_REMINDED),
        NoticeKind::BillChanged => ("bill", key::NOTICE_BILL_CHANGED),
        NoticeKind::BillRefunded => ("bill", key::NOTICE_BILL_REFUNDED),
        NoticeKind::PaymentFailed => ("alert", key::NOTICE_PAYMENT_FAILED),
        NoticeKind::Reminded => ("calendar", key::NOTICE_REMINDED),
        NoticeKind::AnswerDue => ("clock", key::NOTICE_ANSWER_DUE),
        NoticeKind::BillDue => ("clock", key::NOTICE_BILL_DUE),
        NoticeKind::DraftEnds => ("clock", key::NOTICE_DRAFT_ENDS),
        NoticeKind::AnswersEnd => ("clock", key::NOTICE_ANSWERS_END),
        NoticeKind::DocumentExpires => ("clock", key::NOTICE_DOCUMENT_EXPIRES),
    }
}
