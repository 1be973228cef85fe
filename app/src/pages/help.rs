//! `/{lang}/help`: answers, and whom to ask.

use durvis_contract::page;
use leptos::prelude::*;

use crate::components::guide_steps::guide_steps;
use crate::i18n::{Key, key, t};
use crate::page::use_page;
use crate::paths;

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
        view! { <details class="ds-details"><summary>{t(question)}</summary><div><p>{t(answer)}</p></div></details> }
    };
    view! {
        <div class="du-wrap du-section du-split">
            <div class="du-stack" data-gap="l">
                <h1 class="ds-heading" data-size="xl">{t(key::HELP_TITLE)}</h1>
                <section class="du-stack" data-gap="s" aria-labelledby="faq">
                    <h2 class="ds-heading" data-size="md" id="faq">{t(key::HELP_FAQ)}</h2>
                    <div>{QUESTIONS.map(question).into_iter().collect_view()}</div>
                </section>
                <section class="du-stack" aria-labelledby="guide">
                    <h2 class="ds-heading" data-size="md" id="guide">
                        <a class="ds-link" href=paths::page(page::GUIDE)>{t(key::NAV_GUIDE)}</a>
                    </h2>
                    {guide_steps(false)}
                </section>
            </div>
            <aside class="du-help du-stack" aria-labelledby="contact">
                <h2 class="ds-heading" data-size="sm" id="contact">{t(key::HELP_CONTACT)}</h2>
                <p>{t(key::HELP_CONTACT_TEXT)}</p>
                <p><a class="ds-link" href=paths::page(page::INSTITUTIONS)>{t(key::HELP_CONTACT_LINK)}</a></p>
            </aside>
        </div>
    }
    .into_any()
}
