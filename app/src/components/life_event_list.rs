//! Life events as doors. The server writes the same items into the static home page (server/src/site/shell.rs).

use durvis_contract::HomeEvent;
use durvis_search::Index;
use leptos::prelude::*;

use crate::i18n::lang_of;
use crate::paths;
use crate::ui::icon::icon;

/// The life events that have services: the others are doors with nothing behind them.
pub fn life_events(index: &Index) -> Vec<HomeEvent> {
    let event = |event: durvis_search::LifeEvent| HomeEvent { slug: event.slug, name: event.name, icon: event.icon };
    index.life_events().filter(|event| !event.docs.is_empty()).map(event).collect()
}

pub fn life_event_list(events: Vec<HomeEvent>) -> impl IntoView {
    let item = |event: HomeEvent| {
        view! {
            <li>
                <a class="ds-focus" href=paths::life_event(&event.slug) lang=lang_of(None)>
                    {icon(&format!("life-{}", event.icon))}{event.name}
                </a>
            </li>
        }
    };
    view! { <ul class="du-doors">{events.into_iter().map(item).collect_view()}</ul> }
}
