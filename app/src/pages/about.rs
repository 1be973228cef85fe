//! `/{lang}/about`: what Durvis is, that its content is a sample, accessibility and privacy.

use leptos::prelude::*;

use crate::i18n::{Key, key, t};
use crate::page::use_page;
use crate::paths;
use crate::ui::breadcrumbs::breadcrumbs;
use crate::ui::markup::Markup;

const SECTIONS: [(Key, Key); 4] = [
    (key::ABOUT_WHAT, key::ABOUT_WHAT_TEXT),
    (key::ABOUT_CONTENT, key::PORTAL_SAMPLE),
    (key::ABOUT_ACCESS, key::ABOUT_ACCESS_TEXT),
    (key::ABOUT_PRIVACY, key::ABOUT_PRIVACY_TEXT),
];

pub fn about_page() -> AnyView {
    use_page(t(key::ABOUT_TITLE));
    let home = vec![(paths::home(), t(key::NAV_HOME).to_owned())];
    let text = Markup::new("<h1 class=\"ds-heading\" data-size=\"xl\">").say(key::ABOUT_TITLE).raw("</h1>").each(
        SECTIONS,
        |(name, text)| {
            Markup::new("<section class=\"du-stack\" data-gap=\"s\"><h2 class=\"ds-heading\" data-size=\"lg\">")
                .say(name)
                .raw("</h2><p>")
                .say(text)
                .raw("</p></section>")
        },
    );
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow" data-gap="l">
            {breadcrumbs(home, t(key::ABOUT_TITLE).to_owned())}
            <div class="du-stack" data-gap="l" inner_html=text.into_string()></div>
        </div>
    }
    .into_any()
}
