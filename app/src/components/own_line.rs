//! One of one's own things in the search over them, as markup: it changes with every letter.

use durvis_contract::notice::NoticeKind;
use durvis_contract::own::{OwnKind, OwnThing};
use durvis_contract::page;
use durvis_search::Hits;

use super::act_name::act_name;
use super::browser_name::browser_name;
use super::notice_line::{notice_url, notice_word};
use crate::i18n::{Key, date_time, key, money, t};
use crate::paths::{self, Personal};
use crate::ui::icon::icon_markup;
use crate::ui::marked::marked;
use crate::ui::markup::Markup;

/// What it is called, where and when it was; the words that matched are marked.
pub fn own_line(thing: &OwnThing, hits: &Hits) -> Markup {
    let marks = |text: &str| marked(text, |word| hits.marks(word));
    let (symbol, href) = match thing.kind {
        OwnKind::Use => ("doc", paths::service_use(&thing.about)),
        OwnKind::Bill => ("bill", paths::bill(&thing.about)),
        OwnKind::Message => ("send", paths::service_use(&thing.about)),
        OwnKind::Notice => ("bell", of_notice(thing)),
        OwnKind::Document => ("archive", paths::page(page::DOCUMENTS)),
        OwnKind::Act => ("history", Personal::History.url()),
    };
    // An act is called by what was done; what it was about, the log names by a slug and a number.
    let (title, about) = match thing.kind {
        OwnKind::Act => (t(word(thing)), thing.title.as_str()),
        _ => (thing.title.as_str(), t(word(thing))),
    };
    let dot = |part: Markup| part.raw(" · ");
    let about = (!about.is_empty()).then(|| dot(marks(about)));
    let number = thing
        .number
        .map(|number| dot(Markup::new("<span class=\"du-num\">").with(&marks(&number.to_string())).raw("</span>")));
    let institution = thing.institution.as_ref().map(|name| dot(marks(name)));
    let text = thing.text.as_ref().map(|text| match thing.kind {
        OwnKind::Act => browser_name(text),
        _ => short(text),
    });
    let text = text.map(|text| Markup::new("<p class=\"du-lines\">").with(&marks(&text)).raw("</p>"));
    let amount =
        thing.amount_cents.map(|cents| Markup::new("<strong class=\"du-num\">").text(&money(cents)).raw("</strong>"));
    icon_markup(symbol)
        .raw("<div class=\"du-grow\"><a class=\"ds-link du-title\" href=\"")
        .text(&href)
        .raw("\">")
        .with(&marks(title))
        .raw("</a><p class=\"du-small du-soft\">")
        .maybe(about)
        .maybe(number)
        .maybe(institution)
        .raw("<span class=\"du-num\">")
        .text(&date_time(&thing.at))
        .raw("</span></p>")
        .maybe(text)
        .raw("</div>")
        .maybe(amount)
}

/// What is said of a thing in a word or two.
pub fn word(thing: &OwnThing) -> Key {
    match (thing.kind, thing.code.as_str()) {
        (OwnKind::Use, "draft") => key::USES_DRAFT,
        (OwnKind::Use, "sent") => key::USES_SENT,
        (OwnKind::Use, "taken") => key::USES_TAKEN,
        (OwnKind::Use, "asked") => key::USES_ASKED,
        (OwnKind::Use, "decided") => key::USES_DECIDED,
        (OwnKind::Use, "withdrawn") => key::USES_WITHDRAWN,
        (OwnKind::Use, "answered") => key::USES_ANSWERED,
        (OwnKind::Use, _) => key::USES_ENDED,
        (OwnKind::Bill, "paid") => key::BILL_PAID,
        (OwnKind::Bill, "cancelled") => key::BILL_CANCELLED,
        (OwnKind::Bill, _) => key::BILL_OPEN,
        (OwnKind::Message, "answered") => key::COURSE_WROTE,
        (OwnKind::Message, "asked") => key::COURSE_ASKED,
        (OwnKind::Message, "decided") => key::COURSE_DECIDED,
        (OwnKind::Message, _) => key::NOTICE_CASE_TOLD,
        (OwnKind::Document, "decision") => key::DOCUMENTS_DECISION,
        (OwnKind::Document, "result") => key::DOCUMENTS_RESULT,
        (OwnKind::Document, "receipt") => key::DOCUMENTS_RECEIPT,
        (OwnKind::Document, _) => key::DOCUMENTS_UPLOAD,
        (OwnKind::Notice, code) => NoticeKind::of_code(code).map_or(key::NOTICES_TITLE, |kind| notice_word(kind).1),
        (OwnKind::Act, code) => act_name(code),
    }
}

/// What the things of a kind are called; of all, for none.
pub fn kind_word(kind: Option<OwnKind>) -> Key {
    match kind {
        None => key::OWN_ALL,
        Some(OwnKind::Use) => key::OWN_USES,
        Some(OwnKind::Bill) => key::OWN_BILLS,
        Some(OwnKind::Message) => key::OWN_MESSAGES,
        Some(OwnKind::Document) => key::DOCUMENTS_TITLE,
        Some(OwnKind::Notice) => key::OWN_NOTICES,
        Some(OwnKind::Act) => key::OWN_ACTS,
    }
}

/// One of a newer release leads to the list of them.
fn of_notice(thing: &OwnThing) -> String {
    let known = NoticeKind::of_code(&thing.code).map(|kind| notice_url(kind, &thing.about));
    known.unwrap_or_else(|| paths::page(page::NOTICES))
}

/// The beginning of a long text.
fn short(text: &str) -> String {
    const MOST: usize = 200;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    format!("{} …", cut.trim_end())
}
