//! The kinds of a service, in words and at a glance (C9).

use durvis_search::kind;

use crate::i18n::{Key, key, t};
use crate::ui::icon::icon_markup;
use crate::ui::markup::Markup;

/// Bit, text, icon and colour of each kind; the order is that of the facet's values.
pub const KINDS: [(u8, &str, Key, &str, &str); 4] = [
    (kind::HERE, "here", key::KIND_HERE, "screen", "pine"),
    (kind::ELSEWHERE, "elsewhere", key::KIND_ELSEWHERE, "external", "info"),
    (kind::IN_PERSON, "in-person", key::KIND_IN_PERSON, "pin", "neutral"),
    (kind::POST, "post", key::KIND_POST, "mail", "neutral"),
];

/// A tag for each kind that is set, as markup.
pub fn kind_tags(kinds: u8) -> Markup {
    let set = KINDS.into_iter().filter(|(bit, ..)| kinds & bit != 0);
    set.fold(Markup::default(), |markup, (_, _, text, name, colour)| {
        let tag = markup.raw("<span class=\"ds-tag\" data-color=\"").raw(colour).raw("\">");
        tag.with(&icon_markup(name)).text(t(text)).raw("</span>")
    })
}
