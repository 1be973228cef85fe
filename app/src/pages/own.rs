//! `/{lang}/own`: one search over all of one's own affairs (B10). What is looked for stands in no URL: it stays here.

use std::sync::Arc;

use durvis_contract::own::OwnKind;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::own_line::{kind_word, own_line, word};
use crate::components::workspace_frame::{Place, framed, workspace_frame};
use crate::i18n::{date_time, key, t, tf, tn};
use crate::load::{Load, waiting};
use crate::offline::device;
use crate::own::{Affairs, affairs};
use crate::page::use_page;
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, effect, list, on};
use crate::ui::icon::icon;
use crate::ui::slots::Slots;
use crate::wizard::open::{opened, owner};

/// Things that are shown at first, and that each press adds.
const PAGE: usize = 20;

pub fn own_page() -> AnyView {
    let session = use_session();
    let is_cut_off = Memo::new(move |_| matches!(session.who(), Who::Unreached(_)) && device::is_own());
    dynamic(move || {
        if is_cut_off.get() {
            use_page(t(key::OWN_TITLE));
            framed(Place::Own, t(key::OWN_TITLE), Some(key::OWN_LEAD), content)
        } else {
            workspace_frame(Place::Own, t(key::OWN_TITLE), Some(key::OWN_LEAD), content)
        }
    })
}

fn content() -> AnyView {
    let session = use_session();
    let (whose, state) = (Memo::new(move |_| owner(session)), RwSignal::new(Load::<Arc<Affairs>>::Loading));
    let ask = move |whose: String| {
        state.set(Load::Loading);
        spawn_local(async move {
            let journal = opened(whose).await;
            let asked = session.heard(api::own::get_own().await);
            let loaded = affairs(journal, |thing| t(word(thing)).to_owned(), asked).await;
            let _ = state.try_set(loaded.map_or_else(Load::Failed, |affairs| Load::Loaded(Arc::new(affairs))));
        });
    };
    Effect::new(move |_| {
        if let Some(whose) = whose.get() {
            ask(whose);
        }
    });
    dynamic(move || match state.get() {
        Load::Loaded(affairs) => found(affairs),
        state => waiting(&state, move || ask(whose.get_untracked().unwrap_or_default())),
    })
}

fn found(affairs: Arc<Affairs>) -> AnyView {
    let (text, kind, most) = (RwSignal::new(String::new()), RwSignal::new(None::<OwnKind>), RwSignal::new(PAGE));
    let kept = affairs.is_kept.then(|| {
        let at = tf(key::OWN_KEPT, &[("time", &date_time(&affairs.own.told_at))]);
        view! { <p class="ds-alert" data-color="info">{at}</p> }
    });
    let more = affairs.own.has_more.then(|| view! { <p class="du-small du-soft">{t(key::OWN_HAS_MORE)}</p> });
    let affairs = StoredValue::new(affairs);
    let all =
        Memo::new(move |_| Searched(Arc::new(affairs.with_value(|one| text.with(|text| one.find(text, kind.get()))))));
    let slots_of = NodeRef::new();
    let slots = Slots::new(slots_of);
    effect(move || {
        slots_of.track();
        let lines: Vec<_> = all.with(|Searched(found)| {
            let places = found.places.iter().take(most.get());
            affairs.with_value(|affairs| places.map(|at| own_line(&affairs.own.things[*at], &found.hits)).collect())
        });
        slots.set(&lines);
    });
    let chip = move |one: Option<OwnKind>| {
        let count = move || {
            all.with(|Searched(found)| match one {
                Some(one) => found.counts[one as usize],
                None => found.counts.iter().sum(),
            })
        };
        view! {
            <button class="ds-chip" type="button" aria-pressed=move || (kind.get() == one).to_string() on:click=on(move |_| {
                kind.set(one);
                most.set(PAGE);
            })>{t(kind_word(one))}" "<span class="du-num">{move || count().to_string()}</span></button>
        }
        .into_any()
    };
    let told =
        move || tn(key::OWN_FOUND, u32::try_from(all.with(|Searched(found)| found.places.len())).unwrap_or(u32::MAX));
    let has_older = Memo::new(move |_| all.with(|Searched(found)| found.places.len()) > most.get());
    view! {
        {kept}
        <form role="search" on:submit=on(|event: leptos::ev::SubmitEvent| event.prevent_default())>
            <div class="du-search">
                {icon("search")}
                <input type="search" id="own-words" aria-label=t(key::OWN_TITLE) placeholder=t(key::OWN_PLACEHOLDER) autocomplete="off" maxlength="200"
                    on:input=on(move |event| {
                        text.set(event_target_value(&event));
                        most.set(PAGE);
                    })/>
            </div>
        </form>
        <div class="du-row" role="group" aria-label=t(key::OWN_KINDS)>
            {chip(None)}{list(OwnKind::ALL, move |one| chip(Some(one)))}
        </div>
        <p class="du-soft" role="status">{told}</p>
        <ul class="du-list" node_ref=slots_of></ul>
        {dynamic(move || has_older.get().then(|| view! {
            <div class="du-row"><button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| most.update(|most| *most += PAGE))>{t(key::OWN_MORE)}</button></div>
        }).into_any())}
        {more}
    }
    .into_any()
}

/// Each search is another one, also where it finds the same.
#[derive(Clone)]
struct Searched(Arc<crate::own::Found>);

impl PartialEq for Searched {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
