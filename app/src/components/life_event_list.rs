//! Life events as doors. The server writes the same items into the static home page (server/src/site/shell.rs).

use durvis_contract::HomeEvent;
use leptos::prelude::*;

use crate::paths;
use crate::ui::icon::icon;

pub fn life_event_list(events: Vec<HomeEvent>) -> impl IntoView {
    let item = |event: HomeEvent| {
        view! {
            <li>
                <a class="ds-focus" href=paths::life_event(&event.slug)>{icon(&format!("life-{}", event.icon))}{event.name}</a>
            </li>
        }
    };
    view! { <ul class="du-doors">{events.into_iter().map(item).collect_view()}</ul> }
}
