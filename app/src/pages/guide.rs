//! `/{lang}/guide`: how to use e-services (H1).

use leptos::prelude::*;

use crate::components::guide_steps::{good_advice, guide_steps};
use crate::components::kind_tags::{KINDS, kind_tags};
use crate::i18n::{key, t};
use crate::page::use_page;
use crate::paths;
use crate::ui::breadcrumbs::breadcrumbs;

pub fn guide_page() -> AnyView {
    use_page(t(key::NAV_GUIDE));
    let texts = [key::GUIDE_TAG_HERE, key::GUIDE_TAG_ELSEWHERE, key::GUIDE_TAG_IN_PERSON, key::GUIDE_TAG_POST];
    let tags = KINDS.into_iter().zip(texts).map(|((bit, ..), text)| {
        view! { <li>{kind_tags(bit)}<p class="du-grow">{t(text)}</p></li> }
    });
    let tags = tags.collect_view();
    let home = vec![(paths::home(), t(key::NAV_HOME).to_owned())];
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow">
            {breadcrumbs(home, t(key::NAV_GUIDE).to_owned())}
            <h1 class="ds-heading" data-size="xl">{t(key::NAV_GUIDE)}</h1>
            <p class="ds-paragraph" data-size="lg">{t(key::GUIDE_LEAD)}</p>
            <h2 class="ds-sr-only">{t(key::NAV_GUIDE)}</h2>
            {guide_steps(false)}
            <h2 class="ds-heading" data-size="lg">{t(key::GUIDE_SIGN_IN)}</h2>
            <p>{t(key::GUIDE_SIGN_IN_TEXT)}</p>
            <h2 class="ds-heading" data-size="lg">{t(key::GUIDE_TAGS)}</h2>
            <ul class="du-list">{tags}</ul>
            <h2 class="ds-heading" data-size="lg">{t(key::GUIDE_ADVICE)}</h2>
            {good_advice()}
        </div>
    }
    .into_any()
}
