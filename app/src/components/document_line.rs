//! A document in a list: what it is, of whom, and the way to have it.

use durvis_contract::document::{Document, DocumentKind};
use leptos::prelude::*;

use crate::i18n::{Key, date, date_time, key, t, tf};
use crate::ui::icon::icon;

/// What a document is called.
pub fn kind_word(one: &Document) -> Key {
    match one.kind {
        DocumentKind::Decision => key::DOCUMENTS_DECISION,
        DocumentKind::Result => key::DOCUMENTS_RESULT,
        DocumentKind::Receipt if one.bill_id.is_some() => key::DOCUMENTS_PAID,
        DocumentKind::Receipt => key::DOCUMENTS_SENT,
        DocumentKind::Upload => key::DOCUMENTS_UPLOAD,
    }
}

/// What tells it from the others, for who does not see the line.
pub fn full_name(one: &Document) -> String {
    format!("{}, {}, {}", t(kind_word(one)), one.title, one.name)
}

/// Without the ways; `own` stands before it, `ways` behind.
pub fn document_line(one: &Document, own: AnyView, ways: AnyView) -> AnyView {
    let number = one.number.map_or_else(|| one.name.clone(), |number| number.to_string());
    let size = one.bytes.map(|bytes| format!(" · {} kB", bytes.div_ceil(1_000)));
    let institution = one.institution.clone().map(|name| format!(" · {name}"));
    let valid = one.valid_until.as_ref().map(|day| tf(key::DOCUMENTS_VALID, &[("date", &date(&day.into()))]));
    let valid = valid.map(|valid| view! { <p class="du-small du-soft">{valid}</p> });
    let shared = (one.shares > 0)
        .then(|| view! { <span class="ds-tag" data-color="info">{icon("external")}{t(key::DOCUMENTS_SHARED)}</span> });
    view! {
        <li>
            {own}
            <div class="du-grow">
                <p class="du-title">{t(kind_word(one))}": "{one.title.clone()}</p>
                <p class="du-small du-soft"><span class="du-num">{number}</span>{institution}" · "{date_time(&one.made_at)}{size}</p>
                {valid}
            </div>
            {shared}
            {ways}
        </li>
    }
    .into_any()
}

/// The way to have it; `href` says where it is.
pub fn download(one: &Document, href: String) -> AnyView {
    view! {
        <a class="ds-button" data-variant="secondary" data-size="sm" rel="external" download="" href=href>
            {icon("download")}{t(key::DOCUMENTS_DOWNLOAD)}<span class="ds-sr-only">": "{full_name(one)}</span>
        </a>
    }
    .into_any()
}
