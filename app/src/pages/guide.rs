//! `/{lang}/guide`: how to use e-services (H1).

use leptos::prelude::*;

use crate::components::guide_steps::{good_advice, guide_steps};
use crate::components::kind_tags::{KINDS, kind_tags};
use crate::i18n::{Key, key, t};
use crate::page::use_page;
use crate::paths;
use crate::ui::breadcrumbs::breadcrumbs;
use crate::ui::markup::Markup;

const TAGS: [Key; 4] = [key::GUIDE_TAG_HERE, key::GUIDE_TAG_ELSEWHERE, key::GUIDE_TAG_IN_PERSON, key::GUIDE_TAG_POST];

pub fn guide_page() -> AnyView {
    use_page(t(key::NAV_GUIDE));
    let home = vec![(paths::home(), t(key::NAV_HOME).to_owned())];
    let heading = |name: Key| Markup::new("<h2 class=\"ds-heading\" data-size=\"lg\">").say(name).raw("</h2>");
    let tags = KINDS.into_iter().map(|(bit, ..)| bit).zip(TAGS);
    let text = Markup::new("<h1 class=\"ds-heading\" data-size=\"xl\">")
        .say(key::NAV_GUIDE)
        .raw("</h1><p class=\"ds-paragraph\" data-size=\"lg\">")
        .say(key::GUIDE_LEAD)
        .raw("</p><h2 class=\"ds-sr-only\">")
        .say(key::NAV_GUIDE)
        .raw("</h2>")
        .with(&guide_steps(false))
        .with(&heading(key::GUIDE_SIGN_IN))
        .raw("<p>")
        .say(key::GUIDE_SIGN_IN_TEXT)
        .raw("</p>")
        .with(&heading(key::GUIDE_TAGS))
        .raw("<ul class=\"du-list\">")
        .each(tags, |(bit, text)| {
            Markup::new("<li>").with(&kind_tags(bit)).raw("<p class=\"du-grow\">").say(text).raw("</p></li>")
        })
        .raw("</ul>")
        .with(&heading(key::GUIDE_ADVICE))
        .with(&good_advice());
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow">
            {breadcrumbs(home, t(key::NAV_GUIDE).to_owned())}
            <div class="du-stack" inner_html=text.into_string()></div>
        </div>
    }
    .into_any()
}
