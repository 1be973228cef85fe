//! `/{lang}/account/data`: what is held about the citizen: to take along, to correct, who has looked, how long it stays.

use durvis_contract::identity::{Act, Acts};
use durvis_contract::page;
use leptos::prelude::*;

use crate::api;
use crate::components::act_name::act_name;
use crate::components::workspace_frame::{Place, workspace_frame};
use crate::i18n::{Key, date_time, key, t};
use crate::load::{Load, load, waiting};
use crate::paths::{self, Personal};
use crate::session::use_session;
use crate::ui::erased::{dynamic, list};
use crate::ui::icon::icon;

/// The acts of others with one's data.
const LOOKS: &str = "kind=case_read&kind=registry_asked&kind=looked&limit=10";

pub fn my_data_page() -> AnyView {
    workspace_frame(Place::Data, t(key::MY_DATA_TITLE), Some(key::MY_DATA_LEAD), content)
}

fn content() -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::<Acts>::Asleep));
    let ask = move || load(state, async move { session.heard(api::identity::list_acts(LOOKS).await) });
    ask();
    let looks = dynamic(move || match state.get() {
        Load::Loaded(acts) => looked(&acts),
        state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
    });
    let link = |href: String, text: Key| view! { <p><a class="ds-link" href=href>{t(text)}</a></p> };
    view! {
        {part("copy", key::MY_DATA_COPY, view! {
            <p class="du-text">{t(key::MY_DATA_COPY_TEXT)}</p>
            <div class="du-row">
                <a class="ds-button" rel="external" download="" href=paths::my_data()>{icon("download")}{t(key::MY_DATA_DOWNLOAD)}</a>
            </div>
        }.into_any())}
        {part("looked", key::MY_DATA_LOOKED, view! { {looks}{link(Personal::History.url(), key::MY_DATA_HISTORY)} }.into_any())}
        {part("correct", key::MY_DATA_CORRECT, view! {
            <p class="du-text">{t(key::MY_DATA_CORRECT_TEXT)}</p>{link(Personal::Contact.url(), key::CONTACT_TITLE)}
        }.into_any())}
        {part("kept", key::MY_DATA_KEPT, view! {
            <p class="du-text">{t(key::MY_DATA_KEPT_TEXT)}</p>{link(paths::page(page::USES), key::USES_TITLE)}
        }.into_any())}
    }
    .into_any()
}

fn part(id: &'static str, name: Key, inside: AnyView) -> AnyView {
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby=id>
            <h2 class="ds-heading" data-size="md" id=id>{t(name)}</h2>
            {inside}
        </section>
    }
    .into_any()
}

fn looked(acts: &Acts) -> AnyView {
    if acts.acts.is_empty() {
        return view! { <p>{t(key::MY_DATA_NOBODY)}</p> }.into_any();
    }
    let line = |act: &Act| {
        let who = act.agent.clone().unwrap_or_default();
        let about = act.subject.clone().unwrap_or_default();
        view! {
            <li>
                {icon("people")}
                <div class="du-grow">
                    <p>{t(act_name(&act.kind))}</p>
                    <p class="du-small du-soft">{who}" "<span class="du-num">{about}</span></p>
                </div>
                <span class="du-small du-soft du-num">{date_time(&act.at)}</span>
            </li>
        }
        .into_any()
    };
    view! { <ul class="du-list">{list(&acts.acts, line)}</ul> }.into_any()
}
