//! A notice in a list.

use durvis_contract::notice::{Notice, NoticeKind};
use leptos::prelude::*;

use crate::i18n::{Key, date_time, key, t};
use crate::paths;
use crate::ui::icon::icon;

pub fn notice_line(notice: &Notice) -> AnyView {
    let (symbol, word, is_bill) = notice_word(notice.kind);
    let href = if is_bill { paths::bill(&notice.about) } else { paths::service_use(&notice.about) };
    let new = (!notice.read).then(|| view! { <span class="ds-tag" data-color="info">{t(key::NOTICES_NEW)}</span> });
    view! {
        <li>
            {icon(symbol)}
            <div class="du-grow">
                <a class="ds-link du-title" href=href>{t(word)}</a>
                <p>{notice.title.clone()}" "<span class="du-soft du-num">{notice.number.to_string()}</span></p>
                <p class="du-small du-soft du-num">{date_time(&notice.at)}</p>
            </div>
            {new}
        </li>
    }
    .into_any()
}

/// Its icon, what it is called, and whether it is about a bill.
pub fn notice_word(kind: NoticeKind) -> (&'static str, Key, bool) {
    match kind {
        NoticeKind::CaseTaken => ("clock", key::NOTICE_CASE_TAKEN, false),
        NoticeKind::CaseAsked => ("alert", key::NOTICE_CASE_ASKED, false),
        NoticeKind::CaseTold => ("doc", key::NOTICE_CASE_TOLD, false),
        NoticeKind::CaseDecided => ("check", key::NOTICE_CASE_DECIDED, false),
        NoticeKind::DocumentGiven => ("archive", key::NOTICE_DOCUMENT_GIVEN, false),
        NoticeKind::BillMade => ("bill", key::NOTICE_BILL_MADE, true),
        NoticeKind::BillPaid => ("check", key::NOTICE_BILL_PAID, true),
        NoticeKind::PaymentFailed => ("alert", key::NOTICE_PAYMENT_FAILED, true),
    }
}
