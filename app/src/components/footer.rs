//! The foot of every page.

use durvis_contract::page;
use leptos::prelude::*;

use crate::i18n::{Key, key, t};
use crate::paths;
use crate::ui::icon::icon_class;

pub fn footer() -> impl IntoView {
    view! {
        <footer class="du-footer">
            <div class="du-belt"></div>
            <div class="du-wrap du-section du-stack" data-gap="l">
                <div class="du-grid">
                    <div class="du-stack" data-gap="xs">
                        <a class="du-brand ds-focus" href=paths::home() aria-label=t(key::PORTAL_HOME)>
                            {icon_class("mark", "")}{t(key::PORTAL_NAME)}
                        </a>
                        <p>{t(key::PORTAL_MOTTO)}</p>
                    </div>
                    {group(key::NAV_SERVICES, &[
                        (page::SERVICES, key::NAV_ALL_SERVICES),
                        (page::LIFE_EVENTS, key::NAV_LIFE_EVENTS),
                        (page::INSTITUTIONS, key::NAV_INSTITUTIONS),
                        (page::FAVOURITES, key::NAV_FAVOURITES),
                    ])}
                    {group(key::NAV_HELP, &[(page::GUIDE, key::NAV_GUIDE), (page::HELP, key::NAV_HELP)])}
                    {group(key::NAV_ABOUT, &[(page::ABOUT, key::NAV_ABOUT)])}
                </div>
                <p class="du-small">{t(key::PORTAL_SAMPLE)}</p>
            </div>
        </footer>
    }
}

fn group(name: Key, links: &[(&'static str, Key)]) -> impl IntoView + use<> {
    let link = |(page, text): &(&'static str, Key)| {
        view! { <li><a class="ds-focus" href=paths::page(page)>{t(*text)}</a></li> }
    };
    let links = links.iter().map(link).collect_view();
    view! { <nav class="du-stack" data-gap="xs" aria-label=t(name)><h2>{t(name)}</h2><ul>{links}</ul></nav> }
}
