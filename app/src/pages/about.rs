//! `/{lang}/about`: what Durvis is, that its content is a sample, accessibility and privacy.

use leptos::prelude::*;

use crate::i18n::{Key, key, t};
use crate::page::use_page;
use crate::paths;
use crate::ui::breadcrumbs::breadcrumbs;

pub fn about_page() -> AnyView {
    use_page(t(key::ABOUT_TITLE));
    let section = |name: Key, text: Key| {
        view! {
            <section class="du-stack" data-gap="s"><h2 class="ds-heading" data-size="lg">{t(name)}</h2><p>{t(text)}</p></section>
        }
    };
    let home = vec![(paths::home(), t(key::NAV_HOME).to_owned())];
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow" data-gap="l">
            {breadcrumbs(home, t(key::ABOUT_TITLE).to_owned())}
            <h1 class="ds-heading" data-size="xl">{t(key::ABOUT_TITLE)}</h1>
            {section(key::ABOUT_WHAT, key::ABOUT_WHAT_TEXT)}
            {section(key::ABOUT_CONTENT, key::PORTAL_SAMPLE)}
            {section(key::ABOUT_ACCESS, key::ABOUT_ACCESS_TEXT)}
            {section(key::ABOUT_PRIVACY, key::ABOUT_PRIVACY_TEXT)}
        </div>
    }
    .into_any()
}
