//! `/{lang}/notices`: what happened to one's own affairs (W7). What is seen is read.

use durvis_contract::notice::Notices;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::notice_line::notice_line;
use crate::components::workspace_frame::{Place, workspace_frame};
use crate::i18n::{key, t};
use crate::load::{Load, refresh, waiting};
use crate::news::News;
use crate::session::use_session;
use crate::ui::erased::{dynamic, list, on};

pub fn notices_page() -> AnyView {
    workspace_frame(Place::Notices, t(key::NOTICES_TITLE), None, own)
}

fn own() -> AnyView {
    let (session, news) = (use_session(), expect_context::<News>());
    let (state, below) = (RwSignal::new(Load::<Notices>::Asleep), RwSignal::new(None::<i64>));
    let ask = move || {
        let from = below.get_untracked();
        refresh(state, async move {
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
            <ul class="du-list">{list(&notices.items, notice_line)}</ul>
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
