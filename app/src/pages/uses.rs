//! `/{lang}/uses`: one's own e-services (E11): number, start, finish, and the way back into each.

use durvis_contract::uses::Uses;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::use_line::use_line;
use crate::components::workspace_frame::{Place, framed};
use crate::i18n::{date_time, key, t, tf};
use crate::load::{Load, load, waiting};
use crate::offline::journal::{Entry, NOBODY};
use crate::page::use_page;
use crate::paths::{self, sign_in};
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::open::{opened, owner};

pub fn uses_page() -> AnyView {
    use_page(t(key::USES_TITLE));
    framed(Place::Uses, t(key::USES_TITLE), Some(key::USES_TEXT), || {
        let session = use_session();
        let somebody = Memo::new(move |_| !matches!(session.who(), Who::Nobody | Who::Unknown));
        view! {
            {here()}
            {dynamic(move || if somebody.get() { in_account() } else { way_in() })}
        }
        .into_any()
    })
}

fn way_in() -> AnyView {
    let href = sign_in(&paths::page(durvis_contract::page::USES));
    view! { <div class="du-row"><a class="ds-button" href=href>{icon("enter")}{t(key::SIGN_IN_OPEN)}</a></div> }
        .into_any()
}

/// Drafts that only this device has.
fn here() -> AnyView {
    let session = use_session();
    let (whose, entries) = (Memo::new(move |_| owner(session)), RwSignal::new(Vec::<Entry>::new()));
    Effect::new(move |_| {
        let Some(whose) = whose.get() else { return };
        spawn_local(async move {
            let mut all = opened(whose.clone()).await.all().await;
            all.retain(|entry| entry.receipt.is_none() && (entry.revision == 0 || whose == NOBODY || entry.waiting));
            let _ = entries.try_set(all);
        });
    });
    dynamic(move || {
        let entries = entries.get();
        if entries.is_empty() {
            return ().into_any();
        }
        let line = |entry: Entry| {
            let at = js_sys::Date::new(&entry.changed_at.into()).to_iso_string().as_string().unwrap_or_default();
            let said = tf(key::START_DRAFT, &[("time", &date_time(&at))]);
            let state = if entry.waiting { key::WALK_WAITING } else { key::WALK_KEPT_HERE };
            view! {
                <li>{icon("device")}<div class="du-grow"><a class="ds-link" href=paths::service_use(&entry.id)>{said}</a>
                    <p class="du-small du-soft">{t(state)}</p></div></li>
            }
            .into_any()
        };
        view! {
            <section class="du-stack" data-gap="s" aria-labelledby="here">
                <h2 class="ds-heading" data-size="md" id="here">{t(key::USES_HERE)}</h2>
                <ul class="du-list">{list(entries, line)}</ul>
            </section>
        }
        .into_any()
    })
}

fn in_account() -> AnyView {
    let (session, state, offset) = (use_session(), RwSignal::new(Load::Asleep), RwSignal::new(0));
    let ask = move || {
        let from = offset.get_untracked();
        load(state, async move { session.heard(api::uses::list_uses(from).await) });
    };
    ask();
    dynamic(move || match state.get() {
        Load::Loaded(uses) => listed(uses, offset, ask),
        state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
    })
}

fn listed(uses: Uses, offset: RwSignal<u32>, ask: impl Fn() + Copy + Send + 'static) -> AnyView {
    if uses.items.is_empty() {
        return view! { <p>{t(key::USES_NONE)}</p> }.into_any();
    }
    let (from, to) = (offset.get_untracked(), offset.get_untracked() + uses.items.len() as u32);
    let turn = move |to: u32| {
        offset.set(to);
        ask();
    };
    let older = (to < uses.total).then(|| {
        view! { <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| turn(to))>{t(key::USES_OLDER)}</button> }
    });
    let newer = (from > 0).then(|| {
        let to = from.saturating_sub(Uses::MAX_PAGE);
        view! { <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| turn(to))>{t(key::USES_NEWER)}</button> }
    });
    view! {
        <ul class="du-list">{list(&uses.items, use_line)}</ul>
        <div class="du-row">{newer}{older}</div>
    }
    .into_any()
}
