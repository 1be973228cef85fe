//! `/{lang}/life-events`: all life events.

use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::components::life_event_list::{life_event_list, life_events};
use crate::i18n::{key, t};
use crate::page::use_page;
use crate::paths;
use crate::ui::breadcrumbs::breadcrumbs;

pub fn life_events_page() -> AnyView {
    use_page(t(key::EVENT_TITLE));
    let home = vec![(paths::home(), t(key::NAV_HOME).to_owned())];
    view! {
        <div class="du-wrap du-section du-stack">
            {breadcrumbs(home, t(key::EVENT_TITLE).to_owned())}
            <h1 class="ds-heading" data-size="xl">{t(key::EVENT_TITLE)}</h1>
            <p class="ds-paragraph du-text" data-size="lg">{t(key::EVENT_LEAD)}</p>
            {use_catalogue().view(move |index| life_event_list(life_events(&index)).into_any())}
        </div>
    }
    .into_any()
}
