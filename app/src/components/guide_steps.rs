//! The five steps of an e-service (E1) and good advice (H1), as markup.

use durvis_contract::page;

use crate::i18n::{Key, key, t};
use crate::paths;
use crate::ui::icon::icon_markup;
use crate::ui::markup::Markup;

const STEPS: [(Key, Key); 5] = [
    (key::GUIDE_STEP1, key::GUIDE_STEP1_TEXT),
    (key::GUIDE_STEP2, key::GUIDE_STEP2_TEXT),
    (key::GUIDE_STEP3, key::GUIDE_STEP3_TEXT),
    (key::GUIDE_STEP4, key::GUIDE_STEP4_TEXT),
    (key::GUIDE_STEP5, key::GUIDE_STEP5_TEXT),
];

/// The steps, beside each other where there is room and `across` says so.
pub fn guide_steps(across: bool) -> Markup {
    Markup::new(if across { "<ol class=\"du-steps\" data-across>" } else { "<ol class=\"du-steps\">" })
        .each(STEPS, |(name, text)| {
            Markup::new("<li><h3 class=\"ds-heading\" data-size=\"xs\">")
                .say(name)
                .raw("</h3><p class=\"du-soft\">")
                .say(text)
                .raw("</p></li>")
        })
        .raw("</ol>")
}

/// Look online first; ask when in doubt; be careful.
pub fn good_advice() -> Markup {
    let fact = |symbol: &str, text: Markup| {
        Markup::new("<li class=\"du-fact\">").with(&icon_markup(symbol)).raw("<p>").with(&text).raw("</p></li>")
    };
    let ask = Markup::default().link(&paths::page(page::HELP), t(key::GUIDE_ADVICE_ASK));
    Markup::new("<ul class=\"du-facts du-group\">")
        .with(&fact("screen", Markup::default().say(key::GUIDE_ADVICE_ONLINE)))
        .with(&fact("chat", ask))
        .with(&fact("shield", Markup::default().say(key::GUIDE_ADVICE_SAFE)))
        .raw("</ul>")
}
