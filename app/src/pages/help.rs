//! `/{lang}/help`: answers, and whom to ask.

use durvis_contract::page;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::guide_steps::guide_steps;
use crate::i18n::{Key, key, t};
use crate::page::use_page;
use crate::paths;
use crate::ui::erased::dynamic;
use crate::ui::icon::icon;
use crate::ui::markup::Markup;

const QUESTIONS: [(Key, Key); 5] = [
    (key::HELP_Q1, key::HELP_A1),
    (key::HELP_Q2, key::HELP_A2),
    (key::HELP_Q3, key::HELP_A3),
    (key::HELP_Q4, key::HELP_A4),
    (key::HELP_Q5, key::HELP_A5),
];

pub fn help_page() -> AnyView {
    use_page(t(key::HELP_TITLE));
    let question = |(question, answer): (Key, Key)| {
        Markup::new("<details class=\"ds-details\"><summary>")
            .say(question)
            .raw("</summary><div><p>")
            .say(answer)
            .raw("</p></div></details>")
    };
    let answers = Markup::new("<h1 class=\"ds-heading\" data-size=\"xl\">")
        .say(key::HELP_TITLE)
        .raw("</h1><section class=\"du-stack\" data-gap=\"s\" aria-labelledby=\"faq\"><h2 class=\"ds-heading\" data-size=\"md\" id=\"faq\">")
        .say(key::HELP_FAQ)
        .raw("</h2><div>")
        .each(QUESTIONS, question)
        .raw("</div></section><section class=\"du-stack\" aria-labelledby=\"guide\"><h2 class=\"ds-heading\" data-size=\"md\" id=\"guide\">")
        .link(&paths::page(page::GUIDE), t(key::NAV_GUIDE))
        .raw("</h2>")
        .with(&guide_steps(false))
        .raw("</section>");
    let contact = Markup::new("<h2 class=\"ds-heading\" data-size=\"sm\" id=\"contact\">")
        .say(key::HELP_CONTACT)
        .raw("</h2><p>")
        .say(key::HELP_CONTACT_TEXT)
        .raw("</p><p>")
        .link(&paths::page(page::INSTITUTIONS), t(key::HELP_CONTACT_LINK))
        .raw("</p>");
    view! {
        <div class="du-wrap du-section du-split">
            <div class="du-stack" data-gap="l" inner_html=answers.into_string()></div>
            <aside class="du-help du-stack" aria-labelledby="contact">
                <div class="du-stack" inner_html=contact.into_string()></div>
                {support()}
            </aside>
        </div>
    }
    .into_any()
}

/// The way to ask whoever runs the portal, where it takes questions.
fn support() -> AnyView {
    let there = RwSignal::new(false);
    spawn_local(async move {
        if api::services::has_support().await == Ok(true) {
            let _ = there.try_set(true);
        }
    });
    dynamic(move || {
        let way = || {
            view! {
                <p>{t(key::HELP_SUPPORT_TEXT)}</p>
                <p><a class="ds-button" data-variant="secondary" href=paths::e_service(page::SUPPORT)>{icon("mail")}{t(key::HELP_SUPPORT)}</a></p>
            }
        };
        there.get().then(way).into_any()
    })
}
