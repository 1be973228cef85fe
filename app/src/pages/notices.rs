//! `/{lang}/notices`: what happened to one's own affairs (W7). What is seen is read.

use durvis_contract::notice::{Notice, NoticeKind, Notices};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::{Key, date_time, key, t};
use crate::load::{Load, load, waiting};
use crate::news::News;
use crate::page::use_page;
use crate::paths::{self, sign_in};
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;

pub fn notices_page() -> AnyView {
    use_page(t(key::NOTICES_TITLE));
    let session = use_session();
    let somebody = Memo::new(move |_| !matches!(session.who(), Who::Nobody | Who::Unknown));
    view! {
        <div class="du-wrap du-section du-stack" data-gap="l" data-width="narrow">
            <h1 class="ds-heading" data-size="xl">{t(key::NOTICES_TITLE)}</h1>
            {dynamic(move || if somebody.get() { own() } else { way_in() })}
        </div>
    }
    .into_any()
}

fn way_in() -> AnyView {
    let href = sign_in(&paths::page(durvis_contract::page::NOTICES));
    view! { <div class="du-row"><a class="ds-button" href=href>{icon("enter")}{t(key::SIGN_IN_OPEN)}</a></div> }
        .into_any()
}

fn own() -> AnyView {
    let (session, news) = (use_session(), expect_context::<News>());
    let (state, below) = (RwSignal::new(Load::<Notices>::Asleep), RwSignal::new(None::<i64>));
    let ask = move || {
        let from = below.get_untracked();
        load(state, async move {
            let notices = session.heard(api::notices::list_notices(from).await)?;
            if let Some(newest) = notices.items.first().filter(|_| from.is_none() && notices.unread > 0) {
                let newest = newest.id;
                spawn_local(async move {
                    if api::notices::put_read(newest).await.is_ok() {
                        news.set_unread(0);
                    }
                });
            }
            Ok(notices)
        });
    };
    Effect::new(move |_| {
        news.came();
        ask();
    });
    let turn = move |to: Option<i64>| {
        below.set(to);
        ask();
    };
    let shown = move |notices: &Notices| {
        if notices.items.is_empty() {
            return view! { <p>{t(key::NOTICES_NONE)}</p> }.into_any();
        }
        let older = notices.below.map(|below| {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| turn(Some(below)))>{t(key::USES_OLDER)}</button> }
        });
        let newest = below.get_untracked().map(|_| {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| turn(None))>{t(key::NOTICES_NEWEST)}</button> }
        });
        view! {
            <ul class="du-list">{list(&notices.items, line)}</ul>
            <div class="du-row">{newest}{older}</div>
        }
        .into_any()
    };
    dynamic(move || {
        state.with(|state| match state {
            Load::Loaded(notices) => shown(notices),
            state => waiting(state, ask),
        })
    })
}

fn line(notice: &Notice) -> AnyView {
    let (symbol, word, is_bill): (_, Key, _) = match notice.kind {
        NoticeKind::CaseTaken => ("clock", key::NOTICE_CASE_TAKEN, false),
        NoticeKind::CaseAsked => ("alert", key::NOTICE_CASE_ASKED, false),
        NoticeKind::CaseTold => ("doc", key::NOTICE_CASE_TOLD, false),
        NoticeKind::CaseDecided => ("check", key::NOTICE_CASE_DECIDED, false),
        NoticeKind::BillMade => ("bill", key::NOTICE_BILL_MADE, true),
        NoticeKind::BillPaid => ("check", key::NOTICE_BILL_PAID, true),
        NoticeKind::PaymentFailed => ("alert", key::NOTICE_PAYMENT_FAILED, true),
    };
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
