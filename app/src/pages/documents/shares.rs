//! Sharing a document: a link with its end, told once; and those there are, each with a way to end it.

use durvis_contract::document::{Document, Share};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::document_line::kind_word;
use crate::components::problem::problem;
use crate::i18n::{Key, date_time, key, t, tf, tn};
use crate::load::{Load, load, waiting};
use crate::page::announce;
use crate::session::use_session;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;

/// How long a link may hold, in hours.
const TIMES: [(u32, Key); 4] = [
    (1, key::DOCUMENTS_HOUR),
    (24, key::DOCUMENTS_DAY),
    (7 * 24, key::DOCUMENTS_WEEK),
    (30 * 24, key::DOCUMENTS_MONTH),
];

/// The links to a document.
pub fn shares(one: Document) -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::<Vec<Share>>::Asleep));
    let (id, hours, made, wrong) = (
        StoredValue::new(one.id.clone()),
        RwSignal::new(24_u32),
        RwSignal::new(None::<String>),
        RwSignal::new(None::<String>),
    );
    let ask = move || load(state, async move { session.heard(api::documents::list_shares(&id.get_value()).await) });
    ask();
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        wrong.set(None);
        spawn_local(async move {
            match session.heard(api::documents::create_share(&id.get_value(), hours.get_untracked()).await) {
                Ok(share) => {
                    let _ = made.try_set(share.link);
                    announce(t(key::DOCUMENTS_ONCE));
                    ask();
                }
                Err(ApiError::Broken(_)) => drop(wrong.try_set(Some(t(key::DOCUMENTS_TOO_MANY_LINKS).to_owned()))),
                Err(error) => drop(wrong.try_set(Some(problem(&error)))),
            }
        });
    };
    let end = move |share: String| {
        spawn_local(async move {
            match session.heard(api::documents::delete_share(&id.get_value(), &share).await) {
                Ok(()) | Err(ApiError::NotFound) => {
                    announce(t(key::DOCUMENTS_ENDED));
                    let _ = made.try_set(None);
                    ask();
                }
                Err(error) => drop(wrong.try_set(Some(problem(&error)))),
            }
        });
    };
    let time = move |(count, name): (u32, Key)| {
        view! { <option value=count.to_string() selected=count == 24>{t(name)}</option> }.into_any()
    };
    view! {
        <p class="du-title">{t(kind_word(&one))}": "{one.title}</p>
        <p class="du-soft">{t(key::DOCUMENTS_SHARE_TEXT)}</p>
        <form class="du-filter" on:submit=on(make)>
            <div class="ds-field">
                <label class="ds-label" for="share-hours">{t(key::DOCUMENTS_HOLDS)}</label>
                <select class="ds-input" id="share-hours" on:change=on(move |event| hours.set(event_target_value(&event).parse().unwrap_or(24)))>{list(TIMES, time)}</select>
            </div>
            <button class="ds-button" type="submit">{t(key::DOCUMENTS_MAKE)}</button>
        </form>
        <div role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <p class="ds-validation-message">{wrong}</p> }).into_any())}</div>
        {dynamic(move || made.get().map(told).into_any())}
        {dynamic(move || match state.get() {
            Load::Loaded(shares) => there(&shares, end),
            state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
        })}
    }
    .into_any()
}

/// The address of a link that was made a moment ago.
fn told(link: String) -> AnyView {
    let copied = link.clone();
    let copy = move |_: leptos::ev::MouseEvent| {
        let _ = window().navigator().clipboard().write_text(&copied);
        announce(t(key::SERVICE_COPIED));
    };
    view! {
        <div class="ds-alert du-stack" data-color="success" data-gap="s">
            <div class="ds-field">
                <label class="ds-label" for="share-link">{t(key::DOCUMENTS_LINK)}</label>
                <input class="ds-input" id="share-link" type="text" readonly="" value=link/>
            </div>
            <p class="ds-paragraph">{t(key::DOCUMENTS_ONCE)}</p>
            <div class="du-row"><button class="ds-button" data-variant="secondary" type="button" on:click=on(copy)>{icon("copy")}{t(key::RECEIPT_COPY)}</button></div>
        </div>
    }
    .into_any()
}

fn there(shares: &[Share], end: impl Fn(String) + Copy + Send + 'static) -> AnyView {
    if shares.is_empty() {
        return view! { <p class="du-soft">{t(key::DOCUMENTS_NO_LINKS)}</p> }.into_any();
    }
    let line = |share: &Share| {
        let (id, ends) = (share.id.clone(), tf(key::DOCUMENTS_ENDS, &[("time", &date_time(&share.ends_at))]));
        let label = tf(key::DOCUMENTS_END_OF, &[("link", &ends)]);
        view! {
            <li>
                <div class="du-grow">
                    <p>{ends}</p>
                    <p class="du-small du-soft">{tn(key::DOCUMENTS_OPENED, share.opened)}</p>
                </div>
                <button class="ds-button" data-variant="secondary" data-size="sm" type="button" aria-label=label on:click=on(move |_| end(id.clone()))>{t(key::SESSIONS_END)}</button>
            </li>
        }
        .into_any()
    };
    view! {
        <h3 class="ds-heading" data-size="2xs">{t(key::DOCUMENTS_LINKS)}</h3>
        <ul class="du-list">{list(shares, line)}</ul>
    }
    .into_any()
}
