//! The five steps of an e-service (E1) and good advice (H1).

use durvis_contract::page;
use leptos::prelude::*;

use crate::i18n::{Key, key, t};
use crate::paths;
use crate::ui::icon::icon;

const STEPS: [(Key, Key); 5] = [
    (key::GUIDE_STEP1, key::GUIDE_STEP1_TEXT),
    (key::GUIDE_STEP2, key::GUIDE_STEP2_TEXT),
    (key::GUIDE_STEP3, key::GUIDE_STEP3_TEXT),
    (key::GUIDE_STEP4, key::GUIDE_STEP4_TEXT),
    (key::GUIDE_STEP5, key::GUIDE_STEP5_TEXT),
];

/// The steps, beside each other where there is room and `across` says so.
pub fn guide_steps(across: bool) -> impl IntoView {
    let step = |(name, text): (Key, Key)| {
        view! { <li><h3 class="ds-heading" data-size="xs">{t(name)}</h3><p class="du-soft">{t(text)}</p></li> }
    };
    let across = across.then_some("");
    view! { <ol class="du-steps" data-across=across>{STEPS.map(step).into_iter().collect_view()}</ol> }
}

/// Look online first; ask when in doubt; be careful.
pub fn good_advice() -> impl IntoView {
    view! {
        <ul class="du-facts du-group">
            <li class="du-fact">{icon("screen")}<p>{t(key::GUIDE_ADVICE_ONLINE)}</p></li>
            <li class="du-fact">
                {icon("chat")}<p><a class="ds-link" href=paths::page(page::HELP)>{t(key::GUIDE_ADVICE_ASK)}</a></p>
            </li>
            <li class="du-fact">{icon("shield")}<p>{t(key::GUIDE_ADVICE_SAFE)}</p></li>
        </ul>
    }
}
