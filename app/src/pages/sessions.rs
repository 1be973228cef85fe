//! `/{lang}/account/sessions`: where the citizen is signed in, and the end of it, for one or for all.

use durvis_contract::identity::OpenSession;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::browser_name::browser_name;
use crate::components::problem::problem;
use crate::components::workspace_frame::{Place, workspace_frame};
use crate::i18n::{date_time, key, t, tf};
use crate::load::{Load, load, waiting};
use crate::offline::favourites::use_favourites;
use crate::page::announce;
use crate::session::use_session;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;

pub fn sessions_page() -> AnyView {
    workspace_frame(Place::Sessions, t(key::ACCOUNT_SESSIONS), Some(key::SESSIONS_LEAD), content)
}

fn content() -> AnyView {
    let (session, favourites, state) = (use_session(), use_favourites(), RwSignal::new(Load::Asleep));
    let wrong = RwSignal::new(None::<String>);
    let ask = move || load(state, async move { session.heard(api::identity::list_sessions().await) });
    ask();
    let end = move |one: OpenSession| {
        spawn_local(async move {
            match session.heard(api::identity::delete_one_session(&one.handle).await) {
                Ok(()) | Err(api::ApiError::NotFound) => {
                    announce(&tf(key::SESSIONS_ENDED, &[("name", &browser_name(&one.agent))]));
                    wrong.set(None);
                    ask();
                }
                Err(error) => wrong.set(Some(problem(&error))),
            }
        });
    };
    let everywhere = move || {
        spawn_local(async move {
            if let Err(error) = session.leave_everywhere(favourites).await {
                wrong.set(Some(problem(&error)));
            }
        });
    };
    view! {
        <div>
        <div role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <p class="ds-validation-message">{wrong}</p> }).into_any())}</div>
        {dynamic(move || match state.get() {
            Load::Loaded(open) => view! { <ul class="du-list">{list(open, |one| row(one, end))}</ul> }.into_any(),
            state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
        })}
        </div>
        <div class="du-row" data-gap="l">
            <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| everywhere())>{icon("exit")}{t(key::SESSIONS_EVERYWHERE)}</button>
            <p class="du-soft">{t(key::SESSIONS_EVERYWHERE_TEXT)}</p>
        </div>
    }
    .into_any()
}

fn row(one: OpenSession, end: impl Fn(OpenSession) + Copy + Send + 'static) -> AnyView {
    let name = browser_name(&one.agent);
    let pair = |word, value: String| view! { <div><dt>{t(word)}</dt><dd>{value}</dd></div> };
    let (since, seen) = (date_time(&one.created_at), date_time(&one.seen_at));
    let way_out = if one.own {
        view! { <span class="ds-tag" data-color="success">{icon("check")}{t(key::SESSIONS_OWN)}</span> }.into_any()
    } else {
        let label = tf(key::SESSIONS_END_OF, &[("name", &name)]);
        let own = one.clone();
        view! {
            <button class="ds-button" data-variant="secondary" data-size="sm" type="button" aria-label=label
                on:click=on(move |_| end(own.clone()))>{t(key::SESSIONS_END)}</button>
        }
        .into_any()
    };
    view! {
        <li>
            {icon("screen")}
            <div class="du-grow du-stack" data-gap="xs">
                <p class="du-title">{name}</p>
                <dl class="du-pairs">{pair(key::SESSIONS_SINCE, since)}{pair(key::SESSIONS_SEEN, seen)}{pair(key::SESSIONS_ADDRESS, one.address)}</dl>
            </div>
            {way_out}
        </li>
    }
    .into_any()
}
