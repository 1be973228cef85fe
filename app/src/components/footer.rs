//! The foot of every page.

use durvis_contract::page;
use leptos::prelude::*;

use crate::i18n::{Key, key, t};
use crate::paths;
use crate::ui::markup::Markup;

const ABOUT_SERVICES: [(&str, Key); 4] = [
    (page::SERVICES, key::NAV_ALL_SERVICES),
    (page::LIFE_EVENTS, key::NAV_LIFE_EVENTS),
    (page::INSTITUTIONS, key::NAV_INSTITUTIONS),
    (page::FAVOURITES, key::NAV_FAVOURITES),
];

pub fn footer() -> impl IntoView {
    let foot = Markup::new("<div class=\"du-belt\"></div><div class=\"du-wrap du-section du-stack\" data-gap=\"l\"><div class=\"du-grid\"><div class=\"du-stack\" data-gap=\"xs\"><a class=\"du-brand ds-focus\" href=\"")
        .text(&paths::home())
        .raw("\" aria-label=\"")
        .say(key::PORTAL_HOME)
        .raw("\"><svg aria-hidden=\"true\"><use href=\"#i-mark\"></use></svg>")
        .say(key::PORTAL_NAME)
        .raw("</a><p>")
        .say(key::PORTAL_MOTTO)
        .raw("</p></div>")
        .with(&group(key::NAV_SERVICES, &ABOUT_SERVICES))
        .with(&group(key::NAV_HELP, &[(page::GUIDE, key::NAV_GUIDE), (page::HELP, key::NAV_HELP)]))
        .with(&group(key::NAV_ABOUT, &[(page::ABOUT, key::NAV_ABOUT)]))
        .raw("</div><p class=\"du-small\">")
        .say(key::PORTAL_SAMPLE)
        .raw("</p></div>");
    view! { <footer class="du-footer" inner_html=foot.into_string()></footer> }
}

fn group(name: Key, links: &[(&str, Key)]) -> Markup {
    Markup::new("<nav class=\"du-stack\" data-gap=\"xs\" aria-label=\"")
        .say(name)
        .raw("\"><h2>")
        .say(name)
        .raw("</h2><ul>")
        .each(links, |(page, text)| {
            let item = Markup::new("<li><a class=\"ds-focus\" href=\"").text(&paths::page(page)).raw("\">");
            item.text(t(*text)).raw("</a></li>")
        })
        .raw("</ul></nav>")
}
